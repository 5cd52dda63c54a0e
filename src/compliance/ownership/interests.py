"""An interest: one dated edge from an owner to what it owns, and how one is read.

An interest holds on [since, until). Shares are fractions of one class of interest: capital for
shareholding, votes for voting_rights, seats for board_appointment; the other kinds carry none.
A reporting exception stands where an owner should be named: it is not "no owner".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final, Literal, TypeGuard, get_args

from compliance.errors import OwnershipError, Problem
from compliance.model.share import Share
from compliance.model.truth import Truth

Kind = Literal[
    "shareholding", "voting_rights", "board_appointment", "agreement", "consolidation", "other"
]
KINDS: Final = frozenset(get_args(Kind))
UNSTATED: Final = Share.unknown()
_EDGE_KEYS: Final = frozenset(
    {
        "owner",
        "owned",
        "share",
        "kind",
        "from",
        "until",
        "seats",
        "of",
        "source",
        "share_class",
    }
)
_EXCEPTION_KEYS: Final = frozenset({"owned", "exception", "source"})
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Edge:
    """An interest as a record states it, before anybody has checked it.

    `share_class` names a class of shares where a company has several; "" is its whole capital.
    """

    owner: str
    owned: str
    share: Share = UNSTATED
    kind: Kind = "shareholding"
    since: date | None = None
    until: date | None = None
    seats: int | None = None
    of: int | None = None
    share_class: str = field(default="", kw_only=True)

    def interest(self, source: str) -> Interest:
        """The interest, stated at `source`.

        Raises:
            OwnershipError: it is none.
        """
        said: dict[str, Any] = {name: getattr(self, name) for name in Edge.__slots__}
        return Interest(source=source, **said)


@dataclass(frozen=True, slots=True)
class Interest(Edge):
    """An edge of the graph; `source` says where it was stated ("ownership.3", a file and line).

    A share that nobody states is [0, 1]; board seats of a stated board are themselves the share.

    Raises:
        OwnershipError: an unknown kind, an empty id, no Share, no date, reversed dates, more seats
            than the board has; with the path of each ("ownership.3.kind").
    """

    source: str = ""

    def __post_init__(self) -> None:
        problems = [
            Problem.at(message, path=_joined(self.source, key), code="ownership")
            for key, message in self._faults()
        ]
        if problems:
            raise OwnershipError(problems)
        if self.seats is not None and self.of is not None and self.share == UNSTATED:
            object.__setattr__(self, "share", Share.exact(Fraction(self.seats, self.of)))

    def _faults(self) -> Iterable[tuple[str, str]]:
        for key, party in (("owner", self.owner), ("owned", self.owned)):
            if not isinstance(party, str) or not party:
                yield key, f"a party id is a text that is not empty, not {party!r}"
        if not isinstance(self.kind, str) or self.kind not in KINDS:
            yield "kind", f"unknown kind {self.kind!r}; known: {', '.join(sorted(KINDS))}"
        if not isinstance(self.share, Share):
            yield "share", f"a Share (see Share.parse), not {self.share!r}"
        yield from self._period_faults()
        if not isinstance(self.share_class, str):
            yield "share_class", f"the name of a class of shares, not {self.share_class!r}"
        elif self.share_class and self.kind != "shareholding":
            yield "share_class", f"classes are of shareholdings, not of {self.kind}"
        if self.seats is not None or self.of is not None:
            yield from self._board_faults()

    def _period_faults(self) -> Iterable[tuple[str, str]]:
        stated = (("from", self.since), ("until", self.until))
        wrong = [(key, day) for key, day in stated if not is_day(day)]
        for key, day in wrong:
            yield key, f"a day as datetime.date, or None, not {day!r}"
        since, until = self.since, self.until
        if not wrong and since is not None and until is not None and until <= since:
            yield "until", f"{until} is not after from, {since}"

    def _board_faults(self) -> Iterable[tuple[str, str]]:
        if self.kind != "board_appointment":
            yield "seats", f"seats belong to a board_appointment, not to {self.kind}"
        sound = True
        for key, count, least in (("seats", self.seats, 0), ("of", self.of, 1)):
            if count is not None and (type(count) is not int or count < least):
                sound = False
                yield key, f"a whole number of at least {least}, not {count!r}"
        if sound and self.seats is not None and self.of is not None and self.seats > self.of:
            yield "seats", f"{self.seats} seats of a board of {self.of}"

    @property
    def declares_control(self) -> Truth:
        """Whether an interest that is not counted is control: unknown if it only shows influence.

        Consolidation and an agreement are, and more than half of the seats of a board.
        """
        if self.kind in {"consolidation", "agreement"}:
            return Truth.TRUE
        if self.kind == "board_appointment" and self.seats is not None and self.of is not None:
            return Truth.TRUE if 2 * self.seats > self.of else Truth.UNKNOWN
        return Truth.UNKNOWN

    def holds_on(self, as_of: date | None) -> bool:
        """Whether the interest holds on the day; always, when dates are ignored (None)."""
        if as_of is None:
            return True
        if self.since is not None and as_of < self.since:
            return False
        return self.until is None or as_of < self.until


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path and key else path or key


def read_exception(
    statement: Mapping[str, Any], path: str, exceptions: dict[str, set[str]]
) -> list[Problem]:
    """Add a reporting exception to those of its owned party; what is wrong with it."""
    faults: list[tuple[str, str]] = []
    _refuse_unknown_keys(statement, _EXCEPTION_KEYS, faults)
    owned = _party(statement.get("owned"))
    exception = statement["exception"]
    if owned is None:
        faults.append(("owned", f"a party id is missing: found {statement.get('owned')!r}"))
    if not isinstance(exception, str) or not exception:
        faults.append(("exception", f"the name of a reporting exception, not {exception!r}"))
    elif owned is not None and not faults:
        exceptions.setdefault(owned, set()).add(exception)
    return _problems(path, faults)


def read_interest(statement: Mapping[str, Any], path: str) -> Interest:
    """An interest from a mapping; `path` names the statement where it gives no source.

    Raises:
        OwnershipError: every fault of the statement, with its path ("ownership.3.share").
    """
    faults: list[tuple[str, str]] = []
    _refuse_unknown_keys(statement, _EDGE_KEYS, faults)
    get = statement.get
    parties = {}
    for key in ("owner", "owned"):
        party = _party(get(key))
        if party is None:
            faults.append((key, f"a party id is missing: found {get(key)!r}"))
        parties[key] = party or "?"
    share = get("share", UNSTATED)
    if not isinstance(share, Share):
        try:
            share = UNSTATED if share is None else Share.parse(share)
        except ValueError as error:
            faults.append(("share", str(error)))
            share = UNSTATED
    source = get("source") or path
    source = source if isinstance(source, str) else path
    try:
        interest = Interest(
            parties["owner"],
            parties["owned"],
            share,
            get("kind", "shareholding"),
            _day(statement, "from", faults),
            _day(statement, "until", faults),
            get("seats"),
            get("of"),
            source,
            share_class=get("share_class", ""),
        )
    except OwnershipError as error:
        faults.extend((p.path.removeprefix(f"{source}."), p.message) for p in error.problems)
    if faults:
        raise OwnershipError(set(_problems(path, faults)))
    return interest


def _problems(path: str, faults: Iterable[tuple[str, str]]) -> list[Problem]:
    return [
        Problem.at(message, path=_joined(path, key), code="ownership") for key, message in faults
    ]


def _refuse_unknown_keys(
    statement: Mapping[str, Any], known: frozenset[str], faults: list[tuple[str, str]]
) -> None:
    faults.extend(
        (str(key), f"unknown key; known: {', '.join(sorted(known))}")
        for key in statement
        if key not in known
    )


def _party(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, str) and value else None


def _day(statement: Mapping[str, Any], key: str, faults: list[tuple[str, str]]) -> date | None:
    value = statement.get(key)
    if is_day(value):
        return value
    day = iso_day(value) if isinstance(value, str) else None
    if day is None:
        faults.append((key, f"a day written as 2024-06-15, not {value!r}"))
    return day


def is_day(value: object) -> TypeGuard[date | None]:
    """Whether a value is a day, or None (no day stated)."""
    return value is None or (isinstance(value, date) and not isinstance(value, datetime))


@lru_cache(4096)
def iso_day(text: str) -> date | None:
    """The day that is written as 2024-06-15; None for any other text."""
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
