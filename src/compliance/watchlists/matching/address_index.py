"""Which listings are at an address.

Two addresses are one place when a house number and the telling words of its street are the same,
and neither country nor town speaks against it; or a post office box of one town is; or all of
their letters and digits are, a house number or box among them. A search
returns exactly what comparing with every listed address would. A house that many parties share (a
campus, a business centre, a registered agent) says little of each: the hit tells how many. An
address that is only a town or a country never matches. Immutable and picklable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, Self

from compliance.model.party import Address
from compliance.names import normalize
from compliance.watchlists.listing import Listing, Watchlist
from compliance.watchlists.matching.address_table import words
from compliance.watchlists.matching.addresses import ParsedAddress, parse

Level = Literal["unit", "building", "other_unit", "box"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two addresses are one: `score` above 0 and up to 1, and why.

    `same_house`: the whole street agrees, in a town that is known to be the same.
    """

    score: float
    level: Level
    reasons: tuple[str, ...]
    same_house: bool = False


@dataclass(frozen=True, slots=True)
class AddressHit:
    """One listing at the address: its address as published and how far the two agree.

    `level`: unit (same room, floor or building in the house), building (one of the two names no
    unit), other_unit (both name units, and others), box. `shared` is the number of listed parties
    of different names at this place, the hit's own included; `known` is what the place is publicly
    known to be ("campus of ..."), "" where the table does not know it. `whole`: the address asked
    for is all of the listed one: of the same house, with every room and floor that the list names.
    """

    listing: Listing
    address: str
    agreement: float
    level: Level
    shared: int
    known: str
    reasons: tuple[str, ...]
    whole: bool = False


def compare(one: ParsedAddress, other: ParsedAddress) -> Agreement | None:
    """How far two addresses agree, or None where they are not known to be one place. Symmetric."""
    table = words()
    countries = {country for country in (one.country, other.country) if country}
    if len(countries) == 2 and not table.related(*countries):
        return None
    town = _town(one, other)
    if town is False:
        return None
    where = "the same town" if town else "the town is not known to be the same"
    factor = 1.0 if town else table.amounts["city_unknown"]
    if street := _street(one, other, needed="" if town else "_alone"):
        overlap, said = street
        level, units = _units(one, other)
        score = table.amounts[level] * factor * overlap
        return Agreement(score, level, (said, where, *units), bool(town) and overlap >= 1)
    if town and (boxes := one.boxes & other.boxes):
        said = f"box {min(boxes)}"
        return Agreement(table.amounts["box"], "box", (said, where), same_house=True)
    if one.written and one.written == other.written:
        level, units = ("box", ()) if one.boxes else _units(one, other)
        return Agreement(table.amounts[level], level, ("written alike", *units), same_house=True)
    return None


def _town(one: ParsedAddress, other: ParsedAddress) -> bool | None:
    """Whether the towns agree; None where that cannot be said."""
    if one.cities and other.cities:
        return bool(one.cities & other.cities)
    return True if one.places & other.places else None


def _street(one: ParsedAddress, other: ParsedAddress, needed: str) -> tuple[float, str] | None:
    """The share of the street's words that agrees at the best common house number."""
    table, best = words(), None
    theirs = dict(other.streets)
    for number, names in one.streets:
        if (others := theirs.get(number)) is None:
            continue
        same = "".join(names) == "".join(others)
        shared = names if same else [name for name in names if name in others]
        weight = sum(map(table.weight, shared))
        whole = min(sum(map(table.weight, names)), sum(map(table.weight, others)))
        overlap = 1.0 if same else min(1.0, weight / whole if whole else 0.0)
        enough = weight >= table.amounts[f"street_weight{needed}"] or (
            same and not needed and len("".join(names)) >= table.limits.equal_letters
        )
        if enough and overlap >= table.amounts["street_overlap"]:
            said = "".join(names) if same else " ".join(sorted(shared))
            found = (overlap, f"number {number} of {said}")
            best = max(best, found) if best else found
    return best


def _units(one: ParsedAddress, other: ParsedAddress) -> tuple[Level, tuple[str, ...]]:
    shared = one.units & other.units
    kinds = {kind for kind, _ in one.units} & {kind for kind, _ in other.units}
    differing = sorted(kinds - {kind for kind, _ in shared})
    if differing:
        return "other_unit", (f"another {' and '.join(differing)}",)
    if shared:
        named = ", ".join(f"{kind} {number}" for kind, number in sorted(shared))
        return "unit", (f"the same {named}",)
    alone = sorted(one.units | other.units)
    if alone:
        named = ", ".join(f"{kind} {number}" for kind, number in alone)
        return "building", (f"only one of the two names {named}",)
    return "building", ("neither names a room or floor",)


