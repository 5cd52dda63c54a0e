"""Policy tests: the lists that they bring are consulted, and told apart by file."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import RuleError, WatchlistError
from compliance.screening.lint import lint
from compliance.screening.policy_tests import cases_in, run
from compliance.screening.screener import answer, with_watchlists
from compliance.tables.embedded import rules_path
from screeners import screener as shipped
from unit.screening.policies import folder, policy, screener

LISTED = policy(
    "house.sample",
    when="{field: party.listed_under, op: any_in, value: [review]}",
    message='"{party.name}"',
)
TESTS = """schema: 1
policy: house.sample
base: remote
LISTS
cases:
  - name: the customer is listed
    change: {lessee.name: Zorblatt Quantum Foundry}
    expect: {2026-11-24: review, 2019-12-31: no_policy}
"""
ROWS = 'lists: {own: [{id: "1", name: Zorblatt Quantum Foundry, listed_on: 2020-01-01}]}'


def written(tmp_path: Path, lists: str) -> Path:
    rules = folder(tmp_path, LISTED)
    bases = Path(__file__).parents[3] / "rules" / "bases.tests.yaml"
    (rules / "bases.tests.yaml").write_text(bases.read_text(encoding="utf-8"), encoding="utf-8")
    tests = rules / "house" / "sample.tests.yaml"
    tests.write_text(TESTS.replace("LISTS", lists), encoding="utf-8")
    return rules


def test_a_case_consults_the_lists_that_its_file_brings(tmp_path: Path) -> None:
    rules = written(tmp_path, ROWS)
    plain = screener(tmp_path, LISTED)
    assert [run(plain, case).passed for case in cases_in(rules)] == [True, True]
    assert "own" not in {w.id for w in plain.knowledge.watchlists}


def test_without_its_list_the_same_case_is_not_met(tmp_path: Path) -> None:
    plain = screener(tmp_path, LISTED)
    answers = [run(plain, case).answer for case in cases_in(written(tmp_path, ""))]
    assert answers == ["not_met", "no_policy"]


def test_a_row_that_is_no_entry_is_refused_and_found_by_lint(tmp_path: Path) -> None:
    rules = written(tmp_path, "lists: {own: [{name: Zorblatt}]}")
    with pytest.raises(WatchlistError):
        list(cases_in(rules))
    found = [f.code for f in lint(rules) if "sample.tests" in str(f.problem)]
    assert "tests-do-not-read" in found


def test_one_policy_answers_as_it_does_among_all() -> None:
    every = shipped()
    chosen = [policy.id for policy in every.policies[::11]]
    for case in list(cases_in(rules_path(), chosen))[::25]:
        judging = with_watchlists(every, case.lists) if case.lists else every
        decision = judging.screen(case.contract, case.as_of, allow_any_day=True)
        flags, line = answer(judging, case.policy, case.contract, case.as_of)
        assert flags == tuple(f for f in decision.flags if f.policy_id == case.policy), str(case)
        assert line == decision.coverage.policy(case.policy), str(case)


def test_lists_are_rows_by_list_id(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        list(cases_in(written(tmp_path, "lists: [own]")))
