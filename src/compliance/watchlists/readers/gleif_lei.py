"""The "gleif-lei-csv" format: the level-1 file of GLEIF's golden copy, or a part of it, as CSV.

https://www.gleif.org/en/lei-data/gleif-golden-copy Plain, gzip or the ZIP that GLEIF gives. Its
columns are those of `compliance.ownership.readers.gleif_golden`. A register and no sanctions list:
a hit says who a party is, and accuses nobody. Invariants:

- a column that the format does not have, or one missing, a category or a status that is not
  known, an LEI with wrong check digits or a country that is none refuse the file, with the line;
- aliases: the other names and the transliterated ones, whatever their type;
- countries: of the legal jurisdiction, the legal address and the headquarters;
- a sole proprietor is a person, every other category an organization;
- statuses other than ACTIVE and ISSUED are in the remarks. The file has no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.errors import Problem
from compliance.names import normalize
from compliance.ownership.readers.gleif_golden import NEEDED, unknown
from compliance.places import country
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.matching import checksums
from compliance.watchlists.measures import measured

LIST_ID: Final = "gleif"
_COLUMNS: Final = NEEDED["entity"] | {
    "Entity.EntityCategory",
    "Entity.LegalJurisdiction",
    "Entity.LegalAddress.FirstAddressLine",
    "Entity.LegalAddress.Country",
    "Entity.HeadquartersAddress.Country",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID",
}
_KINDS: Final[Mapping[str, ListingKind]] = {
    "": "unknown",
    "SOLE_PROPRIETOR": "person",
    **dict.fromkeys(
        ("GENERAL", "FUND", "BRANCH", "RESIDENT_GOVERNMENT_ENTITY", "INTERNATIONAL_ORGANIZATION"),
        "organization",
    ),
}
_ENTITY: Final = frozenset(("ACTIVE", "INACTIVE", "NULL"))
_REGISTRATION: Final = frozenset(
    (
        *("PENDING_VALIDATION", "ISSUED", "DUPLICATE", "LAPSED", "MERGED", "RETIRED", "ANNULLED"),
        *("CANCELLED", "TRANSFERRED", "PENDING_TRANSFER", "PENDING_ARCHIVAL"),
    )
)
_STATUSES: Final = (
    ("Entity.EntityStatus", _ENTITY, "ACTIVE", "Entity"),
    ("Registration.RegistrationStatus", _REGISTRATION, "ISSUED", "Registration"),
)
_NAMES: Final = ("Entity.OtherEntityNames.", "Entity.TransliteratedOtherEntityNames.")
_SEATS: Final = ("Entity.LegalAddress", "Entity.HeadquartersAddress")
_LINES: Final = (
    "FirstAddressLine",
    *(f"AdditionalAddressLine.{number}" for number in range(1, 10)),
    "City",
    "Region",
    "PostalCode",
    "Country",
)


def read_gleif_lei(path: Path, id: str | None = None) -> Watchlist:
    """The names of one file; the list's id is `id`, or else "gleif".

    Raises:
        WatchlistError: the header is another; every row that does not fit; each with its line.
    """
    list_id = id or LIST_ID
    problems: list[Problem] = []
    listings: dict[str, Listing] = {}
    for line, row in source.records(path, _COLUMNS):
        if not listings and not problems and (found := unknown("entity", row)):
            raise source.defect(path, f"unknown columns: {', '.join(found)}", line=1)
        lei = row["LEI"]
        defects = [*_defects(row), *([f"LEI {lei} twice"] if lei in listings else ())]
        problems += [source.problem(path, text, line=line) for text in defects]
        if not defects:
            listings[lei] = _listing(row, list_id, f"{path}:{line}")
    source.check_entries(path, listings, problems, "no rows")
    found_list = Watchlist(
        id=list_id,
        title="Legal Entity Identifiers (level 1)",
        publisher="Global Legal Entity Identifier Foundation",
        url="https://www.gleif.org/en/lei-data/gleif-golden-copy",
        listings=tuple(listings.values()),
        note="a register of ordinary companies",
        complete=False,
    )
    return measured(found_list, LIST_ID, path)


def _defects(row: Mapping[str, str]) -> Iterator[str]:
    if checksums.lei(row["LEI"]):
        yield f"{row['LEI']!r} is not an LEI"
    if not normalize(row["Entity.LegalName"]):
        yield "Entity.LegalName has no letter and no digit"
    if row["Entity.EntityCategory"] not in _KINDS:
        yield f"unknown EntityCategory {row['Entity.EntityCategory']!r}"
    for column, words, _, _ in _STATUSES:
        if row[column] not in words:
            yield f"unknown {column.rpartition('.')[2]} {row[column]!r}"
    for text in _places(row):
        if country(text) is None:
            yield f"{text!r} is not a country"


def _places(row: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of countries; a jurisdiction may be a part of one, "US-DE"."""
    jurisdiction = row["Entity.LegalJurisdiction"].partition("-")[0]
    return source.once([jurisdiction, *(row[f"{seat}.Country"] for seat in _SEATS)])


def _listing(row: Mapping[str, str], list_id: str, where: str) -> Listing:
    others = (
        cell
        for column, cell in row.items()
        if column.startswith(_NAMES) and column[-1].isdigit() and normalize(cell)
    )
    number = row["Entity.RegistrationAuthority.RegistrationAuthorityEntityID"]
    remarks = [
        f"{label} status: {row[column]}"
        for column, _, usual, label in _STATUSES
        if row[column] != usual
    ]
    return Listing(
        id=row["LEI"],
        list_id=list_id,
        name=row["Entity.LegalName"],
        aliases=source.once(others),
        kind=_KINDS[row["Entity.EntityCategory"]],
        countries=source.once(map(country, _places(row))),
        addresses=source.once(_address(row, seat) for seat in _SEATS),
        identifiers=(
            Identifier("lei", row["LEI"]),
            *([Identifier("registration", number)] if number else ()),
        ),
        remarks="; ".join(remarks) or None,
        source=where,
    )


def _address(row: Mapping[str, str], seat: str) -> str:
    return ", ".join(filter(None, (row.get(f"{seat}.{line}", "") for line in _LINES)))
