"""Facts about contact data and industry: what they say of a place, and of what a party does."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.policies.fact import Fact
from compliance.screening.contact_data import ELSEWHERE
from compliance.screening.facts.base import once
from compliance.screening.facts.subjects import PartyFacts, party_field


@once
def _said(p: PartyFacts) -> tuple[tuple[str, str], ...]:
    """Each telephone number, mail address and website that says a place, with that place."""
    data, party = p.know.contact_data, p.party
    found = [(number, data.of_phone(number)) for number in party.phones]
    found += [(address, data.of_domain(address)) for address in party.emails]
    if party.website is not None and party.website.value is not None:
        found.append((party.website.value, data.of_domain(party.website.value)))
    return tuple((text, place) for text, place in found if place is not None)


def _countries(p: PartyFacts) -> Iterator[str]:
    for _, place in _said(p):
        if place != ELSEWHERE:
            yield place.partition("-")[0]


@party_field("contact_countries", "countries", cost="computed")
def _contact_countries(p: PartyFacts) -> Fact:
    """Countries of its telephone numbers, mail addresses and website, where a rule names them."""
    told = "; ".join(f"{text}: {place}" for text, place in _said(p) if place != ELSEWHERE)
    return Fact.of(frozenset(_countries(p)), p.path, note=told)


@party_field("contact_regions", "texts", cost="computed")
def _contact_regions(p: PartyFacts) -> Fact:
    """ISO 3166-2 regions of the same."""
    return Fact.of(frozenset(place for _, place in _said(p) if "-" in place), p.path)


@party_field("contact_elsewhere", "countries", cost="computed")
def _contact_elsewhere(p: PartyFacts) -> Fact:
    """The country to which all its contact data point, where neither it nor a parent is."""
    pointed = {
        ELSEWHERE if place == ELSEWHERE else place.partition("-")[0] for _, place in _said(p)
    }
    here, parents = p["places"], p["ultimate_parents.headquarters"]
    if len(pointed) != 1 or ELSEWHERE in pointed or pointed <= here.value | parents.value:
        return Fact.of(frozenset(), p.path)
    told = ", ".join(text for text, _ in _said(p))
    return Fact.of(frozenset(pointed), p.path, note=told)


@party_field(
    "sensitive_industries",
    "choices",
    asks="what it makes, and for whom",
    choices=("weapons", "military", "nuclear", "surveillance"),
)
def _sensitive_industries(p: PartyFacts) -> Fact:
    """Sensitive industries that its description of its business names."""
    stated = p.value(p.party.industry, "industry")
    if not stated.known:
        return Fact.of(frozenset(), p.at("industry"), note="no industry is stated")
    found = p.know.contact_data.of_industry(stated.value)
    return Fact.of(found, stated.source, note=stated.value)


@party_field("website_age_days", "number")
def _website_age_days(p: PartyFacts) -> Fact:
    """Days from the first day of its website to the signing, or to the day of law."""
    since = p.value(p.party.website_since, "website_since")
    if not since.known:
        return since
    until = p.subjects.contract.signed_on or p.as_of
    return Fact.of((until - since.value).days, f"{since.source}, to {until}")
