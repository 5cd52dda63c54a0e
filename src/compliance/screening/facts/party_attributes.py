"""A party of a contract as the qualities by which a hit is told from a namesake.

A country that the gazetteer cannot read is not known here. The country that issued a number is
known where the customer states it, or where the scheme or the number itself says so; a company's
register number is taken as one of where it is incorporated, and as one of an unknown country
beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from compliance.model.evidence import Stated
from compliance.model.party import Party
from compliance.watchlists.listing import ListingKind
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.matching.identifiers import canonical, wallet_of
from compliance.watchlists.matching.qualifiers import Place, Qualities

Read = Callable[[str], str | None]
"""The ISO code that a country text means, or None."""

_STATED: Final[tuple[Place, ...]] = ("incorporation", "headquarters", "residence")
ADDRESS: Final = 25  # letters of the shortest address of a wallet
_OF_REGISTERS: Final = "register"  # the family of numbers that a country gives to its companies


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a party; `country` issued it: `stated` by the customer, or as a register does."""

    scheme: str
    value: str
    country: str | None
    stated: bool


def numbers_of(party: Party, kind: str | None, read: Read) -> Iterator[Number]:
    """The numbers of a party, as given; a wallet's name is its address.

    So is the name of anybody that can be nothing else: the index of names has no addresses.
    """
    home = _code(party.incorporation, read)
    for identifier in party.identifiers:
        if identifier.country is not None:
            country = read(identifier.country)
            yield Number(identifier.scheme, identifier.value, country, stated=country is not None)
            continue
        registered = _OF_REGISTERS in schemes().scheme(identifier.scheme).families
        yield Number(
            identifier.scheme, identifier.value, home if registered else None, stated=False
        )
    names = [party.name.value] if party.name is not None and party.name.value else []
    for name in (*names, *party.aliases):
        if kind == "wallet" or is_address(name):
            yield Number("wallet", name, None, stated=False)


def is_address(name: str) -> bool:
    """Whether a name has the form of a wallet's address, and no check digit that fails."""
    if len(name) < ADDRESS or " " in name:
        return False
    address = wallet_of(name)
    return address.form != "unknown" and address.check != "invalid"


def qualities_of(party: Party, kind: str | None, read: Read) -> Qualities:
    """What is known of a party, for `watchlists.qualifiers`."""
    places: list[tuple[Place, str]] = []
    for place in _STATED:
        code = _code(getattr(party, place), read)
        if code is not None:
            places.append((place, code))
    for address in party.addresses:
        code = read(address.country) if address.country is not None else None
        if code is not None:
            places.append(("address", code))
    nationalities = (read(text) for text in party.nationalities)
    born = party.birth_date.value if party.birth_date is not None else None
    numbers = list(numbers_of(party, kind, read))
    return Qualities(
        kind=cast("ListingKind", kind or "unknown"),
        birth_dates=(born,) if born is not None else (),
        countries=tuple(dict.fromkeys(places)),
        nationalities=tuple(dict.fromkeys(code for code in nationalities if code is not None)),
        addresses=party.addresses,
        identifiers=tuple(canonical(n.scheme, n.value, n.country) for n in numbers),
    )


def _code(stated: Stated[str] | None, read: Read) -> str | None:
    return read(stated.value) if stated is not None and stated.value is not None else None
