"""Strict YAML, one test for each trap: what is read, what is refused, and where."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from compliance import yaml
from compliance.errors import InputError, Problem, YamlError


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
    [("0", 0), ("-0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("9" * 30, 10**30 - 1)]
    + [("+" + "9" * 30, 10**30 - 1), ("-" + "9" * 30, 1 - 10**30)],
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


@pytest.mark.parametrize("text", ["٣", "²", "Ⅳ", "1٣", "１２", "１.５"])  # noqa: RUF001
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


# --- what is refused whole ---------------------------------------------------------------------


@pytest.mark.parametrize(("text", "column"), [("<<: {b: 1}", 1), ("a: {<<: {b: 1}}", 5)])
def test_a_merge_key_is_refused(text: str, column: int) -> None:
    assert refusals(text) == [f"x.yaml:1:{column}: merge key << (write the keys out)"]


def test_a_quoted_merge_key_is_text() -> None:
    assert yaml.read("'<<': 1").value == {"<<": 1}


@pytest.mark.parametrize("part", ["1", "[1]", "{b: 1}", "'x'", "|\n  x"])
def test_an_anchor_is_refused_on_every_kind_of_value(part: str) -> None:
    assert refusals(f"a: &x {part}") == [
        "x.yaml:1:4: anchor &x (write the value out where it is used)"
    ]


def test_an_alias_is_refused_even_where_its_anchor_is_missing() -> None:
    assert refusals("a: *x\nb: [*y]") == [
        "x.yaml:1:4: alias *x (write the value out)",
        "x.yaml:2:5: alias *y (write the value out)",
    ]


def test_a_billion_laughs_are_refused_without_being_laughed() -> None:
    lines = ["a0: &a0 lol"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    found = refusals("\n".join(lines))
    assert len(found) == 10 + 9 * 9
    assert found[0] == "x.yaml:1:5: anchor &a0 (write the value out where it is used)"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("!!python/object/apply:os.system", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("!!python/name:os.system", "tag:yaml.org,2002:python/name:os.system"),
        ("!!str", "tag:yaml.org,2002:str"),
        ("!!binary", "tag:yaml.org,2002:binary"),
        ("!own", "!own"),
        ("!<tag:yaml.org,2002:int>", "tag:yaml.org,2002:int"),
        ("!", "!"),
    ],
)
@pytest.mark.parametrize("part", ["'x'", "[x]", "{x: y}"])
def test_a_tag_is_refused_and_constructs_nothing(tag: str, name: str, part: str) -> None:
    assert refusals(f"a: {tag} {part}") == [f"x.yaml:1:4: tag {name} (values have no tags here)"]


def test_a_tag_or_an_anchor_on_a_key_is_refused() -> None:
    assert refusals("!!str a: 1\n&b b: 2") == [
        "x.yaml:1:1: tag tag:yaml.org,2002:str (values have no tags here)",
        "x.yaml:2:1: anchor &b (write the value out where it is used)",
    ]


@pytest.mark.parametrize("line", ["%YAML 1.1", "%YAML 1.2", "%TAG ! tag:example.org,2000:"])
def test_a_directive_is_refused_since_it_promises_another_reading(line: str) -> None:
    assert refusals(f"{line}\n---\na: NO") == [
        "x.yaml:1:1: a % directive (this is YAML 1.2 without directives)"
    ]


def test_a_second_document_is_refused_and_its_findings_are_its_own() -> None:
    assert refusals("a: 1\n---\na: 012\na: 2\n---\nb") == [
        "x.yaml:2:1: a second document in one file",
        "x.yaml:3:4: '012' is ambiguous (no leading zeros; quote it if it is text)",
        "x.yaml:4:1: key 'a' twice (first on line 3)",
        "x.yaml:5:1: a second document in one file",
    ]


def test_one_document_may_open_and_close_with_its_markers() -> None:
    assert yaml.read("---\na: 1\n...\n").value == {"a": 1}


@pytest.mark.parametrize(("text", "line"), [("\ta: 1", 1), ("a:\n\tb: 1", 2)])
def test_a_tab_does_not_indent(text: str, line: int) -> None:
    assert refusals(text) == [f"x.yaml:{line}:1: found character that cannot start any token"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b: c", (1, 5)),
        ("a: @x", (1, 4)),
        (" a: 1\nb: 2", (2, 1)),
        ("é: 'x' y", (1, 8)),
        ("a: 1\nb: 'x", (2, 6)),
    ],
)
def test_what_is_not_yaml_says_where(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(YamlError) as caught:
        yaml.read(text)
    assert [(found.line, found.column) for found in caught.value.problems] == [place]


def test_findings_before_a_syntax_error_are_kept() -> None:
    found = refusals("a: 012\nb: *x\nc: [\n")
    assert found[:2] == [
        "x.yaml:1:4: '012' is ambiguous (no leading zeros; quote it if it is text)",
        "x.yaml:2:4: alias *x (write the value out)",
    ]
    assert len(found) == 3


def test_all_findings_of_a_document_come_at_once_and_sorted() -> None:
    with pytest.raises(YamlError) as caught:
        yaml.read("a: [*x, &y z, 012, {c: 1, c: 2}]\nb: 1_0\n10: .inf\na: 2024-02-30", source="x")
    found = caught.value.problems
    assert found == tuple(sorted(found))
    assert [(problem.line, problem.column) for problem in found] == [
        (1, 5), (1, 9), (1, 15), (1, 27), (2, 4), (3, 5), (4, 1), (4, 4),
    ]  # fmt: skip


# --- bytes and characters ----------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_a_line_ending(end: str) -> None:
    document = yaml.read(f"a: 1{end}b:{end}  c: x{end}")
    assert document.value == {"a": 1, "b": {"c": "x"}}
    assert document.locate(("b", "c")) == (3, 6)


@pytest.mark.parametrize("content", ["\ufeffa: 012", b"\xef\xbb\xbfa: 012"])
def test_a_byte_order_mark_counts_for_nothing(content: str | bytes) -> None:
    assert refusals(content) == [
        "x.yaml:1:4: '012' is ambiguous (no leading zeros; quote it if it is text)"
    ]


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\x7f", "\x80", "\x85", "\u2028", "\u2029", "\ud800", "\udfff"]
    + ["\ufeff", "\ufffe", "\uffff"],
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_control_character_or_half_a_pair_is_refused_where_it_stands(
    character: str, quote: str
) -> None:
    column = 6 + len(quote)
    assert refusals(f"a: 1\r\né: {quote}öö{character}{quote}\nb: 012") == [
        f"x.yaml:2:{column}: character U+{ord(character):04X} is not allowed"
    ]


@pytest.mark.parametrize("text", ["\u00a0", "\u200b", "\u202e", "\U0001f600", "\U0010ffff", "漢字"])
def test_other_characters_are_kept_as_they_are(text: str) -> None:
    assert value(f"a: x{text}x") == f"x{text}x"
    assert value(f"a: x{text}x".encode()) == f"x{text}x"


def test_an_escaped_nul_is_refused_too() -> None:
    assert refusals('a: "x\\0"') == [
        "x.yaml:1:4: a NUL character (text has none, not even as an escape)"
    ]


def test_an_escaped_half_of_a_pair_is_refused() -> None:
    assert refusals('a: "\\ud800"') == ["x.yaml:1:7: found invalid Unicode character escape code"]


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: \xff", 1, 4),
        (b"\xef\xbb\xbfa: 1\r\n\xc3\xa9: \xc3", 2, 4),
        (b"\xff\xfea\0", 1, 1),
        (b"a: \xed\xa0\x80", 1, 4),
        (b"a: \xc0\x80", 1, 4),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused(content: bytes, line: int, column: int) -> None:
    assert refusals(content) == [f"x.yaml:{line}:{column}: not UTF-8"]


@pytest.mark.parametrize("prefix", ["", "é", "😀", "漢字", "e\u0301"])
def test_columns_count_characters(prefix: str) -> None:
    column = len(prefix) + 7
    assert refusals(f"{{{prefix}a: [012]}}") == [
        f"x.yaml:1:{column - 1}: '012' is ambiguous (no leading zeros; quote it if it is text)"
    ]


# --- size and depth ----------------------------------------------------------------------------


def nested(value_: Any) -> int:
    depth = 0
    while isinstance(value_, list | dict):
        value_ = value_[0] if isinstance(value_, list) else value_["a"]
        depth += 1
    return depth


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_sixty_four_levels_are_read_and_one_more_is_refused(opening: str, closing: str) -> None:
    def text(levels: int) -> str:
        return opening * levels + "x" + closing * levels

    assert nested(yaml.read(text(64)).value) == 64
    column = 64 * len(opening) + 1
    assert refusals(text(65)) == [f"x.yaml:1:{column}: nested deeper than 64"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{? ", "[{"])
def test_a_hundred_thousand_levels_are_refused_without_overflow(opening: str) -> None:
    found = refusals(opening * 100_000)
    assert [line for line in found if line.endswith("nested deeper than 64")] == found[-1:]


def test_sixteen_mebibytes_are_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    allowed = b"#" * yaml.MAXIMUM_BYTES
    assert yaml.MAXIMUM_BYTES == 16 * 1024 * 1024
    assert yaml.read(allowed).value is None
    assert refusals(allowed + b"#") == ["x.yaml: larger than 16777216 bytes"]
    file = tmp_path / "large.yaml"
    file.write_bytes(allowed)
    assert yaml.read_file(file).value is None
    file.write_bytes(allowed + b"#")
    with pytest.raises(InputError) as caught:
        yaml.read_file(file)
    assert str(caught.value) == f"{file}: larger than 16777216 bytes"


# --- positions ---------------------------------------------------------------------------------

TEXT = """\
# a comment
name: Acme
items:
  - chip: H100
    count: 8
  - {chip: B200,   count: 2}
