"""Provenance: how a party came to be a member of a closure, as one chain down from a seed.

A spanning forest: a member joined because of members that joined before it, and is told through the
largest holder among these. The ranks of joining make every chain end at a seed.

    X is listed and holds 60 % of A and 30 % of B; A holds 40 % of B; at half and above:
    X joins, then A (60 %), then B (30 + 40 %)
    A's chain: X > A. B's largest holder that joined before it is A: X > A > B
    the paths to B, one through each direct holder: X > A > B with 40 %, X > B with 30 %

Cost: linear in the direct holders of the parties on the chain; each is looked at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container

from compliance.model.share import Share
from compliance.ownership.paths import Path
from compliance.ownership.single_seed import Runs


class Provenance(ABC):
    """Two finished runs from some seeds, certain and possible, and the chains behind their members.

    A party that certainly joined is told through such as certainly joined.
    """

    def __init__(self, certain: Runs, possible: Runs, seeds: frozenset[str]) -> None:
        self.certain = certain
        self.possible = possible
        self.seeds = seeds
        self._earlier: dict[str, str | None] = {}

    @abstractmethod
    def holders(self, party: str, members: Container[str]) -> list[tuple[str, Share]]:
        """The direct owners of a party among some members, each with what it holds."""

    def runs_of(self, party: str) -> Runs:
        """The runs by which a party is told: the certain ones, where it is a member of them."""
        return self.certain if party in self.certain.members else self.possible

    def direct(self, party: str) -> list[tuple[str, Share]]:
        """The direct owners because of whom a party is, or may be, a member."""
        return self.holders(party, self.possible.behind(party))

    def chain(self, party: str, longest: int | None = None) -> tuple[str, ...]:
        """One chain to a member: at each step up the largest holder that joined before it.

        From a seed or, of a chain of more than `longest` parties, from so many above the party.
        """
        parties = [party]
        while len(parties) != longest and (earlier := self._before(parties[-1])) is not None:
            parties.append(earlier)
        return tuple(reversed(parties))

    def _before(self, party: str) -> str | None:
        if party not in self._earlier:
            self._earlier[party] = self._largest_before(party)
        return self._earlier[party]

    def _largest_before(self, party: str) -> str | None:
        if party in self.seeds:
            return None
        runs = self.runs_of(party)
        ranks = runs.members
        rank = ranks[party]
        owners = [
            (-share.minimum, -share.maximum, ranks[owner], owner)
            for owner, share in self.holders(party, runs.behind(party))
            if ranks[owner] < rank
        ]
        return min(owners)[3] if owners else None

    def paths(self, party: str, limit: int | None = None) -> tuple[Path, ...]:
        """One chain through each direct holder that is a member, the largest holding first."""
        return tuple(
            Path((*self.chain(holder), party), share)
            for holder, share in self.direct(party)[:limit]
        )
