"""The cascade from some parties of a contract, whoever they are: whom they own, and how it is told.

Of the seeds some are certain and some only possible; what rests on a possible one is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import AffectedParties, Interest, OwnershipGraph, Path
from compliance.ownership.gaps import with_unknown_shares
from compliance.screening.facts.base import once
from compliance.screening.facts.subjects import ContractFacts, PartyFacts
from compliance.screening.holding_arithmetic import Arithmetic

_NOTHING: Final = Share.exact(0)


def cascade(p: PartyFacts, entry: Arithmetic, seeds: frozenset[str]) -> AffectedParties:
    """Whom the seeds affect under the arithmetic of an entry, on the day.

    Where control counts, consolidation is control; else whoever consolidates a company holds a part
    of it that is not known, unless it is stated. So does, in either case, a stated ultimate parent.
    """
    kept, key = p.subjects.cascades, (entry, seeds)
    found = kept.get(key)
    if found is None:
        graph = p.subjects.graph if entry.control else _measurable(p.subjects.facts)
        counted = _with_stated_parents(p, graph, seeds)
        found = kept[key] = entry.affected(counted, seeds, p.as_of)
    return found


@once
def _measurable(c: ContractFacts) -> OwnershipGraph:
    """The graph, in which whoever consolidates a company may hold a part of it."""
    graph = c.subjects.graph
    return with_unknown_shares(graph, graph.parties, as_of=c.as_of)


def _with_stated_parents(
    p: PartyFacts, graph: OwnershipGraph, seeds: frozenset[str]
) -> OwnershipGraph:
    """The graph, in which one of the seeds that is stated as ultimate parent may hold any part.

    Of the party itself and of whoever is stated above it, where others leave it something; but not
    where any share of the parent in the party is stated: then that one counts.
    """
    added = list[Interest]()
    for party in p.subjects.parties.values():
        stated = party.party.ultimate_parent
        if stated is None or stated.value is None:
            continue
        parent = p.subjects.resolve(stated.value, party.at("ultimate_parent"))
        if parent not in seeds or graph.share(parent, party.id, as_of=p.as_of).maximum:
            continue
        above = graph.on(p.as_of).above([party.id]) - p.subjects.persons - {parent}
        added += [
            Interest(owner=parent, owned=owned, source=party.at("ultimate_parent"))
            for owned in sorted(above)
            if graph.unstated(owned, as_of=p.as_of).maximum
        ]
    if not added:
        return graph
    return graph.over((*graph.interests, *added))


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a party is affected, by the cascade that says so, and of which owners it is unsure.

    `certain` is the cascade from the certain seeds, `everyone` that from the possible ones too.
    """

    truth: Truth
    certain: AffectedParties
    everyone: AffectedParties
    unsure: frozenset[str]

    def share(self, party: str) -> Share:
        """What the seeds hold of a party: the certain ones at least, the possible ones at most."""
        low = _share(self.certain, party)
        if not self.unsure:
            return low
        high = _share(self.everyone, party)
        return Share(low.minimum, high.maximum, low.exclusive_minimum, high.exclusive_maximum)

    def open_shares(self, party: str) -> bool:
        """Whether holdings leave it open, whoever of the possible seeds is one."""
        return any(
            party in found and found[party].truth is Truth.UNKNOWN
            for found in (self.certain, self.everyone)
        )


def _share(found: AffectedParties, party: str) -> Share:
    share = found[party].share if party in found else None
    return _NOTHING if share is None else share


def answer_of(
    p: PartyFacts, entry: Arithmetic, sure: frozenset[str], maybe: frozenset[str]
) -> Answer:
    """Whether the party is affected by the certain seeds, or may be, by the possible ones too."""
    certain = cascade(p, entry, sure)
    everyone = cascade(p, entry, sure | maybe) if maybe else certain
    truth = certain[p.id].truth if p.id in certain else Truth.FALSE
    if truth is not Truth.TRUE and p.id in everyone:
        truth = Truth.FALSE if everyone[p.id].truth is Truth.FALSE else Truth.UNKNOWN
    return Answer(truth, certain, everyone, maybe)


def chain_in_words(p: PartyFacts, path: Path) -> str:
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
    if owned in holdings.predecessors.get(owner, ()):
        return "succeeded"
    kinds = {kind for holder, _, kind in holdings.owners(owned) if holder == owner}
    if not kinds:
        return "is stated as ultimate parent, by a share that is not, above"
    if "consolidation" in kinds:
        return "consolidates, by a share that is not stated,"
    return "has control or influence over"
