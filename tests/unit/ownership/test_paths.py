"""What a look-through share is made of: chains, the largest first, circles once, and the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import Breakdown, OwnershipGraph, Path
from unit.ownership.graphs import DAY, band, exact, graph, interval

NOTHING = exact(0)


def codes(built: OwnershipGraph, party: str) -> list[str]:
    return [diagnosis.code for diagnosis in built.diagnoses(party, as_of=DAY)]


def test_the_largest_chain_comes_first_and_together_they_are_the_share() -> None:
    built = graph(("O", "20%", "B"), ("B", "30%", "T"), ("O", "50%", "A"), ("A", "40%", "T"))
    assert built.share("O", "T", as_of=DAY) == exact(26)
    assert built.breakdown("O", "T", as_of=DAY) == Breakdown(
        exact(26), (Path(("O", "A", "T"), exact(20)), Path(("O", "B", "T"), exact(6))), NOTHING
    )


def test_only_so_many_chains_are_shown_and_the_rest_is_said() -> None:
    rows = [row for n in range(30) for row in (("O", "1/2", f"M{n:02}"), (f"M{n:02}", "2%", "T"))]
    built = graph(*rows, ("O", "40%", "T"))
    shown = built.breakdown("O", "T", limit=3, as_of=DAY)
    assert shown.share == exact(70)
    assert shown.paths == (
        Path(("O", "T"), exact(40)),
        Path(("O", "M00", "T"), exact(1)),
        Path(("O", "M01", "T"), exact(1)),
    )
    assert shown.rest == exact(28)
    assert len(built.breakdown("O", "T", as_of=DAY).paths) == 10
    assert built.breakdown("O", "T", limit=31, as_of=DAY).rest == NOTHING


def test_a_circle_is_shown_once_and_its_rounds_are_the_rest() -> None:
    built = graph(("P", "70%", "X"), ("Y", "30%", "X"), ("X", "20%", "Y"), ("Q", "80%", "Y"))
    held = built.breakdown("P", "X", as_of=DAY)
    assert held.paths == (Path(("P", "X"), exact(70)),)
    assert held.circles == (("X", "Y"),)
    assert held.rest == Share.exact(Fraction(35, 47) - Fraction(7, 10))
    assert codes(built, "X") == ["cross_holding"]


def test_treasury_shares_are_a_circle_of_one() -> None:
    built = graph(("P", "90%", "X"), ("X", "10%", "X"))
    assert built.breakdown("P", "X", as_of=DAY) == Breakdown(
        exact(100), (Path(("P", "X"), exact(90)),), exact(10), (("X",),)
    )
    assert codes(built, "X") == ["self_holding"]


def test_chains_of_intervals_are_intervals_with_their_open_ends() -> None:
    more = band("50%", "75%", exclusive_minimum=True)
    held = graph(("O", more, "A"), ("A", "1/2", "T")).breakdown("O", "T", as_of=DAY)
    expected = Share(Fraction(1, 4), Fraction(3, 8), exclusive_minimum=True)
    assert held.paths == (Path(("O", "A", "T"), expected),)
    assert held.rest == NOTHING


def test_the_rest_of_an_interval_with_a_circle_is_bounded_by_what_is_shown() -> None:
    built = graph(("P", band("60%", "70%"), "X"), ("Y", "30%", "X"), ("X", "20%", "Y"))
    held = built.breakdown("P", "X", as_of=DAY)
    assert held.share == Share(Fraction(30, 47), Fraction(35, 47))
    assert held.paths == (Path(("P", "X"), interval(60, 70)),)
    assert held.rest == Share(Fraction(30, 47) - Fraction(3, 5), Fraction(35, 47) - Fraction(3, 5))


def test_a_look_through_share_answers_a_threshold() -> None:
    held = graph(("O", "60%", "A"), ("A", "60%", "T")).share("O", "T", as_of=DAY)
    assert held == exact(36)
    assert held.reaches(Fraction(1, 4), inclusive=True) is Truth.TRUE
    assert held.reaches(Fraction(36, 100), inclusive=False) is Truth.FALSE
    wide = graph(("O", band("40%", "60%"), "T")).share("O", "T", as_of=DAY)
    assert wide.reaches(Fraction(1, 2), inclusive=True) is Truth.UNKNOWN


def test_what_is_not_held_or_is_the_party_itself_has_no_chain() -> None:
    built = graph(("O", "60%", "A"))
    assert built.breakdown("A", "O", as_of=DAY) == Breakdown(NOTHING, (), NOTHING)
    assert built.breakdown("A", "A", as_of=DAY) == Breakdown(exact(100), (), NOTHING)


@pytest.mark.parametrize("part", ["0%", band("0%", "50%")])
def test_no_chain_leads_through_a_party_of_which_the_owner_can_hold_nothing(part: object) -> None:
    built = graph(("O", part, "A"), ("P", "100%", "A"), ("A", "50%", "T"))
    assert built.breakdown("O", "T", as_of=DAY) == Breakdown(NOTHING, (), NOTHING)


def test_a_contradiction_above_stays_visible_in_the_answer_and_one_elsewhere_does_not() -> None:
    built = graph(
        ("O", "30%", "A"),
        ("O", "40%", "A"),
        ("A", "50%", "T"),
        ("O", "10%", "Z"),
        ("O", "20%", "Z"),
    )
    assert built.share("O", "T", as_of=DAY) == interval(15, 20)
    (told,) = built.diagnoses("T", as_of=DAY)
    assert (told.code, told.parties) == ("contradiction", ("O", "A"))


def test_a_circle_without_an_upper_bound_says_so() -> None:
    wide = band("5%", "90%")
    clique = [(a, wide, b) for a in "ABC" for b in "ABC" if a != b]
    held = graph(*clique, ("O", wide, "A")).breakdown("O", "B", as_of=DAY)
    assert held.share == Share(Fraction(1, 378), Fraction(1))
    (told,) = held.diagnoses
    assert told.code == "unbounded"
    assert told.message == (
        "the upper ends of what A, B and C hold of each other leave nothing outside: the upper end "
        "of the answer is only a bound"
    )


def test_oversubscribed_statements_stay_visible_in_the_answer() -> None:
    built = graph(("O", "80%", "T"), ("O", "100%", "A"), ("A", "80%", "T"))
    held = built.breakdown("O", "T", as_of=DAY)
    assert (held.share, held.rest) == (exact(100), NOTHING)
    assert codes(built, "T") == ["oversubscribed"]


def test_a_chain_never_meets_a_party_twice() -> None:
    names = "ABCDE"
    clique = [(a, "20%", b) for a in names for b in names if a != b]
    held = graph(*clique, ("O", "10%", "A")).breakdown("O", "E", limit=100, as_of=DAY)
    assert len(held.paths) == 1 + 3 + 6 + 6
    assert all(len(set(path.parties)) == len(path.parties) for path in held.paths)
    assert list(held.paths) == sorted(held.paths, key=lambda p: (-p.share.minimum, p.parties))
    assert sum((p.share.minimum for p in held.paths), held.rest.minimum) == held.share.minimum


def test_a_chain_of_ten_thousand_has_its_path() -> None:
    built = graph(*((f"P{i}", "99%", f"P{i + 1}") for i in range(10_000)))
    (path,) = built.breakdown("P0", "P10000").paths
    assert path.parties == tuple(f"P{i}" for i in range(10_001))
    assert path.share.minimum == Fraction(99, 100) ** 10_000


def test_a_clique_of_three_hundred_is_enclosed_in_a_close_interval() -> None:
    names = [f"P{i}" for i in range(300)]
    built = graph(*((a, "1/400", b) for a in names for b in names if a != b), ("O", "20%", "P0"))
    held = built.breakdown("O", "P7")
    # By symmetry: with a for P0 and b for each of the others, a = 1/5 + 299 b / 400 and
    # b = a / 400 + 298 b / 400.
    exact = Fraction(1, 5) / (102 - Fraction(299, 400))
    assert held.share.minimum <= exact <= held.share.maximum
    assert held.share.maximum - held.share.minimum < Fraction(1, 10**15)
    assert held.paths[0] == Path(("O", "P0", "P7"), Share.exact(Fraction(1, 2000)))
    assert len(held.paths) == 10
    assert len(held.circles) == 1
    assert sum((p.share.minimum for p in held.paths), held.rest.minimum) == held.share.minimum
