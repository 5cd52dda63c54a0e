"""The one loader of tables: YAML or CSV to typed rows, all findings at their line and column.

A shape is a model derived from `Strict`, or any type that pydantic knows (`list[Row]` for a CSV).
A table that cannot be read or is not of its shape yields no rows, but every finding; what rows mean
together is checked by whoever owns the table, with the same `Findings`.

    findings = Findings()
    found = findings.read(path, GroupsTable)          # (document, rows), or None
    findings.report(document, ("groups", "D:5"), "no such country")
    findings.settle()                                 # raises all of them, if there are any
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic import Strict as Strictly

from compliance.errors import ComplianceError, InputError, Problem, ReferenceDataError, did_you_mean
from compliance.tables.cells import read_cells
from compliance.tables.yaml import Document, Path_, read_file

_UNKNOWN: Final = ("extra_forbidden", "unexpected_keyword_argument")
_INVENTED: Final = ("[key]", "function-")  # steps of pydantic's own, which no document has
_RAISED: Final = "Value error, "
_EXPECTED: Final = {
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
    "tuple_type": "a list",
}


class Strict(BaseModel):
    """Part of a table: typed strictly, unknown keys refused."""

    model_config = ConfigDict(defer_build=True, extra="forbid", strict=True, frozen=True)


Part = TypeVar("Part")
Listed = Annotated[tuple[Part, ...], Strictly(strict=False)]
"""A YAML sequence; its parts stay strict."""

SetOf = Annotated[frozenset[Part], Strictly(strict=False)]
"""A YAML sequence whose order says nothing."""

Shape = TypeVar("Shape")


def divided(text: Any) -> tuple[str, ...]:
    """The words of a text, for a validator of pydantic.

    Raises:
        ValueError: it is no text.
    """
    if not isinstance(text, str):
        raise ValueError("words are expected, divided by blanks")
    return tuple(text.split())


Words = Annotated[tuple[str, ...], BeforeValidator(divided), Strictly(strict=False)]
"""A text of words, divided by white space."""
WordSet = Annotated[frozenset[str], BeforeValidator(divided), Strictly(strict=False)]
"""The same where their order says nothing."""


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError("a number is expected")
    return Decimal(value)


Number = Annotated[Decimal, BeforeValidator(_number)]
"""A number, with a point or without."""


@dataclass(slots=True)
class Findings:
    """The problems of one or more tables, gathered until all have been read.

    `error` is what they are raised as, and whose code they have.
    """

    error: type[ComplianceError] = ReferenceDataError
    problems: list[Problem] = field(default_factory=list)

    def report(
        self,
        document: Document,
        path: Path_,
        message: str,
        *,
        hint: str = "",
        key: bool = False,
    ) -> None:
        """Note one defect where it stands."""
        self.problems.append(
            document.problem(path, message, hint=hint, key=key, code=self.error.code)
        )

    def read(self, path: Path, shape: type[Shape]) -> tuple[Document, Shape] | None:
        """The table in `path`, or None when its findings have been noted."""
        try:
            document = _document(path, shape, self.problems)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        rows = self.rows(document, shape)
        return None if rows is None else (document, rows)

    def rows(self, document: Document, shape: type[Shape]) -> Shape | None:
        """A document as its shape, or None when its findings have been noted."""
        try:
            found: Shape = _validated(document.value, shape)
        except ValidationError as error:
            self.problems.extend(problems_of(error, document, shape, self.error.code))
            return None
        return found

    def read_only(self, path: Path, shape: type[Shape]) -> tuple[Document, Shape]:
        """The one table that there is to read.

        Raises:
            ComplianceError: an `error` with everything noted so far, where it cannot be read.
        """
        try:
            document = _document(path, shape, self.problems)
        except InputError as error:
            self.problems.extend(error.problems)
            raise self.error(self.problems) from error
        return document, self.rows_only(document, shape)

    def rows_only(self, document: Document, shape: type[Shape]) -> Shape:
        """The one document that there is, as its shape.

        Raises:
            ComplianceError: an `error` with everything noted so far, where it is not of the shape.
        """
        rows = self.rows(document, shape)
        if rows is None:
            self.settle()
            raise AssertionError  # unreachable: what is not of the shape leaves a finding
        return rows

    def claim(
        self,
        document: Document,
        path: Path_,
        word: str,
        owner: str,
        *owned: dict[str, str],
        spelled: str | None = None,
    ) -> None:
        """Enter a word, as it is `spelled`, for its owner in the last of `owned`.

        That one of them gives it to another is noted.
        """
        spelled = word if spelled is None else spelled
        others = {table[spelled] for table in owned if spelled in table} - {owner}
        for other in sorted(others):
            self.report(document, path, f"{word!r} is claimed by {other} and {owner}")
        owned[-1].setdefault(spelled, owner)

    def owners(
        self, document: Document, at: Path_, rows: Mapping[str, Sequence[str]]
    ) -> dict[str, str]:
        """Who owns each word of the rows at a path; that two claim one is noted."""
        owned: dict[str, str] = {}
        for owner, words in rows.items():
            for index, word in enumerate(words):
                self.claim(document, (*at, owner, index), word, owner, owned)
        return owned

    def settle(self) -> None:
        """Raise everything noted, if anything was.

        Raises:
            ComplianceError: an `error` with every problem of every table.
        """
        if self.problems:
            raise self.error(self.problems)


def read_table(
    path: Path, shape: type[Shape], error: type[ComplianceError] = ReferenceDataError
) -> Shape:
    """The one table in a file.

    Raises:
        ComplianceError: an `error` with every defect, each with file, line and column.
    """
    findings = Findings(error)
    _, rows = findings.read_only(path, shape)
    findings.settle()
    return rows


def table_of(
    document: Document, shape: type[Shape], error: type[ComplianceError] = ReferenceDataError
) -> Shape:
    """The table that a document is.

    Raises:
        ComplianceError: an `error` with every defect, each with file, line and column.
    """
    return Findings(error).rows_only(document, shape)


def problems_of(
    error: ValidationError, document: Document, shape: Any, code: str
) -> Iterator[Problem]:
    """What pydantic found, each where it stands, a key that is not known with a near one."""
    for found in error.errors(include_url=False, include_input=False):
        steps = tuple(step for step in found["loc"] if not str(step).startswith(_INVENTED))
        path, message, hint = document.existing(steps), found["msg"].removeprefix(_RAISED), ""
        of_key = found["type"] in _UNKNOWN or "[key]" in found["loc"]
        if found["type"] in _UNKNOWN:
            key = str(steps[-1])
            message, hint = f"unknown key {key!r}", did_you_mean(key, keys_of(shape))
        elif found["type"] == "missing":
            message = f"key {str(steps[-1])!r} is missing"
        elif found["type"] in _EXPECTED:
            message = f"{_EXPECTED[found['type']]} is expected"
        elif found["type"] == "date_type":
            hint = "write the date as YYYY-MM-DD without quotes"
        yield document.problem(path, message, hint=hint, key=of_key, code=code)


def keys_of(shape: Any) -> frozenset[str]:
    """Every key that some part of a shape may have."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [shape]
    while waiting:
        part = waiting.pop()
        if id(part) in seen or get_origin(part) is Literal:
            continue
        seen.add(id(part))
        fields: dict[str, Any] = {}
        if isinstance(part, type) and issubclass(part, BaseModel):
            fields = {
                each.alias or name: each.annotation for name, each in part.model_fields.items()
            }
        elif isinstance(part, type) and dataclasses.is_dataclass(part):
            fields = get_type_hints(part)
        found.update(fields)
        waiting += [*fields.values(), *get_args(part)]
    return frozenset(found)


def _document(path: Path, shape: Any, problems: list[Problem]) -> Document:
    if path.suffix != ".csv" or get_origin(shape) is not list:
        return read_file(path)  # a snapshot may hold YAML under the name of a CSV
    (row,) = get_args(shape)
    columns = {each.alias or name: each.is_required() for name, each in row.model_fields.items()}
    return read_cells(path, columns, problems)


def _validated(value: Any, shape: Any) -> Any:
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return shape.model_validate(value)
    return _adapter(shape).validate_python(value)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
