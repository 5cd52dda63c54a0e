"""Everything known of the ownership of one party on a day, answered once.

Whether a regime makes it affected, who its parents are and who of the owners is listed is asked of
the functions behind the facts that policies read; the rest are questions to the ownership graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Breakdown, Cessation, Control, Diagnosis, Path
from compliance.ownership.documents import ACCOUNTS
from compliance.ownership.readers import Remark, StatedParty, Statements
from compliance.policies.policy import Policy
from compliance.screening.facts.hits import PartyHit
from compliance.screening.facts.parents import answer_of_graph, parents_of
from compliance.screening.facts.subjects import PartyFacts
from compliance.screening.knowledge import Knowledge
from compliance.screening.ownership_report.owner_order import by_capital, nearest
from compliance.screening.ownership_report.regime_answers import RegimeAnswer, regime_answers
from compliance.screening.ownership_report.subject import subject_of
from compliance.watchlists import Watchlist

PATHS: Final = 5  # chains told of one share
MOST: Final = 200
"""How many owners are asked for their share, the nearest ones; fewer in a dense register."""
_LEAST: Final = 5
_EFFORT: Final = 500_000  # owners asked times interests above: seconds where all own each other


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner by capital: its look-through share, and whether it is also a direct owner."""

    party: str
    share: Share
    direct: bool
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Controller:
    """Who controls (true) or may control (unknown) the party, by what, and through whom.

    `path` is one chain from it down to the party that shows how; see `ownership.Control` and
    `ownership.ControlProof`.
    """

    party: str
    truth: Truth
    votes: Share
    basis: tuple[str, ...]
    via: tuple[str, ...]
    path: tuple[str, ...]
    paths: tuple[Path, ...]
    diagnoses: tuple[Diagnosis, ...]


