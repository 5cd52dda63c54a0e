"""What a copy of a list must satisfy before it becomes current, and every reason why it does not.

Guards never repair: they refuse, and the old snapshot stays. A person may accept what one guard
found, with a reason that is kept in the manifest. What cannot be read at all has no guard.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance.errors import Problem, UnknownNameError
from compliance.names import normalize
from compliance.watchlists.list_file import read_bytes
from compliance.watchlists.listing import Listing, Watchlist
from compliance.watchlists.own_list import suggestion
from compliance.watchlists.snapshots import previous
from compliance.watchlists.snapshots.catalogue import Guards, PublishedFile, Sentinel
from compliance.watchlists.snapshots.manifest import GuardResult
from compliance.watchlists.snapshots.previous import examples, percent

GUARDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "content_type": "the server called a file what it is",
        "encoding": "each file is in its encoding",
        "columns": "each file has the columns of its header",
        "minimum_entries": "no fewer entries than a whole copy has",
        "maximum_entries": "no more entries than a copy can have",
        "filled": "enough entries have a name in each field, such as aliases or a listing day",
        "sentinels": "entries that are always listed are there",
        "published": "not older than the current snapshot, and not from the future",
        "previous": "the current snapshot can be read, to compare with",
        "vanished": "few entries of the current snapshot are gone",
        "constituents": "few entries of each source of a list of lists are gone",
        "changed": "few entries of the current snapshot are changed",
        "names": "few names are what they were without some of their words",
        "fields": "few entries lost aliases, documents, dates or another kind of field",
    }
)
# A publisher's day may begin before the day of retrieval, which is in UTC.
_AHEAD: Final = timedelta(days=1)
_EMPTY: Final = (None, "", (), "unknown")


def check_names(accepted: Mapping[str, str]) -> None:
    """Refuse what is no guard.

    Raises:
        UnknownNameError: every name that is no guard.
    """
    problems = [
        Problem.at(f"no guard {name!r}", hint=suggestion(name, GUARDS), code="unknown_name")
        for name in accepted
        if name not in GUARDS
    ]
    if problems:
        raise UnknownNameError(problems)


def results(found: Mapping[str, list[str]], accepted: Mapping[str, str]) -> tuple[GuardResult, ...]:
    """The result of every guard that looked, in the order of `GUARDS`."""
    return tuple(
        GuardResult(name, tuple(found[name]), accepted.get(name) if found[name] else None)
        for name in GUARDS
        if name in found
    )


def file_reasons(file: PublishedFile, path: Path, content_type: str | None) -> dict[str, list[str]]:
    """Reasons of the guards that look at one raw file; no `content_type` is not looked at.

    Raises:
        WatchlistError: the file cannot be decompressed, or holds more than it may.
    """
    found: dict[str, list[str]] = {"encoding": []}
    if content_type is not None:
        expected = ", ".join(file.content_types)
        wrong = content_type not in file.content_types
        message = f"{file.name} is {content_type or 'nothing'}, not {expected}"
        found["content_type"] = [message] if wrong else []
    content = read_bytes(path, file.maximum_bytes)
    try:
        text = content.decode(file.encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found["encoding"] = [f"{file.name}:{line} is not {file.encoding}"]
        text = content.decode(file.encoding, "replace")
    if file.columns:
        header = text.removeprefix("\ufeff").partition("\n")[0]
        names = {name.strip() for name in next(csv.reader([header], delimiter=file.delimiter), [])}
        missing = [column for column in file.columns if column not in names]
        message = f"{file.name} lost {', '.join(missing)}"
        found["columns"] = [message] if missing else []
    return found


def content_reasons(
    guards: Guards, new: Watchlist, old: Watchlist | None, retrieved_on: date
) -> dict[str, list[str]]:
    """Reasons of the guards that look at what was read; `old` is the current snapshot, if any."""
    count = len(new.listings)
    few, many = guards.minimum_entries, guards.maximum_entries
    found = {
        "minimum_entries": [f"{count} entries, fewer than {few}"] if count < few else [],
        "maximum_entries": [f"{count} entries, more than {many}"] if count > many else [],
        "filled": list(_unfilled(guards, new)),
        "sentinels": list(_absent(guards, new)),
        "published": list(_misdated(new, old, retrieved_on)),
    }
    if old is not None:
        found["vanished"] = list(_vanished(guards.largest_share_vanished, new, old))
        found |= previous.reasons(guards, new, old)
    return found


def _unfilled(guards: Guards, new: Watchlist) -> Iterator[str]:
    count = len(new.listings)
    for field, share in sorted(guards.smallest_share_filled.items()):
        filled = sum(getattr(listing, field) not in _EMPTY for listing in new.listings)
        if filled < share * count:
            yield f"{filled} of {count} entries have {field}, fewer than {percent(share)}"


def _absent(guards: Guards, new: Watchlist) -> Iterator[str]:
    by_id = {listing.id: listing for listing in new.listings}
    wanted = [sentinel for sentinel in guards.sentinels if sentinel.name is not None]
    named = _named(new) if wanted else frozenset()
    for sentinel in guards.sentinels:
        if sentinel.id is None:
            present = normalize(sentinel.name or "") in named
        else:
            entry = by_id.get(sentinel.id)
            present = entry is not None and _bears(entry, sentinel.name)
        if not present:
            yield f"{_spelled(sentinel)} is not listed"


def _named(new: Watchlist) -> frozenset[str]:
    return frozenset(normalize(name) for listing in new.listings for name in listing.names)


def _bears(entry: Listing, name: str | None) -> bool:
    return name is None or normalize(name) in {normalize(given) for given in entry.names}


def _spelled(sentinel: Sentinel) -> str:
    return " ".join(part for part in (sentinel.id, sentinel.name) if part)


def _misdated(new: Watchlist, old: Watchlist | None, retrieved_on: date) -> Iterator[str]:
    if new.published is None:
        return
    if new.published > retrieved_on + _AHEAD:
        yield f"of {new.published}, after its retrieval on {retrieved_on}"
    if old is not None and old.published is not None and new.published < old.published:
        yield f"of {new.published}, older than the current snapshot of {old.published}"


def _vanished(largest: Decimal, new: Watchlist, old: Watchlist) -> Iterator[str]:
    kept = {listing.id for listing in new.listings}
    gone = [listing.name for listing in old.listings if listing.id not in kept]
    if len(gone) > largest * len(old.listings):
        yield (
            f"{len(gone)} of {len(old.listings)} entries are gone, more than {percent(largest)}: "
            + examples(gone)
        )
