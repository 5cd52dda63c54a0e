"""Facts about who a party is on the lists: under which measures, by which entries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import once
from compliance.screening.facts.hits import PartyHit
from compliance.screening.facts.subjects import PartyFacts, party_field


@once
def searched(p: PartyFacts) -> str:
    """What was compared with which lists."""
    return f"names and numbers of {p.path} against {p.know.lists_in_words}"


def _measures(hits: Iterable[PartyHit]) -> tuple[frozenset[str], frozenset[str]]:
    """The measures under which a party certainly is, and those under which it may be."""
    truths = [(m, hit.under((m,))) for hit in hits for m in hit.measures]
    certain = frozenset(m for m, truth in truths if truth is Truth.TRUE)
    return certain, frozenset(m for m, truth in truths if truth is Truth.UNKNOWN)


def certain_measures(hits: Iterable[PartyHit]) -> frozenset[str]:
    """The measures under which a party certainly is."""
    return _measures(hits)[0]


@party_field(
    "listed_under", "choices", asks="its full legal name", domain="measures", hits="listed"
)
def _listed_under(p: PartyFacts) -> Fact:
    """Measures that it is listed under, on whatever list.

    By a hit by its name that nothing known of it contradicts, or by its number.
    """
    certain, possible = _measures(hit for hit in p.hits if hit.listed)
    undated = possible - certain
    numbered = any(hit.certain and hit.by != "name" for hit in p.hits)
    if p["name"].known or numbered:
        return Fact.some(certain, searched(p), possible=undated)
    missing = (p.at("name"),)
    return Fact.some(
        certain,
        searched(p),
        possible=undated,
        partial=True,
        missing=missing,
        note="no name to screen",
    )


@party_field(
    "possibly_listed_under",
    "choices",
    asks="its register number, birth date and addresses",
    domain="measures",
    hits="possible",
)
def _possibly_listed_under(p: PartyFacts) -> Fact:
    """Measures of the hits that a person should look at."""
    return Fact.of(_measures(p.hits)[1], searched(p))


def _told(p: PartyFacts) -> tuple[PartyHit, ...]:
    """The hits that a publisher's words are told of: those taken as listed, or else all."""
    return tuple(hit for hit in p.hits if hit.listed) or p.hits


def _of_hits(p: PartyFacts, said: Callable[[PartyHit], Iterable[str | None]]) -> Fact:
    """The words of the hits that are told of."""
    return Fact.of(frozenset(word for h in _told(p) for word in said(h) if word), searched(p))


@party_field("listing.names", "texts")
def _names(p: PartyFacts) -> Fact:
    """The listed names that were hit."""
    return _of_hits(p, lambda h: (h.listing.name,))


@party_field("listing.lists", "texts")
def _lists(p: PartyFacts) -> Fact:
    """The lists that hold the entries that were hit."""
    return _of_hits(p, lambda h: h.lists)


@party_field("listing.citations", "texts")
def _citations(p: PartyFacts) -> Fact:
    """The publisher's citations of the hits."""
    return _of_hits(p, lambda h: (entry.listing.citation for entry in h.entries))


@party_field("listing.programmes", "texts")
def _programmes(p: PartyFacts) -> Fact:
    """Programmes and footnotes of the hits."""
    return _of_hits(p, lambda h: (mark for entry in h.entries for mark in entry.listing.marks))


@party_field("listing.possible", "texts")
def _possible(p: PartyFacts) -> Fact:
    """Each hit that a person should look at: list, name, how it was found, how strong."""
    return Fact.of(frozenset(str(hit) for hit in p.hits if not hit.certain), searched(p))


@party_field("listing.license_policies", "texts")
def _license_policies(p: PartyFacts) -> Fact:
    """The license review policies of the hits."""
    found = [
        next((e.listing.license_policy for e in hit.entries if e.listing.license_policy), None)
        for hit in _told(p)
    ]
    known = frozenset(policy for policy in found if policy)
    return Fact.some(known, searched(p), partial=None in found)


@party_field(
    "name_in_latin",
    "flag",
    asks="its name in Latin letters, as its register, its export papers or its bank have it",
)
def _name_in_latin(p: PartyFacts) -> Fact:
    """One of its names is in Latin letters, in which most lists are written, or in no other."""
    name = p["name"]
    if not name.known:
        return Fact.unknown(*name.missing, note=name.note)
    least = p.know.settings.latin_letters
    given = (name.value, *p.party.aliases)
    return Fact.of(any(_is_latin(text, least) for text in given), p.at("name"))


def _is_latin(text: str, least: int) -> bool:
    """Whether a text holds so many Latin letters, or no letter of another script."""
    if text.isascii():
        return True
    plain = unicodedata.normalize("NFKD", text)
    letters = [unicodedata.name(c, "").startswith("LATIN") for c in plain if c.isalpha()]
    return sum(letters) >= least or all(letters)


@party_field("lists_missing", "number", asks="the missing watchlists")
def _lists_missing(p: PartyFacts) -> Fact:
    """How many watchlists were asked for and not consulted for its names."""
    return Fact.of(len(p.know.missing_lists), "watchlists", note=", ".join(p.know.missing_lists))


@party_field("lists_missing.names", "texts")
def _lists_missing_names(p: PartyFacts) -> Fact:
    """Watchlists asked for and not consulted for its names."""
    return Fact.of(frozenset(p.know.missing_lists), "watchlists")


@party_field("lists_stale.names", "texts")
def _lists_stale_names(p: PartyFacts) -> Fact:
    """Consulted watchlists older than their limit on as_of."""
    return Fact.of(frozenset(p.know.stale_lists(p.as_of)), "watchlists")


@party_field("lists_stale", "number")
def _lists_stale(p: PartyFacts) -> Fact:
    """How many consulted watchlists are older than their limit on as_of."""
    stale = p.know.stale_lists(p.as_of)
    return Fact.of(len(stale), "watchlists", note=", ".join(stale))
