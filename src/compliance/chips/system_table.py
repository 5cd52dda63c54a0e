"""systems.yaml: what holds several chips, and how many. The shape of the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from compliance.tables import Listed, Strict

Scale = Literal["board", "rack", "pod"]
_Chips = Listed[Annotated[int, Field(ge=1, le=100_000)]]


class _Line(Strict):
    """A word beside the name of a chip."""

    chips: _Chips
    scale: Scale
    of: dict[str, _Chips] = Field(default_factory=dict)


class _Containers(Strict):
    """Words that make a machine, or many, of the name of a chip."""

    one: Listed[str]
    many: Listed[str]


class _Slice(Strict):
    """A Cloud TPU slice, whose name counts cores."""

    chip: str
    cores: Annotated[int, Field(ge=1)]


class _Whole(Strict):
    """A whole name; an `exact` one only as it is written, hyphens and all."""

    chip: Annotated[Listed[str], Field(min_length=1)]
    chips: _Chips
    scale: Scale = "board"
    exact: bool = False


class SystemTable(Strict):
    """systems.yaml."""

    version: Literal[1] = Field(alias="schema")
    lines: dict[str, _Line]
    containers: _Containers
    slices: dict[str, _Slice]
    systems: dict[str, _Whole]
    cards: dict[str, Annotated[int, Field(ge=2)]]

    def models(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every model that the table names, with its place."""
        for name, line in self.lines.items():
            yield from ((("lines", name, "of", model), model) for model in line.of)
        yield from ((("slices", name, "chip"), each.chip) for name, each in self.slices.items())
        for name, whole in self.systems.items():
            for index, model in enumerate(whole.chip):
                yield ("systems", name, "chip", index), model
        yield from ((("cards", model), model) for model in self.cards)
