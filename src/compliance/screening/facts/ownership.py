"""Facts about who owns a party: holdings, what is unstated, opacity, what is wrong in statements.

Shares by country count organizations only: an organization keeps, with its country, what no other
organization holds of it, and a natural person never counts by residence or nationality.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Final, get_args

from compliance.model.contract import ReportingException
from compliance.model.share import Share
from compliance.ownership import Diagnosis
from compliance.ownership.data_quality import Code
from compliance.ownership.gaps import Completion, completed
from compliance.policies.fact import Fact
from compliance.policies.operators import Holding, Holdings
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once
from compliance.screening.facts.parents import answer_of_graph, has_no_parent
from compliance.screening.facts.subjects import PartyFacts, party_field

_NOTHING: Final = Share.exact(0)
_NOBODY: Final = "owners nobody stated"
_NO_OWNER: Final = Fact.unknown("ownership", note="no owner is stated")
_WITHHELD: Final = frozenset({"refused", "unknown"})


@party_field(
    "ownership.identified",
    "flag",
    asks="a register of owners up to the top of the chain",
    cost="computed",
)
def _identified(p: PartyFacts) -> Fact:
    """Owners stated to a top, or exchange listing, or public body.

    Through nobody who has ended: then somebody else stands there now.
    """
    found = _stated_to_a_top(p)
    gone = _ended_on_the_way(p) if found.known else {}
    if not gone:
        return found
    asks = tuple(evidence_requests.successor(p, party) for party in gone)
    note = "; ".join(gone.values())
    return Fact.unknown("ownership", status="unknown", note=note).asking(asks)


def _stated_to_a_top(p: PartyFacts) -> Fact:
    parent = p.party.ultimate_parent
    if has_no_parent(p) or (parent is not None and parent.value is not None):
        return Fact.of(True, p.at("ultimate_parent"), note=has_no_parent(p))
    if parent is not None:
        note = f"its ultimate parent is {parent.status}"
        ask = f"who owns {p.display}, and who its ultimate parent is"
        return Fact.unknown("ownership", status="unknown", note=note).asking((ask,))
    if not p.subjects.contract.ownership:
        return _NO_OWNER
    graph, parties = p.subjects.graph, p.subjects.parties
    holdings = graph.on(p.as_of)
    above = holdings.above([p.id])
    for party in sorted(above):
        if holdings.direct(party):
            continue
        subject = p if party == p.id else parties[party]
        if has_no_parent(subject):  # its standing explains what it reports
            continue
        name, said = subject.display, subject.party.ultimate_parent
        if graph.exceptions(party):
            reasons = ", ".join(graph.exceptions(party))
            ask = f"who owns {name}, which reports {reasons} instead"
        elif party != p.id and said is not None and said.value is None:
            reasons = f"its ultimate parent is {said.status}"
            ask = f"who owns {name}, and who its ultimate parent is"
        else:
            continue
        note = f"{party}: {reasons}"
        return Fact.unknown("ownership", status="unknown", note=note).asking((ask,))
    if len(above) > 1:
        return Fact.of(True, "ownership", note=f"{len(above) - 1} owners stated")
    return _NO_OWNER


def _ended_on_the_way(p: PartyFacts) -> dict[str, str]:
    """The parties on the way to a parent, and a stated one, that have ended, each in words."""
    ended, stated = p.subjects.graph.on(p.as_of).ended, p.party.ultimate_parent
    if not ended or has_no_parent(p):
        return {}
    answer = answer_of_graph(p).parents if _has_owners(p) else ()
    way = dict.fromkeys(x for parent in answer for x in parent.path)
    if stated is not None and stated.value is not None:
        way = dict.fromkeys([*way, p.subjects.resolve(stated.value, p.at("ultimate_parent"))])
    return {x: _in_words(p, x) for x in way if x in ended and x != p.id}


def _in_words(p: PartyFacts, party: str) -> str:
    """That a party has ended: how, since when, and who succeeded it."""
    parties, found = p.subjects.parties, p.subjects.graph.on(p.as_of).ended[party]
    heirs = ", ".join(parties[heir].display for heir in found.successors)
    return f"{parties[party].display} is {found.words}" + (heirs and f", succeeded by {heirs}")


@party_field(
    "ownership.ended",
    "texts",
    asks="an extract from the register of each, and who holds now what it held",
    cost="computed",
)
def _ended(p: PartyFacts) -> Fact:
    """Each owner above it, or stated parent, that has ended by the day.

    Dissolved, merged or struck off: since when, and who succeeded it.
    """
    graph, parties = p.subjects.graph, p.subjects.parties
    holdings = graph.on(p.as_of)
    above = holdings.above([p.id])
    for party in [p, *(parties[x] for x in above if x != p.id)]:
        stated = party.party.ultimate_parent
        if stated is not None and stated.value is not None:
            above = above | {p.subjects.resolve(stated.value, party.at("ultimate_parent"))}
    above = above - {p.id}
    gone = sorted(above.intersection(holdings.ended))
    silent = sorted(
        x for x in above if x in parties and parties[x]["standing"].status in {"unknown", "refused"}
    )
    return Fact.some(
        frozenset(_in_words(p, party) for party in gone),
        "ownership",
        partial=bool(silent),
        missing=tuple(parties[x].at("standing") for x in silent),
    ).asking(tuple(evidence_requests.successor(p, party) for party in gone), "ownership")


def _unstated_of(p: PartyFacts) -> Share:
    return _NOTHING if has_no_parent(p) else p.subjects.graph.unstated(p.id, as_of=p.as_of)


@party_field(
    "ownership.unstated", "share", asks="a register of owners with shares", cost="computed"
)
def _unstated(p: PartyFacts) -> Fact:
    """The part of the capital that no statement covers."""
    if has_no_parent(p):
        return Fact.of(_NOTHING, p.path, note=has_no_parent(p))
    if not p.subjects.graph.on(p.as_of).capital.column(p.id):
        return Fact.unknown("ownership", note="no shares are stated")
    share = _unstated_of(p)
    return Fact.of(share, "ownership").asking(
        () if share.is_exact else evidence_requests.of_shares(p), "ownership"
    )


def _holding(p: PartyFacts, owner: str, share: Share) -> Holding:
    """A holding with its holder's places; one that is withheld or stated as unknown is anywhere."""
    party = p.subjects.parties[owner]
    places = [party["incorporation"], party["headquarters"]]
    if party.kind == "person":
        places = [party["residence"]]
    codes = frozenset(place.value for place in places if place.known)
    possible = frozenset(code for place in places for code in place.possible)
    withheld = any(
        not place.known and not place.possible and place.status in _WITHHELD for place in places
    )
    ended = p.subjects.graph.on(p.as_of).ended.get(owner)
    if ended is not None:  # somebody else has it now: who succeeded it, or anybody
        heirs = [p.subjects.parties[heir]["headquarters"] for heir in ended.successors]
        possible |= frozenset(code for seat in heirs for code in seat.possible)
        possible |= frozenset(seat.value for seat in heirs if seat.known)
        withheld = withheld or not heirs or any(not s.known and not s.possible for s in heirs)
    somewhere = bool(codes or possible) and not withheld
    return Holding(party.display, codes, possible if somewhere else None, share)


