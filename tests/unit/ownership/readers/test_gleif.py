"""GLEIF level 2: chains and ultimate parents, exceptions, updates, names of level 1, refusals."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import OwnershipError
from compliance.model.truth import Truth
from compliance.ownership.readers import StatedIdentifier, StatedParty
from compliance.ownership.readers.gleif import read_gleif
from unit.ownership.readers.reading import (
    counts,
    exceptions,
    refused,
    remarks,
    row,
    rows,
    written,
)

SAMPLES = {
    "bodspipelines/lei-data.json": (13, 0, 0),
    "bodspipelines/lei-data.xml": (13, 0, 0),
    "bodspipelines/lei-updates-data2.xml": (12, 0, 0),
    "bodspipelines/lei-updates-replaces-data.json": (1, 0, 0),
    "bodspipelines/relationship-update-data.json": (1, 1, 0),
    "bodspipelines/repex-data.json": (0, 0, 10),
    "bodspipelines/repex-data.xml": (0, 0, 10),
    "bodspipelines/repex-updates-data2-new.xml": (0, 0, 6),
    "bodspipelines/reporting-exceptions-data.json": (1, 0, 2),
    "bodspipelines/rr-data.json": (0, 10, 0),
    "bodspipelines/rr-data.xml": (0, 10, 0),
    "bodspipelines/rr-updates-data2-new.json": (0, 8, 0),
    "bodspipelines/rr-updates-data2-new.xml": (0, 8, 0),
    "bodspipelines/rr-updates-data2.json": (0, 9, 0),
    "bodspipelines/rr-updates-data2.xml": (0, 9, 0),
    "network_sample/edges_sample.csv": (0, 33, 0),
    "network_sample/nodes_in_network_sample.csv": (200, 0, 0),
    "network_sample/nodes_sample.csv": (50, 0, 0),
}
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"


def relation(
    owned: str,
    type_: str,
    owner: str,
    since: str | None = None,
    until: str | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A relationship record."""
    period = {"PeriodType": "RELATIONSHIP_PERIOD", "StartDate": since, "EndDate": until}
    return {
        "Relationship": {
            "StartNode": {"NodeID": owned, "NodeIDType": "LEI"},
            "EndNode": {"NodeID": owner, "NodeIDType": "LEI"},
            "RelationshipType": type_,
            "RelationshipPeriods": [{k: v for k, v in period.items() if v is not None}],
            "RelationshipStatus": more.pop("status", "ACTIVE"),
        },
        "Registration": {"RegistrationStatus": "PUBLISHED", **more},
    }


def exception(lei: str, reason: str, level: str = "DIRECT") -> dict[str, Any]:
    """A reporting exception."""
    return {
        "LEI": lei,
        "ExceptionCategory": f"{level}_ACCOUNTING_CONSOLIDATION_PARENT",
        "ExceptionReason": reason,
    }


@pytest.mark.shared
def test_the_samples_are_read_in_every_shape_and_make_graphs(shared: Path) -> None:
    for name, expected in SAMPLES.items():
        statements = read_gleif(shared / "gleif" / name)
        assert (name, counts(statements)) == (name, expected)
        assert statements.graph().interests == statements.interests


@pytest.mark.shared
@pytest.mark.parametrize("name", ["rr-data", "rr-updates-data2", "rr-updates-data2-new"])
def test_xml_and_json_of_the_same_records_say_the_same(shared: Path, name: str) -> None:
    folder = shared / "gleif/bodspipelines"
    assert rows(read_gleif(folder / f"{name}.xml")) == rows(read_gleif(folder / f"{name}.json"))


