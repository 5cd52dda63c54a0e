"""BODS 0.4: the standard's own examples, records through time, indirect sums, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model.truth import Truth
from compliance.ownership.readers import ReportingException, StatedIdentifier, StatedParty
from compliance.ownership.readers.bods import read_bods
from unit.ownership.readers.reading import (
    counts,
    exceptions,
    refused,
    remarks,
    rows,
    written,
)

EXAMPLES = {
    "bods-package-annotations": ((2, 1, 0), {"unknown_nature": 1}),
    "bods-package-entity-owning-entity": ((2, 1, 0), {}),
    "bods-package-fi-soe": ((4, 5, 0), {"indirect": 1, "indirect_link": 1}),
    "bods-package-linking-annotations": ((2, 1, 0), {}),
    "bods-package": ((2, 1, 0), {}),
    "fermcat": ((4, 4, 0), {"officer": 7}),
    "full-pep-declaration": ((2, 2, 0), {}),
    "indirect-ownership": ((3, 2, 0), {"indirect": 1, "unknown_nature": 1}),
    "joint-ownership": ((4, 3, 0), {}),
    "levent": ((4, 4, 1), {}),
    "listed-company-exempt-from-disclosure": ((1, 0, 1), {}),
    "mixed-direct-and-indirect-ownership": ((3, 3, 0), {"indirect": 1, "unknown_nature": 1}),
    "multiple-indirect-ownership": ((4, 4, 0), {"indirect": 1, "unknown_nature": 2}),
    "multiple-tax-residencies": ((2, 1, 0), {}),
    "mutilple-indirect-ownership-2": ((4, 4, 0), {"indirect": 1, "unknown_nature": 2}),
    "nomination": ((4, 3, 0), {"officer": 1}),
    "plc-entity-statement": ((1, 0, 0), {}),
    "simple-pep-declaration": ((2, 2, 0), {}),
    "tecido": ((3, 12, 0), {"officer": 4}),
}


def statement(record: str, type_: str, details: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One statement, made on 2024-01-01 unless said otherwise."""
    day = more.get("statementDate", "2024-01-01")
    return {
        "statementId": f"{record}-{day}-{more.get('recordStatus', 'new')}".ljust(32, "0"),
        "declarationSubject": "A",
        "statementDate": day,
        "recordId": record,
        "recordType": type_,
        "recordDetails": {"isComponent": False, **details},
        **more,
    }


def holding(
    owner: Any, owned: Any, share: Any = None, record: str = "r", **more: Any
) -> dict[str, Any]:
    """A statement of a shareholding; `interest` adds to it."""
    interest = {"type": "shareholding", "directOrIndirect": "direct", **more.pop("interest", {})}
    if share is not None:
        interest["share"] = share if isinstance(share, dict) else {"exact": share}
    details = {"subject": owned, "interestedParty": owner, "interests": [interest]}
    return statement(record, "relationship", details, **more)


@pytest.mark.shared
def test_every_example_of_the_standard_is_read_and_makes_a_graph(shared: Path) -> None:
    found = {path.stem: path for path in (shared / "bods").glob("*.json")}
    assert found.keys() == EXAMPLES.keys()
    for name, (expected, remarked) in EXAMPLES.items():
        statements = read_bods(found[name])
        assert (name, counts(statements), remarks(statements)) == (name, expected, remarked)
        assert statements.graph().interests == statements.interests


@pytest.mark.shared
def test_a_record_that_is_updated_twice_and_closed_tells_what_held_when(shared: Path) -> None:
    maria, trust, company = "018AF6B3EB", "033E84672B", "01B68D7633"
    statements = read_bods(shared / "bods/tecido.json")
    assert [found for found in rows(statements) if found[3] == "shareholding"] == [
        (maria, company, "100%", "shareholding", "2002-03-09", "2021-09-24"),
        (maria, company, "40%", "shareholding", "2021-09-24", "2022-09-21"),
        (maria, company, "30%", "shareholding", "2022-09-21", "2023-03-03"),
        (trust, company, "60%", "shareholding", "2021-09-24", "2022-09-21"),
        (trust, company, "70%", "shareholding", "2022-09-21", "2023-03-01"),
        (trust, company, "80%", "shareholding", "2023-03-01", ""),
    ]


