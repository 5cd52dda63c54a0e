"""The "mapped-csv" format, and the curated CSV files that the shipped mappings read.

"mapped-csv" is your own list as it is: `path` is the mapping (watchlists.readers.mapping), which
names the CSV beside it or below its folder, never above. The curated formats take the CSV itself;
their mappings are rules/data/lists/mappings. What becomes of a row: `watchlists.readers.mapped`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from compliance.errors import Problem, WatchlistError
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Path_
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers.mapped import (
    Row,
    Taking,
    files_of,
    missing_column,
    named_columns,
    problem_of_optional,
)
from compliance.watchlists.readers.mapping import FOLDER, ColumnMapping, load


def read_mapped(path: Path, id: str | None = None) -> Watchlist:
    """The list of the CSVs that a mapping names; its id is `id`, or else the mapping's.

    Raises:
        WatchlistError: every defect of the mapping, else every defect of the CSV.
        YamlError, InputError: the mapping is not strict YAML, or cannot be opened.
    """
    mapping = load(path, "csv")
    return _read(mapping, files_of(path, mapping, "csv"), id)


def _curated(name: str, path: Path, id: str | None = None) -> Watchlist:
    """The list of one CSV by the shipped mapping of that name.

    Raises:
        WatchlistError: every defect of the CSV, with its line.
    """
    return _read(load(rules_path() / FOLDER / f"{name}.yaml", "csv", shipped=True), [path], id)


Curated = Callable[[Path, str | None], Watchlist]
read_cn_sanctions: Final[Curated] = partial(_curated, "cn_sanctions")
read_us_1260h: Final[Curated] = partial(_curated, "us_1260h")
read_us_1286: Final[Curated] = partial(_curated, "us_1286")
read_us_353: Final[Curated] = partial(_curated, "us_353")
read_us_cuba: Final[Curated] = partial(_curated, "us_cuba")
read_us_fincen: Final[Curated] = partial(_curated, "us_fincen")


def _read(mapping: ColumnMapping, files: Sequence[Path], list_id: str | None) -> Watchlist:
    taking = Taking(mapping, mapping.metadata, list_id or mapping.metadata["id"], files[0])
    wanted = named_columns(mapping)
    for file in files:
        rows = source.rows(file, delimiter=mapping.delimiter, encoding=mapping.encoding)
        line, header = next(rows, (1, []))
        header = [column.strip() for column in header]
        if found := list(_header_problems(mapping, wanted, file, line, header)):
            raise WatchlistError(found)
        absent: dict[str, tuple[str, ...]] = dict.fromkeys(set(mapping.optional) - set(header), ())
        for line, cells in rows:
            if len(cells) != len(header):
                message = f"{len(cells)} cells where the header has {len(header)}"
                taking.problems.append(source.problem(file, message, line=line))
            elif any(cell.strip() for cell in cells):
                texts = [tuple(filter(None, (cell.strip(),))) for cell in cells]
                taking.take(Row(file, dict(zip(header, texts, strict=True)) | absent, line))
    return taking.watchlist()


def _header_problems(
    mapping: ColumnMapping,
    wanted: Sequence[tuple[Path_, str]],
    path: Path,
    line: int,
    header: list[str],
) -> Iterator[Problem]:
    for place, column in wanted:
        if column not in header and column not in mapping.optional:
            yield missing_column(mapping, place, column, path, header)
    known = {column for _, column in wanted}
    for index, column in enumerate(mapping.optional):
        if column not in known:
            yield problem_of_optional(mapping, index)
    for column, count in Counter(header).items():
        if count > 1:
            yield source.problem(path, f"column {column!r} twice", line=line)
        if column not in known:
            hint = "map it, or name it in ignored"
            yield source.problem(path, f"unknown column {column!r}", line=line, hint=hint)
