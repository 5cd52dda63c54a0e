"""Who a party may be on the lists: hits by name, moved by what is known of it, and by number.

A hit is *listed* when policies take the party for the listed one. By name: the name alone reaches
`name_certainty`, or what is known beside proves it (`qualifiers`); and after everything known the
score still does. Another birth year or another kind keeps it below, and so it is a possible hit
that a person looks at; it never vanishes. A name that its publisher calls weak is never listed by
itself. By number: the same number of the same issuer; where the issuer is not known, or another
one, it is possible. One hit per entry and party, however many of its names lead there and however
many files hold the entry.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Literal, NamedTuple

from compliance import names
from compliance.model.party import Party
from compliance.model.truth import Truth, all_of, any_of
from compliance.screening.facts.party_attributes import ADDRESS, Number, numbers_of, qualities_of
from compliance.screening.knowledge import Knowledge
from compliance.watchlists import Hit, Listing
from compliance.watchlists.matching.identifier_index import IdentifierHit
from compliance.watchlists.matching.identifiers import wallet_of
from compliance.watchlists.matching.qualifiers import Qualities, Reason, Strength, qualify
from compliance.watchlists.matching.same_entry import same_entries
from compliance.watchlists.measures import began

Key = tuple[str, str]
Narrowing = Callable[[Sequence[Listing]], Truth]
_DOUBTFUL: Final = frozenset({"unknown", "elsewhere"})
_OTHER_ISSUER: Final = "the listed number is not known to be of the country that issued this one"


class Entry(NamedTuple):
    """The entry in one list: whether in force on the day, and the measures it then stands for."""

    listing: Listing
    in_force: Truth
    measures: frozenset[str]


@dataclass(frozen=True, slots=True)
class PartyHit:
    """One entry that a party may be.

    `by`: its name, its number, or both; `asked` is the party's name or number, `matched` that of
    the list. `score` and `strength` are those after everything known was compared, `reasons` say
    what was. `listed`: policies take the party for the listed one. `in_force` is that of the
    entry on the day, never false. `name_hit` is None where no name was hit. `listing` is the entry
    in the list where it was hit best, `entries` is it in every list that holds it, that one first.
    """

    listing: Listing
    by: Literal["name", "number", "name and number"]
    asked: str
    matched: str
    score: float
    strength: Strength
    listed: bool
    weak: bool
    in_force: Truth
    reasons: tuple[str, ...]
    name_hit: Hit | None
    entries: tuple[Entry, ...] = ()

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of the lists that hold the entry, sorted."""
        return tuple(sorted({entry.listing.list_id for entry in self.entries}))

    @property
    def keys(self) -> frozenset[Key]:
        """The places of the entry among all lists."""
        return frozenset((entry.listing.list_id, entry.listing.id) for entry in self.entries)

    @property
    def measures(self) -> frozenset[str]:
        """What the entry stands for in law on the day, in any list."""
        return frozenset(measure for entry in self.entries for measure in entry.measures)

    def under(self, measures: Collection[str], narrowed: Narrowing | None = None) -> Truth:
        """Whether the party is under one of these measures on the day, as far as this entry goes.

        `narrowed` says of the entry's listings under them whether they are meant.
        """
        found = [entry for entry in self.entries if not entry.measures.isdisjoint(measures)]
        if not found:
            return Truth.FALSE
        meant = narrowed([entry.listing for entry in found]) if narrowed else Truth.TRUE
        listed = Truth.TRUE if self.listed else Truth.UNKNOWN
        return all_of((meant, listed, any_of(entry.in_force for entry in found)))

    @property
    def alignment(self) -> names.Explanation | None:
        """How the names agree, computed when asked for; None where no name was hit."""
        return None if self.name_hit is None else self.name_hit.explanation

    @property
    def certain(self) -> bool:
        """Whether the party is on the list on the day."""
        return self.listed and self.in_force is Truth.TRUE

    def __str__(self) -> str:
        listing, weak = self.listing, ", a weak alias" if self.weak else ""
        alias = f" {self.matched!r}" if self.matched != listing.name else ""
        how = f"by {self.by}{alias}{weak}, {self.score:.2f} {self.strength}"
        return f"{listing.name} ({', '.join(self.lists)}, {how})"


