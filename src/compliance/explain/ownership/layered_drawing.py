"""Where boxes and arrows stand: rows of owners above what they own, nothing on top of another.

A layered drawing (Sugiyama, Tagawa and Toda 1981): every arrow leads from a row down to a lower
one; in between it has a slot of its own in every row it passes, the first of them as wide as its
words. Slots are ordered by the middle of their neighbors, or exchanged, while that leaves fewer
crossings; then they are placed as near to their neighbors as order and widths allow (least
squares).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Link = tuple[int, int]
ABREAST: Final = 6
"""How many parties without owners of their own stand in one row; others go to rows above."""
_SWEEPS: Final = 12
_GAP: Final = 22.0
_THIN: Final = 4.0
_THIN_GAP: Final = 11.0  # beside a slot without words


@dataclass(frozen=True, slots=True)
class Course:
    """An arrow from an upper to a lower box, by number; `width` is that of its words."""

    upper: int
    lower: int
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The center of every box, and of every slot of a course from its words downwards.

    Rows count from 0 at the bottom; boxes are in even rows, words in odd ones.
    """

    row: tuple[int, ...]
    center: tuple[float, ...]
    slots: tuple[tuple[tuple[int, float], ...], ...]
    width: float


def laid_out(widths: Sequence[float], courses: Sequence[Course]) -> Layout:
    """Places for boxes of these widths; box 0 stands at the bottom, and courses have no circle."""
    level = _levels(len(widths), courses)
    rows: list[list[int]] = [[] for _ in range(2 * max(level, default=0) + 1)]
    wide = list(widths)
    links: list[Link] = []  # from an upper slot to the one in the row below
    chains: list[list[int]] = [[] for _ in courses]
    row_of = [2 * number for number in level]
    for place in _alternating(courses, level):
        course, chain = courses[place], chains[place]
        above = course.upper
        for row in range(row_of[course.upper] - 1, row_of[course.lower], -1):
            slot = len(wide)
            wide.append(course.width if above == course.upper else _THIN)
            row_of.append(row)
            chain.append(slot)
            links.append((above, slot))
            above = slot
        links.append((above, course.lower))
    for slot, row in enumerate(row_of):
        rows[row].append(slot)
    ups, downs = _neighbors(len(wide), links)
    rows = _ordered(_first_order(rows, ups), ups, downs)
    center = _placed(rows, wide, ups, downs)
    left = min(c - w / 2 for c, w in zip(center, wide, strict=True))
    center = [c - left for c in center]
    return Layout(
        row=tuple(row_of[: len(widths)]),
        center=tuple(center[: len(widths)]),
        slots=tuple(tuple((row_of[s], center[s]) for s in chain) for chain in chains),
        width=max(c + w / 2 for c, w in zip(center, wide, strict=True)),
    )


def _levels(count: int, courses: Sequence[Course]) -> list[int]:
    """The longest way down to box 0; boxes that nothing is above spread over several levels."""
    above: dict[int, list[int]] = {}
    waiting = [0] * count
    for course in courses:
        above.setdefault(course.lower, []).append(course.upper)
        waiting[course.upper] += 1
    level = [0] * count
    todo = [box for box in range(count) if not waiting[box]]
    while todo:
        box = todo.pop()
        for upper in above.get(box, ()):
            level[upper] = max(level[upper], level[box] + 1)
            waiting[upper] -= 1
            if not waiting[upper]:
                todo.append(upper)
    at = 1
    while at <= max(level):
        here = [box for box in range(count) if level[box] == at]
        tops = [box for box in here if box not in above]
        for box in tops[max(ABREAST - (len(here) - len(tops)), 1) :] if len(here) > ABREAST else ():
            level[box] += 1
        at += 1
    return level


def _alternating(courses: Sequence[Course], level: Sequence[int]) -> list[int]:
    """The courses by number, those into one box taken from each level in turn.

    So boxes of several rows above one another stand over each other, with the courses between.
    """
    met: dict[Link, int] = {}
    turns = []
    for place, course in enumerate(courses):
        group = (course.lower, level[course.upper])
        met[group] = met.get(group, 0) + 1
        turns.append((met[group], group[1], place))
    return [place for _, _, place in sorted(turns)]


