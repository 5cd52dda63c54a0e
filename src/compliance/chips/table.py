"""Reading the CSV tables of rules/data/chips: the exact columns, each row with its line.

Every defect of a file is gathered and raised at once as ReferenceDataError with file:line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compliance.errors import Problem, ReferenceDataError


@dataclass(slots=True)
class Table:
    """One CSV file and the problems found in it so far."""

    path: Path
    columns: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, message: str, *, column: str = "", hint: str = "") -> None:
        """Note a defect at a line, and in a column by name."""
        code = ReferenceDataError.code
        source = str(self.path)
        self.problems.append(
            Problem.at(
                message, source=source, line=line, column=1, path=column, hint=hint, code=code
            )
        )

    def settle(self) -> None:
        """Raise what was noted.

        Raises:
            ReferenceDataError: if anything was.
        """
        if self.problems:
            raise ReferenceDataError(self.problems)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as column -> stripped text, with its line; a malformed row is reported.

        Raises:
            ReferenceDataError: no such file, not UTF-8, or not these columns.
        """
        try:
            text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            self.report(0, f"cannot be read: {reason}")
            self.settle()
            return
        reader = csv.reader(text.splitlines(), strict=True)
        try:
            header = next(reader, [])
            if tuple(header) != self.columns:
                self.report(1, f"columns are {header}", hint=f"expected {', '.join(self.columns)}")
                self.settle()
            for cells in reader:
                if len(cells) != len(self.columns):
                    expected = len(self.columns)
                    self.report(reader.line_num, f"{len(cells)} cells, {expected} expected")
                    continue
                stripped = (cell.strip() for cell in cells)
                yield reader.line_num, dict(zip(self.columns, stripped, strict=True))
        except csv.Error as error:
            self.report(reader.line_num, f"not CSV: {error}")
