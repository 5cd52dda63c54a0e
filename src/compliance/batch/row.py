"""A row: what one place of a file says about one contract or party, and where it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from compliance.batch.model_shape import suggestion
from compliance.errors import ComplianceError, ContractError, Problem
from compliance.files import Locate
from compliance.model.contract import UNKNOWN_KEY


def _start(path: str, key: bool) -> tuple[int, int]:  # noqa: ARG001, FBT001 - as Locate
    return 1, 1


@dataclass(frozen=True, slots=True)
class Row:
    """One contract or party as read, or what was wrong with its place in the file.

    `number` counts rows from 1. `data` is None exactly when there are `problems`. `alone` says that
    the whole file is this one contract: a YAML mapping or a JSON object.
    """

    number: int
    source: str
    data: Mapping[str, Any] | None
    problems: tuple[Problem, ...] = ()
    alone: bool = False
    locate: Locate = field(default=_start, compare=False, repr=False)

    @property
    def line(self) -> int:
        """The line, from 1, where the row begins."""
        return self.locate("", False)[0]  # noqa: FBT003 - the value, not its key

    @property
    def name(self) -> str:
        """The id that the row gives, or "row N"."""
        given = self.data.get("id") if self.data is not None else None
        return given if isinstance(given, str) and given else f"row {self.number}"

    def refusal(self) -> ContractError:
        """The problems of a row that could not be read, as an error."""
        return ContractError(self.problems)

    def located(self, error: ComplianceError, model: type[BaseModel]) -> ContractError:
        """The problems that validation found, each with file, line, column and a near spelling."""
        return ContractError(self._located(problem, model) for problem in error.problems)

    def _located(self, problem: Problem, model: type[BaseModel]) -> Problem:
        unknown = problem.code == UNKNOWN_KEY
        path, message, hint = self._written(problem.path), problem.message, problem.hint
        if unknown:
            parent, _, key = path.rpartition(".")
            hint = suggestion(key, parent, model)
        line, column = self.locate(path, unknown)
        return Problem(self.source, line, column, path, message, hint, problem.code)

    def _written(self, path: str) -> str:
        """The path without the `value` steps of facts that the row gives bare."""
        steps: list[str] = []
        data: Any = self.data
        for step in path.split("."):
            if isinstance(data, Mapping):
                if step == "value" and step not in data:
                    continue
                data = data.get(step)
            elif isinstance(data, (list, tuple)) and step.isdigit() and int(step) < len(data):
                data = data[int(step)]
            steps.append(step)
        return ".".join(steps)
