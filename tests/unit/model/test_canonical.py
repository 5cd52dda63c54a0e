"""Canonical JSON: one spelling for one value, and no spelling for what has none."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from compliance.model import Outcome, Party, Share
from compliance.model.canonical import (
    canonical,
    plain,
    sha256,
)


@dataclass(frozen=True)
class Box:
    size: int
    label: str


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"null"),
        (True, b"true"),
        (1, b"1"),
        (0.5, b"0.5"),
        ("\u00e5", b'"\xc3\xa5"'),
        (date(2024, 6, 1), b'"2024-06-01"'),
        (Decimal("1.50"), b'"1.50"'),
        (Fraction(35, 47), b'"35/47"'),
        (Outcome.LICENSE_REQUIRED, b'"license_required"'),
        ({"b": 1, "a": [2, (3,)]}, b'{"a":[2,[3]],"b":1}'),
        ({"z", "a", "m"}, b'["a","m","z"]'),
        (frozenset({3, 1, 2}), b"[1,2,3]"),
        (Box(2, "x"), b'{"label":"x","size":2}'),
        (Share.exact(Fraction(1, 2)), canonical(Share.exact(Fraction(1, 2)).as_json())),
        (Party(id="p"), b'{"id":"p"}'),
    ],
)
def test_each_type_has_one_spelling(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


def test_the_order_of_keys_is_not_part_of_a_value() -> None:
    forward = OrderedDict([("a", 1), ("b", {"c": 2, "d": 3})])
    backward = OrderedDict([("b", {"d": 3, "c": 2}), ("a", 1)])
    assert canonical(forward) == canonical(backward)


def test_the_order_of_a_list_is_part_of_it() -> None:
    assert canonical([1, 2]) != canonical([2, 1])


def test_a_model_shows_what_was_set_under_the_names_people_write() -> None:
    party = Party.model_validate(
        {"officers": [{"person": "x", "from": "2024-01-01"}], "headquarters": "SG"}
    )
    assert plain(party) == {
        "officers": [{"person": {"id": "x"}, "from": "2024-01-01"}],
        "headquarters": {"value": "SG"},
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_without_json_has_no_canonical_form(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"x": value})


@pytest.mark.parametrize("value", [object(), b"bytes", Box, 1j])
def test_other_types_are_refused_by_name(value: Any) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical([value])


def test_the_hash_is_that_of_the_bytes() -> None:
    value = {"b": Fraction(1, 3), "a": date(2024, 1, 1)}
    assert sha256(value) == hashlib.sha256(canonical(value)).hexdigest()
    assert sha256(plain(value)) == sha256(value)


def test_plain_values_read_back_as_they_were() -> None:
    value = {"a": [1, None, True, "\u2028", 0.25], "b": {}}
    assert json.loads(canonical(value)) == value
    assert plain(value) == value
