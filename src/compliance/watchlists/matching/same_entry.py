"""Which listings of several files are one entry of one publisher.

Two listings are the same entry where they stand for a common measure and have the publisher's same
number, or the same name, or a number of the party in common; so an entry of the SDN List is found
again in the Consolidated Screening List, in an export and in a customer's own file. The number of a
UK designation ("RUS0251") stands on the closed list of OFSI as a citation. Lists whose
meaning is not told (`review`) are each their own. A sign that two entries of one file have tells
them not apart, and joins nothing; rows of one id ("7", "7#2") are one entry of their file. Whatever
the order of the files, the groups are the same (connected components by union-find).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.names import normalize
from compliance.watchlists.listing import REVIEW, Listing

# A publisher's number, as "52291" or "SDN:52291"; a short one may be anybody's own count.
_NUMBER = re.compile(r"(?:[A-Z][A-Z-]*:)?(\d{4,})", re.ASCII)
# The number of a designation on the UK Sanctions List, which the consolidated list cites.
_DESIGNATION = re.compile(r"\b[A-Z]{3}\d{4,}\b", re.ASCII)
_ROW = re.compile(r"#\d+$", re.ASCII)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBERS: Final = frozenset({"imo", "lei", "registration", "tax", "uscc", "wallet"})

_Sign = tuple[str, str, str]


def same_entries(listings: Sequence[Listing]) -> list[list[int]]:
    """The places of listings that are one entry, each group and all of them in order of place."""
    bearers: dict[_Sign, list[int]] = {}
    for place, listing in enumerate(listings):
        for sign in dict.fromkeys(_signs(listing)):
            bearers.setdefault(sign, []).append(place)
    parent = list(range(len(listings)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for places in bearers.values():
        entries = {_entry(listings[place]) for place in places}
        if len(places) > 1 and len({list_id for list_id, _ in entries}) == len(entries):
            first, *others = sorted(map(root, places))
            for other in others:
                parent[root(other)] = root(first)
    groups: dict[int, list[int]] = {}
    for place in range(len(listings)):
        groups.setdefault(root(place), []).append(place)
    return sorted(groups.values())


def _entry(listing: Listing) -> tuple[str, str]:
    """The entry of its list that a row belongs to."""
    return listing.list_id, _ROW.sub("", listing.id)


def _signs(listing: Listing) -> Iterator[_Sign]:
    """By what an entry is known, under each of its measures."""
    list_id, own = _entry(listing)
    number = _NUMBER.fullmatch(own)
    name = " ".join(sorted(normalize(_IN_BRACKETS.sub("", listing.name)).split()))
    for measure in listing.measures:
        if measure == REVIEW:
            continue
        yield measure, list_id, own
        if number is not None:
            yield measure, "number", number[1]
        if name:
            yield measure, "name", name
        if measure.startswith("uk."):
            for reference in _DESIGNATION.findall(f"{own} {listing.citation or ''}"):
                yield measure, "designation", reference
        for identifier in listing.identifiers:
            if identifier.scheme in _NUMBERS:
                yield measure, identifier.scheme, identifier.value
