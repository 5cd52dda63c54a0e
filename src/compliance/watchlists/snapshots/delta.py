"""What changed between two snapshots of a list: added, removed and changed entries, and the order.

`apply(old, delta(old, new))` has the content of `new`, hash for hash. The `source` of an entry is
not part of a list's content and not of a delta. An entry whose `published` is the day of its list
moves on with the list and has not changed for that. Entries are told apart by id.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter, ValidationError

from compliance.errors import Problem, WatchlistError
from compliance.model.canonical import canonical
from compliance.watchlists.listing import Listing, Watchlist

SCHEMA: Final = 1
_ENTRY: Final = tuple(f.name for f in fields(Listing) if f.name not in ("id", "source"))
_LIST: Final = tuple(f.name for f in fields(Watchlist) if f.name != "listings")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as it was and as it is."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Placed:
    """A new entry and where it stands in the new list, from 0."""

    position: int
    listing: Listing


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that stands elsewhere among the others than before, and where, from 0."""

    position: int
    id: str


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry in both lists, by its new name, with the fields that differ."""

    id: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """What makes `new` of `old`, which are hashes (`Watchlist.snapshot`).

    `about` are the fields of the list itself that differ. Entries are in the order of the new list,
    removed ones in that of the old.
    """

    list_id: str
    old: str
    new: str
    about: tuple[FieldChange, ...] = ()
    added: tuple[Placed, ...] = ()
    removed: tuple[Listing, ...] = ()
    changed: tuple[Changed, ...] = ()
    moved: tuple[Moved, ...] = ()
    schema: int = SCHEMA

    def to_json(self) -> bytes:
        """The delta as canonical JSON."""
        return canonical(self)

    @classmethod
    def from_json(cls, content: bytes) -> Delta:
        """The delta of `to_json`, with or without an end of line.

        Raises:
            WatchlistError: not a delta, or not in the canonical spelling.
        """
        content = content.removesuffix(b"\n")
        try:
            found = TypeAdapter(cls).validate_json(content)
            found = replace(
                found,
                about=_typed(found.about, Watchlist),
                changed=tuple(
                    replace(entry, fields=_typed(entry.fields, Listing)) for entry in found.changed
                ),
            )
        except (ValidationError, KeyError) as error:
            raise WatchlistError(f"not a delta of a list: {error}") from error
        if found.schema != SCHEMA or canonical(found) != content:
            raise WatchlistError("not the canonical spelling of a delta of a list")
        return found


def delta(old: Watchlist, new: Watchlist) -> Delta:
    """What changed from `old` to `new`.

    Raises:
        WatchlistError: two entries of a list have the same id.
    """
    before, after = _by_id(old), _by_id(new)
    kept = [id_ for id_ in before if id_ in after]
    position = {id_: number for number, id_ in enumerate(after)}
    in_order = _longest_run([position[id_] for id_ in kept])
    return Delta(
        list_id=new.id,
        old=old.snapshot,
        new=new.snapshot,
        about=_differences(old, new, _LIST),
        added=tuple(
            Placed(position[id_], replace(listing, source=""))
            for id_, listing in after.items()
            if id_ not in before
        ),
        removed=tuple(
            replace(listing, source="") for id_, listing in before.items() if id_ not in after
        ),
        changed=tuple(
            Changed(id_, listing.name, found)
            for id_, listing in after.items()
            if id_ in before
            and (found := _differences(_moved_on(before[id_], old, new), listing, _ENTRY))
        ),
        moved=tuple(
            Moved(number, id_)
            for id_, number in position.items()
            if id_ in before and number not in in_order
        ),
    )


def apply(old: Watchlist, change: Delta) -> Watchlist:
    """The new list.

    Raises:
        WatchlistError: the delta does not start from this list, or does not lead where it says.
    """
    if old.snapshot != change.old:
        raise _unfit(change, f"starts from the snapshot {change.old}, not from {old.snapshot}")
    about: dict[str, Any] = {found.field: found.new for found in change.about}
    new = replace(old, **about)
    entries = {id_: _moved_on(listing, old, new) for id_, listing in _by_id(old).items()}
    for gone in change.removed:
        entries.pop(gone.id, None)
    for entry in change.changed:
        values: dict[str, Any] = {found.field: found.new for found in entry.fields}
        if entry.id not in entries:
            raise _unfit(change, f"changes the entry {entry.id}, which is not there")
        entries[entry.id] = replace(entries[entry.id], **values)
    placed: dict[int, Listing] = {item.position: item.listing for item in change.added}
    for item in change.moved:
        if item.id not in entries:
            raise _unfit(change, f"moves the entry {item.id}, which is not there")
        placed[item.position] = entries.pop(item.id)
    whole = replace(new, listings=_filled(placed, list(entries.values())))
    if whole.snapshot != change.new:
        raise _unfit(change, f"leads to the snapshot {whole.snapshot}, not to {change.new}")
    return whole


def _filled(placed: Mapping[int, Listing], others: Sequence[Listing]) -> tuple[Listing, ...]:
    """The placed ones at their positions and the others, in order, around them."""
    rest = iter(others)
    count = len(placed) + len(others)
    found = (placed[n] if n in placed else next(rest, None) for n in range(count))
    return tuple(listing for listing in found if listing is not None)


def _by_id(watchlist: Watchlist) -> dict[str, Listing]:
    found = {listing.id: listing for listing in watchlist.listings}
    if len(found) < len(watchlist.listings):
        counts = Counter(listing.id for listing in watchlist.listings)
        twice = [id_ for id_, count in counts.items() if count > 1]
        raise WatchlistError(f"{watchlist.id} has entries of the same id: {', '.join(twice[:5])}")
    return found


def _moved_on(listing: Listing, old: Watchlist, new: Watchlist) -> Listing:
    """The entry with the day of the new list, where it had that of the old."""
    if listing.published != old.published:
        return listing
    return replace(listing, published=new.published)


def _differences(old: object, new: object, names: Sequence[str]) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return tuple(FieldChange(name, was, is_) for name, was, is_ in pairs if was != is_)


def _longest_run(positions: Sequence[int]) -> frozenset[int]:
    """A longest increasing part of positions that all differ (patience sorting)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for position in positions:
        place = bisect_left(tails, position)
        before[position] = tails[place - 1] if place else None
        tails[place : place + 1] = [position]
    found: list[int] = []
    last = tails[-1] if tails else None
    while last is not None:
        found.append(last)
        last = before[last]
    return frozenset(found)


def _typed(changes: tuple[FieldChange, ...], owner: type) -> tuple[FieldChange, ...]:
    """Changes with values of the types that their fields have."""
    adapters = _adapters(owner)
    return tuple(
        FieldChange(
            change.field,
            adapters[change.field].validate_json(json.dumps(change.old)),
            adapters[change.field].validate_json(json.dumps(change.new)),
        )
        for change in changes
    )


@cache
def _adapters(owner: type) -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(owner)
    names = _LIST if owner is Watchlist else _ENTRY
    return {name: TypeAdapter(hints[name]) for name in names}


def _unfit(change: Delta, what: str) -> WatchlistError:
    return WatchlistError(Problem.at(f"the delta {what}", source=change.list_id, code="watchlist"))
