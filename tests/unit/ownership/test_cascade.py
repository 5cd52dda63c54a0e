"""The cascade: the regulators' worked examples, intervals, aggregation, control, paths."""

from __future__ import annotations

import pytest

from compliance.errors import OwnershipError
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Diagnosis, OwnershipGraph, Path
from unit.ownership.graphs import DAY, band, exact, graph, interval

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def truths(built: OwnershipGraph, *listed: str, **rule: object) -> dict[str, Truth]:
    found = built.affected(listed, as_of=None, **rule)  # type: ignore[arg-type]
    return {party: answer.truth for party, answer in found.items() if party not in listed}


FAQ_401 = [
    ([("X", "50%", "A"), ("A", "50%", "B")], {"A": TRUE, "B": TRUE}),
    ([("X", "50%", "A"), ("X", "10%", "B"), ("A", "40%", "B")], {"A": TRUE, "B": TRUE}),
    (
        [("X", "50%", "A"), ("X", "50%", "B"), ("A", "25%", "C"), ("B", "25%", "C")],
        {"A": TRUE, "B": TRUE, "C": TRUE},
    ),
    (
        [("X", "50%", "A"), ("X", "25%", "B"), ("A", "25%", "C"), ("B", "25%", "C")],
        {"A": TRUE, "B": FALSE, "C": FALSE},
    ),
    (
        [("X", "25%", "A"), ("X", "25%", "B"), ("A", "50%", "C"), ("B", "50%", "C")],
        {"A": FALSE, "B": FALSE, "C": FALSE},
    ),
    ([("X", "25%", "A"), ("Y", "25%", "A")], {"A": TRUE}),
    ([("X", "49.9%", "A"), ("Z", "50.1%", "A")], {"A": FALSE}),
]


@pytest.mark.parametrize(("rows", "expected"), FAQ_401)
def test_ofac_faq_401_is_answered_as_published(
    rows: list[tuple[str, object, str]], expected: dict[str, Truth]
) -> None:
    assert truths(graph(*rows), "X", "Y") == expected


def test_half_is_affected_at_least_half_and_not_at_more_than_half() -> None:
    built = graph(("X", "50%", "A"))
    assert truths(built, "X") == {"A": TRUE}
    assert truths(built, "X", inclusive=False) == {"A": FALSE}


def test_listed_owners_of_30_and_25_percent_hold_55_percent_together() -> None:
    built = graph(("X", "30%", "L"), ("Y", "25%", "L"), ("M", "45%", "L"))
    found = built.affected(["X", "Y"], as_of=DAY)["L"]
    assert (found.truth, found.share) == (TRUE, exact(55))
    assert found.paths == (Path(("X", "L"), exact(30)), Path(("Y", "L"), exact(25)))


def test_without_aggregation_one_owner_must_reach_the_threshold() -> None:
    built = graph(("X", "30%", "L"), ("Y", "25%", "L"), ("M", "45%", "L"))
    found = built.affected(["X", "Y"], aggregate=False, as_of=DAY)["L"]
    assert (found.truth, found.share) == (FALSE, exact(30))
    assert truths(built, "X", "Y", aggregate=False, threshold="30%") == {"L": TRUE}


def test_a_third_is_evaluated_and_not_met() -> None:
    found = graph(("X", "1/3", "L")).affected(["X"], as_of=DAY)["L"]
    assert (found.truth, found.share) == (FALSE, exact(1, 3))
    assert found.paths == (Path(("X", "L"), exact(1, 3)),)


def test_a_listed_party_is_affected_without_share_or_path_even_if_nothing_is_stated_of_it() -> None:
    found = graph(("X", "60%", "A")).affected(["X", "elsewhere"], as_of=DAY)
    assert sorted(found) == ["A", "X", "elsewhere"]
    for party in ("X", "elsewhere"):
        assert (found[party].truth, found[party].share, found[party].paths) == (TRUE, None, ())


