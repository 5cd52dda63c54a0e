"""How one value is written in strict YAML, such that `tables.yaml` reads the same value back.

A text is plain where no reader of YAML could take it for anything else; a text that begins like a
number, a date or an indicator, or holds a colon without spaces (`D:5`, an address), is quoted. A
text that does not fit on its line is folded at its spaces, or quoted over several lines where
folding would change it (line breaks, doubled or outer spaces, characters that need an escape).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

WIDTH: Final = 120
"""No line is longer, unless it is one word that nothing may break."""

_PLAIN_START = re.compile(r"[^\W\d_]|[$_(/]")
_NOT_PLAIN = re.compile(r": |:$|#|[\t\n\r]| $|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_NOT_PLAIN_KEY = re.compile(r"[,\[\]{}:?#\t\n\r]|^[-&*!|>'\"%@`=<~ ]| $|^$|^\.\.\.$")
_COLON_IN_A_WORD = re.compile(r"^\S*:\S*$")
_TAKEN = frozenset({"true", "false", "null", "yes", "on", "off"})
_ESCAPED = re.compile(r"[\\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NEEDS_ESCAPE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHORT: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_BREAK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")


def scalar(value: Any, *, flow: bool) -> str:
    """A value on one line, alone or inside `[...]` and `{...}`.

    Raises:
        TypeError: the value is none that strict YAML holds (a float, an object).
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return format(value, "f")
        case str():
            return value if _is_plain(value, flow=flow) else _quoted(value)
        case date() if type(value) is date:
            return value.isoformat()
    raise TypeError(f"{value!r} is no value of strict YAML")


def key(name: str) -> str:
    """A key of a mapping; it is text however it is written."""
    if _NOT_PLAIN_KEY.search(name) or _NEEDS_ESCAPE.search(name):
        return _quoted(name)
    return name


def text_over_lines(text: str, indent: int, first: int) -> tuple[str, list[str]]:
    """A text over several lines: what stands behind the key, and the lines below it.

    `first` is the column at which the text behind the key begins. A text without a place to break
    it stands on one line, however long.
    """
    words = _BREAK.split(text)
    if len(words) == 1:
        return scalar(text, flow=False), []
    if _NEEDS_ESCAPE.search(text) or text != text.strip(" "):
        opening, *rest = filled(_BREAK.split(_quoted(text)), WIDTH - indent, WIDTH - first)
        return opening, [" " * indent + line for line in rest]
    return ">-", [" " * indent + line for line in filled(words, WIDTH - indent)]


def filled(words: list[str], width: int, first: int | None = None) -> list[str]:
    """Words joined by spaces to lines of at most this width; a longer word has a line alone."""
    lines = [words[0]]
    for word in words[1:]:
        room = first if first is not None and len(lines) == 1 else width
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _is_plain(text: str, *, flow: bool) -> bool:
    return (
        _PLAIN_START.match(text) is not None
        and not _NOT_PLAIN.search(text)
        and not _COLON_IN_A_WORD.match(text)
        and not (flow and _NOT_PLAIN_IN_FLOW.search(text))
        and text.lower() not in _TAKEN
    )


def _quoted(text: str) -> str:
    if '"' in text and "'" not in text and not _NEEDS_ESCAPE.search(text):
        return f"'{text}'"
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
