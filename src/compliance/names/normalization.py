"""One spelling for every way to type a name.

`normalize` folds case, width, accents, apostrophes, dots between initials, punctuation and
invisible characters, and nothing else: no word is ever dropped, so a name with a letter or digit
never becomes empty. Scripts stay as they are (Han, Cyrillic ...): nothing is transliterated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_MOST_MARKS: Final = 30
LONGEST_REMEMBERED: Final = 512  # longer names are not cached: memory stays bounded

# Letters that carry their accent inside, which decomposition leaves alone.
_PLAIN: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "þ": "th",
        "ð": "d",
    }
)
_APOSTROPHES: Final = frozenset(map(chr, (0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201B))) | frozenset(
    map(chr, (0x2B9, 0x2BB, 0x2BC, 0x2BE, 0x2BF, 0x5F3, 0xFF07))
)
# Letters with dots: behind a space, a sign, or letters of another script ("Orchidذ.م.م").
_INITIALS = re.compile(
    r"(?:(?<!\w)|(?<=[!-~])(?=[^!-~]))(?:[^\W\d_]\.){2,}[^\W\d_]?"
    r"(?:(?!\w)|(?<=[^!-~])(?=[!-~]))"
)
_DIACRITICS = re.compile(r"[\u0300-\u036f\u064b-\u0652\u0640\u0670]")
_ASCII: Final = {chr(i): " " for i in range(128) if not chr(i).isalnum()} | {
    **{chr(i): "" for i in range(128) if unicodedata.category(chr(i)) == "Cc"},
    **dict.fromkeys("\t\n\r\f\v", " "),
    "&": " and ",
    "'": "",
    "`": "",
}
_ASCII_TABLE: Final = str.maketrans(_ASCII)


def normalize(name: str) -> str:
    """The comparable spelling of a name: lower case, single spaces, letters, marks and digits only.

    Idempotent. "S.p.A." is "spa", "R&D" is "r and d", "Xi'an" is "xian". Empty only when the name
    has no letter and no digit at all.
    """
    return _remembered(name) if len(name) <= LONGEST_REMEMBERED else _normalized(name)


def plain_words(name: str) -> list[str]:
    """The words of the comparable spelling of a name in ASCII."""
    text = name.lower()
    if "." in text:
        text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    return text.translate(_ASCII_TABLE).split()


def _normalized(name: str) -> str:
    if name.isascii():
        return " ".join(plain_words(name))
    text = _fold(name)
    if "." in text:
        text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    text = text.translate(_ASCII_TABLE)
    if not text.isascii():
        text = "".join(map(_character, text))
    return " ".join(text.split())


_remembered = lru_cache(maxsize=65_536)(_normalized)


def _fold(name: str) -> str:
    """Width, case and accents folded until nothing changes (a fold can open another)."""
    text = name if len(name) <= LONGEST_REMEMBERED else "".join(_few_marks(name))
    for _ in range(4):
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        folded = unicodedata.normalize("NFKC", _DIACRITICS.sub("", folded)).translate(_PLAIN)
        if folded == text:
            break
        text = folded
    return text


def _few_marks(text: str) -> Iterator[str]:
    """The characters without combining marks behind the thirtieth of a run.

    No writing needs more (UAX #15, Stream-Safe Text Format), and to sort a run of n marks takes
    n * n steps.
    """
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            yield character


@lru_cache(maxsize=4_096)
def _character(character: str) -> str:
    """A letter, mark or digit as it is; nothing for the invisible; a space for the rest."""
    if character in _APOSTROPHES:
        return ""
    category = unicodedata.category(character)
    if category[0] in "LMN":
        return character
    return "" if category in ("Cf", "Cc", "Cs") else " "
