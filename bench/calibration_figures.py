"""The figures of docs/names.md: found, precision and false hits at each threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bench.calibration_measures import Calibration
from bench.charts import Axis, Chart, Line, Panel, shares
from bench.name_scores import LEAST, Found, Stopped, share
from compliance.names import REVIEW_THRESHOLD

THRESHOLDS: Final = tuple(round(LEAST + 0.01 * step, 2) for step in range(41))
LISTED: Final = 0.01  # of customers, where precision is told
_X: Final = Axis(
    "threshold", tuple((LEAST + 0.1 * step, f"{LEAST + 0.1 * step:.1f}") for step in range(5))
)
_RATES: Final = Axis(
    "hits per 1,000 names of nobody listed",
    ((0.1, "0.1"), (1, "1"), (10, "10"), (100, "100"), (1000, "1000")),
    logarithmic=True,
)


def recall(results: Sequence[Found], threshold: float) -> float:
    """The share of changed names that find who is meant."""
    return share([result.score for result in results], threshold)


def false_hits(results: Sequence[Stopped], threshold: float, list_name: str | None = None) -> float:
    """The share of names of nobody listed that hit somebody, or somebody of one list."""
    if list_name is None:
        return share([result.score for result in results], threshold)
    return share([result.by_list.get(list_name, 0.0) for result in results], threshold)


def precision(recalled: float, stopped: float) -> float:
    """The share of hits that are right, where `LISTED` of all names are listed ones, changed."""
    right, wrong = recalled * LISTED, stopped * (1 - LISTED)
    return right / (right + wrong) if right + wrong else 1.0


def f1(calibration: Calibration) -> float:
    """F1 of pairs: a changed name with its party, a name of nobody with the closest."""
    right = sum(row.score >= REVIEW_THRESHOLD for row in calibration.written)
    strangers = (*calibration.companies, *calibration.persons)
    wrong = sum(row.score >= REVIEW_THRESHOLD for row in strangers)
    return 2 * right / (right + wrong + len(calibration.written))


def figures(calibration: Calibration) -> dict[str, Chart]:
    """The charts by the name of their file."""
    changes, lists = calibration.by_change, calibration.by_list
    everywhere = dict.fromkeys(changes)
    return {
        "found-by-change": _found("changed", changes),
        "precision-by-change": _precision("kind of change", changes, calibration, everywhere),
        "precision-by-list": _precision("list", lists, calibration, {name: name for name in lists}),
        "false-hits": _false_hits(calibration),
    }


def _found(what: str, groups: Mapping[str, Sequence[Found]]) -> Chart:
    panels = []
    for name, results in groups.items():
        points = tuple((t, recall(results, t)) for t in THRESHOLDS)
        here = recall(results, REVIEW_THRESHOLD)
        line = Line(points, (REVIEW_THRESHOLD, here))
        panels.append(Panel(f"{name} ({len(results)})", (line,), f"{here:.0%}"))
    told = ", ".join(f"{panel.title} {panel.note}" for panel in panels)
    return Chart(
        title=f"Found at each threshold, by how the name was {what}",
        description=f"Shares found at the shipped threshold {REVIEW_THRESHOLD}: {told}.",
        x=_X,
        y=shares("share found"),
        panels=tuple(panels),
        across=4,
        size=(180, 120),
        upright=REVIEW_THRESHOLD,
    )


def _precision(
    what: str,
    groups: Mapping[str, Sequence[Found]],
    calibration: Calibration,
    lists: Mapping[str, str | None],
) -> Chart:
    panels = []
    told = []
    for name, results in groups.items():
        points = []
        for threshold in (*THRESHOLDS, REVIEW_THRESHOLD):
            recalled = recall(results, threshold)
            wrong = false_hits(calibration.companies, threshold, lists[name])
            points.append((recalled, precision(recalled, wrong)))
        marked = points.pop()
        shown = tuple(point for point in points if point[0])
        note = f"{marked[1]:.0%} right, {marked[0]:.0%} found"
        panels.append(Panel(name, (Line(shown, marked),), ""))
        told.append(f"{name}: {note}")
    return Chart(
        title=f"Precision and recall by {what}, where 1 of 100 names is a listed one, changed",
        description=f"At the shipped threshold {REVIEW_THRESHOLD}: {'; '.join(told)}.",
        x=shares("recall: share of changed names found", steps=2),
        y=shares("precision: share of hits that are right"),
        panels=tuple(panels),
        across=4,
        size=(180, 120),
    )


def _false_hits(calibration: Calibration) -> Chart:
    lines = []
    told = []
    for label, results in (
        ("recombined persons", calibration.persons),
        ("ordinary companies", calibration.companies),
    ):
        rates = tuple((t, 1000 * false_hits(results, t)) for t in THRESHOLDS)
        here = 1000 * false_hits(results, REVIEW_THRESHOLD)
        lines.append(Line(rates, (REVIEW_THRESHOLD, here), f"{label}: {here:.1f}"))
        told.append(f"{here:.1f} of 1,000 {label}")
    return Chart(
        title="Hits on names of nobody listed",
        description=f"At the shipped threshold {REVIEW_THRESHOLD}: {', '.join(told)}.",
        x=_X,
        y=_RATES,
        panels=(Panel("", tuple(lines)),),
        across=1,
        size=(640, 260),
        upright=REVIEW_THRESHOLD,
    )
