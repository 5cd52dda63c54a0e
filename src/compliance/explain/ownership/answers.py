"""Every answer on the ownership of one party on one day, gathered from the graph and the lists.

Truth is that of the ownership room: intervals that leave a question open leave it unknown. A rule
counts as its arithmetic of the day says; whether it is in force, its policy says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from compliance.explain.ownership.listed import ListedParty, listed_among
from compliance.explain.ownership.owner_order import by_capital, nearest
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import (
    Affected,
    Breakdown,
    Cessation,
    Control,
    Diagnosis,
    Gap,
    LookThrough,
    OwnershipGraph,
    UltimateParents,
    completed,
    with_unmeasured,
)
from compliance.ownership.readers import StatedParty, Statements
from compliance.policies.policy import Policy
from compliance.screening.arithmetic import threshold_of
from compliance.screening.knowledge import Knowledge, Regime, RegimeFile
from compliance.screening.regime_status import RegimeStatus, status_of
from compliance.watchlists import Watchlist

PATHS: Final = 5  # chains told of one share
MOST: Final = 200
"""How many owners are asked for their share, the nearest ones; fewer in a dense register."""
Answer = Literal["affected", "caution", "would_be_affected", "unknown", "not_affected"]
_LEAST: Final = 5
_EFFORT: Final = 500_000  # owners asked times interests above: seconds where all own each other


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner by capital: its look-through share, and whether it is also a direct owner."""

    party: str
    share: LookThrough
    direct: bool
    breakdown: Breakdown


@dataclass(frozen=True, slots=True)
class Controller:
    """Who controls (true) or may control (unknown) the party, and one chain that shows how."""

    party: str
    control: Control

    @property
    def path(self) -> tuple[str, ...]:
        """The chain from the controller down to the party."""
        return self.control.chain


@dataclass(frozen=True, slots=True)
class Rule:
    """The answer of one rule: `affected` is None where no listed party stands above.

    `truth` is that of its arithmetic, and `status` says whether it is in force. `itself`: the
    party is listed itself, or may be; `itself_certain`: it is. `missing` are measures of the rule
    that nobody on the lists consulted is under. What is unknown would be settled by knowing whether
    `doubtful` parties are the listed ones and, where `open_shares`, by exact holdings. `gaps` are
    owners who are not stated, and by whom alone it could be met: then it is unknown too.
    """

    regime: Regime
    entry: RegimeFile
    status: RegimeStatus
    truth: Truth
    itself: bool
    itself_certain: bool
    affected: Affected | None
    missing: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    open_shares: bool = False
    gaps: tuple[Gap, ...] = ()

    @property
    def answer(self) -> Answer:
        """What follows on the day: a rule of the house cautions, one not in force would affect.

        Whoever is listed itself is so under any state of a rule on owners.
        """
        if self.truth is Truth.FALSE:
            return "not_affected"
        if self.truth is Truth.UNKNOWN:
            return "unknown"
        if self.itself_certain:
            return "affected"
        if not self.status.binds:
            return "would_be_affected"
        return "caution" if self.status.house else "affected"

    @property
    def by_control(self) -> bool:
        """Whether control makes the party affected, its shares alone being not certain to."""
        share = None if self.affected is None else self.affected.share
        if share is None or self.truth is not Truth.TRUE:
            return False
        least = threshold_of(self.entry)
        return share.reaches(least, inclusive=self.entry.inclusive) is not Truth.TRUE


@dataclass(frozen=True)
class Answers:
    """All that is said of one party. Owners are sorted, the largest certain share first.

    Only the nearest `asked` owners are asked for their share, and no more controllers are told,
    those by most votes and the nearest first; `owners_total` counts all owners by capital,
    `controllers_total` all who control it or may. `listed` are the party and those above it;
    `listed_elsewhere` are given as listed and not above it. `unnamed` are those of them without a
    name, so that no list could be asked.
    """

    party: str
    as_of: date
    statements: Statements
    graph: OwnershipGraph
    above: tuple[str, ...]
    asked: int
    owners: tuple[Owner, ...]
    owners_total: int
    unstated: Share | None
    exceptions: tuple[str, ...]
    controllers: tuple[Controller, ...]
    controllers_total: int
    parents: UltimateParents
    listed: tuple[ListedParty, ...]
    listed_elsewhere: tuple[str, ...]
    unnamed: tuple[str, ...]
    rules: tuple[Rule, ...]
    diagnoses: tuple[Diagnosis, ...]
    watchlists: tuple[Watchlist, ...]

    def stated(self, party: str) -> StatedParty:
        """What the files say of a party; one that they only name has an id and nothing else."""
        return self.statements.parties.get(party) or StatedParty(party)

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

    @cached_property
    def ended(self) -> dict[str, Cessation]:
        """How the party and those above it ended by the day, by id; the nearest first."""
        found = self.graph.on(self.as_of).ended
        return {one: found[one] for one in (self.party, *self.above) if one in found}

    def full(self, party: str) -> str:
        """The name of a party with its id."""
        name = self.stated(party).name
        return party if name in (None, "", party) else f"{name} ({party})"

    def short(self, party: str) -> str:
        """The name of a party, with its id only where another party has the same name."""
        name = self.stated(party).name
        return name if name and name not in self._shared_names else self.full(party)


