"""Who stands above a party, the nearest first, so that a long register is cut where it is far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from compliance.model.share import Share

Owners = Callable[[str], Iterable[tuple[str, Share, str]]]
"""The direct owners of a party, each with share and kind of interest."""


def nearest(owners: Owners, party: str) -> tuple[str, ...]:
    """Everybody above a party by any kind of interest: level by level, the largest share first."""
    found, level = [party], [party]
    seen = {party}
    while level:
        ranks: dict[str, tuple[Fraction, Fraction, str]] = {}
        for owned in level:
            for owner, share, kind in owners(owned):
                if owner in seen:
                    continue
                counted = kind in ("shareholding", "voting_rights")
                low = share.minimum if counted else Fraction(0)
                high = share.maximum if counted else Fraction(0)
                rank = (-low, -high, owner)
                ranks[owner] = min(rank, ranks.get(owner, rank))
        level = sorted(ranks, key=ranks.__getitem__)
        seen.update(level)
        found += level
    return tuple(found[1:])


def by_capital(owners: Owners, party: str) -> frozenset[str]:
    """Everybody above a party through shareholdings alone."""
    found, todo = set[str](), [party]
    while todo:
        for owner, _, kind in owners(todo.pop()):
            if kind == "shareholding" and owner not in found and owner != party:
                found.add(owner)
                todo.append(owner)
    return frozenset(found)
