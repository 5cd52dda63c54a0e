"""What the readers of policy and definition files share: days that ascend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compliance.errors import Problem
from compliance.tables.yaml import Document, Path_


def check_ascending(
    document: Document, path: Path_, days: Sequence[date], problems: list[Problem]
) -> None:
    """Each day stands after the one before it."""
    for index in range(1, len(days)):
        if days[index] <= days[index - 1]:
            message = f"{days[index]} is not after {days[index - 1]}"
            problems.append(document.problem((*path, index, "from"), message))
