"""The fact whether US persons own or control a party, as stated or as its owners show.

What counts as owned or controlled, and where US persons are, is data: the jurisdictions that bind
such a party (`rules/data/jurisdictions.yaml`).
"""

from __future__ import annotations

from functools import partial

from compliance.model.truth import Truth, any_of
from compliance.policies.fact import Fact
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.parents import is_stated
from compliance.screening.facts.subjects import PartyFacts, party_field
from compliance.screening.holding_arithmetic import Arithmetic
from compliance.screening.jurisdictions import Jurisdiction


@party_field("us_parent", "flag", asks="who owns it, and by how much")
def _us_parent(p: PartyFacts) -> Fact:
    """Owned or controlled by a US person, as stated or as its owners show.

    What is stated goes first; owners that are not US persons are no statement that none is.
    """
    stated = p.value(p.party.us_parent, "us_parent")
    if stated.status != "absent":
        return stated
    shown = any_of(
        [_shown(p, law, law.us_parent) for law in p.know.jurisdictions if law.us_parent is not None]
    )
    if shown is Truth.TRUE:
        return Fact.of(True, "ownership", note="its owners or its ultimate parent show it")
    if shown is Truth.UNKNOWN:
        note = "a US person may own or control it"
        unknown = Fact.unknown("ownership", status="unknown", note=note)
        return unknown.asking(evidence_requests.of_shares(p), "ownership")
    return stated


def _shown(p: PartyFacts, law: Jurisdiction, counted: Arithmetic) -> Truth:
    """Whether the stated parent is a US person, or owners that are own or control the party."""
    parent = p.party.ultimate_parent
    if parent is not None and parent.value is not None:
        found = p.subjects.parties[p.subjects.resolve(parent.value, p.at("ultimate_parent"))]
        if _is_us_person(found, law) is Truth.TRUE:
            return Truth.TRUE
    if not is_stated(p):
        return Truth.FALSE
    above = p.subjects.graph.on(p.as_of).above([p.id]) - {p.id}
    persons = {one: _is_us_person(p.subjects.parties[one], law) for one in sorted(above)}
    certain = [one for one, truth in persons.items() if truth is Truth.TRUE]
    perhaps = [one for one, truth in persons.items() if truth is not Truth.FALSE]
    reached = _reached(p, certain, counted)
    if reached is Truth.FALSE and _reached(p, perhaps, counted) is not Truth.FALSE:
        return Truth.UNKNOWN
    return reached


def _reached(p: PartyFacts, owners: list[str], counted: Arithmetic) -> Truth:
    """Whether one of the owners owns or controls the party, directly or through others."""
    found = counted.affected(p.subjects.graph, owners, p.as_of).get(p.id)
    return Truth.FALSE if found is None else found.truth


def _is_us_person(p: PartyFacts, law: Jurisdiction) -> Truth:
    """By where a company is organized or led, or a person lives or is a citizen.

    What nobody gave is taken as elsewhere, until some fact points to it.
    """
    if p.kind == "person":
        places = [p["residence"]]
        codes = set(p["nationalities"].value or ())
    else:
        places, codes = [p["incorporation"], p["headquarters"]], set[str]()
    codes |= {place.value for place in places if place.known}
    possible = {code for place in places if not place.known for code in place.possible}
    within = partial(p.know.gazetteer.in_group, as_of=p.as_of)
    truth = any_of([within(code, group) for code in sorted(codes) for group in law.provider_in])
    perhaps = any_of([within(code, group) for code in possible for group in law.provider_in])
    return Truth.UNKNOWN if truth is Truth.FALSE and perhaps is not Truth.FALSE else truth
