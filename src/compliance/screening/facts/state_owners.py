"""Facts of embargoes that block without listing: governments and nationals, and what they own.

A party is a government's where that is stated, or where it is a public body of one country. A
national of a country lives there, is its citizen, is organized there or led from there. What they
own and control is counted by rules/data/state_ownership.yaml. Of whom it is not certain what he is,
and shares that are not exact, leave a country possible; a private owner is no government.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once
from compliance.screening.facts.cascades import answer_of, chain_in_words
from compliance.screening.facts.parents import parents_above
from compliance.screening.facts.subjects import PartyFacts, Subjects, party_field
from compliance.screening.holding_arithmetic import Arithmetic

_NOWHERE: Final[frozenset[str]] = frozenset()
_ANYWHERE: Final = "*"
_WITHHELD: Final = frozenset({"refused", "unknown"})
_SOURCE: Final = "ownership and governments"


_SETTLED: Final = (
    "dated registers of members with exact holdings, and whose body each public owner is"
)


@dataclass(frozen=True, slots=True)
class _Belonging:
    """The countries to which a party certainly belongs, and may; `anywhere`: or to any other."""

    certain: frozenset[str] = _NOWHERE
    possible: frozenset[str] = _NOWHERE
    anywhere: bool = False


_Belongs = Callable[[PartyFacts], _Belonging]


@once
def _government(p: PartyFacts) -> _Belonging:
    """Whose government it is: as stated, or as a public body of the one country where it is."""
    stated = p["government"]
    if stated.known:
        return _Belonging(frozenset({stated.value}))
    flag = p["public_body"]
    public = p.kind == "public_body" or flag.value is True
    perhaps = public or flag.status in _WITHHELD
    if not perhaps and stated.status == "absent":
        return _Belonging()
    places = [p["incorporation"], p["headquarters"]] if perhaps else []
    codes = frozenset(place.value for place in places if place.known)
    possible = stated.possible.union(codes, *(place.possible for place in places))
    if public and len(codes) == 1 and possible == codes and stated.status == "absent":
        return _Belonging(codes)
    return _Belonging(_NOWHERE, possible, anywhere=not possible)


@once
def _national(p: PartyFacts) -> _Belonging:
    """Of which countries it is a national; what nobody gave of a place points nowhere."""
    if p.kind == "person":
        places, codes = [p["residence"]], frozenset(p["nationalities"].value or ())
        unread = not p["nationalities"].known
    else:
        places, codes, unread = [p["incorporation"], p["headquarters"]], _NOWHERE, False
    state = _government(p)
    codes = codes.union(state.certain, (place.value for place in places if place.known))
    possible = state.possible.union(*(place.possible for place in places))
    silent = any(
        not place.known and not place.possible and place.status != "absent" for place in places
    )
    return _Belonging(codes, possible - codes, anywhere=unread or silent or state.anywhere)


@dataclass(frozen=True, slots=True)
class _Reached:
    """The countries that reach a party: certainly, possibly; `anywhere`: or any other one.

    `told` are the chains in words, `asks` what would settle what is only possible.
    """

    certain: frozenset[str]
    possible: frozenset[str]
    anywhere: bool
    told: tuple[str, ...]
    asks: tuple[str, ...]


def _reached(p: PartyFacts, entry: Arithmetic, belongs: _Belongs, whose: str) -> _Reached:
    """Which countries own the party by an arithmetic; the one it belongs to itself is one."""
    own = belongs(p)
    certain, possible, anywhere = set(own.certain), set(own.possible), own.anywhere
    name = p.know.gazetteer.name
    told = [f"{p.display} itself is {whose} {name(code)}" for code in sorted(certain)]
    asks: list[str] = []
    sure, maybe = _by_country(p.subjects, belongs, _owners(p))
    tops, candidates = parents_above(p) if entry.control and (sure or maybe) else ((), ())
    for country in sorted(sure.keys() | maybe.keys()):
        seeds, unsure = sure.get(country, _NOWHERE), maybe.get(country, _NOWHERE)
        unsure |= maybe.get(_ANYWHERE, _NOWHERE)
        answer = answer_of(p, entry, seeds, unsure - seeds)
        truth = answer.truth
        if any(top.id in seeds for top in tops):
            truth = Truth.TRUE
        elif any(top.id in seeds | unsure for top in (*tops, *candidates)):
            truth = truth if truth is Truth.TRUE else Truth.UNKNOWN
        if truth is Truth.FALSE:
            continue
        if country == _ANYWHERE:
            anywhere = True
        else:
            (certain if truth is Truth.TRUE else possible).add(country)
            reached = answer.everyone.get(p.id)
            told += [
                f"{whose} {name(country)}: {chain_in_words(p, path)}"
                for path in (() if reached is None else reached.paths)
            ]
            told += [
                f"{whose} {name(country)}: {top.display}, its ultimate parent"
                for top in tops
                if top.id in seeds
            ]
        if truth is Truth.UNKNOWN and p.id in answer.everyone:
            control = entry.control
            asks += evidence_requests.of_cascade(p, answer.everyone, (), control=control)
            asks += [_belonging_of(p, one) for one in sorted(unsure - seeds)]
    return _Reached(
        frozenset(certain), frozenset(possible - certain), anywhere,
        tuple(dict.fromkeys(told)), tuple(dict.fromkeys(asks)),
    )  # fmt: skip


def _belonging_of(p: PartyFacts, party: str) -> str:
    return f"whose body {p.subjects.parties[party].display} is, with where it is organized and led"


def _owners(p: PartyFacts) -> frozenset[str]:
    """Everybody above the party on the day, and every stated ultimate parent of one of them."""
    parties = p.subjects.parties
    above = set(p.subjects.graph.on(p.as_of).above([p.id]))
    todo = list(above)
    while todo:
        party = parties.get(todo.pop(), p)
        stated = party.party.ultimate_parent
        if stated is None or stated.value is None:
            continue
        parent = p.subjects.resolve(stated.value, party.at("ultimate_parent"))
        fresh = p.subjects.graph.on(p.as_of).above([parent]) - above
        above |= fresh
        todo += fresh
    return frozenset(above - {p.id})


def _by_country(
    subjects: Subjects, belongs: _Belongs, among: Iterable[str]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By country the parties that certainly belong to it, and those that may."""
    certain: dict[str, set[str]] = {}
    possible: dict[str, set[str]] = {}
    for party_id in among:
        party = subjects.parties.get(party_id)
        found = _Belonging() if party is None else belongs(party)
        for country in found.certain:
            certain.setdefault(country, set()).add(party_id)
        for country in (*found.possible, *([_ANYWHERE] if found.anywhere else ())):
            possible.setdefault(country, set()).add(party_id)
    return (
        {country: frozenset(parties) for country, parties in certain.items()},
        {country: frozenset(parties) for country, parties in possible.items()},
    )


