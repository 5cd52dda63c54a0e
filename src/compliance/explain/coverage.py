"""What a decision rests on: policies by what became of them, watchlists with their age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from compliance.explain.page import Page
from compliance.explain.trace import STEP
from compliance.model.decision import Decision, ListCoverage, PolicyCoverage
from compliance.model.truth import Truth

_FLAGGED: Final = "left a flag"
_NOT_MET: Final = "evaluated and not met"
_UNDECIDED: Final = "not decided, harmless by their own rule"
_WITHOUT_EFFECT: Final = "met, with nothing to flag"
_NOT_APPLYING: Final = "do not apply on this day or to what was given"


def tell_policies(page: Page, decision: Decision, *, verbose: bool) -> None:
    """How many policies left a flag, were not met, and so on; each one where `verbose`."""
    flagged = {flag.policy_id for flag in decision.flags}
    groups: dict[str, list[PolicyCoverage]] = {}
    for line in decision.coverage.policies:
        groups.setdefault(_group(line, flagged), []).append(line)
    page.section(f"Policies ({len(decision.coverage.policies)})")
    if not groups:
        page.line("- none was evaluated", STEP)
        return
    for title in (_FLAGGED, _NOT_MET, _UNDECIDED, _WITHOUT_EFFECT, _NOT_APPLYING):
        lines = groups.get(title, [])
        page.line(f"{len(lines)} {title}", STEP)
        if verbose and title != _FLAGGED:
            page.points(map(_policy, lines), STEP * 2)


def _group(line: PolicyCoverage, flagged: set[str]) -> str:
    if line.id in flagged:
        return _FLAGGED
    if not line.applies or line.truth is None:
        return _NOT_APPLYING
    if line.truth is Truth.FALSE:
        return _NOT_MET
    return _UNDECIDED if line.truth is Truth.UNKNOWN else _WITHOUT_EFFECT


def _policy(line: PolicyCoverage) -> str:
    state = line.state.value.replace("_", " ") if line.state else "before its first day"
    because = f": {line.because}" if line.because else ""
    return f"{line.id} ({state}){because}"


def tell_watchlists(page: Page, lists: Iterable[ListCoverage]) -> None:
    """Every list that was asked for, with its day, its age and what it lacks."""
    page.section("Watchlists")
    page.points([". ".join(_watchlist(line)) for line in lists] or ["none was asked for"])


def _watchlist(line: ListCoverage) -> Iterator[str]:
    if not line.consulted:
        yield f"{line.id}: NOT CONSULTED{f', {line.note}' if line.note else ''}"
        return
    extent = "complete" if line.complete else "EXCERPT, not the whole list"
    yield f"{line.id}: {line.title}"
    yield f"{line.entries} entries, {extent}"
    yield _age(line) + ("; STALE" if line.stale else "")
    if line.note:
        yield line.note
    yield f"Snapshot {line.snapshot}"


def _age(line: ListCoverage) -> str:
    if line.published is None:
        return "Day of publication not known"
    if line.age_days is None:
        return f"Published {line.published.isoformat()}"
    days = abs(line.age_days)
    unit = "day" if days == 1 else "days"
    if line.age_days < 0:
        return f"Published {line.published.isoformat()}, {days} {unit} after this day of law"
    return f"Published {line.published.isoformat()}, {days} {unit} old"
