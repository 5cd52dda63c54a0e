"""A relationship record of BODS through its versions: what held when.

Each statement of a record tells it anew. The later one wins; the earlier one still tells what held
before:

- an interest told again with the same share replaces the earlier telling, dates included, but never
  reaches back behind a change that was told before;
- one told with another share begins on its start date, where that is later than the earlier one's,
  or else on the day of the statement; there the earlier one ends;
- one told with another share and an end before the statement corrects the earlier telling;
- one that is not told again ends on the day of the statement;
- a closed record ends on the end date of each interest, or else on the day of the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from compliance.ownership.interests import Edge
from compliance.ownership.readers.statements import Place, ReportingException

_Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """One interest of one statement: its type in the standard, and whether it is indirect.

    `summary` is true where the record names the components that it sums up.
    """

    edge: Edge
    type: str
    place: Place
    indirect: bool = False
    summary: bool = False

    @property
    def key(self) -> _Key:
        """What makes two tellings tellings of the same interest."""
        return self.edge.owner, self.edge.owned, self.type, self.edge.share_class, self.indirect

    def dated(self, since: date | None, until: date | None) -> Piece:
        """The same on other days."""
        return replace(self, edge=replace(self.edge, since=since, until=until))


@dataclass(frozen=True, slots=True)
class Version:
    """One statement of a relationship record: its moment, and the day that it names."""

    at: datetime
    on: date
    closed: bool = False
    pieces: tuple[Piece, ...] = ()
    exceptions: tuple[ReportingException, ...] = ()


@dataclass(slots=True)
class Record:
    """The statements of one relationship record, in the order of the file."""

    versions: list[Version] = field(default_factory=list)

    def history(self) -> Iterator[Piece]:
        """Every interest with the days on which it held, the earliest version first."""
        held: dict[_Key, _Held] = {}
        for version in self._ordered():
            told: dict[_Key, list[Piece]] = {}
            for piece in version.pieces:
                told.setdefault(piece.key, []).append(_ended(piece, version))
            for key in dict.fromkeys((*held, *told)):
                past, held[key] = held.get(key, _Held()).succeeded(told.get(key, []), version.on)
                yield from past
        for each in held.values():
            yield from each.pieces

    def exceptions(self) -> Iterator[ReportingException]:
        """Every reporting exception, ended where a later version no longer tells it."""
        held: dict[tuple[str, str], ReportingException] = {}
        for version in self._ordered():
            told = {(each.owned, each.exception): each for each in version.exceptions}
            for key, earlier in held.items():
                if key not in told:
                    yield replace(earlier, until=version.on)
            held = {} if version.closed else told
            if version.closed:
                for each in told.values():
                    yield replace(each, until=version.on)
        yield from held.values()

    def _ordered(self) -> list[Version]:
        return sorted(self.versions, key=lambda version: version.at)


def _ended(piece: Piece, version: Version) -> Piece:
    if not version.closed or piece.edge.until is not None:
        return piece
    return piece.dated(piece.edge.since, version.on)


@dataclass(frozen=True, slots=True)
class _Held:
    """The tellings of one interest that go on, none of which began before the day `floor`."""

    pieces: Sequence[Piece] = ()
    floor: date | None = None

    def succeeded(self, new: Sequence[Piece], on: date) -> tuple[Iterable[Piece], _Held]:
        """What is left behind of them by a new telling on a day, and what goes on."""
        old = self.pieces
        if not new:
            return _cut(old, on), _Held((), on if old else self.floor)
        if not old and self.floor is not None:
            return (), _Held(_begun(new, on, self.floor), self.floor)
        if not old or {piece.edge.share for piece in old} == {piece.edge.share for piece in new}:
            return (), _Held(_from(new, self.floor), self.floor)
        starts = [piece.edge.since for piece in new if piece.edge.since is not None]
        if starts and all(p.edge.since is None or p.edge.since < min(starts) for p in old):
            return _cut(old, min(starts)), _Held(new, min(starts))
        if any(piece.edge.until is not None and piece.edge.until < on for piece in new):
            return (), _Held(_from(new, self.floor), self.floor)
        return _cut(old, on), _Held(_begun(new, on, on), on)


def _begun(pieces: Iterable[Piece], on: date, floor: date) -> list[Piece]:
    """The pieces with the days on which they begin, which is `on` where they tell none since."""
    return [
        piece.dated(on, piece.edge.until)
        if piece.edge.since is None or piece.edge.since < floor
        else piece
        for piece in pieces
    ]


def _from(pieces: Iterable[Piece], floor: date | None) -> list[Piece]:
    """The pieces, none of which begins before the floor."""
    return [
        piece
        if floor is None or (piece.edge.since is not None and piece.edge.since >= floor)
        else piece.dated(floor, piece.edge.until)
        for piece in pieces
    ]


def _cut(pieces: Iterable[Piece], day: date) -> list[Piece]:
    return [
        piece.dated(piece.edge.since, min(day, piece.edge.until or day))
        for piece in pieces
        if piece.edge.since is None or piece.edge.since < day
    ]
