"""Which flags stand in the deciding lines, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

import decisions
from compliance.model import Outcome, RiskFlag, Severity, Truth
from compliance.model.decision import ListMatch, prominence


def match(**changes: Any) -> ListMatch:
    found = ListMatch(
        list_id="own", snapshot="a" * 64, entry="1", name="Example Foundry", by="name",
        asked="Example Foundry", matched="Example Foundry", weak=False, score=1.0,
        strength="certain", taken_as_listed=True, in_force=Truth.TRUE, aligned=(), unmatched=(),
        reasons=(), listed_on=date(2024, 1, 1),
    )  # fmt: skip
    return replace(found, **changes)


CERTAIN = (match(),)
POSSIBLE = (match(taken_as_listed=False, score=0.8),)
ADDRESS = (match(by="address", taken_as_listed=False),)
HOUSE: dict[str, Any] = {"basis": "house", "severity": Severity.MEDIUM}


def flag(name: str, outcome: Outcome, **changes: Any) -> RiskFlag:
    return decisions.flag(policy_id=f"house.{name}", outcome=outcome, **(HOUSE | changes))


MISSING = flag("missing", Outcome.INCOMPLETE)
LISTED = flag("listed", Outcome.REVIEW, matches=CERTAIN)
PERHAPS = flag("perhaps", Outcome.REVIEW, matches=POSSIBLE)
LAW = flag("law", Outcome.REVIEW, basis="law", severity=Severity.CRITICAL)
ROUTINE = flag("routine", Outcome.REVIEW, matches=ADDRESS)
NOTED = flag("noted", Outcome.CLEAR, matches=CERTAIN, severity=Severity.INFO)
LICENSE = flag("license", Outcome.LICENSE_REQUIRED)


def names(*flags: RiskFlag) -> list[str]:
    decision = decisions.decision(*flags)
    return [flag.policy_id.removeprefix("house.") for flag in decision.deciding]


@pytest.mark.parametrize("order", [*permutations([MISSING, LISTED, PERHAPS, LAW, ROUTINE])])
def test_hits_and_critical_law_stand_before_what_is_missing(order: tuple[RiskFlag, ...]) -> None:
    found = names(*order)
    assert set(found[:2]) == {"listed", "law"}
    assert found[2:] == ["perhaps", "missing"]


def test_beside_a_license_only_what_is_certain_is_told() -> None:
    assert names(PERHAPS, MISSING, LISTED, LICENSE, LAW, ROUTINE) == ["license", "law", "listed"]


@pytest.mark.parametrize("truth", [Truth.TRUE, Truth.UNKNOWN])
def test_critical_law_that_is_only_possible_does_not_lead(truth: Truth) -> None:
    doubtful = replace(LAW, truth=truth)
    assert ("law" in names(MISSING, doubtful)) == (truth is Truth.TRUE)


def test_an_answered_hit_does_not_lead() -> None:
    answered = replace(LISTED, cleared_by=decisions.cleared().cleared_by)
    assert names(MISSING, answered) == ["missing"]


@pytest.mark.parametrize(
    ("flags", "needed"),
    [
        ((MISSING,), False),
        ((MISSING, ROUTINE), False),
        ((MISSING, LISTED), True),
        ((MISSING, PERHAPS), True),
        ((MISSING, LAW), True),
        ((MISSING, NOTED), True),
        ((NOTED,), False),
        ((ROUTINE,), True),
        ((LICENSE,), True),
        ((), False),
    ],
)
def test_a_person_is_needed_where_more_is_found_than_a_gap(
    flags: tuple[RiskFlag, ...], needed: bool
) -> None:
    assert decisions.decision(*flags).needs_a_person is needed


def test_notes_that_nobody_may_miss_are_told_beside_the_deciding_flags() -> None:
    decision = decisions.decision(MISSING, NOTED, decisions.note())
    assert [flag.policy_id for flag in decision.told] == ["house.noted", "house.missing"]
    assert decision.deciding == (MISSING,)
    excused = decisions.note(excused_by=decisions.cleared().cleared_by)
    assert decisions.decision(excused).told == (excused,)
    answered = decisions.cleared()
    assert decisions.decision(answered).told == (answered,)


def test_more_restrictive_law_stays_first_and_answered_flags_last() -> None:
    answered = decisions.cleared()
    flags = [answered, NOTED, MISSING, LISTED, LICENSE]
    ordered = sorted(flags, key=lambda flag: prominence(flag, Outcome.LICENSE_REQUIRED))
    assert ordered == [LICENSE, LISTED, MISSING, NOTED, answered]
