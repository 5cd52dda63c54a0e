"""Rows of delimited text, each with the line it ends on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from compliance.files.opening import Refuse


def rows(
    path: Path, text: Iterable[str], refuse: Refuse, *, maximum: int, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty of the lines of `text` (with their ends), which are of `path`.

    Raises:
        ComplianceError: by `refuse`: a broken quote, a cell that is too long, more rows than
            `maximum`; each with its line.
    """
    limit = csv.field_size_limit()
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    count = 0
    try:
        for cells in reader:
            if cells:
                count += 1
                if count > maximum:
                    raise refuse(path, f"more than {maximum} rows", line=reader.line_num)
                yield reader.line_num, cells
    except csv.Error as error:
        hint = f"the longest cell is {limit} characters" if "limit" in str(error) else ""
        raise refuse(path, str(error), line=reader.line_num, hint=hint) from error