def test_a_party_nobody_listed_leads_to_is_not_in_the_answer() -> None:
    assert truths(graph(("X", "60%", "A"), ("P", "60%", "B")), "X") == {"A": TRUE}


def test_an_affected_party_counts_in_full_sixty_times_sixty_times_sixty() -> None:
    built = graph(("X", "60%", "A"), ("A", "60%", "B"), ("B", "60%", "C"))
    found = built.affected(["X"], as_of=None)["C"]
    assert (found.truth, found.share) == (TRUE, exact(60))
    assert found.paths == (Path(("X", "A", "B", "C"), exact(60)),)


def test_paths_are_the_largest_holding_first_and_show_a_cycle_once() -> None:
    built = graph(("X", "60%", "A"), ("B", "40%", "A"), ("A", "90%", "B"), ("X", "10%", "B"))
    found = built.affected(["X"], as_of=None)
    assert found["B"].paths == (Path(("X", "A", "B"), exact(90)), Path(("X", "B"), exact(10)))
    assert found["A"].paths == (Path(("X", "A"), exact(60)), Path(("X", "A", "B", "A"), exact(40)))


def test_forty_to_sixty_percent_against_half_is_unknown() -> None:
    found = graph(("X", band("40%", "60%"), "A")).affected(["X"], as_of=None)["A"]
    assert (found.truth, found.share) == (UNKNOWN, interval(40, 60))


def test_what_depends_on_an_unknown_is_unknown_and_has_its_path() -> None:
    built = graph(("X", band("40%", "60%"), "A"), ("A", "80%", "B"))
    found = built.affected(["X"], as_of=None)["B"]
    assert (found.truth, found.share) == (UNKNOWN, interval(0, 80))
    assert found.paths == (Path(("X", "A", "B"), exact(80)),)


@pytest.mark.parametrize(
    ("share", "inclusive", "expected"),
    [
        (band("50%", "75%", exclusive_minimum=True), False, TRUE),
        (band("50%", "75%"), False, UNKNOWN),
        (band("50%", "75%"), True, TRUE),
        (band("25%", "50%"), True, UNKNOWN),
        (band("25%", "50%"), False, FALSE),
        (band("25%", "50%", exclusive_maximum=True), True, FALSE),
    ],
)
def test_open_and_closed_ends_decide_at_exactly_half(
    share: object, inclusive: bool, expected: Truth
) -> None:
    assert truths(graph(("X", share, "A")), "X", inclusive=inclusive) == {"A": expected}


def test_upper_ends_are_tightened_by_what_the_others_certainly_hold() -> None:
    wide = band("10%", "60%")
    found = graph(("X", wide, "A"), ("Z", "55%", "A")).affected(["X"], as_of=None)["A"]
    assert (found.truth, found.share) == (FALSE, interval(10, 45))
    together = graph(("X", wide, "A"), ("Y", wide, "A"), ("Z", "60%", "A"))
    assert together.affected(["X", "Y"], as_of=None)["A"].share == interval(20, 40)


def test_an_owner_above_more_than_half_leaves_less_than_half() -> None:
    most = band("50%", "75%", exclusive_minimum=True)
    built = graph(("Z", most, "A"), ("X", band("0%", "100%"), "A"))
    assert built.affected(["X"], as_of=None)["A"].share == interval(0, 50, exclusive_maximum=True)
    assert truths(built, "X") == {"A": FALSE}


def test_oversubscribed_statements_are_not_tightened() -> None:
    built = graph(("X", band("40%", "60%"), "A"), ("Z", "70%", "A"))
    assert truths(built, "X") == {"A": UNKNOWN}


def test_a_share_that_nobody_states_is_unknown() -> None:
    built = OwnershipGraph.from_interests([{"owner": "X", "owned": "A"}])
    found = built.affected(["X"], as_of=None)["A"]
    assert (found.truth, found.share) == (UNKNOWN, Share.unknown())


def test_treasury_shares_do_not_count_as_held_by_an_affected_party() -> None:
    found = graph(("X", "60%", "A"), ("A", "10%", "A")).affected(["X"], as_of=None)["A"]
    assert (found.truth, found.share) == (TRUE, exact(60))


