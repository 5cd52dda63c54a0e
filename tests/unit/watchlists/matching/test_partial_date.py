"""Dates of birth as exact as they are published."""

from __future__ import annotations

import pytest

from compliance.watchlists.matching.partial_date import Birth, nearest


def near(one: str, other: str) -> str:
    mine, theirs = Birth.read(one), Birth.read(other)
    assert mine is not None
    assert theirs is not None
    found = mine.against(theirs, 2)
    assert found == theirs.against(mine, 2)
    return found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("1960-05-17", "1960-05-17", "same_day"),
        ("1960-05-07", "1960-07-05", "same_day"),
        ("1960-05-17", "1960-05-18", "other_day"),
        ("1960-05-17", "1960-11-30", "other_day"),
        ("1960-01-01", "1960-05-18", "same_year"),
        ("1960-01-01", "1960-01-01", "same_day"),
        ("1960-05-17", "1960-05", "same_month"),
        ("1960-05", "1960-06-01", "other_day"),
        ("1960-05", "1960-07", "other_day"),
        ("1960-05-17", "1960", "same_year"),
        ("1960", "1960", "same_year"),
        ("1962-05-17", "1960/1963", "same_year"),
        ("1964", "1960/1963", "near"),
        ("1960", "1962", "near"),
        ("1960", "1963", "apart"),
        ("1970-01-01", "1960/1963", "apart"),
        ("1950/1955", "1955/1960", "same_year"),
    ],
)
def test_how_near_two_dates_are(one: str, other: str, found: str) -> None:
    assert near(one, other) == found


@pytest.mark.parametrize(
    "text", ["", "May 1960", "1960-13", "1960-02-30", "1960-05-17/1961", "60", "0000", "1960/0000"]
)
def test_what_is_no_date_is_not_known(text: str) -> None:
    assert Birth.read(text) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1960", "1960"),
        ("1960-05", "1960-05"),
        ("1960-05-17", "1960-05-17"),
        ("1963/1960", "1960 to 1963"),
    ],
)
def test_a_date_is_written_as_exact_as_it_is(text: str, written: str) -> None:
    assert str(Birth.read(text)) == written


def test_of_several_dates_the_nearest_pair_counts() -> None:
    ours = [birth for text in ("1950", "1960-05-17") if (birth := Birth.read(text))]
    theirs = [birth for text in ("1970", "1960-05") if (birth := Birth.read(text))]
    assert nearest(ours, theirs, 2) == ("same_month", ours[1], theirs[1])


def test_another_day_of_the_year_counts_only_where_no_other_date_is_nearer() -> None:
    ours = [birth for text in ("1960-05-17",) if (birth := Birth.read(text))]
    theirs = [birth for text in ("1960-06-18", "1961") if (birth := Birth.read(text))]
    assert nearest(ours, theirs, 2) == ("near", ours[0], theirs[1])
