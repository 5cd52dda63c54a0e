"""Facts about who owns and controls a party: owners, parents, holdings, listed owners."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Interest, OwnershipGraph
from compliance.policies.fact import Fact, Status
from compliance.policies.operators import Holding, Holdings
from compliance.screening.facts.base import fact, once, without_value
from compliance.screening.facts.subjects import PartyFacts
from compliance.screening.knowledge import Regime, threshold_of

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

_YES = True
_NOTHING = Share.exact(0)
_HALF = Fraction(1, 2)


@once
def _has_no_parent(p: PartyFacts) -> str:
    """Why a party has no parent undertaking without further statements, or ""."""
    if p.kind == "person":
        return "a natural person"
    for flag, words in (("exchange_listed", "exchange listed"), ("public_body", "a public body")):
        if p[flag].value is True:
            return words
    return ""


@once
def _parents(p: PartyFacts) -> tuple[Truth, tuple[PartyFacts, ...], str, frozenset[str]]:
    """Whether the parents are identified, who they are, why (not), and candidate party ids."""
    stated = p.party.ultimate_parent
    if stated is not None:
        if stated.value is None:
            reason = without_value(stated, p.at("ultimate_parent")).note
            return Truth.UNKNOWN, (), reason, frozenset()
        parent = p.subjects.resolve(stated.value, p.at("ultimate_parent"))
        return Truth.TRUE, (p.subjects.parties[parent],), "stated", frozenset()
    graph = p.subjects.graph
    if graph.owners(p.id, as_of=p.as_of) or graph.exceptions(p.id):
        answer = graph.ultimate_parents(p.id, as_of=p.as_of, natural_persons=p.subjects.persons)
        certain = tuple(
            p.subjects.parties[a.party] for a in answer.parents if a.truth is Truth.TRUE
        )
        candidates = frozenset(a.party for a in answer.parents if a.truth is Truth.UNKNOWN)
        if answer.truth is Truth.UNKNOWN and not candidates and _has_no_parent(p):
            return Truth.TRUE, certain, _has_no_parent(p), frozenset()
        truth = Truth.UNKNOWN if answer.truth is Truth.UNKNOWN else Truth.TRUE
        return truth, certain, answer.reason, candidates
    nothing = _has_no_parent(p)
    if nothing:
        return Truth.TRUE, (), nothing, frozenset()
    return Truth.UNKNOWN, (), "no owner is stated", frozenset()


@field("ultimate_parents.identified")
def _identified(p: PartyFacts) -> Fact:
    truth, parents, reason, _ = _parents(p)
    if truth is Truth.UNKNOWN:
        path = p.at("ultimate_parent")
        return Fact.unknown(path, "ownership", status=_status(p), note=reason, source=path)
    names = ", ".join(parent.display for parent in parents)
    return Fact.of(_YES, p.at("ultimate_parent"), note=names or reason)


def _status(p: PartyFacts) -> Status:
    stated = p.party.ultimate_parent
    if stated is not None:
        return "refused" if stated.status == "refused" else "unknown"
    graph = p.subjects.graph
    return "unknown" if graph.owners(p.id, as_of=p.as_of) or graph.exceptions(p.id) else "absent"


@field("ultimate_parents.headquarters")
def _parents_headquarters(p: PartyFacts) -> Fact:
    truth, parents, reason, candidates = _parents(p)
    places = [parent["headquarters"] for parent in parents]
    codes = frozenset(place.value for place in places if place.known)
    possible = frozenset(code for place in places for code in place.possible)
    missing = [path for place in places if not place.known for path in place.missing]
    partial_ = any(not place.known and not place.possible for place in places)
    if truth is Truth.UNKNOWN:
        others = [p.subjects.parties[c]["headquarters"] for c in sorted(candidates)]
        possible |= frozenset(place.value for place in others if place.known)
        missing += [p.at("ultimate_parent"), "ownership"]
        partial_ = partial_ or not others or any(not place.known for place in others)
    names = ", ".join(parent.display for parent in parents)
    return Fact.some(
        codes,
        p.at("ultimate_parent"),
        possible=possible,
        partial=partial_,
        missing=tuple(dict.fromkeys(missing)),
        note=names or reason,
        status=("derived" if truth is Truth.TRUE else _status(p)),
    )


@field("ultimate_parents.names")
def _parents_names(p: PartyFacts) -> Fact:
    truth, parents, reason, _ = _parents(p)
    names = frozenset(parent.display for parent in parents)
    return Fact.some(
        names, p.path, partial=truth is Truth.UNKNOWN, note=reason if not names else ""
    )


@field("owners_identified")
def _owners_identified(p: PartyFacts) -> Fact:
    parent = p.party.ultimate_parent
    if _has_no_parent(p) or (parent is not None and parent.value is not None):
        return Fact.of(_YES, p.at("ultimate_parent"), note=_has_no_parent(p))
    graph = p.subjects.graph
    seen, open_ = set(), [p.id]
    while open_:
        owned = open_.pop()
        if owned in seen:
            continue
        seen.add(owned)
        if graph.exceptions(owned) and not graph.owners(owned, as_of=p.as_of):
            reasons = ", ".join(sorted(graph.exceptions(owned)))
            return Fact.unknown("ownership", status="unknown", note=f"{owned}: {reasons}")
        open_.extend(owner for owner, _, _ in graph.owners(owned, as_of=p.as_of))
    if len(seen) > 1:
        return Fact.of(_YES, "ownership", note=f"{len(seen) - 1} owners stated")
    return Fact.unknown("ownership", note="no owner is stated")


@field("owners_unstated")
def _owners_unstated(p: PartyFacts) -> Fact:
    if _has_no_parent(p):
        return Fact.of(_NOTHING, p.path, note=_has_no_parent(p))
    graph = p.subjects.graph
    owners = graph.owners(p.id, as_of=p.as_of)
    if not any(kind == "shareholding" for _, _, kind in owners):
        return Fact.unknown("ownership", note="no shares are stated")
    return Fact.of(graph.unstated(p.id, as_of=p.as_of), "ownership")


def _holding(p: PartyFacts, owner: str, share: Share) -> Holding:
    party = p.subjects.parties[owner]
    places = [party["incorporation"], party["headquarters"]]
    if party.kind == "person":
        places = [party["residence"]]
    codes = frozenset(place.value for place in places if place.known)
    possible = frozenset(code for place in places for code in place.possible)
    return Holding(party.display, codes, possible if codes or possible else None, share)


@field("owners.direct")
def _direct(p: PartyFacts) -> Fact:
    owners = p.subjects.graph.owners(p.id, as_of=p.as_of)
    if not owners and not _has_no_parent(p):
        return Fact.unknown("ownership", note="no owner is stated")
    held = Holdings(
        _holding(p, owner, share) for owner, share, kind in owners if kind == "shareholding"
    )
    return Fact.of(held, "ownership")


@field("owners.organizations")
def _organizations(p: PartyFacts) -> Fact:
    graph = p.subjects.organizations
    owners = p.subjects.graph.owners(p.id, as_of=p.as_of)
    if not owners and not _has_no_parent(p):
        return Fact.unknown("ownership", note="no owner is stated")
    held = graph.look_through(p.id, as_of=p.as_of) if owners else {}
    return Fact.of(
        Holdings(_holding(p, owner, share) for owner, share in sorted(held.items())),
        "ownership, looked through",
    )


def _gives_control(edge: Interest) -> bool:
    """An agreement, or half of the board or more; an unknown number of seats may be as many."""
    if edge.kind == "board_appointment":
        return edge.share.reaches(_HALF, inclusive=True) is not Truth.FALSE
    return edge.kind == "agreement"


@field("controllers_by_other_means")
def _controllers(p: PartyFacts) -> Fact:
    others = {
        edge.owner
        for edge in p.subjects.graph.interests
        if edge.owned == p.id and edge.holds_on(p.as_of) and _gives_control(edge)
    }
    places = [p.subjects.parties[o]["headquarters"] for o in sorted(others)]
    codes = frozenset(place.value for place in places if place.known)
    missing = tuple(path for place in places if not place.known for path in place.missing)
    names = ", ".join(p.subjects.parties[o].display for o in sorted(others))
    return Fact.some(codes, "ownership", partial=bool(missing), missing=missing, note=names)


def _ended(p: PartyFacts) -> list[tuple[str, date]]:
    found = []
    for index, interest in enumerate(p.subjects.contract.ownership):
        if p.subjects.resolve(interest.owned, f"ownership.{index}.owned") != p.id:
            continue
        if interest.until is not None and interest.until <= p.as_of and interest.owner is not None:
            owner = p.subjects.resolve(interest.owner, f"ownership.{index}.owner")
            found.append((owner, interest.until))
    return found


@field("former_owners")
def _former_owners(p: PartyFacts) -> Fact:
    places = [p.subjects.parties[owner]["headquarters"] for owner, _ in _ended(p)]
    codes = frozenset(place.value for place in places if place.known)
    missing = tuple(path for place in places if not place.known for path in place.missing)
    return Fact.some(codes, "ownership", partial=bool(missing), missing=missing)


@field("days_since_ownership_change")
def _days_since_change(p: PartyFacts) -> Fact:
    days = [until for _, until in _ended(p)]
    days += [
        i.since
        for n, i in enumerate(p.subjects.contract.ownership)
        if i.since is not None
        and i.since <= p.as_of
        and p.subjects.resolve(i.owned, f"ownership.{n}.owned") == p.id
    ]
    if not days:
        return Fact.unknown("ownership", note="no dated interest")
    until = p.subjects.contract.signed_on or p.as_of
    past = [day for day in days if day <= until]
    if not past:
        return Fact.unknown("ownership", note="no change before signing")
    return Fact.of((until - max(past)).days, f"ownership, to {until}")


def _listed(p: PartyFacts, lists: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the other parties certainly, and possibly, on any of the lists."""
    certain, possible = p.subjects.listed(lists)
    return certain - {p.id}, possible - {p.id}


