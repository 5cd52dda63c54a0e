"""A name as weighted words, ready to be compared.

A name may hold several names of one party ("中文 / Latin", "Name (ABBR)"); `variants` gives the
whole first, then its parts. Each becomes a `Form`: words in order with weights, where legal forms
and frequent words weigh little and none is deleted. A name of another script has a second form in
Latin letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import fsum
from typing import Final, Literal

from compliance import places
from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.scripts import folded, latin, script, scripts
from compliance.names.spelling import BARE, deletions, joined_skeleton, LONGEST

Kind = Literal["organization", "person", "unknown"]

_PARENTHESIS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")  # noqa: RUF001 - full width on purpose
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")
_SHORT: Final = ("letter", "two", "three", "four")
_ROMAN: Final = frozenset("ii iii iv vii viii xii xiii xiv xvi xvii xviii xix".split())  # no words
_RARE: Final = 0.6  # a word that says who it is
_SHORTEST_JOIN: Final = 4  # letters of two words that may be one
_LONGEST_GLUED: Final = 12
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


def joinable(first: Word, second: Word) -> bool:
    """Whether two neighbors may be written as one word."""
    return not first.legal and len(first.text) + len(second.text) >= _SHORTEST_JOIN


class Form:
    """One comparable name. `joined` is its words without legal forms and without spaces.

    `script` is "LATIN" for what was written in Latin letters, else the script it was written in;
    `spelled` says that this form is in that script, not its Latin reading. `total` is the weight of
    all words. Immutable.
    """

    __slots__ = ("_joined", "_joins", "_places", "script", "spelled", "text", "total", "whole", "words")

    def __init__(  # noqa: PLR0913 - a value
        self,
        text: str,
        words: tuple[Word, ...],
        *,
        whole: bool,
        script: str = "LATIN",
        spelled: bool = True,
    ) -> None:
        self.text, self.words, self.whole = text, words, whole
        self.script, self.spelled = script, spelled
        self.total = fsum([word.weight for word in words])
        self._joined: str | None = None
        self._places: dict[str, tuple[int, ...]] | None = None
        self._joins: dict[str, tuple[int, ...]] | None = None

    @property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Where each word stands."""
        if self._places is None:
            found: dict[str, tuple[int, ...]] = {}
            for place, word in enumerate(self.words):
                found[word.text] = (*found.get(word.text, ()), place)
            self._places = found
        return self._places

    @property
    def joins(self) -> dict[str, tuple[int, ...]]:
        """The places of words that may be written as one with the next, by how both sound."""
        if self._joins is None:
            found: dict[str, tuple[int, ...]] = {}
            for place, (first, second) in enumerate(pairwise(self.words)):
                if joinable(first, second):
                    sound = joined_skeleton(first.text, second.text)
                    found[sound] = (*found.get(sound, ()), place)
            self._joins = found
        return self._joins

    @property
    def joined(self) -> str:
        """The words but the legal forms, written as one; all of them where there are no others."""
        if self._joined is None:
            core = [word.text for word in self.words if not word.legal]
            self._joined = "".join(core or self.canonical)
        return self._joined

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers among the words, sorted."""
        return tuple(sorted(word.text for word in self.words if word.number))

    @property
    def canonical(self) -> tuple[str, ...]:
        """The words' canonical spellings in order."""
        return tuple(word.text for word in self.words)


def variants(name: str) -> tuple[str, ...]:
    """The name as given, then each part of it that is a name of its own, without repetition.

    Parts are what stands around a separator ("/", "a.k.a.", ...) and what stands inside and outside
    a parenthesis, where the inside says more than a place, a number or a frequent word.
    """
    if not _parts().search(name):  # most names have none, and this is quickly said
        return (name,)
    parts = [piece.strip() for piece in _separators().split(name)]
    found = parts if len(parts) > 1 else []
    for part in parts:
        for match in _PARENTHESIS.finditer(part):
            outside = f"{part[: match.start()]} {part[match.end() :]}".strip()
            if _names_someone(match.group(1)) and _says_enough(outside):
                found += [outside, match.group(1).strip()]
    seen = {normalize(name): name}
    for text in found:
        if _says_enough(text):
            seen.setdefault(normalize(text), text)
    return tuple(seen.values())


@cache
def _parts() -> re.Pattern[str]:
    """What a name with several parts has at least: a bracket, or a separator's sign or word."""
    return re.compile(
        "[(（[]|" + "|".join(sorted(map(re.escape, lexicon().separators), key=len)),
        re.IGNORECASE,
    )


@cache
def _separators() -> re.Pattern[str]:
    """Words need space around them; "/" and "|" may stand alone, but not inside "f/k/a"."""
    words = [re.escape(s) for s in lexicon().separators if any(c.isalnum() for c in s)]
    signs = [re.escape(s) for s in lexicon().separators if not any(c.isalnum() for c in s)]
    pattern = rf"[\s(,]+(?:{'|'.join(words)})[\s:]+|\s(?:{'|'.join(signs)})\s"
    return re.compile(pattern, re.IGNORECASE)


def _names_someone(text: str) -> bool:
    """Whether a part is a name of its own: no place; a rare word of three letters, or two Han."""
    return not _is_country(text) and any(
        word.weight >= _RARE
        and not word.number
        and (len(word.text) > 2 or not word.text.isascii())
        and word.text not in lexicon().places
        for word in words_of(normalize(text))
    )


@lru_cache(maxsize=16_384)
def _is_country(text: str) -> bool:
    return places.embedded().is_country(text)


