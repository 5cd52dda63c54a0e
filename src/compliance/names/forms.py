"""A name as weighted words, ready to be compared.

A name may hold several names of one party ("中文 / Latin", "Name (ABBR)"); `variants` gives the
whole first, then its parts. Each becomes a `Form`: words in order with weights, where legal forms
and frequent words weigh little and none is deleted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.spelling import LONGEST, deletions

Kind = Literal["organization", "person", "unknown"]

_PARENTHESIS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")  # noqa: RUF001 - full width on purpose
_OFTEN_MISSPELLED: Final = ("frequent", "institution")  # a slip in these says nothing
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: canonical text, weight, and whether the table knows it.

    A known word is spelled right by definition, so it is never matched approximately.
    """

    text: str
    weight: float
    known: bool
    legal: bool = False

    @property
    def number(self) -> bool:
        """Whether the word is digits only; numbers must agree."""
        return self.text.isdecimal()


@dataclass(frozen=True, slots=True)
class Form:
    """One comparable name. `joined` is its words without legal forms and without spaces."""

    text: str
    words: tuple[Word, ...]
    total: float
    joined: str
    numbers: tuple[str, ...]
    whole: bool

    @property
    def canonical(self) -> tuple[str, ...]:
        """The words' canonical spellings in order."""
        return tuple(word.text for word in self.words)


def variants(name: str) -> tuple[str, ...]:
    """The name as given, then each part of it that is a name of its own, without repetition.

    Parts are what stands around a separator ("/", "a.k.a.", ...) and what stands inside and outside
    a parenthesis, where the inside says more than a place, a number or a frequent word.
    """
    parts = [piece.strip() for piece in _separators().split(name)]
    found = [name]
    for part in parts if len(parts) > 1 else [name]:
        found.append(part)
        for match in _PARENTHESIS.finditer(part):
            outside = f"{part[: match.start()]} {part[match.end() :]}".strip()
            if _names_someone(match.group(1)) and _says_enough(outside):
                found += [outside, match.group(1).strip()]
    seen: dict[str, str] = {}
    for index, text in enumerate(found):
        if index == 0 or _says_enough(text):
            seen.setdefault(normalize(text), text)
    return tuple(seen.values())


@cache
def _separators() -> re.Pattern[str]:
    """Words need space around them; "/" and "|" may stand alone, but not inside "f/k/a"."""
    words = [re.escape(s) for s in lexicon().separators if any(c.isalnum() for c in s)]
    signs = [re.escape(s) for s in lexicon().separators if not any(c.isalnum() for c in s)]
    pattern = rf"[\s(,]+(?:{'|'.join(words)})[\s:]+|\s(?:{'|'.join(signs)})\s"
    return re.compile(pattern, re.IGNORECASE)


def _names_someone(text: str) -> bool:
    """Whether a part is a name of its own: a distinctive word of three letters, or two Han."""
    return any(
        not word.known and not word.number and (len(word.text) > 2 or not word.text.isascii())
        for word in _words(normalize(text))
    )


def _says_enough(text: str) -> bool:
    """Whether a part may stand alone: it names someone, or has three words beside its form."""
    words = _words(normalize(text))
    return _names_someone(text) or sum(not word.legal for word in words) > 2


def forms(name: str, *, person: bool = False) -> tuple[Form, ...]:
    """The forms of a name, the whole first; empty when it has no letter and no digit."""
    return (_remembered if len(name) <= LONGEST_REMEMBERED else _forms)(name, person=person)


def _forms(name: str, *, person: bool) -> tuple[Form, ...]:
    found = []
    for index, text in enumerate(variants(name)):
        words = _person_words(normalize(text)) if person else _words(normalize(text))
        if words:
            found.append(_form(text, words, whole=index == 0))
    return tuple(found)


_remembered = lru_cache(maxsize=65_536)(_forms)


def _form(text: str, words: tuple[Word, ...], *, whole: bool) -> Form:
    core = [word.text for word in words if not word.legal] or [word.text for word in words]
    numbers = tuple(sorted(word.text for word in words if word.number))
    total = sum(sorted(word.weight for word in words))
    return Form(text, words, total, "".join(core), numbers, whole)


def _person_words(normalized: str) -> tuple[Word, ...]:
    table = lexicon()
    weights = table.person_weights
    words = []
    for text in normalized.split():
        role = "name"
        if text in table.titles:
            role = "title"
        elif text in table.particles:
            role = "particle"
        elif len(text) == 1 and text < "\u3000":
            role = "letter"
        words.append(Word(text, weights[role], known=role != "name"))
    return tuple(words)


def _words(normalized: str) -> tuple[Word, ...]:
    table = lexicon()
    pieces = [piece for text in normalized.split() for piece in _pieces(text)]
    words: list[Word] = []
    position = 0
    while position < len(pieces):
        form, length = _legal_form(pieces, position)
        if length:
            words.append(Word(form, table.weights["legal_form"], known=True, legal=True))
            position += length
        else:
            words.append(_word(pieces[position]))
            position += 1
    return tuple(words)


def _legal_form(pieces: list[str], position: int) -> tuple[str, int]:
    """The longest legal form that begins here and how many words it takes; ("", 0) for none."""
    table = lexicon()
    for length in range(min(table.longest_form, len(pieces) - position), 0, -1):
        form = table.legal_forms.get(tuple(pieces[position : position + length]))
        if form and (position or form in table.leading_forms or length == len(pieces)):
            return form, length
    return "", 0


@lru_cache(maxsize=65_536)
def _pieces(text: str) -> tuple[str, ...]:
    """A text of an unspaced script split from the known words at its end; others as they are."""
    if text < "\u3000":
        return (text,)
    tail: list[str] = []
    found = True
    while found and text not in lexicon().suffixes:
        found = False
        for suffix in lexicon().suffixes:
            if text.endswith(suffix) and text != suffix:
                tail.append(suffix)
                text = text[: -len(suffix)]
                found = True
                break
    return (text, *reversed(tail))


@lru_cache(maxsize=65_536)
def _word(piece: str) -> Word:
    table = lexicon()
    ordinal = _ORDINAL.fullmatch(piece)
    text = ordinal.group(1) if ordinal else table.equivalents.get(piece, piece)
    if text.isdecimal():
        return Word(text.lstrip("0") or "0", table.weights["number"], known=True)
    if text in table.classes:
        return Word(text, table.weights[table.classes[text]], known=True)
    if text in table.equivalents.values():
        return Word(text, table.weights["frequent"], known=True)
    if text < "\u3000" and len(text) <= 2:
        return Word(text, table.weights["letter" if len(text) == 1 else "pair"], known=False)
    return Word(text, table.weights[_misspelled_class(text)], known=False)


def _misspelled_class(text: str) -> str:
    """The class of the frequent word of eight letters up one edit away from this, if any."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import, and answers are kept

    if 8 <= len(text) <= LONGEST:
        for key in sorted(deletions(text, 1)):
            for word, name in _spellings().get(key, ()):
                if OSA.distance(text, word) == 1:
                    return name
    return "distinctive"


@cache
def _spellings() -> dict[str, tuple[tuple[str, str], ...]]:
    """Known words of eight letters up with their class, by the strings one deletion away."""
    table = lexicon()
    known = {word: name for word, name in table.classes.items() if name in _OFTEN_MISSPELLED}
    for spelling, word in table.equivalents.items():
        known.setdefault(spelling, table.classes.get(word, "frequent"))
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for word, name in sorted(known.items()):
        if 8 <= len(word) <= LONGEST:
            for key in deletions(word, 1):
                found[key] = (*found.get(key, ()), (word, name))
    return found
