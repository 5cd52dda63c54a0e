"""labels.yaml: the words that machines, sellers and people print around the name of a chip.

Only these are taken off a name. Any other word may say that the text is not one chip, as in
"blade: H100".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Self

from pydantic import Field

from compliance.chips.spelling import tokens
from compliance.tables import Listed, Strict

_Word = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]
_Words = Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)*$")]
_Die = Annotated[str, Field(pattern=r"^[a-z0-9#@]+( [a-z0-9#@]+)*$")]
_Number = Annotated[int, Field(strict=True, ge=1, le=1000)]
_SIGNS: Final = {"#": r"\d{1,3}", "@": "[a-z]{0,4}"}


class LabelTable(Strict):
    """labels.yaml."""

    version: Literal[1] = Field(alias="schema")
    keys: Listed[_Word]
    phrases: Listed[_Words]
    hosts: Listed[_Words]
    classes: Listed[_Word]
    dies: Listed[_Die]
    quantities: dict[_Word, _Number]
    behind: dict[_Word, _Number]
    places: Listed[_Words]
    benchmark: Listed[_Word]


@dataclass(frozen=True, slots=True)
class LabelWords:
    """The words as labels are read by them. Build it with `of`.

    `quantities` count what stands behind them, `behind` what stands before.
    """

    keys: frozenset[str]
    phrases: frozenset[str]
    hosts: frozenset[str]
    classes: frozenset[str]
    quantities: Mapping[str, int]
    behind: Mapping[str, int]
    places: frozenset[str]
    benchmark: frozenset[str]
    _dies: re.Pattern[str]

    @classmethod
    def of(cls, table: LabelTable) -> Self:
        """The words of the table."""
        dies = "|".join("".join(_SIGNS.get(sign, sign) for sign in die) for die in table.dies)
        return cls(
            frozenset(table.keys),
            frozenset(table.phrases),
            frozenset(table.hosts),
            frozenset(table.classes),
            table.quantities,
            table.behind,
            frozenset(table.places),
            frozenset(table.benchmark),
            re.compile(dies),
        )

    def is_key(self, text: str) -> bool:
        """Whether a text before ":" or "=" says only that a chip is named."""
        words = tokens(text.replace(".", " "))
        return self.keys.issuperset(words) or " ".join(words) in self.phrases

    def is_die(self, text: str) -> bool:
        """Whether a text is a die's code beside maker and class of device, or only these."""
        rest = [word for word in tokens(text) if word not in self.classes]
        return not rest or bool(self._dies.fullmatch(" ".join(rest)))
