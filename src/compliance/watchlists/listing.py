"""A listed party and the list that names it, as the publisher wrote them.

Nothing is guessed: a date, citation or policy that the publisher's file does not hold is None. Both
types are immutable; a list is addressed by the hash of its content.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cached_property
from typing import Final, Literal

from compliance.model.truth import Truth

ListingKind = Literal[
    "organization", "person", "public_body", "wallet", "vessel", "aircraft", "address", "unknown"
]
REVIEW: Final = "review"
"""The measure of an entry of which nobody says what it means in law: a person reads the list."""


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A number issued to a party: scheme ("lei", "uscc", "wallet" ...) and value as published."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Dated:
    """A day that the publisher gives beside listing and delisting, and what happened on it."""

    what: str
    day: date


@dataclass(frozen=True, slots=True)
class Listing:
    """One entry of one list.

    `weak_aliases` are names that the publisher itself calls weak or low quality. `countries` (of
    incorporation, seat or address) and `nationalities` are ISO 3166 alpha-2. `birth_dates` are as
    exact as published: "1960", "1960-05", "1960-05-17", or a range "1960/1963". `dates` are the
    other days the publisher gives. `published` is the date of the list it was read from.
    `measures` are what the entry stands for in law, sorted (rules/data/measures.yaml). An entry of
    the kind "address" names a place and nobody: whoever is there is meant.
    `possibly_from`: the entry may be in force from that day on already, before `listed_on`, which
    is then the day it was printed.
    `license_requirement`, `license_policy` and `remarks` are the publisher's words, shortened where
    long; `footnotes` are the publisher's marks ("4"). `source` is the file or row it came from.
    """

    id: str
    list_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ListingKind = "unknown"
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    listed_on: date | None = None
    delisted_on: date | None = None
    citation: str | None = None
    license_requirement: str | None = None
    license_policy: str | None = None
    footnotes: tuple[str, ...] = ()
    remarks: str | None = None
    source: str = ""
    published: date | None = None
    weak_aliases: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    gender: Literal["female", "male"] | None = None
    dates: tuple[Dated, ...] = ()
    measures: tuple[str, ...] = (REVIEW,)
    possibly_from: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases, the weak ones last, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.weak_aliases)))

    @property
    def marks(self) -> tuple[str, ...]:
        """The programmes, then the publisher's footnotes as words ("footnote 4")."""
        return (*self.programmes, *(f"footnote {mark}" for mark in self.footnotes))

    def active(self, as_of: date) -> Truth:
        """Whether the entry was in force on a day.

        From `listed_on` to the day before `delisted_on`; unknown from `possibly_from` to the day
        before `listed_on`. Without `listed_on`: true from the day of the list that shows it,
        unknown before; true throughout where the list has no date either, for then its owner
        vouches for it as it stands.
        """
        if self.delisted_on is not None and as_of >= self.delisted_on:
            return Truth.FALSE
        if self.listed_on is not None:
            if as_of < self.listed_on and self.possibly_from is not None:
                return Truth.UNKNOWN if as_of >= self.possibly_from else Truth.FALSE
            return Truth.of(as_of >= self.listed_on)
        if self.published is None or as_of >= self.published:
            return Truth.TRUE
        return Truth.UNKNOWN


@dataclass(frozen=True)
class Watchlist:
    """A list of one publisher at one date.

    `complete` is False for an excerpt: a party not found in it may still be on the publisher's
    list; `entries_total` is how many entries it has. `stale_after_days` counts from `published`.
    """

    id: str
    title: str
    listings: tuple[Listing, ...]
    publisher: str = ""
    published: date | None = None
    url: str = ""
    note: str = ""
    complete: bool = True
    entries_total: int | None = None
    stale_after_days: int | None = None

    @cached_property
    def snapshot(self) -> str:
        """SHA-256, in hex, of the canonical JSON of everything the list holds.

        The `source` of an entry is left out: the same content from another path is the same list.
        """
        content = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "listings"
        }
        rows = [asdict(listing) for listing in self.listings]
        for row in rows:
            del row["source"]
        content["listings"] = rows
        text = json.dumps(
            content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_date_text
        )
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def age(self, as_of: date) -> int | None:
        """Days from publication to a day (negative before it); None where the list has no date."""
        return None if self.published is None else (as_of - self.published).days

    def stale(self, as_of: date) -> Truth:
        """Whether the list is older than its limit; unknown where it has a limit but no date."""
        if self.stale_after_days is None:
            return Truth.FALSE
        age = self.age(as_of)
        return Truth.of(None if age is None else age > self.stale_after_days)


def _date_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not part of a listing")