@pytest.mark.shared
def test_an_ultimate_parent_above_the_direct_one_is_stated_of_the_direct_one(shared: Path) -> None:
    fund, direct, top = "010CMKZ3VON21WF2ZD45", "ZZG38T0MDR3QY1ETUA76", "3C7474T6CDKPR9K6YT90"
    statements = read_gleif(shared / "gleif/bodspipelines/rr-data.xml")
    assert [each for each in rows(statements) if each[4] == "2018-02-06"] == [
        (direct, fund, "0% to 100%", "consolidation", "2018-02-06", ""),
        (top, direct, "0% to 100%", "consolidation", "2018-02-06", ""),
    ]
    assert remarks(statements) == {"lapsed": 2, "ultimate_of_top": 1}
    found = statements.graph().ultimate_parents(fund, as_of=date(2024, 6, 15))
    assert found.truth is Truth.TRUE
    assert [(each.party, each.path) for each in found.parents] == [(top, (top, direct, fund))]


@pytest.mark.shared
def test_who_manages_a_fund_may_control_it_and_its_umbrella_is_its_parent(shared: Path) -> None:
    fund, manager, umbrella = (
        "00KLB2PFTM3060S2N216", "YVC19L6NOWRA51XIKW06", "54930037R1JTV3ZYFY28",
    )  # fmt: skip
    statements = read_gleif(shared / "gleif/bodspipelines/rr-data.xml")
    assert [each for each in rows(statements) if each[1] == fund] == [
        (manager, fund, "0% to 100%", "other", "2023-05-18", ""),
        (umbrella, fund, "0% to 100%", "consolidation", "2023-05-18", ""),
    ]
    graph, day = statements.graph(), date(2024, 6, 15)
    (parent,) = graph.ultimate_parents(fund, as_of=day).parents
    assert (parent.party, parent.truth) == (umbrella, Truth.TRUE)
    listed = {"EU": [manager]}
    found = graph.affected(listed["EU"], threshold="1/2", control=True, as_of=day)
    assert found[fund].truth is Truth.UNKNOWN


@pytest.mark.shared
def test_the_extract_of_the_network_gives_each_parent_once(shared: Path) -> None:
    folder = shared / "gleif/network_sample"
    statements = read_gleif(folder / "edges_sample.csv", folder / "nodes_in_network_sample.csv")
    assert remarks(statements) == {
        "rounded_day": 50,
        "ultimate_of_top": 3,
        "ultimate_reached": 17,
    }
    assert row(statements.interests[0]) == (
        "029200388A7S7Z5I0H57",
        "029200396H3K1YG7D555",
        "0% to 100%",
        "consolidation",
        "2017-01-01",
        "",
    )
    assert statements.parties["029200396H3K1YG7D555"].name == "STANBIC NOMINEES NIGERIA LIMITED"


@pytest.mark.shared
def test_a_party_of_level_1_has_its_places_and_numbers(shared: Path) -> None:
    path = shared / "gleif/bodspipelines/lei-data.xml"
    found = read_gleif(path).parties["004L5FPTUREIWK9T2N63"]
    assert found == StatedParty(
        id="004L5FPTUREIWK9T2N63",
        name="Hutchin Hill Capital, LP",
        kind="organization",
        incorporation="US",
        headquarters="US",
        identifiers=(
            StatedIdentifier("lei", "004L5FPTUREIWK9T2N63"),
            StatedIdentifier("RA000602", "4386463"),
        ),
        source=f"{path}#/LEIRecord[2]",
    )


@pytest.mark.shared
def test_a_later_file_deletes_and_replaces_what_an_earlier_one_says(shared: Path) -> None:
    folder = shared / "gleif/bodspipelines"
    before = read_gleif(folder / "rr-updates-data2.xml")
    after = read_gleif(folder / "rr-updates-data2.xml", folder / "rr-updates-data2-new.xml")
    gone = (
        "984500501A1B1045PB30",
        "98450051BS9C610A8T78",
        "0% to 100%",
        "consolidation",
        "2018-06-30",
        "",
    )
    assert set(rows(before)) - set(rows(after)) == {gone}
    exceptions_ = read_gleif(
        folder / "repex-updates-data2.xml", folder / "repex-updates-data2-new.xml"
    )
    found = dict(exceptions(exceptions_))
    assert found["020BQJXAXCZNLKIN7326"] == "NATURAL_PERSONS"
    assert "2549007VY3IWUVGW7A82" not in found


