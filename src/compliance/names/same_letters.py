"""Names that are the same letters, divided differently: found by what they are written as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from compliance.names.hashing import Sieve, Texts, mixed
from compliance.names.memory import LEGAL
from compliance.names.partners import Partners
from compliance.names.reading import Rows
from compliance.names.vocabulary import places

_SHORTEST: Final = 3  # letters; names of fewer are not compared as one word
_BITS: Final = 22  # of the sieve: 512 KiB


class SameLetters:
    """Forms by `Form.joined`. Immutable."""

    __slots__ = ("_forms", "_sieve")

    def __init__(self, joined: Sequence[str]) -> None:
        self._forms = {
            text: numbers for text, numbers in places(joined).items() if len(text) >= _SHORTEST
        }
        self._sieve = Sieve(mixed(Texts.of(list(self._forms)).hashes), _BITS)

    def pairs(
        self, rows: Rows, partners: Partners, queries: Sequence[str]
    ) -> Iterator[tuple[int, int]]:
        """The rows, by place, and the forms of the same letters."""
        owners = np.repeat(np.arange(len(rows.lengths)), rows.lengths)
        said = partners.kinds[rows.numbers] != LEGAL
        only_legal = np.bincount(owners[said], minlength=len(rows.lengths)) == 0
        said |= only_legal[owners]
        owners = owners[said]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        if not len(starts):
            return
        hashes = mixed(partners.texts_of(rows.numbers[said]).runs(starts))
        for row in owners[starts][self._sieve.may_have(hashes)].tolist():
            for form in self._forms.get(rows.form(row, queries).joined, ()):
                yield row, form
