"""Outcomes and severities, both ordered; the words are DESIGN's.

    clear < review < incomplete < license_required < prohibited

What the caller does: provision; a person looks; hold and ask for the missing facts; stop until a
license is on file; stop.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class _Ordered(StrEnum):
    """A text enum whose members compare by their order of definition.

    `rank` is the position from the least, 0, upward.
    """

    rank: int

    def __new__(cls, value: str) -> Self:
        """A member that knows its rank."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = len(cls.__members__)
        return member

    def __lt__(self, other: str) -> bool:
        return self.rank < type(self)(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= type(self)(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > type(self)(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= type(self)(other).rank


class Outcome(_Ordered):
    """What may be done with the contract; the most restrictive flag wins."""

    CLEAR = "clear"
    REVIEW = "review"
    INCOMPLETE = "incomplete"
    LICENSE_REQUIRED = "license_required"
    PROHIBITED = "prohibited"


class Severity(_Ordered):
    """How much attention a flag asks for; it never decides the outcome."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class State(StrEnum):
    """The state of a policy on a day of its timeline."""

    IN_FORCE = "in_force"
    UNVERIFIED = "unverified"
    NOT_ENFORCED = "not_enforced"
    STAYED = "stayed"
    PROPOSED = "proposed"
    REPEALED = "repealed"

    @property
    def binds(self) -> bool:
        """Whether the policy may change outcome and score."""
        return self in (State.IN_FORCE, State.UNVERIFIED)


class Factor(StrEnum):
    """The factors of the score."""

    NATIONALITY = "nationality"
    OWNERSHIP = "ownership"
    CHIP_CLASS = "chip_class"
    WATCHLIST = "watchlist"
    PAYMENT = "payment"
    LOCATION = "location"
    END_USE = "end_use"
    CONDUCT = "conduct"