def stated_control(kind: str, **more: object) -> OwnershipGraph:
    return OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "kind": kind, **more},
            {"owner": "P", "owned": "A", "share": "100%"},
        ]
    )


def test_control_counts_only_where_the_rule_says_so() -> None:
    built = stated_control("agreement")
    assert truths(built, "X") == {}
    assert truths(built, "X", control=True) == {"A": TRUE}
    found = built.affected(["X"], control=True, as_of=None)["A"]
    assert found.share == exact(0)
    assert [path.parties for path in found.paths] == [("X", "A")]


def test_a_board_majority_is_control_and_a_board_minority_is_unknown() -> None:
    four = stated_control("board_appointment", seats=4, of=7)
    two = stated_control("board_appointment", seats=2, of=7)
    assert truths(four, "X", control=True) == {"A": TRUE}
    assert truths(two, "X", control=True) == {"A": UNKNOWN}


def test_a_majority_of_votes_is_control_below_half_of_the_capital() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "20%"},
            {"owner": "X", "owned": "A", "share": "51%", "kind": "voting_rights"},
        ]
    )
    assert truths(built, "X") == {"A": FALSE}
    assert truths(built, "X", control=True) == {"A": TRUE}


def test_votes_of_several_listed_parties_are_added_only_with_aggregation() -> None:
    built = graph(("X", "30%", "A"), ("Y", "25%", "A"))
    rule = {"threshold": "90%", "control": True}
    assert truths(built, "X", "Y", **rule) == {"A": TRUE}
    assert truths(built, "X", "Y", aggregate=False, **rule) == {"A": FALSE}


def test_without_aggregation_the_stakes_of_one_listed_party_are_still_added_up() -> None:
    direct_and_not = graph(("X", "100%", "S"), ("S", "30%", "A"), ("X", "30%", "A"))
    answers = direct_and_not.affected(["X"], inclusive=False, aggregate=False)
    found = answers["A"]
    assert (found.truth, found.share, answers.origins("A")) == (TRUE, exact(60), ("X",))
    assert found.paths == (Path(("X", "S", "A"), exact(30)), Path(("X", "A"), exact(30)))
    through_two = graph(("X", "60%", "S"), ("X", "60%", "T"), ("S", "30%", "A"), ("T", "25%", "A"))
    rule = {"inclusive": False, "aggregate": False}
    assert truths(through_two, "X", **rule) == {"S": TRUE, "T": TRUE, "A": TRUE}


def test_without_aggregation_a_company_of_one_is_not_added_to_what_another_holds() -> None:
    built = graph(("X", "100%", "S"), ("S", "30%", "A"), ("Y", "30%", "A"), ("X", "15%", "A"))
    found = built.affected(["X", "Y"], inclusive=False, aggregate=False, as_of=None)["A"]
    assert (found.truth, found.share) == (FALSE, exact(45))
    rule = {"inclusive": False, "aggregate": False}
    assert truths(built, "X", "Y", control=True, **rule)["A"] is FALSE
    assert truths(built, "X", "Y", inclusive=False)["A"] is TRUE


def test_without_aggregation_a_minority_beside_is_not_told_as_what_made_it_so() -> None:
    built = graph(("X", "100%", "S"), ("S", "30%", "A"), ("X", "30%", "A"), ("Y", "40%", "A"))
    answers = built.affected(["X", "Y"], inclusive=False, aggregate=False)
    found = answers["A"]
    assert (found.truth, found.share, answers.origins("A")) == (TRUE, exact(60), ("X",))
    assert found.paths == (Path(("X", "S", "A"), exact(30)), Path(("X", "A"), exact(30)))


