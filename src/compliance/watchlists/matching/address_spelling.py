"""One spelling for the words of addresses that are written in several ways, before they are read.

"Goethestr. 4" and "Goethe Strasse 4" are one text, "Cra. 50" is "carrera 50", "NW Third St" is
"northwest 3rd st", "C/ Mayor" is "calle mayor". The table is `rules/data/addresses.yaml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from compliance.watchlists.matching.address_table import AddressWords

_WORD: Final = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])")
_BEGINS: Final = r"(?:^|(?<=[,;(]))\s*"  # of a part between commas
_SHORT: Final = (
    (re.compile(_BEGINS + r"c/\s*(?!o\b)(?=[a-z0-9])"), " calle "),
    (re.compile(_BEGINS + r"c\.\s*(?=\d)"), " calle "),
    (re.compile(_BEGINS + r"v\.\s*(?=[a-z]{3})"), " via "),
    (re.compile(_BEGINS + r"r\.\s*(?=[a-z]{2})"), " rue "),
)
_STEM: Final = 4  # letters of a name of a street from which its end stands apart


def respelled(text: str, table: AddressWords) -> str:
    """A text in small ASCII letters with one spelling for each word."""
    for pattern, word in _SHORT:
        text = pattern.sub(word, text)
    text = _numbered(table).sub(lambda found: f"{table.numbered_roads[found[1]]} ", text)
    text = _ends(table).sub(lambda found: _apart(found, table), text)
    text = _directions(table).sub(lambda found: table.directions[found[1]], text)
    return _WORD.sub(lambda found: table.spellings.get(found[0], found[0]), text)


@cache
def _numbered(table: AddressWords) -> re.Pattern[str]:
    """A road that has a number for its name, before the number."""
    words = "|".join(sorted(table.numbered_roads, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b({words})\b\.?\s*(?=\d)")


@cache
def _ends(table: AddressWords) -> re.Pattern[str]:
    """The end of a name of a street; one or two letters of it with a dot and a number behind.

    "Seilerg. 4" is a street; "Hong Kong., HK" and "Kong. 4" are none.
    """
    long = "|".join(word for word in table.street_ends if len(word) > len("pl"))
    short = "|".join(word for word in table.street_ends if len(word) <= len("pl"))
    ends = rf"(?:({long})\b\.?|(?<=[a-z]{{{_STEM}}})({short})\.(?=\s*\d))"
    return re.compile(rf"\b([a-z]{{3,}}?)-?{ends}")


def _apart(found: re.Match[str], table: AddressWords) -> str:
    stem, end = found[1], found[2] or found[3]
    whole = f"{stem}{end}"
    if whole in table.districts or whole in table.units or whole in table.roads:
        return found[0]
    between = " " if len(stem) >= _STEM else ""
    return f"{stem}{between}{table.street_ends[end]} "


@cache
def _directions(table: AddressWords) -> re.Pattern[str]:
    """A single letter with a dot or without, before an ordinal, a letter or a word, or at the end.

    A number behind it is that of a house or a room.
    """
    letters = "".join(table.directions)
    ordinal = r"\d+(?:st|nd|rd|th)\b"
    return re.compile(rf"(?<=[\d a-z] )\b([{letters}])\b\.?(?=\s+(?:{ordinal}|[a-z])|\s*(?:,|$))")
