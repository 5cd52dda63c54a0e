"""Strict YAML: what is written is what is read, and every value knows its line and column.

A subset of YAML 1.2: one document of mappings, sequences and scalars. Plain scalars are `true`,
`false`, `null`, integers, decimals with a point (read as Decimal) and ISO dates (read as date);
everything else is text, so `country: NO` is Norway and `eccn: 3E001` is a classification; a key is
text as it is written. Refused, with all findings of a file at once: duplicate keys, anchors,
aliases, tags, merge keys, directives, a key that is a list or mapping or nothing, numbers and dates
that only look like one (0123, 1_000, 2024-1-5), control characters, nesting deeper than 64 and
files above 16 MiB. libyaml finds the tokens; nothing is ever constructed from a tag.
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
_TOO_DEEP: Final = f"nested deeper than {MAXIMUM_DEPTH}"

Path_ = tuple[str | int, ...]
_Mark = tuple[int, int]

_PARSER: Any = getattr(pyyaml, "CLoader", pyyaml.Loader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONSTANTS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOOKALIKES = (
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", re.ASCII), "write a date as YYYY-MM-DD"),
    (
        re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?", re.ASCII),
        "no leading zeros; quote it if it is text",
    ),
    (
        re.compile(r"[-+]?(?=[0-9.]*_)[0-9][0-9_]*(?:\.[0-9_]*)?", re.ASCII),
        "no underscores in numbers",
    ),
    (re.compile(r"[-+]?[0-9]+\.|[-+]?\.[0-9]+", re.ASCII), "write a decimal with digits around it"),
    (re.compile(r"[-+]?\.(?:inf|nan)", re.ASCII | re.IGNORECASE), "a number is finite"),
)
# What YAML 1.2 does not print, and what YAML 1.1 takes for a line break but 1.2 for text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
LINE_BREAK = re.compile(r"\r\n?|\n")


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
        if key and path in self._keys:
            return self._keys[path]
        while path and path not in self._values:
            path = path[:-1]
        return self._values.get(path, (1, 1))

    def existing(self, location: Path_) -> Path_:
        """The longest beginning of a location that is a path of this document."""
        value = self.value
        for index, step in enumerate(location):
            known = isinstance(value, dict) and step in value
            if isinstance(value, list) and isinstance(step, int):
                known = 0 <= step < len(value)
            if not known:
                return location[:index]
            value = value[step]
        return location

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
        with path.open("rb") as file:
            content = file.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        raise InputError(Problem.at(error.strerror or str(error), source=str(path))) from error
    if len(content) > MAXIMUM_BYTES:
        raise InputError(Problem.at(f"larger than {MAXIMUM_BYTES} bytes", source=str(path)))
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
        found = error.problem or "not YAML"
        # Newer parsers have a limit of their own, far above ours, and meet it first in brackets.
        builder.report(at, _TOO_DEEP if "nesting depth" in found else found)
    except _TooDeepError:
        pass  # reported where it was met
    if builder.problems:
        raise YamlError(builder.problems)
    return Document(builder.root, source, builder.values, builder.keys)


def _decode(content: str | bytes, source: str) -> str:
    """The text without its byte order mark; it holds only what libyaml's reader takes."""
    if len(content) > MAXIMUM_BYTES:
        message = f"larger than {MAXIMUM_BYTES} bytes"
        raise YamlError(Problem.at(message, source=source, code="yaml"))
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        raise _unreadable("not UTF-8", before, source) from error
    text = text.removeprefix("\ufeff")
    found = _FORBIDDEN.search(text)
    if found:
        message = f"character U+{ord(found[0]):04X} is not allowed"
        raise _unreadable(message, text[: found.start()], source)
    return text


def _unreadable(message: str, before: str, source: str) -> YamlError:
    """The error of what stands right behind the text `before`."""
    *lines, rest = LINE_BREAK.split(before.removeprefix("\ufeff"))
    line, column = len(lines) + 1, len(rest) + 1
    return YamlError(Problem.at(message, source=source, line=line, column=column, code="yaml"))


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
            if self._expects_key():
                self._replace_key(_mark(event))
            else:
                self._place(None, _mark(event))
        elif kind is pyyaml.DocumentStartEvent:
            self._document(event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self.report(_mark(event), "a % directive", "this is YAML 1.2 without directives")
        if self._documents > 1:
            self.report(_mark(event), "a second document in one file")

    def _start(self, event: Any, container: Any) -> None:
        at = _mark(event)
        self._refuse_properties(event, at)
        if len(self._open) >= MAXIMUM_DEPTH:
            self.report(at, _TOO_DEEP)
            raise _TooDeepError
        if self._expects_key():
            self.report(at, "a key is text, not a list or mapping")
            self._replace_key(at)
            path = self._path()
        else:
            path = self._place(container, at)
        self._open.append((container, path))
        self._key.append(None)

    def _scalar(self, event: Any) -> None:
        at = _mark(event)
        self._refuse_properties(event, at)
        plain = event.implicit[0]
        if "\0" in event.value:
            self.report(at, "a NUL character", "text has none, not even as an escape")
        if not self._expects_key():
            self._place(self._resolve(event.value, at) if plain else event.value, at)
        elif "\0" in event.value:
            self._replace_key(at)
        else:
            self._take_key(event.value, at, plain=plain)

    def _take_key(self, key: str, at: _Mark, *, plain: bool) -> None:
        mapping, path = self._open[-1]
        if plain and key in ("<<", ""):
            if key:
                self.report(at, "merge key <<", "write the keys out")
            else:
                self.report(at, "a key is text, not nothing")
            self._replace_key(at)
        elif key in mapping:
            first = self.keys[(*path, key)]
            self.report(at, f"key {key!r} twice", f"first on line {first[0]}")
            self._replace_key(at)
        else:
            self._key[-1] = key
            self.keys[(*path, key)] = at

    def _replace_key(self, at: _Mark) -> None:
        """Stand a key in for one that was refused: one that no text can be, so nothing collides."""
        self._key[-1] = f"\0{at[0]}:{at[1]}"

    def _resolve(self, text: str, at: _Mark) -> Any:
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        first = text[0]
        if not (first.isdigit() or first in "+-."):
            return text
        if _INTEGER.fullmatch(text):
            if len(text.lstrip("+-")) > 30:
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
        """Put a value where the parser stands."""
        if not self._open:
            self.root = value
            self.values[()] = at
            return ()
        path = self._path()
        container = self._open[-1][0]
        if isinstance(container, dict):
            container[path[-1]] = value
            self._key[-1] = None
        else:
            container.append(value)
        self.values[path] = at
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
