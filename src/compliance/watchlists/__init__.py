"""Watchlists: entries as their publishers wrote them, readers, and the index that finds them."""

from __future__ import annotations

from compliance.watchlists.formats import formats, read
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.name_index import Hit, NameIndex
from compliance.watchlists.own_list import from_rows
from compliance.watchlists.readers.yaml_list import embedded

__all__ = [
    "Dated",
    "Hit",
    "Identifier",
    "Listing",
    "ListingKind",
    "NameIndex",
    "Watchlist",
    "embedded",
    "formats",
    "from_rows",
    "read",
]
