"""The catalogue: chips, their names, cloud instance types and classifications behind one look-up.

It reads texts into chips, never by likeness, and classifies published figures by the law of a day.
Built once from the reviewed tables of a rule set; immutable and safe to share by threads. Its
caches are bounded and change no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Self

from compliance.chips.apposition import restated
from compliance.chips.chip import Chip
from compliance.chips.classification import Classification, classify
from compliance.chips.instances import Instance, Instances, InstanceType, Named, read_instances
from compliance.chips.names import ChipNames
from compliance.chips.reader import Reader
from compliance.chips.reading import Reading
from compliance.chips.regimes import Law
from compliance.chips.spelling import LONGEST, key
from compliance.chips.systems import Systems
from compliance.chips.vocabulary import read_tables, vocabulary_of
from compliance.embedded import rules_path
from compliance.errors import Problem, UnknownNameError
from compliance.model.specification import ChipSpecification

_CACHED: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Chips, instance types and classifications of one rule set. Build it with `load`."""

    rules: Path
    chips: tuple[Chip, ...]
    law: Law = field(repr=False)
    _countries: Mapping[str, str] = field(repr=False)
    _read: Callable[[str], Reading | Problem] = field(repr=False)
    _systems: Systems = field(repr=False)
    _alike: Callable[[tuple[Chip, ...]], bool] = field(repr=False)
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
        tables = read_tables(folder)
        law, aliases = tables.law, tables.aliases
        judge = lru_cache(_CACHED)(lambda figures, day: classify(figures, law, day))
        days = [regime.since for regime in law.regimes]

        def alike(several: tuple[Chip, ...]) -> bool:
            return all(
                len({judge(chip.specification, day).candidates for chip in several}) == 1
                for day in days
            )

        names = ChipNames.of(tables.chips, vocabulary_of(tables), alike)
        models = {chip.model: chip for chip in tables.chips}
        systems = Systems.of(tables.systems, names)
        written = dict(sorted(tables.vendors.written.items(), key=lambda pair: -len(pair[0])))
        boards = {
            key(names.vocabulary.words(word)): models[model]
            for word, model in aliases.boards.items()
        }
        cased = {text: models[model] for text, model in aliases.cased.items()}
        reader = Reader(names, systems, tables.labels, written, boards, cased)

        def in_a_type(text: str) -> Chip:
            found = reader.read(text)
            if found.system or found.counted or found.share < 1:
                raise UnknownNameError(
                    Problem.at(f"{text!r} is not the name of one chip", code=UnknownNameError.code)
                )
            return _one(text, found.chips, alike)

        instances = cache(lambda: read_instances(folder, models, aliases.providers, in_a_type))

        return cls(
            root,
            tables.chips,
            law,
            {name: vendor.headquarters for name, vendor in tables.vendors.vendors.items()},
            lru_cache(_CACHED)(_reading(reader, instances, models)),
            systems,
            alike,
            instances,
            models,
            judge,
        )

    def __reduce__(self) -> tuple[Callable[[Path], Catalogue], tuple[Path]]:
        return type(self).load, (self.rules,)

    def check(self) -> None:
        """Read what `load` leaves for later.

        Raises:
            ReferenceDataError: every defect of the tables of instances, with file and line.
        """
        self._instances()

    def read(self, text: str) -> Reading:
        """What a text names: a chip, several that it fits, or a system; and how many chips.

        Raises:
            UnknownNameError: nothing that is known, with near spellings.
        """
        found = self._read(text)
        if isinstance(found, Problem):
            raise UnknownNameError(found)
        return found

    def find(self, text: str) -> Chip:
        """The chip that a text names: a model, a marketing name, what nvidia-smi prints.

        Of a system it is the chip that the system holds; `read` tells how many. Of several chips
        of one vendor and market that classify alike on every day it is the first of the catalogue.

        Raises:
            UnknownNameError: no chip, with near spellings, or several, with the candidates.
        """
        return _one(text, self.read(text).chips, self._alike)

    def on_card(self, chip: Chip) -> int:
        """How many chips of this model a card carries."""
        return self._systems.on_card(chip)

    def instance(self, provider: str, name: str) -> Instance:
        """The chip of a provider's instance type and how many an instance computes on.

        A slice of one chip is one chip; `instance_type` tells the share. (None, 0) is a type of a
        family without accelerators; a number that is not established is None.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        row = self._instances().find(provider, name)
        return Instance(self._models[row.chip] if row.accelerated else None, row.count)

    def instance_type(self, provider: str, name: str) -> InstanceType:
        """The row of the table for an instance type, with its source and doubt.

        Raises:
            UnknownNameError: as `instance`.
        """
        return self._instances().find(provider, name)

    def type_named(self, text: str) -> InstanceType | None:
        """The instance type that a text names without saying so ("p5.48xlarge"), or None."""
        named = self._instances().named(text)
        return None if named is None else named.type

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
            what = self.find(what)
        figures = what.specification if isinstance(what, Chip) else what
        regime = self.law.on(as_of)
        return self._classify(figures, date.min if regime is None else regime.since)

    def change_dates(self) -> tuple[date, ...]:
        """Every day, in order, on which the answer of `classify` may change."""
        return tuple(regime.since for regime in self.law.regimes)

    def vendor_country(self, vendor: str) -> str | None:
        """ISO 3166-1 alpha-2 code of the country where a vendor is headquartered, or None."""
        return self._countries.get(vendor)


def _reading(
    reader: Reader, instances: Callable[[], Instances], models: Mapping[str, Chip]
) -> Callable[[str], Reading | Problem]:
    """Reads a text as a chip, else as instance types, each also with its provider, or as both."""

    def chip(text: str) -> Reading | None:
        found = reader.reading(text)
        named = None if found is not None else instances().named(text)
        return found if named is None or not named.type.accelerated else _of(models, named)

    def behind_provider(text: str) -> Reading | None:
        rests = (rest for _, rest in instances().without_provider(text))
        return next(filter(None, map(chip, rests)), None)

    def either(text: str) -> Reading | None:
        return chip(text) or behind_provider(text)

    def read(text: str) -> Reading | Problem:
        try:
            return reader.read(text)
        except UnknownNameError as error:
            named = instances().named(text)
            if named is not None and not named.type.accelerated:
                message = f"{named.type.provider} {named.type.type} has no accelerator"
                return Problem.at(message, code=UnknownNameError.code)
            if named is not None:
                return _of(models, named)
            if len(text) > LONGEST:
                return error.problems[0]
            return behind_provider(text) or restated(text, either) or error.problems[0]

    return read


def _of(models: Mapping[str, Chip], named: Named) -> Reading:
    """What instance types name that are given as a chip."""
    row, times = named
    sizes = () if row.count is None else (row.count * times,)
    share = min(Fraction(1), Fraction(1 if row.share is None else row.share))
    kind = f"{row.provider} {row.type}"
    return Reading((models[row.chip],), sizes, share, kind, "board", counted=times > 1)


def _one(text: str, chips: tuple[Chip, ...], alike: Callable[[tuple[Chip, ...]], bool]) -> Chip:
    """The chip that a name fits, or the first of several that are the same in law."""
    if len(chips) > 1 and not (alike(chips) and _of_one_kind(chips)):
        raise UnknownNameError(
            Problem.at(
                f"{text!r} names more than one chip",
                hint=f"one of {', '.join(chip.model for chip in chips)}",
                code=UnknownNameError.code,
            )
        )
    return chips[0]


def _of_one_kind(chips: tuple[Chip, ...]) -> bool:
    return len({(chip.vendor, chip.specification.market) for chip in chips}) == 1
