"""The cascade: which parties are affected by listed owners (the OFAC 50 percent rule and its kin).

A least fixed point (`closure`): a party is affected when affected parties directly hold, in sum, at
least (or more than) the threshold; an affected party then counts in full for what it holds. Without
aggregation the sum is that of one listed party and those affected through it alone. Listed parties
are affected themselves, with no share and no path. Where the threshold is reached only if what a
party holds of itself is disregarded, the answer is unknown, and a diagnosis says so.

    X is listed and holds 50 % of A and 10 % of B; A holds 50 % of C; C holds 40 % of B
    A is affected (50 %), then C (50 % through A, though X's product is 25 %), then B (10 + 40 %)
    with 25 % of A instead X would affect nobody: what an unaffected A holds does not count at all

Cost: linear in the interests of the parties affected; each answer in those of its direct owners.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.bounds import between
from compliance.ownership.closure import NO_LINKS, Test, propagate
from compliance.ownership.control import majority
from compliance.ownership.data_quality import Diagnosis, diagnose, treasuries
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.paths import Path
from compliance.ownership.provenance import Provenance
from compliance.ownership.reverse_reachability import Steps, reaching
from compliance.ownership.single_seed import Runs, propagate_single_seeds

_MOST: Final = 10  # paths that an answer carries itself
_LONGEST: Final = 50  # parties of such a path


@dataclass(frozen=True, slots=True)
class Affected:
    """Whether a party is affected, by what share, along which paths.

    `share` is what affected (for its upper end: possibly affected) parties directly hold in sum or,
    where listed parties are not added together, the most that one of them and those affected
    through it hold; None for a listed party. `paths` are one through each of the ten largest
    affected direct owners, the largest holding first; of a chain of more than fifty parties the
    last fifty, the first of whom is affected itself. `AffectedParties.paths` tells all in full.
    """

    truth: Truth
    share: Share | None
    paths: tuple[Path, ...] = ()


_LISTED: Final = Affected(Truth.TRUE, None)


class _Cascade(Provenance):
    """How parties came to be affected: an owner always joined before what it made join."""

    def __init__(
        self,
        holdings: DaySnapshot,
        tests: tuple[Test, ...],
        runs: tuple[Runs, Runs],
        seeds: frozenset[str],
    ) -> None:
        super().__init__(*runs, seeds)
        self.holdings = holdings
        self.tests = tests
        self.control = len(tests) > 1

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
        paths = tuple(
            Path((*self.chain(holder, _LONGEST - 1), party), share)
            for holder, share in self.direct(party)[:_MOST]
        )
        return Affected(truth, between(low, high), paths)

    def counted(self, party: str) -> bool:
        """Whether a member holds some of the party: then it is reached without a search."""
        return self.possible.counted(party)

    def holders(self, party: str, members: Container[str]) -> list[tuple[str, Share]]:
        """The direct owners among some members: by capital and, if control counts, by any means."""
        column = self.holdings.capital.column(party)
        holders = [(o, share) for o, share in column.items() if o in members and o != party]
        by_any = self.control or party in self.holdings.ended
        if by_any:
            counted = {owner for owner, _ in holders}
            for owner, share, _ in self.holdings.owners(party):
                if owner in members and owner not in counted and owner != party:
                    if not self.control and not _succeeds(self.holdings, owner, party):
                        continue
                    counted.add(owner)
                    holders.append((owner, share))
        if len(holders) > 1:
            holders.sort(key=lambda held: (-held[1].minimum, -held[1].maximum, held[0]))
        return holders

    def origins(self, party: str) -> tuple[str, ...]:
        """The listed parties behind a party, through parties affected like itself."""
        runs = self.runs_of(party)
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

    def reached(self) -> set[str]:
        """Everybody who can be reached from the seeds by what may count."""
        reached = set(self.seeds)
        todo, capital = list(reached), self.holdings.capital
        votes = self.holdings.votes if self.control else None
        while todo:
            party = todo.pop()
            below = [owned for owned, _ in capital.below(party)]
            if votes is not None:
                below += [owned for owned, _ in votes.below(party)]
                below += [i.owned for i in self.holdings.declared_by.get(party, ())]
            below += self.holdings.predecessors.get(party, ())
            for owned in below:
                if owned not in reached:
                    reached.add(owned)
                    todo.append(owned)
        return reached

    def diagnoses(self, party: str) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        above = self.holdings.above([party])
        own = treasuries(self.certain, self.possible, above, self.counted_in)
        return tuple(sorted({*diagnose(self.holdings, above), *own}))


class AffectedParties(Mapping[str, Affected]):
    """The answer for every listed party and every party that can be reached from one, by id.

    Who joins is known at once; the answer for one party, and what proves it, is made when it is
    asked for. Of a listed party itself nothing is to be proved.

    Raises:
        KeyError: the party is not listed and cannot be reached; so with every proof below.
    """

    __slots__ = ("_answers", "_cascade", "_reached", "_seeds")

    def __init__(self, seeds: frozenset[str], cascade: _Cascade) -> None:
        self._seeds = seeds
        self._cascade = cascade
        self._reached: set[str] | None = None
        self._answers: dict[str, Affected] = {}

    @property
    def certain(self) -> frozenset[str]:
        """The parties that are affected, the listed ones among them."""
        return frozenset(self._cascade.certain.members)

    @property
    def possible(self) -> frozenset[str]:
        """The parties of which it is unknown."""
        return frozenset(self._cascade.possible.members).difference(self._cascade.certain.members)

    def __getitem__(self, party: str) -> Affected:
        answer = self._answers.get(party)
        if answer is None:
            answer = self._cascade.answer(party) if self._open(party) else _LISTED
            self._answers[party] = answer
        return answer

    def holders(self, party: str) -> tuple[tuple[str, Share], ...]:
        """The affected direct owners with what each holds, the largest first."""
        return tuple(self._cascade.direct(party)) if self._open(party) else ()

    def paths(self, party: str) -> tuple[Path, ...]:
        """One path through each affected direct owner, the largest holding first."""
        return self._cascade.paths(party) if self._open(party) else ()

    def origins(self, party: str) -> tuple[str, ...]:
        """The listed parties behind it, by id; where it is affected, through affected parties only.

        Where the most restrictive of the owners' requirements applies, these are the owners.
        """
        return self._cascade.origins(party) if self._open(party) else ()

    def diagnoses(self, party: str) -> tuple[Diagnosis, ...]:
        """What is wrong or peculiar in the statements on the party and those above it."""
        return self._cascade.diagnoses(party) if self._open(party) else ()

    def _open(self, party: str) -> bool:
        """Whether the party is not listed, so that there is something to answer."""
        if party not in self:
            raise KeyError(party)
        return party not in self._seeds

    def __contains__(self, party: object) -> bool:
        return isinstance(party, str) and (self._cascade.counted(party) or party in self._parties)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._parties))

    def __len__(self) -> int:
        return len(self._parties)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)!r})"

    @property
    def _parties(self) -> set[str]:
        if self._reached is None:
            self._reached = self._cascade.reached()
        return self._reached


def affecting(holdings: DaySnapshot, party: str, *, threshold: Fraction) -> set[str]:
    """Who, listed alone, would make a party affected, or may: by at least so much, or by control.

    That is whoever holds so much of it, link by link and in sum, or controls it; itself too.
    """
    tests = (Test(holdings.capital, threshold, inclusive=True), majority(holdings))
    return reaching([party], Steps(holdings, tests, lower=False))


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
        links = NO_LINKS if lower else holdings.predecessors
        if control:
            links = holdings.declared_control(lower=lower)
        spread = propagate if aggregate else propagate_single_seeds
        return spread(seeds, tests, lower=lower, links=links)

    certain = run(lower=True)
    settled = certain.settled and not (control and holdings.declared) and not holdings.predecessors
    possible = certain if settled else run(lower=False)
    return AffectedParties(seeds, _Cascade(holdings, tests, (certain, possible), seeds))


def _succeeds(holdings: DaySnapshot, owner: str, party: str) -> bool:
    return party in holdings.predecessors.get(owner, ())
