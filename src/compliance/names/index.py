"""Every known name that scores at least a threshold, without comparing with all of them.

Lossless: the answer equals that of the exhaustive loop. Only words that a match cannot do without
are looked up: if the matched words of a query weigh m and all its words W, no score exceeds
2m / (W + m), so the lightest words that together stay below t W / (2 - t) cannot make a match at
threshold t alone. Near spellings are found by shared deletions. Immutable and thread-safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from compliance.names.forms import Form, Kind, Word, forms
from compliance.names.scoring import score
from compliance.names.spelling import LONGEST, alike, deletions, edits

_SLACK: Final = 1e-9  # sums of floats in another order


class NameTable:
    """Names by position, searchable as organizations and as persons."""

    __slots__ = ("_organizations", "_persons", "names")

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._organizations = _Profile(self.names, person=False)
        self._persons = _Profile(self.names, person=True)

    def matches(self, query: str, kind: Kind, threshold: float) -> dict[int, float]:
        """Positions of the names whose similarity with the query reaches the threshold."""
        profile = self._persons if kind == "person" else self._organizations
        found: dict[int, float] = {}
        for form in forms(query, person=profile.person):
            for position, value in profile.search(form, threshold):
                found[position] = max(value, found.get(position, 0.0))
        return found


class _Profile:
    """The postings of one way of weighing words."""

    __slots__ = ("_forms", "_joined", "_keys", "_known", "_near", "_postings", "person")

    def __init__(self, names: Iterable[str], *, person: bool) -> None:
        self.person = person
        self._forms = [
            (position, form)
            for position, name in enumerate(names)
            for form in forms(name, person=person)
        ]
        postings: dict[str, list[int]] = {}
        joined: dict[str, list[int]] = {}
        known: dict[str, bool] = {}
        keys: dict[str, list[str]] = {}
        for number, (_, form) in enumerate(self._forms):
            joined.setdefault(form.joined, []).append(number)
            for word in {word.text: word for word in form.words}.values():
                if word.text not in postings:
                    known[word.text] = word.known
                    for key in _keys(word):
                        keys.setdefault(key, []).append(word.text)
                postings.setdefault(word.text, []).append(number)
        self._postings = {text: tuple(numbers) for text, numbers in postings.items()}
        self._joined = {text: tuple(numbers) for text, numbers in joined.items()}
        self._known = known
        self._keys = {key: tuple(texts) for key, texts in keys.items()}
        self._near = lru_cache(maxsize=65_536)(self._find_near)

    def search(self, query: Form, threshold: float) -> Iterator[tuple[int, float]]:
        """Position and score of each form that reaches the threshold."""
        candidates = set(self._joined.get(query.joined, ()))
        shortest = query.total * threshold / (2 - threshold)
        rest = query.total
        for word in sorted(query.words, key=lambda word: (-word.weight, word.text)):
            if rest < shortest - _SLACK:
                break
            rest -= word.weight
            candidates.update(self._postings.get(word.text, ()))
            for text in self._near(word):
                candidates.update(self._postings[text])
        longest = query.total * (2 - threshold) / threshold
        for number in candidates:
            position, form = self._forms[number]
            joined = form.joined == query.joined
            if joined or shortest - _SLACK <= form.total <= longest + _SLACK:
                value = score(query, form, person=self.person)
                if value >= threshold:
                    yield position, value

    def _find_near(self, word: Word) -> tuple[str, ...]:
        """Words of the table that may stand for this one though spelled differently."""
        texts = {text for key in _keys(word) for text in self._keys.get(key, ())}
        texts.discard(word.text)
        return tuple(
            text
            for text in sorted(texts)
            if not (word.known and self._known[text]) and alike(*sorted((word.text, text)))
        )


def _keys(word: Word) -> set[str]:
    if word.number or word.legal or len(word.text) > LONGEST:
        return set()
    return deletions(word.text, edits(len(word.text), len(word.text)))
