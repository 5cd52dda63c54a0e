"""What each word of a query may gain in a vocabulary, and from which units: fuzzy postings.

"trdg" may gain from "trading" (its short form) and "trade"; that is found once, when the word is
met first, and is then a row of numbers: O(1) for each time that it stands in a name.

Gains are those of `word_pairs.pair` and `word_pairs.join`, or a little more: they bound, they do
not score. Words are learned many at once; a query then is a few numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.index.hashing import Floats, Places, Sieve, Texts, Truths, mixed
from compliance.names.index.inverted_index import LIGHT, Vocabulary, places
from compliance.names.index.symmetric_deletes import Near, Neighbors, sums
from compliance.names.index.token_cache import (
    NOBODY,
    SAYING,
    Gain,
    Gains,
    Memory,
    gathered,
    kind_of,
)
from compliance.names.lexicon import lexicon
from compliance.names.short_words import ShortWords, short_form
from compliance.names.tokens import Word, legal_texts, of_key, word
from compliance.names.word_distance import (
    BARE,
    consonantal,
    consonants_of,
    joined_skeleton,
    skeletons,
)
from compliance.names.word_pairs import join

_BITS: Final = 20  # of the sieve of sounds: 128 KiB


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


class Partners(Memory):
    """What words gain from the words of a vocabulary, and from its joins of neighbors."""

    def __init__(self, vocabulary: Vocabulary, neighbors: Neighbors) -> None:
        super().__init__(np.diff(vocabulary.starts))
        self.vocabulary = vocabulary
        self._neighbors = neighbors
        postings = Postings(vocabulary.starts, vocabulary.postings)
        special = _special(vocabulary)
        self.plain, self.all_plain = postings.of(~special), np.flatnonzero(~special)
        of_parties = special & ~vocabulary.personal
        self._of_persons = postings.of(special), np.flatnonzero(special)
        self._of_parties = postings.of(of_parties), np.flatnonzero(of_parties)
        self.longest = int(np.diff(vocabulary.sequence_starts).max(initial=0))  # words of a form
        self.heaviest = float(vocabulary.totals.max(initial=0.0))
        self.spoken = Texts.of([text.lstrip(" ") for text in vocabulary.spoken])
        self._units = {text: number for number, text in enumerate(vocabulary.words)}
        self._joins = {text: number for number, text in enumerate(vocabulary.joins)}
        self.light_in = self._of_light_words()
        self._sounds = places(vocabulary.sounds)
        self._sieve = Sieve(mixed(Texts.of(vocabulary.sounds).hashes), _BITS)
        self._together: dict[tuple[int, int], tuple[int, ...]] = {}
        self._numerals = lexicon().numerals

    def special(self, *, person: bool) -> tuple[Postings, Places]:
        """Forms with a letter, or a word written like a legal form: by unit, and all of them."""
        return self._of_persons if person else self._of_parties

    @cached_property
    def letters_in(self) -> Places:
        """How many single letters, which may be initials, each form has."""
        vocabulary = self.vocabulary
        single = (self.spoken.lengths == 1) & (vocabulary.spoken_begins != 0)
        lengths = np.diff(vocabulary.sequence_starts)
        forms = np.repeat(np.arange(len(lengths)), lengths)
        return np.bincount(forms[single[vocabulary.sequence]], minlength=len(lengths))

    @cached_property
    def letters_twice(self) -> Truths:
        """Which forms have a single letter twice."""
        found: Truths = self.letters_in > np.bitwise_count(self.vocabulary.letters)
        return found

    def _of_light_words(self) -> Floats:
        """What light words may gain in each form: a little for each that is light or so written."""
        formal, vocabulary = legal_texts(), self.vocabulary
        light = [text not in self._units or text in formal for text in vocabulary.spoken]
        lengths = np.diff(vocabulary.sequence_starts)
        forms = np.repeat(np.arange(len(lengths)), lengths)
        return LIGHT * sums(
            forms, np.array(light, dtype=np.float64)[vocabulary.sequence], len(lengths)
        )

    def __len__(self) -> int:
        return super().__len__() + len(self._together)

    def forgetful(self, arrays: Mapping[str, npt.NDArray[Any]]) -> Partners:
        """The same vocabulary, knowing what `arrays` described and nothing else."""
        found = copy(self)
        found.recall(arrays)
        return found

    def recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Know what `arrays` described, and nothing else."""
        super().recall(arrays)
        self._together = {}

    def learn(self, words: Mapping[str, Word]) -> None:
        """Number these words, by `key`, with all they may gain; known ones stay as they are."""
        with self._lock:
            new = {name: word for name, word in words.items() if name not in self.numbers}
            if not new:
                return
            saying = {name: word for name, word in new.items() if kind_of(word) == SAYING}
            if saying:
                asked = list(saying.values())
                sounds = skeletons([word.text for word in asked])
                gains = [*self._spelled(asked, sounds), *self._otherwise(asked, sounds)]
                self._add(list(saying), asked, gains, self._splits(asked, sounds), sounds=sounds)
            rest = {name: word for name, word in new.items() if name not in saying}
            if rest:
                self._add(list(rest), list(rest.values()), [self._as_words(rest.values())])

    def _as_words(self, asked: Iterable[Word]) -> Gains:
        """What legal forms gain from listed words that are written like them."""
        return gathered(
            [
                (number, self._units[one.text], 0.0, self._weight(self._units[one.text]), True)
                for number, one in enumerate(asked)
                if one.legal and one.text in self._units
            ]
        )

    def joined(self, firsts: Places, seconds: Places) -> Truths:
        """Whether two neighbors, by number, may sound like a listed word, or be a number."""
        hashes = self.sounds_of(firsts).with_next(self.sounds_of(seconds), once=True)
        found: Truths = self._sieve.may_have(mixed(hashes))
        found |= self.numerals[firsts] & self.numerals[seconds]
        return found

    def together(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
        """Of neighbors, by number, the numbers under which their gains as one word are kept."""
        known = self._together
        new = [pair for pair in dict.fromkeys(pairs) if pair not in known]
        if new:
            with self._lock:
                names = {pair: self._as_one(*(of_key(self.names[n]) for n in pair)) for pair in new}
                gains = {name: gain for own in names.values() for name, gain in own.items()}
                added = [name for name in gains if name not in self.numbers]
                if added:
                    found = [(place, *gains[name], True) for place, name in enumerate(added)]
                    self._add(added, [NOBODY] * len(added), [gathered(found)], span=2)
                for pair, own in names.items():
                    known[pair] = tuple(self.numbers[name] for name in own)
        return [known[pair] for pair in pairs]

    def _as_one(self, first: Word, second: Word) -> dict[str, tuple[int, float, float]]:
        """The units that two neighbors may be as one, and the gains: ours, and theirs."""
        text = first.text + second.text
        units = self._sounds.get(joined_skeleton(first.text, second.text), ())
        digits = self._numerals.get(text)
        if digits in self._units:
            units = (*units, self._units[digits])
        found: dict[str, tuple[int, float, float]] = {}
        for unit in units:
            close, (theirs, ours) = join(first, second, word(self.vocabulary.words[unit]))
            if close:
                found[f"{unit} {ours!r} {theirs!r}"] = (unit, ours, theirs)  # no word has a space
        return found

    def _spelled(self, asked: Sequence[Word], sounds: Sequence[str]) -> Iterator[Gains]:
        """Gains from words that are spelled or sound alike."""
        texts = ["" if found.number else found.text for found in asked]
        near: Near = self._neighbors.find(texts, sounds)
        weights = np.array([found.weight for found in asked])[near.askers]
        known = np.array([found.known for found in asked], dtype=np.bool_)[near.askers]
        known &= self.vocabulary.known[near.places]
        less = np.where(known, lexicon().factors["known"], 1.0)
        close = np.maximum(near.spelled * less, near.sounding)
        exact = lexicon().factors["exact"]
        gain = close * np.minimum(weights, self.vocabulary.weights[near.places])
        yield near.askers, near.places, gain, gain, close >= exact

    def _otherwise(self, asked: Sequence[Word], sounds: Sequence[str]) -> Iterator[Gains]:
        """Gains from equal words, nicknames, numerals and bare consonants."""
        figures, nicknames = lexicon().closeness, lexicon().nicknames
        exact = lexicon().factors["exact"]
        units = np.array([self._units.get(one.text, -1) for one in asked], dtype=np.int64)
        askers = np.flatnonzero(units >= 0)
        whole = np.array([one.weight for one in asked])[askers]
        yield askers, units[askers], whole, whole, np.ones(len(askers), dtype=np.bool_)
        found: list[Gain] = []
        for number, one in enumerate(asked):
            text, weight = one.text, one.weight
            if one.number or text in self._numerals:
                found += [
                    (number, unit, weight, self._weight(unit), True) for unit in self._called(text)
                ]
            if text in nicknames:
                for unit in self._nicknamed(text):
                    gain = figures["nickname"] * min(weight, self._weight(unit))
                    found.append((number, unit, gain, gain, figures["nickname"] >= exact))
        found += self._short(asked)
        for number, letters in enumerate(consonants_of(sounds)):
            if letters in self._bare or asked[number].text.startswith(BARE):
                close = consonantal(letters)
                ours = close * asked[number].weight
                for unit in self._consonant(asked[number], letters):
                    theirs = close * self._weight(unit)
                    found.append((number, unit, ours, theirs, close >= exact))
        yield gathered(found)

    def _weight(self, unit: int) -> float:
        return float(self.vocabulary.weights[unit])

    def _called(self, text: str) -> Iterator[int]:
        """Other words and digits of the same number."""
        digits = self._numerals.get(text, text)
        for other in sorted({digits, *numerals_by_digits().get(digits, ())} - {text}):
            if other in self._units:
                yield self._units[other]

    def _short(self, asked: Sequence[Word]) -> Iterator[Gain]:
        """Gains from words that these are short for, and from short forms of them.

        What a short form weighs less by it counts as gained: the share of a sum without a part is
        never more than with the part on both sides.
        """
        exact = lexicon().factors["exact"]
        for number, unit in self._shorts.of(asked):
            one, other = asked[number], word(self.vocabulary.words[unit])
            short = short_form(one, other)
            if short:
                gain = short.closeness * short.weight
                ours, theirs = one.weight - short.weight, other.weight - short.weight
                firm = short.closeness >= exact
                yield number, unit, gain + ours, gain + theirs, firm

    @cached_property
    def _shorts(self) -> ShortWords:
        vocabulary = self.vocabulary
        return ShortWords(vocabulary.words, vocabulary.known, vocabulary.weights)

    def _nicknamed(self, text: str) -> Iterator[int]:
        for row in sorted(lexicon().nicknames.get(text, ())):
            for other in nicknames_by_row()[row]:
                if other in self._units and other != text:
                    yield self._units[other]

    def _consonant(self, asked: Word, letters: str) -> Sequence[int]:
        if asked.text.startswith(BARE):
            return self._full.get(letters, ())
        return () if asked.number else self._bare.get(letters, ())

    @cached_property
    def _bare(self) -> dict[str, tuple[int, ...]]:
        return self._by_consonants(bare=True)

    @cached_property
    def _full(self) -> dict[str, tuple[int, ...]]:
        return self._by_consonants(bare=False)

    def _by_consonants(self, *, bare: bool) -> dict[str, tuple[int, ...]]:
        vocabulary = self.vocabulary
        chosen = [n for n, text in enumerate(vocabulary.words) if text.startswith(BARE) == bare]
        letters = places(consonants_of([vocabulary.sounds[n] for n in chosen]))
        return {own: tuple(chosen[place] for place in found) for own, found in letters.items()}

    def _splits(self, asked: Sequence[Word], sounds: Sequence[str]) -> list[int]:
        """Numbers for what words gain from joins of listed neighbors, added; -1 where nothing."""
        found = [-1] * len(asked)
        texts: list[str] = []
        gains: list[Gain] = []
        for number, (one, sound) in enumerate(zip(asked, sounds, strict=True)):
            if sound in self._joins or one.number:
                own = [(len(texts), unit, *gain, True) for unit, gain in self._split(one, sound)]
                if own:
                    found[number] = self._count + len(texts)
                    texts.append(f"{one.text} ")  # no word ends with a space
                    gains += own
        if texts:
            self._add(texts, [NOBODY] * len(texts), [gathered(gains)])
        return found

    def _split(self, asked: Word, sound: str) -> Iterator[tuple[int, tuple[float, float]]]:
        """Joins of two listed neighbors that this word stands for."""
        for called in _called_sounds(asked.text) if asked.number else (sound,):
            number = self._joins.get(called)
            if number is None:
                continue
            for both in self.vocabulary.pairs[number].split("|"):
                first, second = map(of_key, both.split(" ", 1))  # a legal form only as the second
                close, gains = join(first, second, asked)
                if close:
                    yield number + len(self._units), gains


def _special(vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """The forms with a letter, which may be an initial, or a word written like a legal form."""
    found: npt.NDArray[np.bool_] = vocabulary.letters != 0
    for text in legal_texts() & set(vocabulary.words):
        unit = vocabulary.words.index(text)
        found[vocabulary.postings[vocabulary.starts[unit] : vocabulary.starts[unit + 1]]] = True
    return found


def _called_sounds(digits: str) -> Iterator[str]:
    """The sounds of the numerals, in two parts, that call a number."""
    for text in sorted(numerals_by_digits().get(digits, ())):
        for cut in range(1, len(text)):
            if text[:cut] in lexicon().numerals and text[cut:] in lexicon().numerals:
                yield joined_skeleton(text[:cut], text[cut:])


@cache
def numerals_by_digits() -> dict[str, frozenset[str]]:
    """The words that call each number."""
    found: dict[str, set[str]] = {}
    for text, digits in lexicon().numerals.items():
        found.setdefault(digits, set()).add(text)
    return {digits: frozenset(texts) for digits, texts in found.items()}


@cache
def nicknames_by_row() -> dict[int, tuple[str, ...]]:
    """The spellings of each row of nicknames."""
    found: dict[int, list[str]] = {}
    for text, rows in lexicon().nicknames.items():
        for row in sorted(rows):
            found.setdefault(row, []).append(text)
    return {row: tuple(texts) for row, texts in found.items()}
