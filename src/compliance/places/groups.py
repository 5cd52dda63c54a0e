"""Country groups as dated membership: who is in D:5 on a day, who is not, and who may be.

The table is rules/data/groups.yaml. A membership whose first or last day is not known exactly is
neither true nor false in between; before the day from which a group's list is known, every
country without a dated entry of its own is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field

from compliance.model.truth import Truth, all_of, any_of
from compliance.places.countries import Countries, CountryCode, Spelling
from compliance.places.table import Findings, Listed, Row
from compliance.yaml import Document, Path_

Confidence = Literal["P", "S", "M"]


class Bound(Row):
    """A day of change, known to lie in [earliest, latest]; one exact day where they are equal."""

    earliest: date
    latest: date


def _exact(value: Any) -> Any:
    return {"earliest": value, "latest": value} if isinstance(value, date) else value


DatedBound = Annotated[Bound, BeforeValidator(_exact)]


class Change(Row):
    """One period of one country in a group: `since` included, `until` not; None is open."""

    country: CountryCode
    since: Annotated[DatedBound | None, Field(alias="from")] = None
    until: DatedBound | None = None
    cite: Spelling
    confidence: Confidence


class Follow(Row):
    """`country` counts as `leader` in the groups of one regime from a day on."""

    country: CountryCode
    leader: Annotated[CountryCode, Field(alias="as")]
    regime: Spelling
    since: Annotated[date, Field(alias="from")]
    cite: Spelling
    confidence: Confidence


class GroupRow(Row):
    """One group of the table."""

    title: Spelling
    regime: Spelling
    cite: Spelling
    confidence: Confidence
    known_from: date
    members: Listed[CountryCode]
    changes: Listed[Change] = ()


class GroupsTable(Row):
    """The shape of groups.yaml."""

    version: Annotated[Literal[1], Field(alias="schema")]
    follows: Listed[Follow] = ()
    groups: dict[Spelling, GroupRow]


@dataclass(frozen=True, slots=True)
class Membership:
    """The countries certainly in a group on a day, and all that may be (these among them)."""

    certain: frozenset[str]
    possible: frozenset[str]

    def holds(self, code: str) -> Truth:
        """Whether the country is a member, as far as it is known."""
        if code in self.certain:
            return Truth.TRUE
        return Truth.UNKNOWN if code in self.possible else Truth.FALSE


@dataclass(frozen=True, slots=True)
class Groups:
    """The table with its periods by country."""

    rows: dict[str, GroupRow]
    periods: dict[str, dict[str, tuple[Change, ...]]]
    follows: tuple[Follow, ...]
    countries: frozenset[str]

    @classmethod
    def of(
        cls, document: Document, table: GroupsTable, countries: Countries, findings: Findings
    ) -> Self:
        """Order the periods; what contradicts itself or names no country is a finding."""
        checks = _Checks(document, countries, findings)
        periods: dict[str, dict[str, tuple[Change, ...]]] = {}
        for name, row in table.groups.items():
            checks.group(name, row)
            by_country: dict[str, list[Change]] = {}
            for change in row.changes:
                by_country.setdefault(change.country, []).append(change)
            periods[name] = {code: tuple(found) for code, found in by_country.items()}
        checks.follows(table)
        return cls(dict(table.groups), periods, table.follows, frozenset(countries.names))

    def membership(self, name: str, as_of: date) -> Membership:
        """Who is in the group `name` (one of `rows`, or a country code: a group of one)."""
        row = self.rows.get(name)
        if row is None:
            truths = dict.fromkeys(self.countries, Truth.FALSE) | {name: Truth.TRUE}
        else:
            listed = Truth.of(True if as_of >= row.known_from else None)
            truths = dict.fromkeys(self.countries, listed.negated())
            truths |= dict.fromkeys(row.members, listed)
            for code, changes in self.periods[name].items():
                truths[code] = any_of(_within(change, row, as_of) for change in changes)
        for follow in self.follows:
            alone = row is None and name != follow.country
            if as_of >= follow.since and (alone or (row and row.regime == follow.regime)):
                truths[follow.country] = truths[follow.leader]
        certain = frozenset(code for code, truth in truths.items() if truth is Truth.TRUE)
        possible = frozenset(code for code, truth in truths.items() if truth is Truth.UNKNOWN)
        return Membership(certain, certain | possible)

    def change_dates(self) -> tuple[date, ...]:
        """Every day on which some membership begins, ends, becomes or ceases to be unknown."""
        days = {follow.since for follow in self.follows}
        for row in self.rows.values():
            days.add(row.known_from)
            for change in row.changes:
                for bound in (change.since, change.until):
                    if bound is not None:
                        days |= {bound.earliest, bound.latest}
        return tuple(sorted(days))


def _within(change: Change, row: GroupRow, as_of: date) -> Truth:
    if change.since is not None:
        begun = _passed(change.since, as_of)
    else:
        begun = Truth.of(True if as_of >= row.known_from else None)
    ended = Truth.FALSE if change.until is None else _passed(change.until, as_of)
    return all_of((begun, ended.negated()))


def _passed(bound: Bound, as_of: date) -> Truth:
    if as_of < bound.earliest:
        return Truth.FALSE
    return Truth.TRUE if as_of >= bound.latest else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Checks:
    """What a table of the right shape may still get wrong."""

    document: Document
    countries: Countries
    findings: Findings

    def group(self, name: str, row: GroupRow) -> None:
        at = ("groups", name)
        if name in self.countries.names:
            self._report(at, f"{name} is the code of {self.countries.names[name]}", key=True)
        for index, code in enumerate(row.members):
            self._known(code, (*at, "members", index))
            if code in row.members[:index]:
                self._report((*at, "members", index), f"{code} twice")
        for index, change in enumerate(row.changes):
            self._change((*at, "changes", index), change)
            if change.country in row.members:
                message = f"{change.country} is also listed under members"
                self._report((*at, "changes", index), message)
            first, last = _span(change)
            for other in row.changes[:index]:
                start, end = _span(other)
                if other.country == change.country and first < end and start < last:
                    message = f"overlaps another period of {change.country}"
                    self._report((*at, "changes", index), message)

    def _change(self, path: Path_, change: Change) -> None:
        self._known(change.country, (*path, "country"))
        for key, bound in (("from", change.since), ("until", change.until)):
            if bound is not None and bound.earliest > bound.latest:
                self._report((*path, key), "earliest is after latest")
        first, last = _span(change)
        if first >= last:
            self._report(path, f"{change.country} leaves before it joins")
        if change.since is None and change.until is None:
            self._report(path, "neither from nor until", hint="list it under members")

    def follows(self, table: GroupsTable) -> None:
        followers = {follow.country for follow in table.follows}
        regimes = {row.regime for row in table.groups.values()}
        for index, follow in enumerate(table.follows):
            at = ("follows", index)
            self._known(follow.country, (*at, "country"))
            self._known(follow.leader, (*at, "as"))
            if follow.leader in followers:
                self._report((*at, "as"), f"{follow.leader} follows another country itself")
            if follow.regime not in regimes:
                self._report((*at, "regime"), f"no group is of regime {follow.regime!r}")
            for name, row in table.groups.items():
                if row.regime != follow.regime:
                    continue
                own = [change for change in row.changes if change.country == follow.country]
                if follow.country in row.members or any(
                    _span(change)[1] > follow.since for change in own
                ):
                    message = (
                        f"{follow.country} is listed in {name} while it follows {follow.leader}"
                    )
                    self._report(at, message)

    def _known(self, code: str, path: Path_) -> None:
        if code not in self.countries.names:
            self._report(path, f"{code!r} is no country of countries.yaml")

    def _report(self, path: Path_, message: str, *, hint: str = "", key: bool = False) -> None:
        self.findings.report(self.document, path, message, hint=hint, key=key)


def _span(change: Change) -> tuple[date, date]:
    """The longest time that the period may last, as [first, last)."""
    first = date.min if change.since is None else change.since.earliest
    return first, date.max if change.until is None else change.until.latest
