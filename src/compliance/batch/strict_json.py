"""Strict JSON: numbers exact, nothing said twice, every part with its line and column.

Beyond RFC 8259 it refuses duplicate keys, NaN and Infinity, numbers of more than 30 digits or a
power of ten beyond 30, half a surrogate pair, and nesting deeper than 64. Positions are found in a
second pass, only when something has to be reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NoReturn

from compliance.batch.row import Locate
from compliance.errors import InputError, Problem
from compliance.yaml import MAXIMUM_DEPTH

MAXIMUM_BYTES: Final = 64 * 1024 * 1024
DIGITS: Final = 30
_TOKEN: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)
_CONSTANT: Final = re.compile(r"NaN|-?Infinity")
_HALF_PAIR: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class _RefusedError(ValueError):
    """Something that JSON allows and this reader does not; the second pass says where."""


def parse(text: str, source: str, line: int = 1) -> Any:
    """The value of one JSON document; `line` is where the text begins in its file.

    Raises:
        InputError: it is not strict JSON; one problem with line and column.
    """
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, *_explained(error, text), source, line)
    except (_RefusedError, RecursionError):
        _refuse(text, *_refusal(text), source, line)
    if _too_deep(text) or (_HALF_PAIR.search(text) and _half_pair(value)):
        _refuse(text, *_refusal(text), source, line)
    return value


def locator(text: str, line: int = 1) -> Locate:
    """Line and column of any dotted path of a document that `parse` accepted."""
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


def _refuse(text: str, offset: int, message: str, hint: str, source: str, first: int) -> NoReturn:
    line, column = _position(text, offset, first)
    problem = Problem.at(
        message, source=source, line=line, column=column, hint=hint, code="input"
    )  # fmt: skip
    raise InputError(problem) from None


def _explained(error: json.JSONDecodeError, text: str) -> tuple[str, str]:
    message = f"not JSON: {error.msg[0].lower()}{error.msg[1:].removesuffix(' at')}"
    if error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()):
        return f"{message}: the text ends too early", "is the file cut off?"
    if error.msg == "Extra data":
        return "not JSON: a second value", "one contract a line is the format jsonl"
    return message, ""


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


def _too_deep(text: str) -> bool:
    if text.count("{") + text.count("[") <= MAXIMUM_DEPTH:
        return False
    depth = deepest = 0
    for lexeme in _TOKEN.finditer(text):
        character = lexeme[0]
        if character in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "}]":
            depth -= 1
    return deepest > MAXIMUM_DEPTH


def _half_pair(value: Any) -> bool:
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_half_pair(key) or _half_pair(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_half_pair, value))


def _refusal(text: str) -> tuple[int, str, str]:
    """Offset, message and hint of the first thing that this reader does not take."""
    seen: dict[tuple[str | int, ...], int] = {}
    for steps, is_key, offset, lexeme in _marks(text):
        if len(steps) >= MAXIMUM_DEPTH and lexeme in "{[":
            return offset, f"nested deeper than {MAXIMUM_DEPTH}", ""
        if is_key and steps in seen:
            first = text.count("\n", 0, seen[steps]) + 1
            hint = f"first on line {first}" if first > 1 or "\n" in text else ""
            return offset, f"key {steps[-1]!r} twice", hint
        if is_key:
            seen[steps] = offset
        if lexeme[0] == '"':
            if _half_pair(json.loads(lexeme)):
                return offset, "half a surrogate pair", ""
        elif constant := _CONSTANT.match(lexeme):
            return offset, f"{constant[0]} is not a number of JSON", "a number is finite"
        elif (number := _NUMBER.match(lexeme)) and _oversized(number[0]):
            return offset, f"a number of more than {DIGITS} digits", ""
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
