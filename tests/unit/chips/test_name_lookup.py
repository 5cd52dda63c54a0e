from __future__ import annotations

import pytest

from compliance.chips import catalogue, find
from compliance.chips.canonical_key import LONGEST, key, tokens
from compliance.chips.name_lookup import Parts
from compliance.errors import UnknownNameError


def model(text: str) -> str:
    return find(text).model


def refusal(text: str) -> str:
    with pytest.raises(UnknownNameError) as refused:
        find(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H100 SXM5", "H100 SXM5 80GB"),
        ("NVIDIA H100 80GB HBM3", "H100 SXM5 80GB"),
        ("h100", "H100 SXM5 80GB"),
        ("H100 80GB", "H100 SXM5 80GB"),
        ("H100 80 GB", "H100 SXM5 80GB"),
        ("H100 SXM", "H100 SXM5 80GB"),
        ("H100 SXM 80GB", "H100 SXM5 80GB"),
        ("H100 80GB SXM5", "H100 SXM5 80GB"),
        ("H100-SXM5-80GB", "H100 SXM5 80GB"),
        ("nvidia h100 sxm5 80g", "H100 SXM5 80GB"),
        ("HGX H100", "H100 SXM5 80GB"),
        ("NVIDIA HGX H100", "H100 SXM5 80GB"),
        ("NVIDIA H100 Tensor Core GPU", "H100 SXM5 80GB"),
        ("NVIDIA® H100™", "H100 SXM5 80GB"),
        ("  NVIDIA   H100\t", "H100 SXM5 80GB"),
        ("Ｈ１００", "H100 SXM5 80GB"),
        ("H100 PCIe", "H100 PCIe"),
        ("NVIDIA H100 PCIe", "H100 PCIe"),
        ("H100 PCIe 80GB", "H100 PCIe"),
        ("H100 NVL", "H100 NVL 94GB"),
        ("NVIDIA H100 NVL", "H100 NVL 94GB"),
        ("NVIDIA A100-SXM4-80GB", "A100 SXM4 80GB"),
        ("NVIDIA A100-SXM4-40GB", "A100 SXM4 40GB"),
        ("NVIDIA A100 80GB PCIe", "A100 PCIe 80GB"),
        ("A100 80GB", "A100 SXM4 80GB"),
        ("A100", "A100 SXM4 40GB"),
        ("NVIDIA A100", "A100 SXM4 40GB"),
        ("nvidia-tesla-a100", "A100 SXM4 40GB"),
        ("nvidia-tesla-v100", "V100 SXM2 16GB"),
        ("H200", "H200 SXM"),
        ("H200 SXM5 141GB", "H200 SXM"),
        ("H200 NVL", "H200 NVL"),
        ("A800", "A800 SXM4 80GB"),
        ("A800 80GB", "A800 SXM4 80GB"),
        ("NVIDIA A800 40GB Active", "A800 PCIe 40GB Active"),
        ("HGX B200", "B200"),
        ("nvidia b200", "B200"),
        ("GB200 NVL72", "GB200 (per GPU)"),
        ("L40S", "L40S"),
        ("Tesla T4", "T4"),
        ("NVIDIA T4", "T4"),
        ("Tesla V100-SXM2-16GB", "V100 SXM2 16GB"),
        ("V100 SXM2 32GB", "V100 SXM2 32GB"),
        ("NVIDIA GeForce RTX 4090", "GeForce RTX 4090"),
        ("RTX 4090", "GeForce RTX 4090"),
        ("rtx4090", "GeForce RTX 4090"),
        ("4090", "GeForce RTX 4090"),
        ("RTX 4090 D", "GeForce RTX 4090 D"),
        ("RTX 4090D", "GeForce RTX 4090 D"),
        ("RTX A6000", "RTX A6000"),
        ("A6000", "RTX A6000"),
        ("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada"),
        ("Quadro RTX 6000", "Quadro RTX 6000"),
        ("MI300X", "Instinct MI300X"),
        ("AMD Instinct MI300X", "Instinct MI300X"),
        ("AMD MI325X OAM 256GB", "Instinct MI325X"),
        ("gfx908", "Instinct MI100"),
        ("Gaudi 2", "Gaudi 2 (HL-225H)"),
        ("Habana Gaudi2", "Gaudi 2 (HL-225H)"),
        ("TPU v5e", "TPU v5e"),
        ("Cloud TPU v5p", "TPU v5p"),
        ("Trillium", "TPU v6e (Trillium)"),
        ("Trainium 2", "Trainium2"),
        ("AWS Trainium", "Trainium"),
        ("Ascend 910C", "Ascend 910C"),
        ("Huawei Ascend 910B2", "Ascend 910B2"),
        ("NVIDIA R200", "Rubin (per GPU)"),
        ("Baidu R200", "Kunlun R200"),
    ],
)
def test_the_ways_to_write_a_chip(text: str, expected: str) -> None:
    assert model(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L40", "L40S"),
        ("L4", "L40"),
        ("A10", "A100"),
        ("A10", "A10G"),
        ("A100", "A100X"),
        ("A100", "A800"),
        ("H20", "H200"),
        ("H100", "H800"),
        ("B200", "GB200"),
        ("B300", "GB300"),
        ("H200", "GH200"),
        ("RTX 4090", "RTX 4090 D"),
        ("H100 NVL", "H100 PCIe"),
        ("H200", "H200 NVL"),
        ("RTX 4080", "RTX 4080 SUPER"),
        ("RTX 5090 D", "RTX 5090 D V2"),
        ("RTX 3090", "RTX 3090 Ti"),
        ("MI250", "MI250X"),
        ("MI300A", "MI300X"),
        ("V100", "V100S"),
        ("Trainium", "Trainium2"),
        ("T4", "T4G"),
        ("L2", "L20"),
        ("Rubin", "Rubin CPX"),
    ],
)
def test_a_name_never_matches_its_longer_or_shorter_neighbor(one: str, other: str) -> None:
    first, second = find(one), find(other)
    assert first.model != second.model
    assert key(tokens(other)) not in {key(tokens(name)) for name in (first.model, *first.aliases)}