@dataclass(frozen=True, slots=True)
class Parent:
    """A certain (true) or possible (unknown) ultimate parent; see `ownership.UltimateParent`."""

    party: str
    truth: Truth
    share: Share
    path: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parents:
    """The ultimate parents: known (true), none (false), or not known; `asks` would settle it."""

    truth: Truth
    parents: tuple[Parent, ...]
    reason: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectOwners:
    """What is stated of the direct owners of a party: share and kind of each, and the rest.

    `unstated` is None where nothing is stated of its capital; `exceptions` are the reasons stated
    instead of an owner.
    """

    owners: tuple[tuple[str, Share, str], ...]
    unstated: Share | None
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A party that is listed, or may be: `given` by the caller, or hit on the lists."""

    party: str
    given: bool
    hits: tuple[PartyHit, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is taken as listed on some list."""
        return self.given or any(hit.certain for hit in self.hits)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that name it: those where this is certain, or else those where it may be."""
        sure = [hit for hit in self.hits if hit.certain]
        return tuple(sorted({name for hit in sure or self.hits for name in hit.lists}))


@dataclass(frozen=True)
class OwnershipReport:
    """All that is said of one party. Owners are sorted, the largest certain share first.

    `parties` is what the files (`sources`, read as `formats`, with `remarks`) state of it, of those
    above it and of those given as listed.

    Only the nearest `asked` owners are asked for their share, and no more controllers are told,
    those by most votes and the nearest first; `owners_total` counts all owners by capital,
    `controllers_total` all who control it or may. `direct` are the direct owners of the party and
    of everybody above it. `listed` are the party and those above it; `listed_elsewhere` are given
    as listed and not above it. `unnamed` are those of them without a name, so that no list could be
    asked. `ended` says how those of them ended that did, the nearest first.
    """

    party: str
    as_of: date
    parties: Mapping[str, StatedParty]
    sources: tuple[str, ...]
    formats: tuple[str, ...]
    remarks: tuple[Remark, ...]
    above: tuple[str, ...]
    direct: Mapping[str, DirectOwners]
    ended: Mapping[str, Cessation]
    asked: int
    owners: tuple[Owner, ...]
    owners_total: int
    controllers: tuple[Controller, ...]
    controllers_total: int
    parents: Parents
    listed: tuple[ListedParty, ...]
    listed_elsewhere: tuple[str, ...]
    unnamed: tuple[str, ...]
    regimes: tuple[RegimeAnswer, ...]
    diagnoses: tuple[Diagnosis, ...]
    watchlists: tuple[Watchlist, ...]

    def stated(self, party: str) -> StatedParty:
        """What the files say of a party; one that they only name has an id and nothing else."""
        return self.parties.get(party) or StatedParty(party)

    @property
    def unstated(self) -> Share | None:
        """The part of the party's capital without a stated holder; None where nobody else holds."""
        return self.direct[self.party].unstated if self.owners_total else None

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The reasons stated for the party instead of an owner."""
        return self.direct[self.party].exceptions

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        seen, twice = set[str](), set[str]()
        for party in (self.party, *self.above):
            name = self.stated(party).name
            if name:
                (twice if name in seen else seen).add(name)
        return frozenset(twice)

    @cached_property
    def looked_through(self) -> dict[str, Share]:
        """The look-through share of each owner, by id."""
        return {owner.party: owner.share for owner in self.owners}

    def full(self, party: str) -> str:
        """The name of a party with its id."""
        name = self.stated(party).name
        return party if name in (None, "", party) else f"{name} ({party})"

    def short(self, party: str) -> str:
        """The name of a party, with its id only where another party has the same name."""
        name = self.stated(party).name
        return name if name and name not in self._shared_names else self.full(party)


def ownership_report(
    statements: Statements,
    party: str,
    *,
    as_of: date,
    know: Knowledge,
    policies: Iterable[Policy],
    listed: Iterable[str] = (),
) -> OwnershipReport:
    """Every answer on one party; `listed` are ids that count as listed under every regime.

    Raises:
        OwnershipError: the statements are no graph.
        UnknownNameError: no statement names the party, or a regime names a policy that is not
            among the policies.
    """
    given = frozenset(listed)
    p = subject_of(statements, party, know=know, as_of=as_of, listed=given)
    direct = {each: _direct(p, each) for each in sorted(p.subjects.graph.parties)}
    above = nearest(lambda owned: direct[owned].owners, party)
    capital = by_capital(lambda owned: direct[owned].owners, party)
    everybody = [p.subjects.parties[each] for each in (party, *above)]
    interests = sum(len(found.owners) for found in direct.values())
    asked = max(_LEAST, min(MOST, _EFFORT // max(interests, 1)))
    owners, of_circles = _owners(p, [each for each in above if each in capital][:asked])
    controlling = _by_votes(p, above)
    controllers = tuple(_controllers(p, controlling[:asked]))
    regimes = tuple(regime_answers(p, {policy.id: policy for policy in policies}))
    ended = p.subjects.graph.on(as_of).ended
    told = {party, *above, *given}
    diagnoses = {
        *p.subjects.graph.diagnoses(party, as_of=as_of),
        *of_circles,
        *(d for c in controllers if c.truth is Truth.UNKNOWN for d in c.diagnoses),
        *(d for regime in regimes if regime.truth is Truth.UNKNOWN for d in regime.diagnoses),
    }
    return OwnershipReport(
        party=party,
        as_of=as_of,
        parties={x: found for x, found in statements.parties.items() if x in told},
        sources=statements.sources,
        formats=statements.formats,
        remarks=statements.remarks,
        above=above,
        direct=direct,
        ended={each: ended[each] for each in (party, *above) if each in ended},
        asked=asked,
        owners=owners,
        owners_total=len(capital),
        controllers=controllers,
        controllers_total=len(controlling),
        parents=_parents(p),
        listed=tuple(_listed(everybody, given)),
        listed_elsewhere=tuple(sorted(given.difference(above, (party,)))),
        unnamed=tuple(
            each.id for each in everybody if not each["name"].known and each.id not in given
        ),
        regimes=regimes,
        diagnoses=tuple(sorted(diagnoses)),
        watchlists=know.watchlists,
    )


def _direct(p: PartyFacts, owned: str) -> DirectOwners:
    graph = p.subjects.graph
    owners = graph.owners(owned, as_of=p.as_of)
    held = any(kind == "shareholding" for _, _, kind in owners)
    rest = graph.unstated(owned, as_of=p.as_of) if held else None
    return DirectOwners(owners, rest, graph.exceptions(owned))


def _owners(p: PartyFacts, ids: Sequence[str]) -> tuple[tuple[Owner, ...], set[Diagnosis]]:
    """The owners with their shares, and what is peculiar of those that rest on circles."""
    graph, owners, peculiar = p.subjects.graph, list[Owner](), set[Diagnosis]()
    direct = {o for o, _, kind in graph.owners(p.id, as_of=p.as_of) if kind == "shareholding"}
    for owner in ids:
        breakdown = graph.breakdown(owner, p.id, PATHS, as_of=p.as_of)
        owners.append(Owner(owner, breakdown.share, owner in direct, breakdown))
        peculiar.update(breakdown.diagnoses)
    owners.sort(key=lambda owner: (-owner.share.minimum, -owner.share.maximum, owner.party))
    return tuple(owners), peculiar


def _by_votes(p: PartyFacts, above: Sequence[str]) -> list[tuple[str, Control]]:
    """Who controls the party or may: the certain first, by most votes, the nearest."""
    nearness = {owner: number for number, owner in enumerate(above)}
    return sorted(
        p.subjects.graph.controllers(p.id, as_of=p.as_of).items(),
        key=lambda found: (
            found[1].truth is not Truth.TRUE,
            -found[1].votes.minimum,
            -found[1].votes.maximum,
            nearness[found[0]],
        ),
    )


def _controllers(p: PartyFacts, told: Iterable[tuple[str, Control]]) -> Iterator[Controller]:
    for party, control in told:
        proof = p.subjects.graph.control_proof(party, p.id, as_of=p.as_of)
        yield Controller(
            party=party,
            truth=control.truth,
            votes=control.votes,
            basis=control.basis,
            via=control.via,
            path=proof.chain,
            paths=proof.paths,
            diagnoses=proof.diagnoses,
        )


def _parents(p: PartyFacts) -> Parents:
    """The parents that policies know, with the chains that the graph tells of them.

    What the graph says in words is kept where the answer is the same.
    """
    found, told = parents_of(p), answer_of_graph(p)
    truth = Truth.UNKNOWN
    if found.established:
        truth = Truth.of(bool(found.parents))
    by_id = {parent.party: parent for parent in told.parents}
    certain = [parent.id for parent in found.parents]
    parents = []
    for party in (*sorted(certain), *sorted(set(found.candidates).difference(certain))):
        sure = Truth.TRUE if party in certain else Truth.UNKNOWN
        parent = by_id.get(party)
        if parent is None:
            share = p.subjects.graph.share(party, p.id, as_of=p.as_of)
            parents.append(Parent(party, sure, share))
        else:
            evidence = p.subjects.graph.evidence(parent.path, as_of=p.as_of)
            way = parent.path, parent.basis, evidence
            parents.append(Parent(party, sure, parent.share, *way))
    asks = list(found.asks or told.documents) if truth is Truth.UNKNOWN else []
    if truth is Truth.UNKNOWN and ACCOUNTS.general in told.documents:
        asks.append(ACCOUNTS.general)
    reason = told.reason if truth is told.truth else found.reason
    return Parents(truth, tuple(parents), reason, tuple(dict.fromkeys(asks)))


def _listed(parties: Iterable[PartyFacts], given: frozenset[str]) -> Iterator[ListedParty]:
    """Those of some parties that are listed or may be, in the order given."""
    for party in parties:
        if party.hits or party.id in given:
            yield ListedParty(party.id, party.id in given, party.hits)
