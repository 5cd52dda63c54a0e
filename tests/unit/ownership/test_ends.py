"""Ends of intervals: sums and products, short and long, with their open points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.ownership.ends import End, below, lowest, sum_of_products, times, total_of

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize("power", [1, 40, 400])
@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_a_sum_of_products_is_that_of_fractions_however_long(power: int, count: int) -> None:
    terms = [
        (
            End(Fraction(n + 2, 3**power + n)),
            End(Fraction(5, 7**power) if n % 2 else Fraction(2**power, 9**power)),
        )
        for n in range(count)
    ]
    expected = sum((one.value * other.value for one, other in terms), THIRD)
    assert sum_of_products(THIRD, terms) == End(expected)
    assert sum_of_products(Fraction(0), terms) == End(expected - THIRD)
    assert total_of([one for one, _ in terms]) == End(
        sum((o.value for o, _ in terms), THIRD) - THIRD
    )


@pytest.mark.parametrize("power", [1, 400])
def test_a_sum_is_open_where_a_product_that_counts_is(power: int) -> None:
    long = Fraction(1, 3**power)
    closed = [(End(long), End(HALF)), (End(HALF), End(long)), (End(THIRD), End(long * HALF))]
    assert not sum_of_products(Fraction(0), closed).open
    assert sum_of_products(Fraction(0), [*closed, (End(long, open=True), End(HALF))]).open
    nothing = (End(Fraction(0)), End(HALF, open=True))
    assert not sum_of_products(Fraction(0), [*closed, nothing]).open


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (End(HALF), End(THIRD), End(Fraction(1, 6))),
        (End(HALF, open=True), End(THIRD), End(Fraction(1, 6), open=True)),
        (End(HALF, open=True), End(Fraction(0)), End(Fraction(0))),
        (End(Fraction(0), open=True), End(Fraction(0), open=True), End(Fraction(0), open=True)),
    ],
)
def test_a_product_is_open_unless_nothing_comes_of_it(one: End, other: End, expected: End) -> None:
    assert times(one, other) == times(other, one) == expected


def test_the_lowest_of_two_upper_ends_excludes_more() -> None:
    assert lowest(End(HALF), End(THIRD)) == lowest(End(THIRD), End(HALF)) == End(THIRD)
    assert lowest(End(HALF), End(HALF, open=True)) == End(HALF, open=True)
    assert lowest(End(HALF, open=True), End(HALF)) == End(HALF, open=True)
    assert (below(THIRD, HALF), below(HALF, HALF)) == (True, False)
