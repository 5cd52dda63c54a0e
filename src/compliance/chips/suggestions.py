"""Near spellings of a chip's name: "did you mean". Never of another family.

A family is the letters of a name without its vendor, line, form and memory; the names of one
differ by digits. A suggestion has the same letters, save those that are taken for digits and one
slip in a long word, and is as near as any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from compliance.chips.name_lookup import ChipNames, Parts

_NEAR: Final = 5
_EDITS: Final = 2
_SHORT: Final = 4
_SHORTEST: Final = 3
_LONG: Final = 5
_LIKE_DIGITS: Final = str.maketrans("", "", "oil0123456789")


def offered(choices: Sequence[str]) -> str:
    """A hint that offers names, as they are written on a chip or in a catalogue."""
    return f"did you mean {', '.join(choices)}?" if choices else ""


def suggested(text: str, names: ChipNames) -> tuple[str, ...]:
    """The models whose names are nearest to a text, at most two edits away."""
    from rapidfuzz import process  # noqa: PLC0415 - a slow import, only for suggestions
    from rapidfuzz.distance import DamerauLevenshtein as Edits  # noqa: PLC0415 - the same

    wanted = {Parts.of(rest).base for _, rest in names.readings(names.vocabulary.words(text))}
    found: dict[str, int] = {}
    for word in wanted:
        if len(word) < _SHORTEST or not any(map(str.isdecimal, word)):
            continue  # a line and no chip of it, or too little to be near to anything
        letters = word.translate(_LIKE_DIGITS)
        near = process.extract(
            word, names.bases.keys(), scorer=Edits.distance, limit=None, score_cutoff=_EDITS
        )
        for base, edits, _ in near:
            limit = 1 if min(len(word), len(base)) < _SHORT else _EDITS
            slips = Edits.distance(letters, base.translate(_LIKE_DIGITS), score_cutoff=1)
            if edits <= limit and slips <= (len(letters) >= _LONG):
                for chip in names.bases[base]:
                    found[chip.model] = min(edits, found.get(chip.model, edits))
    nearest = min(found.values(), default=0)
    return tuple(sorted(model for model, edits in found.items() if edits == nearest))[:_NEAR]
