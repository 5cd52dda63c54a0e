"""What contact data and words of an industry say: tables of their own, read once.

A telephone number says a place by its country code, a mail address or a website by a country's
top-level domain. Only places that a rule names are in the table (rules/data/contact_places.yaml);
a number with another code says that it is elsewhere, a domain with another ending says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field

from compliance.tables import Strict, read_table

ELSEWHERE: Final = "elsewhere"
"""What a telephone number says whose country is in no rule."""
_SHORTEST: Final = 8  # digits of an international number
_CODE: Final = re.compile(r"\s*\(?(?:\+|00)")
_AFTER_HOST: Final = re.compile(r"[/?#\\]")
_WORD: Final = re.compile(r"\w+")


class PlacesFile(Strict):
    """rules/data/contact_places.yaml."""

    version: int = Field(alias="schema")
    calling_codes: dict[str, str]
    domains: dict[str, str]


class Industry(Strict):
    """Words and codes of one industry, and words that take one back."""

    words: list[str]
    codes: list[str]
    exceptions: Annotated[list[str], Field(alias="not")]


class IndustriesFile(Strict):
    """rules/data/sensitive_industries.yaml."""

    version: int = Field(alias="schema")
    industries: dict[str, Industry]


@dataclass(frozen=True, slots=True)
class ContactData:
    """Both tables, folded for look-up."""

    calling_codes: dict[str, str]
    domains: dict[str, str]
    industries: dict[str, Industry]

    @classmethod
    def load(cls, rules: Path) -> Self:
        """Read both tables of a rule folder.

        Raises:
            ReferenceDataError: every defect with file, line and column.
        """
        places = read_table(rules / "data" / "contact_places.yaml", PlacesFile)
        industries = read_table(rules / "data" / "sensitive_industries.yaml", IndustriesFile)
        domains = {_ascii(domain): place for domain, place in places.domains.items()}
        return cls(places.calling_codes, domains, industries.industries)

    def of_phone(self, number: str) -> str | None:
        """The country or region of an international number, ELSEWHERE, or None for a local one."""
        if not _CODE.match(number):
            return None
        digits = "".join(each for each in number if each.isdecimal())
        digits = digits if number.lstrip(" (").startswith("+") else digits.removeprefix("00")
        if len(digits) < _SHORTEST:
            return None
        fitting = [code for code in self.calling_codes if digits.startswith(code)]
        return self.calling_codes[max(fitting, key=len)] if fitting else ELSEWHERE

    def of_domain(self, text: str) -> str | None:
        """The country or region of a mail address or website by its domain; None: it says none."""
        host = _AFTER_HOST.split(text.rpartition("//")[2] if "//" in text else text)[0]
        host = host.rpartition("@")[2].partition(":")[0]
        labels = _ascii(host.strip(". ")).split(".")
        if len(labels) < 2:
            return None
        for size in range(min(len(labels), 3), 0, -1):
            place = self.domains.get(".".join(labels[-size:]))
            if place is not None:
                return place
        return None

    def of_industry(self, text: str) -> frozenset[str]:
        """The sensitive industries that words or a code name."""
        folded = _folded(text)
        words = frozenset(_WORD.findall(folded))
        return frozenset(
            name
            for name, industry in self.industries.items()
            if text.strip() in industry.codes
            or (
                words.isdisjoint(map(_folded, industry.exceptions))
                and any(_names(folded, words, word) for word in industry.words)
            )
        )


def _names(folded: str, words: frozenset[str], word: str) -> bool:
    """Whether a text has a word, or words in a row; Han has no blanks between them."""
    sought = _folded(word)
    if not sought.isascii() and not any(map(_cased, sought)):
        return sought in folded
    if " " not in sought:
        return sought in words
    return f" {sought} " in f" {' '.join(_WORD.findall(folded))} "


def _cased(letter: str) -> bool:
    return letter.upper() != letter


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if unicodedata.category(each) != "Mn")


def _ascii(host: str) -> str:
    """A host name in the letters of the domain name system; as written where it is none."""
    try:
        return host.casefold().encode("idna").decode("ascii")
    except UnicodeError:
        return host.casefold()
