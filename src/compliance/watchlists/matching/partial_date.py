"""Dates of birth as exact as they are published, and how near two of them are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

_SPELLED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|/(\d{4}))?", re.ASCII)
_ORDER: Final = (
    "same_day",
    "same_month",
    "same_year",
    "near",
    "other_day",
    "apart",
)  # nearest first
_NEW_YEAR: Final = (1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Birth:
    """A day, a month, a year or a range of years; 0 stands for what is not known."""

    first: int
    last: int
    month: int = 0
    day: int = 0

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read "1960", "1960-05", "1960-05-17" or "1960/1963"; None for everything else."""
        found = _SPELLED.fullmatch(text.strip())
        if not found:
            return None
        first, last = int(found[1]), int(found[4] or found[1])
        month, day = int(found[2] or 0), int(found[3] or 0)
        try:
            date(first, month or 1, day or 1)
        except ValueError:
            return None
        return cls(min(first, last), max(first, last), month, day) if last else None

    def __str__(self) -> str:
        if self.first != self.last:
            return f"{self.first} to {self.last}"
        return "-".join(
            [f"{self.first:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        )

    def against(self, other: Birth, years_near: int) -> str:
        """How near another date of birth is, one of `_ORDER`.

        Both are compared as exactly as both are known. Other days, or other months, of one year
        differ; a day and a month that are written the other way round are the same day. The first
        of January is often written for a year alone, and then says no more than the year.
        """
        apart = max(self.first - other.last, other.first - self.last, 0)
        if apart:
            return "near" if apart <= years_near else "apart"
        mine, theirs = (self.month, self.day), (other.month, other.day)
        ranged = self.first != self.last or other.first != other.last
        if ranged or not (self.month and other.month):
            return "same_year"
        if self.day and other.day and mine in (theirs, theirs[::-1]):
            return "same_day"
        if _NEW_YEAR in (mine, theirs):
            return "same_year"
        if self.day and other.day:
            return "other_day"
        return "same_month" if self.month == other.month else "other_day"


def nearest(
    ours: Iterable[Birth], theirs: Iterable[Birth], years_near: int
) -> tuple[str, Birth, Birth]:
    """The nearest pair of two sets that are not empty, and how near it is."""
    theirs = tuple(theirs)
    pairs = ((one.against(other, years_near), one, other) for one in ours for other in theirs)
    return min(pairs, key=lambda pair: (_ORDER.index(pair[0]), pair[1], pair[2]))
