from __future__ import annotations

import pytest

from compliance.chips.labels import Label, labels
from compliance.chips.name_tables import read_tables
from compliance.tables.embedded import rules_path

WORDS = read_tables(rules_path() / "data" / "chips").labels


def taken(text: str) -> Label:
    """The reading that takes the most off."""
    return max(labels(text, WORDS), key=lambda label: -len(label.name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H100", Label("h100")),
        ("8x H100", Label("h100", before=8)),
        ("8 × H100", Label("h100", before=8)),
        ("8xH100-80GB", Label("h100-80gb", before=8)),
        ("gpu_8x_h100_sxm5", Label("h100_sxm5", before=8)),
        ("8 H100", Label("h100", before=8)),
        ("H100 x8", Label("h100", after=8)),
        ("H100*8", Label("h100", after=8)),
        ("H100 (8x)", Label("h100", after=8)),
        ("H100:8", Label("h100", after=8)),
        ("{'H100': 8}", Label("h100", after=8)),
        ("gpu:h100:8(S:0-1)", Label("h100", after=8)),
        ("--gres=gpu:h100:8", Label("h100", after=8)),
        ("HGX H100 8-GPU", Label("hgx h100", within=8)),
        ("8-GPU HGX H100", Label("hgx h100", within=8)),
        ("2x HGX H100 8-GPU", Label("hgx h100", before=2, within=8)),
        ("l4x4", Label("l4", after=4, glued=True)),
        ("GPU: H100", Label("h100")),
        ("nvidia.com/gpu.product=NVIDIA-L4", Label("nvidia-l4")),
        (
            "NVIDIA-A100-SXM4-80GB-MIG-1g.10gb",
            Label("nvidia-a100-sxm4-80gb", None, None, None, 1, 10),
        ),
        ("gpu:a100_3g.20gb:2", Label("a100", None, 2, None, 3, 20)),
        ("1c.3g.20gb A100", Label("a100", None, None, None, 3, 20)),
        ("A100 1g.10gb+me", Label("a100", None, None, None, 1, 10)),
        ("GRID A100DX-2-20C", Label("a100dx", None, None, None, 2, 20, profile=True)),
        ("NVIDIA L40S-48Q", Label("nvidia l40s", None, None, None, 0, 48, profile=True)),
        ("NVIDIA Corporation GH100 [H100 SXM5 80GB]", Label("h100 sxm5 80gb")),
    ],
)
def test_what_is_printed_around_a_name_is_taken_off(text: str, expected: Label) -> None:
    assert expected in list(labels(text, WORDS))


def test_the_text_as_it_is_comes_first() -> None:
    assert next(labels("MLU370-X8", WORDS)) == Label("mlu370-x8")


@pytest.mark.parametrize("text", ["0x H100", "H100 x0", "H100:0"])
def test_a_count_of_none_is_no_count(text: str) -> None:
    assert all(label.before is label.after is None for label in labels(text, WORDS))


def test_the_lanes_of_a_slot_are_no_count() -> None:
    assert all(label.after is None for label in labels("A100 PCIe Gen4 x16", WORDS))
