"""Rights beside capital are never overlooked, whatever else is stated."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from unit.screening.contracts import company, edge, known

PARTIES = "ABCDEF"
PARTS = st.sampled_from(["10%", "30%", "50%", "60%", {"minimum": "40%", "maximum": "60%"}])
DECLARED: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"kind": "agreement"},
        {"kind": "consolidation"},
        {"kind": "other"},
        {"kind": "board_appointment", "seats": 4, "of": 7},
        {"kind": "board_appointment", "seats": 3, "of": 6},
        {"kind": "board_appointment"},
    ]
)


@st.composite
def interests(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Capital, votes and declared control between a few parties, circles included."""
    pairs = st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES))
    held = draw(st.lists(st.tuples(pairs, PARTS), max_size=8, unique_by=lambda each: each[0]))
    voted = draw(st.lists(st.tuples(pairs, PARTS), max_size=4, unique_by=lambda each: each[0]))
    said = draw(st.lists(st.tuples(pairs, DECLARED), max_size=3))
    return [
        *({"owner": a, "owned": b, "share": share} for (a, b), share in held),
        *({"owner": a, "owned": b, "share": s, "kind": "voting_rights"} for (a, b), s in voted),
        *({"owner": a, "owned": b, **edge} for (a, b), edge in said),
    ]


@given(interests(), st.sampled_from(PARTIES))
def test_whoever_gets_the_board_of_the_customer_is_never_overlooked(
    rows: list[dict[str, Any]], owner: str
) -> None:
    """Whatever else is stated, and through whichever company it comes."""
    named = [company(party, "SG", kind="organization") for party in PARTIES]
    contract: dict[str, Any] = {"payers": named}
    row = [
        edge(company("seats", "SG"), kind="board_appointment", seats=4, of=7),
        edge(owner, "60%", owned="seats"),
        edge(company("top", "CN"), "60%", owned=owner),
        edge("A", "100%"),
    ]
    kept = [r for r in rows if r["owned"] != owner]
    fact = known("ownership.controllers_by_other_means", *kept, *row, **contract)
    assert "CN" in fact.value
