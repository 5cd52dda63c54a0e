"""The words of many names, where they stand, and what each name weighs: the arrays of an index.

A unit is a word, or the sound of two neighbors written as one. A form (a name may have several, see
`variants`) is known by the name it belongs to, its weight, its units and its single letters. Words
that weigh next to nothing are no units. Everything is kept as arrays and texts, so that it is
written and read without being computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.tokens import Word, joinable, key
from compliance.names.variants import Form, forms_once
from compliance.names.word_distance import joined_sounds, skeletons

LIGHT: Final = 0.0601  # legal forms and particles: in too many names to be looked up

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words` and then `joins` are the units; `pairs` tells each join's words, by `key`: "a b|c d".

    `weights`, `known` and `sounds` are of the words. Form `f` belongs to name `owners[f]`, weighs
    `totals[f]`, has the single letters `letters[f]` (a bit each), has words that begin with
    `begins[f]`, has a unit twice if `repeats[f]`, and has the units
    `units[form_starts[f]:form_starts[f + 1]]`. The forms of unit `u`, the other way round, are
    `postings[starts[u]:starts[u + 1]]`, ascending. What was written whole and in Latin letters is
    `plain[f]`; its words are those of `spoken` (by `key`) that `sequence` tells from
    `sequence_starts[f]` on. What is read so for a person only is `personal[f]`.
    `spoken_letters` and `spoken_begins` are the bits of those that are single letters and units,
    and of the first letters of all but legal forms.
    """

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    joins: tuple[str, ...]
    pairs: tuple[str, ...]
    weights: Weights
    known: npt.NDArray[np.bool_]
    owners: Numbers
    totals: Weights
    letters: npt.NDArray[np.uint32]
    begins: npt.NDArray[np.uint32]
    repeats: npt.NDArray[np.bool_]
    plain: npt.NDArray[np.bool_]
    personal: npt.NDArray[np.bool_]
    spoken: tuple[str, ...]
    spoken_letters: npt.NDArray[np.uint32]
    spoken_begins: npt.NDArray[np.uint32]
    sequence: Numbers
    sequence_starts: Places
    starts: Places
    postings: Numbers
    form_starts: Places
    units: Numbers

    @classmethod
    def build(cls, names: Sequence[str]) -> Vocabulary:
        """The vocabulary of names; the same names give the same arrays."""
        builder = _Builder()
        for owner, name in enumerate(names):
            for form in forms_once(name):
                builder.add(owner, form)
        return builder.vocabulary()

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything as arrays, texts as UTF-8 with their ends."""
        found: dict[str, npt.NDArray[Any]] = {name: getattr(self, name) for name in _NUMBERS}
        for name in _TEXTS:
            found |= packed(name, getattr(self, name))
        return found

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Vocabulary:
        """The vocabulary that `arrays` described."""
        texts: dict[str, Any] = {name: unpacked(name, arrays) for name in _TEXTS}
        numbers: dict[str, Any] = {name: arrays[name] for name in _NUMBERS}
        return cls(**texts, **numbers)


_TEXTS: Final = ("words", "sounds", "joins", "pairs", "spoken")
_NUMBERS: Final = (
    "weights", "known", "owners", "totals", "letters", "begins", "repeats", "plain", "personal",
    "spoken_letters", "spoken_begins", "sequence", "sequence_starts", "starts", "postings",
    "form_starts", "units",
)  # fmt: skip


def places(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where each text stands, ascending."""
    found: dict[str, tuple[int, ...]] = {}
    for place, text in enumerate(texts):
        before = found.get(text)
        found[text] = (place,) if before is None else (*before, place)
    return found


