"""Publishers' spellings of days, read exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Final

_MONTHS: Final = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b. %d, %Y")
_PARTIAL: Final = ("%b %Y", "%B %Y", "%Y-%m", "%Y")
_PRECISION: Final = (("%d", "%Y-%m-%d"), ("%m", "%Y-%m"), ("%b", "%Y-%m"), ("%B", "%Y-%m"))
_RUN = re.compile(r"\d{8}", re.ASCII)
_RUNS: Final = ("%Y%m%d", "%d%m%Y", "%m%d%Y")  # the first that gives a year somebody living has
_BORN_AFTER: Final = 1850
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
# A day of which parts are held open, as the United Kingdom writes it: "dd/mm/1962", "00/05/1960".
_HELD_OPEN = re.compile(r"(\d\d?|dd|--)/(\d\d?|mm|--)/(\d{4}|(\d\d)yy)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|c\.)\s*", re.IGNORECASE)


def day(text: str, *formats: str) -> date | None:
    """The day that `text` spells: ISO, "03 Jun 2021", or one of `formats` (strptime); else None."""
    found = next(fitting(text.strip(), ("%Y-%m-%d", *formats, *_MONTHS)), None)
    return None if found is None else found[1]


def fitting(text: str, formats: Iterable[str]) -> Iterator[tuple[str, date]]:
    """Each format (strptime) that a text has, in order, and the day that it then spells.

    What a format leaves open is 1 January, or the first of the month.
    """
    for pattern in formats:
        found = _spelled(text, pattern)
        if found is not None:
            yield pattern, found


@lru_cache(maxsize=32_768)
def _spelled(text: str, pattern: str) -> date | None:
    """The day that a text spells in a format (strptime); remembered, for lists repeat their days.

    `strptime` compiles a format anew whenever more than five are in use.
    """
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def birth(text: str, *formats: str, latest_year: int | None = None) -> str | None:
    """A date of birth as `Listing.birth_dates` spells it, as exact as it is written.

    "circa 1960" is a range of two years; a range of days is the range of its years, which do not
    go back; eight digits are a day. `formats` are strptime formats that are tried first: "%Y" gives
    a year, "%m/%Y" a month. A year of two digits (%y) is the last one not after `latest_year`.

    Raises:
        ValueError: a format has %y and `latest_year` is not given.
    """
    plain = _ABOUT.sub("", text.strip())
    around = 1 if plain != text.strip() else 0
    if _RUN.fullmatch(plain) and (whole := _run_of_digits(plain)):
        year, shown = whole.year, whole.isoformat()
    elif len(years := _YEAR.findall(plain)) == 2:
        return f"{years[0]}/{years[1]}" if years[0] <= years[1] else None
    elif found := _written(plain, (*formats, "%Y-%m-%d", *_MONTHS, *_PARTIAL), latest_year):
        year, shown = found
    else:
        return None
    return f"{year - around}/{year + around}" if around else shown


def _run_of_digits(text: str) -> date | None:
    """The day that eight digits spell, in the first order that gives one after 1850."""
    return next((found for _, found in fitting(text, _RUNS) if found.year > _BORN_AFTER), None)


def _written(
    text: str, formats: tuple[str, ...], latest_year: int | None
) -> tuple[int, str] | None:
    """The year of a text in the first format that fits, and the text as exact as the format."""
    for pattern, found in fitting(text, formats):
        year = found.year
        if "%y" in pattern:
            if latest_year is None:
                raise ValueError(f"{pattern!r} has a year of two digits and no latest year")
            year = latest_year - (latest_year - year) % 100
        shown = next((shown for mark, shown in _PRECISION if mark in pattern), "%Y")
        try:
            return year, found.replace(year=year).strftime(shown)
        except ValueError:  # 29 February of a year that has none
            continue
    return None


def partial_day(text: str) -> str | None:
    """A day, month, year or century written day first with parts held open, as exact as it is.

    "17/05/1960" is 1960-05-17, "00/05/1960" 1960-05, "dd/mm/1960" 1960, "15/08/19yy" 1900/1999.
    None where it is no day.
    """
    found = _HELD_OPEN.fullmatch(text.strip())
    if found is None:
        return birth(text)
    number, month, year, century = found.groups()
    if century:
        return f"{century}00/{century}99"
    known = [part.isdecimal() and int(part) > 0 for part in (number, month)]
    try:
        whole = date(int(year), int(month) if known[1] else 1, int(number) if all(known) else 1)
    except ValueError:
        return None
    return whole.isoformat()[: 10 if all(known) else 7 if known[1] else 4]
