"""Countries: which ISO 3166-1 code a text names, if it names exactly one.

The reviewed table rules/data/countries.yaml decides first; ISO's own names and alpha-3 codes
(pycountry, imported on first need) come after it. A text that names several countries or none is
unknown, with near spellings for a person to choose from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints

from compliance.places.folding import fold
from compliance.tables import Findings, Listed, Strict
from compliance.tables.yaml import Document, Path_

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Spelling = Annotated[str, StringConstraints(min_length=1)]

NEAR: Final = 3
"""How many near spellings are offered."""

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}", re.ASCII)
_LIKE_ENOUGH: Final = 75.0  # percent of letters in place, words in any order
_BEHIND: Final = re.compile(
    r"([^(),]{1,100})[(,]\s*([^(),]{1,100} of(?: the)?)\s*\)?", re.IGNORECASE
)
_SHORTEST: Final = 4  # letters; abbreviations are like everything


class CountryRow(Strict):
    """One country of the table."""

    name: Spelling
    aliases: Listed[Spelling] = ()


class CountriesTable(Strict):
    """The shape of countries.yaml."""

    version: Annotated[Literal[1], Field(alias="schema")]
    not_in_iso: Listed[CountryCode]
    countries: dict[CountryCode, CountryRow]
    ambiguous: dict[Spelling, Annotated[Listed[CountryCode], Field(min_length=2)]]


@dataclass(frozen=True, slots=True)
class Countries:
    """The reviewed table, folded for look-up."""

    names: dict[str, str]
    spelled: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]
    not_in_iso: frozenset[str]
    document: Document = field(repr=False)

    @classmethod
    def of(cls, document: Document, table: CountriesTable, findings: Findings) -> Self:
        """Fold the table; a spelling claimed twice and an unknown code are findings."""
        names = {code: row.name for code, row in table.countries.items()}
        codes = {code.lower(): code for code in names}
        spelled: dict[str, str] = {}
        for code, row in table.countries.items():
            at: Path_ = ("countries", code)
            claim(findings, document, (*at, "name"), row.name, code, codes, spelled)
            for index, alias in enumerate(row.aliases):
                claim(findings, document, (*at, "aliases", index), alias, code, codes, spelled)
        ambiguous: dict[str, tuple[str, ...]] = {}
        listed: list[tuple[Path_, str]] = [
            (("not_in_iso", index), code) for index, code in enumerate(table.not_in_iso)
        ]
        for text, candidates in table.ambiguous.items():
            at = ("ambiguous", text)
            listed += [((*at, index), code) for index, code in enumerate(candidates)]
            ambiguous[fold(text)] = tuple(candidates)
            if owner := spelled.get(fold(text)):
                message = f"{text!r} is ambiguous and also names {owner}"
                findings.report(document, at, message, key=True)
        for path, code in listed:
            if code not in names:
                findings.report(document, path, f"{code!r} is no country of this table")
        return cls(names, spelled, ambiguous, frozenset(table.not_in_iso), document)

    def code(self, text: str) -> str | None:
        """The one country that `text` names, or None."""
        code = unicodedata.normalize("NFKC", text).strip()
        if code.isascii() and code.upper() in self.names:  # the upper case of "ß" is a country
            return code.upper()
        folded = fold(text)
        if folded in self.spelled:
            return self.spelled[folded]
        if not folded or folded in self.ambiguous:
            return None
        code = iso_spellings().get(folded, "")
        if code in self.names:
            return code
        turned = _turned(text)
        return self.code(turned) if turned else None

    def candidates(self, text: str) -> tuple[str, ...]:
        """The names of the countries that an ambiguous `text` may mean; () if it is not one."""
        return tuple(self.names[code] for code in self.ambiguous.get(fold(text), ()))

    def near(self, text: str) -> tuple[str, ...]:
        """Names of the countries with the spellings most like `text`, best first, then by name."""
        folded = fold(text)
        if len(folded) < _SHORTEST - 1:
            return ()
        from rapidfuzz import fuzz  # noqa: PLC0415 - a slow import, only for suggestions

        best: dict[str, float] = {}
        for table in (self.spelled, iso_spellings()):
            for spelling, code in table.items():
                if len(spelling) < _SHORTEST:
                    continue
                likeness = fuzz.token_sort_ratio(folded, spelling, score_cutoff=_LIKE_ENOUGH)
                if likeness and code in self.names:
                    name = self.names[code]
                    best[name] = max(best.get(name, 0.0), likeness)
        return tuple(sorted(best, key=lambda name: (-best[name], name))[:NEAR])

    def check(self, findings: Findings) -> None:
        """Hold the table against ISO 3166-1: the same codes, and no name of another country."""
        iso = iso_codes()
        for code in sorted(self.names.keys() - iso - self.not_in_iso):
            findings.report(
                self.document, ("countries", code), f"{code} is not in ISO 3166-1", key=True
            )
        for code in sorted(iso & self.not_in_iso):
            findings.report(self.document, ("not_in_iso",), f"{code} is in ISO 3166-1")
        for code in sorted(iso - self.names.keys()):
            findings.report(self.document, ("countries",), f"{code} of ISO 3166-1 has no row")
        for spelling, code in iso_spellings().items():
            owner = self.spelled.get(spelling, code)
            if owner != code:
                message = f"{spelling!r} names {code} in ISO 3166-1"
                findings.report(self.document, ("countries", owner), message, key=True)


Owned = dict[str, str]
"""Folded spelling -> the code it belongs to."""


def claim(
    findings: Findings, document: Document, path: Path_, text: str, owner: str, *owned: Owned
) -> str:
    """Enter a spelling for its owner in the last of `owned`; no table may give it to another.

    Returns the folded spelling.
    """
    folded = fold(text)
    if not folded:
        findings.report(document, path, f"{text!r} has no letters")
    findings.claim(document, path, text, owner, *owned, spelled=folded)
    return folded


def _turned(text: str) -> str:
    """A name as people say it: "Netherlands (Kingdom of the)" is the Kingdom of the Netherlands."""
    found = _BEHIND.fullmatch(text.strip())
    return f"{found[2]} {found[1]}" if found else ""


@cache
def iso_codes() -> frozenset[str]:
    """Every alpha-2 code of ISO 3166-1."""
    import pycountry  # noqa: PLC0415 - a contract that gives codes never pays for it

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def iso_spellings() -> dict[str, str]:
    """Folded alpha-3 codes and names of ISO 3166-1 -> alpha-2; what names two countries is out."""
    import pycountry  # noqa: PLC0415 - a contract that gives codes never pays for it

    owners: dict[str, set[str]] = {}
    for country in pycountry.countries:
        for key in ("alpha_3", "name", "official_name", "common_name"):
            if text := getattr(country, key, None):
                owners.setdefault(fold(text), set()).add(country.alpha_2)
    return {spelling: min(codes) for spelling, codes in owners.items() if len(codes) == 1}


@lru_cache(512)
def alpha_3(code: str) -> str | None:
    """The three letters of ISO 3166-1 for an alpha-2 code ("RU" -> "RUS"); None for no such."""
    import pycountry  # noqa: PLC0415 - only documents of persons are named by them

    found = pycountry.countries.get(alpha_2=code)
    return None if found is None else str(found.alpha_3)


@lru_cache(4096)
def iso_region(code: str) -> str | None:
    """The name that ISO 3166-2 gives the subdivision `code` ("AU-QLD"), or None."""
    if not _REGION.fullmatch(code):
        return None
    import pycountry  # noqa: PLC0415 - a contract without regions never pays for it

    found = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    return None if found is None else str(found.name)


@cache
def subdivision_names() -> frozenset[str]:
    """The folded names of every ISO 3166-2 subdivision: "georgia" and "niger" are some of them."""
    import pycountry  # noqa: PLC0415 - only for an address that names a second country

    return frozenset(fold(str(found.name)) for found in pycountry.subdivisions)
