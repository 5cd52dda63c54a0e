"""The fixpoint asked from below: from whom alone a set would grow that reaches some party.

A party joins because one member is enough for it (a step), or because several are that alone are
not. So whoever stands above by steps alone starts such a set, and needs no run. Where several
together may be enough, those who stand above two of them and take a step anywhere on the way are
asked by a run of their own.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from compliance.ownership.closure import Brings, Test, propagate, tally
from compliance.ownership.share_matrix import Amount

# For a party: some of its owners.
Owners = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Steps:
    """How a party joins, by one end of all interests: by which tests, and brought in by whom.

    `bringing` is `brings` from the other side; `owners` are all direct owners of a party, of every
    kind of interest.
    """

    tests: tuple[Test, ...]
    lower: bool
    brings: Brings | None
    bringing: Owners
    owners: Owners

    def to(self, owned: str) -> tuple[set[str], list[list[str]]]:
        """Who alone is enough for a party to join; and, by test, others that may be together."""
        enough = set(self.bringing(owned))
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

    def first(self, parties: Iterable[str]) -> set[str]:
        """Who is enough alone for one of some parties."""
        return {owner for owned in parties for owner in self.to(owned)[0]}


def reaching(targets: Iterable[str], steps: Steps) -> set[str]:
    """The parties from which alone `propagate` reaches some target, the targets among them."""
    found, asked = set(targets), set[str]()
    todo, together, waiting = list(found), list[list[str]](), deque[str]()
    leading: set[str] | None = None
    while todo or together or waiting:
        if todo:
            owned = todo.pop()
            enough, others = steps.to(owned)
            together += others
            todo += enough - found
            found |= enough
        elif together:
            if leading is None:
                leading = steps.first(_above(found, steps.owners))
            waiting += _above_two(together.pop(), steps.owners, leading)
        elif (party := waiting.popleft()) not in asked and party not in found:
            asked.add(party)
            run = propagate((party,), steps.tests, lower=steps.lower, brings=steps.brings)
            if not found.isdisjoint(run.members):
                found.add(party)
                todo.append(party)
    return found


def _above(parties: Iterable[str], owners: Owners) -> dict[str, None]:
    """Some parties and everybody above them, the nearest first."""
    above = dict.fromkeys(parties)
    todo = deque(above)
    while todo:
        fresh = [owner for owner in owners(todo.popleft()) if owner not in above]
        above.update(dict.fromkeys(fresh))
        todo += fresh
    return above


def _above_two(holders: Iterable[str], owners: Owners, among: set[str]) -> list[str]:
    """Who stands above two of some holders, or is one of them and stands above another."""
    if not among:
        return []
    times = Counter(party for holder in holders for party in _above((holder,), owners))
    return [party for party, count in times.items() if count > 1 and party in among]
