"""Words of other scripts in Latin letters: translated where a table knows them, else spelled.

Han is cut into known company words and the rest, which becomes pinyin written as one word, read by
phrases (`han`); Arabic and Hebrew become their consonants; a Hangul personal name is cut behind its
surname. The table is `rules/data/scripts.yaml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from compliance.names import han
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.word_distance import BARE
from compliance.tables import Findings, Listed, Strict, Words
from compliance.tables.embedded import shipped

_FILE: Final = "data/scripts.yaml"
UNSPACED: Final = "\u2e80"  # Han, kana and Hangul begin here
_MOST_SYLLABLES: Final = 4  # of a Hangul personal name written without a space
_SCRIPTS: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "HEBREW", "CYRILLIC", "GREEK")


def _pairs(words: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [word for word in words if len(word) != len("萬万")]:
        raise ValueError(f"expected a form and its simplified form, found {wrong[0]!r}")
    return words


class ScriptsTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    han_folding: Annotated[Words, AfterValidator(_pairs)]
    han_words: dict[str, Listed[str]]
    form_signs: dict[str, Listed[str]]
    words: dict[str, Listed[str]]
    hangul_surnames: dict[str, str]
    arabic_article: Listed[str]


@dataclass(frozen=True, slots=True)
class Scripts:
    """Words of other scripts by what they are called in English, and how characters are folded.

    `longest` is the length of the longest Han word.
    """

    folding: dict[int, str]  # of str.translate, which is slow with any other mapping
    han_words: Mapping[str, str]
    form_signs: Mapping[str, str]
    words: Mapping[str, str]
    surnames: Mapping[str, str]
    articles: tuple[str, ...]
    longest: int


def read(path: Path) -> Scripts:
    """The table of a file laid out as `rules/data/scripts.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, ScriptsTable)
    folded_away = {pair[0] for pair in table.han_folding}
    for pair in table.han_folding:  # a chain would depend on the order of reading
        if pair[1] in folded_away:
            findings.report(document, ("han_folding",), f"{pair[1]!r} is itself folded in {pair!r}")
    meanings = {"han_words": table.han_words, "form_signs": table.form_signs, "words": table.words}
    owners = {
        section: findings.owners(document, (section,), rows) for section, rows in meanings.items()
    }
    findings.settle()
    return Scripts(
        folding={ord(pair[0]): pair[1] for pair in table.han_folding},
        han_words=MappingProxyType(owners["han_words"]),
        form_signs=MappingProxyType(owners["form_signs"]),
        words=MappingProxyType({normalize(w): name for w, name in owners["words"].items()}),
        surnames=MappingProxyType(table.hangul_surnames),
        articles=table.arabic_article,
        longest=max(map(len, owners["han_words"])),
    )


scripts: Final = shipped(read, _FILE)
"""The shipped table."""


def script(text: str) -> str:
    """The script of a normalized name, the first that is not Latin: "LATIN", "CJK", "ARABIC" ..."""
    if text.isascii():
        return "LATIN"
    return next((found for found in map(_script_of, text) if found != "LATIN"), "LATIN")


@lru_cache(maxsize=8_192)
def _script_of(character: str) -> str:
    if not character.isalpha():
        return "LATIN"
    name = unicodedata.name(character, "")
    return next((known for known in _SCRIPTS if name.startswith(known)), name.partition(" ")[0])


def folded(text: str) -> str:
    """The text with the simplified form of each Han character that the table knows."""
    return text if text.isascii() else text.translate(scripts().folding)


def meaning(word: str) -> str:
    """What a company word of another script is called in English; "" for other words."""
    table = scripts()
    return table.han_words.get(folded(word)) or table.words.get(word) or ""


def is_company_word(word: str) -> bool:
    """Whether a word of another script is one that many companies have in their names."""
    return bool(meaning(word))


def latin(word: str) -> tuple[str, ...]:
    """The Latin words for one normalized word of any script."""
    return (_remembered if len(word) <= LONGEST_REMEMBERED else _latin)(word)


def _latin(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word,)
    table = scripts()
    if word in table.words:
        return tuple(table.words[word].split())
    kind = script(word)
    if kind in ("ARABIC", "HEBREW"):
        return _consonantal(word)
    if kind == "HANGUL":
        return _hangul(word)
    if kind == "CJK":
        return _han(word)
    return _spelled(word)


_remembered = lru_cache(maxsize=65_536)(_latin)


def _spelled(word: str) -> tuple[str, ...]:
    from anyascii import anyascii  # noqa: PLC0415 - loaded with the first name that needs it

    return tuple(normalize(anyascii(word)).split())


def _consonantal(word: str) -> tuple[str, ...]:
    """The consonants as one word, behind the article; a word that the table knows is translated."""
    table = scripts()
    before: tuple[str, ...] = ()
    for article in table.articles:
        if word.startswith(article) and len(word) > len(article) + 1:
            before, word = ("al",), word.removeprefix(article)
            break
    if word in table.words:
        return (*before, *table.words[word].split())
    found = "".join(_spelled(word))
    return (*before, BARE + found) if found else before


def _hangul(word: str) -> tuple[str, ...]:
    """A short word is a person's, surname first; "eo" and "eu" as names have them."""
    surname = scripts().surnames.get(word[0])
    if surname and 1 < len(word) <= _MOST_SYLLABLES:
        return (surname, "".join(_spelled(word[1:])).replace("eo", "o").replace("eu", "u"))
    return tuple(piece.replace("eo", "o").replace("eu", "u") for piece in _spelled(word))


def _han(word: str) -> tuple[str, ...]:
    """Known words in English, what stands between them as pinyin, one word each."""
    table = scripts()
    text = folded(word)
    found: list[str] = []
    unknown = ""
    position = 0
    while position < len(text):
        for length in range(min(table.longest, len(text) - position), 0, -1):
            name = table.han_words.get(text[position : position + length])
            if name and (length > 1 or position + length == len(text)):
                found += [*_pinyin(unknown), *name.split()]
                unknown = ""
                position += length
                break
        else:
            unknown += text[position]
            position += 1
    return (*found, *_pinyin(unknown))


def _pinyin(text: str) -> tuple[str, ...]:
    joined = han.pinyin(text) if text else ""
    return (joined,) if joined else ()


def as_person(word: str) -> tuple[str, ...]:
    """The Latin words for one word where it may be a person's name with a surname of its own."""
    read_ = han.person(folded(word)) if script(word) == "CJK" else None
    return (read_,) if read_ else latin(word)
