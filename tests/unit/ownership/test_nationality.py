"""Shares by country: final holders, unnamed holders, holders of unknown or several countries."""

from __future__ import annotations

from fractions import Fraction

from compliance.model.share import Share
from compliance.ownership import NationalityShares, OwnershipGraph, Path
from unit.ownership.graphs import DAY, band, exact, graph, interval

NOTHING = exact(0)


def of(built: OwnershipGraph, **countries: str | list[str] | None) -> NationalityShares:
    return built.nationality_shares("L", by="headquarters", countries=countries, as_of=DAY)


def paths(
    built: OwnershipGraph, **countries: str | list[str] | None
) -> dict[str, tuple[Path, ...]]:
    shares = of(built, **countries)
    return {c: built.paths_from(c, "L", shares, as_of=DAY) for c in shares.shares}


def codes(built: OwnershipGraph) -> list[str]:
    return [diagnosis.code for diagnosis in built.diagnoses("L", as_of=DAY)]


def test_each_country_holds_what_its_final_holders_hold() -> None:
    built = graph(("T", "60%", "M"), ("S", "40%", "M"), ("M", "50%", "L"), ("P", "50%", "L"))
    assert of(built, T="CN", S="SG", P="SG", M="KY") == NationalityShares(
        "headquarters",
        {"CN": exact(30), "SG": exact(70)},
        NOTHING,
        (("P", ("SG",), exact(50)), ("S", ("SG",), exact(20)), ("T", ("CN",), exact(30))),
    )


def test_what_is_unstated_or_of_unknown_country_may_be_of_any_country() -> None:
    built = graph(("X", "30%", "L"), ("Y", "20%", "L"), ("Z", "10%", "L"))
    found = of(built, X="CN", Y="SG", Z=None)
    assert found.shares == {"CN": interval(30, 80), "SG": interval(20, 70)}
    assert found.unknown == exact(50)
    assert found.of("FR") == interval(0, 50)


def test_the_unstated_rest_of_a_party_in_between_is_of_unknown_country() -> None:
    built = graph(("T", "30%", "M"), ("M", "100%", "L"))
    found = of(built, T="CN", M="KY")
    assert found.shares == {"CN": interval(30, 100)}
    assert found.unknown == exact(70)
    assert found.holders == (("M", (), exact(70)), ("T", ("CN",), exact(30)))


def test_a_holder_of_several_possible_countries_is_certain_of_none() -> None:
    found = of(graph(("X", "60%", "L"), ("Y", "40%", "L")), X=["CN", "HK"], Y="SG")
    assert found.shares == {
        "CN": interval(0, 60),
        "HK": interval(0, 60),
        "SG": exact(40),
    }
    assert found.unknown == NOTHING


def test_intervals_leave_intervals_and_the_certain_holdings_of_others_are_left_out() -> None:
    built = graph(("X", band("25%", "50%", exclusive_minimum=True), "L"), ("Y", "60%", "L"))
    found = of(built, X="CN", Y="SG")
    assert found.shares == {
        "CN": interval(25, 40, exclusive_minimum=True),
        "SG": Share(Fraction(3, 5), Fraction(3, 4), exclusive_maximum=True),
    }
    assert found.unknown == Share(Fraction(0), Fraction(3, 20), exclusive_maximum=True)


def test_treasury_shares_and_cross_holdings_are_counted_out_and_diagnosed() -> None:
    built = graph(("P", "90%", "L"), ("L", "10%", "L"))
    assert of(built, P="CN").shares == {"CN": exact(100)}
    assert codes(built) == ["self_holding"]
    cross = graph(("P", "70%", "L"), ("Y", "30%", "L"), ("L", "20%", "Y"), ("Q", "80%", "Y"))
    found = of(cross, P="CN", Q="SG", Y="KY")
    assert found.shares == {"CN": exact(35, 47), "SG": exact(12, 47)}
    assert found.unknown == NOTHING
    assert codes(cross) == ["cross_holding"]


def test_what_comes_back_to_a_party_through_a_circle_is_unknown_like_its_own_rest() -> None:
    treasury = of(graph(("P", "45%", "L"), ("L", "10%", "L")), P="CN")
    assert (treasury.shares, treasury.unknown) == ({"CN": interval(50, 100)}, exact(50))
    cross = of(graph(("P", "40%", "L"), ("Y", "20%", "L"), ("L", "20%", "Y")), P="CN")
    assert cross.shares == {"CN": Share(Fraction(5, 12), Fraction(1))}
    assert cross.unknown == exact(7, 12)


def test_of_a_circle_that_owns_itself_nothing_is_known() -> None:
    closed = graph(("A", "100%", "B"), ("B", "100%", "A"), ("A", "60%", "L"), ("P", "40%", "L"))
    found = of(closed, A="CN", B="CN", P="SG")
    assert found.shares == {"SG": interval(40, 100)}
    assert found.unknown == interval(0, 60)
    assert codes(closed) == ["cross_holding", "ownerless_cycle"]


def test_of_a_party_without_stated_owners_all_is_unknown() -> None:
    found = of(graph(("L", "60%", "A")), L="CN")
    assert (found.shares, found.unknown) == ({}, exact(100))


def test_owners_said_to_hold_more_than_the_whole_leave_no_bound_to_the_others() -> None:
    built = graph(("X", "30%", "L"), ("Y", "60%", "L"), ("Z", "60%", "L"))
    found = of(built, X="CN", Y="SG", Z="SG")
    assert found.shares == {"CN": exact(30), "SG": exact(100)}
    assert codes(built) == ["oversubscribed"]


def test_the_chains_of_a_country_come_from_its_holders_the_largest_first() -> None:
    middle = [("T", "60%", "M"), ("S", "40%", "M"), ("M", "50%", "L")]
    built = graph(*middle, ("P", "40%", "L"), ("T", "10%", "L"))
    assert paths(built, T="CN", S=["CN", "SG"], P="SG") == {
        "CN": (
            Path(("T", "M", "L"), exact(30)),
            Path(("S", "M", "L"), exact(20)),
            Path(("T", "L"), exact(10)),
        ),
        "SG": (Path(("P", "L"), exact(40)), Path(("S", "M", "L"), exact(20))),
    }


def test_a_large_holding_in_many_small_chains_does_not_hide_a_larger_chain() -> None:
    many = [(f"M{n}", "2%", "L") for n in range(20)]
    rows = [*many, *(("T", "100%", owner) for owner, _, _ in many), ("S", "30%", "L")]
    (first, *rest) = paths(graph(*rows), T="CN", S="CN")["CN"]
    assert first == Path(("S", "L"), exact(30))
    assert [path.share for path in rest] == [exact(2)] * 9


def test_a_circle_is_shown_once_in_the_chains_of_a_country() -> None:
    built = graph(("T", "60%", "A"), ("L", "20%", "A"), ("A", "50%", "L"))
    assert paths(built, T="CN") == {"CN": (Path(("T", "A", "L"), exact(30)),)}
    assert paths(built, T=None) == {}


def test_of_many_holders_of_a_country_ten_chains_are_told() -> None:
    rows = [(f"H{n:02}", f"{n + 1}/1000", "L") for n in range(40)]
    found = paths(graph(*rows), **{owner: "CN" for owner, _, _ in rows})["CN"]
    assert found == tuple(Path((f"H{n}", "L"), exact(n + 1, 1000)) for n in range(39, 29, -1))
