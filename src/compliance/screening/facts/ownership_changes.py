"""Facts about how ownership changed: who left, when it last changed, what changed after signing.

A change counts where an interest in the party began or ended, or one in a company that holds half
of it (`parent_share` of rules/data/thresholds.yaml), up the chain, or controls it: on the day, or
when the interest changed. A company that may hold so much counts too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth, all_of, any_of
from compliance.ownership import Interest
from compliance.ownership.cascade import affecting
from compliance.ownership.control import truths
from compliance.policies.fact import Fact
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once
from compliance.screening.facts.control_graph import steering
from compliance.screening.facts.subjects import PartyFacts, party_field

_NOTHING: Final = Share.exact(0)
_NONE: Final[frozenset[str]] = frozenset()
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """An interest that began or ended on a day."""

    day: date
    edge: Interest
    ended: bool


@once
def _changes(p: PartyFacts) -> tuple[_Change, ...]:
    """Every change up to the day of law in the party or in anybody that ever stood above it."""
    return tuple(_dated(p)) if p.subjects.contract.ownership else ()


def _dated(p: PartyFacts) -> Iterator[_Change]:
    graph = p.subjects.graph
    dated = [edge for edge in graph.interests if edge.since is not None or edge.until is not None]
    ever = graph.ever().above([p.id]) if dated else set()
    for edge in dated:
        if edge.owned in ever:
            for day, ended in ((edge.since, False), (edge.until, True)):
                if day is not None and day <= p.as_of:
                    yield _Change(day, edge, ended)


def _counts(p: PartyFacts, change: _Change) -> bool:
    """Whether it is a change in the party, or in a company that is its parent now or was then."""
    owned = change.edge.owned
    if owned == p.id:
        return True
    days = (p.as_of, change.day, change.day - _DAY) if change.day > date.min else (p.as_of,)
    return any(owned in _parents_on(p, day) for day in days)


def _parents_on(p: PartyFacts, day: date) -> set[str]:
    """The party, and who holds, or may hold, `parent_share` of it on a day, or controls it."""
    known = _known_parents(p)
    if day not in known:
        threshold = Fraction(p.know.settings.parent_share)
        known[day] = affecting(steering(p).on(day), p.id, threshold=threshold)
    return known[day]


@once
def _known_parents(_p: PartyFacts) -> dict[date, set[str]]:
    """What `_parents_on` has found, by day."""
    return {}


def _goes_on(p: PartyFacts, change: _Change) -> bool:
    """Whether an interest that ended is followed on the day by one that is at least as large."""
    ended = change.edge
    return any(
        edge.share == ended.share or edge.share.minimum >= ended.share.maximum
        for edge in _begun(p).get(_sort_of(change), ())
    )


@once
def _begun(p: PartyFacts) -> dict[tuple[object, ...], list[Interest]]:
    """The interests that began, by day and sort."""
    found: dict[tuple[object, ...], list[Interest]] = {}
    for change in _changes(p):
        if not change.ended:
            found.setdefault(_sort_of(change), []).append(change.edge)
    return found


def _sort_of(change: _Change) -> tuple[object, ...]:
    edge = change.edge
    return change.day, edge.owner, edge.owned, edge.kind, edge.share_class


@party_field("ownership.former_owners", "countries", cost="computed")
def _former_owners(p: PartyFacts) -> Fact:
    """Where organizations are led from whose interest in it or above it has ended.

    In it, or in a company that held or holds half of it or more, up the chain, or controls it: who
    gave up an interest, or a part of it; not who left before the controls began.
    """
    since = p.know.settings.former_owners_since
    ended = (c for c in _changes(p) if c.ended and c.day >= since and not _goes_on(p, c))
    left = {c.edge.owner for c in ended if _counts(p, c)}
    companies = sorted(left - p.subjects.persons - {p.id})  # a natural person is led from nowhere
    places = [p.subjects.parties[owner]["headquarters"] for owner in companies]
    codes = frozenset(place.value for place in places if place.known)
    missing = tuple(path for place in places if not place.known for path in place.missing)
    return Fact.some(codes, "ownership", partial=bool(missing), missing=missing)


@once
def _last(p: PartyFacts) -> tuple[tuple[_Change, ...], str]:
    """The changes of the last day of change up to the signing, or why there is none."""
    signed = p.subjects.contract.signed_on or p.as_of
    later, last = False, list[_Change]()
    for change in sorted(_changes(p), key=lambda c: c.day, reverse=True):
        if last and change.day != last[0].day:
            break
        if _counts(p, change):
            if change.day <= signed:
                last.append(change)
            else:
                later = True
    return tuple(last), "no change before signing" if later else "no dated interest"


@party_field(
    "ownership.days_since_change",
    "number",
    asks="the days on which each owner came and left",
    cost="computed",
)
def _days_since_change(p: PartyFacts) -> Fact:
    """Days from the last change of ownership to the signing, or to as_of.

    Of ownership in it, or in a company that held or holds half of it or more, up the chain, or
    controls it.
    """
    last, reason = _last(p)
    if not last:
        return Fact.unknown("ownership", note=reason)
    signed = p.subjects.contract.signed_on or p.as_of
    return Fact.of((signed - last[0].day).days, f"ownership, to {signed}")


@party_field("ownership.last_change", "texts", cost="computed")
def _last_change(p: PartyFacts) -> Fact:
    """Each interest that began or ended on the day of that change."""
    return Fact.of(frozenset(_told(p, change) for change in _last(p)[0]), "ownership")


def _told(p: PartyFacts, change: _Change) -> str:
    parties, edge = p.subjects.parties, change.edge
    owner, owned = (
        p.display if x == p.id else parties[x].display for x in (edge.owner, edge.owned)
    )
    return f"interest of {owner} in {owned} {'until' if change.ended else 'from'} {change.day}"


@once
def changed_since_signing(p: PartyFacts) -> bool:
    """Whether any interest above the party, at the signing or now, began or ended in between."""
    signed = p.subjects.contract.signed_on
    if not p.subjects.contract.ownership or signed is None or signed >= p.as_of:
        return False
    later = {change.edge.owned for change in _changes(p) if change.day > signed}
    graph = p.subjects.graph
    return any(later & graph.on(day).above([p.id]) for day in (signed, p.as_of) if later)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What somebody has in the party on a day: a share looked through, and whether it controls."""

    share: Share = _NOTHING
    control: Truth = Truth.FALSE

    def exceeds(self, limit: Fraction) -> tuple[Truth, Truth]:
        """Whether it is more than a part of the capital, and whether it is control."""
        return self.share.reaches(limit, inclusive=False), self.control


