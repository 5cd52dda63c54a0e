"""Reads texts into chips and systems: the label around a name, the name, and what is said again.

A label that machines print is taken off first where the rest is then a name. Nothing is matched by
likeness: a text that fits nothing is an error with near spellings of the same family.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.chips.apposition import alternatives, restated
from compliance.chips.canonical_key import LONGEST, folded, key
from compliance.chips.chip import Chip
from compliance.chips.interpretation import WHOLE, Reading
from compliance.chips.label_words import LabelWords
from compliance.chips.labels import Label, in_brackets, labels
from compliance.chips.name_lookup import ChipNames
from compliance.chips.suggestions import offered, suggested
from compliance.chips.systems import System, Systems
from compliance.errors import Problem, UnknownNameError

_OF_SEVEN: Final = 7
_BY_MEMORY: Final = "NVIDIA"
_SIZED: Final = re.compile(r"[a-z0-9]\.(?:nano|micro|small|medium|large)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts by the tables of a rule set.

    `written` are words of other scripts and what they are in Latin letters; `boards` are the words
    of virtual GPUs and the model on the board; `cased` are whole texts whose capitals decide.
    """

    names: ChipNames
    systems: Systems
    label_words: LabelWords
    written: Mapping[str, str]
    boards: Mapping[str, Chip]
    cased: Mapping[str, Chip]

    def read(self, text: str) -> Reading:
        """What a text names.

        Raises:
            UnknownNameError: nothing that is known, with near spellings.
        """
        found = self.reading(text)
        if found is None:
            raise self._unknown(text)
        return found

    def reading(self, text: str) -> Reading | None:
        """The same; None where it names nothing that is known."""
        cased = self.cased.get(text.strip())
        if cased is not None:
            return Reading((cased,))
        if len(text) > LONGEST or _SIZED.search(text):  # "m4.large" is a type of instance
            return None
        latin = self._latin(text)
        found = self._labelled(latin) or restated(latin, self._labelled)
        products = in_brackets(folded(latin), self.label_words)
        for several in () if found else (latin, *products):
            found = found or alternatives(several, self._labelled)
        return found

    def _labelled(self, text: str) -> Reading | None:
        """What a text names once, with its label."""
        for label in labels(text, self.label_words):
            chip = self.names.has(label.name)
            found = (
                (None if chip else self._system(label, self.systems.named))
                or self._chip(label)
                or self._system(label, self.systems.described)
            )
            if found is not None:
                return found
        return None

    def _latin(self, text: str) -> str:
        if text.isascii():
            return text
        latin = folded(text)
        for word, instead in self.written.items():
            latin = latin.replace(word, f" {instead} ")
        return latin.strip()

    def _chip(self, label: Label) -> Reading | None:
        chips = self._board(label) if label.profile else ()
        chips = chips or self.names.candidates(label.name)
        if label.glued and self.names.candidates(f"{label.name}x"):
            return None  # "a100x8" may be eight of the A100X
        if not chips or (label.profile and not _holds(chips, label.memory_gb)):
            return None
        said = (label.before, label.within, label.after, label.quantity)
        size = 1
        for number in said:
            size *= number or 1
        counted = any(number is not None for number in said)
        return Reading(chips, (size,), _share(label, chips), counted=counted)

    def _board(self, label: Label) -> tuple[Chip, ...]:
        words = self.names.vocabulary.words(label.name)
        for _, rest in self.names.readings(words):
            board = self.boards.get(key(rest))
            if board is not None:
                return (board,)
        return ()

    def _system(self, label: Label, find: Callable[[str], System | None]) -> Reading | None:
        if label.profile or label.glued:
            return None
        found = find(label.name)
        if found is None:
            return None
        sizes = _within(found, label)
        sizes = {size * (label.before or 1) * (label.quantity or 1) for size in sizes}
        if label.after is not None:
            # "HGX H100 x8" may be eight boards, or the board of eight.
            inside = {label.after} if label.after in found.sizes else set()
            sizes = inside | {size * label.after for size in sizes}
        said = (label.before, label.within, label.after, label.quantity)
        counted = any(number is not None for number in said)
        return Reading(
            found.chips,
            tuple(sorted(sizes)),
            system=found.name,
            scale=found.scale,
            counted=counted,
        )

    def _unknown(self, text: str) -> UnknownNameError:
        hint = offered(suggested(self._latin(text[:LONGEST]), self.names))
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
        return UnknownNameError(
            Problem.at(f"no chip is called {shown!r}", hint=hint, code=UnknownNameError.code)
        )


def _within(system: System, label: Label) -> set[int]:
    """The sizes of a system, narrowed by what the text says is in it; both where they differ."""
    if label.within is None:
        return set(system.sizes)
    if label.within in system.sizes or not system.sizes:
        return {label.within}
    return {label.within, *system.sizes}


def _holds(chips: tuple[Chip, ...], memory_gb: int) -> bool:
    """Whether a chip has as much memory as a virtual GPU of it is said to have."""
    sizes = [chip.specification.memory_gb for chip in chips]
    return any(size is None or size >= memory_gb for size in sizes)


def _share(label: Label, chips: tuple[Chip, ...]) -> Fraction:
    """The part of a chip: of its compute or of its memory, whichever is more.

    Only NVIDIA's profiles count gigabytes; others count cores ("Ascend310P-4c"): the whole chip.
    """
    of_memory = not label.profile or all(chip.vendor == _BY_MEMORY for chip in chips)
    if not label.memory_gb or not of_memory:
        return WHOLE
    sizes = [chip.specification.memory_gb for chip in chips]
    parts = [Fraction(label.memory_gb) / Fraction(size) if size else WHOLE for size in sizes]
    return min(WHOLE, max(*parts, Fraction(label.compute, _OF_SEVEN)))
