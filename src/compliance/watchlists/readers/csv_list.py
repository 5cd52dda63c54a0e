"""The "csv" format: your own list as comma-separated UTF-8 with a header.

Columns are the fields of `Listing` (id and name required); several values in one cell are separated
by ";". Bounded: 64 MiB, 1,000,000 rows. NUL bytes, a broken quote, an unknown column, a row longer
or shorter than the header are errors with their line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from compliance import files
from compliance.errors import Problem, WatchlistError
from compliance.watchlists.list_file import defect, problem, read_text
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.own_list import FIELDS, LISTS, SINGULARS, assemble, suggestion

MAXIMUM_BYTES: Final = 64 * 1024 * 1024
MAXIMUM_ROWS: Final = 1_000_000
_SEVERAL: Final = frozenset(("identifiers", *LISTS))


def read_csv(path: Path, id: str | None = None) -> Watchlist:
    """One list from one file; its id is `id`, or else the file's name without ending.

    Raises:
        WatchlistError: every defect, with its line.
    """
    text = io.StringIO(read_text(path, maximum=MAXIMUM_BYTES), newline="")
    found = files.rows(path, text, defect, maximum=MAXIMUM_ROWS)
    header = [column.strip() for column in next(found, (1, []))[1]]
    _check_header(header, path)
    rows = list(_rows(found, header, path))
    return assemble(rows, list_id=id or path.stem, source=str(path), metadata={})


def _check_header(header: list[str], path: Path) -> None:
    known = FIELDS | SINGULARS.keys()
    found = [
        problem(path, f"unknown column {column!r}", line=1, hint=suggestion(column, known))
        for column in header
        if column not in known
    ]
    found += [
        problem(path, f"column {column!r} twice", line=1)
        for column in sorted({column for column in header if header.count(column) > 1})
    ]
    found += [
        problem(path, f"missing column {column!r}", line=1, hint=f"found: {', '.join(header)}")
        for column in ("id", "name")
        if column not in header
    ]
    if found:
        raise WatchlistError(found)


def _rows(
    found: Iterator[tuple[int, list[str]]], header: list[str], path: Path
) -> Iterator[tuple[str, int, dict[str, Any]]]:
    problems: list[Problem] = []
    for count, (line, cells) in enumerate(found, start=1):
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            problems.append(problem(path, message, line=line))
            continue
        row = {
            column: _cell(column, cell)
            for column, cell in zip(header, cells, strict=True)
            if cell.strip()
        }
        yield f"row {count}", line, row
    if problems:
        raise WatchlistError(problems)


def _cell(column: str, cell: str) -> Any:
    if SINGULARS.get(column, column) not in _SEVERAL:
        return cell.strip()
    return [part.strip() for part in cell.split(";") if part.strip()]
