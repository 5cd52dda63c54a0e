"""Gaps: owners whom the statements leave open, and whom they could make a listed party reach.

The statements on a party are completed in every way that they allow: whoever is not stated may be
anybody, also several times the same. A rule that no listed owner meets is answered in the negative
only where no completion meets it. The top of a stated chain is taken as its top, as in screening:
of an organization of which nothing at all is stated, and that is not the one asked about, nobody
asks for the owners.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import lookthrough
from compliance.ownership.data_quality import diagnose
from compliance.ownership.day_snapshot import DaySnapshot
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import UNSTATED, Interest, Kind

GapKind = Literal["unstated", "not_named", "ended", "ownerless_cycle"]
_NOTHING: Final = Share.exact(0)


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Somebody who is not known, at or above a party.

    unstated: nobody is stated to hold up to `most` of the capital (or votes) of `party`;
    `exceptions` are the reasons stated instead of an owner. not_named: `party` is an owner without
    a name, so that nobody can compare it with a list. ended: `party` is an owner that no longer
    exists, and no successor is stated. ownerless_cycle: `party` and others wholly own each other.
    """

    party: str
    kind: GapKind
    most: Fraction | None = None
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """The statements on one party with an owner for each gap, by id: `seeds`.

    In `measurable` whoever consolidates a company holds an unknown part of it: for rules that do
    not count control.
    """

    graph: OwnershipGraph
    measurable: OwnershipGraph
    party: str
    as_of: date | None
    seeds: Mapping[str, Gap]

    def reaching(
        self,
        listed: Collection[str],
        threshold: Fraction,
        *,
        inclusive: bool,
        aggregate: bool,
        control: bool,
    ) -> tuple[Gap, ...]:
        """The gaps by which listed owners could affect the party; none where they cannot.

        Those not stated may all be one of the listed parties: not `aggregate`, one of these and
        all gaps are added together.
        """
        gaps = set[Gap]()
        graph = self.graph if control else self.measurable
        together = [listed] if aggregate or not listed else [[each] for each in sorted(listed)]
        for some in together if self.seeds else ():
            seeds = {*some, *self.seeds}
            answers = graph.affected(
                seeds, threshold, inclusive=inclusive, control=control, as_of=self.as_of
            )
            answer = answers.get(self.party)
            if answer is not None and answer.truth is not Truth.FALSE:
                listed_seed = self.party in seeds
                origins = (self.party,) if listed_seed else answers.origins(self.party)
                gaps.update(self.seeds[origin] for origin in origins if origin in self.seeds)
        return tuple(sorted(gaps, key=lambda gap: (gap.party, gap.kind)))


def completed(
    graph: OwnershipGraph,
    party: str,
    *,
    as_of: date | None,
    without_owners: Container[str],
    named: Container[str],
) -> Completion:
    """What is stated of a party on a day, with somebody for each gap at or above it.

    Args:
        graph: the statements.
        party: the party that is asked about; it is known by what it is asked for.
        as_of: the day; None where no interest has a date.
        without_owners: parties that nobody owns, as natural persons and states.
        named: parties that can be compared with a list.

    Raises:
        UnknownNameError: the graph does not know the party.
    """
    graph.owners(party, as_of=as_of)
    holdings = graph.on(as_of)
    above = sorted(holdings.above([party]))
    stated: list[Interest] = []
    seeds: dict[str, Gap] = {}
    for owned in above:
        stated += (each for edge in holdings.statements(owned).values() for each in edge)
        if owned != party and owned not in named:
            seeds[owned] = Gap(owned, "not_named")
        elif owned != party and owned in holdings.ended and not holdings.ended[owned].successors:
            seeds[owned] = Gap(owned, "ended")
        if owned in without_owners:
            continue
        exceptions = graph.exceptions(owned)
        if owned == party or exceptions or holdings.direct(owned):
            somebody = _fresh(owned, graph.parties)
            unnamed = any(owner not in named for owner in holdings.direct(owned))
            added = list(
                _unstated(holdings, owned, somebody, influence=bool(exceptions) and not unnamed)
            )
            if added:
                stated += added
                most = _most(holdings, owned)
                seeds[somebody] = Gap(owned, "unstated", most, exceptions)
    for diagnosis in diagnose(holdings, above):
        if diagnosis.code == "ownerless_cycle":
            seeds.update((member, Gap(member, "ownerless_cycle")) for member in diagnosis.parties)
    whole = graph.over(stated)
    measurable = with_unknown_shares(whole, above, as_of=as_of)
    return Completion(whole, measurable, party, as_of, seeds)


def with_unknown_shares(
    graph: OwnershipGraph, owned: Collection[str], *, as_of: date | None
) -> OwnershipGraph:
    """The graph, in which whoever consolidates a party of `owned` may hold any part of it.

    How much of the capital a consolidating owner holds, accounts do not say: a rule that counts
    ownership alone is then open, not answered in the negative. Only owners of whose capital in the
    party nothing is stated on the day; what others hold of it still leaves them the rest. The graph
    itself, where there is nobody.

    Raises:
        OwnershipError: `as_of` is no date (without a time), or is None though interests are dated.
    """
    holdings = graph.on(as_of)
    added = [
        Interest(owner=edge.owner, owned=party, share=Share.unknown(), source=edge.source)
        for party in sorted(holdings.declared.keys() & owned)
        for edge in holdings.declared[party]
        if edge.kind == "consolidation" and edge.owner not in holdings.capital.column(party)
    ]
    if not added:
        return graph
    return graph.over((*graph.interests, *added))


def _most(holdings: DaySnapshot, owned: str) -> Fraction:
    """The most of the capital, or of the votes where they are stated, that nobody is said to hold.

    Where capital and votes are both stated, the more.
    """
    return max(
        lookthrough.unstated(matrix, owned).maximum for matrix in (holdings.capital, holdings.votes)
    )


def _unstated(
    holdings: DaySnapshot, owned: str, somebody: str, *, influence: bool
) -> Iterator[Interest]:
    """What somebody may have in a party beside the stated owners: capital, votes.

    And influence by other means (`influence`), where an owner is reported who is not stated.
    """
    kinds: list[Kind] = []
    if lookthrough.unstated(holdings.capital, owned) != _NOTHING:
        kinds.append("shareholding")
    voted = holdings.voting_rights
    if owned in voted and lookthrough.unstated(voted, owned) != _NOTHING:
        kinds.append("voting_rights")
    if influence:
        kinds.append("other")
    for kind in kinds:
        yield Interest(somebody, owned, UNSTATED, kind)


def _fresh(owned: str, taken: Container[str]) -> str:
    """An id that no party has, for whoever is not stated to own one."""
    name = f"owners of {owned} whom nobody states"
    while name in taken:
        name += "'"
    return name
