"""Candidate pairs of a row and a listed form, and what is gained in each.

A merge join: gains of one pair are brought together by one sort, "0 7 1.0" and "0 7 0.5" to row 0,
form 7, 1.5; words too frequent to be listed are added for those pairs only that are still alive,
from a hash table. O(n log n) in the gains listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import BASE, Floats, Hashes, Places, Truths, spread
from compliance.names.index.symmetric_deletes import sums
from compliance.names.index.token_cache import COLUMNS

SLACK: Final = 1e-9  # sums of floats in another order


@dataclass(frozen=True, slots=True)
class Found:
    """Rows with forms that a gain was found in; `chosen` words were looked up."""

    rows: Places
    forms: Places
    gains: Places
    chosen: Truths


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows with forms: what is gained at most, that part of it which is firm, from how many words.

    `words` is 0 or 1 only where it is no more.
    """

    rows: Places
    forms: Places
    left: Floats
    right: Floats
    firm_left: Floats
    firm_right: Floats
    words: Floats

    @classmethod
    def of(
        cls, found: Found, partners: Partners, more: Floats, least: Floats, totals: Floats
    ) -> Pairs:
        """Each pair once that may gain enough, with what it gains beside `more`, by row."""
        keys, gains = found.rows << 32 | found.forms, found.gains
        order = np.argsort(keys)
        keys, gains = keys[order], gains[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(first):
            nothing = np.zeros(0)
            return cls(keys, keys, *[nothing] * COLUMNS)
        pairs = keys[first]
        rows, forms = pairs >> 32, pairs & 0xFFFFFFFF
        most = np.add.reduceat(partners.both[gains], first) + more[rows]
        wanted = least[rows] * (totals[rows] + partners.vocabulary.totals[forms])
        kept = most >= wanted - SLACK
        sizes = np.diff(first, append=len(keys))
        gains, sizes = gains[np.repeat(kept, sizes)], sizes[kept]
        rows, forms = rows[kept], forms[kept]
        return cls(rows, forms, *_summed(gains, sizes, forms, partners))

    def only(self, kept: Truths) -> Pairs:
        """Those pairs."""
        return Pairs(*(getattr(self, name)[kept] for name in self.__slots__))

    def more(
        self, left: Floats, right: Floats, firm_left: Floats, firm_right: Floats, words: Floats
    ) -> Pairs:
        """The same pairs with more gains."""
        return Pairs(
            self.rows,
            self.forms,
            self.left + left,
            self.right + right,
            self.firm_left + firm_left,
            self.firm_right + firm_right,
            self.words + words,
        )


def _summed(gains: Places, sizes: Places, forms: Places, partners: Partners) -> list[Floats]:
    """What runs of gains, one for each form, bring: a unit that stands once brings once."""
    first = np.cumsum(sizes) - sizes
    found = partners.columns(gains[first])
    several = np.flatnonzero(sizes > 1)
    if len(several):
        sizes = sizes[several]
        gains = gains[spread(first[several], sizes)]
        pairs = np.repeat(np.arange(len(several)), sizes)
        units = partners.units[gains]
        again = partners.vocabulary.repeats[forms[several]][pairs]
        units[again] = -1 - np.flatnonzero(again)
        order = np.lexsort((units, pairs))
        pairs, units, gains = pairs[order], units[order], gains[order]
        once = np.flatnonzero(np.append(True, (np.diff(pairs) != 0) | (np.diff(units) != 0)))
        owners = pairs[once]
        for total, column in zip(found, partners.columns(gains), strict=True):
            total[several] = np.bincount(owners, np.maximum.reduceat(column, once))
    return found


class Gained:
    """What each row gains from each unit: a hash table, as often halved as two keys meet."""

    def __init__(self, rows: Places, partners: Partners, gains: Places) -> None:
        vocabulary = partners.vocabulary
        self._vocabulary = vocabulary
        self._units = len(vocabulary.words) + len(vocabulary.joins)
        keys = (rows * self._units + partners.units[gains]).astype(np.uint64) + np.uint64(1)
        columns = partners.columns(gains)
        self._levels: list[tuple[np.uint64, Hashes, list[Floats]]] = []
        while len(keys):
            bits = max(8, len(keys).bit_length() + 3)
            shift = np.uint64(64 - bits)
            slots = (keys * _salt(len(self._levels))) >> shift
            tags = np.zeros(1 << bits, dtype=np.uint64)
            tags[slots] = keys
            here = tags[slots] == keys
            held_here = []
            for column in columns:
                held = np.zeros(1 << bits)
                np.add.at(held, slots[here], column[here])
                held_here.append(held)
            self._levels.append((shift, tags, held_here))
            keys, columns = keys[~here], [column[~here] for column in columns]

    def of(self, rows: Places, forms: Places) -> list[Floats]:
        """What each pair of a row and a form gains at most, in the columns of the partners."""
        vocabulary = self._vocabulary
        first = vocabulary.form_starts[forms]
        counts = vocabulary.form_starts[forms + 1] - first
        units = vocabulary.units[spread(first, counts)]
        pairs = np.repeat(np.arange(len(rows)), counts)
        keys = (np.repeat(rows * self._units + 1, counts) + units).astype(np.uint64)
        found = [np.zeros(len(rows)) for _ in range(COLUMNS)]
        for level, (shift, tags, held_here) in enumerate(self._levels):
            slots = (keys * _salt(level)) >> shift
            there = tags[slots]
            taken = there.nonzero()[0]  # of an empty slot no later level has the key
            keys, pairs, slots, there = keys[taken], pairs[taken], slots[taken], there[taken]
            same = there == keys
            here, owners = slots[same], pairs[same]
            for column, held in zip(found, held_here, strict=True):
                np.add(column, sums(owners, held[here], len(rows)), out=column)
            keys, pairs = keys[~same], pairs[~same]
        return found


def _salt(level: int) -> np.uint64:
    return np.uint64(BASE * (2 * level + 1) % (1 << 64))
