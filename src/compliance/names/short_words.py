"""Short forms of the common words of names: "Trdg" for trading, "Svcs" for service, "Elec" ...

A reviewed table knows the usual ones. Beside it a rule: a word that no table knows, that begins as
a common word does, and is its beginning ("constr") or is made of its consonants in their order and
ends as it does ("trdg"), stands for it and says no more than it. A common word has a weight of at
most `short_of` and five letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from compliance.names.lexicon import lexicon
from compliance.names.organization_words import organization_words
from compliance.names.words import Word

_SHORTEST: Final = 3  # letters of a short form
_LONGEST: Final = 7
_SHORTEST_LONG: Final = 5  # letters of a word that has short forms
_LEFT_OUT: Final = 2  # letters at least
_VOWELS: Final = frozenset("aeiou")
_CONTRACTED: Final = 4  # letters of a contraction; three of them are an acronym more often
_SECOND_VOWEL: Final = 5  # letters of a short form that may keep a vowel in its middle


class Short(NamedTuple):
    """How close a short form is to its word, and what both weigh at most."""

    closeness: float
    weight: float


def short_form(a: Word, b: Word) -> Short | None:
    """Whether one of two words is a short form of the other; symmetric."""
    short, long = (a, b) if len(a.text) < len(b.text) else (b, a)
    if not (may_be_short(short) and has_short(long)) or short.text[0] != long.text[0]:
        return None
    weight = min(short.weight, long.weight)
    figures = lexicon().closeness
    if long.text in organization_words().short_words.get(short.text, ()):
        return Short(figures["short"], weight)
    if not short.known and shortened(short.text, long.text):
        return Short(figures["shortened"], weight)
    return None


def may_be_short(word: Word) -> bool:
    """Whether a word may be a short form at all."""
    text = word.text
    if word.legal or not _SHORTEST <= len(text) <= _LONGEST or not text.isascii():
        return False
    return text in organization_words().short_words or not (word.known or text[0] == "'")


def has_short(word: Word) -> bool:
    """Whether a word is common enough that short forms stand for it; no place is."""
    return (
        word.known
        and not word.legal
        and len(word.text) >= _SHORTEST_LONG
        and word.weight <= lexicon().factors["short_of"]
        and word.text.isascii()
        and word.text not in lexicon().places
    )


@lru_cache(maxsize=65_536)
def shortened(short: str, long: str) -> bool:
    """Whether a word no table knows is a short form of another, as the rule has it.

    "trdg" and "trad" are of "trading", "svcs" is of "service"; "star" is not of "standard".
    """
    plural = f"{long}s" if short[-1] == "s" else long
    return any(
        len(short) <= len(word) - _LEFT_OUT and (word.startswith(short) or _contracted(short, word))
        for word in dict.fromkeys((long, plural))
    )


def _contracted(short: str, long: str) -> bool:
    """The beginning of a word and then consonants of it up to its last; the latter may be "y"."""
    if len(short) < _CONTRACTED or short[-1] not in last_letters(long):
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    rest = short[same:]
    vowels = sum(letter in _VOWELS for letter in rest)
    if vowels > (len(short) >= _SECOND_VOWEL):
        return False
    letters = iter(long[same:])
    return same > 0 and all(letter in letters for letter in rest)


def last_letters(long: str) -> str:
    """What a contraction of a word may end with: its last consonant, its last "y"."""
    plain = long.rstrip("aeiouy")
    return plain[-1:] + ("y" if long.endswith("y") else "")


def short_key(short: str) -> str:
    """What a contraction shares with its word: the first letter and the last."""
    return short[0] + short[-1]


def long_keys(long: str) -> set[str]:
    """The keys of the contractions of a word and of its plural."""
    return {long[0] + last for last in (*last_letters(long), "s")}


def beginnings(long: str) -> Iterator[str]:
    """The beginnings of a word that are short forms of it, with and without "s"."""
    for length in range(_SHORTEST, min(_LONGEST, len(long) - _LEFT_OUT) + 1):
        yield long[:length]
        yield long[:length] + "s"


class _Candidate(NamedTuple):
    place: int
    length: int
    letters: int


def _letters(text: str) -> int:
    """The letters a to z of a text, a bit each."""
    found = 0
    for letter in text:
        found |= 1 << (ord(letter) & 31)
    return found


class ShortWords:
    """Words by what their short forms, or the words that they are short for, share with them."""

    __slots__ = ("_contractions", "_longs", "_prefixes", "_texts")

    def __init__(self, words: Sequence[Word]) -> None:
        self._texts: dict[str, int] = {}
        self._contractions: dict[str, list[_Candidate]] = {}
        self._longs: dict[str, list[_Candidate]] = {}
        self._prefixes: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            text = word.text
            if may_be_short(word):
                self._texts[text] = place
                if not word.known and len(text) >= _CONTRACTED:
                    own = _Candidate(place, len(text), _letters(text.removesuffix("s")))
                    self._contractions.setdefault(short_key(text), []).append(own)
            if has_short(word):
                self._texts[text] = place
                own = _Candidate(place, len(text), _letters(text))
                for key in long_keys(text):
                    self._longs.setdefault(key, []).append(own)
                for beginning in beginnings(text):
                    self._prefixes.setdefault(beginning, []).append(place)

    def of(self, word: Word) -> Sequence[int]:
        """The places of words that may be short for this one, or this one for them, ascending."""
        table, texts = organization_words(), self._texts
        found: set[int] = set()
        text, length = word.text, len(word.text)
        if may_be_short(word):
            if not word.known and length >= _CONTRACTED:
                own = _letters(text.removesuffix("s"))
                for place, long, letters in self._longs.get(short_key(text), ()):
                    if not own & ~letters and length < long:
                        found.add(place)
            found.update(self._prefixes.get(text, ()))
            others: Iterable[str] = table.short_words.get(text, ())
            found.update(texts[other] for other in others if other in texts)
        if has_short(word):
            own = _letters(text)
            for key in long_keys(text):
                for place, short, letters in self._contractions.get(key, ()):
                    if not letters & ~own and short < length:
                        found.add(place)
            others = {*beginnings(text), *table.long_words.get(text, ())}
            found.update(texts[other] for other in others if other in texts)
        return sorted(found)
