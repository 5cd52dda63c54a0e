"""Instance types of cloud providers: which chip, and how many, or that there is none.

Three answers stay apart: a chip, with its number or a number that is not established; no
accelerator, of a family that is known to have none; and unknown. A type is looked for in
instances.csv, where it may hold "*" for any letters, digits and hyphens, and then among the forms
of instance_rules.yaml. Where a provider does not disclose the chip, it is unknown, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from math import ceil
from pathlib import Path
from typing import Final, NamedTuple

from compliance.chips.chip import Chip
from compliance.chips.instance_rules import Counted, InstanceRules, folded, read_rules
from compliance.chips.spelling import LONGEST
from compliance.chips.table import Table
from compliance.errors import Problem, UnknownNameError

_LABEL: Final = re.compile(r"^(?:[a-z0-9.\-]+/)?instance[ _\-]?type\s*[= ]\s*")
_TELLING: Final = 3  # letters and digits of a name that is no size: "a2", "m4" are sizes
_COLUMNS: Final = ("provider", "type", "chip", "count", "source", "doubt")


class Instance(NamedTuple):
    """What one instance of a type computes on.

    `chip` is None where the type has no accelerator, and `number` is then 0; `number` is None where
    nobody has established how many chips there are. Compares as the tuple: `(chip, 8)`.
    """

    chip: Chip | None
    number: int | None


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One type: `chip` is a model of the catalogue, "" where none is disclosed or there is none.

    `share` is the number of chips, a fraction where a slice of one chip is rented, 0 where the type
    has no accelerator, None where the number is not established.
    """

    provider: str
    type: str
    chip: str
    share: Decimal | None
    source: str
    doubt: str

    @property
    def accelerated(self) -> bool:
        """Whether it computes on any accelerator; an undisclosed one is one."""
        return self.share != 0

    @property
    def count(self) -> int | None:
        """How many physical chips the instance computes on: a slice of one is one."""
        return None if self.share is None else ceil(self.share)


