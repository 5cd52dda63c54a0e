"""Which interests of a contract may carry control: of all, and of capital alone."""

from __future__ import annotations

from typing import Final

from compliance.model.truth import Truth
from compliance.ownership import Interest, OwnershipGraph
from compliance.ownership.bounds import HALF
from compliance.screening.facts.base import once
from compliance.screening.facts.subjects import ContractFacts, PartyFacts

_CAPITAL: Final = frozenset({"shareholding", "consolidation"})


def steering(p: PartyFacts) -> OwnershipGraph:
    """The interests that may carry control: no known minorities of boards, no mere influence."""
    return _graphs(p.subjects.facts)[0]


def by_capital(p: PartyFacts) -> OwnershipGraph:
    """Of these, capital and consolidation alone."""
    return _graphs(p.subjects.facts)[1]


def gives_control(edge: Interest) -> bool:
    """An agreement, or half of the board or more; an unknown number of seats may be as many."""
    if edge.kind == "board_appointment":
        return edge.share.reaches(HALF, inclusive=True) is not Truth.FALSE
    return edge.kind == "agreement"


@once
def _graphs(c: ContractFacts) -> tuple[OwnershipGraph, OwnershipGraph]:
    graph = c.subjects.graph
    apart = [e for e in graph.interests if e.kind == "voting_rights" or gives_control(e)]
    capital = [e for e in graph.interests if e.kind in _CAPITAL]
    return _of(graph, [*capital, *apart]), _of(graph, capital)


def _of(graph: OwnershipGraph, interests: list[Interest]) -> OwnershipGraph:
    """The graph of some interests of a graph; itself, where they are all."""
    if len(interests) == len(graph.interests):
        return graph
    return graph.over(interests)
