"""Decisions as CSV: one record each, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv

import pytest

import decisions
from compliance.batch import csv_lines
from compliance.batch.writing import COLUMNS, neutral
from compliance.model.decision import DecisionError


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1"]
)
def test_a_cell_that_begins_a_formula_is_neutralized(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Acme", "3-4", " =1", "'=1", "a@b.example"])
def test_any_other_cell_is_left_alone(cell: str) -> None:
    assert neutral(cell) == cell


def test_a_decision_is_one_record() -> None:
    decided = decisions.decision(decisions.flag(), decisions.undecided(), decisions.note())
    header, record = csv.reader(csv_lines([decided]), strict=True)
    assert tuple(header) == COLUMNS
    assert dict(zip(header, record, strict=True)) == {
        "contract_id": "C-2024-117",
        "as_of": "2024-06-15",
        "outcome": "license_required",
        "score": "70",
        "hits": "",
        "deciding": "us.ear.headquarters",
        "why": "Advanced-computing hardware for a party led from a D:5 country (+ 1 more)",
        "rests_on": "",
        "missing": "lessee.ultimate_parent; ownership",
        "asks": "a license that names this party; who owns the party, to a stated top",
        "lists": "",
        "error": "",
        "fingerprint": "f" * 64,
    }


def test_what_a_customer_wrote_cannot_become_a_formula_or_a_line() -> None:
    error = DecisionError("contract", ("=cmd|' /C calc'!A0", "a\r\nb"))
    decided = decisions.decision(error=error, contract_id="=HYPERLINK(1)")
    lines = list(csv_lines([decided]))
    assert [line.endswith("\r\n") for line in lines] == [True, True]
    record = next(csv.reader([lines[1]], strict=True))
    assert record[0] == "'=HYPERLINK(1)"
    assert record[11] == "'=cmd|' /C calc'!A0; a<U+000D><U+000A>b"
    assert "\n" not in lines[1][:-2]
