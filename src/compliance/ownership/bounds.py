"""Interval arithmetic: ends of intervals as exact fractions, closed or open.

    (25 %, 50 %] times [40 %, 60 %] is (10 %, 30 %]: an end is open where one of its factors is,
    unless nothing comes of it: (0 %, 50 %] times [0 %, 60 %] begins with a closed 0 %
    two ends in sum are open where one is: (10 %, 30 %] and [20 %, 20 %] make (30 %, 50 %]

Cost: that of the fractions, which are reduced once for each sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd
from typing import Final, NamedTuple

from compliance.model.share import Share

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)


class Bound(NamedTuple):
    """One end of an interval; `open` when the point itself is excluded."""

    value: Fraction
    open: bool = False


_WHOLE: Final = Bound(ONE)
_LONG: Final = 2**256


def below(one: Fraction, other: Fraction) -> bool:
    """Whether one fraction is below another, in integers (a Fraction compares ten times slower)."""
    return one.numerator * other.denominator < other.numerator * one.denominator


def lowest(one: Bound, other: Bound) -> Bound:
    """The end that excludes more, of two upper ends."""
    if below(one.value, other.value):
        return one
    return one if one.open and one.value == other.value else other


def sum_of_products(constant: Fraction, terms: Sequence[tuple[Bound, Bound]]) -> Bound:
    """A constant and products of two ends, added up.

    Short numbers are reduced once, at the end; long ones at every step, where a fraction needs only
    the common divisors of one number's parts with the other's.
    """
    total, whole, is_open = constant.numerator, constant.denominator, False
    for at, (one, other) in enumerate(terms):
        part = one.value.numerator * other.value.numerator
        if part:
            of = one.value.denominator * other.value.denominator
            if of == whole:
                total += part
            elif whole < _LONG and of < _LONG:
                common = gcd(whole, of)
                total = total * (of // common) + part * (whole // common)
                whole *= of // common
            else:
                return _sum_of_long(Fraction(total, whole), terms[at:], is_open=is_open)
        if one.open or other.open:
            is_open = is_open or open_product(one, other)
    return Bound(Fraction(total, whole), is_open)


def _sum_of_long(total: Fraction, terms: Sequence[tuple[Bound, Bound]], *, is_open: bool) -> Bound:
    values = [one.value * other.value for one, other in terms if one.value and other.value]
    is_open = is_open or any(open_product(one, other) for one, other in terms)
    if len(values) <= 2:
        return Bound(sum(values, total) if total else sum(values[1:], values[0]), is_open)
    # Long denominators mostly divide the longest one, as along a chain: no common divisors then.
    values = sorted([total, *values], key=lambda value: value.denominator, reverse=True)
    added, whole = 0, values[0].denominator
    for value in values:
        each, left = divmod(whole, value.denominator)
        if left:
            common = gcd(whole, value.denominator)
            added = added * (value.denominator // common) + value.numerator * (whole // common)
            whole *= value.denominator // common
        else:
            added += value.numerator * each
    return Bound(Fraction(added, whole), is_open)


def total_of(ends: Iterable[Bound]) -> Bound:
    """The sum of some ends; open where one is."""
    return sum_of_products(ZERO, [(end, _WHOLE) for end in ends])


def times(one: Bound, other: Bound) -> Bound:
    """The product of two ends."""
    return Bound(one.value * other.value, open_product(one, other))


def open_product(one: Bound, other: Bound) -> bool:
    """Whether a product of two ends excludes its point: not where nothing comes of it anyway."""
    return (one.open and (other.value > 0 or other.open)) or (other.open and one.value > 0)


def over_half(value: Fraction) -> bool:
    """Whether a fraction is above one half, in integers (a Fraction compares ten times slower)."""
    return 2 * value.numerator > value.denominator


def between(low: Bound, high: Bound) -> Share:
    """The share between two ends, inside [0, 1].

    Statements that cannot all be true (see the diagnosis `oversubscribed`) may cross the ends: the
    certain lower end then stands alone.
    """
    minimum = low.value if below(low.value, ONE) else ONE
    if low is high and not low.open:
        return Share(minimum, minimum)
    maximum = high.value if below(high.value, ONE) else ONE
    low_open = low.open and minimum is not ONE
    high_open = high.open and not below(ONE, high.value)
    if not below(minimum, maximum) and (low_open or high_open or minimum != maximum):
        return Share(minimum, minimum)
    return Share(minimum, maximum, low_open, high_open)
