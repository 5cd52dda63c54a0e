"""What the standard has no field for, in the words of an interest's `details`.

Written by this package and read back by it: consolidation in accounts, seats of a board, ends of a
share that no decimal of percent is equal to, and, behind all others, the class of the shares. Other
words in `details` say nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.ownership.interests import Interest

_CONSOLIDATION: Final = "consolidation in accounts"
_SEATS: Final = re.compile(r"(\d{1,9}) seats", re.ASCII)
_BOARD: Final = re.compile(r"a board of (\d{1,9})", re.ASCII)
_ENDS: Final = re.compile(r"exactly (\d{1,60}/\d{1,60}) to (\d{1,60}/\d{1,60})", re.ASCII)

_CLASS: Final = re.compile(r"(?:^|; )class of shares: (.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Details:
    """What `details` adds to an interest."""

    consolidation: bool = False
    seats: int | None = None
    of: int | None = None
    ends: tuple[Fraction, Fraction] | None = None
    share_class: str = ""

    @classmethod
    def of_interest(cls, interest: Interest, *, exact_ends: bool) -> Details:
        """The details of an interest; `exact_ends` where its share is no decimal of percent."""
        ends = (interest.share.minimum, interest.share.maximum) if exact_ends else None
        consolidation = interest.kind == "consolidation"
        return cls(consolidation, interest.seats, interest.of, ends, interest.share_class)

    @classmethod
    def read(cls, text: str) -> Details:
        """What a text says, part by part."""
        named = _CLASS.search(text)
        text = text[: named.start()] if named else text
        parts = [part.strip() for part in text.split(";")]
        ends = _found(_ENDS, parts)
        seats, board = _found(_SEATS, parts), _found(_BOARD, parts)
        return cls(
            consolidation=_CONSOLIDATION in parts,
            seats=int(seats[1]) if seats else None,
            of=int(board[1]) if board else None,
            ends=_fractions(ends) if ends else None,
            share_class=named[1] if named else "",
        )

    def __str__(self) -> str:
        parts = [_CONSOLIDATION] if self.consolidation else []
        if self.seats is not None:
            parts.append(f"{self.seats} seats")
        if self.of is not None:
            parts.append(f"a board of {self.of}")
        if self.ends is not None:
            low, high = (f"{end.numerator}/{end.denominator}" for end in self.ends)
            parts.append(f"exactly {low} to {high}")
        if self.share_class:
            parts.append(f"class of shares: {self.share_class}")
        return "; ".join(parts)


def _found(pattern: re.Pattern[str], parts: list[str]) -> re.Match[str] | None:
    return next((found for part in parts if (found := pattern.fullmatch(part))), None)


def _fractions(found: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    try:
        return Fraction(found[1]), Fraction(found[2])
    except ZeroDivisionError:
        return None
