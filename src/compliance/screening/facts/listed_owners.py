"""Facts about listed owners: under which rule they make a party affected, how, and how much.

Who counts as listed depends on the rule (its measures, its programmes); how holdings count too (its
arithmetic on the day). A party that may be the listed one makes an answer possible, never certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth, any_of
from compliance.ownership import (
    Affected,
    AffectedParties,
    Interest,
    OwnershipGraph,
    Path,
    with_unmeasured,
)
from compliance.ownership.ends import End, between, lowest, total_of
from compliance.policies.fact import Fact
from compliance.screening.facts import settling
from compliance.screening.facts.base import fact, once
from compliance.screening.facts.hits import Narrowing, PartyHit
from compliance.screening.facts.subjects import ContractFacts, PartyFacts
from compliance.screening.knowledge import Arithmetic, Regime, RegimeFile
from compliance.watchlists import Listing

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

_NOTHING: Final = Share.exact(0)
_NONE: Final[frozenset[str]] = frozenset()
_SOURCE: Final = "ownership and lists"
_ANY_MEASURE: Final = "any measure of any rule"


def _listed(
    p: PartyFacts, key: str, measures: frozenset[str], narrowed: Narrowing | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the other parties that certainly, and possibly, have a listing that counts."""
    found = p.subjects.listed.get(key)
    if found is None:
        certain, possible = set(), set()
        for party in p.subjects.parties.values():
            truth = any_of(hit.under(measures, narrowed) for hit in party.hits)
            if truth is Truth.TRUE:
                certain.add(party.id)
            elif truth is Truth.UNKNOWN:
                possible.add(party.id)
        found = p.subjects.listed[key] = frozenset(certain), frozenset(possible)
    return found[0] - {p.id}, found[1] - {p.id}


def _cascade(p: PartyFacts, entry: Arithmetic, listed: frozenset[str]) -> AffectedParties:
    """Whom listed parties affect under the arithmetic of an entry, on the day.

    Where control counts, consolidation is control; else whoever consolidates a company holds a part
    of it that is not known, unless it is stated. So does, in either case, a stated ultimate parent.
    """
    kept, key = p.subjects.cascades, (entry, listed)
    found = kept.get(key)
    if found is None:
        graph = p.subjects.graph if entry.control else _measurable(p.subjects.facts)
        counted = _with_stated_parents(p, graph, listed)
        found = kept[key] = entry.affected(counted, listed, p.as_of)
    return found


@once
def _measurable(c: ContractFacts) -> OwnershipGraph:
    """The graph, in which whoever consolidates a company may hold a part of it."""
    graph = c.subjects.graph
    return with_unmeasured(graph, graph.parties, as_of=c.as_of)


