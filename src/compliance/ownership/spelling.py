"""Ids that are spelled nearly like one that is asked for, for messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

_TOLD: Final = 3
_LIKE: Final = 75  # of 100: one letter in four may differ


def near(party: object, known: Iterable[str]) -> str:
    """A "did you mean" with the nearest ids, the nearest first; "" where none is near."""
    if not isinstance(party, str):
        return ""
    found = process.extract(
        party, sorted(known), scorer=fuzz.ratio, limit=_TOLD, score_cutoff=_LIKE
    )
    return f"did you mean {' or '.join(repr(name) for name, *_ in found)}?" if found else ""