@dataclass(frozen=True, slots=True)
class Instances:
    """All instance types, by folded provider and type. Build it with `read_instances`."""

    rows: tuple[InstanceType, ...]
    _exact: Mapping[tuple[str, str], InstanceType]
    _patterns: tuple[tuple[str, re.Pattern[str], InstanceType], ...]
    _rules: InstanceRules
    _providers: Mapping[str, str]
    _find: Callable[[str], Chip]

    def find(self, provider: str, name: str) -> InstanceType:
        """The instance type that a provider calls `name`; case does not matter.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        if max(len(provider), len(name)) > LONGEST:
            raise UnknownNameError(
                Problem.at(f"longer than {LONGEST} characters", code=UnknownNameError.code)
            )
        said = " ".join(unicodedata.normalize("NFKC", provider).casefold().split())
        known = self._providers.get(said, said)
        shown = unicodedata.normalize("NFKC", name)
        row = next(self._found(known, folded(shown), shown.strip()), None)
        if row is None:
            raise self._unknown(provider, known, name)
        if row.accelerated and not row.chip:
            message = f"{provider} does not disclose the chip of {name}"
            raise UnknownNameError(Problem.at(message, hint=row.doubt, code=UnknownNameError.code))
        return row

    def named(self, text: str) -> InstanceType | None:
        """The type that a text names without its provider, or with it before; None if not one.

        Types of one name with several providers are one where chip and number are the same; one
        that has chips goes before one that has none. A plain word or number is no type without its
        provider ("c5"), nor is what a marketplace names after its chip. The key of a Kubernetes
        label is taken off ("node.kubernetes.io/instance-type=p5.48xlarge").
        """
        if len(text) > LONGEST:
            return None
        said = folded(unicodedata.normalize("NFKC", text).replace(":", " "))
        said = _LABEL.sub("", said)
        found: list[InstanceType] = []
        for provider in {row.provider for row in self.rows} | set(self._rules.forms):
            bare = said.removeprefix(f"{provider} ")
            if bare != said or not bare.isalnum():
                found += list(self._found(provider, bare, bare, of_chips=False))[:1]
        found = [row for row in found if row.accelerated] or found
        alike = len({(row.chip, row.share) for row in found}) == 1
        row = min(found, key=lambda each: each.provider) if alike else None
        return None if row is None or (row.accelerated and not row.chip) else row

    def _found(
        self, provider: str, wanted: str, shown: str, *, of_chips: bool = True
    ) -> Iterator[InstanceType]:
        """What the tables say of a folded name, the most particular first.

        `of_chips`: also the forms that hold the name of a chip.
        """
        names = self._rules.names(provider, wanted)
        yield from (
            self._exact[provider, name] for name in names if (provider, name) in self._exact
        )
        for name in names:
            for owner, pattern, row in self._patterns:
                if owner == provider and pattern.fullmatch(name):
                    yield row
        yield from self._by_rule(provider, names, shown, of_chips=of_chips)

    def _by_rule(
        self, provider: str, names: tuple[str, ...], shown: str, *, of_chips: bool
    ) -> Iterator[InstanceType]:
        unread: list[UnknownNameError] = []
        for rule, n, text in (
            each for name in names for each in self._rules.matches(provider, name)
        ):
            row = InstanceType(provider, shown, "", Decimal(0), rule.source, rule.doubt)
            if isinstance(rule, Counted):
                if text is not None and not of_chips:
                    continue
                try:
                    chip = rule.chip if text is None else self._find(text).model
                except UnknownNameError as error:
                    unread.append(error)
                    continue
                row = replace(row, chip=chip, share=rule.share(n))
            elif self._computes(names[0], rule.families):
                continue  # a new type may have anything in it: "vhp-h100" is not one of vhp-*
            yield row
        if unread:
            raise unread[0]

    def _computes(self, name: str, families: tuple[str, ...]) -> bool:
        """Whether a word of a type speaks of GPUs, or names a chip of a data center, no family."""
        for word in set(re.split(r"[^a-z0-9]+", name)).difference(families):
            if "gpu" in word or "tpu" in word:
                return True
            if len(word) >= _TELLING and not word.isdecimal():
                try:
                    chip = self._find(word)
                except UnknownNameError:
                    continue
                if chip.specification.market == "datacenter":
                    return True
        return False

    def _unknown(self, provider: str, known: str, name: str) -> UnknownNameError:
        types = [row.type for row in self.rows if row.provider == known]
        what = f"{provider} instance type is called {name!r}"
        providers = {row.provider for row in self.rows} | set(self._rules.forms)
        if known not in providers:
            types = sorted(providers)
            what, name = f"provider is called {provider!r}", provider
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - a slow import, only for suggestions

        near = process.extract(name, types, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        choices = [choice for choice, *_ in sorted(near, key=lambda found: (-found[1], found[0]))]
        hint = f"did you mean {', '.join(choices)}?" if choices else ""
        return UnknownNameError(Problem.at(f"no {what}", hint=hint, code=UnknownNameError.code))


def read_instances(
    folder: Path,
    models: Mapping[str, Chip],
    providers: Mapping[str, str],
    find: Callable[[str], Chip],
) -> Instances:
    """The types of instances.csv and the rules beside it.

    `models` are the chips that exist, `find` reads the name of a chip that stands in a type.

    Raises:
        ReferenceDataError: every defect of one of the two, with file and line.
    """
    rules = read_rules(folder / "instance_rules.yaml", models)
    table = Table(folder / "instances.csv", _COLUMNS)
    rows: list[InstanceType] = []
    exact: dict[tuple[str, str], InstanceType] = {}
    patterns: list[tuple[str, re.Pattern[str], InstanceType]] = []
    for line, cells in table.rows():
        share = _share(cells["count"]) if cells["count"] else None
        if share is None and cells["count"]:
            table.report(line, f"{cells['count']!r} is no count of chips", column="count")
            continue
        if cells["chip"] and cells["chip"] not in models:
            table.report(line, f"no chip is called {cells['chip']!r}", column="chip")
        provider, name = cells["provider"].casefold(), folded(cells["type"])
        if not provider or not name:
            table.report(line, "an instance type has a provider and a name")
        if (provider, name) in exact:
            table.report(line, f"{provider} {cells['type']} twice", column="type")
        if not cells["source"]:
            table.report(line, "a row has a source", column="source")
        texts = (cells[column] for column in ("source", "doubt"))
        row = InstanceType(provider, cells["type"], cells["chip"], share, *texts)
        rows.append(row)
        spellings = rules.names(provider, name)
        exact.update(((provider, spelling), row) for spelling in spellings)
        if "*" in name:
            any_word = "[a-z0-9-]+".join(map(re.escape, name.split("*")))
            patterns.append((provider, re.compile(any_word), row))
    table.settle()
    return Instances(tuple(rows), exact, tuple(patterns), rules, providers, find)


def _share(text: str) -> Decimal | None:
    try:
        share = Decimal(text)
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 < share <= 10_000 else None
