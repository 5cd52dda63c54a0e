"""Look-through shares: worked numbers, cycles, intervals, final holders, the unstated rest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.errors import UnknownNameError
from compliance.model.share import Share
from compliance.ownership import OwnershipGraph
from unit.ownership.graphs import DAY, band, exact, graph, interval

CROSS = (("P", "70%", "X"), ("Y", "30%", "X"), ("X", "20%", "Y"), ("Q", "80%", "Y"))


def test_sixty_times_sixty_times_sixty_is_21_6_percent() -> None:
    built = graph(("X", "60%", "A"), ("A", "60%", "B"), ("B", "60%", "C"))
    assert built.share("X", "C", as_of=DAY) == exact(216, 1000)


def test_cross_holdings_give_35_and_12_of_47_and_add_up_to_one() -> None:
    built = graph(*CROSS)
    assert built.share("P", "X", as_of=DAY) == exact(35, 47)
    assert built.share("Q", "X", as_of=DAY) == exact(12, 47)
    assert built.look_through("X", as_of=DAY) == {"P": exact(35, 47), "Q": exact(12, 47)}


def test_treasury_shares_leave_the_whole_to_the_outside_owner() -> None:
    built = graph(("P", "90%", "X"), ("X", "10%", "X"))
    assert built.share("P", "X", as_of=DAY) == exact(1, 1)
    assert built.look_through("X", as_of=DAY) == {"P": exact(1, 1)}


def test_the_owners_own_owners_are_cut_away() -> None:
    built = graph(("T", "50%", "O"), ("O", "60%", "T"))
    assert built.share("O", "T", as_of=DAY) == exact(60)
    assert built.share("O", "O", as_of=DAY) == exact(1, 1)


def test_paths_add_up() -> None:
    built = graph(("O", "50%", "A"), ("O", "20%", "B"), ("A", "40%", "T"), ("B", "30%", "T"))
    assert built.share("O", "T", as_of=DAY) == exact(26)
    assert built.share("T", "O", as_of=DAY) == exact(0)


def test_an_ownerless_circle_has_no_solution_and_never_divides_by_zero() -> None:
    closed = graph(("A", "100%", "B"), ("B", "100%", "A"), ("A", "60%", "T"))
    assert closed.share("A", "B", as_of=DAY) == exact(1, 1)
    assert closed.share("B", "T", as_of=DAY) == exact(60)
    assert closed.look_through("T", as_of=DAY) == {"A": Share.unknown(), "B": Share.unknown()}
    over = graph(("A", "100%", "B"), ("B", "100%", "A"), ("O", "5%", "A"))
    assert over.share("O", "A", as_of=DAY) == interval(5, 100)
    assert over.share("O", "B", as_of=DAY) == interval(0, 100)


def test_three_firms_that_hold_5_to_90_percent_of_each_other_have_an_upper_bound_of_one() -> None:
    wide = band("5%", "90%")
    clique = [(a, wide, b) for a in "ABC" for b in "ABC" if a != b]
    built = graph(*clique, ("O", wide, "A"))
    share = built.share("O", "B", as_of=DAY)
    assert share == Share(Fraction(1, 378), Fraction(1))
    assert built.look_through("A", as_of=DAY)["O"] == Share(Fraction(19, 378), Fraction(1))


def test_intervals_multiply_at_both_ends() -> None:
    built = graph(("O", band("50%", "80%"), "A"), ("A", band("25%", "50%"), "T"))
    assert built.share("O", "T", as_of=DAY) == Share(Fraction(1, 8), Fraction(2, 5))


def test_open_ends_stay_open_along_the_chain() -> None:
    more = band("50%", "75%", exclusive_minimum=True, exclusive_maximum=True)
    built = graph(("O", more, "A"), ("A", "100%", "T"))
    expected = interval(50, 75, exclusive_minimum=True, exclusive_maximum=True)
    assert built.share("O", "T", as_of=DAY) == expected


def test_an_open_end_is_open_all_around_a_cycle() -> None:
    more = band("50%", "70%", exclusive_minimum=True)
    built = graph(("O", more, "A"), ("B", "20%", "A"), ("A", "50%", "B"))
    share = built.share("O", "B", as_of=DAY)
    assert share == Share(Fraction(5, 18), Fraction(7, 18), exclusive_minimum=True)


def test_an_upper_end_leaves_room_for_what_others_certainly_hold() -> None:
    half = band("40%", "60%")
    built = graph(("O", "100%", "A"), ("O", "100%", "B"), ("A", half, "T"), ("B", half, "T"),
                  ("Z", "10%", "T"))  # fmt: skip
    assert built.share("O", "T", as_of=DAY) == interval(80, 90)


def test_final_holders_are_counted_once_and_keep_what_their_own_owners_leave_unstated() -> None:
    built = graph(("TOP", "30%", "MID"), ("MID", "80%", "T"), ("P", "20%", "T"))
    assert built.look_through("T", as_of=DAY) == {
        "MID": exact(56),
        "P": exact(20),
        "TOP": exact(24),
    }
    assert graph(("TOP", "100%", "MID"), ("MID", "80%", "T")).look_through("T", as_of=DAY) == {
        "TOP": exact(80)
    }


def test_final_holders_of_a_party_without_stated_owners_are_none() -> None:
    assert graph(("X", "60%", "A")).look_through("X", as_of=DAY) == {}
    built = graph(("X", "60%", "A"), parties=["elsewhere"])
    assert built.look_through("elsewhere", as_of=DAY) == {}


def test_final_holders_keep_intervals() -> None:
    built = graph(("TOP", band("40%", "60%"), "MID"), ("MID", band("50%", "75%"), "T"))
    assert built.look_through("T", as_of=DAY) == {
        "MID": interval(20, 45),
        "TOP": interval(20, 45),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("X", "60%", "A"),), exact(40)),
        ((("X", "60%", "A"), ("Y", "40%", "A")), exact(0)),
        ((("X", band("40%", "60%"), "A"), ("Y", "10%", "A")), interval(30, 50)),
        (
            (("X", band("25%", "50%", exclusive_minimum=True), "A"),),
            interval(50, 75, exclusive_maximum=True),
        ),
        ((("X", "60%", "A"), ("Y", "60%", "A")), exact(0)),
        ((), exact(1, 1)),
    ],
)
def test_the_unstated_rest_is_what_nobody_is_said_to_hold(
    rows: tuple[tuple[str, object, str], ...], expected: Share
) -> None:
    assert graph(*rows, parties=["A"]).unstated("A", as_of=DAY) == expected


def test_voting_rights_are_no_capital() -> None:
    built = OwnershipGraph.from_interests(
        [{"owner": "X", "owned": "A", "share": "60%", "kind": "voting_rights"}]
    )
    assert built.share("X", "A", as_of=DAY) == exact(0)
    assert built.unstated("A", as_of=DAY) == exact(1, 1)


def test_a_party_that_no_interest_names_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no interest names the party 'Z'"):
        graph(*CROSS).share("Z", "X", as_of=DAY)


def test_a_chain_of_ten_thousand_is_multiplied_exactly() -> None:
    built = graph(*((f"P{i}", "1/2", f"P{i + 1}") for i in range(10_000)))
    assert built.share("P0", "P10000", as_of=None).minimum == Fraction(1, 2**10_000)


def test_more_than_nothing_of_more_than_nothing_is_more_than_nothing() -> None:
    some = band("0%", "50%", exclusive_minimum=True)
    built = graph(("O", some, "A"), ("A", some, "T"))
    assert built.share("O", "T", as_of=DAY) == interval(0, 25, exclusive_minimum=True)


def test_more_than_all_of_a_party_is_never_more_than_its_whole() -> None:
    built = graph(("O", "80%", "T"), ("O", "100%", "A"), ("A", "80%", "T"))
    assert built.share("O", "T", as_of=DAY) == exact(1, 1)
    assert [d.code for d in built.diagnoses(as_of=DAY)] == ["oversubscribed"]


def test_a_party_outside_a_circle_that_flows_into_it_keeps_its_direct_part() -> None:
    built = graph(("O", "50%", "A"), ("B", "50%", "A"), ("A", "100%", "B"), ("B", "40%", "T"))
    assert built.share("O", "T", as_of=DAY) == exact(40)
    assert built.look_through("T", as_of=DAY) == {"O": exact(40)}


def test_a_part_of_a_circle_that_nobody_states_stays_with_its_holder() -> None:
    built = graph(("O", "25%", "A"), ("B", "50%", "A"), ("A", "100%", "B"))
    assert built.share("O", "B", as_of=DAY) == exact(50)
    assert built.look_through("B", as_of=DAY) == {"A": exact(50), "O": exact(50)}


def test_voting_rights_and_declared_control_add_nothing_to_a_share() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "30%"},
            {"owner": "X", "owned": "A", "share": "90%", "kind": "voting_rights"},
            {"owner": "X", "owned": "A", "share": "90%", "kind": "other"},
            {"owner": "X", "owned": "A", "kind": "board_appointment", "seats": 7, "of": 7},
        ]
    )
    assert built.share("X", "A", as_of=DAY) == exact(30)
    assert built.look_through("A", as_of=DAY) == {"X": exact(30)}
