"""Short ways to state a graph in tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from compliance.model.share import Share
from compliance.ownership import OwnershipGraph

DAY = date(2024, 6, 15)


def graph(*rows: tuple[str, object, str], parties: Iterable[str] = ()) -> OwnershipGraph:
    """(owner, share, owned) rows as shareholdings, and parties of which nothing is stated."""
    return OwnershipGraph.from_interests(
        ({"owner": owner, "owned": owned, "share": share} for owner, share, owned in rows), parties
    )


def band(low: str, high: str, **ends: bool) -> dict[str, object]:
    """An interval from `low` to `high`."""
    return {"minimum": low, "maximum": high, **ends}


def exact(numerator: int, denominator: int = 100) -> Share:
    """An exact share, by default in percent."""
    return Share.exact(Fraction(numerator, denominator))


def interval(low: int, high: int, **ends: bool) -> Share:
    """An interval in percent."""
    return Share(Fraction(low, 100), Fraction(high, 100), **ends)
