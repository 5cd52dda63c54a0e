"""What a file states of ownership: parties, interests, reporting exceptions, and remarks on them.

`Statements` is the result of every reader. `Gathering` builds one: it collects every defect with
its place before the file is refused, and counts what was left out or read with a reservation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.errors import OwnershipError, Problem
from compliance.model.party import PartyKind
from compliance.model.says_nothing import says_nothing
from compliance.ownership.cessation import Cessation
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import Edge, Interest

MAXIMUM_BYTES: Final = 16 * 1024**3
"""How much of one file is read, after decompression."""
LONGEST_RECORD: Final = 8 * 1024**2
"""How many bytes one record (a line, an element) may have."""
MOST_PROBLEMS: Final = 100
"""How many defects are collected before reading stops."""


@dataclass(frozen=True, slots=True)
class StatedIdentifier:
    """A number that somebody issued, under the name of its scheme in the file."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class StatedParty:
    """A party as a file states it; None and () mean that the file does not say, or says nothing.

    Countries are ISO 3166-1 alpha-2 codes: where an organization is incorporated and led from,
    where a person lives, and the nationalities of a person. `cessation` says how the party ended.
    """

    id: str
    name: str | None = None
    kind: PartyKind = "unknown"
    incorporation: str | None = None
    headquarters: str | None = None
    residence: str | None = None
    nationalities: tuple[str, ...] = ()
    identifiers: tuple[StatedIdentifier, ...] = ()
    source: str = ""
    cessation: Cessation | None = None

    def __post_init__(self) -> None:
        """Take a name or a number that says nothing ("unknown", "N/A") as not stated."""
        if self.name is not None and says_nothing(self.name):
            object.__setattr__(self, "name", None)
        if any(says_nothing(number.value, "number") for number in self.identifiers):
            numbers = (n for n in self.identifiers if not says_nothing(n.value, "number"))
            object.__setattr__(self, "identifiers", tuple(numbers))


@dataclass(frozen=True, slots=True)
class ReportingException:
    """Why an owner of a party is not named; it holds on [since, until). It is not "no owner"."""

    owned: str
    exception: str
    since: date | None = None
    until: date | None = None
    source: str = ""

    def holds_on(self, as_of: date | None) -> bool:
        """Whether it holds on the day; always, when dates are ignored (None)."""
        if as_of is None:
            return True
        started = self.since is None or self.since <= as_of
        return started and (self.until is None or as_of < self.until)


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something left out or read with a reservation: how often, and where first."""

    code: str
    message: str
    count: int
    first: str


@dataclass(frozen=True, slots=True)
class Statements:
    """All that one or several files state; `sources` are the files, `formats` how they were read.

    Records of one party are one party; interests keep the order of the files.
    """

    parties: Mapping[str, StatedParty]
    interests: tuple[Interest, ...]
    exceptions: tuple[ReportingException, ...]
    remarks: tuple[Remark, ...]
    sources: tuple[str, ...]
    formats: tuple[str, ...]

    def stated(self, as_of: date | None = None) -> Iterator[Interest | Mapping[str, Any]]:
        """What `OwnershipGraph.from_interests` takes: all interests, and the day's exceptions."""
        yield from self.interests
        for found in self.exceptions:
            if found.holds_on(as_of):
                yield {"owned": found.owned, "exception": found.exception, "source": found.source}

    def graph(self, as_of: date | None = None) -> OwnershipGraph:
        """The graph of all parties and interests, and the reporting exceptions of the day."""
        ended = {id_: p.cessation for id_, p in self.parties.items() if p.cessation is not None}
        return OwnershipGraph.from_interests(self.stated(as_of), self._ids(), ended)

    def _ids(self) -> frozenset[str]:
        """Every party that is named, if only by an exception of another day."""
        return frozenset(self.parties).union(found.owned for found in self.exceptions)

    @property
    def natural_persons(self) -> frozenset[str]:
        """The parties that are stated to be natural persons: none of them is a parent company."""
        return frozenset(id_ for id_, party in self.parties.items() if party.kind == "person")

    @property
    def without_owners(self) -> frozenset[str]:
        """The parties that nobody owns: natural persons, states and their bodies."""
        kinds = ("person", "public_body")
        return frozenset(id_ for id_, party in self.parties.items() if party.kind in kinds)

    @property
    def named(self) -> frozenset[str]:
        """The parties of which a name is stated."""
        return frozenset(id_ for id_, party in self.parties.items() if party.name)

    def joined(self, other: Statements) -> Statements:
        """Both together; of a party that both state, what the first leaves open is filled in."""
        parties = dict(self.parties)
        for party in other.parties.values():
            parties[party.id] = completed(parties.get(party.id), party)
        return Statements(
            parties=MappingProxyType(parties),
            interests=self.interests + other.interests,
            exceptions=self.exceptions + other.exceptions,
            remarks=self.remarks + other.remarks,
            sources=self.sources + other.sources,
            formats=tuple(dict.fromkeys(self.formats + other.formats)),
        )


