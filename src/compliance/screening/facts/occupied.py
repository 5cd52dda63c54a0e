"""Facts about places of regions that their government holds in part only: who controls the place.

`regions` say where an address lies; these say whether it lies outside the government's control on
the day. Where the address does not tell, the region is possible, unless somebody states who
controls the place (`controlled_by`); that statement changes nothing where the table is certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from compliance.model.party import Address
from compliance.model.truth import Truth
from compliance.places import AddressTexts
from compliance.policies.fact import Fact
from compliance.screening.facts.base import once, texts_of
from compliance.screening.facts.item import site_texts
from compliance.screening.facts.subjects import ItemFacts, PartyFacts, item_field, party_field


class _Place(NamedTuple):
    """A place of a reviewed region: the region, whether it is outside control, where, in words."""

    region: str
    occupied: Truth
    path: str
    told: str


def _place(
    facts: PartyFacts | ItemFacts, path: str, address: Address, texts: AddressTexts
) -> _Place | None:
    """The reviewed region of an address, and who controls it."""
    gazetteer = facts.know.gazetteer
    code = facts.know.region(texts)
    if code is None and address.postcode is not None:
        code = gazetteer.region_of_postcode(address.postcode, texts.country)
    if code is None or not gazetteer.is_reviewed(code):
        return None
    occupied = gazetteer.occupied(code, texts, as_of=facts.as_of)
    told = gazetteer.control_told(code, texts)
    stated = address.controlled_by
    if stated is not None and stated.value is not None:
        told = f"{told}; stated to be controlled by {stated.value}"
        holder = facts.country(stated, path)
        if occupied is Truth.UNKNOWN and holder.known:
            occupied = Truth.of(not code.startswith(f"{holder.value}-"))
    given = ", ".join(text for text in reversed(texts) if text)
    return _Place(code, occupied, path, f"{given} ({gazetteer.name(code)}): {told}")


@once
def _of_party(p: PartyFacts) -> tuple[_Place, ...]:
    return tuple(place for place in _places(p) if place is not None)


def _places(p: PartyFacts) -> Iterator[_Place | None]:
    for index, address in enumerate(p.party.addresses):
        path = f"addresses.{index}.controlled_by"
        yield _place(p, path, address, texts_of(address))
    for name in ("incorporation", "headquarters", "residence"):
        stated = getattr(p.party, name)
        if stated is not None and stated.value is not None:
            region = p.know.gazetteer.read(stated.value).region
            if region is not None:
                yield _place(p, name, Address(), AddressTexts(region=region, text=stated.value))


@once
def _of_site(i: ItemFacts) -> tuple[_Place, ...]:
    site = i.item.site
    if site is None:
        return ()
    address = site.address or Address()
    found = (_place(i, "site.address.controlled_by", address, texts) for texts in site_texts(site))
    return tuple(dict.fromkeys(place for place in found if place is not None))


def _fact(facts: PartyFacts | ItemFacts, places: tuple[_Place, ...]) -> Fact:
    certain = frozenset(place.region for place in places if place.occupied is Truth.TRUE)
    open_ = [place for place in places if place.occupied is Truth.UNKNOWN]
    possible = frozenset(place.region for place in open_) - certain
    paths = tuple(facts.at(place.path) for place in open_)
    return Fact.some(certain, "addresses", possible=possible, missing=paths if possible else ())


def _told(places: tuple[_Place, ...]) -> Fact:
    told = (place.told for place in places if place.occupied is not Truth.FALSE)
    return Fact.of(frozenset(told), "addresses")


@party_field(
    "occupied_regions",
    "texts",
    asks="the full address with town and postcode, and who controls the town on the day",
)
def _party_regions(p: PartyFacts) -> Fact:
    """Regions in which it lies where their government has no control.

    Where the address does not tell (an oblast alone, a town near the line), possibly.
    """
    return _fact(p, _of_party(p))


@party_field("occupied_regions.told", "texts")
def _party_told(p: PartyFacts) -> Fact:
    """Each such address, and what is known of it."""
    return _told(_of_party(p))


@item_field(
    "site.occupied_regions",
    "texts",
    asks="the full address of the site, and who controls the town on the day",
)
def _site_regions(i: ItemFacts) -> Fact:
    """The region of the site, where its government has no control.

    Where the address does not tell, possibly.
    """
    return _fact(i, _of_site(i))


@item_field("site.occupied_regions.told", "texts")
def _site_told(i: ItemFacts) -> Fact:
    """The site, and what is known of who holds it."""
    return _told(_of_site(i))
