"""Which listings of several files are one entry of one publisher.

Two listings are the same entry where they stand for a common measure and have the publisher's same
number, or the same name, or a number of the party in common; so an entry of the SDN List is found
again in the Consolidated Screening List, in an export and in a customer's own file. Lists whose
meaning is not told (`review`) are each their own. A sign that one
file has twice tells no two entries apart, and joins none of it. Whatever the order of the files,
the groups are the same (connected components by union-find).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.names import normalize
from compliance.watchlists.listing import REVIEW, Listing

_NUMBER = re.compile(r"(?:[A-Z][A-Z-]*:)?(\d+)(?:#\d+)?", re.ASCII)
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
        if len({listings[place].list_id for place in places}) == len(places) > 1:
            first, *others = sorted(map(root, places))
            for other in others:
                parent[root(other)] = root(first)
    groups: dict[int, list[int]] = {}
    for place in range(len(listings)):
        groups.setdefault(root(place), []).append(place)
    return sorted(groups.values())


def _signs(listing: Listing) -> Iterator[_Sign]:
    """By what an entry is known, under each of its measures."""
    number = _NUMBER.fullmatch(listing.id)
    name = " ".join(sorted(normalize(_IN_BRACKETS.sub("", listing.name)).split()))
    for measure in listing.measures:
        if measure == REVIEW:
            continue
        if number is not None:
            yield measure, "number", number[1]
        if name:
            yield measure, "name", name
        for identifier in listing.identifiers:
            if identifier.scheme in _NUMBERS:
                yield measure, identifier.scheme, identifier.value