@once
def _owned(p: PartyFacts) -> _Reached:
    return _reached(p, p.know.state_ownership.governments.owned, _government, "the government of")


@once
def _controlled(p: PartyFacts) -> _Reached:
    entry = p.know.state_ownership.governments.controlled
    return _reached(p, entry, _government, "the government of")


@once
def _of_nationals(p: PartyFacts) -> _Reached:
    return _reached(p, p.know.state_ownership.nationals, _national, "a national of")


def _as_fact(found: _Reached) -> Fact:
    open_ = bool(found.possible) or found.anywhere
    return Fact.some(
        found.certain,
        _SOURCE,
        possible=found.possible,
        partial=found.anywhere,
        missing=("ownership",) if open_ else (),
        note="; ".join(found.told),
    ).asking(found.asks)


@party_field("owned_by_governments", "countries", asks=_SETTLED, cost="computed")
def _owned_by_governments(p: PartyFacts) -> Fact:
    """Whose government it is, or which governments own it.

    Their public bodies, and what those own, hold half of it or more in sum.
    """
    return _as_fact(_owned(p))


@party_field("controlled_by_governments", "countries", asks=_SETTLED, cost="computed")
def _controlled_by_governments(p: PartyFacts) -> Fact:
    """Whose government it is, and which governments own or control it.

    Control: by more than half of the votes, a majority of the board, consolidation, agreement, or
    as its ultimate parent, on any link of the chain.
    """
    return _as_fact(_controlled(p))


@party_field("part_owned_by_governments", "countries", asks=_SETTLED, cost="computed")
def _part_owned_by_governments(p: PartyFacts) -> Fact:
    """Which governments hold any part of it, looked through, without owning or controlling it."""
    sure, maybe = _by_country(p.subjects, _government, _owners(p))
    graph, reached = p.subjects.graph, _controlled(p).certain
    certain, possible = set[str](), set[str]()
    for country in (sure.keys() | maybe.keys()) - reached:
        held = [graph.share(one, p.id, as_of=p.as_of) for one in sure.get(country, ())]
        others = [graph.share(one, p.id, as_of=p.as_of) for one in maybe.get(country, ())]
        if any(_some(share) for share in held):
            certain.add(country)
        elif any(share.maximum for share in (*held, *others)):
            possible.add(country)
    anywhere = _ANYWHERE in possible
    return Fact.some(
        frozenset(certain), _SOURCE, possible=frozenset(possible - {_ANYWHERE}), partial=anywhere,
        missing=("ownership",) if possible else (),
    )  # fmt: skip


def _some(share: Share) -> bool:
    return bool(share.minimum) or share.exclusive_minimum


@party_field("governments_above", "texts", cost="computed")
def _governments_above(p: PartyFacts) -> Fact:
    """Each chain from a government down to it, in words."""
    return Fact.of(frozenset((*_owned(p).told, *_controlled(p).told)), _SOURCE)


@party_field(
    "owned_by_nationals_of",
    "countries",
    asks=(
        "dated registers of members with exact holdings, and where each owner lives or is led from"
    ),
    cost="computed",
)
def _owned_by_nationals_of(p: PartyFacts) -> Fact:
    """Of which countries it is a national, or nationals control it or own a part.

    Citizens, residents, companies organized or led there and governments that control it or hold a
    substantial part of it; only for law that turns on nationality.
    """
    return _as_fact(_of_nationals(p))


@party_field("nationals_above", "texts", cost="computed")
def _nationals_above(p: PartyFacts) -> Fact:
    """Each chain from such a national down to it, in words."""
    return Fact.of(frozenset(_of_nationals(p).told), _SOURCE)
