"""Where boxes and arrows stand: rows in order, nothing on top of another."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from compliance.explain.ownership.layered_drawing import ABREAST, Course, laid_out


def test_an_owner_stands_above_all_that_it_owns() -> None:
    layout = laid_out([50.0] * 3, [Course(1, 0, 20), Course(2, 1, 20), Course(2, 0, 20)])
    assert layout.row == (0, 2, 4)
    assert [[row for row, _ in slots] for slots in layout.slots] == [[1], [3], [3, 2, 1]]


def test_a_single_owner_stands_straight_above() -> None:
    layout = laid_out([100.0, 60.0], [Course(1, 0, 20)])
    assert layout.center == (50.0, 50.0)
    assert layout.slots == (((1, 50.0),),)
    assert layout.width == 100.0


def test_many_owners_spread_over_rows() -> None:
    layout = laid_out([50.0] * 20, [Course(n, 0, 20) for n in range(1, 20)])
    rows = [layout.row.count(row) for row in sorted(set(layout.row))]
    assert rows == [1, ABREAST, ABREAST, ABREAST, 1]


def test_arrows_that_need_not_cross_do_not() -> None:
    courses = [Course(1, 0, 9), Course(2, 0, 9), Course(3, 2, 9), Course(4, 1, 9)]
    center = laid_out([40.0] * 5, courses).center
    assert (center[1] < center[2]) == (center[4] < center[3])


def test_neighbors_are_exchanged_where_the_middles_of_their_ends_are_the_same() -> None:
    courses = [Course(1, 0, 30), Course(2, 1, 30), Course(3, 1, 30), Course(2, 0, 30)]
    layout = laid_out([80.0] * 4, courses)
    to_one, of_three, to_zero = (slots[0][1] for slots in layout.slots[1:])
    sides = (layout.center[3] < layout.center[2], of_three < to_one, to_one < to_zero)
    assert len(set(sides)) == 1


@given(st.data())
def test_nothing_stands_on_top_of_another(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    widths = data.draw(st.lists(st.floats(10, 200), min_size=count, max_size=count))
    pairs = [(upper, lower) for upper in range(count) for lower in range(upper)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    joined = {upper for upper, _ in chosen}
    chosen += [(upper, 0) for upper in range(1, count) if upper not in joined]
    courses = [Course(upper, lower, data.draw(st.floats(4, 90))) for upper, lower in chosen]
    layout = laid_out(widths, courses)
    taken: dict[int, list[tuple[float, float]]] = {}
    for row, center, width in zip(layout.row, layout.center, widths, strict=True):
        taken.setdefault(row, []).append((center - width / 2, center + width / 2))
    for slots, course in zip(layout.slots, courses, strict=True):
        for number, (row, center) in enumerate(slots):
            half = course.width / 2 if number == 0 else 0
            taken.setdefault(row, []).append((center - half, center + half))
    for places in taken.values():
        for (_, right), (left, _) in pairwise(sorted(places)):
            assert right < left
    assert min(left for places in taken.values() for left, _ in places) > -1e-6
    assert max(right for places in taken.values() for _, right in places) < layout.width + 1e-6
    for course, slots in zip(courses, layout.slots, strict=True):
        between = range(layout.row[course.upper] - 1, layout.row[course.lower], -1)
        assert [row for row, _ in slots] == [*between]
