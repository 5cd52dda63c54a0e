"""How registers say that a party ended: rules/data/standings.yaml, read once.

A text that the table does not know says nothing for certain; whoever reads it remarks on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from compliance.model.party import Standing
from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Path_

FILE: Final = "data/standings.yaml"
ACTIVE: Final = "active"
Said = Literal["gleif_registration", "gleif_entity", "gleif_events", "gleif_reasons", "words"]
_Words = Listed[Annotated[str, Field(pattern=r"\w")]]


class StandingRow(Strict):
    """One standing, and the words of each vocabulary that mean it."""

    id: Standing
    gleif_registration: _Words = ()
    gleif_entity: _Words = ()
    gleif_events: _Words = ()
    gleif_reasons: _Words = ()
    words: _Words = ()


class StandingsTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    standings: Listed[StandingRow]
    active: _Words


@dataclass(frozen=True, slots=True)
class Standings:
    """What each word of each vocabulary means: a standing, `active` where it says that all is well.

    `order` is that of the table: of several that a register says, the first one counts.
    """

    order: tuple[str, ...]
    meaning: Mapping[tuple[str, str], str]

    def of(self, said: Said, word: str | None) -> str | None:
        """The standing that a word means; None where it is not known, or says that none ended."""
        found = self.meaning.get((said, folded(word or "")))
        return None if found == ACTIVE else found

    def knows(self, word: str) -> bool:
        """Whether a free text is in the table, if only to say that the party is active."""
        return ("words", folded(word)) in self.meaning

    def first(self, found: Iterable[str | None]) -> str | None:
        """The first, in the order of the table, of several standings."""
        there = set(found)
        return next((standing for standing in self.order if standing in there), None)


@cache
def standings(rules: Path | None = None) -> Standings:
    """The table of a rule folder, by default of the embedded one.

    Raises:
        ReferenceDataError: it is not as it must be, or a word means two standings; with the place.
    """
    findings = Findings()
    document, table = findings.read_only((rules or rules_path()) / FILE, StandingsTable)
    rows = (*table.standings, StandingRow(id=ACTIVE, words=table.active))
    meaning: dict[str, dict[str, str]] = {said: {} for said in get_args(Said)}
    for index, row in enumerate(rows):
        if row.id in (each.id for each in rows[:index]):
            findings.report(document, ("standings", index, "id"), f"{row.id!r} stands twice")
        for said, owned in meaning.items():
            at: Path_ = ("active",) if row is rows[-1] else ("standings", index, said)
            for number, word in enumerate(getattr(row, said)):
                findings.claim(document, (*at, number), word, row.id, owned, spelled=folded(word))
    findings.settle()
    found = {(said, word): name for said, owned in meaning.items() for word, name in owned.items()}
    return Standings(tuple(row.id for row in table.standings), MappingProxyType(found))


def folded(word: str) -> str:
    """A word without regard to case, blanks and full stops at its end."""
    return " ".join(word.casefold().split()).rstrip(".")
