"""Names as drivers, schedulers, clouds and marketplaces print them, with the chips they mean.

outside_names.csv: the text; every chip that it fits; the numbers of chips in one of it, none where
the name leaves it open; the part of a chip.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from compliance.chips import catalogue, read

ROWS = [
    tuple(row)
    for row in csv.reader(
        Path(__file__).with_name("outside_names.csv").read_text(encoding="utf-8").splitlines()
    )
][1:]


def test_an_outside_name_is_read_rightly() -> None:
    for text, chips, sizes, share in ROWS:
        found = read(text)
        assert "|".join(chip.model for chip in found.chips) == chips, text
        assert ("|".join(map(str, found.sizes)), found.share) == (sizes, Fraction(share)), text


def test_the_table_is_large_and_every_text_stands_once() -> None:
    texts = [text for text, *_ in ROWS]
    assert len(texts) == len(set(texts)) > 600


@pytest.mark.parametrize(
    "name",
    [
        f"{line} {model}{rest}"
        for line, models in {
            "GeForce RTX": ("2060", "2070", "2080", "3050", "3060", "3070", "3080", "4050", "4060"),
            "GeForce": ("RTX 4070", "RTX 4080", "RTX 5050", "RTX 5060", "RTX 5070", "RTX 5080"),
        }.items()
        for model in models
        for rest in ("", " Laptop GPU", " Mobile")
        if not (model == "4050" and not rest)
    ],
)
def test_no_ordinary_consumer_card_is_unknown_or_controlled(name: str) -> None:
    found = read(f"NVIDIA {name}")
    paragraphs = {
        candidate
        for chip in found.chips
        for day in catalogue().change_dates()
        for candidate in catalogue().classify(chip, as_of=day).candidates
    }
    assert paragraphs == {None}, name
