"""What a clear decision rests on: an exception is a note with its citation and last day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model import Outcome
from compliance.model.decision import Decision, RiskFlag
from compliance.screening.policy_tests import answer_of
from unit.screening.policies import policy, screener

DAY = date(2024, 6, 15)
LED = {"id": "lessee", "name": "Fjordlys", "headquarters": "CN"}
COVERS = "{field: party.authorizations, op: covers, value: {kind: license, authority: BIS}}"
GENERAL = COVERS.replace("kind: license", "kind: general_license")


def held(until: str | None, kind: str = "license") -> dict[str, Any]:
    covers = {"policies": ["house.sample"]}
    given = {"kind": kind, "authority": "BIS", "number": "D1", "covers": covers}
    return {**given, "valid_until": until} if until else given


def decide(tmp_path: Path, when: str, *held: dict[str, Any], **fields: str) -> Decision:
    rule = policy("house.sample", exceptions=f"[{{id: excused, when: {when}, cite: t}}]", **fields)
    contract = {"id": "C", "lessee": LED, "authorizations": list(held)}
    return screener(tmp_path, rule).screen(contract, DAY)


def note(decision: Decision) -> RiskFlag:
    (flag,) = decision.flags
    assert (decision.outcome, flag.decides, flag.weight) == (Outcome.CLEAR, False, 0.0)
    assert answer_of(decision, "house.sample") == "excused"
    return flag


def last_day(decision: Decision) -> date | None:
    rests = note(decision).excused_by
    assert rests is not None
    return rests.until


def test_the_note_names_the_exception_its_citation_and_its_last_day(tmp_path: Path) -> None:
    flag = note(decide(tmp_path, COVERS, held("2024-12-31")))
    assert flag.excused_by is not None
    assert (flag.excused_by.id, flag.excused_by.cite) == ("excused", "a test")
    assert flag.excused_by.until == date(2024, 12, 31)
    assert "exception excused (a test, known to hold until 2024-12-31)" in flag.message
    assert flag.customer_message == "none"


def test_no_last_day_is_said_where_none_is_stated(tmp_path: Path) -> None:
    flag = note(decide(tmp_path, COVERS, held(None)))
    assert flag.excused_by is not None
    assert flag.excused_by.until is None
    assert "no last day is stated" in flag.message


@pytest.mark.parametrize(
    ("held_until", "expected"),
    [
        (["2024-07-01", "2024-12-31"], date(2024, 12, 31)),
        (["2024-12-31", "2024-07-01"], date(2024, 12, 31)),
        (["2024-07-01", None], None),
        (["2024-06-14", "2024-07-01"], date(2024, 7, 1)),
    ],
)
def test_the_longest_of_several_licenses_counts(
    tmp_path: Path, held_until: list[str | None], expected: date | None
) -> None:
    assert last_day(decide(tmp_path, COVERS, *map(held, held_until))) == expected


def test_of_any_the_longest_and_of_all_the_shortest_counts(tmp_path: Path) -> None:
    both = (held("2024-07-01"), held("2024-12-31", "general_license"))
    found = decide(tmp_path, f"{{any: [{COVERS}, {GENERAL}]}}", *both)
    assert last_day(found) == date(2024, 12, 31)
    found = decide(tmp_path / "all", f"{{all: [{COVERS}, {GENERAL}]}}", *both)
    assert last_day(found) == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("op", "day", "expected"),
    [("on_or_before", "2024-09-01", date(2024, 9, 1)), ("before", "2024-09-01", date(2024, 8, 31))],
)
def test_a_day_that_the_exception_names_is_its_last(
    tmp_path: Path, op: str, day: str, expected: date
) -> None:
    when = f"{{field: contract.as_of, op: {op}, value: {day}}}"
    assert last_day(decide(tmp_path, when)) == expected


def test_a_change_of_the_rule_ends_what_is_known(tmp_path: Path) -> None:
    timeline = "[{from: 2020-01-01, state: in_force}, {from: 2024-10-01, state: stayed}]"
    found = decide(tmp_path, COVERS, held("2025-12-31"), timeline=timeline)
    assert last_day(found) == date(2024, 9, 30)


def test_evidence_that_answers_a_flag_carries_its_last_day(tmp_path: Path) -> None:
    rule = policy("house.sample", clears=f"[{{id: held, when: {COVERS}, cite: t}}]")
    contract = {"id": "C", "lessee": LED, "authorizations": [held("2024-12-31")]}
    (flag,) = screener(tmp_path, rule).screen(contract, DAY).flags
    assert flag.cleared_by is not None
    assert (flag.cleared_by.cite, flag.cleared_by.until) == ("a test", date(2024, 12, 31))


def test_an_exception_that_is_not_known_leaves_the_flag(tmp_path: Path) -> None:
    unsaid = {"kind": "license", "authority": "BIS", "number": "D1"}
    decision = decide(tmp_path, COVERS, unsaid)
    assert decision.outcome is Outcome.REVIEW
    assert all(flag.excused_by is None for flag in decision.flags)
