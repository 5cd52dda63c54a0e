"""The graph by day: dates, merged statements, direct owners, diagnoses."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from compliance.errors import OwnershipError
from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Diagnosis, OwnershipGraph
from unit.ownership.graphs import DAY, band, exact, graph, interval


def dated(share: str, since: str | None = None, until: str | None = None) -> dict[str, object]:
    return {"owner": "X", "owned": "A", "share": share, "from": since, "until": until}


SOLD = OwnershipGraph.from_interests(
    [
        dated("60%", "2022-01-01", "2024-01-01"),
        dated("30%", "2024-01-01"),
    ]
)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2021, 12, 31), exact(0)),
        (date(2022, 1, 1), exact(60)),
        (date(2023, 12, 31), exact(60)),
        (date(2024, 1, 1), exact(30)),
    ],
)
def test_an_interest_holds_from_its_first_day_and_no_longer_on_its_last(
    day: date, share: Share
) -> None:
    assert SOLD.share("X", "A", as_of=day) == share
    assert SOLD.diagnoses(as_of=day) == ()


def test_every_question_is_asked_of_its_day() -> None:
    before, after = date(2023, 6, 1), date(2024, 6, 1)
    assert SOLD.affected(["X"], as_of=before)["A"].truth is Truth.TRUE
    assert SOLD.affected(["X"], as_of=after)["A"].truth is Truth.FALSE
    assert list(SOLD.controlled_by("X", as_of=before)) == ["A"]
    assert SOLD.controlled_by("X", as_of=after) == {}
    assert SOLD.ultimate_parents("A", as_of=before).truth is Truth.TRUE
    assert SOLD.ultimate_parents("A", as_of=after).truth is Truth.UNKNOWN
    assert SOLD.unstated("A", as_of=after) == exact(70)
    assert SOLD.look_through("A", as_of=after) == {"X": exact(30)}


def test_all_interests_together_ignore_dates_and_a_succession_is_no_contradiction() -> None:
    assert SOLD.ever().owners("A") == (("X", interval(30, 60), "shareholding"),)
    assert list(SOLD.ever().contradictions("A")) == []


def test_equal_statements_merge_silently() -> None:
    built = OwnershipGraph.from_interests([dated("30%"), dated("0.30"), dated("3/10")])
    assert built.owners("A", as_of=DAY) == (("X", exact(30), "shareholding"),)
    assert built.diagnoses(as_of=DAY) == ()


def test_different_statements_span_an_interval_and_are_diagnosed() -> None:
    built = OwnershipGraph.from_interests([dated("40%"), dated("30%", "2020-01-01")])
    assert built.share("X", "A", as_of=DAY) == interval(30, 40)
    assert built.diagnoses(as_of=DAY) == (
        Diagnosis(
            "contradiction",
            ("X", "A"),
            "{0} in {1} (shareholding): 30% and 40% are stated for the same day",
        ),
    )
    assert built.diagnoses(as_of=date(2019, 1, 1)) == ()


def test_a_spanning_interval_is_open_only_where_every_statement_is() -> None:
    low = band("25%", "50%", exclusive_minimum=True, exclusive_maximum=True)
    built = graph(("X", low, "A"), ("X", band("25%", "40%"), "A"))
    assert built.share("X", "A", as_of=DAY) == interval(25, 50, exclusive_maximum=True)


def test_a_statement_without_a_share_contradicts_nothing() -> None:
    built = OwnershipGraph.from_interests([dated("30%"), {"owner": "X", "owned": "A"}])
    assert built.share("X", "A", as_of=DAY) == exact(30)
    assert built.diagnoses(as_of=DAY) == ()


def test_classes_of_interest_are_kept_apart() -> None:
    built = OwnershipGraph.from_interests(
        [
            dated("30%"),
            {"owner": "X", "owned": "A", "share": "60%", "kind": "voting_rights"},
            {"owner": "B", "owned": "A", "kind": "agreement"},
        ]
    )
    assert built.owners("A", as_of=DAY) == (
        ("B", Share.unknown(), "agreement"),
        ("X", exact(30), "shareholding"),
        ("X", exact(60), "voting_rights"),
    )
    assert built.owned_by("X", as_of=DAY) == (
        ("A", exact(30), "shareholding"),
        ("A", exact(60), "voting_rights"),
    )
    assert built.owners("X", as_of=DAY) == ()
    assert built.parties == {"A", "B", "X"}


def test_more_than_all_of_a_party_is_diagnosed_and_stays_visible() -> None:
    built = graph(("X", "60%", "A"), ("Y", "50%", "A"))
    assert built.diagnoses(as_of=DAY) == (
        Diagnosis(
            "oversubscribed", ("A", "X", "Y"), "the shares stated of {0} add up to at least 110%"
        ),
    )
    assert built.owners("A", as_of=DAY)[0] == ("X", exact(60), "shareholding")


def test_rounded_figures_may_add_up_to_half_a_point_too_much() -> None:
    assert graph(("X", "50.5%", "A"), ("Y", "50%", "A")).diagnoses(as_of=DAY) == ()
    assert len(graph(("X", "50.6%", "A"), ("Y", "50%", "A")).diagnoses(as_of=DAY)) == 1


def test_votes_are_counted_apart_from_shares() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": owner, "owned": "A", "share": "60%", "kind": "voting_rights"}
            for owner in ("X", "Y")
        ]
    )
    assert [(d.code, d.message) for d in built.diagnoses(as_of=DAY)] == [
        ("oversubscribed", "the votes stated of A add up to at least 120%")
    ]


def test_a_self_holding_is_diagnosed() -> None:
    assert graph(("P", "90%", "X"), ("X", "10%", "X")).diagnoses(as_of=DAY) == (
        Diagnosis("self_holding", ("X",), "{0} holds 10% of itself"),
    )


def test_a_circle_that_wholly_owns_itself_is_diagnosed() -> None:
    closed = graph(("A", "100%", "B"), ("C", "100%", "A"), ("B", "100%", "C"), ("A", "60%", "T"))
    assert closed.diagnoses(as_of=DAY) == (
        Diagnosis("cross_holding", ("A", "B", "C"), "{all} own each other in a circle"),
        Diagnosis(
            "ownerless_cycle",
            ("A", "B", "C"),
            "{all} wholly own each other: nobody outside is stated",
        ),
    )
    leaking = graph(("A", "100%", "B"), ("B", "99%", "A")).diagnoses(as_of=DAY)
    assert [d.code for d in leaking] == ["cross_holding"]
    alone = graph(("A", "100%", "A")).diagnoses(as_of=DAY)
    assert [d.code for d in alone] == ["ownerless_cycle", "self_holding"]


def test_a_threshold_may_be_a_fraction() -> None:
    found = graph(("X", "1/3", "A")).affected(["X"], Fraction(1, 3), as_of=DAY)
    assert found["A"].truth is Truth.TRUE


def test_an_ownerless_circle_is_diagnosed_within_a_wider_circle_that_may_be_none() -> None:
    built = graph(
        ("A", "100%", "B"), ("B", "100%", "A"), ("A", "50%", "C"), ("C", band("0%", "10%"), "A")
    )
    assert [(d.code, d.parties) for d in built.diagnoses(as_of=DAY)] == [
        ("cross_holding", ("A", "B", "C")),
        ("ownerless_cycle", ("A", "B")),
    ]


def test_votes_that_differ_from_the_capital_are_diagnosed_and_votes_that_follow_it_are_not() -> (
    None
):
    def voted(votes: str) -> OwnershipGraph:
        return OwnershipGraph.from_interests(
            [
                {"owner": "X", "owned": "A", "share": "60%"},
                {"owner": "X", "owned": "A", "share": votes, "kind": "voting_rights"},
            ]
        )

    assert voted("60%").diagnoses(as_of=DAY) == ()
    assert voted("10%").diagnoses(as_of=DAY) == (
        Diagnosis(
            "several_classes",
            ("A",),
            "the votes stated of {0} differ from its capital: control follows them",
        ),
    )


def test_a_circle_is_found_under_an_owner_that_is_itself_owned() -> None:
    built = graph(("O", "60%", "M"), ("M", "40%", "A"), ("B", "30%", "A"), ("A", "60%", "B"))
    assert [(d.code, d.parties) for d in built.diagnoses(as_of=DAY)] == [
        ("cross_holding", ("A", "B"))
    ]


def test_a_day_may_be_left_out_where_no_interest_has_one() -> None:
    built = graph(("X", "60%", "A"), ("A", "100%", "B"))
    assert built.controlled_by("X") == built.controlled_by("X", as_of=None)
    assert built.ultimate_parents("B") == built.ultimate_parents("B", as_of=None)
    assert built.share("X", "B") == exact(60)
    assert sorted(built.affected(["X"])) == ["A", "B", "X"]


def test_a_day_is_asked_for_where_an_interest_has_one() -> None:
    built = OwnershipGraph.from_interests([dated("60%", "2020-01-01")])
    with pytest.raises(OwnershipError) as caught:
        built.controlled_by("X")
    assert [str(problem) for problem in caught.value.problems] == [
        "as_of: interests are dated: name a day"
    ]
