"""The steps from one party up to those that control, or may control, it alone or with others.

Certain steps are consolidation and a majority of the votes; the others are possible. Each names
what it rests on, and the document that would settle it where it is open.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import lookthrough
from compliance.ownership.bounds import HALF, ONE, Bound, over_half
from compliance.ownership.closure import propagate
from compliance.ownership.control import controlled, majority
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.documents import DOCUMENTS
from compliance.ownership.interests import Interest


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: to whom, and by what ("consolidation", "votes", a kind of declared control)."""

    owner: str
    basis: str


@dataclass(frozen=True, slots=True)
class Above:
    """The steps from one party to those that control or may control it."""

    holdings: DaySnapshot
    natural_persons: Container[str]

    def certain(self, party: str) -> tuple[Step, ...]:
        """By consolidation, or by more than half of the votes."""
        steps = {
            interest.owner: Step(interest.owner, "consolidation")
            for interest in self.holdings.declared.get(party, ())
            if interest.kind == "consolidation" and self._counts(interest.owner, party)
        }
        column = self._votes(party)
        for owner, share in column.items():
            if over_half(share.minimum) or (share.exclusive_minimum and share.minimum == HALF):
                if self._counts(owner, party):
                    steps.setdefault(owner, Step(owner, "votes"))
                return tuple(steps[o] for o in sorted(steps))
        if len(column) > 1 and self.holdings.votes.least(party).value >= HALF:
            for owner in self._shared_ancestors(party, column, steps):
                if self._jointly(owner, party):
                    steps[owner] = Step(owner, "votes")
        return tuple(steps[owner] for owner in sorted(steps))

    def rivals(self, party: str, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """Declared control by another group than the one that holds more than half of the votes.

        Whoever consolidates has weighed all of it already: then there is no rival.
        """
        interests = self.holdings.declared.get(party, ())
        if not interests or any(step.basis == "consolidation" for step in steps):
            return ()
        tops = self._tops(step.owner for step in steps)
        rivals = {
            i.owner: Step(i.owner, i.kind)
            for i in interests
            if i.declares_control is Truth.TRUE
            and self._counts(i.owner, party)
            and not self._tops([i.owner]) <= tops
        }
        return tuple(rivals[owner] for owner in sorted(rivals))

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

    def possible(self, party: str) -> tuple[Step, ...]:
        """By other means, by half of the votes, or by a share that may exceed half."""
        steps: dict[str, Step] = {}
        votes, column = self.holdings.votes, self._votes(party)
        for owner in column:
            if not self._counts(owner, party):
                continue
            basis = _possible_votes(votes.most(party, owner))
            if party in votes.own:
                basis = self._basis(owner, party)
            if basis:
                steps[owner] = Step(owner, basis)
        for interest in self.holdings.declared.get(party, ()):
            owner = interest.owner
            if self._counts(owner, party) and owner not in steps and _may_control(interest):
                steps[owner] = Step(owner, interest.kind)
        if len(column) > 1:
            for owner in self._shared_ancestors(party, column, steps):
                basis = self._basis(owner, party)
                if basis:
                    steps[owner] = Step(owner, basis)
        return tuple(steps[owner] for owner in sorted(steps))

    def gone(self, owner: str) -> str:
        """That an owner has ended, and who succeeded it."""
        ended = self.holdings.ended[owner]
        heirs = f"; succeeded by {', '.join(ended.successors)}" if ended.successors else ""
        return f"{owner} is {ended.words}, so that its holdings are somebody else's{heirs}"

    def gone_between(self, party: str, steps: tuple[Step, ...]) -> tuple[str, ...]:
        """The direct owners that have ended, where the votes of several make somebody a parent."""
        ended = self.holdings.ended
        tops = [step.owner for step in steps if step.basis == "votes"]
        if not ended or not tops or self._has_majority(party):
            return ()
        between = self._behind(self._votes(party), party) - self._behind(tops, party)
        return tuple(sorted(owner for owner in between if owner in ended))

    def _has_majority(self, party: str) -> bool:
        """Whether one direct owner certainly has more than half of the votes."""
        return any(
            over_half(share.minimum) or (share.exclusive_minimum and share.minimum == HALF)
            for share in self._votes(party).values()
        )

    def heirs(self, owner: str, seen: Container[str]) -> list[str]:
        """The successors of an owner that has ended, of which nothing was asked yet."""
        successors = self.holdings.ended[owner].successors
        return [h for h in successors if h not in seen and h not in self.natural_persons]

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
        elif _possible_votes(
            Bound(rest.maximum / others if others else ONE, rest.exclusive_maximum)
        ):
            yield f"{rest} of {party} is unstated; a register of members would settle it"

    def _counts(self, owner: str, party: str) -> bool:
        return owner != party and owner not in self.natural_persons

    def _votes(self, party: str) -> Mapping[str, Share]:
        return self.holdings.votes.column(party)

    def _jointly(self, owner: str, party: str) -> bool:
        """Whether `owner` and those it certainly controls hold more than half of the votes."""
        links = self.holdings.consolidated
        closure = propagate((owner,), (majority(self.holdings),), lower=True, links=links)
        return party in closure.members

    def _basis(self, owner: str, party: str) -> str:
        """What `owner` and those it may control may have of the votes: over half, half, or ""."""
        closure = controlled(self.holdings, owner, lower=False)
        if closure.meets(0, party, inclusive=False):
            return "votes"
        return "half of the votes" if closure.meets(0, party, inclusive=True) else ""

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


def _possible_votes(most: Bound) -> str:
    """What the upper end of a holding may amount to: more than half of the votes, half, or ""."""
    if over_half(most.value):
        return "votes"
    return "half of the votes" if most.value == HALF and not most.open else ""


def _may_control(interest: Interest) -> bool:
    """Whether declared influence may amount to control: a known minority of a board does not."""
    if interest.kind == "board_appointment" and interest.seats is not None:
        return interest.of is None or 2 * interest.seats >= interest.of
    return True


def why(party: str, step: Step, against: Step | None = None) -> str:
    """Why a step leaves the parents open, and what would settle it."""
    settles = document(step)
    rival = f", against {against.owner} ({against.basis})" if against is not None else ""
    return f"{step.owner} may control {party} ({step.basis}){rival}; {settles} would settle it"


def document(step: Step) -> str:
    """The document that would settle whether a step is control."""
    return DOCUMENTS[step.basis].general
