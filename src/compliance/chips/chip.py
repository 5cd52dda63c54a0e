"""A chip of the catalogue, and the table of chips.

One row is one integrated circuit, also where a board carries several. The table holds what makers
publish; nothing that can be computed from it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from compliance.model.specification import ChipSpecification
from compliance.tables import Findings

_FIGURES: Final = set(ChipSpecification.model_fields)
_FLAGS: Final = {"1": True, "0": False}


def _several(text: Any) -> Any:
    return tuple(filter(None, map(str.strip, text.split("|"))))


def _flag(text: Any) -> Any:
    return _FLAGS.get(text, text)


_Text = Annotated[str, Field(min_length=1)]
_Size = Annotated[str, Field(pattern=r"^[1-9]\d{0,3}(\.\d)?$")]


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


class ChipRow(ChipSpecification):
    """One row of chips.csv: who and when, every figure of a specification, where from."""

    vendor: _Text
    model: _Text
    aliases: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()
    form: str = ""
    launch_date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] = ""
    non_planar: Annotated[bool, BeforeValidator(_flag)] | None = None
    memory_marketed_gb: Annotated[tuple[_Size, ...], BeforeValidator(_several)] = ()
    source: _Text
    doubt: str = ""

    def chip(self) -> Chip:
        """The chip that the row describes."""
        figures = self.model_dump(include=_FIGURES, exclude_unset=True)
        return Chip(
            self.vendor,
            self.model,
            self.aliases,
            self.form,
            self.launch_date,
            ChipSpecification.model_validate(figures),
            self.source,
            self.doubt,
            tuple(map(Decimal, self.memory_marketed_gb)),
        )


def read_chips(path: Path, findings: Findings) -> tuple[Chip, ...]:
    """The chips of chips.csv in the order of the file; what is wrong with it is noted."""
    found = findings.read(path, list[ChipRow])
    if found is None:
        return ()
    document, rows = found
    first: dict[str, int] = {}
    for index, row in enumerate(rows):
        if first.setdefault(row.model, index) != index:
            line, _ = document.locate((first[row.model],))
            message = f"model {row.model!r} twice"
            findings.report(document, (index, "model"), message, hint=f"first on line {line}")
    return tuple(row.chip() for row in rows)
