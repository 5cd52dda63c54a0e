"""Ownership as plainly as it reads: random graphs, networkx with numpy, the rules as written."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.model.truth import Truth

Edges = dict[tuple[str, str], Fraction]
Declared = frozenset[tuple[str, str]]
HALF = Fraction(1, 2)
ORDER = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
SEEDS = st.integers(0, 2**32)


def random_edges(chance: Random, size: int, *, most: int = 95, degree: int = 4) -> Edges:
    """Parties P0, P1, ... that hold at most `most` percent of each, in circles as it comes."""
    found: Edges = {}
    for owned in range(size):
        left = most * 10
        for owner in chance.sample(range(size), min(size, chance.randrange(degree + 1))):
            part = chance.randrange(1, 700)
            if part <= left:
                found[f"P{owner}", f"P{owned}"] = Fraction(part, 1000)
                left -= part
    return found


def rows(edges: Edges, kind: str = "shareholding") -> list[dict[str, object]]:
    return [
        {"owner": owner, "owned": owned, "share": Share.exact(share), "kind": kind}
        for (owner, owned), share in edges.items()
    ]


def banded(chance: Random, edges: Edges, kind: str = "shareholding") -> list[dict[str, object]]:
    """Intervals around exact shares, some with open ends."""
    found = []
    for (owner, owned), share in edges.items():
        low = share - min(share, Fraction(chance.choice([0, 0, 50, 200]), 1000))
        high = min(Fraction(1), share + Fraction(chance.choice([0, 0, 50, 400]), 1000))
        ends = (low < share and chance.random() < 0.5, high > share and chance.random() < 0.5)
        found.append(
            {"owner": owner, "owned": owned, "share": Share(low, high, *ends), "kind": kind}
        )
    return found


def integrated(edges: Edges, owner: str) -> dict[str, float]:
    """x = d + D x by networkx and numpy, the owner's own owners cut away."""
    holdings = nx.DiGraph()
    holdings.add_node(owner)
    holdings.add_weighted_edges_from((o, t, float(s)) for (o, t), s in edges.items() if t != owner)
    names = list(holdings)
    direct = nx.to_numpy_array(holdings, nodelist=names)
    start = np.zeros(len(names))
    start[names.index(owner)] = 1.0
    solved = np.linalg.solve(np.eye(len(names)) - direct.T, start)
    return dict(zip(names, solved.tolist(), strict=True))


def kept(edges: Edges, owned: str) -> dict[str, float]:
    """What of `owned` ends with whom: all that flows up to a holder, less what its owners take."""
    names = sorted({owned, *(party for edge in edges for party in edge)})
    at = {name: number for number, name in enumerate(names)}
    direct = np.zeros((len(names), len(names)))
    for (holder, of), share in edges.items():
        direct[at[holder], at[of]] = float(share)
    start = np.zeros(len(names))
    start[at[owned]] = 1.0
    flows = np.linalg.solve(np.eye(len(names)) - direct, start)
    return dict(zip(names, (flows * (1 - direct.sum(axis=0))).tolist(), strict=True))


def enough(
    shares: Edges, party: str, held: Fraction, *, inclusive: bool, disregarding: bool
) -> bool:
    """Whether a holding is half of the whole or, `disregarding`, of all that others hold."""
    bars = [HALF]
    if disregarding and held:
        bars.append(HALF * (1 - shares.get((party, party), Fraction(0))))
    return any(held > bar or (inclusive and held == bar) for bar in bars)


def controlled_plainly(
    votes: Edges, declared: Declared, start: Iterable[str], *, disregarding: bool = False
) -> set[str]:
    """The start and all it controls: more than half of the votes, or as declared."""
    group = set(start)
    parties = {party for edge in (*votes, *declared) for party in edge}
    while True:
        more = {
            t
            for t in parties - group
            if enough(
                votes,
                t,
                sum((s for (o, of), s in votes.items() if of == t and o in group), Fraction(0)),
                inclusive=False,
                disregarding=disregarding,
            )
            or any((o, t) in declared for o in group)
        }
        if not more:
            return group
        group |= more


def affected_plainly(
    capital: Edges,
    votes: Edges,
    declared: Declared,
    listed: list[str],
    rule: dict[str, bool],
    *,
    disregarding: bool = False,
) -> set[str]:
    """The cascade of a regime that counts control, as it reads; not aggregated: of each alone."""
    if not rule["aggregate"]:
        together = {**rule, "aggregate": True}
        each = (
            affected_plainly(capital, votes, declared, [x], together, disregarding=disregarding)
            for x in listed
        )
        return set().union(*each)
    found = set(listed)
    parties = {party for edge in (*capital, *votes, *declared) for party in edge}
    while True:
        more = set()
        for party in parties - found:
            parts = [s for (o, t), s in capital.items() if t == party and o in found and o != t]
            held = sum(parts, Fraction(0))
            inclusive = rule["inclusive"]
            if enough(capital, party, held, inclusive=inclusive, disregarding=disregarding):
                more.add(party)
        more |= controlled_plainly(votes, declared, found, disregarding=disregarding)
        if more <= found:
            return found
        found |= more


def votes_of(capital: Edges, stated: Edges) -> Edges:
    """Votes as stated; where none are stated of a party, as its capital is held."""
    with_votes = {owned for _, owned in stated}
    return {**{e: s for e, s in capital.items() if e[1] not in with_votes}, **stated}


def voted(chance: Random, size: int) -> Edges:
    return {(o, t): s for (o, t), s in random_edges(chance, size).items() if int(t[1:]) % 3 == 0}


def declarations(chance: Random, size: int) -> Declared:
    return frozenset(
        (f"P{chance.randrange(size)}", f"P{chance.randrange(size)}") for _ in range(size // 4)
    )


def agreements(declared: Declared) -> list[dict[str, object]]:
    return [{"owner": o, "owned": t, "kind": "agreement"} for o, t in sorted(declared)]
