"""Every known name that scores at least a threshold, without comparing with all of them.

Lossless: the answer equals that of the exhaustive loop. What the words of a query could gain at
best, wherever in the table their best partners stand, bounds every score (`pruning`); the few
names that are left are scored by `scoring.score`. Immutable and thread-safe; what is known of a
word is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.index.concatenation_index import SameLetters
from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.initials_index import ByInitials
from compliance.names.index.inverted_index import Vocabulary, packed, unpacked
from compliance.names.index.pruning import possible
from compliance.names.index.query_batch import numbered
from compliance.names.index.query_tokenizer import Reader, Rows
from compliance.names.index.symmetric_deletes import Neighbors
from compliance.names.index.variant_cache import Listed
from compliance.names.scoring import score
from compliance.names.variants import Kind

_BATCH: Final = 4_096  # queries read ahead: their new words are learned together
_STEP: Final = 1_024  # rows bounded together: their arrays stay in the cache
_REMEMBERED: Final = 400_000  # of what queries teach; then a fresh memory is begun


class NameTable:
    """Names by position, searchable by similarity; build it, or take it from stored arrays."""

    __slots__ = (
        "_by_initials",
        "_learned",
        "_listed",
        "_neighbors",
        "_reader",
        "_same_letters",
        "_vocabulary",
        "names",
    )

    def __init__(
        self,
        names: Sequence[str],
        vocabulary: Vocabulary | None = None,
        neighbors: Neighbors | None = None,
        learned: Mapping[str, npt.NDArray[Any]] | None = None,
    ) -> None:
        self.names = tuple(names)
        found = vocabulary or Vocabulary.build(self.names)
        self._vocabulary = found
        self._neighbors = neighbors or Neighbors.build(found.words, found.sounds)
        self._listed = Listed(self.names, found)
        partners = Partners(found, self._neighbors)
        self._same_letters = SameLetters(found, partners.spoken)
        self._by_initials = ByInitials(found, partners.spoken)
        self._reader = Reader(partners)
        if learned is None:
            self._reader.learn_ahead()
            learned = self._reader.arrays()
        self._learned = learned
        self._reader.recall(learned)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything as arrays, to be stored."""
        return {
            **packed("names", self.names),
            **self._vocabulary.arrays(),
            "hashes": self._neighbors.hashes,
            "hashed": self._neighbors.numbers,
            **self._learned,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> NameTable:
        """The table that `arrays` described."""
        vocabulary = Vocabulary.of(arrays)
        near = Neighbors(vocabulary.words, vocabulary.sounds, arrays["hashes"], arrays["hashed"])
        return cls(unpacked("names", arrays), vocabulary, near, arrays)

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

    def forget(self) -> Reader:
        """Forget the words of queries; those of the listed names stay known."""
        reader = self._reader = self._reader.forgetful(self._learned)
        return reader

    def _batch(self, queries: list[str], kind: Kind, threshold: float) -> list[dict[int, float]]:
        found: list[dict[int, float]] = [{} for _ in queries]
        reader = self._reader
        if reader.taught > _REMEMBERED:
            reader = self.forget()
        person = kind == "person"
        rows = reader.rows(queries, person=person)
        ends = np.cumsum(rows.lengths)
        for start in range(0, len(ends), _STEP):
            step = rows.between(start, start + _STEP, ends)
            for row, number in self._pairs(step, reader.partners, threshold, person=person):
                owner, listed = self._listed.form(number)
                value = score(step.form(row, queries), listed, person=person, least=threshold)
                best = found[step.queries[row]]
                if value >= threshold and value > best.get(owner, 0.0):
                    best[owner] = value
        return found

    def _pairs(
        self,
        rows: Rows,
        partners: Partners,
        threshold: float,
        *,
        person: bool,
    ) -> list[tuple[int, int]]:
        """The rows, by place, and the forms that they may match."""
        found, listed = possible(numbered(rows, partners), partners, threshold, person=person)
        pairs = set(zip(found.tolist(), listed.tolist(), strict=True))
        pairs.update(self._same_letters.pairs(rows, partners))
        if person:
            pairs.update(self._by_initials.pairs(rows, partners))
        return sorted(pairs)
