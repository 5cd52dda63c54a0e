"""Names of chips: which chip a text means, exactly or not at all.

A text is looked for, in this order, as a name of the tables; without the words that only say the
vendor or the product line; and as a model with its form and memory in any order. A name that fits
several chips is read as the one to which the alias column gives it only where all of them classify
alike on every day; otherwise it is unknown, with the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from compliance.chips.chip import Chip
from compliance.chips.spelling import LONGEST, key, tokens
from compliance.errors import Problem, UnknownNameError

_FORM: Final = re.compile(r"sxm\d?|pcie|oam")
_MEMORY: Final = re.compile(r"(\d+)gb?")
_MEMORY_TYPE: Final = re.compile(r"hbm\d\w*|gddr\d\w*")
_NOTE: Final = re.compile(r"\(.*?\)")
_NEAR: Final = 5


@dataclass(frozen=True, slots=True)
class VendorWords:
    """Words before a name that say only the vendor (`brands`) or its product line (`lines`)."""

    brands: frozenset[str]
    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: what is left is `base`; None where a part is not said."""

    base: str
    form: str | None
    memory: str | None
    memory_type: str | None

    @classmethod
    def of(cls, words: Sequence[str]) -> Parts:
        """Take the words of a name apart."""
        base: list[str] = []
        said: dict[str, str] = {}
        for word in words:
            for part, pattern in (
                ("form", _FORM),
                ("memory", _MEMORY),
                ("memory_type", _MEMORY_TYPE),
            ):
                if base and part not in said and pattern.fullmatch(word):
                    said[part] = word.removesuffix("gb").removesuffix("g")
                    break
            else:
                base.append(word)
        return cls(key(tuple(base)), *map(said.get, ("form", "memory", "memory_type")))

    def fits(self, chip: Chip) -> bool:
        """Whether nothing said contradicts the chip."""
        form, memory = chip.form.casefold(), chip.specification.memory_gb
        memory_type = (chip.specification.memory_type or "").casefold()
        return (
            (self.form is None or form == self.form or (self.form == "sxm" and "sxm" in form))
            and (self.memory is None or (memory is not None and f"{memory:f}" == self.memory))
            and (self.memory_type is None or memory_type == self.memory_type)
        )


@dataclass(frozen=True, slots=True)
class ChipNames:
    """The index of names. Build it with `of`."""

    chips: tuple[Chip, ...]
    vendors: Mapping[str, VendorWords]
    generic: frozenset[str]
    ambiguous: Mapping[str, tuple[str, ...]]
    _named: Mapping[str, tuple[Chip, ...]]
    _short: Mapping[str, tuple[Chip, ...]]
    _bases: Mapping[str, tuple[Chip, ...]]
    _own: Mapping[str, frozenset[str]]
    _leading: frozenset[str]
    _alike: Callable[[tuple[Chip, ...]], bool]

    @classmethod
    def of(
        cls,
        chips: tuple[Chip, ...],
        vendors: Mapping[str, VendorWords],
        generic: frozenset[str],
        aliases: Mapping[str, str],
        ambiguous: Mapping[str, tuple[str, ...]],
        alike: Callable[[tuple[Chip, ...]], bool],
    ) -> ChipNames:
        """Index models, the alias column and `aliases` (name -> model)."""
        named: dict[str, list[Chip]] = {}
        short: dict[str, list[Chip]] = {}
        bases: dict[str, list[Chip]] = {}
        own: dict[str, frozenset[str]] = {}
        extra: dict[str, list[str]] = {}
        for name, model in aliases.items():
            extra.setdefault(model, []).append(name)
        for chip in chips:
            words = vendors[chip.vendor]
            leading = words.brands | words.lines
            names = (chip.model, *chip.aliases, *extra.get(chip.model, ()))
            seen: set[str] = set()
            for name in names:
                parts = tokens(name)
                seen.update(parts)
                _enter(named, key(parts), chip)
                for rest in _shortened(parts, leading):
                    _enter(short, key(rest), chip)
            own[chip.model] = words.brands | (words.lines & seen)
            model_words = tokens(_NOTE.sub("", chip.model))
            base = Parts.of(_shortened(model_words, leading)[-1]).base
            _enter(bases, base, chip)
        folded = {key(tokens(name)): models for name, models in ambiguous.items()}
        return cls(
            chips,
            vendors,
            generic,
            folded,
            _frozen(named),
            _frozen(short),
            _frozen(bases),
            own,
            frozenset().union(*(each.brands | each.lines for each in vendors.values())),
            alike,
        )

    def find(self, text: str) -> Chip:
        """The chip that a text names.

        Raises:
            UnknownNameError: no chip, with near spellings, or several, with the candidates.
        """
        words = tokens(text) if len(text) <= LONGEST else ()
        for stripped, rest in self._readings(words):
            models = self.ambiguous.get(key(rest))
            if models is not None:
                raise _ambiguous(text, models)
            chips = self._candidates(stripped, rest)
            if chips:
                return self._one(text, rest, chips)
        raise self._unknown(text)

    def _readings(self, words: tuple[str, ...]) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
        """The text as it is, then less and less of it, with the vendors' words taken away.

        Generic words go from its end, words of vendors and their lines from its front.
        """
        while words:
            taken: frozenset[str] = frozenset()
            for index, word in enumerate(words):
                yield taken, words[index:]
                if word not in self._leading:
                    break
                taken |= {word}
            words = words[:-1] if words[-1] in self.generic else ()

    def _candidates(self, stripped: frozenset[str], rest: tuple[str, ...]) -> tuple[Chip, ...]:
        for table in (self._named, self._short):
            chips = self._of_vendor(table.get(key(rest), ()), stripped)
            if chips:
                return chips
        parts = Parts.of(rest)
        chips = self._of_vendor(self._bases.get(parts.base, ()), stripped)
        return tuple(chip for chip in chips if parts.fits(chip))

    def _of_vendor(self, chips: tuple[Chip, ...], stripped: frozenset[str]) -> tuple[Chip, ...]:
        return tuple(chip for chip in chips if stripped <= self._own[chip.model])

    def _one(self, text: str, rest: tuple[str, ...], chips: tuple[Chip, ...]) -> Chip:
        """The only candidate, or the one that the alias column makes the default."""
        if len(chips) == 1:
            return chips[0]
        defaults = {key(rest), Parts.of(rest).base}
        named = [c for c in chips if any(key(tokens(alias)) in defaults for alias in c.aliases)]
        if not named or not self._alike(chips):
            raise _ambiguous(text, tuple(chip.model for chip in chips))
        return named[0]

    def _unknown(self, text: str) -> UnknownNameError:
        names = {name: chip.model for chip in self.chips for name in (chip.name, *chip.aliases)}
        folded = {key(tokens(name)): model for name, model in sorted(names.items())}
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - a slow import, only for suggestions

        near = process.extract(
            key(tokens(text[:LONGEST])), folded.keys(), scorer=fuzz.ratio, limit=20, score_cutoff=60
        )
        ranked = sorted(near, key=lambda found: (-found[1], found[0]))
        choices = list(dict.fromkeys(folded[choice] for choice, *_ in ranked))[:_NEAR]
        hint = f"did you mean {', '.join(choices)}?" if choices else ""
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
        return UnknownNameError(
            Problem.at(f"no chip is called {shown!r}", hint=hint, code=UnknownNameError.code)
        )


def _ambiguous(text: str, models: tuple[str, ...]) -> UnknownNameError:
    return UnknownNameError(
        Problem.at(
            f"{text!r} names more than one chip",
            hint=f"one of {', '.join(models)}",
            code=UnknownNameError.code,
        )
    )


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
