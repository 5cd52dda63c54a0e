"""A chip of the catalogue, and the table of chips.

One row is one integrated circuit, also where a board carries several. The table holds what makers
publish; nothing that can be computed from it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from compliance.chips.table import Table
from compliance.model.specification import ChipSpecification

_LAUNCH: Final = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?", re.ASCII)
_FIGURES: Final = tuple(name for name in ChipSpecification.model_fields if name != "dies")
_BEFORE: Final = ("vendor", "model", "aliases", "form", "launch_date")
_MARKETED: Final = "memory_marketed_gb"
_AFTER: Final = (_MARKETED, "source", "doubt")
_SIZE: Final = re.compile(r"[1-9]\d{0,3}(\.\d)?", re.ASCII)
_FLAGS: Final = {"1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Chip:
    """One integrated circuit as its maker describes it.

    `launch_date` is an ISO date to the day, month or year, "" where unknown; `doubt` says what
    about the figures is not sure, "" where nothing is known to be doubtful. `memory_marketed_gb`
    are other sizes by which it is sold than the memory of one circuit: 288 where 270 are usable,
    what a whole card or the processor beside it has.
    """

    vendor: str
    model: str
    aliases: tuple[str, ...]
    form: str
    launch_date: str
    specification: ChipSpecification
    source: str
    doubt: str
    memory_marketed_gb: tuple[Decimal, ...] = ()

    @property
    def name(self) -> str:
        """Vendor and model: "NVIDIA H100 SXM5 80GB"."""
        return f"{self.vendor} {self.model}"


def read_chips(path: Path) -> tuple[Chip, ...]:
    """The chips of chips.csv in the order of the file.

    Raises:
        ReferenceDataError: every defect, with file and line.
    """
    table = Table(path, columns())
    chips: list[Chip] = []
    lines: dict[str, int] = {}
    for line, row in table.rows():
        if not row["vendor"] or not row["model"]:
            table.report(line, "a chip has a vendor and a model")
            continue
        if row["model"] in lines:
            table.report(line, f"model {row['model']!r} twice", hint=f"line {lines[row['model']]}")
        lines.setdefault(row["model"], line)
        if not _LAUNCH.fullmatch(row["launch_date"]):
            table.report(line, f"{row['launch_date']!r} is no ISO date", column="launch_date")
        marketed = tuple(filter(None, row[_MARKETED].split("|")))
        for size in marketed:
            if not _SIZE.fullmatch(size):
                table.report(line, f"{size!r} is no size of memory", column=_MARKETED)
        if not row["source"]:
            table.report(line, "a row has a source", column="source")
        specification = _specification(table, line, row)
        if specification is not None and all(map(_SIZE.fullmatch, marketed)):
            aliases = tuple(filter(None, map(str.strip, row["aliases"].split("|"))))
            chips.append(
                Chip(
                    row["vendor"],
                    row["model"],
                    aliases,
                    row["form"],
                    row["launch_date"],
                    specification,
                    row["source"],
                    row["doubt"],
                    tuple(map(Decimal, marketed)),
                )
            )
    table.settle()
    return tuple(chips)


def columns() -> tuple[str, ...]:
    """The columns of chips.csv: who and when, every figure of a specification, where from."""
    return (*_BEFORE, *_FIGURES, *_AFTER)


def _specification(table: Table, line: int, row: dict[str, str]) -> ChipSpecification | None:
    figures: dict[str, Any] = {name: row[name] for name in _FIGURES if row[name]}
    if "non_planar" in figures:
        figures["non_planar"] = _FLAGS.get(row["non_planar"], row["non_planar"])
    try:
        return ChipSpecification.model_validate(figures)
    except ValidationError as error:
        for finding in error.errors(include_url=False):
            column = ".".join(map(str, finding["loc"]))
            table.report(line, finding["msg"].removeprefix("Value error, "), column=column)
        return None