@once
def _has_owners(p: PartyFacts) -> bool:
    if not p.subjects.contract.ownership:
        return False
    return bool(p.subjects.graph.on(p.as_of).direct(p.id))


@party_field(
    "ownership.direct", "holdings", asks="a register of owners with shares", cost="computed"
)
def _direct(p: PartyFacts) -> Fact:
    """Each direct holding of capital, with the holder's countries; a person's is the residence."""
    if not _has_owners(p) and not has_no_parent(p):
        return _NO_OWNER
    column = p.subjects.graph.on(p.as_of).capital.column(p.id)
    held = Holdings(_holding(p, owner, share) for owner, share in column.items())
    return Fact.of(held, "ownership").asking(evidence_requests.of_shares(p), "ownership")


@party_field(
    "ownership.organizations",
    "holdings",
    asks="a register of owners with shares up to the top",
    cost="computed",
)
def _organizations(p: PartyFacts) -> Fact:
    """Look-through holdings of organizations, and the part that nobody states.

    Each with its countries of incorporation and headquarters; natural persons are not counted. The
    part that nobody states may be anybody's.
    """
    owned = _has_owners(p)
    if not owned and not has_no_parent(p):
        return _NO_OWNER
    found = p.subjects.organizations.look_through(p.id, as_of=p.as_of) if owned else {}
    held = [_holding(p, owner, share) for owner, share in sorted(found.items())]
    rest = _unstated_of(p) if owned and p.subjects.graph.on(p.as_of).capital.column(p.id) else None
    if rest is not None and rest.maximum:
        held.append(Holding(_NOBODY, frozenset(), None, rest))
    return Fact.of(Holdings(held), "ownership, looked through").asking(
        _who_holds(p, held), "ownership"
    )


def _who_holds(p: PartyFacts, held: list[Holding]) -> tuple[str, ...]:
    """What would settle who holds how much, and where each is: registers, seats, the rest."""
    asks = list(evidence_requests.of_shares(p))
    for holding in held:
        if holding.holder == _NOBODY:
            asks.append(f"a register of members of {p.display} that covers its whole capital")
        elif holding.possible is None:
            asks.append(f"where {holding.holder} is incorporated and led from")
    return tuple(dict.fromkeys(asks))


