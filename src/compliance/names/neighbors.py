"""Which words of a vocabulary may be spelled or sound like given words, for many words at once.

Every word is filed under the hash of each string left after deleting as many letters as edits are
allowed, of its spelling and of its skeleton (`spelling.deletions`); two words within reach share
one. The hashes are polynomials over the letters, so that all deletions of all words of one length
are a few operations on arrays; a sieve drops most probes before the sorted hashes are searched. A
shared hash is only a candidate: distances decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.hashing import BASE, INVERSE, Floats, Hashes, Places, Sieve, Truths, mixed
from compliance.names.lexicon import lexicon
from compliance.names.spelling import LONGEST, edits, sound_edits

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
        return cls(texts, _lengths(texts), _letters(texts))


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


def spread(first: Places, counts: Places) -> Places:
    """The indices first, first + 1 ... of each run of `counts` members, one run behind another."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(total)


def sums(rows: Places, weights: Floats, count: int) -> Floats:
    """The sum of the weights of each of `count` rows."""
    return np.bincount(rows, weights, minlength=count).astype(np.float64, copy=False)


def _lengths(texts: Sequence[str]) -> Places:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _letters(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The set of the letters of each text, a bit for each (many share one)."""
    joined = "".join(texts)
    found = np.zeros(len(texts), dtype=np.uint32)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = (np.uint32(1) << (codes & np.uint32(31))).astype(np.uint32)
    lengths = _lengths(texts)
    full = lengths > 0
    if len(codes):
        found[full] = np.bitwise_or.reduceat(bits, (np.cumsum(lengths) - lengths)[full])
    return found


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


def _filed(words: Sequence[str], skeletons: Sequence[str]) -> tuple[Numbers, Hashes]:
    """The hashes of all deletions, each with the place of its word."""
    able = np.array(
        [i for i, word in enumerate(words) if 3 <= len(word) <= LONGEST and not word.isdecimal()],
        dtype=np.int32,
    )
    chosen = able.tolist()
    numbers: list[Numbers] = [np.empty(0, dtype=np.int32)]
    hashes: list[Hashes] = [np.empty(0, dtype=np.uint64)]
    for texts, reach, seed in (
        ([words[i] for i in chosen], edits, _SPELLED),
        ([skeletons[i] for i in chosen], sound_edits, _SOUNDING),
    ):
        lengths = _lengths(texts)
        for length in np.unique(lengths).tolist():
            rows = np.flatnonzero(lengths == length)
            found = _deleted([texts[i] for i in rows.tolist()], length, reach(length), seed)
            hashes.append(found.ravel())
            numbers.append(np.repeat(able[rows], found.shape[1]))
    return np.concatenate(numbers), np.concatenate(hashes)


def _deleted(texts: list[str], length: int, count: int, seed: int) -> Hashes:
    """One row a text, one column a way to delete up to `count` of its letters."""
    codes = np.array(texts, dtype=f"U{length}").view(np.uint32).reshape(len(texts), length)
    powers = [pow(BASE, k, 1 << 64) for k in range(length)]
    terms = (codes.astype(np.uint64) + np.uint64(1)) * np.array(powers, dtype=np.uint64)
    before = np.zeros((len(texts), length + 1), dtype=np.uint64)
    np.cumsum(terms, axis=1, out=before[:, 1:])
    whole = before[:, length:]
    once, twice = np.uint64(INVERSE), np.uint64(_TWICE)
    columns = [whole]
    if count >= 1:
        columns.append(before[:, :-1] + (whole - before[:, 1:]) * once)
    if count >= 2:
        first, second = np.triu_indices(length, 1)
        columns.append(
            before[:, first]
            + (before[:, second] - before[:, first + 1]) * once
            + (whole - before[:, second + 1]) * twice
        )
    return mixed(np.concatenate(columns, axis=1) ^ np.uint64(seed))
