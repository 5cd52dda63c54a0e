"""What names score against a table of listed names: the party meant, and anybody at all.

A changed name is found when a name of the entry it comes from is among the hits. Ordinary names
mean nobody: every hit is a false one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bench.name_sets import Changed, Listed
from compliance.names import Kind, normalize, similarity
from compliance.names.index.name_table import NameTable

LEAST: Final = 0.6  # what a search looks for


@dataclass(frozen=True, slots=True)
class Searched:
    """Distinct listed names in a table, whose they are, and the places of each entry's names."""

    table: NameTable
    owners: tuple[tuple[Listed, ...], ...]
    places: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, rows: Iterable[Listed]) -> Searched:
        """The distinct names of rows in their order."""
        owners: dict[str, list[Listed]] = {}
        for row in rows:
            owners.setdefault(row.name, []).append(row)
        places: dict[str, list[int]] = {}
        for place, whose in enumerate(owners.values()):
            for entry in dict.fromkeys(row.entry for row in whose):
                places.setdefault(entry, []).append(place)
        return cls(
            NameTable(tuple(owners)),
            tuple(map(tuple, owners.values())),
            {entry: tuple(found) for entry, found in places.items()},
        )

    def names_of(self, entry: str) -> list[tuple[int, str]]:
        """Place and name of each name that the entry has in the table."""
        return [(place, self.table.names[place]) for place in self.places.get(entry, ())]


@dataclass(frozen=True, slots=True)
class Found:
    """A changed name, and the name of the entry meant that is closest to it, with their score."""

    case: Changed
    closest: str
    score: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """A name of nobody listed: its best score, with whom, and the best score with each list."""

    name: str
    score: float
    listed: Listed | None
    by_list: dict[str, float]


def found(
    searched: Searched,
    cases: Sequence[Changed],
    counts: Callable[[Changed, str], bool] = lambda case, name: True,  # noqa: ARG005 - all count
) -> list[Found]:
    """Each case with its closest name; `counts` says which listed names may be found by it.

    Scores from `LEAST` are those of the search; where it finds nothing the entry's names are
    compared one by one.
    """
    results: dict[int, Found] = {}
    for kind, numbers in _by_kind([case.source.asked_as for case in cases]).items():
        queries = [cases[number].query for number in numbers]
        answers = searched.table.matches_many(queries, kind, LEAST)
        for number, matches in zip(numbers, answers, strict=True):
            case = cases[number]
            meant = [p for p in searched.names_of(case.source.entry) if counts(case, p[1])]
            scores = {name: matches[place] for place, name in meant if place in matches}
            if not scores:
                scores = {name: similarity(case.query, name, kind) for _, name in meant}
            closest = max(scores, key=lambda name: scores[name], default="")
            results[number] = Found(case, closest, scores.get(closest, 0.0))
    return [results[number] for number in range(len(cases))]


def stopped(searched: Searched, names: Sequence[str], kind: Kind) -> list[Stopped]:
    """Each name of nobody listed with what it scores all the same."""
    results = []
    answers = searched.table.matches_many(names, kind, LEAST)
    for name, matches in zip(names, answers, strict=True):
        best: Listed | None = None
        by_list: dict[str, float] = {}
        top = 0.0
        for position in sorted(matches):
            score = matches[position]
            if score > top:
                top, best = score, searched.owners[position][0]
            for row in searched.owners[position]:
                by_list[row.list_id] = max(score, by_list.get(row.list_id, 0.0))
        results.append(Stopped(name, top, best, by_list))
    return results


def not_the_alias_itself(case: Changed, name: str) -> bool:
    """Whether a listed name is another one than the alias that is searched."""
    return normalize(name) != normalize(case.query)


def share(scores: Collection[float], threshold: float) -> float:
    """The share of scores that reach a threshold."""
    return sum(score >= threshold for score in scores) / len(scores)


def _by_kind(kinds: Iterable[Kind]) -> dict[Kind, list[int]]:
    groups: dict[Kind, list[int]] = {}
    for number, kind in enumerate(kinds):
        groups.setdefault(kind, []).append(number)
    return groups
