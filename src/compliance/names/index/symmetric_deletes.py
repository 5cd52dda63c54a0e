"""Which words of a vocabulary may be spelled or sound like given words, for many words at once.

Symmetric deletes (SymSpell): "kitten" and "sitten" both leave "itten", so that one is found by the
other without trying letters. Every word is filed under the hash of each string left after deleting
as many letters as edits are allowed, of its spelling and of its skeleton (`spelling.deletions`);
two words within reach share one. The hashes are polynomials over the letters, so that all deletions
of all words of one length are a few operations on arrays; a sieve drops most probes before the
sorted hashes are searched. A shared hash is only a candidate: distances decide. A word of n letters
has up to n (n + 1) / 2 + 1 deletions, each looked up in O(1); building is a sort of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.index.hashing import (
    INVERSE,
    Floats,
    Hashes,
    Places,
    Sieve,
    Truths,
    lengths_of,
    letter_sets,
    mixed,
    powers,
    spread,
)
from compliance.names.lexicon import lexicon
from compliance.names.word_distance import LONGEST, edits, sound_edits

Numbers = npt.NDArray[np.int32]

_TWICE: Final = INVERSE * INVERSE % (1 << 64)
_SPELLED: Final = 0x51
_SOUNDING: Final = 0x52
_BITS: Final = 25  # of the sieve: 4 MiB
_BUCKETS: Final = 20  # bits of a hash that say where it stands among the sorted ones: 8 MiB


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of a word asked and a word of the vocabulary, by place, and how close they are.

    `spelled` is their closeness by spelling and near sound, `sounding` that by the same sound, both
    as `spelling.closeness` has them; equal words have 1.0.
    """

    askers: Places
    places: Places
    spelled: Floats
    sounding: Floats


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts with their lengths and the sets of their letters."""

    texts: Sequence[str]
    lengths: Places
    letters: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Texts:
        return cls(texts, lengths_of(texts), letter_sets(texts))


class Neighbors:
    """The words of a vocabulary by their deletions. Immutable."""

    __slots__ = (
        "_buckets",
        "_distinct",
        "_sieve",
        "_skeletons",
        "_starts",
        "_words",
        "hashes",
        "numbers",
    )

    def __init__(
        self, words: Sequence[str], skeletons: Sequence[str], hashes: Hashes, numbers: Numbers
    ) -> None:
        self._words, self._skeletons = _Texts.of(words), _Texts.of(skeletons)
        self.hashes, self.numbers = hashes, numbers
        first = np.ones(len(hashes), dtype=np.bool_)
        first[1:] = hashes[1:] != hashes[:-1]
        self._starts = np.append(np.flatnonzero(first), len(hashes))
        self._distinct = hashes[first]
        self._sieve = Sieve(hashes, _BITS)
        edges = np.arange(1, 1 << _BUCKETS, dtype=np.uint64) << np.uint64(64 - _BUCKETS)
        inner = np.searchsorted(self._distinct, edges)
        self._buckets = np.concatenate(([0], inner, [len(self._distinct)]))

    @classmethod
    def build(cls, words: Sequence[str], skeletons: Sequence[str]) -> Neighbors:
        """File every word that can have neighbors."""
        numbers, hashes = _filed(words, skeletons)
        order = np.argsort(hashes)
        return cls(words, skeletons, hashes[order], numbers[order])

    def find(self, asked: Sequence[str], skeletons: Sequence[str]) -> Near:
        """The words of the vocabulary that the words asked may be spelled or sound like."""
        askers, hashes = _filed(asked, skeletons)
        hit = self._sieve.may_have(hashes)
        askers, hashes = askers[hit], hashes[hit]
        place, same = self._find(hashes)
        askers, place = askers[same], place[same]
        first = self._starts[place]
        counts = self._starts[place + 1] - first
        words = self.numbers[spread(first, counts)]
        pairs = np.sort(np.repeat(askers, counts).astype(np.int64) << 32 | words)
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        if not len(pairs):
            nothing = np.zeros(0)
            return Near(pairs, pairs, nothing, nothing)
        return self._close(_Texts.of(asked), _Texts.of(skeletons), pairs >> 32, pairs & 0xFFFFFFFF)

    def _find(self, hashes: Hashes) -> tuple[Places, Truths]:
        """Where each hash stands among the distinct ones, and whether it does."""
        buckets = (hashes >> np.uint64(64 - _BUCKETS)).astype(np.int64)
        place = self._buckets[buckets]
        ends = self._buckets[buckets + 1]
        rest = np.arange(len(hashes))
        same = np.zeros(len(hashes), dtype=np.bool_)
        while len(rest):  # as often as the fullest bucket has hashes
            rest = rest[place[rest] < ends[rest]]
            met = self._distinct[place[rest]] == hashes[rest]
            same[rest[met]] = True
            rest = rest[~met]
            place[rest] += 1
        return place, same

    def _close(self, asked: _Texts, skeletons: _Texts, askers: Places, places: Places) -> Near:
        """The pairs that are within reach by spelling or by sound."""
        shortest = np.minimum(asked.lengths[askers], self._words.lengths[places])
        spelled = _within(asked, askers, self._words, places, edits)
        sounding = _within(skeletons, askers, self._skeletons, places, sound_edits)
        kept = spelled | sounding
        askers, places, shortest = askers[kept], places[kept], shortest[kept]
        spelled, sounding = spelled[kept], sounding[kept]
        distance, longest = _distances(asked, askers, self._words, places, 2, spelled)
        close = np.where(
            distance <= _reach(edits)[shortest], 1 - distance / np.maximum(longest, 1), 0.0
        )
        sound, long_sound = _distances(skeletons, askers, self._skeletons, places, 1, sounding)
        short_sound = np.minimum(skeletons.lengths[askers], self._skeletons.lengths[places])
        figures = lexicon().closeness
        near = (sound == 1) & (sound <= _reach(sound_edits)[short_sound])
        close = np.where(
            near, np.maximum(close, figures["sound"] - 1 / np.maximum(long_sound, 1)), close
        )
        same = np.where(
            shortest > 5,
            figures["sound"],
            np.where(shortest == 5, figures["sound_five"], figures["sound_short"]),
        )
        same = np.where(sound == 0, same, 0.0)
        kept = (close > 0) | (same > 0)
        return Near(askers[kept], places[kept], close[kept], same[kept])


def sums(rows: Places, weights: Floats, count: int) -> Floats:
    """The sum of the weights of each of `count` rows."""
    return np.bincount(rows, weights, minlength=count).astype(np.float64, copy=False)


def _within(
    asked: _Texts, askers: Places, words: _Texts, places: Places, rule: Callable[[int], int]
) -> Truths:
    """Whether the lengths and letters of each pair of texts leave it within reach.

    An edit takes at most one letter out of a set of letters and puts one in; one that makes a text
    shorter puts none in.
    """
    ours, theirs = asked.lengths[askers], words.lengths[places]
    most = _reach(rule)[np.minimum(ours, theirs)]
    longer = ours - theirs
    one, other = asked.letters[askers], words.letters[places]
    lost, gained = np.bitwise_count(one & ~other), np.bitwise_count(other & ~one)
    found: Truths = lost <= np.minimum(most, most + longer)
    found &= gained <= np.minimum(most, most - longer)
    return found


def _distances(
    asked: _Texts, askers: Places, words: _Texts, places: Places, most: int, chosen: Truths
) -> tuple[npt.NDArray[np.int32], Places]:
    """Edits between the texts of each pair, and the longer one; `most` + 1 stands for all more.

    Only chosen pairs are compared; the others have more.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import
    from rapidfuzz.process import cpdist  # noqa: PLC0415 - as above

    found = np.full(len(askers), most + 1, dtype=np.int32)
    found[chosen] = cpdist(
        list(map(asked.texts.__getitem__, askers[chosen].tolist())),
        list(map(words.texts.__getitem__, places[chosen].tolist())),
        scorer=OSA.distance,
        score_cutoff=most,
        dtype=np.int32,
    )
    return found, np.maximum(asked.lengths[askers], words.lengths[places])


