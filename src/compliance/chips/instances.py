"""Instance types of cloud providers: which chip, and how many.

A type may hold "*" for any letters, digits and hyphens ("n1-standard-*+nvidia-tesla-t4:1"). Where
a provider does not disclose the chip, the table says so and the chip is unknown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil
from pathlib import Path
from typing import Final

from compliance.chips.spelling import LONGEST
from compliance.chips.table import Table
from compliance.errors import Problem, UnknownNameError

_COLUMNS: Final = ("provider", "type", "chip", "count", "source", "doubt")


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One row: `chip` is a model of the catalogue, "" where the provider does not disclose it.

    `share` is the number of chips, a fraction where a slice of one chip is rented.
    """

    provider: str
    type: str
    chip: str
    share: Decimal
    source: str
    doubt: str

    @property
    def count(self) -> int:
        """How many physical chips the instance computes on: a slice of one is one."""
        return ceil(self.share)


@dataclass(frozen=True, slots=True)
class Instances:
    """All instance types, by folded provider and type. Build it with `read_instances`."""

    rows: tuple[InstanceType, ...]
    _exact: Mapping[tuple[str, str], InstanceType]
    _patterns: tuple[tuple[str, re.Pattern[str], InstanceType], ...]
    _providers: Mapping[str, str]

    def find(self, provider: str, name: str) -> InstanceType:
        """The instance type that a provider calls `name`; case does not matter.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        if max(len(provider), len(name)) > LONGEST:
            raise UnknownNameError(
                Problem.at(f"longer than {LONGEST} characters", code=UnknownNameError.code)
            )
        folded = " ".join(provider.casefold().split())
        known = self._providers.get(folded, folded)
        wanted = " ".join(name.casefold().split())
        row = self._exact.get((known, wanted)) or next(
            (r for p, pattern, r in self._patterns if p == known and pattern.fullmatch(wanted)),
            None,
        )
        if row is None:
            raise self._unknown(provider, known, name)
        if not row.chip:
            message = f"{provider} does not disclose the chip of {name}"
            raise UnknownNameError(Problem.at(message, hint=row.doubt, code=UnknownNameError.code))
        return row

    def named(self, text: str) -> InstanceType | None:
        """The type that a text names without its provider, or with it before; None if not one.

        Types of one name with several providers are one where chip and number are the same.
        """
        said = " ".join(text.casefold().replace(":", " ").split())
        found = [
            row
            for (provider, name), row in self._exact.items()
            if row.chip and said in {name, f"{provider} {name}"}
        ]
        alike = len({(row.chip, row.share) for row in found}) == 1
        return found[0] if alike else None

    def _unknown(self, provider: str, known: str, name: str) -> UnknownNameError:
        types = [row.type for row in self.rows if row.provider == known]
        what = f"{provider} instance type is called {name!r}"
        if not types:
            types = sorted({row.provider for row in self.rows})
            what, name = f"provider is called {provider!r}", provider
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - a slow import, only for suggestions

        near = process.extract(name, types, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        choices = [choice for choice, *_ in sorted(near, key=lambda found: (-found[1], found[0]))]
        hint = f"did you mean {', '.join(choices)}?" if choices else ""
        return UnknownNameError(Problem.at(f"no {what}", hint=hint, code=UnknownNameError.code))


def read_instances(path: Path, models: Collection[str], providers: Mapping[str, str]) -> Instances:
    """The instance types of instances.csv; `models` are the chips that exist.

    Raises:
        ReferenceDataError: every defect, with file and line.
    """
    table = Table(path, _COLUMNS)
    rows: list[InstanceType] = []
    exact: dict[tuple[str, str], InstanceType] = {}
    patterns: list[tuple[str, re.Pattern[str], InstanceType]] = []
    for line, cells in table.rows():
        share = _share(cells["count"])
        if share is None:
            table.report(line, f"{cells['count']!r} is no count of chips", column="count")
            continue
        if cells["chip"] and cells["chip"] not in models:
            table.report(line, f"no chip is called {cells['chip']!r}", column="chip")
        provider, folded = cells["provider"].casefold(), cells["type"].casefold()
        if not provider or not folded:
            table.report(line, "an instance type has a provider and a name")
        if (provider, folded) in exact:
            table.report(line, f"{provider} {cells['type']} twice", column="type")
        texts = (cells[name] for name in ("source", "doubt"))
        row = InstanceType(provider, cells["type"], cells["chip"], share, *texts)
        rows.append(row)
        exact[provider, folded] = row
        if "*" in folded:
            any_word = "[a-z0-9-]+".join(map(re.escape, folded.split("*")))
            patterns.append((provider, re.compile(any_word), row))
    table.settle()
    return Instances(tuple(rows), exact, tuple(patterns), providers)


def _share(text: str) -> Decimal | None:
    try:
        share = Decimal(text)
    except InvalidOperation:
        return None
    return share if share.is_finite() and 0 < share <= 10_000 else None
