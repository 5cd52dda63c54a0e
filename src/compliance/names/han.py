"""How Chinese signs are read, and how Wade-Giles writes their syllables.

A sign has one reading alone and may have another in a phrase (厦门 is Xiamen, 大厦 is dasha) and as
a surname (单 is Shan): the longest phrase that the table knows is read first. The table is
`rules/data/han_readings.yaml`, read when the first Chinese name is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from compliance.tables import Strict, Words, divided, read_table
from compliance.tables.embedded import shipped

FILE: Final = "data/han_readings.yaml"
_READ: Final = re.compile(r"([\u4e00-\u9fff]+)([a-z]+)")
_SYLLABLE: Final = re.compile(r"([a-z]+):([a-z/]+)")
_NAME: Final = (2, 4)  # signs of a person's name


def _pairs(pattern: re.Pattern[str]) -> BeforeValidator:
    """Takes a text of words apart that are each a sign, or a spelling, and its reading."""

    def apart(text: Any) -> tuple[tuple[str, str], ...]:
        found = [(word, pattern.fullmatch(word)) for word in divided(text)]
        if wrong := [word for word, pair in found if pair is None]:
            raise ValueError(f"expected signs and their reading, found {wrong[0]!r}")
        return tuple((pair[1], pair[2]) for _, pair in found if pair)

    return BeforeValidator(apart)


_Pairs = tuple[tuple[str, str], ...]
_Readings = Annotated[_Pairs, _pairs(_READ)]


class HanTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    surnames: _Readings
    signs: _Readings
    phrases: _Readings
    pinyin: Words
    wade_giles: Annotated[_Pairs, _pairs(_SYLLABLE)]


@dataclass(frozen=True, slots=True)
class HanReadings:
    """Readings by phrase and sign, of surnames, and the syllables of pinyin and Wade-Giles."""

    surnames: Mapping[str, str]
    phrases: Mapping[str, str]
    pinyin: frozenset[str]
    wade_giles: Mapping[str, tuple[str, ...]]
    longest: int


def read(path: Path) -> HanReadings:
    """The table of a file laid out as `rules/data/han_readings.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    table = read_table(path, HanTable)
    phrases = dict((*table.signs, *table.phrases))
    return HanReadings(
        surnames=MappingProxyType(dict(table.surnames)),
        phrases=MappingProxyType(phrases),
        pinyin=frozenset(table.pinyin),
        wade_giles=MappingProxyType(
            {spelled: tuple(syllables.split("/")) for spelled, syllables in table.wade_giles}
        ),
        longest=max(map(len, phrases)),
    )


han_readings: Final = shipped(read, FILE)
"""The shipped table."""


def pinyin(text: str) -> str:
    """A text in Han as pinyin written as one word; signs that no table knows by themselves."""
    table = han_readings()
    found = ""
    place = 0
    while place < len(text):
        for size in range(min(table.longest, len(text) - place), 0, -1):
            known = table.phrases.get(text[place : place + size])
            if known is not None:
                found += known
                place += size
                break
        else:
            found += _alone(text[place])
            place += 1
    return found


def person(text: str) -> str | None:
    """The pinyin of a person's name whose surname is read otherwise than the signs; else None."""
    surnames = han_readings().surnames
    if _NAME[0] <= len(text) <= _NAME[1]:
        for size in (2, 1):
            known = surnames.get(text[:size])
            if known is not None and len(text) > size:
                found = known + pinyin(text[size:])
                return found if found != pinyin(text) else None
    return None


def _alone(sign: str) -> str:
    from anyascii import anyascii  # noqa: PLC0415 - loaded with the first name that needs it

    return "".join(letter for letter in anyascii(sign).lower() if letter.isalnum())
