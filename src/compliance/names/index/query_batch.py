"""Rows of words as what they may gain in a vocabulary: what `pruning` is asked about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Floats, Places, Truths
from compliance.names.index.inverted_index import LIGHT
from compliance.names.index.query_tokenizer import Rows
from compliance.names.index.symmetric_deletes import sums
from compliance.names.index.token_cache import LEGAL, SAYING, SMALL


@dataclass(frozen=True, slots=True)
class Batch:
    """Forms of queries as numbers: row r is a form, its words are those with `rows` r.

    `left` and `right` is what each word adds to the gains of the others at best: two words taken
    as one add only what they gain more than each alone. `totals` and `light` are the weights of all
    words of a row and of those that may be in any name, `lighter` those if the names are not the
    same; `odd` are legal forms taken for words;
    `firsts` the first letters of the latter; `several`: a match of one word leaves another over;
    `letters` and `names` how many words are single letters, and how many are not. `numbers` are all
    words of row r, `lengths[r]` of them, as they were read.
    """

    words: Places
    rows: Places
    left: Floats
    right: Floats
    odd: Truths
    totals: Floats
    light: Floats
    lighter: Floats
    firsts: npt.NDArray[np.uint32]
    several: Truths
    letters: Places
    names: Places
    numbers: Places
    lengths: Places


def numbered(rows: Rows, partners: Partners) -> Batch:
    """What the words of rows may gain."""
    count = len(rows.lengths)
    numbers, owners = rows.numbers, np.repeat(np.arange(count), rows.lengths)
    weights, kinds = partners.weights[numbers], partners.kinds[numbers]
    saying, small = kinds == SAYING, kinds == SMALL
    light, letters = partners.light[numbers], partners.letters[numbers]
    firsts = np.zeros(count, dtype=np.uint32)
    np.bitwise_or.at(firsts, owners[small], partners.firsts[numbers[small]])
    looked = saying | ((kinds == LEGAL) & (partners.counts[numbers] > 0))
    words = numbers[looked]
    together = _together(numbers, owners, kinds, partners)
    split = np.flatnonzero(saying & (partners.splits[numbers] >= 0))
    others = partners.splits[numbers[split]]
    gains = [
        np.concatenate(
            (
                gain[words],
                # what is gained together beyond what each gains alone
                np.maximum(gain[others] - gain[numbers[split]], 0.0),
                np.maximum(gain[together[0]] - _alone(together[1], gain, partners), 0.0),
            )
        )
        for gain in (partners.left, partners.right)
    ]
    odd = np.zeros(len(gains[0]), dtype=np.bool_)
    odd[: len(words)] = kinds[looked] == LEGAL
    return Batch(
        np.concatenate((words, others, together[0])),
        np.concatenate((owners[looked], owners[split], together[2])),
        gains[0],
        gains[1],
        odd,
        sums(owners, weights, count),
        sums(owners, light, count),
        sums(owners, np.where(saying, np.minimum(light, LIGHT), light), count),
        firsts,
        (np.bincount(owners[saying], minlength=count) > 1)
        & (np.bincount(owners[light * (kinds != LEGAL) > 0], minlength=count) == 0),
        np.bincount(owners[letters], minlength=count),
        np.bincount(owners[~letters], minlength=count),
        numbers,
        rows.lengths,
    )


def _together(
    numbers: Places, owners: Places, kinds: npt.NDArray[np.int8], partners: Partners
) -> tuple[Places, Places, Places]:
    """Numbers of neighbors as one word, those of the two (a row each), and the rows they are in."""
    may = np.flatnonzero((owners[1:] == owners[:-1]) & (kinds[:-1] != LEGAL))
    may = may[partners.joined(numbers[may], numbers[may + 1])]
    if not len(may):
        return may, np.zeros((0, 2), dtype=np.int64), may
    pairs = list(zip(numbers[may].tolist(), numbers[may + 1].tolist(), strict=True))
    found = [
        (one, *pair, row)
        for pair, row, ones in zip(
            pairs, owners[may].tolist(), partners.together(pairs), strict=True
        )
        for one in ones
    ]
    table = np.array(found, dtype=np.int64).reshape(len(found), 4)
    return table[:, 0], table[:, 1:3], table[:, 3]


def _alone(pairs: Places, gain: Floats, partners: Partners) -> Floats:
    """What two words gain at best, each alone."""
    looked = partners.kinds[pairs] == SAYING
    found: Floats = np.where(looked, gain[pairs], partners.weights[pairs]).sum(axis=1)
    return found
