"""What the tests of list readers share: one entry of a list, and what a reader refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Listing, Watchlist


def by_id(watchlist: Watchlist, id_: str) -> Listing:
    """The one entry with an id."""
    (found,) = (found for found in watchlist.listings if found.id == id_)
    return found


def refused(read: Callable[[Path], Watchlist], path: Path, told_as: str) -> str:
    """Why a file is refused, its path written as `told_as`."""
    with pytest.raises(WatchlistError) as caught:
        read(path)
    return str(caught.value).replace(str(path), told_as)
