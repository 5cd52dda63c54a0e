"""What is known of who stands behind a party: owners, parents, holdings, listed owners."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from compliance import Screener
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.screening.knowledge import Knowledge
from unit.screening.knowing import (
    ALMOST,
    DAY,
    LISTED,
    listing,
    subjects,
    sure_and_possible,
    told,
    watchlist,
)


def company(party_id: str, headquarters: str | None = None, **fields: Any) -> dict[str, Any]:
    place = {"headquarters": headquarters} if headquarters else {}
    return {"id": party_id, "name": fields.pop("name", f"{party_id} Ltd"), **place, **fields}


def edge(owner: Any, share: Any = None, owned: Any = "lessee", **fields: Any) -> dict[str, Any]:
    stated = {} if share is None else {"share": share}
    return {"owner": owner, "owned": owned, **stated, **fields}


def known(
    field: str,
    *ownership: dict[str, Any],
    as_of: date = DAY,
    know: Knowledge | None = None,
    lessee: dict[str, Any] | None = None,
    **contract: Any,
) -> Fact:
    party = {"id": "lessee", "name": "Fjord ApS", "kind": "organization", **(lessee or {})}
    found = subjects(as_of, know, lessee=party, ownership=list(ownership), **contract)
    return found.lessee[field]


IDENTIFIED, HQ = "ultimate_parents.identified", "ultimate_parents.headquarters"
NAMES = "ultimate_parents.names"
NO_OWNER = ("lessee.ultimate_parent", "ownership")


# --- ultimate parents ---------------------------------------------------------------------------


def test_a_stated_parent_is_the_parent() -> None:
    lessee = {"ultimate_parent": company("top", "CN")}
    assert known(IDENTIFIED, lessee=lessee).value is True
    assert told(known(HQ, lessee=lessee)) == ({"CN"}, True, "derived", ())
    assert known(NAMES, lessee=lessee).value == {"top Ltd"}


def test_a_parent_whose_headquarters_nobody_gave_is_a_partial_answer() -> None:
    fact = known(HQ, lessee={"ultimate_parent": company("top")})
    assert (fact.value, fact.known, fact.partial) == (frozenset(), False, True)
    assert fact.missing == ("lessee.ultimate_parent.headquarters",)


def test_a_parent_with_contested_headquarters_has_candidates() -> None:
    evidence = [{"kind": "board", "country": "CN"}, {"kind": "staff", "country": "CN"}]
    parent = company("top", "SG", headquarters_evidence=evidence)
    fact = known(HQ, lessee={"ultimate_parent": parent})
    assert sure_and_possible(fact) == (set(), {"SG", "CN"})
    assert not fact.partial


@pytest.mark.parametrize("status", ["unknown", "refused"])
def test_a_parent_stated_as_unknown_or_refused_is_unknown_even_beside_owners(status: str) -> None:
    lessee = {"ultimate_parent": {"status": status}}
    for ownership in ([], [edge(company("top", "DK"), "100%")]):
        fact = known(IDENTIFIED, *ownership, lessee=lessee)
        assert told(fact) == (None, False, status, NO_OWNER)
        places = known(HQ, *ownership, lessee=lessee)
        assert (places.known, places.partial) == (False, True)


def test_without_any_statement_the_parent_is_unknown() -> None:
    fact = known(IDENTIFIED)
    assert told(fact) == (None, False, "absent", NO_OWNER)
    assert fact.note == "no owner is stated"
    assert (known(HQ).known, known(NAMES).known) == (False, False)


@pytest.mark.parametrize(
    ("lessee", "why"),
    [
        ({"exchange_listing": "XCSE"}, "exchange listed"),
        ({"public_body": True}, "a public body"),
        ({"kind": "person"}, "a natural person"),
    ],
)
def test_who_can_have_no_parent_has_none(lessee: dict[str, Any], why: str) -> None:
    fact = known(HQ, lessee=lessee)
    assert told(fact) == (frozenset(), True, "derived", ())
    assert fact.note == why
    assert known(IDENTIFIED, lessee=lessee).value is True


def test_the_top_of_a_stated_chain_is_the_parent() -> None:
    chain = (edge(company("mid", "SG"), "100%"), edge(company("top", "CN"), "60%", owned="mid"))
    assert known(HQ, *chain).value == {"CN"}
    assert known(NAMES, *chain).value == {"top Ltd"}
    assert known(IDENTIFIED, *chain).note == "top Ltd"


def test_dispersed_owners_leave_no_parent() -> None:
    ten = [edge(company(f"o{n}", "CN"), "10%") for n in range(10)]
    assert told(known(HQ, *ten))[:2] == (frozenset(), True)


def test_a_holding_that_may_exceed_half_makes_a_candidate() -> None:
    fact = known(HQ, edge(company("top", "CN"), {"minimum": "40%", "maximum": "60%"}))
    assert (fact.value, fact.known or not fact.partial) == (frozenset(), True)
    assert fact.possible == {"CN"}
    assert set(NO_OWNER) <= set(fact.missing)


def test_a_share_that_nobody_stated_makes_a_candidate() -> None:
    assert known(HQ, edge(company("top", "CN"))).possible == {"CN"}


def test_a_board_majority_alone_makes_a_candidate_and_no_parent() -> None:
    seats = edge(company("top", "CN"), kind="board_appointment", seats=4, of=7)
    fact = known(HQ, seats)
    assert sure_and_possible(fact) == (set(), {"CN"})
    assert known(IDENTIFIED, seats).known is False


def test_a_reporting_exception_is_not_no_owner() -> None:
    exception = {"owned": "lessee", "exception": "NO_KNOWN_PERSON"}
    fact = known(IDENTIFIED, exception)
    assert (fact.known, fact.status) == (False, "unknown")
    assert known("ownership.identified", exception).known is False


def test_a_natural_person_is_no_parent_undertaking() -> None:
    person = {"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}
    assert known(HQ, edge(person, "100%")).value == frozenset()


def test_an_interest_that_has_ended_no_longer_makes_a_parent() -> None:
    ended = edge(company("old", "CN"), "100%", until="2024-01-01")
    current = edge(company("new", "DK"), "100%", **{"from": "2024-01-01"})
    assert known(HQ, ended, current).value == {"DK"}
    assert known(HQ, ended, current, as_of=date(2023, 12, 31)).value == {"CN"}


def test_two_companies_that_own_each_other_do_not_hang_the_search() -> None:
    circle = (edge(company("x", "CN"), "100%"), edge("lessee", "100%", owned="x"))
    fact = known(IDENTIFIED, *circle)
    assert fact.known in (True, False)
    assert known("ownership.organizations", *circle).known


# --- owners -------------------------------------------------------------------------------------


def test_owners_are_identified_once_somebody_is_stated() -> None:
    assert known("ownership.identified", edge(company("o"), "60%")).value is True
    assert told(known("ownership.identified")) == (None, False, "absent", ("ownership",))


@pytest.mark.parametrize(
    "lessee",
    [{"exchange_listing": "XCSE"}, {"public_body": True}, {"ultimate_parent": company("top")}],
)
def test_a_listing_a_public_body_or_a_stated_parent_explains_owners(lessee: dict[str, Any]) -> None:
    assert known("ownership.identified", lessee=lessee).value is True


def test_an_exception_above_a_stated_owner_leaves_the_top_open() -> None:
    fact = known(
        "ownership.identified",
        edge(company("mid"), "100%"),
        {"owned": "mid", "exception": "NON_PUBLIC"},
    )
    assert told(fact) == (None, False, "unknown", ("ownership",))
    assert fact.note == "mid: NON_PUBLIC"


@pytest.mark.parametrize(
    ("shares", "unstated"),
    [(("60%",), "40%"), (("60%", "40%"), 0), (("33%", "33%"), "34%")],
)
def test_what_no_statement_covers_is_unstated(shares: tuple[str, ...], unstated: Any) -> None:
    edges = [edge(company(f"o{n}"), share) for n, share in enumerate(shares)]
    expected = Share.exact(0) if unstated == 0 else Share.parse(unstated)
    assert known("ownership.unstated", *edges).value == expected


def test_a_listed_company_has_no_unstated_owners_to_ask_for() -> None:
    assert known("ownership.unstated", lessee={"exchange_listing": "XCSE"}).value == Share.exact(0)
    assert told(known("ownership.unstated"))[1:] == (False, "absent", ("ownership",))


def holdings(fact: Fact) -> dict[str, tuple[set[str], Share]]:
    return {h.holder: (set(h.countries), h.share) for h in fact.value}


def test_direct_holdings_are_capital_with_the_holders_places() -> None:
    fact = known(
        "ownership.direct",
        edge(company("a", "CN", incorporation="KY"), "30%"),
        edge({"id": "p", "name": "Ada", "kind": "person", "residence": "SG"}, "20%"),
        edge(company("b", "US"), kind="board_appointment", seats=1, of=5),
    )
    assert holdings(fact) == {
        "a Ltd": ({"KY", "CN"}, Share.parse("30%")),
        "Ada": ({"SG"}, Share.parse("20%")),
    }


def test_holdings_of_organizations_are_looked_through_without_natural_persons() -> None:
    fact = known(
        "ownership.organizations",
        edge(company("a", "SG"), "50%"),
        edge(company("top", "CN"), "50%", owned="a"),
        edge({"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}, "50%"),
    )
    assert holdings(fact) == {
        "a Ltd": ({"SG"}, Share.parse("25%")),
        "top Ltd": ({"CN"}, Share.parse("25%")),
    }


def test_what_is_held_through_a_company_is_counted_once_and_at_the_top() -> None:
    fact = known(
        "ownership.organizations",
        edge(company("a", "SG"), "50%"),
        edge(company("top", "CN"), "100%", owned="a"),
    )
    assert holdings(fact)["top Ltd"] == ({"CN"}, Share.parse("50%"))
    assert holdings(fact).get("a Ltd", ({"SG"}, Share.exact(0)))[1] == Share.exact(0)


@pytest.mark.parametrize("field", ["ownership.direct", "ownership.organizations"])
def test_holdings_nobody_stated_are_unknown_and_a_listed_company_has_none(field: str) -> None:
    assert told(known(field)) == (None, False, "absent", ("ownership",))
    listed = known(field, lessee={"exchange_listing": "XCSE"})
    assert (listed.value, listed.text) == ((), "none")


def test_holdings_read_well_in_traces() -> None:
    fact = known("ownership.direct", edge(company("a", "CN"), "30%"), edge(company("b"), "5%"))
    assert (
        fact.text == f"a Ltd {Share.parse('30%')} (CN); b Ltd {Share.parse('5%')} (place unknown)"
    )


def test_controllers_by_other_means_have_half_the_board_or_an_agreement() -> None:
    fact = known(
        "ownership.controllers_by_other_means",
        edge(company("board", "CN"), kind="board_appointment", seats=3, of=6),
        edge(company("seat", "RU"), kind="board_appointment", seats=1, of=6),
        edge(company("deal", "HK"), kind="agreement"),
        edge(company("holder", "US"), "90%"),
    )
    assert (fact.value, fact.known) == ({"CN", "HK"}, True)
    assert known("ownership.controllers_by_other_means").value == frozenset()
    unplaced = known(
        "ownership.controllers_by_other_means", edge(company("deal"), kind="agreement")
    )
    assert (unplaced.known, len(unplaced.missing)) == (False, 1)


# --- changes ------------------------------------------------------------------------------------

SOLD = edge(company("old", "CN"), "100%", until="2024-05-16")
BOUGHT = edge(company("new", "SG"), "100%", **{"from": "2024-05-16"})


def test_former_owners_are_those_whose_interest_has_ended() -> None:
    assert known("ownership.former_owners", SOLD, BOUGHT).value == {"CN"}
    assert (
        known("ownership.former_owners", SOLD, BOUGHT, as_of=date(2024, 5, 15)).value == frozenset()
    )
    assert known("ownership.former_owners", SOLD, BOUGHT, as_of=date(2024, 5, 16)).value == {"CN"}
    unplaced = known("ownership.former_owners", edge(company("old"), "1%", until="2024-01-01"))
    assert (unplaced.known, len(unplaced.missing)) == (False, 1)


def test_the_last_change_is_counted_to_the_signing_or_to_the_day() -> None:
    field = "ownership.days_since_change"
    assert known(field, SOLD, BOUGHT).value == 30
    assert known(field, SOLD, BOUGHT, signed_on="2024-05-17").value == 1
    before = known(field, SOLD, BOUGHT, signed_on="2024-05-15")
    assert (before.known, before.note) == (False, "no change before signing")
    undated = known(field, edge(company("o"), "100%"))
    assert (undated.known, undated.note) == (False, "no dated interest")


# --- listed owners ------------------------------------------------------------------------------

AFFILIATES = date(2025, 9, 29)  # the day from which owners on US lists counted
CASCADE = {"ofac-50", "listed-majority"}


def affected(
    share: Any, as_of: date = DAY, name: str = LISTED, know: Knowledge | None = None
) -> Fact:
    owner = company("bad", "CN", name=name)
    known_lists = know or listing()
    return known("ownership.affected_under", edge(owner, share), as_of=as_of, know=known_lists)


@cache
def listed_on(list_id: str, **row: Any) -> Knowledge:
    lists = [watchlist(list_id, {"name": LISTED, **row})]
    return Screener.load(watchlists=lists).knowledge


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
    know = Screener.load(watchlists=lists).knowledge
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
        f"{LISTED} (ofac-sdn)"
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


def test_a_consolidating_owner_without_shares_leaves_the_unstated_part_unknown() -> None:
    fact = known("ownership.unstated", edge(company("top", "CN"), kind="consolidation"))
    assert (fact.known, fact.note) == (False, "no shares are stated")
