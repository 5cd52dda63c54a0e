"""The cascade: which parties are affected by listed owners.

A party is affected when affected parties directly hold, in sum, at least (or more than) the
threshold; an affected party then counts in full for what it holds. Without aggregation the sum is
that of one listed party and those affected through it alone. Listed parties are affected
themselves, with no share and no path. Where the threshold is reached only if what a party
holds of itself is disregarded, the answer is unknown, and a diagnosis says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.bounds import between
from compliance.ownership.closure import Brings, Test, propagate
from compliance.ownership.control import brought, majority, steps
from compliance.ownership.data_quality import Diagnosis, diagnose, treasuries
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.paths import Path
from compliance.ownership.provenance import Provenance
from compliance.ownership.reverse_reachability import reaching
from compliance.ownership.single_seed import Runs, propagate_single_seeds


@dataclass(frozen=True, slots=True)
class Affected:
    """Whether a party is affected, by what share, along which paths.

    `share` is what affected (for its upper end: possibly affected) parties directly hold in sum or,
    where listed parties are not added together, the most that one of them and those affected
    through it hold; None for a listed party.
    """

    truth: Truth
    share: Share | None
    holders: tuple[tuple[str, Share], ...] = ()
    _trail: _Cascade | None = field(default=None, repr=False, compare=False)
    _party: str = field(default="", repr=False, compare=False)

    @property
    def paths(self) -> tuple[Path, ...]:
        """One path through each affected direct owner, the largest holding first."""
        trail = self._trail
        if trail is None:
            return ()
        return trail.told.paths(self._party)

    @property
    def origins(self) -> tuple[str, ...]:
        """The listed parties behind it, by id; where it is affected, through affected parties only.

        Where the most restrictive of the owners' requirements applies, these are the owners.
        """
        return () if self._trail is None else self._trail.origins(self._party)

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        if self._trail is None:
            return ()
        trail = self._trail
        above = trail.holdings.above([self._party])
        found = treasuries(trail.certain, trail.possible, above, trail.counted_in)
        return tuple(sorted({*diagnose(trail.holdings, above), *found}))


@dataclass(frozen=True, slots=True)
class _Cascade:
    """How parties came to be affected: an owner always joined before what it made join."""

    holdings: DaySnapshot
    certain: Runs
    possible: Runs
    tests: tuple[Test, ...]
    control: bool
    seeds: frozenset[str]

    @property
    def told(self) -> Provenance:
        """The chains by which they came to be affected."""
        return Provenance(self.certain, self.possible, self.holders, self.seeds)

    @property
    def counted_in(self) -> tuple[str, ...]:
        """What each test of the runs counts, in words."""
        return ("shares", "votes")[: len(self.tests)]

    def answer(self, party: str) -> Affected:
        """Whether a party that is not listed is affected, and by whom."""
        truth = Truth.FALSE
        if party in self.certain.members:
            truth = Truth.TRUE
        elif party in self.possible.members:
            truth = Truth.UNKNOWN
        low = self.certain.held(0, party)
        high = low if self.possible is self.certain else self.possible.held(0, party)
        holders = self.holders(party, self.possible.behind(party))
        return Affected(truth, between(low, high), tuple(holders), self, party)

    def counted(self, party: str) -> bool:
        """Whether a member holds some of the party: then it is reached without a search."""
        return self.possible.counted(party)

    def holders(self, party: str, members: Container[str]) -> list[tuple[str, Share]]:
        """The direct owners among some members: by capital and, if control counts, by any means."""
        column = self.holdings.capital.column(party)
        found = [(o, share) for o, share in column.items() if o in members and o != party]
        by_any = self.control or party in self.holdings.ended
        if by_any:
            counted = {owner for owner, _ in found}
            for owner, share, _ in self.holdings.owners(party):
                if owner in members and owner not in counted and owner != party:
                    if not self.control and not _succeeds(self.holdings, owner, party):
                        continue
                    counted.add(owner)
                    found.append((owner, share))
        if len(found) > 1:
            found.sort(key=lambda held: (-held[1].minimum, -held[1].maximum, held[0]))
        return found

    def origins(self, party: str) -> tuple[str, ...]:
        """The listed parties behind a party, through parties affected like itself."""
        runs = self.certain if party in self.certain.members else self.possible
        origins, seen, todo = set[str](), {party}, [party]
        while todo:
            owned = todo.pop()
            for owner, _ in self.holders(owned, runs.behind(owned)):
                if owner in self.seeds:
                    origins.add(owner)
                elif owner not in seen:
                    seen.add(owner)
                    todo.append(owner)
        return tuple(sorted(origins))

    def reached(self, seeds: Iterable[str]) -> set[str]:
        """Everybody who can be reached from the seeds by what may count."""
        reached = set(seeds)
        todo, capital = list(reached), self.holdings.capital
        votes = self.holdings.votes if self.control else None
        while todo:
            party = todo.pop()
            found = [owned for owned, _ in capital.below(party)]
            if votes is not None:
                found += [owned for owned, _ in votes.below(party)]
                found += [i.owned for i in self.holdings.declared_by.get(party, ())]
            found += self.holdings.predecessors.get(party, ())
            for owned in found:
                if owned not in reached:
                    reached.add(owned)
                    todo.append(owned)
        return reached


class AffectedParties(Mapping[str, Affected]):
    """The answer for every listed party and every party that can be reached from one, by id.

    Who joins is known at once; the answer for one party is made when it is asked for.
    """

    __slots__ = ("_answers", "_reached", "_seeds", "_trail")

    def __init__(self, seeds: frozenset[str], trail: _Cascade) -> None:
        self._seeds = seeds
        self._trail = trail
        self._reached: set[str] | None = None
        self._answers: dict[str, Affected] = {}

    @property
    def certain(self) -> frozenset[str]:
        """The parties that are affected, the listed ones among them."""
        return frozenset(self._trail.certain.members)

    @property
    def possible(self) -> frozenset[str]:
        """The parties of which it is unknown."""
        return frozenset(self._trail.possible.members).difference(self._trail.certain.members)

    def __getitem__(self, party: str) -> Affected:
        found = self._answers.get(party)
        if found is None:
            if not self._trail.counted(party) and party not in self._parties:
                raise KeyError(party)
            if party in self._seeds:
                found = Affected(Truth.TRUE, None)
            else:
                found = self._trail.answer(party)
            self._answers[party] = found
        return found

    def __contains__(self, party: object) -> bool:
        return isinstance(party, str) and (self._trail.counted(party) or party in self._parties)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._parties))

    def __len__(self) -> int:
        return len(self._parties)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)!r})"

    @property
    def _parties(self) -> set[str]:
        if self._reached is None:
            self._reached = self._trail.reached(self._seeds)
        return self._reached


def affecting(holdings: DaySnapshot, party: str, *, threshold: Fraction) -> set[str]:
    """Who, listed alone, would make a party affected, or may: by at least so much, or by control.

    That is whoever holds so much of it, link by link and in sum, or controls it; itself too.
    """
    tests = (Test(holdings.capital, threshold, inclusive=True), majority(holdings))
    return reaching([party], steps(holdings, tests, lower=False))


def affected(
    holdings: DaySnapshot,
    listed: Iterable[str],
    *,
    threshold: Fraction,
    inclusive: bool,
    aggregate: bool,
    control: bool,
) -> AffectedParties:
    """The answer for every listed party and every party that can be reached from one, by id."""
    seeds = frozenset(listed)
    capital = Test(holdings.capital, threshold, inclusive)
    tests = (capital, majority(holdings)) if control else (capital,)

    def run(*, lower: bool) -> Runs:
        brings = None if lower else _inherited(holdings)
        if control:
            brings = brought(holdings, lower=lower)
        return (propagate if aggregate else propagate_single_seeds)(
            seeds, tests, lower=lower, brings=brings
        )

    certain = run(lower=True)
    settled = certain.settled and not (control and holdings.declared) and not holdings.predecessors
    possible = certain if settled else run(lower=False)
    return AffectedParties(seeds, _Cascade(holdings, certain, possible, tests, control, seeds))


def _inherited(holdings: DaySnapshot) -> Brings | None:
    """For each successor the parties whose place it may have taken, where control does not count.

    What they hold may be its own; where control counts, succession is influence that may be it.
    """
    taken = holdings.predecessors
    return (lambda member: [(party, 0) for party in taken.get(member, ())]) if taken else None


def _succeeds(holdings: DaySnapshot, owner: str, party: str) -> bool:
    return party in holdings.predecessors.get(owner, ())
