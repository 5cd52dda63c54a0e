"""What each word of a query may gain in a vocabulary, and from which units: learned once a word.

Gains are those of `scoring.pair` and `scoring.join`, or a little more: they bound, they do not
score. Words are learned many at once and kept as arrays; a query then is a few numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from compliance.names.hashing import Floats, Hashes, Places, Sieve, Texts, Truths, mixed
from compliance.names.lexicon import lexicon
from compliance.names.neighbors import Near, Neighbors
from compliance.names.scoring import EXACT, join
from compliance.names.spelling import BARE, consonantal, consonants_of, joined_skeleton, skeletons
from compliance.names.vocabulary import LIGHT, Vocabulary, letter_bit, packed, places, unpacked
from compliance.names.words import Word, legal_texts, of_key, word

_FIRST_ROOM: Final = 4_096

Array = TypeVar("Array", bound=npt.NDArray[Any])
Gain = tuple[int, int, float, float, bool]  # word, unit, what it and its partner gain, firm


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
    `spans[k]` how many words of the query gain it together, `firm[k]` whether that may support a
    misspelled word. `weights` and `kinds` tell a word that is looked up (SAYING), one that is taken
    to be in every name (SMALL: it weighs next to nothing) and a LEGAL form; `light` is what may be
    gained in any name.
    What a word gains from two listed neighbors written as one is kept under a number of its own,
    `splits[w]`, or -1. `initials` is what an initial gains the word at best, `firsts` the bit of
    its first letter, `letters` whether it is one letter. `texts` and `sounds` are hashes.
    """

    left: Floats
    right: Floats
    weights: Floats
    light: Floats
    initials: Floats
    starts: Places
    counts: Places
    costs: Places
    splits: Places
    text_lengths: Places
    sound_lengths: Places
    texts: Hashes
    sounds: Hashes
    sound_firsts: Hashes
    sound_lasts: Hashes
    letters: Truths
    numerals: Truths
    firsts: npt.NDArray[np.uint32]
    kinds: npt.NDArray[np.int8]
    lefts: Floats
    rights: Floats
    both: Floats
    spans: Floats
    units: Places
    firm: Truths

    def __init__(self, vocabulary: Vocabulary, neighbors: Neighbors) -> None:
        self.vocabulary = vocabulary
        self._neighbors = neighbors
        self.postings = Postings(vocabulary.starts, vocabulary.postings)
        special = _special(vocabulary)
        self.special, self.plain = self.postings.of(special), self.postings.of(~special)
        self.all_plain = np.flatnonzero(~special)
        self.all_special = np.flatnonzero(special)
        self._sizes = np.diff(vocabulary.starts)
        self._units = {text: number for number, text in enumerate(vocabulary.words)}
        self._joins = {text: number for number, text in enumerate(vocabulary.joins)}
        self._sounds = places(vocabulary.sounds)
        sounds = Texts.of(list(self._sounds))
        self._sieve = Sieve(mixed(sounds.hashes), _BITS)
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}
        self._together: dict[tuple[int, int], tuple[int, ...]] = {}
        self._numerals = lexicon().numerals
        self._lock = Lock()
        self._count, self._gained = 0, 1  # gain 0 is nothing, for forms listed without one
        for name, kind in (_BY_WORD | _BY_GAIN).items():
            setattr(self, name, np.zeros(_FIRST_ROOM, dtype=kind))

    def __len__(self) -> int:
        return self._count

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is known, to be stored."""
        words = {f"word_{name}": getattr(self, name)[: self._count] for name in _BY_WORD}
        gains = {f"gain_{name}": getattr(self, name)[: self._gained] for name in _BY_GAIN}
        return {**words, **gains, **packed("known", self.names)}

    def recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Know what `arrays` described, and nothing else."""
        with self._lock:
            self.names = list(unpacked("known", arrays))
            self.numbers = {name: number for number, name in enumerate(self.names)}
            self._together = {}
            for names, prefix in ((_BY_WORD, "word_"), (_BY_GAIN, "gain_")):
                for name in names:
                    setattr(self, name, arrays[prefix + name])  # replaced before it is written to
            self._count, self._gained = len(self.names), len(self.units)

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

    def _as_words(self, asked: Iterable[Word]) -> _Gains:
        """What legal forms gain from listed words that are written like them."""
        return _arrays(
            [
                (number, self._units[one.text], 0.0, self._weight(self._units[one.text]), True)
                for number, one in enumerate(asked)
                if one.legal and one.text in self._units
            ]
        )

    def _weight(self, text: str) -> float:
        return float(self.vocabulary.weights[self._units[text]])

    def columns(self, gains: Places) -> list[Floats]:
        """What gains bring: left, right, the same where they are firm, and from how many words."""
        left, right, firm = self.lefts[gains], self.rights[gains], self.firm[gains]
        return [left, right, left * firm, right * firm, self.spans[gains]]

    def joined(self, firsts: Places, seconds: Places) -> Truths:
        """Whether two neighbors, by number, may sound like a listed word, or be a number."""
        hashes = self.sounds_of(firsts).with_next(self.sounds_of(seconds), once=True)
        found: Truths = self._sieve.may_have(mixed(hashes))
        found |= self.numerals[firsts] & self.numerals[seconds]
        return found

    def sounds_of(self, numbers: Places) -> Texts:
        """The sounds of words."""
        columns = (self.sounds, self.sound_lengths, self.sound_firsts, self.sound_lasts)
        return Texts(*(column[numbers] for column in columns))

    def texts_of(self, numbers: Places) -> Texts:
        """The texts of words, without their first and last letters."""
        nothing = np.zeros(0, dtype=np.uint64)
        return Texts(self.texts[numbers], self.text_lengths[numbers], nothing, nothing)

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
                    self._add(added, [_NOBODY] * len(added), [_arrays(found)], span=2)
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

    def _spelled(self, asked: Sequence[Word], sounds: Sequence[str]) -> Iterator[_Gains]:
        """Gains from words that are spelled or sound alike."""
        texts = ["" if found.number else found.text for found in asked]
        near: Near = self._neighbors.find(texts, sounds)
        weights = np.array([found.weight for found in asked])[near.askers]
        known = np.array([found.known for found in asked], dtype=np.bool_)[near.askers]
        known &= self.vocabulary.known[near.places]
        less = np.where(known, lexicon().factors["known"], 1.0)
        close = np.maximum(near.spelled * less, near.sounding)
        gain = close * np.minimum(weights, self.vocabulary.weights[near.places])
        yield near.askers, near.places, gain, gain, close >= EXACT

    def _otherwise(self, asked: Sequence[Word], sounds: Sequence[str]) -> Iterator[_Gains]:
        """Gains from equal words, nicknames, numerals and bare consonants."""
        figures, nicknames = lexicon().closeness, lexicon().nicknames
        found: list[Gain] = []
        for number, one in enumerate(asked):
            text, weight = one.text, one.weight
            if text in self._units:
                found.append((number, self._units[text], weight, weight, True))
            if one.number or text in self._numerals:
                found += [
                    (number, unit, weight, self._weight(unit), True) for unit in self._called(text)
                ]
            if text in nicknames:
                for unit in self._nicknamed(text):
                    gain = figures["nickname"] * min(weight, self._weight(unit))
                    found.append((number, unit, gain, gain, figures["nickname"] >= EXACT))
        for number, letters in enumerate(consonants_of(sounds)):
            if letters in self._bare or asked[number].text.startswith(BARE):
                close = consonantal(letters)
                ours = close * asked[number].weight
                for unit in self._consonant(asked[number], letters):
                    theirs = close * self._weight(unit)
                    found.append((number, unit, ours, theirs, close >= EXACT))
        yield _arrays(found)

    def _weight(self, unit: int) -> float:
        return float(self.vocabulary.weights[unit])

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

    def _consonant(self, asked: Word, letters: str) -> Sequence[int]:
        if asked.text.startswith(BARE):
            return self._full.get(letters, ())
        return () if asked.number else self._bare.get(letters, ())

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=True)

    @cached_property
    def _full(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=False)

    def _by_consonants(self, *, bare: bool) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        chosen = [text for text in self._units if text.startswith(BARE) == bare]
        for text, letters in zip(chosen, consonants_of(skeletons(chosen)), strict=True):
            found.setdefault(letters, []).append(self._units[text])
        return found

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
            self._add(texts, [_NOBODY] * len(texts), [_arrays(gains)])
        return found

    def _split(self, asked: Word, sound: str) -> Iterator[tuple[int, tuple[float, float]]]:
        """Joins of two listed neighbors that this word stands for."""
        for called in _called_sounds(asked.text) if asked.number else (sound,):
            number = self._joins.get(called)
            if number is None:
                continue
            for both in self.vocabulary.pairs[number].split("|"):
                first, second = map(word, both.split(" "))
                close, gains = join(first, second, asked)
                if close:
                    yield number + len(self._units), gains

    def _add(
        self,
        names: list[str],
        words: list[Word],
        gains: list[_Gains],
        splits: list[int] | None = None,
        *,
        sounds: Sequence[str] | None = None,
        span: int = 1,
    ) -> None:
        """Append words and their gains; the names become known last, when all else is there."""
        count, base = len(names), self._count
        askers, units, lefts, rights, firm = _best(gains)
        self._room(base + count, self._gained + len(units))
        end = self._gained + len(units)
        self.units[self._gained : end] = units
        self.lefts[self._gained : end] = lefts
        self.rights[self._gained : end] = rights
        self.both[self._gained : end] = lefts + rights
        self.firm[self._gained : end] = firm
        self.spans[self._gained : end] = span
        own = slice(base, base + count)
        counts = np.bincount(askers, minlength=count)
        self.counts[own] = counts
        self.starts[own] = self._gained + np.cumsum(counts) - counts
        self.costs[own] = np.bincount(askers, self._sizes[units], minlength=count)
        self.left[own] = _most(askers, lefts, count)
        self.right[own] = _most(askers, rights, count)
        self.splits[own] = -1 if splits is None else splits
        self._describe(own, words, sounds)
        self.names += names
        self._count, self._gained = base + count, end
        self.numbers.update(zip(names, range(base, base + count), strict=True))

    def _describe(self, own: slice, words: list[Word], sounds: Sequence[str] | None) -> None:
        """What the words are, whatever they gain."""
        texts = [one.text for one in words]
        weights = np.array([one.weight for one in words])
        self.weights[own] = weights
        self.kinds[own] = [kind_of(one) for one in words]
        self.light[own] = [everywhere(one) for one in words]
        self.numerals[own] = [text in self._numerals for text in texts]
        spelled = Texts.of(texts)
        self.texts[own], self.text_lengths[own] = spelled.hashes, spelled.lengths
        heard = Texts.of(skeletons(texts) if sounds is None else sounds)
        self.sounds[own], self.sound_lengths[own] = heard.hashes, heard.lengths
        self.sound_firsts[own], self.sound_lasts[own] = heard.firsts, heard.lasts
        alphabetic = [one.text[:1].isalpha() and not one.legal for one in words]
        self.letters[own] = [able and len(one.text) == 1 for one, able in zip(words, alphabetic, strict=True)]
        self.firsts[own] = [
            letter_bit(text[0]) if able else 0 for text, able in zip(texts, alphabetic, strict=True)
        ]
        part = lexicon().closeness["initial"]
        self.initials[own] = weights * np.where(
            alphabetic, np.where(self.letters[own], 1.0, part), 0.0
        )

    def _room(self, words: int, gains: int) -> None:
        """Longer copies of arrays that are full; whoever holds the old ones keeps them."""
        for names, wanted in ((_BY_WORD, words), (_BY_GAIN, gains)):
            for name in names:
                setattr(self, name, longer(getattr(self, name), wanted))


