"""Facts about the addresses of a party: who else is listed there, and whether the place itself is.

The Entity List has entries that are addresses: whoever is there needs a license, whatever its name.
Another room of the tower is not the address; an address without its room, or of a town that is not
known to be the same, may be it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from compliance.model.party import Address
from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact, once
from compliance.screening.facts.subjects import ItemFacts, PartyFacts
from compliance.watchlists.matching.address_index import AddressHit
from compliance.watchlists.matching.address_table import words
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.measures import began

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

item_field: Callable[
    [str], Callable[[Callable[[ItemFacts], Fact]], Callable[[ItemFacts], Fact]]
] = partial(fact, ItemFacts.registry)

_NONE: Final[frozenset[str]] = frozenset()
Standing = Literal["here", "says_little", "meant"]


@dataclass(frozen=True, slots=True)
class Neighbor:
    """Somebody else who is listed at an address of a party, or the address itself (`meant`).

    `here` and `says_little`: see `_says_little`. `surely`: it is the listed address, and in force.
    """

    address: str
    hit: AddressHit
    standing: Standing
    surely: bool
    measures: frozenset[str]

    def __str__(self) -> str:
        listing = self.hit.listing
        reasons = ", ".join(self.hit.reasons)
        return f"{listing.name} ({listing.list_id}) at {self.hit.address}: {reasons}"


@once
def neighbors(p: PartyFacts) -> tuple[Neighbor, ...]:
    """Who else is listed at the party's addresses, each once with its best address, and in force.

    A listing that the party itself may be is told of by its name or number. An entry that several
    lists hold is told of once.
    """
    if not p.party.addresses:
        return ()
    itself = {key for hit in p.hits for key in hit.keys}
    best: dict[tuple[str, str], Neighbor] = {}
    for address in p.party.addresses:
        for hit in p.know.lookups.at(address):
            key = (hit.listing.list_id, hit.listing.id)
            found = None if key in itself else _neighbor(p, address, hit)
            known = best.get(key)
            if found and not (known and known.hit.agreement >= hit.agreement):
                best[key] = found
    return _each_once([best[key] for key in sorted(best)])


def _neighbor(p: PartyFacts | ItemFacts, address: Address, hit: AddressHit) -> Neighbor | None:
    """What a hit says of the party; nothing where the entry has ended, or is another room."""
    listing = hit.listing
    in_force = listing.active(p.as_of)
    measures = frozenset(m for m in listing.measures if began(m, p.as_of))
    if in_force is Truth.FALSE or not measures:
        return None
    parts = (address.text, address.city, address.country)
    written = ", ".join(part for part in parts if part)
    if listing.kind != "address":
        standing: Standing = "says_little" if _says_little(hit) else "here"
        return Neighbor(written, hit, standing, in_force is Truth.TRUE, measures)
    if hit.level == "other_unit":
        return None
    surely = in_force is Truth.TRUE and hit.whole
    return Neighbor(written, hit, "meant", surely, measures)


def _each_once(found: list[Neighbor]) -> tuple[Neighbor, ...]:
    if len(found) < 2:
        return tuple(found)
    groups = same_entries([neighbor.hit.listing for neighbor in found])
    return tuple(
        max((found[place] for place in group), key=lambda n: (n.surely, n.hit.agreement))
        for group in groups
    )


def _says_little(hit: AddressHit) -> bool:
    """Another room than the listed one, or a house that many share and no room to tell by."""
    if hit.level == "unit":
        return False
    return hit.level == "other_unit" or bool(hit.known) or hit.shared >= words().many


def _addresses(name: str, standing: Standing) -> None:
    @field(name)
    def _listed_there(p: PartyFacts) -> Fact:
        path = p.at("addresses")
        found = [n for n in neighbors(p) if n.standing == standing]
        if not found:
            return Fact.of(_NONE, path)
        sure = frozenset(m for n in found if n.surely for m in n.measures)
        possible = frozenset(m for n in found for m in n.measures) - sure
        return Fact.some(sure, f"{path} against {p.know.lists_in_words}", possible=possible)

    @field(f"{name}.who")
    def _who(p: PartyFacts) -> Fact:
        said = frozenset(str(n) for n in neighbors(p) if n.standing == standing)
        return Fact.of(said, p.at("addresses"))


_addresses("addresses_listed", "here")
_addresses("addresses_shared", "says_little")
_addresses("addresses_listed_under", "meant")


@once
def _site_neighbors(i: ItemFacts) -> tuple[Neighbor, ...]:
    """The entries that are the address of the site, in force."""
    site = i.item.site
    if site is None or site.address is None or site.address.text is None:
        return ()
    country = site.country.value if site.country is not None else None
    given = site.address
    address = given.model_copy(
        update={"city": given.city or site.city, "country": given.country or country}
    )
    found = (_neighbor(i, address, hit) for hit in i.know.lookups.at(address))
    return _each_once([n for n in found if n is not None and n.standing == "meant"])


@item_field("site.address_listed_under")
def _site_listed_under(i: ItemFacts) -> Fact:
    path, found = i.at("site.address"), _site_neighbors(i)
    sure = frozenset(m for n in found if n.surely for m in n.measures)
    possible = frozenset(m for n in found for m in n.measures) - sure
    return Fact.some(sure, f"{path} against {i.know.lists_in_words}", possible=possible)


@item_field("site.address_listed_under.who")
def _site_listed_who(i: ItemFacts) -> Fact:
    return Fact.of(frozenset(str(n) for n in _site_neighbors(i)), i.at("site.address"))