def _with_stated_parents(
    p: PartyFacts, graph: OwnershipGraph, listed: frozenset[str]
) -> OwnershipGraph:
    """The graph, in which a listed party that is stated as ultimate parent may hold any part.

    Of the party itself and of whoever is stated above it, where others leave it something; but not
    where any share of the parent in the party is stated: then that one counts.
    """
    added = list[Interest]()
    for party in p.subjects.parties.values():
        stated = party.party.ultimate_parent
        if stated is None or stated.value is None:
            continue
        parent = p.subjects.resolve(stated.value, party.at("ultimate_parent"))
        if parent not in listed or graph.share(parent, party.id, as_of=p.as_of).maximum:
            continue
        above = graph.on(p.as_of).above([party.id]) - p.subjects.persons - {parent}
        added += [
            Interest(owner=parent, owned=owned, source=party.at("ultimate_parent"))
            for owned in sorted(above)
            if graph.unstated(owned, as_of=p.as_of).maximum
        ]
    if not added:
        return graph
    return OwnershipGraph.from_interests((*graph.interests, *added), graph.parties)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Whether a party is affected, by the cascade that says so, and of which owners it is unsure.

    `everyone` is the cascade from the certain and the possible listed parties.
    """

    truth: Truth
    everyone: Mapping[str, Affected]
    unsure: frozenset[str]


def _answer(
    p: PartyFacts, entry: Arithmetic, sure: frozenset[str], maybe: frozenset[str]
) -> _Answer:
    certain = _cascade(p, entry, sure)
    everyone = _cascade(p, entry, sure | maybe) if maybe else certain
    truth = certain[p.id].truth if p.id in certain else Truth.FALSE
    if truth is not Truth.TRUE and p.id in everyone:
        truth = Truth.FALSE if everyone[p.id].truth is Truth.FALSE else Truth.UNKNOWN
    return _Answer(truth, everyone, maybe)


def _any_above(p: PartyFacts) -> bool:
    """Whether any interest or ultimate parent is stated in the contract."""
    return bool(p.subjects.contract.ownership or p.subjects.having("parent"))


@once
def _by_regime(p: PartyFacts) -> dict[str, tuple[Regime, RegimeFile, _Answer]]:
    """The answer under each rule that exists on the day and under whose measures some other is."""
    found: dict[str, tuple[Regime, RegimeFile, _Answer]] = {}
    for regime in p.know.regimes if _any_above(p) else ():
        entry = regime.on(p.as_of)
        sure, maybe = _listed(p, regime.id, regime.measures, regime.narrowed)
        if entry is not None and (sure or maybe):
            found[regime.id] = regime, entry, _answer(p, entry, sure, maybe)
    return found


@once
def _in_sum(p: PartyFacts) -> _Answer | None:
    """The parties under any measure that some rule names, their holdings added together."""
    if not _any_above(p):
        return None
    sure, maybe = _every_listed(p)
    return _answer(p, p.know.in_sum, sure, maybe) if sure or maybe else None


def _every_listed(p: PartyFacts) -> tuple[frozenset[str], frozenset[str]]:
    return _listed(p, _ANY_MEASURE, p.know.weighty_measures)


@field("ownership.affected_under")
def _affected_under(p: PartyFacts) -> Fact:
    if not _any_above(p):
        return Fact.of(_NONE, "ownership", note="no interests stated")
    answers = _by_regime(p)
    certain = frozenset(x for x, (_, _, a) in answers.items() if a.truth is Truth.TRUE)
    possible = {x: found for x, found in answers.items() if found[2].truth is Truth.UNKNOWN}
    asks = [
        ask
        for _, entry, answer in possible.values()
        for ask in settling.of_cascade(p, answer.everyone, answer.unsure, control=entry.control)
    ]
    return Fact.some(
        certain,
        _SOURCE,
        possible=frozenset(possible),
        missing=("ownership",) if possible else (),
        note=f"listed owners hold {p['ownership.listed_share'].text}",
    ).asking(tuple(dict.fromkeys(asks)))


@field("ownership.listed_share")
def _listed_share(p: PartyFacts) -> Fact:
    answer = _in_sum(p)
    if answer is None or p.id not in answer.everyone:
        return Fact.of(_NOTHING, _SOURCE)
    sure, _ = _every_listed(p)
    low = _share(_cascade(p, p.know.in_sum, sure), p.id)
    high = _share(answer.everyone, p.id)
    share = low
    if answer.unsure:
        share = Share(low.minimum, high.maximum, low.exclusive_minimum, high.exclusive_maximum)
    if share.is_exact:
        return Fact.of(share, _SOURCE)
    asks = settling.of_cascade(p, answer.everyone, answer.unsure, control=False)
    return Fact.of(share, _SOURCE).asking(asks, "ownership")


@field("ownership.listed_share_looked_through")
def _listed_share_looked_through(p: PartyFacts) -> Fact:
    """Listed parties keep what they hold: what stands above them is not counted besides."""
    if not p.subjects.contract.ownership:
        return Fact.of(_NOTHING, _SOURCE)
    sure, maybe = _every_listed(p)
    above = p.subjects.graph.on(p.as_of).above([p.id])
    sure, unsure = sure & above, maybe & above
    if not sure and not unsure:
        return Fact.of(_NOTHING, _SOURCE)
    low = _looked_through(p, sure)
    high = _looked_through(p, sure | unsure) if unsure else low
    share = Share(low.minimum, high.maximum, low.exclusive_minimum, high.exclusive_maximum)
    asks = [] if share.is_exact else list(settling.of_shares(p))
    asks += [settling.identity(p, owner) for owner in sorted(unsure)]
    return Fact.of(share, f"{_SOURCE}, looked through").asking(tuple(asks), "ownership")


def _looked_through(p: PartyFacts, listed: frozenset[str]) -> Share:
    """What some parties hold in sum, each counted as the last holder of its chain."""
    graph = p.subjects.graph
    kept = [edge for edge in graph.interests if edge.owned not in listed]
    cut = OwnershipGraph.from_interests(kept, graph.parties)
    found = cut.look_through(p.id, as_of=p.as_of)
    held = [share for owner, share in found.items() if owner in listed]
    others = total_of(
        End(share.minimum, share.exclusive_minimum)
        for owner, share in found.items()
        if owner not in listed
    )
    low = total_of(End(share.minimum, share.exclusive_minimum) for share in held)
    high = total_of(End(share.maximum, share.exclusive_maximum) for share in held)
    left = End(max(1 - others.value, low.value), others.open)
    return between(low, lowest(high, left))


def _share(found: Mapping[str, Affected], party: str) -> Share:
    share = found[party].share if party in found else None
    return _NOTHING if share is None else share


@field("ownership.listed_owners")
def _listed_owners(p: PartyFacts) -> Fact:
    """Every listed party in the contract that stands somewhere above this one."""
    answer = _in_sum(p)
    if answer is None:
        return Fact.of(_NONE, _SOURCE)
    sure, maybe = _every_listed(p)
    above = p.subjects.graph.on(p.as_of).above([p.id])
    above.update(answer.everyone[p.id].origins if p.id in answer.everyone else ())
    return Fact.some(
        frozenset(_with_measures(p.subjects.parties[o]) for o in sure & above),
        _SOURCE,
        possible=frozenset(_with_measures(p.subjects.parties[o]) for o in maybe & above),
    )


def _with_measures(party: PartyFacts) -> str:
    measures = ", ".join(sorted(party["listed_under"].value)) or "possible hit"
    return f"{party.display} ({measures})"


@field("ownership.listed_paths")
def _listed_paths(p: PartyFacts) -> Fact:
    answers = [answer for _, _, answer in _by_regime(p).values() if answer.truth is not Truth.FALSE]
    paths = dict.fromkeys(path for answer in answers for path in answer.everyone[p.id].paths)
    return Fact.of(frozenset(_told(p, path) for path in paths), _SOURCE)


def _told(p: PartyFacts, path: Path) -> str:
    """Each link of a chain: "A holds 60% of B, which holds 50% of C"."""
    parties = p.subjects.parties
    links = [
        f"{_means(p, owner, owned)} {parties[owned].display}"
        for owner, owned in pairwise(path.parties)
    ]
    return f"{parties[path.parties[0]].display} {', which '.join(links)}"


def _means(p: PartyFacts, owner: str, owned: str) -> str:
    """By what an owner stands above a party: its share, or control without one."""
    holdings = p.subjects.graph.on(p.as_of)
    share = holdings.capital.column(owned).get(owner)
    if share is not None:
        return f"holds {share} of"
    kinds = {kind for holder, _, kind in holdings.owners(owned) if holder == owner}
    if not kinds:
        return "is stated as ultimate parent, by a share that is not, above"
    if "consolidation" in kinds:
        return "consolidates, by a share that is not stated,"
    return "has control or influence over"


@dataclass(frozen=True, slots=True)
class _Review:
    """How an application for one listed owner is reviewed: its rank, None where nobody says."""

    owner: str
    rank: int | None
    words: str

    def __str__(self) -> str:
        return f"{self.owner}: {self.words}"


@once
def _reviews(p: PartyFacts) -> tuple[_Review, ...]:
    """Of each listed owner that makes the party affected, under rules that review licenses."""
    found: dict[_Review, None] = {}
    for regime, _, answer in _by_regime(p).values():
        if regime.license_policies and answer.truth is not Truth.FALSE:
            for owner in answer.everyone[p.id].origins:
                party = p.subjects.parties[owner]
                found.update(dict.fromkeys(_of_owner(p, regime, party)))
    return tuple(found)


def _of_owner(p: PartyFacts, regime: Regime, owner: PartyFacts) -> Iterator[_Review]:
    for hit in [hit for hit in owner.hits if hit.certain] or owner.hits:
        if hit.under(regime.measures, regime.narrowed) is Truth.FALSE:
            continue
        for listing in _reviewed(hit, regime):
            default = regime.license_policy_of(listing).replace("_", " ")
            words = listing.license_policy or default
            yield _Review(owner.display, _rank(p, words), words or "not told by its listing")


def _reviewed(hit: PartyHit, regime: Regime) -> list[Listing]:
    """The entry in the lists that say how applications are reviewed; in the others only if none."""
    found = [e.listing for e in hit.entries if not e.measures.isdisjoint(regime.measures)]
    told = [each for each in found if each.license_policy or regime.license_policy_of(each)]
    return told or found


def _rank(p: PartyFacts, words: str) -> int | None:
    ranked = enumerate(p.know.license_policies)
    return next((rank for rank, policy in ranked if policy.is_in(words)), None)


@field("ownership.license_policy")
def _license_policy(p: PartyFacts) -> Fact:
    """The most restrictive of the owners'; one whose listing is silent may be more so."""
    reviews, ids = _reviews(p), [policy.id for policy in p.know.license_policies]
    path = "ownership"
    if not reviews:
        return Fact.unknown(path, status="unknown", note="no listed owner", source=_SOURCE)
    ranks = [review.rank for review in reviews]
    most = min((rank for rank in ranks if rank is not None), default=len(ids) - 1)
    note = "; ".join(_words(reviews))
    if None in ranks and most > 0:
        possible = frozenset(ids[: most + 1])
        return Fact.unknown(path, status="unknown", note=note, source=_SOURCE, possible=possible)
    return Fact.of(ids[most], _SOURCE, note=note)


@field("ownership.license_policies")
def _license_policies(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(_words(_reviews(p))), _SOURCE)


def _words(reviews: Iterable[_Review]) -> list[str]:
    return [str(review) for review in reviews]
