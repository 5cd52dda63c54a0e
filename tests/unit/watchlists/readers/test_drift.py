"""A format that changed is refused: each name and each coded word of each sample, renamed in turn.

The samples have every part that the publisher's format has, whether the reader uses it or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import read
from drift import renamed_in_xml, xml_names

UN = """<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:00Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>ILSE</FIRST_NAME>
<SECOND_NAME>BRANDMOOR</SECOND_NAME><THIRD_NAME>OF</THIRD_NAME><FOURTH_NAME>VELK</FOURTH_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.001</REFERENCE_NUMBER>
<LISTED_ON>2016-03-02</LISTED_ON><GENDER>Female</GENDER><SUBMITTED_BY>x</SUBMITTED_BY>
<NAME_ORIGINAL_SCRIPT>일제</NAME_ORIGINAL_SCRIPT><COMMENTS1>x</COMMENTS1>
<TITLE><VALUE>Ms</VALUE></TITLE><DESIGNATION><VALUE>x</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Norway</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
<LAST_DAY_UPDATED><VALUE>2017-01-01</VALUE></LAST_DAY_UPDATED>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Ilse B</ALIAS_NAME>
<DATE_OF_BIRTH>x</DATE_OF_BIRTH><CITY_OF_BIRTH>x</CITY_OF_BIRTH>
<COUNTRY_OF_BIRTH>x</COUNTRY_OF_BIRTH><NOTE>x</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>1 Road</STREET><CITY>Velk</CITY><STATE_PROVINCE>x</STATE_PROVINCE>
<ZIP_CODE>1</ZIP_CODE><COUNTRY>Norway</COUNTRY><NOTE>x</NOTE></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1970-05-17</DATE>
<YEAR>1970</YEAR><FROM_YEAR>1969</FROM_YEAR><TO_YEAR>1971</TO_YEAR><NOTE>x</NOTE>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>x</CITY><STATE_PROVINCE>x</STATE_PROVINCE><COUNTRY>x</COUNTRY>
</INDIVIDUAL_PLACE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
<TYPE_OF_DOCUMENT2>Passport</TYPE_OF_DOCUMENT2><NUMBER>A1</NUMBER><ISSUING_COUNTRY>x</ISSUING_COUNTRY>
<DATE_OF_ISSUE>x</DATE_OF_ISSUE><CITY_OF_ISSUE>x</CITY_OF_ISSUE>
<COUNTRY_OF_ISSUE>x</COUNTRY_OF_ISSUE><NOTE>x</NOTE></INDIVIDUAL_DOCUMENT>
<SORT_KEY/><SORT_KEY_LAST_MOD/></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY>
<DATAID>2</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>VELK WORKS</FIRST_NAME>
<UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPe.001</REFERENCE_NUMBER>
<LISTED_ON>2016-03-02</LISTED_ON><SUBMITTED_ON>x</SUBMITTED_ON>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Velk</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><STREET>1 Road</STREET><CITY>Velk</CITY><COUNTRY>Norway</COUNTRY></ENTITY_ADDRESS>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>
"""
OFAC = """<sdnList><publshInformation><Publish_Date>06/22/2026</Publish_Date>
<Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>7</uid>
<firstName>Ilse</firstName><lastName>BRANDMOOR</lastName><title>Ms</title>
<sdnType>Individual</sdnType><remarks>x</remarks>
<programList><program>SDGT</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>A1</idNumber><idCountry>Iran</idCountry>
<issueDate>x</issueDate><expirationDate>x</expirationDate></id></idList>
<akaList><aka><uid>2</uid><type>a.k.a.</type><category>strong</category><lastName>B</lastName>
<firstName>I</firstName></aka></akaList>
<addressList><address><uid>3</uid><address1>1 Road</address1><address2>x</address2>
<address3>x</address3><city>Velk</city><stateOrProvince>x</stateOrProvince>
<postalCode>1</postalCode><country>Iran</country></address></addressList>
<nationalityList><nationality><uid>4</uid><country>Iran</country><mainEntry>true</mainEntry>
</nationality></nationalityList>
<citizenshipList><citizenship><uid>5</uid><country>Iran</country><mainEntry>true</mainEntry>
</citizenship></citizenshipList>
<dateOfBirthList><dateOfBirthItem><uid>6</uid><dateOfBirth>17 May 1970</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>8</uid><placeOfBirth>x</placeOfBirth>
<mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>
<vesselInfo><callSign>T2</callSign><vesselType>x</vesselType><vesselFlag>Iran</vesselFlag>
<vesselOwner>x</vesselOwner><tonnage>1</tonnage><grossRegisteredTonnage>1</grossRegisteredTonnage>
</vesselInfo></sdnEntry></sdnList>
"""
EU = """<export generationDate="2026-08-05T10:00:00+02:00">
<sanctionEntity logicalId="13" euReferenceNumber="EU.27.28" unitedNationId="Q1"
 designationDate="2022-02-25" designationDetails="x"><remark>x</remark>
<regulation regulationType="x" organisationType="x" publicationDate="2022-02-25"
 entryIntoForceDate="2022-02-25" numberTitle="1210/2003 (OJ L169)" programme="IRQ" logicalId="1">
<publicationUrl>x</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Ilse" middleName="" lastName="Brandmoor" wholeName="Ilse Brandmoor"
 function="x" gender="F" title="x" nameLanguage="EN" strong="true" regulationLanguage="en"
 logicalId="2"/>
<citizenship region="" countryIso2Code="IQ" countryDescription="IRAQ"/>
<birthdate circa="false" calendarType="GREGORIAN" city="x" zipCode="1" birthdate="1970-05-17"
 dayOfMonth="17" monthOfYear="5" year="1970" region="x" place="x"/>
