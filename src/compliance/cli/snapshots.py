"""What `lists import`, `fetch`, `status`, `diff` and `verify` print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from compliance.cli.decisions import pretty
from compliance.cli.terminal import complain, table, width, write, write_bytes
from compliance.errors import Problem, UnknownNameError, WatchlistError
from compliance.explain.escape_control import wrapped
from compliance.model.canonical import plain
from compliance.watchlists.listing import Listing
from compliance.watchlists.snapshots import (
    Delta,
    Imported,
    ListStatus,
    Manifest,
    Store,
    Verified,
    delta,
)

_SHOWN = 12


def show_imported(store: Store, found: Imported) -> None:
    """One list: what is current now, and how many entries came and went."""
    manifest = found.manifest
    text = f"{_named(manifest)}: {'new' if found.new else 'unchanged'}, {_told(manifest)}"
    lines = wrapped(text, width(), "", "  ")
    for result in manifest.guards if found.new else ():
        if result.accepted is not None:
            for reason in result.reasons:
                said = f"accepted, {result.name}: {reason} ({result.accepted})"
                lines += wrapped(said, width(), "  ", "  ")
    if found.new and found.previous is not None:
        lines += wrapped(_since(store, found.previous, manifest), width(), "  ", "  ")
    write("".join(f"{line}\n" for line in lines))


def _since(store: Store, before: Manifest, now: Manifest) -> str:
    try:
        change = delta(store.reread(before), store.read(now))
    except WatchlistError as error:
        return f"not compared with the snapshot before: {error}"
    return f"since {before.published}: {_counts(change)}"


def _counts(change: Delta) -> str:
    return (
        f"{len(change.added)} added, {len(change.removed)} removed, {len(change.changed)} changed"
    )


def _named(manifest: Manifest) -> str:
    return f"{manifest.list_id} {manifest.snapshot[:_SHOWN]}"


def _told(manifest: Manifest) -> str:
    day = "published" if manifest.dated_by == "publisher" else "undated, taken as of"
    return f"{manifest.entries} entries, {day} {manifest.published}"


def show_status(
    store: Store,
    found: Sequence[ListStatus],
    known: Sequence[str],
    as_of: date,
    *,
    history: bool,
    as_json: bool,
) -> None:
    """The lists on a day, and which of the known ones the store does not hold."""
    missing = sorted(set(known) - {line.manifest.list_id for line in found})
    if as_json:
        value = {
            "as_of": as_of.isoformat(),
            "store": str(store.path),
            "lists": [_plain(store, line, history=history) for line in found],
            "not_held": missing,
        }
        write_bytes(pretty(value))
        return
    rows = [row for line in found for row in _rows(store, line, history=history)]
    headings = ("list", "snapshot", "published", "retrieved", "entries", "age", "last check")
    write(table(headings, rows) if rows else f"no snapshots in {store.path}\n")
    if missing:
        text = f"not held: {', '.join(missing)}"
        write("".join(f"{line}\n" for line in wrapped(text, width(), "", "  ")))


def _rows(store: Store, line: ListStatus, *, history: bool) -> Iterator[tuple[str, ...]]:
    manifest, check = line.manifest, line.check
    age = f"{line.age_days} days" + (", stale" if line.stale else "")
    last = "" if check is None else f"{check.at:%Y-%m-%d} {check.result}"
    yield (manifest.list_id, *_cells(manifest), age, last)
    for earlier in store.history(manifest.list_id)[1:] if history else ():
        yield (manifest.list_id, *_cells(earlier), "earlier", "")


def _cells(manifest: Manifest) -> tuple[str, ...]:
    published = str(manifest.published) if manifest.dated_by == "publisher" else "not dated"
    retrieved = f"{manifest.retrieved_at:%Y-%m-%d}"
    return (manifest.snapshot[:_SHOWN], published, retrieved, str(manifest.entries))


def _plain(store: Store, line: ListStatus, *, history: bool) -> dict[str, Any]:
    value = {
        "manifest": {**plain(line.manifest), "id": line.manifest.id},
        "age_days": line.age_days,
        "stale": line.stale,
        "check": plain(line.check),
    }
    if history:
        earlier = store.history(line.manifest.list_id)[1:]
        value["earlier"] = [{**plain(manifest), "id": manifest.id} for manifest in earlier]
    return value


def compared(store: Store, list_id: str, old: str | None, new: str | None) -> Delta:
    """The delta between two snapshots of a list; by default from the one before to the current.

    Raises:
        UnknownNameError: there is no such snapshot, or only one.
        WatchlistError: one of them cannot be read.
    """
    history = store.history(list_id)
    if not history or (old is None and len(history) < 2):
        count = "one snapshot only" if history else "no snapshot"
        message = f"{count} of {list_id!r} in {store.path}"
        raise UnknownNameError(Problem.at(message, code="unknown_name"))
    before = store.find(list_id, old) if old else history[1]
    after = store.find(list_id, new) if new else history[0]
    return delta(store.read(before), store.read(after))


def show_delta(change: Delta, *, as_json: bool) -> None:
    """A delta: counts, then each entry on lines of its own, with the fields that differ."""
    if as_json:
        write_bytes(change.to_json() + b"\n")
        return
    lines = wrapped(
        f"{change.list_id}: {change.old[:_SHOWN]} to {change.new[:_SHOWN]}: {_counts(change)}"
        + (f", {len(change.moved)} moved" if change.moved else ""),
        width(),
    )
    for indent, text in _told_of(change):
        lines += wrapped(text, width(), "  " * indent, "    ")
    write("".join(f"{line}\n" for line in lines))


def _told_of(change: Delta) -> Iterator[tuple[int, str]]:
    for field in change.about:
        yield 1, f"list {field.field}: {_said(field.old)} -> {_said(field.new)}"
    for placed in change.added:
        yield 1, f"+ {_entry(placed.listing)}"
    for listing in change.removed:
        yield 1, f"- {_entry(listing)}"
    for entry in change.changed:
        yield 1, f"~ {entry.id} {entry.name}"
        for field in entry.fields:
            yield 3, f"{field.field}: {_said(field.old)} -> {_said(field.new)}"


def _entry(listing: Listing) -> str:
    return f"{listing.id} {listing.name} ({listing.kind})"


def _said(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "; ".join(map(_said, value)) or "nothing"
    if hasattr(value, "scheme"):
        return f"{value.scheme} {value.value}"
    if hasattr(value, "what"):
        return f"{value.what} {value.day}"
    return "nothing" if value is None else str(value)


def show_verified(found: Verified) -> int:
    """Every defect on standard error, a summary; 2 when there is a defect."""
    if found.problems:
        complain(WatchlistError(found.problems))
    counts = (
        (found.lists, "list"),
        (found.manifests, "snapshot"),
        (found.objects, "raw file"),
    )
    looked_at = ", ".join(_number(count, noun) for count, noun in counts)
    write(f"{looked_at}: {_number(len(found.problems), 'defect')}\n")
    return 2 if found.problems else 0


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}" + ("" if count == 1 else "s")
