"""Which words of a vocabulary may be spelled or sound like given words, for many words at once.

Every word is filed under the hash of each string left after deleting as many letters as edits are
allowed, of its spelling and of its skeleton (`spelling.deletions`); two words within reach share
one. The hashes are polynomials over the letters, so that all deletions of all words of one length
are a few operations on arrays; a bitmap drops most probes before the sorted hashes are searched. A
shared hash is only a candidate: distances decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.lexicon import lexicon
from compliance.names.spelling import LONGEST, edits, sound_edits

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_TWICE: Final = _INVERSE * _INVERSE % (1 << 64)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SPELLED: Final = 0x51
_SOUNDING: Final = 0x52
_BITS: Final = 25  # of the bitmap: 4 MiB


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs of a word asked and a word of the vocabulary, by place, and how close they are.

    `spelled` is their closeness by spelling and near sound, `sounding` that by the same sound, both
    as `spelling.closeness` has them; equal words have 1.0.
    """

    askers: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    spelled: Floats
    sounding: Floats


class Neighbors:
    """The words of a vocabulary by their deletions. Immutable."""

    __slots__ = (
        *("_bitmap", "_distinct", "_starts"),
        *("_lengths", "_letters", "_skeletons", "_words"),
        *("hashes", "numbers"),
    )

    def __init__(
        self, words: Sequence[str], skeletons: Sequence[str], hashes: Hashes, numbers: Numbers
    ) -> None:
        self._words, self._skeletons = words, skeletons
        self._lengths = _lengths(words), _lengths(skeletons)
        self._letters = _letters(words), _letters(skeletons)
        self.hashes, self.numbers = hashes, numbers
        first = np.ones(len(hashes), dtype=np.bool_)
        first[1:] = hashes[1:] != hashes[:-1]
        self._starts = np.append(np.flatnonzero(first), len(hashes))
        self._distinct = hashes[first]
        bits = np.zeros(1 << _BITS, dtype=np.bool_)
        bits[hashes >> np.uint64(64 - _BITS)] = True
        self._bitmap = np.packbits(bits, bitorder="little")

    @classmethod
    def build(cls, words: Sequence[str], skeletons: Sequence[str]) -> Neighbors:
        """File every word that can have neighbors."""
        numbers, hashes = _filed(words, skeletons)
        order = np.argsort(hashes)
        return cls(words, skeletons, hashes[order], numbers[order])

    def find(self, asked: Sequence[str], skeletons: Sequence[str]) -> Near:
        """The words of the vocabulary that the words asked may be spelled or sound like."""
        askers, hashes = _filed(asked, skeletons)
        places = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        hit = (self._bitmap[places >> 3] >> (places & 7).astype(np.uint8) & 1).astype(np.bool_)
        askers, hashes = askers[hit], hashes[hit]
        place = np.searchsorted(self._distinct, hashes)
        place[place == len(self._distinct)] = 0
        same = self._distinct[place] == hashes if len(self._distinct) else np.zeros(0, np.bool_)
        askers, place = askers[same], place[same]
        first = self._starts[place]
        counts = self._starts[place + 1] - first
        words = self.numbers[spread(first, counts)]
        pairs = np.unique(np.repeat(askers, counts).astype(np.int64) << 32 | words)
        askers, places = pairs >> 32, pairs & 0xFFFFFFFF
        # an edit changes at most two members of the set of letters
        reach = 2 * _edits(np.minimum(_lengths(asked)[askers], self._lengths[0][places]))
        spelled = np.bitwise_count(_letters(asked)[askers] ^ self._letters[0][places]) <= reach
        sounding = np.bitwise_count(_letters(skeletons)[askers] ^ self._letters[1][places]) <= 2
        kept = spelled | sounding
        return self._close(asked, skeletons, askers[kept], places[kept])

    def _close(
        self,
        asked: Sequence[str],
        skeletons: Sequence[str],
        askers: npt.NDArray[np.int64],
        places: npt.NDArray[np.int64],
    ) -> Near:
        """The pairs that are within reach by spelling or by sound."""
        spelled, longest, shortest = _distances(
            asked, askers, _lengths(asked), self._words, places, self._lengths[0], 2
        )
        sound, long_sound, short_sound = _distances(
            skeletons, askers, _lengths(skeletons), self._skeletons, places, self._lengths[1], 1
        )
        close = np.where(spelled <= _edits(shortest), 1 - spelled / np.maximum(longest, 1), 0.0)
        figures = lexicon().closeness
        near = (sound == 1) & (sound <= _sound_edits(short_sound))
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


def spread(first: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The indices first, first + 1 ... of each run of `counts` members, one run behind another."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(total)


def _lengths(texts: Sequence[str]) -> npt.NDArray[np.int64]:
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


def _distances(
    asked: Sequence[str],
    askers: npt.NDArray[np.int64],
    asked_lengths: npt.NDArray[np.int64],
    words: Sequence[str],
    places: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    most: int,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Edits between the texts of each pair (more than `most` as `most` + 1), longer and shorter."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import
    from rapidfuzz.process import cpdist  # noqa: PLC0415 - as above

    found = cpdist(
        [asked[i] for i in askers.tolist()],
        [words[j] for j in places.tolist()],
        scorer=OSA.distance,
        score_cutoff=most,
        dtype=np.int32,
    )
    left, right = asked_lengths[askers], lengths[places]
    return found, np.maximum(left, right), np.minimum(left, right)


def _edits(shortest: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    table = np.array([edits(length) for length in range(LONGEST + 1)])
    return table[np.minimum(shortest, LONGEST)]


def _sound_edits(shortest: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    table = np.array([sound_edits(length) for length in range(LONGEST + 1)])
    return table[np.minimum(shortest, LONGEST)]


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
    powers = [pow(_BASE, k, 1 << 64) for k in range(length)]
    terms = (codes.astype(np.uint64) + np.uint64(1)) * np.array(powers, dtype=np.uint64)
    before = np.zeros((len(texts), length + 1), dtype=np.uint64)
    np.cumsum(terms, axis=1, out=before[:, 1:])
    whole = before[:, length]
    once, twice = np.uint64(_INVERSE), np.uint64(_TWICE)
    columns = [whole]
    if count >= 1:
        columns += [before[:, i] + (whole - before[:, i + 1]) * once for i in range(length)]
    if count >= 2:
        columns += [
            before[:, i]
            + (before[:, j] - before[:, i + 1]) * once
            + (whole - before[:, j + 1]) * twice
            for i, j in combinations(range(length), 2)
        ]
    mixed = np.stack(columns, axis=1) ^ np.uint64(seed)
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(29)
    found: Hashes = mixed * np.uint64(_BASE)
    return found
