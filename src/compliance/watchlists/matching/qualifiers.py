"""What is known of a customer against what a list says of the party it names alike.

Every quality is compared for itself and gives one reason: agrees, conflicts or unknown, and the
amount by which it moves the hit (`rules/data/qualifiers.yaml`). Kept by construction: unknown moves
nothing; the order of what is known does not matter; a score stays within [0, 1]; a hit never falls
below the review threshold of names, so that more data about a customer never hides one: it is then
"discounted", shown with its reasons; and a name below that threshold is never lifted to a hit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from compliance import names
from compliance.model.party import Address
from compliance.watchlists.listing import Listing, ListingKind
from compliance.watchlists.matching.address_index import compare, parsed_listing
from compliance.watchlists.matching.addresses import parse
from compliance.watchlists.matching.identifier_index import agreement, listed_as
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.matching.identifiers import Identification
from compliance.watchlists.matching.partial_date import Birth, nearest
from compliance.watchlists.matching.qualifier_table import FINDINGS, Qualifiers, qualifiers

Place = Literal["incorporation", "headquarters", "residence", "address"]
Strength = Literal["certain", "strong", "review", "discounted"]
Verdict = Literal["agrees", "conflicts", "unknown"]

_DIGITS: Final = 6  # decimals of a score


@dataclass(frozen=True, slots=True)
class Qualities:
    """What is known of a customer; what is empty or None is not known.

    `birth_dates` are spelled as in `Listing`: "1960", "1960-05", "1960-05-17", "1960/1963".
    `countries` are ISO 3166 codes with the place each stands for; `identifiers` come from
    `identifiers.canonical`.
    """

    kind: ListingKind = "unknown"
    birth_dates: tuple[str, ...] = ()
    countries: tuple[tuple[Place, str], ...] = ()
    nationalities: tuple[str, ...] = ()
    addresses: tuple[Address | str, ...] = ()
    gender: Literal["female", "male"] | None = None
    identifiers: tuple[Identification, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison: the quality, its verdict, by how much it moves the score, and the words.

    `finding` is what was found ("same_day"), "" where nothing could be compared.
    """

    quality: str
    verdict: Verdict
    finding: str
    amount: float
    text: str


@dataclass(frozen=True, slots=True)
class Qualified:
    """A hit as the qualities leave it. `reasons` holds one for each quality, in a fixed order."""

    score: float
    strength: Strength
    reasons: tuple[Reason, ...]


def qualify(score: float, listing: Listing, party: Qualities) -> Qualified:
    """The score of a hit by name, moved by what is known of the customer.

    `score` is that of the name, 0 to 1. One below the review threshold comes back as it is,
    "discounted": it is no hit, and nothing here makes it one.
    """
    table, floor = qualifiers(), names.REVIEW_THRESHOLD
    compared = [(quality, *_COMPARISONS[quality](listing, party)) for quality in FINDINGS]
    reasons = tuple(_reason(table, *found) for found in compared)
    if score < floor:
        return Qualified(score, "discounted", reasons)
    found = {f"{reason.quality}.{reason.finding}" for reason in reasons}
    raw = round(score + math.fsum(reason.amount for reason in reasons), _DIGITS)
    moved = min([1.0, raw, *(table.at_most[key] for key in found & table.at_most.keys())])
    natural = "natural" in (table.kinds.get(listing.kind), table.kinds.get(party.kind))
    proved = found.intersection(table.proofs.natural if natural else table.proofs.other)
    strength: Strength = "review"
    if moved < floor:
        strength = "discounted"
    elif moved >= float(table.limits.certain) and proved:
        strength = "certain"
    elif moved >= float(table.limits.strong):
        strength = "strong"
    return Qualified(max(floor, moved), strength, reasons)


def _reason(table: Qualifiers, quality: str, finding: str, text: str) -> Reason:
    if not finding:
        return Reason(quality, "unknown", "", 0.0, text)
    amount = table.adds[f"{quality}.{finding}"]
    return Reason(quality, FINDINGS[quality][finding], finding, amount, text)


Found = tuple[str, str]  # the finding, "" where nothing can be compared, and its words


def _unknown(of_party: object, of_listing: object) -> Found:
    sides = [
        side
        for side, known in (("the customer's", of_party), ("the list's", of_listing))
        if not known
    ]
    return "", f"not known: {' and '.join(sides)}"


