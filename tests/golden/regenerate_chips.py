"""Every chip of the catalogue classified on three days, as canonical JSON, one chip a line.

Write it anew with `python tests/golden/regenerate_chips.py`; review the difference line by line.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from compliance.chips import Catalogue

GOLDEN = Path(__file__).with_name("chips.json")
DAYS = (date(2022, 11, 1), date(2024, 1, 15), date(2026, 11, 23))


def rendered(catalogue: Catalogue) -> str:
    """The golden file's text for a catalogue."""
    lines = [
        f"{json.dumps(chip.name)}: {json.dumps(days, sort_keys=True)}"
        for chip in sorted(catalogue.chips, key=lambda chip: chip.name)
        for days in [{str(day): _found(catalogue, chip.model, day) for day in DAYS}]
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _found(catalogue: Catalogue, model: str, day: date) -> dict[str, object]:
    found = catalogue.classify(catalogue.find(model), as_of=day)
    density = found.performance_density
    paragraph = found.paragraph or "none"
    rounded = None if density is None else f"{Decimal(round(density * 10**4)) / 10**4:.4f}"
    return {
        "paragraph": paragraph if found.determined else "undetermined",
        "candidates": [each or "none" for each in found.candidates],
        "tpp": None if found.tpp is None else str(found.tpp),
        "performance_density": rounded,
        "precision": found.precision,
        "undetermined": list(found.undetermined),
    }


if __name__ == "__main__":
    GOLDEN.write_text(rendered(Catalogue.load()), encoding="utf-8")
