"""Initials: letters that stand for the names of a person, apart or written as one word.

"J.K. Smith", "JK Smith" and "Smith, J K" are one name. Two letters that are no word of any table, a
few that have no vowel, and what is written with dots are read as initials, for a person only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from compliance.names.given_names import given_names
from compliance.names.han import han_readings
from compliance.names.lexicon import lexicon
from compliance.names.normalization import normalize
from compliance.names.tokens import Word, word

if TYPE_CHECKING:
    from compliance.names.variants import Form

LONGEST: Final = 4  # letters of a person's initials
_LEAST: Final = 2  # names given by their initial that leave nothing open but what they are
_WRITTEN_OUT: Final = range(1, 4)  # words beside the initials
_DOTTED: Final = re.compile(r"(?<!\w)(?:[^\W\d_]\.){1,3}[^\W\d_]\.?(?!\w)")
_CAPITALS: Final = re.compile(r"(?<!\w)[A-Z]{2,3}(?![\w,-])")  # no family name before a comma
_NO_ONE: Final[Iterator[bool]] = iter(())
_SHOWN: Final = re.compile(rf"{_DOTTED.pattern}|[^\W_]+")
_CAPITAL_NAME: Final = re.compile(r"[A-Z]{4}")
_VOWELS: Final = re.compile("[aeiouy]")


def apart(name: str, texts: Sequence[str]) -> tuple[Word, ...]:
    """The words of a name with its initials as letters; none where it has no initials.

    `texts` are the normalized words of the name.
    """
    if not (any(map(may_be_initials, texts)) or shows_initials(name)):
        return ()
    dotted = {normalize(found[0]) for found in _DOTTED.finditer(name)} - _between_names()
    runs = {text for text in texts if _run(text) and not _syllable(text)} | dotted
    runs.update(_in_capitals(name, texts))
    shown = {text: iter(told) for text, told in _shown(name).items() if True in told}
    found: list[Word] = []
    letters = names = 0
    for text in texts:
        own = next(shown.get(text, _NO_ONE), True) and text in runs
        if len(text) == 1 or (own and len(text) <= LONGEST):
            found += map(word, text)
            letters += len(text)
        else:
            found.append(word(text))
            names += text not in lexicon().particles
    return tuple(found) if 1 < letters <= LONGEST and names in _WRITTEN_OUT else ()


def _shown(name: str) -> dict[str, list[bool]]:
    """Whether each word that stands in a name is written as initials are, by text and in order.

    In "A.L. Al-Rashid" the first "al" is, and the second is not.
    """
    found: dict[str, list[bool]] = {}
    for match in _SHOWN.finditer(name):
        shown = bool(_DOTTED.fullmatch(match[0]) or _CAPITALS.match(name, match.start()))
        found.setdefault(normalize(match[0]), []).append(shown)
    return found


def _in_capitals(name: str, texts: Sequence[str]) -> Iterator[str]:
    """The words in capitals that are initials: two letters or three, beside names that are none.

    Where names stand in capitals too, two letters at an end, for others may be "AL" and "DE".
    """
    found = {run[0].lower() for run in _CAPITALS.finditer(name)}
    if not found:
        return
    others = [text for text in texts if _no_particle(text) and not _syllable(text)]
    capitals = name.isupper() or bool(_CAPITAL_NAME.search(name))
    ends = {texts[-1]} if "," in name else {texts[0], texts[-1]}
    for text in found:
        if capitals:
            if len(text) == len("jk") and text in ends and (others or not _syllable(text)):
                yield text
        elif len(text) == len("jk") or not _syllable(text) or len(texts) == len(("wal", "wang")):
            yield text


def shows_initials(name: str) -> bool:
    """Whether a name as it was written has dots or capitals that initials may have."""
    return "." in name or bool(_CAPITALS.search(name))


@cache
def _between_names() -> frozenset[str]:
    """What stands between two names of one party, "aka" among them."""
    return frozenset(map(normalize, lexicon().separators))


def may_be_initials(text: str) -> bool:
    """Whether a word may be initials of a person: False is sure, but for what has dots."""
    return len(text) <= len("jk") or _run(text)


def _syllable(text: str) -> bool:
    return text in han_readings().pinyin or text in given_names().syllables


@lru_cache(maxsize=16_384)
def _run(text: str) -> bool:
    """Whether a word is no word: two letters of no table, or three without a vowel."""
    if not 1 < len(text) < LONGEST or not (text.isascii() and text.isalpha()):
        return False
    if _known(text):
        return False
    return len(text) == len("jk") or not _VOWELS.search(text)


def _known(text: str) -> bool:
    table = lexicon()
    return word(text).known or text in table.nicknames or text in table.equivalents


def _no_particle(text: str) -> bool:
    return text not in lexicon().particles


def by_initials(left: Form, right: Form) -> bool:
    """Whether two names agree in full where both write a name out, and else by initials, in order.

    A word must agree in full, and two names at least by their initials. Particles may be missing.
    """
    ours, theirs = list(_names(left)), list(_names(right))
    if len(ours) != len(theirs):
        return False
    in_full = 0
    for text in [text for text in ours if len(text) > 1 and text in theirs]:
        if text in theirs:
            _drop_last(ours, text)
            _drop_last(theirs, text)
            in_full += 1
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    initials = [pair for pair in pairs if len(pair[0]) == 1 or len(pair[1]) == 1]
    told = in_full > 0 and len(initials) == len(pairs) >= _LEAST
    return told and all(a[0] == b[0] for a, b in pairs)


def _drop_last(texts: list[str], text: str) -> None:
    del texts[len(texts) - 1 - texts[::-1].index(text)]


def _names(form: Form) -> Iterator[str]:
    """The words that are names, and initials."""
    for found in form.words:
        if found.text[:1].isalpha() and not found.legal and _no_particle(found.text):
            yield found.text
