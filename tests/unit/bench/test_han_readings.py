"""bench.han_readings: phrases that need a reading of their own, and the shipped file made anew."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from bench import han_readings
from bench.person_changes import divided, initials, orders, wade
from compliance.names.han import read
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file


def test_a_phrase_is_kept_only_where_its_signs_are_read_otherwise() -> None:
    known = {
        "厦门": [["xià"], ["mén"]],
        "大厦": [["dà"], ["shà"]],
        "银行": [["yín"], ["háng"]],
        "银行家": [["yín"], ["háng"], ["jiā"]],
    }
    assert han_readings.phrases(known) == {"大厦": "dasha", "银行": "yinhang"}


def test_the_shipped_file_is_what_the_script_makes() -> None:
    path = rules_path() / "data" / han_readings.FILE
    table = read(path)
    assert han_readings.pairs(han_readings.SIGNS).items() <= table.phrases.items()
    assert table.surnames.items() <= han_readings.pairs(han_readings.SURNAMES).items()
    if find_spec("pypinyin") is None:
        pytest.skip("pypinyin, of the group bench, is not installed")
    version = read_file(path).value["version"]
    assert path.read_text(encoding="utf-8") == han_readings.text(version)


def test_orders_and_initials_of_a_person() -> None:
    assert divided("BIN QORVAN, Selim") == ("Selim", "BIN QORVAN")
    assert divided("Selim bin Qorvan") == ("Selim", "bin Qorvan")
    assert divided("Selim") is None
    assert orders("QORVAN, Selim") == ("QORVAN, Selim", "Selim QORVAN", "QORVAN Selim")
    assert initials("QORVAN, Selim Hadi")[1:3] == ("SH QORVAN", "QORVAN S H")
    assert initials("QORVAN, Selim") == ()


@pytest.mark.parametrize(
    ("pinyin", "spelled"),
    [("xiao", "hsiao"), ("long", "lung"), ("zhang", "chang"), ("guo", "kuo"), ("xyz", None)],
)
def test_wade_giles_of_a_syllable(pinyin: str, spelled: str | None) -> None:
    assert wade(pinyin) == spelled
