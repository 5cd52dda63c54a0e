"""The reviewed words and amounts of address reading, from `rules/data/addresses.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.thresholds import AddressThresholds, thresholds

_FILE: Final = "data/addresses.yaml"
_SHORT: Final = 3  # letters
Portion = Annotated[Decimal, Field(gt=0, le=1)]
Amount = Annotated[int, Field(ge=1)]


class _Agreement(Strict):
    unit: Portion
    building: Portion
    other_unit: Portion
    box: Portion


class _Factors(Strict):
    city_unknown: Portion


class _Weights(Strict):
    generic: Portion
    ordinal: Portion
    letter: Portion
    short: Portion
    numbered: Portion
    common: Portion
    distinctive: Portion


class _Shared(Strict):
    address: str
    what: str


class AddressesTable(Strict):
    """The shape of addresses.yaml."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Amount
    agreement: _Agreement
    factors: _Factors
    weights: _Weights
    roads: str
    road_suffixes: str
    numbered_roads: dict[str, str]
    spellings: dict[str, str]
    directions: dict[str, str]
    street_ends: dict[str, str]
    months: str
    numbers: str
    second_numbers: dict[str, str]
    not_houses: str
    units: dict[str, str]
    boxes: str
    ordinals: str
    districts: str
    not_places: str
    generic: str
    common: str
    cities: str
    cities_of_words: Listed[str]
    city_states: dict[str, str]
    city_spellings: dict[str, str]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]
    known_shared: Listed[_Shared]
    chinese_parts: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class AddressWords:
    """The table, split for look-up.

    `cities`, `numbered_roads`, `spellings` and `street_ends` map each spelling to the one that
    stands for it; `dropped` are the words that say
    what a name or a number is of, and nothing else.
    """

    version: int
    amounts: Mapping[str, float]
    equal_letters: int
    alike_letters: int
    reach: int
    many: int
    span: int
    roads: frozenset[str]
    road_suffixes: tuple[str, ...]
    numbered_roads: Mapping[str, str]
    spellings: Mapping[str, str]
    directions: Mapping[str, str]
    street_ends: Mapping[str, str]
    months: frozenset[str]
    numbers: frozenset[str]
    second_numbers: Mapping[str, str]
    not_houses: frozenset[str]
    units: Mapping[str, str]
    boxes: frozenset[str]
    dropped: frozenset[str]
    ordinals: frozenset[str]
    districts: frozenset[str]
    not_places: frozenset[str]
    generic: frozenset[str]
    common: frozenset[str]
    cities: Mapping[str, str]
    cities_of_words: re.Pattern[str]
    city_states: Mapping[str, str]
    related_countries: tuple[frozenset[str], ...]
    known_shared: tuple[tuple[str, str], ...]
    chinese_parts: Mapping[str, str]

    def weight(self, word: str) -> float:
        """How much a word of a street says, above 0 and up to 1."""
        if word in self.generic or word in self.districts:
            return self.amounts["generic"]
        if word[0].isdigit():
            return self.amounts["ordinal"]
        if word[-1].isdigit():
            return self.amounts["numbered"]
        if len(word) <= _SHORT:
            return self.amounts["short" if len(word) == _SHORT else "letter"]
        return self.amounts["common" if word in self.common else "distinctive"]

    def related(self, one: str, other: str) -> bool:
        """Whether an address in one country is at times printed under the other."""
        return any(one in group and other in group for group in self.related_countries)


@cache
def words() -> AddressWords:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / _FILE)


def read(path: Path, limits: AddressThresholds | None = None) -> AddressWords:
    """A table from a file in the layout of `rules/data/addresses.yaml`, with thresholds.

    Those are the shipped ones, unless others are given.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    limits = thresholds().addresses if limits is None else limits
    findings = Findings()
    document, table = findings.read_only(path, AddressesTable)
    cities = {city: city for city in table.cities.split()}
    for city, spellings in table.city_spellings.items():
        if city not in cities:
            findings.report(document, ("city_spellings", city), f"no city {city!r}", key=True)
        cities |= dict.fromkeys(spellings.replace("'", "").split(), city)
    findings.settle()
    sections = (table.agreement, table.factors, table.weights)
    amounts = {name: float(value) for section in sections for name, value in section}
    amounts |= {
        "street_weight": float(limits.street_weight),
        "street_weight_alone": float(limits.street_weight_alone),
        "street_overlap": float(limits.street_overlap),
    }
    return AddressWords(
        version=table.version,
        amounts=MappingProxyType(amounts),
        equal_letters=limits.equal_letters,
        alike_letters=limits.alike_letters,
        reach=limits.reach,
        many=limits.many,
        span=limits.span,
        roads=frozenset(table.roads.split()),
        road_suffixes=tuple(table.road_suffixes.split()),
        numbered_roads=_by_spelling(table.numbered_roads),
        spellings=_by_spelling(table.spellings),
        directions=MappingProxyType(table.directions),
        street_ends=_by_spelling(table.street_ends),
        months=frozenset(table.months.split()),
        numbers=frozenset(table.numbers.split()),
        second_numbers=MappingProxyType(table.second_numbers),
        not_houses=frozenset(table.not_houses.split()),
        units=MappingProxyType(
            {word: kind for kind, text in table.units.items() for word in text.split()}
        ),
        boxes=frozenset(table.boxes.split()),
        dropped=frozenset(f"{table.roads} {table.numbers} {table.boxes}".split()),
        ordinals=frozenset(table.ordinals.split()),
        districts=frozenset(table.districts.split()),
        not_places=frozenset(table.not_places.split()),
        generic=frozenset(table.generic.split()),
        common=frozenset(table.common.split()),
        cities=MappingProxyType(cities),
        cities_of_words=re.compile(rf"\b(?:{'|'.join(map(re.escape, table.cities_of_words))})\b"),
        city_states=MappingProxyType(table.city_states),
        related_countries=tuple(map(frozenset, table.related_countries)),
        known_shared=tuple((row.address, row.what) for row in table.known_shared),
        chinese_parts=MappingProxyType(table.chinese_parts),
    )


def _by_spelling(rows: Mapping[str, str]) -> Mapping[str, str]:
    """The word of each spelling, its own included."""
    found = {word: word for word in rows}
    found.update((other, word) for word, others in rows.items() for other in others.split())
    return MappingProxyType(found)
