"""Which pairs of a row and a form have a letter that may still be the initial of a word.

Equal words of two names agree before all others (`scoring`), so that "Ahmad" is taken in "Ahmad
Marius" and "Ahmad A. Temijani", and the letter has only "Marius" left: no initial. A join by
sorting: O(n log n) in the words of all pairs.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Places, Truths, spread
from compliance.names.index.query_batch import Batch


def may_be_initials(rows: Places, forms: Places, batch: Batch, partners: Partners) -> Truths:
    """Whether a letter of either begins a word of the other that is not in both; False is sure."""
    vocabulary = partners.vocabulary
    ours = batch.lengths[rows]
    numbers = batch.numbers[spread((np.cumsum(batch.lengths) - batch.lengths)[rows], ours)]
    first = vocabulary.sequence_starts[forms]
    theirs = vocabulary.sequence_starts[forms + 1] - first
    said = vocabulary.sequence[spread(first, theirs)].astype(np.int64)
    count = len(rows)
    pairs = np.concatenate((np.repeat(np.arange(count), ours), np.repeat(np.arange(count), theirs)))
    texts = np.concatenate((partners.texts[numbers], partners.spoken.hashes[said]))
    free = ~_equal(pairs, texts, numbers, said, partners)
    begins = np.concatenate((partners.firsts[numbers], vocabulary.spoken_begins[said]))
    letters = np.concatenate(
        (
            np.where(partners.letters[numbers], partners.firsts[numbers], 0),
            vocabulary.spoken_letters[said],
        )
    )
    our, their = slice(len(numbers)), slice(len(numbers), None)
    found: Truths = np.zeros(count, dtype=np.bool_)
    for one, other in ((our, their), (their, our)):
        single = _bits(pairs[one], np.where(free, letters, 0)[one], count)
        found |= (single & _bits(pairs[other], np.where(free, begins, 0)[other], count)) != 0
    return found


def _equal(
    pairs: Places,
    texts: npt.NDArray[np.uint64],
    numbers: Places,
    said: Places,
    partners: Partners,
) -> Truths:
    """Which words of pairs are in both names of the pair, and once in each."""
    order = np.lexsort((texts, pairs))
    other = (np.diff(pairs[order]) != 0) | (np.diff(texts[order]) != 0)
    first = np.flatnonzero(np.concatenate(([True], other)))
    two = first[np.diff(first, append=len(order)) == 2]
    one, both = order[two], order[two + 1]  # stable: a word of the row before one of the form
    across = (one < len(numbers)) & (both >= len(numbers))
    one, both = one[across], both[across]
    names, spoken = partners.names, partners.vocabulary.spoken
    words = zip(numbers[one].tolist(), said[both - len(numbers)].tolist(), strict=True)
    same = np.array([names[a] == spoken[b] for a, b in words], dtype=np.bool_)
    found = np.zeros(len(pairs), dtype=np.bool_)
    found[one[same]] = found[both[same]] = True
    return found


def _bits(pairs: Places, bits: npt.NDArray[np.uint32], count: int) -> npt.NDArray[np.uint32]:
    found = np.zeros(count, dtype=np.uint32)
    np.bitwise_or.at(found, pairs, bits)
    return found
