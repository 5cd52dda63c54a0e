"""The words of many names, where they stand, and what each name weighs: the arrays of an index.

A unit is a word, or the sound of two neighbors written as one. A form (a name may have several, see
`forms`) is known by the name it belongs to, its weight, its units and its single letters. Words
that weigh next to nothing are no units. Everything is kept as arrays and texts, so that it is
written and read without being computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Form, forms_once
from compliance.names.spelling import joined_skeleton, skeleton
from compliance.names.words import Word, joinable, key, word

LIGHT: Final = 0.0601  # legal forms and particles: in too many names to be looked up

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words` and then `joins` are the units; `pairs` tells each join's words, by `key`: "a b|c d".

    `weights`, `known` and `sounds` are of the words. Form `f` belongs to name `owners[f]`, weighs
    `totals[f]`, is `joined[f]` written as one word, has the single letters `letters[f]` (a bit
    each), has words that begin with `begins[f]`, has a unit twice if `repeats[f]`, and has the
    units `units[form_starts[f]:form_starts[f + 1]]`. The forms of unit `u`, the other way round,
    are `postings[starts[u]:starts[u + 1]]`, ascending. What was written whole and in Latin letters
    is `plain[f]`; its words are those of `spoken` (by `key`) that `sequence` tells from
    `sequence_starts[f]` on. What is read so for a person only is `personal[f]`.
    """

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    joins: tuple[str, ...]
    pairs: tuple[str, ...]
    joined: tuple[str, ...]
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


_TEXTS: Final = ("words", "sounds", "joins", "pairs", "joined", "spoken")
_NUMBERS: Final = (
    "weights", "known", "owners", "totals", "letters", "begins", "repeats", "plain", "personal",
    "sequence", "sequence_starts", "starts", "postings", "form_starts", "units",
)  # fmt: skip


def places(texts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where each text stands, ascending."""
    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        found.setdefault(text, []).append(place)
    return {text: tuple(numbers) for text, numbers in found.items()}


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
    """Units numbered as they are met, words and joins apart."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._joins: dict[str, int] = {}
        self._pairs: list[dict[str, None]] = []
        self._of_words: tuple[list[int], list[int]] = ([], [])  # unit, form
        self._of_joins: tuple[list[int], list[int]] = ([], [])
        self._owners: list[int] = []
        self._totals: list[float] = []
        self._letters: list[int] = []
        self._begins: list[int] = []
        self._repeats: list[bool] = []
        self._plain: list[bool] = []
        self._personal: list[bool] = []
        self._spoken: dict[str, int] = {}
        self._sequence: list[int] = []
        self._sequence_starts: list[int] = [0]
        self._joined: list[str] = []

    def add(self, owner: int, form: Form) -> None:
        number = len(self._owners)
        letters = begins = 0
        before: Word | None = None
        spoken = self._spoken
        words, joins = len(self._of_words[0]), len(self._of_joins[0])
        for found in form.words:
            text = found.text
            self._sequence.append(spoken.setdefault(key(found), len(spoken)))
            if not found.legal and text[:1].isalpha():
                begins |= letter_bit(text[0])
            if found.weight >= LIGHT:
                self._of_words[0].append(self._words.setdefault(text, len(self._words)))
                self._of_words[1].append(number)
                if len(text) == 1 and text.isalpha():
                    letters |= letter_bit(text)
            if before is not None and joinable(before, found):
                self._add_join(before, found, number)
            before = found
        self._owners.append(owner)
        self._totals.append(form.total)
        self._letters.append(letters)
        self._begins.append(begins)
        units = self._of_words[0][words:], self._of_joins[0][joins:]
        self._repeats.append(any(len(set(own)) < len(own) for own in units))
        self._plain.append(form.written and form.script == "LATIN")
        self._personal.append(form.reading == "person")
        self._sequence_starts.append(len(self._sequence))
        self._joined.append(form.joined)

    def _add_join(self, first: Word, second: Word, number: int) -> None:
        sound = joined_skeleton(first.text, second.text)
        unit = self._joins.setdefault(sound, len(self._joins))
        if unit == len(self._pairs):
            self._pairs.append({})
        self._pairs[unit][f"{key(first)} {key(second)}"] = None
        self._of_joins[0].append(unit)
        self._of_joins[1].append(number)

    def vocabulary(self) -> Vocabulary:
        units = np.concatenate(
            (
                np.array(self._of_words[0], dtype=np.int64),
                np.array(self._of_joins[0], dtype=np.int64) + len(self._words),
            )
        )
        where = np.array(self._of_words[1] + self._of_joins[1], dtype=np.int64)
        both = np.unique(units << 32 | where)
        units, where = both >> 32, both & 0xFFFFFFFF
        count = len(self._words) + len(self._joins)
        order = np.argsort(where, kind="stable")
        words = [word(text) for text in self._words]
        return Vocabulary(
            words=tuple(self._words),
            sounds=tuple(map(skeleton, self._words)),
            joins=tuple(self._joins),
            pairs=tuple("|".join(found) for found in self._pairs),
            joined=tuple(self._joined),
            weights=np.array([found.weight for found in words], dtype=np.float64),
            known=np.array([found.known for found in words], dtype=np.bool_),
            owners=np.array(self._owners, dtype=np.int32),
            totals=np.array(self._totals, dtype=np.float64),
            letters=np.array(self._letters, dtype=np.uint32),
            begins=np.array(self._begins, dtype=np.uint32),
            repeats=np.array(self._repeats, dtype=np.bool_),
            plain=np.array(self._plain, dtype=np.bool_),
            personal=np.array(self._personal, dtype=np.bool_),
            spoken=tuple(self._spoken),
            sequence=np.array(self._sequence, dtype=np.int32),
            sequence_starts=np.array(self._sequence_starts, dtype=np.int64),
            starts=np.searchsorted(units, np.arange(count + 1)).astype(np.int64),
            postings=where.astype(np.int32),
            form_starts=np.searchsorted(where[order], np.arange(len(self._owners) + 1)).astype(
                np.int64
            ),
            units=units[order].astype(np.int32),
        )
