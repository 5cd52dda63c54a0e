"""Who gave an authorization: the text of a contract as ids of `rules/data/authorities.yaml`.

A license counts only from the authority that can give it. A text is read exactly or not at all
(`compliance.places.folding.fold`): "Bureau of Industry and Security (BIS)" is BIS; a text that the
table does not hold, or that names two authorities, is unknown and covers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import Field

from compliance.errors import Problem, ReferenceDataError
from compliance.model.truth import Truth
from compliance.places import Gazetteer
from compliance.places.folding import fold
from compliance.tables import Strict

FILE: Final = Path("data") / "authorities.yaml"
"""Where the table stands in a rule folder."""

_JOINT = re.compile(r"[,;/|()\[\]]+|\s[-\u2013\u2014]\s")

_MOST_PARTS: Final = 8
"""Parts of a text beyond which it is no name of an authority."""


class Authority(Strict):
    """One authority; docs/policies.md tells each key."""

    id: str
    jurisdiction: str
    spellings: list[str] = Field(min_length=1)
    beside: list[str] = Field(default_factory=list)
    within: list[str] = Field(default_factory=list)
    country_in: str = ""
    of_country: list[str] = Field(default_factory=list)


class AuthoritiesFile(Strict):
    """rules/data/authorities.yaml."""

    version: int = Field(alias="schema")
    authorities: list[Authority]


@dataclass(frozen=True, slots=True)
class Authorities:
    """The table, ready to be asked."""

    by_id: Mapping[str, Authority]
    spelled: Mapping[str, str]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, rows: Sequence[Authority], gazetteer: Gazetteer, source: str = "") -> Authorities:
        """The table of these rows.

        Raises:
            ReferenceDataError: an id twice, a spelling of two, `within` what is not there.
        """
        by_id = {row.id: row for row in rows}
        problems = [f"{row.id!r} stands twice" for row in rows if by_id[row.id] is not row]
        spelled: dict[str, str] = {}
        for row in rows:
            problems += [f"{row.id}: no authority {x!r}" for x in row.within if x not in by_id]
            for spelling in row.spellings:
                other = spelled.setdefault(fold(spelling), row.id)
                if other != row.id:
                    problems.append(f"{spelling!r} is a spelling of {other} and of {row.id}")
        if problems:
            raise ReferenceDataError(
                Problem.at(text, source=source, code="reference_data") for text in problems
            )
        return cls(by_id, spelled, gazetteer)

    def read(self, text: str, as_of: date) -> frozenset[str] | None:
        """The ids that a text stands for on a day, with those they are within; None: unknown."""
        found = self._of_text(text, as_of)
        if found is None:
            return None
        return frozenset({found, *self.by_id[found].within})

    def _of_text(self, text: str, as_of: date) -> str | None:
        whole = self._spelled(text, as_of)
        if whole is not None:
            return whole
        parts = [part for part in _JOINT.split(text) if fold(part)]
        if len(parts) > _MOST_PARTS:
            return None
        named = dict(self._parts(parts, as_of))
        ids = {found for found in named.values() if found is not None}
        # Of an authority and the department above it, the part is what signs.
        ids -= {above for found in ids for above in self.by_id[found].within}
        if len(ids) != 1:
            return None
        only = ids.pop()
        allowed = {only, *self.by_id[only].within}
        beside = {fold(word) for word in self.by_id[only].beside}
        fits = all(found in allowed or fold(part) in beside for part, found in named.items())
        return only if fits else None

    def _parts(self, parts: list[str], as_of: date) -> Iterator[tuple[str, str | None]]:
        """Each part with its authority; parts that only together are a name stay together."""
        while parts:
            for end in range(len(parts), 0, -1):
                joined = " ".join(parts[:end])
                found = self._spelled(joined, as_of)
                if found is not None or end == 1:
                    yield joined, found
                    parts = parts[end:]
                    break

    def _spelled(self, text: str, as_of: date) -> str | None:
        folded = fold(text)
        found = self.spelled.get(folded)
        if found is not None:
            return found
        for row in self.by_id.values():
            for beginning in row.of_country:
                rest = folded.removeprefix(f"{fold(beginning)} ")
                if rest == folded:
                    continue
                code = self.gazetteer.read(rest).code
                if self.gazetteer.in_group(code, row.country_in, as_of=as_of) is Truth.TRUE:
                    return row.id
        return None