def test_without_aggregation_votes_are_added_within_a_group_and_not_across() -> None:
    rows = [
        {"owner": "X", "owned": "S", "share": "100%"},
        {"owner": "S", "owned": "A", "share": "30%", "kind": "voting_rights"},
        {"owner": "X", "owned": "A", "share": "10%", "kind": "voting_rights"},
        {"owner": "Y", "owned": "A", "share": "30%", "kind": "voting_rights"},
    ]
    rule = {"inclusive": False, "aggregate": False, "control": True}
    apart = OwnershipGraph.from_interests(rows)
    assert truths(apart, "X", "Y", **rule)["A"] is FALSE
    rows.append({"owner": "X", "owned": "Y", "kind": "agreement"})
    assert truths(OwnershipGraph.from_interests(rows), "X", "Y", **rule)["A"] is TRUE


@pytest.mark.parametrize("threshold", [1, 50, "half", True, {"minimum": "40%"}])
def test_a_threshold_is_one_exact_share(threshold: object) -> None:
    with pytest.raises(OwnershipError) as caught:
        graph(("X", "50%", "A")).affected(["X"], threshold, as_of=None)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["threshold"]


def test_a_chain_of_ten_thousand_is_no_recursion() -> None:
    built = graph(*((f"P{i}", "60%", f"P{i + 1}") for i in range(10_000)))
    found = built.affected(["P0"], as_of=None)
    assert len(found) == 10_001
    (path,) = found.paths("P10000")
    assert path.parties == tuple(f"P{i}" for i in range(10_001))


def test_an_answer_carries_ten_paths_and_the_end_of_a_long_one() -> None:
    chain = [(f"P{i}", "60%", f"P{i + 1}") for i in range(100)]
    answers = graph(*chain, *(("X", "3%", f"M{i:02}") for i in range(20))).affected(["P0"])
    (path,) = answers["P100"].paths
    assert path == Path(tuple(f"P{i}" for i in range(51, 101)), exact(60))
    assert answers["P51"].truth is TRUE
    many = graph(*((f"L{i:02}", f"{i + 1}/1000", "A") for i in range(20)))
    found = many.affected([f"L{i:02}" for i in range(20)])
    assert found["A"].paths == found.paths("A")[:10]
    assert len(found.paths("A")) == len(found.holders("A")) == 20


def test_without_aggregation_a_path_runs_down_through_every_controlled_party() -> None:
    built = graph(("X", "60%", "Z"), ("Z", "60%", "A"), ("A", "60%", "M"))
    found = built.affected(["X"], inclusive=False, aggregate=False, control=True, as_of=None)
    assert found["M"].paths == (Path(("X", "Z", "A", "M"), exact(60)),)


def test_what_a_certain_majority_may_own_is_unknown_though_others_hold_more_than_it_leaves() -> (
    None
):
    more_than_half = band("50%", "75%", exclusive_minimum=True)
    built = graph(("X", more_than_half, "A"), ("Y", "50%", "A"), ("A", band("40%", "60%"), "B"))
    for aggregate in (True, False):
        rule = {"inclusive": False, "aggregate": aggregate}
        assert truths(built, "X", **rule) == {"A": TRUE, "B": UNKNOWN}
    assert built.controlled_by("X", as_of=DAY)["B"].truth is UNKNOWN


def test_the_listed_parties_behind_a_certain_answer_are_the_certain_ones() -> None:
    built = graph(
        ("X", "60%", "A"), ("Y", band("0%", "100%"), "M"), ("M", "10%", "A"), ("M", "60%", "B")
    )
    found = built.affected(["X", "Y"], as_of=None)
    assert (found["A"].truth, found.origins("A")) == (TRUE, ("X",))
    assert (found["B"].truth, found.origins("B")) == (UNKNOWN, ("Y",))
    assert (found.origins("X"), found.paths("X"), found.holders("X")) == ((), (), ())


def test_the_answer_is_a_mapping_that_knows_who_joined() -> None:
    found = graph(("X", "60%", "A"), ("A", band("40%", "60%"), "B"), ("B", "10%", "C")).affected(
        ["X"], as_of=None
    )
    assert (found.certain, found.possible) == (frozenset("XA"), frozenset("B"))
    assert (list(found), len(found), "C" in found, "Z" in found) == (list("ABCX"), 4, True, False)
    assert found.get("Z") is None
    assert found == dict(found)
    assert "Truth.UNKNOWN" in repr(found)


