"""Names of chips: which chips a text may mean, exactly or not at all.

A text is looked for, in this order, as a name of the tables; without the words that only say the
vendor or the product line; and as a model with its form and memory in any order. A name that fits
several chips is read as the one to which the alias column gives it only where all of them classify
alike on every day; otherwise all that fit are its candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from compliance.chips.canonical_key import key
from compliance.chips.chip import Chip
from compliance.chips.classifier import Classifier
from compliance.chips.name_tables import Vocabulary

_MEMORY: Final = re.compile(r"(\d+)gb")
_PARTS: Final = {
    "form": re.compile(r"sxm\d?|pcie|oam|nvlink"),
    "memory": _MEMORY,
    "memory_type": re.compile(r"hbm\d\w*|gddr\d\w*"),
}
_JOINED: Final = re.compile(r"(\w*\d\w*?)(\d+)g(?:b|ib)?")
_JOINED_FORM: Final = re.compile(r"(\w*\d\w*?)(sxm\d?|pcie|oam)")
_PLURAL: Final = re.compile(r"\w*\d\w*s")
_NOTE: Final = re.compile(r"\(.*?\)")
_LINKED: Final = ("sxm", "superchip")


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: what is left is `base`; None where a part is not said."""

    base: str
    form: str | None
    memory: str | None
    memory_type: str | None

    @classmethod
    def of(cls, words: Sequence[str]) -> Parts:
        """Take the words of a name apart; the name of a bridge says nothing beside a slot."""
        base: list[str] = []
        said: dict[str, str] = {}
        for word in words:
            part = next((part for part, like in _PARTS.items() if like.fullmatch(word)), "")
            early = not base and part != "memory"  # "80GB A100", but no name begins with a form
            if not part or early or said.get(part, "nvlink") != "nvlink":
                if not base or word != "nvlink":
                    base.append(word)
            else:
                said[part] = word.removesuffix("gb")
        return cls(key(tuple(base)), *map(said.get, ("form", "memory", "memory_type")))

    def fits(self, chip: Chip) -> bool:
        """Whether nothing said contradicts the chip."""
        memory_type = (chip.specification.memory_type or "").casefold()
        return (
            self._form_fits(chip.form.casefold())
            and (self.memory is None or self.memory in _memory(chip))
            and (self.memory_type is None or memory_type == self.memory_type)
        )

    def _form_fits(self, form: str) -> bool:
        if self.form in {"sxm", "nvlink"}:
            return form.startswith(_LINKED)
        return self.form is None or form == self.form


