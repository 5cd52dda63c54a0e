"""Chips: the catalogue, what makers publish, and the paragraph of ECCN 3A090 on a day.

Total processing performance and performance density are computed, never stored; a figure that
nobody published stays unknown. The functions here ask the catalogue of the embedded rules.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from compliance.chips.catalogue import Catalogue
from compliance.chips.chip import Chip
from compliance.chips.classification import Classification
from compliance.chips.instances import Instance
from compliance.chips.interpretation import Reading
from compliance.model.specification import ChipSpecification

__all__ = [
    "Catalogue",
    "Chip",
    "ChipSpecification",
    "Classification",
    "Instance",
    "Reading",
    "catalogue",
    "classify",
    "find",
    "instance",
    "read",
]


@cache
def catalogue() -> Catalogue:
    """The catalogue of the embedded rules, read once."""
    return Catalogue.load()


def classify(what: Chip | ChipSpecification | str, *, as_of: date) -> Classification:
    """The paragraph of ECCN 3A090 on a day, for a chip, its figures or its name.

    Raises:
        UnknownNameError: a name that is not known.
    """
    return catalogue().classify(what, as_of=as_of)


def find(text: str) -> Chip:
    """The chip that a text names; of a system the chip that it holds, as many as `read` tells.

    Raises:
        UnknownNameError: no chip, with near spellings, or several, with the candidates.
    """
    return catalogue().find(text)


def read(text: str) -> Reading:
    """What a text names: a chip, several that it fits, or a system; and how many chips.

    Raises:
        UnknownNameError: nothing that is known, with near spellings.
    """
    return catalogue().read(text)


def instance(provider: str, name: str) -> Instance:
    """The chip of a provider's instance type, and how many: ("aws", "p5.48xlarge").

    (None, 0) is a type of a family without accelerators; a number that nobody has established is
    None.

    Raises:
        UnknownNameError: no such provider or type, or a chip that is not disclosed.
    """
    return catalogue().instance(provider, name)
