"""What is held on one day: the interests of that day, one merged share for each edge and class.

Statements of the same edge, class and day that differ become the interval that spans them. Capital
and votes are separate classes; votes follow capital where no voting rights are stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.cessation import Cessation, predecessors
from compliance.ownership.interest_table import InterestTable
from compliance.ownership.interests import UNSTATED, Interest, Kind
from compliance.ownership.share_matrix import Rows, ShareMatrix, merged

Links = Mapping[str, tuple[str, ...]]
"""By owner the parties that become members of a set when the owner does."""

_COUNTED: Final[frozenset[Kind]] = frozenset({"shareholding", "voting_rights"})


@dataclass(frozen=True, slots=True)
class FinalHolders:
    """Where the ownership of a party ends: what each other holder keeps, and what nobody states.

    `open` is the unstated part of the party itself, with what comes back to it through circles.
    Where all is exact, all of them together are the whole.
    """

    holders: Mapping[str, Share]
    open: Share


class DaySnapshot:
    """The interests that hold on a day (all of them for None).

    A pickle leaves out what was found before: it is found again.
    """

    def __init__(
        self,
        table: InterestTable,
        as_of: date | None,
        ended: Mapping[str, Cessation] = MappingProxyType({}),
    ) -> None:
        self.table = table
        self.as_of = as_of
        self._ended = ended
        self.final_holders: dict[str, FinalHolders] = {}
        self._direct: dict[str, tuple[str, ...]] = {}
        self._numbers = table.held_on(as_of)

    def __reduce__(self) -> tuple[type[DaySnapshot], tuple[Any, ...]]:
        return DaySnapshot, (self.table, self.as_of, dict(self._ended))

    @cached_property
    def ended(self) -> Mapping[str, Cessation]:
        """The parties that have ended by the day, and how."""
        return {party: c for party, c in self._ended.items() if c.holds_on(self.as_of)}

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """By successor, the parties whose place it may have taken by the day."""
        return predecessors(self.ended)

    def _of_class(self, kind: Kind) -> ShareMatrix:
        table = self.table
        if kind not in table.stated_kinds:
            return ShareMatrix((), (), ())
        owners, owned, shares, kinds = table.owners, table.owned, table.shares, table.kinds
        if len(table.stated_kinds) == 1 and isinstance(self._numbers, range):
            return ShareMatrix.merging(owners, owned, shares, table.classes)
        numbers = [number for number in self._numbers if kinds[number] == kind]
        classes = {
            row: table.classes[number]
            for row, number in enumerate(numbers if table.classes else ())
            if number in table.classes
        }
        return ShareMatrix.merging(
            [owners[number] for number in numbers],
            [owned[number] for number in numbers],
            [shares[number] for number in numbers],
            classes,
        )

    @cached_property
    def capital(self) -> ShareMatrix:
        """Shareholdings."""
        return self._of_class("shareholding")

    @cached_property
    def voting_rights(self) -> ShareMatrix:
        """Voting rights, where they are stated."""
        return self._of_class("voting_rights")

    @cached_property
    def votes(self) -> ShareMatrix:
        """Voting rights; a party of which none are stated is voted as its capital is held."""
        capital, stated = self.capital, self.voting_rights
        if not stated.parties:
            return capital
        rest = [row for row, party in enumerate(capital.owned) if party not in stated]
        return ShareMatrix(
            [*(capital.owners[row] for row in rest), *stated.owners],
            [*(capital.owned[row] for row in rest), *stated.owned],
            [*(capital.shares[row] for row in rest), *stated.shares],
        )

    @property
    def own_holders(self) -> frozenset[str]:
        """The parties that hold, or may hold, some of their own capital or votes."""
        return frozenset(self.capital.own).union(self.votes.own)

    def share_classes(self, owned: str) -> tuple[str, ...]:
        """The names of the classes of shares that are stated of a party."""
        classes = self.table.classes
        if not classes:
            return ()
        return tuple(sorted({classes[n] for n in self._by_owned.of(owned) if n in classes}))

    @cached_property
    def declared(self) -> dict[str, tuple[Interest, ...]]:
        """By owned party: control that is declared and not counted (board, agreement, ...)."""
        table, interests_of = self.table, dict[str, list[Interest]]()
        if table.stated_kinds <= _COUNTED:
            return {}
        for number in self._numbers:
            if table.kinds[number] not in _COUNTED:
                interests_of.setdefault(table.owned[number], []).append(table.interest(number))
        return {owned: tuple(sorted(i, key=_by_edge)) for owned, i in interests_of.items()}

    @cached_property
    def declared_by(self) -> dict[str, tuple[Interest, ...]]:
        """The same by owner."""
        interests_of: dict[str, list[Interest]] = {}
        for owned in sorted(self.declared):
            for interest in self.declared[owned]:
                interests_of.setdefault(interest.owner, []).append(interest)
        return {owner: tuple(interests) for owner, interests in interests_of.items()}

    def declared_control(self, *, lower: bool) -> Links:
        """By owner the parties that it controls as declared: certainly (`lower`), or possibly."""
        return self._certainly_controlled if lower else self._possibly_controlled

    @cached_property
    def consolidated(self) -> Links:
        """By owner the parties that it consolidates."""
        return self._links(lambda interest: interest.kind == "consolidation")

    @cached_property
    def _certainly_controlled(self) -> Links:
        return self._links(lambda interest: interest.declares_control is Truth.TRUE)

    @cached_property
    def _possibly_controlled(self) -> Links:
        return self._links(lambda _: True)

    def _links(self, counts: Callable[[Interest], bool]) -> Links:
        return {
            owner: tuple(interest.owned for interest in interests if counts(interest))
            for owner, interests in self.declared_by.items()
        }

    @cached_property
    def first_controllers(self) -> frozenset[str]:
        """Who may control some party alone: by half of its votes or more, or as declared.

        It is enough to hold half of what a party may not hold of itself.

        Whoever controls anything through others controls one of them alone first.
        """
        votes = self.votes
        alone = {
            votes.owners[row]
            for row, weight in enumerate(votes.weights)
            if 2 * weight.high >= votes.scale and votes.owners[row] != votes.owned[row]
        }
        for party, row in votes.own.items():
            others = votes.scale - votes.weights[row].high
            for owner in votes.sharing(party, certainly=False):
                if owner != party and 2 * votes.most(party, owner).value * votes.scale >= others:
                    alone.add(owner)
        return frozenset(alone.union(self.declared_by))

    @cached_property
    def _by_owned(self) -> Rows:
        return Rows(self.table.owned, self._numbers)

    @cached_property
    def _by_owner(self) -> Rows:
        return Rows(self.table.owners, self._numbers)

    @property
    def stated_parties(self) -> Collection[str]:
        """The ids of the parties of which any owner is stated."""
        return self._by_owned.parties

    def direct(self, owned: str) -> tuple[str, ...]:
        """The ids of the direct owners, by any kind of interest, in order."""
        direct = self._direct.get(owned)
        if direct is None:
            owners = self.table.owners
            rows = self._by_owned.of(owned)
            direct = self._direct[owned] = tuple(sorted({owners[number] for number in rows}))
        return direct

    def above(self, owned: Iterable[str]) -> set[str]:
        """Some parties and everybody above them, by any kind of interest."""
        above = set(owned)
        todo, owners = list(above), self.table.owners
        while todo:
            for number in self._by_owned.of(todo.pop()):
                owner = owners[number]
                if owner not in above:
                    above.add(owner)
                    todo.append(owner)
        return above

    def statements(self, owned: str) -> dict[tuple[str, Kind], list[Interest]]:
        """The statements on the owners of a party: by owner and kind, in order."""
        edges: dict[tuple[str, Kind], list[Interest]] = {}
        for number in self._by_owned.of(owned):
            interest = self.table.interest(number)
            edges.setdefault((interest.owner, interest.kind), []).append(interest)
        return {edge: edges[edge] for edge in sorted(edges)}

    def owners(self, owned: str) -> tuple[tuple[str, Share, str], ...]:
        """Direct owners with share and kind, by id; capital as every answer counts it."""
        return tuple(
            (owner, self._direct_share(owner, owned, kind, [i.share for i in edge]), kind)
            for (owner, kind), edge in self.statements(owned).items()
        )

    def _direct_share(self, owner: str, owned: str, kind: Kind, stated: list[Share]) -> Share:
        if kind == "shareholding":
            return self.capital.column(owned)[owner]
        return merged(stated)

    def owned_by(self, owner: str) -> tuple[tuple[str, Share, str], ...]:
        """What a party directly owns with share and kind, by id."""
        shares: dict[tuple[str, Kind], list[Share]] = {}
        table = self.table
        for number in self._by_owner.of(owner):
            edge = (table.owned[number], table.kinds[number])
            shares.setdefault(edge, []).append(table.shares[number])
        return tuple(
            (owned, self._direct_share(owner, owned, kind, shares[owned, kind]), kind)
            for owned, kind in sorted(shares)
        )

    def contradictions(self, owned: str) -> Iterator[tuple[str, str, tuple[Share, ...]]]:
        """Different shares stated of one party for one class and day: owner, kind, shares."""
        table, rows = self.table, self._by_owned.of(owned)
        if len(rows) < 2 or len({(table.owners[n], table.kinds[n]) for n in rows}) == len(rows):
            return
        for (owner, kind), edge in self.statements(owned).items():
            by_class: dict[str, list[Interest]] = {}
            for interest in edge:
                if interest.share != UNSTATED:
                    by_class.setdefault(interest.share_class, []).append(interest)
            clashing = {share for said in by_class.values() for share in _clashing(said)}
            if clashing:
                yield owner, kind, tuple(sorted(clashing, key=_by_ends))


def _clashing(said: Iterable[Interest]) -> Iterator[Share]:
    """The shares beside which another one is stated for the same day, in one sweep over the days.

    Of the shares that are still stated, the two that end last are enough: any two shares that are
    stated on one day have been told when the second of them began.
    """
    going: list[tuple[Share, date]] = []
    for interest in sorted(said, key=lambda i: i.since or date.min):
        since, until = interest.since or date.min, interest.until or date.max
        ends = {share: end for share, end in going if end > since}
        others = ends.keys() - {interest.share}
        if others:
            yield interest.share
            yield from others
        ends[interest.share] = max(until, ends.get(interest.share, until))
        going = sorted(ends.items(), key=lambda item: item[1], reverse=True)[:2]


def _by_edge(interest: Interest) -> tuple[str, str, str, str]:
    return interest.owner, interest.kind, str(interest.share), interest.source


def _by_ends(share: Share) -> tuple[Fraction, Fraction, bool, bool]:
    return share.minimum, share.maximum, share.exclusive_minimum, share.exclusive_maximum
