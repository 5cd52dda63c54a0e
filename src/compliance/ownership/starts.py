"""The fixpoint asked from below: from whom alone a set would grow that reaches some party.

A party joins because one member is enough for it (a step), or because several are that alone are
not. So whoever stands above by steps alone starts such a set, and needs no run. Where several
together may be enough, those who stand above two of them and take a step anywhere on the way are
asked by a run of their own.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from compliance.ownership.fixpoint import Brings, Test, grow, tally

# For a party: some of its owners.
Owners = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
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

    def to(self, owned: str) -> set[str]:
        """Who alone is enough for a party to join."""
        enough = set(self.bringing(owned))
        for test in self.tests:
            for owner in self._heavy(test, owned):
                held = tally(test, (owner,), owned, lower=self.lower)
                if held.meets(0, owned, inclusive=test.inclusive):
                    enough.add(owner)
        return enough

    def _heavy(self, test: Test, owned: str) -> Iterator[str]:
        """Who may alone meet a test of a party, by the plain end of its share."""
        least = test.bar if self.lower or owned not in test.stakes.own else 0
        for owner, weight in test.stakes.weighed(owned):
            if owner != owned and (weight.low if self.lower else weight.high) >= least:
                yield owner

    def apart(self, owned: str, enough: set[str]) -> Iterator[list[str]]:
        """By each test, the holders that may be enough together, each of them alone not being."""
        for test in self.tests:
            held = {
                owner: weight.low if self.lower else weight.high
                for owner, weight in test.stakes.weighed(owned)
                if owner != owned and owner not in enough
            }
            own = not self.lower and owned in test.stakes.own
            if len(held) > 1 and (own or sum(held.values()) >= test.bar):
                yield list(held)

    def first(self, parties: Iterable[str]) -> set[str]:
        """Who may alone be enough for one of some parties."""
        return {
            owner
            for owned in parties
            for found in (self.bringing(owned), *(self._heavy(t, owned) for t in self.tests))
            for owner in found
        }


def starts(targets: Iterable[str], steps: Steps) -> set[str]:
    """The parties from which alone `grow` reaches some target, the targets among them."""
    found, asked = set(targets), set[str]()
    todo, together, waiting = list(found), list[list[str]](), deque[str]()
    leading: set[str] | None = None
    while todo or together or waiting:
        if todo:
            owned = todo.pop()
            enough = steps.to(owned)
            together += steps.apart(owned, enough)
            todo += enough - found
            found |= enough
        elif together:
            if leading is None:
                leading = steps.first(_above(found, steps.owners))
            waiting += _above_two(together.pop(), steps.owners, leading)
        elif (party := waiting.popleft()) not in asked and party not in found:
            asked.add(party)
            run = grow((party,), steps.tests, lower=steps.lower, brings=steps.brings)
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
