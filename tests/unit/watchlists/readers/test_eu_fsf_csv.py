"""watchlists.eu_fsf_csv: the EU's financial sanctions file as CSV 1.1.

No CSV of the publisher is at hand: the rows below have the 118 columns of its header (2024 to 2026,
as others have kept it). The same entities stand in XML beside them, and one is the real XML sample.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET  # of a sample, not of a foreign file

import pytest

from compliance.watchlists import Watchlist, read
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.readers.eu_fsf import read_fsf
from compliance.watchlists.readers.eu_fsf_csv import read_csv
from drift import passing
from readers import refused

ACT = [
    "Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle",
    "Programme", "PublicationUrl",
]  # fmt: skip
PLACE = ["CountryIso2Code", "CountryDescription", "LogicalId", "RegulationLanguage", "Remark"]
VALUES = {
    "NameAlias": ["LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender",
                  "Title", "Function", "LogicalId", "RegulationLanguage", "Remark"],
    "Address": ["City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime",
                "ContactInfo", *PLACE],
    "BirthDate": ["BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa",
                  "CalendarType", "ZipCode", "Region", "Place", "City", *PLACE],
    "Identification": ["Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost",
                       "RevokedByIssuer", "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo",
                       "LatinNumber", "NameOnDocument", "TypeCode", "TypeDescription", "Region",
                       *PLACE],
    "Citizenship": ["Region", *PLACE],
}  # fmt: skip
ENTITY = [
    "LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate", "DesignationDetails",
    "Remark", "SubjectType", "SubjectType_ClassificationCode",
]  # fmt: skip
COLUMNS = [
    "fileGenerationDate",
    *(f"Entity_{name}" for name in ENTITY),
    *(f"Entity_Regulation_{name}" for name in ACT),
    *(
        f"{prefix}_{name}"
        for prefix, names in VALUES.items()
        for name in (*names, *(f"Regulation_{act}" for act in ACT))
    ),
]
Row = Mapping[str, str]

PERSON: Row = {
    "fileGenerationDate": "05/08/2026",
    "Entity_LogicalId": "13",
    "Entity_EU_ReferenceNumber": "EU.27.28",
    "Entity_UnitedNationId": "Q1",
    "Entity_DesignationDate": "2022-02-25",
    "Entity_Remark": "(UNSC RESOLUTION 1483)",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "regulation",
    "Entity_Regulation_PublicationDate": "2003-07-08",
    "Entity_Regulation_EntryIntoForceDate": "2003-07-07",
    "Entity_Regulation_NumberTitle": "1210/2003 (OJ L169)",
    "Entity_Regulation_Programme": "IRQ",
}
ROWS: list[Row] = [
    {**PERSON, "NameAlias_WholeName": "Saddam Hussein", "NameAlias_Gender": "M",
     "NameAlias_LogicalId": "1", "NameAlias_Function": "President; Prime Minister"},
    {**PERSON, "NameAlias_WholeName": "Abu Ali", "NameAlias_LogicalId": "2",
     "NameAlias_Remark": "low quality"},
    {**PERSON, "Address_City": "Baghdad", "Address_Street": "1 Road", "Address_ContactInfo": "+1",
     "Address_CountryIso2Code": "IQ", "Address_CountryDescription": "IRAQ",
     "Address_Remark": "old"},
    {**PERSON, "BirthDate_BirthDate": "1937-04-28", "BirthDate_Year": "1937",
     "BirthDate_City": "al-Awja", "BirthDate_Circa": "FALSE", "BirthDate_CountryIso2Code": "IQ",
     "BirthDate_CountryDescription": "IRAQ"},
    {**PERSON, "BirthDate_Year": "1940", "BirthDate_Month": "5", "BirthDate_Circa": "FALSE"},
    {**PERSON, "Identification_Number": "A1", "Identification_TypeCode": "passport"},
    {**PERSON, "Citizenship_CountryIso2Code": "IQ", "Citizenship_CountryDescription": "IRAQ"},
    {**PERSON, "Entity_LogicalId": "20", "Entity_EU_ReferenceNumber": "EU.39.56",
     "Entity_SubjectType": "E", "Entity_SubjectType_ClassificationCode": "enterprise",
     "Entity_UnitedNationId": "", "NameAlias_WholeName": "Qorvex;Bank"},
]  # fmt: skip
SAME = """<?xml version="1.0"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T10:00:00+02:00">
<sanctionEntity logicalId="13" euReferenceNumber="EU.27.28" unitedNationId="Q1"
 designationDate="2022-02-25" designationDetails=""><remark>(UNSC RESOLUTION 1483)</remark>
<regulation regulationType="regulation" publicationDate="2003-07-08"
 entryIntoForceDate="2003-07-07" numberTitle="1210/2003 (OJ L169)" programme="IRQ"/>
<subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Saddam Hussein" gender="M" strong="true"
 function="President; Prime Minister"/>
<nameAlias wholeName="Abu Ali" strong="true"><remark>low quality</remark></nameAlias>
<citizenship countryIso2Code="IQ" countryDescription="IRAQ"/>
<birthdate birthdate="1937-04-28" year="1937" city="al-Awja" circa="false" countryIso2Code="IQ"
 countryDescription="IRAQ"/><birthdate year="1940" monthOfYear="5" circa="false"/>
<address city="Baghdad" street="1 Road" countryIso2Code="IQ" countryDescription="IRAQ">
<remark>old</remark><contactInfo key="Contact" value="+1"/></address>
<identification number="A1" identificationTypeCode="passport"/></sanctionEntity>
<sanctionEntity logicalId="20" euReferenceNumber="EU.39.56" designationDate="2022-02-25">
<remark>(UNSC RESOLUTION 1483)</remark>
<regulation publicationDate="2003-07-08" entryIntoForceDate="2003-07-07"
 numberTitle="1210/2003 (OJ L169)" programme="IRQ"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Qorvex;Bank" strong="true"/></sanctionEntity></export>"""


