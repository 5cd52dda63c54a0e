"""Facts about listed owners: under which rule they make a party affected, how, and how much.

Who counts as listed depends on the rule (its measures, its programmes); how holdings count too (its
arithmetic on the day). A party that may be the listed one makes an answer possible, never certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth, any_of
from compliance.ownership.bounds import Bound, between, lowest, total_of
from compliance.policies.fact import Fact
from compliance.screening.facts import evidence_requests
from compliance.screening.facts.base import once
from compliance.screening.facts.cascades import Answer, answer_of, chain_in_words
from compliance.screening.facts.hits import Narrowing, PartyHit
from compliance.screening.facts.subjects import PartyFacts, party_field
from compliance.screening.regimes import Regime, RegimeFile
from compliance.watchlists import Listing

_NOTHING: Final = Share.exact(0)
_NONE: Final[frozenset[str]] = frozenset()
_SOURCE: Final = "ownership and lists"
_ANY_MEASURE: Final = "any measure of any rule"


def is_under(p: PartyFacts, measures: frozenset[str], narrowed: Narrowing | None = None) -> Truth:
    """Whether a party is listed under one of these measures; `narrowed`: which entries count."""
    if p.id in p.subjects.given_as_listed:
        return Truth.TRUE
    return any_of(hit.under(measures, narrowed) for hit in p.hits)


def _listed(
    p: PartyFacts, key: str, measures: frozenset[str], narrowed: Narrowing | None = None
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the other parties that certainly, and possibly, have a listing that counts."""
    found = p.subjects.listed.get(key)
    if found is None:
        certain, possible = set(), set()
        for party in p.subjects.parties.values():
            truth = is_under(party, measures, narrowed)
            if truth is Truth.TRUE:
                certain.add(party.id)
            elif truth is Truth.UNKNOWN:
                possible.add(party.id)
        found = p.subjects.listed[key] = frozenset(certain), frozenset(possible)
    return found[0] - {p.id}, found[1] - {p.id}