def _affected(p: PartyFacts, regime: Regime, listed: frozenset[str]) -> Truth:
    entry = regime.on(p.as_of)
    if entry is None or not listed:
        return Truth.FALSE
    found = p.subjects.graph.affected(
        listed,
        threshold=threshold_of(entry),
        inclusive=entry.inclusive,
        aggregate=entry.aggregate,
        control=entry.control,
        as_of=p.as_of,
    )
    return found[p.id].truth if p.id in found else Truth.FALSE


@field("ownership.affected_under")
def _affected_under(p: PartyFacts) -> Fact:
    if not p.subjects.contract.ownership:
        return Fact.of(frozenset(), "ownership", note="no interests stated")
    certain, possible = set(), set()
    for regime in p.know.regimes:
        sure, maybe = _listed(p, frozenset(regime.lists))
        truth = _affected(p, regime, sure)
        if truth is Truth.TRUE:
            certain.add(regime.id)
        elif truth is Truth.UNKNOWN or _affected(p, regime, sure | maybe) is not Truth.FALSE:
            possible.add(regime.id)
    share = p["ownership.listed_share"]
    return Fact.some(
        frozenset(certain),
        "ownership and lists",
        possible=frozenset(possible),
        missing=("ownership",) if possible else (),
        note=f"listed owners hold {share.text}",
    )


