"""What is held on one day: the interests of that day, one merged share for each edge and class.

Statements of the same edge, class and day that differ become the interval that spans them. Capital
and votes are separate classes; votes follow capital where no voting rights are stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import lcm
from typing import Final, NamedTuple

from compliance.model.share import Share
from compliance.ownership.interests import UNSTATED, Interest, Kind
from compliance.ownership.ledger import Ledger

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)
Amount = int | Fraction
_COUNTED: Final[frozenset[Kind]] = frozenset({"shareholding", "voting_rights"})
_WIDEST: Final = 512  # bits of a common denominator; beyond it every sum would be a long one


class End(NamedTuple):
    """One end of an interval; `open` when the point itself is excluded."""

    value: Fraction
    open: bool = False


def times(one: End, other: End) -> End:
    """The product of two ends; open where a factor is, unless nothing comes of it anyway."""
    value = one.value * other.value
    return End(value, open_product(one, other))


def open_product(one: End, other: End) -> bool:
    """Whether a product of two ends excludes its point."""
    return (one.open and (other.value > 0 or other.open)) or (other.open and one.value > 0)


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


class Weight(NamedTuple):
    """A share in the arithmetic of its class: both ends over the common denominator."""

    low: Amount
    high: Amount
    low_open: bool
    high_open: bool


class Stakes:
    """One class of interest: who holds what part of whom (`columns`), and the same by owner.

    Sums are taken in whole numbers over one common denominator (`scale`); where the shares have no
    common denominator of reasonable size, in fractions (`scale` is then 1). Both are exact.
    """

    __slots__ = ("_rows", "_totals", "_weights", "columns", "exact", "scale")

    def __init__(self, columns: Mapping[str, Mapping[str, Share]]) -> None:
        self.columns = columns
        shares = {id(s): s for column in columns.values() for s in column.values()}
        self.exact = all(share.is_exact for share in shares.values())
        scale = lcm(
            *{s.minimum.denominator for s in shares.values()},
            *{s.maximum.denominator for s in shares.values()},
        )
        self.scale = scale if scale.bit_length() <= _WIDEST else 1
        self._weights = {key: self.weight(share) for key, share in shares.items()}
        self._rows: dict[str, list[tuple[str, Weight]]] | None = None
        self._totals: dict[str, tuple[Amount, int]] = {}

    def amount(self, value: Fraction) -> Amount:
        """A fraction over the common denominator: a whole number wherever it is one."""
        scaled = value * self.scale
        return scaled.numerator if scaled.denominator == 1 else scaled

    def weight(self, share: Share) -> Weight:
        """Both ends of a share over the common denominator."""
        low = self.amount(share.minimum)
        high = low if share.is_exact else self.amount(share.maximum)
        return Weight(low, high, share.exclusive_minimum, share.exclusive_maximum)

    @property
    def rows(self) -> Mapping[str, Sequence[tuple[str, Weight]]]:
        """What each owner holds of whom, in no order."""
        if self._rows is None:
            rows: dict[str, list[tuple[str, Weight]]] = {}
            weights = self._weights
            for owned, column in self.columns.items():
                for owner, share in column.items():
                    row = rows.get(owner)
                    if row is None:
                        rows[owner] = [(owned, weights[id(share)])]
                    else:
                        row.append((owned, weights[id(share)]))
            self._rows = rows
        return self._rows

    def stated(self, owned: str) -> tuple[Amount, int]:
        """The sum of the lower ends of everybody's share in `owned`, and how many are open."""
        found = self._totals.get(owned)
        if found is None:
            weights = [self._weights[id(s)] for s in self.columns.get(owned, {}).values()]
            total: Amount = 0
            for weight in weights:
                total += weight.low
            found = self._totals[owned] = total, sum(w.low_open for w in weights)
        return found

    def least(self, owned: str) -> End:
        """The sum of the lower ends of everybody's share in `owned`."""
        total, opens = self.stated(owned)
        return End(Fraction(total) / self.scale, opens > 0)

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
        others_open = self.stated(owned)[1] > share.exclusive_minimum
        tight = End(left, others_open or (left == stated.value and stated.open))
        if tight.value == share.minimum and (tight.open or share.exclusive_minimum):
            return stated
        return tight


