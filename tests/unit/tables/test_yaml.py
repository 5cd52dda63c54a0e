"""Strict YAML, one test for each trap of plain scalars and keys."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from compliance.errors import YamlError
from compliance.tables import yaml


def value(text: str | bytes) -> Any:
    """The value of key `a` in a document of one line or more."""
    return yaml.read(text).value["a"]


def refusals(text: str | bytes) -> list[str]:
    """What is said of a document that is refused, a line for each finding."""
    with pytest.raises(YamlError) as caught:
        yaml.read(text, source="x.yaml")
    assert all(problem.code == "yaml" for problem in caught.value.problems)
    return str(caught.value).splitlines()


# --- plain scalars -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["NO", "No", "no", "yes", "Yes", "YES", "on", "On", "off", "OFF", "y", "Y", "n", "N"],
)
def test_the_words_that_yaml_1_1_takes_for_booleans_stay_text(text: str) -> None:
    assert yaml.read(f"a: {text}").value == {"a": text}
    assert yaml.read(f"{text}: 1").value == {text: 1}
    assert yaml.read(f"[{text}]").value == [text]


@pytest.mark.parametrize(
    "text", ["True", "TRUE", "False", "FALSE", "Null", "NULL", "None", "nil", "tRue"]
)
def test_constants_are_lower_case_and_anything_else_is_text(text: str) -> None:
    assert value(f"a: {text}") == text


def test_constants_are_constants() -> None:
    document = yaml.read("[true, false, null, ~]")
    assert document.value == [True, False, None, None]
    assert [type(part) for part in document.value] == [bool, bool, type(None), type(None)]


@pytest.mark.parametrize("text", ["a:", "a: ", "a: # comment", "a:\nb: 1", "{a: }", "{a}"])
def test_an_empty_value_is_null(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "---\n...\n", "\ufeff"])
def test_an_empty_document_is_null(text: str) -> None:
    document = yaml.read(text)
    assert document.value is None
    assert document.locate(("a", 0)) == document.locate(())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("7", 7),
        ("+7", 7),
        ("-7", -7),
        ("9" * 30, 10**30 - 1),
        ("+" + "9" * 30, 10**30 - 1),
        ("-" + "9" * 30, 1 - 10**30),
    ],
)
def test_integers_are_exact(text: str, number: int) -> None:
    assert value(f"a: {text}") == number
    assert type(value(f"a: {text}")) is int


@pytest.mark.parametrize("text", ["1.5", "1.50", "-0.5", "+0.5", "0.1", "0.0", "1." + "3" * 60])
def test_decimals_are_decimals_with_every_digit_as_written(text: str) -> None:
    found = value(f"a: {text}")
    assert type(found) is Decimal
    assert found.as_tuple() == Decimal(text).as_tuple()


def test_a_number_of_more_than_thirty_digits_is_refused() -> None:
    assert refusals("a: " + "9" * 31) == ["x.yaml:1:4: a number of more than 30 digits"]
    assert refusals("a: " + "9" * 5000) == ["x.yaml:1:4: a number of more than 30 digits"]


@pytest.mark.parametrize("text", ["3E001", "1e3", "1E3", "1.5e3", "-1e3", "12e03", "4E091", "1e+3"])
def test_classifications_and_exponents_are_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize("text", ["0o14", "0x1F", "0b1", "0xG"])
def test_numbers_in_other_bases_are_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize("text", ["012", "0777", "08", "00", "-012", "+01", "01.5", "007."])
def test_a_leading_zero_is_refused_since_yaml_1_1_reads_octal(text: str) -> None:
    assert refusals(f"a: {text}") == [
        f"x.yaml:1:4: '{text}' is ambiguous (no leading zeros; quote it if it is text)"
    ]


@pytest.mark.parametrize("text", ["1:30", "190:20:30", "1:30.5", "-1:30"])
def test_sexagesimals_are_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize(
    "text",
    ["1_000", "1__0", "1_", "-1_000", "+1_000", "1_0.5", "1.5_0", "1_000.", "1._5", "744_22"],
)
def test_underscores_in_numbers_are_refused(text: str) -> None:
    assert refusals(f"a: {text}") == [
        f"x.yaml:1:4: '{text}' is ambiguous (no underscores in numbers)"
    ]


@pytest.mark.parametrize(
    "text", ["_1", "a_1", "1_a", "1.2.3", "1,000", "744.22(f)", "+", ".", "-a"]
)
def test_what_no_reader_of_yaml_takes_for_a_number_is_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize("text", ["5.", "-5.", ".5", "-.5", "+.5"])
def test_a_decimal_has_digits_on_both_sides(text: str) -> None:
    assert refusals(f"a: {text}") == [
        f"x.yaml:1:4: '{text}' is ambiguous (write a decimal with digits around it)"
    ]


@pytest.mark.parametrize("text", [".inf", "-.inf", "+.INF", ".Inf", ".nan", ".NaN", ".NAN"])
def test_a_number_is_finite(text: str) -> None:
    assert refusals(f"a: {text}") == [f"x.yaml:1:4: '{text}' is ambiguous (a number is finite)"]


@pytest.mark.parametrize("text", ["inf", "nan", "Infinity", "NaN"])
def test_the_words_for_infinity_are_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize("text", ["٣", "²", "Ⅳ", "1٣", "１２", "１.５"])
def test_digits_outside_ascii_are_text(text: str) -> None:
    assert value(f"a: {text}") == text


def test_a_date_is_a_date() -> None:
    found = value("a: 2024-02-29")
    assert found == date(2024, 2, 29)
    assert type(found) is date


@pytest.mark.parametrize("text", ["2024-1-5", "2024-01-5", "2024-1-05", "2024-10-1"])
def test_a_date_without_its_zeros_is_refused(text: str) -> None:
    assert refusals(f"a: {text}") == [
        f"x.yaml:1:4: '{text}' is ambiguous (write a date as YYYY-MM-DD)"
    ]


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01", "0000-01-01"]
)
def test_a_day_that_never_was_is_refused(text: str) -> None:
    assert refusals(f"a: {text}") == [f"x.yaml:1:4: {text} is not a day of the calendar"]


@pytest.mark.parametrize(
    "text",
    ["2024-01-05T10:00:00Z", "2024-01-05 10:00:00", "2024-01", "2024/01/05", "20240105T00"],
)
def test_a_timestamp_is_text_and_never_cut_down_to_its_date(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize(
    "text",
    ["1", "1.5", "012", "1_000", "true", "null", "~", "", "2024-01-05", "2024-1-5", ".inf", "<<"],
)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_what_is_quoted_is_text(text: str, quote: str) -> None:
    assert value(f"a: {quote}{text}{quote}") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  1\n", "1\n"),
        ("a: |-\n  2024-01-05\n", "2024-01-05"),
        ("a: |+\n  x\n\n", "x\n\n"),
        ("a: >-\n  x\n  y\n", "x y"),
        ("a: >\n  true\n", "true\n"),
        ("a: x\n  y", "x y"),
        ('a: "x\n  y"', "x y"),
    ],
)
def test_block_and_folded_scalars_are_text(text: str, expected: str) -> None:
    assert value(text) == expected


def test_a_plain_value_folded_over_lines_is_still_resolved_as_a_whole() -> None:
    assert value("a: 1\n  2") == "1 2"


# --- keys --------------------------------------------------------------------------------------


def test_the_value_key_of_yaml_1_1_is_an_ordinary_key() -> None:
    assert yaml.read("=: 1").value == {"=": 1}
    assert value("a: =") == "="


@pytest.mark.parametrize(
    "key", ["1", "1.5", "012", "1_000", "true", "~", "null", "2024-01-05", ".inf"]
)
def test_a_key_is_text_as_it_is_written(key: str) -> None:
    assert yaml.read(f"{key}: x").value == {key: "x"}


def test_a_quoted_and_a_plain_spelling_are_the_same_key() -> None:
    assert refusals("1: a\n'1': b") == ["x.yaml:2:1: key '1' twice (first on line 1)"]


def test_a_quoted_empty_key_is_a_key() -> None:
    assert yaml.read("'': x").value == {"": "x"}


def test_a_key_is_not_nothing() -> None:
    assert refusals("? \n: b") == ["x.yaml:1:2: a key is text, not nothing"]


@pytest.mark.parametrize(
    ("text", "column"),
    [("? [a]\n: b", 3), ("? {a: b}\n: c", 3), ("[1, 2]: x", 1), ("{}: x", 1), ("{[]: x}", 2)],
)
def test_a_key_is_not_a_list_or_mapping(text: str, column: int) -> None:
    assert refusals(text) == [f"x.yaml:1:{column}: a key is text, not a list or mapping"]


def test_a_refused_key_does_not_upset_its_neighbors() -> None:
    assert refusals("*a : b\nc: d\ne: b\n[f]: g\n'': h\n<<: i\nc: j") == [
        "x.yaml:1:1: alias *a (write the value out)",
        "x.yaml:4:1: a key is text, not a list or mapping",
        "x.yaml:6:1: merge key << (write the keys out)",
        "x.yaml:7:1: key 'c' twice (first on line 2)",
    ]


def test_no_text_can_collide_with_a_refused_key() -> None:
    assert refusals("? [a]\n: b\n'<1:3>': x\n'1:3': y") == [
        "x.yaml:1:3: a key is text, not a list or mapping"
    ]


def test_a_nul_in_a_key_is_refused_and_upsets_nothing() -> None:
    assert refusals('? [a]\n: b\n"\\01:3": x') == [
        "x.yaml:1:3: a key is text, not a list or mapping",
        "x.yaml:3:1: a NUL character (text has none, not even as an escape)",
    ]


def test_duplicate_keys_are_found_at_every_depth() -> None:
    assert refusals("a:\n  - b: 1\n    c: {d: 1, d: 2}\n    b: 3\ne: 1\na: 2") == [
        "x.yaml:3:15: key 'd' twice (first on line 3)",
        "x.yaml:4:5: key 'b' twice (first on line 2)",
        "x.yaml:6:1: key 'a' twice (first on line 1)",
    ]


def test_a_key_met_three_times_is_reported_twice() -> None:
    assert refusals("a: 1\na: 2\na: 3") == [
        "x.yaml:2:1: key 'a' twice (first on line 1)",
        "x.yaml:3:1: key 'a' twice (first on line 1)",
    ]


def test_inside_a_duplicate_the_first_place_is_the_one_in_that_mapping() -> None:
    assert refusals("a: {b: 1}\na: {b: 2,\n b: 3}") == [
        "x.yaml:2:1: key 'a' twice (first on line 1)",
        "x.yaml:3:2: key 'b' twice (first on line 2)",
    ]


def test_the_same_key_in_different_mappings_is_no_duplicate() -> None:
    assert yaml.read("- a: {a: 1}\n- a: 2").value == [{"a": {"a": 1}}, {"a": 2}]


def test_keys_that_differ_in_case_or_normalization_are_different_keys() -> None:
    text = "a: 1\nA: 2\n\u00e9: 3\ne\u0301: 4"
    assert yaml.read(text).value == {"a": 1, "A": 2, "\u00e9": 3, "e\u0301": 4}
