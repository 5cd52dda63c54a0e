"""The shape of rules/data/groups.yaml and what a table of that shape may still get wrong.

A period that ends before it begins, overlaps another or stands beside a plain membership of the
same country, a country that follows another while listed itself: each is a finding at its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from compliance.places.countries import Countries, CountryCode, Spelling
from compliance.tables import Findings, Listed, Strict
from compliance.tables.yaml import Document, Path_

Confidence = Literal["P", "S", "M"]


class Bound(Strict):
    """A day of change, known to lie in [earliest, latest]; one exact day where they are equal.

    With `latest: null`, whether it has come is not known on any day from `earliest` on.
    """

    earliest: date
    latest: Annotated[date, BeforeValidator(lambda day: date.max if day is None else day)]


def _exact(value: Any) -> Any:
    return {"earliest": value, "latest": value} if isinstance(value, date) else value


DatedBound = Annotated[Bound, BeforeValidator(_exact)]


class Change(Strict):
    """One period of one country in a group: `since` included, `until` not; None is open."""

    country: CountryCode
    since: Annotated[DatedBound | None, Field(alias="from")] = None
    until: DatedBound | None = None
    cite: Spelling
    confidence: Confidence


class Follow(Strict):
    """`country` counts as `leader` in the groups of one regime from a day on."""

    country: CountryCode
    leader: Annotated[CountryCode, Field(alias="as")]
    regime: Spelling
    since: Annotated[date, Field(alias="from")]
    cite: Spelling
    confidence: Confidence


class GroupRow(Strict):
    """One group of the table."""

    title: Spelling
    regime: Spelling
    cite: Spelling
    confidence: Confidence
    known_from: date
    members: Listed[CountryCode]
    changes: Listed[Change] = ()


class GroupsTable(Strict):
    """The shape of groups.yaml."""

    version: Annotated[Literal[1], Field(alias="schema")]
    follows: Listed[Follow] = ()
    groups: dict[Spelling, GroupRow]


@dataclass(frozen=True, slots=True)
class Checks:
    """Looks for what contradicts itself or names no country of the country table."""

    document: Document
    countries: Countries
    findings: Findings

    def group(self, name: str, row: GroupRow) -> None:
        """Note the defects of one group."""
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
        """Note the defects of countries that follow another."""
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
