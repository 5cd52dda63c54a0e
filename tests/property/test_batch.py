"""Reading never ends in anything but rows or the package's own errors, and loses nothing."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.batch import read_contracts
from compliance.errors import ComplianceError
from compliance.files import NotJsonError, decoded
from sampling import examples

SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=10)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
JUNK = st.text(alphabet='{}[]":,\\u dD8eE+-.019NaInfityx\n', max_size=60)
NAMES = (
    st.text(
        alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\0"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=examples(200))
@given(VALUES)
def test_json_is_read_as_the_standard_library_reads_it(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert decoded(text) == json.loads(text)


@settings(max_examples=examples(100))
@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=6)
)
def test_decimals_are_exact(number: Decimal) -> None:
    assert decoded(f"[{number:f}]") == [number]


@settings(max_examples=examples(400))
@given(JUNK)
def test_json_junk_is_read_or_refused_with_a_place(text: str) -> None:
    place = (1, 1)
    try:
        decoded(text)
    except NotJsonError as error:
        place = error.place(text)
    assert min(place) >= 1


@settings(max_examples=examples(200))
@given(st.binary(max_size=80), st.sampled_from(["csv", "json", "jsonl", "yaml"]))
def test_bytes_are_rows_or_one_of_our_errors(content: bytes, form: str) -> None:
    try:
        found = list(
            read_contracts(io.BytesIO(b"id\n" + content if form == "csv" else content), form)
        )
    except ComplianceError:
        return
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    assert all((row.data is None) == bool(row.problems) for row in found)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_csv_and_json_lines_say_the_same(pairs: list[tuple[str, str]]) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([("id", "lessee.name"), *pairs])
    contracts = [{"id": key, "lessee": {"name": name}} for key, name in pairs]
    lines = "".join(f"{json.dumps(contract)}\n" for contract in contracts)
    from_csv = [row.data for row in read_contracts(io.BytesIO(table.getvalue().encode()), "csv")]
    from_lines = [row.data for row in read_contracts(io.BytesIO(lines.encode()), "jsonl")]
    assert from_csv == from_lines == contracts
