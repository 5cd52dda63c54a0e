"""The "bis-dpl-tsv" format: the Denied Persons List of BIS as its tab-separated file.

UTF-8, quoted cells, a header of twelve columns; one row for each name and address of a denied
person, so that a person with two addresses is two entries. Publisher: Bureau of Industry and
Security, U.S. Department of Commerce.

- id: rows have none; the first 16 hex digits of the SHA-256 of Name, Street_Address, City, State,
  Country, Postal_Code, Effective_Date and the ordinal of these in the file (0, then 1 for the first
  repeat of a row), separated by U+001F.
- listed_on: Effective_Date. delisted_on: Expiration_Date, the day the denial ends; an empty cell is
  a denial without end.
- "X A/K/A Y" and "X D/B/A Y" are a name and an alias.
- countries: as Country says; an empty or unreadable one is never guessed from the state or city.
- dates: Last_Update ("updated"), as printed: two rows of 2022 hold the years 2922 and 3017.
- The file has no date of its own: `published` is None.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Dated, Listing, Watchlist
from compliance.watchlists.measures import measured

_ADDRESS: Final = ("Street_Address", "City", "State", "Country", "Postal_Code")
_KEY: Final = ("Name", *_ADDRESS, "Effective_Date")
_DAYS: Final = ("Effective_Date", "Expiration_Date", "Last_Update")
_OTHERS: Final = ("Standard_Order", "Action", "FR_Citation")
_COLUMNS: Final = frozenset(("Name", *_ADDRESS, *_DAYS, *_OTHERS))
_ALSO = re.compile(r"\s+(?:A/K/A|D/B/A)\s+")


def read_dpl(path: Path, id: str | None = None) -> Watchlist:
    """The list from one file; its id is `id`, or else "bis-dpl".

    Raises:
        WatchlistError: missing or unknown columns, no row, a row of another length, and every row
            without a name or with a day that is none, with its line.
    """
    list_id = id or "bis-dpl"
    listings: list[Listing] = []
    problems: list[Problem] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for line, row in source.records(path, _COLUMNS, optional=frozenset(), delimiter="\t"):
        days = {column: dates.day(row[column], "%m/%d/%Y") for column in _DAYS}
        defects = _defects(row, days)
        problems += [source.problem(path, text, line=line) for text in defects]
        if defects:
            continue
        row_id = source.content_id(tuple(row[column] for column in _KEY), seen)
        listings.append(_listing(row, days, (row_id, list_id, f"{path}:{line}")))
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise source.defect(path, "no rows")
    found = Watchlist(
        id=list_id,
        title="Denied Persons List",
        listings=tuple(listings),
        publisher="BIS",
        entries_total=len(listings),
    )
    return measured(found, "bis-dpl", path)


def _defects(row: dict[str, str], days: dict[str, date | None]) -> list[str]:
    found = [] if row["Name"] else ["no Name"]
    for column in _DAYS:
        absent_is_fine = column != "Effective_Date" and not row[column]
        if days[column] is None and not absent_is_fine:
            found.append(f"{column} is not a day: {row[column]!r}")
    return found


def _listing(
    row: dict[str, str], days: dict[str, date | None], place: tuple[str, str, str]
) -> Listing:
    code = country(row["Country"]) if row["Country"] else None
    address = ", ".join(row[column] for column in _ADDRESS if row[column])
    said = (("Standard order", row["Standard_Order"]), ("Action", row["Action"]))
    updated = days["Last_Update"]
    name, *aliases = _ALSO.split(row["Name"])
    return Listing(
        id=place[0],
        list_id=place[1],
        name=name,
        aliases=tuple(aliases),
        countries=(code,) if code else (),
        addresses=(address,) if address else (),
        listed_on=days["Effective_Date"],
        delisted_on=days["Expiration_Date"],
        citation=row["FR_Citation"] or None,
        remarks="; ".join(f"{label}: {text}" for label, text in said if text) or None,
        source=place[2],
        dates=(Dated("updated", updated),) if updated else (),
    )
