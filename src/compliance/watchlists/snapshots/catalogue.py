"""The lists this library knows how to keep: `rules/data/lists/<list-id>.yaml`, one file a list.

Each says who publishes the list, in which format, in which files and where, when it is stale, and
what a new copy must satisfy before it replaces the old one. What was not checked at the source is
named under `unverified`. Strict: every defect of every file, with line and column.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, StringConstraints

from compliance.errors import Problem, UnknownNameError
from compliance.tables import Findings
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Document, Path_, dotted, walk
from compliance.watchlists.formats import READERS
from compliance.watchlists.listing import Listing
from compliance.watchlists.own_list import suggestion

FOLDER: Final = "data/lists"
SCHEMA: Final = 1
LIST_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", re.ASCII)
_STRICT: Final = ConfigDict(extra="forbid", arbitrary_types_allowed=False)
_TESTABLE: Final = frozenset(field.name for field in fields(Listing)) - {"id", "list_id", "source"}

Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Fraction = Annotated[Decimal, Field(strict=True, ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a list as its publisher offers it.

    `url` is None where none is known. `content_types` are the media types its server may call it;
    `columns` are those its header must have, parted by `delimiter`; none where it has no header.
    `maximum_bytes` is the most it may hold, as sent and decompressed.
    """

    __pydantic_config__ = _STRICT

    name: Text
    url: Text | None
    content_types: tuple[Text, ...]
    maximum_bytes: Positive
    encoding: Text = "utf-8"
    columns: tuple[Text, ...] = ()
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","


@dataclass(frozen=True, slots=True)
class Sentinel:
    """An entry that a whole copy of the list always has: by id, by name, or one entry with both."""

    __pydantic_config__ = _STRICT

    id: Text | None = None
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class Guards:
    """What a copy must satisfy. Shares are exact decimals from 0 to 1.

    `largest_share_vanished` is of the entries of the snapshot before; `smallest_share_filled` is,
    for a field of `Listing`, of the entries that say something there. Those changed, shortened and
    emptied are of the entries in both. `constituents`: a list of lists, whose sources are compared
    one by one.
    """

    __pydantic_config__ = _STRICT

    minimum_entries: Count
    maximum_entries: Positive
    largest_share_vanished: Fraction
    smallest_share_filled: Mapping[str, Fraction]
    sentinels: tuple[Sentinel, ...]
    largest_share_changed: Fraction = Decimal("0.30")
    largest_share_shortened: Fraction = Decimal("0.02")
    largest_share_emptied: Fraction = Decimal("0.15")
    constituents: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """A list as its publisher offers it. `page` tells people of it; `licence` is for its copies.

    `format` is a name of `watchlists.formats`, None where no reader is known. `unverified` are the
    dotted paths of what was not checked at the source.
    """

    __pydantic_config__ = _STRICT

    schema: Annotated[int, Field(strict=True, ge=SCHEMA, le=SCHEMA)]
    id: Text
    title: Text
    publisher: Text
    page: Text
    licence: Text
    format: Text | None
    files: tuple[PublishedFile, ...]
    guards: Guards
    stale_after_days: Positive
    unverified: tuple[Text, ...] = ()
    note: str = ""

    def file(self, name: str) -> PublishedFile:
        """The file of a name.

        Raises:
            UnknownNameError: the list has no file of that name.
        """
        for file in self.files:
            if file.name == name:
                return file
        hint = suggestion(name, [file.name for file in self.files])
        message = f"{self.id} has no file {name!r}"
        raise UnknownNameError(Problem.at(message, hint=hint, code="unknown_name"))


def catalogue(rules: Path | None = None) -> Mapping[str, Publication]:
    """Every list of a rule folder (the shipped one), by id, in order of ids.

    Raises:
        ReferenceDataError: every defect of every file, with line and column.
    """
    findings = Findings()
    found: dict[str, Publication] = {}
    for path in sorted(((rules or rules_path()) / FOLDER).glob("*.yaml")):
        read = findings.read(path, Publication)
        if read is None:
            continue
        document, publication = read
        for place, message, hint in _defects(publication, path.stem, document):
            findings.report(document, place, message, hint=hint)
        found[publication.id] = publication
    findings.settle()
    return found


def publication(list_id: str, rules: Path | None = None) -> Publication:
    """One list of the catalogue.

    Raises:
        UnknownNameError: the catalogue does not have it.
        ReferenceDataError: as `catalogue`.
    """
    known = catalogue(rules)
    if list_id not in known:
        message, hint = f"no list {list_id!r} in the catalogue", suggestion(list_id, known)
        raise UnknownNameError(Problem.at(message, hint=hint, code="unknown_name"))
    return known[list_id]


def _defects(found: Publication, stem: str, document: Document) -> Iterator[tuple[Path_, str, str]]:
    """Path, message and hint of what types alone do not tell."""
    if not LIST_ID.fullmatch(found.id) or found.id != stem:
        yield ("id",), f"{found.id!r} is not the file's name, in small letters", ""
    if found.format is not None and found.format not in READERS:
        hint = suggestion(found.format, READERS)
        yield ("format",), f"unknown watchlist format {found.format!r}", hint
    yield from _file_defects(found)
    guards = found.guards
    if guards.minimum_entries > guards.maximum_entries:
        yield ("guards", "minimum_entries"), "more than maximum_entries", ""
    for field in sorted(guards.smallest_share_filled.keys() - _TESTABLE):
        place = ("guards", "smallest_share_filled", field)
        yield place, f"entries have no field {field!r}", suggestion(field, _TESTABLE)
    for number, sentinel in enumerate(guards.sentinels):
        if sentinel.id is None and sentinel.name is None:
            yield ("guards", "sentinels", number), "neither id nor name", ""
    paths = {dotted(place) for place, _ in walk(document.value)}
    for number, named in enumerate(found.unverified):
        if named not in paths:
            yield ("unverified", number), f"the file has no {named!r}", ""


def _file_defects(found: Publication) -> Iterator[tuple[Path_, str, str]]:
    if not found.files:
        yield ("files",), "a list has a file", ""
    seen: set[str] = set()
    for number, file in enumerate(found.files):
        place = ("files", number)
        if not _FILE_NAME.fullmatch(file.name):
            yield (*place, "name"), f"{file.name!r} is not a plain file name", ""
        if file.name.lower() in seen:
            yield (*place, "name"), f"{file.name!r} twice", ""
        seen.add(file.name.lower())
        if file.url is not None and not _address(file.url):
            yield (*place, "url"), f"{file.url!r} is not an https address", ""
        try:
            codecs.lookup(file.encoding)
        except LookupError:
            yield (*place, "encoding"), f"unknown encoding {file.encoding!r}", ""


def _address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and parts.username is None