@pytest.mark.shared
def test_a_share_restated_without_a_new_start_begins_on_the_day_of_its_statement(
    shared: Path,
) -> None:
    patrick, company = "per-41c0bb0cef246f7c", "ent-93c75c87ab28f889"
    statements = read_bods(shared / "bods/fermcat.json")
    assert [found for found in rows(statements) if found[0] == patrick] == [
        (patrick, company, "50%", "shareholding", "2019-09-11", "2022-01-21"),
        (patrick, company, "100%", "shareholding", "2022-01-21", ""),
    ]
    graph = statements.graph()
    days = [date(2020, 1, 1), date(2021, 4, 3), date(2022, 1, 21)]
    assert [str(graph.share(patrick, company, as_of=day)) for day in days] == ["50%", "50%", "100%"]
    assert all(not graph.diagnoses(as_of=day) for day in days)


@pytest.mark.shared
def test_a_state_that_holds_through_a_company_is_not_counted_twice(shared: Path) -> None:
    grid, network, ministry = "19f1c5afe9d7", "0199c515a699", "7ff95ba3682c"
    graph = read_bods(shared / "bods/bods-package-fi-soe.json").graph()
    assert str(graph.share(ministry, grid, as_of=None)) == "100%"
    assert str(graph.share(network, grid, as_of=None)) == "76.5%"
    assert str(graph.share("05ce06ec97b1", grid, as_of=None)) == "0% to 100%"
    assert graph.diagnoses(as_of=None) == ()


@pytest.mark.shared
def test_an_indirect_share_lies_within_what_its_chain_allows(shared: Path) -> None:
    graph = read_bods(shared / "bods/indirect-ownership.json").graph()
    assert str(graph.share("c25d4d612c2c", "ad3f6c2fcc9e", as_of=None)) == "0% to 60%"


@pytest.mark.shared
def test_parties_are_what_their_latest_statement_says(shared: Path) -> None:
    path = shared / "bods/plc-entity-statement.json"
    assert dict(read_bods(path).parties) == {
        "70044236": StatedParty(
            id="70044236",
            name="AstraZeneca PLC",
            kind="organization",
            incorporation="GB",
            identifiers=(
                StatedIdentifier("GB-COH", "02723534"),
                StatedIdentifier("XI-LEI", "PY6ZZQWO2IZFZC3IOL08"),
            ),
            source=f"{path}:2",
        )
    }
    tecido = read_bods(shared / "bods/tecido.json").parties["01B68D7633"]
    assert (tecido.name, tecido.incorporation) == ("Tecido Ltd", "US")
    person = read_bods(shared / "bods/fermcat.json").parties["per-5faa4103dee78621"]
    assert (person.kind, person.nationalities) == ("person", ("IQ", "IE"))
    state = read_bods(shared / "bods/bods-package-fi-soe.json").parties["05ce06ec97b1"]
    assert (state.kind, state.name) == ("public_body", "Suomen tasavalta")


@pytest.mark.shared
def test_an_unspecified_holder_is_an_exception_and_not_no_owner(shared: Path) -> None:
    path = shared / "bods/listed-company-exempt-from-disclosure.json"
    statements = read_bods(path)
    assert statements.exceptions == (
        ReportingException("4c7ea3bfbe6c", "subjectExemptFromDisclosure", source=f"{path}:{40}"),
    )
    found = statements.graph().ultimate_parents("4c7ea3bfbe6c", as_of=None)
    assert found.truth is Truth.UNKNOWN
    assert "subjectExemptFromDisclosure" in found.reason


@pytest.mark.shared
def test_a_holder_who_stays_anonymous_is_an_exception_of_the_party_held(shared: Path) -> None:
    statements = read_bods(shared / "bods/levent.json")
    assert exceptions(statements) == [("8e40d059", "interestedPartyExemptFromDisclosure")]