def longer(array: Array, wanted: int) -> Array:
    """The array where it has as many places, else a copy that has them and more."""
    if len(array) >= wanted:
        return array
    found = np.zeros(max(wanted, 2 * len(array)), dtype=array.dtype)
    found[: len(array)] = array
    return found


def kind_of(word: Word) -> int:
    """Whether a word is looked up, taken to be everywhere, or a legal form."""
    if word.legal:
        return LEGAL
    return SMALL if word.weight < LIGHT else SAYING


def everywhere(word: Word) -> float:
    """What a word may gain in any name: all that it weighs, or what a legal form like it does."""
    if word.legal or word.weight < LIGHT:
        return word.weight
    return lexicon().weights["legal_form"] if word.text in legal_texts() else 0.0


def _special(vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
    """The forms with a letter, which may be an initial, or a word written like a legal form."""
    found: npt.NDArray[np.bool_] = vocabulary.letters != 0
    for text in legal_texts() & set(vocabulary.words):
        unit = vocabulary.words.index(text)
        found[vocabulary.postings[vocabulary.starts[unit] : vocabulary.starts[unit + 1]]] = True
    return found


SAYING, SMALL, LEGAL = range(3)
COLUMNS: Final = 5  # of `Partners.columns`
_BITS: Final = 20  # of the sieve of sounds: 128 KiB
_BY_WORD: Final[Mapping[str, type[np.generic]]] = {
    **dict.fromkeys(("left", "right", "weights", "light", "initials"), np.float64),
    **dict.fromkeys(("starts", "counts", "costs", "splits"), np.int64),
    **dict.fromkeys(("text_lengths", "sound_lengths"), np.int64),
    **dict.fromkeys(("texts", "sounds", "sound_firsts", "sound_lasts"), np.uint64),
    **dict.fromkeys(("letters", "numerals"), np.bool_),
    "firsts": np.uint32,
    "kinds": np.int8,
}
_BY_GAIN: Final[Mapping[str, type[np.generic]]] = {
    **dict.fromkeys(("lefts", "rights", "both", "spans"), np.float64),
    "units": np.int64,
    "firm": np.bool_,
}
_NOBODY: Final = Word("", 0.0, known=True)

_Gains = tuple[Places, Places, npt.NDArray[np.float64], npt.NDArray[np.float64], Truths]


def _arrays(found: Sequence[Gain]) -> _Gains:
    askers, units, lefts, rights, firm = zip(*found, strict=True) if found else ((),) * 5
    return (
        np.array(askers, dtype=np.int64),
        np.array(units, dtype=np.int64),
        np.array(lefts, dtype=np.float64),
        np.array(rights, dtype=np.float64),
        np.array(firm, dtype=np.bool_),
    )


def _best(gains: Sequence[_Gains]) -> _Gains:
    """One gain for each word and unit, the best, in order of words."""
    askers, units, lefts, rights, firm = map(np.concatenate, zip(*gains, strict=True))
    keys = askers << 32 | units
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if not len(keys):
        return askers, units, lefts, rights, firm
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    keys = keys[first]
    return (
        keys >> 32,
        keys & 0xFFFFFFFF,
        np.maximum.reduceat(lefts[order], first),
        np.maximum.reduceat(rights[order], first),
        np.logical_or.reduceat(firm[order], first),
    )


def _most(
    askers: npt.NDArray[np.int64], gains: npt.NDArray[np.float64], count: int
) -> npt.NDArray[np.float64]:
    found = np.zeros(count)
    np.maximum.at(found, askers, gains)
    return found


def _called_sounds(digits: str) -> Iterator[str]:
    """The sounds of the numerals, in two parts, that call a number."""
    for text in sorted(numbered().get(digits, ())):
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
