"""Formatting anything: the value read stays, comments stay, and once is enough."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import compliance.tables.yaml
from compliance.errors import YamlError
from compliance.policy_tools.file_layout import kind_of, ordered
from compliance.policy_tools.formatting import emit, formatted
from compliance.tables.yaml import read
from sampling import examples

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0")
TRAPS = st.sampled_from(
    ["a b " * 60, "a  b" * 50, "D:5", "3E001", "NO", "a: b", " # ", "x?", "- a", "? b", "...",
     "---", "2024-01-01", "2024-1-1", "1.5", "0x1", "~", "null", "True", "https://a.b",
     "a\nb\n", "''\"", "<<", "=", "", "|", ">-", "[", "&a", "*a", "!a", "%a", "@a", "`a",
     "007", "+1", ".5"]
)  # fmt: skip
TEXTS = st.text(CHARACTERS, max_size=300) | TRAPS
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**29), 10**29)
    | st.decimals(-(10**9), 10**9, places=3)
    | st.dates()
    | TEXTS
)
KEYS = st.text(CHARACTERS, max_size=20) | st.sampled_from(
    ["when", "all", "any", "not", "field", "op", "is", "id", "cases", "name", "citations", "a", ""]
)
TREES = st.recursive(
    SCALARS,
    lambda parts: st.lists(parts, max_size=9) | st.dictionaries(KEYS, parts, max_size=6),
    max_leaves=25,
)
MANY = settings(max_examples=examples(300), suppress_health_check=list(HealthCheck))


@MANY
@given(TREES)
def test_what_is_written_is_read_again(value: Any) -> None:
    text = emit(value)
    assert repr(read(text).value) == repr(ordered(value, kind_of(value)))
    assert read(text).value == value
    assert formatted(text, "x") == text


@MANY
@given(TREES)
def test_the_slower_parser_reads_it_too(value: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compliance.tables.yaml, "_PARSER", pyyaml.Loader)
        assert read(emit(value)).value == value


@MANY
@given(TREES)
def test_no_line_is_longer_than_the_width_unless_it_is_one_word(value: Any) -> None:
    for line in emit(value).splitlines():
        text = line.lstrip(" -").rpartition(": ")[2]
        assert len(line) <= 120 or not re.search(r"(?<=[^ \t]) (?=[^ \t])", text)


@MANY
@given(TREES, st.data())
def test_comments_are_kept_wherever_they_stand(value: Any, data: st.DataObject) -> None:
    lines = emit(value).split("\n")[:-1]
    comments = 0
    for _ in range(4):
        changed = _with_comment(lines, f"# c{comments}", data)
        try:
            same = repr(read("\n".join(changed)).value) == repr(read("\n".join(lines)).value)
        except YamlError:
            continue
        if same:
            lines, comments = changed, comments + 1
    text = "\n".join(lines) + "\n"
    form = formatted(text, "x")
    for number in range(comments):
        assert form.count(f"# c{number}") == text.count(f"# c{number}")
    assert formatted(form, "x") == form


def _with_comment(lines: list[str], comment: str, data: st.DataObject) -> list[str]:
    at = data.draw(st.integers(0, len(lines)))
    if at < len(lines) and data.draw(st.booleans()):
        return [*lines[:at], f"{lines[at]}  {comment}", *lines[at + 1 :]]
    indent = " " * data.draw(st.integers(0, 8))
    return [*lines[:at], indent + comment, *lines[at:]]
