"""The least fixpoint behind the cascade and behind control: who joins a set that grows.

A party joins when the members directly hold enough of it (a test), or when a member brings it in
(declared control). One run on lower ends says who joins for certain; one on upper ends, each capped
by what the lower ends of non-members leave, says who may. Both are monotone in the seeds. Cost is
linear in the interests of the members.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from compliance.model.share import Share
from compliance.ownership.holdings import ZERO, End, Stakes


@dataclass(frozen=True, slots=True)
class Test:
    """What must be held: the class of interest, how much, and by all members or by one alone."""

    __test__ = False  # not a test case

    stakes: Stakes
    threshold: Fraction
    inclusive: bool
    aggregate: bool = True

    def met_by(self, end: End, *, lower: bool) -> bool:
        """Whether the end reaches the threshold: certainly (lower) or possibly (upper)."""
        if end.value != self.threshold:
            return end.value > self.threshold
        if lower:
            return self.inclusive or end.open
        return self.inclusive and not end.open


@dataclass(slots=True)
class _Sum:
    """What the members hold of one party."""

    least: Fraction = ZERO
    most: Fraction = ZERO
    least_open: bool = False
    most_open: bool = False
    open_members: int = 0

    def add(self, share: Share) -> None:
        exact_so_far = self.most is self.least
        self.least = self.least + share.minimum if self.least else share.minimum
        self.least_open = self.least_open or share.exclusive_minimum
        self.open_members += share.exclusive_minimum
        if exact_so_far and share.is_exact:
            self.most = self.least
        else:
            self.most += share.maximum
        self.most_open = self.most_open or share.exclusive_maximum

    def take(self, share: Share) -> None:
        """Keep the largest single holding."""
        least = (share.minimum, share.exclusive_minimum)
        self.least, self.least_open = max((self.least, self.least_open), least)
        if (share.maximum, not share.exclusive_maximum) > (self.most, not self.most_open):
            self.most, self.most_open = share.maximum, share.exclusive_maximum


@dataclass(slots=True)
class Growth:
    """A finished run: members by rank of joining, and what they hold, test by test."""

    members: dict[str, int]
    lower: bool
    sums: tuple[dict[str, _Sum], ...] = field(default=())

    def held(self, test: int, stakes: Stakes, party: str, *, aggregate: bool = True) -> End:
        """What the members hold of `party`, on this run's end; its own shares do not count."""
        return _end(self.sums[test].get(party), stakes, party, self.lower, aggregate)


def grow(
    seeds: Iterable[str],
    tests: tuple[Test, ...],
    *,
    lower: bool,
    brings: Callable[[str], Iterable[str]] | None = None,
) -> Growth:
    """Run the fixpoint from `seeds` on lower or on upper ends.

    `brings(member)` gives the parties that join because that member did, whatever it holds.
    """
    members = {party: rank for rank, party in enumerate(sorted(seeds))}
    growth = Growth(members, lower, tuple({} for _ in tests))
    todo = deque(members)
    while todo:
        member = todo.popleft()
        joining = [
            owned
            for test, sums in zip(tests, growth.sums, strict=True)
            for owned in _met(member, test, sums, members, lower=lower)
        ]
        if brings is not None:
            joining.extend(brings(member))
        for owned in joining:
            if owned not in members:
                members[owned] = len(members)
                todo.append(owned)
    return growth


def _met(
    member: str, test: Test, sums: dict[str, _Sum], members: Container[str], *, lower: bool
) -> Iterator[str]:
    """Count what a new member holds; the parties for which the test is now met."""
    for owned, share in test.stakes.rows.get(member, ()):
        if owned == member:
            continue
        total = sums.get(owned)
        if total is None:
            total = sums[owned] = _Sum()
        if test.aggregate:
            total.add(share)
        else:
            total.take(share)
        if owned not in members and test.met_by(
            _end(total, test.stakes, owned, lower, test.aggregate), lower=lower
        ):
            yield owned


def _end(total: _Sum | None, stakes: Stakes, party: str, lower: bool, aggregate: bool) -> End:  # noqa: FBT001 - private, called with names of the same meaning
    if total is None:
        return End(ZERO)
    if lower or stakes.exact:
        return End(total.least, total.least_open)
    most = End(total.most, total.most_open)
    left = 1 - stakes.least(party).value + total.least
    if left > most.value or left < total.least:  # no cap, or oversubscribed
        return most
    if not aggregate:
        return most if left > most.value else End(left, most.open and left == most.value)
    opens = sum(s.exclusive_minimum for s in stakes.columns[party].values())
    others_open = opens > total.open_members
    return End(left, others_open or (left == most.value and most.open))
