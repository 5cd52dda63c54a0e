"""Facts about a party as stated: name, kind, places, standing."""

from __future__ import annotations

import re
from typing import get_args

from compliance.model.parties import ROLES
from compliance.model.party import PartyKind, Standing
from compliance.policies.fact import Fact
from compliance.screening.facts.base import texts_of, without_value
from compliance.screening.facts.subjects import PartyFacts, party_field

_MARKET = re.compile("[A-Z0-9]{4}")
_BETWEEN = frozenset({"lessee", "intermediary", "reseller"})
_ORGANIZED = frozenset({"organization", "public_body"})


party_field.stated("name", "text", "The party's name.", asks="the party's full legal name")


@party_field("kind", "choice", asks="what kind of party it is", choices=get_args(PartyKind))
def _kind(p: PartyFacts) -> Fact:
    """What kind of party it is."""
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="not given, and nothing else shows it")
    if p.party.kind == p.kind:
        return Fact.of(p.kind, p.at("kind"), status="stated")
    return Fact.of(p.kind, f"{p.path}, from its other facts")


@party_field("is_organization", "flag", asks="whether the party is a company or a person")
def _is_organization(p: PartyFacts) -> Fact:
    """An organization or a public body, not a natural person."""
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="neither company nor person is stated")
    return Fact.of(p.kind in _ORGANIZED, p.at("kind"))


@party_field("is_person", "flag", asks="whether the party is a company or a person")
def _is_person(p: PartyFacts) -> Fact:
    """A natural person."""
    if p.kind is None:
        return Fact.unknown(p.at("kind"), note="neither company nor person is stated")
    return Fact.of(p.kind == "person", p.at("kind"))


party_field.stated(
    "incorporation", "country", "Where it is incorporated.", asks="an extract from its register"
)


@party_field("standing", "choice", asks="an extract from its register", choices=get_args(Standing))
def _standing(p: PartyFacts) -> Fact:
    """What its register says of it on the day: active, or how it ended."""
    party, path, ended = p.party, p.at("standing"), p.ended
    if ended is not None:
        standing = ended.standing if ended.holds_on(p.as_of) else "active"
        return Fact.of(standing, path, status="stated", note=ended.words)
    if party.standing is None and party.dissolved_on is not None:
        return without_value(party.dissolved_on, p.at("dissolved_on"))
    return p.value(party.standing, "standing")


@party_field(
    "signatories_out_of_office",
    "texts",
    asks="an extract from its register with the days of its officers",
)
def _signatories_out_of_office(p: PartyFacts) -> Fact:
    """Who signs for it by what is stated, and was not in office when the contract was signed."""
    day = p.subjects.contract.signed_on or p.as_of
    names = [
        p.subjects.parties[p.subjects.resolve(o.person, p.at(f"officers.{n}.person"))].display
        for n, o in enumerate(p.party.officers)
        if o.signs and not o.in_office(day)
    ]
    return Fact.of(frozenset(names), p.at("officers"), note=f"on {day}")


party_field.stated(
    "residence", "country", "Where a natural person lives.", asks="proof of residence"
)


party_field.stated("government", "country", "The state whose government it is.")


@party_field(
    "headquarters",
    "country",
    asks="evidence of where it is led from: board minutes, tax residence, audited report",
)
def _headquarters(p: PartyFacts) -> Fact:
    """Where it is headquartered; unknown while signs point to different countries."""
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


@party_field(
    "headquarters_evidence",
    "countries",
    asks="evidence of where it is led from: board minutes, tax residence, audited report",
)
def _headquarters_evidence(p: PartyFacts) -> Fact:
    """Countries, other than the stated one, to which signs of management point."""
    signs = _contrary_signs(p, p.country(p.party.headquarters, "headquarters"))
    return Fact.of(frozenset(signs), p.at("headquarters_evidence"))


@party_field("headquarters_evidence_kinds", "number")
def _headquarters_evidence_kinds(p: PartyFacts) -> Fact:
    """The most kinds of sign that point to one such country."""
    signs = _contrary_signs(p, p.country(p.party.headquarters, "headquarters"))
    most = max((len(kinds) for kinds in signs.values()), default=0)
    return Fact.of(most, p.at("headquarters_evidence"))


@party_field("nationalities", "countries")
def _nationalities(p: PartyFacts) -> Fact:
    """Nationalities of a person; only for law that turns on them."""
    readings = [p.know.gazetteer.read(text).code for text in p.party.nationalities]
    codes = frozenset(code for code in readings if code is not None)
    path = p.at("nationalities")
    return Fact.some(
        codes, path, partial=len(codes) < len(readings), missing=(path,), status="stated"
    )


@party_field("places", "countries", asks="its registered, operating and residential addresses")
def _places(p: PartyFacts) -> Fact:
    """Every country where it is: incorporation, headquarters, residence, addresses.

    What is not given is not asked for here.
    """
    facts = [p["incorporation"], p["headquarters"], p["residence"]]
    for index, address in enumerate(p.party.addresses):
        if address.country is not None:
            facts.append(p.country(address.country, f"addresses.{index}.country"))
        named = p.know.gazetteer.country_of_address(texts_of(address))
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


