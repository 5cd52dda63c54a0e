"""Selection changes nothing: the engine says what judging every binding alone would say."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import Contract, Screener
from compliance.screening.policy_tests import bases, cases_in
from compliance.tables.embedded import rules_path
from sampling import examples, size
from screeners import screener
from strategies import DAYS, contracts
from unit.screening.naive import decided, judged
from unit.screening.unselected import judged_without_selectors

BASES = bases(rules_path())


@pytest.mark.parametrize("name", sorted(BASES))
@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2024, 6, 15), date(2026, 9, 24)])
def test_the_innocent_are_judged_as_by_the_plainest_judge(name: str, day: date) -> None:
    contract: Any = BASES[name]
    assert decided(screener(), contract, day) == judged(screener(), contract, day)


def test_the_cases_of_the_policies_are_judged_as_by_the_plainest_judge() -> None:
    """Some cases: the ones that lawyers wrote point at the edges."""
    cases = [case for case in cases_in(rules_path()) if not screener().days.outside(case.as_of)][
        :: 31 * size(1, 4)
    ]
    assert len(cases) > 20
    for case in cases:
        contract: Any = case.contract
        expected = judged(screener(), contract, case.as_of)
        assert decided(screener(), contract, case.as_of) == expected, case.where


@settings(max_examples=examples(40))
@given(contracts(), DAYS)
def test_any_contract_is_judged_as_by_the_plainest_judge(
    contract: dict[str, Any], day: date
) -> None:
    assert decided(screener(), contract, day) == judged(screener(), contract, day)


def _both(contract: dict[str, Any], day: date, *, party_only: bool = False) -> None:
    """Flags and lines of coverage, each `because` too, with the selectors and without."""
    used = screener()
    if party_only:
        decision = used.screen_party(contract.get("lessee", {}), as_of=day)
        contract = {"id": decision.contract_id, "lessee": contract.get("lessee", {})}
    else:
        decision = used.screen(contract, as_of=day)
    read = Contract.read(contract)
    flags, lines = judged_without_selectors(used, read, day, party_only=party_only)
    assert decision.coverage.policies == lines
    assert decision.flags == flags


@settings(max_examples=examples(40))
@given(contracts(), DAYS)
def test_selectors_change_no_flag_and_no_word_of_a_line(
    contract: dict[str, Any], day: date
) -> None:
    _both(contract, day)


@settings(max_examples=examples(15))
@given(contracts(), DAYS)
def test_a_party_alone_is_judged_so_too(contract: dict[str, Any], day: date) -> None:
    _both(contract, day, party_only=True)


def test_selectors_change_no_word_of_a_line_for_the_cases_of_the_policies() -> None:
    for case in list(cases_in(rules_path()))[::23]:
        if not case.lists and not screener().days.outside(case.as_of):
            contract: Any = case.contract
            _both(contract, case.as_of)


@settings(max_examples=examples(15))
@given(st.lists(contracts(), min_size=2, max_size=5), DAYS)
def test_what_is_kept_for_one_contract_is_right_for_the_next(
    given_: list[dict[str, Any]], day: date
) -> None:
    """Patterns of one contract must not answer for another: a fresh screener says the same."""
    kept = [screener().screen(contract, as_of=day) for contract in (*given_, *given_)]
    assert kept[: len(given_)] == kept[len(given_) :]


def test_a_fresh_screener_says_what_a_used_one_says(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(rules_path(), tmp_path / "rules"))
    used, fresh = Screener.load(rules), Screener.load(rules)
    pairs = [(c, day) for c in BASES.values() for day in (date(2022, 10, 21), date(2025, 10, 1))]
    for contract, day in reversed(pairs):
        used.screen(contract, as_of=day)
    for contract, day in pairs:
        assert fresh.screen(contract, as_of=day) == used.screen(contract, as_of=day)
