"""What is known of who controls a party, and of who does so by other means than capital."""

from __future__ import annotations

from typing import Any

import pytest

from unit.screening.contracts import company, edge, known, sure_and_possible, told

MEANS, TOLD = "ownership.controllers_by_other_means", "ownership.controllers_by_other_means.told"
PERSON = {"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}
BOARD: dict[str, Any] = {"kind": "board_appointment", "seats": 4, "of": 7}
VOTES: dict[str, Any] = {"kind": "voting_rights"}
BAND = {"minimum": "40%", "maximum": "60%"}
SEATS = (
    "the articles of Fjord ApS and its shareholders' agreement, on the directors that {} appoints"
)


def test_controllers_are_told_with_what_carries_their_control() -> None:
    person = {"id": "p", "name": "Ada", "kind": "person"}
    fact = known(
        "ownership.controllers",
        edge(company("mid"), "60%"),
        edge(person, "51%", owned="mid"),
        edge(company("half"), kind="board_appointment", seats=3, of=6),
        edge(company("small"), "40%"),
    )
    assert sure_and_possible(fact) == (
        {"mid Ltd (votes)", "Ada (votes through mid Ltd)"},
        {"half Ltd (board appointment)"},
    )
    assert known("ownership.controllers").value == frozenset()


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


def test_a_person_with_an_agreement_is_led_from_nowhere() -> None:
    deal = known(MEANS, edge(PERSON, kind="agreement"))
    assert told(deal) == (frozenset(), True, "derived", ())


def test_whoever_controls_the_holder_of_a_right_has_it_too() -> None:
    rows = [
        edge(company("mid", "SG"), **BOARD),
        edge(company("upper", "HK"), "60%", owned="mid"),
        edge(company("top", "CN"), "60%", owned="upper"),
    ]
    fact = known(MEANS, *rows)
    assert (sure_and_possible(fact), fact.known) == (({"SG", "HK", "CN"}, set()), True)
    assert fact.asks == (SEATS.format("mid Ltd"),)
    assert known(TOLD, *rows).value == {
        "mid Ltd appoints 4 of 7 directors of Fjord ApS, and is controlled by top Ltd, upper Ltd"
    }


@pytest.mark.parametrize(
    "rows",
    [
        (edge(company("mid", "SG"), kind="board_appointment", seats=3, of=6),),
        (edge(company("mid", "SG"), "60%"), edge("mid", **BOARD)),
    ],
)
def test_who_controls_a_holder_has_as_firm_a_right_as_the_holder(rows: tuple[Any, ...]) -> None:
    top = edge(company("top", "CN"), "60%", owned="mid")
    assert sure_and_possible(known(MEANS, *rows, top)) == ({"SG", "CN"}, set())


def test_who_may_control_the_holder_of_a_right_may_have_it_and_the_register_is_asked_for() -> None:
    rows = [
        edge(company("mid", "SG"), kind="agreement"),
        edge(company("top", "CN"), BAND, owned="mid"),
        edge(PERSON, "40%", owned="mid"),
    ]
    fact = known(MEANS, *rows)
    assert (sure_and_possible(fact), fact.known) == (({"SG"}, {"CN"}), True)
    assert fact.asks == (
        "the agreement that gives mid Ltd rights over Fjord ApS",
        (
            "a dated register of members of mid Ltd with the exact holding of top Ltd "
            "(stated: 40% to 60%)"
        ),
    )
    assert known(TOLD, *rows).value == {
        "mid Ltd has rights over Fjord ApS by agreement, and is controlled perhaps by top Ltd"
    }


def test_a_minority_of_the_holder_of_a_right_has_no_right() -> None:
    rows = [edge(company("mid", "SG"), **BOARD), edge(company("top", "CN"), "30%", owned="mid")]
    fact = known(MEANS, *rows, edge(PERSON, "70%", owned="mid"))
    assert (sure_and_possible(fact), fact.known) == (({"SG"}, set()), True)


@pytest.mark.parametrize(
    ("parent", "found", "is_known"),
    [
        (company("top", "CN"), ({"SG", "CN"}, set()), True),
        ({"status": "unknown"}, ({"SG"}, set()), False),
        (None, ({"SG"}, set()), True),
    ],
)
def test_the_parent_that_the_holder_of_a_right_states_has_it_too(
    parent: Any, found: Any, is_known: bool
) -> None:
    fact = known(MEANS, edge(company("mid", "SG", ultimate_parent=parent), **BOARD))
    assert (sure_and_possible(fact), fact.known) == (found, is_known)


def test_a_holder_that_reports_an_exception_leaves_open_who_stands_above_it() -> None:
    exception = {"owned": "mid", "exception": "NON_PUBLIC"}
    fact = known(MEANS, edge(company("mid", "SG"), **BOARD), exception)
    assert (sure_and_possible(fact), fact.known) == (({"SG"}, set()), False)
    assert "ownership" in fact.missing


def test_a_majority_owner_with_the_board_is_asked_nothing_more_about_its_own_owners() -> None:
    rows = [edge(company("mid", "SG"), "100%"), edge("mid", **BOARD)]
    fact = known(MEANS, *rows, edge(company("fund", "US"), "30%", owned="mid"))
    assert (sure_and_possible(fact), fact.known) == (({"SG"}, set()), True)


def test_rights_over_a_company_that_controls_the_party_count() -> None:
    rows = [edge(company("mid", "SG"), "60%"), edge(company("top", "CN"), owned="mid", **BOARD)]
    assert sure_and_possible(known(MEANS, *rows)) == ({"CN"}, set())
    assert known(TOLD, *rows).value == {
        "top Ltd appoints 4 of 7 directors of mid Ltd, which controls Fjord ApS"
    }
    small = [edge(company("mid", "SG"), "30%"), edge(company("top", "CN"), owned="mid", **BOARD)]
    assert sure_and_possible(known(MEANS, *small)) == (set(), set())


def test_rights_over_a_company_that_may_control_the_party_may_count() -> None:
    rows = [edge(company("mid", "SG"), BAND), edge(company("top", "CN"), owned="mid", **BOARD)]
    fact = known(MEANS, *rows)
    assert sure_and_possible(fact) == (set(), {"CN"})
    assert fact.asks[-1] == (
        "a dated register of members of Fjord ApS with the exact holding of mid Ltd "
        "(stated: 40% to 60%)"
    )
    assert known(TOLD, *rows).text == (
        "perhaps top Ltd appoints 4 of 7 directors of mid Ltd, which may control Fjord ApS"
    )


@pytest.mark.parametrize(
    ("votes", "others", "found"),
    [
        ("60%", "40%", ({"CN"}, set())),
        ("50%", "50%", ({"CN"}, set())),
        (BAND, "40%", (set(), {"CN"})),
        (BAND, "55%", (set(), set())),
        ("49.9%", "50.1%", (set(), set())),
    ],
)
def test_half_of_the_votes_without_as_much_capital_is_a_right(
    votes: Any, others: str, found: Any
) -> None:
    capital = edge(company("owner", "DK"), "100%")
    rows = [capital, edge(company("voter", "CN"), votes, **VOTES), edge("owner", others, **VOTES)]
    fact = known(MEANS, *rows)
    only = ({code for code in part if code == "CN"} for part in sure_and_possible(fact))
    assert tuple(only) == found


def test_an_open_majority_of_votes_asks_for_the_articles_and_the_register() -> None:
    rows = [edge(company("owner", "DK"), "100%"), edge(company("voter", "CN"), BAND, **VOTES)]
    fact = known(MEANS, *rows, edge("owner", "40%", **VOTES))
    assert fact.asks == (
        (
            "the articles of Fjord ApS and a dated register with the votes of voter Ltd "
            "(stated: 40% to 60%)"
        ),
    )
    assert known(TOLD, *rows, edge("owner", "40%", **VOTES)).text == (
        "perhaps voter Ltd has 40% to 60% of the votes of Fjord ApS"
    )


def test_votes_that_follow_capital_or_consolidation_are_no_other_means() -> None:
    rows = [edge(company("owner", "CN"), "60%"), edge("owner", "60%", **VOTES)]
    assert told(known(MEANS, *rows)) == (frozenset(), True, "derived", ())
    consolidated = [
        edge(company("owner", "CN"), kind="consolidation"),
        edge("owner", "60%", **VOTES),
    ]
    assert told(known(MEANS, *consolidated)) == (frozenset(), True, "derived", ())


def test_votes_of_several_companies_that_one_controls_are_added_up() -> None:
    rows = [
        edge(company("owner", "DK"), "100%"),
        edge("owner", "40%", **VOTES),
        edge(company("a", "SG"), "30%", **VOTES),
        edge(company("b", "SG"), "30%", **VOTES),
        edge(company("top", "CN"), "100%", owned="a"),
        edge("top", "100%", owned="b"),
    ]
    assert sure_and_possible(known(MEANS, *rows)) == ({"CN"}, set())
    assert known(TOLD, *rows).value == {"top Ltd (votes through a Ltd, b Ltd)"}


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"seats": 4, "of": 7}, "4 of 7 directors"),
        ({"seats": 4}, "4 directors"),
        ({"share": "60%"}, "60% of the directors"),
        ({}, "directors (how many is not stated)"),
    ],
)
def test_how_many_directors_are_appointed_is_told_as_stated(
    stated: dict[str, Any], words: str
) -> None:
    row = edge(company("board", "CN"), kind="board_appointment", **stated)
    assert known(TOLD, row).value == {f"board Ltd appoints {words} of Fjord ApS"}


def test_influence_of_another_kind_may_be_control_and_asks_for_its_instrument() -> None:
    golden = company("golden", headquarters="CN")
    interests = edge(company("mid"), "99%"), edge(golden, "1%"), edge(golden, kind="other")
    fact = known(MEANS, *interests)
    assert sure_and_possible(fact) == (set(), {"CN"})
    assert "the instrument that gives golden Ltd influence over Fjord ApS" in fact.asks
    assert sure_and_possible(known(TOLD, *interests)) == (
        set(),
        {"golden Ltd has influence of another kind over Fjord ApS, which may be control"},
    )
