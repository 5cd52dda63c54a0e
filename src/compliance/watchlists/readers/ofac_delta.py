"""The "ofac-sdn-deltas" and "ofac-consolidated-deltas" formats: a list of OFAC, brought up to date.

A folder with the whole list as SDN.XML or SDN_ADVANCED.XML (CONSOLIDATED.XML, CONS_ADVANCED.XML),
the delta files that OFAC published since (2026-09-23_delta.xml, .../changes/ID), and the
publisher's history of publications (history.json, .../changes/history/YEAR; of several years,
history_2025.json ...). Nothing in a delta file says what it must be applied to; so the base is held
to what can be checked, and refused where

- it has no day, a delta is of an earlier day, or of a day on which nothing was published;
- the history does not show one publication on the day of the base, or shows one after it, up to the
  last delta, that no delta file is there for;
- an entity is added that the base has already, changed or removed that it has not, bears another
  name there, or loses what the base does not say of it.

One delta file is of all lists: an entity counts by the list that it is on. What is added is read
as in SDN.XML; listed_on is the day that the delta gives for the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.errors import WatchlistError
from compliance.watchlists import dates
from compliance.watchlists.list_file import defect, json_value, problem
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers import ofac_advanced, ofac_xml
from compliance.watchlists.readers.ofac_delta_changes import apply, read_delta
from compliance.watchlists.readers.ofac_xml import CONSOLIDATED_ID, LIST_ID

_HISTORY = re.compile(r"history.*\.json", re.IGNORECASE)
_DELTA = re.compile(r"\d{4}-\d\d-\d\d_delta\.xml(?:\.gz)?", re.IGNORECASE)
_Read = Callable[[Path], Watchlist]
_BASES: Final[dict[str, dict[str, _Read]]] = {
    LIST_ID: {"sdn.xml": ofac_xml.read_sdn, "sdn_advanced.xml": ofac_advanced.read_sdn},
    CONSOLIDATED_ID: {
        "consolidated.xml": ofac_xml.read_consolidated,
        "cons_advanced.xml": ofac_advanced.read_consolidated,
    },
}


def _read(kind: str, path: Path, id: str | None = None) -> Watchlist:
    """The list of a folder; its id is `id`, or else its `kind`.

    Raises:
        WatchlistError: the base or a delta is not of its format; no base, or two; the deltas do
            not fit the base or each other.
        InputError: the extra that reads XML safely is not installed.
    """
    if not path.is_dir():
        raise defect(path, "not a folder with a list, its deltas and their history")
    try:
        files = sorted(path.iterdir())
    except OSError as error:
        raise defect(path, error.strerror or str(error)) from error
    base = _base(kind, path, files)
    deltas = [read_delta(file) for file in files if _DELTA.fullmatch(file.name)]
    deltas.sort(key=lambda delta: (delta.published, delta.path.name))
    history = [file for file in files if _HISTORY.fullmatch(file.name)]
    days = sorted(day for file in history for day in _publications(file))
    _check_chain(path, base, [delta.published for delta in deltas], days)
    for delta in deltas:
        base = apply(base, delta, kind)
    if id is None:
        return base
    listings = tuple(replace(listing, list_id=id) for listing in base.listings)
    return replace(base, id=id, listings=listings)


read_sdn: Final = partial(_read, LIST_ID)
"""The SDN List; its id is "ofac-sdn" unless given."""
read_consolidated: Final = partial(_read, CONSOLIDATED_ID)
"""OFAC's list of parties that are not SDNs; its id is "ofac-consolidated" unless given."""


def _base(kind: str, folder: Path, files: Sequence[Path]) -> Watchlist:
    """The whole list in a folder."""
    found = [
        (file, read)
        for file in files
        for name, read in _BASES[kind].items()
        if file.name.lower() in (name, f"{name}.gz", f"{name}.zip")
    ]
    if len(found) != 1:
        expected = " or ".join(_BASES[kind])
        raise defect(folder, f"{len(found)} whole lists where one is expected", hint=expected)
    file, read = found[0]
    return read(file)


def _check_chain(folder: Path, base: Watchlist, have: Sequence[date], days: Sequence[date]) -> None:
    """Refuse deltas that are not all of those between the base and the last of them."""
    first = base.published
    if first is None or days.count(first) != 1:
        known = days.count(first) if first else 0
        message = f"{known} publications on the day of the list, {first}"
        raise defect(folder, message, hint="history.json shows one on that day, and all since")
    wanted = [day for day in days if first < day <= max(have, default=first)]
    for day in sorted({*wanted, *have}):
        if wanted.count(day) != have.count(day):
            found, published = have.count(day), wanted.count(day)
            message = f"{found} delta files of {day}, and {published} publications"
            hint = "every publication since the list is needed, once"
            raise defect(folder, message, hint=hint)


def _publications(path: Path) -> Iterator[date]:
    """The days of the publications in a history."""
    value: Any = json_value(path)
    if not isinstance(value, list):
        raise defect(path, "not a list of publications")
    for number, item in enumerate(value):
        text = item.get("datePublished") if isinstance(item, dict) else None
        day = dates.day(text[:10]) if isinstance(text, str) else None
        if day is None:
            raise WatchlistError(problem(path, "no datePublished that is a day", where=str(number)))
        yield day
