"""Names, citations, programmes and entries that a flag tells are of its own list."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from compliance.model.decision import Decision, RiskFlag
from screeners import consulting_only
from unit.screening.contracts import watchlist

DAY = date(2026, 7, 10)
NAME, ALMOST = "Zorblatt Quantum Foundry", "Zorblad Quantum Foundry"
CERTAIN = ("ofac-sdn", "bis-entity-list", "bis-meu", "dow-1260h", "own")
POSSIBLE = ("bis-uvl", "dow-1286", "other")
CONTRACT: dict[str, Any] = {
    "id": "C",
    "provider": {"name": "Bluewattle Cloud", "incorporation": "US", "headquarters": "US"},
    "lessee": {"id": "lessee", "name": NAME, "incorporation": "SG", "headquarters": "SG"},
    "end_users": ["lessee"],
    "items": [{"chip": "H100 SXM5", "count": 8, "access": "remote", "site": {"country": "JP"}}],
    "payment": {"method": "bank_transfer"},
}


@cache
def decision() -> Decision:
    """A customer on five lists under one name, and perhaps on three under a name like it."""
    lists = [
        watchlist(
            name,
            {
                "name": NAME if name in CERTAIN else ALMOST,
                "kind": "organization",
                "citation": f"notice of {name}",
                "programmes": [f"programme of {name}"],
                "listed_on": date(2020, 1, 1),
            },
        )
        for name in (*CERTAIN, *POSSIBLE)
    ]
    return consulting_only(lists).screen(CONTRACT, DAY)


def flag(policy_id: str) -> RiskFlag:
    (found,) = [flag for flag in decision().flags if flag.policy_id == policy_id]
    return found


@pytest.mark.parametrize(
    ("policy_id", "lists"),
    [
        ("us.ofac.sdn", {"ofac-sdn"}),
        ("us.ear.entity-list-party", {"bis-entity-list"}),
        ("us.ear.meu-listed-party", {"bis-meu"}),
        ("us.dod.section-1260h", {"dow-1260h"}),
        ("house.listed-on-another-list", {"own"}),
        ("us.ear.possible-listing", {"bis-uvl"}),
        ("house.possible-listed-name", {"bis-uvl", "other"}),
        ("house.possibly-listed-for-information", {"dow-1286"}),
    ],
)
def test_a_flag_tells_of_its_own_lists_only(policy_id: str, lists: set[str]) -> None:
    found = flag(policy_id)
    others = {*CERTAIN, *POSSIBLE} - lists
    assert {match.list_id for match in found.matches} == lists
    assert {match.citation for match in found.matches} == {f"notice of {x}" for x in lists}
    for other in others:
        assert f"notice of {other}" not in found.message
        assert f"programme of {other}" not in found.message
        assert f"({other}, by name" not in found.message


def test_every_hit_is_told_by_some_flag() -> None:
    told = {match.list_id for flag in decision().flags for match in flag.matches}
    assert told == {*CERTAIN, *POSSIBLE}
