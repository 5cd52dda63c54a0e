"""The words of a name: canonical spelling, weight, and whether they are legal forms.

A word weighs what `rules/data` says of the word alone. Legal forms are found anywhere but at the
beginning (some there too), glued to a word, split, or misspelled; a frequent word that is
misspelled weighs little more than when it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED
from compliance.names.scripts import meaning
from compliance.names.slips import slips
from compliance.names.unspaced import divided
from compliance.names.word_distance import BARE, FEW_CONSONANTS, LONGEST

_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")
_SHORT: Final = ("letter", "two", "three", "four")
_ROMAN: Final = frozenset(  # numerals that are no words
    ["ii", "iii", "iv", "vii", "viii", "xii", "xiii", "xiv", "xvi", "xvii", "xviii", "xix"]
)
_SHORTEST_APART: Final = 3  # letters of a legal form that may be written letter by letter
_SHORTEST_JOIN: Final = 4  # letters of two words that may be one
_LONGEST_GLUED: Final = 12
_LONG_FORM: Final = 3  # words of a legal form that is written out
_GLUED: Final = 7  # a legal form of this many letters is seen at the end of a word


class Word(NamedTuple):
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


def key(word: Word) -> str:
    """What tells a word from others: its text, behind a space where it is a legal form."""
    return f" {word.text}" if word.legal else word.text


def of_key(text: str) -> Word:
    """The word of a key."""
    return _legal_word(text[1:]) if text.startswith(" ") else word(text)


def joinable(first: Word, second: Word) -> bool:
    """Whether two neighbors may be written as one word."""
    return not first.legal and len(first.text) + len(second.text) >= _SHORTEST_JOIN


def words_of(normalized: str) -> tuple[Word, ...]:
    """The words of a normalized name in order, with legal forms as one word each.

    A text of more than `LONGEST_REMEMBERED` letters, which nobody's name has, is cut into such: all
    that is remembered of words stays bounded.
    """
    texts = letters_together(normalized.split())
    if len(normalized) > LONGEST_REMEMBERED:
        texts = [piece for text in texts for piece in _cut(text)]
    words: list[Word] = []
    before = ""
    frequent = _frequent()
    for text in texts:
        found = _plain(text)
        if found is None or before + text in frequent:
            return _formed(_pieced(texts))
        words.append(found)
        before = text
    return tuple(words)


def letters_together(texts: list[str]) -> list[str]:
    """The texts where a legal form written letter by letter is one text: "g m b h" is "gmbh"."""
    if sum([len(text) == 1 for text in texts]) < _SHORTEST_APART:
        return texts
    found: list[str] = []
    letters: list[str] = []
    for text in [*texts, ""]:
        if len(text) == 1:
            letters.append(text)
            continue
        found += _spelled(letters)
        letters = []
        found.append(text)
    return found[:-1]


def _spelled(letters: list[str]) -> list[str]:
    """Letters with the longest legal form at their end as one."""
    earliest = max(0, len(letters) - _longest_form())
    for start in range(earliest, len(letters) - _SHORTEST_APART + 1):
        form = "".join(letters[start:])
        if (form,) in lexicon().legal_forms:
            return [*letters[:start], form]
    return letters


@cache
def _longest_form() -> int:
    """The letters of the longest legal form of one word."""
    return max(len(form[0]) for form in lexicon().legal_forms if len(form) == 1)


def _cut(text: str) -> list[str]:
    starts = range(0, len(text), LONGEST_REMEMBERED)
    return [text[start : start + LONGEST_REMEMBERED] for start in starts]


def plain(text: str) -> Word | None:
    """The word of a text that is one piece as it is and begins no legal form; None for others."""
    return _word(text) if text not in _first_words() and _divided(text) == (text,) else None


@lru_cache(maxsize=131_072)
def _plain(text: str) -> Word | None:
    return word(text) if text not in _first_words() and _pieces(text) == (text,) else None


def mended(text: str) -> bool:
    """Whether a text in ASCII is divided from a legal form, or taken for one that is misspelled."""
    return _pieces(text) != (text,)


def begins(text: str) -> bool:
    """Whether a text as it is may begin a legal form."""
    return text in _first_words() and _pieces(text) == (text,)


def ending(texts: list[str]) -> tuple[Word, ...]:
    """The words of texts that stand behind another word, with which the first makes no word."""
    return _formed(_pieced(texts), behind=True)


def _pieced(texts: list[str]) -> list[str]:
    """The pieces of all texts, where a frequent word that was split is one."""
    frequent = _frequent()
    pieces: list[str] = []
    for text in texts:
        for piece in _pieces(text):
            if pieces and pieces[-1] + piece in frequent and _is_split(pieces[-1], piece):
                piece = pieces.pop() + piece  # noqa: PLW2901 - the word that was split
            pieces.append(piece)
    return pieces


def literal_words(texts: list[str]) -> tuple[tuple[Word, ...], ...]:
    """The words of a name one by one, where a form written out or an acronym was read as one.

    None for other names. A word glued to such a form, or the form in another order, agrees with
    these: "npo high" with "npohigh". A word that is a form by itself is read as such, and as a word
    ("joint stock company": "co" where another word stands before it).
    """
    acronyms = lexicon().acronyms
    folded = _formed(_pieced(texts))
    own = [piece for text in texts for piece in ([text] if text in acronyms else _pieces(text))]
    found = (_formed(own, one_by_one=word), _formed(own, one_by_one=_alone))
    return tuple(dict.fromkeys(words for words in found if words != folded))


def reads_apart(text: str) -> bool:
    """Whether a name with this text is also read word by word, wherever the text stands."""
    return text in lexicon().acronyms or (text,) in _written_out()


def begins_written_out(text: str) -> bool:
    """Whether this text begins a legal form of two words or more that is read word by word too."""
    return text in _first_written()


def _alone(text: str) -> Word:
    """The word of a legal form that is written out, which may be a form by itself ("company")."""
    form = lexicon().legal_forms.get((text,)) if (text,) not in _written_out() else None
    return _legal_word(form) if form else word(text)


@cache
def _first_written() -> frozenset[str]:
    return frozenset(own[0] for own in _written_out() if len(own) > 1)


@cache
def _written_out() -> frozenset[tuple[str, ...]]:
    """The spellings of legal forms whose words say something by themselves.

    Those of three words, of two that are no form alone ("sociedad anonima", not "co ltd"), and all
    that say what a party does ("npo").
    """
    forms = lexicon().legal_forms
    return frozenset(
        own
        for own, form in forms.items()
        if form in lexicon().apart
        or len(own) >= _LONG_FORM
        or (len(own) > 1 and not any((text,) in forms for text in own))
    )


def _formed(
    pieces: list[str], *, behind: bool = False, one_by_one: Callable[[str], Word] | None = None
) -> tuple[Word, ...]:
    """The words of pieces (`behind`: such as stand behind another word), legal forms as one.

    `one_by_one` reads the words of those that are written out, or that say what a party does.
    """
    first = _first_words()
    words: list[Word] = []
    position = 0
    while position < len(pieces):
        form, length = "", 0
        if pieces[position] in first:
            form, length = _legal_form(pieces, position, begins=not (position or behind))
        own = pieces[position : position + (length or 1)]
        if not length:
            words.append(word(pieces[position]))
        elif one_by_one and tuple(own) in _written_out():
            words += map(one_by_one, own)
        else:
            words.append(_legal_word(form))
        position += length or 1
    return tuple(words)


@cache
def _frequent() -> frozenset[str]:
    return lexicon().frequent


@cache
def begun_texts() -> frozenset[str]:
    """What frequent words begin with."""
    return frozenset(word[:end] for word in _frequent() for end in range(1, len(word)))


@cache
def legal_texts() -> frozenset[str]:
    """The canonical texts of legal forms, which may also be words of their own ("SA Energy")."""
    return frozenset(lexicon().legal_forms.values())


@cache
def _legal_word(form: str) -> Word:
    return Word(form, lexicon().weights["legal_form"], known=True, legal=True)


def _legal_form(pieces: list[str], position: int, *, begins: bool) -> tuple[str, int]:
    """The longest legal form here, and how many words it takes; ("", 0) for none.

    `begins`: the name begins here, where few forms stand, unless it is nothing else.
    """
    table = lexicon()
    longest = _first_words()[pieces[position]]
    for length in range(min(longest, len(pieces) - position), 0, -1):
        own = tuple(pieces[position : position + length])
        form = table.legal_forms.get(own)
        if form and (not begins or length == len(pieces) or own in table.leading):
            return form, length
    return "", 0


@cache
def _first_words() -> dict[str, int]:
    """The first words of legal forms, each with the length in words of its longest form."""
    found: dict[str, int] = {}
    for form in lexicon().legal_forms:
        found[form[0]] = max(len(form), found.get(form[0], 0))
    return found


def _divided(text: str) -> tuple[str, ...]:
    """A word as it is, divided from a legal form glued to its end, mended where that is misspelled.

    An acronym that the table knows becomes the words that it is short for.
    What is not ASCII is divided where scripts meet (`unspaced.divided`).
    """
    acronym = lexicon().acronyms.get(text)
    if acronym:
        return acronym
    if text in _form_words():
        return (text,)
    if not text.isascii():
        return divided(text)
    if len(text) < 6 or text in lexicon().rarity or text in lexicon().legal_words:
        return (text,)
    if text[-3:] in _glued_ends():
        for length in range(_GLUED, min(_LONGEST_GLUED, len(text) - 2) + 1):
            if text[-length:] in _glued():
                return (text[:-length], text[-length:])
    legal = [word for word, legal in slips(text) if legal]
    return (legal[0],) if legal else (text,)


_pieces = lru_cache(maxsize=131_072)(_divided)


@cache
def _form_words() -> frozenset[str]:
    """The words of all legal forms: "unlimited" is no word with a form glued to it."""
    return frozenset(word for form in lexicon().legal_forms for word in form)


@cache
def _glued() -> frozenset[str]:
    single = (form[0] for form in lexicon().legal_forms if len(form) == 1)
    return frozenset(w for w in single if w.isascii() and _GLUED <= len(w) <= _LONGEST_GLUED)


@cache
def _glued_ends() -> frozenset[str]:
    return frozenset(form[-3:] for form in _glued())


@lru_cache(maxsize=131_072)
def _is_split(left: str, right: str) -> bool:
    """Whether two pieces, one of them rare, are a frequent word that was split ("lim ited")."""
    rarity = lexicon().rarity
    return rarity.get(left, 1.0) > 0.85 or rarity.get(right, 1.0) > 0.85


def _word(piece: str) -> Word:
    """The word of one piece of a normalized name that is not part of a legal form."""
    table = lexicon()
    weights = table.weights
    ordinal = _ORDINAL.fullmatch(piece) if piece[:1] <= "9" else None
    text = ordinal.group(1) if ordinal else table.equivalents.get(piece, piece)
    if text in _ROMAN:
        text = table.numerals[text]
    if text.isdecimal():
        return Word(text.lstrip("0") or "0", weights["number"], known=True)
    if text in table.particles:
        return Word(text, weights["particle"], known=True)
    if text in table.rarity:
        return Word(text, table.rarity[text], known=True)
    called = "" if text.isascii() else meaning(text)
    if called:
        return Word(text, max(_word(part).weight for part in called.split()), known=True)
    if text.startswith(BARE):
        length = len(text) - len(BARE)
        return Word(text, weights["three"] if length <= FEW_CONSONANTS else 1.0, known=False)
    most = table.called.get(text, 1.0)
    if text < "\u2e80" and 0 < len(text) <= 4:
        return Word(text, min(most, weights[_SHORT[len(text) - 1]]), known=False)
    return Word(text, min(most, _rare_weight(text)), known=False)


word = lru_cache(maxsize=131_072)(_word)


def _rare_weight(text: str) -> float:
    """1.0, less where the word is one edit from a frequent word of seven letters up."""
    if not 7 <= len(text) <= LONGEST or not text.isascii():
        return 1.0
    table = lexicon()
    least = 1.0
    for slip, _ in slips(text):
        weight = table.rarity.get(table.equivalents.get(slip, slip), table.weights["legal_form"])
        least = min(least, weight + table.weights["misspelled"])
    return least
