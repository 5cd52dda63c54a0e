"""Percentages in words and days that are known in part: read exactly, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.ownership.readers.spelled_values import StatedDay, beginning, end, percentage


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("51", "51%"),
        (" 51 % ", "51%"),
        ("51,5%", "51.5%"),
        ("51.50 percent", "51.5%"),
        ("0", "0%"),
        ("1", "1%"),
        ("0.5%", "0.5%"),
        ("100.0", "100%"),
        ("25-50%", "25% to 50%"),
        ("25% \u2013 50%", "25% to 50%"),
        ("from 25 to 50 percent", "25% to 50%"),
        ("Between 25% and 50%", "25% to 50%"),
        ("more than 25%", "more than 25% to 100%"),
        (">25", "more than 25% to 100%"),
        (">= 25", "25% to 100%"),
        ("at least 25%", "25% to 100%"),
        ("75% or more", "75% to 100%"),
        ("75+", "75% to 100%"),
        ("less than 5%", "0% to below 5%"),
        ("up to 5%", "0% to 5%"),
        ("5% or less", "0% to 5%"),
        ("more than 25% but not more than 50%", "more than 25% to 50%"),
        ("over 50% and less than 75%", "more than 50% to below 75%"),
    ],
)
def test_a_percentage_in_words_is_an_interval(text: str, shown: str) -> None:
    assert str(percentage(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "about 50%",
        "majority",
        "0.5",
        "0,51",
        "-5%",
        "101",
        "50-25%",
        "more than 50% but less than 25%",
        "more than 100%",
        "1/2",
        "5 shares",
        "50% and some",
        "5e1",
        "nan",
        "\u0665\u0661%",
    ],
)
def test_what_is_no_percentage_for_certain_is_none(text: str) -> None:
    assert percentage(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-06-15", date(2024, 6, 15), date(2024, 6, 15)),
        ("2024-06-15T23:30:00+14:00", date(2024, 6, 15), date(2024, 6, 15)),
        ("2024-06-15 10:00", date(2024, 6, 15), date(2024, 6, 15)),
    ],
)
def test_a_day_is_the_day_that_is_written(text: str, first: date, last: date) -> None:
    assert (beginning(text), end(text)) == (StatedDay(first), StatedDay(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-06", date(2024, 6, 1), date(2024, 7, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
    ],
)
def test_a_month_or_a_year_is_read_in_the_widest_sense(text: str, first: date, last: date) -> None:
    rounded = StatedDay(first, rounded=True), StatedDay(last, rounded=True)
    assert (beginning(text), end(text)) == rounded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13",
        "2024-00",
        "2024-01-00",
        "2024-02-30",
        "15.06.2024",
        "2024-6-1",
        "2024T10",
        "0000",
        "99999",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert (beginning(text), end(text)) == (None, None)