@pytest.mark.shared
def test_exceptions_are_told_by_reason_and_make_the_parent_unknown(shared: Path) -> None:
    statements = read_gleif(shared / "gleif/bodspipelines/repex-data.xml")
    assert exceptions(statements)[::3] == [
        ("001GPB6A9XPE8XJICC14", "NO_KNOWN_PERSON"),
        ("00GBW0Z2GYIER7DHDS71", "NON_CONSOLIDATING"),
        ("00TV1D5YIV5IDUGWBW29", "NON_CONSOLIDATING"),
        ("01370W6ZIY66KQ4J3570", "NON_PUBLIC"),
    ]
    found = statements.graph().ultimate_parents("01370W6ZIY66KQ4J3570", as_of=None)
    assert (found.truth, found.parents) == (Truth.UNKNOWN, ())


def test_an_ultimate_parent_that_the_chain_reaches_is_not_stated_again(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rr.json",
        relation("E", ULTIMATE, "U", "2020-01-01"),
        relation("E", DIRECT, "P", "2019-01-01"),
        relation("P", DIRECT, "U", "2018-01-01"),
    )
    statements = read_gleif(path)
    assert [found[:2] for found in rows(statements)] == [("P", "E"), ("U", "P")]
    assert remarks(statements) == {"ultimate_reached": 1}


def test_an_ultimate_parent_without_a_direct_one_is_stated_of_the_party(tmp_path: Path) -> None:
    path = written(tmp_path / "rr.json", relation("E", ULTIMATE, "U"), exception("E", "NON_PUBLIC"))
    statements = read_gleif(path)
    assert [found[:2] for found in rows(statements)] == [("U", "E")]
    found = statements.graph().ultimate_parents("E", as_of=None)
    assert (found.truth, [each.party for each in found.parents]) == (Truth.TRUE, ["U"])


def test_an_ultimate_parent_older_than_the_chain_keeps_its_days(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rr.json",
        relation("E", ULTIMATE, "U", "2015-01-01"),
        relation("E", DIRECT, "P", "2018-01-01"),
    )
    statements = read_gleif(path)
    assert [(*found[:2], *found[4:]) for found in rows(statements)] == [
        ("P", "E", "2018-01-01", ""),
        ("U", "P", "2018-01-01", ""),
        ("U", "E", "2015-01-01", ""),
    ]
    graph = statements.graph()
    for day in (date(2016, 1, 1), date(2019, 1, 1)):
        found = graph.ultimate_parents("E", as_of=day)
        assert (found.truth, [each.party for each in found.parents]) == (Truth.TRUE, ["U"])


def test_an_exception_of_the_ultimate_parent_leaves_the_direct_one_uncertain(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path / "all.json",
        relation("E", DIRECT, "P"),
        exception("E", "NO_LEI", level="ULTIMATE"),
    )
    statements = read_gleif(path)
    assert exceptions(statements) == [("E", "NO_LEI"), ("P", "NO_LEI")]
    found = statements.graph().ultimate_parents("E", as_of=None)
    assert (found.truth, [each.party for each in found.parents]) == (Truth.UNKNOWN, ["P"])


def test_what_many_subsidiaries_say_of_their_parent_is_stated_once(tmp_path: Path) -> None:
    records = [relation(f"E{n}", DIRECT, "P") for n in range(3)]
    records += [relation(f"E{n}", ULTIMATE, "U") for n in range(3)]
    statements = read_gleif(written(tmp_path / "rr.json", *records))
    assert [found[:2] for found in rows(statements)] == [
        ("P", "E0"),
        ("P", "E1"),
        ("P", "E2"),
        ("U", "P"),
    ]
    assert remarks(statements) == {"ultimate_of_top": 3}
    hidden = [exception(f"E{n}", "NO_LEI", level="ULTIMATE") for n in range(3)]
    statements = read_gleif(written(tmp_path / "all.json", *records[:3], *hidden))
    assert [owned for owned, _ in exceptions(statements)] == ["E0", "E1", "E2", "P"]