def write(folder: Path, *rows: Row, columns: list[str] = COLUMNS) -> Path:
    path = folder / "fsf.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return path


def refusal(path: Path) -> str:
    return refused(read_csv, path, "fsf.csv")


def alike(one: Watchlist, other: Watchlist) -> bool:
    """Whether two lists are the same but for where they were read."""
    return one.snapshot == other.snapshot


def test_the_header_has_the_columns_of_the_publisher() -> None:
    assert len(COLUMNS) == len(set(COLUMNS)) == 118


def test_the_rows_are_the_entities_of_the_xml(tmp_path: Path) -> None:
    path = tmp_path / "fsf.xml"
    path.write_text(SAME, "utf-8")
    found, whole = read_csv(write(tmp_path, *ROWS)), read_fsf(path)
    assert [replace(each, source="") for each in found.listings] == [
        replace(each, source="") for each in whole.listings
    ]
    assert alike(found, whole)
    assert same_entries([*found.listings, *whole.listings]) == [[0, 2], [1, 3]]


@pytest.mark.shared
def test_the_real_entry_of_the_xml_is_the_same_as_rows(shared: Path, tmp_path: Path) -> None:
    text = (shared / "eu/format_samples/fsf_export_one_entity.xml").read_text("utf-8")
    xml = tmp_path / "fsf.xml"
    xml.write_text(text.replace("<export ", '<export generationDate="2022-02-26" '), "utf-8")
    root = ET.fromstring(xml.read_text("utf-8"))  # noqa: S314 - as above
    (entity,) = root
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
    base = {"fileGenerationDate": "26/02/2022", "Entity_SubjectType": "P",
            "Entity_SubjectType_ClassificationCode": "person"}  # fmt: skip
    base |= {f"Entity_{key[0].upper()}{key[1:]}": text for key, text in entity.attrib.items()}
    (act,) = entity.findall("regulation")
    for key, text in act.attrib.items():
        if key != "logicalId":
            name = "Type" if key == "regulationType" else key[0].upper() + key[1:]
            base[f"Entity_Regulation_{name}"] = text
    rows = [
        base
        | {f"NameAlias_{k[0].upper()}{k[1:]}": t for k, t in each.attrib.items() if k != "strong"}
        for each in entity.findall("nameAlias")
    ]
    (born,) = entity.findall("birthdate")
    renamed = {"birthdate": "BirthDate", "dayOfMonth": "Day", "monthOfYear": "Month"}
    rows.append(
        base
        | {f"BirthDate_{renamed.get(k, k[0].upper() + k[1:])}": t for k, t in born.attrib.items()}
        | {"BirthDate_Remark": born.findtext("remark") or ""}
    )
    assert alike(read_csv(write(tmp_path, *rows)), read_fsf(xml))


def test_a_repeated_row_adds_nothing_and_another_act_does(tmp_path: Path) -> None:
    other = {**ROWS[1], "Entity_Regulation_NumberTitle": "2/2004 (OJ L1)"}
    once = read_csv(write(tmp_path, *ROWS))
    assert alike(read_csv(write(tmp_path, *ROWS[:7], ROWS[1], ROWS[7])), once)
    found = read_csv(write(tmp_path, *ROWS, other)).listings[0]
    assert found.citation == "1210/2003 (OJ L169); 2/2004 (OJ L1)"


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS)
    assert read("eu-fsf-csv", path) == read_csv(path)
    assert read_csv(path, "mine").id == read_csv(path, "mine").listings[0].list_id == "mine"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"fileGenerationDate": "06/08/2026"}, "9:1: fileGenerationDate is '06/08/2026', not the"),
        ({"fileGenerationDate": ""}, "9:1: fileGenerationDate is '', not the day of the list"),
        ({"Entity_LogicalId": ""}, "9:1: no Entity_LogicalId"),
        ({"Entity_LogicalId": "13"}, "9:1: Entity_EU_ReferenceNumber of 13 is 'EU.39.56', and 'E"),
        ({"Entity_EU_ReferenceNumber": "EU.27.28"}, "EU.27.28 a second time"),
        ({"Entity_SubjectType_ClassificationCode": "ship"}, "EU.39.56 is of an unknown type, 'sh"),
        ({"NameAlias_WholeName": ""}, "EU.39.56 has no name"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, str], told: str
) -> None:
    assert told in refusal(write(tmp_path, *ROWS[:7], {**ROWS[7], **change}))


def test_another_header_or_a_cut_row_is_refused(tmp_path: Path) -> None:
    renamed = ["NameAlias_FullName" if c == "NameAlias_WholeName" else c for c in COLUMNS]
    told = refusal(write(tmp_path, *ROWS, columns=renamed))
    assert "fsf.csv:1:1: unknown column 'NameAlias_FullName' (did you mean 'NameAlias_" in told
    assert "missing columns: NameAlias_WholeName" in told
    assert "column 'Entity_Remark' twice" in refusal(
        write(tmp_path, columns=[*COLUMNS, "Entity_Remark"])
    )
    path = write(tmp_path, *ROWS)
    path.write_text(path.read_text("utf-8") + "05/08/2026;14\n", "utf-8")
    assert "fsf.csv:10:1: 2 cells where the header has 118" in refusal(path)
    assert "no rows" in refusal(write(tmp_path))


def test_each_renamed_element_and_attribute_refuses_the_file(tmp_path: Path) -> None:
    assert list(passing(SAME, read_fsf, tmp_path / "list.xml")) == []
