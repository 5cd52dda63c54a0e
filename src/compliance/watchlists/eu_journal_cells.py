"""The cells of "eu-journal-csv": the act's printed words, read exactly or not at all.

A cell holds several values, a value may itself enumerate: "(a) 1.1.1958, (b) 1958".
"""

from __future__ import annotations

import csv
import re
from calendar import month_abbr, month_name
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.listing import Identifier
from compliance.watchlists.source import once

_DOTTED: Final = "%d.%m.%Y"
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)t?\.\s*")
_SPACED = re.compile(r"(?<=\d\.)\s+(?=\d)")
_ABOUT = re.compile(r"^(?:ca\.|(?:on or )?around)\s+", re.IGNORECASE)
# Words that a date of birth may hold; a value with any other is not read.
_WORDS: Final = frozenset(
    (
        *("circa", "approximately", "approx", "between", "from", "and", "to"),
        *(name.lower() for names in (month_name, month_abbr) for name in names),
    )
)
_RANGE = re.compile(r"\d\s*[-\u2013/]\s*\d|\b(?:to|and)\b")
_MARK = re.compile(r"(?:^|(?<=[\s,;]))\(?[a-h]\)\s*")
_OR = re.compile(r"\s+\(?or\s+|[,;]\s*(?=\d)")
# A label that the transcription left in the cell of a birth, and what is behind it.
_LABELLED = re.compile(r"\s(?:POB|Gender|Nationality):.*")
# What stands in brackets behind a number -> the scheme that it names.
_SYSTEMS: Final = {
    "inn": "tax",
    "tax id/inn": "tax",
    "tax id": "tax",
    "ogrn": "registration",
    "uscc": "uscc",
    "imo": "imo",
    "imo-number": "imo",
}
# Schemes whose numbers may be letters alone.
_LETTERS: Final = frozenset(("swift", "ticker"))
_NUMBER = re.compile(r"([^(),;]+)(?:\(((?:[^()]|\([^()]*\))*)\))?")
# Words before a number, of which a series ("series MH No 553834") is a part.
_BEFORE = re.compile(
    r"^(?!series\b)(?=\D*[a-z]{3})\D*\b(?:number|card|passport|permit|ID|[Nn]o)\b[.:]?\s+"
)
_BEHIND = re.compile(r"\s*\b(?:issued|expire[sd]|valid|officially cancelled|on \d).*")


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell: separated by ";", quoted where they hold one."""
    lines = csv.reader([cell], delimiter=";", skipinitialspace=True)
    return once(value.strip(" ;") for line in lines for value in line)


def day(text: str) -> date | None:
    """The day that "23.7.2026", "26 Feb. 2011" or an ISO date is, or None."""
    return dates.day(_plain(text), _DOTTED)


def births(texts: Iterable[str]) -> tuple[str, ...]:
    """Every birth as `Listing.birth_dates` has it; none at all unless all of them can be read."""
    found = [birth for text in texts for birth in _births(text)]
    return once(found) if all(found) else ()


def _births(text: str) -> Iterator[str | None]:
    marked = _MARK.split(_LABELLED.sub("", text))
    for part in filter(None, (piece.strip(" ,;") for piece in marked)):
        if (whole := _birth(part)) is not None:
            yield whole
        else:
            yield from map(_birth, _OR.split(part))


def _birth(text: str) -> str | None:
    plain = _ABOUT.sub("circa ", _plain(text))
    spelled = re.findall(r"[^\W\d_]+", plain.lower())
    several = len(re.findall(r"\d{4}", plain)) > 1 and not _RANGE.search(plain)
    return dates.birth(plain, _DOTTED) if _WORDS.issuperset(spelled) and not several else None


def _plain(text: str) -> str:
    """The text without the stops and blanks in which the acts differ: "8 Oct.1970", "7.8. 1978"."""
    return _SPACED.sub("", _MONTH.sub(r"\1 ", text.strip(" .,;()")))


def seat(address: str) -> str | None:
    """The country that an address ends with; two letters ("CA") are not taken for one."""
    last = address.rpartition(",")[2].strip(" .")
    return country(last) if len(last) > 2 else None


def identifiers(value: str, scheme: str) -> Iterator[Identifier]:
    """The numbers of a value without the words "... number" before them and days behind them.

    What stands in brackets behind a number is left out; it may name the scheme.
    """
    for text, said in _NUMBER.findall(_MARK.sub("; ", value)):
        number = _BEFORE.sub("", _BEHIND.sub("", text.strip(" .")))
        if re.search(r"\d", number) or (number and scheme in _LETTERS):
            yield Identifier(_SYSTEMS.get(said.strip().lower(), scheme), number)
