"""The reviewed words that customer records add to names: `rules/data/organization_words.yaml`.

Branches, departments, addressees and groups; every phrase is a tuple of normalized words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from compliance.names.normalization import normalize
from compliance.tables import Listed, Strict, WordSet, read_table
from compliance.tables.embedded import rules_path

FILE: Final = "organization_words.yaml"
Phrase = tuple[str, ...]


def _phrases(texts: Any) -> Any:
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError("a list of texts is expected")
    return frozenset(filter(None, (tuple(normalize(text).split()) for text in texts)))


def _longest_first(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


_Phrases = Annotated[frozenset[Phrase], BeforeValidator(_phrases)]
_Texts = Annotated[Listed[Annotated[str, Field(min_length=1)]], AfterValidator(_longest_first)]


class OrganizationWords(Strict):
    """The table. `short_words` maps each short form to the words it may stand for.

    `units` maps each phrase for a branch or a part to its kind ("branches", "departments",
    "institutes"); `soft` are words that name nobody beside such a phrase; `long_words` maps a word
    to its short forms.
    """

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    branches: _Phrases
    place_follows: _Phrases
    departments: _Phrases
    institutes: _Phrases
    fields: WordSet
    qualifiers: WordSet
    between: WordSet
    towns: WordSet
    addressees: _Texts
    groups: _Phrases
    group_begins: _Phrases
    group_between: WordSet
    unspaced_branches: _Texts
    unspaced_companies: _Texts
    long_words: dict[str, WordSet] = Field(alias="short_words")

    @cached_property
    def units(self) -> Mapping[Phrase, str]:
        """Phrases for branches and parts, and the kind of each."""
        kinds = {
            "institutes": self.institutes,
            "departments": self.departments,
            "branches": self.branches,
        }
        found = {phrase: kind for kind, phrases in kinds.items() for phrase in phrases}
        return MappingProxyType(found)

    @cached_property
    def unit_begins(self) -> frozenset[str]:
        """The first words of the units."""
        return frozenset(phrase[0] for phrase in self.units)

    @cached_property
    def longest(self) -> int:
        """The words of the longest unit."""
        return max(map(len, self.units))

    @cached_property
    def soft(self) -> frozenset[str]:
        """Words that name nobody beside a unit."""
        return self.fields | self.towns | self.qualifiers

    @cached_property
    def short_words(self) -> Mapping[str, frozenset[str]]:
        """The words that each short form may stand for."""
        found: dict[str, frozenset[str]] = {}
        for long, shorts in self.long_words.items():
            for short in shorts:
                found[short] = found.get(short, frozenset()) | {long}
        return MappingProxyType(found)


@cache
def organization_words() -> OrganizationWords:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read_table(rules_path() / "data" / FILE, OrganizationWords)
