"""Publishers' spellings of days, read exactly or not at all."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_MONTHS: Final = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b. %d, %Y")
_PARTIAL: Final = (("%b %Y", "%Y-%m"), ("%B %Y", "%Y-%m"), ("%Y-%m", "%Y-%m"), ("%Y", "%Y"))
_YEAR = re.compile(r"\d{4}")
# A day of which parts are held open, as the United Kingdom writes it: "dd/mm/1962", "00/05/1960".
_HELD_OPEN = re.compile(r"(\d\d?|dd|--)/(\d\d?|mm|--)/(\d{4}|(\d\d)yy)", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|c\.)\s*", re.IGNORECASE)
# A Federal Register citation and the day printed behind it: "76 FR 71869, 11/21/11".
_CITED_DAY = re.compile(
    r"\d+\s+F\.?\s?R\.?\s+[\d,]+(?:-\d+)?,?\s+\(?(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b"
)


def day(text: str, *formats: str) -> date | None:
    """The day that `text` spells: ISO, "03 Jun 2021", or one of `formats` (strptime); else None."""
    text = text.strip()
    for pattern in ("%Y-%m-%d", *formats, *_MONTHS):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def birth(text: str, *formats: str) -> str | None:
    """A date of birth as `Listing.birth_dates` spells it; "circa 1960" is a range of two years.

    A range of days is the range of its years.
    """
    plain = _ABOUT.sub("", text.strip())
    around = 1 if plain != text.strip() else 0
    found = day(plain, *formats)
    if found is not None:
        return f"{found.year - around}/{found.year + around}" if around else found.isoformat()
    years = _YEAR.findall(plain)
    if len(years) == 2:
        return f"{years[0]}/{years[1]}"
    for pattern, shown in _PARTIAL:
        try:
            parsed = datetime.strptime(plain, pattern)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        year = parsed.year
        return f"{year - around}/{year + around}" if around else parsed.strftime(shown)
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


def cited_days(citation: str) -> tuple[date, ...]:
    """The days printed behind Federal Register citations, in the order written.

    Two-digit years: 70 and above are of the 1900s.
    """
    found = []
    for month, number, year in _CITED_DAY.findall(citation):
        whole = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
        try:
            found.append(date(whole, int(month), int(number)))
        except ValueError:
            continue
    return tuple(found)
