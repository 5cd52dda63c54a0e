"""A list read from a folder of its raw files, the same way on import and ever after.

A list whose files hold no date gets the day it was retrieved on, and so do its entries: on earlier
days they are unknown, not active. The `source` of an entry names the file, not the folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from compliance.errors import ComplianceError, Problem
from compliance.watchlists.formats import read
from compliance.watchlists.listing import Watchlist


@dataclass(frozen=True, slots=True)
class Reading:
    """How raw files become a list; `undated` is the day of a list whose files hold none."""

    list_id: str
    format: str
    undated: date
    stale_after_days: int | None


def read_files(folder: Path, names: Sequence[str], reading: Reading) -> tuple[Watchlist, bool]:
    """The list in the files of a folder, and whether its publisher dated it.

    Raises:
        ComplianceError: what the reader of the format refuses; places name files of the folder.
    """
    path = folder if len(names) > 1 else folder / names[0]
    before = f"{folder}/"
    try:
        found = read(reading.format, path, reading.list_id)
    except ComplianceError as error:
        raise type(error)(_within(problem, before) for problem in error.problems) from error
    dated = found.published is not None
    listings = tuple(
        replace(
            listing,
            source=listing.source.removeprefix(before),
            published=listing.published if dated or listing.published else reading.undated,
        )
        for listing in found.listings
    )
    whole = replace(
        found,
        listings=listings,
        published=found.published or reading.undated,
        stale_after_days=reading.stale_after_days,
    )
    return whole, dated


def _within(problem: Problem, before: str) -> Problem:
    return replace(
        problem,
        source=problem.source.removeprefix(before),
        message=problem.message.replace(before, ""),
    )
