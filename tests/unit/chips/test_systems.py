from __future__ import annotations

import re
from fractions import Fraction

import pytest

from compliance.chips import Reading, catalogue, find, read
from compliance.chips.name_tables import read_tables
from compliance.chips.system_table import SystemTable
from compliance.errors import UnknownNameError
from compliance.tables.embedded import rules_path

TABLE: SystemTable = read_tables(rules_path() / "data" / "chips").systems


def told(reading: Reading) -> tuple[str, tuple[int, ...]]:
    return reading.chips[0].model, reading.sizes


def test_every_system_is_read_as_the_table_says_and_never_as_a_chip() -> None:
    for name, row in TABLE.systems.items():
        found = read(name)
        assert (found.system, found.sizes) == (name, row.chips)
        assert [chip.model for chip in found.chips] == list(row.chip), name


def test_no_name_of_a_chip_is_a_name_of_a_system() -> None:
    for chip in catalogue().chips:
        for name in (chip.model, chip.name, *chip.aliases):
            found = read(name)  # an UnknownNameError names it
            assert (found.system, found.sizes, found.share) == ("", (1,), Fraction(1)), name


@pytest.mark.parametrize("line", TABLE.lines)
@pytest.mark.parametrize("chip", ["H100", "B200", "GB200", "Trainium2", "MI300X"])
def test_a_line_word_beside_a_chip_never_leaves_one_chip(line: str, chip: str) -> None:
    found = read(f"{chip} {line}")
    assert found.system
    if line != "superchip":
        assert found.sizes == () or max(found.sizes) > 1


@pytest.mark.parametrize("word", [*TABLE.containers.one, *TABLE.containers.many])
def test_a_machine_of_a_chip_holds_an_unknown_number(word: str) -> None:
    assert told(read(f"H100 {word}")) == ("H100 SXM5 80GB", ())
    assert read(f"H100 8-GPU {word}").sizes == (8,)


@pytest.mark.parametrize(
    ("text", "model", "sizes"),
    [
        ("GB200 NVL72", "GB200 (per GPU)", (72,)),
        ("NVIDIA GB200 NVL-72", "GB200 (per GPU)", (72,)),
        ("2x GB200 NVL72", "GB200 (per GPU)", (144,)),
        ("GB300 NVL72 rack", "GB300 (per GPU)", (72,)),
        ("DGX GB200 NVL72", "GB200 (per GPU)", (72,)),
        ("HGX H100", "H100 SXM5 80GB", (4, 8)),
        ("NVIDIA HGX H100 80GB SXM5", "H100 SXM5 80GB", (4, 8)),
        ("HGX H100 8-GPU", "H100 SXM5 80GB", (8,)),
        ("HGX H100 2-GPU", "H100 SXM5 80GB", (2, 4, 8)),
        ("8x HGX H100", "H100 SXM5 80GB", (32, 64)),
        ("HGX H100 x8", "H100 SXM5 80GB", (8, 32, 64)),
        ("HGX H100 server", "H100 SXM5 80GB", (4, 8)),
        ("HGX H100 servers", "H100 SXM5 80GB", ()),
        ("DGX H100 SuperPOD", "H100 SXM5 80GB", ()),
        ("GB200 superchip", "GB200 (per GPU)", (2,)),
        ("GH200 superchip", "GH200 96GB (GPU)", (1,)),
        ("Trn2 UltraServer", "Trainium2", (64,)),
        ("v5p-8", "TPU v5p", (4,)),
        ("tpu-v5litepod-16", "TPU v5e", (16,)),
        ("tpu-v4-podslice", "TPU v4", ()),
        ("p5.48xlarge", "H100 SXM5 80GB", (8,)),
        ("aws p5.48xlarge", "H100 SXM5 80GB", (8,)),
    ],
)
def test_the_ways_to_write_a_system(text: str, model: str, sizes: tuple[int, ...]) -> None:
    assert told(read(text)) == (model, sizes)
    assert read(text).system


def test_the_chip_of_a_system_is_found() -> None:
    assert find("GB200 NVL72").model == "GB200 (per GPU)"
    assert find("HGX H100") is find("H100")


def test_an_odd_slice_is_no_slice() -> None:
    with pytest.raises(UnknownNameError):
        read("v5p-7")


def test_every_chip_of_a_card_with_several_says_how_many() -> None:
    said = {
        chip.model: int(many[1])
        for chip in catalogue().chips
        for many in [re.search(r"one of (\d+)", chip.model)]
        if many
    }
    assert said == TABLE.cards
    assert {
        m: catalogue().on_card(c) for c in catalogue().chips for m in [c.model] if m in said
    } == said
    assert catalogue().on_card(find("H100")) == 1


def test_no_name_of_a_chip_is_a_word_for_what_holds_several() -> None:
    makers = {chip.vendor for chip in catalogue().chips}
    for word in (*TABLE.lines, *TABLE.containers.one, *TABLE.containers.many):
        for text in (word, *(f"{maker} {word}" for maker in makers)):
            try:
                found = read(text)
            except UnknownNameError:
                continue
            assert found.system, text


def test_a_line_and_a_number_of_links_leave_the_size_that_both_have() -> None:
    assert read("NVIDIA DGX Rubin NVL8").sizes == (8,)
    assert read("HGX B300 NVL8").sizes == (8,)
    assert read("DGX GB200 NVL72").sizes == (72,)
    assert read("HGX B300 NVL16").sizes == (8, 16)
    assert read("GB300 Grace Blackwell Ultra Desktop Superchip").sizes == (1,)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("2 GB200 NVL72", (144,)),
        ("2x GB200 NVL72", (144,)),
        ("8 HGX H100", (32, 64)),
        ("HGX-8 H100", (8,)),
        ("4 GB200 NVL4", (16,)),
        ("TPU v4-4096", (2048,)),
        ("TPU v4 4096 chips", (4096,)),
        ("32 TPU v5p chips", (32,)),
        ("TPU v5p 8960", (4480, 8960)),
        ("TPU v5e 4", (4,)),
    ],
)
def test_a_number_beside_a_system_is_never_read_as_fewer_chips(
    text: str, sizes: tuple[int, ...]
) -> None:
    assert read(text).sizes == sizes


def test_a_set_holds_without_the_word_of_its_line_too() -> None:
    for name, rest in {"TPU v5": "v5", "Ascend 910": "910", "RTX PRO 6000": "pro 6000"}.items():
        assert set(read(name).chips) == set(read(rest).chips)
    with pytest.raises(UnknownNameError):
        read("6000")
