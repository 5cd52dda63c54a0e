"""How wide words are drawn, and how they are broken into lines: estimates on the wide side.

No font is read: the widths are those of common sans-serif faces, per character class.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_NARROW: Final = frozenset("iljtfrI .,:;'|!()[]")
_BROAD: Final = frozenset("mwMW%@<>+=~&#\u2026")
_ELLIPSIS: Final = "\u2026"


def wide(text: str, size: float) -> float:
    """About how many pixels a text is wide, in a face of so many; rather too many than too few."""
    return sum(map(_part, text)) * size


def _part(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _BROAD:
        return 0.95
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.05
    return 0.76 if character.isupper() else 0.61


def broken(text: str, size: float, room: float, most: int) -> list[str]:
    """A text in at most `most` lines of at most `room` pixels; the rest is an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, room):
            longer = f"{line} {piece}" if line else piece
            if wide(longer, size) <= room:
                line = longer
            else:
                lines.append(line)
                line = piece
    lines.append(line)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), size, room)]


def _pieces(word: str, size: float, room: float) -> list[str]:
    """A word in parts that fit on a line each."""
    parts = [""]
    for character in word:
        if parts[-1] and wide(parts[-1] + character, size) > room:
            parts.append("")
        parts[-1] += character
    return parts


def _cut(text: str, size: float, room: float) -> str:
    while text and wide(text + _ELLIPSIS, size) > room:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS
