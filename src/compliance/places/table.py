"""Reading a reviewed table under rules/data: shape first, all findings at their line and column.

A table that is not strict YAML or not of its shape yields no rows, but every finding; what the
rows mean together is checked by whoever owns the table, with the same `Findings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, ValidationError

from compliance.errors import InputError, Problem, ReferenceDataError
from compliance.places.spelling import fold
from compliance.yaml import Document, Path_, read_file


class Row(BaseModel):
    """Part of a table: typed strictly, unknown keys refused."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True, frozen=True)


Part = TypeVar("Part")
Listed = Annotated[tuple[Part, ...], Strict(strict=False)]
"""A YAML sequence; its parts stay strict."""

Shape = TypeVar("Shape", bound=Row)
Owned = dict[str, str]
"""Folded spelling -> the code it belongs to."""


@dataclass(slots=True)
class Findings:
    """The problems of one or more tables, gathered until all have been read."""

    problems: list[Problem] = field(default_factory=list)

    def report(
        self,
        document: Document,
        path: Path_,
        message: str,
        *,
        hint: str = "",
        key: bool = False,
    ) -> None:
        """Note one defect where it stands."""
        self.problems.append(
            document.problem(path, message, hint=hint, key=key, code=ReferenceDataError.code)
        )

    def read(self, path: Path, shape: type[Shape]) -> tuple[Document, Shape] | None:
        """The table in `path`, or None when its findings have been noted."""
        try:
            document = read_file(path)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        try:
            return document, shape.model_validate(document.value)
        except ValidationError as error:
            for finding in error.errors():
                self._report_shape(document, finding)
            return None

    def read_only(self, path: Path, shape: type[Shape]) -> tuple[Document, Shape]:
        """The one table that there is to read.

        Raises:
            ReferenceDataError: everything noted so far, where it cannot be read.
        """
        found = self.read(path, shape)
        if found is None:
            self.settle()
            raise AssertionError  # unreachable: a table that cannot be read leaves a finding
        return found

    def _report_shape(self, document: Document, finding: Any) -> None:
        path = tuple(step for step in finding["loc"] if step != "[key]")
        of_key = "[key]" in finding["loc"]
        match finding["type"]:
            case "extra_forbidden":
                self.report(document, path, f"unknown key {path[-1]!r}", key=True)
            case "missing":
                self.report(document, path[:-1], f"{path[-1]!r} is missing")
            case _:
                self.report(
                    document, path, finding["msg"].removeprefix("Value error, "), key=of_key
                )

    def claim(self, document: Document, path: Path_, text: str, owner: str, *owned: Owned) -> str:
        """Enter a spelling for its owner in the last of `owned`; no table may give it to another.

        Returns the folded spelling.
        """
        folded = fold(text)
        if not folded:
            self.report(document, path, f"{text!r} has no letters")
        others = {table[folded] for table in owned if folded in table} - {owner}
        for other in sorted(others):
            self.report(document, path, f"{text!r} is claimed by {other} and {owner}")
        owned[-1].setdefault(folded, owner)
        return folded

    def settle(self) -> None:
        """Raise everything noted, if anything was.

        Raises:
            ReferenceDataError: with every problem of every table.
        """
        if self.problems:
            raise ReferenceDataError(self.problems)