def hits_of(party: Party, kind: str | None, know: Knowledge, as_of: date) -> tuple[PartyHit, ...]:
    """The hits of a party in order of list and entry; those whose listing has ended are none.

    Nor are those under whose measures nobody could be yet, and those that are places.
    """
    named = _named(party, kind, know)
    read = partial(_code, know)
    numbers = list(numbers_of(party, kind, read))
    numbered = dict(_numbered(numbers, know)) if numbers else {}
    if not named and not numbered:
        return ()
    known = qualities_of(party, kind, read)
    found = []
    for key in sorted(named.keys() | numbered.keys()):
        listing = named[key][0][0].listing if key in named else numbered[key][0].listing
        in_force = listing.active(as_of)
        measures = frozenset(m for m in listing.measures if began(m, as_of))
        if in_force is Truth.FALSE or not measures or listing.kind == "address":
            continue
        by_name = [_by_name(*best, known, know, in_force) for best in named.get(key, ())]
        hit = max(by_name, key=_standing, default=None)
        if key in numbered:
            hit = _with_number(hit, *numbered[key], known, in_force)
        if hit is not None:
            found.append(replace(hit, entries=(Entry(listing, in_force, measures),)))
    return _merged(found) if len(found) > 1 else tuple(found)


def _merged(hits: list[PartyHit]) -> tuple[PartyHit, ...]:
    """The hits, each entry once, in order of list and entry.

    The surest of an entry's hits stands for it; whether it is in force, any of its lists can tell.
    """
    groups = same_entries([hit.listing for hit in hits])
    return tuple(_one([hits[place] for place in group]) for group in groups)


def _one(hits: list[PartyHit]) -> PartyHit:
    if len(hits) == 1:
        return hits[0]
    best = max(hits, key=lambda hit: (hit.certain, *_standing(hit)))  # of equals the first
    others = [hit for hit in hits if hit is not best]
    return replace(
        best,
        in_force=any_of(hit.in_force for hit in hits),
        entries=tuple(entry for hit in (best, *others) for entry in hit.entries),
    )


def _code(know: Knowledge, text: str) -> str | None:
    return know.gazetteer.read(text).code


def _standing(hit: PartyHit) -> tuple[bool, float]:
    return hit.listed, hit.score


def _named(party: Party, kind: str | None, know: Knowledge) -> dict[Key, list[tuple[Hit, str]]]:
    """The best hits of each listing over all names of a party, each with that name.

    One by a name that the publisher stands by, one by a weak alias: the closer of them need not be
    the one that counts. A kind that only other facts show is not relied on alone: a birth date must
    not take a hit away.
    """
    best: dict[tuple[Key, bool], tuple[Hit, str]] = {}
    for name, each in names_asked(party, kind):
        for hit in know.index.search(name, kind=each):
            if _another_address(name, hit.matched_name):
                continue
            key = ((hit.listing.list_id, hit.listing.id), hit.weak)
            if key not in best or hit.score > best[key][0].score:
                best[key] = (hit, name)
    found: dict[Key, list[tuple[Hit, str]]] = {}
    for (listed, _), each_best in sorted(best.items(), key=lambda item: item[0]):
        found.setdefault(listed, []).append(each_best)
    return found


def names_asked(party: Party, kind: str | None) -> Iterator[tuple[str, names.Kind]]:
    """The names of a party that are looked for, each as every kind that it may be."""
    stated = party.kind if party.kind not in (None, "unknown") else None
    kinds: set[names.Kind] = {_kind_for_names(stated or kind)}
    if stated is None:
        kinds.add("unknown")
    given = [party.name.value] if party.name is not None and party.name.value else []
    for name in dict.fromkeys((*given, *party.aliases)):
        for each in sorted(kinds):
            yield name, each


def look_up_names(parties: Iterable[tuple[Party, str | None]], know: Knowledge) -> None:
    """Search the names of many parties, with what kind they show, at once.

    The index remembers its last answers: `hits_of` each of these parties then costs no search.
    """
    asked: dict[names.Kind, dict[str, None]] = {}
    for party, kind in parties:
        for name, each in names_asked(party, kind):
            asked.setdefault(each, {})[name] = None
    for each, found in sorted(asked.items()):
        deque(know.index.search_many(found, each), maxlen=0)


