"""How close two words of two names are, or two neighbors and a word, and what they gain."""

from __future__ import annotations

from functools import cache
from typing import Final

from compliance.names.lexicon import lexicon
from compliance.names.scripts import UNSPACED
from compliance.names.tokens import Word
from compliance.names.word_distance import (
    BARE,
    closeness,
    closeness_of_known,
    joined_skeleton,
    skeleton,
)


def pair(a: Word, b: Word) -> tuple[float, tuple[float, float]]:
    """Closeness of two different words and the weight each side gains; 0.0 and nothing for none.

    Legal forms and particles agree with what is equal only; a particle of one letter may be an
    initial ("A", "O").
    """
    if (len(a.text) == 1 or len(b.text) == 1) and not (a.number or b.number):
        mute = a.legal or b.legal or _particle(a) or _particle(b)
        return _NO_PAIR if mute else _initial(a, b)
    known = a.known and b.known
    close = (closeness_of_known if known else closeness)(a.text, b.text)
    if not close or a.legal or b.legal or _particle(a) or _particle(b):
        return _NO_PAIR
    if known and a.text in lexicon().places and b.text in lexicon().places:
        return _NO_PAIR
    if close == 1.0:
        return close, (a.weight, b.weight)
    if BARE in (a.text[0], b.text[0]):  # how rare a word is that has no vowels is unknown
        return close, (close * a.weight, close * b.weight)
    gain = close * min(a.weight, b.weight)
    return close, (gain, gain)


_NO_PAIR: Final = (0.0, (0.0, 0.0))
_SHORTEST_JOIN: Final = 4  # letters of a word that may be two


def _particle(word: Word) -> bool:
    return word.weight <= _particle_weight() and len(word.text) > 1


@cache
def _particle_weight() -> float:
    return lexicon().weights["particle"]


def _initial(a: Word, b: Word) -> tuple[float, tuple[float, float]]:
    """A letter that begins the other word counts in full, the other word in part.

    Scripts without spaces have no initials: one of their characters is a word.
    """
    if a.text[0] != b.text[0] or not (a.text.isalpha() and b.text.isalpha()):
        return _NO_PAIR
    if a.text >= UNSPACED:
        return _NO_PAIR
    part = lexicon().closeness["initial"]
    gains = [word.weight * (1.0 if len(word.text) == 1 else part) for word in (a, b)]
    return part, (gains[0], gains[1])


def join(first: Word, second: Word, other: Word) -> tuple[float, tuple[float, float]]:
    """Closeness of two neighbors, written as one, to a word, and the gains: its, and theirs.

    They must sound the same; a number may be called by two numerals ("forty four").
    """
    text = first.text + second.text
    if first.legal or other.legal or _particle(other) or len(text) < _SHORTEST_JOIN:
        return _NO_PAIR
    if other.number:
        called = lexicon().numerals
        same = called.get(text) == other.text and first.text in called and second.text in called
        return (1.0, (other.weight, first.weight + second.weight)) if same else _NO_PAIR
    if len(other.text) < _SHORTEST_JOIN or joined_skeleton(first.text, second.text) != skeleton(
        other.text
    ):
        return _NO_PAIR
    figures = lexicon().closeness
    close = figures["join"] if text == other.text else figures["join"] * figures["sound"]
    return close, (close * other.weight, close * (first.weight + second.weight))
