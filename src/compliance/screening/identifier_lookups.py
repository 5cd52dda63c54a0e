"""What is looked up beside names: listed numbers and listed addresses.

Each index is built when it is first asked, once, whichever thread asks; the last answers are kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from compliance.memo import Memo
from compliance.model.party import Address
from compliance.watchlists import Watchlist
from compliance.watchlists.matching.address_index import AddressHit, AddressIndex
from compliance.watchlists.matching.identifier_index import IdentifierHit, IdentifierIndex

I = TypeVar("I")  # noqa: E741 - an index


class Lazily(Generic[I]):
    """A value that is made when it is first asked for, once."""

    def __init__(self, make: Callable[[], I]) -> None:
        self._make = make
        self._made: I | None = None
        self._lock = threading.Lock()

    def __call__(self) -> I:
        """The value, made if nobody asked before."""
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = self._make()
        return self._made


class Lookups:
    """The numbers and addresses of several watchlists."""

    def __init__(self, watchlists: tuple[Watchlist, ...]) -> None:
        self.identifiers = Lazily(lambda: IdentifierIndex.build(watchlists))
        self.addresses = Lazily(lambda: AddressIndex.build(watchlists))
        self._numbered: Memo[tuple[str, str, str | None], tuple[IdentifierHit, ...]] = Memo()
        self._at: Memo[Address, tuple[AddressHit, ...]] = Memo()

    def numbered(self, scheme: str, value: str, country: str | None) -> tuple[IdentifierHit, ...]:
        """The listed numbers that a number may be."""
        asked = scheme, value, country
        try:
            return self._numbered[asked]
        except KeyError:
            return self._numbered.keep(asked, self.identifiers().search(*asked))

    def at(self, address: Address) -> tuple[AddressHit, ...]:
        """Who is listed at an address, and whether the address is."""
        try:
            return self._at[address]
        except KeyError:
            return self._at.keep(address, self.addresses().search(address))
