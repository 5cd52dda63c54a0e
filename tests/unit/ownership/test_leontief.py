"""Systems of circles: elimination, enclosures, and what is no contraction."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from compliance.ownership import leontief

Matrix = list[list[tuple[int, Fraction]]]


def dense(size: int, seed: int, *, total: Fraction = Fraction(9, 10), parts: int = 50) -> Matrix:
    """Everybody holds something of everybody else; each row adds up to `total`."""
    chance = random.Random(seed)  # noqa: S311 - a case to test, no secret
    rows = []
    for number in range(size):
        weights = {n: chance.randrange(1, parts) for n in range(size) if n != number}
        whole = sum(weights.values())
        rows.append([(n, total * weight / whole) for n, weight in weights.items()])
    return rows


def solves(terms: Matrix, right: list[Fraction], values: list[Fraction]) -> bool:
    return all(
        value == wanted + sum((share * values[n] for n, share in row), Fraction(0))
        for row, wanted, value in zip(terms, right, values, strict=True)
    )


def exactly(terms: Matrix, right: list[Fraction]) -> list[Fraction]:
    solution = leontief.solve(terms, right)
    assert solution is not None
    assert solution.exact
    return solution.values


def first(size: int) -> list[Fraction]:
    return [Fraction(1), *[Fraction(0)] * (size - 1)]


def test_a_sparse_circle_is_eliminated_in_any_order_with_the_same_answer() -> None:
    half = Fraction(1, 2)
    ring: Matrix = [[((n + 1) % 6, half)] for n in range(6)]
    values = leontief.solve(ring, first(6))
    assert values == ([Fraction(64, 63), *(Fraction(2**n, 63) for n in range(1, 6))], True)


@pytest.mark.parametrize("size", [2, 5, 23, 40])
def test_elimination_in_whole_numbers_and_in_fractions_agree(size: int) -> None:
    terms = dense(size, seed=size)
    right = [Fraction(n % 5, 7 + n % 3) for n in range(size)]
    values = leontief._fraction_free(terms, right)
    assert values is not None
    assert solves(terms, right, values)
    assert leontief.solve(terms, right) == (values, True)
    if size < 30:
        order = leontief._order(terms, None)
        assert order is not None
        assert leontief._eliminated(terms, right, order) == values


def test_shares_with_many_decimals_and_long_right_sides_are_solved_exactly_too() -> None:
    terms = dense(50, seed=1, parts=10**14)
    right = [Fraction(3**400 + n, 7**300) for n in range(50)]
    assert solves(terms, right, exactly(terms, right))


@pytest.mark.parametrize("seed", [0, 2, 5])
@pytest.mark.parametrize("size", [61, 75])
def test_a_large_dense_circle_is_enclosed_closely_and_its_solution_never_excluded(
    size: int, seed: int
) -> None:
    total = Fraction(10**seed - 1, 10**seed) if seed else Fraction(1, 2)
    terms = dense(size, seed=seed, total=total, parts=10**seed + 1)
    right = [Fraction(n % 3, 3**seed + n) for n in range(size)]
    exact = leontief._fraction_free(terms, right)
    low, high = (leontief.solve(terms, right, upper=upper) for upper in (False, True))
    assert exact is not None
    assert low is not None
    assert high is not None
    assert (low.exact, high.exact) == (False, False)
    for least, value, most in zip(low.values, exact, high.values, strict=True):
        assert least <= value <= most
        assert most - least < value / 10**8


def test_a_wrong_solution_in_floating_point_widens_the_enclosure_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms, right = dense(61, seed=5), first(61)
    exact = leontief._fraction_free(terms, right)
    solve = np.linalg.solve
    monkeypatch.setattr(np.linalg, "solve", lambda *system: solve(*system) * 1.01)
    low, high = (leontief.solve(terms, right, upper=upper) for upper in (False, True))
    assert exact is not None
    assert low is not None
    assert high is not None
    for least, value, most in zip(low.values, exact, high.values, strict=True):
        assert least <= value <= most
        assert most - least > Fraction(1, 10**4)
    monkeypatch.setattr(np.linalg, "solve", lambda *system: -solve(*system))
    assert leontief.solve(terms, right) is None


def test_of_what_nothing_flows_into_there_is_nothing() -> None:
    assert leontief.solve(dense(61, seed=5), [Fraction(0)] * 61) == ([Fraction(0)] * 61, True)


def test_a_dense_circle_that_wholly_owns_itself_is_no_contraction() -> None:
    assert leontief.solve(dense(80, seed=2, total=Fraction(1)), first(80)) is None


def test_one_leak_makes_a_dense_circle_a_contraction() -> None:
    terms = dense(50, seed=3, total=Fraction(1))
    terms[7] = [(n, share / 2) for n, share in terms[7]]
    assert solves(terms, first(50), exactly(terms, first(50)))


@pytest.mark.parametrize("size", [60, 61])
def test_rows_above_one_are_a_contraction_only_while_the_circle_as_a_whole_is(size: int) -> None:
    terms = dense(size, seed=4, total=Fraction(1, 2))
    terms[0] = [(n, Fraction(1, 50)) for n in range(1, size)]
    assert leontief.solve(terms, first(size)) is not None
    assert leontief.solve(dense(size, seed=4, total=Fraction(3, 2)), first(size)) is None


def test_a_dense_system_that_is_singular_is_no_contraction() -> None:
    terms: Matrix = [[(n, Fraction(1, 30)) for n in range(60) if n != m] for m in range(60)]
    terms[0] = [(1, Fraction(1))]
    terms[1] = [(0, Fraction(1))]
    assert leontief.solve(terms, first(60)) is None


def test_some_rows_above_one_with_a_negative_solution_are_no_contraction() -> None:
    terms = dense(60, seed=8, total=Fraction(3, 2))
    terms = [[(n, share / 9 if n == 0 else share) for n, share in row] for row in terms]
    terms[0] = [(n, share / 3) for n, share in terms[0]]
    assert leontief.solve(terms, first(60)) is None


def test_a_closed_circle_among_others_is_no_contraction() -> None:
    terms = [*dense(60, seed=9, total=Fraction(1)), [(0, Fraction(1, 2))]]
    assert leontief.solve(terms, first(61)) is None
