"""Ends of intervals: sums and products, short and long, with their open points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.ownership.bounds import Bound, below, lowest, sum_of_products, times, total_of

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize("power", [1, 40, 400])
@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_sum_of_products_is_that_of_fractions_however_long(power: int, count: int) -> None:
    terms = [
        (
            Bound(Fraction(n + 2, 3**power + n)),
            Bound(Fraction(5, 7**power) if n % 2 else Fraction(2**power, 9**power)),
        )
        for n in range(count)
    ]
    expected = sum((one.value * other.value for one, other in terms), THIRD)
    assert sum_of_products(THIRD, terms) == Bound(expected)
    assert sum_of_products(Fraction(0), terms) == Bound(expected - THIRD)
    assert total_of([one for one, _ in terms]) == Bound(
        sum((o.value for o, _ in terms), THIRD) - THIRD
    )


@pytest.mark.parametrize("power", [1, 400])
def test_a_sum_is_open_where_a_product_that_counts_is(power: int) -> None:
    long = Fraction(1, 3**power)
    closed = [
        (Bound(long), Bound(HALF)),
        (Bound(HALF), Bound(long)),
        (Bound(THIRD), Bound(long * HALF)),
    ]
    assert not sum_of_products(Fraction(0), closed).open
    assert sum_of_products(Fraction(0), [*closed, (Bound(long, open=True), Bound(HALF))]).open
    nothing = (Bound(Fraction(0)), Bound(HALF, open=True))
    assert not sum_of_products(Fraction(0), [*closed, nothing]).open


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Bound(HALF), Bound(THIRD), Bound(Fraction(1, 6))),
        (Bound(HALF, open=True), Bound(THIRD), Bound(Fraction(1, 6), open=True)),
        (Bound(HALF, open=True), Bound(Fraction(0)), Bound(Fraction(0))),
        (
            Bound(Fraction(0), open=True),
            Bound(Fraction(0), open=True),
            Bound(Fraction(0), open=True),
        ),
    ],
)
def test_a_product_is_open_unless_nothing_comes_of_it(
    one: Bound, other: Bound, expected: Bound
) -> None:
    assert times(one, other) == times(other, one) == expected


def test_the_lowest_of_two_upper_ends_excludes_more() -> None:
    assert lowest(Bound(HALF), Bound(THIRD)) == lowest(Bound(THIRD), Bound(HALF)) == Bound(THIRD)
    assert lowest(Bound(HALF), Bound(HALF, open=True)) == Bound(HALF, open=True)
    assert lowest(Bound(HALF, open=True), Bound(HALF)) == Bound(HALF, open=True)
    assert (below(THIRD, HALF), below(HALF, HALF)) == (True, False)
