"""The least fixpoint behind the cascade and behind control: who joins a set that grows.

A party joins when the members directly hold enough of it (a test), or when a member brings it in
(declared control). One run on lower ends says who joins for certain; one on upper ends, each capped
by what the lower ends of non-members leave, says who may. Both are monotone in the seeds. Members
join in waves, so that nothing depends on the order of statements. Cost is linear in the interests
of the members: nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from compliance.ownership.ends import End
from compliance.ownership.stakes import Amount, Stakes

# For a member: the parties that join because it did, each with its place among them.
Brings = Callable[[str], Iterable[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Test:
    """What must be held: the class of interest, how much, and by all members or by one alone."""

    __test__ = False  # not a test case

    stakes: Stakes
    threshold: Fraction
    inclusive: bool
    aggregate: bool = True


@dataclass(frozen=True, slots=True)
class Growth:
    """A finished run: members by rank of joining, and what they hold, test by test."""

    members: dict[str, int]
    counts: tuple[_Count, ...]

    def held(self, test: int, party: str) -> End:
        """What the members hold of `party`, on this run's end; its own shares do not count."""
        count = self.counts[test]
        value, is_open = count.end(party)
        return End(count.test.stakes.fraction(value), is_open)


def grow(
    seeds: Iterable[str], tests: tuple[Test, ...], *, lower: bool, brings: Brings | None = None
) -> Growth:
    """Run the fixpoint from `seeds` on lower or on upper ends."""
    wave = sorted(set(seeds))
    members = {party: rank for rank, party in enumerate(wave)}
    counts = tuple(_Count(test, lower) for test in tests)
    while wave:
        joining: dict[str, int] = {}
        for count in counts:
            joining.update(dict.fromkeys(count.add(wave, members), 0))
        if brings is not None:
            for member in wave:
                for owned, place in brings(member):
                    if owned not in members and place < joining.get(owned, place + 1):
                        joining[owned] = place
        wave = sorted(joining, key=lambda party: (joining[party], party))
        for party in wave:
            members[party] = len(members)
    return Growth(members, counts)


@dataclass(slots=True)
class _Count:
    """What the members hold of each party, by one test, over the common denominator."""

    test: Test
    lower: bool
    least: dict[str, Amount] = field(default_factory=dict)
    most: dict[str, Amount] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)  # members whose lower end is open
    high_opens: set[str] = field(default_factory=set)

    def add(self, wave: list[str], members: Container[str]) -> set[str]:
        """Count what new members hold; the parties that meet the test now."""
        bar = self.test.stakes.amount(self.test.threshold)
        if not self.test.aggregate:
            near = self._take_all(wave, bar)
        elif self.lower or self.test.stakes.exact:
            near = self._add_low(wave, bar)
        else:
            near = self._add_both(wave, bar)
        return {party for party in near if party not in members and self._met(party, bar)}

    def _add_low(self, wave: list[str], bar: Amount) -> set[str]:
        """Add lower ends up; the parties of which enough may now be held."""
        stakes, least, opens, near = self.test.stakes, self.least, self.opens, set[str]()
        for member in wave:
            for owned, (low, _, low_open, _) in stakes.below(member):
                if owned != member:
                    total = least[owned] = least.get(owned, 0) + low
                    if low_open:
                        opens[owned] = opens.get(owned, 0) + 1
                    if total >= bar:
                        near.add(owned)
        return near

    def _add_both(self, wave: list[str], bar: Amount) -> set[str]:
        """Add both ends up; the parties of which enough may now be held."""
        stakes, most, near = self.test.stakes, self.most, self._add_low(wave, bar)
        for member in wave:
            for owned, (_, high, _, high_open) in stakes.below(member):
                if owned != member:
                    total = most[owned] = most.get(owned, 0) + high
                    if high_open:
                        self.high_opens.add(owned)
                    if total >= bar:
                        near.add(owned)
        return near

    def _take_all(self, wave: list[str], bar: Amount) -> set[str]:
        """Keep the largest single holdings; the parties of which enough may now be held."""
        near = set[str]()
        for member in wave:
            for owned, (low, high, low_open, high_open) in self.test.stakes.below(member):
                if owned == member:
                    continue
                least = (low, low_open)
                if least > (self.least.get(owned, 0), self.opens.get(owned, 0) > 0):
                    self.least[owned], self.opens[owned] = low, int(low_open)
                if (high, not high_open) > (self.most.get(owned, 0), owned not in self.high_opens):
                    self.most[owned] = high
                    (self.high_opens.add if high_open else self.high_opens.discard)(owned)
                if self.most.get(owned, 0) >= bar:
                    near.add(owned)
        return near

    def _met(self, party: str, bar: Amount) -> bool:
        """Whether the threshold is reached: certainly (lower run) or possibly (upper run)."""
        value, is_open = self.end(party)
        if value != bar:
            return value > bar
        if self.lower:
            return self.test.inclusive or is_open
        return self.test.inclusive and not is_open

    def end(self, party: str) -> tuple[Amount, bool]:
        """The end of what the members hold: the lower or the capped upper one, and if it is open.

        The cap is what the lower ends of the others leave, unless the statements add up to more
        than the whole.
        """
        least = self.least.get(party, 0)
        if self.lower or self.test.stakes.exact:
            return least, self.opens.get(party, 0) > 0
        most, is_open = self.most.get(party, 0), party in self.high_opens
        if not most:
            return 0, False
        total, opens = self.test.stakes.stated(party)
        left = self.test.stakes.scale - total + least
        if left > most or left < least:  # no cap, or oversubscribed
            return most, is_open
        if not self.test.aggregate:
            return left, is_open and left == most
        return left, opens > self.opens.get(party, 0) or (left == most and is_open)
