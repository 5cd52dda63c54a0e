"""What would settle an open question of ownership: for each edge that is open, its document.

An open edge is a share known as an interval only, or declared influence that may be control; open
too is whether what a party holds of itself counts, where that decides. The questions name owner,
owned and what is stated, so that whoever asks knows whom, and for which page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import AffectedParties, UltimateParents
from compliance.ownership.documents import DOCUMENTS, ENDED
from compliance.screening.facts.subjects import PartyFacts

_INFLUENCE: Final = frozenset({"board_appointment", "other"})


def document(p: PartyFacts, owner: str, owned: str, kind: str, stated: Share | None = None) -> str:
    """The document that says what `owner` has in `owned`, by kind of interest or basis."""
    words = DOCUMENTS[kind].of(_name(p, owner), _name(p, owned))
    return words if stated is None else f"{words} (stated: {stated})"


def _name(p: PartyFacts, party: str) -> str:
    return p.display if party == p.id else p.subjects.parties[party].display


def of_parents(p: PartyFacts, answer: UltimateParents) -> tuple[str, ...]:
    """The documents for each step up to a candidate parent, and those the answer names besides."""
    steps = dict.fromkeys(
        (*step, basis)
        for parent in answer.parents
        if parent.truth is Truth.UNKNOWN
        for step, basis in zip(pairwise(parent.path), parent.basis, strict=True)
        if basis != "consolidation"
    )
    return tuple(dict.fromkeys(_of_step(p, *step) for step in steps)) or answer.documents


def _of_step(p: PartyFacts, owner: str, owned: str, basis: str) -> str:
    """What would settle one step; a majority that is exact and contested, only the accounts."""
    if owner in p.subjects.graph.on(p.as_of).ended and basis != "succession":
        return successor(p, owner)
    if basis != "votes":
        return document(p, owner, owned, basis)
    stated = p.subjects.graph.on(p.as_of).votes.column(owned).get(owner)
    if stated is not None and stated.is_exact:
        return f"the consolidated accounts that name the parent of {_name(p, owned)}"
    return document(p, owner, owned, basis, stated)


def of_cascade(
    p: PartyFacts, found: AffectedParties, unsure: Iterable[str], *, control: bool
) -> tuple[str, ...]:
    """The documents for every open edge through which listed parties may reach the party.

    `unsure` are the owners of whom it is not certain that they are the listed ones.
    """
    namesakes = frozenset(unsure)
    asked: dict[str, None] = {}
    seen, todo = {p.id}, [p.id]
    while todo:
        owned = todo.pop(0)
        own = owned in p.subjects.graph.on(p.as_of).own_holders
        if own and _decided_by_own(found, owned):
            asked[document(p, owned, owned, "treasury_shares")] = None
        for owner, _ in found.holders(owned):
            asked.update(dict.fromkeys(_open(p, owner, owned, control=control)))
            if owner in namesakes:
                asked[identity(p, owner)] = None
            if owner not in seen and found[owner].share is not None:
                seen.add(owner)
                todo.append(owner)
    return tuple(asked)


def _decided_by_own(found: AffectedParties, party: str) -> bool:
    return any(d.code == "treasury_shares" and party in d.parties for d in found.diagnoses(party))


def of_shares(p: PartyFacts) -> tuple[str, ...]:
    """A register for every holding of the party, and of those above it, that is an interval."""
    holdings = p.subjects.graph.on(p.as_of)
    above = [p.id, *sorted(holdings.above([p.id]) - {p.id})]
    return tuple(
        document(p, owner, owned, "shareholding", share)
        for owned in above
        for owner, share in holdings.capital.column(owned).items()
        if not share.is_exact
    )


def _open(p: PartyFacts, owner: str, owned: str, *, control: bool) -> Iterator[str]:
    """What is open between two parties: shares as intervals, and influence where control counts.

    Where it does not, consolidation without a stated share is open too; so is, in either case, an
    ultimate parent of which no more is stated.
    """
    holdings = p.subjects.graph.on(p.as_of)
    measured = owner in holdings.capital.column(owned)
    if owner not in holdings.above([owned]):
        yield (
            f"a group chart from {_name(p, owned)} up to {_name(p, owner)}, stated as ultimate "
            "parent, with the dated percentage of each link"
        )
    succeeded = owned in holdings.predecessors.get(owner, ())
    if succeeded:
        yield document(p, owner, owned, "succession")
    for holder, share, kind in p.subjects.graph.owners(owned, as_of=p.as_of):
        if holder != owner:
            continue
        counted = kind == "shareholding" or (control and kind == "voting_rights")
        if counted and not share.is_exact:
            yield document(p, owner, owned, kind, share)
        if control and kind in _INFLUENCE and not succeeded:
            yield document(p, owner, owned, kind)
        if not control and not measured and kind == "consolidation":
            yield document(p, owner, owned, "shareholding")


def successor(p: PartyFacts, ended: str) -> str:
    """What would tell who has the holdings of a party that has ended."""
    return ENDED.of("", _name(p, ended))


def identity(p: PartyFacts, owner: str) -> str:
    """What would confirm or exclude that a party is the listed one."""
    party = p.subjects.parties[owner]
    names = ", ".join(sorted(party["listing.names"].value))
    return (
        f"register number or date of birth and address of {party.display}, to confirm or exclude "
        f"that it is the listed {names}"
    )
