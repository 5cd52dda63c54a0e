"""Facts about a party as stated: name, kind, places, standing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from compliance.model.party import Address
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact, without_value
from compliance.screening.facts.subjects import PartyFacts

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

_RECEIVES = True
_MARKET = re.compile("[A-Z0-9]{4}")
_BETWEEN = frozenset({"lessee", "intermediary", "reseller"})
_ORGANIZED = frozenset({"organization", "public_body"})


@field("name")
def _name(p: PartyFacts) -> Fact:
    return p.value(p.party.name, "name")


@field("kind")
def _kind(p: PartyFacts) -> Fact:
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="not given, and nothing else shows it")
    if p.party.kind == p.kind:
        return Fact.of(p.kind, p.at("kind"), status="stated")
    return Fact.of(p.kind, f"{p.path}, from its other facts")


@field("is_organization")
def _is_organization(p: PartyFacts) -> Fact:
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="neither company nor person is stated")
    return Fact.of(p.kind in _ORGANIZED, p.at("kind"))


@field("is_person")
def _is_person(p: PartyFacts) -> Fact:
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="neither company nor person is stated")
    return Fact.of(p.kind == "person", p.at("kind"))


@field("incorporation")
def _incorporation(p: PartyFacts) -> Fact:
    return p.country(p.party.incorporation, "incorporation")


@field("standing")
def _standing(p: PartyFacts) -> Fact:
    """Active, or how it ended, as its register has it on the day."""
    party, path, ended = p.party, p.at("standing"), p.ended
    if ended is not None:
        standing = ended.standing if ended.holds_on(p.as_of) else "active"
        return Fact.of(standing, path, status="stated", note=ended.words)
    if party.standing is None and party.dissolved_on is not None:
        return without_value(party.dissolved_on, p.at("dissolved_on"))
    return p.value(party.standing, "standing")


@field("signatories_out_of_office")
def _signatories_out_of_office(p: PartyFacts) -> Fact:
    """Who is stated to sign, and was not in office when the contract was signed."""
    day = p.subjects.contract.signed_on or p.as_of
    names = [
        p.subjects.parties[p.subjects.resolve(o.person, p.at(f"officers.{n}.person"))].display
        for n, o in enumerate(p.party.officers)
        if o.signs and not o.in_office(day)
    ]
    return Fact.of(frozenset(names), p.at("officers"), note=f"on {day}")


@field("residence")
def _residence(p: PartyFacts) -> Fact:
    return p.country(p.party.residence, "residence")


@field("government")
def _government(p: PartyFacts) -> Fact:
    return p.country(p.party.government, "government")


@field("headquarters")
def _headquarters(p: PartyFacts) -> Fact:
    stated = p.country(p.party.headquarters, "headquarters")
    signs = _contrary_signs(p, stated)
    contested = {
        code: kinds
        for code, kinds in signs.items()
        if len(kinds) >= p.know.settings.contested_headquarters_kinds
    }
    if not contested or not stated.known or p["group_documented"].value is True:
        return stated
    places = frozenset({stated.value, *contested})
    words = "; ".join(f"{code} by {', '.join(sorted(k))}" for code, k in sorted(contested.items()))
    note = f"contested: {stated.value} stated, {words}"
    path = p.at("headquarters")
    return Fact.unknown(path, status="unknown", note=note, source=path, possible=places)


def _contrary_signs(p: PartyFacts, stated: Fact) -> dict[str, set[str]]:
    """Kinds of sign by country, for the countries other than the stated one."""
    signs: dict[str, set[str]] = {}
    for sign in p.party.headquarters_evidence:
        code = p.know.gazetteer.read(sign.country).code
        if code is not None and code != stated.value:
            signs.setdefault(code, set()).add(sign.kind)
    return signs


@field("headquarters_evidence")
def _headquarters_evidence(p: PartyFacts) -> Fact:
    signs = _contrary_signs(p, p.country(p.party.headquarters, "headquarters"))
    return Fact.of(frozenset(signs), p.at("headquarters_evidence"))


@field("headquarters_evidence_kinds")
def _headquarters_evidence_kinds(p: PartyFacts) -> Fact:
    signs = _contrary_signs(p, p.country(p.party.headquarters, "headquarters"))
    most = max((len(kinds) for kinds in signs.values()), default=0)
    return Fact.of(most, p.at("headquarters_evidence"))


@field("nationalities")
def _nationalities(p: PartyFacts) -> Fact:
    readings = [p.know.gazetteer.read(text).code for text in p.party.nationalities]
    codes = frozenset(code for code in readings if code is not None)
    path = p.at("nationalities")
    return Fact.some(
        codes, path, partial=len(codes) < len(readings), missing=(path,), status="stated"
    )


@field("places")
def _places(p: PartyFacts) -> Fact:
    """Where it is by any of its places; what is not given is not asked for here."""
    facts = [p["incorporation"], p["headquarters"], p["residence"]]
    for index, address in enumerate(p.party.addresses):
        if address.country is not None:
            facts.append(p.country(address.country, f"addresses.{index}.country"))
        named = p.know.gazetteer.country_of_address(*_place_texts(address))
        if named is not None:
            facts.append(Fact.of(named, p.at(f"addresses.{index}"), note="by its text"))
    codes = frozenset(f.value for f in facts if f.known)
    possible = frozenset(code for f in facts for code in f.possible)
    unclear = [f for f in facts if not f.known and f.status != "absent" and not f.possible]
    missing = tuple(path for f in facts if not f.known for path in f.missing)
    return Fact.some(
        codes,
        p.path,
        possible=possible,
        partial=bool(unclear) or not codes,
        missing=missing,
    )


def _place_texts(address: Address) -> tuple[str | None, str | None, str | None, str | None]:
    return (address.country, address.region, address.city, address.text)


@field("regions")
def _regions(p: PartyFacts) -> Fact:
    party, read = p.party, p.know.region
    found = [read(*_place_texts(address)) for address in party.addresses]
    by_postcode = p.know.gazetteer.region_of_postcode
    found += [by_postcode(a.postcode, a.country) for a in party.addresses if a.postcode]
    places = (party.incorporation, party.headquarters, party.residence)
    texts = [place.value for place in places if place is not None and place.value is not None]
    found += [p.know.gazetteer.read(text).region for text in texts]
    return Fact.of(frozenset(region for region in found if region), p.at("addresses"))


@field("incorporated_on")
def _incorporated_on(p: PartyFacts) -> Fact:
    return p.value(p.party.incorporated_on, "incorporated_on")


@field("age_days")
def _age_days(p: PartyFacts) -> Fact:
    formed = p["incorporated_on"]
    if not formed.known:
        return formed
    until = p.subjects.contract.signed_on or p.as_of
    return Fact.of((until - formed.value).days, f"{formed.source}, to {until}")


def _flag(name: str) -> None:
    @field(name)
    def _stated(p: PartyFacts) -> Fact:
        return p.value(getattr(p.party, name), name)


for _name_of_flag in (
    "public_body",
    "cloud_provider",
    "independent_entrepreneur",
    "us_persons_involved",
    "group_documented",
):
    _flag(_name_of_flag)


def _knowledge(name: str) -> None:
    @field(name)
    def _known(p: PartyFacts) -> Fact:
        return p.knowledge(getattr(p.party, name), name)

    @field(f"{name}.knowledge")
    def _how(p: PartyFacts) -> Fact:
        return p.how_known(getattr(p.party, name), name)


_knowledge("military")
_knowledge("military_intelligence")


@field("receives_hardware")
def _receives_hardware(p: PartyFacts) -> Fact:
    """Whether it receives the hardware, or only computes on what others receive.

    A consignee receives, and so does a customer to whom hardware moves, or who stands between: one
    of them that is said only to compute contradicts the contract, and is unknown.
    """
    stated = p.value(p.party.receives_hardware, "receives_hardware")
    receiver = "consignee" in p.roles or (not _BETWEEN.isdisjoint(p.roles) and _takes_hardware(p))
    if not receiver:
        return stated
    if stated.value is False:
        note = "said only to compute, and receives hardware by its role in the contract"
        path = p.at("receives_hardware")
        return Fact.unknown(path, status="unknown", note=note, source=path)
    return stated if stated.known else Fact.of(_RECEIVES, p.path, note="by its role")


def _takes_hardware(p: PartyFacts) -> bool:
    return any(item["access"].value in {"possession", "delivery"} for item in p.subjects.items)


@field("exchange_listed")
def _exchange_listed(p: PartyFacts) -> Fact:
    """Listed where a market is named by its code (ISO 10383); any other text names none."""
    listing = p.party.exchange_listing
    if listing is None or listing.value is None:
        return p.value(listing, "exchange_listing")
    if not _MARKET.fullmatch(listing.value):
        note = f"{listing.value!r} is no market identifier code (ISO 10383)"
        path = p.at("exchange_listing")
        return Fact.unknown(path, status="unknown", note=note, source=path)
    return Fact.of(True, p.at("exchange_listing"), status="stated", note=listing.value)  # noqa: FBT003 - a flag's value


@field("unresolved")
def _unresolved(p: PartyFacts) -> Fact:
    named = p["name"].known
    return Fact.of(p.kind == "wallet" or (not named and p.kind in (None, "unknown")), p.path)


@field("residential_address")
def _residential_address(p: PartyFacts) -> Fact:
    kinds = {address.kind for address in p.party.addresses}
    if not kinds:
        return Fact.unknown(p.at("addresses"), note="no address given")
    return Fact.of("residential" in kinds, p.at("addresses"))


@field("roles")
def _roles(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(p.roles), p.path)


@field("named_in_licenses")
def _named_in_licenses(p: PartyFacts) -> Fact:
    for index, held in enumerate(p.subjects.contract.authorizations):
        users = held.covers.remote_users
        if held.kind == "license" and users and not {p.id, p.display}.intersection(users):
            return Fact.of(False, f"authorizations.{index}.covers.remote_users")  # noqa: FBT003 - a flag's value
    return Fact.of(True, "authorizations")  # noqa: FBT003 - a flag's value


@field("authorizations")
def _authorizations(p: PartyFacts) -> Fact:
    held = tuple(
        a
        for a in p.subjects.authorizations
        if not a.parties or not {p.id, p.display}.isdisjoint(a.parties)
    )
    return Fact.of(held, "authorizations")
