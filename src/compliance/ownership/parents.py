"""The ultimate parent: the top of the chain of consolidation or of more than half of the votes.

Certain steps are consolidation and a certain majority of votes, alone or with controlled parties. A
step held only by other means (board seats, agreement, half of the votes, a share that may exceed
half) makes an unknown candidate, and the reason names what would settle it. Declared control by
another group against a majority of votes (the board by a side letter) makes both candidates:
consolidation would settle it, votes alone do not. No percentage decides beyond that; a natural
person is never a parent undertaking.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import lookthrough
from compliance.ownership.control import controlled, declared, majority
from compliance.ownership.diagnoses import Diagnosis, diagnose
from compliance.ownership.ends import HALF, ONE, End, over_half
from compliance.ownership.fixpoint import grow
from compliance.ownership.holdings import Holdings
from compliance.ownership.interests import Interest

_REGISTER: Final = "a dated register of members with exact holdings"
_TOLD: Final = 20  # reasons that are spelled out
_ACCOUNTS: Final = "consolidated accounts that name the parent undertaking"
_DOCUMENTS: Final = {
    "agreement": "the agreement itself",
    "board_appointment": "articles and shareholders' agreement on the appointment of the board",
    "half of the votes": "articles on a casting vote, and the shareholders' agreement",
    "votes": _REGISTER,
    "other": "the instrument that gives the influence",
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class UltimateParent:
    """A parent (true) or a candidate (unknown): look-through share, chain downwards, and why.

    `path` runs from the parent to the party; `basis` names each step from the top ("consolidation",
    "votes", "half of the votes", or a kind of declared control). The share is found when asked for.
    """

    party: str
    truth: Truth
    _share: Share | None
    path: tuple[str, ...]
    basis: tuple[str, ...]
    _holdings: Holdings | None = None

    @property
    def share(self) -> Share:
        """The look-through share of the parent in the party."""
        if self._share is not None:
            return self._share
        assert self._holdings is not None  # noqa: S101 - an answer has one or the other
        return lookthrough.share(self._holdings, self.party, self.path[-1])

    def _parts(self) -> tuple[str, Truth, Share, tuple[str, ...], tuple[str, ...]]:
        return self.party, self.truth, self.share, self.path, self.basis

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UltimateParent) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.party, self.path))

    def __repr__(self) -> str:
        return f"UltimateParent{self._parts()!r}"

    @property
    def evidence(self) -> tuple[str, ...]:
        """Where each step from the top was stated ("ownership.3", a file and line)."""
        holdings = self._holdings
        if holdings is None:
            return ()
        sources = [
            interest.source
            for owner, owned in pairwise(self.path)
            for (holder, _), edge in holdings.statements(owned).items()
            if holder == owner
            for interest in edge
        ]
        return tuple(dict.fromkeys(sources))


@dataclass(frozen=True, slots=True)
class UltimateParents:
    """True: these are the parents. False: there is none, the party is its own. Unknown: see why.

    `documents` would settle what is unknown.
    """

    truth: Truth
    parents: tuple[UltimateParent, ...]
    reason: str
    documents: tuple[str, ...] = ()
    _at: tuple[Holdings, str] | None = field(default=None, repr=False, compare=False)

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        if self._at is None:
            return ()
        holdings, party = self._at
        return diagnose(holdings, holdings.above([party]))


@dataclass(frozen=True, slots=True)
class _Step:
    owner: str
    basis: str


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


def ultimate_parents(
    holdings: Holdings,
    exceptions: Mapping[str, tuple[str, ...]],
    party: str,
    *,
    natural_persons: Container[str],
) -> UltimateParents:
    """Climb from `party` to every top; several, none and unknown are different answers."""
    above = _Above(holdings, natural_persons)
    tops: list[_Climb] = []
    reasons: list[str] = []
    documents: set[str] = set()
    seen = {party}
    certain, uncertain = [_Climb(party, Truth.TRUE)], list[_Climb]()
    circular = False
    while certain or uncertain:
        at = (certain or uncertain).pop(0)
        steps = above.certain(at.party)
        if steps:
            rivals = above.rivals(at.party, steps)
            reasons.extend(_why(at.party, rival, against=steps[0]) for rival in rivals)
            documents.update(_document(rival) for rival in rivals)
            fresh = [step for step in (*steps, *rivals) if step.owner not in seen]
            circular = circular or not fresh
            truth = Truth.UNKNOWN if rivals else at.truth
            where = certain if truth is Truth.TRUE else uncertain
            where.extend(_Climb(s.owner, truth, (), (s.basis,), at) for s in fresh)
            seen.update(step.owner for step in fresh)
            continue
        candidates = above.possible(at.party)
        stopped = "" if not exceptions.get(at.party) else ", ".join(exceptions[at.party])
        reasons.extend(_why(at.party, step) for step in candidates)
        documents.update(_document(step) for step in candidates)
        if stopped:
            reasons.append(f"{at.party} reports {stopped} instead of a parent")
            documents.add(_ACCOUNTS)
        if at.party != party:
            settled = not candidates and not stopped
            at.truth = at.truth if settled else Truth.UNKNOWN
            tops.append(at)
        elif not candidates and not stopped:
            reasons.extend(above.nothing_known(party))
            documents.add(_REGISTER)
        fresh = [step for step in candidates if step.owner not in seen]
        uncertain.extend(_Climb(s.owner, Truth.UNKNOWN, (), (s.basis,), at) for s in fresh)
        seen.update(step.owner for step in fresh)
    found = tuple(sorted((_parent(holdings, top) for top in tops), key=_rank))
    truth, reason = _verdict(party, reasons, found=bool(found), circular=circular)
    if circular and not reasons:
        documents.add(_ACCOUNTS)
    settle = tuple(sorted(documents)) if truth is Truth.UNKNOWN else ()
    return UltimateParents(truth, found, reason, settle, (holdings, party))


def _verdict(party: str, reasons: list[str], *, found: bool, circular: bool) -> tuple[Truth, str]:
    """Whether the parents are known, and why; of many reasons the first are spelled out."""
    told = list(dict.fromkeys(reasons))
    if told:
        more = [f"and {len(told) - _TOLD} more"] if len(told) > _TOLD else []
        return Truth.UNKNOWN, "; ".join([*told[:_TOLD], *more])
    if found:
        return Truth.TRUE, "the top of the stated chain"
    if circular:
        return Truth.UNKNOWN, "control runs in a circle without a top"
    return Truth.FALSE, f"no parent undertaking: nobody controls {party}"


def _rank(parent: UltimateParent) -> tuple[bool, str]:
    return parent.truth is not Truth.TRUE, parent.party


def _parent(holdings: Holdings, top: _Climb) -> UltimateParent:
    path, basis = top.chain()
    return UltimateParent(top.party, top.truth, None, path, basis, holdings)


def _why(party: str, step: _Step, against: _Step | None = None) -> str:
    settles = _document(step)
    rival = f", against {against.owner} ({against.basis})" if against is not None else ""
    return f"{step.owner} may control {party} ({step.basis}){rival}; {settles} would settle it"


def _document(step: _Step) -> str:
    return _DOCUMENTS.get(step.basis, _DOCUMENTS["other"])


@dataclass(frozen=True, slots=True)
class _Above:
    """The steps from one party to those that control or may control it."""

    holdings: Holdings
    natural_persons: Container[str]

    def certain(self, party: str) -> tuple[_Step, ...]:
        """By consolidation, or by more than half of the votes."""
        steps = {
            interest.owner: _Step(interest.owner, "consolidation")
            for interest in self.holdings.declared.get(party, ())
            if interest.kind == "consolidation" and self._counts(interest.owner, party)
        }
        column = self._votes(party)
        for owner, share in column.items():
            if over_half(share.minimum) or (share.exclusive_minimum and share.minimum == HALF):
                if self._counts(owner, party):
                    steps.setdefault(owner, _Step(owner, "votes"))
                return tuple(steps[o] for o in sorted(steps))
        if len(column) > 1 and self.holdings.votes.least(party).value >= HALF:
            for owner in self._shared_ancestors(party, column, steps):
                if self._jointly(owner, party):
                    steps[owner] = _Step(owner, "votes")
        return tuple(steps[owner] for owner in sorted(steps))

    def rivals(self, party: str, steps: tuple[_Step, ...]) -> tuple[_Step, ...]:
        """Declared control by another group than the one that holds more than half of the votes.

        Whoever consolidates has weighed all of it already: then there is no rival.
        """
        interests = self.holdings.declared.get(party, ())
        if not interests or any(step.basis == "consolidation" for step in steps):
            return ()
        tops = self._tops(step.owner for step in steps)
        found = {
            i.owner: _Step(i.owner, i.kind)
            for i in interests
            if declared(i) is Truth.TRUE
            and self._counts(i.owner, party)
            and not self._tops([i.owner]) <= tops
        }
        return tuple(found[owner] for owner in sorted(found))

    def _tops(self, parties: Iterable[str]) -> set[str]:
        """Where the certain steps from some parties end; all of a circle without a top."""
        todo = list(parties)
        seen, tops = set(todo), set[str]()
        while todo:
            party = todo.pop()
            above = [step.owner for step in self.certain(party)]
            fresh = [owner for owner in above if owner not in seen]
            if not fresh:
                tops.add(party)
            seen.update(fresh)
            todo.extend(fresh)
        return tops

    def possible(self, party: str) -> tuple[_Step, ...]:
        """By other means, by half of the votes, or by a share that may exceed half."""
        steps: dict[str, _Step] = {}
        votes, column = self.holdings.votes, self._votes(party)
        for owner in column:
            if not self._counts(owner, party):
                continue
            basis = _possible_votes(votes.most(party, owner))
            if party in votes.own:
                basis = self._basis(owner, party)
            if basis:
                steps[owner] = _Step(owner, basis)
        for interest in self.holdings.declared.get(party, ()):
            owner = interest.owner
            if self._counts(owner, party) and owner not in steps and _may_control(interest):
                steps[owner] = _Step(owner, interest.kind)
        if len(column) > 1:
            for owner in self._shared_ancestors(party, column, steps):
                basis = self._basis(owner, party)
                if basis:
                    steps[owner] = _Step(owner, basis)
        return tuple(steps[owner] for owner in sorted(steps))

    def nothing_known(self, party: str) -> Iterator[str]:
        """Why nobody can say that the party has no parent, if so."""
        if party not in self.holdings.votes:
            yield f"no owner of {party} is stated"
            return
        votes = self.holdings.votes
        rest = lookthrough.unstated(votes, party)
        others = ONE
        if party in votes.own:
            others -= votes.most(party, party).value
        if not rest.maximum and not others:
            yield f"{party} wholly owns itself: nobody outside is stated"
        elif _possible_votes(End(rest.maximum / others if others else ONE, rest.exclusive_maximum)):
            yield f"{rest} of {party} is unstated; a register of members would settle it"

    def _counts(self, owner: str, party: str) -> bool:
        return owner != party and owner not in self.natural_persons

    def _votes(self, party: str) -> Mapping[str, Share]:
        return self.holdings.votes.column(party)

    def _jointly(self, owner: str, party: str) -> bool:
        """Whether `owner` and those it certainly controls hold more than half of the votes."""
        by_owner = self.holdings.declared_by

        def brings(member: str) -> Iterable[tuple[str, int]]:
            return [(i.owned, 0) for i in by_owner.get(member, ()) if i.kind == "consolidation"]

        growth = grow((owner,), (majority(self.holdings),), lower=True, brings=brings)
        return party in growth.members

    def _basis(self, owner: str, party: str) -> str:
        """What `owner` and those it may control may have of the votes: over half, half, or ""."""
        growth = controlled(self.holdings, owner, lower=False)
        if growth.meets(0, party, inclusive=False):
            return "votes"
        return "half of the votes" if growth.meets(0, party, inclusive=True) else ""

    def _shared_ancestors(
        self, party: str, column: Mapping[str, Share], known: Iterable[str]
    ) -> list[str]:
        """Parties behind at least two direct owners, not `known`, that may control some alone."""
        if len(column) < 2 or not any(
            self.holdings.direct(owner) for owner in column if owner != party
        ):
            return []
        behind = self._behind(column, party)
        wanted = (behind & self.holdings.first_controllers).difference(known)
        wanted = {ancestor for ancestor in wanted if self._counts(ancestor, party)}
        if not wanted:
            return []
        times: dict[str, int] = {}
        for owner in column:
            if owner == party:
                continue
            for ancestor in self._behind((owner,), party):
                times[ancestor] = times.get(ancestor, 0) + 1
        return sorted(ancestor for ancestor in wanted if times.get(ancestor, 0) > 1)

    def _behind(self, owners: Iterable[str], party: str) -> set[str]:
        """Some owners and everybody above them, through any kind of interest, except `party`."""
        behind = {owner for owner in owners if owner != party}
        todo = list(behind)
        while todo:
            for above in self.holdings.direct(todo.pop()):
                if above not in behind and above != party:
                    behind.add(above)
                    todo.append(above)
        return behind


def _possible_votes(most: End) -> str:
    """What the upper end of a holding may amount to: more than half of the votes, half, or ""."""
    if over_half(most.value):
        return "votes"
    return "half of the votes" if most.value == HALF and not most.open else ""


def _may_control(interest: Interest) -> bool:
    """Whether declared influence may amount to control: a known minority of a board does not."""
    if interest.kind == "board_appointment" and interest.seats is not None:
        return interest.of is None or 2 * interest.seats >= interest.of
    return True
