"""The closure of a set under "its members hold enough": a least fixed point (Kleene iteration).

A party joins when the members directly hold enough of it (a test), or by a link from a member
(declared control). One run on lower ends says who joins for certain; one on upper ends, each capped
by what the lower ends of non-members leave, says who may. Both are monotone in the seeds.

    the seed X holds 30 % of A and 60 % of B, B holds 25 % of A, A holds 10 % of C; more than half:
    wave 1 is X: 60 % of B are held, so B joins; 30 % of A are not enough
    wave 2 is B: 30 + 25 % of A are held, so A joins
    wave 3 is A: 10 % of C are held, so nobody joins. The closure is {X, B, A}

What a party holds of itself (treasury shares) is held by no member. Whether it counts in the whole
that a threshold is a part of, no rule known here says: the lower run counts it, the upper run also
takes the part of what others hold of the party, where it may hold most of itself. A whole wave
joins at once, so that nothing depends on the order of statements.

Cost: linear in the interests of the members; nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from compliance.ownership.bounds import Bound
from compliance.ownership.day_snapshot import Links
from compliance.ownership.share_matrix import Amount, ShareMatrix

_NOBODY: Final[Mapping[str, int]] = MappingProxyType({})
NO_LINKS: Final[Links] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Test:
    """What the members must hold in sum: of which class of interest, and how much."""

    __test__ = False  # not a test case

    matrix: ShareMatrix
    threshold: Fraction
    inclusive: bool

    @property
    def scaled_threshold(self) -> Amount:
        """The threshold over the common denominator of the class."""
        return self.matrix.amount(self.threshold)


@dataclass(frozen=True, slots=True)
class Closure:
    """A finished run: members by rank of joining, and what they hold, test by test."""

    members: dict[str, int]
    counts: tuple[_Count, ...]

    def behind(self, party: str) -> Container[str]:
        """Those because of whom `party` may have joined: every member."""
        del party
        return self.members

    def counted(self, party: str) -> bool:
        """Whether a member holds some of the party, by the first test."""
        return party in self.counts[0].least

    def matrix(self, test: int) -> ShareMatrix:
        """The class of interest that a test counts."""
        return self.counts[test].test.matrix

    def held(self, test: int, party: str) -> Bound:
        """What the members hold of `party`, on this run's end; its own shares do not count."""
        count = self.counts[test]
        value, is_open = count.end(party)
        return Bound(count.test.matrix.fraction(value), is_open)

    def meets(self, test: int, party: str, *, inclusive: bool) -> bool:
        """Whether they hold at least (or more than) the threshold: possibly, in an upper run."""
        count = self.counts[test]
        return count.reached(party, inclusive=inclusive) or count.outstanding(
            party, inclusive=inclusive
        )

    def disregarding(self, test: int, party: str) -> bool:
        """Whether the test is met, but only where the party's own shares are disregarded."""
        count = self.counts[test]
        inclusive = count.test.inclusive
        return not count.reached(party, inclusive=inclusive) and count.outstanding(
            party, inclusive=inclusive
        )

    @property
    def settled(self) -> bool:
        """Whether, of a lower run, the upper one would come to the same by the tests alone."""
        return all(
            count.test.matrix.exact
            and not any(
                party in count.least and party not in self.members
                for party in count.test.matrix.own
            )
            for count in self.counts
        )


def propagate(
    seeds: Iterable[str], tests: tuple[Test, ...], *, lower: bool, links: Links = NO_LINKS
) -> Closure:
    """The least set that holds the seeds and every party that its members make join.

    A party joins by a test or by a link from a member; on lower or on upper ends.
    """
    wave = sorted(set(seeds))
    members = {party: rank for rank, party in enumerate(wave)}
    counts = tuple(_Count(test, lower) for test in tests)
    while wave:
        joining = set[str]()
        for count in counts:
            joining |= count.add(wave, members)
        if links:
            for member in wave:
                joining.update(owned for owned in links.get(member, ()) if owned not in members)
        wave = sorted(joining)
        for party in wave:
            members[party] = len(members)
    return Closure(members, counts)


def tally(test: Test, members: Iterable[str], owned: str, *, lower: bool) -> Closure:
    """What some members hold of one party, as a run tells it that these, and nobody else, joined.

    Nothing is said of other parties.
    """
    ranks = {party: rank for rank, party in enumerate(members)}
    count = _Count(test, lower)
    count.take(ranks, owned)
    return Closure(ranks, (count,))


