"""Rows of delimited text, each with the line it ends on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from compliance.files.opening import Refuse


def rows(
    path: Path,
    text: Iterable[str],
    refuse: Refuse,
    *,
    maximum: int,
    longest: int = 0,
    delimiter: str = ",",
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty of the lines of `text` (with their ends), which are of `path`.

    Raises:
        ComplianceError: by `refuse`: a broken quote, a cell that is too long, more rows than
            `maximum`, with `longest` a row of more characters; each with its line.
    """
    limit = csv.field_size_limit()
    since = 0

    def counted() -> Iterator[str]:
        nonlocal since
        for number, line in enumerate(text, start=1):
            since += len(line)
            if longest and since > longest:
                raise refuse(path, f"a row longer than {longest} characters", line=number)
            yield line

    reader = csv.reader(counted(), delimiter=delimiter, strict=True)
    count = 0
    try:
        for cells in reader:
            since = 0
            if cells:
                count += 1
                if count > maximum:
                    raise refuse(path, f"more than {maximum} rows", line=reader.line_num)
                yield reader.line_num, cells
    except csv.Error as error:
        hint = f"the longest cell is {limit} characters" if "limit" in str(error) else ""
        raise refuse(path, str(error), line=reader.line_num, hint=hint) from error
