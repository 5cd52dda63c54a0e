"""Systems: names of boards, servers, racks, pods and instance families, and the chips in each.

None of them is one chip. Where a name is sold with several numbers of chips all of them are
possible, and where it leaves the number open none is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from compliance.chips.canonical_key import folded, key
from compliance.chips.chip import Chip
from compliance.chips.name_lookup import ChipNames
from compliance.chips.system_table import Scale, SystemTable

_BESIDE_A_SLICE: Final = frozenset({"tpu", "vm"})
_CHIPS: Final = frozenset({"chip", "chips"})
_JOINED: Final = re.compile(r"[a-z0-9][\-_]\d+\b")
_LINK: Final = re.compile(r"nvl[\s\-]+(?=\d+(?:[\s\-]|$))")


@dataclass(frozen=True, slots=True)
class System:
    """A system by name: the chips that it may hold, and how many; no number where any is possible.

    `scale` is None where the words say only that it holds chips ("H100 server").
    """

    name: str
    chips: tuple[Chip, ...]
    sizes: tuple[int, ...]
    scale: Scale | None


@dataclass(frozen=True, slots=True)
class Systems:
    """The index of systems. Build it with `of`."""

    names: ChipNames
    table: SystemTable
    _whole: Mapping[str, System]
    _exact: Mapping[str, System]
    _models: Mapping[str, Chip]

    @classmethod
    def of(cls, table: SystemTable, names: ChipNames) -> Systems:
        """Index the table; its models exist."""
        models = {chip.model: chip for chip in names.chips}
        whole: dict[str, System] = {}
        exact: dict[str, System] = {}
        for name, row in table.systems.items():
            chips = tuple(models[model] for model in row.chip)
            system = System(name, chips, row.chips, row.scale)
            if row.exact:
                exact[folded(name)] = system
            else:
                whole[key(names.vocabulary.words(name))] = system
        return cls(names, table, whole, exact, models)

    def find(self, text: str) -> System | None:
        """The system that a text names, or None: a whole name, a slice, or words beside a chip."""
        return self.named(text) or self.described(text)

    def named(self, text: str) -> System | None:
        """The system that has a text for its name, or the Cloud TPU slice that it is."""
        found = self._exact.get(folded(text))
        if found is not None:
            return found
        words = self._words(text)
        by_chips = not _CHIPS.isdisjoint(words)  # "TPU v4 4096 chips" is no slice of 4096 cores
        apart = not _JOINED.search(folded(text))
        for stripped, rest in self.names.readings(words):
            found = self._whole.get(key(rest)) or (
                None if by_chips else self._slice(rest, apart=apart)
            )
            if found is not None and all(stripped <= self.names.own(chip) for chip in found.chips):
                return found
        return None

    def _words(self, text: str) -> tuple[str, ...]:
        return self.names.vocabulary.words(_LINK.sub("nvl", folded(text)))

    def _slice(self, words: tuple[str, ...], *, apart: bool) -> System | None:
        """A slice by its name; a number that stands `apart` may also be one of chips."""
        words = tuple(word for word in words if word not in _BESIDE_A_SLICE)
        if len(words) < 2 or not words[-1].isdecimal():
            return None
        row = self.table.slices.get(key(words[:-1]))
        if row is None or int(words[-1]) % row.cores or not int(words[-1]):
            return None
        number = int(words[-1])
        sizes = {number // row.cores, number} if apart else {number // row.cores}
        chips = (self._models[row.chip],)
        return System("-".join(words), chips, tuple(sorted(sizes)), "board")

    def described(self, text: str) -> System | None:
        """Words of lines and machines beside the name of a chip or of a system."""
        words = self._words(text)
        containers = self.table.containers
        one = [word for word in words if word in containers.one]
        many = [word for word in words if word in containers.many]
        lines = [word for word in words if word in self.table.lines]
        if not (one or many or lines):
            return None
        beside = {*one, *many}
        within = tuple(word for word in words if word not in beside)
        inner = self.find(" ".join(within)) if beside else None
        if inner is not None:
            sizes = () if many else inner.sizes
            return System(" ".join(words), inner.chips, sizes, None if many else inner.scale)
        rest = tuple(word for word in within if word not in self.table.lines)
        chips = self.names.of_words(rest)
        # Not the first word: "2 GB200 NVL72" are two of them.
        numbers = [int(word) for word in rest if word.isdecimal() and word != words[0]]
        if not chips and lines and len(numbers) == 1:  # "HGX-8 H100"
            chips = self.names.of_words(tuple(word for word in rest if not word.isdecimal()))
        if not chips and rest and lines:
            inner = self.find(
                " ".join(rest)
            )  # "Trn2 UltraServer": a family, and a larger one of it
            chips = () if inner is None else inner.chips
        if not chips:
            return None
        name = " ".join(words)
        if beside:
            return System(name, chips, (), None)
        sized = [(self._sizes(line, chips), self.table.lines[line].scale) for line in lines]
        if any(not sizes for sizes, _ in sized):
            return System(name, chips, (), "pod")
        sizes, scale = max(sized, key=lambda each: max(each[0]))
        agreed = set.intersection(*(set(each) for each, _ in sized))  # "DGX Rubin NVL8"
        sizes = tuple(agreed) or sizes
        if numbers and chips != self.names.of_words(rest):
            sizes = tuple(numbers) if numbers[0] in sizes else (*sizes, *numbers)
        return System(name, chips, tuple(sorted(sizes)), scale)

    def _sizes(self, line: str, chips: tuple[Chip, ...]) -> tuple[int, ...]:
        """The numbers of a line for these chips together; none where one of them has any."""
        row = self.table.lines[line]
        each = [row.of.get(chip.model, row.chips) for chip in chips]
        return tuple(sorted({n for sizes in each for n in sizes})) if all(each) else ()

    def on_card(self, chip: Chip) -> int:
        """How many chips of this model a card carries."""
        return self.table.cards.get(chip.model, 1)
