"""Control: votes as a fixpoint, declared control, influence that is only evidence."""

from __future__ import annotations

import pytest

from compliance.model.truth import Truth
from compliance.ownership import Control, OwnershipGraph
from unit.ownership.stating import DAY, band, exact, graph, interval

TRUE, UNKNOWN = Truth.TRUE, Truth.UNKNOWN


def test_more_than_half_of_the_votes_is_control_and_half_is_not() -> None:
    assert graph(("X", "50.01%", "A")).controlled_by("X", as_of=DAY) == {
        "A": Control(TRUE, exact(5001, 10_000), ("votes",), ("X",))
    }
    assert graph(("X", "50%", "A")).controlled_by("X", as_of=DAY) == {}


def test_votes_of_controlled_parties_are_added() -> None:
    built = graph(("X", "60%", "A"), ("A", "30%", "B"), ("X", "25%", "B"))
    assert built.controlled_by("X", as_of=DAY)["B"] == Control(
        TRUE, exact(55), ("votes",), ("A", "X")
    )
    assert built.controlled_by("A", as_of=DAY) == {}


def test_a_chain_of_sixty_percent_is_controlled_to_its_end() -> None:
    built = graph(("X", "60%", "A"), ("A", "60%", "B"), ("B", "60%", "C"))
    assert list(built.controlled_by("X", as_of=DAY)) == ["A", "B", "C"]


def test_forty_to_sixty_percent_may_be_control() -> None:
    built = graph(("X", band("40%", "60%"), "A"), ("A", "80%", "B"))
    assert built.controlled_by("X", as_of=DAY) == {
        "A": Control(UNKNOWN, interval(40, 60), ("votes",), ("X",)),
        "B": Control(UNKNOWN, interval(0, 80), ("votes",), ("A",)),
    }


def test_stated_votes_replace_capital_for_that_party_only() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "90%"},
            {"owner": "Y", "owned": "A", "share": "80%", "kind": "voting_rights"},
            {"owner": "X", "owned": "B", "share": "90%"},
        ]
    )
    assert list(built.controlled_by("X", as_of=DAY)) == ["B"]
    assert list(built.controlled_by("Y", as_of=DAY)) == ["A"]


@pytest.mark.parametrize(
    ("stated", "truth"),
    [
        ({"kind": "consolidation"}, TRUE),
        ({"kind": "agreement"}, TRUE),
        ({"kind": "board_appointment", "seats": 4, "of": 7}, TRUE),
        ({"kind": "board_appointment", "seats": 3, "of": 6}, UNKNOWN),
        ({"kind": "board_appointment", "seats": 4}, UNKNOWN),
        ({"kind": "other"}, UNKNOWN),
    ],
)
def test_declared_control_is_taken_as_declared_and_influence_is_unknown(
    stated: dict[str, object], truth: Truth
) -> None:
    built = OwnershipGraph.from_interests([{"owner": "X", "owned": "A", **stated}])
    assert built.controlled_by("X", as_of=DAY) == {
        "A": Control(truth, exact(0), (str(stated["kind"]),), ("X",))
    }


def test_declared_control_carries_votes_further() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "kind": "agreement"},
            {"owner": "A", "owned": "B", "share": "70%"},
        ]
    )
    assert built.controlled_by("X", as_of=DAY)["B"] == Control(TRUE, exact(70), ("votes",), ("A",))


def test_a_circle_controls_from_outside_and_never_itself() -> None:
    built = graph(("X", "60%", "A"), ("A", "60%", "B"), ("B", "40%", "A"))
    assert list(built.controlled_by("X", as_of=DAY)) == ["A", "B"]
    assert list(built.controlled_by("A", as_of=DAY)) == ["B"]


def test_a_party_that_holds_nothing_controls_nothing() -> None:
    built = graph(("X", "60%", "A"), parties=["elsewhere"])
    assert built.controlled_by("elsewhere", as_of=DAY) == built.controlled_by("A", as_of=DAY) == {}
