"""Strict JSON: exact numbers, nothing twice, every refusal at its line and column."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance.files import NotJsonError, decoded, locator


def refused(text: str) -> str:
    with pytest.raises(NotJsonError) as caught:
        decoded(text)
    line, column = caught.value.place(text)
    hint = f" ({caught.value.hint})" if caught.value.hint else ""
    return f"f.json:{line}:{column}: {caught.value}{hint}"


def test_numbers_are_exact() -> None:
    found = decoded('{"share": 0.51, "count": 12, "tiny": 1e-7, "minus": -0.10}')
    assert found == {
        "share": Decimal("0.51"),
        "count": 12,
        "tiny": Decimal("1E-7"),
        "minus": Decimal("-0.10"),
    }
    assert str(found["minus"]) == "-0.10"
    assert type(found["count"]) is int


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"id": "x"',
            (
                "f.json:1:11: not JSON: expecting ',' delimiter: the text ends too early "
                "(is the file cut off?)"
            ),
        ),
        (
            '{"id": "x',
            (
                "f.json:1:8: not JSON: unterminated string starting: the text ends too early "
                "(is the file cut off?)"
            ),
        ),
        ('{"id": x}', "f.json:1:8: not JSON: expecting value"),
        (
            '{\n "id": "x",\n}',
            ("f.json:3:1: not JSON: expecting property name enclosed in double quotes"),
        ),
        (
            '{"id": "x"}\n{"id": "y"}',
            ("f.json:2:1: not JSON: a second value (one object a line is the format jsonl)"),
        ),
        ('{"id": "x",\n "id": "x"}', "f.json:2:2: key 'id' twice (first on line 1)"),
        ('{"a": [{"b": 1}, {"b": 1, "b": 2}]}', "f.json:1:27: key 'b' twice"),
        ('{"a": 1, "\\u0061": 2}', "f.json:1:10: key 'a' twice"),
        ('{"a": NaN}', "f.json:1:7: NaN is not a number of JSON (a number is finite)"),
        ('{"a": -Infinity}', "f.json:1:7: -Infinity is not a number of JSON (a number is finite)"),
        ('{"a": NaNaN}', "f.json:1:7: NaN is not a number of JSON (a number is finite)"),
        ('{"a": ' + "9" * 10_000 + "}", "f.json:1:7: a number of more than 30 digits"),
        ('{"a": 0.' + "1" * 10_000 + "}", "f.json:1:7: a number of more than 30 digits"),
        ('{"a": 1e999999999}', "f.json:1:7: a number of more than 30 digits"),
        ('{"a": 1e99x}', "f.json:1:7: a number of more than 30 digits"),
        ('{"a": "\\ud800"}', "f.json:1:7: half a surrogate pair"),
        ('{"\\uDFFF": 1}', "f.json:1:2: half a surrogate pair"),
        ("[" * 65 + "]" * 65, "f.json:1:65: nested deeper than 64"),
        ("[" * 200_000, "f.json:1:65: nested deeper than 64"),
        ('{"a":' * 200_000, "f.json:1:321: nested deeper than 64"),
    ],
)
def test_what_is_refused_is_named_with_line_and_column(text: str, message: str) -> None:
    assert refused(text) == message


@pytest.mark.parametrize(
    "text",
    [
        "[" * 64 + "]" * 64,
        '"\\ud83d\\ude00"',
        '{"a": {"b": 1}, "c": {"b": 1}}',
        "123456789" * 3,
        '"' + "[" * 100 + '"',
    ],
)
def test_what_is_within_bounds_is_read(text: str) -> None:
    decoded(text)


def test_the_line_of_a_text_within_a_file_is_counted_from_there() -> None:
    with pytest.raises(NotJsonError, match="not JSON") as caught:
        decoded("{x")
    assert caught.value.place("{x", 7) == (7, 2)


def test_every_part_has_its_place() -> None:
    text = '{\n  "id": "x",\n  "items": [\n    {"chip": "a"},\n    {"chip": "b"}\n  ]\n}'
    locate = locator(text)
    places = {
        ("", False): (1, 1),
        ("id", False): (2, 9),
        ("id", True): (2, 3),
        ("items.1", False): (5, 5),
        ("items.1.chip", False): (5, 14),
        ("items.1.chip", True): (5, 6),
        ("items.1.count", False): (5, 5),
        ("nothing.here", True): (1, 1),
    }
    assert {place: locate(*place) for place in places} == places
