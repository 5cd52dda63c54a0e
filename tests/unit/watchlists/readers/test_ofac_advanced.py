"""watchlists.ofac_advanced: SDN_ADVANCED.XML and CONS_ADVANCED.XML.

No file of the publisher is at hand. The parties below are made up after its schema (sanctions data
model 1.0, namespace of 2024) and its explanatory notes; two of them stand here in the older XML
too, which says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.readers import ofac_xml
from compliance.watchlists.readers.ofac_advanced import read_consolidated, read_sdn
from drift import passing
from readers import by_id, refused

NAMESPACE = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
)
SETS = {
    "AliasType": {"1400": "A.K.A.", "1403": "Name"},
    "AreaCode": {"7": "Crimea"},
    "Country": {"11": "Iraq", "12": "Tunisia", "13": "Panama", "99": "undetermined"},
    "DetailReference": {"91526": "Male"},
    "EntryEventType": {"1": "Created", "2": "Amended"},
    "FeatureType": {
        "1": "Vessel Call Sign", "3": "Vessel Flag", "8": "Birthdate", "9": "Place of Birth",
        "10": "Nationality Country", "11": "Citizenship Country", "13": "SWIFT/BIC",
        "25": "Location", "26": "Title", "224": "Gender", "344": "Digital Currency Address - XBT",
        "500": "Executive Order 14024 Directive Information", "501": "Secondary sanctions risk:",
    },
    "IDRegDocType": {"1571": "Passport", "1584": "National ID No.", "1626":
                     "Vessel Registration Identification", "1570": "Cedula No."},
    "List": {"1550": "SDN List", "91512": "Consolidated List", "91243": "Non-SDN MBS List"},
    "LocPartType": {"1451": "ADDRESS1", "1454": "CITY", "1456": "POSTAL CODE", "1": "Unknown"},
    "NamePartType": {"1520": "Last Name", "1521": "First Name", "1525": "Entity Name",
                     "1526": "Vessel Name", "1528": "Nickname", "1524": "Matronymic"},
    "PartySubType": {"1": "Vessel", "3": "Unknown", "4": "Unknown"},
    "PartyType": {"1": "Individual", "2": "Entity", "4": "Transport"},
    "RelationType": {"15003": "Owned or Controlled By"},
    "SanctionsType": {"1": "Program", "1705": "Block"},
    "Script": {"215": "Latin", "160": "Arabic"},
}  # fmt: skip
PARTY_TYPES = {"1": "4", "3": "2", "4": "1"}


def reference_sets() -> str:
    found = []
    for name, values in SETS.items():
        inside = "".join(
            f'<{name} ID="{number}"'
            + (f' PartyTypeID="{PARTY_TYPES[number]}"' if name == "PartySubType" else "")
            + f">{word}</{name}>"
            for number, word in values.items()
        )
        found.append(f"<{name}Values>{inside}</{name}Values>")
    return f"<ReferenceValueSets>{''.join(found)}</ReferenceValueSets>"


LOCATIONS = """
<Location ID="1"><LocationCountry CountryID="12" CountryRelevanceID="1"/>
<LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Value>1 Road</Value>
</LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Tunis</Value>
</LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1456"><LocationPartValue Primary="true"><Value>10</Value>
</LocationPartValue></LocationPart><FeatureVersionReference FeatureVersionID="1"/></Location>
<Location ID="2"><LocationCountry CountryID="11" CountryRelevanceID="1"/></Location>
<Location ID="3"><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true"><Value>Panama
</Value></LocationPartValue></LocationPart></Location>
<Location ID="4"><LocationCountry CountryID="99" CountryRelevanceID="1"/>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Jaffa</Value>
</LocationPartValue></LocationPart><LocationAreaCode AreaCodeID="7"/></Location>"""
DOCUMENTS = """
<IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="700" IssuedBy-CountryID="11" ValidityID="1">
<IDRegistrationNo>A12</IDRegistrationNo><DocumentDate IDRegDocDateTypeID="1"/></IDRegDocument>
<IDRegDocument ID="2" IDRegDocTypeID="1570" IdentityID="700" ValidityID="1">
<IDRegistrationNo>88</IDRegistrationNo></IDRegDocument>
<IDRegDocument ID="3" IDRegDocTypeID="1626" IdentityID="900" ValidityID="1">
<IDRegistrationNo>IMO 9187629</IDRegistrationNo></IDRegDocument>"""


def alias(*parts: tuple[str, str], kind: str = "1400", more: str = "", script: str = "215") -> str:
    primary = "true" if kind == "1403" else "false"
    values = "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="{script}" '
        f'ScriptStatusID="1" Acronym="false">{text}</NamePartValue></DocumentedNamePart>'
        for group, text in parts
    )
    low = more or 'LowQuality="false"'
    return (
        f'<Alias FixedRef="7" AliasTypeID="{kind}" Primary="{primary}" {low}>'
        f'<DocumentedName ID="5" FixedRef="7" DocNameStatusID="1">{values}</DocumentedName></Alias>'
    )


def groups(**types: str) -> str:
    inside = "".join(
        f'<MasterNamePartGroup><NamePartGroup ID="{number[1:]}" NamePartTypeID="{type_}"/>'
        "</MasterNamePartGroup>"
        for number, type_ in types.items()
    )
    return f"<NamePartGroups>{inside}</NamePartGroups>"


def feature(type_: str, inside: str) -> str:
    return (
        f'<Feature ID="4" FeatureTypeID="{type_}"><FeatureVersion ID="6" ReliabilityID="1">{inside}'
        '</FeatureVersion><IdentityReference IdentityID="1" IdentityFeatureLinkTypeID="1"/>'
        "</Feature>"
    )


def detail(text: str = "", more: str = "") -> str:
    return f'<VersionDetail DetailTypeID="1432"{more}>{text}</VersionDetail>'


def place(number: str) -> str:
    return f'<VersionLocation LocationID="{number}"/>'


def days(tag: str, first: str, last: str) -> str:
    parts = ""
    for name, text in (("From", first), ("To", last)):
        year, month, day = (str(int(part)) for part in text.split("-"))
        parts += f"<{name}><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></{name}>"
    return parts.join((f"<{tag}>", f"</{tag.split(maxsplit=1)[0]}>"))


def span(first: str, last: str, about: bool = False) -> str:
    more = f' Approximate="{str(about).lower()}" YearFixed="false"'
    inside = days(f"Start{more}", first, first) + days(f"End{more}", last, last)
    return f'<DatePeriod CalendarTypeID="1" YearFixed="false">{inside}</DatePeriod>'


def party(number: str, identity: str, sub_type: str, inside: str, features: str = "") -> str:
    return (
        f'<DistinctParty FixedRef="{number}"><Comment>Remark {number}</Comment>'
        f'<Profile ID="{number}" PartySubTypeID="{sub_type}">'
        f'<Identity ID="{identity}" FixedRef="7" Primary="true" False="false">{inside}</Identity>'
        f"{features}</Profile></DistinctParty>"
    )


PERSON = party(
    "7",
    "700",
    "4",
    alias(("1", "ABBAS"), ("2", "Abu"), kind="1403")
    + alias(("1", "ZAYDAN"), ("2", "Muhammad"), ("3", "ISSA"))
    + alias(("4", "THE LION"), more='LowQuality="true"')
    + alias(("1", "زيدان"), ("2", "محمد"), script="160")
    + groups(_1="1520", _2="1521", _3="1524", _4="1528"),
    feature("8", span("1948-12-10", "1948-12-10"))
    + feature("9", place("2"))
    + feature("10", place("2"))
    + feature("25", place("1"))
    + feature("26", detail("Mr."))
    + feature("224", detail(more=' DetailReferenceID="91526"'))
    + feature("344", detail("1Fz2"))
    + feature("501", detail("section 1(b)")),
)
FIRM = party(
    "8",
    "800",
    "3",
    alias(("1", "QORVEX BANK"), kind="1403") + groups(_1="1525"),
    feature("13", detail("QORVRUMM")) + feature("25", place("4")),
)
SHIP = party(
    "9",
    "900",
    "1",
    alias(("1", "MAR AZUL"), kind="1403") + groups(_1="1526"),
    feature("1", detail("T2DE4")) + feature("3", place("3")),
)
RELATION = (
    '<ProfileRelationship ID="1" From-ProfileID="7" To-ProfileID="8" RelationTypeID="15003" '
    'RelationQualityID="1" Former="false" SanctionsEntryID="7"><Comment/></ProfileRelationship>'
)


def entry(
    number: str, *programmes: str, list_: str = "1550", day: str = "2019-9-13", event: str = "1"
) -> str:
    year, month, date_ = day.split("-")
    measures = "".join(
        f'<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>{text}</Comment>'
        '<DatePeriod CalendarTypeID="1"/></SanctionsMeasure>'
        for text in programmes
    )
    return (
        f'<SanctionsEntry ID="{number}" ProfileID="{number}" ListID="{list_}">'
        f'<EntryEvent ID="1" EntryEventTypeID="{event}" LegalBasisID="1"><Comment/>'
        f'<Date CalendarTypeID="1"><Year>{year}</Year><Month>{month}</Month>'
        f"<Day>{date_}</Day></Date>"
        f'</EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1705"/>{measures}</SanctionsEntry>'
    )


PARTIES = (PERSON, FIRM, SHIP)
ENTRIES = (entry("7", "SDGT", "SYRIA"), entry("8", "SDGT"), entry("9", "CUBA", day="1989-1-5"))


def document(
    parties: tuple[str, ...] = PARTIES, entries: tuple[str, ...] = ENTRIES, **more: str
) -> str:
    """A file; `more` replaces sections."""
    issued = "<Year>2026</Year><Month>6</Month><Day>22</Day>"
    sections = {
        "issued": f'<DateOfIssue CalendarTypeID="1">{issued}</DateOfIssue>',
        "sets": reference_sets(),
        "locations": f"<Locations>{LOCATIONS}</Locations>",
        "documents": f"<IDRegDocuments>{DOCUMENTS}</IDRegDocuments>",
        "parties": "<DistinctParties>\n" + "\n".join(parties) + "\n</DistinctParties>",
        "relations": f"<ProfileRelationships>{RELATION}</ProfileRelationships>",
        "entries": "<SanctionsEntries>\n" + "\n".join(entries) + "\n</SanctionsEntries>",
        "links": "<SanctionsEntryLinks/>",
    } | more
    inside = "\n".join(sections.values())
    return (
        f'<?xml version="1.0"?>\n<Sanctions Version="1.0" xmlns="{NAMESPACE}">{inside}</Sanctions>'
    )


def write(folder: Path, text: str) -> Path:
    path = folder / "SDN_ADVANCED.XML"
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path, read_: Callable[[Path], Watchlist] = read_sdn) -> str:
    return refused(read_, path, "SDN.XML")


def test_a_person_is_read_with_everything_it_has(tmp_path: Path) -> None:
    path = write(tmp_path, document())
    found = read_sdn(path)
    assert (found.id, found.published, found.entries_total) == ("ofac-sdn", date(2026, 6, 22), 3)
    assert by_id(found, "7") == Listing(
        id="7",
        list_id="ofac-sdn",
        name="ABBAS, Abu",
        aliases=("ZAYDAN ISSA, Muhammad", "زيدان, محمد"),
        weak_aliases=("THE LION",),
        kind="person",
        countries=("TN",),
        addresses=("1 Road, Tunis, 10, Tunisia",),
        programmes=("SDGT", "SYRIA"),
        measures=("us.sdn",),
        identifiers=(Identifier("passport", "A12"), Identifier("wallet", "1Fz2")),
        listed_on=date(2019, 9, 13),
        remarks="Remark 7; Cedula No. 88; Title Mr.; Secondary sanctions risk: section 1(b); "
        "Place of Birth Iraq; Owned or Controlled By: QORVEX BANK",
        source=f"{path}:{by_id(found, '7').source.rpartition(':')[2]}",
        published=date(2026, 6, 22),
        nationalities=("IQ",),
        birth_dates=("1948-12-10",),
        gender="male",
    )


def test_an_entity_and_a_vessel_have_their_numbers_and_places(tmp_path: Path) -> None:
    found = read_sdn(write(tmp_path, document()))
    firm, ship = by_id(found, "8"), by_id(found, "9")
    assert (firm.name, firm.kind, firm.identifiers) == (
        "QORVEX BANK",
        "organization",
        (Identifier("swift", "QORVRUMM"),),
    )
    assert firm.addresses == ("Jaffa, Crimea",)
    assert (ship.kind, ship.countries, ship.listed_on) == ("vessel", ("PA",), date(1989, 1, 5))
    assert ship.identifiers == (Identifier("imo", "9187629"), Identifier("call_sign", "T2DE4"))


def test_the_older_xml_of_the_same_parties_says_the_same(tmp_path: Path) -> None:
    older = tmp_path / "SDN.XML"
    older.write_text(
        """<sdnList><publshInformation><Publish_Date>06/22/2026</Publish_Date>
        <Record_Count>2</Record_Count></publshInformation>
        <sdnEntry><uid>7</uid><firstName>Abu</firstName><lastName>ABBAS</lastName>
        <sdnType>Individual</sdnType><programList><program>SDGT</program><program>SYRIA</program>
        </programList><idList><id><uid>1</uid><idType>Passport</idType><idNumber>A12</idNumber></id>
        <id><uid>2</uid><idType>Digital Currency Address - XBT</idType><idNumber>1Fz2</idNumber>
        </id>
        <id><uid>3</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
        <akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category>
        <lastName>THE LION</lastName></aka></akaList>
        <addressList><address><uid>1</uid><address1>1 Road</address1><city>Tunis</city>
        <postalCode>10</postalCode><country>Tunisia</country></address></addressList>
        <nationalityList><nationality><uid>1</uid><country>Iraq</country>
        <mainEntry>true</mainEntry></nationality></nationalityList>
        <dateOfBirthList><dateOfBirthItem><uid>1</uid><dateOfBirth>10 Dec 1948</dateOfBirth>
        <mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList></sdnEntry>
        <sdnEntry><uid>9</uid><lastName>MAR AZUL</lastName><sdnType>Vessel</sdnType>
        <programList><program>CUBA</program></programList><idList><id><uid>4</uid>
        <idType>Vessel Registration Identification</idType><idNumber>IMO 9187629</idNumber></id>
        </idList><vesselInfo><callSign>T2DE4</callSign><vesselFlag>Panama</vesselFlag></vesselInfo>
        </sdnEntry></sdnList>""",
        "utf-8",
    )
    before, found = ofac_xml.read_sdn(older), read_sdn(write(tmp_path, document()))
    for one in before.listings:
        other = by_id(found, one.id)
        for name in (
            "name", "kind", "countries", "addresses", "programmes", "identifiers", "measures",
            "nationalities", "birth_dates", "gender", "weak_aliases",
        ):  # fmt: skip
            assert getattr(one, name) == getattr(other, name), name
    both = [*before.listings, *found.listings]
    assert same_entries(both) == [[0, 2], [1, 4], [3]]


@pytest.mark.parametrize(
    ("first", "last", "about", "births"),
    [
        ("1948-12-10", "1948-12-10", False, ("1948-12-10",)),
        ("1962-01-01", "1962-12-31", False, ("1962",)),
        ("1962-02-01", "1962-02-28", False, ("1962-02",)),
        ("1959-01-01", "1961-12-31", False, ("1959/1961",)),
        ("1962-03-04", "1962-07-01", False, ("1962/1962",)),
        ("1962-01-01", "1962-12-31", True, ("1961/1963",)),
        ("1959-01-01", "1961-12-31", True, ("1959/1961",)),
    ],
)
def test_a_birth_is_as_exact_as_it_is_written(
    tmp_path: Path, first: str, last: str, *, about: bool, births: tuple[str, ...]
) -> None:
    one = party(
        "7",
        "700",
        "4",
        alias(("1", "ABBAS"), kind="1403") + groups(_1="1520"),
        feature("8", span(first, last, about)),
    )
    (found,) = read_sdn(write(tmp_path, document((one,), ENTRIES[:1]))).listings
    assert found.birth_dates == births


CONSOLIDATED = (
    entry("7", "NS-PLC", list_="91243", day="2006-4-12"),
    entry("7", "NS-PLC", list_="91512", day="2014-10-10"),
    entry("8", "RUSSIA-EO14024", list_="91512"),
    entry("8", "SDGT"),
)


def test_the_consolidated_file_is_read_by_its_own_entries(tmp_path: Path) -> None:
    firm = FIRM.replace("</Profile>", feature(
        "500", detail("Subject to Directive 4 - any transaction involving the Central Bank")
    ) + "</Profile>")  # fmt: skip
    path = write(tmp_path, document((PERSON, firm), CONSOLIDATED))
    found = read_consolidated(path)
    person, bank = found.listings
    assert found.id == "ofac-consolidated"
    assert (person.programmes, person.listed_on) == (("NS-PLC",), date(2006, 4, 12))
    assert person.measures == ("us.plc",)
    assert bank.programmes == ("RUSSIA-EO14024",)
    assert bank.measures == ("us.ns-mbs.directive-4",)


def test_each_list_is_refused_in_the_format_of_the_other(tmp_path: Path) -> None:
    told = "the party 7 is on SDN List: read it as ofac-sdn-advanced-xml"
    assert told in refusal(write(tmp_path, document()), read_consolidated)
    path = write(tmp_path, document((PERSON,), CONSOLIDATED[:2]))
    told = "on Consolidated List, Non-SDN MBS List: read it as ofac-consolidated-advanced-xml"
    assert told in refusal(path)


def test_the_readers_are_found_by_their_formats_and_take_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, document())
    assert read("ofac-sdn-advanced-xml", path) == read_sdn(path)
    assert read_sdn(path, "mine").id == read_sdn(path, "mine").listings[0].list_id == "mine"
    path = write(tmp_path, document((PERSON,), CONSOLIDATED[:2]))
    assert read("ofac-consolidated-advanced-xml", path) == read_consolidated(path)


NO_DAY = "<DateOfIssue><Year>2026</Year><Month>13</Month><Day>1</Day></DateOfIssue>"
NOBODY = document((), (), relations="<ProfileRelationships/>")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (document(entries=ENTRIES[1:]), "the party 7 is on no list: is the file whole?"),
        (document(parties=(FIRM, SHIP)), "an entry of the profile 7: no such party"),
        (document(parties=(*PARTIES, SHIP)), "the party 9 a second time"),
        (document(locations="<Locations/>"), "the party 7 is at the location 1: there is none"),
        (NOBODY, "no party"),
        (document(sets=""), "no ReferenceValueSets before the records"),
        (document(issued=NO_DAY), "DateOfIssue is not a day"),
        (document()[:-200], "not XML: "),
    ],
)
def test_a_file_that_lacks_something_is_refused(tmp_path: Path, text: str, told: str) -> None:
    assert told in refusal(write(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<ListValues>", "<ListesValues>", "no ListValues"),
        ("<NamePartValue ", "<NamePart ", "unknown element NamePart in DocumentedNamePart (did"),
        ("<Feature ", "<Trait ", "unknown element Trait in Profile"),
        (
            ' NamePartTypeID="1521"',
            ' NamePartTypeID="1599"',
            "NamePartTypeValues has no '1599', wh",
        ),
        ('FeatureTypeID="8"', 'FeatureTypeID="88"', "FeatureTypeValues has no '88'"),
        ('="1403" Primary="true"', '="1403" Primary="false"', "the party 7 has no primary name"),
        (' LowQuality="false"', ' Quality="low"', "Alias without its attribute LowQuality"),
        (">SYRIA<", ">NOWHERE<", "does not know what they mean: 'NOWHERE'"),
        ("Month>9<", "Month>19<", "an event (Created) without a day"),
        (">Entity<", ">Robot<", "unknown type of party 'Robot'"),
        ('<Profile ID="7"', '<Profile ID="77"', "the profile 77 of the party 7"),
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = document().replace(old, new)
    if old.startswith("<") and "=" not in old:  # the ends of the elements too
        before, after = (tag.strip("<> ") for tag in (old, new))
        text = text.replace(f"</{before}>", f"</{after}>")
    assert text != document()
    assert told in refusal(write(tmp_path, text))


def test_a_refusal_names_line_and_column(tmp_path: Path) -> None:
    text = (
        document()
        .replace("<DocumentedName ", "<Documented ", 1)
        .replace("</DocumentedName>", "</Documented>", 1)
    )
    lines = text.splitlines()
    line = next(n for n, found in enumerate(lines, start=1) if "<Documented " in found)
    column = lines[line - 1].index("<Documented ") + 1
    told = refusal(write(tmp_path, text))
    assert told.startswith(f"SDN.XML:{line}:{column}: unknown element Documented in Alias")


# The values of the reference sets, read under whatever name, and attributes that nobody reads.
HARMLESS = {
    *("AliasType", "AreaCode", "Country", "DetailReference", "EntryEventType", "FeatureType"),
    *("IDRegDocType", "List", "LocPartType", "NamePartType", "PartySubType", "PartyType"),
    *("RelationType", "SanctionsType", "Script"),
    *("Acronym", "CalendarTypeID", "CountryRelevanceID", "DocNameStatusID", "FeatureVersionID"),
    *("IDRegDocDateTypeID", "IdentityFeatureLinkTypeID", "LegalBasisID", "RelationQualityID"),
    *("ReliabilityID", "SanctionsEntryID", "ScriptStatusID", "ValidityID", "Version", "YearFixed"),
    "False",  # an attribute of Identity
}


def test_each_renamed_element_and_attribute_that_is_read_refuses_the_file(tmp_path: Path) -> None:
    assert set(passing(document(), read_sdn, tmp_path / "list.xml")) == HARMLESS