def packed(name: str, texts: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    """Texts as one array of UTF-8 and one of the ends of each, in characters."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    content = "".join(texts).encode("utf-8", "surrogatepass")
    return {name: np.frombuffer(content, np.uint8), f"{name}_ends": ends}


def unpacked(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> tuple[str, ...]:
    """The texts of `packed`."""
    text = arrays[name].tobytes().decode("utf-8", "surrogatepass")
    ends = arrays[f"{name}_ends"].tolist()
    return tuple([text[start:end] for start, end in zip([0, *ends], ends, strict=False)])


def letter_bit(text: str) -> int:
    """The bit of a letter; letters that are not of the alphabet a to z share one."""
    return 1 << (ord(text) - 97 if "a" <= text <= "z" else 26)


class _Builder:
    """An inverted index, built from forms as runs of word numbers.

    Each distinct word is looked at once, and each distinct pair of neighbors; all else is sorting.
    "Orchid Trading Ltd" and "Orchid Ltd" are the runs 0 1 2 and 0 2 of three words, with the
    neighbors (0, 1), (1, 2) and (0, 2); unit 0 ("orchid") has the postings 0, 1. O(n log n) in the
    words of all names.
    """

    def __init__(self) -> None:
        self._words: list[Word] = []  # as they are spoken: of one key each
        self._spoken: dict[str, int] = {}
        self._sequence: list[int] = []
        self._lengths: list[int] = []
        self._owners: list[int] = []
        self._plain: list[bool] = []
        self._personal: list[bool] = []

    def add(self, owner: int, form: Form) -> None:
        spoken, sequence = self._spoken, self._sequence
        for found in form.words:
            text = key(found) if found.legal else found.text
            number = spoken.get(text)
            if number is None:
                number = spoken[text] = len(spoken)
                self._words.append(found)
            sequence.append(number)
        self._lengths.append(len(form.words))
        self._owners.append(owner)
        self._plain.append(form.written and form.script == "LATIN")
        self._personal.append(form.reading == "person")

    def vocabulary(self) -> Vocabulary:
        said = self._words
        sequence = np.array(self._sequence, dtype=np.int64)
        ends = np.cumsum(np.array(self._lengths, dtype=np.int64))
        starts = np.concatenate(([0], ends)).astype(np.int64)
        count = len(self._lengths)
        forms = np.repeat(np.arange(count), self._lengths)
        numbers: dict[str, int] = {}
        units = [
            numbers.setdefault(one.text, len(numbers)) if one.weight >= LIGHT else -1
            for one in said
        ]
        unit = np.array(units, dtype=np.int64)[sequence]
        sounds = skeletons([one.text for one in said])
        joins, joined, joined_forms = self._joins(sequence, forms, sounds)
        where = np.concatenate((forms[unit >= 0], joined_forms))
        keys = np.concatenate((unit[unit >= 0], joined + len(numbers))) << 32 | where
        keys.sort()
        again = np.diff(keys, prepend=-1) == 0
        repeats = np.zeros(count, dtype=np.bool_)
        repeats[keys[again] & 0xFFFFFFFF] = True
        units_, where = keys[~again] >> 32, keys[~again] & 0xFFFFFFFF
        order = np.argsort(where, kind="stable")
        places = {one.text: place for place, one in enumerate(said) if units[place] >= 0}
        chosen = [places[text] for text in numbers]
        weights = np.array([one.weight for one in said], dtype=np.float64)
        known = np.array([one.known for one in said], dtype=np.bool_)
        letters, begins = _first_letters(said)
        return Vocabulary(
            words=tuple(numbers),
            sounds=tuple([sounds[place] for place in chosen]),
            joins=tuple(joins),
            pairs=tuple(map("|".join, joins.values())),
            weights=weights[chosen],
            known=known[chosen],
            owners=np.array(self._owners, dtype=np.int32),
            totals=np.bincount(forms, weights[sequence], minlength=count).astype(np.float64),
            letters=_union(letters[sequence], forms, count),
            begins=_union(begins[sequence], forms, count),
            repeats=repeats,
            plain=np.array(self._plain, dtype=np.bool_),
            personal=np.array(self._personal, dtype=np.bool_),
            spoken=tuple(self._spoken),
            spoken_letters=letters,
            spoken_begins=begins,
            sequence=sequence.astype(np.int32),
            sequence_starts=starts,
            starts=np.searchsorted(units_, np.arange(len(numbers) + len(joins) + 1)),
            postings=where.astype(np.int32),
            form_starts=np.searchsorted(where[order], np.arange(count + 1)),
            units=units_[order].astype(np.int32),
        )

    def _joins(
        self, sequence: Places, forms: Places, sounds: Sequence[str]
    ) -> tuple[dict[str, list[str]], Places, Places]:
        """The pairs of words of each join, by sound; then each join that stands in a form."""
        both = sequence[:-1] << 32 | sequence[1:]
        beside = np.flatnonzero(forms[:-1] == forms[1:])
        pairs, which = np.unique(both[beside], return_inverse=True)
        said, texts = self._words, tuple(self._spoken)
        numbers: dict[str, int] = {}
        found: dict[str, list[str]] = {}
        joins = np.full(len(pairs), -1, dtype=np.int64)
        for place, (one, other) in enumerate(
            zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True)
        ):
            if joinable(said[one], said[other]):
                sound = joined_sounds(sounds[one], sounds[other])
                joins[place] = numbers.setdefault(sound, len(numbers))
                found.setdefault(sound, []).append(f"{texts[one]} {texts[other]}")
        own = joins[which]
        return found, own[own >= 0], forms[beside[own >= 0]]


def _first_letters(said: Sequence[Word]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Of each word its bit where it is a letter that counts, and that of its first letter."""
    begins = [
        letter_bit(one.text[0]) if one.text[:1].isalpha() and not one.legal else 0 for one in said
    ]
    letters = [
        letter_bit(one.text)
        if one.weight >= LIGHT and len(one.text) == 1 and one.text.isalpha()
        else 0
        for one in said
    ]
    return np.array(letters, dtype=np.uint32), np.array(begins, dtype=np.uint32)


def _union(bits: npt.NDArray[np.uint32], forms: Places, count: int) -> npt.NDArray[np.uint32]:
    """The bits of the words of each form together."""
    found = np.zeros(count, dtype=np.uint32)
    np.bitwise_or.at(found, forms, bits)
    return found
