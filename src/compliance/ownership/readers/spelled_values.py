"""Values as publishers spell them: days, and percentages in words.

A day that is known to its year or month is read in the widest sense: a beginning is the first day
of it, an end the day after its last, and the reader remarks on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Final

from compliance.model.share import Share

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?P<time>[T ].*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as read; `rounded` where only its month or year is stated."""

    day: date
    rounded: bool = False


def beginning(text: str) -> StatedDay | None:
    """The first day of what an ISO text says ("2024-06-15T08:00Z", "2024-06", "2024")."""
    parts = _parts(text)
    if parts is None:
        return None
    year, month, day = parts
    return _made(year, month or 1, day or 1, rounded=day is None)


def end(text: str) -> StatedDay | None:
    """The day that ends a period: the day stated, or the day after the month or year stated."""
    parts = _parts(text)
    if parts is None:
        return None
    year, month, day = parts
    if day is not None or year == 0:
        return _made(year, month or 1, day or 1, rounded=day is None)
    if month is None:
        return _made(year + 1, 1, 1, rounded=True)
    return _made(year + month // 12, month % 12 + 1, 1, rounded=True) if month <= 12 else None


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    found = _DAY.fullmatch(text.strip())
    if found is None or (found["time"] and not found[3]) or "00" in found.group(2, 3):
        return None
    return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None


def _made(year: int, month: int, day: int, *, rounded: bool) -> StatedDay | None:
    try:
        return StatedDay(date(year, month, day), rounded)
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """The moment of an ISO text; midnight where it has no time, UTC where it names no zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


_N: Final = r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*(?:%|percent|per cent|pct\.?)?"
_LOW: Final = (
    (re.compile(rf"(?:more than|over|above|greater than|>)\s*{_N}"), True),
    (re.compile(rf"(?:at least|minimum(?: of)?|not less than|no less than|>=|≥)\s*{_N}"), False),
    (re.compile(rf"{_N}\s*(?:or more|and more|or above|and above|\+)"), False),
)
_HIGH: Final = (
    (re.compile(rf"(?:but\s+|and\s+)?(?:less than|under|below|<)\s*{_N}"), True),
    (
        re.compile(
            rf"(?:but\s+|and\s+)?"
            rf"(?:up to|at most|maximum(?: of)?|not more than|no more than|<=|≤)\s*{_N}"
        ),
        False,
    ),
    (re.compile(rf"{_N}\s*(?:or less|and less|or below)"), False),
)
_RANGE: Final = re.compile(rf"(?:from\s+|between\s+)?{_N}\s*(?:-|\u2013|\u2014|to|and)\s*{_N}")
_EXACT: Final = re.compile(_N)


def percentage(text: str) -> Share | None:
    """The share that a text in percent says; None where it says none, or not which.

    "51", "51,5 %", "25-50%", "between 25 and 50 percent", "more than 25%", "50% or more", "more
    than 25% but not more than 50%". A number between 0 and 1 without a percent sign may be a
    fraction: it says none. So does "about 50%".
    """
    words = " ".join(text.lower().split())
    if found := _EXACT.fullmatch(words):
        value = _fraction(found[1])
        bare = words == found[1]
        return None if bare and 0 < value < Fraction(1, 100) else _share(value, value)
    if found := _RANGE.fullmatch(words):
        return _share(_fraction(found[1]), _fraction(found[2]))
    for low, low_open in _LOW:
        found = low.match(words)
        if found is None:
            continue
        rest = words[found.end() :].strip()
        if not rest:
            return _share(_fraction(found[1]), Fraction(1), low_open=low_open)
        for high, high_open in _HIGH:
            if upper := high.fullmatch(rest):
                ends = _fraction(found[1]), _fraction(upper[1])
                return _share(*ends, low_open=low_open, high_open=high_open)
    for high, high_open in _HIGH:
        if found := high.fullmatch(words):
            return _share(Fraction(0), _fraction(found[1]), high_open=high_open)
    return None


def _fraction(number: str) -> Fraction:
    return Fraction(number.replace(",", ".")) / 100


def _share(
    low: Fraction, high: Fraction, *, low_open: bool = False, high_open: bool = False
) -> Share | None:
    try:
        return Share(low, high, low_open, high_open)
    except ValueError:
        return None
