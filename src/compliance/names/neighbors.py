"""Which words of a vocabulary may be spelled or sound like given words, for many words at once.

Every word is filed under the hash of each string left after deleting as many letters as edits are
allowed, of its spelling and of its skeleton (`spelling.deletions`); two words within reach share
one. The hashes are polynomials over the letters, so that all deletions of all words of one length
are a few operations on arrays; a bitmap drops most probes before the sorted hashes are searched. A
shared hash is only a candidate: distances decide, then `spelling.closeness`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.spelling import LONGEST, edits, skeleton, sound_edits

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]

_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_MASK: Final = (1 << 64) - 1
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_SPELLED: Final = 0x51
_SOUNDING: Final = 0x52
_BITS: Final = 26  # of the bitmap: 8 MiB


class Neighbors:
    """The words of a vocabulary by their deletions. Immutable."""

    __slots__ = ("_bitmap", "_numbers", "_skeletons", "_words", "hashes")

    def __init__(self, words: Sequence[str], hashes: Hashes, numbers: Numbers) -> None:
        self._words = words
        self.hashes = hashes
        self._numbers = numbers
        self._skeletons: dict[int, str] = {}
        places = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        bitmap = np.zeros(1 << (_BITS - 3), dtype=np.uint8)
        np.bitwise_or.at(bitmap, places >> 3, (1 << (places & 7)).astype(np.uint8))
        self._bitmap = bitmap

    @classmethod
    def build(cls, words: Sequence[str]) -> Neighbors:
        """File every word that can have neighbors."""
        numbers, hashes = _filed(words)
        order = np.argsort(hashes, kind="stable")
        return cls(words, hashes[order], numbers[order])

    @property
    def numbers(self) -> Numbers:
        """The word behind each hash, as its place in the vocabulary."""
        return self._numbers

    def find(self, asked: Sequence[str]) -> dict[int, list[int]]:
        """By place of a word asked, the places of the words that may be alike; equal ones too."""
        found: dict[int, list[int]] = {}
        if not len(self.hashes):
            return found
        askers, hashes = _filed(asked)
        if not len(hashes):
            return found
        places = (hashes >> np.uint64(64 - _BITS)).astype(np.int64)
        hit = ((self._bitmap[places >> 3] >> (places & 7).astype(np.uint8)) & 1).astype(bool)
        askers, hashes = askers[hit], hashes[hit]
        first = np.searchsorted(self.hashes, hashes, side="left")
        last = np.searchsorted(self.hashes, hashes, side="right")
        counts = last - first
        total = int(counts.sum())
        if not total:
            return found
        starts = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        words = self._numbers[starts + np.arange(total)]
        pairs = np.unique(
            (np.repeat(askers, counts).astype(np.int64) << 32) | words.astype(np.int64)
        )
        for asker, word in self._close(asked, pairs):
            found.setdefault(asker, []).append(word)
        return found

    def _close(
        self, asked: Sequence[str], pairs: npt.NDArray[np.int64]
    ) -> Iterator[tuple[int, int]]:
        """The pairs that are within reach by spelling or by sound."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import
        from rapidfuzz.process import cpdist  # noqa: PLC0415 - as above

        askers = (pairs >> 32).tolist()
        words = (pairs & 0xFFFFFFFF).tolist()
        left = [asked[i] for i in askers]
        right = [self._words[j] for j in words]
        spelled = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        sounding = cpdist(
            [skeleton(word) for word in left],
            [self._skeleton(j) for j in words],
            scorer=OSA.distance,
            score_cutoff=1,
            dtype=np.int32,
        )
        reach = np.fromiter(
            (edits(min(len(a), len(b))) for a, b in zip(left, right, strict=True)), np.int32
        )
        for number in np.flatnonzero((spelled <= reach) | (sounding <= 1)).tolist():
            yield askers[number], words[number]

    def _skeleton(self, place: int) -> str:
        found = self._skeletons.get(place)
        if found is None:
            found = self._skeletons[place] = skeleton(self._words[place])
        return found


def _filed(words: Sequence[str]) -> tuple[Numbers, Hashes]:
    """The hashes of all deletions, each with the place of its word."""
    able = [
        i for i, word in enumerate(words) if 3 <= len(word) <= LONGEST and not word.isdecimal()
    ]
    numbers: list[Numbers] = []
    hashes: list[Hashes] = []
    for texts, reach, seed in (
        ([words[i] for i in able], edits, _SPELLED),
        ([skeleton(words[i]) for i in able], sound_edits, _SOUNDING),
    ):
        lengths = np.fromiter(map(len, texts), np.int32, len(texts))
        for length in np.unique(lengths).tolist():
            chosen = np.flatnonzero(lengths == length)
            if not length:
                continue
            found = _deleted([texts[i] for i in chosen.tolist()], length, reach(length), seed)
            hashes.append(found.ravel())
            rows = np.asarray(able, dtype=np.int32)[chosen]
            numbers.append(np.repeat(rows, found.shape[1]))
    if not hashes:
        return np.empty(0, np.int32), np.empty(0, np.uint64)
    return np.concatenate(numbers), np.concatenate(hashes)


def _deleted(texts: list[str], length: int, count: int, seed: int) -> Hashes:
    """One row a text, one column a way to delete up to `count` of its letters."""
    codes = np.array(texts, dtype=f"U{length}").view(np.uint32).reshape(len(texts), length)
    powers = [pow(_BASE, k, 1 << 64) for k in range(length)]
    terms = (codes.astype(np.uint64) + np.uint64(1)) * np.array(powers, dtype=np.uint64)
    before = np.zeros((len(texts), length + 1), dtype=np.uint64)
    np.cumsum(terms, axis=1, out=before[:, 1:])
    whole = before[:, length]
    shift, twice = np.uint64(_INVERSE), np.uint64(_INVERSE * _INVERSE & _MASK)
    columns = [whole]
    if count >= 1:
        columns += [before[:, i] + (whole - before[:, i + 1]) * shift for i in range(length)]
    if count >= 2:
        columns += [
            before[:, i]
            + (before[:, j] - before[:, i + 1]) * shift
            + (whole - before[:, j + 1]) * twice
            for i, j in combinations(range(length), 2)
        ]
    mixed = np.stack(columns, axis=1) ^ np.uint64(seed)
    mixed ^= mixed >> np.uint64(31)
    mixed *= _MIX
    mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(_BASE)
