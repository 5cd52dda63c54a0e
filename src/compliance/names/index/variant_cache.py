"""The forms of listed names, made of the arrays of a vocabulary when they are first compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from compliance.names.index.inverted_index import Vocabulary
from compliance.names.tokens import Word, of_key
from compliance.names.variants import Form, forms

_REMEMBERED: Final = 65_536


class Listed:
    """Forms by number, with the number of their name; the last ones are remembered."""

    __slots__ = ("_first", "_made", "_names", "_vocabulary", "_words")

    def __init__(self, names: Sequence[str], vocabulary: Vocabulary) -> None:
        self._names, self._vocabulary = names, vocabulary
        self._first = np.searchsorted(vocabulary.owners, np.arange(len(names)))
        self._words: list[Word | None] = [None] * len(vocabulary.spoken)
        self._made: dict[int, tuple[int, Form]] = {}

    def form(self, number: int) -> tuple[int, Form]:
        """The name, by number, and its form."""
        found = self._made.get(number)
        if found is None:
            if len(self._made) >= _REMEMBERED:
                self._made = {}
            found = self._made[number] = self._make(number)
        return found

    def _make(self, number: int) -> tuple[int, Form]:
        vocabulary = self._vocabulary
        owner = int(vocabulary.owners[number])
        name = self._names[owner]
        if not vocabulary.plain[number]:
            return owner, forms(name)[number - int(self._first[owner])]
        start, end = vocabulary.sequence_starts[number : number + 2].tolist()
        words = [self._word(place) for place in vocabulary.sequence[start:end].tolist()]
        return owner, Form(name, tuple(words))

    def _word(self, place: int) -> Word:
        found = self._words[place]
        if found is None:
            found = self._words[place] = of_key(self._vocabulary.spoken[place])
        return found
