"""The examples that README and `compliance demo` show: each validates and comes out as told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance import Contract, Outcome
from compliance.batch import Row, read_contracts
from compliance.cli.demo import Example, examples
from compliance.errors import ContractError
from compliance.screening.policy_tests import answer_of
from compliance.tables.yaml import read_file
from screeners import screener

FOLDER = Path(__file__).resolve().parents[2] / "examples"
TODAY = "2026-11-23"
EXPECTED = {
    ("brisbane_remote.yaml", "2024-07-15"): "incomplete",
    ("brisbane_remote.yaml", TODAY): "incomplete",
    ("beijing_user_named.yaml", "2023-11-16"): "review",
    ("beijing_user_named.yaml", "2023-11-17"): "review",
    ("beijing_user_named.yaml", TODAY): "review",
    ("brisbane_possession.yaml", "2023-11-16"): "review",
    ("brisbane_possession.yaml", "2023-11-17"): "license_required",
    ("brisbane_possession.yaml", TODAY): "license_required",
    ("next_cluster_seoul.yaml", "2024-08-28"): "license_required",
    ("next_cluster_riyadh.yaml", "2024-08-28"): "license_required",
    ("hyperscaler_shop.yaml", "2024-08-28"): "clear",
    ("hyperscaler_shop.yaml", TODAY): "clear",
    ("innocent_brisbane.yaml", TODAY): "clear",
    ("innocent_singapore.yaml", "2024-08-28"): "clear",
    ("innocent_crypto.yaml", TODAY): "clear",
}
LISTS = {
    "customers.csv": {
        "CSV-1": "clear",
        "CSV-2": "clear",
        "CSV-3": "review",
        "CSV-4": "review",
        "CSV-5": "incomplete",
        "row 6": "customers.csv:7:17: items.0.count: a whole number, not 'eight'",
        "CSV-7": "license_required",
    },
    "customers.jsonl": {
        "JSONL-1": "clear",
        "JSONL-2": "clear",
        "JSONL-3": "review",
        "JSONL-4": "prohibited",
        "JSONL-5": "incomplete",
        "JSONL-6": "clear",
        "JSONL-7": "customers.jsonl:7:173: lesee: unknown key 'lesee' (did you mean 'lessee'?)",
    },
}
HEADQUARTERS, DESTINATION = "us.ear.headquarters-a", "us.ear.destination-d1-d4"


def _contract(file: str) -> Contract:
    return Contract.read(read_file(FOLDER / file).value, source=file)


def _contracts() -> list[str]:
    return sorted(path.name for path in FOLDER.glob("*.yaml") if path.name != "demo.yaml")


@pytest.mark.parametrize("file", _contracts())
def test_an_example_is_a_valid_contract_under_its_own_name(file: str) -> None:
    assert _contract(file).id == file.removesuffix(".yaml").replace("_", "-")


@pytest.mark.parametrize(("file", "day"), sorted(EXPECTED))
def test_an_example_comes_out_as_told(file: str, day: str) -> None:
    decision = screener().screen(_contract(file), as_of=date.fromisoformat(day))
    shown = [f"{flag.outcome} {flag.policy_id}" for flag in decision.flags]
    assert decision.outcome is Outcome(EXPECTED[file, day]), shown


def test_the_demo_shows_every_example_on_the_days_told_here() -> None:
    shown = [(example.file, day.isoformat()) for example in _demo() for day in example.as_of]
    assert sorted(shown) == sorted(EXPECTED)
    assert sorted({example.file for example in _demo()}) == _contracts()


def test_every_story_of_the_demo_is_one_line() -> None:
    stories = [example.story for example in _demo()]
    assert [story for story in stories if "\n" in story or len(story) > 100] == []


def _demo() -> list[Example]:
    return examples(FOLDER)


@pytest.mark.parametrize(
    ("file", "day", "headquarters", "destination"),
    [
        ("brisbane_possession.yaml", "2023-11-16", "no_policy", "no_policy"),
        ("brisbane_possession.yaml", "2023-11-17", "license_required", "not_met"),
        ("brisbane_possession.yaml", TODAY, "license_required", "not_met"),
        ("beijing_user_named.yaml", TODAY, "not_met", "not_met"),
        ("next_cluster_seoul.yaml", "2024-08-28", "license_required", "not_met"),
        ("next_cluster_riyadh.yaml", "2024-08-28", "license_required", "license_required"),
    ],
)
def test_the_headquarters_rule_and_the_destination_rule_are_told_apart(
    file: str, day: str, headquarters: str, destination: str
) -> None:
    decision = screener().screen(_contract(file), as_of=date.fromisoformat(day))
    answers = (answer_of(decision, HEADQUARTERS), answer_of(decision, DESTINATION))
    assert answers == (headquarters, destination)


def test_the_look_of_the_house_gives_way_to_the_rule_on_headquarters_in_november_2023() -> None:
    contract = _contract("brisbane_possession.yaml")
    before, after = (
        {flag.policy_id for flag in screener().screen(contract, as_of=day).flags if flag.decides}
        for day in (date(2023, 11, 16), date(2023, 11, 17))
    )
    assert (before, after) == ({"house.grey-zone-possession"}, {HEADQUARTERS})


@pytest.mark.parametrize("file", sorted(LISTS))
def test_a_list_of_customers_comes_out_row_by_row_and_its_bad_row_says_where(file: str) -> None:
    rows = {row.name: _told(row) for row in read_contracts(FOLDER / file)}
    assert rows == LISTS[file]


def _told(row: Row) -> str:
    """The outcome of a row, or what is wrong with it and where, from the file's name on."""
    try:
        if row.data is None:
            raise row.refusal()
        return screener().screen(row.data, as_of=date.fromisoformat(TODAY)).outcome.value
    except ContractError as error:
        problems = error.problems if row.data is None else row.located(error, Contract).problems
        return "; ".join(str(problem).removeprefix(f"{FOLDER}/") for problem in problems)
