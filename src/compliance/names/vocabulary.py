"""The words of many names, where they stand, and what each name weighs: the arrays of an index.

A unit is a word, or the sound of two neighbors written as one. A form (a name may have several, see
`forms`) is known by the name it belongs to, its weight, and 128 signature bits of its units. Words
that weigh next to nothing are no units. Everything is kept as arrays and texts, so that it is
written and read without being computed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Form, Word, forms
from compliance.names.spelling import joined_skeleton, skeleton

LIGHT: Final = 0.0601  # legal forms and particles: in too many names to be looked up
_SPREAD: Final = 0x9E3779B1
_SHORTEST_JOIN: Final = 4

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`words` and `joins` are the units, in this order; `pairs` tells each join's words, "a b|c d".

    Form `f` belongs to name `owners[f]` and weighs `totals[f]`; `joined[f]` is its words as one.
    The forms of unit `u` are `postings[starts[u]:starts[u + 1]]`, ascending; its units, the other
    way round, are `units_of`.
    """

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    joins: tuple[str, ...]
    pairs: tuple[str, ...]
    joined: tuple[str, ...]
    owners: Numbers
    totals: Weights
    low: Bits
    high: Bits
    starts: npt.NDArray[np.int64]
    postings: Numbers
    form_starts: npt.NDArray[np.int64]
    units: Numbers

    @classmethod
    def build(cls, names: Sequence[str]) -> Vocabulary:
        """The vocabulary of names; the same names give the same arrays."""
        return _Builder().build(names)

    def units_of(self, form: int) -> list[int]:
        """The units of a form."""
        found: list[int] = self.units[self.form_starts[form] : self.form_starts[form + 1]].tolist()
        return found

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Everything as arrays, texts as UTF-8 with their ends."""
        found: dict[str, npt.NDArray[np.generic]] = {
            name: getattr(self, name)
            for name in _NUMBERS
        }
        for name in _TEXTS:
            found |= packed(name, getattr(self, name))
        return found

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Vocabulary:
        """The vocabulary that `arrays` described."""
        texts = {name: unpacked(name, arrays) for name in _TEXTS}
        rest = {
            name: arrays[name]
            for name in _NUMBERS
        }
        return cls(**texts, **rest)  # type: ignore[arg-type]  # the arrays' types are in the file


_NUMBERS: Final = (
    "owners", "totals", "low", "high", "starts", "postings", "form_starts", "units"
)
_TEXTS: Final = ("words", "sounds", "joins", "pairs", "joined")


def packed(name: str, texts: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """Texts as one array of UTF-8 and one of the ends of each."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}_ends": ends}


def unpacked(name: str, arrays: Mapping[str, npt.NDArray[np.generic]]) -> tuple[str, ...]:
    """The texts of `packed`."""
    content = arrays[name].tobytes()
    ends = arrays[f"{name}_ends"].tolist()
    text = content.decode("utf-8", "surrogatepass")
    if len(text) == len(content):  # ASCII: bytes are characters
        return tuple(text[i:j] for i, j in zip([0, *ends], ends, strict=False))
    return tuple(
        content[i:j].decode("utf-8", "surrogatepass")
        for i, j in zip([0, *ends], ends, strict=False)
    )


def signature(unit: int) -> int:
    """The signature bit of a unit, 0 to 127."""
    return (unit * _SPREAD >> 16) & 127


def joinable(first: Word, second: Word) -> bool:
    """Whether two neighbors may be written as one word."""
    return not first.legal and len(first.text) + len(second.text) >= _SHORTEST_JOIN


class _Builder:
    """Units numbered as they are met, words and joins apart."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.joins: dict[str, int] = {}
        self.pairs: list[dict[str, None]] = []
        self.word_forms: tuple[list[int], list[int]] = ([], [])  # unit, form
        self.join_forms: tuple[list[int], list[int]] = ([], [])
        self.owners: list[int] = []
        self.totals: list[float] = []
        self.joined: list[str] = []

    def build(self, names: Sequence[str]) -> Vocabulary:
        for owner, name in enumerate(names):
            for form in forms(name):
                self._add(owner, form)
        units = np.concatenate(
            (
                np.array(self.word_forms[0], dtype=np.int64),
                np.array(self.join_forms[0], dtype=np.int64) + len(self.words),
            )
        )
        where = np.array(self.word_forms[1] + self.join_forms[1], dtype=np.int64)
        count = len(self.words) + len(self.joins)
        both = np.unique(units << 32 | where)
        units, where = both >> 32, both & 0xFFFFFFFF
        bits = (units * _SPREAD >> 16) & 127
        low = np.zeros(len(self.owners), dtype=np.uint64)
        high = np.zeros(len(self.owners), dtype=np.uint64)
        for half, chosen in ((low, bits < 64), (high, bits >= 64)):
            np.bitwise_or.at(
                half, where[chosen], np.uint64(1) << (bits[chosen] & 63).astype(np.uint64)
            )
        order = np.argsort(where, kind="stable")
        return Vocabulary(
            words=tuple(self.words),
            sounds=tuple(map(skeleton, self.words)),
            joins=tuple(self.joins),
            pairs=tuple("|".join(found) for found in self.pairs),
            joined=tuple(self.joined),
            owners=np.array(self.owners, dtype=np.int32),
            totals=np.array(self.totals, dtype=np.float64),
            low=low,
            high=high,
            starts=np.searchsorted(units, np.arange(count + 1)).astype(np.int64),
            postings=where.astype(np.int32),
            form_starts=np.searchsorted(where[order], np.arange(len(self.owners) + 1)).astype(
                np.int64
            ),
            units=units[order].astype(np.int32),
        )

    def _add(self, owner: int, form: Form) -> None:
        number = len(self.owners)
        self.owners.append(owner)
        self.totals.append(form.total)
        self.joined.append(form.joined)
        before: Word | None = None
        for word in form.words:
            if word.weight >= LIGHT:
                self.word_forms[0].append(self.words.setdefault(word.text, len(self.words)))
                self.word_forms[1].append(number)
            if before is not None and joinable(before, word):
                sound = joined_skeleton(before.text, word.text)
                unit = self.joins.setdefault(sound, len(self.joins))
                if unit == len(self.pairs):
                    self.pairs.append({})
                self.pairs[unit][f"{before.text} {word.text}"] = None
                self.join_forms[0].append(unit)
                self.join_forms[1].append(number)
            before = word
