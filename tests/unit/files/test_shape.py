"""files.shape: what an XML format knows, and where a file differs from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.files import Shape, outline, placed
from compliance.watchlists.list_file import defect

SHAPE = outline("""
Root @day
  Head?
  More? @* ...
  Entry* @id @lang?
    Name+
    Born?
""")


def read(path: Path) -> Iterator[tuple[int, int, str]]:
    for line, column, element in placed(path, defect, "Entry", maximum=10_000, shape=SHAPE):
        yield line, column, element.get("id")


def written(folder: Path, inside: str, root: str = '<Root day="1">') -> Path:
    path = folder / "f.xml"
    path.write_text(f"{root}\n{inside}\n</Root>", "utf-8")
    return path


def test_an_outline_is_read() -> None:
    name = Shape()
    assert outline("A @x\n  B*\n  C @y?") == Shape(
        children={
            "A": Shape(
                children={"B": name, "C": Shape(attributes=frozenset("y"))},
                attributes=frozenset("x"),
                needed_children=frozenset("C"),
                needed_attributes=frozenset("x"),
                repeated=frozenset("B"),
            )
        },
        needed_children=frozenset("A"),
    )


@pytest.mark.parametrize(
    "text", ["", "A\nB", "A\n    B", "A\n B", "A\n  B\n  B", "A\n  B!", "  A\nB", "A\n  B @"]
)
def test_what_is_no_outline_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"outline|place"):
        outline(text)


def test_a_file_of_the_shape_is_read_with_places(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '<Head/><Entry id="1"><Name/></Entry>\n  <Entry id="2" lang="en"><Name/><Name/></Entry>',
        '<r:Root xmlns:r="urn:r" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" day="1" '
        'xsi:schemaLocation="urn:r r.xsd">'.replace("r:Root", "Root"),
    )
    assert list(read(path)) == [(2, 8, "1"), (3, 3, "2")]


def test_what_nobody_reads_may_hold_anything(tmp_path: Path) -> None:
    inside = "<More a='1'><X/><X b='2'><Y/></X></More><Entry id='1'><Name/></Entry>"
    assert list(read(written(tmp_path, inside))) == [(2, 41, "1")]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<Entries/>", "2:1: unknown element Entries in Root (did you mean 'Entry'?)"),
        ("<Entry id='1'>\n<Nome/></Entry>", "3:1: unknown element Nome in Entry (did you mean 'N"),
        ("<Entry id='1'><Name><X/></Name></Entry>", "2:21: unknown element X in Name (the format"),
        ("<Entry id='1' x='2'><Name/></Entry>", "2:1: unknown attribute x of Entry"),
        ("<Entry><Name/></Entry>", "2:1: Entry without its attribute id"),
        ("<Head/>\n <Entry id='1'/>", "3:2: Entry without its Name"),
        ("<Head/><Head/>", "1:1: Root with Head 2 times"),
        ("<Entry id='1'><Name/><Born/><Born/></Entry>", "2:1: Entry with Born 2 times"),
    ],
)
def test_what_the_shape_does_not_know_is_refused_with_its_place(
    tmp_path: Path, inside: str, told: str
) -> None:
    with pytest.raises(WatchlistError) as caught:
        list(read(written(tmp_path, inside)))
    assert str(caught.value).startswith(f"{tmp_path / 'f.xml'}:{told}")


def test_another_root_and_a_missing_attribute_of_it_are_refused(tmp_path: Path) -> None:
    for root, told in (("<Root>", "Root without its attribute day"), ("<Rot>", "unknown element")):
        path = written(tmp_path, "", root)
        path.write_text(path.read_text("utf-8").replace("</Root>", root.replace("<", "</")))
        with pytest.raises(WatchlistError, match=told):
            list(read(path))


def test_what_stands_before_a_fault_is_given_before_it(tmp_path: Path) -> None:
    found = read(written(tmp_path, "<Entry id='1'><Name/></Entry><Bad/>"))
    assert next(found) == (2, 1, "1")
    with pytest.raises(WatchlistError, match="unknown element Bad"):
        next(found)
