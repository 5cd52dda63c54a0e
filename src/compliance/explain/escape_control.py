"""Text that shows what it holds: nothing in a name may steer a terminal or hide from a reader.

Controls (C0, C1), bidirectional overrides, zero-width and other invisible characters, unassigned
and private code points and lone surrogates are written as <U+202E>. Everything a person can see is
left as it is, in every script.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that Unicode gives no picture: fillers, joiners, variation selectors.
_BLANK: Final = frozenset(
    chr(code)
    for first, last in (
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800),
        (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_PLAIN: Final = re.compile(r"[ -~]*")


def visible(text: str) -> str:
    """The text with every character that cannot be seen written as <U+XXXX>."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(f"<U+{ord(c):04X}>" if is_hidden(c) else c for c in text)


def is_hidden(character: str) -> bool:
    """Whether a character has no picture of its own, or moves or reorders others."""
    return unicodedata.category(character) in _HIDDEN or character in _BLANK


def wrapped(text: str, width: int, indent: str = "", hanging: str = "") -> list[str]:
    """The visible text in lines of at most `width` columns, where its words allow it.

    `indent` opens the first line and, with `hanging` behind it, every other. A word longer than a
    line (a link, a hash) stays whole, so that it can be copied.
    """
    return textwrap.wrap(
        visible(text),
        width=max(width, len(indent) + len(hanging) + 20),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
