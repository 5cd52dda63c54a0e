"""Queries as rows of word numbers; most names never become a `Form`.

A name in plain ASCII that is one name is read word by word: each text is looked up once and then
known, and what follows the first word of a legal form is looked up as a whole. Every other name is
read by `variants`, which gives the same words: "Orchid Trading Ltd" is the texts 17, 4 and
the ending 2, three look-ups. O(1) a word that was met before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names import initials
from compliance.names.given_names import may_respell, respelled
from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Places, Truths, spread
from compliance.names.index.inverted_index import packed, unpacked
from compliance.names.index.token_cache import longer
from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, plain_words
from compliance.names.tokens import (
    begins,
    begins_written_out,
    begun_texts,
    ending,
    key,
    letters_together,
    literal_words,
    plain,
    reads_apart,
)
from compliance.names.variants import (
    Form,
    form_as_written,
    forms_once,
    may_have_parts,
    parting_signs,
    parting_words,
)

_BEGINS: Final = -1  # a text that may begin a legal form
_PIECES: Final = -2  # a text that is not one word as it is
_MOST_WORDS: Final = 64  # of a listed name whose words are learned ahead: nobody's has more
_FIRST_ROOM: Final = 4_096
# Bits of what is kept of a text beside its word.
_BEGUN, _RESPELLED, _LETTERS, _APART, _WRITTEN = 1, 2, 4, 8, 16

Traits = npt.NDArray[np.uint8]


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
            found = form_as_written(queries[self.queries[row]])
            self.forms[row] = found
        return found


class Reader:
    """Reads names as words of fuzzy postings, which learn them.

    Each text has a number: `_words` is that of its word, or why it has none, `_traits` whether it
    begins a frequent word, a name with it may be written otherwise, it may be initials, it is read
    word by word, and it begins a legal form written out. The words of ending e are
    `_ends[_end_starts[e]:_end_starts[e + 1]]`.
    """

    def __init__(self, partners: Partners) -> None:
        self.partners = partners
        self._lock = Lock()
        self._ahead = 0
        self._forget({}, np.zeros(_FIRST_ROOM, np.int64), np.zeros(_FIRST_ROOM, np.uint8))

    def _forget(self, texts: dict[str, int], words: Places, traits: Traits) -> None:
        self._texts, self._words, self._traits = texts, words, traits
        self._endings: dict[str, int] = {}
        self._ends = np.zeros(_FIRST_ROOM, dtype=np.int64)
        self._end_starts = np.zeros(_FIRST_ROOM, dtype=np.int64)

    def forgetful(self, arrays: Mapping[str, npt.NDArray[Any]]) -> Reader:
        """A reader that knows what `arrays` described, and nothing else."""
        found = Reader(self.partners.forgetful(arrays))
        found._recall(arrays)
        return found

    @property
    def taught(self) -> int:
        """How many words, pairs of words, texts and endings are known beside what was recalled."""
        return len(self.partners) + len(self._texts) + len(self._endings) - self._ahead

    def learn_ahead(self) -> None:
        """Learn the words of the listed names and, where these are many, all frequent words."""
        vocabulary = self.partners.vocabulary
        lengths = np.diff(vocabulary.sequence_starts)
        chosen = np.unique(vocabulary.sequence[np.repeat(lengths <= _MOST_WORDS, lengths)]).tolist()
        texts = {text for text in map(vocabulary.spoken.__getitem__, chosen) if text[0] != " "}
        frequent = lexicon().rarity
        if len(texts) > len(frequent):
            texts.update(frequent)
        self._learn_texts(texts)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is known, to be stored."""
        count = len(self._texts)
        return {
            **self.partners.arrays(),
            **packed("read", tuple(self._texts)),
            "read_words": self._words[:count],
            "read_traits": self._traits[:count],
        }

    def recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Know what `arrays` described, and nothing else."""
        self.partners.recall(arrays)
        self._recall(arrays)

    def _recall(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        texts = {text: number for number, text in enumerate(unpacked("read", arrays))}
        self._forget(texts, arrays["read_words"], arrays["read_traits"])
        self._ahead += self.taught

    def rows(self, queries: Sequence[str], *, person: bool) -> Rows:
        """The rows of the forms of each query, in no order; initials apart for a person only."""
        texts: list[str] = []
        owners: list[int] = []
        sizes: list[int] = []
        others: list[int] = []
        for position, query in enumerate(queries):
            found = _texts(query)
            if found is None:
                others.append(position)
            elif found:
                owners.append(position)
                sizes.append(len(found))
                texts += found
        self._learn_texts({text for text in texts if text not in self._texts})
        numbers = np.fromiter(map(self._texts.__getitem__, texts), np.int64, len(texts))
        lengths = np.array(sizes, dtype=np.int64)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        rows = np.repeat(np.arange(len(lengths)), lengths)
        words = self._words[numbers]
        odd = self._split(texts, numbers, rows)
        named = [queries[owner] for owner in owners]
        odd |= self._otherwise(texts, numbers, (rows, starts, ends), named, person=person)
        odd |= set(rows[words == _PIECES].tolist())  # behind a legal form too
        at = np.flatnonzero(words < 0)
        at = at[np.flatnonzero(np.diff(rows[at], prepend=-1))]  # the first of each row
        odd |= set(rows[at[at == starts[rows[at]]]].tolist())
        at = at[[row not in odd for row in rows[at].tolist()]]
        places = zip(at.tolist(), ends[rows[at]].tolist(), strict=True)
        rests = [" ".join(texts[start:end]) for start, end in places]
        kept = np.ones(len(lengths), dtype=np.bool_)
        kept[list(odd)] = False
        others += [owners[row] for row in odd]
        read = [
            (place, form)
            for place in others
            for form in forms_once(queries[place])
            if person or form.reading != "person"
        ]
        self._learn_words(rests, [form for _, form in read])
        return self._rows(
            (np.array(owners, dtype=np.int64), words, starts, lengths, kept),
            rows[at],
            at,
            rests,
            read,
        )

    def _rows(
        self,
        whole: tuple[Places, Places, Places, Places, Truths],
        ended: Places,
        at: Places,
        rests: list[str],
        read: list[tuple[int, Form]],
    ) -> Rows:
        """The rows of plain names, some with another ending from some place on, and of forms."""
        owners, words, starts, lengths, kept = whole
        counts = lengths.copy()
        counts[ended] = at - starts[ended]
        endings = np.fromiter(map(self._endings.__getitem__, rests), np.int64, len(rests))
        first = self._end_starts
        behind = np.zeros(len(lengths), dtype=np.int64)
        behind[ended] = first[endings + 1] - first[endings]
        known = self.partners.numbers
        of_forms = [[known[key(word)] for word in form.words] for _, form in read]
        totals = (counts + behind)[kept]
        numbers = np.empty(int(totals.sum()), dtype=np.int64)
        before = np.zeros(len(lengths), dtype=np.int64)
        before[kept] = np.cumsum(totals) - totals
        numbers[spread(before[kept], counts[kept])] = words[spread(starts[kept], counts[kept])]
        numbers[spread(before[ended] + counts[ended], behind[ended])] = self._ends[
            spread(first[endings], behind[ended])
        ]
        return Rows(
            [*owners[kept].tolist(), *(place for place, _ in read)],
            [*[None] * len(totals), *(form for _, form in read)],
            np.concatenate((numbers, np.fromiter(chain.from_iterable(of_forms), np.int64))),
            np.concatenate((totals, np.fromiter(map(len, of_forms), np.int64, len(of_forms)))),
        )

    def _split(self, texts: list[str], numbers: Places, rows: Places) -> set[int]:
        """The rows in which a frequent word may be divided."""
        frequent = lexicon().frequent
        may = np.flatnonzero(
            (self._traits[numbers[:-1]] & _BEGUN != 0) & (rows[1:] == rows[:-1])
        ).tolist()
        return {int(rows[place]) for place in may if texts[place] + texts[place + 1] in frequent}

    def _otherwise(
        self,
        texts: list[str],
        numbers: Places,
        places: tuple[Places, Places, Places],
        names: Sequence[str],
        *,
        person: bool,
    ) -> set[int]:
        """The rows of names with another form: respelled, literal, of a person with initials."""
        rows, starts, ends = places
        found = set()
        for row in np.unique(rows[self._traits[numbers] & _RESPELLED != 0]).tolist():
            if respelled(texts[starts[row] : ends[row]], names[row]):
                found.add(row)
        traits = self._traits[numbers]
        behind = ends[rows] - np.arange(len(rows))
        literal = (traits & _APART != 0) | ((traits & _WRITTEN != 0) & (behind > 1))
        for row in np.unique(rows[literal]).tolist():
            if literal_words(texts[starts[row] : ends[row]]):
                found.add(row)
        if person:
            may = set(np.unique(rows[self._traits[numbers] & _LETTERS != 0]).tolist())
            may.update(row for row, name in enumerate(names) if initials.shows_initials(name))
            found |= {
                row for row in may if initials.apart(names[row], texts[starts[row] : ends[row]])
            }
        return found

    def _learn_texts(self, texts: set[str]) -> None:
        if not texts:
            return
        new = {text: plain(text) for text in sorted(texts)}
        self.partners.learn({key(word): word for word in new.values() if word is not None})
        with self._lock:
            known = self.partners.numbers
            new = {text: word for text, word in new.items() if text not in self._texts}
            start = len(self._texts)
            self._words = longer(self._words, start + len(new))
            self._traits = longer(self._traits, start + len(new))
            self._traits[start : start + len(new)] = list(map(_traits_of, new))
            for number, (text, word) in enumerate(new.items(), start):
                if word is not None:
                    self._words[number] = known[key(word)]
                else:
                    self._words[number] = _BEGINS if begins(text) else _PIECES
            self._texts.update(zip(new, range(start, start + len(new)), strict=True))

    def _learn_words(self, rests: list[str], read: list[Form]) -> None:
        met = dict.fromkeys(rest for rest in rests if rest not in self._endings)
        found = {rest: ending(rest.split()) for rest in met}
        words = {key(word): word for own in found.values() for word in own}
        words.update((key(word), word) for form in read for word in form.words)
        self.partners.learn(words)
        with self._lock:
            known = self.partners.numbers
            for rest, own in found.items():
                if rest not in self._endings:
                    number = len(self._endings)
                    start = int(self._end_starts[number])
                    self._ends = longer(self._ends, start + len(own))
                    self._ends[start : start + len(own)] = [known[key(word)] for word in own]
                    self._end_starts = longer(self._end_starts, number + 2)
                    self._end_starts[number + 1] = start + len(own)
                    self._endings[rest] = number


def _traits_of(text: str) -> int:
    """What a name with this text may be, beside its words as they are, a bit for each."""
    return (
        _BEGUN * (text in begun_texts())
        | _RESPELLED * may_respell(text)
        | _LETTERS * initials.may_be_initials(text)
        | _APART * reads_apart(text)
        | _WRITTEN * begins_written_out(text)
    )


def _texts(query: str) -> list[str] | None:
    """The words of a name in plain ASCII that is one name; None for any other."""
    if not query.isascii() or len(query) > LONGEST_REMEMBERED:
        return None
    if parting_signs().search(query):
        return None
    texts = plain_words(query)
    if not parting_words().isdisjoint(texts) and may_have_parts(query, texts):
        return None
    return letters_together(texts)
