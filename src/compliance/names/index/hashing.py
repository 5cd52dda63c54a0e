"""Hashes of texts, many at once, such that the hash of texts written as one follows from theirs.

The hash of a text is a polynomial over its letters modulo 2**64. A shared hash is only a candidate:
whoever asks compares the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
INVERSE: Final = pow(BASE, -1, 1 << 64)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_TABLE: Final = 1_024
_NOTHING: Final = np.zeros(0, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Texts:
    """The hashes of texts, their lengths, and what their first and last letter add when first."""

    hashes: Hashes
    lengths: Places
    firsts: Hashes
    lasts: Hashes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """The same texts, the same hashes; an empty text has 0."""
        lengths = lengths_of(texts)
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = codes.astype(np.uint64) + np.uint64(1)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        found = [np.zeros(len(texts), dtype=np.uint64) for _ in range(3)]
        full = lengths > 0
        if len(letters):
            places = np.arange(len(letters)) - np.repeat(starts, lengths)
            found[0][full] = np.add.reduceat(letters * powers(places), starts[full])
            found[1][full] = letters[starts[full]]
            found[2][full] = letters[ends[full] - 1]
        return cls(found[0], lengths, found[1], found[2])

    def at(self, chosen: npt.NDArray[Any]) -> Texts:
        """The hashes and lengths of some of the texts, by place or by truth, no letters."""
        return Texts(self.hashes[chosen], self.lengths[chosen], _NOTHING, _NOTHING)

    def with_next(self, following: Texts, *, once: bool) -> Hashes:
        """Each text and the one beside it as one; `once`: a letter that meets itself is one."""
        second = following.hashes
        if once:
            meets = (self.lasts == following.firsts) & (self.lengths > 0)
            second = np.where(meets, (second - following.firsts) * np.uint64(INVERSE), second)
        found: Hashes = self.hashes + second * powers(self.lengths)
        return found

    def runs(self, starts: Places) -> Hashes:
        """The hashes of the runs of texts, each written as one, that begin at ascending places."""
        ends = np.cumsum(self.lengths)
        before = ends - self.lengths
        counts = np.diff(np.append(starts, len(before)))
        places = before - np.repeat(before[starts], counts)
        found: Hashes = np.add.reduceat(self.hashes * powers(places), starts)
        return found


def powers(exponents: Places) -> Hashes:
    """The powers of the base."""
    most = int(exponents.max(initial=0))
    table = _POWERS if most < _TABLE else _table(most + 1)
    found: Hashes = table[exponents]
    return found


def _table(size: int) -> Hashes:
    found = np.full(size, BASE, dtype=np.uint64)
    found[0] = 1
    return np.multiply.accumulate(found)


_POWERS: Final = _table(_TABLE)


def mixed(hashes: Hashes) -> Hashes:
    """Every bit of a hash spread over all of them."""
    found = hashes ^ (hashes >> np.uint64(31))
    found *= _MIX
    found ^= found >> np.uint64(29)
    found *= np.uint64(BASE)
    return found


def lengths_of(texts: Sequence[str]) -> Places:
    """How many letters each text has."""
    return np.fromiter(map(len, texts), np.int64, len(texts))


def letter_sets(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The set of the letters of each text, a bit for each (many share one)."""
    joined = "".join(texts)
    found = np.zeros(len(texts), dtype=np.uint32)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = (np.uint32(1) << (codes & np.uint32(31))).astype(np.uint32)
    lengths = lengths_of(texts)
    full = lengths > 0
    if len(codes):
        found[full] = np.bitwise_or.reduceat(bits, (np.cumsum(lengths) - lengths)[full])
    return found


def spread(first: Places, counts: Places) -> Places:
    """The indices first, first + 1 ... of each run of `counts` members, one run behind another."""
    total = int(counts.sum())
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(total)


class Sieve:
    """A Bloom filter with one hash: a set that now and then says yes to a hash it does not have.

    Of 2 ** bits places, each hash marks the one that its first bits tell. O(1) a question.
    """

    __slots__ = ("_bits", "_shift")

    def __init__(self, hashes: Hashes, bits: int) -> None:
        marks = np.zeros(1 << bits, dtype=np.bool_)
        self._shift = np.uint64(64 - bits)
        marks[hashes >> self._shift] = True
        self._bits = np.packbits(marks, bitorder="little")

    def may_have(self, hashes: Hashes) -> Truths:
        """False: surely not."""
        places = (hashes >> self._shift).astype(np.int64)
        found: Truths = (self._bits[places >> 3] >> (places & 7).astype(np.uint8) & 1).astype(
            np.bool_
        )
        return found