def listed_besides(p: PartyFacts, regime: Regime) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the other parties that certainly, and possibly, count as listed under a regime."""
    return _listed(p, regime.id, regime.measures, regime.narrowed)


def _any_above(p: PartyFacts) -> bool:
    """Whether any interest or ultimate parent is stated in the contract."""
    return bool(p.subjects.contract.ownership or p.subjects.having("parent"))


@once
def by_regime(p: PartyFacts) -> dict[str, tuple[Regime, RegimeFile, Answer]]:
    """The answer under each rule that exists on the day and under whose measures some other is."""
    found: dict[str, tuple[Regime, RegimeFile, Answer]] = {}
    for regime in p.know.regimes if _any_above(p) else ():
        entry = regime.on(p.as_of)
        sure, maybe = listed_besides(p, regime)
        if entry is not None and (sure or maybe):
            found[regime.id] = regime, entry, answer_of(p, entry, sure, maybe)
    return found


@once
def _in_sum(p: PartyFacts) -> Answer | None:
    """The parties under any measure that some rule names, their holdings added together."""
    if not _any_above(p):
        return None
    sure, maybe = _every_listed(p)
    return answer_of(p, p.know.in_sum, sure, maybe) if sure or maybe else None


def _every_listed(p: PartyFacts) -> tuple[frozenset[str], frozenset[str]]:
    return _listed(p, _ANY_MEASURE, p.know.weighty_measures)


@party_field(
    "ownership.affected_under",
    "choices",
    asks="dated percentages of every listed owner",
    domain="ownership_rules",
    cost="computed",
)
def _affected_under(p: PartyFacts) -> Fact:
    """Rules (rules/data/ownership_regimes.yaml) under which listed owners make it affected."""
    if not _any_above(p):
        return Fact.of(_NONE, "ownership", note="no interests stated")
    answers = by_regime(p)
    certain = frozenset(x for x, (_, _, a) in answers.items() if a.truth is Truth.TRUE)
    possible = {x: found for x, found in answers.items() if found[2].truth is Truth.UNKNOWN}
    asks = [
        ask
        for _, entry, answer in possible.values()
        for ask in evidence_requests.of_cascade(
            p, answer.everyone, answer.unsure, control=entry.control
        )
    ]
    return Fact.some(
        certain,
        _SOURCE,
        possible=frozenset(possible),
        missing=("ownership",) if possible else (),
        note=f"listed owners hold {p['ownership.listed_share'].text}",
    ).asking(tuple(dict.fromkeys(asks)))


@party_field(
    "ownership.listed_share",
    "share",
    asks="dated percentages of every listed owner",
    cost="computed",
)
def _listed_share(p: PartyFacts) -> Fact:
    """Capital held directly, in sum, by listed parties and by those they own by half or more.

    Its upper end counts parties that may be the listed ones.
    """
    answer = _in_sum(p)
    if answer is None or p.id not in answer.everyone:
        return Fact.of(_NOTHING, _SOURCE)
    share = answer.share(p.id)
    if share.is_exact:
        return Fact.of(share, _SOURCE)
    asks = evidence_requests.of_cascade(p, answer.everyone, answer.unsure, control=False)
    return Fact.of(share, _SOURCE).asking(asks, "ownership")


@party_field(
    "ownership.listed_share_looked_through",
    "share",
    asks="dated percentages of every listed owner, and of each company between",
    cost="computed",
)
def _listed_share_looked_through(p: PartyFacts) -> Fact:
    """Capital that ends with listed parties, looked through.

    Multiplied along each chain down to it and added up; the upper end counts parties that may be
    the listed ones. Listed parties keep what they hold: what stands above them is not counted
    besides.
    """
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
    asks = [] if share.is_exact else list(evidence_requests.of_shares(p))
    asks += [evidence_requests.identity(p, owner) for owner in sorted(unsure)]
    return Fact.of(share, f"{_SOURCE}, looked through").asking(tuple(asks), "ownership")


def _looked_through(p: PartyFacts, listed: frozenset[str]) -> Share:
    """What some parties hold in sum, each counted as the last holder of its chain."""
    graph = p.subjects.graph
    kept = [edge for edge in graph.interests if edge.owned not in listed]
    cut = graph.over(kept)
    found = cut.look_through(p.id, as_of=p.as_of)
    held = [share for owner, share in found.items() if owner in listed]
    others = total_of(
        Bound(share.minimum, share.exclusive_minimum)
        for owner, share in found.items()
        if owner not in listed
    )
    low = total_of(Bound(share.minimum, share.exclusive_minimum) for share in held)
    high = total_of(Bound(share.maximum, share.exclusive_maximum) for share in held)
    left = Bound(max(1 - others.value, low.value), others.open)
    return between(low, lowest(high, left))


@party_field("ownership.listed_owners", "texts", cost="computed")
def _listed_owners(p: PartyFacts) -> Fact:
    """The listed parties somewhere above it, with their lists."""
    answer = _in_sum(p)
    if answer is None:
        return Fact.of(_NONE, _SOURCE)
    sure, maybe = _every_listed(p)
    above = p.subjects.graph.on(p.as_of).above([p.id])
    above.update(answer.everyone.origins(p.id) if p.id in answer.everyone else ())
    return Fact.some(
        frozenset(_with_measures(p.subjects.parties[o]) for o in sure & above),
        _SOURCE,
        possible=frozenset(_with_measures(p.subjects.parties[o]) for o in maybe & above),
    )


def _with_measures(party: PartyFacts) -> str:
    """The party, its measures, and the lists that hold it."""
    sure = [hit for hit in party.hits if hit.certain]
    if not sure:
        return f"{party.display} (possible hit)"
    measures = ", ".join(sorted(party["listed_under"].value))
    lists = ", ".join(sorted({name for hit in sure for name in hit.lists}))
    return f"{party.display} ({measures}; {lists})"


@party_field("ownership.listed_paths", "texts", cost="computed")
def _listed_paths(p: PartyFacts) -> Fact:
    """Each chain from a listed party through affected ones down to it, with the last holding."""
    answers = [answer for _, _, answer in by_regime(p).values() if answer.truth is not Truth.FALSE]
    paths = dict.fromkeys(path for answer in answers for path in answer.everyone.paths(p.id))
    return Fact.of(frozenset(chain_in_words(p, path) for path in paths), _SOURCE)


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
    for regime, _, answer in by_regime(p).values():
        if regime.license_policies and answer.truth is not Truth.FALSE:
            for owner in answer.everyone.origins(p.id):
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


@party_field(
    "ownership.license_policy",
    "choice",
    asks="the listings of all listed owners, with their license review policies",
    domain="license_policies",
    cost="computed",
)
def _license_policy(p: PartyFacts) -> Fact:
    """The most restrictive license review policy among its listed owners.

    Of those that make it affected, under rules that review licenses; one whose listing is silent
    may be more restrictive.
    """
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


@party_field("ownership.license_policies", "texts", cost="computed")
def _license_policies(p: PartyFacts) -> Fact:
    """The license review policy of each of those owners, in its publisher's words."""
    return Fact.of(frozenset(_words(_reviews(p))), _SOURCE)


def _words(reviews: Iterable[_Review]) -> list[str]:
    return [str(review) for review in reviews]
