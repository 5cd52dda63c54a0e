"""Systems of circles: elimination, lifting, and what is no contraction."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from compliance.ownership import dixon, leontief
from compliance.ownership.dixon import System

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


def first(size: int) -> list[Fraction]:
    return [Fraction(1), *[Fraction(0)] * (size - 1)]


def test_a_sparse_circle_is_eliminated_in_any_order_with_the_same_answer() -> None:
    half = Fraction(1, 2)
    ring: Matrix = [[((n + 1) % 6, half)] for n in range(6)]
    values = leontief.solve(ring, first(6))
    assert values == [
        Fraction(64, 63),
        *(Fraction(2**n, 63) for n in range(1, 6)),
    ]


@pytest.mark.parametrize("size", [2, 5, 23, 24, 25, 49, 60])
def test_lifting_and_elimination_agree(size: int) -> None:
    terms = dense(size, seed=size)
    right = [Fraction(n % 5, 7 + n % 3) for n in range(size)]
    system = System.of(terms)
    assert system is not None
    lifted = system.solution(right)
    assert solves(terms, right, lifted)
    assert leontief.solve(terms, right) == lifted
    if size < 30:
        order = leontief._order(terms, None)
        assert order is not None
        assert leontief._eliminated(terms, right, order) == lifted


def test_shares_with_many_decimals_and_long_right_sides_are_lifted_too() -> None:
    terms = dense(50, seed=1, parts=10**14)
    right = [Fraction(3**400 + n, 7**300) for n in range(50)]
    values = leontief.solve(terms, right)
    assert values is not None
    assert solves(terms, right, values)


def test_a_dense_circle_that_wholly_owns_itself_is_no_contraction() -> None:
    assert leontief.solve(dense(80, seed=2, total=Fraction(1)), first(80)) is None


def test_one_leak_makes_a_dense_circle_a_contraction() -> None:
    terms = dense(50, seed=3, total=Fraction(1))
    terms[7] = [(n, share / 2) for n, share in terms[7]]
    values = leontief.solve(terms, first(50))
    assert values is not None
    assert solves(terms, first(50), values)


def test_rows_above_one_are_a_contraction_only_while_the_circle_as_a_whole_is() -> None:
    terms = dense(60, seed=4, total=Fraction(1, 2))
    terms[0] = [(n, Fraction(1, 50)) for n in range(1, 60)]
    values = leontief.solve(terms, first(60))
    assert values is not None
    assert solves(terms, first(60), values)
    assert leontief.solve(dense(60, seed=4, total=Fraction(3, 2)), first(60)) is None


def test_a_dense_system_that_is_singular_is_no_contraction() -> None:
    terms: Matrix = [[(n, Fraction(1, 30)) for n in range(60) if n != m] for m in range(60)]
    terms[0] = [(1, Fraction(1))]
    terms[1] = [(0, Fraction(1))]
    assert System.of(terms) is None
    assert leontief.solve(terms, first(60)) is None


def test_the_primes_are_primes_whose_products_add_up_exactly() -> None:
    for prime in dixon._PRIMES:
        assert all(prime % divisor for divisor in range(2, 1500))
        assert prime < 1500**2
        assert dixon._LONGEST * prime**2 < 2**53


def test_a_wrong_lifting_is_never_told() -> None:
    system = System.of(dense(6, seed=5))
    assert system is not None
    broken = System(
        system.terms, system.scales, system.matrix, system.prime, system.inverse * 0 + 1
    )
    with pytest.raises(ArithmeticError, match="does not solve its equations"):
        broken.solution(first(6))


def test_inverses_of_blocks_longer_than_one_sum_may_be_are_exact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = dense(70, seed=6)
    expected = leontief.solve(terms, first(70))
    monkeypatch.setattr(dixon, "_LONGEST", 16)
    assert leontief.solve(terms, first(70)) == expected


def test_some_rows_above_one_with_a_negative_solution_are_no_contraction() -> None:
    terms = dense(60, seed=8, total=Fraction(3, 2))
    terms = [[(n, share / 9 if n == 0 else share) for n, share in row] for row in terms]
    terms[0] = [(n, share / 3) for n, share in terms[0]]
    assert leontief.solve(terms, first(60)) is None


def test_a_closed_circle_among_others_is_no_contraction() -> None:
    terms = [*dense(60, seed=9, total=Fraction(1)), [(0, Fraction(1, 2))]]
    assert leontief.solve(terms, first(61)) is None
