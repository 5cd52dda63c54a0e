"""F1 on a file of labelled pairs of names (`name1,name2,schema,is_match`), such as a peer's own.

The positive class is `is_match`; all rows count once, at one threshold for all schemas.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bench.name_peers import LogicV2, TfIdf
from bench.name_queries import Query
from compliance.names import REVIEW_THRESHOLD, Kind, similarity

_KINDS: Final[dict[str, Kind]] = {
    "Person": "person",
    "Company": "organization",
    "Organization": "organization",
}


@dataclass(frozen=True, slots=True)
class Case:
    """Two names, what they name, and whether they name the same."""

    a: str
    b: str
    schema: str
    match: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 at a threshold, and the best F1 of any threshold."""

    threshold: float
    precision: float
    recall: float
    f1: float
    best_f1: float
    best_threshold: float


def read(path: Path) -> list[Case]:
    """The cases of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["name1"], row["name2"], row["schema"], row["is_match"].lower() == "true")
            for row in csv.DictReader(file)
        ]


def figures(cases: Sequence[Case], scores: Sequence[float], threshold: float) -> Figures:
    """How scores tell matches from others."""
    precision, recall, f1 = _at(cases, scores, threshold)
    best = max(sorted(set(scores)), key=lambda t: _at(cases, scores, t)[2])
    return Figures(threshold, precision, recall, f1, _at(cases, scores, best)[2], best)


def _at(
    cases: Sequence[Case], scores: Sequence[float], threshold: float
) -> tuple[float, float, float]:
    said = [score >= threshold for score in scores]
    right = sum(case.match and yes for case, yes in zip(cases, said, strict=True))
    precision = right / sum(said) if any(said) else 0.0
    recall = right / sum(case.match for case in cases)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def measured(cases: Sequence[Case]) -> dict[str, Figures | str]:
    """The figures of each method, or why there are none."""
    found: dict[str, Figures | str] = {
        "compliance.names": _of(
            cases,
            lambda case: similarity(case.a, case.b, _KINDS.get(case.schema, "unknown")),
            REVIEW_THRESHOLD,
        )
    }
    for name, threshold in (("token_sort_ratio", 85), ("WRatio", 85)):
        scorer: Any = getattr(fuzz, name)
        found[name] = _of(
            cases,
            lambda case, scorer=scorer: scorer(  # type: ignore[misc]
                case.a, case.b, processor=default_process
            ),
            threshold,
        )
    missing = LogicV2.missing()
    if missing:
        found["logic-v2"] = f"not measured: {missing} not installed"
    else:
        found["logic-v2"] = _of(cases, lambda case: LogicV2.score(case.a, case.b, case.schema), 0.7)
    found["tf-idf of 3 letters"] = _tf_idf(cases)
    return found


def _of(cases: Sequence[Case], score: Callable[[Case], float], threshold: float) -> Figures:
    return figures(cases, [score(case) for case in cases], threshold)


def _tf_idf(cases: Sequence[Case]) -> Figures:
    """Fitted on the second names of the file, which is little to count words in."""
    names = list(dict.fromkeys(case.b for case in cases))
    place = {name: number for number, name in enumerate(names)}
    method = TfIdf(0.0001, len(names))
    method.prepare(names)
    queries = [Query(case.a, "unknown", "case", (place[case.b],)) for case in cases]
    return figures(cases, [best.meant for best in method.search(queries)], 0.7)
