"""How registers say that a party ended: rules/data/standings.yaml, read once.

A text that the table does not know says nothing for certain; whoever reads it remarks on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from compliance.embedded import rules_path
from compliance.errors import Problem, ReferenceDataError
from compliance.model.party import Standing
from compliance.yaml import Document, read_file

SCHEMA: Final = 1
FILE: Final = "data/standings.yaml"
ACTIVE: Final = "active"
Said = Literal["gleif_registration", "gleif_entity", "gleif_events", "gleif_reasons", "words"]
_SAID: Final = frozenset(get_args(Said))


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
    document = read_file((rules or rules_path()) / FILE)
    problems: list[Problem] = []
    found = dict(_entries(document, problems))
    if problems:
        raise ReferenceDataError(problems)
    rows: Any = document.value
    order = tuple(row["id"] for row in rows["standings"])
    return Standings(order, MappingProxyType(found))


def _entries(document: Document, problems: list[Problem]) -> Iterable[tuple[tuple[str, str], str]]:
    content: Any = document.value
    if not isinstance(content, dict) or content.keys() != {"schema", "standings", "active"}:
        problems.append(document.problem((), "expected schema, standings and active"))
        return
    if content["schema"] != SCHEMA or not isinstance(content["standings"], list):
        problems.append(document.problem((), f"expected schema {SCHEMA} and a list of standings"))
        return
    seen: dict[tuple[str, str], str] = {}
    ids: set[str] = set()
    rows = [*content["standings"], {"id": ACTIVE, "words": content["active"]}]
    for index, row in enumerate(rows):
        at = ("standings", index) if index < len(rows) - 1 else ("active",)
        name = str(row.get("id")) if isinstance(row, dict) else ""
        if name not in get_args(Standing) or name in ids or set(row) - _SAID - {"id"}:
            known = ", ".join(get_args(Standing))
            problems.append(document.problem(at, f"a standing stands once and is one of {known}"))
            continue
        ids.add(name)
        for said in _SAID.intersection(row):
            for word in row[said] if isinstance(row[said], list) else [None]:
                key = (said, folded(word) if isinstance(word, str) else "")
                if not key[1] or seen.setdefault(key, name) != name:
                    message = f"{said}: a text is expected that means one standing, not {word!r}"
                    problems.append(document.problem(at, message))
                yield key, name


def folded(word: str) -> str:
    """A word without regard to case, blanks and full stops at its end."""
    return " ".join(word.casefold().split()).rstrip(".")
