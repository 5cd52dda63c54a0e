"""Facts about who controls a party by other means than its capital.

Such means are rights: an agreement, half of a board or more, or half of the votes or more where
votes are stated apart from capital. Influence of another kind (a veto, a golden share, "significant
influence or control") may be such a right: unknown, never false. A right counts over the party and
over every party that controls it; it belongs to its holder and to whoever stands in control above
the holder, by whatever means. A known minority of a board is no right. A natural person is led from
nowhere, and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth, all_of, any_of
from compliance.ownership import Interest
from compliance.ownership.bounds import HALF
from compliance.ownership.control import controlling, truths
from compliance.policies.fact import Fact
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once
from compliance.screening.facts.control import control_in_words
from compliance.screening.facts.control_graph import by_capital, gives_control, steering
from compliance.screening.facts.parents import is_stated
from compliance.screening.facts.subjects import PartyFacts, party_field

_NOBODY: Final = Fact.some(frozenset(), "ownership")


@once
def _steerers(p: PartyFacts) -> dict[str, Truth]:
    """Who controls the party, or may, known minorities of boards and mere influence aside."""
    return truths(steering(p).on(p.as_of), p.id)


@once
def _by_capital(p: PartyFacts) -> dict[str, Truth]:
    """Who controls it, or may, by what capital and consolidation alone say."""
    return truths(by_capital(p).on(p.as_of), p.id)


@dataclass(frozen=True, slots=True)
class _Right:
    """What `holder` has over `owned`, beside capital, and whether that reaches the party.

    `stands`: true or unknown. `beyond`: capital alone does not make the holder control the party.
    """

    holder: str
    owned: str
    kind: str
    share: Share
    directors: str
    stands: Truth
    beyond: bool


@once
def _any_apart(p: PartyFacts) -> bool:
    """Whether anything but capital is stated of the party or those above it."""
    if not p.subjects.contract.ownership:
        return False
    holdings = p.subjects.graph.on(p.as_of)
    above = holdings.above([p.id])
    return not (
        above.isdisjoint(holdings.declared) and above.isdisjoint(holdings.voting_rights.parties)
    )


@once
def _rights(p: PartyFacts) -> tuple[_Right, ...]:
    """Every right over the party and over those that control it, or may."""
    settled = {owner for owner, truth in _by_capital(p).items() if truth is Truth.TRUE}
    reached = {p.id: Truth.TRUE, **_steerers(p)}
    return tuple(
        _Right(
            holder, owned, kind, share, directors, all_of((stands, truth)), holder not in settled
        )
        for owned, truth in reached.items()
        for holder, kind, share, directors, stands in _over(p, owned)
        if holder not in p.subjects.persons and holder != owned
    )


def _over(p: PartyFacts, owned: str) -> Iterator[tuple[str, str, Share, str, Truth]]:
    """The rights over one party: holder, kind, share, directors, whether it is one."""
    holdings = steering(p).on(p.as_of)
    for edge in holdings.declared.get(owned, ()):
        if gives_control(edge):
            yield edge.owner, edge.kind, edge.share, _directors(edge), Truth.TRUE
    for edge in p.subjects.graph.on(p.as_of).declared.get(owned, ()):
        if edge.kind == "other":
            yield edge.owner, edge.kind, edge.share, "", Truth.UNKNOWN
    capital = by_capital(p).on(p.as_of)
    consolidating = {edge.owner for edge in capital.declared.get(owned, ())}
    for owner, share in holdings.voting_rights.column(owned).items():
        stands = _half_of(share, *holdings.votes.most(owned, owner))
        held = capital.capital.column(owned).get(owner)
        shown = Truth.FALSE if held is None else held.reaches(HALF, inclusive=True)
        if _is_firmer(stands, shown) and owner not in consolidating:
            yield owner, "voting_rights", share, "", stands


def _directors(edge: Interest) -> str:
    """How many directors a holder appoints, as stated."""
    if edge.seats is not None:
        return (
            f"{edge.seats} directors" if edge.of is None else f"{edge.seats} of {edge.of} directors"
        )
    if edge.share == Share.unknown():
        return "directors (how many is not stated)"
    return f"{edge.share} of the directors"


def _is_firmer(truth: Truth, other: Truth) -> bool:
    """Whether a truth is nearer to true than another."""
    return truth is not other and any_of((truth, other)) is truth


def _half_of(share: Share, most: Fraction, is_open: bool) -> Truth:  # noqa: FBT001 - an upper end
    """Whether a share, of which the others leave at most `most`, is half or more."""
    if most < HALF or (is_open and most == HALF):
        return Truth.FALSE
    return share.reaches(HALF, inclusive=True)


@once
def _by_other_means(p: PartyFacts) -> dict[str, Truth]:
    """Who has such rights, stands above a holder, or controls through several; by id."""
    found: dict[str, Truth] = {}

    def add(party: str, truth: Truth) -> None:
        if party != p.id and party not in p.subjects.persons:
            found[party] = any_of((truth, found.get(party, Truth.FALSE)))

    for party, truth in _holders_and_above(p).items():
        add(party, truth)
    for owner, truth in _steerers(p).items():
        if _is_firmer(truth, _by_capital(p).get(owner, Truth.FALSE)):
            add(owner, truth)
    return dict(sorted(found.items()))


@once
def _holders_and_above(p: PartyFacts) -> dict[str, Truth]:
    """The holders of rights, and who controls one of them, or may, by whatever means."""
    holders: dict[Truth, set[str]] = {Truth.TRUE: set(), Truth.UNKNOWN: set()}
    for right in _rights(p):
        holders[right.stands].add(right.holder)
    holdings = steering(p).on(p.as_of)
    sure = controlling(holdings, holders[Truth.TRUE], lower=True)
    maybe = controlling(holdings, holders[Truth.UNKNOWN], lower=True)
    maybe |= controlling(holdings, sure | maybe, lower=False)
    return {**dict.fromkeys(maybe, Truth.UNKNOWN), **dict.fromkeys(sure, Truth.TRUE)}


@party_field(
    "ownership.controllers_by_other_means",
    "countries",
    asks="shareholder agreements and rules for appointing the board",
    cost="computed",
)
def _controllers_by_other_means(p: PartyFacts) -> Fact:
    """Where organizations are led from that control it by other means than half of it.

    By an agreement, half or more of the board, or half or more of the votes without as much
    capital, over it or over one that controls it; and those that control such a holder, up to its
    ultimate parents. Influence of another kind (a veto, a golden share) is possible.
    """
    if not _any_apart(p):
        return _NOBODY
    found, parties = _by_other_means(p), p.subjects.parties
    sure, maybe, missing = set[str](), set[str](), list[str]()
    partly = False
    for party, truth in found.items():
        place = parties[party]["headquarters"]
        (sure if truth is Truth.TRUE else maybe).update((place.value,) if place.known else ())
        maybe.update(place.possible)
        missing += () if place.known else place.missing
        partly = partly or (not place.known and not place.possible)
    for truth, seats in _parents_of_holders(p):
        (sure if truth is Truth.TRUE else maybe).update(seats.value or ())
        maybe.update(seats.possible)
        missing += seats.missing if seats.partial else ()
        partly = partly or seats.partial
    return Fact.some(
        frozenset(sure),
        "ownership",
        possible=frozenset(maybe),
        partial=partly,
        missing=tuple(dict.fromkeys(missing)),
        note=", ".join(parties[party].display for party in found),
    ).asking(tuple(dict.fromkeys(_documents(p))), "ownership")


def _parents_of_holders(p: PartyFacts) -> Iterator[tuple[Truth, Fact]]:
    """Where the ultimate parents are led from of holders, and of those above that state a parent.

    The top of a stated chain is its own parent. Of a holder that controls by capital already
    nothing more is asked.
    """
    parties = p.subjects.parties
    beyond = {right.holder for right in _rights(p) if right.beyond}
    for party, truth in _by_other_means(p).items():
        told = party in beyond and is_stated(parties[party])
        if told or parties[party].party.ultimate_parent is not None:
            yield truth, parties[party]["ultimate_parents.headquarters"]


def _documents(p: PartyFacts) -> Iterator[str]:
    """What would settle each right, whether it reaches the party, who is above its holder."""
    for right in _rights(p):
        stated = right.share if right.kind == "voting_rights" else None
        yield evidence_requests.document(p, right.holder, right.owned, right.kind, stated)
    if Truth.UNKNOWN in _by_other_means(p).values():
        votes = p.subjects.graph.on(p.as_of).voting_rights
        for owned in sorted({p.id, *_steerers(p)}):
            for owner, share in votes.column(owned).items():
                if not share.is_exact:
                    yield evidence_requests.document(p, owner, owned, "voting_rights", share)
        yield from evidence_requests.of_shares(p)
    for _, seats in _parents_of_holders(p):
        yield from seats.asks


@party_field("ownership.controllers_by_other_means.told", "texts", cost="computed")
def _told(p: PartyFacts) -> Fact:
    """Each such right in words: who has what over whom, and who controls the holder."""
    if not _any_apart(p):
        return _NOBODY
    rights = _rights(p)
    told = {right: _in_words(p, right) for right in rights}
    sure = frozenset(words for r, words in told.items() if r.stands is Truth.TRUE)
    jointly = _by_other_means(p).keys() - _holders_and_above(p).keys()
    controls = steering(p).controllers(p.id, as_of=p.as_of) if jointly else {}
    together = {owner: control_in_words(p, owner, controls[owner]) for owner in jointly}
    sure |= {words for o, words in together.items() if controls[o].truth is Truth.TRUE}
    every = frozenset((*told.values(), *together.values()))
    return Fact.some(sure, "ownership", possible=every - sure)


def _in_words(p: PartyFacts, right: _Right) -> str:
    """A right as a sentence: "A appoints 4 of 7 of the directors of B, and is controlled by C"."""
    parties = p.subjects.parties
    owned = p.display if right.owned == p.id else parties[right.owned].display
    said = {
        "agreement": f"has rights over {owned} by agreement",
        "other": f"has influence of another kind over {owned}, which may be control",
        "board_appointment": f"appoints {right.directors} of {owned}",
        "voting_rights": f"has {right.share} of the votes of {owned}",
    }[right.kind]
    words = f"{parties[right.holder].display} {said}"
    if right.owned != p.id:
        words += (
            f", which {'controls' if right.stands is Truth.TRUE else 'may control'} {p.display}"
        )
    above = truths(steering(p).on(p.as_of), right.holder)
    above.pop(p.id, None)
    sure = [parties[o].display for o, t in above.items() if t is Truth.TRUE]
    maybe = [parties[o].display for o, t in above.items() if t is not Truth.TRUE]
    maybe += [
        parties[party]["ultimate_parents.names"].text
        for party in (right.holder, *above)
        if parties[party].party.ultimate_parent is not None
    ]
    if sure:
        words += f", and is controlled by {', '.join(sure)}"
    if maybe:
        words += f", {'' if sure else 'and is controlled '}perhaps by {', '.join(maybe)}"
    return words
