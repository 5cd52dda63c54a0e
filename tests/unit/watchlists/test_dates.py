"""Publishers' spellings of days."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.watchlists import dates


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2021-08-02", (), date(2021, 8, 2)),
        (" 03 Jun 2021 ", (), date(2021, 6, 3)),
        ("June 3, 2021", (), date(2021, 6, 3)),
        ("02.12.2019", ("%d.%m.%Y",), date(2019, 12, 2)),
        ("02.12.2019", (), None),
        ("2021-02-30", (), None),
        ("soon", (), None),
        ("", (), None),
    ],
)
def test_a_day_is_read_exactly_or_not_at_all(
    text: str, formats: tuple[str, ...], expected: date | None
) -> None:
    assert dates.day(text, *formats) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 May 1980", "1980-05-17"),
        ("May 1980", "1980-05"),
        ("1980", "1980"),
        ("1980 to 1983", "1980/1983"),
        ("1980-1983", "1980/1983"),
        ("01 Jan 1980 to 31 Dec 1983", "1980/1983"),
        ("circa 1980", "1979/1981"),
        ("circa 17 May 1980", "1979/1981"),
        ("19600517", "1960-05-17"),
        ("17051960", "1960-05-17"),
        ("05171960", "1960-05-17"),
        ("circa 19600517", "1959/1961"),
        ("19601399", None),
        ("99999999", None),
        ("1960051", None),
        ("17 May 19600", None),
        ("unknown", None),
    ],
)
def test_a_date_of_birth_is_as_exact_as_it_was_published(text: str, expected: str | None) -> None:
    assert dates.birth(text) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("1960", "%Y", "1960"),
        ("05/1960", "%m/%Y", "1960-05"),
        ("May-1960", "%b-%Y", "1960-05"),
        ("17.05.1960", "%d.%m.%Y", "1960-05-17"),
        ("17/05/62", "%d/%m/%y", "1962-05-17"),
        ("17/05/26", "%d/%m/%y", "2026-05-17"),
        ("17/05/27", "%d/%m/%y", "1927-05-17"),
        ("62", "%y", "1962"),
        ("29/02/28", "%d/%m/%y", "1928-02-29"),
    ],
)
def test_a_date_of_birth_is_as_exact_as_its_format_and_never_ahead(
    text: str, pattern: str, expected: str
) -> None:
    assert dates.birth(text, pattern, latest_year=2026) == expected


def test_a_year_of_two_digits_needs_a_latest_year() -> None:
    with pytest.raises(ValueError, match="no latest year"):
        dates.birth("17/05/62", "%d/%m/%y")
