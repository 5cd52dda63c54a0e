"""The catalogue: chips, their names, cloud instance types and classifications behind one look-up.

It reads texts into chips, never by likeness, and classifies published figures by the law of a day.
Built once from the reviewed tables of a rule set; immutable and safe to share by threads. Its
caches are bounded and change no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field

from compliance.chips.chip import Chip, read_chips
from compliance.chips.classification import Classification, classify
from compliance.chips.instances import Instances, InstanceType, read_instances
from compliance.chips.names import ChipNames, VendorWords
from compliance.chips.regimes import Law, load_law
from compliance.chips.spelling import tokens
from compliance.embedded import rules_path
from compliance.errors import ComplianceError, ReferenceDataError
from compliance.model.specification import ChipSpecification
from compliance.places.table import Findings, Listed, Row

_CACHED: Final = 4096
_Word = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]


class _Vendor(Row):
    """One row of vendors.yaml."""

    headquarters: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    brands: Listed[_Word]
    lines: Listed[_Word]
    confidence: Literal["P", "S", "M"]


class _Vendors(Row):
    """vendors.yaml."""

    version: Literal[1] = Field(alias="schema")
    generic: Listed[_Word]
    vendors: dict[str, _Vendor]


class _Aliases(Row):
    """aliases.yaml."""

    version: Literal[1] = Field(alias="schema")
    aliases: dict[str, str]
    ambiguous: dict[str, Annotated[Listed[str], Field(min_length=2)]]
    providers: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Chips, instance types and classifications of one rule set. Build it with `load`."""

    rules: Path
    chips: tuple[Chip, ...]
    law: Law = field(repr=False)
    _countries: Mapping[str, str] = field(repr=False)
    _find: Callable[[str], Chip] = field(repr=False)
    _instances: Callable[[], Instances] = field(repr=False)
    _models: Mapping[str, Chip] = field(repr=False)
    _classify: Callable[[ChipSpecification, date], Classification] = field(repr=False)

    @classmethod
    def load(cls, rules: Path | None = None) -> Self:
        """Read data/chips/ below `rules` (embedded if None); instances when first asked for.

        Raises:
            ReferenceDataError: every defect of the tables, with file and line.
        """
        root = rules_path() if rules is None else rules
        folder = root / "data" / "chips"
        chips, law, vendors, aliases = _read(folder)
        words = {name: _words(name, vendor) for name, vendor in vendors.vendors.items()}
        judge = lru_cache(_CACHED)(lambda figures, day: classify(figures, law, day))
        days = [regime.since for regime in law.regimes]

        def alike(several: tuple[Chip, ...]) -> bool:
            return all(
                len({judge(chip.specification, day).candidates for chip in several}) == 1
                for day in days
            )

        names = ChipNames.of(
            chips, words, frozenset(vendors.generic), aliases.aliases, aliases.ambiguous, alike
        )
        models = {chip.model: chip for chip in chips}
        return cls(
            root,
            chips,
            law,
            {name: vendor.headquarters for name, vendor in vendors.vendors.items()},
            lru_cache(_CACHED)(names.find),
            cache(lambda: read_instances(folder / "instances.csv", models, aliases.providers)),
            models,
            judge,
        )

    def __reduce__(self) -> tuple[Callable[[Path], Catalogue], tuple[Path]]:
        return type(self).load, (self.rules,)

    def check(self) -> None:
        """Read what `load` leaves for later.

        Raises:
            ReferenceDataError: every defect of the table of instances, with file and line.
        """
        self._instances()

    def find(self, text: str) -> Chip:
        """The chip that a text names: a model, a marketing name, an nvidia-smi name.

        Raises:
            UnknownNameError: no chip, with near spellings, or several, with the candidates.
        """
        return self._find(text)

    def instance(self, provider: str, name: str) -> tuple[Chip, int]:
        """The chip of a provider's instance type and how many an instance computes on.

        A slice of one chip is one chip; `instance_type` tells the share.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        row = self._instances().find(provider, name)
        return self._models[row.chip], row.count

    def instance_type(self, provider: str, name: str) -> InstanceType:
        """The row of the table for an instance type, with its source and doubt.

        Raises:
            UnknownNameError: as `instance`.
        """
        return self._instances().find(provider, name)

    @property
    def instances(self) -> tuple[InstanceType, ...]:
        """Every instance type, in the order of the table."""
        return self._instances().rows

    def classify(self, what: Chip | ChipSpecification | str, *, as_of: date) -> Classification:
        """The paragraph of ECCN 3A090 on a day, for a chip, its figures or its name.

        Raises:
            UnknownNameError: a name that is not known.
        """
        if isinstance(what, str):
            what = self._find(what)
        figures = what.specification if isinstance(what, Chip) else what
        regime = self.law.on(as_of)
        return self._classify(figures, date.min if regime is None else regime.since)

    def change_dates(self) -> tuple[date, ...]:
        """Every day, in order, on which the answer of `classify` may change."""
        return tuple(regime.since for regime in self.law.regimes)

    def vendor_country(self, vendor: str) -> str | None:
        """ISO 3166-1 alpha-2 code of the country where a vendor is headquartered, or None."""
        return self._countries.get(vendor)


def _words(name: str, vendor: _Vendor) -> VendorWords:
    return VendorWords(frozenset(vendor.brands) | frozenset(tokens(name)), frozenset(vendor.lines))


def _read(folder: Path) -> tuple[tuple[Chip, ...], Law, _Vendors, _Aliases]:
    """The four tables that every look-up needs, held against each other."""
    findings = Findings()
    chips: tuple[Chip, ...] = ()
    law: Law | None = None
    try:
        chips = read_chips(folder / "chips.csv")
    except ReferenceDataError as error:
        findings.problems.extend(error.problems)
    try:
        law = load_law(folder / "classification.yaml")
    except ComplianceError as error:
        findings.problems.extend(error.problems)
    vendors = findings.read(folder / "vendors.yaml", _Vendors)
    aliases = findings.read(folder / "aliases.yaml", _Aliases)
    findings.settle()
    if law is None or vendors is None or aliases is None:
        raise AssertionError  # unreachable: a table that cannot be read leaves a finding
    models = {chip.model for chip in chips}
    for name in sorted({chip.vendor for chip in chips} - set(vendors[1].vendors)):
        findings.report(vendors[0], ("vendors",), f"chips.csv has chips of {name!r}, not listed")
    for name, model in aliases[1].aliases.items():
        if model not in models:
            findings.report(aliases[0], ("aliases", name), f"no chip is called {model!r}")
    for name, several in aliases[1].ambiguous.items():
        for index, model in enumerate(several):
            if model not in models:
                findings.report(
                    aliases[0], ("ambiguous", name, index), f"no chip is called {model!r}"
                )
    findings.settle()
    return chips, law, vendors[1], aliases[1]
