"""Country groups as dated membership: who is in D:5 on a day, who is not, and who may be.

The table is rules/data/groups.yaml. A membership whose first or last day is not known exactly is
neither true nor false in between; before the day from which a group's list is known, every
country without a dated entry of its own is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from compliance.model.truth import Truth, all_of, any_of
from compliance.places.countries import Countries
from compliance.places.group_table import Bound, Change, Checks, Follow, GroupRow, GroupsTable
from compliance.tables import Findings
from compliance.tables.yaml import Document


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
        checks = Checks(document, countries, findings)
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
                        days |= {bound.earliest, bound.latest} - {date.max}
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
