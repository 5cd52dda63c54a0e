"""What is known of a party's ultimate parents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from unit.screening.contracts import (
    company,
    edge,
    known,
    sure_and_possible,
    told,
)

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


def test_the_parent_that_the_top_of_a_chain_states_is_the_parent() -> None:
    mid = company("mid", "SG", ultimate_parent=company("top", "CN"))
    assert told(known(HQ, edge(mid, "100%"))) == ({"CN"}, True, "derived", ())
    assert known(NAMES, edge(mid, "100%")).value == {"top Ltd"}
    assert known(IDENTIFIED, edge(mid, "100%")).note == "top Ltd"
    half = known(HQ, edge(mid, {"minimum": "40%", "maximum": "60%"}), edge(company("b"), "40%"))
    assert sure_and_possible(half) == (set(), {"CN"})


def test_a_stated_parent_that_the_chain_shows_too_is_the_parent() -> None:
    mid = company("mid", "SG", ultimate_parent="top")
    chain = (edge(mid, "100%"), edge(company("top", "CN"), "60%", owned="mid"))
    assert told(known(HQ, *chain)) == ({"CN"}, True, "derived", ())


def test_a_stated_parent_that_the_chain_does_not_show_is_a_candidate_beside_its_top() -> None:
    mid = company("mid", "SG", ultimate_parent=company("said", "CN"))
    chain = (edge(mid, "100%"), edge(company("top", "DK"), "60%", owned="mid"))
    fact = known(HQ, *chain)
    assert (sure_and_possible(fact), fact.partial) == ((set(), {"DK", "CN"}), False)
    identified = known(IDENTIFIED, *chain)
    assert identified.known is False
    assert identified.note == "mid Ltd states another ultimate parent than its owners show"
    assert identified.asks == ("a group chart of mid Ltd up to its ultimate parent",)


def test_beside_a_stated_parent_another_top_of_the_owners_may_be_one_as_well() -> None:
    chain = edge(company("top", "CN"), "60%")
    lessee = {"ultimate_parent": company("said", "US")}
    fact = known(HQ, chain, lessee=lessee)
    assert (sure_and_possible(fact), fact.partial) == (({"US"}, {"CN"}), False)
    identified = known(IDENTIFIED, chain, lessee=lessee)
    assert identified.known is False
    assert identified.note == "Fjord ApS states another ultimate parent than its owners show"
    assert identified.asks == ("a group chart of Fjord ApS up to its ultimate parent",)


@pytest.mark.parametrize("kind", ["consolidation", "voting_rights"])
def test_whoever_controls_without_capital_contradicts_a_stated_parent_too(kind: str) -> None:
    share = "60%" if kind == "voting_rights" else None
    chain = edge(company("top", "CN"), share, kind=kind)
    fact = known(HQ, chain, lessee={"ultimate_parent": company("said", "US")})
    assert sure_and_possible(fact) == ({"US"}, {"CN"})


def test_a_stated_parent_that_the_owners_of_the_party_lead_to_is_the_parent() -> None:
    chain = (edge(company("mid", "CN"), "100%"), edge(company("top", "US"), "60%", owned="mid"))
    assert told(known(HQ, *chain, lessee={"ultimate_parent": "top"})) == (
        ({"US"}, True, "derived", ())
    )


def test_a_stated_parent_settles_which_of_two_halves_it_is() -> None:
    halves = (edge(company("a", "CN"), "50%"), edge(company("b", "SG"), "50%"))
    assert known(HQ, *halves, lessee={"ultimate_parent": "b"}).value == {"SG"}


def test_dispersed_owners_do_not_contradict_a_stated_parent() -> None:
    ten = [edge(company(f"o{n}", "CN"), "10%") for n in range(10)]
    assert known(HQ, *ten, lessee={"ultimate_parent": company("said", "US")}).value == {"US"}


@pytest.mark.parametrize("status", ["unknown", "refused"])
def test_a_top_that_does_not_say_its_parent_leaves_the_parents_open(status: str) -> None:
    mid = company("mid", "SG", ultimate_parent={"status": status})
    fact = known(HQ, edge(mid, "100%"))
    assert (sure_and_possible(fact), fact.partial) == ((set(), {"SG"}), True)
    identified = known(IDENTIFIED, edge(mid, "100%"))
    assert identified.known is False
    assert identified.note == "mid Ltd does not say who its ultimate parent is"
    assert identified.asks == ("a group chart of mid Ltd up to its ultimate parent",)


def test_dispersed_owners_leave_no_parent() -> None:
    ten = [edge(company(f"o{n}", "CN"), "10%") for n in range(10)]
    assert told(known(HQ, *ten))[:2] == (frozenset(), True)


def test_a_holding_that_may_exceed_half_makes_a_candidate() -> None:
    band = {"minimum": "40%", "maximum": "60%"}
    rest = edge(company("rest", "DK"), {"minimum": "40%", "maximum": "49%"})
    fact = known(HQ, edge(company("top", "CN"), band), rest)
    assert (sure_and_possible(fact), fact.partial) == ((set(), {"CN"}), False)
    assert set(NO_OWNER) <= set(fact.missing)
    assert (
        known(HQ, edge(company("top", "CN"), band)).partial is True
    )  # the rest may be one holder's


def test_an_exception_above_a_candidate_leaves_the_parents_open() -> None:
    above = {"owned": "mid", "exception": "NO_KNOWN_PERSON"}
    fact = known(HQ, edge(company("mid", "SG"), "100%"), above)
    assert (sure_and_possible(fact), fact.partial) == ((set(), {"SG"}), True)
    listed = company("mid", "SG", exchange_listing="XSES")
    fact = known(HQ, edge(listed, "100%"), {"owned": "mid", "exception": "NO_KNOWN_PERSON"})
    assert fact.partial is False


def test_a_board_against_a_majority_names_both_candidates_and_what_would_settle_it() -> None:
    fact = known(
        NAMES,
        edge(company("votes", "SG"), "50.1%"),
        edge(company("board", "CN"), "49.9%"),
        edge("board", kind="board_appointment", seats=4, of=7),
    )
    assert (sure_and_possible(fact), fact.partial) == ((set(), {"board Ltd", "votes Ltd"}), False)
    assert fact.text == "perhaps board Ltd, votes Ltd"
    identified = known(
        IDENTIFIED,
        edge(company("votes", "SG"), "50.1%"),
        edge(company("board", "CN"), "49.9%"),
        edge("board", kind="board_appointment", seats=4, of=7),
    )
    assert identified.asks == (
        (
            "the articles of Fjord ApS and its shareholders' agreement, on the directors that "
            "board Ltd appoints"
        ),
        "the consolidated accounts that name the parent of Fjord ApS",
    )


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


def test_a_natural_person_stated_as_ultimate_parent_is_no_parent_undertaking() -> None:
    founder = {"id": "founder", "name": "A Founder", "kind": "person", "residence": "CN"}
    lessee = {"ultimate_parent": founder}
    assert told(known(HQ, lessee=lessee)) == (frozenset(), True, "derived", ())
    assert known(IDENTIFIED, lessee=lessee).note == "a natural person"
    top = edge(company("top", "SG"), "100%")
    assert known(HQ, top, lessee=lessee).value == {"SG"}
    mid = company("mid", "SG", ultimate_parent=founder)
    assert told(known(HQ, edge(mid, "100%"))) == ({"SG"}, True, "derived", ())


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
