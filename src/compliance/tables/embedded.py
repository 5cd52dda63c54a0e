"""Where the rules that ship with this package are.

A wheel carries them inside the package; a source checkout keeps them at its top level.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

Table = TypeVar("Table")


def rules_path() -> Path:
    """The folder of the embedded rule set (`us/`, `eu/`, `house/`, `data/`, `sets/` ...)."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def shipped(read: Callable[[Path], Table], file: Path | str) -> Callable[[], Table]:
    """What gives the table that `read` makes of a file of the embedded rules, read once.

    It is read when it is first asked for; what `read` raises is raised then.
    """

    @cache
    def table() -> Table:
        return read(rules_path() / file)

    return table
