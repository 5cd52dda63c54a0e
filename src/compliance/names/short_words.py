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

import numpy as np
import numpy.typing as npt

from compliance.names.index.hashing import Places, lengths_of, letter_sets, spread
from compliance.names.lexicon import lexicon
from compliance.names.organization_words import organization_words
from compliance.names.tokens import Word
from compliance.names.word_distance import BARE

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
    return text in organization_words().short_words or not (word.known or text[0] == BARE)


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


def short_key(short: str) -> int:
    """What a contraction shares with its word: the first letter and the last, as a number."""
    return ord(short[0]) << 7 | ord(short[-1])


def long_keys(long: str) -> set[int]:
    """The keys of the contractions of a word and of its plural."""
    return {short_key(long[0] + last) for last in (*last_letters(long), "s")}


def beginnings(long: str) -> Iterator[str]:
    """The beginnings of a word that are short forms of it, with and without "s"."""
    for length in range(_SHORTEST, min(_LONGEST, len(long) - _LEFT_OUT) + 1):
        yield long[:length]
        yield long[:length] + "s"


class _Candidates:
    """Words by a key, each with its length and its letters: arrays in order of the key."""

    __slots__ = ("keys", "lengths", "letters", "places")

    def __init__(self, rows: Sequence[tuple[int, int, str]]) -> None:
        """`rows`: key, place, and the text whose letters count."""
        keys, places, lengths = _columns(rows)
        order = np.argsort(keys, kind="stable")
        self.keys, self.places, self.lengths = keys[order], places[order], lengths[order]
        self.letters = letter_sets([text for _, _, text in rows])[order]

    def pairs(self, others: _Candidates) -> tuple[Places, Places]:
        """The indices of ours and of others of the same key."""
        first = np.searchsorted(others.keys, self.keys)
        counts = np.searchsorted(others.keys, self.keys, side="right") - first
        return np.repeat(np.arange(len(self.keys)), counts), spread(first, counts)


def _columns(rows: Sequence[tuple[int, int, str]]) -> tuple[Places, Places, Places]:
    table = [(key, place, len(text)) for key, place, text in rows]
    columns = np.array(table, dtype=np.int64).reshape(len(rows), 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


class ShortWords:
    """Words by what their short forms, or the words that they are short for, share with them.

    An inverted index: contractions by first and last letter ("trdg" and "trading": t, g),
    beginnings by themselves ("constr"). One step a word asked and a word of the same key.
    """

    __slots__ = ("_contractions", "_longs", "_prefixes", "_texts")

    def __init__(
        self, texts: Sequence[str], known: npt.NDArray[np.bool_], weights: npt.NDArray[np.float64]
    ) -> None:
        table, figures, places = organization_words(), lexicon().factors, lexicon().places
        lengths = lengths_of(texts)
        able = known & (lengths >= _SHORTEST_LONG) & (weights <= figures["short_of"])
        longs = [(text, place) for place, text in _chosen(texts, able) if text not in places]
        able = ~known & (lengths >= _SHORTEST) & (lengths <= _LONGEST)
        shorts = [(text, place) for place, text in _chosen(texts, able) if text[0] != BARE]
        usual = (lengths >= _SHORTEST) & (lengths <= _LONGEST) & known
        self._texts = {text: n for n, text in _chosen(texts, usual) if text in table.short_words}
        self._texts |= dict(shorts) | dict(longs)
        self._contractions = _contractions(shorts)
        self._longs = _longs(longs)
        self._prefixes: dict[str, list[int]] = {}
        for text, place in longs:
            for beginning in beginnings(text):
                self._prefixes.setdefault(beginning, []).append(place)

    def of(self, words: Sequence[Word]) -> list[tuple[int, int]]:
        """Pairs of a word, by number, and the place of one that may be short for it, or it for.

        Each once, in order.
        """
        table, texts = organization_words(), self._texts
        shorts = [(one.text, n) for n, one in enumerate(words) if may_be_short(one)]
        longs = [(one.text, n) for n, one in enumerate(words) if has_short(one)]
        found: set[tuple[int, int]] = set()
        for text, number in shorts:
            found.update((number, place) for place in self._prefixes.get(text, ()))
            others: Iterable[str] = table.short_words.get(text, ())
            found.update((number, texts[other]) for other in others if other in texts)
        for text, number in longs:
            others = {*beginnings(text), *table.long_words.get(text, ())}
            found.update((number, texts[other]) for other in others if other in texts)
        unknown = [(text, n) for text, n in shorts if not words[n].known]
        if unknown:
            found.update(_contracted_pairs(_contractions(unknown), self._longs))
        if longs:
            back = _contracted_pairs(self._contractions, _longs(longs))
            found.update((number, place) for place, number in back)
        return sorted(found)


def _chosen(texts: Sequence[str], able: npt.NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
    """The places and texts of those that are able and in ASCII."""
    for place in np.flatnonzero(able).tolist():
        if texts[place].isascii():
            yield place, texts[place]


def _contractions(shorts: Sequence[tuple[str, int]]) -> _Candidates:
    """Short forms by their key; a plural counts as its singular."""
    rows = [(short_key(text), n, text) for text, n in shorts if len(text) >= _CONTRACTED]
    found = _Candidates(rows)
    found.letters = _Candidates([(key, n, text.removesuffix("s")) for key, n, text in rows]).letters
    return found


def _longs(longs: Sequence[tuple[str, int]]) -> _Candidates:
    """Words by the keys of their contractions."""
    return _Candidates([(key, n, text) for text, n in longs for key in sorted(long_keys(text))])


def _contracted_pairs(shorts: _Candidates, longs: _Candidates) -> Iterator[tuple[int, int]]:
    """The places of short forms and of longer words of one key that have all their letters."""
    short, long = shorts.pairs(longs)
    may = (shorts.letters[short] & ~longs.letters[long]) == 0
    may &= shorts.lengths[short] < longs.lengths[long]
    yield from zip(
        shorts.places[short[may]].tolist(), longs.places[long[may]].tolist(), strict=True
    )
