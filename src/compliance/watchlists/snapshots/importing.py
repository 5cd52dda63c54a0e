"""A copy of a list becomes a snapshot, or is refused with every reason and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance.distribution import ENGINE
from compliance.errors import ComplianceError, InputError, Problem, WatchlistError
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.snapshots import guards
from compliance.watchlists.snapshots.catalogue import Publication, PublishedFile
from compliance.watchlists.snapshots.manifest import (
    Check,
    CheckResult,
    GuardResult,
    Manifest,
    StoredFile,
)
from compliance.watchlists.snapshots.raw_files import Reading, read_files
from compliance.watchlists.snapshots.store import Store, Writer

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Received:
    """One raw file: where its bytes are now, where they came from, what a server said of them.

    `content_type` is None for a file that no server sent now.
    """

    path: Path
    source: str
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """The manifest that is current now, and whether it is new; `previous` is the one before it."""

    manifest: Manifest
    new: bool
    previous: Manifest | None = None


def import_path(
    store: Store,
    publication: Publication,
    path: Path,
    *,
    retrieved_at: datetime,
    accepted: Mapping[str, str] = _NOTHING,
    format: str | None = None,
) -> Imported:
    """Import a list from its file, or from the folder of its files; upper or lower case, or .gz.

    `retrieved_at`, `accepted` and `format` are as for `accept`.

    Raises:
        InputError: a file of the list is not there, or is there twice.
        WatchlistError: refused, with every reason.
    """
    received = {name: Received(file, str(file)) for name, file in _located(publication, path)}
    return accept(
        store,
        publication,
        received,
        retrieved_at=retrieved_at,
        accepted=accepted,
        format=format,
    )


def accept(
    store: Store,
    publication: Publication,
    received: Mapping[str, Received],
    *,
    retrieved_at: datetime,
    accepted: Mapping[str, str] = _NOTHING,
    format: str | None = None,
) -> Imported:
    """Make the files of a list its current snapshot, if every guard lets them.

    `received` has every file of the publication by name. `retrieved_at` is an aware time and is
    written down in whole seconds of UTC. `accepted` maps a guard to the reason why what it finds is
    accepted. `format` replaces the publication's own. The same files again, read the same way, are
    no new snapshot: the check is written down.

    Raises:
        UnknownNameError: an accepted guard that does not exist.
        InputError: the list has no reader.
        WatchlistError: refused, with every reason; the current snapshot stays, the check is kept.
    """
    guards.check_names(accepted)
    form = format_of(publication, format)
    with store.writing() as writer:
        work = _Import(writer, publication, form, whole_seconds(retrieved_at), accepted)
        return work.run(received)


def format_of(publication: Publication, given: str | None) -> str:
    """The format given, or else the publication's own.

    Raises:
        InputError: it has none either.
    """
    form = given or publication.format
    if form is None:
        message = f"no reader is known for {publication.id}: name its format"
        raise InputError(Problem.at(message, code="input"))
    return form


def whole_seconds(time: datetime) -> datetime:
    """An aware time in UTC, in whole seconds.

    Raises:
        ValueError: the time has no zone.
    """
    if time.tzinfo is None:
        raise ValueError("a time of retrieval has a zone")
    return time.astimezone(UTC).replace(microsecond=0)


def _located(publication: Publication, path: Path) -> list[tuple[str, Path]]:
    names = [file.name for file in publication.files]
    if len(names) == 1 and not path.is_dir():
        return [(names[0], path)]
    if not path.is_dir():
        message = f"{publication.id} is a set of files: give the folder of {', '.join(names)}"
        raise InputError(Problem.at(message, source=str(path), code="input"))
    present = sorted(path.iterdir())
    problems: list[Problem] = []
    found: list[tuple[str, Path]] = []
    for name in names:
        wanted = (name.lower(), f"{name.lower()}.gz")
        here = [file for file in present if file.name.lower() in wanted]
        found += [(name, file) for file in here]
        if len(here) != 1:
            several = ", ".join(file.name for file in here)
            message = f"two files for {name}: {several}" if here else f"{name} is missing"
            problems.append(Problem.at(message, source=str(path), code="input"))
    if problems:
        raise InputError(problems)
    return found


@dataclass(frozen=True, slots=True)
class _Import:
    """One import under way."""

    writer: Writer
    publication: Publication
    format: str
    at: datetime
    accepted: Mapping[str, str]

    def run(self, received: Mapping[str, Received]) -> Imported:
        current = self.writer.store.manifest(self.publication.id)
        try:
            files = self._staged(received)
            if current is not None and self._same(current, files):
                self._record("unchanged")
                return Imported(current, new=False)
            manifest = self._judged(files, received, current)
        except ComplianceError as error:
            self._record("refused", tuple(map(str, error.problems)))
            raise
        self.writer.publish(manifest)
        self._record("imported")
        return Imported(manifest, new=True, previous=current)

    def _staged(self, received: Mapping[str, Received]) -> tuple[StoredFile, ...]:
        files = []
        for file in self.publication.files:
            given = received[file.name]
            found = self.writer.stage(given.path, file.name, file.maximum_bytes)
            files.append(
                StoredFile(file.name, *found, given.source, given.etag, given.last_modified)
            )
        return tuple(files)

    def _same(self, current: Manifest, files: tuple[StoredFile, ...]) -> bool:
        """Whether the current snapshot is of these files, read this way, and sound."""
        wanted = (self.format, ENGINE, self.publication.stale_after_days)
        read_as = (current.format, current.engine, current.stale_after_days)
        if read_as != wanted or _hashes(current.files) != _hashes(files):
            return False
        try:
            self.writer.store.read(current)
        except ComplianceError:
            return False  # a new import of the same files mends it
        return True

    def _laid_out(self, file: PublishedFile) -> PublishedFile:
        """The file without the columns of another format than the one it is read in."""
        return file if self.format == self.publication.format else replace(file, columns=())

    def _judged(
        self,
        files: tuple[StoredFile, ...],
        received: Mapping[str, Received],
        current: Manifest | None,
    ) -> Manifest:
        found: dict[str, list[str]] = {}
        problems: list[Problem] = []
        for file in self.publication.files:
            path = self.writer.staging / file.name
            try:
                seen = guards.file_reasons(
                    self._laid_out(file), path, received[file.name].content_type
                )
            except WatchlistError as error:
                problems += error.problems
                continue
            for name, reasons in seen.items():
                found.setdefault(name, []).extend(reasons)
        read: tuple[Watchlist, bool] | None = None
        if not problems:
            try:
                read = self._read(files, current)
            except ComplianceError as error:
                problems += error.problems
        if read is not None:
            old, unread = self._old(current)
            found |= {"previous": unread} if current is not None else {}
            found |= guards.content_reasons(self.publication.guards, read[0], old, self.at.date())
        results = guards.results(found, self.accepted)
        problems += [
            Problem.at(reason, source=self.publication.id, path=result.name, code="watchlist")
            for result in results
            if result.refuses
            for reason in result.reasons
        ]
        if problems or read is None:
            raise WatchlistError(problems)
        return self._manifest(files, read, results, current)

    def _read(
        self, files: tuple[StoredFile, ...], current: Manifest | None
    ) -> tuple[Watchlist, bool]:
        names = [file.name for file in files]
        reading = Reading(
            self.publication.id,
            self.format,
            self._undated(files, current),
            self.publication.stale_after_days,
        )
        return read_files(self.writer.staging, names, reading)

    def _undated(self, files: tuple[StoredFile, ...], current: Manifest | None) -> date:
        """The day of a list whose files hold none: that of their first retrieval."""
        if current is not None and _hashes(current.files) == _hashes(files):
            return current.published
        return self.at.date()

    def _old(self, current: Manifest | None) -> tuple[Watchlist | None, list[str]]:
        """The current snapshot as this engine reads it, or why it cannot be read."""
        if current is None:
            return None, []
        try:
            return self.writer.store.reread(current), []
        except ComplianceError as error:
            return None, [str(problem) for problem in error.problems]

    def _manifest(
        self,
        files: tuple[StoredFile, ...],
        read: tuple[Watchlist, bool],
        results: tuple[GuardResult, ...],
        current: Manifest | None,
    ) -> Manifest:
        watchlist, dated = read
        return Manifest(
            list_id=self.publication.id,
            format=self.format,
            engine=ENGINE,
            retrieved_at=self.at,
            files=files,
            published=watchlist.published or self.at.date(),
            dated_by="publisher" if dated else "retrieval",
            stale_after_days=watchlist.stale_after_days,
            entries=len(watchlist.listings),
            snapshot=watchlist.snapshot,
            guards=results,
            previous=None if current is None else current.id,
        )

    def _record(self, result: CheckResult, reasons: tuple[str, ...] = ()) -> None:
        record(self.writer, self.publication.id, self.at, result, reasons)


def record(
    writer: Writer,
    list_id: str,
    at: datetime,
    result: CheckResult,
    reasons: tuple[str, ...] = (),
) -> None:
    """Write a check down; a refused or failed one does not confirm the current snapshot."""
    confirmed: datetime | None = at
    if result in ("refused", "failed"):
        before = writer.store.check(list_id)
        confirmed = before.confirmed_at if before else None
    writer.record(list_id, Check(at, result, reasons, confirmed))


def _hashes(files: tuple[StoredFile, ...]) -> list[tuple[str, str]]:
    return [(file.name, file.sha256) for file in files]
