"""The entries of watchlists behind a flag, as the decision keeps them."""

from __future__ import annotations

from functools import partial
from typing import Final

from compliance.model.decision import AlignedWords, ListedAlso, ListMatch
from compliance.model.truth import Truth
from compliance.policies.compiled import ListsRead
from compliance.policies.fact import Fact
from compliance.screening.facts.addresses import Neighbor, neighbors
from compliance.screening.facts.hits import PartyHit
from compliance.screening.facts.subjects import PartyFacts
from compliance.watchlists import Listing

_DIGITS: Final = 4  # decimals of a score that is told
_TOLD: Final = "listing."
_WORD: Final = {
    "here": "addresses_listed",
    "says_little": "addresses_shared",
    "meant": "addresses_listed_under",
}


def matches_of(party: PartyFacts, read: ListsRead) -> tuple[ListMatch, ...]:
    """The hits of a party that a policy looks at, in order of list and entry."""
    hits = (_match(party, hit) for hit in party.hits if _looked_at(party, hit, read))
    near = neighbors(party) if read.addresses else ()
    shown = (
        n
        for n in near
        if _WORD[n.standing] in read.addresses and read.wanted(frozenset(n.hit.listing.measures))
    )
    return (*hits, *(_neighbor(party, n) for n in shown))


def _looked_at(party: PartyFacts, hit: PartyHit, read: ListsRead) -> bool:
    wanted = read.wanted(hit.measures)
    for finding in read.findings:
        wanted &= party[finding].value
    if not wanted:
        return False
    return (read.listed and hit.listed) or (read.possible and hit.under(wanted) is Truth.UNKNOWN)


class Narrowed:
    """A party whose listings are told of as far as a policy looks at them, for its message."""

    def __init__(self, party: PartyFacts, read: ListsRead) -> None:
        self.unnamed = party.unnamed
        self._whole = party
        told = PartyFacts(party.subjects, party.id, party.party, party.path, party.roles)
        told.__dict__["hits"] = tuple(hit for hit in party.hits if _looked_at(party, hit, read))
        self._told = told

    def __getitem__(self, name: str) -> Fact:
        return (self._told if name.startswith(_TOLD) else self._whole)[name]

    def unread(self, name: str) -> str:
        """What was given of a field and could not be read, as `Facts.unread`."""
        return self._whole.unread(name)

    def said(self, name: str, kind: str) -> str:
        """A field's value in words, as `Facts.said`."""
        return (self._told if name.startswith(_TOLD) else self._whole).said(name, kind)


def _match(party: PartyFacts, hit: PartyHit) -> ListMatch:
    alignment = hit.alignment
    pairs = alignment.pairs if alignment is not None else ()
    alone = (*alignment.unmatched_left, *alignment.unmatched_right) if alignment is not None else ()
    return _entry(party, hit.listing)(
        by=hit.by,
        asked=hit.asked,
        matched=hit.matched,
        weak=hit.weak,
        score=round(hit.score, _DIGITS),
        strength=hit.strength,
        taken_as_listed=hit.listed,
        in_force=hit.in_force,
        aligned=tuple(
            AlignedWords(pair.left, pair.right, round(pair.similarity, _DIGITS)) for pair in pairs
        ),
        unmatched=tuple(word for word, _ in alone),
        reasons=hit.reasons,
        also_in=tuple(
            ListedAlso(
                list_id=entry.listing.list_id,
                snapshot=party.know.snapshots[entry.listing.list_id],
                entry=entry.listing.id,
                measures=entry.listing.measures,
                citation=entry.listing.citation,
            )
            for entry in hit.entries[1:]
        ),
    )


def _neighbor(party: PartyFacts, neighbor: Neighbor) -> ListMatch:
    hit = neighbor.hit
    return _entry(party, hit.listing)(
        by="address",
        asked=neighbor.address,
        matched=hit.address,
        weak=False,
        score=round(hit.agreement, _DIGITS),
        strength=hit.level,
        taken_as_listed=neighbor.standing == "meant" and neighbor.surely,
        in_force=hit.listing.active(party.as_of),
        aligned=(),
        unmatched=(),
        reasons=hit.reasons,
    )


def _entry(party: PartyFacts, listing: Listing) -> partial[ListMatch]:
    """A match with all that the list says of the entry; how it was found is to be added."""
    return partial(
        ListMatch,
        list_id=listing.list_id,
        snapshot=party.know.snapshots[listing.list_id],
        entry=listing.id,
        name=listing.name,
        programmes=listing.marks,
        measures=listing.measures,
        listed_on=listing.listed_on,
        citation=listing.citation,
        license_policy=listing.license_policy,
    )
