"""Names that are the same letters, divided differently: found by what they are written as one.

A hash index of concatenations: "Sun Shine Ltd" and "Sunshine" are both filed under the hash of
"sunshine", which follows from the hashes of the words, so that no text is written. O(1) a name. A
shared hash is only a candidate, to be scored like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Hashes, Places, Sieve, Texts, Truths, mixed
from compliance.names.index.inverted_index import Vocabulary
from compliance.names.index.query_tokenizer import Rows
from compliance.names.index.token_cache import LEGAL

_SHORTEST: Final = 3  # letters; names of fewer are not compared as one word
_BITS: Final = 22  # of the sieve: 512 KiB


class SameLetters:
    """Forms by the hash of `Form.joined`, in order of it. Immutable."""

    __slots__ = ("_forms", "_hashes", "_sieve")

    def __init__(self, vocabulary: Vocabulary, texts: Texts) -> None:
        """`texts` are those of the words spoken."""
        legal = np.array([text[0] == " " for text in vocabulary.spoken], dtype=np.bool_)
        sequence = vocabulary.sequence
        forms, hashes, letters = _joined(
            texts.at(sequence), legal[sequence], np.diff(vocabulary.sequence_starts)
        )
        forms, hashes = forms[letters >= _SHORTEST], hashes[letters >= _SHORTEST]
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._forms = hashes[order], forms[order]
        self._sieve = Sieve(hashes, _BITS)

    def pairs(self, rows: Rows, partners: Partners) -> Iterator[tuple[int, int]]:
        """The rows, by place, and the forms that may be the same letters."""
        numbers = rows.numbers
        legal = partners.kinds[numbers] == LEGAL
        owners, hashes, _ = _joined(partners.texts_of(numbers), legal, rows.lengths)
        may = self._sieve.may_have(hashes)
        hashes = hashes[may]
        first = np.searchsorted(self._hashes, hashes).tolist()
        last = np.searchsorted(self._hashes, hashes, side="right").tolist()
        for row, start, end in zip(owners[may].tolist(), first, last, strict=True):
            yield from ((row, form) for form in self._forms[start:end].tolist())


def _joined(texts: Texts, legal: Truths, lengths: Places) -> tuple[Places, Hashes, Places]:
    """The runs of words, what each is written as one (its hash), and of how many letters.

    Legal forms are left out where a run has other words.
    """
    count = len(lengths)
    owners = np.repeat(np.arange(count), lengths)
    said = ~legal
    if not said.all():
        said |= (np.bincount(owners[said], minlength=count) == 0)[owners]
        texts, owners = texts.at(said), owners[said]
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    if not len(starts):
        return owners, texts.hashes, texts.lengths
    letters = np.add.reduceat(texts.lengths, starts)
    return owners[starts], mixed(texts.runs(starts)), letters
