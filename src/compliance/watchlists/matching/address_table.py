"""The reviewed words and amounts of address reading, from `rules/data/addresses.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from compliance.tables import Findings, Listed, Strict, Words, WordSet
from compliance.tables.embedded import shipped
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


def _by_spelling(rows: dict[str, str]) -> dict[str, str]:
    """The word of each spelling, its own included."""
    found = {word: word for word in rows}
    found.update((other, word) for word, others in rows.items() for other in others.split())
    return found


def _by_word(kinds: dict[str, str]) -> dict[str, str]:
    """The kind of each of its words."""
    return {word: kind for kind, text in kinds.items() for word in text.split()}


_Spellings = Annotated[dict[str, str], AfterValidator(_by_spelling)]


class AddressWords(Strict):
    """addresses.yaml, divided for look-up.

    `cities`, `numbered_roads`, `spellings` and `street_ends` map each spelling to the one that
    stands for it; `dropped` are the words that say what a name or a number is of, and nothing else.
    """

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Amount
    agreement: _Agreement
    factors: _Factors
    weights: _Weights
    roads: WordSet
    road_suffixes: Words
    numbered_roads: _Spellings
    spellings: _Spellings
    directions: dict[str, str]
    street_ends: _Spellings
    months: WordSet
    numbers: WordSet
    second_numbers: dict[str, str]
    not_houses: WordSet
    units: Annotated[dict[str, str], AfterValidator(_by_word)]
    boxes: WordSet
    ordinals: WordSet
    districts: WordSet
    not_places: WordSet
    generic: WordSet
    common: WordSet
    city_names: Annotated[Words, Field(alias="cities")]
    long_names: Annotated[Listed[str], Field(alias="cities_of_words")]
    city_states: dict[str, str]
    city_spellings: dict[str, str]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]
    known_shared: Listed[_Shared]
    chinese_parts: dict[str, str]

    def __hash__(self) -> int:
        return id(self)

    @property
    def limits(self) -> AddressThresholds:
        """When two addresses are one place."""
        return thresholds().addresses

    @cached_property
    def amounts(self) -> Mapping[str, float]:
        """The amounts of the table by name, and those of the thresholds of streets."""
        sections = (self.agreement, self.factors, self.weights)
        amounts = {name: float(value) for section in sections for name, value in section}
        for name in ("street_weight", "street_weight_alone", "street_overlap"):
            amounts[name] = float(getattr(self.limits, name))
        return MappingProxyType(amounts)

    @cached_property
    def cities(self) -> Mapping[str, str]:
        """The city of each spelling, its own included."""
        cities = {city: city for city in self.city_names}
        for city, spellings in self.city_spellings.items():
            cities |= dict.fromkeys(spellings.replace("'", "").split(), city)
        return MappingProxyType(cities)

    @cached_property
    def cities_of_words(self) -> re.Pattern[str]:
        """What finds a city whose name has several words."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.long_names))})\b")

    @cached_property
    def dropped(self) -> frozenset[str]:
        """The words before a name or a number."""
        return self.roads | self.numbers | self.boxes

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


def read(path: Path) -> AddressWords:
    """A table from a file in the layout of `rules/data/addresses.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, AddressWords)
    for city in sorted(table.city_spellings.keys() - set(table.city_names)):
        findings.report(document, ("city_spellings", city), f"no city {city!r}", key=True)
    findings.settle()
    return table


words: Final = shipped(read, _FILE)
"""The shipped table."""
