"""Strict YAML: what no file may hold, all of it found at once and where it stands."""

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
    "code",
    [0, 7, 0x1B, 0x7F, 0x80, 0x85, 0x2028, 0x2029, 0xD800, 0xDFFF, 0xFEFF, 0xFFFE, 0xFFFF],
    ids=hex,
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_control_character_or_half_a_pair_is_refused_where_it_stands(
    code: int, quote: str
) -> None:
    column = 6 + len(quote)
    assert refusals(f"a: 1\r\né: {quote}öö{chr(code)}{quote}\nb: 012") == [
        f"x.yaml:2:{column}: character U+{code:04X} is not allowed"
    ]


@pytest.mark.parametrize("text", ["\u00a0", "\u200b", "\u202e", "\U0001f600", "\U0010ffff", "漢字"])
def test_other_characters_are_kept_as_they_are(text: str) -> None:
    assert value(f"a: x{text}x") == f"x{text}x"
    assert value(f"a: x{text}x".encode()) == f"x{text}x"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_control_character_is_located_behind_any_line_ending(end: str) -> None:
    assert refusals(f"a: 1{end}{end}b: \x07") == ["x.yaml:3:4: character U+0007 is not allowed"]


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
