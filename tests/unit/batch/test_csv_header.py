"""Headers: every column names a place of the model once, or says what it may have meant."""

from __future__ import annotations

import pytest

from compliance.batch.csv_header import Column, columns_of
from compliance.batch.model_shape import Leaf
from compliance.errors import InputError
from compliance.model.contract import Contract


def refused(*header: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        columns_of(["id", *header], Contract, "id", "f")
    return [str(problem) for problem in caught.value.problems]


def test_a_column_knows_its_place_and_its_kind() -> None:
    header = ["id", " lessee.headquarters ", "end_users.0.nationalities", "items.0.site.power_mw"]
    assert columns_of(header, Contract, "id", "f") == (
        Column("id", 1, ("id",), Leaf("text")),
        Column("lessee.headquarters", 2, ("lessee", "headquarters"), Leaf("text")),
        Column(
            "end_users.0.nationalities", 3, ("end_users", 0, "nationalities"), Leaf("text"), True
        ),
        Column("items.0.site.power_mw", 4, ("items", 0, "site", "power_mw"), Leaf("decimal")),
    )


def test_evidence_beside_a_fact_makes_both_explicit() -> None:
    header = ["id", "lessee.military", "lessee.military.as_of", "lessee.name"]
    assert [column.steps for column in columns_of(header, Contract, "id", "f")] == [
        ("id",),
        ("lessee", "military", "value"),
        ("lessee", "military", "as_of"),
        ("lessee", "name"),
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("lesee.name", "lesee.name: no field 'lesee' (did you mean 'lessee'?)"),
        ("lessee.nam", "lessee.nam: no field 'nam' in lessee (did you mean 'name'?)"),
        (
            "lessee.name.stats",
            ("lessee.name.stats: no field 'stats' in lessee.name (did you mean 'status'?)"),
        ),
        ("qqqqqq", "qqqqqq: no field 'qqqqqq'"),
        (
            "lessee.country",
            (
                "lessee.country: no field 'country' in lessee (give incorporation and headquarters "
                "of a company, residence of a person)"
            ),
        ),
        ("", "a column without a name"),
        ("lessee..name", "lessee..name: an empty step in the name"),
        ("form.kind", "form.kind: form has no parts"),
        ("items.chip", "items.chip: items is a list (write items.0.chip)"),
        (
            "items.01.chip",
            ("items.01.chip: '01' is not the number of a place in a list (they count 0, 1, 2)"),
        ),
        (
            "items.99999.chip",
            (
                "items.99999.chip: '99999' is not the number of a place in a list "
                "(they count 0, 1, 2)"
            ),
        ),
        ("items.1.chip", "items.1.chip: there is no column items.0"),
        ("items", "items: is a group of columns (for example items.0.chip)"),
        ("end_use", "end_use: is a group of columns (for example end_use.activities)"),
        (
            "usage.access_by_country",
            ("usage.access_by_country: is a group of columns (write usage.access_by_country.KEY)"),
        ),
        ("id;name", "id;name: one column only (columns are separated by commas)"),
        (
            ".".join(["lessee", *["ultimate_parent"] * 70]),
            ".".join(["lessee", *["ultimate_parent"] * 70]) + ": more than 64 steps",
        ),
    ],
)
def test_a_column_that_names_no_place_says_so(name: str, problem: str) -> None:
    prefix = "f:1:2: "
    assert refused(name) == [f"{prefix}{problem}"]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (("form", "form"), "f:1:3: form: the same as column 2"),
        (("lessee.name", "lessee.name.value"), "f:1:3: lessee.name.value: the same as column 2"),
        (("lessee", "lessee.name"), "f:1:3: lessee.name: column 'lessee' says this already"),
        (
            ("end_users", "end_users.0.name"),
            "f:1:3: end_users.0.name: column 'end_users' says this already",
        ),
    ],
)
def test_no_two_columns_say_one_thing(header: tuple[str, ...], problem: str) -> None:
    assert refused(*header) == [problem]


def test_the_required_column_must_be_there() -> None:
    with pytest.raises(InputError) as caught:
        columns_of(["ID", "form"], Contract, "id", "f")
    assert [str(problem) for problem in caught.value.problems] == [
        "f:1:1: no column 'id'",
        "f:1:1: ID: no field 'ID'",
    ]


def test_every_problem_of_a_header_is_reported_at_once() -> None:
    assert len(refused("a1", "b2", "form.x", "items")) == 4
