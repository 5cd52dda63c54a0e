"""What a decision says of its watchlists: each one asked for, and where they fall short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from compliance.errors import did_you_mean
from compliance.model.decision import ListCoverage
from compliance.model.truth import Truth
from compliance.screening.closed_lists import ClosedList, closed_on
from compliance.watchlists import Watchlist


def coverage_of(
    lists: Iterable[Watchlist],
    asked: Iterable[str],
    as_of: date,
    closed: Mapping[str, ClosedList] = MappingProxyType({}),
) -> tuple[ListCoverage, ...]:
    """A line for every list that was consulted, or asked for and not there, by id.

    A list of `closed` is stale from the day on which its publisher closed it.
    """
    ended = {name: closed_on(closed, name, as_of) for name in closed}
    lines = [
        ListCoverage(
            id=w.id,
            title=w.title,
            consulted=True,
            snapshot=w.snapshot,
            published=w.published,
            age_days=w.age(as_of),
            stale=w.stale(as_of) is not Truth.FALSE or bool(ended.get(w.id)),
            complete=w.complete,
            entries=len(w.listings),
            note="; ".join(filter(None, (w.note, ended.get(w.id)))),
            measures=tuple(sorted({m for x in w.listings for m in x.measures})),
        )
        for w in lists
    ]
    consulted = [line.id for line in lines]
    lines += [
        ListCoverage(
            id=name,
            title=name,
            consulted=False,
            snapshot="",
            published=None,
            age_days=None,
            stale=True,
            complete=False,
            entries=0,
            note=_absent(name, consulted),
        )
        for name in asked
        if name not in consulted
    ]
    return tuple(sorted(lines, key=lambda line: line.id))


def _absent(name: str, consulted: Sequence[str]) -> str:
    hint = did_you_mean(name, list(consulted)) if consulted else ""
    return f"asked for and not available{f'; {hint}' if hint else ''}"


def remarks_on(
    lines: Sequence[ListCoverage],
    as_of: date,
    closed: Mapping[str, ClosedList] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Where the lists fall short on a day, one sentence for each kind; none where they do not."""
    return tuple(_remarks(lines, as_of, closed))


def _remarks(
    lines: Sequence[ListCoverage], as_of: date, closed: Mapping[str, ClosedList]
) -> Iterator[str]:
    absent = [f"{x.id} ({x.note})" for x in lines if not x.consulted]
    if absent:
        yield f"NOT CONSULTED though asked for: {'; '.join(absent)}."
    consulted = [line for line in lines if line.consulted]
    if not consulted:
        yield "No watchlist was consulted: nobody is looked up."
    excerpts = [line.id for line in consulted if not line.complete]
    if excerpts:
        which = "Only excerpts" if len(excerpts) == len(consulted) else "Excerpts"
        yield (
            f"{which} of lists were consulted: {', '.join(excerpts)}. A party that is not found "
            "there may be listed."
        )
    told = ((line.id, closed_on(closed, line.id, as_of)) for line in consulted)
    ended = [f"{name} ({what})" for name, what in told if what]
    if ended:
        yield f"Closed by its publisher: {'; '.join(ended)}."
    stale = [line.id for line in consulted if line.stale]
    if stale:
        yield f"Stale on {as_of}: {', '.join(stale)}. What was listed since is not known."
