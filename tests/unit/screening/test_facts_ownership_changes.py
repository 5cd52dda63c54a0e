"""What is known of how ownership changed: before the signing, after it, and above the party."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from unit.screening.contracts import company, edge, known, subjects, sure_and_possible, told

PERSON = {"id": "p", "name": "Ada", "kind": "person", "residence": "CN"}
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


def test_who_left_before_the_controls_began_is_no_former_owner() -> None:
    left = edge(company("old", "CN"), "60%", until="2022-10-06")
    assert known("ownership.former_owners", left).value == frozenset()
    left = edge(company("old", "CN"), "60%", until="2022-10-07")
    assert known("ownership.former_owners", left).value == {"CN"}


@pytest.mark.parametrize(
    ("now", "left"), [("60%", set()), ("70%", set()), ("59.9%", {"CN"}), ("5%", {"CN"})]
)
def test_an_owner_whose_next_interest_is_as_large_has_not_left(now: str, left: set[str]) -> None:
    before = edge(company("old", "CN"), "60%", until="2024-01-01")
    after = edge("old", now, **{"from": "2024-01-01"})
    assert known("ownership.former_owners", before, after).value == left
    later = edge("old", now, **{"from": "2024-02-01"})
    assert known("ownership.former_owners", before, later).value == {"CN"}
    votes = edge("old", now, kind="voting_rights", **{"from": "2024-01-01"})
    assert known("ownership.former_owners", before, votes).value == {"CN"}


def test_the_last_change_is_counted_to_the_signing_or_to_the_day() -> None:
    field = "ownership.days_since_change"
    assert known(field, SOLD, BOUGHT).value == 30
    assert known(field, SOLD, BOUGHT, signed_on="2024-05-17").value == 1
    before = known(field, SOLD, BOUGHT, signed_on="2024-05-15")
    assert (before.known, before.note) == (False, "no change before signing")
    undated = known(field, edge(company("o"), "100%"))
    assert (undated.known, undated.note) == (False, "no dated interest")


def test_a_person_who_has_left_is_led_from_nowhere() -> None:
    left = known("ownership.former_owners", edge(PERSON, "100%", until="2024-01-01"))
    assert told(left) == (frozenset(), True, "derived", ())


# --- in companies above it ----------------------------------------------------------------------


def since(owner: Any, share: Any, day: str, **fields: Any) -> dict[str, Any]:
    return edge(owner, share, **{"from": day}, **fields)


MID = company("mid", "SG")
NEW_PARENT = since(company("new", "DK"), "100%", "2024-06-05", owned="mid")


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((edge(MID, "100%"),), 10),
        ((edge(MID, "50%"),), 10),
        ((edge(MID, {"minimum": "40%", "maximum": "60%"}),), 10),
        ((edge(MID, "10%"), edge("mid", kind="agreement")), 10),
        ((edge(company("low"), "60%"), edge(MID, "60%", owned="low")), 10),
        ((edge(MID, "49.9%"),), None),
        ((edge(MID, "49.9%"), edge("mid", kind="board_appointment", seats=1, of=5)), None),
        ((edge(MID, "100%", until="2024-06-10"),), 5),
        ((edge(MID, "100%", until="2024-01-01"),), 166),
    ],
)
def test_a_change_above_counts_in_a_company_that_owns_by_half_or_controls(
    rows: tuple[dict[str, Any], ...], days: int | None
) -> None:
    assert known("ownership.days_since_change", *rows, NEW_PARENT).value == days


def test_a_company_that_was_the_parent_when_it_changed_hands_counts() -> None:
    rows = [edge(MID, "100%", until="2024-06-10"), NEW_PARENT]
    fact = known("ownership.days_since_change", *rows, signed_on="2024-06-08")
    assert fact.value == 3
    told_of = known("ownership.last_change", *rows, signed_on="2024-06-08")
    assert told_of.value == {"interest of new Ltd in mid Ltd from 2024-06-05"}


def test_the_last_change_tells_everything_of_its_day() -> None:
    assert known("ownership.last_change", SOLD, BOUGHT).value == {
        "interest of old Ltd in Fjord ApS until 2024-05-16",
        "interest of new Ltd in Fjord ApS from 2024-05-16",
    }
    assert known("ownership.last_change").value == frozenset()


def test_former_owners_of_a_parent_count_and_those_of_a_minority_do_not() -> None:
    sold = edge(company("old", "CN"), "100%", owned="mid", until="2024-05-16")
    assert known("ownership.former_owners", edge(MID, "100%"), sold).value == {"CN"}
    assert known("ownership.former_owners", edge(MID, "30%"), sold).value == frozenset()


# --- after the signing --------------------------------------------------------------------------

SIGNED: dict[str, Any] = {"signed_on": "2024-05-01"}
NEW, PLACES = "ownership.new_owners", "ultimate_parents.headquarters_since_signing"
OLD = company("old", "SG")


def test_an_owner_that_came_after_the_signing_is_new_and_so_is_its_country() -> None:
    assert known(NEW, SOLD, BOUGHT, **SIGNED).value == {
        "new Ltd (100%, at signing 0%; now controls it)"
    }
    assert known(PLACES, SOLD, BOUGHT, **SIGNED).value == {"SG"}
    unsigned: tuple[dict[str, Any], ...] = ({"signed_on": "2024-05-16"}, {})
    for before in unsigned:
        for field in (NEW, PLACES):
            fact = known(field, SOLD, BOUGHT, **before)
            assert (fact.value, fact.known) == (frozenset(), True)
            assert fact.note == "no change since signing"


@pytest.mark.parametrize(
    ("share", "found"),
    [
        ("25%", (set(), set())),
        ("26%", ({"new Ltd (26%, at signing 0%)"}, set())),
        (
            {"minimum": "20%", "maximum": "30%"},
            (set(), {"new Ltd (20% to 30%, at signing 0%)"}),
        ),
    ],
)
def test_a_new_owner_holds_more_than_a_quarter(share: Any, found: Any) -> None:
    rows = [edge(OLD, "60%"), since(company("new", "SG"), share, "2024-05-16")]
    fact = known(NEW, *rows, **SIGNED)
    assert sure_and_possible(fact) == found
    register = "a dated register of members of Fjord ApS with the exact holding of new Ltd"
    assert fact.asks == ((f"{register} (stated: 20% to 30%)",) if found[1] else ())


def test_a_new_owner_is_found_through_the_parent() -> None:
    rows = [edge(MID, "60%"), edge(OLD, "50%", owned="mid")]
    fact = known(NEW, *rows, since(PERSON, "50%", "2024-05-16", owned="mid"), **SIGNED)
    assert fact.value == {"Ada (30%, at signing 0%)"}


def test_who_has_come_to_control_it_is_new_whatever_it_held() -> None:
    rows = [
        edge(OLD, "40%", until="2024-05-16"),
        since("old", "60%", "2024-05-16"),
        since(company("board"), None, "2024-05-16", kind="board_appointment", seats=3, of=6),
    ]
    fact = known(NEW, *rows, **SIGNED)
    assert sure_and_possible(fact) == (
        {"old Ltd (60%, at signing 40%; now controls it)"},
        {"board Ltd (0%, at signing 0%; may control it)"},
    )


def test_a_company_put_between_by_the_same_owner_is_not_new() -> None:
    rows = [
        edge(OLD, "100%", until="2024-05-16"),
        since(MID, "100%", "2024-05-16"),
        since("old", "60%", "2024-05-16", owned="mid"),
    ]
    assert known(NEW, *rows, **SIGNED).value == frozenset()
    joint = since(company("third", "CN"), "40%", "2024-05-16", owned="mid")
    assert known(NEW, *rows, joint, **SIGNED).value == {"third Ltd (40%, at signing 0%)"}


@pytest.mark.parametrize(
    ("seat", "found", "is_known"),
    [("JP", ({"JP"}, set()), True), ("DK", (set(), set()), True), (None, (set(), set()), False)],
)
def test_a_parent_that_was_no_parent_leads_from_another_country(
    seat: str | None, found: Any, is_known: bool
) -> None:
    rows = [
        edge(company("mid", seat), "100%"),
        edge(company("top", "DK"), "100%", owned="mid", until="2024-05-16"),
        since(PERSON, "100%", "2024-05-16", owned="mid"),
    ]
    fact = known(PLACES, *rows, **SIGNED)
    assert (sure_and_possible(fact), fact.known) == (found, is_known)
    assert fact.note.startswith("at signing: DK; now: ")


def test_parents_unknown_at_the_signing_may_have_been_led_from_there() -> None:
    rows = [
        edge(MID, "100%"),
        edge(company("top"), "100%", owned="mid", until="2024-05-16"),
        since(company("new", "JP"), "100%", "2024-05-16", owned="mid"),
    ]
    fact = known(PLACES, *rows, **SIGNED)
    assert (sure_and_possible(fact), fact.known) == ((set(), {"JP"}), True)


def test_the_same_unknown_parents_are_no_change_of_country() -> None:
    rows = [edge(company("top"), "60%"), since(company("new", "SG"), "5%", "2024-05-16")]
    fact = known(PLACES, *rows, **SIGNED)
    assert (fact.value, fact.known) == (frozenset(), True)
    assert fact.note == "the ultimate parents are those of the signing"


def test_what_was_known_of_the_signing_is_let_go_of_too() -> None:
    party = {"id": "lessee", "name": "Fjord ApS", "kind": "organization"}
    whole = subjects(lessee=party, ownership=[SOLD, BOUGHT], **SIGNED)
    before = whole.at_signing
    assert before is not None
    assert before.as_of == date(2024, 5, 1)
    whole.release()
    assert (whole.__dict__, before.__dict__) == ({}, {})