@party_field("regions", "texts", asks="its full addresses")
def _regions(p: PartyFacts) -> Fact:
    """ISO 3166-2 regions in its addresses."""
    party, read = p.party, p.know.region
    found = [read(texts_of(address)) for address in party.addresses]
    by_postcode = p.know.gazetteer.region_of_postcode
    found += [by_postcode(a.postcode, a.country) for a in party.addresses if a.postcode]
    places = (party.incorporation, party.headquarters, party.residence)
    texts = [place.value for place in places if place is not None and place.value is not None]
    found += [p.know.gazetteer.read(text).region for text in texts]
    return Fact.of(frozenset(region for region in found if region), p.at("addresses"))


party_field.stated(
    "incorporated_on", "date", "When it was formed.", asks="an extract from its register"
)


@party_field("age_days", "number")
def _age_days(p: PartyFacts) -> Fact:
    """Days from its formation to the signing, or to as_of."""
    formed = p["incorporated_on"]
    if not formed.known:
        return formed
    until = p.subjects.contract.signed_on or p.as_of
    return Fact.of((until - formed.value).days, f"{formed.source}, to {until}")


party_field.stated("public_body", "flag", "A state, its agency or a statutory body.")
party_field.stated("cloud_provider", "flag", "It sells cloud or data-center services.")
party_field.stated("independent_entrepreneur", "flag", "An independent private entrepreneur.")
party_field.stated(
    "us_persons_involved",
    "flag",
    "US persons act in this contract.",
    asks="whether US citizens, residents or offices take part",
)
party_field.stated("group_documented", "flag", "A documented group or funding stands behind it.")
party_field.suspected(
    "military",
    "Armed forces, or a body supporting their operations.",
    asks="a statement on military links",
)
party_field.suspected(
    "military_intelligence",
    "A military intelligence body.",
    asks="a statement on intelligence links",
)


@party_field(
    "receives_hardware", "flag", asks="whether it receives the hardware or only computes on it"
)
def _receives_hardware(p: PartyFacts) -> Fact:
    """Receives the hardware by its role or as stated; false: only computes on it.

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
    return stated if stated.known else Fact.of(True, p.path, note="by its role")


def _takes_hardware(p: PartyFacts) -> bool:
    return any(item["access"].value in {"possession", "delivery"} for item in p.subjects.items)


@party_field("exchange_listed", "flag")
def _exchange_listed(p: PartyFacts) -> Fact:
    """Its shares are listed on an exchange.

    Where a market is named by its code (ISO 10383); any other text names none.
    """
    listing = p.party.exchange_listing
    if listing is None or listing.value is None:
        return p.value(listing, "exchange_listing")
    if not _MARKET.fullmatch(listing.value):
        note = f"{listing.value!r} is no market identifier code (ISO 10383)"
        path = p.at("exchange_listing")
        return Fact.unknown(path, status="unknown", note=note, source=path)
    return Fact.of(True, p.at("exchange_listing"), status="stated", note=listing.value)


@party_field("unresolved", "flag", asks="who stands behind the wallet or key")
def _unresolved(p: PartyFacts) -> Fact:
    """Only a wallet or a key: no person or company is named."""
    named = p["name"].known
    return Fact.of(p.kind == "wallet" or (not named and p.kind in (None, "unknown")), p.path)


@party_field("residential_address", "flag")
def _residential_address(p: PartyFacts) -> Fact:
    """Its address is residential."""
    kinds = {address.kind for address in p.party.addresses}
    if not kinds:
        return Fact.unknown(p.at("addresses"), note="no address given")
    return Fact.of("residential" in kinds, p.at("addresses"))


@party_field("roles", "choices", choices=ROLES)
def _roles(p: PartyFacts) -> Fact:
    """Its roles in the contract."""
    return Fact.of(frozenset(p.roles), p.path)


@party_field("named_in_licenses", "flag")
def _named_in_licenses(p: PartyFacts) -> Fact:
    """Every license that limits remote users names it (no such license: yes)."""
    for index, held in enumerate(p.subjects.contract.authorizations):
        users = held.covers.remote_users
        if held.kind == "license" and users and not {p.id, p.display}.intersection(users):
            return Fact.of(False, f"authorizations.{index}.covers.remote_users")
    return Fact.of(True, "authorizations")


@party_field(
    "authorizations",
    "authorizations",
    asks="the license or exception, with number and dates",
    domain="authorities",
)
def _authorizations(p: PartyFacts) -> Fact:
    """Licenses and exceptions on file that name this party, or no party."""
    held = tuple(
        a
        for a in p.subjects.authorizations
        if not a.parties or not {p.id, p.display}.isdisjoint(a.parties)
    )
    return Fact.of(held, "authorizations")
