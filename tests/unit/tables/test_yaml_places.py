"""Strict YAML: size, depth, files, and the line and column of every key and value."""

from pathlib import Path
from typing import Any

import pytest

from compliance.errors import InputError, Problem, YamlError
from compliance.tables import yaml


def refusals(text: str | bytes) -> list[str]:
    """What is said of a document that is refused, a line for each finding."""
    with pytest.raises(YamlError) as caught:
        yaml.read(text, source="x.yaml")
    assert all(problem.code == "yaml" for problem in caught.value.problems)
    return str(caught.value).splitlines()


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
