"""The words of the UK's consolidated list for days, births, names and places.

Publisher: HM Treasury, Office of Financial Sanctions Implementation (OFSI).
https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.listing import Identifier
from compliance.watchlists.source import once

LIST_ID: Final = "uk-ofsi"
TITLE: Final = "Consolidated List of Financial Sanctions Targets in the UK"
PUBLISHER: Final = "HM Treasury, OFSI"
URL: Final = (
    "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets"
)
GENDERS: Final[dict[str, Literal["female", "male"]]] = {"Female": "female", "Male": "male"}
EMPTY: Final = "n/a"
_DAY: Final = "%d/%m/%Y"
_ITEM = re.compile(r"(?:^|\s)\((\d{1,2})\)\s")
_SCRIPT = re.compile(r"(.+?) \(non-Latin script: (.+)\)")


def items(value: str) -> tuple[str, ...]:
    """The values of "(1) X (2) Y", or the one value."""
    first, *rest = _ITEM.split(value.strip())
    numbers, values = rest[::2], rest[1::2]
    if first or numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return (value.strip(" ."),)
    return tuple(text.strip(" .") for text in values)


def day(text: str) -> date | None:
    """The day that "11/02/2025" is, or None."""
    return dates.day(text.strip(" ."), _DAY)


def births(texts: Iterable[str]) -> tuple[str, ...]:
    """Births as `Listing.birth_dates` has them ("00/05/1960" is a month); none unless all are."""
    found = [dates.partial_day(text.strip(" .")) for text in texts]
    return once(found) if all(found) else ()


def name(parts: Iterable[str | None]) -> str:
    """The name that the parts Name 1 to Name 6 are, in this order; "n/a" is none."""
    return " ".join(part for part in parts if part and part != EMPTY)


def aliases(texts: Iterable[str]) -> tuple[str, ...]:
    """Aliases; one that is followed by its original script in brackets is two."""
    found: list[str] = []
    for text in texts:
        both = _SCRIPT.fullmatch(text)
        found += both.groups() if both else [text]
    return once(found)


def seat(address: str) -> str | None:
    """The country that an address ends with, before or without a postal code."""
    *_, before, last = ["", *(part.strip(" .") for part in address.split(","))]
    return country(last) or (country(before) if re.search(r"\d", last) else None)


def documents(passports: Iterable[str], national: Iterable[str]) -> tuple[Identifier, ...]:
    """Numbers of passports, then of national identity documents."""
    found = [Identifier("passport", number) for number in passports]
    return tuple(dict.fromkeys([*found, *(Identifier("national_id", x) for x in national)]))
