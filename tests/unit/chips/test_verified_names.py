"""Names that clouds, marketplaces, drivers and serving engines print, with what they are.

verified_names.csv: the text; every chip that it fits; the numbers of chips in one of it, none where
the name leaves it open; the part of a chip; where the name is printed. The expected columns were
written from the makers' and the packages' own figures, never from what the reader says.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest

from compliance.chips import catalogue, instance, read
from compliance.errors import UnknownNameError

ROWS = [
    tuple(row)
    for row in csv.reader(
        Path(__file__).with_name("verified_names.csv").read_text(encoding="utf-8").splitlines()
    )
][1:]
WORDS = (
    "array",
    "basepod",
    "batch",
    "blade",
    "block",
    "bundle",
    "cabinet",
    "capacity",
    "chassis",
    "cluster",
    "crate",
    "cube",
    "deck",
    "domain",
    "enclosure",
    "fabric",
    "farm",
    "fleet",
    "grid",
    "group",
    "hall",
    "hypercluster",
    "island",
    "kit",
    "lot",
    "machines",
    "mgx",
    "multi",
    "nodes",
    "octa",
    "order",
    "ovx",
    "pack",
    "pallet",
    "pod",
    "pool",
    "quantity",
    "queue",
    "rack",
    "reservation",
    "ring",
    "row",
    "scalable",
    "servers",
    "set",
    "shelf",
    "sled",
    "stack",
    "superpod",
    "supernode",
    "tower",
    "zone",
)


def test_a_printed_name_is_read_as_what_it_is() -> None:
    for text, chips, sizes, share, source in ROWS:
        found, told = read(text), f"{text}: {source}"
        assert {chip.model for chip in found.chips} == set(chips.split("|")), told
        assert ("|".join(map(str, found.sizes)), found.share) == (sizes, Fraction(share)), told


@pytest.mark.parametrize(
    "form",
    [
        "{}: H100",
        "{}=H100",
        "{} [H100]",
        "{}[H100 SXM5]",
        "gpu.{}: H100",
        "{}/gpu:h100",
        "64/{}: H100",
        "H100 {}",
        "{} H100",
        "{} of H100",
        "[H100] {}",
        "{} of 64 [H100]",
        "H100 running in {}",
        "a {} of H100",
    ],
)
def test_a_word_that_no_table_has_is_never_dropped(form: str) -> None:
    for word in WORDS:
        with suppress(UnknownNameError):
            assert read(form.format(word)).sizes != (1,), word


@pytest.mark.parametrize(
    "text",
    [
        "GB200 NVL72 [B200]",
        "4U server [A100 80GB]",
        "DGX H100 (4x A100)",
        "H100 or A100",
        "T4/8",
        "H100/8",
        "-8x H100",
        "0.5x H100",
        "1.5x H100",
        "H\u0967\u0966\u0966",  # Devanagari digits
        "H100\u00b2",
        "\u041d100",  # a Cyrillic letter
        "2U4N H100",
        "H100 running in servers",
    ],
)
def test_what_is_not_one_name_is_unknown(text: str) -> None:
    with pytest.raises(UnknownNameError):
        read(text)


@pytest.mark.parametrize(
    ("provider", "name"),
    [
        ("azure", "Standard_H100"),
        ("azure", "Standard_A100"),
        ("azure", "Standard_H200_v5"),
        ("azure", "Standard_L40S"),
        ("azure", "Standard_L4"),
        ("azure", "Basic_A100"),
        ("vultr", "vhp-h100"),
        ("vultr", "voc-gpu-8c"),
        ("scaleway", "GP1-H100"),
        ("oci", "VM.Standard.H100.8"),
        ("coreweave", "turin-gp-l40s"),
    ],
)
def test_a_type_with_the_name_of_a_chip_is_not_without_accelerator(
    provider: str, name: str
) -> None:
    with pytest.raises(UnknownNameError):
        instance(provider, name)


@pytest.mark.parametrize("text", ["m5.large", "ml.m5.large", "Standard_D8s_v5", "n2-standard-8"])
def test_a_type_without_accelerator_given_as_a_chip_says_so(text: str) -> None:
    found = catalogue().type_named(text)
    assert found is not None
    assert not found.accelerated
    with pytest.raises(UnknownNameError, match="has no accelerator"):
        read(text)


@pytest.mark.parametrize("text", ["c5", "m4", "e2", "A10", "x1", "h3"])
def test_a_plain_word_is_no_type_without_its_provider(text: str) -> None:
    assert catalogue().type_named(text) is None


def test_every_chip_of_aws_reads_alike_as_type_and_as_chip() -> None:
    types = [row for row in catalogue().instances if row.provider == "aws" and row.chip]
    for row in types:
        if row.count is not None and "*" not in row.type:
            assert catalogue().find(row.type).model == row.chip, row.type
            assert read(row.type).sizes == (row.count,), row.type
