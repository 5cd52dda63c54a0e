"""Facts about the addresses of a party: who else is listed there, and whether the place itself is.

The Entity List has entries that are addresses: whoever is there needs a license, whatever its name.
Another room of the tower is not the address; an address without its room, or of a town that is not
known to be the same, may be it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from compliance.model.party import Address
from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import once
from compliance.screening.facts.subjects import ItemFacts, PartyFacts, item_field, party_field
from compliance.watchlists.matching.address_index import AddressHit
from compliance.watchlists.matching.address_table import words
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.measures import began

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
    return hit.level == "other_unit" or bool(hit.known) or hit.shared >= words().limits.many


def _measures(facts: PartyFacts | ItemFacts, path: str, found: Sequence[Neighbor]) -> Fact:
    """The measures that neighbors are under, certainly or possibly."""
    sure = frozenset(m for n in found if n.surely for m in n.measures)
    possible = frozenset(m for n in found for m in n.measures) - sure
    return Fact.some(sure, f"{path} against {facts.know.lists_in_words}", possible=possible)


def _listed_there(p: PartyFacts, standing: Standing) -> Fact:
    path, found = p.at("addresses"), _standing(p, standing)
    return _measures(p, path, found) if found else Fact.of(_NONE, path)


def _who(p: PartyFacts, standing: Standing) -> Fact:
    return Fact.of(frozenset(map(str, _standing(p, standing))), p.at("addresses"))


def _standing(p: PartyFacts, standing: Standing) -> list[Neighbor]:
    return [n for n in neighbors(p) if n.standing == standing]


@party_field(
    "addresses_listed",
    "choices",
    asks="its full addresses, with floor and room",
    domain="measures",
    hits="address",
    cost="computed",
)
def _addresses_listed(p: PartyFacts) -> Fact:
    """Measures that somebody else at one of its addresses is listed under.

    In the same room, or no other one is named.
    """
    return _listed_there(p, "here")


@party_field("addresses_listed.who", "texts", cost="computed")
def _addresses_listed_who(p: PartyFacts) -> Fact:
    """Who is listed there, and how the addresses agree."""
    return _who(p, "here")


@party_field("addresses_shared", "choices", domain="measures", hits="address", cost="computed")
def _addresses_shared(p: PartyFacts) -> Fact:
    """Measures that somebody at its house is listed under, where that says little.

    Another room, a campus, a house of many listed parties.
    """
    return _listed_there(p, "says_little")


@party_field("addresses_shared.who", "texts", cost="computed")
def _addresses_shared_who(p: PartyFacts) -> Fact:
    """Who is listed there, and why it says little."""
    return _who(p, "says_little")


@party_field(
    "addresses_listed_under",
    "choices",
    asks="its full addresses, with room and floor",
    domain="measures",
    hits="address",
    cost="computed",
)
def _addresses_listed_under(p: PartyFacts) -> Fact:
    """Measures of entries that are addresses, where it has such an address.

    Whoever is there is meant; another room of the house is not the address.
    """
    return _listed_there(p, "meant")


@party_field("addresses_listed_under.who", "texts", cost="computed")
def _addresses_listed_under_who(p: PartyFacts) -> Fact:
    """The entry that is the address, and how the addresses agree."""
    return _who(p, "meant")


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


@item_field(
    "site.address_listed_under",
    "choices",
    asks="the full address of the site, with room and floor",
    cost="computed",
)
def _site_listed_under(i: ItemFacts) -> Fact:
    """Measures of entries that are addresses, where the site has such an address.

    Another room of the house is not the address.
    """
    return _measures(i, i.at("site.address"), _site_neighbors(i))


@item_field("site.address_listed_under.who", "texts", cost="computed")
def _site_listed_who(i: ItemFacts) -> Fact:
    """The entry that is the address of the site, and how the addresses agree."""
    return Fact.of(frozenset(str(n) for n in _site_neighbors(i)), i.at("site.address"))
