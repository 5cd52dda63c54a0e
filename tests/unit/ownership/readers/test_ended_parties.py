"""Parties that ended, as each format says it: by whom, on which day, with which successors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import ReferenceDataError
from compliance.model.truth import Truth
from compliance.ownership import Cessation
from compliance.ownership.readers import Statements
from compliance.ownership.readers.bods import read_bods
from compliance.ownership.readers.edges_csv import read_edges
from compliance.ownership.readers.ftm import read_ftm
from compliance.ownership.readers.gleif import read_gleif
from compliance.ownership.readers.psc import read_psc
from compliance.ownership.readers.register_status import FILE, standings
from unit.ownership.readers.bods_statements import holding, statement
from unit.ownership.readers.reading import exceptions, refused, remarks, rows, written

DAY = date(2024, 6, 15)
ON = date(2024, 3, 1)


def lei(
    id_: str, entity: dict[str, Any] | None = None, registered: str = "ISSUED"
) -> dict[str, Any]:
    """An LEI record."""
    return {
        "LEI": id_,
        "Entity": {"LegalName": f"{id_} Ltd", "EntityStatus": "ACTIVE", **(entity or {})},
        "Registration": {"RegistrationStatus": registered},
    }


def consolidated(owned: str, owner: str, registered: str = "PUBLISHED") -> dict[str, Any]:
    """A relationship record."""
    return {
        "Relationship": {
            "StartNode": {"NodeID": owned},
            "EndNode": {"NodeID": owner},
            "RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
            "RelationshipStatus": "ACTIVE",
        },
        "Registration": {"RegistrationStatus": registered},
    }


def ended(found: Statements, party: str) -> tuple[str, date | None, tuple[str, ...]] | None:
    cessation = found.parties[party].cessation
    if cessation is None:
        return None
    return cessation.standing, cessation.since, cessation.successors


def parents(found: Statements, party: str) -> tuple[Truth, dict[str, Truth]]:
    graph = found.graph(DAY)
    answer = graph.ultimate_parents(party, as_of=DAY, natural_persons=found.natural_persons)
    return answer.truth, {p.party: p.truth for p in answer.parents}


@pytest.mark.parametrize(
    ("entity", "registered", "expected"),
    [
        ({}, "ISSUED", None),
        ({}, "LAPSED", None),
        ({}, "PENDING_TRANSFER", None),
        ({}, "PENDING_ARCHIVAL", None),
        ({}, "TRANSFERRED", None),
        ({}, "RETIRED", ("retired", None, ())),
        ({"EntityStatus": "INACTIVE"}, "ISSUED", ("inactive", None, ())),
        ({"EntityStatus": "INACTIVE"}, "RETIRED", ("retired", None, ())),
        ({"EntityStatus": "NULL"}, "ANNULLED", ("annulled", None, ())),
        ({"SuccessorEntity": [{"SuccessorLEI": "S"}]}, "DUPLICATE", ("duplicate", None, ("S",))),
        (
            {"EntityStatus": "INACTIVE", "SuccessorEntity": {"SuccessorLEI": "S"}},
            "MERGED",
            ("merged", None, ("S",)),
        ),
        (
            {
                "EntityStatus": "INACTIVE",
                "LegalEntityEvents": [
                    {
                        "LegalEntityEventType": "DISSOLUTION",
                        "LegalEntityEventEffectiveDate": "2024-03-01T00:00:00.000Z",
                    }
                ],
            },
            "RETIRED",
            ("dissolved", ON, ()),
        ),
        (
            {
                "LegalEntityEvents": {
                    "LegalEntityEvent": {
                        "@event_status": "WITHDRAWN_CANCELLED",
                        "LegalEntityEventType": "LIQUIDATION",
                    }
                }
            },
            "ISSUED",
            None,
        ),
        (
            {
                "LegalEntityEvents": [
                    {"event_status": "IN_PROGRESS", "LegalEntityEventType": "LIQUIDATION"}
                ]
            },
            "ISSUED",
            None,
        ),
        (
            {"LegalEntityEvents": [{"LegalEntityEventType": "LIQUIDATION"}]},
            "ISSUED",
            ("liquidated", None, ()),
        ),
        (
            {
                "EntityExpirationDate": "2024-03-01",
                "EntityExpirationReason": "CORPORATE_ACTION",
                "SuccessorLEI": "S",
            },
            "MERGED",
            ("merged", ON, ("S",)),
        ),
        (
            {"LegalEntityEvents": [{"LegalEntityEventType": "CHANGE_LEGAL_NAME"}]},
            "ISSUED",
            None,
        ),
    ],
)  # fmt: skip
def test_an_lei_record_says_how_its_entity_ended(
    tmp_path: Path, entity: dict[str, Any], registered: str, expected: Any
) -> None:
    path = written(
        tmp_path / "g.json", lei("A", entity, registered), lei("S"), consolidated("X", "A")
    )
    found = read_gleif(path)
    assert ended(found, "A") == expected
    truth, tops = parents(found, "X")
    if expected is None:
        assert (truth, tops) == (Truth.TRUE, {"A": Truth.TRUE})
    else:
        assert (truth, set(tops)) == (Truth.UNKNOWN, {"A", *expected[2]})
        assert [d.code for d in found.graph(DAY).diagnoses(as_of=DAY)] == ["ended_owner"]
    assert ("lapsed_entity" in remarks(found)) == (registered == "LAPSED")


def test_the_xml_of_an_lei_record_says_it_too(tmp_path: Path) -> None:
    path = tmp_path / "g.xml"
    events = "".join(
        f"<LegalEntityEvent group_type='STANDALONE' event_status='{status}'>"
        f"<LegalEntityEventType>{type_}</LegalEntityEventType>"
        f"<LegalEntityEventEffectiveDate>{day}</LegalEntityEventEffectiveDate></LegalEntityEvent>"
        for status, type_, day in (
            ("COMPLETED", "DISSOLUTION", "2024-03-01"),
            ("WITHDRAWN_CANCELLED", "LIQUIDATION", "2020-01-01"),
        )
    )
    path.write_text(
        "<LEIData><LEIRecords><LEIRecord><LEI>A</LEI><Entity><LegalName>A</LegalName>"
        "<EntityStatus>INACTIVE</EntityStatus>"
        "<SuccessorEntity><SuccessorLEI>S</SuccessorLEI></SuccessorEntity>"
        "<SuccessorEntity><SuccessorEntityName>T Ltd</SuccessorEntityName></SuccessorEntity>"
        f"<LegalEntityEvents>{events}</LegalEntityEvents></Entity>"
        "<Registration><RegistrationStatus>RETIRED</RegistrationStatus></Registration>"
        "</LEIRecord></LEIRecords></LEIData>",
        "utf-8",
    )
    assert ended(read_gleif(path), "A") == ("dissolved", ON, ("S", "T Ltd"))


def test_a_relationship_that_retired_without_an_end_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "g.json", consolidated("X", "A", "RETIRED"))
    found = read_gleif(path)
    assert (rows(found), remarks(found)) == ([], {"inactive": 1})


@pytest.mark.shared
def test_the_retired_fund_of_the_publisher_has_its_day(shared: Path) -> None:
    for name in ("lei-data.json", "lei-data.xml", "lei-updates-data2-new.json"):
        found = read_gleif(shared / "gleif/bodspipelines" / name)
        assert ended(found, "00TR8NKAEL48RGTZEW89") == ("dissolved", date(2018, 11, 9), ())


def test_bods_tells_dissolution_death_and_closed_records(tmp_path: Path) -> None:
    entity = {"entityType": {"type": "registeredEntity"}}
    person = {"personType": "knownPerson", "names": [{"fullName": "P"}]}
    path = written(
        tmp_path / "b.json",
        statement("X", "entity", entity),
        statement("A", "entity", {**entity, "dissolutionDate": "2024-03-01"}),
        statement("B", "entity", entity),
        statement("B", "entity", entity, statementDate="2024-04-01", recordStatus="closed"),
        statement("P", "person", {**person, "deathDate": "2024-03-01"}),
        holding("A", "X", 60, "r1"),
        holding("B", "X", 30, "r2"),
        holding("P", "X", 10, "r3"),
    )
    found = read_bods(path)
    assert ended(found, "X") is None
    assert ended(found, "A") == ("dissolved", ON, ())
    assert ended(found, "B") == ("closed", date(2024, 4, 1), ())
    assert ended(found, "P") == ("deceased", ON, ())
    assert parents(found, "X") == (Truth.UNKNOWN, {"A": Truth.UNKNOWN})
    told = [d.message for d in found.graph(DAY).diagnoses(as_of=DAY)]
    assert told == [
        "A is dissolved since 2024-03-01, and still stated as owner of X",
        "B is closed since 2024-04-01, and still stated as owner of X",
        "P is deceased since 2024-03-01, and still stated as owner of X",
    ]


def entity(id_: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": id_, "schema": schema, "properties": properties}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"status": ["Active"]}, None),
        ({"status": ["Struck off"]}, ("dissolved", None, ())),
        ({"status": ["Ликвидировано"]}, ("dissolved", None, ())),
        ({"status": ["In liquidation"]}, ("liquidated", None, ())),
        ({"status": ["Active", "Inactive"]}, ("inactive", None, ())),
        ({"dissolutionDate": ["2024-03-01"]}, ("dissolved", ON, ())),
        ({"dissolutionDate": ["2024-03", "2024-05"]}, ("dissolved", ON, ())),
        (
            {"status": ["Merged"], "dissolutionDate": ["2024-03-01"]},
            ("merged", ON, ()),
        ),
    ],
)
def test_an_entity_of_followthemoney_says_how_it_ended(
    tmp_path: Path, properties: dict[str, list[str]], expected: Any
) -> None:
    path = written(
        tmp_path / "f.json",
        entity("A", "Company", name=["A"], **properties),
        entity("o", "Ownership", owner=["A"], asset=["X"], percentage=["60"]),
    )
    found = read_ftm(path)
    assert ended(found, "A") == expected
    sure = Truth.TRUE if expected is None else Truth.UNKNOWN
    assert parents(found, "X") == (sure, {"A": sure})


def test_a_status_that_nobody_knows_is_remarked_on(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", entity("A", "Company", name=["A"], status=["Zorp"]))
    found = read_ftm(path)
    assert ended(found, "A") is None
    assert remarks(found) == {"status": 1}


def test_a_succession_ends_the_predecessor_wherever_it_stands(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        entity("s", "Succession", predecessor=["A"], successor=["S"], date=["2024-03-01"]),
        entity("A", "Company", name=["A"]),
        entity("B", "Company", name=["B"], dissolutionDate=["2020-01-01"]),
        entity("t", "Succession", predecessor=["B", "C"], successor=["S"]),
        entity("o", "Ownership", owner=["A"], asset=["X"], percentage=["60"]),
    )
    found = read_ftm(path)
    assert ended(found, "A") == ("merged", ON, ("S",))
    assert ended(found, "B") == ("dissolved", date(2020, 1, 1), ("S",))
    assert ended(found, "C") == ("merged", None, ("S",))
    assert parents(found, "X") == (Truth.UNKNOWN, {"A": Truth.UNKNOWN, "S": Truth.UNKNOWN})


@pytest.mark.parametrize(
    ("way", "kind", "truth"),
    [
        (["contractual"], "agreement", Truth.TRUE),
        (["state", "Contractual"], "agreement", Truth.TRUE),
        (["appointment"], "board_appointment", Truth.UNKNOWN),
        (["voting"], "other", Truth.UNKNOWN),
        (["nominee"], "other", Truth.UNKNOWN),
        ([], "other", Truth.UNKNOWN),
    ],
)
def test_control_is_an_edge(tmp_path: Path, way: list[str], kind: str, truth: Truth) -> None:
    path = written(
        tmp_path / "f.json",
        entity("c", "Control", controller=["B"], controlled=["A"], controlType=way,
               startDate=["2020-01-01"], endDate=["2025-01-01"]),
    )  # fmt: skip
    found = read_ftm(path)
    assert rows(found) == [("B", "A", "0% to 100%", kind, "2020-01-01", "2025-01-01")]
    graph = found.graph(DAY)
    assert graph.controllers("A", as_of=DAY)["B"].truth is truth
    assert graph.ultimate_parents("A", as_of=DAY).parents[0].party == "B"
    assert graph.affected(["B"], control=True, as_of=DAY)["A"].truth is truth


def test_what_is_over_without_a_day_is_left_out_and_what_has_no_sides_refused(
    tmp_path: Path,
) -> None:
    sides = {"controller": ["B"], "controlled": ["A"]}
    path = written(
        tmp_path / "f.json",
        entity("1", "Control", **sides, status=["ended"]),
        entity("2", "Control", **sides, status=["ended"], endDate=["2025-01-01"]),
        entity("3", "Ownership", owner=["B"], asset=["A"], status=["historical"]),
    )
    found = read_ftm(path)
    assert len(found.interests) == 1
    assert remarks(found) == {"ended_interest": 2}
    bad = written(
        tmp_path / "g.json",
        entity("1", "Control", controller=["B"]),
        entity("2", "Succession", successor=["B"]),
    )
    assert refused(read_ftm, bad) == [
        "g.json:1:1: /properties/controlled: missing: a Control names who controls whom",
        "g.json:2:1: /properties/predecessor: missing: a Succession names who succeeds whom",
    ]


def test_a_schema_that_is_not_known_is_counted_and_never_silent(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        entity("1", "Trusteeship", trustee=["B"], trust=["A"]),
        entity("2", "Trusteeship", trustee=["B"], trust=["A"]),
        entity("3", "Sanction", entity=["A"]),
        entity("4", "Membership", member=["B"], organization=["A"]),
        entity("5", "Security", name=["A note"]),
    )
    found = read_ftm(path)
    assert remarks(found) == {"unknown_schema": 2, "link": 1}
    assert found.parties["5"].kind == "unknown"


@pytest.mark.parametrize(
    "word",
    [
        f"{prefix}{what}-relevant-period"
        for prefix in ("", "no-")
        for what in ("change-beneficial-owner", "change-beneficiary", "trust-involved")
    ],
)
def test_what_changed_in_a_period_is_no_missing_owner(tmp_path: Path, word: str) -> None:
    kind = "persons-with-significant-control-statement"
    data = {"kind": kind, "statement": word, "notified_on": "2023-01-01"}
    found = read_psc(written(tmp_path / "p.json", {"company_number": "OE000001", "data": data}))
    assert (exceptions(found), remarks(found)) == ([], {"statement": 1})


@pytest.mark.parametrize(
    "word",
    [
        "no-individual-or-entity-with-signficant-control",
        "steps-to-find-psc-not-yet-completed",
        "restrictions-notice-issued-to-psc",
        "no-beneficial-owner-identified",
        "at-least-one-beneficial-owner-unidentified",
        "awaiting-confirmation-from-psc",
    ],
)
def test_what_leaves_an_owner_unnamed_is_an_exception(tmp_path: Path, word: str) -> None:
    kind = "persons-with-significant-control-statement"
    data = {"kind": kind, "statement": word, "notified_on": "2023-01-01"}
    found = read_psc(written(tmp_path / "p.json", {"company_number": "01234567", "data": data}))
    assert exceptions(found) == [("GB-COH-01234567", word)]


def test_a_table_of_your_own_says_it_in_columns(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text(
        "owner,owned,share,owner_standing,owner_dissolved_on,owner_successor\n"
        "A,X,60%,,2024-03-01,S\nB,X,20%,retired,,\nC,X,10%,active,,\nA,Y,10%,merged,2024-03-01,S\n"
        "D,X,5%,active,2024-03-01,\n",
        "utf-8",
    )
    found = read_edges(path)
    assert ended(found, "A") == ("merged", ON, ("S",))
    assert ended(found, "B") == ("retired", None, ())
    assert ended(found, "C") is None
    assert ended(found, "D") == ("dissolved", ON, ())
    bad = tmp_path / "b.csv"
    bad.write_text("owner,owned,owner_standing\nA,X,gone\nB,X,retired\nB,Y,closed\n", "utf-8")
    known = "active, annulled, closed, deceased, dissolved, duplicate, inactive, liquidated"
    assert refused(read_edges, bad) == [
        f"b.csv:2:1: /owner_standing: 'gone' is none of {known}, merged, retired",
        f"b.csv:4:1: /owner_standing: B is 'closed' here and 'retired' at {bad}:3".replace(
            str(bad), bad.name
        ),
    ]


# --- the table of words ---------------------------------------------------------------------------


def test_every_word_is_whole_and_of_one_standing() -> None:
    table = standings()
    assert table.of("words", "  Struck  OFF. ") == "dissolved"
    assert table.of("words", "struck off the moon") is None
    assert table.knows("Active")
    assert table.of("words", "active") is None
    assert not table.knows("active until further notice")
    assert table.first(["retired", "dissolved", None]) == "dissolved"
    assert table.first([None]) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("schema: 1\n", ":1:1: key 'active' is missing"),
        ("schema: 2\nstandings: []\nactive: []\n", ":1:9: schema: Input should be 1"),
        (
            "schema: 1\nstandings:\n  - {id: gone, words: [gone]}\nactive: []\n",
            ":3:10: standings.0.id: Input should be 'active', 'annulled'",
        ),
        (
            "schema: 1\nstandings:\n  - {id: closed, words: [shut]}\nactive: [Shut]\n",
            ":4:10: active.0: 'Shut' is claimed by closed and active",
        ),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"standings\.yaml") as caught:
        standings(tmp_path)
    assert message in str(caught.value)


def test_what_one_file_says_of_an_end_is_kept_where_another_is_joined(tmp_path: Path) -> None:
    edges, entities = tmp_path / "o.csv", tmp_path / "p.csv"
    edges.write_text("owner,owned,share\nA,X,60%\n", "utf-8")
    entities.write_text("owner,owned,share,owner_standing\nA,Y,60%,retired\n", "utf-8")
    read: Callable[[Path], Statements] = read_edges
    both = read(edges).joined(read(entities))
    found = both.parties["A"].cessation
    assert found is not None
    assert found == Cessation("retired", None, (), found.source)
    assert parents(both, "X")[0] is Truth.UNKNOWN
