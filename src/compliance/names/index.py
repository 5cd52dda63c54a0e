"""Every known name that scores at least a threshold, without comparing with all of them.

Lossless: the answer equals that of the exhaustive loop. What the words of a query could gain at
best, wherever in the table their best partners stand, bounds every score (`questions`); most
queries end there. For the rest, the names that share a word they cannot do without are bounded by
the signatures of their words, a whole batch at once, and the few that are left are scored by
`scoring.score`. Immutable and thread-safe; what is known of a word is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Kind, forms
from compliance.names.neighbors import Neighbors
from compliance.names.questions import Partners, Question, Questions, possible_exactly
from compliance.names.scoring import score
from compliance.names.vocabulary import Vocabulary, packed, unpacked

_BATCH: Final = 2_048
_MOST_PAIRS: Final = 2_000_000  # of query and name bounded at once




class NameTable:
    """Names by position, searchable by similarity; build it, or take it from stored arrays."""

    __slots__ = ("_joined", "_neighbors", "_questions", "_vocabulary", "names")

    def __init__(
        self,
        names: Sequence[str],
        vocabulary: Vocabulary | None = None,
        neighbors: Neighbors | None = None,
    ) -> None:
        self.names = tuple(names)
        self._vocabulary = vocabulary or Vocabulary.build(self.names)
        self._neighbors = neighbors or Neighbors.build(self._vocabulary.words)
        self._questions = Questions(Partners(self._vocabulary, self._neighbors))
        self._joined: dict[str, list[int]] = {}
        for number, text in enumerate(self._vocabulary.joined):
            if len(text) > 2:
                self._joined.setdefault(text, []).append(number)

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
        near = Neighbors(vocabulary.words, arrays["hashes"], arrays["hashed"])
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
        batch: list[str] = []
        for query in queries:
            batch.append(query)
            if len(batch) == _BATCH:
                yield from self._batch(batch, kind, threshold)
                batch = []
        if batch:
            yield from self._batch(batch, kind, threshold)

    def _batch(self, queries: list[str], kind: Kind, threshold: float) -> list[dict[int, float]]:
        found: list[dict[int, float]] = [{} for _ in queries]
        person = kind == "person"
        asked = [(number, form) for number, query in enumerate(queries) for form in forms(query)]
        questions = self._questions.of(asked, threshold, self._joined)
        for question, numbers in self._candidates(questions, threshold):
            best = found[question.number]
            owners = sorted({int(self._vocabulary.owners[number]) for number in numbers})
            for owner in owners:
                for form in forms(self.names[owner]):
                    value = score(question.form, form, person=person)
                    if value >= threshold and value > best.get(owner, 0.0):
                        best[owner] = value
        return found

    def _candidates(
        self, questions: list[Question], threshold: float
    ) -> Iterator[tuple[Question, list[int]]]:
        """Each question with the forms that it may mean."""
        start = 0
        while start < len(questions):
            chunk: list[Question] = []
            lists: list[npt.NDArray[np.int32]] = []
            pairs = 0
            while start < len(questions) and (not pairs or pairs < _MOST_PAIRS):
                question = questions[start]
                listed = self._listed(question)
                chunk.append(question)
                lists.append(listed)
                pairs += len(listed)
                start += 1
            yield from self._bounded(chunk, lists, threshold)

    def _listed(self, question: Question) -> npt.NDArray[np.int32]:
        """The forms that share a word which the query cannot do without, within its weights."""
        vocabulary = self._vocabulary
        if question.everywhere:
            found = np.arange(len(vocabulary.totals), dtype=np.int32)
        elif len(question.units) == 1:
            unit = question.units[0]
            found = vocabulary.postings[vocabulary.starts[unit] : vocabulary.starts[unit + 1]]
        elif question.units:
            starts = vocabulary.starts
            found = np.concatenate(
                [vocabulary.postings[starts[unit] : starts[unit + 1]] for unit in question.units]
            )
        else:
            found = np.empty(0, dtype=np.int32)
        return found

    def _bounded(
        self, questions: list[Question], lists: list[npt.NDArray[np.int32]], threshold: float
    ) -> Iterator[tuple[Question, list[int]]]:
        """The forms of each list whose score the signatures do not exclude, and equal joins."""
        counts = np.fromiter(map(len, lists), np.int64, len(lists))
        rows = np.repeat(np.arange(len(lists)), counts)
        listed = np.concatenate(lists) if lists else np.empty(0, dtype=np.int32)
        vocabulary = self._vocabulary
        kept = self._questions.possible(questions, rows, vocabulary, listed, threshold)
        rows, listed = rows[kept], listed[kept]
        ends = np.searchsorted(rows, np.arange(len(lists) + 1))
        for number, question in enumerate(questions):
            found = {
                form
                for form in listed[ends[number] : ends[number + 1]].tolist()
                if possible_exactly(
                    question, vocabulary.units_of(form), float(vocabulary.totals[form]), threshold
                )
            }
            if len(question.form.joined) > 2:
                found.update(self._joined.get(question.form.joined, ()))
            if found:
                yield question, sorted(found)
