"""Strict YAML against what it is given: any text, JSON as its writer meant it, and an oracle."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import YamlError
from compliance.tables import yaml

NOISE = st.text(st.sampled_from("ab01.-_:,?&*!|>'\"%@#[]{}~<= \n\r\t\0é\u2028\ud800"), max_size=40)
TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF, exclude_categories=["Cc"]))
KEYS = st.text("abcNOyes01.-~=<", max_size=4)
INTEGERS = st.integers(-(10**30) + 1, 10**30 - 1)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXT,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(KEYS, parts, max_size=4),
    max_leaves=12,
)


@given(NOISE)
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    try:
        document = yaml.read(text)
    except YamlError as error:
        found = error.problems
    else:
        found = ()
        assert all(type(part) in KINDS for _, part in yaml.walk(document.value))
    assert found == tuple(sorted(found))
    assert all(1 <= problem.line <= len(text.splitlines()) + 2 for problem in found)
    assert all(problem.column >= 1 for problem in found)


KINDS = {dict, list, str, int, Decimal, bool, type(None), date}


@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        yaml.read(content)
    except YamlError as error:
        assert error.problems  # noqa: PT017 - either way out is right


@given(VALUES)
def test_json_reads_as_its_writer_meant_it(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert yaml.read(text).value == value
    assert yaml.read(text.encode()).value == value
    assert yaml.read(json.dumps(value, ensure_ascii=False, indent=2)).value == value


@given(VALUES)
def test_every_part_is_located_where_its_text_begins(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    document = yaml.read(text)
    for path, part in yaml.walk(document.value):
        line, column = document.locate(path)
        assert line == 1
        assert text[column - 1 :].startswith(json.dumps(part, ensure_ascii=False))
        if path and isinstance(path[-1], str):
            _, column = document.locate(path, key=True)
            assert text[column - 1 :].startswith(json.dumps(path[-1], ensure_ascii=False))


@given(st.dictionaries(KEYS.filter(bool), TEXT, min_size=1, max_size=5))
def test_text_that_a_dumper_quotes_reads_back(value: dict[str, str]) -> None:
    written = pyyaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**6)
    assert yaml.read(written).value == value


@given(st.text("0123456789_.-+eExoabinf:", min_size=1, max_size=8).filter(lambda s: s[0] != "-"))
def test_a_plain_scalar_is_never_another_number_than_what_is_written(text: str) -> None:
    try:
        found = yaml.read(f"[{text}]").value
    except YamlError:
        return
    if found and isinstance(found[0], int | Decimal) and not isinstance(found[0], bool):
        assert str(found[0]) in (text, text.removeprefix("+"), text.replace("-0", "0"))


@given(
    st.lists(
        st.sampled_from(["a: 012", "*x : 1", "[q]: 1", "<<: 1", "b: *x", "c: !t 1"]), max_size=8
    )
)
def test_each_defect_is_reported_once_whatever_stands_around_it(lines: list[str]) -> None:
    unique = list(dict.fromkeys(lines))
    try:
        yaml.read("\n".join(unique))
    except YamlError as error:
        assert [problem.line for problem in error.problems] == list(range(1, len(unique) + 1))  # noqa: PT017
    else:
        assert unique == []
