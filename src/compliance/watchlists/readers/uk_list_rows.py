"""The "uk-sanctions-list-csv" and "-ods" formats: the UK Sanctions List as rows.

https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv and .ods. A row "Report Date: ..."
first, then the header, then a row for each combination of the values that a designation has several
of (one of them had 3,780 in September 2026): rows of one Unique ID are one entry, whose values are
taken apart again. What the columns mean is told in uk_list. Invariants:

- every column is known and there; the spreadsheet of before 2026 calls one of them otherwise;
- what a designation says once is the same in all its rows, or the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from compliance import files
from compliance.errors import Problem, WatchlistError
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.own_list import suggestion
from compliance.watchlists.readers import uk_list
from compliance.watchlists.readers.uk_list import ONCE, SEVERAL, Designation

_DATED = re.compile(r"Report Date:\s*(\S+)")
_OLD_NAMES: Final = {"Individual, Entity, Ship": "Designation Type"}
_COLUMNS: Final = frozenset(
    (*ONCE, *(column for group in SEVERAL.values() for column in group.columns))
)
_ABOVE: Final = 5  # the header stands in one of the first rows
_LONGEST_ROW: Final = 8 * 1024 * 1024

Row = tuple[int, list[str]]


def read_csv(path: Path, id: str | None = None) -> Watchlist:
    """The list of one CSV file; its id is `id`, or else "uk-sanctions-list".

    Raises:
        WatchlistError: with its line, a row of another length, a column that is not known or is
            missing, values that differ between the rows of one designation; no day of the list; as
            `uk_list.watchlist`.
    """
    return _read(path, source.rows(path), id, exact=True)


def read_ods(path: Path, id: str | None = None) -> Watchlist:
    """The list of one spreadsheet; its id is `id`, or else "uk-sanctions-list".

    Raises:
        WatchlistError: as `read_csv`; a broken archive or more than one sheet.
        InputError: the extra that reads XML safely is not installed.
    """
    rows = files.sheet_rows(
        path,
        source.defect,
        maximum=source.MAXIMUM_BYTES,
        most_rows=source.MAXIMUM_ROWS,
        longest=_LONGEST_ROW,
    )
    return _read(path, rows, id, exact=False)


def _read(
    path: Path,
    rows: Iterator[Row],
    id: str | None,
    *,
    exact: bool,
) -> Watchlist:
    """The list of rows; where not `exact`, blank cells at the end of a row are left out."""
    published, header = _head(path, rows)
    designations = _designations(path, rows, header, exact=exact)
    return uk_list.watchlist(path, id or uk_list.LIST_ID, published, designations)


def _head(path: Path, rows: Iterator[Row]) -> tuple[date, list[str]]:
    """The day of the list, and the columns."""
    published: date | None = None
    for _ in range(_ABOVE):
        line, cells = next(rows, (0, []))
        dated = _DATED.fullmatch(" ".join(filter(None, map(str.strip, cells))))
        if dated:
            published = dates.day(dated[1], "%d-%b-%Y", "%d/%m/%Y")
        elif any(cells):
            break
    if published is None:
        raise source.defect(path, 'no "Report Date: ..." that is a day above the header')
    return published, _header(path, line, [_OLD_NAMES.get(c.strip(), c.strip()) for c in cells])


def _header(path: Path, line: int, header: list[str]) -> list[str]:
    problems = [
        source.problem(path, f"unknown column {name!r}", line=line, hint=suggestion(name, _COLUMNS))
        for name in header
        if name not in _COLUMNS
    ]
    problems += [
        source.problem(path, f"column {name!r} twice", line=line)
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    if missing := sorted(_COLUMNS - set(header)):
        problems.append(source.problem(path, f"missing columns: {', '.join(missing)}", line=line))
    if problems:
        raise WatchlistError(problems)
    return header


def _designations(
    path: Path, rows: Iterator[Row], header: list[str], *, exact: bool
) -> list[Designation]:
    found: dict[str, Designation] = {}
    problems: list[Problem] = []
    for line, cells in rows:
        blank = len(header) - len(cells)
        if blank < 0 or (exact and blank):
            message = f"{len(cells)} cells where the header has {len(header)}"
            problems.append(source.problem(path, message, line=line))
            continue
        row = dict(zip(header, map(source.words, [*cells, *[""] * blank]), strict=True))
        number = row["Unique ID"]
        entry = found.setdefault(number, Designation(f"{path}:{line}", line))
        once = {name: row[name] for name in ONCE}
        entry.once = entry.once or once
        for name in (name for name in ONCE if once[name] != entry.once[name]):
            message = f"{name} of {number} is {once[name]!r}, and {entry.once[name]!r} before"
            problems.append(source.problem(path, message, line=line))
        for name, group in SEVERAL.items():
            if group.columns:
                entry.add(name, (row[column] for column in group.columns))
    if problems:
        raise WatchlistError(problems)
    return list(found.values())
