"""Ends of intervals: exact fractions, each closed or open, and how they multiply and meet."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from compliance.model.share import Share

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)


class End(NamedTuple):
    """One end of an interval; `open` when the point itself is excluded."""

    value: Fraction
    open: bool = False


def times(one: End, other: End) -> End:
    """The product of two ends."""
    return End(one.value * other.value, open_product(one, other))


def open_product(one: End, other: End) -> bool:
    """Whether a product of two ends excludes its point: not where nothing comes of it anyway."""
    return (one.open and (other.value > 0 or other.open)) or (other.open and one.value > 0)


def over_half(value: Fraction) -> bool:
    """Whether a fraction is above one half, in integers (a Fraction compares ten times slower)."""
    return 2 * value.numerator > value.denominator


def between(low: End, high: End) -> Share:
    """The share between two ends, inside [0, 1].

    Statements that cannot all be true (see the diagnosis `oversubscribed`) may cross the ends: the
    certain lower end then stands alone.
    """
    if low is high and not low.open and low.value.numerator <= low.value.denominator:
        return Share(low.value, low.value)
    minimum, maximum = min(low.value, ONE), min(high.value, ONE)
    low_open = low.open and low.value < 1
    high_open = high.open and high.value <= 1
    if maximum < minimum or (maximum == minimum and (low_open or high_open)):
        return Share(minimum, minimum)
    return Share(minimum, maximum, low_open, high_open)
