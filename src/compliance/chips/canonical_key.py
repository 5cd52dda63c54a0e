"""What counts as the same spelling of a chip's name.

Case, blanks and punctuation do not matter; letters, digits and their order do: "rtx4090d" is
"RTX 4090 D" and never "RTX 4090". Nothing is matched by likeness.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters beyond which a text is not looked at as a name."""

_MARKS: Final = str.maketrans("", "", "®™©℠")
_SPELLED_MARKS: Final = re.compile(r"\((?:r|tm)\)", re.IGNORECASE)
_GAP: Final = re.compile(r"[\W_]+")
_GIGABYTES: Final = re.compile(r"(\d+)(?:g|gb|gib)")


def folded(text: str) -> str:
    """The text with one form for each letter, small, without marks of trade."""
    return _SPELLED_MARKS.sub("", unicodedata.normalize("NFKC", text.translate(_MARKS))).casefold()


def tokens(text: str) -> tuple[str, ...]:
    """The words of a name, folded: "NVIDIA A100-SXM4-80GB" is nvidia, a100, sxm4, 80gb.

    A bare unit joins the number before it, and every unit of memory is written alike ("80 GB",
    "80G" and "80GiB" are 80gb).
    """
    found: list[str] = []
    for word in _GAP.sub(" ", folded(text)).split():
        memory = _GIGABYTES.fullmatch(word)
        if memory:
            found.append(f"{memory[1]}gb")
        elif word in {"g", "gb", "gib"} and found and found[-1].isdecimal():
            found[-1] += "gb"
        else:
            found.append(word)
    return tuple(found)


def key(words: tuple[str, ...]) -> str:
    """The comparable form of a name: its words joined."""
    return "".join(words)
