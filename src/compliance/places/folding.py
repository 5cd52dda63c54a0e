"""What counts as the same spelling of a place, and where an address has its joints.

Two texts are the same spelling when `fold` gives the same: case, accents, punctuation, blanks,
width and the word "the" do not matter; letters and their order do. Nothing is ever matched by
likeness.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters beyond which a text is not looked at as a name of a place."""

_ABBREVIATION = re.compile(r"\b(\w)\.(?=\w\b)")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼʻʹ′"))  # noqa: RUF001 - the look-alikes are meant
_GAP = re.compile(r"[\W_]+")
_JOINT = re.compile(r"[,;\n\r/|،，、；؛]+")  # noqa: RUF001 - Arabic and Chinese commas are meant


def fold(text: str) -> str:
    """The comparable form: "Côte d'Ivoire" is "cote divoire", "P.R. of China" is "pr of china".

    "" where nothing but punctuation and "the" is left.
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in letters if unicodedata.category(each) not in ("Mn", "Cf"))
    text = _ABBREVIATION.sub(r"\1", text).replace("&", " and ")
    return " ".join(word for word in _GAP.sub(" ", text).split() if word != "the")


def parts(text: str) -> tuple[str, ...]:
    """The pieces of an address between commas, semicolons, slashes and line ends, none empty."""
    return tuple(part for part in map(str.strip, _JOINT.split(text)) if part)
