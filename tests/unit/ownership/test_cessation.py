"""Parties that have ended: none is a certain parent, and who succeeded one may have its place."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from compliance.model.truth import Truth
from compliance.ownership import Cessation, OwnershipGraph

DAY = date(2024, 6, 15)
BEFORE, ON, AFTER = date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 2)


def graph(ended: dict[str, Cessation], *edges: tuple[str, str, str]) -> OwnershipGraph:
    interests = [{"owner": owner, "owned": owned, "share": share} for owner, owned, share in edges]
    return OwnershipGraph.from_interests(interests, ended=ended)


def parents(found: OwnershipGraph, party: str, as_of: date | None = DAY) -> tuple[Any, ...]:
    answer = found.ultimate_parents(party, as_of=as_of)
    return answer.truth, {p.party: p.truth for p in answer.parents}


@pytest.mark.parametrize("standing", ["retired", "merged", "dissolved", "liquidated", "closed"])
def test_an_owner_is_no_certain_parent_from_the_day_on_which_it_ended(standing: str) -> None:
    found = graph({"A": Cessation(standing, ON)}, ("A", "X", "60%"))
    assert parents(found, "X", BEFORE) == (Truth.TRUE, {"A": Truth.TRUE})
    for day in (ON, AFTER, None):
        assert parents(found, "X", day) == (Truth.UNKNOWN, {"A": Truth.UNKNOWN})


@pytest.mark.parametrize("standing", ["annulled", "duplicate"])
def test_what_never_was_a_party_has_ended_on_every_day(standing: str) -> None:
    found = graph({"A": Cessation(standing, ON)}, ("A", "X", "60%"))
    assert parents(found, "X", BEFORE) == (Truth.UNKNOWN, {"A": Truth.UNKNOWN})


def test_without_a_day_it_has_ended_on_every_day() -> None:
    found = graph({"A": Cessation("retired")}, ("A", "X", "60%"))
    assert parents(found, "X", BEFORE)[0] is Truth.UNKNOWN


def test_nobody_above_it_is_certain_and_its_successor_is_a_candidate() -> None:
    found = graph(
        {"A": Cessation("merged", ON, ("S",))},
        ("A", "X", "60%"), ("P", "A", "100%"), ("T", "S", "100%"),
    )  # fmt: skip
    assert parents(found, "X", BEFORE) == (Truth.TRUE, {"P": Truth.TRUE})
    assert parents(found, "X", ON) == (
        Truth.UNKNOWN,
        {"P": Truth.UNKNOWN, "T": Truth.UNKNOWN},
    )
    answer = found.ultimate_parents("X", as_of=ON)
    assert "A is merged since 2024-03-01" in answer.reason
    assert "succeeded by S" in answer.reason
    (through,) = [p for p in answer.parents if p.party == "T"]
    assert (through.path, through.basis) == (
        ("T", "S", "A", "X"),
        ("votes", "succession", "votes"),
    )


def test_a_minority_that_ended_leaves_the_majority_certain() -> None:
    found = graph({"A": Cessation("dissolved", ON)}, ("A", "X", "10%"), ("P", "X", "60%"))
    assert parents(found, "X") == (Truth.TRUE, {"P": Truth.TRUE})


def test_votes_that_several_bring_together_are_not_certain_where_one_of_them_ended() -> None:
    edges = ("A", "X", "30%"), ("B", "X", "30%"), ("P", "A", "100%"), ("P", "B", "100%")
    assert parents(graph({}, *edges), "X") == (Truth.TRUE, {"P": Truth.TRUE})
    found = graph({"A": Cessation("dissolved", ON)}, *edges)
    assert parents(found, "X", BEFORE) == (Truth.TRUE, {"P": Truth.TRUE})
    assert parents(found, "X", ON) == (Truth.UNKNOWN, {"P": Truth.UNKNOWN})
    beside = graph({"Z": Cessation("dissolved", ON)}, *edges, ("Z", "P", "10%"))
    assert parents(beside, "X", ON) == (Truth.TRUE, {"P": Truth.TRUE})


def test_a_listed_successor_may_affect_what_was_held_and_a_listed_owner_still_does() -> None:
    found = graph({"A": Cessation("merged", ON, ("S",))}, ("A", "X", "60%"), ("A", "Y", "40%"))
    for control in (False, True):
        for aggregate in (False, True):
            options: dict[str, Any] = {"control": control, "aggregate": aggregate}
            assert found.affected(["A"], as_of=ON, **options)["X"].truth is Truth.TRUE
            assert "X" not in found.affected(["S"], as_of=BEFORE, **options)
            after = found.affected(["S"], as_of=ON, **options)
            assert after["A"].truth is Truth.UNKNOWN
            assert after["X"].truth is Truth.UNKNOWN
            assert after.origins("X") == ("S",)
            assert after["X"].paths[0].parties == ("S", "A", "X")
            assert after["Y"].truth is Truth.FALSE


def test_who_owns_the_successor_may_affect_it_too() -> None:
    found = graph({"A": Cessation("merged", ON, ("S",))}, ("A", "X", "60%"), ("L", "S", "50%"))
    assert found.affected(["L"], as_of=ON)["X"].truth is Truth.UNKNOWN


def test_it_is_told_with_its_successor() -> None:
    found = graph({"A": Cessation("merged", ON, ("S",))}, ("A", "X", "60%"), ("B", "X", "40%"))
    assert found.diagnoses(as_of=BEFORE) == ()
    (told,) = found.diagnoses(as_of=ON)
    assert told.code == "ended_owner"
    assert told.message == (
        "A is merged since 2024-03-01, and still stated as owner of X; its successor is S"
    )
    assert found.ended("A", as_of=ON) == Cessation("merged", ON, ("S",))
    assert found.ended("A", as_of=BEFORE) is None


def test_it_survives_a_pickle() -> None:
    found = graph({"A": Cessation("merged", ON, ("S",))}, ("A", "X", "60%"))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert parents(again, "X", ON) == parents(found, "X", ON)
    assert again.diagnoses(as_of=ON) == found.diagnoses(as_of=ON)
    assert again.interests == found.interests


def test_a_circle_of_successors_ends() -> None:
    ended = {"A": Cessation("merged", ON, ("B",)), "B": Cessation("merged", ON, ("A",))}
    found = graph(ended, ("A", "X", "60%"))
    truth, candidates = parents(found, "X", ON)
    assert truth is Truth.UNKNOWN
    assert set(candidates.values()) == {Truth.UNKNOWN}
    assert found.affected(["B"], as_of=ON)["X"].truth is Truth.UNKNOWN