@cache
def _reach(rule: Callable[[int], int]) -> Places:
    """The edits that a rule allows, by the length of the shorter text; no filed one is longer."""
    return np.array([rule(length) for length in range(2 * LONGEST + 1)])


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways to delete letters of a text, by its length: pairs of the places that are left out.

    A text has two places more behind its end: to leave out one of these deletes nothing. Those of
    length n are `first[k]`, `second[k]` for `counts[n]` k from `starts[n]` on.
    """

    starts: Places
    counts: Places
    first: Places
    second: Places


@cache
def _ways(rule: Callable[[int], int], longest: int) -> _Ways:
    """The ways to delete as many letters as a rule allows: 1, n + 1 or n (n + 1) / 2 + 1.

    Of "abc" with one edit: (3, 4) leaves "abc", (0, 4) "bc", (1, 4) "ac", (2, 4) "ab".
    """
    pairs: list[list[tuple[int, int]]] = []
    for length in range(longest + 1):
        count = rule(length)
        own = [(length, length + 1)]
        if count >= 1:
            own += [(place, length + 1) for place in range(length)]
        if count >= 2:
            own += list(combinations(range(length), 2))
        pairs.append(own)
    counts = np.array(list(map(len, pairs)), dtype=np.int64)
    table = np.array([pair for own in pairs for pair in own], dtype=np.int64)
    return _Ways(np.cumsum(counts) - counts, counts, table[:, 0], table[:, 1])


def _filed(words: Sequence[str], skeletons: Sequence[str]) -> tuple[Numbers, Hashes]:
    """The hashes of all deletions, each with the place of its word."""
    chosen = [
        i for i, word in enumerate(words) if 3 <= len(word) <= LONGEST and not word.isdecimal()
    ]
    able = np.array(chosen, dtype=np.int32)
    spelled = _deleted([words[i] for i in chosen], _ways(edits, LONGEST), _SPELLED)
    heard = _deleted([skeletons[i] for i in chosen], _ways(sound_edits, 2 * LONGEST), _SOUNDING)
    return (
        np.concatenate((np.repeat(able, spelled[0]), np.repeat(able, heard[0]))),
        np.concatenate((spelled[1], heard[1])),
    )


def _deleted(texts: list[str], ways: _Ways, seed: int) -> tuple[Places, Hashes]:
    """How many ways there are to delete letters of each text, and the hashes of what is left.

    The hash of a run of letters is a difference of two sums `before`; behind a letter that is left
    out it is divided by the base once more.
    """
    lengths = lengths_of(texts)
    ends = np.cumsum(lengths)
    places = np.arange(int(lengths.sum())) - np.repeat(ends - lengths, lengths)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    first = ends - lengths + 3 * np.arange(len(texts))  # three places more in each text
    terms = np.zeros(int(lengths.sum()) + 3 * len(texts), dtype=np.uint64)
    terms[np.repeat(first + 1, lengths) + places] = (codes.astype(np.uint64) + np.uint64(1)) * (
        powers(places)
    )
    before = np.cumsum(terms)
    once, twice = before * np.uint64(INVERSE), before * np.uint64(_TWICE)
    start, middle = before.copy(), once.copy()
    start[:-1] -= once[1:]
    middle[:-1] -= twice[1:]
    rest = twice[first + lengths + 2] - before[first]
    counts = ways.counts[lengths]
    way = spread(ways.starts[lengths], counts)
    base = np.repeat(first, counts)
    found = start[base + ways.first[way]]
    found += middle[base + ways.second[way]]
    found += np.repeat(rest, counts)
    return counts, mixed(found ^ np.uint64(seed))
