"""The "gleif-csv" format: names with their LEI, from an extract of GLEIF's level-1 data as CSV.

The columns are those of the open `entityidentity` table of companies: name, country, lei, aliases,
address. A register and no sanctions list: a hit says who a party is, and accuses nobody. GLEIF on
its data (CC0): https://www.gleif.org/en/lei-data/access-and-use-lei-data Invariants:

- the id is the LEI, else "SOURCE:" and a hash of name and country (rows that are not from GLEIF);
- a row without a name that has a letter or digit is left out, for GLEIF gives some names in other
  scripts than this extract; how many is told in the list's `note`;
- an LEI without its form or with wrong check digits (ISO 17442) is no identifier: it stays in the
  remarks, and how many there are is told in the `note`;
- the file has no category and sole proprietors have LEIs too: the kind is "unknown". It has no day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from compliance.errors import Problem, WatchlistError
from compliance.names import normalize
from compliance.places import country
from compliance.watchlists import checksums, source
from compliance.watchlists.listing import Identifier, Listing, Watchlist
from compliance.watchlists.measures import measured

LIST_ID: Final = "gleif"
_ALIASES: Final = ("alias1", "alias2", "alias3", "alias4", "alias5")
_ADDRESS: Final = ("address", "city", "postal_code")
COLUMNS: Final = frozenset(
    ("name", "name_norm", "country", "lei", "wikidata_qid", "source", *_ALIASES, *_ADDRESS)
)


def read_gleif(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The names of one file; the list's id is `id`, or else "gleif".

    Raises:
        WatchlistError: missing columns, a row of another length, an LEI that stands twice, a
            country that is none; each with its line.
    """
    list_id = id or LIST_ID
    problems: list[Problem] = []
    listings: list[Listing] = []
    lines: dict[str, int] = {}
    seen: Counter[tuple[str, ...]] = Counter()
    nameless = broken = 0
    for line, row in source.records(path, COLUMNS):
        code = country(row["country"])
        lei = "" if checksums.lei(row["lei"]) else row["lei"]
        if lei and lines.setdefault(lei, line) != line:
            message = f"LEI {lei} twice: first on line {lines[lei]}"
            problems.append(source.problem(path, message, line=line))
        if row["country"] and code is None:
            message = f"{row['country']!r} is not a country"
            problems.append(source.problem(path, message, line=line))
        if not normalize(row["name"]):
            nameless += 1
            continue
        broken += row["lei"] != lei
        aliases = source.once(row[column] for column in _ALIASES)
        address = ", ".join(filter(None, (row[column] for column in _ADDRESS)))
        numbers = (("lei", lei), ("wikidata", row["wikidata_qid"]))
        hashed = source.content_id((row["name"], row["country"]), seen)
        listings.append(
            Listing(
                id=lei or f"{row['source']}:{hashed}",
                list_id=list_id,
                name=row["name"],
                aliases=tuple(alias for alias in aliases if normalize(alias)),
                countries=(code,) if code else (),
                addresses=(address,) if address else (),
                identifiers=tuple(Identifier(scheme, value) for scheme, value in numbers if value),
                remarks=_remarks(row, lei),
                source=f"{path}:{line}",
            )
        )
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise source.defect(path, "no rows")
    found = Watchlist(
        id=list_id,
        title="Legal Entity Identifiers (level 1)",
        publisher="Global Legal Entity Identifier Foundation",
        url="https://www.gleif.org/en/lei-data/access-and-use-lei-data",
        listings=tuple(listings),
        note=(
            f"an extract of a register; {nameless} rows without a name left out; "
            f"{broken} LEI with wrong check digits"
        ),
        complete=False,
    )
    return measured(found, LIST_ID, path)


def _remarks(row: Mapping[str, str], lei: str) -> str:
    origin = f"Source: {row['source']}"
    return origin if row["lei"] == lei else f"{origin}; not a valid LEI: {row['lei']}"
