"""A graph and its answers go through a pickle, whatever was asked before."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date

import pytest

from compliance.ownership import OwnershipGraph
from unit.ownership.graphs import graph as graph_of

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
    "breakdown": lambda g: g.breakdown("gale", "quay", as_of=DAY),
    "control_proof": lambda g: g.control_proof("gale", "quay", as_of=DAY),
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
def test_an_answer_survives_a_pickle(graph: OwnershipGraph, asked: str) -> None:
    for answer in ANSWERS.values():  # what was found before stays out of it
        answer(graph)
    found = ANSWERS[asked](graph)
    kept = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert kept == found


def test_the_answers_on_listed_owners_still_tell_their_proofs_after_a_pickle(
    graph: OwnershipGraph,
) -> None:
    found = graph.affected(["gale"], as_of=DAY)
    kept = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert kept.paths("quay") == found.paths("quay")
    assert kept.origins("quay") == ("gale",)
    assert kept.diagnoses("quay") == found.diagnoses("quay")


TREE = [(f"P{n // 3}", "60%", f"P{n}") for n in range(1, 20_001)]
CHAIN = [(f"P{n}", "60%", f"P{n + 1}") for n in range(20_000)]
STAR = [(f"P{n}", "1/20000", "P20000") for n in range(20_000)]
EDGES = {
    "a tree": [*TREE, *((f"P{n}", "10%", f"P{n + 5_000}") for n in range(1, 5_000))],
    "a chain": CHAIN,
    "a star": STAR,
}


@pytest.mark.parametrize("edges", EDGES)
def test_an_answer_does_not_carry_a_graph_of_twenty_thousand_interests(edges: str) -> None:
    built = graph_of(*EDGES[edges])
    listed = sorted({owner for owner, _, _ in EDGES[edges]} - {"P20000"})
    asked: dict[str, object] = {
        "affected by one": built.affected(["P0"])["P20000"],
        "affected by all": built.affected(listed)["P20000"],
        "share": built.share("P0", "P20000"),
        "control": built.controlled_by("P1").get("P3"),
        "controllers": built.controllers("P2").get("P0"),
        "parents": built.ultimate_parents("P40"),
        "countries": built.nationality_shares("P40", by="headquarters", countries={"P0": "CN"}),
    }
    sizes = {name: len(pickle.dumps(answer)) for name, answer in asked.items()}
    assert {name: size for name, size in sizes.items() if size >= 20_000} == {}


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
