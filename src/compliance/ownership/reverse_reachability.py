"""Reverse reachability: from which single parties a closure would reach some target.

The closure (`closure.propagate`) asked backwards. Whoever alone is enough for a party to join is
one step above it, and needs no run. Where only several together may be enough, whoever stands above
two of them, and is enough alone for somebody on the way, is asked by a run of its own.

    B and C hold 30 % each of T, D holds 70 % of B and of C, E holds 55 % of D; at half and above:
    into T nobody takes a step alone; B and C may together; D stands above both of them
    the run from D: B and C join, then T with 30 + 30 = 60 %; so D reaches T
    into D: E alone. The answer for T is {T, D, E}

Cost: linear in the interests above the targets, and one run for each party above two holders.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from compliance.model.truth import Truth
from compliance.ownership.closure import Closure, Test, propagate, tally
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.share_matrix import Amount


@dataclass(frozen=True)
class Steps:
    """How parties join on a day: by some tests, on one end of all shares, and as declared."""

    holdings: DaySnapshot
    tests: tuple[Test, ...]
    lower: bool

    def run(self, party: str) -> Closure:
        """What joins because of one party."""
        links = self.holdings.declared_control(lower=self.lower)
        return propagate((party,), self.tests, lower=self.lower, links=links)

    def to(self, owned: str) -> tuple[set[str], list[list[str]]]:
        """Who alone is enough for a party to join; and, by test, others that may be together."""
        enough = {
            interest.owner
            for interest in self.holdings.declared.get(owned, ())
            if not self.lower or interest.declares_control is Truth.TRUE
        }
        columns = [self._column(test, owned) for test in self.tests]
        for test, scaled_threshold, column in zip(
            self.tests, self.scaled_thresholds, columns, strict=True
        ):
            for owner, held in column.items():
                may = held >= scaled_threshold or self._counts_less(test, owned)
                if may and self._is_enough(test, owner, owned, surely=held > scaled_threshold):
                    enough.add(owner)
        together = []
        for test, scaled_threshold, column in zip(
            self.tests, self.scaled_thresholds, columns, strict=True
        ):
            rest = column.keys() - enough if len(column) > 1 else ()
            if len(rest) > 1 and (
                sum(column[owner] for owner in rest) >= scaled_threshold
                or self._counts_less(test, owned)
            ):
                together.append(sorted(rest))
        return enough, together

    @cached_property
    def scaled_thresholds(self) -> tuple[Amount, ...]:
        """The threshold of each test, in the arithmetic of its class."""
        return tuple(test.scaled_threshold for test in self.tests)

    def _column(self, test: Test, owned: str) -> dict[str, Amount]:
        """What each other party holds of one, as stated, on this end."""
        end = 0 if self.lower else 1
        return {
            owner: weight[end] for owner, weight in test.matrix.weighed(owned) if owner != owned
        }

    def _counts_less(self, test: Test, owned: str) -> bool:
        """Whether less than the threshold may be enough, for the party may hold itself."""
        return not self.lower and test.matrix.holds_itself(owned)

    def _is_enough(self, test: Test, owner: str, owned: str, *, surely: bool) -> bool:
        """Whether one owner meets a test; `surely`: it does so by what is stated of it."""
        if surely and (self.lower or test.matrix.exact):
            return True
        alone = tally(test, (owner,), owned, lower=self.lower)
        return alone.meets(0, owned, inclusive=test.inclusive)

    def above(self, parties: Iterable[str]) -> dict[str, None]:
        """Some parties and everybody above them, the nearest first."""
        above = dict.fromkeys(parties)
        todo = deque(above)
        while todo:
            fresh = [owner for owner in self.holdings.direct(todo.popleft()) if owner not in above]
            above.update(dict.fromkeys(fresh))
            todo += fresh
        return above

    def above_two(self, holders: Iterable[str], among: set[str]) -> list[str]:
        """Who stands above two of some holders, or is one of them and stands above another."""
        if not among:
            return []
        times = Counter(party for holder in holders for party in self.above((holder,)))
        return [party for party, count in times.items() if count > 1 and party in among]


def reaching(targets: Iterable[str], steps: Steps) -> set[str]:
    """The parties from which alone `propagate` reaches some target, the targets among them."""
    sources, asked = set(targets), set[str]()
    todo, together, waiting = list(sources), list[list[str]](), deque[str]()
    stepping: set[str] | None = None
    while todo or together or waiting:
        if todo:
            enough, several = steps.to(todo.pop())
            together += several
            todo += enough - sources
            sources |= enough
        elif together:
            if stepping is None:
                stepping = {owner for owned in steps.above(sources) for owner in steps.to(owned)[0]}
            waiting += steps.above_two(together.pop(), stepping)
        elif (party := waiting.popleft()) not in asked and party not in sources:
            asked.add(party)
            if not sources.isdisjoint(steps.run(party).members):
                sources.add(party)
                todo.append(party)
    return sources
