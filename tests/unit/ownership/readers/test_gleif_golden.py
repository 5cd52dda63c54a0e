"""GLEIF's golden copy as CSV and ZIP: the records are those of its XML and JSON.

No golden copy as CSV is at hand: the rows are the real records of the JSON samples, written in the
columns that GLEIF publishes (LEI-CDF 3.1, RR-CDF 2.1, reporting exceptions 2.1).
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model.truth import Truth
from compliance.ownership.readers import Statements, read, recognized
from compliance.ownership.readers.gleif import read_gleif
from compliance.ownership.readers.gleif_golden import unknown
from unit.ownership.readers.reading import refused, remarks, rows

RR = [
    "Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType",
    "Relationship.EndNode.NodeID", "Relationship.EndNode.NodeIDType",
    "Relationship.RelationshipType", "Relationship.RelationshipStatus",
    *(f"Relationship.Period.{n}.{part}" for n in range(1, 6)
      for part in ("startDate", "endDate", "periodType")),
    *(f"Relationship.Qualifiers.{n}.{part}" for n in range(1, 6)
      for part in ("QualifierDimension", "QualifierCategory")),
    *(f"Relationship.Quantifiers.{n}.{part}" for n in range(1, 6)
      for part in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")),
    "Registration.InitialRegistrationDate", "Registration.LastUpdateDate",
    "Registration.RegistrationStatus", "Registration.NextRenewalDate", "Registration.ManagingLOU",
    "Registration.ValidationSources", "Registration.ValidationDocuments",
    "Registration.ValidationReference",
]  # fmt: skip
REPEX = [
    "LEI", "Exception.Category", *(f"Exception.Reason.{n}" for n in range(1, 6)),
    *(f"Exception.Reference.{n}" for n in range(1, 6)),
]  # fmt: skip
LINES = ["FirstAddressLine", "AddressNumber", "AdditionalAddressLine.1", "City", "Region",
         "Country", "PostalCode", "xmllang", "type"]  # fmt: skip
LEI = [
    "LEI", "Entity.LegalName", "Entity.LegalName.xmllang",
    *(f"Entity.OtherEntityNames.OtherEntityName.{n}{part}" for n in range(1, 6)
      for part in ("", ".xmllang", ".type")),
    *(f"Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.{n}" for n in (1, 2)),
    *(f"Entity.LegalAddress.{part}" for part in LINES),
    *(f"Entity.HeadquartersAddress.{part}" for part in LINES),
    *(f"Entity.OtherAddresses.OtherAddress.1.{part}" for part in LINES),
    "Entity.RegistrationAuthority.RegistrationAuthorityID",
    "Entity.RegistrationAuthority.OtherRegistrationAuthorityID",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
    "Entity.LegalJurisdiction", "Entity.EntityCategory", "Entity.EntitySubCategory",
    "Entity.LegalForm.EntityLegalFormCode", "Entity.LegalForm.OtherLegalForm",
    "Entity.AssociatedEntity.type", "Entity.AssociatedEntity.AssociatedLEI",
    "Entity.EntityStatus", "Entity.EntityCreationDate", "Entity.EntityExpirationDate",
    "Entity.EntityExpirationReason",
    *(f"Entity.SuccessorEntity.{n}.{part}" for n in range(1, 6)
      for part in ("SuccessorLEI", "SuccessorEntityName", "SuccessorEntity.xmllang")),
    *(f"Entity.LegalEntityEvents.LegalEntityEvent.{n}.{part}" for n in range(1, 6)
      for part in ("group_type", "event_status", "group_id", "group_sequence_no",
                   "LegalEntityEventType", "LegalEntityEventEffectiveDate",
                   "LegalEntityEventRecordedDate", "ValidationDocuments", "ValidationReference",
                   "AffectedFields.1.AffectedField", "AffectedFields.1.field_xpath")),
    "Registration.InitialRegistrationDate", "Registration.LastUpdateDate",
    "Registration.RegistrationStatus", "Registration.NextRenewalDate", "Registration.ManagingLOU",
    "Registration.ValidationSources", "Registration.ValidationAuthority.ValidationAuthorityID",
    "Registration.OtherValidationAuthorities.OtherValidationAuthority.1.ValidationAuthorityID",
    "ConformityFlag",
]  # fmt: skip


def write(path: Path, columns: list[str], found: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row.get(column, "") for column in columns] for row in found)
    return path


def flat(value: Any, above: str = "") -> dict[str, str]:
    """The cells of a record of the JSON: its texts by their paths."""
    if isinstance(value, Mapping):
        inside = {k.rpartition(":")[2].lstrip("@"): v for k, v in value.items()}
        if "$" in value:
            return {above: str(inside["$"])}
        return {
            k: v for key, part in inside.items() for k, v in flat(part, f"{above}.{key}").items()
        }
    if isinstance(value, list):
        numbered = (flat(part, f"{above}.{n}") for n, part in enumerate(value, start=1))
        return {k: v for part in numbered for k, v in part.items()}
    return {above: "" if value is None else str(value)}


def cells(record: Mapping[str, Any]) -> dict[str, str]:
    """A record in the columns of the golden copy."""
    found = {}
    for path, text in flat(record).items():
        column = path.lstrip(".")
        for old, new in (
            ("Relationship.RelationshipPeriods.", "Relationship.Period."),
            ("Entity.LegalEntityEvents.", "Entity.LegalEntityEvents.LegalEntityEvent."),
            ("StartDate", "startDate"), ("EndDate", "endDate"), ("PeriodType", "periodType"),
            ("ExceptionCategory", "Exception.Category"),
            ("ExceptionReason", "Exception.Reason.1"),
        ):  # fmt: skip
            if old in column:
                column = column.replace(old, new)
        found[column] = text
    return found


def plain(statements: Statements) -> Any:
    """What is stated, wherever it stands in its file."""
    parties = [replace(p, source="", cessation=None) for p in statements.parties.values()]
    ended = [
        (p.id, p.cessation and replace(p.cessation, source="")) for p in statements.parties.values()
    ]
    exceptions = [replace(each, source="") for each in statements.exceptions]
    return rows(statements), parties, ended, exceptions, remarks(statements)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("rr-data", RR), ("rr-updates-data2", RR), ("lei-data", LEI), ("lei-updates-data", LEI),
        ("lei-updates-replaces-data", LEI), ("repex-data", REPEX), ("repex-updates-data2", REPEX),
    ],
)  # fmt: skip
def test_the_columns_say_what_the_records_of_the_json_say(
    shared: Path, tmp_path: Path, name: str, columns: list[str]
) -> None:
    source = shared / f"gleif/bodspipelines/{name}.json"
    records = json.loads(source.read_text("utf-8"))
    path = write(tmp_path / "copy.csv", columns, [cells(each) for each in records])
    assert recognized(path) == "gleif"
    assert plain(read_gleif(path)) == plain(read_gleif(source))


@pytest.mark.shared
def test_a_zip_is_read_as_the_csv_in_it(shared: Path, tmp_path: Path) -> None:
    records = json.loads((shared / "gleif/bodspipelines/rr-data.json").read_text("utf-8"))
    path = write(tmp_path / "rr.csv", RR, [cells(each) for each in records])
    packed = tmp_path / "20261201-0000-gleif-goldencopy-rr-golden-copy.csv.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "20261201-0000-gleif-goldencopy-rr-golden-copy.csv")
    assert recognized(packed) == "gleif"
    assert plain(read(packed)) == plain(read_gleif(path))


A, B, C = (letter * 20 for letter in "ABC")


def related(start: str, type_: str, end: str, **more: str) -> dict[str, str]:
    return {
        "Relationship.StartNode.NodeID": start,
        "Relationship.EndNode.NodeID": end,
        "Relationship.RelationshipType": type_,
        "Relationship.RelationshipStatus": "ACTIVE",
        "Relationship.Period.1.startDate": "2020-01-01T00:00:00.000Z",
        "Relationship.Period.1.periodType": "RELATIONSHIP_PERIOD",
        "Registration.RegistrationStatus": "PUBLISHED",
        **more,
    }


@pytest.mark.parametrize(
    ("type_", "edge"),
    [
        ("IS_DIRECTLY_CONSOLIDATED_BY", (B, A, "consolidation")),
        ("IS_ULTIMATELY_CONSOLIDATED_BY", (B, A, "consolidation")),
        ("IS_INTERNATIONAL_BRANCH_OF", (B, A, "consolidation")),
        ("IS_SUBFUND_OF", (B, A, "consolidation")),
        ("IS_FUND-MANAGED_BY", (B, A, "other")),
        ("IS_FEEDER_TO", (A, B, "shareholding")),
    ],
)
def test_each_type_of_relationship_is_an_edge(
    tmp_path: Path, type_: str, edge: tuple[str, str, str]
) -> None:
    path = write(tmp_path / "rr.csv", RR, [related(A, type_, B)])
    (found,) = read_gleif(path).interests
    assert (found.owner, found.owned, found.kind) == edge
    assert (found.since, found.until) == (date(2020, 1, 1), None)


def test_a_type_that_is_not_known_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "rr.csv", RR, [related(A, "IS_NEIGHBOUR_OF", B)])
    statements = read_gleif(path)
    assert (statements.interests, remarks(statements)) == ((), {"relationship_type": 1})


def test_the_umbrella_of_a_sub_fund_leads_to_its_ultimate_parent(tmp_path: Path) -> None:
    path = write(
        tmp_path / "rr.csv",
        RR,
        [related(A, "IS_SUBFUND_OF", B), related(B, "IS_DIRECTLY_CONSOLIDATED_BY", C)],
    )
    found = read_gleif(path).graph().ultimate_parents(A, as_of=date(2024, 1, 1))
    assert [(each.party, each.truth) for each in found.parents] == [(C, Truth.TRUE)]


def test_a_successor_and_an_event_are_read_from_their_numbered_columns(tmp_path: Path) -> None:
    event = "Entity.LegalEntityEvents.LegalEntityEvent.1."
    row = {
        "LEI": A, "Entity.LegalName": "Qorvex", "Entity.LegalName.xmllang": "en",
        "Entity.EntityStatus": "INACTIVE", "Registration.RegistrationStatus": "RETIRED",
        "Entity.SuccessorEntity.1.SuccessorLEI": B, f"{event}event_status": "COMPLETED",
        f"{event}LegalEntityEventType": "DISSOLUTION",
        f"{event}LegalEntityEventEffectiveDate": "2023-05-01T00:00:00Z",
    }  # fmt: skip
    party = read_gleif(write(tmp_path / "lei.csv", LEI, [row])).parties[A]
    assert party.name == "Qorvex"
    assert party.cessation is not None
    assert (party.cessation.since, party.cessation.successors) == (date(2023, 5, 1), (B,))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ([c.replace("NodeIDType", "NodeKind") for c in RR],
         "rr.csv:1:1: unknown columns: 'Relationship.StartNode.NodeKind', 'Relationship.EndNode.N"),
        ([c for c in RR if c != "Relationship.RelationshipType"],
         "rr.csv:1:1: columns Registration.RegistrationStatus, Relationship.EndNode.NodeID, "),
        ([*RR, "Comment"], "rr.csv:1:1: unknown columns: 'Comment'"),
    ],
)  # fmt: skip
def test_another_header_is_refused(tmp_path: Path, columns: list[str], told: str) -> None:
    path = write(tmp_path / "rr.csv", columns, [related(A, "IS_SUBFUND_OF", B)])
    (message,) = refused(read_gleif, path)
    assert message.startswith(told)


def test_what_an_issuer_adds_is_no_stranger() -> None:
    assert unknown("entity", [*LEI, "Extension.gleif.Something"]) == []
    assert unknown("relationship", RR) == unknown("exception", REPEX) == []
