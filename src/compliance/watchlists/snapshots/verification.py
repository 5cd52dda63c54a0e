"""Whether a store still is what was written: every hash counted again, every history followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import ComplianceError, Problem
from compliance.watchlists.snapshots.store import HASH, Store, digest


@dataclass(frozen=True, slots=True)
class Verified:
    """How many of each were looked at, and every defect that was found, sorted."""

    lists: int
    manifests: int
    objects: int
    problems: tuple[Problem, ...]


def verify(store: Store) -> Verified:
    """Look at all that a store holds; the current lists are read again from their raw files."""
    objects = sorted((store.path / "objects").glob("*"))
    folders = sorted(path for path in (store.path / "lists").glob("*") if path.is_dir())
    manifests = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    manifests = [path for path in manifests if path.name != "check.json"]
    problems: set[Problem] = set()
    for path in objects:
        problems.update(_object(path))
    for path in manifests:
        problems.update(_manifest(store, path))
    for folder in folders:
        problems.update(_list(store, folder.name))
    return Verified(len(folders), len(manifests), len(objects), tuple(sorted(problems)))


def _object(path: Path) -> Iterator[Problem]:
    try:
        sound = HASH.fullmatch(path.name) is not None and digest(path)[0] == path.name
    except OSError as error:
        yield Problem.at(f"cannot be read: {error.strerror or error}", source=str(path))
        return
    if not sound:
        message = "was changed: its hash is not its name"
        yield Problem.at(message, source=str(path), code="watchlist")


def _manifest(store: Store, path: Path) -> Iterator[Problem]:
    try:
        manifest = store.manifest_of(path.parent.name, path.stem)
    except ComplianceError as error:
        yield from error.problems
        return
    for file in manifest.files:
        if defect := store.defect(file):
            yield Problem.at(defect, source=str(path), code="watchlist")


def _list(store: Store, list_id: str) -> Iterator[Problem]:
    try:
        store.check(list_id)
    except ComplianceError as error:
        yield from error.problems
    try:
        if store.history(list_id):
            store.current(list_id)
    except ComplianceError as error:
        yield from error.problems
