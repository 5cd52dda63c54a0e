"""The screener of the rules that ship, loaded once for a run, and the same with other lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from compliance import Screener
from compliance.screening.screener import with_watchlists
from compliance.watchlists import Watchlist


@cache
def screener() -> Screener:
    """As `Screener.load()` gives it."""
    return Screener.load()


@cache
def without_lists() -> Screener:
    """The same rules, consulting no list."""
    return Screener.load(embedded=False)


def consulting_only(lists: Sequence[Watchlist]) -> Screener:
    """The same rules, consulting these lists: `Screener.load(embedded=False, watchlists=lists)`."""
    return with_watchlists(without_lists(), lists)
