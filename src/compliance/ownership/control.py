"""Who decides: control by more than half of the votes, or as declared.

O controls T when O and the parties that O controls hold more than half of T's votes (company
control as a least fixpoint), consolidates T, is declared to control it by agreement, or appoints
more than half of its board. Other declared influence is evidence: unknown, never false.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.diagnoses import Diagnosis, diagnose
from compliance.ownership.ends import HALF, between
from compliance.ownership.fixpoint import Brings, Growth, Test, grow
from compliance.ownership.holdings import Holdings
from compliance.ownership.interests import Interest


@dataclass(frozen=True, slots=True)
class Control:
    """Control over one party: the votes held with all controlled parties, and why it is control.

    `basis` names what carries it ("votes", or kinds of declared control), `via` the holders: the
    controlling party itself and those it controls, largest votes first.
    """

    truth: Truth
    votes: Share
    basis: tuple[str, ...]
    via: tuple[str, ...]
    _at: tuple[Holdings, str] | None = field(default=None, repr=False, compare=False)

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        if self._at is None:
            return ()
        holdings, party = self._at
        return diagnose(holdings, holdings.above([party]))


def majority(holdings: Holdings) -> Test:
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


def brought(holdings: Holdings, *, lower: bool) -> Brings | None:
    """For each owner the parties it controls, certainly (lower) or possibly, as declared."""
    if not holdings.declared:
        return None
    by_owner = holdings.declared_by

    def brings(owner: str) -> Iterable[tuple[str, int]]:
        for interest in by_owner.get(owner, ()):
            if not lower or declared(interest) is Truth.TRUE:
                yield interest.owned, 0

    return brings


def controlled(holdings: Holdings, party: str, *, lower: bool) -> Growth:
    """`party` and all it controls, certainly or possibly."""
    return grow((party,), (majority(holdings),), lower=lower, brings=brought(holdings, lower=lower))


def each_alone(holdings: Holdings, *, lower: bool) -> Brings:
    """For each owner the parties it controls, by votes of its own group and as declared.

    Whoever was brought in is controlled by the one that brought it, and so is all that it controls:
    it need not be asked again.
    """
    asked: set[str] = set()

    def brings(owner: str) -> Iterable[tuple[str, int]]:
        if owner in asked:
            return ()
        members = controlled(holdings, owner, lower=lower).members
        asked.update(members)
        return members.items()

    return brings


def controlled_by(holdings: Holdings, party: str) -> dict[str, Control]:
    """Every other party that `party` controls or may control, by id."""
    certain = controlled(holdings, party, lower=True)
    settled = holdings.votes.exact and not holdings.declared
    possible = certain if settled else controlled(holdings, party, lower=False)
    return {
        owned: _control(holdings, owned, certain, possible)
        for owned in sorted(possible.members)
        if owned != party
    }


def _control(holdings: Holdings, owned: str, certain: Growth, possible: Growth) -> Control:
    members = possible.members
    column = holdings.votes.column(owned)
    low = certain.held(0, owned)
    high = possible.held(0, owned)
    votes = between(low, high)
    kinds = sorted(i.kind for i in holdings.declared.get(owned, ()) if i.owner in members)
    basis: list[str] = [*dict.fromkeys(kinds)]
    if votes.reaches(HALF, inclusive=False) is not Truth.FALSE:
        basis.insert(0, "votes")
    holders = {o: (-s.minimum, -s.maximum) for o, s in column.items() if o in members}
    holders.pop(owned, None)
    declarers = {i.owner for i in holdings.declared.get(owned, ()) if i.owner in members}
    via = (
        *sorted(holders, key=lambda o: (holders[o], o)),
        *sorted(declarers - set(holders) - {owned}),
    )
    truth = Truth.TRUE if owned in certain.members else Truth.UNKNOWN
    return Control(truth, votes, tuple(basis), via, (holdings, owned))
