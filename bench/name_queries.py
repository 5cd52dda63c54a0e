"""The queries that every method answers, and what is counted of its answers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import name_sets
from bench.name_scores import Searched
from bench.name_sets import CHANGES, SEED, SURFACE
from compliance.names import Kind

CHANGED: Final = 2_000
COMPANIES: Final = 16_200
PERSONS: Final = 1_800


@dataclass(frozen=True, slots=True)
class Query:
    """A name to look for: how it was changed and the places of its entry's names, or neither."""

    text: str
    kind: Kind
    change: str
    meant: tuple[int, ...]

    @property
    def listed(self) -> bool:
        """Whether the query is a listed name, changed."""
        return bool(self.meant)


@dataclass(frozen=True, slots=True)
class Best:
    """The best score with anybody and with who is meant; 0.0 below what the method looks for."""

    anybody: float
    meant: float


@dataclass(frozen=True, slots=True)
class Counts:
    """Shares at a threshold: found of all changed names and of the surface changes, false hits."""

    found: float
    surface: float
    stopped: float
    companies: float
    persons: float


@dataclass(frozen=True, slots=True)
class Sets:
    """Listed names with their places, the queries in random order, and names to grow by."""

    searched: Searched
    queries: tuple[Query, ...]
    others: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct listed names."""
        return tuple(self.searched.table.names)

    @classmethod
    def of(cls, data: Path) -> Sets:
        """The sets of a data folder; the ordinary queries are names the tables never counted."""
        rows = name_sets.listed(data)
        searched = Searched.of(rows)
        ordinary = name_sets.ordinary(data, searched.table.names)
        persons = name_sets.recombined_persons(rows, PERSONS + 100_000)
        changed = name_sets.changed(rows, -(-CHANGED // len(CHANGES)))[:CHANGED]
        queries = [
            Query(c.query, c.source.asked_as, c.change, searched.places[c.source.entry])
            for c in changed
        ]
        companies = name_sets.unseen(ordinary)[:COMPANIES]
        queries += [Query(name, "organization", "company", ()) for name in companies]
        queries += [Query(name, "person", "person", ()) for name in persons[:PERSONS]]
        random.Random(SEED).shuffle(queries)
        others = [*name_sets.counted(ordinary), *persons[PERSONS:]]
        return cls(searched, tuple(queries), tuple(others))


def counts(queries: Sequence[Query], bests: Sequence[Best], threshold: float) -> Counts:
    """What a method finds and stops at a threshold; 0.0 where there is nothing to count."""
    rows = list(zip(queries, bests, strict=True))
    found = [best.meant >= threshold for query, best in rows if query.listed]
    surface = [best.meant >= threshold for query, best in rows if query.change in SURFACE]
    stopped = {
        change: [best.anybody >= threshold for query, best in rows if query.change == change]
        for change in ("company", "person")
    }
    return Counts(
        _share(found),
        _share(surface),
        _share([*stopped["company"], *stopped["person"]]),
        _share(stopped["company"]),
        _share(stopped["person"]),
    )


def threshold_for(queries: Sequence[Query], bests: Sequence[Best], stopped: float) -> float:
    """The least score as threshold at which no larger share of the others is stopped."""
    scores = sorted(
        (best.anybody for query, best in zip(queries, bests, strict=True) if not query.listed),
        reverse=True,
    )
    allowed = int(stopped * len(scores) + 1e-9)
    if allowed >= len(scores):
        return 0.0
    first_too_many = scores[allowed]
    higher = [score for score in scores[:allowed] if score > first_too_many]
    just_above = min(higher, default=2.0)
    return (first_too_many + just_above) / 2 if first_too_many else 0.0


def by_kind(queries: Sequence[Query]) -> Mapping[Kind, list[int]]:
    """The numbers of the queries of each kind."""
    groups: dict[Kind, list[int]] = {}
    for number, query in enumerate(queries):
        groups.setdefault(query.kind, []).append(number)
    return groups


def _share(results: Sequence[bool]) -> float:
    return sum(results) / len(results) if results else 0.0
