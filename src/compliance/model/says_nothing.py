"""Texts that say nothing: "-", "N/A", "unknown", zero-width characters, "000000000".

The table is rules/data/says_nothing.yaml of the rules that ship with the package, for it belongs to
the form of the input and not to any law: a contract reads the same under every rule set. Every
model of the input applies it before it validates (`left_out`); the readers of ownership files do
so for the parties that they state.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from pydantic import Field

from compliance.tables import Strict, read_table
from compliance.tables.embedded import rules_path

Expected = Literal["value", "text", "name", "number"]
"""What stands in a field: any value, a text, a name of somebody, a number that somebody issued."""
Said = Literal["", "left_out", "unknown"]
"""What a text says: something (""), nothing, or that the value is not known."""

_CACHED: Final = 8192
_LONGEST: Final = 200  # characters beyond which an answer is not kept
_FORM: Final = 64  # characters of the widest field of a form that one key fills
_GAP: Final = re.compile(r"[\W_]+")
_BROKEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # no text: refused elsewhere


class _Repeated(Strict):
    letters: list[str]
    shortest: int


class _Numbers(Strict):
    zeros: int
    same_digit: int
    counted: list[str]


class _StandsFor(Strict):
    words: list[str]
    beside: list[str]


class _File(Strict):
    """The shape of says_nothing.yaml."""

    version: Literal[1] = Field(alias="schema")
    left_out: list[str]
    unknown: list[str]
    about: list[str]
    alone: list[str]
    stands_for: _StandsFor
    blank: list[str]
    repeated: _Repeated
    numbers: _Numbers


@dataclass(frozen=True, slots=True)
class _Table:
    phrases: Mapping[str, Said]
    about: frozenset[str]
    alone: frozenset[str]
    stands_for: frozenset[str]
    beside: frozenset[str]
    longest: int  # words of the longest phrase
    repeated: _Repeated
    numbers: _Numbers


@cache
def _blank() -> dict[int, None]:
    return dict.fromkeys(map(ord, _file().blank))


@cache
def _file() -> _File:
    return read_table(rules_path() / "data" / "says_nothing.yaml", _File)


@cache
def _table() -> _Table:
    file = _file()
    phrases: dict[str, Said] = {_folded(text): "left_out" for text in file.left_out}
    phrases |= {_folded(text): "unknown" for text in file.unknown}
    about = frozenset(map(_folded, file.about))
    return _Table(
        phrases=phrases,
        about=about,
        alone=frozenset(map(_folded, file.alone)),
        stands_for=frozenset(map(_folded, file.stands_for.words)),
        beside=frozenset(map(_folded, file.stands_for.beside)),
        longest=max(len(phrase.split()) for phrase in (*phrases, *about)),
        repeated=file.repeated,
        numbers=file.numbers,
    )


def says_nothing(text: str, expected: Expected = "name") -> bool:
    """Whether a text says nothing where a name (or what else is `expected`) should stand."""
    return bool(said(text, expected))


def said(text: str, expected: Expected) -> Said:
    """What a text says: nothing, that the value is not known, or ("") something."""
    return _kept(text, expected) if len(text) <= _LONGEST else _said(text, expected)


def _said(text: str, expected: Expected) -> Said:
    folded = _folded(text)
    if not folded:
        return "left_out" if not _BROKEN.search(text) else ""
    table = _table()
    if folded in table.phrases:
        return table.phrases[folded]
    letters = folded.replace(" ", "")
    if expected != "value" and len(letters) <= _FORM and _fills_a_form(letters, expected, table):
        return "left_out"
    if expected in ("name", "number") and folded in table.alone:
        return "left_out"
    words = folded.split()
    if expected == "name" and _stands_for_a_name(words, table):
        return "left_out"
    return _of_phrases(words, table)


_kept = lru_cache(_CACHED)(_said)


def _folded(text: str) -> str:
    """The words of a text without case, accents, width, punctuation and what nobody sees."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_blank())
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(each for each in text if unicodedata.category(each) not in ("Mn", "Cf"))
    return _GAP.sub(" ", text.casefold()).strip()


def _fills_a_form(letters: str, expected: Expected, table: _Table) -> bool:
    numbers, each = table.numbers, letters[0]
    same = letters.count(each) == len(letters)
    if letters.isdecimal():
        zero = same and unicodedata.decimal(each) == 0
        if expected != "number":
            return zero and len(letters) >= numbers.zeros
        return zero or (same and len(letters) >= numbers.same_digit) or letters in numbers.counted
    return same and each in table.repeated.letters and len(letters) >= table.repeated.shortest


def _stands_for_a_name(words: list[str], table: _Table) -> bool:
    """Whether words of a form stand where a name should: "the customer", "{{name}}", "User 17"."""
    rest = [word for word in words if word not in table.stands_for]
    return len(rest) < len(words) and all(
        word in table.beside or (word.isdecimal() and len(word) > 1) for word in rest
    )


def _of_phrases(words: list[str], table: _Table) -> Said:
    """What a text says that is made of phrases, and of words that say no more beside them.

    Each place is reached with what was said up to there: "unknown company" by one phrase, then one
    word. Steps: words times the longest phrase.
    """
    reached: list[Said | None] = [None] * (len(words) + 1)
    reached[0] = ""
    for place in range(len(words)):
        before = reached[place]
        if before is None:
            if place and not any(reached[place:]):
                return ""
            continue
        for size in range(1, min(table.longest, len(words) - place) + 1):
            phrase = " ".join(words[place : place + size])
            now = table.phrases.get(phrase) or (before if phrase in table.about else None)
            if now is not None and not reached[place + size]:
                reached[place + size] = "unknown" if "unknown" in (before, now) else now
    return reached[-1] or ""
