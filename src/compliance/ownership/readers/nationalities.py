"""Nationalities in words ("British"): rules/data/nationalities.yaml, read once.

A word that names no one country is unknown, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.places import country
from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import rules_path

FILE: Final = "data/nationalities.yaml"


class NationalitiesTable(Strict):
    """The shape of the file: words by the code of their country."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    nationalities: dict[str, Listed[str]]


def nationality(text: str) -> str | None:
    """The code of the country of a nationality, by its word or by the country's own name."""
    return words().get(_folded(text)) or country(text)


@cache
def words(rules: Path | None = None) -> Mapping[str, str]:
    """Word, in small letters -> code of its country.

    Raises:
        ReferenceDataError: the table is not as it must be, or a word stands twice; with the place.
    """
    findings = Findings()
    document, table = findings.read_only((rules or rules_path()) / FILE, NationalitiesTable)
    found: dict[str, str] = {}
    for code, row in table.nationalities.items():
        at = ("nationalities", code)
        if country(code) != code:
            findings.report(document, at, f"{code} is no country", key=True)
        for index, word in enumerate(row):
            findings.claim(document, (*at, index), word, code, found, spelled=_folded(word))
    findings.settle()
    return MappingProxyType(found)


def _folded(word: str) -> str:
    return " ".join(word.casefold().split())
