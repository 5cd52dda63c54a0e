"""Which listings a name or an identifier may mean.

Lossless: a search returns exactly what comparing the name with every listed name and alias would
return at that threshold, ranked by `names.similarity`. Immutable and thread-safe; pickled, or
saved to a file and loaded, it gives the same answers. The last answers are remembered, so a
repeated name costs one lookup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Final, Self

from compliance import names
from compliance.errors import WatchlistError
from compliance.names.index.name_table import NameTable
from compliance.names.lexicon import lexicon
from compliance.watchlists.listing import Listing, Watchlist
from compliance.watchlists.saved_index import Entries, Owners, load, save

_REMEMBERED: Final = 16_384
_LONGEST_REMEMBERED: Final = 512
_READ_AHEAD: Final = 4_096
_LARGEST_ADDITION: Final = 0.2  # of the names, from which an index is built anew

_Best = dict[int, tuple[float, int, bool, str]]  # entry: score below 0, rank, weak, name


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing that a name may mean: its closest name or alias, the score, the alignment.

    `query` is the name that was asked for. `weak` says that the matched name is one the publisher
    itself calls weak; the score is then at most `weak_alias` of
    `rules/data/thresholds.yaml`, whatever the alignment.
    """

    listing: Listing
    matched_name: str
    score: float
    query: str
    kind: names.Kind = "unknown"
    weak: bool = False

    @property
    def explanation(self) -> names.Explanation:
        """How the words of the two names agree, computed when asked for."""
        return names.explain(self.query, self.matched_name, self.kind)


class NameIndex:
    """Listed names of several watchlists; `NameIndex.build` it, or `load` a saved one."""

    def __init__(self, entries: Entries, owners: Owners, tables: Sequence[NameTable]) -> None:
        self._entries = entries
        self._owners = owners
        self._tables = tuple(tables)
        self._answers: dict[tuple[str, names.Kind, float], tuple[Hit, ...]] = {}

    @classmethod
    def build(cls, watchlists: Iterable[Watchlist]) -> Self:
        """An index over lists with different ids, in order of id.

        Raises:
            WatchlistError: two lists have the same id.
        """
        entries = Entries.of(_ordered(watchlists))
        owners = Owners.of(entries.listings)
        return cls(entries, owners, (NameTable(owners.names),))

    def rebuilt(self, watchlists: Iterable[Watchlist]) -> Self:
        """The index of other lists, at the cost of the names that this one does not know yet.

        Equal in every answer to `build(watchlists)`.

        Raises:
            WatchlistError: as `build`.
        """
        entries = Entries.of(_ordered(watchlists))
        owners = Owners.of(entries.listings)
        known = {name for table in self._tables for name in table.names}
        new = tuple(name for name in owners.names if name not in known)
        if len(new) > _LARGEST_ADDITION * len(owners.names) or len(self._tables) > 1:
            return type(self)(entries, owners, (NameTable(owners.names),))
        added = (NameTable(new),) if new else ()
        return type(self)(entries, owners, (*self._tables, *added))

    @classmethod
    def load(cls, path: Path) -> Self:
        """The index that was saved to a file.

        Raises:
            WatchlistError: it cannot be read, is damaged, or was made by other tables of words.
        """
        return cls(*load(path))

    def save(self, path: Path) -> None:
        """Write the index to a file, all of it or nothing.

        Raises:
            WatchlistError: it cannot be written.
        """
        tables = self._tables
        if len(tables) > 1:
            tables = (NameTable(self._owners.names),)
        save(path, self._entries, self._owners, tables[0])

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return type(self), (self._entries, self._owners, self._tables)

    @cached_property
    def watchlists(self) -> tuple[Watchlist, ...]:
        """The lists of the index."""
        return self._entries.watchlists()

    @property
    def snapshots(self) -> dict[str, str]:
        """The snapshot hash of each list, by its id."""
        return self._entries.snapshots()

    def search(
        self,
        name: str,
        kind: names.Kind = "unknown",
        threshold: float | None = None,
        limit: int | None = None,
    ) -> tuple[Hit, ...]:
        """The listings whose name or an alias scores at least `threshold`, best first.

        One hit per listing; equal scores stand in order of list id and entry id. A weak alias
        scores at most the `weak_alias` factor. `threshold` is `names.REVIEW_THRESHOLD` unless
        given, and above 0 up to 1; `limit` keeps the first ones.

        Raises:
            WatchlistError: a threshold outside that range, or a negative limit.
        """
        return next(self.search_many((name,), kind, threshold, limit))

    def search_many(
        self,
        queries: Iterable[str],
        kind: names.Kind = "unknown",
        threshold: float | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[Hit, ...]]:
        """`search` of each name, in order; names are read ahead, thousands at a time.

        Raises:
            WatchlistError: as `search`, at once.
        """
        wanted = names.REVIEW_THRESHOLD if threshold is None else float(threshold)
        if not 0 < wanted <= 1:
            raise WatchlistError(f"a threshold is above 0 and at most 1, not {threshold!r}")
        if limit is not None and limit < 0:
            raise WatchlistError(f"a limit is 0 or more, not {limit!r}")
        return self._answered(iter(queries), kind, wanted, limit)

    def _answered(
        self, queries: Iterator[str], kind: names.Kind, threshold: float, limit: int | None
    ) -> Iterator[tuple[Hit, ...]]:
        while batch := list(islice(queries, _READ_AHEAD)):
            answers = self._answers
            known = {name: answers.get((name, kind, threshold)) for name in batch}
            new = [name for name, hits in known.items() if hits is None]
            if new:
                known.update(zip(new, self._find(new, kind, threshold), strict=True))
                if len(answers) + len(new) > _REMEMBERED:
                    answers = self._answers = {}
                answers.update(
                    ((name, kind, threshold), known[name] or ())
                    for name in new[-_REMEMBERED:]
                    if len(name) <= _LONGEST_REMEMBERED
                )
            for name in batch:
                hits = known[name] or ()
                yield hits if limit is None else hits[:limit]

    def _find(
        self, queries: Sequence[str], kind: names.Kind, threshold: float
    ) -> Iterator[tuple[Hit, ...]]:
        tables = [
            (table.names, table.matches_many(queries, kind, threshold)) for table in self._tables
        ]
        for query in queries:
            best: _Best = {}
            for listed, matches in tables:
                for position, score in next(matches).items():
                    self._add(best, listed[position], score, threshold)
            yield self._hits(best, query, kind) if best else ()

    def _add(self, best: _Best, name: str, score: float, threshold: float) -> None:
        """The entries that bear a name, each with its closest name."""
        for entry, rank, weak in self._owners.of_name(name):
            value = min(score, lexicon().factors["weak_alias"]) if weak else score
            candidate = (-value, rank, weak, name)
            if value >= threshold and (entry not in best or candidate[:2] < best[entry][:2]):
                best[entry] = candidate

    def _hits(self, best: _Best, query: str, kind: names.Kind) -> tuple[Hit, ...]:
        found = [
            Hit(self._entries.listings[entry], name, -negative, query, kind, weak)
            for entry, (negative, _, weak, name) in best.items()
        ]
        return tuple(sorted(found, key=lambda h: (-h.score, h.listing.list_id, h.listing.id)))


def _ordered(watchlists: Iterable[Watchlist]) -> tuple[Watchlist, ...]:
    ordered = tuple(sorted(watchlists, key=lambda watchlist: watchlist.id))
    for before, after in pairwise(ordered):
        if before.id == after.id:
            raise WatchlistError(f"two lists with the id {after.id!r}")
    return ordered
