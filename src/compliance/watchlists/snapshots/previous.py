"""What a copy of a list lost against the snapshot before, beyond the entries that are gone.

A format that changes without changing its names leaves fewer names, documents or dates in the same
entries, or the entries of one source away. Only entries of both copies are compared, by id, and
only what screening reads of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from compliance.names import normalize
from compliance.watchlists.listing import Listing, Watchlist
from compliance.watchlists.snapshots.catalogue import Guards

_FEWEST: Final = 10  # entries, of which a share can be asked at all
_EXAMPLES: Final = 3
_LISTS: Final = (
    "aliases",
    "weak_aliases",
    "birth_dates",
    "addresses",
    "nationalities",
    "countries",
    "programmes",
    "measures",
)
_VALUES: Final = ("kind", "gender", "listed_on", "citation", "license_requirement")
_EMPTY: Final = (None, "", "unknown")
Pair = tuple[Listing, Listing]


def reasons(guards: Guards, new: Watchlist, old: Watchlist) -> dict[str, list[str]]:
    """Reasons of the guards that compare two copies; both are of one list."""
    before = {listing.id: listing for listing in old.listings}
    pairs = [(before[entry.id], entry) for entry in new.listings if entry.id in before]
    found = {
        "changed": list(_share("are changed", pairs, _changed, guards.largest_share_changed)),
        "names": list(
            _share("lost a word of their names", pairs, _shortened, guards.largest_share_shortened)
        ),
        "fields": list(_fields(guards.largest_share_emptied, pairs)),
    }
    if guards.constituents:
        found["constituents"] = list(_constituents(guards.largest_share_vanished, new, old))
    return found


def _share(
    what: str, pairs: list[Pair], test: Callable[[Listing, Listing], bool], largest: Decimal
) -> Iterator[str]:
    found = [new.name for old, new in pairs if test(old, new)]
    if len(found) > largest * max(len(pairs), _FEWEST):
        yield f"{_of(found, len(pairs))} {what}, more than {percent(largest)}: {examples(found)}"


def _changed(old: Listing, new: Listing) -> bool:
    compared = ("name", "identifiers", *_LISTS, "kind", "gender")
    return any(getattr(old, field) != getattr(new, field) for field in compared)


def _shortened(old: Listing, new: Listing) -> bool:
    """Whether the name is what it was without some of its words."""
    one, other = (set(normalize(listing.name).split()) for listing in (old, new))
    return other < one


def _constituents(largest: Decimal, new: Watchlist, old: Watchlist) -> Iterator[str]:
    """Of a list of lists: the entries gone of each source, which is what its first programme is."""
    kept = {listing.id for listing in new.listings}
    gone: dict[str, list[str]] = {}
    for listing in old.listings:
        names = gone.setdefault(next(iter(listing.programmes), ""), [])
        if listing.id not in kept:
            names.append(listing.name)
    count = Counter(next(iter(listing.programmes), "") for listing in old.listings)
    for source, names in sorted(gone.items()):
        if len(names) > largest * max(count[source], _FEWEST):
            yield (
                f"{_of(names, count[source])} of {source or 'no source'} are gone, more than "
                f"{percent(largest)}: {examples(names)}"
            )


def _fields(largest: Decimal, pairs: list[Pair]) -> Iterator[str]:
    """Kinds of fields of which fewer entries have any, or have as many, as before."""
    counts = [(_amounts(old), _amounts(new)) for old, new in pairs]
    for kind in sorted({kind for old, _ in counts for kind in old}):
        filled = [(old, new) for old, new in counts if old[kind]]
        lost = sum(new[kind] < old[kind] for old, new in filled)
        if lost > largest * max(len(filled), _FEWEST):
            yield f"{lost} of {len(filled)} entries have fewer {kind}, more than {percent(largest)}"


def _amounts(listing: Listing) -> Mapping[str, int]:
    """How many values an entry has of each kind of field; numbers are counted by their scheme."""
    found: Counter[str] = Counter({field: len(getattr(listing, field)) for field in _LISTS})
    found.update({field: 1 for field in _VALUES if getattr(listing, field) not in _EMPTY})
    found.update(f"identifiers.{identifier.scheme}" for identifier in listing.identifiers)
    return found


def _of(found: list[Any], count: int) -> str:
    return f"{len(found)} of {count} entries"


def examples(names: list[str]) -> str:
    """The first names of many."""
    return "; ".join(names[:_EXAMPLES]) + (" ..." if len(names) > _EXAMPLES else "")


def percent(share: Decimal) -> str:
    """A share as per cent, without needless digits."""
    return f"{(share * 100).normalize():f}%"
