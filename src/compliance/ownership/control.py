"""Who decides: control by more than half of the votes, or as declared.

O controls T when O and the parties that O controls hold more than half of T's votes (company
control as a least fixpoint), consolidates T, is declared to control it by agreement, or appoints
more than half of its board. Other declared influence is evidence: unknown, never false.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.bounds import HALF, between
from compliance.ownership.closure import Brings, Closure, Test, propagate, tally
from compliance.ownership.data_quality import Diagnosis, diagnose, treasuries
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.interests import Interest
from compliance.ownership.paths import Path
from compliance.ownership.provenance import Provenance
from compliance.ownership.reverse_reachability import Steps, reaching
from compliance.ownership.share_matrix import merged

_TOLD: Final = 10  # chains that are told of one answer


@dataclass(frozen=True, slots=True)
class Control:
    """Control over one party: the votes held with all controlled parties, and why it is control.

    `basis` names what carries it ("votes", or kinds of declared control), `via` the holders: the
    controlling party itself and those it controls, largest votes first. Where more than half is
    only held if what the party holds of itself is disregarded, the answer is unknown and a
    diagnosis says so.
    """

    truth: Truth
    votes: Share
    basis: tuple[str, ...]
    via: tuple[str, ...]
    _at: tuple[_Reach, str] | None = field(default=None, repr=False, compare=False)

    @property
    def paths(self) -> tuple[Path, ...]:
        """One chain from the controlling party through each of `via`, at most ten, in their order.

        `share` is what the last holder has of the votes or, where it has none, what is declared.
        """
        return () if self._at is None else self._at[0].trail.paths(self._at[1], _TOLD)

    @property
    def chain(self) -> tuple[str, ...]:
        """The one chain from the controlling party that shows it: each holder is controlled first.

        At each step up it takes the largest holder, so that it comes by no party twice.
        """
        return () if self._at is None else self._at[0].trail.down_to(self._at[1])

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        if self._at is None:
            return ()
        reach, party = self._at
        above = reach.holdings.above([party])
        found = treasuries(reach.certain, reach.possible, above, ("votes",))
        return tuple(sorted({*diagnose(reach.holdings, above), *found}))


@dataclass(frozen=True)
class _Reach:
    """All that one party controls, certainly and possibly; known when first asked for."""

    holdings: DaySnapshot
    party: str

    @cached_property
    def certain(self) -> Closure:
        """The run on lower ends."""
        return controlled(self.holdings, self.party, lower=True)

    @cached_property
    def possible(self) -> Closure:
        """The run on upper ends; the other one, where they would come to the same."""
        if self.certain.settled and not self.holdings.declared:
            return self.certain
        return controlled(self.holdings, self.party, lower=False)

    @property
    def trail(self) -> Provenance:
        """The chains down from the party."""
        return Provenance(self.certain, self.possible, self.holders, {self.party})

    def holders(self, party: str, members: Container[str]) -> list[tuple[str, Share]]:
        """The direct holders among some members: by votes, the largest first, then as declared."""
        column = self.holdings.votes.column(party)
        held = [(o, share) for o, share in column.items() if o in members and o != party]
        held.sort(key=lambda each: (-each[1].minimum, -each[1].maximum, each[0]))
        voting = {owner for owner, _ in held}
        declared_shares: dict[str, list[Share]] = {}
        for interest in self.holdings.declared.get(party, ()):
            owner = interest.owner
            if owner in members and owner not in voting and owner != party:
                declared_shares.setdefault(owner, []).append(interest.share)
        return [*held, *((o, merged(stated)) for o, stated in declared_shares.items())]


def majority(holdings: DaySnapshot) -> Test:
    """More than half of the votes, added together."""
    return Test(holdings.votes, HALF, inclusive=False)


def declared(interest: Interest) -> Truth:
    """Whether a declared interest is control: unknown where it only shows influence."""
    if interest.kind in {"consolidation", "agreement"}:
        return Truth.TRUE
    if interest.kind == "board_appointment":
        seats, board = interest.seats, interest.of
        if seats is not None and board is not None and 2 * seats > board:
            return Truth.TRUE
    return Truth.UNKNOWN


def brought(holdings: DaySnapshot, *, lower: bool) -> Brings | None:
    """For each owner the parties it controls, certainly (lower) or possibly, as declared."""
    if not holdings.declared:
        return None
    by_owner = holdings.declared_by

    def brings(owner: str) -> Iterable[tuple[str, int]]:
        for interest in by_owner.get(owner, ()):
            if not lower or declared(interest) is Truth.TRUE:
                yield interest.owned, 0

    return brings


def bringing(holdings: DaySnapshot, owned: str, *, lower: bool) -> Iterator[str]:
    """Who controls a party, certainly (lower) or possibly, as declared."""
    for interest in holdings.declared.get(owned, ()):
        if not lower or declared(interest) is Truth.TRUE:
            yield interest.owner


def controlled(holdings: DaySnapshot, party: str, *, lower: bool) -> Closure:
    """`party` and all it controls, certainly or possibly."""
    return propagate(
        (party,), (majority(holdings),), lower=lower, brings=brought(holdings, lower=lower)
    )


def controlled_by(holdings: DaySnapshot, party: str) -> dict[str, Control]:
    """Every other party that `party` controls or may control, by id."""
    reach = _Reach(holdings, party)
    certain, possible = reach.certain, reach.possible
    return {
        owned: _control(reach, owned, _truth(certain, owned), certain, possible)
        for owned in sorted(possible.members)
        if owned != party
    }


def steps(holdings: DaySnapshot, tests: tuple[Test, ...], *, lower: bool) -> Steps:
    """How parties join by some tests and as declared, asked from below."""
    return Steps(
        tests=tests,
        lower=lower,
        brings=brought(holdings, lower=lower),
        bringing=partial(bringing, holdings, lower=lower),
        owners=holdings.direct,
    )


def controlling(holdings: DaySnapshot, parties: Iterable[str], *, lower: bool) -> set[str]:
    """Who controls one of some parties, certainly or possibly; these parties among them."""
    return reaching(parties, steps(holdings, (majority(holdings),), lower=lower))


def truths(holdings: DaySnapshot, owned: str) -> dict[str, Truth]:
    """Every other party that controls `owned` (true) or may (unknown), by id."""
    sure, maybe = _both(holdings, owned)
    return {
        party: Truth.TRUE if party in sure else Truth.UNKNOWN
        for party in sorted(maybe)
        if party != owned
    }


def _both(holdings: DaySnapshot, owned: str) -> tuple[set[str], set[str]]:
    """Who controls a party certainly, and possibly; one set twice where all is exact."""
    sure = controlling(holdings, [owned], lower=True)
    if holdings.votes.exact and not holdings.votes.own and not holdings.declared:
        return sure, sure
    return sure, controlling(holdings, [owned], lower=False)


def controllers(holdings: DaySnapshot, owned: str) -> dict[str, Control]:
    """Every other party that controls `owned` or may, by id: what `controlled_by` says of each.

    Whose votes count with whose is asked of the direct holders, and not of everybody above.
    """
    found = truths(holdings, owned)
    sure, maybe = dict[str, list[str]](), dict[str, list[str]]()
    for holder in holdings.direct(owned) if found else ():
        if holder != owned:
            for with_whom, above in zip((sure, maybe), _both(holdings, holder), strict=True):
                for party in above:
                    with_whom.setdefault(party, []).append(holder)
    test = majority(holdings)
    return {
        party: _control(
            _Reach(holdings, party),
            owned,
            truth,
            tally(test, sure.get(party, ()), owned, lower=True),
            tally(test, maybe.get(party, ()), owned, lower=False),
        )
        for party, truth in found.items()
    }


def _truth(certain: Closure, owned: str) -> Truth:
    return Truth.TRUE if owned in certain.members else Truth.UNKNOWN


def _control(
    reach: _Reach, owned: str, truth: Truth, certain: Closure, possible: Closure
) -> Control:
    """The control over one party, by two runs that tell what its holders have of it."""
    members = possible.members
    votes = between(certain.held(0, owned), possible.held(0, owned))
    declarations = reach.holdings.declared.get(owned, ())
    kinds = sorted(i.kind for i in declarations if i.owner in members and i.owner != owned)
    basis: list[str] = [*dict.fromkeys(kinds)]
    if possible.meets(0, owned, inclusive=False):
        basis.insert(0, "votes")
    via = tuple(holder for holder, _ in reach.holders(owned, members))
    return Control(truth, votes, tuple(basis), via, (reach, owned))
