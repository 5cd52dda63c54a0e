"""Who decides: control by more than half of the votes, or as declared.

Company control as a least fixed point (`closure`): O controls T when O and the parties that O
controls hold more than half of T's votes, or O consolidates T, controls it by agreement or appoints
most of its board. Other declared influence is evidence: unknown, never false.

    X holds 60 % of the votes of A and 30 % of B; A holds 25 % of B and consolidates C
    X controls A (60 %), B (30 + 25 %) and C (through A); A alone controls C
    so the controllers of C are A and X, those of B only X

Cost: linear in the interests of the parties controlled; asked from below (`controllers`) as
`reverse_reachability`, for the party and for each direct holder of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.bounds import HALF, between
from compliance.ownership.closure import Closure, Test, propagate, tally
from compliance.ownership.data_quality import Diagnosis, treasuries
from compliance.ownership.day_snapshot import DaySnapshot
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
    only held if what the party holds of itself is disregarded, the answer is unknown and the
    diagnoses of the proof say so.
    """

    truth: Truth
    votes: Share
    basis: tuple[str, ...]
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlProof:
    """How one party controls, or may control, another; nothing where it cannot.

    `chain` shows it: each holder is controlled first, and at each step up the largest is taken.
    `paths` are one chain through each of `Control.via`, at most ten, in their order; the share of a
    path is what the last holder has of the votes or, where it has none, what is declared.
    `diagnoses` are peculiar to this answer (treasury shares); those of the graph tell what is wrong
    in the statements.
    """

    chain: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()


class _Controlled(Provenance):
    """All that one party controls, certainly and possibly."""

    def __init__(self, holdings: DaySnapshot, party: str) -> None:
        super().__init__(*_runs(holdings, party), frozenset({party}))
        self.holdings = holdings

    def holders(self, party: str, members: Container[str]) -> list[tuple[str, Share]]:
        """The direct holders among some members (see `_holders`)."""
        return _holders(self.holdings, party, members)


def _holders(holdings: DaySnapshot, party: str, members: Container[str]) -> list[tuple[str, Share]]:
    """The direct holders among some members: by votes, the largest first, then as declared."""
    column = holdings.votes.column(party)
    held = [(o, share) for o, share in column.items() if o in members and o != party]
    held.sort(key=lambda each: (-each[1].minimum, -each[1].maximum, each[0]))
    voting = {owner for owner, _ in held}
    declared_shares: dict[str, list[Share]] = {}
    for interest in holdings.declared.get(party, ()):
        owner = interest.owner
        if owner in members and owner not in voting and owner != party:
            declared_shares.setdefault(owner, []).append(interest.share)
    return [*held, *((o, merged(stated)) for o, stated in declared_shares.items())]


def majority(holdings: DaySnapshot) -> Test:
    """More than half of the votes, added together."""
    return Test(holdings.votes, HALF, inclusive=False)


def controlled(holdings: DaySnapshot, party: str, *, lower: bool) -> Closure:
    """`party` and all it controls, certainly or possibly."""
    links = holdings.declared_control(lower=lower)
    return propagate((party,), (majority(holdings),), lower=lower, links=links)


def _runs(holdings: DaySnapshot, party: str) -> tuple[Closure, Closure]:
    """All that a party controls, certainly and possibly; one run twice where they are the same."""
    certain = controlled(holdings, party, lower=True)
    settled = certain.settled and not holdings.declared
    return certain, certain if settled else controlled(holdings, party, lower=False)


def controlled_by(holdings: DaySnapshot, party: str) -> dict[str, Control]:
    """Every other party that `party` controls or may control, by id."""
    certain, possible = _runs(holdings, party)
    return {
        owned: _control(holdings, owned, _truth(certain, owned), certain, possible)
        for owned in sorted(possible.members)
        if owned != party
    }


def control_proof(holdings: DaySnapshot, party: str, owned: str) -> ControlProof:
    """How `party` controls or may control `owned`."""
    runs = _Controlled(holdings, party)
    if owned == party or owned not in runs.possible.members:
        return ControlProof()
    diagnoses = treasuries(runs.certain, runs.possible, holdings.above([owned]), ("votes",))
    return ControlProof(runs.chain(owned), runs.paths(owned, _TOLD), tuple(sorted(diagnoses)))


def controlling(holdings: DaySnapshot, parties: Iterable[str], *, lower: bool) -> set[str]:
    """Who controls one of some parties, certainly or possibly; these parties among them."""
    return reaching(parties, Steps(holdings, (majority(holdings),), lower))


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
    decided = truths(holdings, owned)
    sure, maybe = dict[str, list[str]](), dict[str, list[str]]()
    for holder in holdings.direct(owned) if decided else ():
        if holder != owned:
            for with_whom, above in zip((sure, maybe), _both(holdings, holder), strict=True):
                for party in above:
                    with_whom.setdefault(party, []).append(holder)
    test = majority(holdings)
    return {
        party: _control(
            holdings,
            owned,
            truth,
            tally(test, sure.get(party, ()), owned, lower=True),
            tally(test, maybe.get(party, ()), owned, lower=False),
        )
        for party, truth in decided.items()
    }


def _truth(certain: Closure, owned: str) -> Truth:
    return Truth.TRUE if owned in certain.members else Truth.UNKNOWN


def _control(
    holdings: DaySnapshot, owned: str, truth: Truth, certain: Closure, possible: Closure
) -> Control:
    """The control over one party, by two runs that tell what its holders have of it."""
    members = possible.members
    votes = between(certain.held(0, owned), possible.held(0, owned))
    declarations = holdings.declared.get(owned, ())
    kinds = sorted(i.kind for i in declarations if i.owner in members and i.owner != owned)
    basis: list[str] = [*dict.fromkeys(kinds)]
    if possible.meets(0, owned, inclusive=False):
        basis.insert(0, "votes")
    via = tuple(holder for holder, _ in _holders(holdings, owned, members))
    return Control(truth, votes, tuple(basis), via)