def _says_enough(text: str) -> bool:
    """Whether a part may stand alone: it names someone, or has three words beside its form."""
    return _names_someone(text) or sum(not word.legal for word in words_of(normalize(text))) > 2


def forms_once(name: str) -> tuple[Form, ...]:
    """The forms of a name, the whole first; empty when it has no letter and no digit."""
    found: list[Form] = []
    for index, text in enumerate(variants(name)):
        normalized = normalize(text)
        words = words_of(normalized)
        if not words:
            continue
        if normalized.isascii():
            found.append(Form(text, words, whole=index == 0))
            continue
        written = script(normalized)
        found.append(Form(text, words, whole=index == 0, script=written))
        if written != "LATIN":
            read = _latin_words(words)
            if read:
                found.append(Form(text, read, whole=index == 0, script=written, spelled=False))
    return tuple(found)


_remembered = lru_cache(maxsize=65_536)(forms_once)


def forms(name: str) -> tuple[Form, ...]:
    """`forms_once`, remembered unless the name is very long."""
    return (_remembered if len(name) <= LONGEST_REMEMBERED else forms_once)(name)


def _latin_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    for old in words:
        if old.text.isascii():
            found.append(old)
        else:
            found += [word(piece) for piece in latin(old.text)]
    return tuple(found)


def words_of(normalized: str) -> tuple[Word, ...]:
    """The words of a normalized name in order, with legal forms as one word each."""
    texts = normalized.split()
    words: list[Word] = []
    before = ""
    frequent = _frequent()
    for text in texts:
        found = _plain(text)
        if found is None or before + text in frequent:
            return _with_forms(texts)
        words.append(found)
        before = text
    return tuple(words)


@lru_cache(maxsize=131_072)
def _plain(text: str) -> Word | None:
    """The word of a text that is one piece and begins no legal form; None for any other."""
    pieces = _pieces(text)
    return word(pieces[0]) if len(pieces) == 1 and pieces[0] not in _first_words() else None


def _with_forms(texts: list[str]) -> tuple[Word, ...]:
    first = _first_words()
    frequent = _frequent()
    pieces: list[str] = []
    for text in texts:
        for piece in _pieces(text):
            if pieces and pieces[-1] + piece in frequent and _is_split(pieces[-1], piece):
                piece = pieces.pop() + piece  # noqa: PLW2901 - the word that was split
            pieces.append(piece)
    words: list[Word] = []
    position = 0
    while position < len(pieces):
        form, length = _legal_form(pieces, position) if pieces[position] in first else ("", 0)
        words.append(_legal_word(form) if length else word(pieces[position]))
        position += length or 1
    return tuple(words)


@cache
def _frequent() -> frozenset[str]:
    return lexicon().frequent


@cache
def _legal_word(form: str) -> Word:
    return Word(form, lexicon().weights["legal_form"], known=True, legal=True)


def _legal_form(pieces: list[str], position: int) -> tuple[str, int]:
    """The longest legal form that begins here and how many words it takes; ("", 0) for none."""
    table = lexicon()
    longest = _first_words()[pieces[position]]
    for length in range(min(longest, len(pieces) - position), 0, -1):
        form = table.legal_forms.get(tuple(pieces[position : position + length]))
        if form and (position or form in table.leading_forms or length == len(pieces)):
            return form, length
    return "", 0


@cache
def _first_words() -> dict[str, int]:
    """The first words of legal forms, each with the length in words of its longest form."""
    found: dict[str, int] = {}
    for form in lexicon().legal_forms:
        found[form[0]] = max(len(form), found.get(form[0], 0))
    return found


@lru_cache(maxsize=131_072)
def _pieces(text: str) -> tuple[str, ...]:
    """A word as it is, divided from a legal form glued to its end, mended where that is misspelled.

    A text of an unspaced script is divided from the legal forms and company words at its end.
    """
    if text >= "\u2e80":
        return _unspaced(folded(text))
    if not text.isascii() or len(text) < 6 or text in lexicon().rarity or text in _legal_words():
        return (text,)
    for length in range(_GLUED, min(_LONGEST_GLUED, len(text) - 2) + 1):
        if text[-length:] in _glued():
            return (text[:-length], text[-length:])
    legal = [word for word, legal in _slips(text) if legal]
    return (legal[0],) if legal else (text,)


@lru_cache(maxsize=131_072)
def _slips(text: str) -> tuple[tuple[str, bool], ...]:
    """Frequent words one edit from this, and whether they are of legal forms, in order."""
    if len(text) > LONGEST:
        return ()
    known = _misspelled()
    found = {slip: None for key in deletions(text, 1) for slip in known.get(key, ())}
    return tuple(sorted(slip for slip in found if _one_edit(text, slip[0]))) if found else ()


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
    return lexicon().legal_words


@cache
def _glued() -> frozenset[str]:
    single = (form[0] for form in lexicon().legal_forms if len(form) == 1)
    return frozenset(w for w in single if w.isascii() and _GLUED <= len(w) <= _LONGEST_GLUED)


@lru_cache(maxsize=131_072)
def _is_split(left: str, right: str) -> bool:
    """Whether two pieces, one of them rare, are a frequent word that was split ("lim ited")."""
    rarity = lexicon().rarity
    return rarity.get(left, 1.0) > 0.85 or rarity.get(right, 1.0) > 0.85


@lru_cache(maxsize=131_072)
def word(piece: str) -> Word:
    """The word of one piece of a normalized name that is not part of a legal form."""
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
    for slip, _ in _slips(text):
        weight = table.rarity.get(table.equivalents.get(slip, slip), table.weights["legal_form"])
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
