"""Reading contracts and parties from a file or stream, whatever its format.

    for row in read_contracts("contracts.jsonl"): ...

json and yaml are one document: one contract, or a list of them. jsonl and csv are read line by
line, in bounded memory, for files of any length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from compliance import files
from compliance.batch.bounded_lines import MAXIMUM_LINE, lines, opened, text_of, whole
from compliance.batch.csv_records import read_csv
from compliance.batch.row import Row
from compliance.errors import InputError, Problem, did_you_mean
from compliance.files import Locate, Readable
from compliance.model.contract import Contract
from compliance.model.party import Party
from compliance.tables import yaml

MAXIMUM_JSON: Final = 64 * 1024 * 1024
FORMATS: Final = ("csv", "json", "jsonl", "yaml")
_EXTENSIONS: Final = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".yaml": "yaml",
    ".yml": "yaml",
}  # fmt: skip


def read_contracts(where: Path | str | Readable, format: str | None = None) -> Iterator[Row]:
    """Every contract of a file, or of a binary stream, as a row.

    `format` is one of FORMATS; by default the extension of the path says it.

    Raises:
        InputError: the file cannot be opened, its format is not known, it holds nothing, a JSON or
            YAML document does not parse or is too large, a CSV header does not fit the model.
    """
    return _read(where, format, Contract, "id")


def read_parties(where: Path | str | Readable, format: str | None = None) -> Iterator[Row]:
    """Every party of a customer list as a row; a CSV has at least the column `name`.

    Raises:
        InputError: as `read_contracts`.
    """
    return _read(where, format, Party, "name")


def _read(
    where: Path | str | Readable, chosen: str | None, model: type[BaseModel], required: str
) -> Iterator[Row]:
    name = _format_of(where, chosen)
    with opened(where) as (stream, source):
        try:
            if name == "csv":
                yield from read_csv(stream, source, model, required)
            elif name == "jsonl":
                yield from _json_lines(stream, source)
            else:
                yield from _document(stream, source, name)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(Problem.at(reason, source=source, code="input")) from error


def _format_of(where: Path | str | Readable, chosen: str | None) -> str:
    if chosen is not None:
        if chosen in FORMATS:
            return chosen
        hint = did_you_mean(chosen, FORMATS)
        raise InputError(
            Problem.at(f"no format {chosen!r}; known: {', '.join(FORMATS)}", hint=hint)
        )
    path = str(where) if isinstance(where, (str, Path)) else str(getattr(where, "name", ""))
    found = _EXTENSIONS.get(Path(path).suffix.lower())
    if found is None:
        message = f"the name does not tell the format: {', '.join(_EXTENSIONS)}"
        hint = f"name the format: one of {', '.join(FORMATS)}"
        raise InputError(Problem.at(message, source=path, hint=hint, code="input"))
    return found


def _document(stream: Readable, source: str, name: str) -> Iterator[Row]:
    """One JSON or YAML document: a mapping is one contract, a list is many."""
    limit = yaml.MAXIMUM_BYTES if name == "yaml" else MAXIMUM_JSON
    content = whole(stream, limit, source)
    text = text_of(content, source)
    if not text.strip():
        raise InputError(Problem.at("empty", source=source, code="input"))
    if name == "yaml":
        document = yaml.read(text, source=source)
        value, locate = document.value, _yaml_locator(document)
    else:
        value, locate = _json(text, source), files.locator(text)
    if isinstance(value, list):
        if not value:
            raise InputError(Problem.at("an empty list", source=source, line=1, column=1))
        for index, part in enumerate(value):
            yield _row(index + 1, source, part, partial(_inside, locate, str(index)))
        return
    row = _row(1, source, value, locate, alone=True)
    if row.problems:
        raise InputError(row.problems)
    yield row


def _json_lines(stream: Readable, source: str) -> Iterator[Row]:
    number = 0
    for line in lines(stream):
        if line.content is not None and not line.content.strip():
            continue
        number += 1
        at = partial(_line_only, line.number)
        if line.content is None:
            message = f"longer than {MAXIMUM_LINE // 1024} KiB"
            problem = Problem.at(message, source=source, line=line.number, column=1, code="input")
            yield Row(number, source, None, (problem,), locate=at)
            continue
        try:
            text = text_of(line.content, source, line.number)
            value = _json(text, source, line.number)
        except InputError as error:
            yield Row(number, source, None, error.problems, locate=at)
            continue
        yield _row(number, source, value, files.locator(text, line.number))
    if not number:
        raise InputError(Problem.at("empty", source=source, code="input"))


def _json(text: str, source: str, line: int = 1) -> Any:
    """The value of a JSON text, which begins on a line of its file.

    Raises:
        InputError: it is not strict JSON; one problem with line and column.
    """
    try:
        return files.decoded(text)
    except files.NotJsonError as error:
        row, column = error.place(text, line)
        raise InputError(
            Problem.at(
                error.message,
                source=source,
                line=row,
                column=column,
                hint=error.hint,
                code=InputError.code,
            )
        ) from None


def _row(number: int, source: str, value: Any, locate: Locate, *, alone: bool = False) -> Row:
    if isinstance(value, Mapping):
        return Row(number, source, value, alone=alone, locate=locate)
    line, column = locate("", False)  # noqa: FBT003 - the value, not its key
    message = f"a mapping is expected here, not {_spoken(value)}"
    problem = Problem.at(message, source=source, line=line, column=column, code="input")
    return Row(number, source, None, (problem,), alone=alone, locate=locate)


def _spoken(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (str, date)):
        return "a text" if isinstance(value, str) else "a date"
    return "a list" if isinstance(value, list) else "a number"


def _yaml_locator(document: yaml.Document) -> Locate:
    def locate(path: str, key: bool) -> tuple[int, int]:  # noqa: FBT001 - the protocol of Row
        steps = tuple(int(s) if s.isdigit() else s for s in path.split(".")) if path else ()
        return document.locate(steps, key=key)

    return locate


def _inside(locate: Locate, index: str, path: str, key: bool) -> tuple[int, int]:  # noqa: FBT001 - as above
    return locate(f"{index}.{path}" if path else index, key)


def _line_only(line: int, path: str, key: bool) -> tuple[int, int]:  # noqa: ARG001, FBT001 - as above
    return line, 1
