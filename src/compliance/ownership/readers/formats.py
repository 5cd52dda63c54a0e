"""The formats that ownership is read from, by name, and how a file shows which one it is.

A new format enters through these tables. A module is imported when its format is first read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from compliance import files
from compliance.errors import OwnershipError, Problem, UnknownNameError
from compliance.ownership.readers import gleif_golden
from compliance.ownership.readers.csv_table import header
from compliance.ownership.readers.sniffing import content
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Statements,
    refusal,
)

Reader = Callable[..., Statements]

READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bods": "compliance.ownership.readers.bods:read_bods",
        "edges-csv": "compliance.ownership.readers.edges_csv:read_edges",
        "ftm": "compliance.ownership.readers.ftm:read_ftm",
        "gleif": "compliance.ownership.readers.gleif:read_gleif",
        "psc": "compliance.ownership.readers.psc:read_psc",
    }
)
_ROOTS: Final = MappingProxyType(
    {
        "LEIData": "gleif",
        "RelationshipData": "gleif",
        "ReportingExceptionData": "gleif",
    }
)
_KEYS: Final = (  # of the first object of a JSON file; the first that are all there decide
    (frozenset({"recordType", "recordDetails"}), "bods"),
    (frozenset({"statementType"}), "bods"),
    (frozenset({"schema", "properties"}), "ftm"),
    (frozenset({"data", "company_number"}), "psc"),
    (frozenset({"Relationship"}), "gleif"),
    (frozenset({"ExceptionReason"}), "gleif"),
    (frozenset({"LEI", "Entity"}), "gleif"),
)
_COLUMNS: Final = (
    (frozenset({"firm_i", "firm_j", "relation_type"}), "gleif"),
    (frozenset({"lei", "legal_name"}), "gleif"),
    *((marks, "gleif") for marks in gleif_golden.MARKS.values()),
    (frozenset({"owner", "owned"}), "edges-csv"),
    (frozenset({"owned", "exception"}), "edges-csv"),
)
_LONGEST_ROOT: Final = 1024**2  # bytes to the end of the first tag of an XML file
_WRAPPERS: Final = ("records", "relations", "exceptions")


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(READERS))


def recognized(path: Path | str) -> str:
    """The format of a file, by what is in it.

    Raises:
        OwnershipError: it cannot be read, or shows none of the formats; the message names them.
        InputError: it is XML and the extra that reads it safely is not installed.
    """
    path = Path(path)
    shape = content(path)
    if shape == "xml":
        name, _ = files.root(path, refusal, maximum=MAXIMUM_BYTES, longest=_LONGEST_ROOT)
        found, seen = _ROOTS.get(name), f"XML with the root {name}"
    elif shape == "json":
        keys = _first_keys(path)
        found, seen = _by(_KEYS, keys), f"JSON with {', '.join(sorted(keys)) or 'no keys'}"
    else:
        columns = frozenset(header(path))
        found, seen = _by(_COLUMNS, columns), f"text with {', '.join(sorted(columns))}"
    if found is None:
        raise refusal(path, f"no known format of ownership: {seen[:200]}", hint=_known())
    return found


def read(*paths: Path | str, format: str | None = None) -> Statements:
    """What the files state together, each read in its own format, or all in the named one.

    Raises:
        UnknownNameError: no such format.
        OwnershipError: as `recognized`; every defect of a file, with its place.
        InputError: a file is XML and the extra that reads it safely is not installed.
        ValueError: no file.
    """
    if not paths:
        raise ValueError("at least one file is read")
    if format is not None and format not in READERS:
        message = f"unknown ownership format {format!r}"
        raise UnknownNameError(Problem.at(message, hint=_known(), code="unknown_name"))
    groups: dict[str, list[Path]] = {}
    for path in map(Path, paths):
        groups.setdefault(format or recognized(path), []).append(path)
    found = [_reader(name)(*group) for name, group in groups.items()]
    joined = found[0]
    for each in found[1:]:
        joined = joined.joined(each)
    return joined


def _reader(format_: str) -> Reader:
    module, _, name = READERS[format_].partition(":")
    return cast("Reader", getattr(import_module(module), name))


def _first_keys(path: Path) -> frozenset[str]:
    found = files.json_records(
        path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD, wrappers=_WRAPPERS
    )
    try:
        _, _, first = next(found, (0, "", {}))
    except OwnershipError as error:
        (problem,) = error.problems
        message = f"no known format of ownership: {problem.message}"
        line, column = problem.line, problem.column
        raise refusal(path, message, line=line, column=column, hint=_known()) from error
    return frozenset(first)


def _known() -> str:
    return f"known formats: {', '.join(formats())}"


def _by(table: tuple[tuple[frozenset[str], str], ...], found: frozenset[str]) -> str | None:
    return next((name for keys, name in table if keys <= found), None)