def test_every_model_is_found_by_model_and_by_full_name() -> None:
    for chip in catalogue().chips:
        assert find(chip.model) is chip
        assert find(chip.name.upper()) is chip


def test_every_alias_of_the_table_means_its_chip_or_is_known_to_be_shared() -> None:
    wrong = set()
    for chip in catalogue().chips:
        for alias in chip.aliases:
            try:
                found = find(alias)
            except UnknownNameError:
                wrong.add(alias)
                continue
            if found is not chip:
                wrong.add(alias)
    assert wrong == {"V100", "R200"}


class TestAmbiguity:
    def test_several_vendors_make_a_chip_of_this_name(self) -> None:
        assert refusal("R200") == (
            "'R200' names more than one chip (one of Rubin (per GPU), Kunlun R200)"
        )

    def test_products_of_one_name_and_different_class_stay_unknown(self) -> None:
        assert refusal("RTX 6000") == (
            "'RTX 6000' names more than one chip (one of Quadro RTX 6000, RTX 6000 Ada)"
        )
        assert "names more than one chip" in refusal("NVIDIA RTX PRO 6000 Blackwell")
        assert "Ascend 910B4" in refusal("910B")
        assert "Instinct MI210" in refusal("gfx90a")

    def test_where_all_are_of_one_kind_and_classify_alike_the_first_is_found(self) -> None:
        assert model("A100 PCIe") == "A100 PCIe 40GB"
        assert model("A100 PCIe 80G") == "A100 PCIe 80GB"
        assert model("gfx950") == "Instinct MI350X"

    def test_another_market_or_class_is_another_chip(self) -> None:
        assert "Blackwell Workstation" in refusal("RTX PRO 6000")
        assert "Instinct MI308X" in refusal("gfx942")
        assert "Blackhole p100" in refusal("p100")
        assert model("P100") == model("Tesla P100") == "P100 PCIe 16GB"

    def test_a_default_of_the_alias_column_where_all_classify_alike(self) -> None:
        assert model("V100") == model("Tesla V100") == "V100 PCIe"


