"""Look-through shares: multiply along paths, add over paths, sum the cycles; exact.

x(T) = sum over owners S of d(S, T) x(S), a Leontief system solved for each strongly connected
component in topological order (Brioschi, Buzzacchi and Colombo 1989; Baldone, Brioschi and Paleari
1998). Lower ends give a lower bound. Tightened upper ends give an upper bound only while the
component is a contraction, which the elimination shows by pivots above zero (a nonsingular
M-matrix); where it is not, the upper bound is 1.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from compliance.ownership.data_quality import Diagnosis, diagnose, unbounded
from compliance.ownership.day_snapshot import DaySnapshot, FinalHolders
from compliance.ownership.paths import Path
from compliance.ownership.scc import strongly_connected_components
from compliance.ownership.share_matrix import ShareMatrix

_LOW: Final = 0
_HIGH: Final = 1
_ALL: Final = Bound(ONE)
_NONE: Final = Share.exact(0)
_UNBOUNDED: Final = Bound(Fraction(-1))  # a marker: may pass through any number of times


class Feed(NamedTuple):
    """A term of a node's equation: the node it multiplies and both ends of the factor."""

    source: str
    ends: tuple[Bound, Bound]


@dataclass(frozen=True, slots=True)
class Way:
    """What lies between an owner and what it owns: components, those next to the owner first.

    `unbounded` are the circles whose statements leave no bound below the whole: there the upper end
    is what everybody else leaves, at most 1, and no figure.
    """

    holdings: DaySnapshot
    owner: str
    owned: str
    order: tuple[tuple[str, ...], ...] = ()
    unbounded: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LookThrough(Share):
    """A look-through share, equal to any share of the same ends, that can tell what makes it up."""

    _way: Way | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Share):
            return NotImplemented
        return _parts(self) == _parts(other)

    def __hash__(self) -> int:
        return hash(_parts(self))

    def breakdown(self, limit: int = 10) -> Breakdown:
        """The largest chains that carry it, at most `limit`, and what the rest adds."""
        way = self._way
        if way is None or not way.order:
            return Breakdown((), _NONE, ())
        matrix = way.holdings.capital
        circle_of = {party: n for n, members in enumerate(way.order) for party in members}
        found, complete = paths.largest(matrix, way.owner, way.owned, circle_of, limit)
        circles = tuple(
            members
            for members in way.order
            if len(members) > 1 or members[0] in matrix.above(members[0])
            if members != (way.owner,)
        )
        if complete and not circles:
            return Breakdown(found, _NONE, ())
        shown = sum((path.share.minimum for path in found), ZERO)
        low, high = max(self.minimum - shown, ZERO), max(self.maximum - shown, ZERO)
        return Breakdown(found, Share(low, high), circles)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The largest chains that carry it (see `breakdown`)."""
        return self.breakdown().paths

    @property
    def rest(self) -> Share:
        """What smaller chains and further rounds through circles add to `paths`."""
        return self.breakdown().rest

    @property
    def circles(self) -> tuple[tuple[str, ...], ...]:
        """The parties that hold each other, or themselves, on the way: each circle once."""
        return self.breakdown(1).circles

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements that the answer rests on."""
        way = self._way
        if way is None:
            return ()
        found = diagnose(way.holdings, [party for members in way.order for party in members])
        return tuple(sorted({*found, *(unbounded(members) for members in way.unbounded)}))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Chains, the largest first; what all others and the rounds through `circles` add to them."""

    paths: tuple[Path, ...]
    rest: Share
    circles: tuple[tuple[str, ...], ...]


def _parts(one: Share) -> tuple[object, ...]:
    return one.minimum, one.maximum, one.exclusive_minimum, one.exclusive_maximum


def share(holdings: DaySnapshot, owner: str, owned: str) -> LookThrough:
    """What part of `owned` belongs in the end to `owner`, whose own owners are cut away.

    A party belongs wholly to itself; the unstated rest belongs to nobody.
    """
    matrix = holdings.capital
    if owner == owned:
        return LookThrough(ONE, ONE, _way=Way(holdings, owner, owned))
    reached = _reached(matrix, owner)
    if owned not in reached:
        return LookThrough(ZERO, ZERO, _way=Way(holdings, owner, owned))
    needed, todo = {owned}, [owned]
    while todo:
        for source in matrix.above(todo.pop()):
            if source in reached and source not in needed:
                needed.add(source)
                todo.append(source)
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
    found = between(low[owned], high[owned])
    way = Way(holdings, owner, owned, tuple(order), loose)
    return LookThrough(
        found.minimum, found.maximum, found.exclusive_minimum, found.exclusive_maximum, way
    )


def final_holders(holdings: DaySnapshot, owned: str) -> FinalHolders:
    """Where the ownership of `owned` ends, looked through.

    A holder of which owners are stated keeps only the part of itself that they leave unstated.
    """
    found = holdings.final_holders.get(owned)
    if found is None:
        found = holdings.final_holders[owned] = _final_holders(holdings.capital, owned)
    return found


def _final_holders(matrix: ShareMatrix, owned: str) -> FinalHolders:
    feeds: dict[str, list[Feed]] = {owned: []}
    todo = [owned]
    while todo:
        node = todo.pop()
        for owner in matrix.above(node):
            if owner not in feeds:
                feeds[owner] = []
                todo.append(owner)
            feeds[owner].append(Feed(node, matrix.ends(node, owner)))
    order = strongly_connected_components(
        sorted(feeds), lambda node: [feed.source for feed in feeds[node]]
    )
    low, high, _ = _ends(order, feeds, owned, {}, _UNBOUNDED)
    held = {holder: _kept(matrix, holder, low[holder], high[holder]) for holder in sorted(feeds)}
    left = held.pop(owned)
    return FinalHolders(
        MappingProxyType({h: kept for h, kept in held.items() if kept.maximum}), left
    )


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


def _reached(matrix: ShareMatrix, owner: str) -> set[str]:
    reached, todo = set[str](), [owner]
    while todo:
        for owned, _ in matrix.below(todo.pop()):
            if owned != owner and owned not in reached:
                reached.add(owned)
                todo.append(owned)
    return reached


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
    if not low.loose and all(
        f.ends[_LOW] is f.ends[_HIGH] for terms in feeds.values() for f in terms
    ):
        return low.values, low.values, ()
    high = _solve(order, feeds, base, ceilings, loose, low)
    return low.values, high.values, tuple(high.loose)


class _Solution(NamedTuple):
    values: dict[str, Bound]
    loose: list[tuple[str, ...]]


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
    loops = {node for node, terms in feeds.items() for feed in terms if feed.source == node}
    for members in order:
        node = members[0]
        if low is not None and members not in low.loose and _settled(members, feeds, x, low.values):
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
            if solved.loose:
                unsolved.append(members)
                if loose is not None:
                    x.update(dict.fromkeys(members, loose))
        for node in members:
            if node in ceilings:
                x[node] = lowest(x[node], ceilings[node])
    return _Solution(x, unsolved)


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
    values = leontief.solve(terms, [inflow[node].value for node in members])
    if values is None:
        return _Solution(inflow, [members])
    solved = dict(zip(members, values, strict=True))
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
    return _Solution({node: Bound(solved[node], node in is_open) for node in members}, [])
