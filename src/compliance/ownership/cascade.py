"""The cascade: which parties are affected by listed owners.

A party is affected when affected parties directly hold, in sum (or one alone), at least (or more
than) the threshold; an affected party then counts in full for what it holds. Listed parties are
affected themselves, with no share and no path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership.control import brought, controlled, majority
from compliance.ownership.fixpoint import Growth, Test, grow
from compliance.ownership.holdings import Holdings, between


@dataclass(frozen=True, slots=True)
class Path:
    """A chain from a listed party to the party asked about; `share` is held by the last owner."""

    parties: tuple[str, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Affected:
    """Whether a party is affected, by what share, along which paths.

    `share` is what affected (for its upper end: possibly affected) parties directly hold, in sum
    or, where owners are not added together, the largest of them; None for a listed party.
    """

    truth: Truth
    share: Share | None
    holders: tuple[tuple[str, Share], ...] = ()
    _trail: _Trail | None = field(default=None, repr=False, compare=False)
    _party: str = field(default="", repr=False, compare=False)

    @property
    def paths(self) -> tuple[Path, ...]:
        """One path through each affected direct owner, the largest holding first."""
        trail = self._trail
        if trail is None:
            return ()
        return tuple(
            Path((*trail.down_to(holder), self._party), share) for holder, share in self.holders
        )


@dataclass(frozen=True, slots=True)
class _Trail:
    """How parties came to be affected: an owner always joined before what it made join."""

    holdings: Holdings
    certain: Growth
    possible: Growth
    control: bool

    def down_to(self, party: str) -> tuple[str, ...]:
        chain = [party]
        while (before := self._before(chain[-1])) is not None:
            chain.append(before)
        return tuple(reversed(chain))

    def _before(self, party: str) -> str | None:
        ranks = self.certain.members if party in self.certain.members else self.possible.members
        rank = ranks[party]
        owners = {
            owner: (share.minimum, share.maximum)
            for owner, share in self.holdings.capital.columns.get(party, {}).items()
            if ranks.get(owner, rank) < rank
        }
        if self.control:
            for owner, share, _ in self.holdings.owners(party):
                if owner not in owners and ranks.get(owner, rank) < rank:
                    owners[owner] = (share.minimum, share.maximum)
        if not owners:
            return None
        return min(owners, key=lambda o: (-owners[o][0], -owners[o][1], ranks[o]))


def affected(
    holdings: Holdings,
    listed: Iterable[str],
    *,
    threshold: Fraction,
    inclusive: bool,
    aggregate: bool,
    control: bool,
) -> dict[str, Affected]:
    """The answer for every listed party and every party that can be reached from one, by id."""
    seeds = frozenset(listed)
    capital = Test(holdings.capital, threshold, inclusive, aggregate)
    tests = (capital, majority(holdings)) if control and aggregate else (capital,)

    def run(*, lower: bool) -> Growth:
        if not control:
            return grow(seeds, tests, lower=lower)
        if aggregate:
            return grow(seeds, tests, lower=lower, brings=brought(holdings, lower=lower))
        return grow(
            seeds, tests, lower=lower, brings=lambda o: controlled(holdings, o, lower=lower).members
        )

    certain = run(lower=True)
    settled = holdings.capital.exact and not (
        control and (holdings.declared or not holdings.votes.exact)
    )
    possible = certain if settled else run(lower=False)
    trail = _Trail(holdings, certain, possible, control)
    return {
        party: Affected(Truth.TRUE, None) if party in seeds else _answer(party, capital, trail)
        for party in sorted(_reached(holdings, seeds, control=control))
    }


def _answer(party: str, test: Test, trail: _Trail) -> Affected:
    members = trail.possible.members
    holders = [
        (owner, share)
        for owner, share in test.stakes.columns.get(party, {}).items()
        if owner in members and owner != party
    ]
    if trail.control:
        counted = {owner for owner, _ in holders}
        holders += [
            (owner, share)
            for owner, share, _ in trail.holdings.owners(party)
            if owner in members and owner not in counted and owner != party
        ]
    if len(holders) > 1:
        holders.sort(key=lambda held: (-held[1].minimum, -held[1].maximum, held[0]))
    truth = Truth.FALSE
    if party in trail.certain.members:
        truth = Truth.TRUE
    elif party in members:
        truth = Truth.UNKNOWN
    aggregate = test.aggregate
    low = trail.certain.held(0, test.stakes, party, aggregate=aggregate)
    high = (
        low
        if trail.possible is trail.certain
        else trail.possible.held(0, test.stakes, party, aggregate=aggregate)
    )
    return Affected(truth, between(low, high), tuple(holders), trail, party)


def _reached(holdings: Holdings, seeds: frozenset[str], *, control: bool) -> set[str]:
    reached, todo = set(seeds), list(seeds)
    while todo:
        party = todo.pop()
        found = [owned for owned, _ in holdings.capital.rows.get(party, ())]
        if control:
            found += [owned for owned, _ in holdings.votes.rows.get(party, ())]
            found += [interest.owned for interest in holdings.declared_by.get(party, ())]
        for owned in found:
            if owned not in reached:
                reached.add(owned)
                todo.append(owned)
    return reached
