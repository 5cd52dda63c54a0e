"""Every known name that scores at least a threshold, without comparing with all of them.

Lossless: the answer equals that of the exhaustive loop. What the words of a query could gain at
best, wherever in the table their best partners stand, bounds every score (`questions`); the few
names that are left are scored by `scoring.score`. Immutable and thread-safe; what is known of a
word is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy.typing as npt

from compliance.names.forms import Form, Kind, forms, forms_once
from compliance.names.neighbors import Neighbors
from compliance.names.partners import Partners
from compliance.names.questions import learn, numbered, possible
from compliance.names.scoring import score
from compliance.names.vocabulary import Vocabulary, packed, places, unpacked

_BATCH: Final = 4_096  # queries read ahead: their new words are learned together
_STEP: Final = 512  # forms bounded together: their arrays stay in the cache
_REMEMBERED: Final = 400_000  # words; then a fresh memory is begun
_LONGEST_JOINED: Final = 2  # names of so few letters are not compared as one word


class NameTable:
    """Names by position, searchable by similarity; build it, or take it from stored arrays."""

    __slots__ = ("_joined", "_neighbors", "_partners", "_vocabulary", "names")

    def __init__(
        self,
        names: Sequence[str],
        vocabulary: Vocabulary | None = None,
        neighbors: Neighbors | None = None,
    ) -> None:
        self.names = tuple(names)
        found = vocabulary or Vocabulary.build(self.names)
        self._vocabulary = found
        self._neighbors = neighbors or Neighbors.build(found.words, found.sounds)
        self._partners = Partners(found, self._neighbors)
        self._joined = {
            text: numbers
            for text, numbers in places(found.joined).items()
            if len(text) > _LONGEST_JOINED
        }

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything as arrays, to be stored."""
        return {
            **packed("names", self.names),
            **self._vocabulary.arrays(),
            "hashes": self._neighbors.hashes,
            "hashed": self._neighbors.numbers,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> NameTable:
        """The table that `arrays` described."""
        vocabulary = Vocabulary.of(arrays)
        near = Neighbors(vocabulary.words, vocabulary.sounds, arrays["hashes"], arrays["hashed"])
        return cls(unpacked("names", arrays), vocabulary, near)

    def __reduce__(self) -> tuple[Any, tuple[dict[str, npt.NDArray[Any]]]]:
        return NameTable.of, (self.arrays(),)

    def matches(self, query: str, kind: Kind, threshold: float) -> dict[int, float]:
        """Positions of the names whose similarity with the query reaches the threshold."""
        return self._batch([query], kind, threshold)[0]

    def matches_many(
        self, queries: Iterable[str], kind: Kind, threshold: float
    ) -> Iterator[dict[int, float]]:
        """`matches` of each query, in order; the queries are read ahead in batches."""
        rest = iter(queries)
        while batch := list(islice(rest, _BATCH)):
            yield from self._batch(batch, kind, threshold)

    def _batch(self, queries: list[str], kind: Kind, threshold: float) -> list[dict[int, float]]:
        found: list[dict[int, float]] = [{} for _ in queries]
        numbers: list[int] = []
        asked: list[Form] = []
        for number, query in enumerate(queries):
            for form in forms_once(query):
                numbers.append(number)
                asked.append(form)
        partners = self._partners
        if len(partners) > _REMEMBERED:
            partners = self._partners = Partners(self._vocabulary, self._neighbors)
        learn(asked, partners)
        for start in range(0, len(asked), _STEP):
            step = asked[start : start + _STEP]
            for row, owner in self._pairs(step, partners, threshold):
                best = found[numbers[start + row]]
                for form in forms(self.names[owner]):
                    value = score(step[row], form, person=kind == "person")
                    if value >= threshold and value > best.get(owner, 0.0):
                        best[owner] = value
        return found

    def _pairs(
        self, asked: list[Form], partners: Partners, threshold: float
    ) -> list[tuple[int, int]]:
        """The forms, by place, and the names that they may match."""
        owners = self._vocabulary.owners
        rows, listed = possible(numbered(asked, partners), partners, threshold)
        pairs = set(zip(rows.tolist(), owners[listed].tolist(), strict=True))
        for row, form in enumerate(asked):
            if form.joined in self._joined:
                pairs.update((row, int(owners[number])) for number in self._joined[form.joined])
        return sorted(pairs)