<address city="Velk" street="1 Road" poBox="1" asAtListingTime="x"/>
<identification number="A1" identificationTypeCode="passport" issuedBy="x" latinNumber="A1"/>
</sanctionEntity></export>
"""
CSL_CSV = """\
_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,\
end_date,standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,\
gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,\
dates_of_birth,nationalities,places_of_birth,source_information_url,ids
a1,Entity List (EL) - BIS,7,Entity,,Velk Works,,"1 Road, Velk, NO",76 FR 1,2016-03-02,,,\
For all items,Denial,,,,,,,x,,Velk,,,,,,
"""
CSL_JSON = """{"total": 1, "offset": 0, "sources": [], "search_performed_at": "x", "results": [
{"_id": "a1", "id": "a1", "source": "Entity List (EL) - BIS", "entity_number": "7",
"type": "Entity", "programs": ["x"], "name": "Velk Works", "title": "x", "score": null,
"addresses": [{"address": "1 Road", "city": "Velk", "state": "x", "postal_code": "1",
"country": "NO"}], "federal_register_notice": "76 FR 1", "start_date": "2016-03-02",
"end_date": null, "standard_order": null, "license_requirement": "For all items",
"license_policy": "Denial", "call_sign": "x", "vessel_type": "x", "gross_tonnage": "1",
"gross_registered_tonnage": "1", "vessel_flag": "NO", "vessel_owner": "x", "remarks": "x",
"source_list_url": "x", "alt_names": ["Velk"], "citizenships": ["NO"],
"dates_of_birth": ["1970"], "nationalities": ["NO"], "places_of_birth": ["x"],
"source_information_url": "x", "ids": [{"type": "Passport", "number": "A1", "country": "NO",
"issue_date": "x", "expiration_date": "x"}]}]}
"""
DPL = """\
Name|Street_Address|City|State|Country|Postal_Code|Effective_Date|Expiration_Date|Standard_Order|\
Last_Update|Action|FR_Citation
VELK WORKS|1 Road|Velk||NO|1|03/02/2016||Y|03/02/2016|x|x
""".replace("|", "\t")
US_JSON = """{"list_id": "bis-meu", "source_file": "own.pdf", "extracted": "2026-07-09", "count": 1,
"entities": [{"name": "Velk Works", "aliases": ["Velk"], "country": "Norway", "address": "1 Road",
"status": null, "effective_date": "2016-03-02", "federal_register": "x", "notes": "x"}]}
"""
SAMPLES = MappingProxyType(
    {
        "un-xml": ("un.xml", UN),
        "ofac-sdn-xml": ("sdn.xml", OFAC),
        "eu-fsf-xml": ("eu.xml", EU),
        "ita-csl-csv": ("csl.csv", CSL_CSV),
        "ita-csl-json": ("csl.json", CSL_JSON),
        "bis-dpl-tsv": ("dpl.txt", DPL),
        "us-list-json": ("list.json", US_JSON),
    }
)
# Words that stand for something to the reader, each with one that the format does not have.
CODED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "un-xml": (">Good<", ">a.k.a.<", ">Female<", ">EXACT<"),
        "eu-fsf-xml": ('"person"', '"true"', '"F"', '"false"'),
        "ofac-sdn-xml": (">Individual<", ">strong<", ">a.k.a.<", ">SDGT<"),
        "ita-csl-csv": (",Entity,", "(EL)"),
        "ita-csl-json": ('"Entity"', "(EL)"),
    }
)


def names(format_: str, text: str) -> list[str]:
    if format_.endswith("xml"):
        return xml_names(text)
    if format_.endswith("json"):
        return sorted(set(re.findall(r'"(\w+)":', text)))
    return re.split(r"[,\t]", text.splitlines()[0])


def renamed(format_: str, text: str, name: str) -> str:
    """The text with one name of the format another, everywhere that it is a name."""
    if format_.endswith("xml"):
        return renamed_in_xml(text, name)
    if format_.endswith("json"):
        return text.replace(f'"{name}":', f'"{name}_X":')
    header, _, rows = text.partition("\n")
    return re.sub(rf"(?<![^,\t]){name}(?![^,\t])", f"{name}_X", header) + "\n" + rows


def renamings() -> Iterator[tuple[str, str]]:
    for format_, (_, text) in SAMPLES.items():
        for name in names(format_, text):
            yield format_, name


def write(folder: Path, format_: str, text: str) -> Path:
    path = folder / SAMPLES[format_][0]
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("format_", SAMPLES)
def test_each_sample_is_read(tmp_path: Path, format_: str) -> None:
    assert read(format_, write(tmp_path, format_, SAMPLES[format_][1])).listings


@pytest.mark.parametrize(("format_", "name"), list(renamings()))
def test_a_renamed_part_refuses_the_file(tmp_path: Path, format_: str, name: str) -> None:
    changed = renamed(format_, SAMPLES[format_][1], name)
    assert changed != SAMPLES[format_][1]
    with pytest.raises(WatchlistError) as caught:
        read(format_, write(tmp_path, format_, changed))
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    ("format_", "word"), [(format_, word) for format_, words in CODED.items() for word in words]
)
def test_a_coded_word_that_is_not_known_refuses_the_file(
    tmp_path: Path, format_: str, word: str
) -> None:
    text = SAMPLES[format_][1]
    assert word in text
    changed = text.replace(word, word[0] + "Spaceship" + word[-1])
    with pytest.raises(WatchlistError):
        read(format_, write(tmp_path, format_, changed))
