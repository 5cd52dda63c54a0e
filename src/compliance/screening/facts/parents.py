"""Facts about a party's ultimate parents: whether they are established, who, led from where."""

from __future__ import annotations

from dataclasses import dataclass, replace

from compliance.model.truth import Truth
from compliance.ownership import UltimateParents
from compliance.ownership.bounds import HALF
from compliance.policies.fact import Fact, Status
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once, without_value
from compliance.screening.facts.subjects import PartyFacts, party_field


@once
def has_no_parent(p: PartyFacts) -> str:
    """Why a party has no parent undertaking without further statements, or ""."""
    if p.kind == "person":
        return "a natural person"
    for flag, words in (("exchange_listed", "exchange listed"), ("public_body", "a public body")):
        if p[flag].value is True:
            return words
    return ""


@once
def is_stated(p: PartyFacts) -> bool:
    """Whether anything is stated of the party's owners on the day, if only an exception."""
    if not p.subjects.contract.ownership:
        return False
    graph = p.subjects.graph
    return bool(graph.on(p.as_of).direct(p.id) or graph.exceptions(p.id))


@once
def answer_of_graph(p: PartyFacts) -> UltimateParents:
    """What the stated interests say of the party's ultimate parents."""
    return p.subjects.graph.ultimate_parents(
        p.id, as_of=p.as_of, natural_persons=p.subjects.persons
    )


