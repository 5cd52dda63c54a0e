"""Closures from single seeds, for rules that do not add several owners together.

Such a rule asks whether one listed party, with all that it owns or controls, reaches the threshold:
its own chains are added up, those of several listed parties are not. So the closure is taken of
each of them alone; what holds of the rule is what holds of one of these runs.

    X holds 100 % of S and 30 % of A, S holds 15 % of A, Y holds 30 % of A; more than half:
    from X alone: S joins; 30 + 15 % of A are held, not enough
    from Y alone: 30 % of A are held, not enough
    so A is not affected, though all of them together hold 75 %

Cost: a run of the closure for each seed that no earlier run holds.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from compliance.ownership.bounds import ZERO, Bound
from compliance.ownership.closure import NO_LINKS, Closure, Test, propagate
from compliance.ownership.day_snapshot import Links
from compliance.ownership.share_matrix import ShareMatrix


@dataclass(frozen=True)
class SingleSeedClosures:
    """Finished runs from single starts: members of any, ranked run after run.

    A start that an earlier run already holds has no run of its own: what it adds is there.
    """

    tests: tuple[Test, ...]
    runs: tuple[Closure, ...]

    @cached_property
    def members(self) -> Mapping[str, int]:
        """Who joined some run, by rank of first joining: after those because of whom it did."""
        members: dict[str, int] = {}
        for run in self.runs:
            for party in run.members:
                members.setdefault(party, len(members))
        return members

    @cached_property
    def _by_party(self) -> Mapping[str, list[Closure]]:
        """The runs whose members hold some of a party."""
        return self._inverted(lambda run: {p for count in run.counts for p in count.least})

    @cached_property
    def _by_member(self) -> Mapping[str, list[Closure]]:
        """The runs that each member joined."""
        return self._inverted(lambda run: run.members)

    def _inverted(self, parties: Callable[[Closure], Iterable[str]]) -> dict[str, list[Closure]]:
        """The runs by each of some parties that a run has."""
        runs_of: dict[str, list[Closure]] = {}
        for run in self.runs:
            for party in parties(run):
                runs_of.setdefault(party, []).append(run)
        return runs_of

    def _touching(self, party: str) -> Iterable[Closure]:
        return self._by_party.get(party, ())

    def behind(self, party: str) -> Container[str]:
        """The members of the runs that the party joined or, if none, of all."""
        joined = self._by_member.get(party)
        return ChainMap(*(run.members for run in joined)) if joined else self.members

    def counted(self, party: str) -> bool:
        """Whether a member holds some of the party, by the first test."""
        return any(party in run.counts[0].least for run in self._touching(party))

    def matrix(self, test: int) -> ShareMatrix:
        """The class of interest that a test counts."""
        return self.tests[test].matrix

    def held(self, test: int, party: str) -> Bound:
        """The most that the members of one run hold of `party`."""
        ends = [run.held(test, party) for run in self._touching(party)]
        return max(ends, key=lambda end: (end.value, end.open == self._lower), default=Bound(ZERO))

    @property
    def _lower(self) -> bool:
        """Whether an end that excludes its point is the higher one of two."""
        return bool(self.runs) and self.runs[0].counts[0].lower

    def disregarding(self, test: int, party: str) -> bool:
        """Whether a run meets the test only where the party's own shares are disregarded."""
        only = [run.disregarding(test, party) for run in self._touching(party)]
        if not any(only):
            return False
        inclusive = self.tests[test].inclusive
        met = (run.meets(test, party, inclusive=inclusive) for run in self._touching(party))
        return all(own for own, met_by in zip(only, met, strict=True) if met_by)

    @property
    def settled(self) -> bool:
        """Whether, of lower runs, the upper ones would come to the same by the tests alone."""
        return all(run.settled for run in self.runs)


Runs = Closure | SingleSeedClosures


def propagate_single_seeds(
    seeds: Iterable[str], tests: tuple[Test, ...], *, lower: bool, links: Links = NO_LINKS
) -> SingleSeedClosures:
    """Run the fixpoint from each start alone, in order of id."""
    runs: list[Closure] = []
    within: set[str] = set()
    for start in sorted(set(seeds)):
        if start not in within:
            run = propagate((start,), tests, lower=lower, links=links)
            runs.append(run)
            within.update(run.members)
    return SingleSeedClosures(tests, tuple(runs))