def _standings(p: PartyFacts, day: date) -> dict[str, _Standing]:
    shares, controls = steering(p).shares(p.id, as_of=day), truths(steering(p).on(day), p.id)
    return {
        owner: _Standing(shares.get(owner, _NOTHING), controls.get(owner, Truth.FALSE))
        for owner in sorted({*shares, *controls})
    }


@party_field(
    "ownership.new_owners",
    "texts",
    asks="dated registers of members before and after the change",
    cost="computed",
)
def _new_owners(p: PartyFacts) -> Fact:
    """Who holds more than a quarter of it, or controls it, and did not at the signing.

    Looked through, more than new_owner_share; a company that belongs by half to those who did is
    not new.
    """
    signed = p.subjects.contract.signed_on
    if signed is None or not changed_since_signing(p):
        return Fact.of(_NONE, "ownership", note="no change since signing")
    settings = p.know.settings
    limit = Fraction(settings.new_owner_share)
    before, after = _standings(p, signed), _standings(p, p.as_of)
    old = [owner for owner, had in before.items() if Truth.TRUE in had.exceeds(limit)]
    group = steering(p).affected(old, Fraction(settings.parent_share), as_of=p.as_of)
    inside = group.certain.difference(old)
    words: dict[Truth, set[str]] = {Truth.TRUE: set(), Truth.UNKNOWN: set()}
    for owner, has in after.items():
        had = before.get(owner, _Standing())
        pairs = zip(has.exceeds(limit), had.exceeds(limit), strict=True)
        new = any_of(all_of((now, then.negated())) for now, then in pairs)
        if new is not Truth.FALSE and has != had and owner not in inside:
            words[new].add(_compared(p, owner, has, had))
    sure, maybe = frozenset(words[Truth.TRUE]), frozenset(words[Truth.UNKNOWN])
    fact = Fact.some(sure, "ownership", possible=maybe)
    return fact.asking(evidence_requests.of_shares(p) if maybe else (), "ownership")


def _compared(p: PartyFacts, owner: str, has: _Standing, had: _Standing) -> str:
    """What somebody has now and had at the signing: "A (60%, at signing 0%; now controls it)"."""
    says = {Truth.TRUE: "; now controls it", Truth.UNKNOWN: "; may control it", Truth.FALSE: ""}
    control = says[has.control] if has.control is not had.control else ""
    return f"{p.subjects.parties[owner].display} ({has.share}, at signing {had.share}{control})"


@party_field(
    "ultimate_parents.headquarters_since_signing",
    "countries",
    asks="a group chart up to the ultimate parent, before and after the change",
    cost="computed",
)
def _headquarters_since_signing(p: PartyFacts) -> Fact:
    """Headquarters of ultimate parents that are none of the countries at the signing.

    None where the parents are the same.
    """
    path = p.at("ultimate_parent")
    at_signing = p.subjects.at_signing if changed_since_signing(p) else None
    if at_signing is None:
        return Fact.of(_NONE, path, note="no change since signing")
    then = at_signing.parties[p.id]
    names = [subject["ultimate_parents.names"] for subject in (p, then)]
    if (names[0].value, names[0].possible) == (names[1].value, names[1].possible):
        return Fact.of(_NONE, path, note="the ultimate parents are those of the signing")
    now, was = (subject["ultimate_parents.headquarters"] for subject in (p, then))
    certain = _NONE if was.partial else now.value - was.value - was.possible
    return Fact.some(
        certain,
        path,
        possible=(now.value | now.possible) - was.value - certain,
        partial=now.partial,
        missing=now.missing,
        note=f"at signing: {was.text}; now: {now.text}",
    ).asking(now.asks)
