"""What an item is: the chip, or the chips that its name fits; and how many are in one of it.

A name that fits several chips leaves open only what they differ in. Chips are counted as many as
the words allow at most, so that a system is never one chip; words that contradict each other leave
the number unknown, with every reading of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any, Final, TypeVar

from compliance.chips import Catalogue, Chip
from compliance.errors import UnknownNameError
from compliance.model.item import Item
from compliance.model.specification import ChipSpecification

_WHOLE: Final = Fraction(1)
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Product:
    """What an item is, or why that is not known.

    `chips` are the catalogue's candidates and `specifications` theirs, or the one of the contract.
    `sizes`, `share`, `system` and `scale` are as `chips.Reading` gives them; `counted` says that
    the name or the instance type itself says how many chips are in one; (0,) is a type without any.
    """

    chips: tuple[Chip, ...] = ()
    specifications: tuple[ChipSpecification, ...] = ()
    sizes: tuple[int, ...] = (1,)
    share: Fraction = _WHOLE
    system: str = ""
    scale: str | None = None
    counted: bool = False
    reason: str = ""

    def shared(self, of: Callable[[Chip], T]) -> frozenset[T]:
        """What the candidates say: one value where they agree."""
        return frozenset(map(of, self.chips))

    def figures(self, name: str) -> frozenset[Any]:
        """A published figure of the candidates: one where they agree; None if it is not known."""
        return frozenset(getattr(each, name) for each in self.specifications)

    @property
    def names(self) -> str:
        """The candidates in words."""
        return " or ".join(chip.name for chip in self.chips)


def product_of(item: Item, catalogue: Catalogue) -> Product:
    """What an item names: by its instance type, its chip, or a datasheet."""
    try:
        if item.instance is not None:
            provider, kind = item.instance.provider, item.instance.type
            chip, number = catalogue.instance(provider, kind)
            if chip is None:
                return _without(provider, kind)
            sizes = () if number is None else (number,)
            part = catalogue.instance_type(provider, kind).share
            share = _WHOLE if part is None else min(_WHOLE, Fraction(part))
            return Product(
                (chip,), (chip.specification,), sizes, share, kind, "board", counted=True
            )
        if item.chip is not None:
            read = catalogue.read(item.chip)
            return Product(
                read.chips,
                tuple(chip.specification for chip in read.chips),
                read.sizes,
                read.share,
                read.system,
                read.scale,
                read.counted or bool(read.system),
            )
    except UnknownNameError as error:
        row = None if item.chip is None else catalogue.type_named(item.chip)
        if row is not None and not row.accelerated:
            return _without(row.provider, row.type)
        return Product(reason=str(error))
    if item.specification is not None:
        return Product(specifications=(item.specification,))
    return Product(reason="not given")


def _without(provider: str, kind: str) -> Product:
    """A type of instance that has no accelerator."""
    reason = f"{provider} {kind} has no accelerator"
    return Product(sizes=(0,), system=kind, counted=True, reason=reason)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many chips so many units are: every possible number, ascending; none where any is.

    `contradiction` says which words do not agree; without one the largest number counts.
    """

    numbers: tuple[int, ...]
    each: tuple[int, ...] = ()
    contradiction: str = ""


def amount(item: Item, product: Product, catalogue: Catalogue, units: int) -> Amount:
    """The number of chips in so many units of an item."""
    each, contradiction = _each(item, product, catalogue, units)
    numbers = {ceil(units * number * product.share) for number in each}
    return Amount(tuple(sorted(numbers)), tuple(sorted(each)), contradiction)


def _each(item: Item, product: Product, catalogue: Catalogue, units: int) -> tuple[set[int], str]:
    """The possible numbers of chips in one unit, and what does not agree."""
    sizes = set(product.sizes)
    if item.chips_per_unit is not None:
        return _stated_each(item.chips_per_unit, item.unit, product)
    if item.unit in ("chip", "card"):
        one = {1}
        if item.unit == "card" and product.chips:
            one = {catalogue.on_card(chip) for chip in product.chips}
        if not product.counted:
            return one, ""
        if not product.system and sizes == {units}:
            return one, ""  # "8x H100", eight chips: said twice
        said = f"the name holds {_words(product)} chips, and {item.unit}s are counted"
        return one | sizes, said
    if item.unit == "server" and product.scale in ("rack", "pod"):
        return set(), ""
    if item.unit == "rack" and product.scale != "rack":
        return set(), ""
    if item.unit in ("server", "rack", "instance") and not product.counted:
        return set(), ""
    return sizes, ""


def _stated_each(stated: int, unit: str | None, product: Product) -> tuple[set[int], str]:
    """The number stated for a unit, held against what the name itself says."""
    sizes = set(product.sizes)
    if not product.counted or not sizes or stated in sizes:
        return {stated}, ""
    if unit == "rack" and product.scale == "board" and any(stated % size == 0 for size in sizes):
        return {stated}, ""  # so many boards in a rack
    part = product.scale in ("rack", "pod") and unit == "server" and stated > 1
    if part and all(size % stated == 0 for size in sizes):
        return {stated}, ""  # so many servers make the rack
    readings = {stated, *sizes, *(stated * size for size in sizes)}
    return readings, f"the name holds {_words(product)} chips, the contract says {stated} a unit"


def _words(product: Product) -> str:
    return " or ".join(map(str, product.sizes)) or "any number of"
