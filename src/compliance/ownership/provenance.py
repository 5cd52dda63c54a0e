"""How a party came to be a member of a set that grew: one chain down from where it began."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from itertools import islice

from compliance.model.share import Share
from compliance.ownership.paths import Path
from compliance.ownership.single_seed import Runs

# For a party: its direct owners among some members, each with what it holds, largest first.
Holders = Callable[[str, Container[str]], list[tuple[str, Share]]]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Two finished runs: a member joined because of members that joined before it.

    A party that certainly joined is told through such as certainly joined; a chain ends at the
    first of `seeds`.
    """

    certain: Runs
    possible: Runs
    holders: Holders
    seeds: Container[str]

    def down_to(self, party: str) -> tuple[str, ...]:
        """One chain to a member: at each step up the largest holder that joined before it."""
        chain = [party]
        while (before := self._before(chain[-1])) is not None:
            chain.append(before)
        return tuple(reversed(chain))

    def _before(self, party: str) -> str | None:
        if party in self.seeds:
            return None
        runs = self.certain if party in self.certain.members else self.possible
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
        held = islice(self.holders(party, self.possible.behind(party)), limit)
        return tuple(Path((*self.down_to(holder), party), share) for holder, share in held)
