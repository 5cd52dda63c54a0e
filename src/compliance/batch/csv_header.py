"""The header of a CSV file: which place of the model each column fills.

`lessee.name`, `items.0.chip`, `end_users.0.nationalities` are dotted paths of the model; a fact
takes its evidence from `.status`, `.source` and `.as_of` beside it. Every column must name a place,
each place once; the columns of a list count from 0 without a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel

from compliance.batch.model_shape import (
    Evidence,
    Keyed,
    Leaf,
    Many,
    Record,
    Shape,
    below,
    known_keys,
    near,
)
from compliance.errors import InputError, Problem
from compliance.tables.yaml import MAXIMUM_DEPTH

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its number from 1, where its cells go and how they read."""

    header: str
    number: int
    steps: Steps
    leaf: Leaf
    listed: bool = False


def columns_of(
    header: Sequence[str], model: type[BaseModel], required: str, source: str
) -> tuple[Column, ...]:
    """The columns of a header.

    Raises:
        InputError: every column that names no place, or a place twice; a gap in a list; the
            required column missing.
    """
    problems: list[Problem] = []
    columns: list[Column] = []

    def report(number: int, name: str, message: str, hint: str = "") -> None:
        problems.append(
            Problem.at(
                message, source=source, line=1, column=number, path=name, hint=hint, code="input"
            )
        )

    for number, cell in enumerate(header, start=1):
        name = cell.strip()
        found = _column(name, number, model)
        if isinstance(found, Column):
            columns.append(found)
        else:
            report(number, name, *found)
    for column, message in _conflicts(columns):
        report(column.number, column.header, message)
    if required not in {column.header for column in columns}:
        hint = near(required, [cell.strip() for cell in header])
        report(1, "", f"no column {required!r}", hint.replace("did you mean", "found"))
    if problems:
        raise InputError(problems)
    return _bare_where_alone(columns)


def _column(name: str, number: int, model: type[BaseModel]) -> Column | tuple[str, str]:
    """The column that a header names, or what is wrong with it."""
    steps: list[str | int] = []
    shape: Shape = Record(model)
    written = name.split(".")
    if len(written) > MAXIMUM_DEPTH:
        return f"more than {MAXIMUM_DEPTH} steps", ""
    for position, step in enumerate(written):
        inner = below(shape, step)
        if inner is None:
            return _unknown(written, position, shape)
        if isinstance(shape, Evidence):
            through = below(shape.of, step) is not None
            if through:
                steps.append("value")
        elif isinstance(shape, Many) and (len(step) > 4 or str(int(step)) != step):
            return f"{step!r} is not the number of a place in a list", "they count 0, 1, 2"
        listed = isinstance(shape.of if isinstance(shape, Evidence) else shape, Many)
        steps.append(int(step) if listed and step.isdigit() else step)
        shape = inner
    if isinstance(shape, Evidence):
        steps.append("value")
        shape = shape.of
    return _final(name, number, tuple(steps), shape)


def _final(name: str, number: int, steps: Steps, shape: Shape) -> Column | tuple[str, str]:
    listed = isinstance(shape, Many)
    inner = shape.of if isinstance(shape, Many) else shape
    if isinstance(inner, Record) and inner.referable:
        inner = Leaf("text")
    if isinstance(inner, Leaf):
        return Column(name, number, steps, inner, listed)
    first = f"{name}.0" if listed else name
    if isinstance(inner, Keyed):
        return "is a group of columns", f"write {first}.KEY"
    return "is a group of columns", f"for example {first}.{known_keys(inner)[0]}"


def _unknown(written: Sequence[str], position: int, shape: Shape) -> tuple[str, str]:
    step, parent = written[position], ".".join(written[:position])
    if not step:
        return "a column without a name" if len(written) == 1 else "an empty step in the name", ""
    bare = shape.of if isinstance(shape, Evidence) else shape
    if isinstance(bare, Many):
        return f"{parent} is a list", f"write {parent}.0.{'.'.join(written[position:])}"
    if not known_keys(shape):
        return f"{parent} has no parts", ""
    if position == 0 and len(written) == 1 and (";" in step or "\t" in step):
        return "one column only", "columns are separated by commas"
    parts = shape.fields if isinstance(shape, Evidence) and not known_keys(bare) else ()
    hint = near(step, parts or known_keys(shape))
    return f"no field {step!r}" + (f" in {parent}" if parent else ""), hint


def _conflicts(columns: Iterable[Column]) -> list[tuple[Column, str]]:
    """Columns that say one thing twice, and lists with a gap."""
    found: list[tuple[Column, str]] = []
    leaves: dict[Steps, Column] = {}
    for column in columns:
        if column.steps in leaves:
            found.append((column, f"the same as column {leaves[column.steps].number}"))
        leaves.setdefault(column.steps, column)
    places = {steps[: n + 1] for steps in leaves for n in range(len(steps))}
    for steps, column in leaves.items():
        for length in range(1, len(steps)):
            above = leaves.get(steps[:length])
            if above is not None:
                found.append((column, f"column {above.header!r} says this already"))
        for length, step in enumerate(steps):
            if isinstance(step, int) and step and (*steps[:length], step - 1) not in places:
                before = ".".join(str(part) for part in (*steps[:length], step - 1))
                found.append((column, f"there is no column {before}"))
    return found


def _bare_where_alone(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Facts without a column of evidence beside them are written bare."""
    with_evidence = {
        column.steps[:length]
        for column in columns
        for length in range(1, len(column.steps))
        if column.steps[length] != "value"
    }
    return tuple(
        replace(column, steps=column.steps[:-1])
        if column.steps[-1] == "value"
        and column.steps[:-1] not in with_evidence
        and column.header.rpartition(".")[2] != "value"
        else column
        for column in columns
    )
