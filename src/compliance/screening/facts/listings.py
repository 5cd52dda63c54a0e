"""Facts about who a party is on the lists, and who is listed at its addresses."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact, once
from compliance.screening.facts.hits import PartyHit
from compliance.screening.facts.subjects import PartyFacts
from compliance.watchlists.address_index import AddressHit
from compliance.watchlists.address_table import words

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

_NONE: Final[frozenset[str]] = frozenset()


def _source(p: PartyFacts) -> str:
    return f"names and numbers of {p.path} against {p.know.lists_in_words}"


def _lists(hits: Iterable[PartyHit]) -> frozenset[str]:
    return frozenset(hit.listing.list_id for hit in hits)


@field("listed_on")
def _listed_on(p: PartyFacts) -> Fact:
    listed = [hit for hit in p.hits if hit.listed]
    lists = _lists(hit for hit in listed if hit.certain)
    undated = _lists(listed) - lists
    numbered = any(hit.certain and hit.by != "name" for hit in p.hits)
    if p["name"].known or numbered:
        return Fact.some(lists, _source(p), possible=undated)
    missing = (p.at("name"),)
    return Fact.some(
        lists, _source(p), possible=undated, partial=True, missing=missing, note="no name to screen"
    )


@field("possibly_listed_on")
def _possibly_listed_on(p: PartyFacts) -> Fact:
    return Fact.of(_lists(hit for hit in p.hits if not hit.certain), _source(p))


@field("listed_on_other")
def _listed_on_other(p: PartyFacts) -> Fact:
    certain = _lists(hit for hit in p.hits if hit.certain)
    if not certain:
        return Fact.of(_NONE, _source(p))
    spoken = p.know.spoken_for(p.as_of, p.subjects.party_only)
    others = frozenset(x for x in certain if not any((role, x) in spoken for role in p.roles))
    return Fact.of(others, f"{_source(p)}; the policies in force")


def _told(p: PartyFacts) -> tuple[PartyHit, ...]:
    """The hits that a publisher's words are told of: those taken as listed, or else all."""
    return tuple(hit for hit in p.hits if hit.listed) or p.hits


def _listing_words(name: str, said: Callable[[PartyHit], Iterable[str | None]]) -> None:
    @field(f"listing.{name}")
    def _known(p: PartyFacts) -> Fact:
        return Fact.of(frozenset(word for h in _told(p) for word in said(h) if word), _source(p))


_listing_words("names", lambda h: (h.listing.name,))
_listing_words("citations", lambda h: (h.listing.citation,))
_listing_words("programmes", lambda h: h.listing.marks)


@field("listing.possible")
def _possible(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(str(hit) for hit in p.hits if not hit.certain), _source(p))


@field("listing.license_policies")
def _license_policies(p: PartyFacts) -> Fact:
    found = [hit.listing.license_policy for hit in _told(p)]
    known = frozenset(policy for policy in found if policy)
    return Fact.some(known, _source(p), partial=None in found)


@dataclass(frozen=True, slots=True)
class Neighbor:
    """Somebody else who is listed at an address of a party; `says_little`: see `_says_little`."""

    address: str
    hit: AddressHit
    says_little: bool

    def __str__(self) -> str:
        listing = self.hit.listing
        reasons = ", ".join(self.hit.reasons)
        return f"{listing.name} ({listing.list_id}) at {self.hit.address}: {reasons}"


@once
def neighbors(p: PartyFacts) -> tuple[Neighbor, ...]:
    """Who else is listed at the party's addresses, each once with its best address, and in force.

    A listing that the party itself may be is told of by its name or number.
    """
    itself = {hit.key for hit in p.hits} if p.party.addresses else set()
    best: dict[tuple[str, str], Neighbor] = {}
    for address in p.party.addresses:
        for hit in p.know.lookups.at(address):
            key = (hit.listing.list_id, hit.listing.id)
            ended = hit.listing.active(p.as_of) is Truth.FALSE
            known = best.get(key)
            if ended or key in itself or (known and known.hit.agreement >= hit.agreement):
                continue
            parts = (address.text, address.city, address.country)
            written = ", ".join(part for part in parts if part)
            best[key] = Neighbor(written, hit, _says_little(hit))
    return tuple(best[key] for key in sorted(best))


def _says_little(hit: AddressHit) -> bool:
    """Another room than the listed one, or a house that many share and no room to tell by."""
    if hit.level == "unit":
        return False
    return hit.level == "other_unit" or bool(hit.known) or hit.shared >= words().many


def _addresses(name: str, *, little: bool) -> None:
    @field(name)
    def _lists_there(p: PartyFacts) -> Fact:
        path = p.at("addresses")
        found = [n.hit.listing for n in neighbors(p) if n.says_little is little]
        if not found:
            return Fact.of(_NONE, path)
        lists = frozenset(x.list_id for x in found if x.active(p.as_of) is Truth.TRUE)
        undated = frozenset(x.list_id for x in found) - lists
        return Fact.some(lists, f"{path} against {p.know.lists_in_words}", possible=undated)

    @field(f"{name}.who")
    def _who(p: PartyFacts) -> Fact:
        said = frozenset(str(n) for n in neighbors(p) if n.says_little is little)
        return Fact.of(said, p.at("addresses"))


_addresses("addresses_listed", little=False)
_addresses("addresses_shared", little=True)


@field("name_in_latin")
def _name_in_latin(p: PartyFacts) -> Fact:
    name = p["name"]
    if not name.known:
        return Fact.unknown(*name.missing, note=name.note)
    least = p.know.settings.latin_letters
    given = (name.value, *p.party.aliases)
    return Fact.of(any(_is_latin(text, least) for text in given), p.at("name"))


def _is_latin(text: str, least: int) -> bool:
    """Whether a text holds so many Latin letters, or no letter of another script."""
    if text.isascii():
        return True
    plain = unicodedata.normalize("NFKD", text)
    letters = [unicodedata.name(c, "").startswith("LATIN") for c in plain if c.isalpha()]
    return sum(letters) >= least or all(letters)


@field("lists_missing")
def _lists_missing(p: PartyFacts) -> Fact:
    return Fact.of(len(p.know.missing_lists), "watchlists", note=", ".join(p.know.missing_lists))


@field("lists_stale")
def _lists_stale(p: PartyFacts) -> Fact:
    stale = p.know.stale_lists(p.as_of)
    return Fact.of(len(stale), "watchlists", note=", ".join(stale))
