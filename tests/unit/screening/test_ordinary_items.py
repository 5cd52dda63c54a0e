"""Ordinary cards and machines without accelerators: nothing is asked about them."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.model import Decision, Outcome
from screeners import screener as shipped
from unit.screening.contracts import DAY

NAMELESS = {"provider": "aws", "type": "q9.large"}


def decide(**item: Any) -> Decision:
    return shipped().screen(
        {
            "id": "C-1",
            "lessee": {
                "id": "lessee",
                "name": "Fjord ApS",
                "kind": "organization",
                "incorporation": "DK",
                "headquarters": "DK",
            },
            "items": [{"count": 4, "access": "remote", "site": {"country": "DK"}, **item}],
        },
        as_of=DAY,
    )


@pytest.mark.parametrize(
    "item",
    [
        {"instance": {"provider": "aws", "type": "m5.large"}},
        {"instance": {"provider": "Amazon EC2", "type": "ml.c7g.xlarge"}},
        {"instance": {"provider": "azure", "type": "D4s_v5"}},
        {"instance": {"provider": "gcp", "type": "n2-standard-4"}},
        {"instance": {"provider": "vast", "type": "4x RTX 3060"}},
        {"chip": "NVIDIA GeForce RTX 4080 Laptop GPU"},
        {"chip": "GTX 1080 Ti"},
        {"chip": "RTX A2000", "unit": "card"},
    ],
)
def test_nothing_is_asked_about_it(item: dict[str, Any]) -> None:
    decision = decide(**item)
    assert (decision.outcome, decision.missing) == (Outcome.CLEAR, ())


@pytest.mark.parametrize(
    "item",
    [
        {"instance": NAMELESS},
        {"instance": {"provider": "aws", "type": "g7.2xlarge"}},
        {"chip": "H20B"},
    ],
)
def test_what_is_not_known_of_its_neighbour_holds_it(item: dict[str, Any]) -> None:
    decision = decide(**item)
    assert decision.outcome is Outcome.INCOMPLETE
    assert "house.facts-item" in {flag.policy_id for flag in decision.flags}


def test_processors_beside_controlled_chips_hide_nothing() -> None:
    """An item without accelerators adds no chips and takes none away."""
    alone = decide(instance={"provider": "aws", "type": "p5.48xlarge"})
    contract = {
        "id": "C-1",
        "lessee": {"id": "lessee", "name": "Fjord ApS", "kind": "organization"},
        "items": [
            {"instance": {"provider": "aws", "type": name}, "count": 4, "access": "remote"}
            for name in ("m5.large", "p5.48xlarge")
        ],
    }
    both = shipped().screen(contract, as_of=DAY)
    assert both.outcome >= alone.outcome > Outcome.CLEAR
