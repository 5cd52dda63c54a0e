"""Ultimate parents: certain, candidate, several, none and unknown are different answers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph, UltimateParent, UltimateParents
from unit.ownership.graphs import DAY, band, exact, graph, interval

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
REGISTER = ("a dated register of members with exact holdings",)
ARTICLES = ("articles and shareholders' agreement on the appointment of the board",)
ACCOUNTS = ("consolidated accounts that name the parent undertaking",)


def of(built: OwnershipGraph, party: str = "L", *persons: str) -> UltimateParents:
    return built.ultimate_parents(party, as_of=DAY, natural_persons=frozenset(persons))


def states(*rows: dict[str, object]) -> OwnershipGraph:
    return OwnershipGraph.from_interests({"owned": "L", **row} for row in rows)


def named(answer: UltimateParents) -> dict[str, Truth]:
    return {parent.party: parent.truth for parent in answer.parents}


def test_the_top_of_a_chain_of_majorities_is_the_parent_with_share_and_path() -> None:
    built = graph(("X", "60%", "A"), ("A", "60%", "B"), ("B", "60%", "L"))
    parent = UltimateParent(
        "X", TRUE, exact(216, 1000), ("X", "A", "B", "L"), ("votes", "votes", "votes")
    )
    assert of(built) == UltimateParents(TRUE, (parent,), "the top of the stated chain")


def test_consolidation_is_certain_without_a_percentage() -> None:
    answer = of(states({"owner": "X", "kind": "consolidation"}))
    parent = UltimateParent("X", TRUE, exact(0), ("X", "L"), ("consolidation",))
    assert answer == UltimateParents(TRUE, (parent,), "the top of the stated chain")


def test_a_consolidator_beside_another_majority_owner_makes_several_parents() -> None:
    answer = of(states({"owner": "X", "kind": "consolidation"}, {"owner": "Y", "share": "51%"}))
    assert (answer.truth, named(answer)) == (TRUE, {"X": TRUE, "Y": TRUE})


def test_more_than_half_together_with_a_controlled_party_is_certain() -> None:
    built = graph(("X", "100%", "S"), ("S", "30%", "L"), ("X", "30%", "L"), ("Z", "40%", "L"))
    answer = of(built)
    parent = UltimateParent("X", TRUE, exact(60), ("X", "L"), ("votes",))
    assert answer == UltimateParents(TRUE, (parent,), "the top of the stated chain")


def test_a_parent_that_votes_through_a_consolidated_party_is_certain() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "S", "kind": "consolidation"},
            {"owner": "S", "owned": "L", "share": "30%"},
            {"owner": "X", "owned": "L", "share": "30%"},
        ]
    )
    assert named(of(built)) == {"X": TRUE}


def test_a_49_9_percent_holder_with_four_of_seven_seats_is_a_candidate_with_documents() -> None:
    answer = of(
        states(
            {"owner": "CN", "share": "49.9%"},
            {"owner": "SG", "share": "50.1%", "kind": "other"},
            {"owner": "CN", "kind": "board_appointment", "seats": 4, "of": 7},
            {"owner": "F", "share": "50.1%"},
        ),
        "L",
        "F",
        "SG",
    )
    candidate = UltimateParent("CN", UNKNOWN, exact(499, 1000), ("CN", "L"), ("board_appointment",))
    reason = (
        "CN may control L (board_appointment); articles and shareholders' agreement on the "
        "appointment of the board would settle it"
    )
    assert answer == UltimateParents(UNKNOWN, (candidate,), reason, ARTICLES)


def test_a_certain_majority_stands_beside_board_seats_of_another() -> None:
    answer = of(
        states(
            {"owner": "SG", "share": "50.1%"},
            {"owner": "CN", "share": "49.9%"},
            {"owner": "CN", "kind": "board_appointment", "seats": 1, "of": 7},
        )
    )
    assert (answer.truth, named(answer)) == (TRUE, {"SG": TRUE})


HELD_BY_SG: tuple[dict[str, object], ...] = (
    {"owner": "SG", "share": "50.1%"},
    {"owner": "CN", "share": "49.9%"},
)
FOUR_OF_SEVEN: dict[str, object] = {"owner": "CN", "kind": "board_appointment", "seats": 4, "of": 7}


def test_a_board_majority_against_a_majority_of_votes_makes_both_candidates() -> None:
    answer = of(states(*HELD_BY_SG, FOUR_OF_SEVEN))
    assert answer == UltimateParents(
        UNKNOWN,
        (
            UltimateParent("CN", UNKNOWN, exact(499, 1000), ("CN", "L"), ("board_appointment",)),
            UltimateParent("SG", UNKNOWN, exact(501, 1000), ("SG", "L"), ("votes",)),
        ),
        "CN may control L (board_appointment), against SG (votes); articles and shareholders' "
        "agreement on the appointment of the board would settle it",
        ARTICLES,
    )


def test_consolidation_settles_a_board_majority_against_a_majority_of_votes() -> None:
    answer = of(states(*HELD_BY_SG, FOUR_OF_SEVEN, {"owner": "SG", "kind": "consolidation"}))
    assert (answer.truth, named(answer)) == (TRUE, {"SG": TRUE})


@pytest.mark.parametrize("board", ["T", "sister"])
def test_a_board_held_within_the_group_of_the_majority_is_no_contest(board: str) -> None:
    built = states(
        {"owner": "SG", "share": "50.1%"},
        {"owner": "T", "owned": "SG", "share": "100%"},
        {"owner": "T", "owned": "sister", "share": "100%"},
        {"owner": board, "kind": "board_appointment", "seats": 4, "of": 7},
    )
    assert (of(built).truth, named(of(built))) == (TRUE, {"T": TRUE})


def test_a_natural_person_with_the_board_contests_no_parent_undertaking() -> None:
    answer = of(states(*HELD_BY_SG, FOUR_OF_SEVEN), "L", "CN")
    assert (answer.truth, named(answer)) == (TRUE, {"SG": TRUE})


def test_a_clique_of_three_hundred_has_no_parent() -> None:
    names = [f"P{i}" for i in range(300)]
    built = graph(*((a, "1/299", b) for a in names for b in names if a != b))
    assert built.ultimate_parents("P7", as_of=DAY).truth is FALSE


@pytest.mark.parametrize(
    ("board", "candidates"),
    [
        ({"seats": 3, "of": 7}, {}),
        ({"seats": 3, "of": 6}, {"X": UNKNOWN}),
        ({"seats": 3}, {"X": UNKNOWN}),
        ({}, {"X": UNKNOWN}),
    ],
)
def test_a_known_minority_of_the_board_makes_no_candidate(
    board: dict[str, object], candidates: dict[str, Truth]
) -> None:
    answer = of(
        states(
            {"owner": "X", "kind": "board_appointment", **board},
            {"owner": "P", "share": "45%"},
            {"owner": "Q", "share": "45%"},
        )
    )
    assert named(answer) == candidates
    assert answer.truth is (UNKNOWN if candidates else FALSE)


@pytest.mark.parametrize("kind", ["agreement", "other"])
def test_control_by_other_means_alone_is_unknown(kind: str) -> None:
    answer = of(states({"owner": "X", "kind": kind}, {"owner": "P", "share": "100%"}), "L", "P")
    assert (answer.truth, named(answer)) == (UNKNOWN, {"X": UNKNOWN})
    assert answer.parents[0].basis == (kind,)


def test_exactly_half_each_makes_two_candidates() -> None:
    answer = of(graph(("X", "50%", "L"), ("Y", "50%", "L")))
    assert (answer.truth, named(answer)) == (UNKNOWN, {"X": UNKNOWN, "Y": UNKNOWN})
    assert {parent.basis for parent in answer.parents} == {("half of the votes",)}


def test_half_together_with_a_controlled_party_makes_a_candidate() -> None:
    built = graph(("X", "100%", "S"), ("S", "25%", "L"), ("X", "25%", "L"), ("Z", "30%", "L"))
    assert named(of(built)) == {"X": UNKNOWN}


def test_forty_to_sixty_percent_makes_a_candidate_and_asks_for_the_register() -> None:
    answer = of(graph(("X", band("40%", "60%"), "L"), ("Y", "40%", "L")))
    assert (answer.truth, named(answer)) == (UNKNOWN, {"X": UNKNOWN})
    assert answer.reason == (
        "X may control L (votes); a dated register of members with exact holdings would settle it"
    )


def test_a_candidates_own_parent_and_the_doubtful_middle_are_candidates() -> None:
    built = graph(("T", "100%", "C"), ("C", "50%", "M"), ("Z", "50%", "M"), ("M", "80%", "L"))
    answer = of(built)
    assert answer.truth is UNKNOWN
    assert named(answer) == {"M": UNKNOWN, "T": UNKNOWN, "Z": UNKNOWN}
    assert answer.parents[1] == UltimateParent(
        "T", UNKNOWN, exact(40), ("T", "C", "M", "L"), ("votes", "half of the votes", "votes")
    )


def test_dispersed_owners_leave_the_party_its_own_parent() -> None:
    built = graph(("X", "40%", "L"), ("Y", "35%", "L"), ("Z", "25%", "L"))
    expected = UltimateParents(FALSE, (), "no parent undertaking: nobody controls L")
    assert of(built) == expected


def test_a_natural_person_is_no_parent_undertaking() -> None:
    built = graph(("F", "100%", "H"), ("H", "80%", "L"))
    assert named(of(built, "L", "F")) == {"H": TRUE}
    assert of(built, "H", "F").truth is FALSE
    assert named(of(built, "L")) == {"F": TRUE}


def test_no_stated_owner_is_unknown() -> None:
    expected = UltimateParents(UNKNOWN, (), "no owner of L is stated", REGISTER)
    assert of(graph(("L", "60%", "A"))) == expected
    assert of(graph(parties=["L"])) == expected


def test_an_unstated_majority_is_unknown() -> None:
    expected = UltimateParents(
        UNKNOWN, (), "80% of L is unstated; a register of members would settle it", REGISTER
    )
    assert of(graph(("X", "20%", "L"))) == expected
    assert of(graph(("X", "30%", "L"), ("Y", "25%", "L"))).truth is FALSE


def test_a_stated_top_with_dispersed_owners_is_the_parent() -> None:
    built = graph(("X", "20%", "T"), ("T", "70%", "L"))
    assert (of(built).truth, named(of(built))) == (TRUE, {"T": TRUE})


def test_a_reporting_exception_is_not_no_parent() -> None:
    own = OwnershipGraph.from_interests([{"owned": "L", "exception": "NO_KNOWN_PERSON"}])
    assert of(own) == UltimateParents(
        UNKNOWN, (), "L reports NO_KNOWN_PERSON instead of a parent", ACCOUNTS
    )
    above = OwnershipGraph.from_interests(
        [
            {"owner": "T", "owned": "L", "share": "70%"},
            {"owned": "T", "exception": "NON_PUBLIC"},
        ]
    )
    assert (of(above).truth, named(of(above))) == (UNKNOWN, {"T": UNKNOWN})


def test_a_circle_of_majorities_has_no_top() -> None:
    built = graph(("A", "60%", "L"), ("L", "60%", "A"))
    assert of(built) == UltimateParents(
        UNKNOWN, (), "control runs in a circle without a top", ACCOUNTS
    )


def test_halves_of_each_other_are_candidates_and_end() -> None:
    built = graph(("A", "50%", "L"), ("L", "50%", "A"))
    assert named(of(built)) == {"A": UNKNOWN}


def test_stated_votes_decide_over_capital() -> None:
    built = states(
        {"owner": "X", "share": "80%"},
        {"owner": "X", "share": "10%", "kind": "voting_rights"},
        {"owner": "Y", "share": "90%", "kind": "voting_rights"},
    )
    answer = of(built)
    assert named(answer) == {"Y": TRUE}
    assert answer.parents[0].share == exact(0)


def test_a_more_than_half_band_is_certain_and_keeps_its_interval() -> None:
    answer = of(graph(("X", band("50%", "75%", exclusive_minimum=True), "L")))
    assert answer.parents == (
        UltimateParent("X", TRUE, interval(50, 75, exclusive_minimum=True), ("X", "L"), ("votes",)),
    )


def test_a_chain_of_ten_thousand_has_its_top() -> None:
    built = graph(*((f"P{i}", "100%", f"P{i + 1}") for i in range(10_000)))
    parent = built.ultimate_parents("P10000", as_of=DAY).parents[0]
    assert (parent.party, parent.share) == ("P0", Share.exact(Fraction(1)))
    assert len(parent.path) == 10_001


def test_whoever_is_left_less_than_half_by_a_certain_majority_is_no_candidate() -> None:
    most = band("50%", "75%", exclusive_minimum=True)
    built = graph(("F", most, "L"), ("X", band("0%", "100%"), "L"))
    expected = UltimateParents(FALSE, (), "no parent undertaking: nobody controls L")
    assert of(built, "L", "F") == expected
    at_least = graph(("F", band("50%", "75%"), "L"), ("X", band("0%", "100%"), "L"))
    assert of(at_least, "L", "F").parents[0].basis == ("half of the votes",)


def test_a_band_up_to_half_may_be_half() -> None:
    answer = of(graph(("X", band("25%", "50%"), "L"), ("Y", "45%", "L")))
    assert (answer.truth, named(answer)) == (UNKNOWN, {"X": UNKNOWN})
    below = band("25%", "50%", exclusive_maximum=True)
    assert of(graph(("X", below, "L"), ("Y", "45%", "L"))).truth is FALSE


def test_a_party_that_holds_most_of_itself_may_have_the_parent_that_holds_the_rest() -> None:
    found = of(graph(("L", "60%", "L"), ("X", "40%", "L")))
    assert (found.truth, named(found), found.documents) == (UNKNOWN, {"X": UNKNOWN}, REGISTER)
    assert found.parents[0].basis == ("votes",)


def test_treasury_shares_make_no_parent() -> None:
    rows = [("L", "20%", "L"), ("X", "30%", "L"), ("Y", "30%", "L"), ("Z", "20%", "L")]
    assert of(graph(*rows)).truth is FALSE


def test_half_of_what_a_party_does_not_hold_of_itself_makes_an_unknown_parent() -> None:
    found = of(graph(("L", "10%", "L"), ("X", "45%", "L"), ("Y", "30%", "L"), ("Z", "15%", "L")))
    assert (found.truth, named(found)) == (UNKNOWN, {"X": UNKNOWN})
    assert found.parents[0].basis == ("half of the votes",)


def test_the_unstated_rest_may_have_most_of_what_a_party_does_not_hold_of_itself() -> None:
    found = of(graph(("L", "30%", "L"), ("X", "30%", "L")))
    assert found.reason == "40% of L is unstated; a register of members would settle it"
    assert of(graph(("L", "10%", "L"), ("X", "30%", "L"), ("Y", "30%", "L"))).truth is FALSE


def test_a_party_that_wholly_owns_itself_has_an_unknown_parent() -> None:
    found = of(graph(("L", "100%", "L")))
    assert found.truth is UNKNOWN
    assert found.reason == "L wholly owns itself: nobody outside is stated"


def test_two_certain_tops_are_several_parents_in_order_of_id() -> None:
    built = OwnershipGraph.from_interests(
        {"owner": owner, "owned": "L", "kind": "consolidation"} for owner in ("Z", "B")
    )
    assert [parent.party for parent in of(built).parents] == ["B", "Z"]
    assert of(built).truth is TRUE


def test_only_declared_influence_without_owners_is_unknown() -> None:
    answer = of(states({"owner": "P", "kind": "agreement"}), "L", "P")
    assert answer == UltimateParents(UNKNOWN, (), "no owner of L is stated", REGISTER)


def test_a_parent_tells_where_each_step_was_stated() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "T", "owned": "M", "share": "80%", "source": "accounts of T, page 3"},
            {"owner": "M", "owned": "L", "share": "60%"},
            {"owner": "M", "owned": "L", "share": "30%", "kind": "voting_rights"},
            {"owner": "M", "owned": "L", "kind": "consolidation", "source": "lei.csv:7"},
        ]
    )
    (parent,) = of(built).parents
    assert (parent.party, built.evidence(parent.path, as_of=DAY)) == (
        "T",
        ("accounts of T, page 3", "lei.csv:7", "ownership.1", "ownership.2"),
    )
    assert [told.code for told in built.diagnoses("L", as_of=DAY)] == ["several_classes"]
    assert built.diagnoses("M", as_of=DAY) == ()


def test_a_parent_that_votes_through_a_party_it_barely_controls_is_certain() -> None:
    built = graph(("X", "51%", "S"), ("S", "30%", "L"), ("X", "30%", "L"), ("Z", "40%", "L"))
    assert named(of(built)) == {"X": TRUE}