def _keys(address: ParsedAddress) -> Iterator[str]:
    """What two addresses share at least once when `compare` finds them to be one place."""
    for number, names in address.streets:
        for name in names:
            yield f"{number} {name}"
        if len(names) != 1:
            yield f"{number} {''.join(names)}"
    if address.written:
        yield address.written
    for box in address.boxes:
        for town in address.cities | address.places:
            yield f"box {box} {town}"


@dataclass(frozen=True, slots=True)
class AddressIndex:
    """The addresses of several watchlists; build it with `AddressIndex.build`."""

    _addresses: tuple[ParsedAddress, ...]
    _listings: tuple[tuple[Listing, ...], ...]
    _places: dict[str, int | tuple[int, ...]]

    @classmethod
    def build(cls, watchlists: Iterable[Watchlist]) -> Self:
        """An index over lists, whatever their order."""
        owners: dict[tuple[str, str | None], list[Listing]] = {}
        for watchlist in sorted(watchlists, key=lambda watchlist: watchlist.id):
            for listing in watchlist.listings:
                sole = listing.countries[0] if len(listing.countries) == 1 else None
                for text in dict.fromkeys(listing.addresses):
                    if any(map(str.isdigit, text)):
                        owners.setdefault((text, sole), []).append(listing)
        addresses: list[ParsedAddress] = []
        listings: list[tuple[Listing, ...]] = []
        places: dict[str, int | tuple[int, ...]] = {}
        for (text, sole), found in owners.items():
            address = parsed_listing(text, sole)
            if not address.streets and not address.boxes:
                continue
            number = len(addresses)
            addresses.append(address)
            listings.append(tuple(found))
            for key in set(_keys(address)):
                before = places.setdefault(key, number)
                if isinstance(before, tuple):
                    places[key] = (*before, number)
                elif before != number:
                    places[key] = (before, number)
        return cls(tuple(addresses), tuple(listings), places)

    def __len__(self) -> int:
        """How many different addresses with a house number or a box are listed."""
        return len(self._addresses)

    def search(self, address: Address | str) -> tuple[AddressHit, ...]:
        """The listings at an address, each with its best address; the best first.

        Equal agreements stand in order of list id and entry id.
        """
        asked = parse(address)
        candidates: set[int] = set()
        for key in _keys(asked):
            found = self._places.get(key, ())
            candidates.update((found,) if isinstance(found, int) else found)
        best: dict[tuple[str, str], tuple[float, str, Agreement, Listing]] = {}
        whole: dict[tuple[str, str], bool] = {}
        for number in candidates:
            listed = self._addresses[number]
            agreement = compare(asked, listed)
            if agreement is None:
                continue
            for listing in self._listings[number]:
                entry = (listing.list_id, listing.id)
                offer = (-agreement.score, listed.text, agreement, listing)
                if entry not in best or offer[:2] < best[entry][:2]:
                    best[entry] = offer
                    whole[entry] = agreement.same_house and _names_all(listed, asked)
        shared = len({normalize(listing.name) for *_, listing in best.values()})
        ordered = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
        known = known_place(asked) if best else ""
        more = (*_sharing(shared), *([f"known to be shared: {known}"] if known else []))
        return tuple(
            AddressHit(
                listing=listing,
                address=text,
                agreement=agreed.score,
                level=agreed.level,
                shared=shared,
                known=known,
                reasons=(*agreed.reasons, *more),
                whole=whole[entry],
            )
            for entry, (_, text, agreed, listing) in ordered
        )


def _names_all(listed: ParsedAddress, asked: ParsedAddress) -> bool:
    """Whether an address names every room and building of a listed one, or neither names any.

    A room says its floor.
    """
    if not listed.units or not asked.units:
        return not listed.units and not asked.units
    shared = {kind for kind, _ in listed.units & asked.units}
    missing = {kind for kind, _ in listed.units - asked.units}
    return bool(shared) and not missing - ({"floor"} if shared - {"floor"} else set())


def parsed_listing(text: str, sole_country: str | None) -> ParsedAddress:
    """A listed address; where it names no country, it is in the listing's only one."""
    address = parse(text)
    return address if address.country or not sole_country else parse(text, sole_country)


def known_place(address: ParsedAddress) -> str:
    """What an address is publicly known to be that many parties share, or ""."""
    return next((what for listed, what in _known() if compare(address, listed)), "")


@cache
def _known() -> tuple[tuple[ParsedAddress, str], ...]:
    return tuple((parse(row.address), row.what) for row in words().known_shared)


def _sharing(shared: int) -> tuple[str, ...]:
    if shared < words().limits.many:
        return ()
    return (f"{shared} listed parties share it, as they do a campus, an agent or a tower",)
