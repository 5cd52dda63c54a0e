"""The "ita-csl-csv" format: the US Consolidated Screening List as comma-separated UTF-8.

Publisher: the International Trade Administration. Its page, under "CSV":
https://www.trade.gov/consolidated-screening-list

A header of 29 columns, or the older one of 28 without `_id`; each row is one listing, made as `csl`
tells. Of the file itself:

- cells of several values are separated by ";"; an "and" that begins a later value is dropped;
- a country is the alpha-2 code or name that ends an address, or a vessel's flag; an address that
  ends with neither ("AZ, 85043") gives none;
- `ids` is "value, label" in the older files and "label, value" in the newer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from compliance.watchlists.list_file import records
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers import csl, us_identifiers
from compliance.watchlists.readers.csl import Entry, several

COLUMNS: Final = (
    csl.TEXTS
    | csl.LISTS
    | {
        "title",
        "addresses",
        "standard_order",
        "call_sign",
        "vessel_type",
        "gross_tonnage",
        "gross_registered_tonnage",
        "vessel_owner",
        "source_list_url",
        "places_of_birth",
        "source_information_url",
        "ids",
    }
)
_OPTIONAL: Final = frozenset({"_id"})


def read_csv(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "ita-csl".

    Raises:
        WatchlistError: missing or unknown columns, a broken quote, a row of another length, a row
            without source or name, of an unknown type, a start or end that is no day; each with
            its line.
    """
    found = records(path, COLUMNS, optional=_OPTIONAL)
    return csl.watchlist(path, id, (_entry(line, row) for line, row in found))


def _entry(line: int, row: Mapping[str, str]) -> Entry:
    addresses = several(row["addresses"])
    items = [item.split(", ") for item in several(row["ids"])]
    return Entry(
        line=line,
        where="",
        texts={column: row[column] for column in csl.TEXTS},
        lists={column: several(row[column]) for column in csl.LISTS},
        own_id=row.get("_id", ""),
        addresses=addresses,
        places=tuple(address.rpartition(", ")[2] for address in addresses),
        numbers=tuple(pair for item in items if (pair := _number(item))),
        said=row["ids"],
    )


def _number(item: list[str]) -> tuple[str, str] | None:
    """Label and value of one of `ids`: "CN, 9111..., label" or "label, 9111..., CN"."""
    if len(item) > 1:
        for label, value in ((item[-1], item[-2]), (item[0], item[1])):
            if label == us_identifiers.GENDER or us_identifiers.scheme(label):
                return label, value
    return None
