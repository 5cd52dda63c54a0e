"""A name as weighted words, ready to be compared.

A name may hold several names of one party ("中文 / Latin", "Name (ABBR)"); `variants` gives the
whole first, then its parts. Each becomes a `Form`: words in order with weights, where legal forms
and frequent words weigh little and none is deleted. A name of another script has a second form in
Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.scripts import folded, latin, script, scripts
from compliance.places import country
from compliance.names.spelling import BARE, LONGEST, deletions

Kind = Literal["organization", "person", "unknown"]

_PARENTHESIS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")  # noqa: RUF001 - full width on purpose
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")
_SHORT: Final = ("letter", "two", "three", "four")
_ROMAN: Final = frozenset("ii iii iv vii viii xii xiii xiv xvi xvii xviii xix".split())  # no words
_GLUED: Final = 7  # a legal form of this many letters is seen at the end of a word


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: canonical text, weight in (0, 1], and whether the table knows it.

    Two known words are spelled right by definition and are never matched by spelling.
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
    """One comparable name. `joined` is its words without legal forms and without spaces.

    `script` is "LATIN" for what was written in Latin letters, else the script it was written in;
    `spelled` says that this form is in that script, not its Latin reading.
    """

    text: str
    words: tuple[Word, ...]
    total: float
    joined: str
    numbers: tuple[str, ...]
    whole: bool
    script: str = "LATIN"
    spelled: bool = True

    @property
    def canonical(self) -> tuple[str, ...]:
        """The words' canonical spellings in order."""
        return tuple(word.text for word in self.words)


def variants(name: str) -> tuple[str, ...]:
    """The name as given, then each part of it that is a name of its own, without repetition.

    Parts are what stands around a separator ("/", "a.k.a.", ...) and what stands inside and outside
    a parenthesis, where the inside says more than a place, a number or a frequent word.
    """
    parts = [piece.strip() for piece in _separators().split(name)] if _divided(name) else [name]
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


def _divided(name: str) -> bool:
    """Whether the name could have parts at all; most have none, and this is cheap to say."""
    return not (name.isalpha() or name.replace(" ", "").isalpha()) or _separators().search(
        name
    ) is not None


@cache
def _separators() -> re.Pattern[str]:
    """Words need space around them; "/" and "|" may stand alone, but not inside "f/k/a"."""
    words = [re.escape(s) for s in lexicon().separators if any(c.isalnum() for c in s)]
    signs = [re.escape(s) for s in lexicon().separators if not any(c.isalnum() for c in s)]
    pattern = rf"[\s(,]+(?:{'|'.join(words)})[\s:]+|\s(?:{'|'.join(signs)})\s"
    return re.compile(pattern, re.IGNORECASE)


def _names_someone(text: str) -> bool:
    """Whether a part is a name of its own: no country; a rare word of three letters, or two Han."""
    return country(text) is None and any(
        not word.known and not word.number and (len(word.text) > 2 or not word.text.isascii())
        for word in _words(normalize(text))
    )


def _says_enough(text: str) -> bool:
    """Whether a part may stand alone: it names someone, or has three words beside its form."""
    words = _words(normalize(text))
    return _names_someone(text) or sum(not word.legal for word in words) > 2


def forms(name: str) -> tuple[Form, ...]:
    """The forms of a name, the whole first; empty when it has no letter and no digit."""
    return (_remembered if len(name) <= LONGEST_REMEMBERED else _forms)(name)


def _forms(name: str) -> tuple[Form, ...]:
    found = []
    for index, text in enumerate(variants(name)):
        normalized = normalize(text)
        words = _words(normalized)
        if not words:
            continue
        written = script(normalized)
        found.append(_form(text, words, whole=index == 0, written=written))
        if written != "LATIN":
            read = _latin_words(words)
            if read:
                found.append(_form(text, read, whole=index == 0, written=written, spelled=False))
    return tuple(found)


_remembered = lru_cache(maxsize=131_072)(_forms)


def _form(
    text: str, words: tuple[Word, ...], *, whole: bool, written: str, spelled: bool = True
) -> Form:
    core = [word.text for word in words if not word.legal] or [word.text for word in words]
    numbers = tuple(sorted(word.text for word in words if word.number))
    total = sum(sorted(word.weight for word in words))
    return Form(text, words, total, "".join(core), numbers, whole, written, spelled)


def _latin_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    for word in words:
        if word.text.isascii():
            found.append(word)
        else:
            found += [_word(piece) for piece in latin(word.text)]
    return tuple(found)


def _words(normalized: str) -> tuple[Word, ...]:
    table = lexicon()
    pieces = tuple(_mended(piece for text in normalized.split() for piece in _pieces(text)))
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


