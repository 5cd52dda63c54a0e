"""Snapshots of lists on disk: raw files by hash, manifests by hash, one pointer a list.

    objects/<sha256>                 a raw file as received
    lists/<list-id>/<sha256>.json    a manifest (manifest.py); the name is its own hash
    lists/<list-id>/current          the id of the current manifest
    lists/<list-id>/check.json       the last check
    lock, staging/                   for one writer at a time

Nothing under a hash is ever changed or removed. A file is written beside its place, flushed to the
disk and renamed, the pointer last: a crash at any moment leaves the old snapshot or the new one.
Writers exclude each other by a lock on a file (POSIX); readers need none.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from compliance.distribution import ENGINE
from compliance.errors import Problem, UnknownNameError, WatchlistError
from compliance.model.canonical import canonical
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.own_list import suggestion
from compliance.watchlists.snapshots.catalogue import LIST_ID
from compliance.watchlists.snapshots.manifest import Check, Manifest, StoredFile, parsed
from compliance.watchlists.snapshots.raw_files import Reading, read_files

HASH: Final = re.compile(r"[0-9a-f]{64}")
_BLOCK: Final = 1 << 20
_SHORTEST: Final = 6


class Store:
    """A folder of snapshots; it need not exist before the first import."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def ids(self) -> tuple[str, ...]:
        """The lists that have a current snapshot, sorted."""
        return tuple(sorted(place.parent.name for place in self.path.glob("lists/*/current")))

    def manifest(self, list_id: str) -> Manifest | None:
        """The manifest of the current snapshot; None where the list has none.

        Raises:
            WatchlistError: the pointer or the manifest is broken.
        """
        pointer = self.folder(list_id) / "current"
        try:
            text = pointer.read_text("ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _broken(pointer, f"cannot be read: {error}") from error
        if not HASH.fullmatch(text):
            raise _broken(pointer, "is not the id of a manifest")
        return self.manifest_of(list_id, text)

    def manifest_of(self, list_id: str, manifest_id: str) -> Manifest:
        """A manifest by its id.

        Raises:
            WatchlistError: it is not there, or is not what its name says.
        """
        path = self.folder(list_id) / f"{manifest_id}.json"
        content = _content(path)
        if hashlib.sha256(content).hexdigest() != manifest_id:
            raise _broken(path, "was changed: its hash is not its name")
        found = parsed(Manifest, content, str(path))
        if found.list_id != list_id:
            raise _broken(path, f"is of the list {found.list_id}")
        return found

    def history(self, list_id: str) -> tuple[Manifest, ...]:
        """The current manifest, then each one before it; empty where the list has none.

        Raises:
            WatchlistError: one of them is broken or missing.
        """
        found: list[Manifest] = []
        manifest = self.manifest(list_id)
        while manifest is not None:  # ends: a manifest holds the hash of the one before
            found.append(manifest)
            before = manifest.previous
            manifest = None if before is None else self.manifest_of(list_id, before)
        return tuple(found)

    def find(self, list_id: str, snapshot: str) -> Manifest:
        """The newest manifest whose snapshot begins with these hex digits, at least six.

        Raises:
            UnknownNameError: none does, or snapshots that differ do.
        """
        history = self.history(list_id)
        found = [manifest for manifest in history if manifest.snapshot.startswith(snapshot)]
        if len(snapshot) < _SHORTEST or len({manifest.snapshot for manifest in found}) != 1:
            known = suggestion(snapshot, [manifest.snapshot for manifest in history] or ["none"])
            message = f"{list_id} has no one snapshot {snapshot!r}"
            raise UnknownNameError(Problem.at(message, hint=known, code="unknown_name"))
        return found[0]

    def check(self, list_id: str) -> Check | None:
        """The last check of a list; None where there was none.

        Raises:
            WatchlistError: it is broken.
        """
        path = self.folder(list_id) / "check.json"
        return parsed(Check, _content(path), str(path)) if path.exists() else None

    def current(self, list_id: str) -> Watchlist:
        """The current list, read again from its raw files, every hash checked.

        Raises:
            UnknownNameError: the store has no snapshot of it.
            WatchlistError: a file is missing or changed, or does not read as it did.
        """
        manifest = self.manifest(list_id)
        if manifest is None:
            message = f"no snapshot of {list_id!r} in {self.path}"
            hint = suggestion(list_id, self.ids() or ("none",))
            raise UnknownNameError(Problem.at(message, hint=hint, code="unknown_name"))
        return self.read(manifest)

    def read(self, manifest: Manifest) -> Watchlist:
        """The list of a manifest, read again from its raw files, every hash checked.

        Raises:
            WatchlistError: a file is missing or changed, or does not read as it did.
        """
        found = self.reread(manifest)
        if found.snapshot != manifest.snapshot:
            message = f"{manifest.list_id} reads otherwise than when it was imported"
            hint = f"it was read by {manifest.engine}, this is {ENGINE}: import it again"
            raise WatchlistError(Problem.at(message, hint=hint, code="watchlist"))
        return found

    def reread(self, manifest: Manifest) -> Watchlist:
        """What this engine reads from the raw files of a manifest, their hashes checked.

        Raises:
            ComplianceError: a file is missing or changed, or is refused by the reader.
        """
        for file in manifest.files:
            if defect := self.defect(file):
                raise WatchlistError(Problem.at(defect, source=manifest.list_id, code="watchlist"))
        names = [file.name for file in manifest.files]
        reading = Reading(
            manifest.list_id, manifest.format, manifest.published, manifest.stale_after_days
        )
        with TemporaryDirectory(prefix="compliance-") as folder:
            for file in manifest.files:
                (Path(folder) / file.name).symlink_to(self.object(file.sha256).resolve())
            return read_files(Path(folder), names, reading)[0]

    def object(self, sha256: str) -> Path:
        """Where the raw file of a hash is."""
        return self.path / "objects" / sha256

    def defect(self, file: StoredFile) -> str:
        """What is wrong with a raw file: missing or changed; "" where nothing is."""
        try:
            found = digest(self.object(file.sha256))
        except OSError as error:
            return f"{file.name}: the raw file {file.sha256} is gone: {error.strerror or error}"
        if found != (file.sha256, file.size):
            return f"{file.name}: the raw file {file.sha256} was changed"
        return ""

    def folder(self, list_id: str) -> Path:
        """The folder of a list.

        Raises:
            UnknownNameError: it cannot be the id of a list.
        """
        if not LIST_ID.fullmatch(list_id):
            message = f"{list_id!r} is not the id of a list"
            raise UnknownNameError(Problem.at(message, code="unknown_name"))
        return self.path / "lists" / list_id

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writer of this store; others wait.

        Raises:
            WatchlistError: the folder cannot be written.
        """
        import fcntl  # noqa: PLC0415 - POSIX; what only reads does without

        try:
            for folder in (self.path, self.path / "objects", self.path / "lists"):
                folder.mkdir(parents=True, exist_ok=True)
            with (self.path / "lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # released when the file is closed, or we die
                writer = Writer(self)
                try:
                    yield writer
                finally:
                    writer.clear()
        except OSError as error:
            place = str(error.filename or self.path)
            message = error.strerror or str(error)
            raise WatchlistError(Problem.at(message, source=place, code="watchlist")) from error


class Writer:
    """Writes into a store while it holds the lock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.staging = store.path / "staging"
        self.clear()  # what a killed writer left
        self.staging.mkdir()

    def clear(self) -> None:
        """Remove the staging folder and what is in it."""
        if self.staging.exists():
            shutil.rmtree(self.staging)

    def stage(self, given: Path, name: str, maximum: int) -> tuple[str, int]:
        """Copy a file into the staging folder; its SHA-256 and its size.

        Raises:
            WatchlistError: it holds more than `maximum` bytes.
        """
        size, hashed = 0, hashlib.sha256()
        with given.open("rb") as source, (self.staging / name).open("wb") as copy:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > maximum:
                    message = f"larger than {maximum} bytes"
                    raise WatchlistError(Problem.at(message, source=str(given), code="watchlist"))
                hashed.update(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        return hashed.hexdigest(), size

    def publish(self, manifest: Manifest) -> None:
        """Keep the staged files of a manifest, then the manifest, then point to it."""
        for file in manifest.files:
            (self.staging / file.name).replace(self.store.object(file.sha256))
        _settle(self.store.path / "objects")
        folder = self.store.folder(manifest.list_id)
        folder.mkdir(exist_ok=True)
        _settle(folder.parent)
        _write(folder / f"{manifest.id}.json", canonical(manifest))
        _write(folder / "current", f"{manifest.id}\n".encode())

    def record(self, list_id: str, check: Check) -> None:
        """Write the last check of a list down."""
        folder = self.store.folder(list_id)
        folder.mkdir(exist_ok=True)
        _write(folder / "check.json", canonical(check))


def digest(path: Path) -> tuple[str, int]:
    """The SHA-256, in hex, and the size of a file."""
    size, hashed = 0, hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            hashed.update(block)
    return hashed.hexdigest(), size


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)  # noqa: PTH105 - atomic, and named as such
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _broken(path, f"cannot be read: {error.strerror or error}") from error


def _broken(path: Path, what: str) -> WatchlistError:
    return WatchlistError(Problem.at(what, source=str(path), code="watchlist"))
