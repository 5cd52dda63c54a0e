"""What is held on one day: the interests of that day, one merged share for each edge and class.

Statements of the same edge, class and day that differ become the interval that spans them. Capital
and votes are separate classes; votes follow capital where no voting rights are stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple

from compliance.model.share import Share
from compliance.ownership.interests import UNSTATED, Interest

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)


class End(NamedTuple):
    """One end of an interval; `open` when the point itself is excluded."""

    value: Fraction
    open: bool = False


def over_half(value: Fraction) -> bool:
    """Whether a fraction is above one half, in integers (a Fraction compares ten times slower)."""
    return 2 * value.numerator > value.denominator


def between(low: End, high: End) -> Share:
    """The share between two ends, inside [0, 1].

    Statements that cannot all be true (see the diagnosis `oversubscribed`) may cross the ends: the
    certain lower end then stands alone.
    """
    minimum, maximum = min(low.value, ONE), min(high.value, ONE)
    low_open = low.open and low.value < 1
    high_open = high.open and high.value <= 1
    if maximum < minimum or (maximum == minimum and (low_open or high_open)):
        return Share(minimum, minimum)
    return Share(minimum, maximum, low_open, high_open)


class Stakes:
    """One class of interest: who holds what part of whom (`columns`), and the same by owner."""

    __slots__ = ("_totals", "columns", "exact", "rows")

    def __init__(self, columns: Mapping[str, Mapping[str, Share]]) -> None:
        self.columns = columns
        self.rows: dict[str, list[tuple[str, Share]]] = {}
        self.exact = True
        self._totals: dict[str, End] = {}
        for owned, column in columns.items():
            for owner, share in column.items():
                self.rows.setdefault(owner, []).append((owned, share))
                if self.exact and not share.is_exact:
                    self.exact = False

    def least(self, owned: str) -> End:
        """The sum of the lower ends of everybody's share in `owned`."""
        total = self._totals.get(owned)
        if total is None:
            shares = self.columns.get(owned, {}).values()
            total = End(
                sum((s.minimum for s in shares), ZERO), any(s.exclusive_minimum for s in shares)
            )
            self._totals[owned] = total
        return total

    def most(self, owned: str, owner: str) -> End:
        """The upper end of a share, tightened: what the lower ends of the others leave of it."""
        share = self.columns[owned][owner]
        stated = End(share.maximum, share.exclusive_maximum)
        if self.exact or share.is_exact:
            return stated
        total = self.least(owned)
        if total.value > 1:
            return stated
        left = 1 - total.value + share.minimum
        if left > stated.value:
            return stated
        others_open = total.open and any(
            s.exclusive_minimum for o, s in self.columns[owned].items() if o != owner
        )
        tight = End(left, others_open or (left == stated.value and stated.open))
        if tight.value == share.minimum and (tight.open or share.exclusive_minimum):
            return stated
        return tight


class Holdings:
    """The interests that hold on a day (all of them for None)."""

    def __init__(self, interests: Iterable[Interest], as_of: date | None) -> None:
        self.edges: dict[str, dict[tuple[str, str], list[Interest]]] = {}
        for interest in interests:
            if interest.holds_on(as_of):
                column = self.edges.setdefault(interest.owned, {})
                column.setdefault((interest.owner, interest.kind), []).append(interest)

    def of_class(self, kind: str) -> dict[str, dict[str, Share]]:
        """Merged shares of one kind: owned -> owner -> share, owners in order of id."""
        columns: dict[str, dict[str, Share]] = {}
        for owned, column in self.edges.items():
            stated = {
                owner: merged(edge) for (owner, other), edge in column.items() if other == kind
            }
            if stated:
                columns[owned] = stated if len(stated) == 1 else dict(sorted(stated.items()))
        return columns

    @cached_property
    def capital(self) -> Stakes:
        """Shareholdings."""
        return Stakes(self.of_class("shareholding"))

    @cached_property
    def votes(self) -> Stakes:
        """Voting rights; a party of which none are stated is voted as its capital is held."""
        stated = self.of_class("voting_rights")
        return Stakes({**self.capital.columns, **stated}) if stated else self.capital

    @cached_property
    def declared(self) -> dict[str, tuple[Interest, ...]]:
        """By owned party: control that is declared and not counted (board, agreement, ...)."""
        found = {}
        for owned, column in self.edges.items():
            others = [
                interest
                for (_, kind), edge in sorted(column.items())
                if kind not in {"shareholding", "voting_rights"}
                for interest in edge
            ]
            if others:
                found[owned] = tuple(others)
        return found

    @cached_property
    def declared_by(self) -> dict[str, tuple[Interest, ...]]:
        """The same by owner."""
        found: dict[str, list[Interest]] = {}
        for owned in sorted(self.declared):
            for interest in self.declared[owned]:
                found.setdefault(interest.owner, []).append(interest)
        return {owner: tuple(interests) for owner, interests in found.items()}

    @cached_property
    def first_controllers(self) -> frozenset[str]:
        """Who may control some party alone: by half of its votes or more, or as declared.

        Whoever controls anything through others controls one of them alone first.
        """
        votes = self.votes
        alone = {
            owner
            for owned, column in votes.columns.items()
            for owner, share in column.items()
            if 2 * share.maximum.numerator >= share.maximum.denominator and owner != owned
        }
        return frozenset(alone.union(self.declared_by))

    def owners(self, owned: str) -> tuple[tuple[str, Share, str], ...]:
        """Direct owners with share and kind, by id."""
        column = self.edges.get(owned, {})
        return tuple((owner, merged(column[owner, kind]), kind) for owner, kind in sorted(column))

    def contradictions(self) -> Iterator[tuple[str, str, str, tuple[Share, ...]]]:
        """Edges of which different shares are stated for one day: owner, owned, kind, shares."""
        for owned, column in self.edges.items():
            for (owner, kind), edge in column.items():
                clashing = {
                    interest.share
                    for pair in combinations([i for i in edge if i.share != UNSTATED], 2)
                    if pair[0].share != pair[1].share and pair[0].overlaps(pair[1])
                    for interest in pair
                }
                if clashing:
                    yield owner, owned, kind, tuple(sorted(clashing, key=_by_ends))


def merged(edge: list[Interest]) -> Share:
    """One share for all statements of an edge; a statement without a share adds nothing."""
    if len(edge) == 1:
        return edge[0].share
    shares = {interest.share for interest in edge} - {UNSTATED}
    if len(shares) <= 1:
        return shares.pop() if shares else UNSTATED
    low, high = min(s.minimum for s in shares), max(s.maximum for s in shares)
    return Share(
        low,
        high,
        all(s.exclusive_minimum for s in shares if s.minimum == low),
        all(s.exclusive_maximum for s in shares if s.maximum == high),
    )


def _by_ends(share: Share) -> tuple[Fraction, Fraction, bool, bool]:
    return share.minimum, share.maximum, share.exclusive_minimum, share.exclusive_maximum
