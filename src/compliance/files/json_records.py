"""Strict JSON as records, one after the other: an array's elements, or JSON lines.

One record at a time is in memory, whatever the size of the file.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from compliance.errors import ComplianceError
from compliance.files.json import (
    DECODER,
    NotJsonError,
    RefusedError,
    checked,
    decoded,
    explained,
    refusal,
)
from compliance.files.opening import Bounded, Refuse, lines, opened

_CHUNK: Final = 64 * 1024
_BLANK: Final = " \t\r\n"
_OVER_LINES: Final = (
    "an object over several lines; an array of objects, or one object a line, is expected"
)


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
        try:
            value = decoded(text)
        except NotJsonError as error:
            if not found and _over_lines(path, refuse, maximum=maximum, longest=longest):
                raise refuse(path, _OVER_LINES, line=line) from error
            _, column = error.place(text)
            raise refuse(path, error.message, line=line, column=column, hint=error.hint) from error
        if not isinstance(value, dict):
            raise refuse(path, "not a JSON object", line=line)
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
        "_before",
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
        self._before = 0  # characters of the line that are behind
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
                value, end = DECODER.raw_decode(self._text, self._at)
                checked(value, self._text[self._at : end])
            except json.JSONDecodeError as error:
                found, inside = explained(error, self._text), error.pos - self._at
                if self._grown(line):
                    continue
                self._broken(found, self._at + inside)
            except NotJsonError as error:
                self._broken(error, self._at + error.offset)
            except (RefusedError, RecursionError):
                refused = refusal(self._text[self._at :])
                self._broken(refused, self._at + refused.offset)
            if end < len(self._text) or not self._grown(line):
                self._advance(end)
                return line, value

    def _broken(self, error: NotJsonError, offset: int) -> NoReturn:
        """Refuse what is wrong at an offset of the text."""
        line = self.line + self._text.count("\n", self._at, offset)
        begins = self._text.rfind("\n", self._at, offset)
        column = offset - (begins if begins >= 0 else self._at - self._before - 1)
        raise self._refuse(self._path, error.message, line=line, column=column, hint=error.hint)

    def _grown(self, line: int) -> bool:
        if len(self._text) - self._at > self._longest:
            self.fault(f"a record longer than {self._longest} bytes", line)
        return self._more()

    def _advance(self, end: int) -> None:
        begins = self._text.rfind("\n", self._at, end)
        self._before = end - begins - 1 if begins >= 0 else self._before + end - self._at
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
