"""The ultimate parent: the top of the chain of consolidation or of more than half of the votes.

A breadth-first climb, certain steps first. Certain steps are consolidation and a certain majority
of votes, alone or with controlled parties. A step held only by other means (board seats, agreement,
half of the votes, a share that may exceed half) makes an unknown candidate, and the reason names
what would settle it. Declared control by another group against a majority of votes (the board by a
side letter) makes both candidates: consolidation would settle it, votes alone do not. A party that
has ended (dissolved, merged, struck off) is no certain parent, nor is anybody through it; its
successor is a candidate. No percentage decides beyond that; a natural person is never a parent
undertaking.

    P consolidates H, H holds 60 % of the votes of T, Q appoints 4 of the 7 directors of H
    up from T: H, by votes; up from H: P, by consolidation, which has weighed the board already
    nobody is above P: it is the parent, through P > H > T ("consolidation", "votes")
    without P, Q would be a candidate: the articles on the appointment of the board would settle it

Cost: linear in the interests above the party; a run of control for each that may control jointly.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import lookthrough
from compliance.ownership.cessation import SUCCESSION
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.documents import ACCOUNTS, ENDED, REGISTER
from compliance.ownership.interests import UNSTATED
from compliance.ownership.parent_steps import (
    Above,
    Step,
    document,
    why,
)

_TOLD: Final = 20  # reasons that are spelled out
_MOST, _LEAST = 200, 1  # parents whose share is worked out
_EFFORT: Final = 100_000  # such parents times interests above: seconds where all own each other


@dataclass(frozen=True, slots=True)
class UltimateParent:
    """A parent (true) or a candidate (unknown): look-through share, chain downwards, and why.

    `path` runs from the parent to the party; `basis` names each step from the top ("consolidation",
    "votes", "half of the votes", or a kind of declared control). `OwnershipGraph.evidence` tells
    where the steps were stated. Of many candidates in a dense register the share of the first ones
    is worked out; that of the others is [0, 1], and `OwnershipGraph.share` tells it.
    """

    party: str
    truth: Truth
    share: Share
    path: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UltimateParents:
    """True: these are the parents. False: there is none, the party is its own. Unknown: see why.

    `documents` would settle what is unknown.
    """

    truth: Truth
    parents: tuple[UltimateParent, ...]
    reason: str
    documents: tuple[str, ...] = ()


@dataclass(slots=True)
class _Climb:
    """One way up from the party: where it stands and how it got there."""

    party: str
    truth: Truth
    path: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    below: _Climb | None = field(default=None)

    def chain(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parties, steps, at = [self.party], list(self.basis), self.below
        while at is not None:
            parties.append(at.party)
            steps.extend(at.basis)
            at = at.below
        return tuple(parties), tuple(steps)


@dataclass(slots=True)
class _Doubts:
    """Why the answer is open, and the documents that would settle it."""

    reasons: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def add(self, reason: str, settled_by: str) -> None:
        self.reasons.append(reason)
        self.documents.add(settled_by)

    def contest(self, party: str, step: Step, rivals: Iterable[Step]) -> None:
        for rival in rivals:
            self.add(why(party, rival, against=step), document(rival))

    def end(self, above: Above, owners: Iterable[str]) -> None:
        for owner in owners:
            self.add(above.gone(owner), ENDED.general)


def ultimate_parents(
    holdings: DaySnapshot,
    exceptions: Mapping[str, tuple[str, ...]],
    party: str,
    *,
    natural_persons: Container[str],
) -> UltimateParents:
    """Climb from `party` to every top; several, none and unknown are different answers."""
    above, doubts = Above(holdings, natural_persons), _Doubts()
    tops: list[_Climb] = []
    seen = {party}
    certain, uncertain = [_Climb(party, Truth.TRUE)], list[_Climb]()
    circular = False
    while certain or uncertain:
        at = (certain or uncertain).pop(0)
        if at.party != party and at.party in holdings.ended:
            uncertain.extend(_successors(at, above, doubts, seen))
        steps = above.certain(at.party)
        if steps:
            rivals = above.rivals(at.party, steps)
            gone = above.gone_between(at.party, steps)
            doubts.contest(at.party, steps[0], rivals)
            doubts.end(above, gone)
            fresh = [step for step in (*steps, *rivals) if step.owner not in seen]
            circular = circular or not fresh
            truth = Truth.UNKNOWN if rivals or gone else at.truth
            where = certain if truth is Truth.TRUE else uncertain
            where.extend(_Climb(s.owner, truth, (), (s.basis,), at) for s in fresh)
            seen.update(step.owner for step in fresh)
            continue
        candidates = above.possible(at.party)
        stopped = "" if not exceptions.get(at.party) else ", ".join(exceptions[at.party])
        for step in candidates:
            doubts.add(why(at.party, step), document(step))
        if stopped:
            doubts.add(f"{at.party} reports {stopped} instead of a parent", ACCOUNTS.general)
        if at.party != party:
            settled = not candidates and not stopped
            at.truth = at.truth if settled else Truth.UNKNOWN
            tops.append(at)
        elif not candidates and not stopped:
            doubts.reasons.extend(above.nothing_known(party))
            doubts.documents.add(REGISTER.general)
        fresh = [step for step in candidates if step.owner not in seen]
        uncertain.extend(_Climb(s.owner, Truth.UNKNOWN, (), (s.basis,), at) for s in fresh)
        seen.update(step.owner for step in fresh)
    parents = _parents(holdings, party, tops)
    truth, reason = _verdict(party, doubts.reasons, known=bool(parents), circular=circular)
    if circular and not doubts.reasons:
        doubts.documents.add(ACCOUNTS.general)
    settle = tuple(sorted(doubts.documents)) if truth is Truth.UNKNOWN else ()
    return UltimateParents(truth, parents, reason, settle)


def _successors(at: _Climb, above: Above, doubts: _Doubts, seen: set[str]) -> list[_Climb]:
    """The climb goes on from who took the place of a party that has ended; nothing is certain."""
    at.truth = Truth.UNKNOWN
    doubts.end(above, [at.party])
    heirs = above.heirs(at.party, seen)
    seen.update(heirs)
    return [_Climb(heir, Truth.UNKNOWN, (), (SUCCESSION,), at) for heir in heirs]


def _verdict(party: str, reasons: list[str], *, known: bool, circular: bool) -> tuple[Truth, str]:
    """Whether the parents are known, and why; of many reasons the first are spelled out."""
    told = list(dict.fromkeys(reasons))
    if told:
        more = [f"and {len(told) - _TOLD} more"] if len(told) > _TOLD else []
        return Truth.UNKNOWN, "; ".join([*told[:_TOLD], *more])
    if known:
        return Truth.TRUE, "the top of the stated chain"
    if circular:
        return Truth.UNKNOWN, "control runs in a circle without a top"
    return Truth.FALSE, f"no parent undertaking: nobody controls {party}"


def _parents(holdings: DaySnapshot, party: str, tops: list[_Climb]) -> tuple[UltimateParent, ...]:
    """Certain parents first, then by id; each with its share, where they are not too many."""
    measured = len(tops)
    if measured > _LEAST:
        interests = sum(len(holdings.capital.above(each)) for each in holdings.above([party]))
        measured = max(_LEAST, min(_MOST, _EFFORT // max(interests, 1)))
    parents = []
    for number, top in enumerate(sorted(tops, key=lambda t: (t.truth is not Truth.TRUE, t.party))):
        path, basis = top.chain()
        share = UNSTATED if number >= measured else lookthrough.share(holdings, top.party, party)
        parents.append(UltimateParent(top.party, top.truth, share, path, basis))
    return tuple(parents)
