"""BODS 0.4: records through time, shares, exceptions, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model.truth import Truth
from compliance.ownership.readers import ReportingException
from compliance.ownership.readers.bods import read_bods
from unit.ownership.readers.bods_statements import holding, statement
from unit.ownership.readers.reading import (
    exceptions,
    refused,
    rows,
    written,
)


def test_json_lines_are_read_like_an_array(tmp_path: Path) -> None:
    told = [holding("B", "A", 60), holding("C", "A", 40, record="s")]
    lines = written(tmp_path / "lines.json", *told)
    array = tmp_path / "array.json"
    array.write_text(json.dumps(told, indent=1), encoding="utf-8")
    assert (
        rows(read_bods(lines))
        == rows(read_bods(array))
        == [
            ("B", "A", "60%", "shareholding", "", ""),
            ("C", "A", "40%", "shareholding", "", ""),
        ]
    )
    assert [each.source for each in read_bods(lines).interests] == [f"{lines}:1", f"{lines}:2"]


def test_the_order_of_statements_in_the_file_does_not_matter(tmp_path: Path) -> None:
    early = holding("B", "A", 60)
    late = holding("B", "A", 40, statementDate="2024-06-01", recordStatus="updated")
    expected = [
        ("B", "A", "60%", "shareholding", "", "2024-06-01"),
        ("B", "A", "40%", "shareholding", "2024-06-01", ""),
    ]
    assert rows(read_bods(written(tmp_path / "a.json", early, late))) == expected
    assert rows(read_bods(written(tmp_path / "b.json", late, early))) == expected


def test_two_statements_of_one_day_are_told_apart_by_their_time(tmp_path: Path) -> None:
    morning = holding("B", "A", 60, statementDate="2024-06-01T08:00:00Z")
    evening = holding("B", "A", 40, statementDate="2024-06-01T12:00:00-08:00")
    expected = [
        ("B", "A", "60%", "shareholding", "", "2024-06-01"),
        ("B", "A", "40%", "shareholding", "2024-06-01", ""),
    ]
    assert rows(read_bods(written(tmp_path / "a.json", evening, morning))) == expected


def test_several_files_are_read_as_one(tmp_path: Path) -> None:
    first = written(tmp_path / "a.json", holding("B", "A", 60))
    second = written(
        tmp_path / "b.json",
        holding("B", "A", 60, statementDate="2024-06-01", recordStatus="closed"),
    )
    statements = read_bods(first, second)
    assert rows(statements) == [("B", "A", "60%", "shareholding", "", "2024-06-01")]
    assert statements.sources == (str(first), str(second))


def test_an_interest_that_is_told_no_more_ends_on_the_day_of_the_statement(tmp_path: Path) -> None:
    votes = holding("B", "A", 60, statementDate="2024-06-01", interest={"type": "votingRights"})
    path = written(tmp_path / "a.json", holding("B", "A", 60), votes)
    assert rows(read_bods(path)) == [
        ("B", "A", "60%", "shareholding", "", "2024-06-01"),
        ("B", "A", "60%", "voting_rights", "", ""),
    ]


def test_a_share_corrected_from_its_own_start_replaces_what_was_told(tmp_path: Path) -> None:
    start = {"startDate": "2024-06-01"}
    told = holding("B", "A", 60, interest=start)
    corrected = holding("B", "A", 50, statementDate="2024-05-01", interest=start)
    path = written(tmp_path / "a.json", told, corrected)
    assert rows(read_bods(path)) == [("B", "A", "50%", "shareholding", "2024-06-01", "")]


def test_an_end_before_the_statement_with_another_share_corrects_what_was_told(
    tmp_path: Path,
) -> None:
    ended = {"endDate": "2023-01-01"}
    corrected = holding("B", "A", 50, statementDate="2024-05-01", interest=ended)
    path = written(tmp_path / "a.json", holding("B", "A", 60), corrected)
    assert rows(read_bods(path)) == [("B", "A", "50%", "shareholding", "", "2023-01-01")]


def test_a_share_told_again_never_reaches_back_behind_a_change(tmp_path: Path) -> None:
    start = {"startDate": "2020-01-01"}
    told = [
        holding("B", "A", share, statementDate=f"2024-0{month}-01", interest=start)
        for month, share in ((1, 50), (2, 100), (3, 100))
    ]
    assert [
        (*found[2:3], *found[4:]) for found in rows(read_bods(written(tmp_path / "a", *told)))
    ] == [
        ("50%", "2020-01-01", "2024-02-01"),
        ("100%", "2024-02-01", ""),
    ]


def test_an_interest_that_comes_back_begins_when_it_is_told_again(tmp_path: Path) -> None:
    votes = holding("B", "A", 60, statementDate="2024-02-01", interest={"type": "votingRights"})
    again = holding("B", "A", 60, statementDate="2024-03-01")
    path = written(tmp_path / "a.json", holding("B", "A", 60), votes, again)
    assert [(*found[3:4], *found[4:]) for found in rows(read_bods(path))] == [
        ("shareholding", "", "2024-02-01"),
        ("voting_rights", "", "2024-03-01"),
        ("shareholding", "2024-03-01", ""),
    ]


def test_the_same_statement_twice_counts_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", holding("B", "A", 60), holding("B", "A", 60))
    assert rows(read_bods(path)) == [("B", "A", "60%", "shareholding", "", "")]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ({"exact": 51}, "51%"),
        ({"exact": 33.333333333333}, "about 33.33%"),
        ({"minimum": 25, "maximum": 50}, "25% to 50%"),
        ({"exclusiveMinimum": 25, "exclusiveMaximum": 50}, "more than 25% to below 50%"),
        ({"minimum": 25, "exclusiveMinimum": 25}, "more than 25% to 100%"),
        ({"maximum": 50, "exclusiveMaximum": 50}, "0% to below 50%"),
        ({"exclusiveMinimum": 75}, "more than 75% to 100%"),
        ({"minimum": 75, "maximum": 75}, "75%"),
        ({}, "0% to 100%"),
    ],
)
def test_a_share_is_the_interval_that_is_stated(
    tmp_path: Path, share: dict[str, float], shown: str
) -> None:
    path = written(tmp_path / "a.json", holding("B", "A", share))
    assert [found[2] for found in rows(read_bods(path))] == [shown]


@pytest.mark.parametrize(
    ("share", "message"),
    [
        ({"exact": -1}, "/exact: -1 is not between 0 and 100 percent"),
        ({"exact": 101}, "/exact: 101 is not between 0 and 100 percent"),
        ({"minimum": "25"}, "/minimum: a number of percent is expected, not '25'"),
        (
            {"exclusiveMinimum": True},
            "/exclusiveMinimum: a number of percent is expected, not True",
        ),
        ({"minimum": 50, "maximum": 25}, ": minimum 1/2 is above maximum 1/4"),
        (
            {"minimum": 50, "exclusiveMaximum": 50},
            ": the interval is empty: its only point is excluded",
        ),
        ({"exact": 60, "maximum": 50}, "/exact: it lies outside minimum and maximum"),
        ({"exact": 1.5e-30}, "/exact: a number with more than 30 decimals is no percentage"),
    ],
)
def test_a_share_that_is_none_is_refused_with_its_pointer(
    tmp_path: Path, share: dict[str, Any], message: str
) -> None:
    path = written(tmp_path / "a.json", holding("C", "A", 1, record="q"), holding("B", "A", share))
    place = "a.json:2:1: /recordDetails/interests/0/share"
    assert refused(read_bods, path) == [place + message]


def test_dates_reversed_are_refused_with_the_place(tmp_path: Path) -> None:
    days = {"startDate": "2024-06-01", "endDate": "2023-06-01"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps([holding("B", "A", 60, interest=days)]), encoding="utf-8")
    assert refused(read_bods, path) == [
        (
            "a.json:1:1: /0/recordDetails/interests/0: it ends on 2023-06-01, before it begins on "
            "2024-06-01 (are the dates reversed?)"
        )
    ]


def test_the_latest_statement_of_a_party_tells_its_name_wherever_it_stands(tmp_path: Path) -> None:
    entity = {"entityType": {"type": "registeredEntity"}}
    early = statement("A", "entity", {**entity, "name": "Old"})
    late = statement("A", "entity", {**entity, "name": "New"}, statementDate="2024-06-01")
    for order in ((early, late), (late, early)):
        path = written(tmp_path / "a.json", *order)
        assert {party.name for party in read_bods(path).parties.values()} == {"New"}


def test_every_defect_of_a_statement_is_told_at_once(tmp_path: Path) -> None:
    broken = holding(7, {"reason": "secret"}, 60)
    broken |= {"statementDate": "yesterday", "recordStatus": "gone"}
    path = written(tmp_path / "a.json", broken, {"recordType": "entity"}, {"recordType": "deity"})
    assert refused(read_bods, path) == [
        "a.json:1:1: /recordStatus: 'gone' is none of closed, new, updated",
        "a.json:1:1: /statementDate: a day written as 2024-06-15 is expected, not 'yesterday'",
        "a.json:2:1: /recordDetails: missing: an object is expected",
        "a.json:2:1: /recordId: missing: a text that is not empty is expected",
        "a.json:2:1: /statementDate: missing: a text that is not empty is expected",
        "a.json:2:1: /statementId: missing: a text that is not empty is expected",
        "a.json:3:1: /recordDetails: missing: an object is expected",
        "a.json:3:1: /recordId: missing: a text that is not empty is expected",
        "a.json:3:1: /recordType: 'deity' is none of entity, person, relationship",
        "a.json:3:1: /statementDate: missing: a text that is not empty is expected",
        "a.json:3:1: /statementId: missing: a text that is not empty is expected",
    ]


def test_every_defect_of_a_relationship_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", holding(7, {"reason": "secret"}, 60))
    assert refused(read_bods, path) == [
        (
            "a.json:1:1: /recordDetails/interestedParty: the id of a record, or an object with a "
            "reason, is expected"
        ),
        (
            "a.json:1:1: /recordDetails/subject/reason: 'secret' is none of "
            "informationUnknownToPublisher, interestedPartyExemptFromDisclosure, "
            "interestedPartyHasNotProvidedInformation, noBeneficialOwners, "
            "subjectExemptFromDisclosure, subjectUnableToConfirmOrIdentifyBeneficialOwner, unknown"
        ),
    ]


def test_an_unspecified_subject_is_an_exception_of_the_declaration(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", holding("B", {"reason": "unknown"}, 60))
    assert exceptions(read_bods(path)) == [("A", "unknown")]


def test_an_exception_that_a_later_statement_settles_ends_there(tmp_path: Path) -> None:
    hidden = holding({"reason": "interestedPartyHasNotProvidedInformation"}, "A")
    named = holding("B", "A", 60, statementDate="2024-06-01", recordStatus="updated")
    path = written(tmp_path / "a.json", hidden, named)
    statements = read_bods(path)
    assert statements.exceptions == (
        ReportingException(
            "A",
            "interestedPartyHasNotProvidedInformation",
            until=date(2024, 6, 1),
            source=f"{path}:1",
        ),
    )
    assert statements.graph(date(2024, 5, 31)).exceptions("A") != ()
    assert statements.graph(date(2024, 6, 1)).exceptions("A") == ()


def test_an_anonymous_entity_at_the_top_is_no_certain_parent(tmp_path: Path) -> None:
    hidden = statement(
        "X",
        "entity",
        {
            "entityType": {"type": "anonymousEntity"},
            "unspecifiedEntityDetails": {"reason": "interestedPartyExemptFromDisclosure"},
        },
    )
    path = written(tmp_path / "a.json", hidden, holding("X", "A", 100))
    found = read_bods(path).graph().ultimate_parents("A", as_of=None)
    assert (found.truth, [each.party for each in found.parents]) == (Truth.UNKNOWN, ["X"])


def test_a_file_without_a_statement_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[]", encoding="utf-8")
    assert refused(read_bods, path) == ["a.json: no statement"]