@dataclass(frozen=True, slots=True)
class ChipNames:
    """The index of names. Build it with `of`."""

    chips: tuple[Chip, ...]
    vocabulary: Vocabulary
    bases: Mapping[str, tuple[Chip, ...]]
    _full: frozenset[str]
    _named: Mapping[str, tuple[Chip, ...]]
    _short: Mapping[str, tuple[Chip, ...]]
    _sets: Mapping[str, tuple[Chip, ...]]
    _own: Mapping[str, frozenset[str]]
    _defaults: Mapping[str, frozenset[str]]
    _leading: frozenset[str]
    _classifier: Classifier

    @classmethod
    def of(
        cls,
        chips: tuple[Chip, ...],
        vocabulary: Vocabulary,
        classifier: Classifier,
    ) -> ChipNames:
        """Index models, the alias column and the tables; the classifier compares classes."""
        named: dict[str, list[Chip]] = {}
        short: dict[str, list[Chip]] = {}
        bases: dict[str, list[Chip]] = {}
        own: dict[str, frozenset[str]] = {}
        defaults: dict[str, frozenset[str]] = {}
        extra: dict[str, list[str]] = {}
        for alias, model in vocabulary.aliases.items():
            extra.setdefault(model, []).append(alias)
        for chip in chips:
            vendor = vocabulary.vendors[chip.vendor]
            names = (chip.model, *chip.aliases, *extra.get(chip.model, ()))
            spelled = [
                words
                for name in names
                for full in [vocabulary.words(name)]
                for words in dict.fromkeys((full, vocabulary.telling(full)))
                if words
            ]
            given: set[str] = set()
            for words in spelled:
                _enter(named, key(words), chip)
                for rest in _shortened(words, vendor.leading):
                    _enter(short, key(rest), chip)
            for alias in chip.aliases:
                tails = _shortened(vocabulary.words(alias), vendor.leading)
                given.update(map(key, tails))
            own[chip.model] = vendor.of(frozenset(word for words in spelled for word in words))
            defaults[chip.model] = frozenset(given)
            plain = vocabulary.telling(vocabulary.words(_NOTE.sub("", chip.model)))
            for words in (plain, *spelled[1:]):
                for rest in _shortened(words, vendor.leading):
                    _enter(bases, Parts.of(rest).base, chip)
        full = frozenset(
            key(vocabulary.words(name))
            for chip in chips
            for name in (chip.model, chip.name, *chip.aliases, *extra.get(chip.model, ()))
        )
        models = {chip.model: chip for chip in chips}
        leading = frozenset().union(*(each.leading for each in vocabulary.vendors.values()))
        sets = {
            spelled: tuple(map(models.__getitem__, vocabulary.sets[name]))
            for spelled, name in _spelled_sets(vocabulary, leading).items()
        }
        return cls(
            chips,
            vocabulary,
            _frozen(bases),
            full,
            _frozen(named),
            _frozen(short),
            sets,
            own,
            defaults,
            leading,
            classifier,
        )

    def own(self, chip: Chip) -> frozenset[str]:
        """The words that may stand before any name of a chip and say no more."""
        return self._own[chip.model]

    def has(self, text: str) -> bool:
        """Whether a text is a name of the tables as it stands, nothing taken away."""
        return key(self.vocabulary.words(text)) in self._full

    def candidates(self, text: str) -> tuple[Chip, ...]:
        """The chips that a name may mean: one, several that it fits alike, or none."""
        return self.of_words(self.vocabulary.words(text))

    def of_words(self, words: tuple[str, ...]) -> tuple[Chip, ...]:
        """The same for the words of a name, as `Vocabulary.words` gives them."""
        for stripped, rest in self.readings(words):
            chips = self._fitting(stripped, rest)
            if chips:
                return self._narrowed(rest, chips)
        return ()

    def readings(self, words: tuple[str, ...]) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
        """The words as they are, then without what says nothing, then not of many.

        Of each, the whole and the rest behind every word of a vendor.
        """
        telling = self.vocabulary.telling(words)
        for said in dict.fromkeys((words, telling, _of_one(telling))):
            taken: frozenset[str] = frozenset()
            for index, word in enumerate(said):
                yield taken, said[index:]
                if word not in self._leading:
                    break
                taken |= {word}

    def _fitting(self, stripped: frozenset[str], rest: tuple[str, ...]) -> tuple[Chip, ...]:
        for table in (self._sets, self._named, self._short):
            chips = self._of_vendor(table.get(key(rest), ()), stripped)
            if chips:
                return chips
        for words in (rest, *_split(rest)):
            parts = Parts.of(words)
            known = self._sets.get(parts.base, self.bases.get(parts.base, ()))
            known = self._of_vendor(known, stripped)
            chips = tuple(filter(parts.fits, known))
            if not chips and parts.form == "nvlink":  # a bridge between two cards
                chips = tuple(filter(replace(parts, form=None).fits, known))
            if chips:
                return chips
        return ()

    def _of_vendor(self, chips: tuple[Chip, ...], stripped: frozenset[str]) -> tuple[Chip, ...]:
        return tuple(chip for chip in chips if stripped <= self._own[chip.model])

    def _narrowed(self, rest: tuple[str, ...], chips: tuple[Chip, ...]) -> tuple[Chip, ...]:
        """The candidates, or the one that the alias column makes the default of the name."""
        if len(chips) == 1:
            return chips
        tails = _shortened(rest, self._leading)
        said = {each for tail in tails for each in (key(tail), Parts.of(tail).base)}
        named = [chip for chip in chips if not said.isdisjoint(self._defaults[chip.model])]
        return (named[0],) if named and self._classifier.alike(chips) else chips


def _spelled_sets(vocabulary: Vocabulary, leading: frozenset[str]) -> dict[str, str]:
    """The spellings of each set: whole, which go before others, and without vendor and line.

    No bare number: "6000" is the end of too many names.
    """
    whole: dict[str, str] = {}
    short: dict[str, str] = {}
    for name in vocabulary.sets:
        first, *others = _shortened(vocabulary.words(name), leading)
        whole[key(first)] = name
        short.update({key(rest): name for rest in others if not key(rest).isdecimal()})
    return {**short, **whole}


def _memory(chip: Chip) -> frozenset[str]:
    """Every size of memory by which the chip goes, in whole gigabytes as names print it."""
    size = chip.specification.memory_gb
    sizes = chip.memory_marketed_gb if size is None else (size, *chip.memory_marketed_gb)
    return frozenset(f"{each:f}" for each in sizes)


def _split(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words with the form or the memory at the end of one apart: "a100pcie", "rtx409024gb"."""
    for index, word in enumerate(words):
        form = _JOINED_FORM.fullmatch(word)
        if form:
            yield (*words[:index], form[1], form[2], *words[index + 1 :])
        if _MEMORY.fullmatch(word) or not _JOINED.fullmatch(word):
            continue
        digits = word.rstrip("bgi")
        for cut in range(1, len(digits)):
            size = digits[cut:]
            if size.isdecimal() and size[0] != "0" and any(map(str.isdigit, digits[:cut])):
                yield (*words[:index], digits[:cut], f"{size}gb", *words[index + 1 :])


def _of_one(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the last one that has a number not in the plural: "RTX 4090s"."""
    if not words or not _PLURAL.fullmatch(words[-1]):
        return words
    return (*words[:-1], words[-1][:-1])


def _enter(table: dict[str, list[Chip]], name: str, chip: Chip) -> None:
    chips = table.setdefault(name, [])
    if chip not in chips:
        chips.append(chip)


def _frozen(table: dict[str, list[Chip]]) -> dict[str, tuple[Chip, ...]]:
    return {name: tuple(chips) for name, chips in table.items()}


def _shortened(words: tuple[str, ...], leading: frozenset[str]) -> list[tuple[str, ...]]:
    """The words, then without the first, the first two ... of `leading`; never none."""
    found = [words]
    while len(words) > 1 and words[0] in leading:
        words = words[1:]
        found.append(words)
    return found
