"""What is held on a day: ends of intervals, tightening, classes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.model.share import Share
from compliance.ownership.bounds import Bound, between, over_half
from compliance.ownership.share_matrix import ShareMatrix, Weight
from unit.ownership.graphs import exact, interval

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (Bound(Fraction(0)), Bound(Fraction(1)), Share.unknown()),
        (Bound(HALF), Bound(HALF), exact(50)),
        (Bound(HALF, open=True), Bound(HALF), exact(50)),
        (Bound(HALF), Bound(Fraction(1, 4)), exact(50)),
        (Bound(Fraction(3, 2)), Bound(Fraction(2)), exact(1, 1)),
        (Bound(HALF, open=True), Bound(Fraction(2), open=True),
         interval(50, 100, exclusive_minimum=True)),
        (Bound(HALF), Bound(Fraction(1), open=True), interval(50, 100, exclusive_maximum=True)),
    ],
)  # fmt: skip
def test_a_share_lies_between_two_ends_and_inside_the_whole(
    low: Bound, high: Bound, expected: Share
) -> None:
    assert between(low, high) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(HALF, False), (Fraction(51, 100), True), (Fraction(499_999, 1_000_000), False)],
)
def test_over_half_is_decided_exactly(value: Fraction, expected: bool) -> None:
    assert over_half(value) is expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({}, Bound(Fraction(9, 10))),
        ({"Y": exact(30)}, Bound(Fraction(7, 10))),
        ({"Y": interval(30, 60)}, Bound(Fraction(7, 10))),
        ({"Y": interval(30, 60, exclusive_minimum=True)}, Bound(Fraction(7, 10), open=True)),
        ({"Y": exact(5)}, Bound(Fraction(9, 10))),
        ({"Y": exact(95)}, Bound(Fraction(9, 10))),
    ],
)
def test_the_upper_end_is_what_the_lower_ends_of_the_others_leave(
    others: dict[str, Share], expected: Bound
) -> None:
    stakes = ShareMatrix.of({"A": {"X": interval(10, 90), **others}})
    assert stakes.most("A", "X") == expected


def test_an_exact_share_is_never_tightened() -> None:
    stakes = ShareMatrix.of({"A": {"X": exact(60), "Y": interval(45, 50)}})
    assert stakes.most("A", "X") == Bound(Fraction(3, 5))


def test_stakes_are_found_by_owner_and_know_whether_they_are_exact() -> None:
    sharp = ShareMatrix.of({"A": {"X": exact(60)}, "B": {"X": exact(10), "Y": exact(20)}})
    assert sharp.scale == 10
    assert sorted(sharp.below("X")) == [
        ("A", Weight(6, 6, False, False)),
        ("B", Weight(1, 1, False, False)),
    ]
    assert sharp.below("Y") == [("B", Weight(2, 2, False, False))]
    assert sharp.column("B") == {"X": exact(10), "Y": exact(20)}
    assert sharp.column("elsewhere") == {}
    assert sharp.exact
    assert sharp.least("B") == Bound(Fraction(3, 10))
    assert sharp.least("elsewhere") == Bound(Fraction(0))
    assert not ShareMatrix.of({"A": {"X": interval(10, 20)}}).exact


def test_shares_without_a_common_denominator_of_reasonable_size_are_added_as_fractions() -> None:
    odd = [Share.exact(Fraction(1, 10**30 + number)) for number in range(12)]
    stakes = ShareMatrix.of({"A": {f"X{number}": share for number, share in enumerate(odd)}})
    assert stakes.scale == 1
    assert stakes.least("A") == Bound(sum((s.minimum for s in odd), Fraction(0)))
    assert stakes.below("X0") == [("A", Weight(odd[0].minimum, odd[0].minimum, False, False))]