class Holdings:
    """The interests that hold on a day (all of them for None)."""

    def __init__(self, ledger: Ledger, as_of: date | None) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self._numbers = ledger.held_on(as_of)

    def _of_class(self, kind: Kind) -> dict[str, dict[str, Share]]:
        """Merged shares of one kind: owned -> owner -> share, owners in order of id."""
        ledger = self.ledger
        if kind not in ledger.stated_kinds:
            return {}
        columns: dict[str, dict[str, Share]] = {}
        again: dict[tuple[str, str], list[Share]] = {}
        kinds, owners, owned, shares = ledger.kinds, ledger.owners, ledger.owned, ledger.shares
        for number in self._numbers:
            if kinds[number] != kind:
                continue
            party, owner = owned[number], owners[number]
            column = columns.get(party)
            if column is None:
                columns[party] = {owner: shares[number]}
            elif owner in column:
                again.setdefault((party, owner), [column[owner]]).append(shares[number])
            else:
                column[owner] = shares[number]
        for (party, owner), stated in again.items():
            columns[party][owner] = merged(stated)
        for party, column in columns.items():
            if len(column) > 1:
                in_order = sorted(column)
                if in_order != list(column):
                    columns[party] = {owner: column[owner] for owner in in_order}
        return columns

    @cached_property
    def capital(self) -> Stakes:
        """Shareholdings."""
        return Stakes(self._of_class("shareholding"))

    @cached_property
    def voting_rights(self) -> Mapping[str, Mapping[str, Share]]:
        """Voting rights where they are stated: owned -> owner -> share."""
        return self._of_class("voting_rights")

    @cached_property
    def votes(self) -> Stakes:
        """Voting rights; a party of which none are stated is voted as its capital is held."""
        stated = self.voting_rights
        return Stakes({**self.capital.columns, **stated}) if stated else self.capital

    @cached_property
    def declared(self) -> dict[str, tuple[Interest, ...]]:
        """By owned party: control that is declared and not counted (board, agreement, ...)."""
        ledger, found = self.ledger, dict[str, list[Interest]]()
        if ledger.stated_kinds <= _COUNTED:
            return {}
        for number in self._numbers:
            if ledger.kinds[number] not in _COUNTED:
                found.setdefault(ledger.owned[number], []).append(ledger.interest(number))
        return {owned: tuple(sorted(i, key=_by_edge)) for owned, i in found.items()}

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
        alone = {
            owner
            for owned, column in self.votes.columns.items()
            for owner, share in column.items()
            if 2 * share.maximum.numerator >= share.maximum.denominator and owner != owned
        }
        return frozenset(alone.union(self.declared_by))

    @cached_property
    def _by_owned(self) -> dict[str, list[int]]:
        return self._grouped(self.ledger.owned)

    @cached_property
    def _by_owner(self) -> dict[str, list[int]]:
        return self._grouped(self.ledger.owners)

    def _grouped(self, parties: Sequence[str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number in self._numbers:
            found.setdefault(parties[number], []).append(number)
        return found

    @property
    def stated_parties(self) -> Collection[str]:
        """The ids of the parties of which any owner is stated."""
        return self._by_owned.keys()

    def direct(self, owned: str) -> tuple[str, ...]:
        """The ids of the direct owners, by any kind of interest, in order."""
        owners = self.ledger.owners
        return tuple(sorted({owners[number] for number in self._by_owned.get(owned, ())}))

    def above(self, owned: Iterable[str]) -> set[str]:
        """Some parties and everybody above them, by any kind of interest."""
        found = set(owned)
        todo, owners = list(found), self.ledger.owners
        while todo:
            for number in self._by_owned.get(todo.pop(), ()):
                owner = owners[number]
                if owner not in found:
                    found.add(owner)
                    todo.append(owner)
        return found

    def statements(self, owned: str) -> dict[tuple[str, Kind], list[Interest]]:
        """The statements on the owners of a party: by owner and kind, in order."""
        edges: dict[tuple[str, Kind], list[Interest]] = {}
        for number in self._by_owned.get(owned, ()):
            interest = self.ledger.interest(number)
            edges.setdefault((interest.owner, interest.kind), []).append(interest)
        return {edge: edges[edge] for edge in sorted(edges)}

    def owners(self, owned: str) -> tuple[tuple[str, Share, str], ...]:
        """Direct owners with share and kind, by id."""
        return tuple(
            (owner, merged([interest.share for interest in edge]), kind)
            for (owner, kind), edge in self.statements(owned).items()
        )

    def owned_by(self, owner: str) -> tuple[tuple[str, Share, str], ...]:
        """What a party directly owns with share and kind, by id."""
        found: dict[tuple[str, str], list[Share]] = {}
        ledger = self.ledger
        for number in self._by_owner.get(owner, ()):
            edge = (ledger.owned[number], ledger.kinds[number])
            found.setdefault(edge, []).append(ledger.shares[number])
        return tuple((owned, merged(found[owned, kind]), kind) for owned, kind in sorted(found))

    def contradictions(self, owned: str) -> Iterator[tuple[str, str, tuple[Share, ...]]]:
        """Different shares stated of one party for one day: owner, kind, shares."""
        if len(self._by_owned.get(owned, ())) < 2:
            return
        for (owner, kind), edge in self.statements(owned).items():
            said = {(i.share, i.since, i.until): i for i in edge if i.share != UNSTATED}
            clashing = {
                interest.share
                for pair in combinations(said.values(), 2)
                if pair[0].share != pair[1].share and pair[0].overlaps(pair[1])
                for interest in pair
            }
            if clashing:
                yield owner, kind, tuple(sorted(clashing, key=_by_ends))


def merged(stated: list[Share]) -> Share:
    """One share for all statements of an edge; a statement without a share adds nothing."""
    if len(stated) == 1:
        return stated[0]
    shares = set(stated) - {UNSTATED}
    if len(shares) <= 1:
        return shares.pop() if shares else UNSTATED
    low, high = min(s.minimum for s in shares), max(s.maximum for s in shares)
    return Share(
        low,
        high,
        all(s.exclusive_minimum for s in shares if s.minimum == low),
        all(s.exclusive_maximum for s in shares if s.maximum == high),
    )


def _by_edge(interest: Interest) -> tuple[str, str, str, str]:
    return interest.owner, interest.kind, str(interest.share), interest.source


def _by_ends(share: Share) -> tuple[Fraction, Fraction, bool, bool]:
    return share.minimum, share.maximum, share.exclusive_minimum, share.exclusive_maximum
