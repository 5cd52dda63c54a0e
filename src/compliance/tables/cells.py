"""A CSV table as a document: a list of rows by column, each cell with its line and its number."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance import files
from compliance.errors import InputError, Problem, did_you_mean
from compliance.tables.yaml import MAXIMUM_BYTES, Document, Path_, dotted

_MOST_ROWS: Final = 100_000


class Cells(Document):
    """A document of rows; a problem names the column, and its line says which row."""

    __slots__ = ()

    def problem(
        self, path: Path_, message: str, *, hint: str = "", key: bool = False, code: str = "rule"
    ) -> Problem:
        """A Problem that stands where `path` stands."""
        line, column = self.locate(path, key=key)
        return Problem(self.source, line, column, dotted(path[1:]), message, hint, code)


def read_cells(path: Path, columns: Mapping[str, bool], problems: list[Problem]) -> Cells:
    """The rows of a file; `columns` are those it may have, and whether it must.

    An empty cell is left out; so is a row of another length, which is noted among `problems`.

    Raises:
        InputError: it cannot be opened; not UTF-8, not CSV, a column that is unknown,
            missing or there twice; each with its line.
    """
    content = files.read_bytes(path, files.refused, maximum=MAXIMUM_BYTES)
    lines = io.StringIO(files.text_of(path, content, files.refused), newline="")
    found = files.rows(path, lines, files.refused, maximum=_MOST_ROWS)
    line, header = next(found, (1, []))
    if wrong := list(_header(path, line, header, columns)):
        raise InputError(wrong)
    rows: list[dict[str, Any]] = []
    marks: dict[Path_, tuple[int, int]] = {(): (1, 1)}
    for line, cells in found:
        if len(cells) != len(header):
            message = f"{len(cells)} cells, {len(header)} expected"
            problems.append(Problem.at(message, source=str(path), line=line, column=1))
            continue
        marks[(len(rows),)] = (line, 1)
        for number, name in enumerate(header, start=1):
            marks[(len(rows), name)] = (line, number)
        stripped = zip(header, map(str.strip, cells), strict=True)
        rows.append({name: cell for name, cell in stripped if cell})
    return Cells(rows, str(path), marks, {})


def _header(
    path: Path, line: int, header: list[str], columns: Mapping[str, bool]
) -> Iterator[Problem]:
    """What is wrong with a header, each column of which is one of `columns`, once."""
    for number, name in enumerate(header, start=1):
        hint = "" if name in columns else did_you_mean(name, columns)
        if name not in columns or name in header[: number - 1]:
            message = f"column {name!r} twice" if name in columns else f"unknown column {name!r}"
            yield Problem.at(message, source=str(path), line=line, column=number, hint=hint)
    for name in (name for name, needed in columns.items() if needed and name not in header):
        yield Problem.at(f"no column {name!r}", source=str(path), line=line, column=1)
