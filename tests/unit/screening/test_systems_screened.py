"""A name of a system decides as the chips in it do, never as one chip."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screeners import screener

DAY = date(2026, 11, 24)


def screened(headquarters: str = "CN", **item: Any) -> tuple[str, int, list[str]]:
    contract = {
        "id": "C-1",
        "provider": {
            "id": "provider",
            "name": "Bluewattle Cloud Pty Ltd",
            "incorporation": "AU",
            "headquarters": "AU",
        },
        "lessee": {
            "id": "lessee",
            "name": "Orchid Vale Analytics",
            "kind": "organization",
            "incorporation": headquarters,
            "headquarters": headquarters,
            "incorporated_on": "2015-03-01",
            "exchange_listing": "XSHG" if headquarters == "CN" else "XSES",
        },
        "end_users": ["lessee"],
        "items": [
            {
                "access": "remote",
                "service": "dedicated_vm",
                "title": "provider",
                "keys": "provider",
                "site": {"country": "AU", "city": "Brisbane", "kind": "datacenter"},
                **item,
            }
        ],
        "payment": {"method": "bank_transfer", "payer_country": headquarters},
        "end_use": {"activities": ["simulation"], "description": "protein folding"},
    }
    decision = screener().screen(contract, as_of=DAY)
    return decision.outcome, decision.score, sorted(flag.policy_id for flag in decision.flags)


@pytest.mark.parametrize(
    ("system", "chips"),
    [
        ({"chip": "HGX H100", "count": 8}, {"chip": "H100", "count": 64}),
        ({"chip": "HGX B300", "count": 8}, {"chip": "B300", "count": 128}),
        ({"chip": "GB200 NVL72", "count": 1}, {"chip": "GB200", "count": 72}),
        ({"chip": "GB300 NVL72", "count": 63}, {"chip": "GB300", "count": 4536}),
        ({"chip": "Vera Rubin NVL72", "count": 1}, {"chip": "Rubin", "count": 72}),
        ({"chip": "trn2u", "count": 8}, {"chip": "Trainium2", "count": 512}),
        ({"chip": "8x H100", "count": 8}, {"chip": "H100", "count": 64}),
        ({"chip": "v5p-256", "count": 1}, {"chip": "TPU v5p", "count": 128}),
    ],
)
def test_a_system_gives_what_its_chips_give(system: dict[str, Any], chips: dict[str, Any]) -> None:
    found = screened(**system)
    assert found == screened(**chips)
    assert found[0] == "review"
    assert "house.grey-zone-rental" in found[2]


@pytest.mark.parametrize("chip", ["IPU-POD", "H100 cluster", "DGX H100 SuperPOD", "TPU v5p pod"])
def test_a_system_of_unknown_size_is_held(chip: str) -> None:
    assert screened(chip=chip, count=1)[0] == "incomplete"
    assert screened("SG", chip=chip, count=1)[0] == "incomplete"


@pytest.mark.parametrize(
    "chip",
    ["Ascend 910B", "Ascend 910B1", "Ascend910B4-1", "昇腾910B", "Ascend 910D", "Atlas 800T A2"],
)
def test_chips_that_guidance_names_decide_by_their_names(chip: str) -> None:
    assert screened("SG", chip=chip, count=8)[0] == "license_required"


@pytest.mark.parametrize("chip", ["A100 PCIe", "A100-80G", "H800 80GB", "RTX PRO 6000"])
def test_a_name_whose_chips_agree_is_as_good_as_one(chip: str) -> None:
    assert screened("SG", chip=chip, count=8)[0] == "clear"


@pytest.mark.parametrize(
    "chip", ["NVIDIA GeForce RTX 3060 Laptop GPU", "RTX 4060 8GB", "RTX 3060 Ti", "GTX 1080 Ti"]
)
def test_no_ordinary_card_makes_a_contract_incomplete(chip: str) -> None:
    assert screened("SG", chip=chip, count=8)[0] == "clear"