def _another_address(asked: str, listed: str) -> bool:
    """Whether a listed name is a wallet's address and the name asked for is another address.

    Names are compared without case; of most addresses each letter counts, and its case.
    """
    address = wallet_of(listed)
    if address.check != "valid":
        return False
    other = wallet_of(asked)
    like_one = other.form != "unknown" or (len(asked.split()) == 1 and len(asked) >= ADDRESS)
    return like_one and other.value != address.value


def _kind_for_names(kind: str | None) -> names.Kind:
    if kind == "person":
        return "person"
    return "organization" if kind == "organization" else "unknown"


def _numbered(
    numbers: list[Number], know: Knowledge
) -> Iterator[tuple[Key, tuple[IdentifierHit, Number, bool]]]:
    """The listings that carry a number of the party, each with its surest hit and its certainty."""
    sure: dict[Key, tuple[IdentifierHit, Number, bool]] = {}
    doubtful: dict[Key, tuple[IdentifierHit, Number, bool]] = {}
    for number in numbers:
        countries = dict.fromkeys((number.country, None))
        for country in countries:
            for hit in know.lookups.numbered(number.scheme, number.value, country):
                key = (hit.listing.list_id, hit.listing.id)
                side = doubtful if hit.issuer in _DOUBTFUL else sure
                side.setdefault(key, (hit, number, side is sure))
    yield from (doubtful | sure).items()


def _by_name(hit: Hit, name: str, known: Qualities, know: Knowledge, in_force: Truth) -> PartyHit:
    certain = float(know.settings.name_certainty)
    found = qualify(hit.score, hit.listing, known)
    score, strength = found.score, found.strength
    reasons = _told(found.reasons)
    if hit.weak:
        score = min(score, hit.score)
        strength = "discounted" if strength == "discounted" else "review"
        reasons = ("the publisher calls this name weak: never taken as listed by itself", *reasons)
    proved = hit.score >= certain or strength == "certain"
    return PartyHit(
        listing=hit.listing,
        by="name",
        asked=name,
        matched=hit.matched_name,
        score=score,
        strength=strength,
        listed=proved and score >= certain and not hit.weak,
        weak=hit.weak,
        in_force=in_force,
        reasons=reasons,
        name_hit=hit,
    )


def _with_number(
    named: PartyHit | None,
    hit: IdentifierHit,
    number: Number,
    sure: bool,  # noqa: FBT001 - the third part of what `_numbered` finds
    known: Qualities,
    in_force: Truth,
) -> PartyHit:
    """A hit by number; where the name was hit too, both as one."""
    words = (f"{hit.scheme} {hit.value}", hit.reason)
    if not sure and number.country is not None:
        issued = "stated as issued by" if number.stated else "taken as issued by"
        words = (words[0], f"{issued} {number.country}; {_OTHER_ISSUER}")
    reason = f"the same number, {': '.join(part for part in words if part)}"
    if named is None:
        compared = qualify(1.0, hit.listing, known).reasons
        return PartyHit(
            listing=hit.listing,
            by="number",
            asked=number.value,
            matched=hit.value,
            score=1.0 if sure else names.REVIEW_THRESHOLD,
            strength="certain" if sure else "review",
            listed=sure,
            weak=False,
            in_force=in_force,
            reasons=(reason, *_told(tuple(r for r in compared if r.quality != "identifier"))),
            name_hit=None,
        )
    both = replace(named, by="name and number", reasons=(reason, *named.reasons))
    return replace(both, score=1.0, strength="certain", listed=True) if sure else both


def _told(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """The comparisons that say something, and those that wait for the customer."""
    told = []
    for reason in reasons:
        quality = reason.quality.replace("_", " ")
        if reason.finding:
            told.append(
                f"{quality} {_VERDICTS[reason.verdict]} ({reason.amount:+g}): {reason.text}"
            )
        elif reason.text == _WAITS:
            told.append(f"{quality} of the customer is not known; the list gives one")
    return tuple(told)


_WAITS: Final = "not known: the customer's"
_VERDICTS: Final = {"agrees": "agrees", "conflicts": "conflicts", "unknown": "tells nothing"}
