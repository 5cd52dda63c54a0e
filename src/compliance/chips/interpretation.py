"""What a text names: one chip, several that it fits, or a system of chips; and how many of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.chips.chip import Chip
from compliance.chips.system_table import Scale

WHOLE: Final = Fraction(1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text names.

    `chips` are the candidates, one where the name decides. `sizes` are the numbers of chips that
    one of what is named may hold, ascending: (1,) for a chip, (72,) for a rack, (4, 8) where the
    name is sold with both, () where the name leaves it open. `counted` says that the text itself
    counts. `share` is the part of a chip that a slice or a virtual GPU has, at most 1: the largest
    over the candidates. `system` is the name of a system, "" for a chip; `scale` what it is.
    """

    chips: tuple[Chip, ...]
    sizes: tuple[int, ...] = (1,)
    share: Fraction = WHOLE
    system: str = ""
    scale: Scale | None = None
    counted: bool = False