def _every_list(p: PartyFacts) -> frozenset[str]:
    return p.know.weighty_lists


@field("ownership.listed_share")
def _listed_share(p: PartyFacts) -> Fact:
    listed, _ = (
        _listed(p, _every_list(p)) if p.subjects.contract.ownership else (frozenset(), frozenset())
    )
    if not listed:
        return Fact.of(_NOTHING, "ownership and lists")
    graph: OwnershipGraph = p.subjects.graph
    found = graph.affected(listed, threshold=_HALF, as_of=p.as_of).get(p.id)
    share = found.share if found is not None and found.share is not None else _NOTHING
    return Fact.of(share, "ownership and lists")


@field("ownership.listed_owners")
def _listed_owners(p: PartyFacts) -> Fact:
    if not p.subjects.contract.ownership:
        return Fact.of(frozenset(), "ownership and lists")
    listed, possible = _listed(p, _every_list(p))
    words = frozenset(_with_lists(p.subjects.parties[o]) for o in listed)
    return Fact.some(
        words,
        "ownership and lists",
        possible=frozenset(_with_lists(p.subjects.parties[o]) for o in possible),
    )


def _with_lists(party: PartyFacts) -> str:
    lists = ", ".join(sorted(party["listed_on"].value)) or "possible hit"
    return f"{party.display} ({lists})"
