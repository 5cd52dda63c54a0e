"""What is asked from below, of everybody above at once, against the same asked of each owner."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph
from compliance.ownership.cascade import affecting
from compliance.ownership.control import truths
from sampling import examples

PARTIES = "ABCDEFG"
PAIRS = st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES))
EXACT = [Share.exact(Fraction(part, 100)) for part in (0, 10, 25, 30, 50, 60, 100)]
BANDS = [
    Share(Fraction(low, 100), Fraction(high, 100), low_open, high_open)
    for low, high, low_open, high_open in (
        (40, 60, False, False),
        (25, 50, True, False),
        (50, 75, True, True),
        (0, 100, False, False),
        (0, 30, True, False),
        (75, 100, False, False),
    )
]
DECLARED: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"kind": "agreement"},
        {"kind": "consolidation"},
        {"kind": "other"},
        {"kind": "board_appointment", "seats": 4, "of": 7},
        {"kind": "board_appointment", "seats": 3, "of": 7},
        {"kind": "board_appointment"},
    ]
)


@st.composite
def graphs(draw: st.DrawFn) -> OwnershipGraph:
    """Capital, votes, classes, treasury shares and declared control, circles included."""
    parts = st.sampled_from([*EXACT, *(BANDS if draw(st.booleans()) else ())])
    held = draw(st.lists(st.tuples(PAIRS, parts), max_size=14, unique_by=lambda each: each[0]))
    voted = draw(st.lists(st.tuples(PAIRS, parts), max_size=5, unique_by=lambda each: each[0]))
    said = draw(st.lists(st.tuples(PAIRS, DECLARED), max_size=2))
    classes = draw(st.lists(st.sampled_from(["", "", "", "A", "B"]), min_size=14, max_size=14))
    return OwnershipGraph.from_interests(
        [
            *(
                {"owner": a, "owned": b, "share": share, "share_class": name}
                for ((a, b), share), name in zip(held, classes, strict=False)
            ),
            *({"owner": a, "owned": b, "share": s, "kind": "voting_rights"} for (a, b), s in voted),
            *({"owner": a, "owned": b, **edge} for (a, b), edge in said),
        ],
        [*PARTIES],
    )


@settings(max_examples=examples(100))
@given(graphs())
def test_who_controls_a_party_is_what_everybody_says_who_is_asked_alone(
    graph: OwnershipGraph,
) -> None:
    said = {owner: graph.controlled_by(owner, as_of=None) for owner in PARTIES}
    for party in PARTIES:
        expected = {owner: said[owner][party] for owner in PARTIES if party in said[owner]}
        found = graph.controllers(party, as_of=None)
        assert found == expected
        by_truth = {owner: control.truth for owner, control in expected.items()}
        assert truths(graph.on(), party) == by_truth


@settings(max_examples=examples(100))
@given(graphs(), st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(2, 3)]))
def test_who_alone_may_affect_a_party_is_who_does_when_listed_alone(
    graph: OwnershipGraph, threshold: Fraction
) -> None:
    for party in PARTIES:
        alone = {
            owner: graph.affected([owner], threshold, control=True, as_of=None) for owner in PARTIES
        }
        expected = {
            owner
            for owner, found in alone.items()
            if party in found and found[party].truth is not Truth.FALSE
        }
        assert affecting(graph.on(), party, threshold=threshold) == expected


@settings(max_examples=examples(100))
@given(graphs())
def test_the_shares_of_all_owners_are_what_each_is_told_alone(graph: OwnershipGraph) -> None:
    for party in PARTIES:
        shares = graph.shares(party, as_of=None)
        assert shares == {owner: graph.share(owner, party, as_of=None) for owner in shares}
        others = set(PARTIES) - shares.keys() - {party}
        nothing = {graph.share(owner, party, as_of=None) for owner in others}
        assert nothing <= {Share.exact(0)}
