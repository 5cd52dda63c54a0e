"""A list from its publisher's addresses into a store: asked for if newer, then imported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from compliance.distribution import ENGINE, installation
from compliance.errors import ComplianceError, InputError, Problem
from compliance.watchlists.snapshots import guards
from compliance.watchlists.snapshots.catalogue import Publication, PublishedFile
from compliance.watchlists.snapshots.importing import (
    Imported,
    Received,
    accept,
    format_of,
    record,
    whole_seconds,
)
from compliance.watchlists.snapshots.manifest import Manifest, StoredFile
from compliance.watchlists.snapshots.network import Network
from compliance.watchlists.snapshots.store import Store

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def fetch(
    store: Store,
    publication: Publication,
    network: Network,
    *,
    retrieved_at: datetime,
    urls: Mapping[str, str] = _NOTHING,
    accepted: Mapping[str, str] = _NOTHING,
    format: str | None = None,
) -> Imported:
    """Fetch the files of a list that changed and import them; `urls` replaces addresses by file.

    `retrieved_at`, `accepted` and `format` are as for `importing.accept`. Where the publisher says
    that no file changed, the check is written down and the current snapshot stays.

    Raises:
        InputError: a file has no known address, the list no reader; the extra is not installed.
        UnknownNameError: an address for a file that the list does not have; a guard that is none.
        WatchlistError: not got, or refused, with every reason; the current snapshot stays.
    """
    guards.check_names(accepted)
    addresses = _addresses(publication, urls)
    form = format_of(publication, format)
    known = _reusable(store, store.manifest(publication.id), form, addresses)
    at = whole_seconds(retrieved_at)
    with TemporaryDirectory(prefix="compliance-") as folder:
        try:
            received = {
                file.name: _received(
                    file,
                    addresses[file.name],
                    known.get(file.name),
                    Path(folder) / file.name,
                    network,
                    any_type="content_type" in accepted,
                )
                for file in publication.files
            }
        except ComplianceError as error:
            with store.writing() as writer:
                reasons = tuple(map(str, error.problems))
                record(writer, publication.id, at, "failed", reasons)
            raise
        whole = {name: found or _kept(store, known[name]) for name, found in received.items()}
        return accept(store, publication, whole, retrieved_at=at, accepted=accepted, format=form)


def _addresses(publication: Publication, urls: Mapping[str, str]) -> dict[str, str]:
    for name in urls:
        publication.file(name)
    found = {file.name: urls.get(file.name) or file.url for file in publication.files}
    problems = [
        Problem.at(
            f"no address is known for {name} of {publication.id}",
            hint=f"give one, or import the file; {publication.page}",
            code="input",
        )
        for name, url in found.items()
        if url is None
    ]
    if problems:
        raise InputError(problems)
    return {name: url for name, url in found.items() if url is not None}


def _reusable(
    store: Store,
    current: Manifest | None,
    form: str,
    addresses: Mapping[str, str],
) -> dict[str, StoredFile]:
    """The files of the current snapshot that a server may call unchanged: whole, same address."""
    if current is None or (current.engine, current.format) != (ENGINE, form):
        return {}
    return {
        file.name: file
        for file in current.files
        if addresses.get(file.name) == file.source and not store.defect(file)
    }


def _received(
    file: PublishedFile,
    url: str,
    known: StoredFile | None,
    into: Path,
    network: Network,
    *,
    any_type: bool,
) -> Received | None:
    """One file; None where its publisher says that it has not changed."""
    try:
        from compliance.watchlists.snapshots import transport  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = f"fetching needs the extra: {installation('fetch')}"
        raise InputError(Problem.at(message, code="input")) from error
    request = transport.Request(
        url,
        () if any_type else file.content_types,
        file.maximum_bytes,
        known.etag if known else None,
        known.last_modified if known else None,
    )
    answer = transport.download(request, into, network)
    if not answer.changed:
        return None
    return Received(into, url, answer.etag, answer.last_modified, answer.content_type)


def _kept(store: Store, file: StoredFile) -> Received:
    return Received(store.object(file.sha256), file.source, file.etag, file.last_modified)
