"""An owner who is declared unknown, in any format, leaves every rule on listed owners open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.ownership.readers import read
from compliance.screening.ownership_report import ownership_report
from unit.screening.ownership_report.reports import DAY, knowledge, policies

_UNKNOWN = {"reason": "informationUnknownToPublisher"}
_SHARE = {"type": "shareholding", "share": {"exact": 100}}


def _bods(record: str, kind: str, details: dict[str, Any]) -> dict[str, Any]:
    return {
        "statementId": record * 8, "statementDate": "2020-01-01", "recordId": record,
        "recordStatus": "new", "recordType": kind, "recordDetails": details,
    }  # fmt: skip


def _held(by: object) -> dict[str, Any]:
    details = {"subject": "x", "interestedParty": by, "interests": [_SHARE]}
    return _bods("r", "relationship", details)


def _psc(**data: Any) -> dict[str, Any]:
    return {"company_number": "01234567", "data": {"notified_on": "2020-01-01", **data}}


X = _bods("x", "entity", {"entityType": {"type": "registeredEntity"}, "name": "Xenia Ltd"})
NOT_TOLD = {"personType": "anonymousPerson"}
UNKNOWN_PERSON = {"personType": "unknownPerson", "unspecifiedPersonDetails": _UNKNOWN}
ANONYMOUS = {"entityType": {"type": "anonymousEntity"}, "unspecifiedEntityDetails": _UNKNOWN}
STATEMENT = "persons-with-significant-control-statement"
FILES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "bods unspecified": ("x", [X, _held(_UNKNOWN)]),
    "bods unknown person": (
        "x",
        [
            X, _held("p"),
            _bods("p", "person", UNKNOWN_PERSON),
        ],
    ),
    "bods anonymous person": ("x", [X, _held("p"), _bods("p", "person", NOT_TOLD)]),
    "bods anonymous entity": ("x", [X, _held("p"), _bods("p", "entity", ANONYMOUS)]),
    "bods owner that no statement describes": ("x", [X, _held("p")]),
    "psc not identified": (
        "GB-COH-01234567", [_psc(kind=STATEMENT, statement="psc-exists-but-not-identified")],
    ),
    "psc protected": (
        "GB-COH-01234567", [_psc(kind="super-secure-person-with-significant-control")],
    ),
    "psc without a name": (
        "GB-COH-01234567",
        [
            _psc(
                kind="individual-person-with-significant-control",
                natures_of_control=["ownership-of-shares-75-to-100-percent"],
            )
        ],
    ),
    "ftm owner whose name says nothing": (
        "x",
        [
            {"id": "x", "schema": "Company", "properties": {"name": ["Xenia Ltd"]}},
            {"id": "p", "schema": "Company", "properties": {"name": ["Unknown"]}},
            {
                "id": "o", "schema": "Ownership",
                "properties": {"owner": ["p"], "asset": ["x"], "percentage": ["100"]},
            },
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("party", "records"), FILES.values(), ids=list(FILES))
def test_an_owner_who_is_declared_unknown_is_no_denial(
    tmp_path: Path, party: str, records: list[dict[str, Any]]
) -> None:
    path = tmp_path / "owners.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    known = knowledge(tmp_path, "Nobody at All")
    report = ownership_report(read(path), party, as_of=DAY, know=known, policies=policies())
    assert [rule.verdict for rule in report.regimes] == ["unknown", "unknown"]
    assert all(rule.gaps for rule in report.regimes)