class TestUnknown:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "GPU",
            "NVIDIA",
            "H1000",
            "H10",
            "100",
            "AMD H100",
            "NVIDIA MI300X",
            "GeForce A100",
            "RTX L40",
            "H100 48GB",
            "H100 SXM4",
            "L40S SXM",
            "A10 80GB",
            "0x H100",
            "H100 or A100",
            "1g.10gb",
            "HGX",
            "NVL72",
            "DGX SuperPOD",
            "Н100",  # a Cyrillic letter
            "H100\u200b0",
            "H100" * 100,
        ],
    )
    def test_what_is_not_a_name_is_never_a_guess(self, text: str) -> None:
        assert "no chip is called" in refusal(text)

    def test_near_spellings_are_offered(self) -> None:
        assert refusal("H10O NVL") == ("no chip is called 'H10O NVL' (did you mean H100 NVL 94GB?)")

    @pytest.mark.parametrize(
        ("text", "families"),
        [
            ("H1000", {"H100"}),
            ("MI360", {"Instinct"}),
            ("MI3500X", {"Instinct"}),
            ("Asend 910C", {"Ascend"}),
            ("RTX 4095", {"GeForce"}),
            ("RTX 6000 96G8", set()),
            ("NVIDIA", set()),
            ("m5.large", set()),
        ],
    )
    def test_hints_never_lead_to_another_family(self, text: str, families: set[str]) -> None:
        _, _, hint = refusal(text).partition("did you mean ")
        offered = {each.split()[0] for each in hint.rstrip("?)").split(", ") if each}
        assert offered == families

    def test_a_long_text_is_shown_shortened(self) -> None:
        assert refusal("x" * (LONGEST + 1)) == f"no chip is called '{'x' * LONGEST}...'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVIDIA A100-SXM4-80GB", ("nvidia", "a100", "sxm4", "80gb")),
        ("H100 80 GB", ("h100", "80gb")),
        ("Tesla_P40/24G", ("tesla", "p40", "24gb")),
        ("GB 200", ("gb", "200")),
        ("®", ()),
    ],
)
def test_words_of_a_name(text: str, expected: tuple[str, ...]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A100 SXM4 80GB", Parts("a100", "sxm4", "80", None)),
        ("A100 80G PCIe", Parts("a100", "pcie", "80", None)),
        ("H100 80GB HBM3", Parts("h100", None, "80", "hbm3")),
        ("H100 NVL", Parts("h100nvl", None, None, None)),
        ("RTX 4090 24GB GDDR6X", Parts("rtx4090", None, "24", "gddr6x")),
        ("A100 80GB 40GB", Parts("a10040gb", None, "80", None)),
        ("SXM5 H100", Parts("sxm5h100", None, None, None)),
    ],
)
def test_a_name_is_taken_apart_into_base_form_and_memory(text: str, expected: Parts) -> None:
    assert Parts.of(tokens(text)) == expected


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        (Parts("h100", None, None, None), True),
        (Parts("h100", "sxm", None, None), True),
        (Parts("h100", "sxm5", "80", "hbm3"), True),
        (Parts("h100", "sxm4", None, None), False),
        (Parts("h100", "pcie", None, None), False),
        (Parts("h100", None, "96", None), False),
        (Parts("h100", None, "8", None), False),
        (Parts("h100", None, None, "hbm2e"), False),
    ],
)
def test_no_part_of_a_name_may_contradict_the_chip(said: Parts, fits: bool) -> None:
    assert said.fits(find("H100 SXM5 80GB")) is fits


def test_a_part_that_the_chip_does_not_publish_is_not_confirmed() -> None:
    assert not Parts("b40", None, "96", None).fits(find("B40"))
