"""CSV (RFC 4180): one contract a record, flat dotted columns, read record by record.

Separated by commas, quoted with ", UTF-8, first record the header. An empty cell is not given.
Lists of values are separated by ";". A record that cannot be read, or is above 1 MiB, is a row with
its problem; reading goes on at the next line.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from compliance.batch.bounded_lines import MAXIMUM_LINE, Line, lines, text_of
from compliance.batch.csv_header import Column, columns_of
from compliance.batch.row import Row
from compliance.errors import InputError, Problem
from compliance.files import Locate, Readable

_YES: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"-?[0-9]{1,30}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)


class _CellError(ValueError):
    """A cell that does not read as its column's kind."""


def read_csv(stream: Readable, source: str, model: type[BaseModel], required: str) -> Iterator[Row]:
    """Every record as a row.

    Raises:
        InputError: nothing in the file, or a header that does not fit the model.
    """
    records = _records(stream)
    header = next(records, None)
    if header is None:
        raise InputError(Problem.at("empty: no header", source=source, code="input"))
    cells = _cells(header, source)
    columns = columns_of(cells, model, required, source)
    number = 0
    for record in records:
        number += 1
        yield _row(number, record, source, columns)
    if not number:
        raise InputError(Problem.at("a header and no rows", source=source, line=1, column=1))


@dataclass(frozen=True, slots=True)
class _Record:
    """The bytes of one record and its first line; `flaw` says why there are no bytes."""

    line: int
    content: bytes = b""
    flaw: str = ""


def _records(stream: Readable) -> Iterator[_Record]:
    """Lines joined while a quote is open; empty lines between records are left out."""
    source = lines(stream)
    again: deque[Line] = deque()
    while (line := _take(again, source)) is not None:
        if line.content is None:
            yield _Record(line.number, flaw=f"longer than {MAXIMUM_LINE // 1024} KiB")
            continue
        if not line.content:
            continue
        parts, size, quotes = [line], len(line.content), line.content.count(b'"')
        while quotes % 2:
            more = _take(again, source)
            if more is None or more.content is None or size + len(more.content) > MAXIMUM_LINE:
                again = deque((*parts[1:], *([more] if more else ()), *again))
                break
            parts.append(more)
            size += len(more.content) + 1
            quotes += more.content.count(b'"')
        if quotes % 2:
            yield _Record(line.number, flaw='a quote (") that is never closed')
            continue
        yield _Record(line.number, b"\n".join(part.content or b"" for part in parts))


def _take(again: deque[Line], source: Iterator[Line]) -> Line | None:
    return again.popleft() if again else next(source, None)


def _cells(record: _Record, source: str) -> list[str]:
    """The cells of a record.

    Raises:
        InputError: it cannot be read as one.
    """
    flaw = record.flaw
    if not flaw:
        text = text_of(record.content, source, record.line)
        try:
            return next(csv.reader([text], strict=True))
        except csv.Error as error:
            flaw = f"not CSV: {error}"
    raise InputError(Problem.at(flaw, source=source, line=record.line, column=1, code="input"))


def _row(number: int, record: _Record, source: str, columns: Sequence[Column]) -> Row:
    locate = _locator(record.line, columns)
    problems: list[Problem] = []

    def report(column: int, path: str, message: str) -> None:
        problems.append(
            Problem.at(
                message, source=source, line=record.line, column=column, path=path, code="input"
            )
        )

    try:
        cells = _cells(record, source)
    except InputError as error:
        return Row(number, source, None, error.problems, locate=locate)
    if len(cells) != len(columns):
        report(1, "", f"{len(cells)} cells, the header has {len(columns)}")
        return Row(number, source, None, tuple(problems), locate=locate)
    tree: dict[str | int, Any] = {}
    for column, cell in zip(columns, cells, strict=True):
        text = cell.strip()
        if not text:
            continue
        try:
            _place(tree, column, _read(column, text))
        except _CellError as error:
            report(column.number, column.header, str(error))
    data = _finished(tree, "", report)
    if problems:
        return Row(number, source, None, tuple(sorted(problems)), locate=locate)
    return Row(number, source, data, locate=locate)


def _read(column: Column, text: str) -> Any:
    if column.listed:
        return [_value(column, part.strip()) for part in text.split(";") if part.strip()]
    return _value(column, text)


def _value(column: Column, text: str) -> Any:
    kind = column.leaf.kind
    if kind == "yes":
        if text.lower() not in _YES:
            raise _CellError(f"true or false, not {text[:40]!r}")
        return _YES[text.lower()]
    if kind == "knowledge":
        return _YES.get(text.lower(), text)
    if kind == "whole":
        if not _WHOLE.fullmatch(text):
            raise _CellError(f"a whole number, not {text[:40]!r}")
        return int(text)
    if kind == "decimal" and not _DECIMAL.fullmatch(text):
        raise _CellError(f"a number such as 0.85, not {text[:40]!r}")
    return text


def _place(tree: dict[str | int, Any], column: Column, value: Any) -> None:
    *parents, last = column.steps
    for step in parents:
        tree = tree.setdefault(step, {})
    tree[last] = value


def _finished(tree: dict[str | int, Any], path: str, report: Any) -> Any:
    """The tree with numbered mappings as lists."""
    made = {
        step: _finished(part, f"{path}{step}.", report) if isinstance(part, dict) else part
        for step, part in tree.items()
    }
    if not made or not isinstance(next(iter(made)), int):
        return made
    for index, step in enumerate(sorted(made, key=int)):
        if step != index:
            report(1, f"{path}{step}", f"is given, and {path}{index} is empty")
            break
    return [made[step] for step in sorted(made, key=int)]


def _locator(line: int, columns: Sequence[Column]) -> Locate:
    """The line of the record and the number of the cell that a path was read from."""

    def locate(path: str, _: bool) -> tuple[int, int]:  # noqa: FBT001 - the protocol of Row
        wanted = _bare(path)
        while wanted:
            for column in columns:
                header = _bare(column.header)
                if header == wanted or header.startswith(f"{wanted}."):
                    return line, column.number
            wanted = wanted.rpartition(".")[0]
        return line, 1

    return locate


def _bare(path: str) -> str:
    """A path without the `value` steps that evidence puts between."""
    return ".".join(step for step in path.split(".") if step != "value")
