"""Frequent words that a text may be, misspelled by one edit.

Symmetric deletes: two words within one edit share a string that both reach by deleting at most one
letter, so a table of the frequent words by these strings finds them all. A text is looked up only
where one of its halves begins, or ends, a frequent word: one edit leaves one half as it was.

    slips("tradng")  ->  (("trading", False),)

Of n frequent words with w letters the table has n * w strings; a text costs w look-ups.
"""

from __future__ import annotations

from functools import cache, lru_cache

from compliance.names.lexicon import lexicon
from compliance.names.word_distance import LONGEST, deletions


def slips(text: str) -> tuple[tuple[str, bool], ...]:
    """Frequent words one edit from this, and whether they are of legal forms, in order."""
    begin, end = _halves()
    half = (len(text) - 1) // 2
    if len(text) > LONGEST or not (text[:half] in begin or text[half + 1 :] in end):
        return ()
    return _one_edit_away(text)


@lru_cache(maxsize=16_384)
def _one_edit_away(text: str) -> tuple[tuple[str, bool], ...]:
    known = _misspelled()
    found = {slip: None for key in deletions(text, 1) for slip in known.get(key, ())}
    return tuple(sorted(slip for slip in found if _one_edit(text, slip[0]))) if found else ()


def _one_edit(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import, and answers are kept

    return bool(OSA.distance(a, b, score_cutoff=1) <= 1)


@cache
def _halves() -> tuple[frozenset[str], frozenset[str]]:
    """What frequent words begin and end with, as long as the halves of texts one edit away.

    A half of a text is its letters before, or behind, the one in the middle (of an even number, the
    first of the two there): one edit leaves one of the halves as the word has it.
    """
    begin, end = set[str](), set[str]()
    for word in lexicon().frequent:
        for length in (len(word) - 1, len(word), len(word) + 1):
            half = (length - 1) // 2
            begin.add(word[:half])
            end.add(word[len(word) - (length - 1 - half) :])
    return frozenset(begin), frozenset(end)


@cache
def _misspelled() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Frequent words and whether they are legal, by the strings one deletion away."""
    found: dict[str, list[tuple[str, bool]]] = {}
    legal = lexicon().legal_words
    for word in sorted(lexicon().frequent):
        if len(word) <= LONGEST:
            for key in deletions(word, 1):
                found.setdefault(key, []).append((word, word in legal))
    return {key: tuple(words) for key, words in found.items()}
