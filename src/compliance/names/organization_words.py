"""The reviewed words that customer records add to names: `rules/data/organization_words.yaml`.

Branches, departments, addressees and groups; every phrase is a tuple of normalized words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.embedded import rules_path
from compliance.names.normalization import normalize
from compliance.tables import Listed, Strict, Words, read_table

FILE: Final = "organization_words.yaml"
Phrase = tuple[str, ...]
_Texts = Listed[Annotated[str, Field(min_length=1)]]


class OrganizationTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    branches: _Texts
    place_follows: _Texts
    departments: _Texts
    institutes: _Texts
    addressees: _Texts
    groups: _Texts
    group_begins: _Texts
    unspaced_branches: _Texts
    unspaced_companies: _Texts
    short_words: dict[str, Words]
    fields_: Annotated[Words, Field(alias="fields")]
    qualifiers: Words
    between: Words
    towns: Words
    group_between: Words


@dataclass(frozen=True, slots=True)
class OrganizationWords:
    """The table, split for look-up.

    `units` maps each phrase for a branch or a part to its kind ("branches", "departments",
    "institutes"); `soft` are words that name nobody beside such a phrase. `short_words` maps each
    short form to the words it may stand for, `long_words` the other way round.
    """

    units: Mapping[Phrase, str]
    unit_begins: frozenset[str]
    place_follows: frozenset[Phrase]
    fields: frozenset[str]
    soft: frozenset[str]
    between: frozenset[str]
    towns: frozenset[str]
    addressees: tuple[str, ...]
    groups: frozenset[Phrase]
    group_begins: frozenset[Phrase]
    group_between: frozenset[str]
    unspaced_branches: tuple[str, ...]
    unspaced_companies: tuple[str, ...]
    longest: int
    short_words: Mapping[str, frozenset[str]]
    long_words: Mapping[str, frozenset[str]]


@cache
def organization_words() -> OrganizationWords:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / "data" / FILE)


def read(path: Path) -> OrganizationWords:
    """The table of a file laid out as `rules/data/organization_words.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    table = read_table(path, OrganizationTable)
    kinds = {
        "institutes": table.institutes,
        "departments": table.departments,
        "branches": table.branches,
    }
    units = {phrase: kind for kind, texts in kinds.items() for phrase in _phrases(texts)}
    shorts: dict[str, frozenset[str]] = {}
    for long, row in table.short_words.items():
        for short in row:
            shorts[short] = shorts.get(short, frozenset()) | {long}
    return OrganizationWords(
        units=MappingProxyType(units),
        unit_begins=frozenset(phrase[0] for phrase in units),
        place_follows=frozenset(_phrases(table.place_follows)),
        fields=frozenset(table.fields_),
        soft=frozenset((*table.fields_, *table.towns, *table.qualifiers)),
        between=frozenset(table.between),
        towns=frozenset(table.towns),
        addressees=_longest_first(table.addressees),
        groups=frozenset(_phrases(table.groups)),
        group_begins=frozenset(_phrases(table.group_begins)),
        group_between=frozenset(table.group_between),
        unspaced_branches=_longest_first(table.unspaced_branches),
        unspaced_companies=_longest_first(table.unspaced_companies),
        longest=max(map(len, units)),
        short_words=MappingProxyType(shorts),
        long_words=MappingProxyType(
            {long: frozenset(row) for long, row in table.short_words.items()}
        ),
    )


def _phrases(texts: Iterable[str]) -> Iterator[Phrase]:
    yield from filter(None, (tuple(normalize(text).split()) for text in texts))


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))
