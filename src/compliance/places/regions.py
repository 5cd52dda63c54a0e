"""Regions that rules name (Crimea, Sevastopol ...) and how an address shows that it lies in one.

A town or region is recognised only where it is a whole city, region or part of an address between
commas: "Yalta, Ukraine" is Crimea, "12 Donetsk street, Kyiv" is not Donetsk, and Sevastopol in
Wisconsin is not the one in Crimea. The table is rules/data/regions.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints

from compliance.places.countries import Countries, CountryCode, Spelling, claim
from compliance.places.folding import LONGEST, fold, parts
from compliance.tables import Findings, Listed, Strict
from compliance.tables.yaml import Document, Path_

RegionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]

_POSTCODE = re.compile(r"[0-9]{5,6}")
_POSTCODE_DIGITS = {"RU": 6, "UA": 5}


class RegionRow(Strict):
    """One region of the table."""

    name: Spelling
    country: CountryCode
    claimed_by: Listed[CountryCode] = ()
    names: Listed[Spelling] = ()
    cities: Listed[Spelling] = ()
    homonyms: dict[Spelling, Listed[Spelling]] = Field(default_factory=dict)
    postcodes: dict[CountryCode, Listed[Spelling]] = Field(default_factory=dict)


class RegionsTable(Strict):
    """The shape of regions.yaml."""

    version: Annotated[Literal[1], Field(alias="schema")]
    qualifiers: Listed[Spelling]
    regions: dict[RegionCode, RegionRow]


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its name, its country, and the countries an address there may give."""

    code: str
    name: str
    country: str
    said_in: frozenset[str]
    postcodes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Regions:
    """The table, folded for look-up: `named` has the regions' names, `spelled` the towns too."""

    regions: dict[str, Region]
    named: dict[str, str]
    spelled: dict[str, str]
    towns: frozenset[str]
    homonyms: dict[str, frozenset[str]]
    qualifiers: frozenset[str]

    @classmethod
    def of(
        cls, document: Document, table: RegionsTable, countries: Countries, findings: Findings
    ) -> Self:
        """Fold the table; a spelling claimed twice and an unknown country are findings."""
        regions: dict[str, Region] = {}
        named: dict[str, str] = {}
        spelled: dict[str, str] = {}
        homonyms: dict[str, frozenset[str]] = {}
        for code, row in table.regions.items():
            at: Path_ = ("regions", code)
            said_in = (row.country, *row.claimed_by)
            posts = tuple(row.postcodes.items())
            regions[code] = Region(code, row.name, row.country, frozenset(said_in), posts)
            if not code.startswith(f"{row.country}-"):
                findings.report(document, (*at, "country"), f"{code} is not of {row.country}")
            for index, country in enumerate(said_in):
                if country not in countries.names:
                    path = (*at, "claimed_by", index - 1) if index else (*at, "country")
                    findings.report(document, path, f"{country!r} is no country of countries.yaml")
            for path, text in _spellings(code, row):
                folded = claim(findings, document, path, text, code, countries.spelled, spelled)
                if path[2] != "cities":
                    named.setdefault(folded, code)
        for code, row in table.regions.items():
            for text, signs in row.homonyms.items():
                homonyms[fold(text)] = frozenset(map(fold, signs))
                if spelled.get(fold(text)) != code:
                    path = ("regions", code, "homonyms", text)
                    findings.report(document, path, f"{text!r} is no spelling of {code}", key=True)
        towns = frozenset(fold(town) for row in table.regions.values() for town in row.cities)
        qualifiers = frozenset(map(fold, table.qualifiers))
        return cls(regions, named, spelled, towns, homonyms, qualifiers)

    def code(self, text: str, country: str | None = None) -> str | None:
        """The region of the table whose code `text` is ("UA-43", or "43" with country UA)."""
        code = text.strip().upper()
        if code not in self.regions and country is not None:
            code = f"{country}-{code}"
        return code if code in self.regions else None

    def find(
        self,
        country: str | None,
        fields: Iterable[str | None],
        country_of: Callable[[str], str | None],
    ) -> str | None:
        """The region that the fields of an address name, most telling field first.

        A town outweighs a region within one field ("Crimea, Sevastopol" is Sevastopol).
        `country` is a code or None; `country_of` reads a country's name.
        """
        for hits in self.spelled_in(country, fields, country_of):
            if hits:
                return self.spelled[next((hit for hit in hits if hit in self.towns), hits[0])]
        return None

    def spelled_in(
        self,
        country: str | None,
        fields: Iterable[str | None],
        country_of: Callable[[str], str | None],
    ) -> Iterator[tuple[str, ...]]:
        """The folded spellings of regions and towns in each field of an address that was given."""
        texts = [parts(text) for text in fields if text]
        context = frozenset(fold(part) for pieces in texts for part in pieces)
        for pieces in texts:
            yield tuple(
                spelling
                for part in pieces
                for spelling in self._spellings_in(part, country_of)
                if country is None or country in self.regions[self.spelled[spelling]].said_in
                if not self.homonyms.get(spelling, frozenset()) & context
            )

    def of_postcode(self, postcode: str, country: str) -> str | None:
        """The region in which a postcode of a country lies, or None."""
        digits = "".join(postcode.split())
        if not digits.isdecimal() or len(digits) != _POSTCODE_DIGITS.get(country):
            return None
        for region in self.regions.values():
            for numbered_by, beginnings in region.postcodes:
                if numbered_by == country and digits.startswith(beginnings):
                    return region.code
        return None

    def _spellings_in(self, part: str, country_of: Callable[[str], str | None]) -> Iterator[str]:
        if len(part) > LONGEST:
            return
        words = [word for word in fold(part).split() if not _POSTCODE.fullmatch(word)]
        words = self._bare(words)
        whole = " ".join(words)
        if whole in self.spelled:
            yield whole
            return
        for cut in range(1, len(words)):
            pair = [" ".join(words[:cut]), " ".join(words[cut:])]
            known = [text for text in pair if text in self.spelled]
            if len(known) == 2 or (
                known and country_of(next(text for text in pair if text not in self.spelled))
            ):
                yield from known
                return

    def _bare(self, words: list[str]) -> list[str]:
        """The words without those at either end that only qualify a town ("city of")."""
        for size in (2, 1):
            while len(words) > size and " ".join(words[:size]) in self.qualifiers:
                words = words[size:]
            while len(words) > size and " ".join(words[-size:]) in self.qualifiers:
                words = words[:-size]
        return words


def _spellings(code: str, row: RegionRow) -> Iterator[tuple[Path_, str]]:
    yield ("regions", code, "name"), row.name
    for kind, texts in (("names", row.names), ("cities", row.cities)):
        for index, text in enumerate(texts):
            yield ("regions", code, kind, index), text
