"""Facts about how ownership changed: who owned the party before, and when it last changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact
from compliance.screening.facts.subjects import PartyFacts

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)


def _stated(p: PartyFacts) -> Iterator[tuple[str, date | None, date | None]]:
    """Every interest in the party, on any day: its owner, its first day, the day it ends."""
    for edge in p.subjects.graph.interests:
        if edge.owned == p.id:
            yield edge.owner, edge.since, edge.until


@field("ownership.former_owners")
def _former_owners(p: PartyFacts) -> Fact:
    left = {owner for owner, _, until in _stated(p) if until is not None and until <= p.as_of}
    companies = sorted(left - p.subjects.persons)  # a natural person is led from nowhere
    places = [p.subjects.parties[owner]["headquarters"] for owner in companies]
    codes = frozenset(place.value for place in places if place.known)
    missing = tuple(path for place in places if not place.known for path in place.missing)
    return Fact.some(codes, "ownership", partial=bool(missing), missing=missing)


@field("ownership.days_since_change")
def _days_since_change(p: PartyFacts) -> Fact:
    days = [
        day
        for _, since, until in _stated(p)
        for day in (since, until)
        if day is not None and day <= p.as_of
    ]
    if not days:
        return Fact.unknown("ownership", note="no dated interest")
    signed = p.subjects.contract.signed_on or p.as_of
    past = [day for day in days if day <= signed]
    if not past:
        return Fact.unknown("ownership", note="no change before signing")
    return Fact.of((signed - max(past)).days, f"ownership, to {signed}")
