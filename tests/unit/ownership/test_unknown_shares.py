"""Consolidation without a percentage: an unknown part where ownership alone counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph
from compliance.ownership.gaps import with_unknown_shares

DAY = date(2026, 11, 24)


def graph(*interests: dict[str, Any]) -> OwnershipGraph:
    return OwnershipGraph.from_interests(interests)


def consolidates(owner: str, owned: str, **dates: str) -> dict[str, Any]:
    return {"owner": owner, "owned": owned, "kind": "consolidation", **dates}


def holds(owner: str, share: str, owned: str, **dates: str) -> dict[str, Any]:
    return {"owner": owner, "owned": owned, "share": share, **dates}


def truth_of(built: OwnershipGraph, party: str) -> Truth:
    measured = with_unknown_shares(built, built.parties, as_of=DAY)
    found = measured.affected(["X"], as_of=DAY)
    return found[party].truth if party in found else Truth.FALSE


def test_whoever_consolidates_may_hold_any_part() -> None:
    built = graph(consolidates("X", "A"))
    measured = with_unknown_shares(built, ["A"], as_of=DAY)
    assert measured.owners("A", as_of=DAY) == (
        ("X", Share.unknown(), "consolidation"),
        ("X", Share.unknown(), "shareholding"),
    )
    assert truth_of(built, "A") is Truth.UNKNOWN
    assert truth_of(graph(consolidates("X", "A"), holds("A", "60%", "B")), "B") is Truth.UNKNOWN
    assert truth_of(graph(consolidates("X", "A"), holds("A", "40%", "B")), "B") is Truth.FALSE


@pytest.mark.parametrize(("others", "truth"), [("50%", Truth.UNKNOWN), ("50.1%", Truth.FALSE)])
def test_what_others_hold_leaves_the_rest(others: str, truth: Truth) -> None:
    assert truth_of(graph(consolidates("X", "A"), holds("Z", others, "A")), "A") is truth


@pytest.mark.parametrize(("share", "truth"), [("30%", Truth.FALSE), ("50%", Truth.TRUE)])
def test_a_stated_share_stands(share: str, truth: Truth) -> None:
    built = graph(consolidates("X", "A"), holds("X", share, "A"))
    assert with_unknown_shares(built, built.parties, as_of=DAY) is built
    assert truth_of(built, "A") is truth


def test_a_share_or_a_consolidation_of_another_day_says_nothing() -> None:
    sold = holds("X", "60%", "A", until="2026-01-01")
    assert truth_of(graph(consolidates("X", "A"), sold), "A") is Truth.UNKNOWN
    past = consolidates("X", "A", until="2026-01-01")
    assert truth_of(graph(past, holds("Z", "30%", "A")), "A") is Truth.FALSE


def test_parties_that_are_not_named_are_left_as_they_are() -> None:
    built = graph(consolidates("X", "A"), {"owner": "X", "owned": "B", "kind": "agreement"})
    assert with_unknown_shares(built, ["B"], as_of=DAY) is built
