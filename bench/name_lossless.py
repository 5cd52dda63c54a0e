"""Whether the index returns what comparing one by one returns, as far as that can be afforded.

Three ways, none of which uses the index's own bounds: a few queries against every listed name; many
queries against tables of a few hundred names, among them those they come from; and many queries
against every listed name that two other methods hold for alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from bench.name_peers import Rapidfuzz, TfIdf
from bench.name_queries import Query, by_kind
from bench.name_sets import SEED
from compliance.names import REVIEW_THRESHOLD, similarity
from compliance.names.index.name_table import NameTable

WHOLE: Final = 12
QUERIES: Final = 5_000
_BLOCK: Final = 100
_RANDOM: Final = 250  # names of a block beside those that are meant
_LOW: Final = 0.6  # a threshold at which much is found
_ALIKE: Final = 62  # of 100, by sorted words
_COSINE: Final = 0.35
_TOP: Final = 25


@dataclass(frozen=True, slots=True)
class Checked:
    """What was compared, how many pairs, how many were hits, and where the index differs."""

    what: str
    pairs: int
    hits: int
    differences: tuple[str, ...]


def checks(names: Sequence[str], table: NameTable, queries: Sequence[Query]) -> Iterator[Checked]:
    """Each check when it is done."""
    yield _whole(names, table, queries[:WHOLE])
    yield _in_blocks(names, queries[:QUERIES])
    yield _alike(names, table, queries[:QUERIES])


def _answers(
    table: NameTable, queries: Sequence[Query], threshold: float
) -> list[dict[int, float]]:
    answers: dict[int, dict[int, float]] = {}
    for kind, numbers in by_kind(queries).items():
        texts = [queries[number].text for number in numbers]
        found = table.matches_many(texts, kind, threshold)
        answers.update(zip(numbers, found, strict=True))
    return [answers[number] for number in range(len(queries))]


def _differences(
    query: Query, given: dict[int, float], expected: dict[int, float], names: Sequence[str]
) -> Iterator[str]:
    for place in sorted({*given, *expected}):
        if given.get(place) != expected.get(place):
            yield (
                f"{query.text!r} ({query.kind}) | {names[place]!r}: index {given.get(place)}, "
                f"compared {expected.get(place)}"
            )


def _exhaustive(query: Query, names: Iterable[str], threshold: float) -> dict[int, float]:
    scores = (similarity(query.text, name, query.kind) for name in names)
    return {place: score for place, score in enumerate(scores) if score >= threshold}


def _whole(names: Sequence[str], table: NameTable, queries: Sequence[Query]) -> Checked:
    hits = 0
    wrong: list[str] = []
    for query, given in zip(queries, _answers(table, queries, _LOW), strict=True):
        expected = _exhaustive(query, names, _LOW)
        hits += len(expected)
        wrong += _differences(query, given, expected, names)
    what = f"{len(queries)} queries with each of {len(names):,} listed names, from {_LOW}"
    return Checked(what, len(queries) * len(names), hits, tuple(wrong))


def _in_blocks(names: Sequence[str], queries: Sequence[Query]) -> Checked:
    chance = random.Random(SEED)
    pairs = hits = 0
    wrong: list[str] = []
    for start in range(0, len(queries), _BLOCK):
        block = queries[start : start + _BLOCK]
        chosen = {place for query in block for place in query.meant}
        chosen.update(chance.sample(range(len(names)), min(_RANDOM, len(names))))
        some = [names[place] for place in sorted(chosen)]
        table = NameTable(some)
        for query, given in zip(block, _answers(table, block, _LOW), strict=True):
            expected = _exhaustive(query, some, _LOW)
            pairs += len(some)
            hits += len(expected)
            wrong += _differences(query, given, expected, some)
    what = (
        f"{len(queries):,} queries, in blocks of {_BLOCK} with a table of {_RANDOM} random listed "
        f"names and all names of those meant, from {_LOW}"
    )
    return Checked(what, pairs, hits, tuple(wrong))


def _alike(names: Sequence[str], table: NameTable, queries: Sequence[Query]) -> Checked:
    candidates: list[set[int]] = [set() for _ in queries]
    sorted_words = Rapidfuzz("token_sort_ratio", _ALIKE, presorted=True)
    sorted_words.prepare(names)
    texts = [query.text for query in queries]
    for start, scores in sorted_words.blocks(texts):
        for row, place in zip(*(part.tolist() for part in scores.nonzero()), strict=True):
            candidates[start + row].add(place)
    methods = f"token_sort_ratio of {_ALIKE} up"
    if find_spec("sklearn") and find_spec("sparse_dot_topn"):
        letters = TfIdf(_COSINE, _TOP)
        letters.prepare(names)
        for found, (best, _) in zip(candidates, letters.candidates(texts), strict=True):
            found.update(best)
        methods += f" or among the best {_TOP} by tf-idf of 3 letters from {_COSINE}"
    hits = 0
    wrong: list[str] = []
    answers = _answers(table, queries, REVIEW_THRESHOLD)
    for query, given, places in zip(queries, answers, candidates, strict=True):
        looked_at = places | set(given)
        scores = {p: similarity(query.text, names[p], query.kind) for p in sorted(looked_at)}
        expected = {p: score for p, score in scores.items() if score >= REVIEW_THRESHOLD}
        hits += len(expected)
        wrong += _differences(query, given, expected, names)
    what = (
        f"{len(queries):,} queries with the names of {len(names):,} that are hits or have a "
        f"{methods}, from {REVIEW_THRESHOLD}"
    )
    return Checked(what, sum(map(len, candidates)), hits, tuple(wrong))
