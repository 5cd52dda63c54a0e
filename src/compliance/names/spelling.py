"""Spelling distance within one word, and the keys that find every word within it.

Distance counts insertions, deletions, substitutions and swaps of neighbors (optimal string
alignment). Two words within k edits share a string that both reach by at most k deletions, so
`deletions` is a complete index key, not a heuristic.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import Final

LONGEST: Final = 40  # a longer word is compared exactly


def edits(a: int, b: int) -> int:
    """Edits allowed between words of these lengths: none below 5 letters, 1 below 8, then 2."""
    shortest = min(a, b)
    if shortest < 5 or max(a, b) > LONGEST:
        return 0
    return 1 if shortest < 8 else 2


@lru_cache(maxsize=65_536)
def alike(a: str, b: str) -> float:
    """One minus the edits per letter of the longer word; 0.0 beyond the edits allowed."""
    allowed = edits(len(a), len(b))
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - a slow import, and answers are kept

    distance = OSA.distance(a, b, score_cutoff=allowed)
    return 1 - distance / max(len(a), len(b), 1) if distance <= allowed else 0.0


def deletions(word: str, count: int) -> set[str]:
    """The word and every string left after deleting up to `count` of its letters."""
    keys = {word}
    for removed in range(1, count + 1):
        for positions in combinations(range(len(word)), removed):
            gaps = set(positions)
            keys.add("".join(c for i, c in enumerate(word) if i not in gaps))
    return keys
