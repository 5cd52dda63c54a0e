"""The natures of control of the UK register of people with significant control, as intervals.

Companies Act 2006, Schedule 1A: more than 25 up to 50 percent, more than 50 and below 75 percent,
75 percent and more. In a partnership the right to share in surplus assets stands for shares.

A nature "as trust" or "as firm" is that of trustees or of a firm, together: how much of it is this
person's own is not stated, so it counts from 0 up to the upper end of its band.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from compliance.model.share import Share
from compliance.ownership.interests import UNSTATED, Kind

BANDS: Final = MappingProxyType(
    {
        "25-to-50": Share(Fraction(1, 4), Fraction(1, 2), exclusive_minimum=True),
        "50-to-75": Share(
            Fraction(1, 2), Fraction(3, 4), exclusive_minimum=True, exclusive_maximum=True
        ),
        "75-to-100": Share(Fraction(3, 4), Fraction(1)),
        "more-than-25": Share(Fraction(1, 4), Fraction(1), exclusive_minimum=True),
    }
)
_RIGHTS: Final[MappingProxyType[str, Kind]] = MappingProxyType(
    {
        "ownership-of-shares": "shareholding",
        "part-right-to-share-surplus-assets": "shareholding",
        "right-to-share-surplus-assets": "shareholding",
        "voting-rights": "voting_rights",
        "right-to-appoint-and-remove-directors": "board_appointment",
        "right-to-appoint-and-remove-members": "board_appointment",
        "right-to-appoint-and-remove-person": "board_appointment",
        "significant-influence-or-control": "other",
    }
)
_NATURE: Final = re.compile(
    rf"(?P<right>{'|'.join(_RIGHTS)})(?:-(?P<band>{'|'.join(BANDS)})-percent)?(?P<rest>(?:-[a-z]+)*)"
)
_NO_INTEREST: Final = "registered-owner-as-nominee"  # of land, for an overseas entity


@dataclass(frozen=True, slots=True)
class Nature:
    """One right: its kind, its share, and whether it is held with others, as trust or firm."""

    kind: Kind
    share: Share
    jointly: bool


@lru_cache(512)
def nature(word: str) -> Nature | None:
    """What one nature of control says; None for a word that is not known."""
    found = _NATURE.fullmatch(word)
    if found is None:
        return None
    kind = _RIGHTS[found["right"]]
    banded = kind in {"shareholding", "voting_rights"}
    if banded != (found["band"] is not None):
        return None
    share = BANDS[found["band"]] if banded else UNSTATED
    return Nature(kind, share, found["rest"].startswith("-as-"))


def is_interest(word: str) -> bool:
    """Whether a nature is an interest in the company at all: that of nominees of land is none."""
    return not word.startswith(_NO_INTEREST)


def combined(natures: Iterable[Nature]) -> Iterator[tuple[Kind, Share]]:
    """Each kind of right with its share; what is held jointly widens what is held alone upwards."""
    alone: dict[Kind, list[Share]] = {}
    jointly: dict[Kind, Fraction] = {}
    open_end: dict[Kind, bool] = {}
    for each in natures:
        shares = alone.setdefault(each.kind, [])
        if each.jointly and each.share != UNSTATED:
            jointly[each.kind] = jointly.get(each.kind, Fraction(0)) + each.share.maximum
            open_end[each.kind] = each.share.exclusive_maximum
        elif each.share not in shares:
            shares.append(each.share)
    for kind, shares in alone.items():
        more = jointly.get(kind)
        if more is None:
            yield from ((kind, share) for share in shares)
        else:
            own = shares or [Share.exact(0)]
            yield from ((kind, _widened(share, more, open_=open_end[kind])) for share in own)


def _widened(own: Share, more: Fraction, *, open_: bool) -> Share:
    high = own.maximum + more
    if high >= 1:
        within = high == 1 and (own.exclusive_maximum or open_)
        return Share(own.minimum, Fraction(1), own.exclusive_minimum, within)
    return Share(own.minimum, high, own.exclusive_minimum, own.exclusive_maximum or open_)
