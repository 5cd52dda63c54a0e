"""The largest chains that carry a look-through share, by best-first search (A*): each party once.

The search goes up from the owned party and always takes up the chain that may still carry most:
what it carries, times the best that any chain from there to the owner carries (Dijkstra).
Logarithms in floating point guide it; every share told is multiplied exactly, and the chains are
sorted by it.

    O holds 50 % of A and 20 % of B, A holds 40 % of T, B holds 30 % of T
    up from T: by A at most 40 % of 50 %, by B at most 30 % of 20 %; A is taken up first
    the chains: O > A > T with 20 %, then O > B > T with 6 %

Cost: m log m for the bounds, of m interests in between; then at most 20,000 + 4 m chains taken up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import inf, log
from typing import Final

from compliance.model.share import Share
from compliance.ownership.bounds import Bound, times
from compliance.ownership.share_matrix import ShareMatrix

_PATIENCE: Final = 20_000  # steps, and four for each interest, before the rest is left as such
Guide = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A chain from an owner, or a listed party, down to the party asked about.

    Of a look-through share, `share` is what the chain carries: the product along it. Of an affected
    party it is what the last owner directly holds, which counts in full.
    """

    parties: tuple[str, ...]
    share: Share


@dataclass(slots=True)
class _Chain:
    """A chain on its way up, and the logarithms of what it carries."""

    party: str
    guide: Guide
    below: _Chain | None


def largest(
    matrix: ShareMatrix, owner: str, owned: str, circle_of: Mapping[str, int], limit: int
) -> tuple[tuple[Path, ...], bool]:
    """The largest chains from `owner` to `owned`, and whether these are all there are.

    `circle_of` gives the parties in between, each with the number of its component: a chain can
    come back to a party only within one.
    """
    edges = {party: _edges(matrix, party, owner, circle_of) for party in circle_of}
    bounds = [_best(edges, owner, end) for end in (0, 1)]
    complete: list[_Chain] = []
    heap: list[tuple[Guide, int, _Chain]] = []
    pushed, patience = 0, _PATIENCE + 4 * sum(map(len, edges.values()))
    heappush(heap, ((0.0, 0.0), pushed, _Chain(owned, (0.0, 0.0), None)))
    while heap and len(complete) < limit and pushed < patience:
        _, _, chain = heappop(heap)
        if chain.party == owner:
            complete.append(chain)
            continue
        for source, guide in edges[chain.party]:
            if source not in bounds[1] or _has(chain, source, circle_of):
                continue  # the owner can hold nothing of it, or the chain has been there
            carried = (chain.guide[0] + guide[0], chain.guide[1] + guide[1])
            hope = (carried[0] + bounds[0].get(source, -inf), carried[1] + bounds[1][source])
            pushed += 1
            heappush(heap, ((-hope[0], -hope[1]), pushed, _Chain(source, carried, chain)))
    paths = sorted((_path(matrix, chain) for chain in complete), key=_by_share)
    return tuple(paths), not heap


def _by_share(path: Path) -> tuple[Fraction, Fraction, tuple[str, ...]]:
    return -path.share.minimum, -path.share.maximum, path.parties


def _edges(
    matrix: ShareMatrix, party: str, owner: str, circle_of: Mapping[str, int]
) -> list[tuple[str, Guide]]:
    """The owners that lie in between, with the logarithms of both ends of their shares."""
    if party == owner:
        return []
    return [
        (source, (_log(low.value), _log(high.value)))
        for source in matrix.above(party)
        if source in circle_of and source != party
        for low, high in (matrix.ends(party, source),)
        if high.value
    ]


def _log(value: Fraction) -> float:
    return log(value.numerator) - log(value.denominator) if value else -inf


def _best(edges: Mapping[str, list[tuple[str, Guide]]], owner: str, end: int) -> dict[str, float]:
    """For each party the most that one chain up to `owner` can carry, at one end."""
    below: dict[str, list[tuple[str, float]]] = {}
    for party, sources in edges.items():
        for source, guide in sources:
            if guide[end] > -inf:
                below.setdefault(source, []).append((party, guide[end]))
    best: dict[str, float] = {}
    heap = [(0.0, owner)]
    while heap:
        cost, party = heappop(heap)
        if party in best:
            continue
        best[party] = -cost
        for owned, guide_of in below.get(party, ()):
            if owned not in best:
                heappush(heap, (cost - guide_of, owned))
    return best


def _has(chain: _Chain, party: str, circle_of: Mapping[str, int]) -> bool:
    """Whether the chain has been at the party: looked for only while it stays in its circle."""
    at: _Chain | None = chain
    circle = circle_of[party]
    while at is not None and circle_of[at.party] == circle:
        if at.party == party:
            return True
        at = at.below
    return False


def _path(matrix: ShareMatrix, chain: _Chain) -> Path:
    parties, low, high = [chain.party], Bound(Fraction(1)), Bound(Fraction(1))
    while chain.below is not None:
        owned = chain.below.party
        ends = matrix.ends(owned, chain.party)
        low, high = times(low, ends[0]), times(high, ends[1])
        parties.append(owned)
        chain = chain.below
    return Path(tuple(parties), Share(low.value, high.value, low.open, high.open))
