"""Look-through shares by the Leontief inverse: multiply along paths, add over paths, sum circles.

x(T) = sum over owners S of d(S, T) x(S), with x = 1 for the owner asked about: solved exactly, one
strongly connected component after the other from the owner down (Brioschi, Buzzacchi and Colombo
1989; Baldone, Brioschi and Paleari 1998). Interval arithmetic: lower ends give a lower bound; upper
ends, tightened by what others hold, give an upper bound while the component is a contraction (see
`leontief`); where it is not, the upper bound is 1.

    X holds 60 % of A, A holds 50 % of T, T holds 10 % of A: A and T are a circle
    x(A) = 6/10 + x(T)/10 and x(T) = x(A)/2
    so x(A) = 12/19 and x(T) = 6/19: X's share of T is about 31.6 %
    the one chain X > A > T carries 3/10, further rounds through the circle add 3/190

Cost: linear in the interests on the way, and the cube of the size of a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from compliance.model.share import Share
from compliance.ownership import leontief, paths
from compliance.ownership.bounds import (
    ONE,
    ZERO,
    Bound,
    between,
    lowest,
    open_product,
    sum_of_products,
    times,
)
from compliance.ownership.data_quality import Diagnosis, unbounded
from compliance.ownership.day_snapshot import DaySnapshot, FinalHolders
from compliance.ownership.paths import Path
from compliance.ownership.scc import strongly_connected_components
from compliance.ownership.share_matrix import ShareMatrix

_LOW: Final = 0
_HIGH: Final = 1
_ALL: Final = Bound(ONE)
NOTHING: Final = Share.exact(0)
_WHOLE: Final = Share.exact(1)
_UNBOUNDED: Final = Bound(Fraction(-1))  # a marker: may pass through any number of times


class Feed(NamedTuple):
    """A term of a node's equation: the node it multiplies and both ends of the factor."""

    source: str
    ends: tuple[Bound, Bound]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What makes up a look-through share: chains, the largest first, and what the rest adds.

    `rest` is what smaller chains and further rounds through `circles` add to `paths`. A circle is
    the parties that hold each other, or themselves, on the way; the one next to the owner first.
    `diagnoses` are peculiar to this answer: circles whose statements leave no bound below the whole
    (the upper end is then what everybody else leaves, at most 1, and no figure).
    """

    share: Share
    paths: tuple[Path, ...]
    rest: Share
    circles: tuple[tuple[str, ...], ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()


class _Between(NamedTuple):
    """What lies between an owner and what it owns, and the share that flows through it.

    Components come in `order`, those next to the owner first; `unbounded` are those that are no
    contraction.
    """

    share: Share
    order: Sequence[tuple[str, ...]]
    unbounded: Sequence[tuple[str, ...]]


def share(holdings: DaySnapshot, owner: str, owned: str) -> Share:
    """What part of `owned` belongs in the end to `owner`, whose own owners are cut away.

    A party belongs wholly to itself; the unstated rest belongs to nobody.
    """
    return _between(holdings.capital, owner, owned).share


def breakdown(holdings: DaySnapshot, owner: str, owned: str, limit: int) -> Breakdown:
    """The share with the largest chains that carry it, at most `limit`."""
    matrix = holdings.capital
    way = _between(matrix, owner, owned)
    if not way.order:
        return Breakdown(way.share, (), NOTHING)
    circle_of = {party: n for n, members in enumerate(way.order) for party in members}
    chains, complete = paths.largest(matrix, owner, owned, circle_of, limit)
    circles = tuple(
        members
        for members in way.order
        if len(members) > 1 or members[0] in matrix.above(members[0])
        if members != (owner,)
    )
    diagnoses = tuple(sorted(unbounded(members) for members in way.unbounded))
    if complete and not circles:
        return Breakdown(way.share, chains, NOTHING, (), diagnoses)
    shown = sum((path.share.minimum for path in chains), ZERO)
    low, high = max(way.share.minimum - shown, ZERO), max(way.share.maximum - shown, ZERO)
    return Breakdown(way.share, chains, Share(low, high), circles, diagnoses)


def _between(matrix: ShareMatrix, owner: str, owned: str) -> _Between:
    if owner == owned:
        return _Between(_WHOLE, (), ())
    needed = _needed(matrix, owner, owned)
    if not needed:
        return _Between(NOTHING, (), ())
    feeds: dict[str, list[Feed]] = {owner: []}
    ceilings: dict[str, Bound] = {}
    for node in needed:
        feeds[node] = [
            Feed(source, matrix.ends(node, source))
            for source in matrix.above(node)
            if source in needed or source == owner
        ]
        if not matrix.exact:
            ceilings[node] = matrix.left_to({feed.source for feed in feeds[node]}, node)
    order = strongly_connected_components(
        sorted(feeds), lambda node: [feed.source for feed in feeds[node]]
    )
    low, high, loose = _ends(order, feeds, owner, ceilings, _ALL)
    return _Between(between(low[owned], high[owned]), order, loose)


def _needed(matrix: ShareMatrix, owner: str, owned: str) -> set[str]:
    """The parties on any way down from `owner` to `owned`, this one with them but not the owner.

    Nothing, where there is no way. The walk up comes first: a party has few owners, while an owner
    may hold thousands of companies.
    """
    above, todo = {owned}, [owned]
    while todo:
        for source in matrix.above(todo.pop()):
            if source not in above and source != owner:
                above.add(source)
                todo.append(source)
    needed, todo = set[str](), [owner]
    while todo:
        for party, _ in matrix.below(todo.pop()):
            if party in above and party not in needed:
                needed.add(party)
                todo.append(party)
    return needed


def final_holders(holdings: DaySnapshot, owned: str) -> FinalHolders:
    """Where the ownership of `owned` ends, looked through.

    A holder of which owners are stated keeps only the part of itself that they leave unstated.
    """
    holders = holdings.final_holders.get(owned)
    if holders is None:
        holders = holdings.final_holders[owned] = _final_holders(holdings.capital, owned)
    return holders


def _final_holders(matrix: ShareMatrix, owned: str) -> FinalHolders:
    above = held_above(matrix, owned)
    feeds = {
        owner: [Feed(node, matrix.ends(node, owner)) for node in nodes]
        for owner, nodes in above.items()
    }
    order = strongly_connected_components(sorted(above), above.__getitem__)
    low, high, _ = _ends(order, feeds, owned, {}, _UNBOUNDED)
    held = {holder: _kept(matrix, holder, low[holder], high[holder]) for holder in sorted(feeds)}
    left = held.pop(owned)
    return FinalHolders(
        MappingProxyType({h: kept for h, kept in held.items() if kept.maximum}), left
    )


def held_above(matrix: ShareMatrix, owned: str) -> dict[str, list[str]]:
    """Of a party and of everybody above it, what they hold on the way to it."""
    held: dict[str, list[str]] = {owned: []}
    todo = [owned]
    while todo:
        party = todo.pop()
        for owner in matrix.above(party):
            if owner not in held:
                held[owner] = []
                todo.append(owner)
            held[owner].append(party)
    return held


def unstated(matrix: ShareMatrix, owned: str) -> Share:
    """The part of `owned` of which no holder is stated."""
    return between(*matrix.rest(owned))


def _kept(matrix: ShareMatrix, holder: str, low: Bound, high: Bound) -> Share:
    """What a holder keeps of what flows to it: all of it where none of its owners is stated."""
    if holder in matrix:
        least, most = matrix.rest(holder)
        if high is _UNBOUNDED:  # nobody can say who in the circle keeps what
            return between(times(low, least), _ALL)
        exact = low is high and least is most
        low = times(low, least)
        high = low if exact else times(high, most)
    return between(low, _ALL if high is _UNBOUNDED else high)


def _ends(
    order: list[tuple[str, ...]],
    feeds: Mapping[str, list[Feed]],
    base: str,
    ceilings: Mapping[str, Bound],
    loose: Bound,
) -> tuple[dict[str, Bound], dict[str, Bound], tuple[tuple[str, ...], ...]]:
    """Lower and upper ends; `loose` stands for the upper end where there is no contraction.

    The third is those components.
    """
    low = _solve(order, feeds, base, {}, None)
    one_end = not low.loose and not low.enclosed
    if one_end and all(f.ends[_LOW] is f.ends[_HIGH] for terms in feeds.values() for f in terms):
        return low.values, low.values, ()
    high = _solve(order, feeds, base, ceilings, loose, low)
    return low.values, high.values, tuple(high.loose)


class _Solution(NamedTuple):
    """One end of every node; the components that are no contraction, and those only enclosed."""

    values: dict[str, Bound]
    loose: list[tuple[str, ...]]
    enclosed: list[tuple[str, ...]]


def _solve(
    order: list[tuple[str, ...]],
    feeds: Mapping[str, list[Feed]],
    base: str,
    ceilings: Mapping[str, Bound],
    loose: Bound | None,
    low: _Solution | None = None,
) -> _Solution:
    """One end of every node, `base` starting at 1: the upper end when `loose` is given.

    A component that exact shares alone lead to has one end, and keeps what `low` says of it.

    Where a component is no contraction, the lower end is what flows in from outside of it and the
    upper end is `loose`.
    """
    end = _LOW if loose is None else _HIGH
    x: dict[str, Bound] = {}
    unsolved: list[tuple[str, ...]] = []
    enclosed: list[tuple[str, ...]] = []
    two_ended = set(low.loose).union(low.enclosed) if low is not None else set()
    loops = {node for node, terms in feeds.items() for feed in terms if feed.source == node}
    for members in order:
        node = members[0]
        if low is not None and members not in two_ended and _settled(members, feeds, x, low.values):
            for node in members:
                x[node] = low.values[node]
            continue
        if len(members) == 1 and node not in loops:
            flows = [(ends[end], x[source]) for source, ends in feeds[node]]
            if unsolved:
                x[node] = _inflow(node == base, flows)
            else:
                x[node] = sum_of_products(ONE if node == base else ZERO, flows)
        else:
            solved = _solve_cycle(members, feeds, x, base, end)
            x.update(solved.values)
            enclosed += solved.enclosed
            if solved.loose:
                unsolved.append(members)
                if loose is not None:
                    x.update(dict.fromkeys(members, loose))
        for node in members:
            if node in ceilings:
                x[node] = lowest(x[node], ceilings[node])
    return _Solution(x, unsolved, enclosed)


def _settled(
    members: tuple[str, ...],
    feeds: Mapping[str, list[Feed]],
    x: Mapping[str, Bound],
    low: Mapping[str, Bound],
) -> bool:
    """Whether exact shares alone lead to a component, from parties that have one end themselves."""
    inside = set(members)
    for node in members:
        for source, ends in feeds[node]:
            if ends[0] is not ends[1]:
                return False
            if source not in inside and x[source] is not low[source]:
                return False
    return True


def _inflow(is_base: bool, terms: list[tuple[Bound, Bound]]) -> Bound:  # noqa: FBT001 - a condition
    """What flows in; of what may pass any number of times no more than all can end up here."""
    constant = ONE if is_base else ZERO
    if any(value is _UNBOUNDED for _, value in terms):
        constant += sum(factor.value > 0 for factor, value in terms if value is _UNBOUNDED)
        terms = [term for term in terms if term[1] is not _UNBOUNDED]
    return sum_of_products(constant, terms)


def _solve_cycle(
    members: tuple[str, ...],
    feeds: Mapping[str, list[Feed]],
    x: Mapping[str, Bound],
    base: str,
    end: int,
) -> _Solution:
    """The ends of the members of a circle; only what flows in from outside where it is loose."""
    at = {node: number for number, node in enumerate(members)}
    inflow = {
        node: _inflow(node == base, [(ends[end], x[s]) for s, ends in feeds[node] if s not in at])
        for node in members
    }
    terms = [
        [
            (at[f.source], f.ends[end].value)
            for f in feeds[node]
            if f.source in at and f.ends[end].value
        ]
        for node in members
    ]
    solution = leontief.solve(terms, [inflow[node].value for node in members], upper=end == _HIGH)
    if solution is None:
        return _Solution(inflow, [members], [])
    solved = dict(zip(members, solution.values, strict=True))
    is_open = {node for node in members if inflow[node].open}
    fed: dict[str, list[tuple[str, Bound]]] = {}
    for node in members:
        for feed in feeds[node]:
            if feed.source in at:
                fed.setdefault(feed.source, []).append((node, feed.ends[end]))
                if open_product(feed.ends[end], Bound(solved[feed.source])):
                    is_open.add(node)
    todo = list(is_open)
    while todo:
        source = todo.pop()
        for node, factor in fed.get(source, ()):
            if node not in is_open and open_product(factor, Bound(solved[source], open=True)):
                is_open.add(node)
                todo.append(node)
    bounds = {node: Bound(solved[node], node in is_open) for node in members}
    return _Solution(bounds, [], [] if solution.exact else [members])
