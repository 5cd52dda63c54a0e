"""Texts that name a thing twice, or several things of which it is one.

Apposition: "DGX H100 (8x H100)" is what both parts name; where their numbers differ both are
possible, so that nothing is read as fewer chips than one part says. Alternatives: "A2 / A16",
"RTX 2070 Mobile / Max-Q" are sets of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from compliance.chips.interpretation import WHOLE, Reading

_BRACKETS: Final = re.compile(r"^(?P<first>[^()\[\]]+)[(\[](?P<second>[^()\[\]]+)[)\]]\s*$")
_BETWEEN: Final = re.compile(r",\s|;|:\s|\s[\-\u2013\u2014|:]\s|\swith\s|\sw/\s?|\scontaining\s")
_OR: Final = re.compile(r"\s*/\s*")
_MOST: Final = 4
_Read = Callable[[str], Reading | None]


def restated(text: str, read: _Read) -> Reading | None:
    """What a text names by both of its parts; None where one of them names nothing, or another."""
    for one, other in _parts(text):
        first = read(one)
        second = None if first is None else read(other)
        if first is not None and second is not None:
            return _both(first, second)
    return None


def alternatives(text: str, read: _Read) -> Reading | None:
    """The chips of which a text names one; None where a part is not one chip."""
    first, *others = _OR.split(text.strip())
    if not others or len(others) >= _MOST:
        return None
    found = [_one(read(first))]
    words = first.split()
    for other in others:
        ways = (other, *(" ".join((*words[:end], other)) for end in range(len(words), 0, -1)))
        found.append(next(filter(None, (_one(read(way)) for way in ways)), None))
    chips = [chip for each in found if each is not None for chip in each.chips]
    return None if None in found else Reading(tuple(dict.fromkeys(chips)))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    brackets = _BRACKETS.match(text)
    if brackets:
        yield brackets["first"], brackets["second"]
    for between in _BETWEEN.finditer(text):
        yield text[: between.start()], text[between.end() :]


def _both(first: Reading, second: Reading) -> Reading | None:
    chips = tuple(chip for chip in first.chips if chip in second.chips)
    if not chips:
        return None
    system = first if first.system else second
    return Reading(
        chips,
        _sizes(first, second),
        max(first.share, second.share),
        system.system,
        system.scale,
        first.counted or second.counted,
    )


def _sizes(first: Reading, second: Reading) -> tuple[int, ...]:
    """The numbers on which both agree, or all of both; any number where one leaves it open."""
    if not first.sizes or not second.sizes:
        return ()
    for one, other in ((first, second), (second, first)):
        if not (one.system or one.counted):  # only says which chip
            return other.sizes
    common = set(first.sizes) & set(second.sizes)
    return tuple(sorted(common or {*first.sizes, *second.sizes}))


def _one(found: Reading | None) -> Reading | None:
    """A reading of one whole chip."""
    if found is None or found.system or found.counted or found.share < WHOLE:
        return None
    return found
