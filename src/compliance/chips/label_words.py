"""labels.yaml: the words that machines, sellers and people print around the name of a chip.

Only these are taken off a name. Any other word may say that the text is not one chip, as in
"blade: H100".
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.chips.canonical_key import tokens
from compliance.tables import Listed, SetOf, Strict

_Word = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]
_Words = Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)*$")]
_Die = Annotated[str, Field(pattern=r"^[a-z0-9#@]+( [a-z0-9#@]+)*$")]
_Number = Annotated[int, Field(strict=True, ge=1, le=1000)]
_SIGNS: Final = {"#": r"\d{1,3}", "@": "[a-z]{0,4}"}


class LabelWords(Strict):
    """labels.yaml; `quantities` count what stands behind them, `behind` what stands before."""

    version: Literal[1] = Field(alias="schema")
    keys: SetOf[_Word]
    phrases: SetOf[_Words]
    hosts: SetOf[_Words]
    classes: SetOf[_Word]
    dies: Listed[_Die]
    quantities: dict[_Word, _Number]
    behind: dict[_Word, _Number]
    places: SetOf[_Words]
    benchmark: SetOf[_Word]

    @cached_property
    def die_codes(self) -> re.Pattern[str]:
        """What fits the code of a die."""
        return re.compile(
            "|".join("".join(_SIGNS.get(sign, sign) for sign in die) for die in self.dies)
        )

    def is_key(self, text: str) -> bool:
        """Whether a text before ":" or "=" says only that a chip is named."""
        words = tokens(text.replace(".", " "))
        return self.keys.issuperset(words) or " ".join(words) in self.phrases

    def is_die(self, text: str) -> bool:
        """Whether a text is a die's code beside maker and class of device, or only these."""
        rest = [word for word in tokens(text) if word not in self.classes]
        return not rest or bool(self.die_codes.fullmatch(" ".join(rest)))