def completed(first: StatedParty | None, second: StatedParty) -> StatedParty:
    """The first statement of a party with what only the second says of it."""
    if first is None:
        return second
    both = dict.fromkeys(first.identifiers + second.identifiers)
    return replace(
        first,
        name=first.name or second.name,
        kind=second.kind if first.kind == "unknown" else first.kind,
        incorporation=first.incorporation or second.incorporation,
        headquarters=first.headquarters or second.headquarters,
        residence=first.residence or second.residence,
        nationalities=first.nationalities or second.nationalities,
        identifiers=tuple(both),
        cessation=first.cessation or second.cessation,
    )


def refusal(
    path: Path, message: str, *, line: int = 0, column: int = 1, hint: str = ""
) -> OwnershipError:
    """The error of one defect of a file."""
    place = column if line else 0
    return OwnershipError(Problem(str(path), line, place, "", message, hint, "ownership"))


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its line (0 where unknown), and what stands there ("/3/recordDetails")."""

    path: Path
    line: int = 0
    inside: str = ""

    def at(self, key: str | int) -> Place:
        """A place inside this one."""
        return Place(self.path, self.line, f"{self.inside}/{key}")

    def problem(self, message: str, *, hint: str = "") -> Problem:
        """A defect here."""
        column = 1 if self.line else 0
        return Problem(str(self.path), self.line, column, self.inside, message, hint, "ownership")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else f"{self.path}#{self.inside}"


@dataclass(slots=True)
class Gathering:
    """What has been read so far, in the format that is being read."""

    format: str
    parties: dict[str, StatedParty] = field(default_factory=dict)
    interests: list[Interest] = field(default_factory=list)
    exceptions: list[ReportingException] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def fault(self, place: Place, message: str, *, hint: str = "") -> None:
        """Take down a defect; reading ends with the last one that is wanted."""
        self.problems.append(place.problem(message, hint=hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise OwnershipError(set(self.problems))

    def remark(self, code: str, message: str, place: Place | str) -> None:
        """Count a remark."""
        count, first = self.remarks.get((code, message), (0, str(place)))
        self.remarks[code, message] = (count + 1, first)

    def interest(self, place: Place, edge: Edge) -> Interest | None:
        """The interest stated here; None, with the reason taken down, where it is none."""
        since, until = edge.since, edge.until
        if since is not None and until == since:
            message = "an interest that ends on the day it begins holds on no day: left out"
            self.remark("no_day", message, place)
            return None
        if since is not None and until is not None and until < since:
            message = f"it ends on {until}, before it begins on {since}"
            self.fault(place, message, hint="are the dates reversed?")
            return None
        try:
            return edge.interest(str(place))
        except OwnershipError as error:
            for found in error.problems:
                self.fault(place, f"{found.path.rpartition('.')[2]}: {found.message}")
            return None

    def statements(self, *paths: Path) -> Statements:
        """All of it.

        Raises:
            OwnershipError: there were defects; all of them.
        """
        if self.problems:
            raise OwnershipError(set(self.problems))
        return Statements(
            parties=MappingProxyType(self.parties),
            interests=tuple(self.interests),
            exceptions=tuple(dict.fromkeys(self.exceptions)),
            remarks=tuple(sorted(_counted(self.remarks))),
            sources=tuple(map(str, paths)),
            formats=(self.format,),
        )


def _counted(remarks: Mapping[tuple[str, str], tuple[int, str]]) -> Iterable[Remark]:
    for (code, message), (count, first) in remarks.items():
        yield Remark(code, message, count, first)