@dataclass(slots=True)
class _Count:
    """What the members hold of each party, by one test, over the common denominator."""

    test: Test
    lower: bool
    least: dict[str, Amount] = field(default_factory=dict)
    most: dict[str, Amount] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)  # members whose lower end is open
    high_opens: set[str] = field(default_factory=set)
    scaled_threshold: Amount = field(init=False)

    def __post_init__(self) -> None:
        self.scaled_threshold = self.test.scaled_threshold

    def add(self, wave: list[str], members: Container[str]) -> set[str]:
        """Count what new members hold; the parties that meet the test now."""
        one_end = self.lower or self.test.matrix.exact
        near = self._add_low(wave) if one_end else self._add_both(wave)
        inclusive = self.test.inclusive
        return {
            party
            for party in near
            if party not in members
            and (
                self.reached(party, inclusive=inclusive)
                or self.outstanding(party, inclusive=inclusive)
            )
        }

    def take(self, members: Container[str], owned: str) -> None:
        """Count what members hold of one party."""
        for owner, (low, high, low_open, high_open) in self.test.matrix.weighed(owned):
            if owner in members and owner != owned:
                self.least[owned] = self.least.get(owned, 0) + low
                self.most[owned] = self.most.get(owned, 0) + high
                self.opens[owned] = self.opens.get(owned, 0) + low_open
                if high_open:
                    self.high_opens.add(owned)

    @property
    def _own(self) -> Mapping[str, int]:
        """The parties of which less than the threshold may be enough."""
        return _NOBODY if self.lower else self.test.matrix.own

    def _add_low(self, wave: list[str]) -> set[str]:
        """Add lower ends up; the parties of which enough may now be held."""
        matrix, least, opens, near = self.test.matrix, self.least, self.opens, set[str]()
        scaled_threshold, own = self.scaled_threshold, self._own
        for member in wave:
            for owned, (low, _, low_open, _) in matrix.below(member):
                if owned != member:
                    total = least[owned] = least.get(owned, 0) + low
                    if low_open:
                        opens[owned] = opens.get(owned, 0) + 1
                    if total >= scaled_threshold or owned in own:
                        near.add(owned)
        return near

    def _add_both(self, wave: list[str]) -> set[str]:
        """Add both ends up; the parties of which enough may now be held."""
        matrix, most, near = self.test.matrix, self.most, self._add_low(wave)
        scaled_threshold, own = self.scaled_threshold, self._own
        for member in wave:
            for owned, (_, high, _, high_open) in matrix.below(member):
                if owned != member:
                    total = most[owned] = most.get(owned, 0) + high
                    if high_open:
                        self.high_opens.add(owned)
                    if total >= scaled_threshold or owned in own:
                        near.add(owned)
        return near

    def reached(self, party: str, *, inclusive: bool) -> bool:
        """Whether the threshold is reached: certainly (lower run) or possibly (upper run).

        What the lower ends reach is reached in both, also where statements cannot all be true.
        """
        least = self.least.get(party, 0)
        if least > self.scaled_threshold:
            return True
        if least == self.scaled_threshold and (inclusive or self.opens.get(party, 0) > 0):
            return True
        if self.lower:
            return False
        value, is_open = self.end(party)
        return value > self.scaled_threshold or (
            value == self.scaled_threshold and inclusive and not is_open
        )

    def outstanding(self, party: str, *, inclusive: bool) -> bool:
        """Whether (upper run) it may be reached of what the party does not hold of itself.

        With at most `most` held by members and at least `others` by others, the part m / (1 - own)
        is largest where the party holds just what both leave to it, or comes nearest to that.
        """
        row = self._own.get(party)
        if row is None:
            return False
        matrix = self.test.matrix
        whole, least = matrix.scale, self.least.get(party, 0)
        most, is_open = least, self.opens.get(party, 0) > 0
        if not matrix.exact:
            most, is_open = self.most.get(party, 0), party in self.high_opens
        low, high, low_open, high_open = matrix.weights[row]
        total, opens = matrix.stated(party)
        if total > whole:  # oversubscribed: nothing caps anything
            own, held, is_open = high, most, is_open or high_open
        else:
            others = total - low - least
            others_open = opens > self.opens.get(party, 0) + low_open
            own = min(high, max(low, whole - most - others))
            left = whole - own - others
            held = min(most, left)
            is_open = (
                (is_open and held == most)
                or (others_open and held == left)
                or (high_open and own == high)
                or (low_open and own == low)
            )
            if held == left and not others and not others_open:
                is_open = False  # all that is outstanding, however much that is
        reach, goal = held * whole, self.scaled_threshold * (whole - own)
        if not held or reach < goal:
            return False
        return reach > goal or (inclusive and not is_open)

    def end(self, party: str) -> tuple[Amount, bool]:
        """The end of what the members hold: the lower or the capped upper one, and if it is open.

        The cap is what the lower ends of the others leave, unless the statements add up to more
        than the whole.
        """
        least = self.least.get(party, 0)
        if self.lower or self.test.matrix.exact:
            return least, self.opens.get(party, 0) > 0
        most, is_open = self.most.get(party, 0), party in self.high_opens
        if not most:
            return 0, False
        total, opens = self.test.matrix.stated(party)
        left = self.test.matrix.scale - total + least
        if left > most or left < least:  # no cap, or oversubscribed
            return most, is_open
        return left, opens > self.opens.get(party, 0) or (left == most and is_open)
