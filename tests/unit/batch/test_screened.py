"""`screen_rows`: rows of files become decisions, in order, each with the contract as understood."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from compliance import Contract
from compliance.batch import screen_rows
from compliance.errors import ContractError, InputError
from compliance.tables.yaml import read_file
from screeners import screener

DAY = date(2026, 11, 23)
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    file = tmp_path / "two.jsonl"
    file.write_text('{"id": "a", "lessee": {"name": "Fjordlys ApS"}}\n{"id": "b", "lesee": {}}\n')
    return file


def test_a_row_has_the_decision_that_its_contract_alone_has(two: Path) -> None:
    first, _ = screen_rows(two, screener(), as_of=DAY)
    assert first.contract == Contract.read({"id": "a", "lessee": {"name": "Fjordlys ApS"}})
    assert first.decision == screener().screen(first.contract, DAY)


def test_a_row_that_does_not_validate_is_incomplete_and_says_where(two: Path) -> None:
    _, second = screen_rows(two, screener(), as_of=DAY)
    assert second.contract is None
    assert second.decision.error is not None
    assert second.decision.error.problems == (
        f"{two}:2:13: lesee: unknown key 'lesee' (did you mean 'lessee'?)",
    )


def test_a_party_is_the_lessee_of_its_contract_and_named_by_its_place(tmp_path: Path) -> None:
    file = tmp_path / "parties.csv"
    file.write_text("name,headquarters\nFjordlys ApS,DK\nOrchid Vale,KP\n")
    found = list(screen_rows(file, screener(), as_of=DAY, parties=True))
    assert [screened.decision.contract_id for screened in found] == ["row 1", "row 2"]
    for screened in found:
        assert screened.contract is not None
        assert screened.contract.lessee is not None
        assert screened.decision == screener().screen_party(screened.contract.lessee, DAY)


def test_a_file_that_is_one_contract_which_does_not_validate_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"id": "a", "lesee": {}}')
    with pytest.raises(ContractError, match=r"one\.json:1:13: lesee"):
        list(screen_rows(file, screener(), as_of=DAY))


def test_the_day_is_checked_before_the_file_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="1999"):
        screen_rows(tmp_path / "gone.csv", screener(), as_of=date(1999, 1, 1))
    with pytest.raises(InputError, match=r"gone\.csv"):
        list(screen_rows(tmp_path / "gone.csv", screener(), as_of=DAY))


@pytest.mark.parametrize("name", sorted(file.name for file in EXAMPLES.glob("*.yaml")))
def test_a_normalized_contract_is_read_as_the_same_contract(name: str) -> None:
    value = read_file(EXAMPLES / name).value
    if isinstance(value, list):  # demo.yaml lists the examples
        return
    contract = Contract.read(value)
    again = Contract.read(json.loads(contract.normalized()))
    assert again == contract
    assert again.normalized() == contract.normalized()