@dataclass(frozen=True, slots=True)
class Parents:
    """Whether the parents are established, those who are, why (not), and candidates by id.

    `others`: somebody whom no statement names may be a parent as well.
    """

    established: bool
    parents: tuple[PartyFacts, ...] = ()
    reason: str = ""
    candidates: tuple[str, ...] = ()
    others: bool = False
    asks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The names of the parents, or why there is none."""
        return ", ".join(parent.display for parent in self.parents) or self.reason


@once
def parents_of(p: PartyFacts) -> Parents:
    """The parents by statement or by the graph; none of them is certain that has ended."""
    found = _found(p)
    graph = p.subjects.graph.on(p.as_of)
    gone = [parent for parent in found.parents if parent.id in graph.ended]
    if not gone:
        return found
    heirs = [heir for parent in gone for heir in graph.ended[parent.id].successors]
    told = [f"{parent.display} is {graph.ended[parent.id].words}" for parent in gone]
    return Parents(
        established=False,
        parents=tuple(parent for parent in found.parents if parent not in gone),
        reason="; ".join(filter(None, (*told, found.reason))),
        candidates=tuple(dict.fromkeys([*found.candidates, *(p.id for p in gone), *heirs])),
        others=found.others or not heirs,
        asks=(*found.asks, *(evidence_requests.successor(p, parent.id) for parent in gone)),
    )


def parents_above(p: PartyFacts) -> tuple[tuple[PartyFacts, ...], tuple[PartyFacts, ...]]:
    """The established ultimate parents, and those that may be."""
    found = parents_of(p)
    candidates = tuple(p.subjects.parties[party] for party in found.candidates)
    if found.established:
        return found.parents, candidates
    return (), (*found.parents, *candidates)


def _found(p: PartyFacts) -> Parents:
    stated = p.party.ultimate_parent
    if stated is not None:
        if stated.value is None:
            reason = without_value(stated, p.at("ultimate_parent")).note
            return Parents(established=False, reason=reason, others=True)
        parent = p.subjects.resolve(stated.value, p.at("ultimate_parent"))
        if parent not in p.subjects.persons:
            return _as_stated(p, parent)
        if not is_stated(p):
            return Parents(established=True, reason="a natural person")
    standing = has_no_parent(p)
    if not is_stated(p):
        reason = standing or "no owner is stated"
        return Parents(established=bool(standing), reason=reason, others=not standing)
    answer = answer_of_graph(p)
    tops = _tops(p, answer)
    certain = tuple(p.subjects.parties[party] for party in tops.certain)
    if answer.truth is not Truth.UNKNOWN and tops.settled:
        return Parents(established=True, parents=certain, reason=answer.reason)
    if standing and not tops.candidates and tops.settled:
        return Parents(established=True, parents=certain, reason=standing)
    unnamed = answer.truth is Truth.UNKNOWN and (not tops.candidates or _is_open(p, answer))
    return Parents(
        established=False,
        parents=certain,
        reason="; ".join(tops.reasons) or answer.reason,
        candidates=tops.candidates,
        others=unnamed or bool(tops.silent),
        asks=(*evidence_requests.of_parents(p, answer), *tops.asks),
    )


def _as_stated(p: PartyFacts, parent: str) -> Parents:
    """The parent that a party states; where its owners lead to another, that may be one as well.

    Where they leave several in question, the statement says which one it is.
    """
    shown = _tops(p, answer_of_graph(p)) if is_stated(p) else _Tops()
    tops = (*shown.certain, *shown.candidates)
    stated = (p.subjects.parties[parent],)
    if set(shown.certain) <= {parent} and (not tops or parent in tops):
        return Parents(established=True, parents=stated, reason="stated")
    shown = replace(shown, clashing=(p, *shown.clashing))
    return Parents(
        established=False,
        parents=stated,
        reason="; ".join(shown.reasons),
        candidates=tuple(party for party in tops if party != parent),
        others=bool(shown.silent),
        asks=shown.asks,
    )


@dataclass(frozen=True, slots=True)
class _Tops:
    """Where the stated chains end, by id, once parties on the way have said who their parent is.

    `silent` say that it is unknown, or refuse to; `clashing` name another than stands above them.
    """

    certain: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    silent: tuple[PartyFacts, ...] = ()
    clashing: tuple[PartyFacts, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nobody on the way leaves a doubt."""
        return not self.silent and not self.clashing

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why there is a doubt."""
        return (
            *(f"{party.display} does not say who its ultimate parent is" for party in self.silent),
            *(
                f"{party.display} states another ultimate parent than its owners show"
                for party in self.clashing
            ),
        )

    @property
    def asks(self) -> tuple[str, ...]:
        """What would settle it."""
        names = dict.fromkeys(party.display for party in (*self.silent, *self.clashing))
        return tuple(f"a group chart of {name} up to its ultimate parent" for name in names)


def _tops(p: PartyFacts, answer: UltimateParents) -> _Tops:
    """The tops of the chains; where a party on the way states its ultimate parent, that one."""
    parties = p.subjects.parties
    certain, candidates = list[str](), list[str]()
    silent, clashing = list[PartyFacts](), list[PartyFacts]()
    for found in answer.parents:
        tops, doubtful = [found.party], found.truth is not Truth.TRUE
        for party in (parties[x] for x in found.path if x != p.id):
            stated = party.party.ultimate_parent
            if stated is None:
                continue
            if stated.value is None:
                silent.append(party)
                doubtful = True
                continue
            parent = p.subjects.resolve(stated.value, party.at("ultimate_parent"))
            if parent in p.subjects.persons:
                continue  # an owner, but no undertaking
            if party.id == found.party:
                tops = [parent]
            elif parent not in tops:
                clashing.append(party)
                tops.append(parent)
                doubtful = True
        (candidates if doubtful else certain).extend(tops)
    return _Tops(
        tuple(dict.fromkeys(certain)),
        tuple(x for x in dict.fromkeys(candidates) if x not in certain),
        tuple(silent),
        tuple(clashing),
    )


def _is_open(p: PartyFacts, answer: UltimateParents) -> bool:
    """Whether beside the candidates somebody unnamed may be a parent.

    So it is where a party on the way up reports an exception instead of a parent, or may have half
    of its capital with nobody stated. A party at the top without owners is a parent itself.
    """
    graph, parties = p.subjects.graph, p.subjects.parties
    on_the_way = {p.id}.union(*(parent.path for parent in answer.parents))
    for party_id in sorted(on_the_way):
        if has_no_parent(p if party_id == p.id else parties[party_id]):
            continue
        ended = graph.ended(party_id, as_of=p.as_of)
        if graph.exceptions(party_id) or (ended is not None and not ended.successors):
            return True
        rest = graph.unstated(party_id, as_of=p.as_of)
        if (
            graph.on(p.as_of).direct(party_id)
            and rest.reaches(HALF, inclusive=True) is not Truth.FALSE
        ):
            return True
    return False


@party_field(
    "ultimate_parents.identified",
    "flag",
    asks="a group chart up to the ultimate parent, with audited accounts",
    cost="computed",
)
def _identified(p: PartyFacts) -> Fact:
    """Every ultimate parent is established, or that there is none."""
    found, path = parents_of(p), p.at("ultimate_parent")
    if found.established:
        return Fact.of(True, path, note=found.words)
    unknown = Fact.unknown(path, "ownership", status=_status(p), note=found.reason, source=path)
    return unknown.asking(found.asks)


def _status(p: PartyFacts) -> Status:
    stated = p.party.ultimate_parent
    if stated is not None:
        return "refused" if stated.status == "refused" else "unknown"
    return "unknown" if is_stated(p) else "absent"


@party_field(
    "ultimate_parents.headquarters",
    "countries",
    asks="a group chart up to the ultimate parent, with where each is led from",
    cost="computed",
)
def _headquarters(p: PartyFacts) -> Fact:
    """Headquarters of each ultimate parent above it (none: empty); those of a candidate may be."""
    found = parents_of(p)
    places = [parent["headquarters"] for parent in found.parents]
    possible = frozenset(code for place in places for code in place.possible)
    missing = [path for place in places if not place.known for path in place.missing]
    partly = any(not place.known and not place.possible for place in places)
    if not found.established:
        seats = [p.subjects.parties[party]["headquarters"] for party in found.candidates]
        possible |= frozenset(seat.value for seat in seats if seat.known)
        possible |= frozenset(code for seat in seats for code in seat.possible)
        missing += [p.at("ultimate_parent"), "ownership"]
        partly = partly or found.others or any(not s.known and not s.possible for s in seats)
    return Fact.some(
        frozenset(place.value for place in places if place.known),
        p.at("ultimate_parent"),
        possible=possible,
        partial=partly,
        missing=tuple(dict.fromkeys(missing)),
        note=found.words,
        status="derived" if found.established else _status(p),
    ).asking(found.asks)


@party_field("ultimate_parents.names", "texts", cost="computed")
def _names(p: PartyFacts) -> Fact:
    """The ultimate parents; a candidate may be one."""
    found, parties = parents_of(p), p.subjects.parties
    names = frozenset(parent.display for parent in found.parents)
    return Fact.some(
        names,
        p.path,
        possible=frozenset(parties[party].display for party in found.candidates),
        partial=found.others,
        note=found.reason if not names else "",
    )


@party_field(
    "ultimate_parents.cloud_provider",
    "flag",
    asks="a group chart up to the ultimate parent, with what it sells",
    cost="computed",
)
def _cloud_provider(p: PartyFacts) -> Fact:
    """An ultimate parent sells cloud or data-center services; of a candidate: unknown."""
    found, path = parents_of(p), p.at("ultimate_parent")
    stated = [parent["cloud_provider"] for parent in found.parents]
    for fact_of_parent in stated:
        if fact_of_parent.value is True:
            return Fact.of(True, fact_of_parent.source, note=found.words)
    parties = p.subjects.parties
    if any(parties[one]["cloud_provider"].value is True for one in found.candidates):
        unknown = Fact.unknown(path, "ownership", status="unknown", note=found.reason, source=path)
        return unknown.asking(found.asks)
    return next((one for one in stated if one.status != "absent"), Fact.unknown(path, source=path))


@party_field("parents_incorporated", "countries", asks="a group chart up to the ultimate parent")
def _incorporated(p: PartyFacts) -> Fact:
    """Where its ultimate parents, and whoever holds half of it, are incorporated or led from."""
    found, subjects, path = parents_of(p), p.subjects, p.at("ultimate_parent")
    above = {parent.id: parent for parent in found.parents}
    for owner in subjects.graph.on(p.as_of).direct(p.id) if is_stated(p) else ():
        share = subjects.graph.share(owner, p.id, as_of=p.as_of)
        if owner in subjects.parties and share.reaches(HALF, inclusive=True) is not Truth.FALSE:
            above[owner] = subjects.parties[owner]
    companies = [parent for parent in above.values() if parent.kind != "person"]
    places = [one[name] for one in companies for name in ("incorporation", "headquarters")]
    return Fact.some(
        frozenset(place.value for place in places if place.known),
        path,
        partial=not found.established,
        missing=() if found.established else (path, "ownership"),
        note=found.words,
    )
