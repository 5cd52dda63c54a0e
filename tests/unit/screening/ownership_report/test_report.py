"""What is reported of a party: who counts as listed, under which rule, and what would settle it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.explain.ownership import plain_report, text
from compliance.model.truth import Truth
from compliance.screening.ownership_report import RegimeAnswer
from compliance.screening.ownership_report.report import MOST
from unit.screening.ownership_report.reports import knowledge, reported

TWO = "owner,owned,share,owner_name,owner_kind\n"
Told = tuple[str, Truth, bool, tuple[str, ...], bool]


def told(folder: Path, table: str, *names: str, listed: tuple[str, ...] = ()) -> list[Told]:
    report = reported(folder, TWO + table, "x", listed, knowledge(folder, *names))
    return [
        (rule.regime.id, rule.truth, rule.itself is Truth.TRUE, rule.doubtful, rule.open_shares)
        for rule in report.regimes
    ]


def test_a_listed_name_counts_under_the_rules_of_its_list_only(tmp_path: Path) -> None:
    rows = "a,x,50%,Orchid Vale Microelectronics Ltd,organization\n"
    assert told(tmp_path, rows, "Orchid Vale Microelectronics Ltd") == [
        ("half", Truth.TRUE, False, (), False),
        ("influence", Truth.FALSE, False, (), False),
    ]


def test_a_party_that_the_caller_lists_counts_under_every_rule(tmp_path: Path) -> None:
    assert told(tmp_path, "a,x,51%,,\n", listed=("a",)) == [
        ("half", Truth.TRUE, False, (), False),
        ("influence", Truth.TRUE, False, (), False),
    ]


def test_a_name_that_may_be_the_listed_one_leaves_it_unknown_and_says_who(tmp_path: Path) -> None:
    rows = "a,x,50%,Orchid Vale Microelectronic Holdings,organization\n"
    half, _ = told(tmp_path, rows, "Orchid Vale Microelectronics Ltd")
    assert half == ("half", Truth.UNKNOWN, False, ("a",), False)


def test_half_within_an_interval_is_unknown_and_the_register_would_settle_it(
    tmp_path: Path,
) -> None:
    half, influence = told(tmp_path, "a,x,40-60%,,\n", listed=("a",))
    assert half == ("half", Truth.UNKNOWN, False, (), True)
    assert influence == ("influence", Truth.UNKNOWN, False, (), True)


def test_a_party_that_is_listed_itself_is_affected_without_any_share(tmp_path: Path) -> None:
    half, _ = told(tmp_path, "a,x,1%,,\n", listed=("x",))
    assert half == ("half", Truth.TRUE, True, (), False)


def test_a_listed_owner_far_below_the_threshold_affects_nobody(tmp_path: Path) -> None:
    half, _ = told(tmp_path, "a,x,49.9%,,\nb,x,50.1%,Beta Holdings,\n", listed=("a",))
    assert half == ("half", Truth.FALSE, False, (), False)


def test_the_arithmetic_is_that_of_the_day(tmp_path: Path) -> None:
    table = TWO + "a,x,25%,,\nb,x,25%,,\nc,x,50%,Li Wang,person\n"
    known = knowledge(tmp_path, "Nobody at All")

    def half(year: int) -> list[Truth]:
        report = reported(tmp_path, table, "x", ("a", "b"), known, date(year, 1, 1))
        return [rule.truth for rule in report.regimes if rule.regime.id == "half"]

    assert half(2009) == []
    assert half(2010) == [Truth.FALSE]
    assert half(2014) == [Truth.TRUE]


def test_a_party_given_as_listed_that_is_not_above_is_told_apart(tmp_path: Path) -> None:
    report = reported(tmp_path, TWO + "a,x,60%,,\nx,below,60%,,\n", "x", ("below", "a"))
    assert report.listed_elsewhere == ("below",)
    assert [found.party for found in report.listed] == ["a"]


def test_owners_come_the_largest_first_and_those_above_by_level(tmp_path: Path) -> None:
    table = TWO + "a,x,10%,,\nb,x,60%,,\nc,a,100%,,\nc,b,50%,,\nd,b,50%,,\n"
    report = reported(tmp_path, table, "x", known=knowledge(tmp_path, "Nobody at All"))
    assert [(o.party, str(o.share), o.direct) for o in report.owners] == [
        ("b", "60%", True), ("c", "40%", False), ("d", "30%", False), ("a", "10%", True),
    ]  # fmt: skip
    assert report.above == ("b", "a", "c", "d")


def test_of_a_long_register_the_nearest_are_asked_and_all_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"h{n},x,0.1%,,\n" for n in range(MOST + 7))
    report = reported(tmp_path, TWO + rows + "top,h3,100%,,\n", "x")
    assert (report.asked, len(report.owners), report.owners_total) == (MOST, MOST, MOST + 8)
    assert len(report.above) == MOST + 8


def test_a_controller_is_told_with_its_chain_through_a_circle(tmp_path: Path) -> None:
    table = TWO + "top,a,60%,,\na,b,60%,,\nb,x,60%,,\nx,a,40%,,\n"
    report = reported(tmp_path, table, "x", known=knowledge(tmp_path, "Nobody at All"))
    assert [(c.party, c.truth, c.path) for c in report.controllers] == [
        ("b", Truth.TRUE, ("b", "x")),
        ("a", Truth.TRUE, ("a", "b", "x")),
        ("top", Truth.TRUE, ("top", "a", "b", "x")),
    ]


def test_more_controllers_than_are_told_are_counted(tmp_path: Path) -> None:
    chain = "".join(f"o{n},o{n + 1},60%,,\n" for n in range(MOST + 8)) + f"o{MOST + 8},x,60%,,\n"
    report = reported(tmp_path, TWO + chain, "x", known=knowledge(tmp_path, "Nobody at All"))
    assert (len(report.controllers), report.controllers_total) == (MOST, MOST + 9)
    assert report.controllers[0].party == f"o{MOST + 8}"


def test_own_shares_that_decide_are_said_to(tmp_path: Path) -> None:
    table = TWO + "a,x,45%,,\nx,x,20%,,\n"
    report = reported(tmp_path, table, "x", ("a",), knowledge(tmp_path, "Nobody at All"))
    assert [(c.party, c.truth, c.path) for c in report.controllers] == [
        ("a", Truth.UNKNOWN, ("a", "x")),
    ]
    assert {rule.truth for rule in report.regimes} == {Truth.UNKNOWN}
    assert {d.message for d in report.diagnoses if d.code == "treasury_shares"} == {
        f"45% of the {of} of x is held, and 20% by x itself: the threshold is reached only if "
        "those do not count"
        for of in ("shares", "votes")
    }


@pytest.mark.parametrize(
    ("day", "half", "influence"),
    [
        (date(2010, 1, 1), "affected", "would_be_affected"),
        (date(2012, 1, 1), "affected", "affected"),
        (date(2025, 11, 9), "affected", "affected"),
        (date(2025, 11, 10), "would_be_affected", "affected"),
        (date(2026, 11, 9), "would_be_affected", "affected"),
        (date(2026, 11, 10), "affected", "affected"),
    ],
)
def test_a_rule_that_is_stayed_or_not_begun_would_affect_and_one_unverified_does(
    tmp_path: Path, day: date, half: str, influence: str
) -> None:
    known = knowledge(tmp_path, "Nobody at All")
    report = reported(tmp_path, TWO + "a,x,60%,,\n", "x", ("a",), known, day)
    assert [(rule.verdict, rule.truth) for rule in report.regimes] == [
        (half, Truth.TRUE),
        (influence, Truth.TRUE),
    ]


def test_whoever_is_listed_itself_is_affected_while_a_rule_on_owners_is_stayed(
    tmp_path: Path,
) -> None:
    known = knowledge(tmp_path, "Nobody at All")
    report = reported(tmp_path, TWO + "a,x,1%,,\n", "x", ("x",), known, date(2026, 3, 1))
    assert [(rule.verdict, rule.itself is Truth.TRUE) for rule in report.regimes] == [
        ("affected", True),
        ("affected", True),
    ]


def test_an_owner_who_may_be_listed_leaves_a_stayed_rule_unknown_and_nobody_is_not_affected(
    tmp_path: Path,
) -> None:
    known = knowledge(tmp_path, "Orchid Vale Microelectronics Ltd")
    rows = "a,x,60%,Orchid Vale Microelectronic Holdings,organization\n"
    report = reported(tmp_path, TWO + rows, "x", (), known, date(2026, 3, 1))
    assert [rule.verdict for rule in report.regimes] == ["unknown", "not_affected"]


ORCHID = "Orchid Vale Microelectronics Ltd"
NAMESAKE = "Orchid Vale Microelectronic Holdings"


def half_of(folder: Path, rows: str, *given: str, columns: str = TWO) -> RegimeAnswer:
    """The answer of the first regime where ORCHID is listed, and whoever is given."""
    return reported(folder, columns + rows, "x", given, knowledge(folder, ORCHID)).regimes[0]


def test_what_a_namesake_holds_may_be_held_by_a_listed_party_or_not(tmp_path: Path) -> None:
    half = half_of(tmp_path, f"a,x,50%,{NAMESAKE},organization\n")
    assert (half.by_owners, str(half.share), half.origins) == (Truth.UNKNOWN, "0% to 50%", ("a",))
    (ask,) = half.asks
    assert ask.startswith(f"register number or date of birth and address of {NAMESAKE}, to confirm")
    half = half_of(tmp_path, f"a,x,50%,{NAMESAKE},organization\nb,x,50%,{ORCHID},organization\n")
    assert (half.by_owners, str(half.share)) == (Truth.TRUE, "50% to 100%")
    assert (half.origins, half.asks) == (("a", "b"), ())


def test_a_certain_party_behind_a_namesake_is_still_told(tmp_path: Path) -> None:
    rows = f"a,x,50%,{NAMESAKE},organization\nb,a,60%,{ORCHID},organization\n"
    half = half_of(tmp_path, rows)
    assert (half.by_owners, half.origins) == (Truth.TRUE, ("a", "b"))
    assert [path.parties for path in half.paths] == [("b", "a", "x"), ("a", "x")]


def test_listed_owners_are_told_of_a_party_that_is_listed_itself(tmp_path: Path) -> None:
    half = half_of(tmp_path, f"a,x,60%,{ORCHID},organization\n", "x")
    assert (half.itself, half.by_owners, half.verdict) == (Truth.TRUE, Truth.TRUE, "affected")
    assert (str(half.share), half.origins) == ("60%", ("a",))


def test_a_party_of_no_stated_kind_is_of_the_kind_that_its_places_show(tmp_path: Path) -> None:
    columns = "owner,owned,share,owner_name,owner_residence,owner_incorporation\n"
    known = knowledge(tmp_path, "Nobody at All")
    for place, truth in ((",SG", Truth.TRUE), ("SG,", Truth.FALSE)):
        rows = f"a,x,60%,Beta,{place}\n"
        assert reported(tmp_path, columns + rows, "x", known=known).parents.truth is truth


@pytest.mark.parametrize(
    ("kind", "reason"), [("person", "a natural person"), ("public_body", "a public body")]
)
def test_nobody_is_the_parent_of_a_person_or_a_public_body(
    tmp_path: Path, kind: str, reason: str
) -> None:
    table = f"owner,owned,share,owner_name,owner_kind\nx,y,60%,Beta,{kind}\n"
    parents = reported(tmp_path, table, "x", known=knowledge(tmp_path, "Nobody at All")).parents
    assert (parents.truth, parents.reason, parents.asks) == (Truth.FALSE, reason, ())


def test_what_would_settle_the_parents_names_the_link_and_what_is_stated(tmp_path: Path) -> None:
    parents = reported(tmp_path).parents
    named = "a dated register of members of Harbour Compute Pte Ltd with the exact holding of "
    assert parents.asks == (
        "the consolidated accounts that name the parent of Meridian Holdings Ltd",
        f"{named}Meridian Holdings Ltd (stated: 40% to 60%)",
        "consolidated accounts that name the parent undertaking",
    )


OPEN = {
    "no owner is stated": ("x,y,100%,,\n", "x", {("x", "unstated")}),
    "half is nobody's": ("a,x,50%,Beta Holdings,\n", "x", {("x", "unstated")}),
    "half of a parent is nobody's": (
        "a,x,50%,Beta Holdings,\nb,x,50%,Li Wang,person\nc,a,30%,Jo Doe,person\n",
        "x",
        {("a", "unstated")},
    ),
    "the majority owner has no name": (
        "a,x,60%,unknown,\nb,x,40%,Li Wang,person\n", "x", {("a", "not_named")},
    ),
    "the only owner is unknown": ("a,x,,N/A,organization\n", "x", {("a", "not_named")}),
    "no share is stated": ("a,x,,Beta Holdings,\n", "x", {("x", "unstated")}),
    "two hold each other": (
        "a,x,100%,Beta Holdings,\nx,a,100%,Xenia Ltd,\n", "x", {("x", "ownerless_cycle")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "party", "gaps"), OPEN.values(), ids=list(OPEN))
def test_an_owner_who_is_not_stated_leaves_a_rule_open_and_is_told(
    tmp_path: Path, rows: str, party: str, gaps: set[tuple[str, str]]
) -> None:
    report = reported(tmp_path, TWO + rows, party, known=knowledge(tmp_path, "Nobody at All"))
    half = report.regimes[0]
    assert half.verdict == "unknown"
    assert gaps <= {(gap.party, gap.kind) for gap in half.gaps}


@pytest.mark.parametrize(
    "rows",
    [
        "a,x,51%,Li Wang,person\n",
        "a,x,100%,Beta Holdings,\n",
        "a,x,100%,Beta Holdings,\nb,a,51%,The Republic,public_body\n",
        "Beta Holdings,x,100%,,\n",
    ],
)
def test_who_is_stated_to_a_top_leaves_nothing_open(tmp_path: Path, rows: str) -> None:
    report = reported(tmp_path, TWO + rows, "x", known=knowledge(tmp_path, "Nobody at All"))
    assert [(rule.verdict, rule.gaps) for rule in report.regimes] == [("not_affected", ())] * 2


def test_what_is_missing_is_told_in_words_and_in_json_with_what_would_settle_it(
    tmp_path: Path,
) -> None:
    table = TWO + "a,x,60%,,\nb,x,40%,Li Wang,person\n"
    report = reported(tmp_path, table, "x", known=knowledge(tmp_path, "Nobody at All"))
    page = text(report, 30, 100)
    assert "  not compared by name, none is stated: x, a\n" in page
    assert page.count("      not known: who a is: no name is stated\n") == 2
    assert page.count("would settle it: the name and register number, or date of birth, of a") == 1
    told = plain_report(report)
    assert told["unnamed"] == ["x", "a"]
    assert [rule["gaps"] for rule in told["rules"]] == [
        [
            {
                "id": "a", "name": None, "kind": "not_named", "most": None, "exceptions": [],
                "asks": "the name and register number, or date of birth, of a",
            }
        ]
    ] * 2  # fmt: skip
