"""Reading interests: every spelling, every fault with its path, all at once."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from compliance.errors import OwnershipError
from compliance.model.share import Share
from compliance.ownership import Interest, OwnershipGraph

HALF = Share.exact(Fraction(1, 2))


def faults(*statements: object) -> list[tuple[str, str]]:
    with pytest.raises(OwnershipError) as caught:
        OwnershipGraph.from_interests(statements)  # type: ignore[arg-type]
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "share", ["50%", 0.5, "0.5", "1/2", {"exact": "50%"}, HALF, {"minimum": "1/2", "maximum": 0.5}]
)
def test_a_share_is_read_in_every_spelling(share: object) -> None:
    built = OwnershipGraph.from_interests([{"owner": "X", "owned": "A", "share": share}])
    assert built.owners("A", as_of=None) == (("X", HALF, "shareholding"),)


def test_a_full_statement_is_read_whole() -> None:
    statement = {
        "owner": {"id": "X", "name": "X Ltd"},
        "owned": {"id": "A"},
        "kind": "board_appointment",
        "seats": 4,
        "of": 7,
        "from": "2022-01-01",
        "until": date(2023, 1, 1),
        "source": "register:3",
    }
    expected = Interest(
        "X", "A", Share.exact(Fraction(4, 7)), "board_appointment", date(2022, 1, 1),
        date(2023, 1, 1), 4, 7, "register:3",
    )  # fmt: skip
    assert OwnershipGraph.from_interests([statement]).interests == (expected,)


def test_an_interest_is_taken_as_it_is_and_the_path_is_the_default_source() -> None:
    interest = Interest("X", "A", HALF)
    built = OwnershipGraph.from_interests([interest, {"owner": "Y", "owned": "A", "share": None}])
    assert built.interests == (
        interest,
        Interest("Y", "A", Share.unknown(), source="ownership.1"),
    )


def test_a_reporting_exception_is_kept_beside_the_interests() -> None:
    built = OwnershipGraph.from_interests(
        [
            {"owned": "A", "exception": "NO_LEI"},
            {"owned": {"id": "A"}, "exception": "NATURAL_PERSONS", "source": "gleif"},
        ],
        ["B"],
    )
    assert built.exceptions("A") == ("NATURAL_PERSONS", "NO_LEI")
    assert built.exceptions("B") == ()
    assert built.parties == {"A", "B"}


SHARE = 'a share is "51%", 0.51, "35/47" or an interval, not '


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"share": "-5%"}, "share", f"{SHARE}'-5%'"),
        ({"share": -0.5}, "share", f"{SHARE}-0.5"),
        ({"share": 51}, "share", '51 of what? write "51%" or a fraction such as 0.51'),
        ({"share": True}, "share", f"{SHARE}True"),
        ({"share": "120%"}, "share", "a share lies between 0 and 100%"),
        (
            {"share": {"minimum": "60%", "maximum": "40%"}},
            "share",
            "minimum 3/5 is above maximum 2/5",
        ),
        ({"owner": None}, "owner", "a party id is missing: found None"),
        ({"owner": ""}, "owner", "a party id is missing: found ''"),
        ({"owned": {"name": "A"}}, "owned", "a party id is missing: found {'name': 'A'}"),
        ({"from": "2024-02-30"}, "from", "a day written as 2024-06-15, not '2024-02-30'"),
        ({"from": "20240215"}, "from", "a day written as 2024-06-15, not '20240215'"),
        (
            {"until": datetime(2024, 1, 1)},  # noqa: DTZ001 - a naive time is what is refused
            "until",
            "a day written as 2024-06-15, not datetime.datetime(2024, 1, 1, 0, 0)",
        ),
        (
            {"from": "2024-01-01", "until": "2024-01-01"},
            "until",
            "2024-01-01 is not after from, 2024-01-01",
        ),
        (
            {"kind": "gift"},
            "kind",
            (
                "unknown kind 'gift'; known: agreement, board_appointment, consolidation, other, "
                "shareholding, voting_rights"
            ),
        ),
        (
            {"percentage": 5},
            "percentage",
            (
                "unknown key; known: from, kind, of, owned, owner, seats, share, share_class, "
                "source, until"
            ),
        ),
        ({"seats": 4}, "seats", "seats belong to a board_appointment, not to shareholding"),
        (
            {"kind": "board_appointment", "seats": 8, "of": 7},
            "seats",
            "8 seats of a board of 7",
        ),
        (
            {"kind": "board_appointment", "seats": "4", "of": 7},
            "seats",
            "a whole number of at least 0, not '4'",
        ),
        (
            {"kind": "board_appointment", "seats": 0, "of": 0},
            "of",
            "a whole number of at least 1, not 0",
        ),
    ],
)
def test_a_fault_names_the_place_and_what_was_expected(
    change: dict[str, object], path: str, message: str
) -> None:
    good = {"owner": "X", "owned": "A", "share": "50%"}
    if path in {"seats", "of"}:
        del good["share"]
    assert faults(good, {**good, **change}) == [(f"ownership.1.{path}", message)]


def test_all_faults_are_reported_at_once() -> None:
    found = faults(
        {"owned": "A", "share": 51, "kind": "gift"},
        "X owns A",
        {"owned": "", "exception": 3},
        {"owned": "A", "exception": "NO_LEI", "owner": "X"},
    )
    assert [path for path, _ in found] == [
        "ownership.0.kind",
        "ownership.0.owner",
        "ownership.0.share",
        "ownership.1",
        "ownership.2.exception",
        "ownership.2.owned",
        "ownership.3.owner",
    ]


def test_an_interest_made_by_hand_is_checked_too() -> None:
    with pytest.raises(OwnershipError) as caught:
        Interest("", "A", since=date(2024, 1, 2), until=date(2024, 1, 1), source="row 7")
    assert [problem.path for problem in caught.value.problems] == ["row 7.owner", "row 7.until"]
