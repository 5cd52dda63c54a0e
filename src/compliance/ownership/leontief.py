"""The Leontief inverse of one strongly connected component: x = b + M x with M >= 0.

The sums around the circles end when M is a contraction, that is when I - M is a nonsingular
M-matrix: when its leading principal minors, the pivots of elimination, are all above zero.

    A holds 10 % of B, B holds 50 % of A, and 60 % of A flows in: a = 6/10 + b/2, b = a/10
    I - M = [[1, -1/2], [-1/10, 1]], its pivots are 1 and 1 - 1/20 = 19/20: a contraction
    b = (6/100) / (19/20) = 6/95, a = 6/10 + 3/95 = 12/19
    with 100 % instead of both, the second pivot is 0: what goes round never ends

Three ways, the first that fits. Sparse circles are eliminated in fractions, the least connected
party first: exact, linear in the steps of elimination. Dense ones of at most sixty parties are
eliminated in whole numbers (Bareiss 1968): exact, n**3 steps. Larger dense ones are enclosed:
solved in floating point, n**3 steps, and what that may be wrong by is bounded in whole numbers,
n**2 steps. An enclosure never excludes the solution, and is about 1e-14 wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm
from typing import Final, NamedTuple

from compliance.ownership.bounds import ONE, ZERO

Terms = Sequence[Sequence[tuple[int, Fraction]]]  # by row of M: the columns and entries above zero
_FEW: Final = 1_500  # steps of elimination in fractions before these grow long
_TINY: Final = 4  # rows in which no order costs more than finding one
_DENSE: Final = 60  # rows up to which a dense circle is solved exactly
_BITS: Final = 96  # binary digits of an enclosure


class Solution(NamedTuple):
    """The values of x; where they are not `exact`, a lower or an upper bound of each."""

    values: list[Fraction]
    exact: bool = True


def solve(terms: Terms, right: Sequence[Fraction], *, upper: bool = False) -> Solution | None:
    """The solution of x = right + M x; None where M is no contraction.

    What is too large and dense to be solved exactly is bounded: from below or (`upper`) from above.
    There None also stands for an M so near to none that floating point cannot tell: the interval of
    the caller is then wider, never wrong.
    """
    order = _order(terms, _FEW) if len(terms) > _TINY else range(len(terms))
    if order is None and len(terms) > _DENSE:
        return _enclosed(terms, right, upper=upper)
    values = _fraction_free(terms, right) if order is None else _eliminated(terms, right, order)
    return None if values is None else Solution(values)


def _whole(terms: Terms) -> tuple[list[list[int]], list[int]]:
    """I - M in whole numbers: each row times its own common denominator, and these."""
    scales = [lcm(*(value.denominator for _, value in row)) for row in terms]
    rows = []
    for number, (entries, scale) in enumerate(zip(terms, scales, strict=True)):
        row = [0] * len(terms)
        row[number] = scale
        for column, value in entries:
            row[column] -= value.numerator * (scale // value.denominator)
        rows.append(row)
    return rows, scales


def _fraction_free(terms: Terms, right: Sequence[Fraction]) -> list[Fraction] | None:
    """Elimination in whole numbers, every division exact (Bareiss); None unless a contraction."""
    size = len(terms)
    rows, scales = _whole(terms)
    known = [value * scale for value, scale in zip(right, scales, strict=True)]
    common = lcm(*(value.denominator for value in known))
    for row, value in zip(rows, known, strict=True):
        row.append(value.numerator * (common // value.denominator))
    before = 1
    for pivot in range(size):
        base = rows[pivot]
        head = base[pivot]
        if head <= 0:
            return None
        for number in range(pivot + 1, size):
            row = rows[number]
            factor = row[pivot]
            row[pivot + 1 :] = [
                (head * value - factor * above) // before
                for value, above in zip(row[pivot + 1 :], base[pivot + 1 :], strict=True)
            ]
        before = head
    values = [ZERO] * size
    for number in reversed(range(size)):
        row = rows[number]
        rest = row[size] - sum(row[c] * values[c] for c in range(number + 1, size))
        values[number] = Fraction(rest) / row[number]
    return [value / common for value in values]


def _enclosed(terms: Terms, right: Sequence[Fraction], *, upper: bool) -> Solution | None:
    """A bound of each value: an approximate solution and the most that it can be wrong by.

    With v > 0 and (I - M) v > 0 the matrix is a nonsingular M-matrix, and an approximation y of x
    is wrong by at most v times the largest of |right - (I - M) y| / (I - M) v, row by row (as in
    verified numerics: Ogita, Oishi and Ushiro 2001). All of that is computed in whole numbers.
    """
    import numpy as np  # noqa: PLC0415 - only for large dense circles

    if not any(right):
        return Solution([ZERO] * len(terms))
    rows, scales = _whole(terms)
    matrix = np.array(
        [[value / scale for value in row] for row, scale in zip(rows, scales, strict=True)]
    )
    sides = np.array([[float(value) for value in right], [1.0] * len(right)]).T
    try:
        solved = np.linalg.solve(matrix, sides)
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(solved).all():
        return None
    unit = 1 << _BITS
    near, margin = ([int(Fraction(value) * unit) for value in column] for column in solved.T)
    error = ZERO
    for row, scale, side in zip(rows, scales, right, strict=True):
        slack = sum(entry * value for entry, value in zip(row, margin, strict=True))
        if slack <= 0:
            return None
        whole = side.numerator * scale * unit // side.denominator
        rest = abs(whole - sum(entry * value for entry, value in zip(row, near, strict=True))) + 1
        error = max(error, Fraction(rest, slack))
    if min(margin) <= 0:
        return None
    sign = 1 if upper else -1
    bounds = (
        Fraction(value + sign * (error * most).__ceil__(), unit)
        for value, most in zip(near, margin, strict=True)
    )
    # Nothing is below what flows in.
    return Solution([max(v, side) for v, side in zip(bounds, right, strict=True)], exact=False)


def _order(terms: Terms, most: int | None) -> list[int] | None:
    """An order of elimination, the least connected first; None if it takes more than `most`."""
    sources = [{column for column, _ in row} - {number} for number, row in enumerate(terms)]
    users: list[set[int]] = [set() for _ in terms]
    for number, columns in enumerate(sources):
        for column in columns:
            users[column].add(number)
    heap = [(len(sources[n]) * len(users[n]), n, n) for n in range(len(terms))]
    heapify(heap)
    order: list[int] = []
    done, steps, stamp = set[int](), 0, len(terms)
    while heap:
        cost, _, pivot = heappop(heap)
        if pivot in done:
            continue
        now = len(sources[pivot]) * len(users[pivot])
        if now != cost:
            heappush(heap, (now, stamp, pivot))
            stamp += 1
            continue
        steps += now
        if most is not None and steps > most + 20 * len(order):
            return None
        done.add(pivot)
        order.append(pivot)
        for user in users[pivot]:
            sources[user].discard(pivot)
            sources[user] |= sources[pivot] - {user}
        for source in sources[pivot]:
            users[source].discard(pivot)
            users[source] |= users[pivot] - {source}
    return order


def _eliminated(
    terms: Terms, right: Sequence[Fraction], order: Sequence[int]
) -> list[Fraction] | None:
    """Solve by elimination in an order of pivots; None unless M is a contraction."""
    values = list(right)
    heads, rows, users = _parts(terms)
    done = set[int]()
    for pivot in order:
        head = heads[pivot]
        if head <= 0:
            return None
        done.add(pivot)
        for number in users[pivot]:
            if number in done:
                continue
            row = rows[number]
            factor = row.pop(pivot) / head
            for column, value in rows[pivot].items():
                if column == number:
                    heads[number] -= factor * value
                else:
                    row[column] = row.get(column, ZERO) + factor * value
                    users[column].add(number)
            values[number] += factor * values[pivot]
    for pivot in reversed(order):
        known = sum((v * values[c] for c, v in rows[pivot].items()), values[pivot])
        values[pivot] = known / heads[pivot]
    return values


def _parts(terms: Terms) -> tuple[list[Fraction], list[dict[int, Fraction]], list[set[int]]]:
    """The diagonal of I - M, the rest of M by row, and for each column its rows."""
    heads = [ONE] * len(terms)
    rows: list[dict[int, Fraction]] = [{} for _ in terms]
    users: list[set[int]] = [set() for _ in terms]
    for number, entries in enumerate(terms):
        for column, value in entries:
            if column == number:
                heads[number] -= value
            else:
                rows[number][column] = rows[number].get(column, ZERO) + value
                users[column].add(number)
    return heads, rows, users
