"""Which listings carry an identifier.

Numbers are compared by letters and digits within their family; a wallet is found whatever the label
of its asset. A number that a country issues matches only numbers of the same country where both
are known; where one is not known the hit says so, and a short number does not match at all unless
the listing itself belongs to that country. Immutable and picklable; a search is one look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self

from compliance.places import country as country_code
from compliance.watchlists.listing import Identifier, Listing, Watchlist
from compliance.watchlists.matching.identifier_table import Schemes, schemes
from compliance.watchlists.matching.identifiers import Identification, canonical
from compliance.watchlists.matching.wallets import Check

Issuer = Literal["irrelevant", "same", "listing", "related", "unknown", "elsewhere"]
"""The country that issued the listed number against the one asked for.

irrelevant: the number alone is enough; same: one country; listing: not stated, but the listing is
of that country; related: countries whose numbers are printed as one another's; unknown: nothing is
known of one of the two; elsewhere: not stated, and the listing is of other countries only.
"""

_WORDS: dict[Issuer, str] = {
    "irrelevant": "",
    "same": "issued by the same country",
    "listing": "the list does not say which country issued it; the listing is of that country",
    "related": "issued by a country whose numbers are printed as the other's",
    "unknown": "the country that issued it is not known",
    "elsewhere": "the list does not say which country issued it; the listing is of other countries",
}


@dataclass(frozen=True, slots=True)
class IdentifierHit:
    """One listing that carries the identifier: the scheme and value as published.

    `check` is that of the listed number; `reason` says how the two numbers agree and what their
    checks say. `issuer` says how far the countries agree.
    """

    listing: Listing
    scheme: str
    value: str
    check: Check
    reason: str
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class IdentifierIndex:
    """The identifiers of several watchlists; build it with `IdentifierIndex.build`."""

    _carriers: tuple[tuple[Listing, Identifier], ...]
    _places: dict[str, int | tuple[int, ...]]

    @classmethod
    def build(cls, watchlists: Iterable[Watchlist]) -> Self:
        """An index over lists, whatever their order."""
        carriers: list[tuple[Listing, Identifier]] = []
        places: dict[str, int | tuple[int, ...]] = {}
        for watchlist in sorted(watchlists, key=lambda watchlist: watchlist.id):
            for listing in watchlist.listings:
                for identifier in dict.fromkeys(listing.identifiers):
                    number = len(carriers)
                    carriers.append((listing, identifier))
                    for key in canonical(identifier.scheme, identifier.value).keys:
                        before = places.setdefault(key, number)
                        if isinstance(before, tuple):
                            places[key] = (*before, number)
                        elif before != number:
                            places[key] = (before, number)
        return cls(tuple(carriers), places)

    def __len__(self) -> int:
        """How many identifiers are listed, each with its listing."""
        return len(self._carriers)

    def search(
        self, scheme: str, value: str, country: str | None = None
    ) -> tuple[IdentifierHit, ...]:
        """The listings that carry this identifier, in order of list id, entry id and value.

        `scheme` is any spelling of one; `country` the code or name of the country that issued the
        number, where it is known.
        """
        asked = canonical(scheme, value, country)
        found: set[int] = set()
        for key in asked.keys:
            places = self._places.get(key, ())
            found.update((places,) if isinstance(places, int) else places)
        hits = (agreement(asked, *self._carriers[number]) for number in sorted(found))
        return tuple(sorted((hit for hit in hits if hit is not None), key=_order))


def agreement(
    asked: Identification, listing: Listing, identifier: Identifier
) -> IdentifierHit | None:
    """The hit that a listed identifier is for the one asked for, or None."""
    table = schemes()
    listed = listed_as(listing, identifier)
    key = next((key for key in asked.keys if key in listed.keys), "")
    issuer = _issuer(asked, listed, listing, table) if key else None
    number = key.partition(":")[2]
    short = len(number) < table.limits.short and issuer not in ("irrelevant", "same", "listing")
    if issuer is None or short:
        return None
    reasons = filter(None, (*_agreement(asked, listed, number), _WORDS[issuer]))
    return IdentifierHit(
        listing=listing,
        scheme=listed.scheme,
        value=identifier.value,
        check=listed.check,
        reason="; ".join(reasons),
        issuer=issuer,
    )


def listed_as(listing: Listing, identifier: Identifier) -> Identification:
    """The canonical form of a listed identifier, with the country that its list says issued it."""
    issuer = stated_issuer(listing, identifier, schemes())
    return canonical(identifier.scheme, identifier.value, issuer)


def stated_issuer(listing: Listing, identifier: Identifier, table: Schemes) -> str | None:
    """The country that a publisher says issued a number, or that its scheme implies.

    OFAC prints it behind the number, in remarks that a listing holds whole: "Passport A1 (Iran)".
    """
    scheme = table.scheme(identifier.scheme)
    if scheme.world or scheme.country:
        return scheme.country
    remarks = listing.remarks or ""
    start = remarks.find(f"{identifier.value} (")
    while start >= 0:
        behind = start + len(identifier.value) + 2
        if start == 0 or not remarks[start - 1].isalnum():
            return country_code(remarks[behind:].partition(")")[0])
        start = remarks.find(f"{identifier.value} (", behind)
    return None


def _issuer(
    asked: Identification, listed: Identification, listing: Listing, table: Schemes
) -> Issuer | None:
    """How the issuers agree; None where two known ones differ."""
    if table.scheme(asked.scheme).world or table.scheme(listed.scheme).world:
        return "irrelevant"
    if asked.country is None:
        return "unknown"
    if listed.country is not None:
        if listed.country == asked.country:
            return "same"
        return "related" if table.related(listed.country, asked.country) else None
    countries = {*listing.countries, *listing.nationalities}
    if asked.country in countries:
        return "listing"
    return "elsewhere" if countries else "unknown"


def _agreement(asked: Identification, listed: Identification, number: str) -> Iterator[str]:
    """What is not evident when two identifiers meet in a number."""
    if asked.scheme != listed.scheme:
        yield f"given as {asked.scheme}, listed as {listed.scheme}"
    if asked.scheme == "bic" and asked.value != listed.value:
        yield f"{asked.value} and {listed.value} are branches of one bank"
    elif asked.scheme == "wallet" and asked.value != listed.value:
        yield f"{asked.value} and {listed.value} are one address"
    elif number != listed.value and asked.scheme != "bic":
        yield f"the list's text holds {number}"
    elif number != asked.value and asked.scheme != "bic":
        yield f"the text given holds {number}"
    if asked.reason == listed.reason:
        yield listed.reason
        return
    yield f"listed: {listed.reason}"
    yield f"given: {asked.reason}"


def _order(hit: IdentifierHit) -> tuple[str, str, str, str]:
    return hit.listing.list_id, hit.listing.id, hit.scheme, hit.value