def _legal_form(pieces: tuple[str, ...], position: int) -> tuple[str, int]:
    """The longest legal form that begins here and how many words it takes; ("", 0) for none."""
    table = lexicon()
    if pieces[position] not in _first_words():
        return "", 0
    for length in range(min(table.longest_form, len(pieces) - position), 0, -1):
        form = table.legal_forms.get(pieces[position : position + length])
        if form and (position or form in table.leading_forms or length == len(pieces)):
            return form, length
    return "", 0


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form[0] for form in lexicon().legal_forms)


@lru_cache(maxsize=131_072)
def _pieces(text: str) -> tuple[str, ...]:
    """A word as it is, divided from a legal form glued to its end, mended where that is misspelled.

    A text of an unspaced script is divided from the legal forms and company words at its end.
    """
    if text >= "\u2e80":
        return _unspaced(folded(text))
    if not text.isascii() or len(text) < 6 or text in lexicon().rarity or text in _legal_words():
        return (text,)
    for form in _glued():
        if text.endswith(form) and len(text) - len(form) >= 2:
            return (text[: -len(form)], form)
    for key in sorted(deletions(text, 1)) if len(text) <= LONGEST else ():
        for word, legal in _misspelled().get(key, ()):
            if legal and _one_edit(text, word):
                return (word,)
    return (text,)


def _unspaced(text: str) -> tuple[str, ...]:
    tail: list[str] = []
    found = True
    while found:
        found = False
        for suffix in _suffixes():
            if text.endswith(suffix) and text != suffix:
                tail.append(suffix)
                text = text[: -len(suffix)]
                found = True
                break
    return (text, *reversed(tail))


@cache
def _suffixes() -> tuple[str, ...]:
    """Legal forms and company words of unspaced scripts, longest first."""
    forms_ = {folded(form[0]) for form in lexicon().legal_forms if len(form) == 1}
    known = {form for form in forms_ if form >= "\u2e80"} | set(scripts().han_words)
    return tuple(sorted(known, key=lambda word: (-len(word), word)))


@cache
def _legal_words() -> frozenset[str]:
    return frozenset(word for form in lexicon().legal_forms for word in form if len(word) >= 6)


@cache
def _glued() -> tuple[str, ...]:
    single = {form[0] for form in lexicon().legal_forms if len(form) == 1}
    return tuple(
        sorted(word for word in single if word.isascii() and _GLUED <= len(word) <= 12)
    )


def _mended(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, where two of which one is rare make a frequent word ("lim ited") as that word."""
    before = ""
    for piece in pieces:
        if before and _is_split(before, piece):
            yield before + piece
            before = ""
            continue
        if before:
            yield before
        before = piece
    if before:
        yield before


@lru_cache(maxsize=131_072)
def _is_split(left: str, right: str) -> bool:
    rarity = lexicon().rarity
    joined = left + right
    if joined not in lexicon().frequent:
        return False
    return rarity.get(left, 1.0) > 0.85 or rarity.get(right, 1.0) > 0.85


@lru_cache(maxsize=131_072)
def _word(piece: str) -> Word:
    table = lexicon()
    weights = table.weights
    ordinal = _ORDINAL.fullmatch(piece)
    text = ordinal.group(1) if ordinal else table.equivalents.get(piece, piece)
    if text in _ROMAN:
        text = table.numerals[text]
    if text.isdecimal():
        return Word(text.lstrip("0") or "0", weights["number"], known=True)
    if text in table.particles:
        return Word(text, weights["particle"], known=True)
    if text in table.rarity:
        return Word(text, table.rarity[text], known=True)
    if text < "\u2e80" and 0 < len(text.removeprefix(BARE)) <= 4:
        return Word(text, weights[_SHORT[len(text.removeprefix(BARE)) - 1]], known=False)
    return Word(text, _rare_weight(text), known=False)


def _rare_weight(text: str) -> float:
    """1.0, less where the word is one edit from a frequent word of seven letters up."""
    if not 7 <= len(text) <= LONGEST or not text.isascii():
        return 1.0
    table = lexicon()
    least = 1.0
    for key in deletions(text, 1):
        for word, _ in _misspelled().get(key, ()):
            if _one_edit(text, word):
                known = table.equivalents.get(word, word)
                weight = table.rarity.get(known, table.weights["legal_form"])
                least = min(least, weight + table.weights["misspelled"])
    return least


def _one_edit(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import, and answers are kept

    return bool(OSA.distance(a, b, score_cutoff=1) <= 1)


@cache
def _misspelled() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Frequent words and whether they are legal, by the strings one deletion away."""
    found: dict[str, list[tuple[str, bool]]] = {}
    legal = _legal_words()
    for word in sorted(lexicon().frequent):
        if len(word) <= LONGEST:
            for key in deletions(word, 1):
                found.setdefault(key, []).append((word, word in legal))
    return {key: tuple(words) for key, words in found.items()}
