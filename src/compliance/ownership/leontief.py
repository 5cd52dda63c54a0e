"""The system of one strongly connected component, x = b + M x with M >= 0, solved exactly.

M is a contraction when the pivots of I - M stay above zero (a nonsingular M-matrix); only then do
the sums around the circles end. Sparse systems are eliminated in fractions, the least connected
party first. Where elimination would fill up, the fractions grow with every step; the system is then
solved modulo a prime and lifted to the exact answer, which is checked (`dixon`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Final

from compliance.model.truth import Truth
from compliance.ownership.bounds import ONE, ZERO

Terms = Sequence[Sequence[tuple[int, Fraction]]]  # by row of M: the columns and entries above zero
_FEW: Final = 1_500  # steps of elimination in fractions that cost less than a lifting
_TINY: Final = 4  # rows in which no order costs more than finding one


def solve(terms: Terms, right: Sequence[Fraction]) -> list[Fraction] | None:
    """The solution of x = right + M x; None where M is no contraction.

    A dense M that adds up to more than 1 and is singular modulo several primes is taken for no
    contraction without further proof: the caller's interval is then wider, never wrong.
    """
    order = _order(terms, _FEW) if len(terms) > _TINY else range(len(terms))
    if order is not None:
        return _eliminated(terms, right, order)
    ends = _ends(terms)
    if ends is Truth.UNKNOWN:
        ends = _ends(_transposed(terms))
    if ends is Truth.FALSE:
        return None
    from compliance.ownership.dixon import System  # noqa: PLC0415 - numpy, only for dense circles

    system = System.of(terms)
    if system is None:
        return None
    # I - M is a nonsingular M-matrix exactly when (I - M) u = 1 has a solution above zero.
    if ends is Truth.UNKNOWN and min(system.solution([ONE] * len(terms))) <= 0:
        return None
    return system.solution(right)


def _ends(terms: Terms) -> Truth:
    """Whether what goes round comes to an end, by sums of rows; unknown if only some are above 1.

    It does when every row leads to one that adds up to less than 1: part of it leaves each time.
    Where none does, or none adds up to less than 1, there is a circle that nothing leaves.
    """
    totals = [sum((value for _, value in row), ZERO) for row in terms]
    if min(totals) >= 1:
        return Truth.FALSE
    if max(totals) > 1:
        return Truth.UNKNOWN
    users: list[list[int]] = [[] for _ in terms]
    for number, row in enumerate(terms):
        for column, _ in row:
            users[column].append(number)
    leaking = [number for number, total in enumerate(totals) if total < 1]
    found = set(leaking)
    while leaking:
        for user in users[leaking.pop()]:
            if user not in found:
                found.add(user)
                leaking.append(user)
    return Truth.of(len(found) == len(terms))


def _transposed(terms: Terms) -> list[list[tuple[int, Fraction]]]:
    columns: list[list[tuple[int, Fraction]]] = [[] for _ in terms]
    for number, row in enumerate(terms):
        for column, value in row:
            columns[column].append((number, value))
    return columns


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
