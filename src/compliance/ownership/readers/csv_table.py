"""CSV with a header that the file gives itself, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from compliance import files
from compliance.errors import OwnershipError, Problem
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Place,
    refusal,
)

MAXIMUM_ROWS: Final = 50_000_000
MOST_COLUMNS: Final = 1_000
_SEPARATORS: Final = ("\t", ";", "|", ",")


def header(path: Path) -> tuple[str, ...]:
    """The columns of a file.

    Raises:
        OwnershipError: as `records`, for its first row.
    """
    _, found = _opened(path)
    return found


def records(
    path: Path, required: Collection[frozenset[str]], known: frozenset[str] = frozenset()
) -> Iterator[tuple[Place, dict[str, str]]]:
    """Each row by the names of its columns, cells without blanks around them, with its place.

    One set of `required` columns must be there; with `known`, no other column may. Columns are
    separated by what separates the header: tab, semicolon, bar or comma.

    Raises:
        OwnershipError: a header that lacks columns, has one twice or an unknown one; a broken
            quote; a row of another length than the header. Each with its line.
    """
    found, columns = _opened(path)
    _check(path, columns, required, known)
    for line, cells in found:
        if len(cells) != len(columns):
            message = f"{len(cells)} cells where the header has {len(columns)}"
            raise refusal(path, message, line=line)
        row = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        yield Place(path, line), row


def _opened(path: Path) -> tuple[Iterator[tuple[int, list[str]]], tuple[str, ...]]:
    text = files.lines(path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD, ends=True)
    _, first = next(text, (0, ""))
    delimiter = max(_SEPARATORS, key=lambda separator: (first.count(separator), separator == ","))
    found = files.rows(
        path,
        _again(first, text),
        refusal,
        maximum=MAXIMUM_ROWS,
        longest=LONGEST_RECORD,
        delimiter=delimiter,
    )
    _, cells = next(found, (0, []))
    if len(cells) > MOST_COLUMNS:
        raise refusal(path, f"a header of more than {MOST_COLUMNS} columns", line=1)
    return found, tuple(cell.strip() for cell in cells)


def _again(first: str, rest: Iterator[tuple[int, str]]) -> Iterator[str]:
    yield first
    for _, line in rest:
        yield line


def _check(
    path: Path,
    columns: tuple[str, ...],
    required: Collection[frozenset[str]],
    known: frozenset[str],
) -> None:
    place = Place(path, 1)
    found: list[Problem] = [
        place.problem(f"column {column!r} twice")
        for column in sorted({column for column in columns if columns.count(column) > 1})
    ]
    if known:
        hint = f"known: {', '.join(sorted(known))}"
        found += [
            place.problem(f"unknown column {column!r}", hint=hint)
            for column in columns
            if column not in known
        ]
    if not any(columns_ <= set(columns) for columns_ in required):
        wanted = " or ".join(", ".join(sorted(columns_)) for columns_ in required)
        hint = f"found: {', '.join(columns) or 'nothing'}"
        found.append(place.problem(f"columns {wanted} are expected", hint=hint))
    if found:
        raise OwnershipError(found)
