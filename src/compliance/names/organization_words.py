"""The reviewed words that customer records add to names: `rules/data/organization_words.yaml`.

Branches, departments, addressees and groups; every phrase is a tuple of normalized words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import Problem, ReferenceDataError
from compliance.names.normalization import normalize
from compliance.yaml import Document, read_file

FILE: Final = "organization_words.yaml"
_LISTS: Final = (
    "branches", "place_follows", "departments", "institutes", "addressees", "groups",
    "group_begins", "unspaced_branches", "unspaced_companies",
)  # fmt: skip
_ROWS: Final = "short_words"
_TEXTS: Final = ("fields", "qualifiers", "between", "towns", "group_between")

Phrase = tuple[str, ...]


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
    document = read_file(path)
    problems = list(_problems(document))
    if problems:
        raise ReferenceDataError(problems)
    content = document.value
    units = {
        phrase: kind
        for kind in ("institutes", "departments", "branches")
        for phrase in _phrases(content[kind])
    }
    fields, towns = frozenset(content["fields"].split()), frozenset(content["towns"].split())
    between = frozenset(content["between"].split())
    shorts: dict[str, frozenset[str]] = {}
    for long, row in content[_ROWS].items():
        for short in row.split():
            shorts[short] = shorts.get(short, frozenset()) | {long}
    return OrganizationWords(
        units=MappingProxyType(units),
        unit_begins=frozenset(phrase[0] for phrase in units),
        place_follows=frozenset(_phrases(content["place_follows"])),
        fields=fields,
        soft=fields | towns | frozenset(content["qualifiers"].split()),
        between=between,
        towns=towns,
        addressees=tuple(sorted(content["addressees"], key=lambda text: (-len(text), text))),
        groups=frozenset(_phrases(content["groups"])),
        group_begins=frozenset(_phrases(content["group_begins"])),
        group_between=frozenset(content["group_between"].split()),
        unspaced_branches=_longest_first(content["unspaced_branches"]),
        unspaced_companies=_longest_first(content["unspaced_companies"]),
        longest=max(map(len, units)),
        short_words=MappingProxyType(shorts),
        long_words=MappingProxyType(
            {long: frozenset(row.split()) for long, row in content[_ROWS].items()}
        ),
    )


def _phrases(texts: Iterable[str]) -> Iterator[Phrase]:
    yield from filter(None, (tuple(normalize(text).split()) for text in texts))


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def _problems(document: Document) -> Iterator[Problem]:
    content: dict[str, Any] = document.value if isinstance(document.value, dict) else {}
    known = {"schema", "version", _ROWS, *_LISTS, *_TEXTS}
    for key in sorted(content.keys() - known):
        yield _problem(document, key, f"unknown key {key!r}")
    for key in _LISTS:
        found = content.get(key)
        if not isinstance(found, list) or not all(isinstance(v, str) and v for v in found):
            yield _problem(document, key, f"expected a list of texts under {key!r}")
    rows = content.get(_ROWS)
    if not isinstance(rows, dict) or not all(isinstance(row, str) for row in rows.values()):
        yield _problem(document, _ROWS, f"expected words and their short forms under {_ROWS!r}")
    for key in _TEXTS:
        if not isinstance(content.get(key), str):
            yield _problem(document, key, f"expected words under {key!r}")


def _problem(document: Document, key: str, message: str) -> Problem:
    return document.problem((key,), message, code=ReferenceDataError.code)
