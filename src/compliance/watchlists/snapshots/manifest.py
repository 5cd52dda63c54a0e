"""What a store writes down: the manifest of a snapshot, and the last check of a list.

Both are canonical JSON. A manifest is immutable and named by the SHA-256 of its bytes; it names the
one before it, so that the history of a list is a chain in which nothing can be exchanged unseen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from compliance.errors import Problem, WatchlistError
from compliance.model.canonical import canonical

SCHEMA: Final = 1
CheckResult = Literal["imported", "unchanged", "refused", "failed"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A raw file as it was received, under the name that its list gives it.

    `source` is the address or path it came from; `etag` and `last_modified` are what its server
    said, word for word, for the next conditional request.
    """

    name: str
    sha256: str
    size: int
    source: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class GuardResult:
    """What one guard found: nothing, or its reasons to refuse, and why a person accepted them."""

    name: str
    reasons: tuple[str, ...] = ()
    accepted: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether the guard has a reason that nobody accepted."""
        return bool(self.reasons) and self.accepted is None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot of one list: the files, how they were read, and what was found.

    `published` is the day of the list; `dated_by` says whether the publisher's file gave it or, for
    files without a date, the day of retrieval stands in. `snapshot` is `Watchlist.snapshot` of the
    content as read by `engine`; `previous` is the id of the manifest before.
    """

    list_id: str
    format: str
    engine: str
    retrieved_at: datetime
    files: tuple[StoredFile, ...]
    published: date
    dated_by: Literal["publisher", "retrieval"]
    stale_after_days: int | None
    entries: int
    snapshot: str
    guards: tuple[GuardResult, ...]
    previous: str | None
    schema: int = SCHEMA

    @property
    def id(self) -> str:
        """The SHA-256, in hex, of the manifest's own bytes."""
        return hashlib.sha256(canonical(self)).hexdigest()


@dataclass(frozen=True, slots=True)
class Check:
    """The last time somebody asked for a newer copy of a list, and what came of it.

    `confirmed_at` is the last time that the current snapshot was found to be the publisher's.
    """

    at: datetime
    result: CheckResult
    reasons: tuple[str, ...] = ()
    confirmed_at: datetime | None = None


def parsed(kind: type[T], content: bytes, source: str) -> T:
    """A manifest or a check from its bytes; only canonical JSON is taken.

    Raises:
        WatchlistError: not JSON of this layout, or not in the canonical spelling.
    """
    try:
        value = TypeAdapter(kind).validate_json(content)
    except ValidationError as error:
        problems = [
            Problem.at(
                found["msg"],
                source=source,
                path=".".join(map(str, found["loc"])),
                code="watchlist",
            )
            for found in error.errors(include_url=False)
        ]
        raise WatchlistError(problems) from error
    if canonical(value) != content:
        message = "not the canonical spelling of what it says"
        raise WatchlistError(Problem.at(message, source=source, code="watchlist"))
    return value
