"""The innocent contracts that policy tests start from stay clear on every day, with notes at most.

Policies ask for a fact only where some fact points to it; so nobody who rents or buys a few
controlled chips in plain sight is asked for more than the table of what must be known. Beside it
stand the two house rules that no contract can move: they look at the lists of the screener.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest

from compliance import Decision, Outcome, Screener, watchlists
from compliance.model.outcome import Severity
from compliance.policies.loading import policy_files
from compliance.screening.policy_tests import answer_of, bases, changed
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from screeners import consulting_only, screener

RULES = rules_path()
BASES = bases(RULES)
DAYS = (date(2022, 9, 1), date(2023, 11, 17), date(2024, 6, 15), date(2026, 11, 24))
QUIET = {"note", "cleared", "excused", "undecided", "not_met", "no_policy"}


@cache
def turns() -> tuple[date, ...]:
    """Every day on which the timeline or a parameter of some policy turns, and its eve."""
    days: set[date] = set()
    for file in policy_files(RULES):
        policy = read_file(file).value
        dated = [policy["timeline"], *policy.get("parameters", {}).values()]
        days |= {entry["from"] for entries in dated for entry in entries}
    return tuple(sorted(days | {day - timedelta(days=1) for day in days}))


def told(decision: Decision) -> str:
    return "\n".join(f"{f.policy_id}: {f.outcome.value}: {f.message}" for f in decision.flags)


def open_flags(decision: Decision) -> list[str]:
    return [
        flag.policy_id
        for flag in decision.flags
        if flag.cleared_by is None and flag.outcome is not Outcome.CLEAR
    ]


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("base", sorted(BASES))
def test_a_base_contract_is_clear_with_notes_at_most(base: str, day: date) -> None:
    decision = screener().screen(BASES[base], as_of=day)
    assert open_flags(decision) == [], told(decision)
    assert (decision.outcome, decision.missing) == (Outcome.CLEAR, ()), told(decision)
    severities = {flag.severity for flag in decision.flags}
    assert severities <= {Severity.INFO}, told(decision)
    assert {answer_of(decision, line.id) for line in decision.coverage.policies} <= QUIET


@pytest.mark.parametrize("base", sorted(BASES))
def test_a_base_contract_stays_clear_on_every_day_on_which_a_policy_turns(base: str) -> None:
    loud = {}
    for day in turns():
        decision = screener().screen(BASES[base], as_of=day, allow_any_day=True)
        known = not screener().days.outside(day)
        quiet = Outcome.CLEAR if known else Outcome.INCOMPLETE
        if decision.outcome is not quiet or open_flags(decision):
            loud[day] = told(decision)
    assert loud == {}


@pytest.mark.parametrize("base", sorted(BASES))
def test_notes_and_the_controls_do_not_raise_the_score(base: str) -> None:
    assert {screener().screen(BASES[base], as_of=day).score for day in DAYS} == {0}


def test_the_bases_rent_controlled_chips_so_that_their_quiet_means_something() -> None:
    for base in BASES.values():
        decision = screener().screen(base, as_of=DAYS[-1])
        assert answer_of(decision, "house.controlled-chips-in-number") == "note"
        unnamed = screener().screen(changed(base, {"end_users": []}), as_of=DAYS[-1])
        assert answer_of(unnamed, "house.facts-end-users") == "incomplete"


def test_a_list_that_was_asked_for_and_is_absent_holds_the_contract() -> None:
    lists = watchlists.embedded(RULES)
    asked = Screener.load(required_lists=["un-sc", "eu-fsf", lists[0].id])
    decision = asked.screen(BASES["remote"], as_of=DAYS[-1])
    (flag,) = [f for f in decision.flags if f.policy_id == "house.facts-lists"]
    assert (flag.outcome, decision.outcome) == (Outcome.INCOMPLETE, Outcome.INCOMPLETE)
    assert flag.message == "Watchlists that were asked for and not consulted: eu-fsf, un-sc."
    there = Screener.load(required_lists=[lists[0].id])
    assert answer_of(there.screen(BASES["remote"], as_of=DAYS[-1]), flag.policy_id) == "not_met"


NAME = "Fjordlys Biologi Institut ApS"
INFORMATION = ("us.1260h", "us.1286", "us.ns-cmic", "us.ssi")


def resembling(*measures: str) -> tuple[str, str]:
    """What is asked, and what is noted, where lists of these measures hold a similar name."""
    row = {"id": "1", "name": NAME, "kind": "organization"}
    lists = [
        watchlists.from_rows([{**row, "measures": [measure]}], id=f"own-{number}")
        for number, measure in enumerate(measures)
    ]
    decision = consulting_only(lists).screen(BASES["remote"], as_of=DAYS[-1])
    return (
        answer_of(decision, "house.possible-listed-name"),
        answer_of(decision, "house.possibly-listed-for-information"),
    )


@pytest.mark.parametrize(
    "information",
    [
        (),
        *((name,) for name in INFORMATION),
        INFORMATION[:2],
        INFORMATION[1:],
        INFORMATION[::2],
        INFORMATION,
    ],
    ids=lambda names: "+".join(names) or "none",
)
def test_a_similar_name_is_looked_at_or_noted_where_only_lists_of_information_hold_it(
    information: tuple[str, ...],
) -> None:
    noted = "note" if information else "not_met"
    assert resembling(*information) == ("not_met", noted)
    assert resembling(*information, "us.entity-list") == ("review", noted)
