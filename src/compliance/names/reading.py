"""Queries as rows of word numbers; most names never become a `Form`.

A name in plain ASCII that is one name is read word by word: each text is looked up once and then
known, and what follows the first word of a legal form is looked up as a whole. Every other name is
read by `forms`. Both give the words that `forms` gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Form, forms_once, has_parts, parting_signs, parting_words
from compliance.names.hashing import Places
from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, plain_words
from compliance.names.partners import Partners
from compliance.names.vocabulary import packed, unpacked
from compliance.names.words import Word, begins, ending, key, may_be_split, plain

_BEGINS: Final = -1  # a text that may begin a legal form
_PIECES: Final = -2  # a text that is not one word as it is


@dataclass(frozen=True, slots=True)
class Rows:
    """Forms of queries: row r is one of `queries[r]` and has `lengths[r]` of the `numbers`.

    `forms[r]` is None for the only form of a plain name.
    """

    queries: Sequence[int]
    forms: list[Form | None]
    numbers: Places
    lengths: Places

    def between(self, start: int, end: int, ends: Places) -> Rows:
        """The rows from start up to end; `ends` are those of all rows."""
        first = int(ends[start - 1]) if start else 0
        chosen = slice(start, end)
        last = int(ends[chosen][-1])
        return Rows(
            self.queries[chosen], self.forms[chosen], self.numbers[first:last], self.lengths[chosen]
        )

    def form(self, row: int, queries: Sequence[str]) -> Form:
        """The form of a row, made when it is asked for and kept."""
        found = self.forms[row]
        if found is None:
            (found,) = forms_once(queries[self.queries[row]])
            self.forms[row] = found
        return found


class Reader:
    """Reads names as words of `partners`, which learn them."""

    def __init__(self, partners: Partners) -> None:
        self.partners = partners
        self._numbers: dict[str, int] = {}
        self._endings: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.partners) + len(self._numbers) + len(self._endings)

    def learn_ahead(self) -> None:
        """Learn the words of the listed names and, where these are many, all frequent words."""
        vocabulary = self.partners.vocabulary
        texts = {text for text in vocabulary.spoken if not text.startswith(" ")}
        frequent = lexicon().rarity
        if len(texts) > len(frequent):
            texts.update(frequent)
        self._learn_texts(texts)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is known, to be stored."""
        numbers = np.fromiter(self._numbers.values(), np.int64, len(self._numbers))
        return {
            **self.partners.arrays(), **packed("read", tuple(self._numbers)), "read_numbers": numbers
        }  # fmt: skip

    def recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Know what `arrays` described, and nothing else."""
        self.partners.recall(arrays)
        self._endings = {}
        texts, numbers = unpacked("read", arrays), arrays["read_numbers"].tolist()
        self._numbers = dict(zip(texts, numbers, strict=True))

    def rows(self, queries: Sequence[str]) -> Rows:
        """The rows of the forms of each query, in no order."""
        texts = [_texts(query) for query in queries]
        self._learn_texts({text for found in texts if found for text in found})
        owners: list[int] = []
        rows: list[list[int]] = []
        later: list[tuple[int, list[int], str]] = []  # what is known of a row, and its ending
        others: list[int] = []
        numbers, endings = self._numbers, self._endings
        endings_met: dict[str, list[str]] = {}
        for position, found in enumerate(texts):
            if found is None or may_be_split(found):
                others.append(position)
                continue
            row = [numbers[text] for text in found]
            if min(row, default=0) < 0:
                at = next(place for place, number in enumerate(row) if number < 0)
                if not at or row[at] == _PIECES:
                    others.append(position)
                    continue
                rest = " ".join(found[at:])
                known = endings.get(rest)
                if known is None:
                    endings_met[rest] = found[at:]
                    later.append((position, row[:at], rest))
                    continue
                row[at:] = known
            if row:
                owners.append(position)
                rows.append(row)
        read = [(position, form) for position in others for form in forms_once(queries[position])]
        self._learn_endings(endings_met, [form for _, form in read])
        for position, row, rest in later:
            owners.append(position)
            rows.append(row + endings[rest])
        count = len(rows)
        known_words = self.partners.numbers
        for position, form in read:
            owners.append(position)
            rows.append([known_words[key(word)] for word in form.words])
        return Rows(
            owners,
            [*[None] * count, *(form for _, form in read)],
            np.fromiter(chain.from_iterable(rows), np.int64),
            np.fromiter(map(len, rows), np.int64, len(rows)),
        )

    def _learn_texts(self, texts: set[str]) -> None:
        new = {text: plain(text) for text in sorted(texts - self._numbers.keys())}
        self.partners.learn({key(word): word for word in new.values() if word is not None})
        known = self.partners.numbers
        self._numbers.update(
            (text, known[key(word)] if word is not None else _BEGINS if begins(text) else _PIECES)
            for text, word in new.items()
        )

    def _learn_endings(self, met: dict[str, list[str]], read: list[Form]) -> None:
        found = {rest: ending(texts) for rest, texts in met.items()}
        words: dict[str, Word] = {}
        for own in found.values():
            words.update((key(word), word) for word in own)
        for form in read:
            words.update((key(word), word) for word in form.words)
        self.partners.learn(words)
        known = self.partners.numbers
        self._endings.update(
            (rest, [known[key(word)] for word in own]) for rest, own in found.items()
        )


def _texts(query: str) -> list[str] | None:
    """The words of a name in plain ASCII that is one name; None for any other."""
    if not query.isascii() or len(query) > LONGEST_REMEMBERED:
        return None
    if any(map(query.__contains__, parting_signs())):
        return None
    texts = plain_words(query)
    if not parting_words().isdisjoint(texts) and has_parts(query):
        return None
    return texts
