"""How alike two words are spelled or sound, and the keys that find every word that is alike.

Distance counts insertions, deletions, substitutions and swaps of neighbors (optimal string
alignment), between the words and between their skeletons, where spellings of one sound are one
("kh" = "h", "ph" = "f", doubled letters once). Two words within k edits share a string that both
reach by at most k deletions, so `deletions` is a complete index key, not a heuristic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

from compliance.names.lexicon import lexicon

LONGEST: Final = 24  # a longer word is compared exactly
FEW_CONSONANTS: Final = 2
_HAN: Final = ("\u4e00", "\u9fff")
_SIGNS: Final = 6  # Han signs, each of which says as much as a syllable, from which one may differ
BARE: Final = "'"  # begins a word of consonants only; never part of a normalized word

# Replaced in this order, then letter by letter, then doubled letters are written once.
_SOUNDS: Final = (
    ("shch", "s"), ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("zh", "j"), ("sh", "s"), ("ch", "c"), ("dj", "j"), ("ck", "k"), ("tz", "c"),
    ("ts", "c"), ("ij", "i"), ("ou", "u"),
)  # fmt: skip
_LETTERS: Final = str.maketrans(
    {
        "q": "k", "x": "ks", "w": "v", "z": "s", "y": "i", "e": "i", "o": "u",
        "0": "u", "1": "i", "3": "i", "5": "s", "9": "g",
    }
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")  # not of line ends
_BETWEEN: Final = "\n"


def edits(shortest: int) -> int:
    """Edits allowed in a word of this many letters: none below 4, 1 below 7, then 2."""
    return 0 if shortest < 4 else 1 if shortest < 7 else 2


def sound_edits(shortest: int) -> int:
    """Edits allowed in a skeleton of this many letters: none below 5, then 1."""
    return 1 if shortest >= 5 else 0


@lru_cache(maxsize=131_072)
def skeleton(word: str) -> str:
    """The word with one spelling for each sound. ASCII only; other words are as they are."""
    text = word
    for sound, letter in _SOUNDS:
        if sound in text:
            text = text.replace(sound, letter)
    return _DOUBLED.sub(r"\1", text.translate(_LETTERS))


def skeletons(words: Sequence[str]) -> list[str]:
    """The skeleton of each word, all at once."""
    text = _BETWEEN.join(words)
    for sound, letter in _SOUNDS:
        text = text.replace(sound, letter)
    return _DOUBLED.sub(r"\1", text.translate(_LETTERS)).split(_BETWEEN) if words else []


def joined_skeleton(first: str, second: str) -> str:
    """The skeleton of two words written as one: theirs, with a letter that meets itself once."""
    return joined_sounds(skeleton(first), skeleton(second))


def joined_sounds(left: str, right: str) -> str:
    """Two skeletons as one, with a letter that meets itself once."""
    return left + right[1:] if left[-1:] == right[:1] else left + right


def consonants(word: str) -> str:
    """The consonants of a word's skeleton, "p" as "b" (Arabic has none), "g" and "j" as "k"."""
    return consonants_of([skeleton(word)])[0]


def consonants_of(sounds: Sequence[str]) -> list[str]:
    """The consonants of skeletons, all at once."""
    text = _BETWEEN.join(sounds).replace("dh", "d").translate(_CONSONANTS)
    return text.split(_BETWEEN) if sounds else []


_CONSONANTS: Final = str.maketrans(
    {"p": "b", "j": "k", "g": "k", "c": "s"} | dict.fromkeys("aiuv`'", "")
)


@lru_cache(maxsize=131_072)
def closeness(a: str, b: str) -> float:
    """How alike two different words are, in [0, 1]; 0.0 means that they never stand for each other.

    Symmetric. By spelling: one minus the edits per letter of the longer word, within the edits
    allowed. By sound, nickname, numeral or consonants: the figures of the shipped table.
    """
    return _closeness(a, b, spelled=1.0)


@lru_cache(maxsize=131_072)
def closeness_of_known(a: str, b: str) -> float:
    """The same of two words, each spelled as it is meant: that they are spelled alike says less."""
    return _closeness(a, b, spelled=lexicon().factors["known"])


def _closeness(a: str, b: str, *, spelled: float) -> float:
    if a.startswith(BARE) or b.startswith(BARE):
        return _bare(a, b)
    table = lexicon()
    if table.numerals.get(a, a) == table.numerals.get(b, b):
        return 1.0
    if a.isdecimal() or b.isdecimal():
        return 0.0
    figures = table.closeness
    same = not table.nicknames.get(a, _NOBODY).isdisjoint(table.nicknames.get(b, _NOBODY))
    nicknamed = figures["nickname"] if same else 0.0
    shortest, longest = (len(a), len(b)) if len(a) < len(b) else (len(b), len(a))
    if shortest < 3 or longest > LONGEST:
        return nicknamed  # "Md" is Muhammad
    if a >= _HAN[0] and _all_han(a) and _all_han(b):
        return _less_edits(1.0, a, b, 1 if shortest >= _SIGNS else 0)
    left, right = skeleton(a), skeleton(b)
    best = _less_edits(1.0, a, b, edits(shortest))
    if left == right:
        alike = "sound" if shortest > 5 else "sound_five" if shortest == 5 else "sound_short"
        best = max(best * spelled, figures[alike])
    else:
        allowed = sound_edits(min(len(left), len(right)))
        best = max(best, _less_edits(figures["sound"], left, right, allowed)) * spelled
    return max(best, nicknamed)


def _all_han(text: str) -> bool:
    return all(_HAN[0] <= sign <= _HAN[1] for sign in text)


_NOBODY: Final[frozenset[int]] = frozenset()


def _less_edits(most: float, a: str, b: str, allowed: int) -> float:
    """What edits leave, per letter of the longer text; 0.0 for more than are allowed."""
    if not allowed or abs(len(a) - len(b)) > allowed:
        return 0.0
    distance = _distance()(a, b, score_cutoff=allowed)
    return most - distance / max(len(a), len(b)) if distance <= allowed else 0.0


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import

    return OSA.distance


def _bare(a: str, b: str) -> float:
    if a.isdecimal() or b.isdecimal():
        return 0.0
    left, right = consonants(a), consonants(b)
    both = a.startswith(BARE) and b.startswith(BARE)
    return consonantal(left) if left == right and left and not both else 0.0


def consonantal(letters: str) -> float:
    """How much the same consonants say: little where they are no more than two."""
    return lexicon().closeness["consonants" if len(letters) > FEW_CONSONANTS else "consonants_few"]


def deletions(word: str, count: int) -> set[str]:
    """The word and every string left after deleting up to `count` of its letters."""
    found = {word}
    if count:
        found.update([word[:i] + word[i + 1 :] for i in range(len(word))])
    for removed in range(2, count + 1):
        for positions in combinations(range(len(word)), removed):
            gaps = set(positions)
            found.add("".join(c for i, c in enumerate(word) if i not in gaps))
    return found