def answered(
    statements: Statements,
    party: str,
    *,
    as_of: date,
    know: Knowledge,
    policies: Iterable[Policy],
    listed: Iterable[str] = (),
) -> Answers:
    """Every answer on one party; `listed` are ids that count as listed under every rule.

    Raises:
        UnknownNameError: a rule names a policy that is not among the policies.
    """
    graph = statements.graph(as_of)
    above = nearest(graph, party, as_of)
    given = frozenset(listed)
    found = tuple(listed_among((party, *above), statements.parties, given, know, as_of))
    capital = by_capital(graph, party, as_of)
    interests = sum(len(graph.owners(owned, as_of=as_of)) for owned in (party, *above))
    asked = max(_LEAST, min(MOST, _EFFORT // max(interests, 1)))
    near = [owner for owner in above if owner in capital][:asked]
    owners = _owners(graph, party, near, as_of)
    parents = graph.ultimate_parents(party, as_of=as_of, natural_persons=statements.natural_persons)
    looked = {d for o in owners if o.breakdown.circles for d in o.share.diagnoses}
    controlling = _controllers(graph, party, above, as_of)
    controllers = controlling[:asked]
    by_id = {policy.id: policy for policy in policies}
    rules = tuple(_rules(graph, party, found, know, by_id, as_of, statements))
    for controller in controllers:
        if controller.control.truth is Truth.UNKNOWN:
            looked.update(controller.control.diagnoses)
    for rule in rules:
        if rule.truth is Truth.UNKNOWN and rule.affected is not None:
            looked.update(rule.affected.diagnoses)
    return Answers(
        party=party,
        as_of=as_of,
        statements=statements,
        graph=graph,
        above=above,
        asked=asked,
        owners=owners,
        owners_total=len(capital),
        unstated=graph.unstated(party, as_of=as_of) if capital else None,
        exceptions=graph.exceptions(party),
        controllers=controllers,
        controllers_total=len(controlling),
        parents=parents,
        listed=found,
        listed_elsewhere=tuple(sorted(given.difference(above, (party,)))),
        unnamed=tuple(one for one in (party, *above) if one not in given | statements.named),
        rules=rules,
        diagnoses=tuple(sorted({*parents.diagnoses, *looked})),
        watchlists=know.watchlists,
    )


def _owners(
    graph: OwnershipGraph, party: str, ids: Sequence[str], as_of: date
) -> tuple[Owner, ...]:
    direct = {o for o, _, kind in graph.owners(party, as_of=as_of) if kind == "shareholding"}
    found = []
    for owner in ids:
        share = graph.share(owner, party, as_of=as_of)
        found.append(Owner(owner, share, owner in direct, share.breakdown(PATHS)))
    return tuple(sorted(found, key=lambda o: (-o.share.minimum, -o.share.maximum, o.party)))


def _controllers(
    graph: OwnershipGraph, party: str, above: Sequence[str], as_of: date
) -> tuple[Controller, ...]:
    nearness = {owner: number for number, owner in enumerate(above)}
    found = graph.controllers(party, as_of=as_of).items()
    return tuple(
        sorted(
            (Controller(owner, control) for owner, control in found),
            key=lambda c: (
                c.control.truth is not Truth.TRUE,
                -c.control.votes.minimum,
                -c.control.votes.maximum,
                nearness[c.party],
            ),
        )
    )


def _rules(
    graph: OwnershipGraph,
    party: str,
    listed: Sequence[ListedParty],
    know: Knowledge,
    policies: Mapping[str, Policy],
    as_of: date,
    statements: Statements,
) -> Iterator[Rule]:
    above = graph.on(as_of).above([party])
    measurable = with_unmeasured(graph, above, as_of=as_of)
    completion = completed(
        graph,
        party,
        as_of=as_of,
        without_owners=statements.without_owners,
        named=statements.named.union(found.party for found in listed if found.given),
    )
    for regime in know.regimes:
        entry = regime.on(as_of)
        if entry is None:
            continue
        counted = graph if entry.control else measurable
        counts = {found.party: found.under(regime.measures, regime.narrowed) for found in listed}
        sure = {found for found, (certain, _) in counts.items() if certain}
        maybe = {found for found, (_, possible) in counts.items() if possible}
        truth, affected = _affected(counted, party, entry, sure, as_of)
        open_shares, doubtful = truth is Truth.UNKNOWN, set[str]()
        if truth is not Truth.TRUE and maybe != sure:
            wider, through = _affected(counted, party, entry, maybe, as_of)
            if wider is not Truth.FALSE and through is not None:
                truth, affected = Truth.UNKNOWN, through
                open_shares = open_shares or wider is Truth.UNKNOWN
                doubtful = {party, *through.origins} & (maybe - sure)
        gaps = entry.reaching(completion, maybe) if truth is Truth.FALSE else ()
        yield Rule(
            regime=regime,
            entry=entry,
            status=status_of(regime, policies, as_of),
            truth=Truth.UNKNOWN if gaps else truth,
            itself=party in maybe,
            itself_certain=party in sure,
            affected=affected,
            missing=tuple(sorted(regime.measures - know.measures_listed)),
            doubtful=tuple(sorted(doubtful)),
            open_shares=open_shares,
            gaps=gaps,
        )


def _affected(
    graph: OwnershipGraph, party: str, entry: RegimeFile, listed: Iterable[str], as_of: date
) -> tuple[Truth, Affected | None]:
    found = entry.affected(graph, listed, as_of).get(party)
    return (Truth.FALSE, None) if found is None else (found.truth, found)