notes: |
  two
  lines
empty:
last: x
"""


@pytest.mark.parametrize(
    ("path", "place", "key_place"),
    [
        ((), (2, 1), (2, 1)),
        (("name",), (2, 7), (2, 1)),
        (("items",), (4, 3), (3, 1)),
        (("items", 0), (4, 5), (4, 5)),
        (("items", 0, "chip"), (4, 11), (4, 5)),
        (("items", 0, "count"), (5, 12), (5, 5)),
        (("items", 1), (6, 5), (6, 5)),
        (("items", 1, "count"), (6, 27), (6, 20)),
        (("notes",), (7, 8), (7, 1)),
        (("last",), (11, 7), (11, 1)),
    ],
)
def test_every_value_and_every_key_knows_its_place(
    path: tuple[str | int, ...], place: tuple[int, int], key_place: tuple[int, int]
) -> None:
    document = yaml.read(TEXT)
    assert document.locate(path) == place
    assert document.locate(path, key=True) == key_place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("items", 0, "vendor"), (4, 5)),
        (("items", 0, "chip", "deeper", 3), (4, 11)),
        (("items", 7, "chip"), (4, 3)),
        (("missing",), (2, 1)),
    ],
)
def test_what_is_missing_stands_where_its_nearest_parent_stands(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    document = yaml.read(TEXT)
    assert document.locate(path) == place
    assert document.locate(path, key=True) == place


def test_a_problem_stands_where_its_path_stands() -> None:
    document = yaml.read(TEXT, source="rules/x.yaml")
    found = document.problem(("items", 1, "count"), "too many", hint="at most 1", key=True)
    assert found == Problem("rules/x.yaml", 6, 20, "items.1.count", "too many", "at most 1", "rule")
    assert str(found) == "rules/x.yaml:6:20: items.1.count: too many (at most 1)"


def test_every_part_is_walked_outermost_first() -> None:
    document = yaml.read("a: [1, {b: x}]\nc:")
    assert list(yaml.walk(document.value)) == [
        ((), {"a": [1, {"b": "x"}], "c": None}),
        (("a",), [1, {"b": "x"}]),
        (("a", 0), 1),
        (("a", 1), {"b": "x"}),
        (("a", 1, "b"), "x"),
        (("c",), None),
    ]


# --- files -------------------------------------------------------------------------------------


def test_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("name: Ünïcode\n".encode())
    document = yaml.read_file(file)
    assert (document.value, document.source) == ({"name": "Ünïcode"}, str(file))
    file.write_text("a: 012")
    with pytest.raises(YamlError) as caught:
        yaml.read_file(file)
    assert str(caught.value).startswith(f"{file}:1:4: ")


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    with pytest.raises(InputError) as caught:
        yaml.read_file(missing)
    assert str(caught.value) == f"{missing}: No such file or directory"
    with pytest.raises(InputError) as caught:
        yaml.read_file(tmp_path)
    assert str(caught.value) == f"{tmp_path}: Is a directory"
