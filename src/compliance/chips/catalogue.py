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
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from compliance.chips.apposition import restated
from compliance.chips.canonical_key import LONGEST, key
from compliance.chips.chip import Chip
from compliance.chips.classification import Classification
from compliance.chips.classification_law import Law
from compliance.chips.classifier import Classifier
from compliance.chips.instances import Instance, Instances, InstanceType, Named, read_instances
from compliance.chips.interpretation import Reading
from compliance.chips.name_lookup import ChipNames
from compliance.chips.name_tables import Tables, read_tables, vocabulary_of
from compliance.chips.reader import Reader
from compliance.chips.systems import Systems
from compliance.errors import Problem, UnknownNameError
from compliance.memo import Memo
from compliance.model.specification import ChipSpecification
from compliance.tables.embedded import rules_path

_FOLDER: Final = ("data", "chips")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Chips, instance types and classifications of one rule set. Build it with `load`."""

    rules: Path
    chips: tuple[Chip, ...]
    _tables: Tables = field(repr=False)
    _reader: Reader = field(repr=False)
    _classifier: Classifier = field(repr=False)
    _models: Mapping[str, Chip] = field(repr=False)
    _readings: Memo[str, Reading | Problem] = field(default_factory=Memo, init=False, repr=False)

    @classmethod
    def load(cls, rules: Path | None = None) -> Self:
        """Read data/chips/ below `rules` (embedded if None); instances when first asked for.

        Raises:
            ReferenceDataError: every defect of the tables, with file and line.
        """
        root = rules_path() if rules is None else rules
        tables = read_tables(root.joinpath(*_FOLDER))
        classifier = Classifier(tables.law)
        names = ChipNames.of(tables.chips, vocabulary_of(tables), classifier)
        models = {chip.model: chip for chip in tables.chips}
        aliases = tables.aliases
        reader = Reader(
            names,
            Systems.of(tables.systems, names),
            tables.labels,
            written=dict(sorted(tables.vendors.written.items(), key=lambda pair: -len(pair[0]))),
            boards={
                key(names.vocabulary.words(word)): models[model]
                for word, model in aliases.boards.items()
            },
            cased={text: models[model] for text, model in aliases.cased.items()},
        )
        return cls(root, tables.chips, tables, reader, classifier, models)

    def __reduce__(self) -> tuple[Callable[[Path], Catalogue], tuple[Path]]:
        return type(self).load, (self.rules,)

    @property
    def law(self) -> Law:
        """The dated rules of the entry."""
        return self._tables.law

    def check(self) -> None:
        """Read what `load` leaves for later.

        Raises:
            ReferenceDataError: every defect of the tables of instances, with file and line.
        """
        _ = self._types

    @cached_property
    def _types(self) -> Instances:
        """The table of instance types, read when first asked for."""
        folder = self.rules.joinpath(*_FOLDER)
        return read_instances(folder, self._models, self._tables.aliases.providers, self._in_a_type)

    def _in_a_type(self, text: str) -> Chip:
        """The one chip that a type of instance is said to have."""
        found = self._reader.read(text)
        if found.system or found.counted or found.share < 1:
            raise UnknownNameError(
                Problem.at(f"{text!r} is not the name of one chip", code=UnknownNameError.code)
            )
        return self._one(text, found.chips)

    def read(self, text: str) -> Reading:
        """What a text names: a chip, several that it fits, or a system; and how many chips.

        Raises:
            UnknownNameError: nothing that is known, with near spellings.
        """
        try:
            found = self._readings[text]
        except KeyError:
            found = self._readings.keep(text, self._read(text))
        if isinstance(found, Problem):
            raise UnknownNameError(found)
        return found

    def _read(self, text: str) -> Reading | Problem:
        """A text as a chip, else as instance types, each also with its provider, or as both."""
        try:
            return self._reader.read(text)
        except UnknownNameError as error:
            named = self._types.named(text)
            if named is not None and not named.type.accelerated:
                message = f"{named.type.provider} {named.type.type} has no accelerator"
                return Problem.at(message, code=UnknownNameError.code)
            if named is not None:
                return self._of_type(named)
            if len(text) > LONGEST:
                return error.problems[0]
            twice = self._behind_provider(text) or restated(text, self._chip_or_type)
            return twice or error.problems[0]

    def _chip_or_type(self, text: str) -> Reading | None:
        return self._as_it_stands(text) or self._behind_provider(text)

    def _as_it_stands(self, text: str) -> Reading | None:
        found = self._reader.reading(text)
        named = None if found is not None else self._types.named(text)
        return found if named is None or not named.type.accelerated else self._of_type(named)

    def _behind_provider(self, text: str) -> Reading | None:
        rests = (rest for _, rest in self._types.without_provider(text))
        return next(filter(None, map(self._as_it_stands, rests)), None)

    def _of_type(self, named: Named) -> Reading:
        """What instance types name that are given as a chip."""
        row, times = named
        sizes = () if row.count is None else (row.count * times,)
        share = min(Fraction(1), Fraction(1 if row.share is None else row.share))
        kind = f"{row.provider} {row.type}"
        chips = (self._models[row.chip],)
        return Reading(chips, sizes, share, kind, "board", counted=times > 1)

    def find(self, text: str) -> Chip:
        """The chip that a text names: a model, a marketing name, what nvidia-smi prints.

        Of a system it is the chip that the system holds; `read` tells how many. Of several chips
        of one vendor and market that classify alike on every day it is the first of the catalogue.

        Raises:
            UnknownNameError: no chip, with near spellings, or several, with the candidates.
        """
        return self._one(text, self.read(text).chips)

    def _one(self, text: str, chips: tuple[Chip, ...]) -> Chip:
        """The chip that a name fits, or the first of several that are the same in law."""
        if len(chips) > 1 and not (self._classifier.alike(chips) and _of_one_kind(chips)):
            raise UnknownNameError(
                Problem.at(
                    f"{text!r} names more than one chip",
                    hint=f"one of {', '.join(chip.model for chip in chips)}",
                    code=UnknownNameError.code,
                )
            )
        return chips[0]

    def on_card(self, chip: Chip) -> int:
        """How many chips of this model a card carries."""
        return self._reader.systems.on_card(chip)

    def instance(self, provider: str, name: str) -> Instance:
        """The chip of a provider's instance type and how many an instance computes on.

        A slice of one chip is one chip; `instance_type` tells the share. (None, 0) is a type of a
        family without accelerators; a number that is not established is None.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        row = self._types.find(provider, name)
        return Instance(self._models[row.chip] if row.accelerated else None, row.count)

    def instance_type(self, provider: str, name: str) -> InstanceType:
        """The row of the table for an instance type, with its source and doubt.

        Raises:
            UnknownNameError: as `instance`.
        """
        return self._types.find(provider, name)

    def type_named(self, text: str) -> InstanceType | None:
        """The instance type that a text names without saying so ("p5.48xlarge"), or None."""
        named = self._types.named(text)
        return None if named is None else named.type

    @property
    def instances(self) -> tuple[InstanceType, ...]:
        """Every instance type, in the order of the table."""
        return self._types.rows

    def classify(self, what: Chip | ChipSpecification | str, *, as_of: date) -> Classification:
        """The paragraph of ECCN 3A090 on a day, for a chip, its figures or its name.

        Raises:
            UnknownNameError: a name that is not known.
        """
        if isinstance(what, str):
            what = self.find(what)
        figures = what.specification if isinstance(what, Chip) else what
        return self._classifier.classify(figures, as_of)

    def change_dates(self) -> tuple[date, ...]:
        """Every day, in order, on which the answer of `classify` may change."""
        return tuple(regime.since for regime in self.law.regimes)

    def vendor_country(self, vendor: str) -> str | None:
        """ISO 3166-1 alpha-2 code of the country where a vendor is headquartered, or None."""
        known = self._tables.vendors.vendors.get(vendor)
        return known.headquarters if known is not None else None


def _of_one_kind(chips: tuple[Chip, ...]) -> bool:
    return len({(chip.vendor, chip.specification.market) for chip in chips}) == 1
