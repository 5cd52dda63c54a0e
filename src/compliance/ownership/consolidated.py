"""Consolidation without a percentage, where only ownership counts: an unknown part of the capital.

Whoever consolidates a company controls it. How much of the capital it holds, accounts do not say; a
rule that counts ownership alone is then open, not answered in the negative.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from compliance.model.share import Share
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import Interest


def with_unknown_shares(
    graph: OwnershipGraph, owned: Collection[str], *, as_of: date | None
) -> OwnershipGraph:
    """The graph, in which whoever consolidates a party of `owned` may hold any part of it.

    Only those of whose capital in the party nothing is stated on the day; what others hold of it
    still leaves them the rest. The graph itself, where there is nobody.

    Raises:
        OwnershipError: `as_of` is neither a date (without a time) nor None.
    """
    holdings = graph.on(as_of)
    added = [
        Interest(owner=edge.owner, owned=party, share=Share.unknown(), source=edge.source)
        for party in sorted(holdings.declared.keys() & owned)
        for edge in holdings.declared[party]
        if edge.kind == "consolidation" and edge.owner not in holdings.capital.column(party)
    ]
    if not added:
        return graph
    return graph.over((*graph.interests, *added))
