"""How each list of a store stands on a day, from its manifests alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.errors import Problem, UnknownNameError
from compliance.watchlists.snapshots.manifest import Check, Manifest
from compliance.watchlists.snapshots.store import Store


@dataclass(frozen=True, slots=True)
class ListStatus:
    """The current snapshot of a list on a day, as its manifest tells; and the last check.

    `age_days` counts from `published`, and is negative on earlier days.
    """

    manifest: Manifest
    age_days: int
    stale: bool
    check: Check | None


def status(store: Store, as_of: date, ids: Sequence[str] = ()) -> tuple[ListStatus, ...]:
    """The lists of the store, or these of them, in order of ids.

    Raises:
        UnknownNameError: one that was asked for has no snapshot.
        WatchlistError: a manifest is broken.
    """
    found = []
    missing = []
    for list_id in sorted(set(ids)) or store.ids():
        manifest = store.manifest(list_id)
        if manifest is None:
            missing.append(Problem.at(f"no snapshot of {list_id!r}", code="unknown_name"))
            continue
        age = (as_of - manifest.published).days
        limit = manifest.stale_after_days
        stale = limit is not None and age > limit
        found.append(ListStatus(manifest, age, stale, store.check(list_id)))
    if missing:
        raise UnknownNameError(missing)
    return tuple(found)
