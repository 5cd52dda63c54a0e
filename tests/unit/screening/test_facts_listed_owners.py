"""What is known of listed owners: under which rule they count, and by which chain."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.screening.knowledge import Knowledge
from screeners import consulting_only
from unit.screening.contracts import (
    ALMOST,
    DAY,
    LISTED,
    company,
    edge,
    known,
    listed_on,
    listing,
    sure_and_possible,
    told,
    watchlist,
)

AFFILIATES = date(2025, 9, 29)  # the day from which owners on US lists counted
CASCADE = {"ofac-50", "listed-majority"}


def affected(
    share: Any, as_of: date = DAY, name: str = LISTED, know: Knowledge | None = None
) -> Fact:
    owner = company("bad", "CN", name=name)
    known_lists = know or listing()
    return known("ownership.affected_under", edge(owner, share), as_of=as_of, know=known_lists)


@pytest.mark.parametrize(
    ("share", "certain"), [("50%", True), ("51%", True), ("49.99%", False), ("100%", True)]
)
def test_half_held_by_a_listed_owner_is_enough(share: str, certain: bool) -> None:
    fact = affected(share)
    assert (fact.value, fact.known) == (CASCADE if certain else frozenset(), True)


@pytest.mark.parametrize("share", [{"minimum": "40%", "maximum": "60%"}, {"minimum": "25%"}, None])
def test_a_share_that_may_reach_half_is_possible(share: Any) -> None:
    fact = affected(share)
    assert sure_and_possible(fact) == (set(), CASCADE)
    assert fact.missing == ("ownership",)


def test_own_shares_that_decide_make_it_possible_and_are_asked_about() -> None:
    bad = company("bad", "CN", name=LISTED)
    rows = [edge(bad, "45%"), edge({"id": "lessee"}, "10%")]
    fact = known("ownership.affected_under", *rows, know=listing())
    assert sure_and_possible(fact) == (set(), CASCADE)
    assert fact.asks == (
        "the register of members and articles of Fjord ApS: whether what it holds of itself counts",
    )


def test_a_possible_listing_of_a_majority_owner_is_possible() -> None:
    fact = affected("60%", name=ALMOST)
    assert sure_and_possible(fact) == (set(), CASCADE)


@pytest.mark.parametrize(
    ("day", "regimes"),
    [
        (date(2008, 2, 13), {"listed-majority"}),
        (date(2008, 2, 14), CASCADE),
        (AFFILIATES, CASCADE),
    ],
)
def test_each_regime_counts_from_its_day(day: date, regimes: set[str]) -> None:
    assert affected("60%", as_of=day).value == regimes


@pytest.mark.parametrize(
    ("list_id", "share", "counts"),
    [
        # The Affiliates Rule counts from its day, and half is enough.
        ("bis-entity-list", "50%", {date(2025, 9, 28): (), AFFILIATES: ("bis-affiliates",)}),
        ("bis-meu", "50%", {AFFILIATES: ("bis-affiliates",)}),
        ("bis-dpl", "100%", {AFFILIATES: ()}),
        # The EU asks for more than half before 2024-07-03, and for half since.
        ("eu-fsf", "50%", {date(2024, 7, 2): (), date(2024, 7, 3): ("eu-50",)}),
        ("eu-fsf", "50.01%", {date(2014, 3, 16): (), date(2014, 3, 17): ("eu-50",)}),
        # The UK asks for more than half throughout.
        ("uk-ofsi", "50%", {date(2026, 11, 24): ()}),
        ("uk-ofsi", "50.01%", {date(2020, 12, 30): (), date(2020, 12, 31): ("uk-50",)}),
    ],
)
def test_each_rule_counts_its_own_lists_by_its_own_arithmetic(
    list_id: str, share: str, counts: dict[date, tuple[str, ...]]
) -> None:
    for day, rules in counts.items():
        found = affected(share, as_of=day, know=listed_on(list_id))
        assert found.value == {*rules, "listed-majority"}, day
        assert not found.possible


@pytest.mark.parametrize(
    ("programmes", "certain", "possible"),
    [
        (("RUSSIA-EO14024",), True, False),
        (("CYBER2", "[ILLICIT DRUGS-EO14059]"), True, False),
        (("CYBER2",), False, False),
        ((), False, True),
    ],
)
def test_of_blocked_persons_only_some_programmes_count_for_the_affiliates_rule(
    programmes: tuple[str, ...], certain: bool, possible: bool
) -> None:
    know = listed_on("ofac-sdn", programmes=programmes)
    found = affected("60%", as_of=AFFILIATES, know=know)
    assert ("bis-affiliates" in found.value, "bis-affiliates" in found.possible) == (
        certain,
        possible,
    )


def test_small_holdings_add_up_only_after_the_rule_said_so() -> None:
    lists = [watchlist("ofac-sdn", {"name": LISTED}, {"name": "Quorbix Antimatter Works"})]
    know = consulting_only(lists).knowledge
    two = (
        edge(company("a", name=LISTED), "25%"),
        edge(company("b", name="Quorbix Antimatter Works"), "25%"),
    )
    seen = [
        "ofac-50" in known("ownership.affected_under", *two, as_of=day, know=know).value
        for day in (date(2014, 8, 12), date(2014, 8, 13))
    ]
    assert seen == [False, True]


def test_a_listed_owner_counts_through_a_company_it_owns() -> None:
    chain = (
        edge(company("mid"), "50%"),
        edge(company("bad", name=LISTED), "50%", owned="mid"),
    )
    assert known("ownership.affected_under", *chain, know=listing()).value == CASCADE


def test_a_party_is_not_its_own_listed_owner() -> None:
    fact = known(
        "ownership.affected_under",
        edge(company("o"), "100%"),
        know=listing(),
        lessee={"name": LISTED},
    )
    assert sure_and_possible(fact) == (set(), set())


def test_the_listed_share_and_owners_are_told() -> None:
    edges = (edge(company("bad", name=LISTED), "30%"), edge(company("good"), "70%"))
    assert known("ownership.listed_share", *edges, know=listing()).value == Share.exact(
        Fraction(3, 10)
    )
    assert known("ownership.listed_owners", *edges, know=listing()).value == {
        f"{LISTED} (us.sdn; ofac-sdn)"
    }
    maybe = known("ownership.listed_owners", edge(company("x", name=ALMOST), "1%"), know=listing())
    assert sure_and_possible(maybe) == (set(), {f"{ALMOST} (possible hit)"})


@pytest.mark.parametrize(
    ("field", "nothing"),
    [
        ("ownership.affected_under", frozenset()),
        ("ownership.listed_share", Share.exact(0)),
        ("ownership.listed_owners", frozenset()),
    ],
)
def test_without_interests_no_listed_owner_is_found(field: str, nothing: Any) -> None:
    assert told(known(field, know=listing())) == (nothing, True, "derived", ())


# --- what is open, and what would settle it -----------------------------------------------------

BAND = {"minimum": "40%", "maximum": "60%"}


def test_an_open_share_asks_for_the_register_of_that_very_edge() -> None:
    chain = (edge(company("mid"), "75%"), edge(company("bad", name=LISTED), BAND, owned="mid"))
    fact = known("ownership.affected_under", *chain, know=listing())
    assert sure_and_possible(fact) == (set(), CASCADE)
    assert fact.asks == (
        (
            f"a dated register of members of mid Ltd with the exact holding of {LISTED} "
            "(stated: 40% to 60%)"
        ),
    )


def test_an_owner_who_may_be_the_listed_one_asks_for_its_identity() -> None:
    fact = affected("60%", name=ALMOST)
    assert fact.asks == (
        (
            f"register number or date of birth and address of {ALMOST}, to confirm or exclude that "
            f"it is the listed {LISTED}"
        ),
    )
    share = known("ownership.listed_share", edge(company("x", name=ALMOST), "60%"), know=listing())
    assert (share.value, share.asks) == (
        Share.parse({"minimum": "0%", "maximum": "60%"}),
        fact.asks,
    )


def test_influence_asks_for_its_document_only_where_control_counts() -> None:
    half = edge(company("bad", name=LISTED), kind="board_appointment", seats=3, of=6)
    field = "ownership.affected_under"
    assert known(field, half, know=listing()).possible == frozenset()
    fact = known(field, half, as_of=date(2026, 11, 24), know=listed_on("eu-fsf"))
    assert sure_and_possible(fact) == (set(), {"eu-50"})
    assert fact.asks == (
        (
            "the articles of Fjord ApS and its shareholders' agreement, on the directors that "
            f"{LISTED} appoints"
        ),
    )


@pytest.mark.parametrize("list_id", ["eu-fsf", "uk-ofsi"])
@pytest.mark.parametrize(
    "means", [{"kind": "agreement"}, {"kind": "board_appointment", "seats": 4, "of": 7}]
)
def test_control_counts_in_the_eu_and_the_uk_and_not_under_the_us_rules(
    list_id: str, means: dict[str, Any]
) -> None:
    decides = edge(company("bad", name=LISTED), **means)
    owns = edge(company("good"), "100%")
    day, field = date(2026, 11, 24), "ownership.affected_under"
    rule = {"eu-fsf": "eu-50", "uk-ofsi": "uk-50"}[list_id]
    assert known(field, decides, owns, as_of=day, know=listed_on(list_id)).value == {rule}
    us = known(field, decides, owns, as_of=day, know=listed_on("ofac-sdn", programmes=("SDGT",)))
    assert sure_and_possible(us) == (set(), set())


def test_consolidation_is_control_in_the_eu_and_an_unknown_share_under_the_us_rules() -> None:
    consolidates = edge(company("bad", name=LISTED), kind="consolidation")
    day, field = date(2026, 11, 24), "ownership.affected_under"
    eu = known(field, consolidates, as_of=day, know=listed_on("eu-fsf"))
    assert sure_and_possible(eu) == ({"eu-50"}, {"listed-majority"})
    know = listed_on("ofac-sdn", programmes=("SDGT",))
    us = known(field, consolidates, as_of=day, know=know)
    assert sure_and_possible(us) == (set(), {"ofac-50", "bis-affiliates", "listed-majority"})
    assert us.asks == (
        f"a dated register of members of Fjord ApS with the exact holding of {LISTED}",
    )
    assert known("ownership.listed_paths", consolidates, as_of=day, know=know).value == {
        f"{LISTED} consolidates, by a share that is not stated, Fjord ApS"
    }
    others = edge(company("good"), "100%")
    us = known(field, consolidates, others, as_of=day, know=know)
    assert sure_and_possible(us) == (set(), set())


STATED = {"ultimate_parent": company("bad", name=LISTED)}


@pytest.mark.parametrize("owners", [(), (edge(company("mid"), "100%"),)])
def test_a_listed_ultimate_parent_of_which_no_more_is_stated_may_own_half(
    owners: tuple[Any, ...],
) -> None:
    know, day = listed_on("ofac-sdn", programmes=("SDGT",)), date(2026, 11, 24)
    field = "ownership.affected_under"
    fact = known(field, *owners, lessee=STATED, as_of=day, know=know)
    assert sure_and_possible(fact) == (set(), {"ofac-50", "bis-affiliates", "listed-majority"})
    owned = "mid Ltd" if owners else "Fjord ApS"
    chart = (
        f"a group chart from {owned} up to {LISTED}, stated as ultimate parent, with the dated "
        "percentage of each link"
    )
    assert chart in fact.asks
    told = known("ownership.listed_paths", *owners, lessee=STATED, as_of=day, know=know).value
    chain = f"{LISTED} is stated as ultimate parent, by a share that is not, above {owned}"
    assert told == {f"{chain}, which holds 100% of Fjord ApS" if owners else chain}
    named = known("ownership.listed_owners", *owners, lessee=STATED, as_of=day, know=know)
    assert sure_and_possible(named) == ({f"{LISTED} (us.sdn; ofac-sdn)"}, set())


def test_what_is_stated_of_a_listed_ultimate_parent_or_of_others_counts() -> None:
    know, day = listed_on("ofac-sdn", programmes=("SDGT",)), date(2026, 11, 24)
    founder = edge(company("founder", kind="person"), "100%")
    part = edge("bad", "40%")
    for owner in (founder, part):
        fact = known("ownership.affected_under", owner, lessee=STATED, as_of=day, know=know)
        assert sure_and_possible(fact) == (set(), set())


def test_a_stated_ultimate_parent_that_nobody_lists_affects_nobody() -> None:
    lessee = {"ultimate_parent": company("good")}
    fact = known("ownership.affected_under", lessee=lessee, know=listed_on("ofac-sdn"))
    assert sure_and_possible(fact) == (set(), set())


def test_two_listed_owners_are_added_in_the_eu_and_not_in_the_uk() -> None:
    rows = ({"name": LISTED}, {"name": "Quorbix Antimatter Works"})
    know = consulting_only([watchlist("eu-fsf", *rows), watchlist("uk-ofsi", *rows)]).knowledge
    two = (
        edge(company("a", name=LISTED), "40%"),
        edge(company("b", name="Quorbix Antimatter Works"), "40%"),
    )
    fact = known("ownership.affected_under", *two, as_of=date(2026, 11, 24), know=know)
    assert (fact.value, fact.possible) == ({"eu-50", "listed-majority"}, frozenset())


def test_the_chains_are_told_link_by_link() -> None:
    chain = (
        edge(company("mid"), "50%"),
        edge(company("bad", name=LISTED), "60%", owned="mid"),
    )
    assert known("ownership.listed_paths", *chain, know=listing()).value == {
        f"{LISTED} holds 60% of mid Ltd, which holds 50% of Fjord ApS"
    }
    assert known("ownership.listed_paths", know=listing()).value == frozenset()


def test_listed_owners_are_those_above_the_party_itself() -> None:
    elsewhere = edge(company("bad", name=LISTED), "100%", owned={"id": "o", "name": "Other Ltd"})
    fact = known(
        "ownership.listed_owners", elsewhere, edge(company("good"), "100%"), know=listing()
    )
    assert sure_and_possible(fact) == (set(), set())
