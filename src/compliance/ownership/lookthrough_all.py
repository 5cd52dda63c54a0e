"""The look-through shares of everybody above a party at once, by one pass up in topological order.

Along a single chain the share of an owner is that of the one below it, times one holding; so it is
in sum along several chains where all shares are exact. Only where circles, or several chains of
intervals, come together, an owner is asked by itself (`lookthrough.share`).

    X holds 60 % of A and 20 % of B, A holds 50 % of T, B holds 30 % of T
    from T to A flow 50 %, from T to B 30 %
    from both to X: 60 % of 50 % and 20 % of 30 %, which is 36 %

Cost: linear in the interests above; a Leontief system for each owner that is asked by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from compliance.model.share import Share
from compliance.ownership import lookthrough
from compliance.ownership.bounds import ONE, ZERO, Bound, below, between, sum_of_products, times
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.scc import strongly_connected_components
from compliance.ownership.share_matrix import ShareMatrix

Ends = tuple[Bound, Bound]
_ALL: Final = Bound(ONE)


def shares(holdings: DaySnapshot, owned: str) -> dict[str, Share]:
    """What part of `owned` belongs in the end to each party above it by capital: `share` of each.

    By id of the owner, its own owners cut away.
    """
    matrix = holdings.capital
    held = lookthrough.held_above(matrix, owned)
    flows: dict[str, Ends] = {} if held[owned] else {owned: (_ALL, _ALL)}
    shares_of: dict[str, Share] = {}
    for members in strongly_connected_components(sorted(held), held.__getitem__):
        for owner in members:
            if owner == owned:
                continue
            flow = _flow(matrix, owner, held[owner], flows) if len(members) == 1 else None
            if flow is None:
                shares_of[owner] = lookthrough.share(holdings, owner, owned)
                continue
            shares_of[owner] = between(*flow)
            if owner not in held[owner]:
                flows[owner] = flow
    return dict(sorted(shares_of.items()))


def _flow(
    matrix: ShareMatrix, owner: str, held: Sequence[str], flows: Mapping[str, Ends]
) -> Ends | None:
    """Both ends of what flows to an owner from what it holds; None where that is not all of it."""
    parties = [party for party in held if party != owner]
    if not all(party in flows for party in parties):
        return None
    if matrix.exact:
        terms = [(matrix.ends(party, owner)[0], flows[party][0]) for party in parties]
        low = sum_of_products(ZERO, terms)
        return low, low
    if len(parties) > 1:
        return None
    (party,) = parties
    low, high = matrix.ends(party, owner)
    if _is_capped(matrix, party, low, high):
        return None
    least, most = flows[party]
    flow = times(low, least)
    return flow, flow if low is high and least is most else times(high, most)


def _is_capped(matrix: ShareMatrix, party: str, low: Bound, high: Bound) -> bool:
    """Whether a holding may come up to all that the other owners' lower ends leave of a party."""
    least = matrix.least(party)
    others = least.value - low.value
    if below(ONE, least.value) or not (others or least.open):
        return False
    return not below(high.value, ONE - others)
