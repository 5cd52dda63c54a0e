"""The "ita-csl-csv" format: the US Consolidated Screening List as comma-separated UTF-8.

Publisher: the International Trade Administration. Its page, under "CSV":
https://www.trade.gov/consolidated-screening-list

A header of 29 columns, or the older one of 28 without `_id`; each row is one listing. Invariants:

- the id is the abbreviation of the source and a number: "SDN:21944" by `entity_number`, else
  "EL:4398d33e..." by `_id`, else "EL:32 Group China Ltd." by `name`. `_id` alone is not unique (a
  party on two of OFAC's lists has one number). A repeated id gets "#2", "#3" in file order;
- programmes are that abbreviation, the parentheses of `source` ("EL", "NS-MBS"), then `programs`;
- cells of several values are separated by ";"; an "and" that begins a later value is dropped;
- `end_date` is `delisted_on` on the Denied Persons List alone, where it is the end of the denial;
  on another it is the day "ends" of `dates`;
- a country is the alpha-2 code or name that ends an address, or a vessel's flag; an address that
  ends with neither ("AZ, 85043") gives none;
- `ids` is "value, label" in the older files and "label, value" in the newer: numbers of the labels
  in the table below are identifiers (an LEI or IMO number only of its form), the sex is `gender`,
  everything else is left out;
- the file has no day of publication and no mark of weak aliases: neither is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.source import defect, once, problem, records

LIST_ID: Final = "ita-csl"
URL: Final = "https://www.trade.gov/consolidated-screening-list"
COLUMNS: Final = frozenset(
    {
        "source",
        "entity_number",
        "type",
        "programs",
        "name",
        "title",
        "addresses",
        "federal_register_notice",
        "start_date",
        "end_date",
        "standard_order",
        "license_requirement",
        "license_policy",
        "call_sign",
        "vessel_type",
        "gross_tonnage",
        "gross_registered_tonnage",
        "vessel_flag",
        "vessel_owner",
        "remarks",
        "source_list_url",
        "alt_names",
        "citizenships",
        "dates_of_birth",
        "nationalities",
        "places_of_birth",
        "source_information_url",
        "ids",
    }
)
_KINDS: Final[MappingProxyType[str, ListingKind]] = MappingProxyType(
    {
        "individual": "person",
        "entity": "organization",
        "vessel": "vessel",
        "aircraft": "aircraft",
    }
)
_GENDERS: Final[MappingProxyType[str, Literal["female", "male"]]] = MappingProxyType(
    {"Female": "female", "Male": "male"}
)
_SCHEMES: Final = MappingProxyType(
    {
        "Aircraft Tail Number": "tail_number",
        "ISIN": "isin",
        "Legal Entity Number": "lei",
        "MMSI": "mmsi",
        "National ID No.": "national_id",
        "Passport": "passport",
        "Registration ID": "registration",
        "Registration Number": "registration",
        "SWIFT/BIC": "swift",
        "Tax ID No.": "tax",
        "Unified Social Credit Code (USCC)": "uscc",
        "Vessel Registration Identification": "imo",
    }
)
# What a number of a scheme looks like, where the publisher's cells hold others too.
_FORMS: Final = MappingProxyType(
    {
        "imo": re.compile(r"\d{7}"),
        "lei": re.compile(r"[0-9A-Z]{18}\d\d"),
        "passport": re.compile(r".*\d.*"),
    }
)
_WALLET: Final = "Digital Currency Address - "
_DENIED: Final = "DPL"
_SOURCE = re.compile(r"\(([A-Z][A-Z-]*)(?: List)?\)")
_AND = re.compile(r"^and\s+")


def read_csv(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of one file; its id is `id`, or else "ita-csl".

    Raises:
        WatchlistError: missing columns, a broken quote, a row of another length, a row without
            source or name, a start or end that is no day; each with its line.
    """
    list_id = id or LIST_ID
    listings: list[Listing] = []
    problems: list[Problem] = []
    seen: Counter[str] = Counter()
    for line, row in records(path, COLUMNS):
        found = _refusals(row)
        problems += [problem(path, text, line=line) for text in found]
        if not found:
            id_ = _id(row)
            seen[id_] += 1
            if seen[id_] > 1:
                id_ = f"{id_}#{seen[id_]}"
            listings.append(_listing(row, id_, list_id, f"{path}:{line}"))
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise defect(path, "no rows")
    return Watchlist(
        id=list_id,
        title="Consolidated Screening List",
        listings=tuple(listings),
        publisher="International Trade Administration, US Department of Commerce",
        url=URL,
    )