def test_a_branch_belongs_to_its_head_office(tmp_path: Path) -> None:
    path = written(tmp_path / "rr.json", relation("B", "IS_INTERNATIONAL_BRANCH_OF", "H"))
    assert rows(read_gleif(path)) == [("H", "B", "0% to 100%", "consolidation", "", "")]


def test_a_circle_of_parents_ends(tmp_path: Path) -> None:
    path = written(
        tmp_path / "rr.json",
        relation("A", DIRECT, "B"),
        relation("B", DIRECT, "A"),
        relation("A", ULTIMATE, "U"),
        exception("A", "NO_LEI", level="ULTIMATE"),
    )
    assert [found[:2] for found in rows(read_gleif(path))] == [("B", "A"), ("A", "B"), ("U", "A")]


@pytest.mark.parametrize(
    ("status", "registration", "until", "code"),
    [
        ("INACTIVE", "PUBLISHED", None, "inactive"),
        ("NULL", "PUBLISHED", None, "void"),
        ("ACTIVE", "ANNULLED", None, "void"),
        ("ACTIVE", "DUPLICATE", "2024-01-01", "void"),
    ],
)
def test_what_does_not_hold_is_left_out_and_remarked_on(
    tmp_path: Path, status: str, registration: str, until: str | None, code: str
) -> None:
    record = relation(
        "E", DIRECT, "P", "2020-01-01", until, status=status, RegistrationStatus=registration
    )
    statements = read_gleif(written(tmp_path / "rr.json", record))
    assert (rows(statements), remarks(statements)) == ([], {code: 1})


def test_an_inactive_relationship_with_an_end_held_until_then(tmp_path: Path) -> None:
    record = relation(
        "E", DIRECT, "P", "2020-01-01T00:00:00Z", "2022-01-01T00:00:00+02:00", status="INACTIVE"
    )
    assert rows(read_gleif(written(tmp_path / "rr.json", record))) == [
        ("P", "E", "0% to 100%", "consolidation", "2020-01-01", "2022-01-01")
    ]


def test_of_two_records_of_one_relationship_the_later_update_counts(tmp_path: Path) -> None:
    late = relation("E", DIRECT, "P", "2021-01-01", LastUpdateDate="2024-01-01T00:00:00Z")
    early = relation("E", DIRECT, "P", "2020-01-01", LastUpdateDate="2023-01-01T00:00:00Z")
    for order in ((late, early), (early, late)):
        path = written(tmp_path / "rr.json", *order)
        assert [found[4] for found in rows(read_gleif(path))] == ["2021-01-01"]


def test_of_two_records_of_one_party_the_later_update_counts(tmp_path: Path) -> None:
    def record(name: str, updated: str) -> dict[str, Any]:
        registration = {"LastUpdateDate": updated}
        return {"LEI": "E", "Entity": {"LegalName": name}, "Registration": registration}

    late, early = record("New", "2024-01-01T00:30:00Z"), record("Old", "2024-01-01T01:00:00+01:00")
    for order in ((late, early), (early, late)):
        statements = read_gleif(written(tmp_path / "lei.json", *order))
        assert [party.name for party in statements.parties.values()] == ["New"]


def test_several_reasons_of_one_exception_are_several_exceptions(tmp_path: Path) -> None:
    path = tmp_path / "repex.xml"
    path.write_text(
        "<ReportingExceptionData><Exception><LEI>E</LEI><ExceptionCategory>"
        "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT</ExceptionCategory><ExceptionReason>NO_LEI"
        "</ExceptionReason><ExceptionReason>NON_PUBLIC</ExceptionReason></Exception>"
        "</ReportingExceptionData>",
        encoding="utf-8",
    )
    assert exceptions(read_gleif(path)) == [("E", "NO_LEI"), ("E", "NON_PUBLIC")]


