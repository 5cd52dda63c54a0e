"""Initials: letters that stand for the names of a person, apart or written as one word.

"J.K. Smith", "JK Smith" and "Smith, J K" are one name. Two letters that are no word of any table, a
few that have no vowel, and what is written with dots are read as initials, for a person only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from compliance.names.given_names import given_names
from compliance.names.han import han_readings
from compliance.names.lexicon import lexicon
from compliance.names.normalization import normalize
from compliance.names.words import Word, word

if TYPE_CHECKING:
    from compliance.names.forms import Form

LONGEST: Final = 4  # letters of a person's initials
_LEAST: Final = 2  # names given by their initial that leave nothing open but what they are
_WRITTEN_OUT: Final = range(1, 4)  # words beside the initials
_DOTTED: Final = re.compile(r"(?<!\w)(?:[^\W\d_]\.){1,3}[^\W\d_]\.?(?!\w)")
_CAPITALS: Final = re.compile(r"(?<!\w)[A-Z]{2,3}(?![\w,])")  # a family name before a comma is none
_VOWELS: Final = re.compile("[aeiouy]")


def apart(name: str, texts: Sequence[str]) -> tuple[Word, ...]:
    """The words of a name with its initials as letters; none where it has no initials.

    `texts` are the normalized words of the name.
    """
    dotted = {normalize(found[0]) for found in _DOTTED.finditer(name)} if "." in name else set()
    if not dotted and not any(map(may_be_initials, texts)):
        return ()
    capitals = {found[0].lower() for found in _CAPITALS.finditer(name)}
    if name.isupper():
        capitals -= lexicon().particles
    syllables = [text for text in texts if _syllable(text)]
    others = [text for text in texts if text not in lexicon().particles and text not in syllables]
    runs = {text for text in texts if _run(text)} | dotted
    if others:  # a name of syllables only is Chinese or Korean
        runs |= capitals
    runs -= {text for text in syllables if text not in dotted and text not in capitals}
    found: list[Word] = []
    letters = names = 0
    for text in texts:
        if len(text) == 1 or (text in runs and len(text) <= LONGEST):
            found += map(word, text)
            letters += len(text)
        else:
            found.append(word(text))
            names += text not in lexicon().particles
    return tuple(found) if 1 < letters <= LONGEST and names in _WRITTEN_OUT else ()


def may_be_initials(text: str) -> bool:
    """Whether a word may be initials of a person: False is sure, but for what has dots."""
    return len(text) <= len("jk") or _run(text)


def _syllable(text: str) -> bool:
    return text in han_readings().pinyin or text in given_names().syllables


def _run(text: str) -> bool:
    """Whether a word is no word: two letters of no table, or three without a vowel."""
    if not 1 < len(text) < LONGEST or not (text.isascii() and text.isalpha()):
        return False
    if word(text).known or text in lexicon().nicknames or text in lexicon().equivalents:
        return False
    return len(text) == len("jk") or not _VOWELS.search(text)


def _no_particle(text: str) -> bool:
    return text not in lexicon().particles


def by_initials(left: Form, right: Form) -> bool:
    """Whether two names agree in full where both write a name out, and else by initials, in order.

    A word must agree in full, and two names at least by their initials. Particles may be missing.
    """
    ours, theirs = list(_names(left)), list(_names(right))
    if len(ours) != len(theirs):
        return False
    same = {text for text in ours if len(text) > 1} & set(theirs)
    ours = [text for text in ours if text not in same]
    theirs = [text for text in theirs if text not in same]
    if not same or len(ours) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    initials = [pair for pair in pairs if len(pair[0]) == 1 or len(pair[1]) == 1]
    return len(initials) == len(pairs) >= _LEAST and all(a[0] == b[0] for a, b in pairs)


def _names(form: Form) -> Iterator[str]:
    """The words that are names, and initials."""
    for found in form.words:
        if found.text[:1].isalpha() and not found.legal and _no_particle(found.text):
            yield found.text