def test_what_is_wrong_above_a_party_is_visible_in_its_answer() -> None:
    built = graph(("X", "60%", "A"), ("X", "70%", "A"), ("A", "80%", "B"), ("P", "60%", "Q"))
    found = built.affected(["X", "P"], as_of=None)
    assert [(d.code, d.parties) for d in found.diagnoses("B")] == [("contradiction", ("X", "A"))]
    assert found.diagnoses("Q") == found.diagnoses("X") == ()
    with pytest.raises(KeyError):
        found.diagnoses("Z")


@pytest.mark.parametrize(
    ("held", "own", "inclusive", "truth"),
    [
        ("45%", "10%", True, UNKNOWN),
        ("45%", "10%", False, FALSE),
        ("44.9%", "10%", True, FALSE),
        ("50%", "10%", True, TRUE),
        ("50%", "10%", False, UNKNOWN),
        ("45%", band("0%", "10%"), True, UNKNOWN),
        ("45%", band("0%", "10%", exclusive_maximum=True), True, FALSE),
        (band("40%", "45%", exclusive_maximum=True), "10%", True, FALSE),
        (band("40%", "45%"), "10%", True, UNKNOWN),
        ("1%", "100%", True, UNKNOWN),
        ("0%", "100%", True, FALSE),
    ],
)
def test_own_shares_leave_it_unknown_whether_others_reach_the_threshold(
    held: object, own: object, inclusive: bool, truth: Truth
) -> None:
    built = graph(("P", held, "X"), ("X", own, "X"))
    for aggregate in (True, False):
        found = built.affected(["P"], inclusive=inclusive, aggregate=aggregate, as_of=DAY)["X"]
        assert found.truth is truth


def test_own_shares_that_decide_are_diagnosed_and_what_is_below_is_unknown_too() -> None:
    built = graph(("P", "45%", "X"), ("X", "10%", "X"), ("X", "50%", "Y"))
    found = built.affected(["P"], as_of=DAY)
    assert [(found[p].truth, found[p].share) for p in ("X", "Y")] == [
        (UNKNOWN, exact(45)),
        (UNKNOWN, interval(0, 50)),
    ]
    message = (
        "45% of the shares of {0} is held, and 10% by {0} itself: the threshold is reached only if "
        "those do not count"
    )
    for party in ("X", "Y"):
        told = [d for d in found.diagnoses(party) if d.code == "treasury_shares"]
        assert told == [Diagnosis("treasury_shares", ("X",), message)]
    assert found["Y"].paths == (Path(("P", "X", "Y"), exact(50)),)


def test_own_shares_that_decide_nothing_are_not_said_to() -> None:
    for held in ("60%", "10%"):
        answers = graph(("P", held, "X"), ("X", "10%", "X")).affected(["P"], as_of=DAY)
        assert [d.code for d in answers.diagnoses("X")] == ["self_holding"]


def test_own_votes_leave_control_unknown_whether_owners_are_added_or_not() -> None:
    votes = {"kind": "voting_rights", "owned": "X"}
    built = OwnershipGraph.from_interests(
        [{"owner": "P", "share": "45%", **votes}, {"owner": "X", "share": "20%", **votes}]
    )
    for aggregate in (True, False):
        found = built.affected(["P"], control=True, aggregate=aggregate, as_of=DAY)
        assert found["X"].truth is UNKNOWN
        assert "X" not in built.affected(["P"], aggregate=aggregate, as_of=DAY)


def test_a_listed_party_is_the_beginning_of_its_chains_though_another_one_owns_it() -> None:
    found = graph(("X", "60%", "Y"), ("Y", "60%", "A")).affected(["X", "Y"], as_of=DAY)
    assert found["A"].paths == (Path(("Y", "A"), exact(60)),)
