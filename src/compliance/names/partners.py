"""What each word of a query may gain in a vocabulary, and from which units: learned once a word.

Gains are those of `scoring.pair` and `scoring.join`, or a little more: they bound, they do not
score. Words are learned many at once and kept as arrays; a query then is a few numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.lexicon import lexicon
from compliance.names.neighbors import Near, Neighbors
from compliance.names.scoring import join
from compliance.names.spelling import BARE, consonantal, consonants, joined_skeleton, skeleton
from compliance.names.vocabulary import Vocabulary, letter_bit, places
from compliance.names.words import Word, legal_texts, word

_FIRST_ROOM: Final = 4_096

Gain = tuple[int, int, float, float]  # word, unit, what the word gains, what its partner gains


@dataclass(frozen=True, slots=True)
class Postings:
    """The forms of unit u are `forms[starts[u]:starts[u + 1]]`."""

    starts: npt.NDArray[np.int64]
    forms: npt.NDArray[np.int32]

    def of(self, chosen: npt.NDArray[np.bool_]) -> Postings:
        """The same with the chosen forms only."""
        kept = chosen[self.forms]
        before = np.concatenate(([0], np.cumsum(kept)))
        return Postings(before[self.starts], self.forms[kept])


class Partners:
    """Words by number: at most `left` and `right` are gained, from `units[k]` each `lefts[k]` ...

    for k from `starts[w]` on, `counts[w]` of them; `costs` is how many forms these units are in,
    `spans[k]` how many words of the query gain it together.
    What a word gains from two listed neighbors written as one is kept under a number of its own,
    `split[w]`, or -1. `initials` is what an initial gains the word at best, `firsts` the bit of its
    first letter, `letters` whether it is one letter.
    """

    def __init__(self, vocabulary: Vocabulary, neighbors: Neighbors) -> None:
        self.vocabulary = vocabulary
        self._neighbors = neighbors
        self.postings = Postings(vocabulary.starts, vocabulary.postings)
        special = _special(vocabulary)
        self.special = self.postings.of(special)
        self.all_forms = np.arange(len(vocabulary.totals))
        self.all_special = np.flatnonzero(special)
        self._sizes = np.diff(vocabulary.starts)
        self._units = {text: number for number, text in enumerate(vocabulary.words)}
        self._joins = {text: number for number, text in enumerate(vocabulary.joins)}
        self.sounds = places(vocabulary.sounds)
        self.numbers: dict[str, int] = {}
        self.split: list[int] = []
        self._numerals = lexicon().numerals
        self._lock = Lock()
        self._count = self._gained = 0
        self.left, self.right = np.zeros(_FIRST_ROOM), np.zeros(_FIRST_ROOM)
        self.starts = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self.counts = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self.costs = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self.initials = np.zeros(_FIRST_ROOM)
        self.firsts = np.zeros(_FIRST_ROOM, dtype=np.uint32)
        self.letters = np.zeros(_FIRST_ROOM, dtype=np.bool_)
        self.units = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self.lefts, self.rights = np.zeros(_FIRST_ROOM), np.zeros(_FIRST_ROOM)
        self.spans = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self.legal = self._legal()

    def __len__(self) -> int:
        return self._count

    def learn(self, words: Mapping[str, Word]) -> None:
        """Number these words, by text, with all they may gain; known ones stay as they are."""
        with self._lock:
            new = {text: found for text, found in words.items() if text not in self.numbers}
            if new:
                asked = list(new.values())
                gains = [*self._spelled(asked), *self._otherwise(asked)]
                split = self._splits(asked)
                self._add(list(new), asked, gains, split)

    def _legal(self) -> dict[str, int]:
        """Numbers for what legal forms gain from listed words that are written like them."""
        texts = [text for text in sorted(legal_texts()) if text in self._units]
        gains = [
            (number, self._units[text], 0.0, float(self.vocabulary.weights[self._units[text]]))
            for number, text in enumerate(texts)
        ]
        if texts:
            keys = [f" {text}" for text in texts]  # no word begins with a space
            self._add(keys, [_NOBODY] * len(texts), [_arrays(gains)], [-1] * len(texts))
        return {text: self.numbers[f" {text}"] for text in texts}

    def may_join(self, first: str, second: str) -> bool:
        """Whether some word sounds like these two written as one, or is the number they call."""
        return joined_skeleton(first, second) in self.sounds or first + second in self._numerals

    def together(self, first: Word, second: Word) -> Iterator[int]:
        """The numbers under which the gains of two neighbors as one word are kept."""
        text = first.text + second.text
        units = self.sounds.get(joined_skeleton(first.text, second.text), ())
        digits = self._numerals.get(text)
        if digits in self._units:
            units = (*units, self._units[digits])
        for unit in units:
            close, (theirs, ours) = join(first, second, word(self.vocabulary.words[unit]))
            if not close:
                continue
            key = f"{unit} {ours!r} {theirs!r}"  # no word has a space
            if key not in self.numbers:
                with self._lock:
                    if key not in self.numbers:
                        self._add(
                            [key], [_NOBODY], [_arrays([(0, unit, ours, theirs)])], [-1], span=2
                        )
            yield self.numbers[key]

    def _spelled(self, asked: Sequence[Word]) -> Iterator[_Gains]:
        """Gains from words that are spelled or sound alike."""
        texts = ["" if found.number else found.text for found in asked]
        near: Near = self._neighbors.find(texts, [skeleton(text) for text in texts])
        weights = np.array([found.weight for found in asked])[near.askers]
        known = np.array([found.known for found in asked], dtype=np.bool_)[near.askers]
        known &= self.vocabulary.known[near.places]
        less = np.where(known, lexicon().factors["known"], 1.0)
        close = np.maximum(near.spelled * less, near.sounding)
        gain = close * np.minimum(weights, self.vocabulary.weights[near.places])
        yield near.askers, near.places, gain, gain

    def _otherwise(self, asked: Sequence[Word]) -> Iterator[_Gains]:
        """Gains from equal words, nicknames, numerals and bare consonants."""
        figures = lexicon().closeness
        weights = self.vocabulary.weights
        found: list[Gain] = []
        for number, one in enumerate(asked):
            text, weight = one.text, one.weight
            unit = self._units.get(text)
            if unit is not None:
                found.append((number, unit, weight, weight))
            if one.number or text in self._numerals:
                found += [
                    (number, unit, weight, float(weights[unit])) for unit in self._called(text)
                ]
            for unit in self._nicknamed(text):
                gain = figures["nickname"] * min(weight, float(weights[unit]))
                found.append((number, unit, gain, gain))
            for unit in self._consonant(one):
                close = consonantal(consonants(text))
                found.append((number, unit, close * weight, close * float(weights[unit])))
        yield _arrays(found)

    def _called(self, text: str) -> Iterator[int]:
        """Other words and digits of the same number."""
        digits = self._numerals.get(text, text)
        for other in sorted({digits, *numbered().get(digits, ())} - {text}):
            if other in self._units:
                yield self._units[other]

    def _nicknamed(self, text: str) -> Iterator[int]:
        for row in sorted(lexicon().nicknames.get(text, ())):
            for other in nicknamed()[row]:
                if other in self._units and other != text:
                    yield self._units[other]

    def _consonant(self, asked: Word) -> Sequence[int]:
        if asked.text.startswith(BARE):
            return self._full.get(consonants(asked.text), ())
        if asked.number or not self._bare:
            return ()
        return self._bare.get(consonants(asked.text), ())

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=True)

    @cached_property
    def _full(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=False)

    def _by_consonants(self, *, bare: bool) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for text, number in self._units.items():
            if text.startswith(BARE) == bare:
                found.setdefault(consonants(text), []).append(number)
        return found

    def _splits(self, asked: Sequence[Word]) -> list[int]:
        """Numbers for what words gain from joins of listed neighbors, added; -1 where nothing."""
        found: list[int] = []
        texts: list[str] = []
        gains: list[Gain] = []
        for one in asked:
            own = [(len(texts), unit, *gain) for unit, gain in self._split(one)]
            found.append(self._count + len(texts) if own else -1)
            if own:
                texts.append(f"{one.text} ")  # no word ends with a space
                gains += own
        if texts:
            self._add(texts, [_NOBODY] * len(texts), [_arrays(gains)], [-1] * len(texts))
        return found

    def _split(self, asked: Word) -> Iterator[tuple[int, tuple[float, float]]]:
        """Joins of two listed neighbors that this word stands for."""
        for sound in _sounds(asked):
            number = self._joins.get(sound)
            if number is None:
                continue
            for both in self.vocabulary.pairs[number].split("|"):
                first, second = map(word, both.split(" "))
                close, gains = join(first, second, asked)
                if close:
                    yield number + len(self._units), gains

    def _add(
        self,
        texts: list[str],
        words: list[Word],
        gains: list[_Gains],
        split: list[int],
        *,
        span: int = 1,
    ) -> None:
        """Append words and their gains; the texts become known last, when all else is there."""
        count, base = len(texts), self._count
        askers, units, lefts, rights = _best(gains)
        self._room(base + count, self._gained + len(units))
        end = self._gained + len(units)
        self.units[self._gained : end] = units
        self.lefts[self._gained : end] = lefts
        self.rights[self._gained : end] = rights
        self.spans[self._gained : end] = span
        own = slice(base, base + count)
        counts = np.bincount(askers, minlength=count)
        self.counts[own] = counts
        self.starts[own] = self._gained + np.cumsum(counts) - counts
        self.costs[own] = np.bincount(askers, self._sizes[units], minlength=count)
        self.left[own] = _most(askers, lefts, count)
        self.right[own] = _most(askers, rights, count)
        part = lexicon().closeness["initial"]
        self.letters[own] = [len(w.text) == 1 and w.text.isalpha() for w in words]
        alphabetic = [w.text[:1].isalpha() for w in words]
        self.firsts[own] = [
            letter_bit(w.text[0]) if able else 0 for w, able in zip(words, alphabetic, strict=True)
        ]
        self.initials[own] = np.array([w.weight for w in words]) * np.where(
            alphabetic, np.where(self.letters[own], 1.0, part), 0.0
        )
        self._count, self._gained = base + count, end
        self.split += split
        self.numbers.update(zip(texts, range(base, base + count), strict=True))

    def _room(self, words: int, gains: int) -> None:
        """Longer copies of arrays that are full; whoever holds the old ones keeps them."""
        for names, wanted in ((_BY_WORD, words), (_BY_GAIN, gains)):
            for name in names:
                old = getattr(self, name)
                if len(old) < wanted:
                    new = np.zeros(max(wanted, 2 * len(old)), dtype=old.dtype)
                    new[: len(old)] = old
                    setattr(self, name, new)


def _special(vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """The forms with a letter, which may be an initial, or a word written like a legal form."""
    found: npt.NDArray[np.bool_] = vocabulary.letters != 0
    for text in legal_texts() & set(vocabulary.words):
        unit = vocabulary.words.index(text)
        found[vocabulary.postings[vocabulary.starts[unit] : vocabulary.starts[unit + 1]]] = True
    return found


_BY_WORD: Final = (
    "left", "right", "starts", "counts", "costs", "initials", "firsts", "letters"
)  # fmt: skip
_BY_GAIN: Final = ("units", "lefts", "rights", "spans")
_NOBODY: Final = Word("", 0.0, known=True)

_Gains = tuple[
    npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64], npt.NDArray[np.float64]
]


def _arrays(found: Sequence[Gain]) -> _Gains:
    askers, units, lefts, rights = zip(*found, strict=True) if found else ((), (), (), ())
    return (
        np.array(askers, dtype=np.int64),
        np.array(units, dtype=np.int64),
        np.array(lefts, dtype=np.float64),
        np.array(rights, dtype=np.float64),
    )


def _best(gains: Sequence[_Gains]) -> _Gains:
    """One gain for each word and unit, the best, in order of words."""
    askers, units, lefts, rights = (
        np.concatenate([found[side] for found in gains]) for side in range(4)
    )
    keys = askers << 32 | units
    order = np.argsort(keys, kind="stable")
    keys, lefts, rights = keys[order], lefts[order], rights[order]
    if not len(keys):
        return askers, units, lefts, rights
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    keys = keys[first]
    return (
        keys >> 32,
        keys & 0xFFFFFFFF,
        np.maximum.reduceat(lefts, first),
        np.maximum.reduceat(rights, first),
    )


def _most(
    askers: npt.NDArray[np.int64], gains: npt.NDArray[np.float64], count: int
) -> npt.NDArray[np.float64]:
    found = np.zeros(count)
    np.maximum.at(found, askers, gains)
    return found


def _sounds(asked: Word) -> Iterator[str]:
    if not asked.number:
        yield skeleton(asked.text)
        return
    for text in sorted(numbered().get(asked.text, ())):
        for cut in range(1, len(text)):
            if text[:cut] in lexicon().numerals and text[cut:] in lexicon().numerals:
                yield joined_skeleton(text[:cut], text[cut:])


@cache
def numbered() -> dict[str, frozenset[str]]:
    """The words that call each number."""
    found: dict[str, set[str]] = {}
    for text, digits in lexicon().numerals.items():
        found.setdefault(digits, set()).add(text)
    return {digits: frozenset(texts) for digits, texts in found.items()}


@cache
def nicknamed() -> dict[int, tuple[str, ...]]:
    """The spellings of each row of nicknames."""
    found: dict[int, list[str]] = {}
    for text, rows in lexicon().nicknames.items():
        for row in sorted(rows):
            found.setdefault(row, []).append(text)
    return {row: tuple(texts) for row, texts in found.items()}