@pytest.mark.shared
def test_statements_of_an_earlier_version_are_refused_with_what_is_read(shared: Path) -> None:
    found = refused(read_bods, shared / "gleif/bodspipelines/rr-data-out.json")
    assert found[0] == (
        "rr-data-out.json:2:1: /0: a statement of an earlier version of the standard; 0.4 is read "
        "(convert it to BODS 0.4)"
    )
    assert len(found) == 10


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
        ({"exact": 1e-40}, "/exact: a number with more than 30 decimals is no percentage"),
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


def test_an_indirect_share_without_its_chain_passes_through_the_direct_holders(
    tmp_path: Path,
) -> None:
    indirect = {"directOrIndirect": "indirect"}
    person = statement("M", "person", {"personType": "knownPerson"})
    path = written(
        tmp_path / "a.json",
        person,
        holding("B", "A", 80),
        holding("M", "A", 20, record="s"),
        holding("P", "A", 60, record="t", interest=indirect),
    )
    statements = read_bods(path)
    assert rows(statements)[2:] == [
        ("P", "A", "0% to 60%", "shareholding", "", ""),
        ("P", "B", "0% to 100%", "shareholding", "", ""),
    ]
    assert remarks(statements) == {"indirect_through": 1, "undescribed_party": 7}
    graph = statements.graph()
    assert graph.diagnoses(as_of=None) == ()
    assert graph.affected(["P"], as_of=None)["A"].truth is Truth.UNKNOWN


def test_indirect_votes_never_silence_the_votes_of_direct_shareholders(tmp_path: Path) -> None:
    indirect = {"type": "votingRights", "directOrIndirect": "indirect"}
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 80),
        holding("P", "A", 60, record="t", interest=indirect),
    )
    graph = read_bods(path).graph()
    assert graph.controlled_by("B", as_of=None)["A"].truth is Truth.TRUE
    assert graph.controlled_by("P", as_of=None)["A"].truth is Truth.UNKNOWN


def test_an_indirect_share_that_its_chain_does_not_amount_to_is_remarked_on(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 100),
        holding("P", "B", 10, record="s"),
        holding("P", "A", 60, record="t", interest={"directOrIndirect": "indirect"}),
    )
    statements = read_bods(path)
    assert [found[:3] for found in rows(statements)] == [("B", "A", "100%"), ("P", "B", "10%")]
    assert remarks(statements) == {"indirect": 1, "indirect_differs": 1, "undescribed_party": 4}


def test_indirect_control_stays_unless_its_record_names_its_components(tmp_path: Path) -> None:
    control = {"type": "otherInfluenceOrControl", "directOrIndirect": "indirect"}
    chain = [holding("B", "A", 10), holding("P", "B", 10, record="s")]
    told = holding("P", "A", record="t", interest=control)
    path = written(tmp_path / "a.json", *chain, told)
    assert rows(read_bods(path))[2] == ("P", "A", "0% to 100%", "other", "", "")
    told["recordDetails"]["componentRecords"] = ["r", "s", "B"]
    path = written(tmp_path / "b.json", *chain, told)
    assert len(rows(read_bods(path))) == 2


def test_an_indirect_interest_without_any_direct_holder_stands_for_itself(tmp_path: Path) -> None:
    indirect = {"directOrIndirect": "indirect"}
    path = written(tmp_path / "a.json", holding("P", "A", 60, interest=indirect))
    assert rows(read_bods(path)) == [("P", "A", "60%", "shareholding", "", "")]


def test_a_chain_of_another_time_does_not_spell_out_an_indirect_interest(tmp_path: Path) -> None:
    past = {"endDate": "2020-01-01"}
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 80, interest=past),
        holding("P", "B", 75, record="s", interest=past),
        holding(
            "P",
            "A",
            60,
            record="t",
            interest={"directOrIndirect": "indirect", "startDate": "2021-01-01"},
        ),
    )
    assert rows(read_bods(path))[2] == ("P", "A", "60%", "shareholding", "2021-01-01", "")


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
