"""The acceptance scenarios: each file is a contract, its variants by day, and what must come out.

A variant changes the contract by dotted paths (as in policy tests) and names the least and the
most restrictive outcome, the answers that policies must give (also "not_met": negative findings
are asserted through coverage), the words that their flags say (`says`, citations included), the
state of their law (`states`), why they are not met (`because`), the severity of their flags, and
the policies that must leave no open flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from compliance import Decision, Outcome
from compliance.model.outcome import Severity, State
from compliance.screening.policy_tests import Answer, answer_of, changed
from compliance.tables.yaml import read_file
from screeners import screener

HERE = Path(__file__).parent
OPEN = {"review", "incomplete", "license_required", "prohibited"}


class Variant(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    as_of: list[date]
    change: dict[str, Any] = Field(default_factory=dict)
    minimum: Outcome
    maximum: Outcome
    must: dict[str, Answer | list[Answer]] = Field(default_factory=dict)
    must_not: list[str] = Field(default_factory=list)
    says: dict[str, list[str]] = Field(default_factory=dict)
    states: dict[str, State] = Field(default_factory=dict)
    because: dict[str, list[str]] = Field(default_factory=dict)
    severity: dict[str, Severity] = Field(default_factory=dict)


class Scenario(BaseModel):
    model_config = ConfigDict(extra="forbid")

    scenario: str
    title: str
    innocent: bool = False
    contract: dict[str, Any]
    variants: list[Variant]


@dataclass(frozen=True)
class Run:
    scenario: Scenario
    variant: Variant
    as_of: date

    def __str__(self) -> str:
        return f"{self.scenario.scenario}: {self.variant.name} on {self.as_of}"


@cache
def scenarios() -> tuple[Scenario, ...]:
    files = sorted(HERE.glob("s*.yaml"))
    return tuple(Scenario.model_validate(read_file(file).value) for file in files)


def runs() -> Iterator[Run]:
    for scenario in scenarios():
        for variant in scenario.variants:
            for day in variant.as_of:
                yield Run(scenario, variant, day)


def decide(run: Run) -> Decision:
    return screener().screen(changed(run.scenario.contract, run.variant.change), as_of=run.as_of)


def _shown(decision: Decision) -> str:
    return "\n".join(
        f"  {flag.outcome} {flag.policy_id} {flag.truth} {flag.subject.party} {flag.message}"
        for flag in decision.flags
    )


def _said(decision: Decision, policy: str) -> str:
    """Everything that the flags of one policy tell: message, questions, citations."""
    flags = [flag for flag in decision.flags if flag.policy_id == policy]
    parts = [(f.message, *f.asks, *(c.cite for c in f.citations), f.license_policy) for f in flags]
    return " ".join(part for flag in parts for part in flag if part)


@pytest.mark.parametrize("run", list(runs()), ids=str)
def test_a_scenario_gets_its_answer(run: Run) -> None:
    decision, variant = decide(run), run.variant
    assert variant.minimum <= decision.outcome <= variant.maximum, _shown(decision)
    for policy, expected in variant.must.items():
        answers = expected if isinstance(expected, list) else [expected]
        assert answer_of(decision, policy) in answers, f"{policy}\n{_shown(decision)}"
    for policy in variant.must_not:
        assert answer_of(decision, policy) not in OPEN, f"{policy}\n{_shown(decision)}"
    for policy, words in variant.says.items():
        said = _said(decision, policy)
        for word in words:
            assert word in said, f"{policy}: {said}"
    for policy, state in variant.states.items():
        assert decision.coverage.policy(policy).state is state, policy
    for policy, words in variant.because.items():
        because = decision.coverage.policy(policy).because
        for word in words:
            assert word in because, f"{policy}: {because}"
    for policy, severity in variant.severity.items():
        found = {f.severity for f in decision.flags if f.policy_id == policy}
        assert found == {severity}, policy


@pytest.mark.parametrize("run", [r for r in runs() if r.scenario.innocent], ids=str)
def test_an_innocent_neighbour_is_clear(run: Run) -> None:
    decision = decide(run)
    assert decision.outcome is Outcome.CLEAR, _shown(decision)


@pytest.mark.parametrize("scenario", [s for s in scenarios() if s.innocent], ids=lambda s: s.title)
def test_an_innocent_neighbour_stays_clear_on_every_first_day_of_a_law(scenario: Scenario) -> None:
    days = sorted({day for policy in screener().policies for day in policy.change_dates()})
    found = {
        day: screener().screen(scenario.contract, as_of=day, allow_any_day=True) for day in days
    }
    outside = screener().days.outside
    quiet = {d: Outcome.INCOMPLETE if outside(d) else Outcome.CLEAR for d in days}
    assert {d: _shown(r) for d, r in found.items() if r.outcome is not quiet[d]} == {}


def _days(*, innocent: bool) -> dict[str, set[date]]:
    """Days by number of the reference; those of innocent contracts, or those of all."""
    days: dict[str, set[date]] = {}
    for run in runs():
        if run.scenario.innocent or not innocent:
            for number in re.findall(r"S\d\d", run.scenario.scenario):
                days.setdefault(number, set()).add(run.as_of)
    return days


def test_every_scenario_of_the_reference_is_here() -> None:
    expected = {f"S{n:02d}" for n in (*range(1, 14), 30, 31)}
    assert set(_days(innocent=False)) == expected


def test_every_scenario_has_an_innocent_neighbour_on_the_same_days() -> None:
    assert _days(innocent=True) == _days(innocent=False)


def test_every_policy_that_a_scenario_names_exists() -> None:
    known = {policy.id for policy in screener().policies}
    named = {
        policy
        for scenario in scenarios()
        for v in scenario.variants
        for policy in (*v.must, *v.must_not, *v.says, *v.states, *v.because, *v.severity)
    }
    assert named <= known
