"""How Chinese signs are read, and how Wade-Giles writes their syllables.

A sign has one reading alone and may have another in a phrase (厦门 is Xiamen, 大厦 is dasha) and as
a surname (单 is Shan): the longest phrase that the table knows is read first. The table is
`rules/data/han_readings.yaml`, read when the first Chinese name is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance.embedded import rules_path
from compliance.errors import ReferenceDataError
from compliance.yaml import Document, read_file

FILE: Final = "data/han_readings.yaml"
_SECTIONS: Final = ("surnames", "signs", "phrases", "pinyin", "wade_giles")
_READ: Final = re.compile(r"([\u4e00-\u9fff]+)([a-z]+)")
_SYLLABLE: Final = re.compile(r"([a-z]+):([a-z/]+)")
_NAME: Final = (2, 4)  # signs of a person's name


@dataclass(frozen=True, slots=True)
class HanReadings:
    """Readings by phrase and sign, of surnames, and the syllables of pinyin and Wade-Giles."""

    surnames: Mapping[str, str]
    phrases: Mapping[str, str]
    pinyin: frozenset[str]
    wade_giles: Mapping[str, tuple[str, ...]]
    longest: int


@cache
def han_readings() -> HanReadings:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / FILE)


def read(path: Path) -> HanReadings:
    """The table of a file laid out as `rules/data/han_readings.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    document = read_file(path)
    problems = [
        document.problem(place, message, code=ReferenceDataError.code)
        for place, message in _findings(document)
    ]
    if problems:
        raise ReferenceDataError(problems)
    content = document.value
    phrases = dict(_READ.findall(f"{content['signs']} {content['phrases']}"))
    return HanReadings(
        surnames=MappingProxyType(dict(_READ.findall(content["surnames"]))),
        phrases=MappingProxyType(phrases),
        pinyin=frozenset(content["pinyin"].split()),
        wade_giles=MappingProxyType(
            {
                spelled: tuple(syllables.split("/"))
                for spelled, syllables in _SYLLABLE.findall(content["wade_giles"])
            }
        ),
        longest=max(map(len, phrases)),
    )


def _findings(document: Document) -> list[tuple[tuple[str, ...], str]]:
    content = document.value if isinstance(document.value, dict) else {}
    found: list[tuple[tuple[str, ...], str]] = []
    for key in _SECTIONS:
        text = content.get(key)
        if not isinstance(text, str):
            found.append(((key,), f"expected words under {key!r}"))
            continue
        pattern = {"pinyin": re.compile("[a-z]+"), "wade_giles": _SYLLABLE}.get(key, _READ)
        wrong = [word for word in text.split() if not pattern.fullmatch(word)]
        found += [((key,), f"expected signs and their reading, found {word!r}") for word in wrong]
    unknown = sorted(content.keys() - {*_SECTIONS, "schema", "version"})
    return [*found, *(((key,), f"unknown key {key!r}") for key in unknown)]


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
