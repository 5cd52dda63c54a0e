"""Names that give by initials what others write out: found by the first letters of all their words.

"J K Smith" and "John Kenneth Smith" have words that begin with j, k and s, and one of them, smith,
in full: the hash of the letters and that of one such word are the key of a name. A hash index: a
key for each word, some 3 in a name; a look-up in O(log n) for each word of a query.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Hashes, Places, Sieve, Texts, Truths, mixed, spread
from compliance.names.index.inverted_index import Vocabulary
from compliance.names.index.query_tokenizer import Rows
from compliance.names.index.token_cache import SAYING
from compliance.names.lexicon import lexicon

_BITS: Final = 22  # of a sieve: 512 KiB


class _Keys:
    """The forms of a set by key, in order of it. Immutable."""

    def __init__(self, keys: Hashes, forms: Places) -> None:
        order = np.argsort(keys, kind="stable")
        self._keys, self._forms = keys[order], forms[order]
        self._sieve = Sieve(keys, _BITS)

    def of(self, keys: Hashes, rows: Places) -> Iterator[tuple[int, int]]:
        """The rows and the forms of the same key."""
        may = self._sieve.may_have(keys)
        keys, rows = keys[may], rows[may]
        first = np.searchsorted(self._keys, keys)
        counts = np.searchsorted(self._keys, keys, side="right") - first
        forms = self._forms[spread(first, counts)]
        yield from zip(np.repeat(rows, counts).tolist(), forms.tolist(), strict=True)


class ByInitials:
    """Forms by their first letters and a word. Immutable."""

    def __init__(self, vocabulary: Vocabulary, texts: Texts) -> None:
        """`texts` are those of the words spoken."""
        particles, sequence = lexicon().particles, vocabulary.sequence
        named = np.array([text not in particles for text in vocabulary.spoken], dtype=np.bool_)
        keys, forms, initial = _keys(
            texts.hashes[sequence],
            np.where(named, vocabulary.spoken_begins, 0)[sequence],
            (texts.lengths == 1)[sequence],
            np.diff(vocabulary.sequence_starts),
        )
        self._all = _Keys(keys, forms)
        self._with_initials = _Keys(keys[initial[forms]], forms[initial[forms]])

    def pairs(self, rows: Rows, partners: Partners) -> Iterator[tuple[int, int]]:
        """The rows, by place, and the forms that may be the same by initials."""
        numbers = rows.numbers
        firsts = np.where(partners.kinds[numbers] == SAYING, partners.firsts[numbers], 0)
        keys, found, initial = _keys(
            partners.texts[numbers], firsts, partners.letters[numbers], rows.lengths
        )
        yield from self._all.of(keys[initial[found]], found[initial[found]])
        yield from self._with_initials.of(keys[~initial[found]], found[~initial[found]])


def _keys(
    texts: Hashes, firsts: npt.NDArray[np.uint32], letters: Truths, lengths: Places
) -> tuple[Hashes, Places, Truths]:
    """The keys of names as runs of words, the name of each key, and which names have initials.

    Of each word its hash, the bit of its first letter (0: it is no name), and whether it is one
    letter.
    """
    count = len(lengths)
    named = firsts != 0
    owners = np.repeat(np.arange(count), lengths)[named]
    texts, single = texts[named], letters[named]
    together = np.zeros(count, dtype=np.uint64)
    np.add.at(together, owners, mixed(firsts[named].astype(np.uint64)))
    initial = np.zeros(count, dtype=np.bool_)
    initial[owners[single]] = True
    owners = owners[~single]
    return mixed(texts[~single] + together[owners]), owners, initial
