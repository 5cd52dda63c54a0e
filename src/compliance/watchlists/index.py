"""Which listings a name or an identifier may mean.

Lossless: a search returns exactly what comparing the name with every listed name and alias would
return at that threshold, ranked by `names.similarity`. Immutable and thread-safe; the last answers
are remembered, so a repeated name costs one lookup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, Self

from compliance import names
from compliance.errors import WatchlistError
from compliance.names.index import NameTable
from compliance.names.lexicon import lexicon
from compliance.watchlists.listing import Listing, Watchlist

_REMEMBERED: Final = 16_384
_LONGEST_REMEMBERED: Final = 512


@dataclass(frozen=True, slots=True)
class Hit:
    """One listing that a name may mean: its closest name or alias, the score, the alignment.

    `weak` says that the name is one the publisher itself calls weak; the score is then at most the
    `weak_alias` factor of `rules/data/legal_forms.yaml`, whatever the alignment.
    """

    listing: Listing
    matched_name: str
    score: float
    explanation: names.Explanation
    weak: bool = False


class NameIndex:
    """Listed names and identifiers of several watchlists; build it with `NameIndex.build`."""

    __slots__ = ("_identifiers", "_owners", "_search", "_table", "watchlists")

    def __init__(self, watchlists: tuple[Watchlist, ...]) -> None:
        self.watchlists = watchlists
        owners: dict[str, list[tuple[int, bool, Listing]]] = {}
        identifiers: dict[tuple[str, str], list[Listing]] = {}
        for watchlist in watchlists:
            for listing in watchlist.listings:
                strong = {listing.name, *listing.aliases}
                for rank, name in enumerate(listing.names):
                    owners.setdefault(name, []).append((rank, name not in strong, listing))
                for identifier in dict.fromkeys(listing.identifiers):
                    key = (identifier.scheme, identifier.value)
                    identifiers.setdefault(key, []).append(listing)
        self._table = NameTable(tuple(owners))
        self._owners = tuple(tuple(found) for found in owners.values())
        self._identifiers = {key: tuple(found) for key, found in identifiers.items()}
        self._search = lru_cache(maxsize=_REMEMBERED)(self._find)

    @classmethod
    def build(cls, watchlists: Iterable[Watchlist]) -> Self:
        """An index over lists with different ids, in order of id.

        Raises:
            WatchlistError: two lists have the same id.
        """
        ordered = tuple(sorted(watchlists, key=lambda watchlist: watchlist.id))
        for before, after in pairwise(ordered):
            if before.id == after.id:
                raise WatchlistError(f"two lists with the id {after.id!r}")
        return cls(ordered)

    def __reduce__(self) -> tuple[Any, tuple[tuple[Watchlist, ...]]]:
        return type(self), (self.watchlists,)

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
        wanted = names.REVIEW_THRESHOLD if threshold is None else float(threshold)
        if not 0 < wanted <= 1:
            raise WatchlistError(f"a threshold is above 0 and at most 1, not {threshold!r}")
        if limit is not None and limit < 0:
            raise WatchlistError(f"a limit is 0 or more, not {limit!r}")
        short = len(name) <= _LONGEST_REMEMBERED
        hits = (self._search if short else self._find)(name, kind, wanted)
        return hits if limit is None else hits[:limit]

    def search_many(
        self,
        queries: Iterable[str],
        kind: names.Kind = "unknown",
        threshold: float | None = None,
        limit: int | None = None,
    ) -> Iterator[tuple[Hit, ...]]:
        """`search` of each name, in order."""
        for query in queries:
            yield self.search(query, kind, threshold, limit)

    def by_identifier(self, scheme: str, value: str) -> tuple[Listing, ...]:
        """The listings that carry exactly this identifier."""
        return self._identifiers.get((scheme, value), ())

    def _find(self, name: str, kind: names.Kind, threshold: float) -> tuple[Hit, ...]:
        matches = self._table.matches(name, kind, threshold)
        cap = lexicon().factors["weak_alias"]
        best: dict[tuple[str, str], tuple[float, int, bool, int, Listing]] = {}
        for position, score in matches.items():
            for rank, weak, listing in self._owners[position]:
                value = min(score, cap) if weak else score
                if value < threshold:
                    continue
                key = (listing.list_id, listing.id)
                candidate = (-value, rank, weak, position, listing)
                if key not in best or candidate[:2] < best[key][:2]:
                    best[key] = candidate
        ordered = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
        return tuple(
            Hit(
                listing=listing,
                matched_name=self._table.names[position],
                score=-negative,
                explanation=names.explain(name, self._table.names[position], kind),
                weak=weak,
            )
            for _, (negative, _, weak, position, listing) in ordered
        )
