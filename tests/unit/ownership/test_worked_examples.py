"""The worked examples at the top of the modules of algorithms are what these answer."""

from __future__ import annotations

from fractions import Fraction

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph, Path
from compliance.ownership.bounds import Bound, times, total_of
from compliance.ownership.closure import Test
from compliance.ownership.reverse_reachability import Steps, reaching
from compliance.ownership.scc import strongly_connected_components
from unit.ownership.stating import band, exact, graph, interval


def test_bounds() -> None:
    assert times(Bound(Fraction(1, 4), open=True), Bound(Fraction(2, 5))) == (Fraction(1, 10), True)
    assert times(Bound(Fraction(1, 2)), Bound(Fraction(3, 5))) == (Fraction(3, 10), False)
    assert times(Bound(Fraction(0), open=True), Bound(Fraction(0))) == (Fraction(0), False)
    fifth = Bound(Fraction(1, 5))
    assert total_of([Bound(Fraction(1, 10), open=True), fifth]) == (Fraction(3, 10), True)


def test_share_matrix() -> None:
    built = graph(("X", "1/3", "A"), ("Y", band("1/5", "1/2"), "A"))
    matrix = built.on().capital
    assert matrix.scale == 30
    assert [(owner, w.low, w.high) for owner, w in matrix.weighed("A")] == [
        ("X", 10, 10), ("Y", 6, 15),
    ]  # fmt: skip
    assert matrix.stated("A") == (16, 0)
    assert built.unstated("A") == Share(Fraction(5, 30), Fraction(14, 30))
    wide = graph(("X", "1/3", "A"), ("Y", band("1/5", "4/5"), "A"))
    assert wide.on().capital.most("A", "Y") == Bound(Fraction(2, 3))


def test_strongly_connected_components() -> None:
    sources = {"T": ["C"], "A": ["C"], "B": ["A"], "C": ["B"]}
    found = strongly_connected_components("TABC", sources.__getitem__)
    assert found == [("A", "B", "C"), ("T",)]


def test_closure() -> None:
    built = graph(("X", "30%", "A"), ("X", "60%", "B"), ("B", "25%", "A"), ("A", "10%", "C"))
    assert built.affected(["X"], inclusive=False).certain == {"X", "B", "A"}


def test_closures_of_single_seeds() -> None:
    built = graph(("X", "100%", "S"), ("X", "30%", "A"), ("S", "15%", "A"), ("Y", "30%", "A"))
    alone = built.affected(["X", "Y"], inclusive=False, aggregate=False)
    assert (alone["A"].truth, alone["A"].share) == (Truth.FALSE, exact(45))
    assert built.affected(["X", "Y"], inclusive=False)["A"].share == exact(75)


def test_reverse_reachability() -> None:
    built = graph(
        ("B", "30%", "T"), ("C", "30%", "T"), ("D", "70%", "B"), ("D", "70%", "C"),
        ("E", "55%", "D"),
    )  # fmt: skip
    tests = (Test(built.on().capital, Fraction(1, 2), inclusive=True),)
    assert reaching(["T"], Steps(built.on(), tests, lower=True)) == {"T", "D", "E"}


def test_the_cascade() -> None:
    built = graph(("X", "50%", "A"), ("X", "10%", "B"), ("A", "50%", "C"), ("C", "40%", "B"))
    assert built.affected(["X"]).certain == {"X", "A", "C", "B"}
    less = graph(("X", "25%", "A"), ("X", "10%", "B"), ("A", "50%", "C"), ("C", "40%", "B"))
    assert less.affected(["X"]).certain == {"X"}


def test_provenance() -> None:
    built = graph(("X", "60%", "A"), ("X", "30%", "B"), ("A", "40%", "B"))
    assert built.affected(["X"])["B"].paths == (
        Path(("X", "A", "B"), exact(40)),
        Path(("X", "B"), exact(30)),
    )


def test_control() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owner": "X", "owned": "A", "share": "60%"},
            {"owner": "X", "owned": "B", "share": "30%"},
            {"owner": "A", "owned": "B", "share": "25%"},
            {"owner": "A", "owned": "C", "kind": "consolidation"},
        ]
    )
    assert list(built.controlled_by("X")) == ["A", "B", "C"]
    assert list(built.controllers("C")) == ["A", "X"]
    assert list(built.controllers("B")) == ["X"]


def test_ultimate_parents() -> None:
    stated: list[dict[str, object]] = [
        {"owner": "H", "owned": "T", "share": "60%", "kind": "voting_rights"},
        {"owner": "Q", "owned": "H", "kind": "board_appointment", "seats": 4, "of": 7},
    ]
    above: dict[str, object] = {"owner": "P", "owned": "H", "kind": "consolidation"}
    (parent,) = OwnershipGraph.from_interests([*stated, above]).ultimate_parents("T").parents
    assert (parent.truth, parent.path) == (Truth.TRUE, ("P", "H", "T"))
    assert parent.basis == ("consolidation", "votes")
    without = OwnershipGraph.from_interests(stated).ultimate_parents("T")
    assert {p.party: p.truth for p in without.parents} == {"H": Truth.UNKNOWN, "Q": Truth.UNKNOWN}


def test_look_through_and_the_leontief_inverse() -> None:
    built = graph(("X", "60%", "A"), ("A", "50%", "T"), ("T", "10%", "A"))
    assert built.share("X", "A") == exact(12, 19)
    shown = built.breakdown("X", "T")
    assert (shown.share, shown.rest) == (exact(6, 19), exact(3, 190))
    assert shown.paths == (Path(("X", "A", "T"), exact(30)),)
    closed = graph(("X", "60%", "A"), ("A", "100%", "B"), ("B", "100%", "A"))
    assert [d.code for d in closed.breakdown("X", "B").diagnoses] == ["unbounded"]


def test_look_through_of_everybody_and_the_largest_paths() -> None:
    built = graph(("X", "60%", "A"), ("X", "20%", "B"), ("A", "50%", "T"), ("B", "30%", "T"))
    assert built.shares("T") == {"A": exact(50), "B": exact(30), "X": exact(36)}
    crossed = graph(("O", "50%", "A"), ("O", "20%", "B"), ("A", "40%", "T"), ("B", "30%", "T"))
    assert crossed.breakdown("O", "T").paths == (
        Path(("O", "A", "T"), exact(20)),
        Path(("O", "B", "T"), exact(6)),
    )


def test_shares_by_country() -> None:
    built = graph(("T", "60%", "M"), ("M", "50%", "L"))
    found = built.nationality_shares("L", by="headquarters", countries={"T": "CN"})
    assert found.shares == {"CN": interval(30, 100)}
    assert found.unknown == exact(70)
