"""Names that are the same letters, divided differently: found by what they are written as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from compliance.names.hashing import Sieve, Texts, mixed
from compliance.names.memory import LEGAL
from compliance.names.partners import Partners
from compliance.names.reading import Rows

_SHORTEST: Final = 3  # letters; names of fewer are not compared as one word
_BITS: Final = 22  # of the sieve: 512 KiB


class SameLetters:
    """Forms by `Form.joined`, in order of its hash. Immutable."""

    __slots__ = ("_forms", "_hashes", "_joined", "_sieve")

    def __init__(self, joined: Sequence[str]) -> None:
        texts = Texts.of(joined)
        long_enough = np.flatnonzero(texts.lengths >= _SHORTEST)
        hashes = mixed(texts.hashes[long_enough])
        order = np.argsort(hashes, kind="stable")
        self._joined = joined
        self._hashes, self._forms = hashes[order], long_enough[order]
        self._sieve = Sieve(hashes, _BITS)

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
        may = self._sieve.may_have(hashes)
        hashes = hashes[may]
        first = np.searchsorted(self._hashes, hashes).tolist()
        last = np.searchsorted(self._hashes, hashes, side="right").tolist()
        for row, start, end in zip(owners[starts][may].tolist(), first, last, strict=True):
            if start < end:
                text = rows.form(row, queries).joined
                for form in self._forms[start:end].tolist():
                    if self._joined[form] == text:
                        yield row, form
