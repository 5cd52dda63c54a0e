"""The entries of watchlists that a flag rests on: who, how found, how strong, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from compliance.explain.page import Page
from compliance.explain.trace import STEP
from compliance.model.decision import ListedAlso, ListMatch
from compliance.model.truth import Truth

_SNAPSHOT: Final = 12
"""Digits of a snapshot's hash; the whole one stands under Watchlists."""


def tell_matches(page: Page, matches: Iterable[ListMatch]) -> None:
    """Each entry: the two names or numbers, its strength, and each comparison on its own line.

    An entry that several lists hold is told once, with the places of all.
    """
    for match in matches:
        page.line(f"Match: {'; '.join(_entry(match))}", STEP)
        page.points(map(_again, match.also_in), STEP * 2)
        page.points(_how(match), STEP * 2)


def _entry(match: ListMatch) -> Iterator[str]:
    yield f"{match.name} [{match.list_id} {match.entry}, snapshot {match.snapshot[:_SNAPSHOT]}]"
    if match.measures:
        yield f"measures: {', '.join(match.measures)}"
    if match.programmes:
        yield ", ".join(match.programmes)
    if match.in_force is Truth.UNKNOWN:
        yield "not known to be in force on this day"
    elif match.listed_on is not None:
        yield f"since {match.listed_on.isoformat()}"
    if match.citation:
        yield match.citation
    if match.license_policy:
        yield f"license policy: {match.license_policy}"


def _again(also: ListedAlso) -> str:
    cited = f"; {also.citation}" if also.citation else ""
    return (
        f"the same entry: {also.list_id} {also.entry}, snapshot {also.snapshot[:_SNAPSHOT]}, "
        f"measures: {', '.join(also.measures)}{cited}"
    )


def _how(match: ListMatch) -> Iterator[str]:
    weak = ", a weak alias" if match.weak else ""
    what = "agreement" if match.by == "address" else "score"
    standing = "taken as the listed party" if match.taken_as_listed else "a person compares"
    if match.by == "address":
        itself = "the listed address itself"
        standing = itself if match.taken_as_listed else "an address, and nobody's name"
    yield (
        f"by {match.by}: {match.asked!r} against {match.matched!r}{weak}; "
        f"{what} {match.score:.2f}, {match.strength.replace('_', ' ')}: {standing}"
    )
    if match.aligned:
        words = ", ".join(
            word.given
            if word.given == word.listed
            else f"{word.given} ~ {word.listed} ({word.similarity:.2f})"
            for word in match.aligned
        )
        alone = f"; alone: {', '.join(match.unmatched)}" if match.unmatched else ""
        yield f"words aligned: {words}{alone}"
    yield from match.reasons
