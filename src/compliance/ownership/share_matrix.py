"""The share matrix of one class of interest: who holds what part of whom, as flat columns of edges.

A sparse matrix in coordinate form; the rows of a party are found by chains of row numbers, without
a container for each party, and added up in whole numbers over one common denominator (in fractions,
where the shares have none of reasonable size). Both are exact.

    X holds 1/3 of A, Y holds between 1/5 and 1/2 of A: over 30, X has 10 and Y from 6 to 15
    stated of A are at least 16 of 30; nobody is stated to hold what is left, from 5 to 14
    if Y held up to 4/5, its upper end would be tightened to the 2/3 that X leaves

Cost: linear in the edges to build; a question about one party, in the edges of that party.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

from compliance.model.share import Share
from compliance.ownership.bounds import ONE, ZERO, Bound
from compliance.ownership.interests import UNSTATED

Amount = int | Fraction
_WIDEST: Final = 512  # bits of a common denominator; beyond it every sum would be a long one
_NOTHING: Final = Share.exact(0)
_WHOLE: Final = Bound(ONE)


class Weight(NamedTuple):
    """A share in the arithmetic of its class: both ends over the common denominator."""

    low: Amount
    high: Amount
    low_open: bool
    high_open: bool


class Rows:
    """The row numbers of each party in a column: the last one, and for each row the one before."""

    __slots__ = ("_before", "_last")

    def __init__(self, parties: Sequence[str], numbers: Iterable[int] | None = None) -> None:
        last: dict[str, int] = {}
        before = [-1] * len(parties)
        for number in range(len(parties)) if numbers is None else numbers:
            party = parties[number]
            if party in last:
                before[number] = last[party]
            last[party] = number
        self._last, self._before = last, before

    @property
    def parties(self) -> Collection[str]:
        """Every party that has a row."""
        return self._last.keys()

    def of(self, party: str) -> list[int]:
        """The numbers of its rows, the last one first."""
        number, numbers = self._last.get(party, -1), []
        while number >= 0:
            numbers.append(number)
            number = self._before[number]
        return numbers

    def several(self) -> list[str]:
        """The parties with more than one row."""
        before = self._before
        return [party for party, number in self._last.items() if before[number] >= 0]


class ShareMatrix:
    """The edges of one class, at most one for an owner and what it owns."""

    __slots__ = (
        "_above", "_below", "_columns", "_ends", "_own", "_rests", "_totals", "exact", "owned",
        "owners", "scale", "shares", "weights",
    )  # fmt: skip

    def __init__(
        self, owners: Sequence[str], owned: Sequence[str], shares: Sequence[Share]
    ) -> None:
        self.owners, self.owned, self.shares = owners, owned, shares
        distinct = {id(share): share for share in shares}
        scale = lcm(
            *{s.minimum.denominator for s in distinct.values()},
            *{s.maximum.denominator for s in distinct.values()},
        )
        self.scale = scale if scale.bit_length() <= _WIDEST else 1
        weights = {key: self._weight(share) for key, share in distinct.items()}
        self.weights = [weights[id(share)] for share in shares]
        self.exact = all(weight.low == weight.high for weight in weights.values())
        self._above = Rows(owned)
        self._below: Rows | None = None
        self._own: dict[str, int] | None = None
        self._columns: dict[str, dict[str, int]] = {}
        self._totals: dict[str, tuple[Amount, int]] = {}
        self._ends: dict[int, tuple[Bound, Bound]] = {}
        self._rests: dict[str, tuple[Bound, Bound]] = {}

    @classmethod
    def merging(
        cls,
        owners: Sequence[str],
        owned: Sequence[str],
        shares: Sequence[Share],
        classes: Mapping[int, str],
    ) -> ShareMatrix:
        """From statements, several of which may be of one edge; `classes` names some rows' class.

        Statements of one edge become the interval that spans them. Where a party has several
        classes of shares, of weights that nobody states, an owner's part of the capital lies
        between the least and the most that it has of any class; a statement that names no class is
        of the whole capital.
        """
        rows = Rows(owned)
        classed = {owned[number] for number in classes}
        again = [
            party
            for party in rows.several()
            if party in classed
            or len(set(map(owners.__getitem__, rows.of(party)))) < len(rows.of(party))
        ]
        if not again:
            return cls(owners, owned, shares)
        apart = set(again)
        kept = [number for number, party in enumerate(owned) if party not in apart]
        merged_owners = [owners[number] for number in kept]
        merged_owned = [owned[number] for number in kept]
        merged_shares = [shares[number] for number in kept]
        for party in again:
            edges: dict[str, dict[str, list[Share]]] = {}
            for number in rows.of(party):
                by_class = edges.setdefault(owners[number], {})
                by_class.setdefault(classes.get(number, ""), []).append(shares[number])
            named = {name for by_class in edges.values() for name in by_class if name}
            for owner, by_class in edges.items():
                merged_owners.append(owner)
                merged_owned.append(party)
                merged_shares.append(_of_classes(by_class, named))
        return cls(merged_owners, merged_owned, merged_shares)

    @classmethod
    def of(cls, columns: Mapping[str, Mapping[str, Share]]) -> ShareMatrix:
        """From owned -> owner -> share."""
        edges = [
            (owner, owned, share)
            for owned, column in columns.items()
            for owner, share in column.items()
        ]
        return cls([e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges])

    def __contains__(self, party: object) -> bool:
        return party in self._above.parties

    @property
    def parties(self) -> Collection[str]:
        """Every party of which an owner is stated."""
        return self._above.parties

    def amount(self, value: Fraction) -> Amount:
        """A fraction over the common denominator: a whole number wherever it is one."""
        each, left = divmod(self.scale, value.denominator)
        return value * self.scale if left else value.numerator * each

    def fraction(self, amount: Amount) -> Fraction:
        """What an amount over the common denominator stands for."""
        if not amount:
            return ZERO
        if amount == self.scale:
            return ONE
        return Fraction(amount, self.scale) if isinstance(amount, int) else amount / self.scale

    def _weight(self, share: Share) -> Weight:
        low = self.amount(share.minimum)
        high = low if share.is_exact else self.amount(share.maximum)
        return Weight(low, high, share.exclusive_minimum, share.exclusive_maximum)

    def _rows(self, owned: str) -> dict[str, int]:
        """The row of each owner, owners in order of id."""
        row_of = self._columns.get(owned)
        if row_of is None:
            owners = self.owners
            rows = self._above.of(owned)
            if len(rows) > 1:
                rows.sort(key=owners.__getitem__)
            row_of = self._columns[owned] = {owners[number]: number for number in rows}
        return row_of

    def column(self, owned: str) -> dict[str, Share]:
        """Who holds what of a party, owners in order of id."""
        shares = self.shares
        return {owner: shares[number] for owner, number in self._rows(owned).items()}

    def above(self, owned: str) -> Collection[str]:
        """The owners of a party, in order of id."""
        return self._rows(owned).keys()

    def weighed(self, owned: str) -> list[tuple[str, Weight]]:
        """Who holds what of a party in the arithmetic of the class, owners in order of id."""
        weights = self.weights
        return [(owner, weights[number]) for owner, number in self._rows(owned).items()]

    def sharing(self, owned: str, *, certainly: bool) -> list[str]:
        """The owners that hold, certainly or possibly, more than nothing, in order of id."""
        weights, rows = self.weights, self._rows(owned)
        if certainly:
            return [owner for owner, number in rows.items() if weights[number].low]
        return [owner for owner, number in rows.items() if weights[number].high]

    def below(self, owner: str) -> list[tuple[str, Weight]]:
        """What an owner holds of whom, in no order."""
        if self._below is None:
            self._below = Rows(self.owners)
        return [(self.owned[number], self.weights[number]) for number in self._below.of(owner)]

    @property
    def own(self) -> Mapping[str, int]:
        """The parties that hold, or may hold, some of themselves, each with the row that says so.

        `weights` and `shares` tell how much.
        """
        if self._own is None:
            weights, edges = self.weights, enumerate(zip(self.owners, self.owned, strict=True))
            same = ((owned, number) for number, (owner, owned) in edges if owner == owned)
            self._own = {owned: number for owned, number in same if weights[number].high}
        return self._own

    def holds_itself(self, party: str) -> bool:
        """Whether a party is among `own`: asked of one, without a look at all edges."""
        row = self._rows(party).get(party)
        return row is not None and bool(self.weights[row].high)

    def stated(self, owned: str) -> tuple[Amount, int]:
        """The sum of the lower ends of everybody's share in `owned`, and how many are open."""
        stated = self._totals.get(owned)
        if stated is None:
            total: Amount = 0
            opens = 0
            for number in self._above.of(owned):
                weight = self.weights[number]
                total += weight.low
                opens += weight.low_open
            stated = self._totals[owned] = total, opens
        return stated

    def least(self, owned: str) -> Bound:
        """The sum of the lower ends of everybody's share in `owned`."""
        total, opens = self.stated(owned)
        return Bound(self.fraction(total), opens > 0)

    def rest(self, owned: str) -> tuple[Bound, Bound]:
        """Both ends of what all stated owners leave; one object twice where it is exact."""
        both = self._rests.get(owned)
        if both is None:
            total, opens = self.stated(owned)
            left = max(self.scale - total, 0)
            low = high = Bound(self.fraction(left), opens > 0 and left > 0)
            if not self.exact:
                weights = [self.weights[number] for number in self._above.of(owned)]
                most: Amount = 0
                for weight in weights:
                    most += weight.high
                if most != total or opens:
                    is_open = most <= self.scale and any(weight.high_open for weight in weights)
                    low = Bound(self.fraction(max(self.scale - most, 0)), is_open)
            both = self._rests[owned] = low, high
        return both

    def in_circles(self, parties: Iterable[str]) -> set[str]:
        """Some parties without those that are in no circle: peeled off from the top, until none is.

        What is left are the circles among them and whatever these own. A holder that may hold
        nothing counts as one here.
        """
        among = set(parties).intersection(self._above.parties)
        waiting: dict[str, int] = {}
        free = []
        for party in among:
            count = sum(self.owners[number] in among for number in self._above.of(party))
            if count:
                waiting[party] = count
            else:
                free.append(party)
        if not waiting:
            return set()
        if self._below is None:
            self._below = Rows(self.owners)
        while free:
            for number in self._below.of(free.pop()):
                owned = self.owned[number]
                if owned in waiting:
                    waiting[owned] -= 1
                    if not waiting[owned]:
                        del waiting[owned]
                        free.append(owned)
        return set(waiting)

    def left_to(self, sources: Container[str], owned: str) -> Bound:
        """All that the lower ends of the owners outside `sources` leave to those within."""
        if self.stated(owned)[0] > self.scale:
            return _WHOLE
        taken: Amount = 0
        is_open = False
        for owner, number in self._rows(owned).items():
            if owner not in sources:
                taken += self.weights[number].low
                is_open = is_open or self.weights[number].low_open
        return Bound(self.fraction(self.scale - taken), is_open) if taken or is_open else _WHOLE

    def ends(self, owned: str, owner: str) -> tuple[Bound, Bound]:
        """Both ends of a share, the upper one tightened; one object twice where it is exact."""
        number = self._rows(owned)[owner]
        both = self._ends.get(number)
        if both is None:
            share, weight = self.shares[number], self.weights[number]
            low = Bound(share.minimum, share.exclusive_minimum)
            high = low if weight.low == weight.high else self._tight(owned, share, weight)
            both = self._ends[number] = low, high
        return both

    def most(self, owned: str, owner: str) -> Bound:
        """The upper end of a share, tightened: what the lower ends of the others leave of it."""
        return self.ends(owned, owner)[1]

    def _tight(self, owned: str, share: Share, weight: Weight) -> Bound:
        stated = Bound(share.maximum, share.exclusive_maximum)
        total, opens = self.stated(owned)
        left = self.scale - total + weight.low
        if total > self.scale or left > weight.high:
            return stated
        others_open = opens > share.exclusive_minimum
        is_open = others_open or (left == weight.high and stated.open)
        if left == weight.low and (is_open or share.exclusive_minimum):
            return stated
        return Bound(self.fraction(left), is_open)


def merged(stated: Sequence[Share]) -> Share:
    """One share for all statements of an edge; a statement without a share adds nothing."""
    if len(stated) == 1:
        return stated[0]
    shares = set(stated) - {UNSTATED}
    if len(shares) <= 1:
        return shares.pop() if shares else UNSTATED
    return _spanning(shares)


def _spanning(shares: Collection[Share]) -> Share:
    low, high = min(s.minimum for s in shares), max(s.maximum for s in shares)
    low_open = all(s.exclusive_minimum for s in shares if s.minimum == low)
    high_open = all(s.exclusive_maximum for s in shares if s.maximum == high)
    return Share(low, high, low_open, high_open)


def _of_classes(by_class: Mapping[str, Sequence[Share]], named: Collection[str]) -> Share:
    if "" in by_class:
        return merged(by_class[""])
    parts = [merged(by_class[name]) if name in by_class else _NOTHING for name in sorted(named)]
    return parts[0] if len(parts) == 1 else _spanning(parts)
