"""Strict JSON: one document, or records one after the other (an array's elements, JSON lines).

Numbers are exact. Beyond RFC 8259 it refuses duplicate keys, NaN and Infinity, numbers of more than
30 digits or a power of ten beyond 30, half a surrogate pair, and nesting deeper than 64. Positions
are found in a second pass, only when something has to be reported.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

from compliance.errors import ComplianceError
from compliance.files.opening import Bounded, Refuse, lines, opened

MAXIMUM_DEPTH: Final = 64
DIGITS: Final = 30
_CHUNK: Final = 64 * 1024
_BLANK: Final = " \t\r\n"
_OVER_LINES: Final = (
    "an object over several lines; an array of objects, or one object a line, is expected"
)
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_CONSTANT: Final = re.compile(r"NaN|-?Infinity")
_HALF_PAIR: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

Locate = Callable[[str, bool], tuple[int, int]]
"""Line and column, from 1, of the value (or, if asked, its key) at a dotted path."""


class NotJsonError(ValueError):
    """A text that is not strict JSON: what is wrong, a hint or "", and the offset where it is."""

    def __init__(self, message: str, hint: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.offset = offset

    def place(self, text: str, line: int = 1) -> tuple[int, int]:
        """Line and column of it in the text, whose first line has this number."""
        return _position(text, self.offset, line)


class _RefusedError(ValueError):
    """Something that JSON allows and this reader does not; the second pass says where."""


def decoded(text: str) -> Any:
    """The value of one JSON document: dict, list, str, int, Decimal, bool and None only.

    Raises:
        NotJsonError: it is not strict JSON.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _explained(error, text) from None
    except (_RefusedError, RecursionError):
        raise _refusal(text) from None
    return _checked(value, text)


def locator(text: str, line: int = 1) -> Locate:
    """Line and column of any dotted path of a document that `decoded` accepted."""
    marks: dict[tuple[str, bool], int] = {}

    def locate(path: str, key: bool) -> tuple[int, int]:  # noqa: FBT001 - the protocol of Row
        if not marks:
            for steps, is_key, offset, _ in _marks(text):
                marks.setdefault((".".join(map(str, steps)), is_key), offset)
        while path and (path, key) not in marks:
            path, key = path.rpartition(".")[0], False
        return _position(text, marks.get((path, key), 0), line)

    return locate


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
                value, end = _DECODER.raw_decode(self._text, self._at)
                _checked(value, self._text[self._at : end])
            except json.JSONDecodeError as error:
                found, inside = _explained(error, self._text), error.pos - self._at
                if self._grown(line):
                    continue
                self._broken(found, self._at + inside)
            except NotJsonError as error:
                self._broken(error, self._at + error.offset)
            except (_RefusedError, RecursionError):
                refused = _refusal(self._text[self._at :])
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


def _position(text: str, offset: int, line: int) -> tuple[int, int]:
    return line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset)


def _explained(error: json.JSONDecodeError, text: str) -> NotJsonError:
    message = f"not JSON: {error.msg[0].lower()}{error.msg[1:].removesuffix(' at')}"
    if error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()):
        message, hint = f"{message}: the text ends too early", "is the file cut off?"
        return NotJsonError(message, hint, error.pos)
    if error.msg == "Extra data":
        hint = "one object a line is the format jsonl"
        return NotJsonError("not JSON: a second value", hint, error.pos)
    return NotJsonError(message, "", error.pos)


def _checked(value: Any, text: str) -> Any:
    """A value once it is known that neither its depth nor a half pair in it is refused.

    Raises:
        NotJsonError: one is.
    """
    if _too_deep(value) or (_HALF_PAIR.search(text) and _half_pair(value)):
        raise _refusal(text)
    return value


def _too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAXIMUM_DEPTH):
        if not level:
            return False
        inside = (v.values() if isinstance(v, dict) else v for v in level)
        level = [part for parts in inside for part in parts if isinstance(part, (dict, list))]
    return bool(level)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RefusedError
    return made


def _whole(literal: str) -> int:
    if len(literal.lstrip("-")) > DIGITS:
        raise _RefusedError
    return int(literal)


def _decimal(literal: str) -> Decimal:
    if _oversized(literal):
        raise _RefusedError
    return Decimal(literal)


def _oversized(literal: str) -> bool:
    digits, _, power = literal.lower().partition("e")
    wide = sum(character.isdigit() for character in digits) > DIGITS
    power = power.lstrip("+-").lstrip("0")
    return wide or len(power) > 2 or int(power or "0") > DIGITS


def _constant(_: str) -> NoReturn:
    raise _RefusedError


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_decimal, parse_int=_whole, parse_constant=_constant
)


def _half_pair(value: Any) -> bool:
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_half_pair(key) or _half_pair(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_half_pair, value))


def _refusal(text: str) -> NotJsonError:
    """The first thing that this reader does not take."""
    seen: dict[tuple[str | int, ...], int] = {}
    for steps, is_key, offset, lexeme in _marks(text):
        if len(steps) >= MAXIMUM_DEPTH and lexeme in "{[":
            return NotJsonError(f"nested deeper than {MAXIMUM_DEPTH}", "", offset)
        if is_key and steps in seen:
            first = text.count("\n", 0, seen[steps]) + 1
            hint = f"first on line {first}" if first > 1 or "\n" in text else ""
            return NotJsonError(f"key {steps[-1]!r} twice", hint, offset)
        if is_key:
            seen[steps] = offset
        if lexeme[0] == '"':
            if _half_pair(json.loads(lexeme)):
                return NotJsonError("half a surrogate pair", "", offset)
        elif constant := _CONSTANT.match(lexeme):
            message = f"{constant[0]} is not a number of JSON"
            return NotJsonError(message, "a number is finite", offset)
        elif (number := _NUMBER.match(lexeme)) and _oversized(number[0]):
            return NotJsonError(f"a number of more than {DIGITS} digits", "", offset)
    raise AssertionError  # unreachable: the first pass refused something that stands here


def _marks(text: str) -> Iterator[tuple[tuple[str | int, ...], bool, int, str]]:
    """Path, whether it is a key, offset and lexeme of every key, value and opening bracket."""
    open_: list[_Frame] = []
    for match in _TOKEN.finditer(text):
        lexeme = match[0]
        if lexeme in "}]":
            open_ = open_[:-1]
        elif lexeme == ",":
            if open_:
                open_[-1].advance()
        elif lexeme != ":":
            is_key = bool(open_) and open_[-1].expects_key
            if is_key:
                open_[-1].name(json.loads(lexeme) if lexeme[0] == '"' else lexeme)
            yield tuple(frame.step for frame in open_), is_key, match.start(), lexeme
            if lexeme in "{[":
                open_.append(_Frame(is_object=lexeme == "{"))


class _Frame:
    """An open object or list, and the key or index that stands in it."""

    __slots__ = ("expects_key", "is_object", "step")

    def __init__(self, *, is_object: bool) -> None:
        self.is_object = self.expects_key = is_object
        self.step: str | int = "" if is_object else 0

    def advance(self) -> None:
        if isinstance(self.step, int):
            self.step += 1
        else:
            self.expects_key = True

    def name(self, key: str) -> None:
        self.step, self.expects_key = key, False
