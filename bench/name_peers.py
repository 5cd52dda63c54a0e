"""Other ways to search names, each as its users would: every one on one thread.

Names are lowered and freed of punctuation (rapidfuzz's own `default_process`) before rapidfuzz and
tf-idf compare them. What is done once for the listed names is done in `prepare`; queries are
prepared while they are searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, Final, Protocol
from uuid import uuid4

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from bench.name_queries import Best, Query, by_kind
from compliance.names.index.name_table import NameTable

_CELLS: Final = 16_000_000  # of a block of scores


class Method(Protocol):
    """A way to search: its name, the package it comes from, and its threshold."""

    name: str
    package: str
    threshold: float

    def prepare(self, names: Sequence[str]) -> None:
        """Index the listed names."""

    def search(self, queries: Sequence[Query]) -> list[Best]:
        """The best scores of each query; those below the threshold may be 0.0."""


class Ours:
    """This library."""

    package = "compliance"

    def __init__(self, threshold: float) -> None:
        self.name = "compliance.names"
        self.threshold = threshold
        self.table: NameTable

    def prepare(self, names: Sequence[str]) -> None:
        """Build the table."""
        self.table = NameTable(names)

    def search(self, queries: Sequence[Query]) -> list[Best]:
        """Every name at the threshold."""
        found: dict[int, Best] = {}
        for kind, numbers in by_kind(queries).items():
            texts = [queries[number].text for number in numbers]
            answers = self.table.matches_many(texts, kind, self.threshold)
            for number, matches in zip(numbers, answers, strict=True):
                meant = max((matches.get(p, 0.0) for p in queries[number].meant), default=0.0)
                found[number] = Best(max(matches.values(), default=0.0), meant)
        return [found[number] for number in range(len(queries))]


class Rapidfuzz:
    """`process.cdist` of one scorer with every listed name, in blocks."""

    package = "rapidfuzz"

    def __init__(self, name: str, threshold: float, *, presorted: bool = False) -> None:
        self.name = f"{name} of all" + (", words sorted once" if presorted else "")
        self.threshold = threshold
        self._scorer = fuzz.ratio if presorted else getattr(fuzz, name)
        self._presorted = presorted
        self._names: list[str] = []

    def prepare(self, names: Sequence[str]) -> None:
        """Process the names."""
        self._names = [self._processed(name) for name in names]

    def _processed(self, name: str) -> str:
        text = default_process(name)
        return " ".join(sorted(text.split())) if self._presorted else text

    def blocks(self, texts: Sequence[str]) -> Iterator[tuple[int, Any]]:
        """Scores of a block of texts with every name, and where the block starts."""
        step = max(1, _CELLS // len(self._names))
        for start in range(0, len(texts), step):
            block = [self._processed(text) for text in texts[start : start + step]]
            yield (
                start,
                process.cdist(
                    block,
                    self._names,
                    scorer=self._scorer,
                    score_cutoff=self.threshold,
                    dtype=np.float32,
                    workers=1,
                ),
            )

    def search(self, queries: Sequence[Query]) -> list[Best]:
        """The best of all scores."""
        found = []
        for start, scores in self.blocks([query.text for query in queries]):
            for number, best in enumerate(scores.max(axis=1).tolist()):
                meant = list(queries[start + number].meant)
                found.append(Best(best, float(scores[number, meant].max()) if meant else 0.0))
        return found


class TfIdf:
    """Cosine of tf-idf of three letters (within words), the ten best names."""

    package = "sparse_dot_topn"

    def __init__(self, threshold: float, top: int = 10) -> None:
        self.name = f"tf-idf of 3 letters, best {top}"
        self.threshold = threshold
        self._top = top
        self._vectorizer: Any = None
        self._names: Any = None

    def prepare(self, names: Sequence[str]) -> None:
        """Fit on the names."""
        from sklearn.feature_extraction.text import (  # noqa: PLC0415 - of the bench group
            TfidfVectorizer,
        )

        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 3), lowercase=False, dtype=np.float32
        )
        self._names = self._vectorizer.fit_transform(map(default_process, names)).T.tocsr()

    def candidates(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[float]]]:
        """Places and scores of the best names of each text."""
        from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415 - as above

        asked = self._vectorizer.transform(map(default_process, texts)).tocsr()
        found = sp_matmul_topn(
            asked,
            self._names,
            top_n=self._top,
            threshold=self.threshold - 1e-4,  # 1.0 comes as 0.9999998
            sort=True,
            n_threads=1,
        )
        for start, end in zip(found.indptr, found.indptr[1:], strict=False):
            yield found.indices[start:end].tolist(), found.data[start:end].tolist()

    def search(self, queries: Sequence[Query]) -> list[Best]:
        """The best of the ten."""
        found = []
        answers = self.candidates([query.text for query in queries])
        for query, (places, scores) in zip(queries, answers, strict=True):
            meant = [s for p, s in zip(places, scores, strict=True) if p in query.meant]
            found.append(Best(*(max(part, default=0.0) + 1e-6 for part in (scores, meant))))
        return found


class LogicV2:
    """nomenklatura's logic-v2 on the ten best names of tf-idf: it has no index of names alone."""

    package = "nomenklatura"
    SCHEMAS: Final = {"person": "Person", "organization": "Organization", "unknown": "LegalEntity"}

    def __init__(self, threshold: float) -> None:
        self.name = "logic-v2 of the best 10 of tf-idf"
        self.threshold = threshold
        self._first = TfIdf(0.0001)
        self._names: Sequence[str] = ()

    @staticmethod
    def missing() -> str:
        """The packages that are not there."""
        packages = ("nomenklatura", "followthemoney")
        return ", ".join(package for package in packages if find_spec(package) is None)

    def prepare(self, names: Sequence[str]) -> None:
        """Prepare what finds the ten."""
        self._names = names
        self._first.prepare(names)

    @staticmethod
    def score(a: str, b: str, schema: str) -> float:
        """The score of two names as parties of one schema that have nothing else."""
        from nomenklatura.matching.logic_v2.model import LogicV2 as Peer  # noqa: PLC0415 - optional

        config = Peer.default_config()
        return float(Peer.compare(_entity(a, schema), _entity(b, schema), config).score)

    def search(self, queries: Sequence[Query]) -> list[Best]:
        """The best of the ten by logic-v2."""
        found = []
        answers = self._first.candidates([query.text for query in queries])
        for query, (places, _) in zip(queries, answers, strict=True):
            schema = self.SCHEMAS[query.kind]
            scores = {p: self.score(query.text, self._names[p], schema) for p in places}
            meant = [score for place, score in scores.items() if place in query.meant]
            found.append(Best(max(scores.values(), default=0.0), max(meant, default=0.0)))
        return found


def _entity(name: str, schema: str) -> Any:
    """A party with one name; its id is new, for the peer remembers names by id."""
    from followthemoney import ValueEntity, model  # noqa: PLC0415 - optional

    entity = ValueEntity(model.get(schema), {"id": uuid4().hex})
    entity.add("name", name)
    return entity
