"""Facts about who a party is on the lists: under which measures, by which entries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact
from compliance.screening.facts.hits import PartyHit
from compliance.screening.facts.subjects import PartyFacts
from compliance.watchlists.measures import widest

field: Callable[[str], Callable[[Callable[[PartyFacts], Fact]], Callable[[PartyFacts], Fact]]] = (
    partial(fact, PartyFacts.registry)
)

_NONE: Final[frozenset[str]] = frozenset()


def _source(p: PartyFacts) -> str:
    return f"names and numbers of {p.path} against {p.know.lists_in_words}"


def _measures(hits: Iterable[PartyHit]) -> tuple[frozenset[str], frozenset[str]]:
    """The measures under which a party certainly is, and those under which it may be."""
    truths = [(m, hit.under((m,))) for hit in hits for m in hit.measures]
    certain = frozenset(m for m, truth in truths if truth is Truth.TRUE)
    return certain, frozenset(m for m, truth in truths if truth is Truth.UNKNOWN)


@field("listed_under")
def _listed_under(p: PartyFacts) -> Fact:
    certain, possible = _measures(hit for hit in p.hits if hit.listed)
    undated = possible - certain
    numbered = any(hit.certain and hit.by != "name" for hit in p.hits)
    if p["name"].known or numbered:
        return Fact.some(certain, _source(p), possible=undated)
    missing = (p.at("name"),)
    return Fact.some(
        certain,
        _source(p),
        possible=undated,
        partial=True,
        missing=missing,
        note="no name to screen",
    )


@field("possibly_listed_under")
def _possibly_listed_under(p: PartyFacts) -> Fact:
    return Fact.of(_measures(p.hits)[1], _source(p))


@field("listed_under_other")
def _listed_under_other(p: PartyFacts) -> Fact:
    certain, _ = _measures(p.hits)
    if not certain:
        return Fact.of(_NONE, _source(p))
    spoken = p.know.spoken_for(p.as_of, p.subjects.party_only)
    others = frozenset(
        measure
        for measure in certain
        if not any((role, m) in spoken for role in p.roles for m in (measure, widest(measure)))
    )
    return Fact.of(others, f"{_source(p)}; the policies in force")


def _told(p: PartyFacts) -> tuple[PartyHit, ...]:
    """The hits that a publisher's words are told of: those taken as listed, or else all."""
    return tuple(hit for hit in p.hits if hit.listed) or p.hits


def _listing_words(name: str, said: Callable[[PartyHit], Iterable[str | None]]) -> None:
    @field(f"listing.{name}")
    def _known(p: PartyFacts) -> Fact:
        return Fact.of(frozenset(word for h in _told(p) for word in said(h) if word), _source(p))


_listing_words("names", lambda h: (h.listing.name,))
_listing_words("lists", lambda h: h.lists)
_listing_words("citations", lambda h: (entry.listing.citation for entry in h.entries))
_listing_words("programmes", lambda h: (mark for e in h.entries for mark in e.listing.marks))


@field("listing.possible")
def _possible(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(str(hit) for hit in p.hits if not hit.certain), _source(p))


@field("listing.license_policies")
def _license_policies(p: PartyFacts) -> Fact:
    found = [
        next((e.listing.license_policy for e in hit.entries if e.listing.license_policy), None)
        for hit in _told(p)
    ]
    known = frozenset(policy for policy in found if policy)
    return Fact.some(known, _source(p), partial=None in found)


@field("name_in_latin")
def _name_in_latin(p: PartyFacts) -> Fact:
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


@field("lists_missing")
def _lists_missing(p: PartyFacts) -> Fact:
    return Fact.of(len(p.know.missing_lists), "watchlists", note=", ".join(p.know.missing_lists))


@field("lists_missing.names")
def _lists_missing_names(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(p.know.missing_lists), "watchlists")


@field("lists_stale.names")
def _lists_stale_names(p: PartyFacts) -> Fact:
    return Fact.of(frozenset(p.know.stale_lists(p.as_of)), "watchlists")


@field("lists_stale")
def _lists_stale(p: PartyFacts) -> Fact:
    stale = p.know.stale_lists(p.as_of)
    return Fact.of(len(stale), "watchlists", note=", ".join(stale))
