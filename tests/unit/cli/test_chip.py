"""`chip`: the class of a chip on a day, its numbers, and near spellings for what is not known."""

from __future__ import annotations

import json

from unit.cli.conftest import Command


def test_a_chip_is_classified_with_numbers_and_reasons(command: Command) -> None:
    result = command("chip", "H100 SXM5", "--as-of", "2024-06-15")
    lines = result.out.splitlines()
    assert (result.status, result.err) == (0, "")
    assert lines[:4] == [
        "NVIDIA H100 SXM5 80GB: 3A090.a on 2024-06-15",
        "  TPP: 15,832 (fp8)",
        "  performance density: 19.45 per mm2",
        "  law: 88 FR 73458 (15 CFR part 774, Supp. No. 1, ECCN 3A090), in force from 2023-11-17",
    ]


def test_a_cloud_instance_names_its_chips(command: Command) -> None:
    result = command("chip", "aws:p5.48xlarge", "--as-of", "2024-06-15", "--format", "json")
    told = json.loads(result.out)
    assert (told["chip"], told["count"], told["paragraph"], told["determined"]) == (
        "NVIDIA H100 SXM5 80GB", 8, "3A090.a", True,
    )  # fmt: skip


def test_an_instance_without_accelerators_says_so(command: Command) -> None:
    result = command("chip", "aws:m5.large", "--as-of", "2024-06-15")
    assert (result.status, result.out.splitlines()[0]) == (0, "aws m5.large: no accelerator")
    told = json.loads(
        command("chip", "aws:m5.large", "--as-of", "2024-06-15", "--format", "json").out
    )
    assert (told["chip"], told["count"], told["paragraph"]) == (None, 0, None)


def test_a_number_that_is_not_established_is_not_guessed(command: Command) -> None:
    result = command("chip", "aws:p6e-gb300.72xlarge", "--as-of", "2026-06-15")
    assert "an unknown number of these" in result.out


def test_a_system_names_its_chip_and_how_many(command: Command) -> None:
    lines = command("chip", "GB200 NVL72", "--as-of", "2026-11-23").out.splitlines()
    assert lines[0] == "NVIDIA GB200 (per GPU): 3A090.a on 2026-11-23"
    assert lines[1] == "  gb200 nvl72: 72 of these"
    told = json.loads(command("chip", "HGX H100", "--format", "json").out)
    assert (told["system"], told["sizes"], told["count"]) == ("hgx h100", [4, 8], None)


def test_a_name_of_several_chips_shows_each(command: Command) -> None:
    result = command("chip", "gfx950", "--as-of", "2026-11-23")
    assert (result.status, result.out.splitlines()) == (
        0,
        [
            "gfx950 fits 2 chips:",
            "AMD Instinct MI350X: 3A090.a on 2026-11-23",
            "AMD Instinct MI355X: 3A090.a on 2026-11-23",
        ],
    )
    told = json.loads(command("chip", "gfx950", "--format", "json").out)
    assert [each["chip"] for each in told["candidates"]] == [
        "AMD Instinct MI350X",
        "AMD Instinct MI355X",
    ]


def test_a_slice_and_a_count_in_the_name_are_told(command: Command) -> None:
    assert "  a slice: 1/7 of one" in command("chip", "H100-MIG-1g.10gb").out.splitlines()
    assert "  counted in the name: 8 of these" in command("chip", "8x H100").out.splitlines()


def test_the_class_is_that_of_the_day(command: Command) -> None:
    result = command("chip", "H100 SXM5", "--as-of", "2022-01-01")
    assert result.out.splitlines()[0] == "NVIDIA H100 SXM5 80GB: outside 3A090 on 2022-01-01"


def test_an_unknown_chip_is_status_2_with_near_spellings(command: Command) -> None:
    result = command("chip", "H1000 SXM5")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("compliance: ")
    assert "did you mean" in result.err