def _refusals(row: dict[str, str]) -> list[str]:
    found = [f"no {column}" for column in ("source", "name") if not row[column]]
    return found + [
        f"{column} {row[column]!r} is not a day"
        for column in ("start_date", "end_date")
        if row[column] and dates.day(row[column]) is None
    ]


def _id(row: dict[str, str]) -> str:
    number = row["entity_number"] or row.get("_id") or _words(row["name"])
    return f"{_abbreviation(row['source'])}:{number}"


def _abbreviation(source: str) -> str:
    """What stands in the parentheses of `source`; where there are none, its words."""
    found = _SOURCE.search(source)
    return found[1] if found else source.partition(" - ")[0]


def _listing(row: dict[str, str], id_: str, list_id: str, source: str) -> Listing:
    listed_in = _abbreviation(row["source"])
    addresses = _several(row["addresses"])
    denied = listed_in == _DENIED
    ended = dates.day(row["end_date"])
    items = [item.split(", ") for item in _several(row["ids"])]
    return Listing(
        id=id_,
        list_id=list_id,
        name=_words(row["name"]),
        aliases=_several(row["alt_names"]),
        kind=_KINDS.get(row["type"].lower(), "unknown"),
        countries=once([*(_seat(text) for text in addresses), country(row["vessel_flag"])]),
        addresses=addresses,
        programmes=once([listed_in, *_several(row["programs"])]),
        identifiers=tuple(dict.fromkeys(found for item in items if (found := _number(item)))),
        listed_on=dates.day(row["start_date"]),
        delisted_on=ended if denied else None,
        citation=_words(row["federal_register_notice"]) or None,
        license_requirement=_words(row["license_requirement"]) or None,
        license_policy=_words(row["license_policy"]) or None,
        remarks=_words(row["remarks"]) or None,
        source=source,
        nationalities=once(
            country(text)
            for column in ("nationalities", "citizenships")
            for text in _several(row[column])
        ),
        birth_dates=once(dates.birth(text) for text in _several(row["dates_of_birth"])),
        gender=_gender(items),
        dates=(Dated("ends", ended),) if ended and not denied else (),
    )


def _seat(address: str) -> str | None:
    """The country that ends an address: "..., Yerevan, Armenia, AM"."""
    return country(address.rpartition(", ")[2])


def _number(item: list[str]) -> Identifier | None:
    """The number of one of `ids`: "CN, 9111..., label" or "label, 9111..., CN"."""
    if len(item) < 2:
        return None
    for label, cell in ((item[-1], item[-2]), (item[0], item[1])):
        scheme = "wallet" if label.startswith(_WALLET) else _SCHEMES.get(label)
        if scheme:
            value = cell.removeprefix("IMO ").strip()
            form = _FORMS.get(scheme)
            return Identifier(scheme, value) if form is None or form.fullmatch(value) else None
    return None


def _gender(items: Iterable[list[str]]) -> Literal["female", "male"] | None:
    for item in items:
        if "Gender" in item:
            return next((_GENDERS[part] for part in item if part in _GENDERS), None)
    return None


def _words(text: str) -> str:
    """The text with its white space made single."""
    return " ".join(text.split())


def _several(cell: str) -> tuple[str, ...]:
    first, *more = [_words(part) for part in cell.split(";")]
    return once([first, *(_AND.sub("", part) for part in more)])
