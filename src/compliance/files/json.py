"""Strict JSON: one document, and where each of its values stands.

Numbers are exact. Beyond RFC 8259 it refuses duplicate keys, NaN and Infinity, numbers of more than
30 digits or a power of ten beyond 30, half a surrogate pair, and nesting deeper than 64. Positions
are found in a second pass, only when something has to be reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final, NoReturn

MAXIMUM_DEPTH: Final = 64
DIGITS: Final = 30
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


class RefusedError(ValueError):
    """Something that JSON allows and this reader does not; the second pass says where."""


def decoded(text: str) -> Any:
    """The value of one JSON document: dict, list, str, int, Decimal, bool and None only.

    Raises:
        NotJsonError: it is not strict JSON.
    """
    try:
        value = DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise explained(error, text) from None
    except (RefusedError, RecursionError):
        raise refusal(text) from None
    return checked(value, text)


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


def _position(text: str, offset: int, line: int) -> tuple[int, int]:
    return line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset)


def explained(error: json.JSONDecodeError, text: str) -> NotJsonError:
    """What the parser found, in words, with the place in the text."""
    message = f"not JSON: {error.msg[0].lower()}{error.msg[1:].removesuffix(' at')}"
    if error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()):
        message, hint = f"{message}: the text ends too early", "is the file cut off?"
        return NotJsonError(message, hint, error.pos)
    if error.msg == "Extra data":
        hint = "one object a line is the format jsonl"
        return NotJsonError("not JSON: a second value", hint, error.pos)
    return NotJsonError(message, "", error.pos)


def checked(value: Any, text: str) -> Any:
    """A value once it is known that neither its depth nor a half pair in it is refused.

    Raises:
        NotJsonError: one is.
    """
    if _too_deep(value) or (_HALF_PAIR.search(text) and _half_pair(value)):
        raise refusal(text)
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
        raise RefusedError
    return made


def _whole(literal: str) -> int:
    if len(literal.lstrip("-")) > DIGITS:
        raise RefusedError
    return int(literal)


def _decimal(literal: str) -> Decimal:
    if _oversized(literal):
        raise RefusedError
    return Decimal(literal)


def _oversized(literal: str) -> bool:
    digits, _, power = literal.lower().partition("e")
    wide = sum(character.isdigit() for character in digits) > DIGITS
    power = power.lstrip("+-").lstrip("0")
    return wide or len(power) > 2 or int(power or "0") > DIGITS


def _constant(_: str) -> NoReturn:
    raise RefusedError


DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_decimal, parse_int=_whole, parse_constant=_constant
)


def _half_pair(value: Any) -> bool:
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_half_pair(key) or _half_pair(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_half_pair, value))


def refusal(text: str) -> NotJsonError:
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