@party_field(
    "ownership.shares_by_country",
    "texts",
    asks="a register of owners with shares up to the top",
    cost="computed",
)
def _shares_by_country(p: PartyFacts) -> Fact:
    """Look-through holdings added up by country of headquarters, with the rest.

    By incorporation where no headquarters is known; the rest is of natural persons, and unknown.
    """
    if not _has_owners(p):
        if has_no_parent(p):
            return Fact.of(frozenset(), "ownership", note=has_no_parent(p))
        return Fact.some(frozenset(), "ownership", partial=True, missing=("ownership",))
    countries = {party.id: _places(party) for party in p.subjects.parties.values()}
    found = p.subjects.organizations.nationality_shares(
        p.id, by="headquarters", countries=countries, as_of=p.as_of
    )
    told = [f"{p.know.gazetteer.name(code)} {share}" for code, share in found.shares.items()]
    if found.unknown.maximum:
        told.append(f"natural persons and unknown {found.unknown}")
    return Fact.of(frozenset(told), "ownership, looked through")


def _places(party: PartyFacts) -> frozenset[str]:
    for name in ("headquarters", "incorporation"):
        place = party[name]
        if place.known:
            return frozenset({place.value})
        if place.possible:
            return place.possible
    return frozenset()


@once
def _closed(p: PartyFacts) -> tuple[tuple[str, str], ...]:
    """Why nobody can tell who owns it: each reason with the party that it is about."""
    return tuple(dict.fromkeys(_reasons(p)))


def _reasons(p: PartyFacts) -> Iterator[tuple[str, str]]:
    if has_no_parent(p) or not p.subjects.contract.ownership:
        return
    graph, parties = p.subjects.graph, p.subjects.parties
    for party_id in sorted(graph.on(p.as_of).above([p.id])):
        party = p if party_id == p.id else parties[party_id]
        if not has_no_parent(party):
            for exception in graph.exceptions(party_id):
                yield exception, party.display
        if party_id != p.id and not party["name"].known:
            yield "unnamed_owner", party_id
    if _has_owners(p):
        yield from (("unstated_majority", parties[x].display) for x in _majority_unstated(p))
        for diagnosis in _statement_diagnoses(p):
            if diagnosis.code == "ownerless_cycle":
                yield diagnosis.code, ", ".join(parties[x].display for x in diagnosis.parties)


def completion_of(p: PartyFacts, named: Container[str]) -> Completion:
    """The statements with an owner for each who is not stated; `named` are those that are known."""
    parties = p.subjects.parties.values()
    return completed(
        p.subjects.graph,
        p.id,
        as_of=p.as_of,
        without_owners={party.id for party in parties if has_no_parent(party)},
        named=named,
    )


def _majority_unstated(p: PartyFacts) -> list[str]:
    """Who above it has so little of its capital stated that whoever has the rest may own it.

    By half, link by link. Of its own capital another field tells; a company of whose capital
    nothing is stated, but who consolidates it, has a stated parent.
    """
    completion = completion_of(p, p.subjects.parties)
    held = p.subjects.graph.on(p.as_of).capital
    gaps = p.know.in_sum.reaching(completion, ())
    return [g.party for g in gaps if g.kind == "unstated" and g.party != p.id and g.party in held]


@party_field(
    "ownership.opaque",
    "choices",
    asks="a register of owners up to the top of the chain",
    choices=(
        *get_args(ReportingException),
        "unnamed_owner",
        "unstated_majority",
        "ownerless_cycle",
    ),
    cost="computed",
)
def _opaque(p: PartyFacts) -> Fact:
    """Why nobody can tell who owns it, anywhere above it.

    A reporting exception, an owner without a name, a parent of which so much is unstated that
    whoever has it may own it by half, a circle of companies that nobody outside owns.
    """
    found = _closed(p)
    return Fact.of(
        frozenset(reason for reason, _ in found),
        "ownership",
        note="; ".join(f"{party}: {reason}" for reason, party in found),
    )


@party_field("ownership.opaque.who", "texts", cost="computed")
def _opaque_who(p: PartyFacts) -> Fact:
    """Of whom nobody can tell the owners."""
    return Fact.of(frozenset(party for _, party in _closed(p)), "ownership")


@once
def _statement_diagnoses(p: PartyFacts) -> tuple[Diagnosis, ...]:
    """What is wrong in the statements on the party and those above it."""
    return p.subjects.graph.diagnoses(p.id, as_of=p.as_of) if _has_owners(p) else ()


@party_field(
    "ownership.diagnoses",
    "choices",
    asks="dated registers of members that agree",
    choices=get_args(Code),
    cost="computed",
)
def _diagnoses(p: PartyFacts) -> Fact:
    """What is wrong or peculiar in the statements on it and those above it.

    Contradiction, oversubscribed, cross_holding and the like.
    """
    found = _statement_diagnoses(p)
    return Fact.of(
        frozenset(diagnosis.code for diagnosis in found),
        "ownership",
        note="; ".join(sorted(_in_names(p, found))),
    )


@party_field("ownership.diagnoses.told", "texts", cost="computed")
def _diagnoses_told(p: PartyFacts) -> Fact:
    """What is wrong or peculiar in these statements in words, with the parties."""
    found = _statement_diagnoses(p)
    return Fact.of(_in_names(p, found), "ownership")


def _in_names(p: PartyFacts, found: Iterable[Diagnosis]) -> frozenset[str]:
    return frozenset(one.told(lambda party: p.subjects.parties[party].display) for one in found)
