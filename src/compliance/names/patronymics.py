"""The order of a person's names around "bin": "A bin B" is the son of B, "B bin A" his father.

A family name before a comma belongs to the end ("BIN LADEN, Hamza" is Hamza bin Laden), and "bin"
at the beginning or the end of a name joins nobody (Bin is a Chinese given name too).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.tokens import words_of

if TYPE_CHECKING:
    from compliance.names.variants import Form


def swapped(left: Form, right: Form, links: Iterable[tuple[int, int]]) -> bool:
    """Whether a name before "bin" is behind it in the other, and the other way round.

    `links` are the places of words that agree.
    """
    ours, theirs = _patronymic(left), _patronymic(right)
    if ours is None or theirs is None:
        return False
    sides = {
        (_moved(left, a) < ours, _moved(right, b) < theirs)
        for a, b in links
        if left.words[a].text not in lexicon().particles
    }
    return {(True, False), (False, True)} <= sides


def _patronymic(form: Form) -> int | None:
    """Where the first word like "bin" with names on both sides stands, family name last."""
    known = lexicon().patronymics
    places = [_moved(form, n) for n, word in enumerate(form.words) if word.text in known]
    inner = [place for place in places if 0 < place < len(form.words) - 1]
    return min(inner) if inner and 0 not in places else None


def _moved(form: Form, place: int) -> int:
    """The place of a word when the family name before a comma stands behind the others."""
    family = _family(form.text)
    count = len(form.words)
    return place - family if place >= family else place + count - family


def _family(name: str) -> int:
    """How many words stand before the only comma of a name; 0 for none."""
    before, _, behind = name.partition(",")
    if not behind or "," in behind or len(name) > LONGEST_REMEMBERED:
        return 0
    return _counted(before) if _counted(behind) else 0


@lru_cache(maxsize=16_384)
def _counted(text: str) -> int:
    return len(words_of(normalize(text)))
