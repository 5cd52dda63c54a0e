from __future__ import annotations

import json

from compliance.chips import Catalogue
from golden.regenerate_chips import DAYS, GOLDEN, rendered


def test_every_chip_classifies_as_the_reviewed_golden_file_says() -> None:
    assert rendered(Catalogue.load()) == GOLDEN.read_text(encoding="utf-8")


def test_the_golden_file_holds_every_chip_on_every_day() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert sorted(golden) == sorted(chip.name for chip in Catalogue.load().chips)
    assert {day for days in golden.values() for day in days} == {str(day) for day in DAYS}