def _birth_date(listing: Listing, party: Qualities) -> Found:
    ours = sorted({birth for text in party.birth_dates if (birth := Birth.read(text))})
    theirs = sorted({birth for text in listing.birth_dates if (birth := Birth.read(text))})
    if not ours or not theirs:
        return _unknown(ours, theirs)
    finding, one, other = nearest(ours, theirs, qualifiers().limits.years_near)
    return finding, f"born {one}, listed as born {other}"


def _countries(ours: set[str], theirs: set[str]) -> Found:
    if not ours or not theirs:
        return _unknown(ours, theirs)
    said = f"{', '.join(sorted(ours))}; listed: {', '.join(sorted(theirs))}"
    if ours & theirs:
        return "same", said
    groups = qualifiers().related_countries
    return (
        "related"
        if any(not (ours.isdisjoint(g) or theirs.isdisjoint(g)) for g in groups)
        else "different"
    ), said


def _nationality(listing: Listing, party: Qualities) -> Found:
    return _countries(set(party.nationalities), set(listing.nationalities))


def _country(listing: Listing, party: Qualities) -> Found:
    finding, said = _countries({code for _, code in party.countries}, set(listing.countries))
    if finding != "same":
        return finding, said
    places = sorted({place for place, code in party.countries if code in listing.countries})
    return finding, f"{said} ({', '.join(places)})"


def _address(listing: Listing, party: Qualities) -> Found:
    if not party.addresses or not listing.addresses:
        return _unknown(party.addresses, listing.addresses)
    sole = listing.countries[0] if len(listing.countries) == 1 else None
    listed = [parsed_listing(text, sole) for text in listing.addresses]
    found = [
        (agreed.score, agreed.level, "; ".join((one.text, *agreed.reasons)))
        for address in party.addresses
        for one in listed
        if (agreed := compare(parse(address), one))
    ]
    if not found:
        return "other", "no listed address is the customer's; parties move"
    _, level, said = max(found)
    return {"unit": "same_unit", "building": "same_house"}.get(level, "other"), said


def _gender(listing: Listing, party: Qualities) -> Found:
    if not party.gender or not listing.gender:
        return _unknown(party.gender, listing.gender)
    said = f"{party.gender}; listed: {listing.gender}"
    return ("same" if party.gender == listing.gender else "different"), said


def _identifier(listing: Listing, party: Qualities) -> Found:
    if not party.identifiers or not listing.identifiers:
        return _unknown(party.identifiers, listing.identifiers)
    agreed = sorted(
        (hit.issuer in ("unknown", "elsewhere"), f"{hit.scheme} {hit.value}: {hit.reason}")
        for asked in party.identifiers
        for identifier in listing.identifiers
        if (hit := agreement(asked, listing, identifier))
    )
    for doubtful, said in agreed:
        return ("same_number" if doubtful else "same"), said
    differing = sorted(_differing(listing, party))
    if differing:
        return "different", "; ".join(differing)
    return "", "no numbers of one scheme and country"


def _differing(listing: Listing, party: Qualities) -> Iterator[str]:
    """Other numbers of a scheme of which a party has one, issued by the same country."""
    table = schemes()
    for identifier in listing.identifiers:
        listed = listed_as(listing, identifier)
        for asked in party.identifiers:
            scheme = table.scheme(asked.scheme)
            alike = (asked.scheme, asked.country) == (listed.scheme, listed.country)
            if scheme.one_each and alike and "invalid" not in (asked.check, listed.check):
                yield f"{asked.scheme} {asked.value}, listed: {listed.value}"


def _kind(listing: Listing, party: Qualities) -> Found:
    kinds = qualifiers().kinds
    ours, theirs = kinds.get(party.kind), kinds.get(listing.kind)
    if not ours or not theirs:
        return _unknown(ours, theirs)
    said = f"{party.kind}; listed: {listing.kind}"
    return ("same" if ours == theirs else "different"), said


_COMPARISONS: Final = {
    "birth_date": _birth_date,
    "nationality": _nationality,
    "country": _country,
    "address": _address,
    "gender": _gender,
    "identifier": _identifier,
    "kind": _kind,
}
