"""The policy of an ownership rule: how it stands on a day, and that every rule names one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError, UnknownNameError
from compliance.model.outcome import State
from compliance.screening.regime_status import RegimeStatus, check_regimes, status_of
from compliance.screening.regimes import REGIMES, Regime
from compliance.tables.embedded import rules_path
from screeners import without_lists

SHIPPED = without_lists()
POLICIES = {policy.id: policy for policy in SHIPPED.policies}
RULES = {regime.id: regime for regime in SHIPPED.knowledge.regimes}
AFFILIATES = "us.ear.affiliates-rule"
CITE = "90 FR 50857"


@pytest.mark.parametrize(
    ("day", "state", "since", "until", "cite"),
    [
        (date(2025, 9, 28), None, None, date(2025, 9, 28), None),
        (date(2025, 9, 29), State.IN_FORCE, date(2025, 9, 29), date(2025, 11, 9), None),
        (date(2025, 11, 9), State.IN_FORCE, date(2025, 9, 29), date(2025, 11, 9), None),
        (date(2025, 11, 10), State.STAYED, date(2025, 11, 10), date(2026, 11, 9), CITE),
        (date(2026, 11, 9), State.STAYED, date(2025, 11, 10), date(2026, 11, 9), CITE),
        (date(2026, 11, 10), State.UNVERIFIED, date(2026, 11, 10), None, CITE),
    ],
)
def test_the_affiliates_rule_stands_as_the_timeline_of_its_policy_says(
    day: date, state: State | None, since: date | None, until: date | None, cite: str | None
) -> None:
    found = status_of(RULES["bis-affiliates"], POLICIES, day)
    assert (found.policy, found.house) == (AFFILIATES, False)
    assert (found.state, found.since, found.until) == (state, since, until)
    assert found.binds is (state in {State.IN_FORCE, State.UNVERIFIED})
    assert found.in_force is (state is State.IN_FORCE)
    assert cite is None or found.cite == cite


def test_periods_of_one_state_are_told_as_one() -> None:
    for day in (date(2014, 8, 12), date(2014, 8, 13)):
        found = status_of(RULES["ofac-50"], POLICIES, day)
        assert (found.since, found.until) == (date(2008, 2, 14), None)


def test_the_caution_of_the_house_is_told_as_such() -> None:
    assert status_of(RULES["listed-majority"], POLICIES, date(2026, 3, 1)) == RegimeStatus(
        "house.listed-majority-owner", house=True, state=State.IN_FORCE, since=date(2000, 1, 1)
    )


def test_every_shipped_rule_begins_with_the_policy_that_it_names() -> None:
    check_regimes(rules_path(), SHIPPED.policies)
    for regime in RULES.values():
        first = regime.timeline[0].since
        assert status_of(regime, POLICIES, first).since == first, regime.id


def test_a_rule_that_names_no_policy_is_refused_with_its_line_and_a_near_spelling(
    tmp_path: Path,
) -> None:
    shutil.copytree(rules_path() / "data", tmp_path / "data")
    path = tmp_path / REGIMES
    text = path.read_text("utf-8")
    path.write_text(text.replace(AFFILIATES, "us.ear.affiliate-rule"), "utf-8")
    (line,) = (n for n, row in enumerate(text.splitlines(), 1) if AFFILIATES in row)
    with pytest.raises(ReferenceDataError) as refusal:
        check_regimes(tmp_path, SHIPPED.policies)
    (problem,) = refusal.value.problems
    assert (problem.source, problem.line, problem.column) == (str(path), line, 13)
    assert (problem.path, problem.message) == (
        "regimes.0.policy",
        "no policy 'us.ear.affiliate-rule'",
    )
    assert problem.hint == f"did you mean {AFFILIATES!r}?"


def test_a_question_about_a_policy_that_is_not_there_is_refused() -> None:
    lost: Regime = RULES["uk-50"]
    with pytest.raises(UnknownNameError, match=r"uk-50 is applied by 'uk\.asset-freeze-ownership'"):
        status_of(lost, {}, date(2024, 6, 15))
