"""What names score against a table of listed names: the party meant, and anybody at all.

A changed name is found when a name of the entry it comes from is among the hits. Ordinary names
mean nobody: every hit is a false one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.name_sets import Changed, Listed
from compliance.names import Kind, normalize
from compliance.names.index import NameTable

LEAST: Final = 0.6  # scores below are not told apart


@dataclass(frozen=True, slots=True)
class Searched:
    """Distinct listed names, the table that finds them, and whose they are."""

    table: NameTable
    owners: tuple[tuple[Listed, ...], ...]

    @classmethod
    def of(cls, rows: Iterable[Listed]) -> Searched:
        """The distinct names of rows in their order."""
        owners: dict[str, list[Listed]] = {}
        for row in rows:
            owners.setdefault(row.name, []).append(row)
        return cls(NameTable(tuple(owners)), tuple(map(tuple, owners.values())))


@dataclass(frozen=True, slots=True)
class Found:
    """A changed name and its best score with the entry that is meant; 0.0 below `LEAST`."""

    case: Changed
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
    """Each case with its score; `counts` says which listed names may be found by it."""
    scores: dict[int, float] = {}
    names = searched.table.names
    for kind, numbers in _by_kind([case.source.asked_as for case in cases]).items():
        queries = [cases[number].query for number in numbers]
        answers = searched.table.matches_many(queries, kind, LEAST)
        for number, matches in zip(numbers, answers, strict=True):
            case = cases[number]
            scores[number] = max(
                (
                    score
                    for position, score in matches.items()
                    if any(row.entry == case.source.entry for row in searched.owners[position])
                    and counts(case, names[position])
                ),
                default=0.0,
            )
    return [Found(case, scores[number]) for number, case in enumerate(cases)]


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
    """Whether a name is another one than the query."""
    return normalize(name) != normalize(case.query)


def share(scores: Collection[float], threshold: float) -> float:
    """The share of scores that reach a threshold."""
    return sum(score >= threshold for score in scores) / len(scores)


def _by_kind(kinds: Iterable[Kind]) -> dict[Kind, list[int]]:
    groups: dict[Kind, list[int]] = {}
    for number, kind in enumerate(kinds):
        groups.setdefault(kind, []).append(number)
    return groups
