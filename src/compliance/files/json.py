"""JSON records, one after the other: the elements of an array, or JSON lines.

Numbers with a point are exact decimals. Refused: a key twice in one object, NaN and Infinity, a
number of more digits than Python reads, half of a surrogate pair, nesting that is too deep.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

from compliance.errors import ComplianceError
from compliance.files.opening import Bounded, Refuse, lines, opened

_CHUNK: Final = 64 * 1024
_BLANK: Final = " \t\r\n"
_OVER_LINES: Final = (
    "an object over several lines; an array of objects, or one object a line, is expected"
)
_HALF_PAIR: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile(r"\\ud[89a-f]")


class _RefusedError(ValueError):
    """Something that JSON allows and this reader does not."""


def json_object(text: str) -> dict[str, Any] | str:
    """The object that a text is; where it is none, what is wrong with it."""
    try:
        value = _DECODER.decode(text)
        _whole(value, text)
    except (ValueError, RecursionError) as error:
        return _explained(error)
    return value if isinstance(value, dict) else "not a JSON object"


def json_records(
    path: Path,
    refuse: Refuse,
    *,
    maximum: int,
    longest: int,
    wrappers: Collection[str] = (),
) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each object of a file with its line and its JSON pointer ("" in JSON lines).

    The file is an array of objects, JSON lines, or one object whose only member is an array under
    one of `wrappers`. One object at a time is in memory. An object that runs over several lines is
    refused as such.

    Raises:
        ComplianceError: by `refuse`: as `opened`; broken JSON, or something that is no object, with
            its line; a record longer than `longest`.
    """
    with opened(path, refuse, maximum=maximum) as stream:
        window = _Window(stream, path, refuse, longest)
        first = window.peek()
        if first == "[" or (first == "{" and window.unwrapped(wrappers)):
            yield from _array(window)
            return
    found = False
    for line, text in lines(path, refuse, maximum=maximum, longest=longest):
        if not text.strip():
            continue
        value = json_object(text)
        if isinstance(value, str):
            if not found and _over_lines(path, refuse, maximum=maximum, longest=longest):
                value = _OVER_LINES
            raise refuse(path, value, line=line)
        found = True
        yield line, "", value


def _over_lines(path: Path, refuse: Refuse, *, maximum: int, longest: int) -> bool:
    """Whether a file, whose first line is no object, begins with one that runs on."""
    with opened(path, refuse, maximum=maximum) as stream:
        try:
            _, value = _Window(stream, path, refuse, longest).value()
        except ComplianceError:
            return False
    return isinstance(value, dict)


def _array(window: _Window) -> Iterator[tuple[int, str, dict[str, Any]]]:
    window.take("[")
    index = 0
    while index or window.peek() != "]":
        line, value = window.value()
        pointer = f"{window.pointer}/{index}"
        if not isinstance(value, dict):
            window.fault(f"{pointer} is not a JSON object", line)
        yield line, pointer, value
        index += 1
        if window.peek() == "]":
            break
        window.take(",")
    window.take("]")
    if window.pointer:
        window.take("}")
    if window.peek():
        window.fault("not JSON: something behind the array", window.line)


class _Window:
    """The part of a text that is being read, and the line it has come to."""

    __slots__ = (
        "_at",
        "_decoder",
        "_ended",
        "_longest",
        "_path",
        "_refuse",
        "_stream",
        "_text",
        "line",
        "pointer",
    )

    def __init__(self, stream: Bounded, path: Path, refuse: Refuse, longest: int) -> None:
        self._stream = stream
        self._path = path
        self._refuse = refuse
        self._longest = longest
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._ended = False
        self.line = 1
        self.pointer = ""

    def fault(self, message: str, line: int) -> NoReturn:
        raise self._refuse(self._path, message, line=line)

    def peek(self) -> str:
        """The next character that is not blank; "" at the end."""
        while True:
            while self._at < len(self._text):
                character = self._text[self._at]
                if character not in _BLANK:
                    return character
                self._advance(self._at + 1)
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Go past the next character, which is the expected one."""
        found = self.peek()
        if found != expected:
            what = repr(found) if found else "the end"
            self.fault(f"not JSON: {expected!r} expected, not {what}", self.line)
        self._advance(self._at + 1)

    def unwrapped(self, wrappers: Collection[str]) -> bool:
        """Whether an object begins whose first member is an array of one of these names."""
        while len(self._text) < _CHUNK // 2 and self._more():
            pass
        head = "".join(self._text[self._at :][:200].split())
        for name in wrappers:
            if head.startswith(f'{{"{name}":['):
                self._advance(self._text.index("[", self._at))
                self.pointer = f"/{name}"
                return True
        return False

    def value(self) -> tuple[int, Any]:
        """The next value and the line it begins on."""
        self.peek()
        line = self.line
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                _whole(value, self._text[self._at : end])
            except json.JSONDecodeError as error:
                if self._grown(line):
                    continue
                broken = line + self._text.count("\n", self._at, error.pos)
                self.fault(_explained(error), broken)
            except (ValueError, RecursionError) as error:
                self.fault(_explained(error), line)
            if end < len(self._text) or not self._grown(line):
                self._advance(end)
                return line, value

    def _grown(self, line: int) -> bool:
        if len(self._text) - self._at > self._longest:
            self.fault(f"a record longer than {self._longest} bytes", line)
        return self._more()

    def _advance(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        if self._ended:
            return False
        self._text = self._text[self._at :]
        self._at = 0
        raw = self._stream.read(max(_CHUNK, len(self._text)))
        self._ended = not raw
        try:
            self._text += self._decoder.decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            line = self.line + self._text.count("\n") + raw.count(b"\n", 0, error.start)
            raise self._refuse(self._path, "not UTF-8", line=line) from error
        return not self._ended


def _explained(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg}"
    if isinstance(error, _RefusedError):
        return f"not JSON that can be read: {error}"
    if isinstance(error, RecursionError):
        return "not JSON that can be read: nested too deeply"
    return "not JSON that can be read: a number of too many digits"


def _whole(value: Any, text: str) -> None:
    """Refuse half of a surrogate pair, which no file can be written with."""
    if _HALF_PAIR.search(text) and _SURROGATE.search(repr(value).replace("\\\\", "")):
        raise _RefusedError("half of a surrogate pair")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _RefusedError(f"the key {next(k for k in keys if keys.count(k) > 1)!r} twice")
    return made


def _constant(name: str) -> NoReturn:
    raise _RefusedError(f"the number {name}")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant
)
