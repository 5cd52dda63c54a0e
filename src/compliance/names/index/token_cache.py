"""Words by number, and what each may gain from which units: a token cache of arrays that grow.

Each array is doubled when it is full, so that n words cost O(n) copies in all.
What is known of a word never changes, so whoever holds an array may keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from compliance.names.index.hashing import Floats, Hashes, Places, Texts, Truths
from compliance.names.index.inverted_index import LIGHT, letter_bit, packed, unpacked
from compliance.names.lexicon import lexicon
from compliance.names.tokens import Word, legal_texts
from compliance.names.word_distance import skeletons

SAYING, SMALL, LEGAL = range(3)
COLUMNS: Final = 5  # of `Memory.columns`
_BY_WORD: Final[dict[str, type[np.generic]]] = {
    **dict.fromkeys(("left", "right", "weights", "light", "initials"), np.float64),
    **dict.fromkeys(("starts", "counts", "costs", "splits"), np.int64),
    **dict.fromkeys(("text_lengths", "sound_lengths"), np.int64),
    **dict.fromkeys(("texts", "sounds", "sound_firsts", "sound_lasts"), np.uint64),
    **dict.fromkeys(("letters", "numerals"), np.bool_),
    "firsts": np.uint32,
    "kinds": np.int8,
}
_BY_GAIN: Final[dict[str, type[np.generic]]] = {
    **dict.fromkeys(("lefts", "rights", "both", "spans"), np.float64),
    "units": np.int64,
    "firm": np.bool_,
}
NOBODY: Final = Word("", 0.0, known=True)  # under whose numbers two words as one are kept
_FIRST_ROOM: Final = 4_096

Scalar = TypeVar("Scalar", bound=np.generic)
Gain = tuple[int, int, float, float, bool]  # word, unit, what it and its partner gain, firm
Gains = tuple[Places, Places, Floats, Floats, Truths]


class Memory:
    """Words by number: at most `left` and `right` are gained, from `units[k]` each `lefts[k]` ...

    for k from `starts[w]` on, `counts[w]` of them; `costs` is how many forms these units are in,
    `spans[k]` how many words of the query gain it together, `firm[k]` whether that may support a
    misspelled word. `weights` and `kinds` tell a word that is looked up (SAYING), one that is taken
    to be in every name (SMALL: it weighs next to nothing) and a LEGAL form; `light` is what may be
    gained in any name, the whole of it by a word written like a legal form only where the names are
    the same but for that.
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

    def __init__(self, sizes: Places) -> None:
        """`sizes`: in how many forms each unit is."""
        self._sizes = sizes
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}
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
        return {**words, **gains, **packed("learned", self.names)}

    def recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Know what `arrays` described, and nothing else; whoever holds what was known keeps it."""
        self._lock = Lock()
        with self._lock:
            self.names = list(unpacked("learned", arrays))
            self.numbers = {name: number for number, name in enumerate(self.names)}
            for names, prefix in ((_BY_WORD, "word_"), (_BY_GAIN, "gain_")):
                for name in names:
                    setattr(self, name, arrays[prefix + name])  # replaced before it is written to
            self._count, self._gained = len(self.names), len(self.units)

    def columns(self, gains: Places) -> list[Floats]:
        """What gains bring: left, right, the same where they are firm, and from how many words."""
        left, right, firm = self.lefts[gains], self.rights[gains], self.firm[gains]
        return [left, right, left * firm, right * firm, self.spans[gains]]

    def sounds_of(self, numbers: Places) -> Texts:
        """The sounds of words."""
        return Texts(
            self.sounds[numbers],
            self.sound_lengths[numbers],
            self.sound_firsts[numbers],
            self.sound_lasts[numbers],
        )

    def texts_of(self, numbers: Places) -> Texts:
        """The texts of words, without their first and last letters."""
        nothing = np.zeros(0, dtype=np.uint64)
        return Texts(self.texts[numbers], self.text_lengths[numbers], nothing, nothing)

    def _add(
        self,
        names: list[str],
        words: list[Word],
        gains: list[Gains],
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
        formal, numerals = legal_texts(), lexicon().numerals
        small = [text in formal for text in texts] | (self.kinds[own] != SAYING)
        self.light[own] = weights * small
        self.numerals[own] = [text in numerals for text in texts]
        spelled = Texts.of(texts)
        self.texts[own], self.text_lengths[own] = spelled.hashes, spelled.lengths
        heard = Texts.of(skeletons(texts) if sounds is None else sounds)
        self.sounds[own], self.sound_lengths[own] = heard.hashes, heard.lengths
        self.sound_firsts[own], self.sound_lasts[own] = heard.firsts, heard.lasts
        alphabetic = [one.text[:1].isalpha() and not one.legal for one in words]
        self.letters[own] = [
            able and len(one.text) == 1 for one, able in zip(words, alphabetic, strict=True)
        ]
        self.firsts[own] = [
            letter_bit(text[0]) if able else 0 for text, able in zip(texts, alphabetic, strict=True)
        ]
        part = lexicon().closeness["initial"]
        self.initials[own] = weights * np.where(
            alphabetic, np.where(self.letters[own], 1.0, part), 0.0
        )

    def _room(self, words: int, gains: int) -> None:
        """Longer copies of arrays that are full; whoever holds the old ones keeps them."""
        for names, first, wanted in ((_BY_WORD, self.left, words), (_BY_GAIN, self.lefts, gains)):
            for name in names if len(first) < wanted else ():
                setattr(self, name, longer(getattr(self, name), wanted))


def longer(array: npt.NDArray[Scalar], wanted: int) -> npt.NDArray[Scalar]:
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


def gathered(found: Sequence[Gain]) -> Gains:
    """Gains as columns."""
    askers, units, lefts, rights, firm = zip(*found, strict=True) if found else ((),) * 5
    return (
        np.array(askers, dtype=np.int64),
        np.array(units, dtype=np.int64),
        np.array(lefts, dtype=np.float64),
        np.array(rights, dtype=np.float64),
        np.array(firm, dtype=np.bool_),
    )


def _best(gains: Sequence[Gains]) -> Gains:
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
