"""That a party ended: how, from which day, and who took over what it had.

A party that was dissolved, merged into another or struck off a register owns nothing any more,
though old statements still say so. They are kept, for nobody knows who has its holdings now; but
what rests on it is no longer certain, and its successor may have taken its place. This room reads
no register: the ways to end are those of `model.party.Standing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from compliance.ownership.interests import Interest

SUCCESSION: Final = "succession"
"""The step from a successor to the party whose place it took."""

_NEVER_WAS: Final = frozenset({"annulled", "duplicate"})


@dataclass(frozen=True, slots=True)
class Cessation:
    """How a party ended, since which day (None: nobody says), with its successors by id.

    `source` says where that was stated. An entry that a register annulled, or has twice, was never
    a party of its own: its day does not count.
    """

    standing: str
    since: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""

    def holds_on(self, as_of: date | None) -> bool:
        """Whether the party has ended by the day; so it has where no day is stated, or asked."""
        if self.since is None or as_of is None or self.standing in _NEVER_WAS:
            return True
        return self.since <= as_of

    @property
    def words(self) -> str:
        """How it ended, and since when: "dissolved since 2018-11-09"."""
        if self.since is None or self.standing in _NEVER_WAS:
            return self.standing
        return f"{self.standing} since {self.since}"

    def interests(self, party: str) -> Iterator[Interest]:
        """What a successor may have in what was the party's: influence, of an unknown extent."""
        since = None if self.standing in _NEVER_WAS else self.since
        for successor in self.successors:
            if successor != party:
                source = self.source or SUCCESSION
                yield Interest(successor, party, kind="other", since=since, source=source)


def predecessors(ended: Mapping[str, Cessation]) -> dict[str, tuple[str, ...]]:
    """By successor, the parties whose place it may have taken."""
    places: dict[str, list[str]] = {}
    for party in sorted(ended):
        for successor in ended[party].successors:
            places.setdefault(successor, []).append(party)
    return {successor: tuple(parties) for successor, parties in places.items()}
