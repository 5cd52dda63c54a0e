"""What the readers of policy and definition files share: findings of pydantic with their places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError

from compliance.errors import Problem
from compliance.policies.conditions import near
from compliance.yaml import Document, Path_


def translated(document: Document, error: ValidationError, known: list[str]) -> list[Problem]:
    """The findings of a model, each where it stands, with a "did you mean" among the known keys."""
    problems = []
    for detail in error.errors(include_url=False, include_input=False):
        path = document.existing(detail["loc"])
        unknown = detail["type"] == "extra_forbidden"
        key = str(detail["loc"][-1])
        message = f"unknown key {key!r}" if unknown else detail["msg"]
        hint = near(key, known) if unknown else ""
        if detail["type"] == "date_type":
            hint = "write the date as YYYY-MM-DD without quotes"
        if detail["type"] == "missing":
            message = f"key {key!r} is missing"
        problems.append(document.problem(path, message, hint=hint, key=unknown))
    return problems


def check_ascending(
    document: Document, path: Path_, days: Sequence[date], problems: list[Problem]
) -> None:
    """Each day stands after the one before it."""
    for index in range(1, len(days)):
        if days[index] <= days[index - 1]:
            message = f"{days[index]} is not after {days[index - 1]}"
            problems.append(document.problem((*path, index, "from"), message))
