"""Nationalities in words ("British"): rules/data/nationalities.yaml, read once.

A word that names no one country is unknown, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import ReferenceDataError
from compliance.places import country
from compliance.yaml import read_file

SCHEMA: Final = 1
FILE: Final = "data/nationalities.yaml"


def nationality(text: str) -> str | None:
    """The code of the country of a nationality, by its word or by the country's own name."""
    return words().get(_folded(text)) or country(text)


@cache
def words(rules: Path | None = None) -> Mapping[str, str]:
    """Word, in small letters -> code of its country.

    Raises:
        ReferenceDataError: the table is not as it must be, or a word stands twice; with the place.
    """
    document = read_file((rules or rules_path()) / FILE)
    content: Any = document.value
    if not isinstance(content, dict) or content.keys() != {"schema", "nationalities"}:
        raise ReferenceDataError(document.problem((), "expected schema and nationalities"))
    if content["schema"] != SCHEMA or not isinstance(content["nationalities"], dict):
        message = f"expected schema {SCHEMA} and a mapping of codes"
        raise ReferenceDataError(document.problem((), message))
    found: dict[str, str] = {}
    for code, row in content["nationalities"].items():
        at = ("nationalities", code)
        if country(code) != code:
            raise ReferenceDataError(document.problem(at, f"{code} is no country", key=True))
        if not (isinstance(row, list) and all(isinstance(word, str) for word in row)):
            raise ReferenceDataError(document.problem(at, "expected a list of words"))
        for index, word in enumerate(row):
            if found.setdefault(_folded(word), code) != code:
                message = f"{word!r} is also of {found[_folded(word)]}"
                raise ReferenceDataError(document.problem((*at, index), message))
    return MappingProxyType(found)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())
