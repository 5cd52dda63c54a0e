"""Control: votes as a fixpoint, declared control, influence that is only evidence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Control, ControlProof, Diagnosis, OwnershipGraph, Path
from unit.ownership.graphs import DAY, band, exact, graph, interval

TRUE, UNKNOWN = Truth.TRUE, Truth.UNKNOWN


def test_more_than_half_of_the_votes_is_control_and_half_is_not() -> None:
    assert graph(("X", "50.01%", "A")).controlled_by("X", as_of=DAY) == {
        "A": Control(TRUE, exact(5001, 10_000), ("votes",), ("X",))
    }
    assert graph(("X", "50%", "A")).controlled_by("X", as_of=DAY) == {}


def test_a_stated_majority_is_control_though_others_hold_more_than_it_leaves() -> None:
    """More than half and one half cannot both be true; the cascade takes what is certain too."""
    more_than_half = band("50%", "75%", exclusive_minimum=True)
    built = graph(("X", more_than_half, "A"), ("Y", "50%", "A"), ("A", "60%", "B"))
    found = built.controlled_by("X", as_of=DAY)
    assert {party: control.truth for party, control in found.items()} == {"A": TRUE, "B": TRUE}
    assert found["A"] == Control(TRUE, exact(50), ("votes",), ("X",))
    assert built.affected(["X"], inclusive=False, as_of=DAY)["A"].truth is TRUE


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


def proof(built: OwnershipGraph, party: str, owned: str) -> ControlProof:
    return built.control_proof(party, owned, as_of=DAY)


def test_control_tells_a_chain_through_each_holder_the_largest_votes_first() -> None:
    built = graph(("X", "60%", "A"), ("A", "30%", "B"), ("X", "25%", "B"), ("B", "80%", "C"))
    assert proof(built, "X", "B").paths == (
        Path(("X", "A", "B"), exact(30)),
        Path(("X", "B"), exact(25)),
    )
    assert proof(built, "X", "C").paths == (Path(("X", "A", "B", "C"), exact(80)),)
    assert proof(built, "X", "C").chain == ("X", "A", "B", "C")


def test_a_circle_of_control_is_shown_once() -> None:
    built = graph(("X", "51%", "A"), ("A", "90%", "B"), ("B", "49%", "A"))
    found = proof(built, "X", "A")
    assert found.paths == (Path(("X", "A"), exact(51)), Path(("X", "A", "B", "A"), exact(49)))
    assert found.chain == ("X", "A")


def test_a_chain_of_declared_control_tells_what_is_declared() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "kind": "agreement"},
            {"owner": "A", "owned": "B", "kind": "board_appointment", "seats": 4, "of": 7},
            {"owner": "B", "owned": "C", "share": "60%"},
            {"owner": "A", "owned": "C", "kind": "consolidation"},
        ]
    )
    found = built.controlled_by("X", as_of=DAY)
    assert proof(built, "X", "A").paths == (Path(("X", "A"), Share.unknown()),)
    assert proof(built, "X", "B").paths == (Path(("X", "A", "B"), Share.exact(Fraction(4, 7))),)
    assert proof(built, "X", "C").paths == (
        Path(("X", "A", "B", "C"), exact(60)),
        Path(("X", "A", "C"), Share.unknown()),
    )
    assert (found["C"].via, proof(built, "X", "C").chain) == (("B", "A"), ("X", "A", "B", "C"))


def test_control_that_is_certain_is_shown_through_parties_that_are_certainly_controlled() -> None:
    built = graph(("X", band("40%", "60%"), "M"), ("M", "49%", "A"), ("X", "51%", "A"))
    found = built.controlled_by("X", as_of=DAY)
    assert (found["A"].truth, found["M"].truth) == (TRUE, UNKNOWN)
    assert proof(built, "X", "A").chain == ("X", "A")
    assert proof(built, "X", "A").paths == (
        Path(("X", "A"), exact(51)),
        Path(("X", "M", "A"), exact(49)),
    )


def test_of_many_holders_ten_chains_are_told() -> None:
    rows = [(f"M{n:02}", "5%", "A") for n in range(20)]
    built = graph(*rows, *(("X", "60%", owner) for owner, _, _ in rows))
    found = built.controlled_by("X", as_of=DAY)["A"]
    assert len(found.via) == 20
    assert proof(built, "X", "A").paths == tuple(
        Path(("X", f"M{n:02}", "A"), exact(5)) for n in range(10)
    )


def test_a_chain_of_control_of_ten_thousand_is_told() -> None:
    built = graph(*((f"P{n}", "60%", f"P{n + 1}") for n in range(10_000)))
    (path,) = proof(built, "P0", "P10000").paths
    assert path == Path(tuple(f"P{n}" for n in range(10_001)), exact(60))


def test_of_who_is_not_controlled_there_is_nothing_to_prove() -> None:
    built = graph(("X", "60%", "A"), ("X", "10%", "B"))
    assert proof(built, "X", "B") == proof(built, "A", "X") == proof(built, "X", "X")
    assert proof(built, "X", "B") == ControlProof((), (), ())


def test_votes_that_are_most_of_what_a_party_does_not_hold_of_itself_may_be_control() -> None:
    built = graph(("P", "50%", "X"), ("X", "20%", "X"))
    assert built.controlled_by("P", as_of=DAY) == {
        "X": Control(UNKNOWN, exact(50), ("votes",), ("P",))
    }
    assert proof(built, "P", "X").diagnoses == (
        Diagnosis(
            "treasury_shares",
            ("X",),
            "50% of the votes of {0} is held, and 20% by {0} itself: the threshold is reached only "
            "if those do not count",
        ),
    )


@pytest.mark.parametrize(
    ("held", "own", "truth"),
    [
        ("50.01%", "20%", TRUE),
        ("40%", "20%", None),
        ("40%", "20.01%", UNKNOWN),
        ("40%", band("10%", "20%"), None),
        ("40%", band("10%", "30%"), UNKNOWN),
        ("40%", band("0%", "100%"), UNKNOWN),
        (band("30%", "40%"), "20%", None),
        (band("30%", "41%"), "20%", UNKNOWN),
    ],
)
def test_own_shares_make_control_unknown_only_where_they_may_decide(
    held: object, own: object, truth: Truth | None
) -> None:
    found = graph(("P", held, "X"), ("X", own, "X")).controlled_by("P", as_of=DAY)
    assert {party: control.truth for party, control in found.items()} == (
        {} if truth is None else {"X": truth}
    )


def test_what_others_certainly_hold_leaves_a_party_nothing_of_itself() -> None:
    rows = [("P", "30%", "X"), ("Q", "70%", "X"), ("X", band("0%", "100%"), "X")]
    assert graph(*rows).controlled_by("P", as_of=DAY) == {}


def test_voting_rights_in_oneself_count_and_not_the_capital() -> None:
    votes = {"owned": "X", "kind": "voting_rights"}
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "X", "share": "20%"},
            {"owner": "P", "share": "45%", **votes},
            {"owner": "Q", "share": "45%", **votes},
        ]
    )
    assert built.controlled_by("P", as_of=DAY) == {}