def test_the_wrapped_values_of_the_golden_copy_are_read(tmp_path: Path) -> None:
    wrapped = {
        "LEI": {"$": "X"},
        "ExceptionCategory": {"$": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"},
        "ExceptionReason": {"$": "NON_PUBLIC"},
    }
    path = tmp_path / "repex.json"
    path.write_text(json.dumps({"exceptions": [wrapped]}, indent=2), encoding="utf-8")
    statements = read_gleif(path)
    assert exceptions(statements) == [("X", "NON_PUBLIC")]
    assert statements.exceptions[0].source == f"{path}:3"


def test_a_record_without_what_it_must_have_is_refused_with_its_place(tmp_path: Path) -> None:
    nameless = relation("", DIRECT, "P")
    backwards = relation("E", DIRECT, "P", "2022-01-01", "2020-01-01")
    strange = {"ship": 1}
    reasonless = {"LEI": "E", "ExceptionCategory": "MOTHER", "ExceptionReason": "NO_LEI"}
    nodeless = {"Relationship": {"RelationshipType": DIRECT}}
    path = written(tmp_path / "rr.json", nameless, backwards, strange, reasonless, nodeless)
    assert refused(read_gleif, path) == [
        (
            "rr.json:1:1: /Relationship/StartNode/NodeID: missing: a text that is not empty "
            "is expected"
        ),
        (
            "rr.json:2:1: it ends on 2020-01-01, before it begins on 2022-01-01 "
            "(are the dates reversed?)"
        ),
        "rr.json:3:1: a record with one of Relationship, ExceptionReason, Entity is expected",
        (
            "rr.json:4:1: /ExceptionCategory: 'MOTHER' is none of "
            "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT, ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"
        ),
        "rr.json:5:1: /Relationship/EndNode: missing: an object is expected",
        "rr.json:5:1: /Relationship/StartNode: missing: an object is expected",
    ]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<RelationshipData><RelationshipRecord>&b;</RelationshipRecord></RelationshipData>
"""


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rr.xml"
    path.write_text(BOMB, encoding="utf-8")
    assert refused(read_gleif, path) == ["rr.xml: a document type or an entity; these are refused"]


def test_broken_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rr.xml"
    path.write_text("<RelationshipData>\n<Relationship>\n</RelationshipData>", encoding="utf-8")
    assert refused(read_gleif, path) == ["rr.xml:3:1: not XML: mismatched tag: line 3, column 2"]


def test_an_element_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "rr.xml"
    record = "<RelationshipData><RelationshipRecord><Relationship>"
    path.write_text(record + "x" * (8 * 1024**2), encoding="utf-8")
    assert refused(read_gleif, path) == ["rr.xml: a record longer than 8388608 bytes"]


def test_an_edge_of_the_extract_in_another_direction_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text(
        "firm_i,firm_j,relation_type,relation_direction,year,weight\n"
        f"E,P,{DIRECT},parent_to_child,2017.0,1\n"
        f"E,P,{DIRECT},child_to_parent,soon,1\n",
        encoding="utf-8",
    )
    assert refused(read_gleif, path) == [
        "edges.csv:2:1: /relation_direction: 'parent_to_child' is none of child_to_parent",
        "edges.csv:3:1: /year: a year is expected, not 'soon'",
    ]


def test_reading_stops_at_a_hundred_defects(tmp_path: Path) -> None:
    path = written(tmp_path / "rr.json", *({"ship": n} for n in range(200)))
    with pytest.raises(OwnershipError) as caught:
        read_gleif(path)
    assert len(caught.value.problems) == 100
