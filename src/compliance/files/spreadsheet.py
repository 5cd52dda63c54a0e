"""Rows of a sheet of an OpenDocument spreadsheet (.ods): a ZIP with the table as content.xml.

OASIS Open Document Format 1.3, part 3, sections 9.1 (tables) and 6.1 (text). A cell is its text, as
shown; its paragraphs are lines. Repeated cells and rows are written out, but blank ones at the end
of a row or of the sheet are not, so that no number in the file makes them many.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from compliance.files.opening import Refuse
from compliance.files.xml import placed

_CONTENT: Final = "content.xml"
_TABLE: Final = "table"
_ROW: Final = "table-row"
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_SPACE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST_COLUMNS: Final = 1024
_LONGEST_GAP: Final = 1000  # spaces that one element stands for


def sheet_rows(
    path: Path, refuse: Refuse, *, maximum: int, most_rows: int, longest: int
) -> Iterator[tuple[int, list[str]]]:
    """Each row of the one sheet of a spreadsheet that is not blank, with its number from 1.

    Cells lose white space around them. `longest` is the most bytes of XML that a row may have.

    Raises:
        ComplianceError: by `refuse`: as `files.placed`; several sheets; more rows than `most_rows`
            or more columns than 1024.
        InputError: the extra that reads XML safely is not installed.
    """
    number = sheets = 0
    for found in placed(
        path, refuse, _ROW, _TABLE, maximum=maximum, longest=longest, member=_CONTENT
    ):
        if found.element.tag == _TABLE:
            sheets += 1
            continue
        if sheets:
            raise refuse(path, "more than one sheet")
        cells = _cells(found.element, path, refuse)
        times = _count(found.element, "number-rows-repeated", path, refuse)
        for offset in range(times if cells else 0):
            if number + offset >= most_rows:
                raise refuse(path, f"more than {most_rows} rows")
            yield number + offset + 1, cells
        number += times
    if not sheets:
        raise refuse(path, "no sheet")


def _cells(row: Any, path: Path, refuse: Refuse) -> list[str]:
    """The cells of a row, without the blank ones at its end."""
    found: list[str] = []
    blank = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text = "\n".join(_text(part) for part in cell if part.tag == "p").strip()
        times = _count(cell, "number-columns-repeated", path, refuse)
        if not text:
            blank += times
            continue
        if len(found) + blank + times > _MOST_COLUMNS:
            raise refuse(path, f"more than {_MOST_COLUMNS} columns")
        found += [""] * blank + [text] * times
        blank = 0
    return found


def _count(element: Any, key: str, path: Path, refuse: Refuse) -> int:
    text = element.get(_SPACE + key, "1")
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise refuse(path, f"{key} is not a number: {text!r}")
    return int(text)


def _text(element: Any) -> str:
    """The text of a paragraph, with the spaces, tabs and line breaks that elements stand for."""
    found = [element.text or ""]
    for part in element:
        if part.tag == "s":
            given = part.get(f"{_TEXT}c", "1")
            found.append(" " * (min(int(given), _LONGEST_GAP) if given.isdecimal() else 1))
        elif part.tag == "tab":
            found.append("\t")
        elif part.tag == "line-break":
            found.append("\n")
        elif part.tag != "annotation":
            found.append(_text(part))
        found.append(part.tail or "")
    return "".join(found)
