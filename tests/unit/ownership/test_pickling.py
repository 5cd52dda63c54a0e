"""A graph and its answers go through a pickle, whatever was asked before."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date

import pytest

from compliance.ownership import OwnershipGraph

DAY = date(2024, 6, 15)
STATED: tuple[dict[str, object], ...] = (
    {"owner": "gale", "owned": "harbour", "share": "60%"},
    {"owner": "harbour", "owned": "quay", "share": {"minimum": "40%", "maximum": "60%"}},
    {"owner": "quay", "owned": "harbour", "share": "10%"},
    {"owner": "gale", "owned": "quay", "kind": "board_appointment", "seats": 4, "of": 7},
    {"owner": "ferry", "owned": "quay", "share": "20%", "from": "2024-06-16"},
    {"owned": "gale", "exception": "NO_KNOWN_PERSON"},
)


@pytest.fixture
def graph() -> OwnershipGraph:
    return OwnershipGraph.from_interests(STATED)


ANSWERS: dict[str, Callable[[OwnershipGraph], object]] = {
    "look_through": lambda g: g.look_through("quay", as_of=DAY),
    "share": lambda g: g.share("gale", "quay", as_of=DAY),
    "shares": lambda g: g.shares("quay", as_of=DAY),
    "affected": lambda g: g.affected(["gale"], as_of=DAY),
    "affected, one party": lambda g: g.affected(["gale"], as_of=DAY)["quay"],
    "controlled_by": lambda g: g.controlled_by("gale", as_of=DAY),
    "controllers": lambda g: g.controllers("quay", as_of=DAY),
    "ultimate_parents": lambda g: g.ultimate_parents("quay", as_of=DAY),
    "nationality_shares": lambda g: g.nationality_shares(
        "quay", by="headquarters", countries={"gale": "CN"}, as_of=DAY
    ),
    "diagnoses": lambda g: g.diagnoses(as_of=DAY),
    "interests": lambda g: g.interests,
}


@pytest.mark.parametrize("asked", ANSWERS)
def test_an_answer_survives_a_pickle_and_still_tells_what_it_rests_on(
    graph: OwnershipGraph, asked: str
) -> None:
    for answer in ANSWERS.values():  # what was found before stays out of it
        answer(graph)
    found = ANSWERS[asked](graph)
    kept = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert kept == found
    for name in ("paths", "circles", "rest", "diagnoses", "origins"):
        assert getattr(kept, name, None) == getattr(found, name, None)


def test_a_graph_that_went_through_a_pickle_gives_the_same_answers(graph: OwnershipGraph) -> None:
    for answer in ANSWERS.values():
        answer(graph)
    kept = pickle.loads(pickle.dumps(graph))  # noqa: S301 - our own bytes
    assert {asked: answer(kept) for asked, answer in ANSWERS.items()} == {
        asked: answer(graph) for asked, answer in ANSWERS.items()
    }
    assert kept.parties == graph.parties
    assert kept.exceptions("gale") == ("NO_KNOWN_PERSON",)
    assert kept.owners("quay", as_of=date(2024, 6, 16)) == graph.owners(
        "quay", as_of=date(2024, 6, 16)
    )
