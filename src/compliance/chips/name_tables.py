"""The words of chips' names, read from the reviewed tables: vendors, aliases, sets, systems.

What stands for the vendor, what says nothing, what is written alike, and which names are of one
chip, of several or of a system. Holds the tables against each other and against chips.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from compliance.chips.canonical_key import tokens
from compliance.chips.chip import Chip, read_chips
from compliance.chips.classification_law import Law, read_law
from compliance.chips.label_words import LabelWords
from compliance.chips.system_table import SystemTable
from compliance.tables import Findings, Listed, Strict

_Word = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]


class _Vendor(Strict):
    """One row of vendors.yaml."""

    headquarters: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    brands: Listed[_Word]
    lines: Listed[_Word]
    before: dict[_Word, Listed[_Word]] = Field(default_factory=dict)
    confidence: Literal["P", "S", "M"]


class VendorTable(Strict):
    """vendors.yaml."""

    version: Literal[1] = Field(alias="schema")
    generic: Listed[_Word]
    written: dict[str, str]
    vendors: dict[str, _Vendor]


class AliasTable(Strict):
    """aliases.yaml."""

    version: Literal[1] = Field(alias="schema")
    aliases: dict[str, str]
    sets: dict[str, Annotated[Listed[str], Field(min_length=2)]]
    same: dict[_Word, _Word]
    cased: dict[str, str]
    boards: dict[str, str]
    providers: dict[str, str]

    def models(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every model that the table names, with its place."""
        for part in ("aliases", "boards", "cased"):
            named: dict[str, str] = getattr(self, part)
            yield from (((part, name), model) for name, model in named.items())
        for name, several in self.sets.items():
            yield from ((("sets", name, index), model) for index, model in enumerate(several))


@dataclass(frozen=True, slots=True)
class VendorWords:
    """Words before a name that say only the vendor (`brands`) or its product line (`lines`).

    `before` are lines that may stand before another: "Radeon Instinct MI50".
    """

    brands: frozenset[str]
    lines: frozenset[str]
    before: Mapping[str, frozenset[str]]

    @property
    def leading(self) -> frozenset[str]:
        """All of them."""
        return self.brands | self.lines

    def of(self, words: frozenset[str]) -> frozenset[str]:
        """The words that may be taken from before a chip whose names hold these words."""
        lines = self.lines & words
        return self.brands | lines.union(*(self.before.get(line, ()) for line in lines))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tables say of names beyond the models and the alias column.

    `aliases` and `sets` are names of one model and of several; `generic` are words that say
    nothing of which chip; `same` are words and what they are written as.
    """

    vendors: Mapping[str, VendorWords]
    generic: frozenset[str]
    aliases: Mapping[str, str]
    sets: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text, each as it is usually written."""
        return tuple(self.same.get(word, word) for word in tokens(text))

    def telling(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words without those that say nothing."""
        return tuple(word for word in words if word not in self.generic)


def vocabulary_of(tables: Tables) -> Vocabulary:
    """The words of the tables as names are read by them."""
    aliases = tables.aliases
    return Vocabulary(
        {
            name: VendorWords(
                frozenset(vendor.brands) | frozenset(tokens(name)),
                frozenset(vendor.lines),
                {line: frozenset(words) for line, words in vendor.before.items()},
            )
            for name, vendor in tables.vendors.vendors.items()
        },
        frozenset(tables.vendors.generic),
        aliases.aliases,
        aliases.sets,
        aliases.same,
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that every look-up needs."""

    chips: tuple[Chip, ...]
    law: Law
    vendors: VendorTable
    aliases: AliasTable
    systems: SystemTable
    labels: LabelWords


def read_tables(folder: Path) -> Tables:
    """The tables that every look-up needs, held against each other."""
    findings = Findings()
    chips = read_chips(folder / "chips.csv", findings)
    law = read_law(folder / "classification.yaml", findings)
    vendors = findings.read(folder / "vendors.yaml", VendorTable)
    aliases = findings.read(folder / "aliases.yaml", AliasTable)
    systems = findings.read(folder / "systems.yaml", SystemTable)
    labels = findings.read(folder / "labels.yaml", LabelWords)
    findings.settle()
    if law is None or vendors is None or aliases is None or systems is None or labels is None:
        raise AssertionError  # unreachable: a table that cannot be read leaves a finding
    models = {chip.model for chip in chips}
    for name in sorted({chip.vendor for chip in chips} - set(vendors[1].vendors)):
        findings.report(vendors[0], ("vendors",), f"chips.csv has chips of {name!r}, not listed")
    for document, places in ((aliases[0], aliases[1].models()), (systems[0], systems[1].models())):
        for place, model in places:
            if model not in models:
                findings.report(document, place, f"no chip is called {model!r}")
    findings.settle()
    return Tables(chips, law, vendors[1], aliases[1], systems[1], labels[1])
