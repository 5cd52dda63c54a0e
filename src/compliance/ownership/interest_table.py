"""The table of interests: all statements of interests, column by column, as they were read.

A million statements are kept as a few lists rather than as a million values; an `Interest` is made
when one is asked for. Party ids and shares that are spelled alike are one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, cast

from compliance.errors import OwnershipError, Problem
from compliance.model.share import Share
from compliance.ownership.interests import (
    KINDS,
    UNSTATED,
    Interest,
    Kind,
    is_day,
    iso_day,
    read_exception,
    read_interest,
)

_PLAIN_KEYS: Final = frozenset({"owner", "owned", "share", "kind", "from", "until", "source"})
_ALWAYS: Final = (None, None)
_WORDS: Final = (str, bool)


class InterestTable:
    """Columns of equal length; a statement is known by its number. Filled by `read`, then fixed."""

    __slots__ = (
        "_made", "_whole", "classes", "dated", "kinds", "owned", "owners", "shares", "since",
        "sources", "stated_kinds", "until",
    )  # fmt: skip

    def __init__(self) -> None:
        self.owners: list[str] = []
        self.owned: list[str] = []
        self.shares: list[Share] = []
        self.kinds: list[Kind] = []
        self.since: list[date | None] = []
        self.until: list[date | None] = []
        self.sources: list[str | int] = []
        self.stated_kinds: set[Kind] = set()
        self.classes: dict[int, str] = {}
        self.dated = False
        self._made: dict[int, Interest] = {}
        self._whole: tuple[Interest, ...] | None = None

    def __len__(self) -> int:
        return len(self.owners)

    def add(self, interest: Interest) -> None:
        """Enter an interest that is already a value."""
        number = len(self.owners)
        self._made[number] = interest
        if interest.share_class:
            self.classes[number] = interest.share_class
        self.enter(
            interest.owner, interest.owned, interest.share, interest.kind,
            (interest.since, interest.until), interest.source,
        )  # fmt: skip

    def enter(
        self,
        owner: str,
        owned: str,
        share: Share,
        kind: Kind,
        period: tuple[date | None, date | None],
        source: str | int,
    ) -> None:
        """Enter the parts of a statement; a source that is a number is that of the statement."""
        self.owners.append(owner)
        self.owned.append(owned)
        self.shares.append(share)
        self.kinds.append(kind)
        since, until = period
        self.since.append(since)
        self.until.append(until)
        self.sources.append(source)
        self.stated_kinds.add(kind)
        if since is not None or until is not None:
            self.dated = True

    def held_on(self, as_of: date | None) -> Sequence[int]:
        """The numbers of the statements that hold on a day; of all, for None."""
        if as_of is None or not self.dated:
            return range(len(self))
        return [
            number
            for number, (since, until) in enumerate(zip(self.since, self.until, strict=True))
            if (since is None or since <= as_of) and (until is None or as_of < until)
        ]

    def interest(self, number: int) -> Interest:
        """A statement as a value."""
        interest = self._made.get(number)
        if interest is None:
            interest = self._made[number] = Interest(
                self.owners[number],
                self.owned[number],
                self.shares[number],
                self.kinds[number],
                self.since[number],
                self.until[number],
                source=self.source(number),
            )
        return interest

    def source(self, number: int) -> str:
        """Where a statement was made."""
        source = self.sources[number]
        return source if isinstance(source, str) else _path(source)

    def interests(self) -> tuple[Interest, ...]:
        """All statements as values."""
        if self._whole is None:
            self._whole = tuple(self.interest(number) for number in range(len(self)))
        return self._whole


def read(
    statements: Iterable[Mapping[str, Any] | Interest],
) -> tuple[InterestTable, dict[str, tuple[str, ...]]]:
    """The interests stated, and the reporting exceptions by owned party.

    Raises:
        OwnershipError: every fault of every statement, with its path ("ownership.3.share").
    """
    table = InterestTable()
    exceptions: dict[str, set[str]] = {}
    problems: list[Problem] = []
    known: dict[str, str] = {}
    for index, statement in enumerate(statements):
        if isinstance(statement, Interest):
            table.add(statement)
        elif not isinstance(statement, Mapping):
            message = f"an interest is a mapping, not {type(statement).__name__}"
            problems.append(Problem.at(message, path=_path(index), code="ownership"))
        elif "exception" in statement:
            problems.extend(read_exception(statement, _path(index), exceptions))
        elif not _enter_plain(table, statement, index, known):
            try:
                table.add(read_interest(statement, _path(index)))
            except OwnershipError as error:
                problems.extend(error.problems)
    if problems:
        raise OwnershipError(set(problems))
    return table, {owned: tuple(sorted(names)) for owned, names in exceptions.items()}


def _path(index: int) -> str:
    return f"ownership.{index}"


def _enter_plain(
    table: InterestTable,
    statement: Mapping[str, Any],
    index: int,
    known: dict[str, str],
) -> bool:
    """Enter a statement of plain ids, a share as text, and days; False: it needs a closer look."""
    get = statement.get
    owner, owned, source = get("owner"), get("owned"), get("source")
    kind = get("kind", "shareholding")
    if not (
        type(owner) is str
        and type(owned) is str
        and owner
        and owned
        and type(kind) is str
        and kind in KINDS
        and _PLAIN_KEYS.issuperset(statement)
        and (source is None or (type(source) is str and source))
    ):
        return False
    share, period = _plain_share(get("share")), _plain_period(statement)
    if share is None or period is None:
        return False
    table.enter(
        known.setdefault(owner, owner),
        known.setdefault(owned, owned),
        share,
        cast("Kind", kind),
        period,
        index if source is None else source,
    )
    return True


def _plain_share(stated: object) -> Share | None:
    """A share; None: it cannot be read as it is, and `read_interest` says what is wrong."""
    if stated is None:
        return UNSTATED
    if isinstance(stated, Share):
        return stated
    try:
        if type(stated) is str:
            return _spelled(stated)
        if type(stated) is dict and all(type(part) in _WORDS for part in stated.values()):
            return _banded(tuple(stated.items()))
        return Share.parse(stated)
    except ValueError:
        return None


@lru_cache(4096)
def _spelled(text: str) -> Share:
    """Registers spell the same few shares over and over."""
    return Share.parse(text)


@lru_cache(4096)
def _banded(parts: tuple[tuple[object, object], ...]) -> Share:
    return Share.parse(dict(parts))


def _plain_period(statement: Mapping[str, Any]) -> tuple[date | None, date | None] | None:
    since, until = statement.get("from"), statement.get("until")
    if since is None and until is None:
        return _ALWAYS
    since = iso_day(since) or since if isinstance(since, str) else since
    until = iso_day(until) or until if isinstance(until, str) else until
    if not is_day(since) or not is_day(until):
        return None
    return (since, until) if since is None or until is None or since < until else None