def _neighbors(count: int, links: Sequence[Link]) -> tuple[list[list[int]], list[list[int]]]:
    ups: list[list[int]] = [[] for _ in range(count)]
    downs: list[list[int]] = [[] for _ in range(count)]
    for upper, lower in links:
        ups[lower].append(upper)
        downs[upper].append(lower)
    return ups, downs


def _first_order(rows: list[list[int]], ups: list[list[int]]) -> list[list[int]]:
    """Each row in the order in which its slots are come upon from below."""
    found = [rows[0]]
    for row in rows[1:]:
        come = dict.fromkeys(upper for slot in found[-1] for upper in ups[slot])
        found.append([*come, *(slot for slot in row if slot not in come)])
    return found


def _ordered(
    rows: list[list[int]], ups: list[list[int]], downs: list[list[int]]
) -> list[list[int]]:
    best, fewest = rows, _crossings(rows, ups)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        rows = [list(row) for row in rows]
        upwards = sweep % 2 == 0
        neighbors = downs if upwards else ups
        numbers = range(1, len(rows)) if upwards else range(len(rows) - 2, -1, -1)
        for number in numbers:
            beside = rows[number - 1 if upwards else number + 1]
            place = {slot: float(at) for at, slot in enumerate(beside)}
            rows[number] = _by_middle(rows[number], neighbors, place)
            if sweep % 4 > 1:  # now and then ties the other way round
                rows[number] = _by_middle(rows[number][::-1], neighbors, place)
        rows = _swapped(rows, ups, downs)
        crossings = _crossings(rows, ups)
        if crossings < fewest:
            best, fewest = rows, crossings
    return best


def _swapped(
    rows: list[list[int]], ups: list[list[int]], downs: list[list[int]]
) -> list[list[int]]:
    """The rows with neighbors exchanged wherever that leaves fewer crossings with both rows."""
    rows = [list(row) for row in rows]
    place = {slot: at for row in rows for at, slot in enumerate(row)}
    for row in rows:
        for at in range(1, len(row)):
            left, right = row[at - 1], row[at]
            gained = sum(
                (place[a] > place[b]) - (place[a] < place[b])
                for beside in (ups, downs)
                for a in beside[left]
                for b in beside[right]
            )
            if gained > 0:
                row[at - 1], row[at] = right, left
                place[left], place[right] = at, at - 1
    return rows


def _by_middle(row: list[int], neighbors: list[list[int]], place: Mapping[int, float]) -> list[int]:
    """The row by the mean place of the neighbors; a slot without any keeps its place."""
    middle = {}
    for at, slot in enumerate(row):
        places = [place[n] for n in neighbors[slot]]
        middle[slot] = sum(places) / len(places) if places else float(at)
    return sorted(row, key=middle.__getitem__)


def _crossings(rows: list[list[int]], ups: list[list[int]]) -> int:
    crossings = 0
    for lower, upper in pairwise(rows):
        place = {slot: at for at, slot in enumerate(upper)}
        passed: list[int] = []
        for slot in lower:
            ends = sorted(place[up] for up in ups[slot])
            crossings += sum(len(passed) - bisect_left(passed, end + 1) for end in ends)
            for end in ends:
                insort(passed, end)
    return crossings


def _placed(
    rows: list[list[int]], wide: list[float], ups: list[list[int]], downs: list[list[int]]
) -> list[float]:
    center = [0.0] * len(wide)
    for row in rows:
        _place(row, [0.0] * len(row), wide, center)
    for sweep in range(2 * _SWEEPS):
        upwards = sweep % 2 == 0
        neighbors = downs if upwards else ups
        for row in rows[1:] if upwards else rows[-2::-1]:
            wanted = []
            for slot in row:
                near = neighbors[slot] or [slot]
                wanted.append(sum(center[n] for n in near) / len(near))
            _place(row, wanted, wide, center)
    return center


def _place(row: list[int], wanted: list[float], wide: list[float], center: list[float]) -> None:
    """Centers as near to those wanted as order and widths allow: least squares, by pooling."""
    offsets, offset = [], 0.0
    for before, slot in zip([None, *row], row, strict=False):
        if before is not None:
            thin = min(wide[before], wide[slot]) <= _THIN
            offset += (wide[before] + wide[slot]) / 2 + (_THIN_GAP if thin else _GAP)
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for want, off in zip(wanted, offsets, strict=True):
        total, count = want - off, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    at = 0
    for total, count in pools:
        for number in range(at, at + count):
            center[row[number]] = total / count + offsets[number]
        at += count
