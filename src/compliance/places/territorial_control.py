"""Who holds a place of a region that its government holds in part only, by day.

A region code says where a place is, not who holds it. A town that is certainly outside the
government's control, or the name that occupiers gave to their part, is outside; of every other
place of such a region, and of the region's name alone, it is not known here: whoever screens asks.
A region that is not in the table is outside as a whole. The table is rules/data/control.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field

from compliance.model.truth import Truth
from compliance.places.countries import Spelling
from compliance.places.folding import fold
from compliance.places.regions import RegionCode, Regions
from compliance.tables import Findings, Listed, Strict
from compliance.tables.yaml import Document, Path_


class Town(Strict):
    """A town that was taken: outside control from `since` on, up to the day before `until`."""

    names: Listed[Spelling]
    since: date
    until: date | None = None


class ControlRow(Strict):
    """One region that is held in part; `held` are towns last read as under its government."""

    outside: Listed[Spelling] = ()
    taken: Listed[Town] = ()
    held: Listed[Listed[Spelling]] = ()


class ControlTable(Strict):
    """The shape of control.yaml."""

    version: Annotated[Literal[1], Field(alias="schema")]
    read_on: date
    regions: dict[RegionCode, ControlRow]


@dataclass(frozen=True, slots=True)
class Control:
    """The table, folded: of each region the names of what is outside, and towns with their days."""

    read_on: date
    outside: dict[str, frozenset[str]]
    taken: dict[str, dict[str, tuple[Town, ...]]]
    held: dict[str, frozenset[str]]

    @classmethod
    def of(
        cls, document: Document, table: ControlTable, regions: Regions, findings: Findings
    ) -> Self:
        """Fold the table; a spelling that regions.yaml does not give to the region is a finding."""
        outside: dict[str, frozenset[str]] = {}
        taken: dict[str, dict[str, tuple[Town, ...]]] = {}
        held: dict[str, frozenset[str]] = {}
        for code, row in table.regions.items():
            for path, text in _spellings(code, row):
                if regions.spelled.get(fold(text)) != code:
                    findings.report(document, path, f"{text!r} is no spelling of {code}")
            outside[code] = frozenset(map(fold, row.outside))
            held[code] = frozenset(fold(text) for names in row.held for text in names)
            towns: dict[str, tuple[Town, ...]] = {}
            for town in row.taken:
                for text in map(fold, town.names):
                    towns[text] = (*towns.get(text, ()), town)
            taken[code] = towns
        return cls(table.read_on, outside, taken, held)

    def occupied(self, code: str, spelled: Iterable[str], as_of: date) -> Truth:
        """Whether what the folded spellings name lies in the part that is not held; or unknown.

        `spelled` are the spellings of the region in one address, as `Regions.spelled_in` finds
        them. A town that was not taken on the day beside one that was leaves it unknown.
        """
        if code not in self.outside:
            return Truth.TRUE
        found = list(spelled)
        towns = self.taken[code]
        outside = any(
            text in self.outside[code] or _taken(towns.get(text, ()), as_of) for text in found
        )
        elsewhere = any(
            text in self.held[code] or (text in towns and not _taken(towns[text], as_of))
            for text in found
        )
        return Truth.TRUE if outside and not elsewhere else Truth.UNKNOWN

    def told(self, code: str, spelled: Iterable[str]) -> str:
        """What the table says of the place, in words."""
        if code not in self.outside:
            return "outside the control of its government"
        found = list(spelled)
        if not self.outside[code].isdisjoint(found):
            return "named as the part that its government does not control"
        for text in found:
            if text in self.taken[code]:
                days = " and ".join(_days(town) for town in self.taken[code][text])
                return f"outside the control of its government {days}"
        if not self.held[code].isdisjoint(found):
            return f"under the control of its government as last read on {self.read_on}"
        return "who controls the place is not told"


def _taken(towns: tuple[Town, ...], as_of: date) -> bool:
    return any(town.since <= as_of and (town.until is None or as_of < town.until) for town in towns)


def _days(town: Town) -> str:
    return f"from {town.since}" + (f" until {town.until}" if town.until else " on")


def _spellings(code: str, row: ControlRow) -> Iterable[tuple[Path_, str]]:
    for index, text in enumerate(row.outside):
        yield ("regions", code, "outside", index), text
    for index, town in enumerate(row.taken):
        for place, text in enumerate(town.names):
            yield ("regions", code, "taken", index, "names", place), text
    for index, names in enumerate(row.held):
        for place, text in enumerate(names):
            yield ("regions", code, "held", index, place), text
