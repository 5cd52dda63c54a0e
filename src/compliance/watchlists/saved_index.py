"""The entries of an index and the names they bear, in memory or in a saved file.

A saved file is NumPy's archive of plain arrays, without anything that is code: texts as UTF-8, the
entries as one JSON text each, read when an entry is first asked for. It names the version of the
format and of the tables of words, and is refused where these are others than ours.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, overload

from compliance.errors import WatchlistError
from compliance.names.index.name_table import NameTable
from compliance.names.lexicon import tables_hash
from compliance.watchlists.list_file import defect
from compliance.watchlists.listing import Listing, Watchlist

if TYPE_CHECKING:
    import numpy.typing as npt

_FORMAT: Final = 6
_LISTS: Final = "lists"
_ENTRIES: Final = "entries"


class Listings(Sequence[Listing]):
    """Entries by number, each made from its JSON when first asked for."""

    def __init__(self, made: Mapping[int, Listing], texts: Sequence[str], count: int) -> None:
        self._made = dict(made)
        self._texts = texts
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Listing: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Listing, ...]: ...

    def __getitem__(self, number: int | slice) -> Listing | tuple[Listing, ...]:
        """One entry, or several."""
        if isinstance(number, slice):
            return tuple(self[place] for place in range(*number.indices(self._count)))
        found = self._made.get(number)
        if found is None:
            found = _adapter().validate_json(self._texts[number])
            self._made[number] = found
        return found


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries, list after list: `ends` is where each of `lists` ends."""

    lists: tuple[Watchlist, ...]
    ends: tuple[int, ...]
    stored: tuple[tuple[str, str], ...] | None  # snapshots of lists that are not whole here
    listings: Sequence[Listing]

    @classmethod
    def of(cls, watchlists: Sequence[Watchlist]) -> Self:
        """The entries of lists."""
        listings = [listing for watchlist in watchlists for listing in watchlist.listings]
        ends: list[int] = []
        for watchlist in watchlists:
            ends.append((ends[-1] if ends else 0) + len(watchlist.listings))
        return cls(
            tuple(watchlists),
            tuple(ends),
            None,
            tuple(listings),
        )

    def snapshots(self) -> dict[str, str]:
        """The snapshot hash of each list, by its id."""
        if self.stored is not None:
            return dict(self.stored)
        return {watchlist.id: watchlist.snapshot for watchlist in self.lists}

    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists, whole."""
        starts = (0, *self.ends[:-1])
        return tuple(
            watchlist
            if len(watchlist.listings) == end - start
            else _with(watchlist, tuple(self.listings[start:end]))
            for watchlist, start, end in zip(self.lists, starts, self.ends, strict=True)
        )


def _with(watchlist: Watchlist, listings: tuple[Listing, ...]) -> Watchlist:
    kept = {field.name: getattr(watchlist, field.name) for field in fields(watchlist)}
    return Watchlist(**{**kept, "listings": listings})


@dataclass(frozen=True, slots=True)
class Owners:
    """Who bears each name: `bearers` by name are (entry, rank of the name, whether it is weak)."""

    bearers: Mapping[str, tuple[tuple[int, int, bool], ...]]

    @classmethod
    def of(cls, listings: Sequence[Listing]) -> Self:
        """The names of entries, in the order in which they are met.

        A number in the place of a name is none: of a wallet's address each letter counts, and its
        case, so that the index of identifiers finds it.
        """
        found: dict[str, list[tuple[int, int, bool]]] = {}
        for number, listing in enumerate(listings):
            strong = {listing.name, *listing.aliases}
            numbers = {one.value for one in listing.identifiers}
            for rank, name in enumerate(listing.names):
                if name in numbers and any(map(str.isdecimal, name)):
                    continue
                found.setdefault(name, []).append((number, rank, name not in strong))
        return cls({name: tuple(bearers) for name, bearers in found.items()})

    @property
    def names(self) -> tuple[str, ...]:
        """Every name once."""
        return tuple(self.bearers)

    def of_name(self, name: str) -> tuple[tuple[int, int, bool], ...]:
        """Who bears a name; () where nobody does any more."""
        return self.bearers.get(name, ())


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter  # noqa: PLC0415 - only a loaded index needs it

    return TypeAdapter(Listing)


def save(path: Path, entries: Entries, owners: Owners, table: NameTable) -> None:
    """Write an index to a file beside it first, then put it in its place."""
    import numpy as np  # noqa: PLC0415 - a slow import

    from compliance.names.index.inverted_index import packed  # noqa: PLC0415 - as above

    lists = [
        {
            field.name: _plain(getattr(watchlist, field.name))
            for field in fields(watchlist)
            if field.name != "listings"
        }
        for watchlist in entries.lists
    ]
    about = {
        "format": _FORMAT,
        "words": tables_hash(),
        _LISTS: lists,
        "ends": entries.ends,
        "snapshots": sorted(entries.snapshots().items()),
    }
    texts = [_adapter().dump_json(listing).decode() for listing in entries.listings]
    bearers = [row for name in table.names for row in owners.of_name(name)]
    counts = [len(owners.of_name(name)) for name in table.names]
    arrays: dict[str, Any] = {
        "about": np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8),
        **packed(_ENTRIES, texts),
        "bearers": np.array(bearers, dtype=np.int32).reshape(-1, 3),
        "bearer_counts": np.array(counts, dtype=np.int32),
        **table.arrays(),
    }
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise defect(path, error.strerror or str(error)) from error


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def load(path: Path) -> tuple[Entries, Owners, tuple[NameTable, ...]]:
    """What `save` wrote.

    Raises:
        WatchlistError: it cannot be read, is damaged, or is of another version.
    """
    arrays = _arrays(path)
    try:
        about = json.loads(arrays["about"].tobytes())
        version = (about["format"], about["words"])
    except (KeyError, ValueError, TypeError) as error:
        raise defect(path, "not a saved index") from error
    if version != (_FORMAT, tables_hash()):
        raise defect(path, "made by another version of the index or of the tables of words")
    try:
        return _entries(arrays, about), *_names(arrays)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise defect(path, f"a damaged index: {error}") from error


def _arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    import numpy as np  # noqa: PLC0415 - a slow import

    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except OSError as error:
        raise defect(path, error.strerror or str(error)) from error
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise defect(path, "not a saved index") from error


def _entries(arrays: Mapping[str, npt.NDArray[Any]], about: Mapping[str, Any]) -> Entries:
    from pydantic import TypeAdapter  # noqa: PLC0415 - only a loaded index needs it

    from compliance.names.index.inverted_index import unpacked  # noqa: PLC0415 - as above

    lists = TypeAdapter(Watchlist)
    texts = unpacked(_ENTRIES, arrays)
    if about["ends"] and about["ends"][-1] != len(texts):
        raise WatchlistError(f"{len(texts)} entries instead of {about['ends'][-1]}")
    return Entries(
        tuple(lists.validate_python({**row, "listings": ()}) for row in about[_LISTS]),
        tuple(about["ends"]),
        tuple((list_id, snapshot) for list_id, snapshot in about["snapshots"]),
        Listings({}, texts, len(texts)),
    )


def _names(arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[Owners, tuple[NameTable, ...]]:
    table = NameTable.of(arrays)
    rows = [(entry, rank, bool(weak)) for entry, rank, weak in arrays["bearers"].tolist()]
    found: dict[str, tuple[tuple[int, int, bool], ...]] = {}
    start = 0
    for name, count in zip(table.names, arrays["bearer_counts"].tolist(), strict=True):
        found[name] = tuple(rows[start : start + count])
        start += count
    return Owners(found), (table,)
