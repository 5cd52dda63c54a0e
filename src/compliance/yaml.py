"""Strict YAML: what is written is what is read, and every value knows its line and column.

A subset of YAML 1.2: one document of mappings, sequences and scalars. Plain scalars are `true`,
`false`, `null`, integers, decimals with a point (read as Decimal) and ISO dates (read as date);
everything else is text, so `country: NO` is Norway and `eccn: 3E001` is a classification. Refused,
with all findings of a file at once: duplicate keys, anchors, aliases, tags, merge keys, a key that
is not text, numbers and dates that only look like one (0123, 1_000, 2024-1-5), NUL bytes, nesting
deeper than 64 and files above 16 MiB. libyaml finds the tokens; nothing is ever constructed from
a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml as pyyaml

from compliance.errors import InputError, Problem, YamlError

MAXIMUM_BYTES: Final = 16 * 1024 * 1024
MAXIMUM_DEPTH: Final = 64

Path_ = tuple[str | int, ...]
_Mark = tuple[int, int]

_PARSER: Any = getattr(pyyaml, "CLoader", pyyaml.Loader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOOKALIKES = (
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", re.ASCII), "write a date as YYYY-MM-DD"),
    (re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?", re.ASCII), "no leading zeros; quote it if it is text"),
    (re.compile(r"[-+]?[0-9]+(?:_[0-9]+)+(?:\.[0-9]*)?", re.ASCII), "no underscores in numbers"),
    (re.compile(r"[-+]?[0-9]+\.|[-+]?\.[0-9]+", re.ASCII), "write a decimal with digits around it"),
    (re.compile(r"[-+]?\.(?:inf|nan)", re.ASCII | re.IGNORECASE), "a number is finite"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its plain Python value and where each part of it stands.

    `value` holds dict, list, str, int, Decimal, date, bool and None only.
    """

    value: Any
    source: str
    _values: dict[Path_, _Mark] = field(repr=False)
    _keys: dict[Path_, _Mark] = field(repr=False)

    def locate(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value (or its key) at `path` or its nearest parent."""
        marks = self._keys if key else self._values
        while path and path not in marks:
            path, marks = path[:-1], self._values
        return marks.get(path, (1, 1))

    def problem(
        self, path: Path_, message: str, *, hint: str = "", key: bool = False, code: str = "rule"
    ) -> Problem:
        """A Problem that stands where `path` stands."""
        line, column = self.locate(path, key=key)
        return Problem.at(
            message,
            source=self.source,
            line=line,
            column=column,
            path=dotted(path),
            hint=hint,
            code=code,
        )


def dotted(path: Path_) -> str:
    """A path as people write it: ("items", 0, "chip") is items.0.chip."""
    return ".".join(str(part) for part in path)


def read_file(path: Path) -> Document:
    """Read one file; the document's source is the path as given.

    Raises:
        InputError: the file cannot be opened or is too large.
        YamlError: it is not strict YAML.
    """
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise InputError(Problem.at(f"larger than {MAXIMUM_BYTES} bytes", source=str(path)))
        content = path.read_bytes()
    except OSError as error:
        raise InputError(Problem.at(error.strerror or str(error), source=str(path))) from error
    return read(content, source=str(path))


def read(content: str | bytes, *, source: str = "<yaml>") -> Document:
    """Read one document from text or UTF-8 bytes.

    Raises:
        YamlError: every finding, with line and column.
    """
    text = _decode(content, source)
    builder = _Builder(source)
    try:
        for event in pyyaml.parse(text, Loader=_PARSER):
            builder.take(event)
    except pyyaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        builder.report(at, error.problem or "not YAML")
    except pyyaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        builder.report((line, 1), f"character #x{ord(error.character):04x} is not allowed")
    except _TooDeepError:
        pass  # reported where it was met
    if builder.problems:
        raise YamlError(builder.problems)
    return Document(builder.root, source, builder.values, builder.keys)


def _decode(content: str | bytes, source: str) -> str:
    if len(content) > MAXIMUM_BYTES:
        raise YamlError(Problem.at(f"larger than {MAXIMUM_BYTES} bytes", source=source))
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise YamlError(
                Problem.at("not UTF-8", source=source, line=line, column=1)
            ) from error
    content = content.removeprefix("\ufeff")
    position = next((i for i, c in enumerate(content) if "\ud800" <= c <= "\udfff"), -1)
    if position >= 0:
        line = content.count("\n", 0, position) + 1
        raise YamlError(Problem.at("half a surrogate pair", source=source, line=line, column=1))
    return content


class _TooDeepError(Exception):
    """Nesting beyond MAXIMUM_DEPTH; reading stops."""


class _Builder:
    """Builds the value from parser events with a stack of its own, so depth cannot overflow."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Any = None
        self.values: dict[Path_, _Mark] = {}
        self.keys: dict[Path_, _Mark] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, Path_]] = []
        self._key: list[str | None] = []
        self._documents = 0

    def report(self, at: _Mark, message: str, hint: str = "") -> None:
        self.problems.append(
            Problem.at(
                message, source=self.source, line=at[0], column=at[1], hint=hint, code="yaml"
            )
        )

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is pyyaml.ScalarEvent:
            self._scalar(event)
        elif kind is pyyaml.MappingStartEvent:
            self._start(event, {})
        elif kind is pyyaml.SequenceStartEvent:
            self._start(event, [])
        elif kind in (pyyaml.MappingEndEvent, pyyaml.SequenceEndEvent):
            self._open.pop()
            self._key.pop()
        elif kind is pyyaml.AliasEvent:
            self.report(_mark(event), f"alias *{event.anchor}", "write the value out")
            self._place(None, _mark(event))
        elif kind is pyyaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self.report(_mark(event), "a second document in one file")

    def _start(self, event: Any, container: Any) -> None:
        at = _mark(event)
        self._refuse_properties(event, at)
        if len(self._open) >= MAXIMUM_DEPTH:
            self.report(at, f"nested deeper than {MAXIMUM_DEPTH}")
            raise _TooDeepError
        if self._expects_key():
            self.report(at, "a key is text, not a list or mapping")
            self._key[-1] = f"<{at[0]}:{at[1]}>"
            path = self._path()
        else:
            path = self._place(container, at)
        self._open.append((container, path))
        self._key.append(None)

    def _scalar(self, event: Any) -> None:
        at = _mark(event)
        self._refuse_properties(event, at)
        plain = event.implicit[0]
        if self._expects_key():
            self._take_key(event.value, at, plain=plain)
            return
        self._place(self._resolve(event.value, at) if plain else event.value, at)

    def _take_key(self, key: str, at: _Mark, *, plain: bool) -> None:
        mapping, path = self._open[-1]
        if plain and key == "<<":
            self.report(at, "merge key <<", "write the keys out")
        elif key in mapping:
            first = self.keys[(*path, key)]
            self.report(at, f"key {key!r} twice", f"first on line {first[0]}")
        self._key[-1] = key
        self.keys.setdefault((*path, key), at)

    def _resolve(self, text: str, at: _Mark) -> Any:
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        first = text[0]
        if not (first.isdigit() or first in "+-."):
            return text
        if _INTEGER.fullmatch(text):
            if len(text) > 30:
                self.report(at, "a number of more than 30 digits")
                return None
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        if _DATE.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.report(at, f"{text} is not a day of the calendar")
                return None
        for pattern, hint in _LOOKALIKES:
            if pattern.fullmatch(text):
                self.report(at, f"{text!r} is ambiguous", hint)
                return None
        return text

    def _refuse_properties(self, event: Any, at: _Mark) -> None:
        if event.anchor:
            self.report(at, f"anchor &{event.anchor}", "write the value out where it is used")
        if event.tag:
            self.report(at, f"tag {event.tag}", "values have no tags here")

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key[-1] is None

    def _path(self) -> Path_:
        container, path = self._open[-1]
        step = self._key[-1] if isinstance(container, dict) else len(container)
        return (*path, step if step is not None else "")

    def _place(self, value: Any, at: _Mark) -> Path_:
        """Put a value where the parser stands; a key met twice keeps its first value."""
        if not self._open:
            self.root = value
            self.values[()] = at
            return ()
        path = self._path()
        container = self._open[-1][0]
        if isinstance(container, dict):
            container.setdefault(path[-1], value)
            self._key[-1] = None
        else:
            container.append(value)
        self.values.setdefault(path, at)
        return path


def _mark(event: Any) -> _Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def walk(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every part of a document's value with its path, outermost first."""
    yield path, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from walk(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from walk(part, (*path, index))
