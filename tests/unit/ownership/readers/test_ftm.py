"""FollowTheMoney: ownership from entities, percentages in words, refusals."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.ownership.readers import StatedIdentifier, StatedParty
from compliance.ownership.readers.ftm import read_ftm
from unit.ownership.readers.reading import counts, refused, remarks, rows, written


def entity(id_: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    """One entity."""
    return {"id": id_, "schema": schema, "properties": properties}


def ownership(id_: str = "o", **properties: list[str]) -> dict[str, Any]:
    """An Ownership of A by B."""
    return entity(id_, "Ownership", **{"owner": ["B"], "asset": ["A"], **properties})


@pytest.mark.shared
def test_the_samples_are_read_and_make_graphs(shared: Path) -> None:
    folder = shared / "opensanctions"
    expected = {
        "parteispenden": ((96, 0, 0), {}),
        "yente_t1": ((6, 0, 0), {}),
        "zala": ((17, 14, 0), {"link": 7}),
    }
    for name, found in expected.items():
        statements = read_ftm(folder / f"{name}.entities.ftm.json")
        assert (name, counts(statements), remarks(statements)) == (name, *found)
        assert statements.graph().interests == statements.interests


@pytest.mark.shared
def test_holdings_have_their_days_and_contradictions_stay_visible(shared: Path) -> None:
    person, company = "NK-aU5ybkbRFJucf8YMwsJvDw", "NK-abdzbEBkqyT29GyREbiURZ"
    path = shared / "opensanctions/zala.entities.ftm.json"
    statements = read_ftm(path)
    assert [found[2:] for found in rows(statements) if found[:2] == (person, company)] == [
        ("50%", "shareholding", "2015-11-25", "2023-03-02"),
        ("48%", "shareholding", "2015-11-25", "2023-12-21"),
        ("51%", "shareholding", "2015-11-25", ""),
    ]
    graph = statements.graph()
    (found,) = graph.diagnoses(as_of=date(2020, 1, 1))
    assert (found.code, found.parties) == ("contradiction", (person, company))
    assert str(graph.share(person, company, as_of=date(2024, 6, 15))) == "51%"
    assert statements.parties["NK-9Xa4Kg7Y7nfccE7VcZt6Q6"] == StatedParty(
        id="NK-9Xa4Kg7Y7nfccE7VcZt6Q6",
        name='ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "СПС"',
        kind="organization",
        incorporation="RU",
        identifiers=(
            StatedIdentifier("innCode", "9715374145"),
            StatedIdentifier("ogrnCode", "1207700002212"),
        ),
        source=f"{path}:4",
    )


def test_a_percentage_that_says_no_share_is_unknown_and_remarked_on(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        ownership("1", percentage=["51"]),
        ownership("2", percentage=["more than 25%"]),
        ownership("3", percentage=["a majority"]),
        ownership("4", percentage=["0.51"]),
        ownership("5", percentage=["110"]),
    )
    statements = read_ftm(path)
    assert [found[2] for found in rows(statements)] == [
        "51%",
        "more than 25% to 100%",
        "0% to 100%",
        "0% to 100%",
        "0% to 100%",
    ]
    assert [(each.message, each.first) for each in statements.remarks] == [
        ("percentage '0.51' says no share for certain: unknown", f"{path}:4"),
        ("percentage '110' says no share for certain: unknown", f"{path}:5"),
        ("percentage 'a majority' says no share for certain: unknown", f"{path}:3"),
    ]


def test_every_owner_owns_every_asset_and_every_percentage_is_a_statement(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json", ownership(owner=["B", "C"], asset=["A"], percentage=["30", "40"])
    )
    assert [found[:3] for found in rows(read_ftm(path))] == [
        ("B", "A", "30%"),
        ("B", "A", "40%"),
        ("C", "A", "30%"),
        ("C", "A", "40%"),
    ]


def test_partial_and_several_days_are_read_in_the_widest_sense(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        ownership(startDate=["2020-05-01", "2020"], endDate=["2021", "2022-02"]),
    )
    statements = read_ftm(path)
    assert rows(statements) == [
        ("B", "A", "0% to 100%", "shareholding", "2020-01-01", "2022-03-01")
    ]
    assert remarks(statements) == {"rounded_day": 3}


def test_a_directorship_is_no_ownership(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json", entity("d", "Directorship", director=["B"], organization=["A"])
    )
    statements = read_ftm(path)
    assert (rows(statements), remarks(statements)) == ([], {"link": 1})


def test_a_country_of_an_unsaid_sense_is_left_open(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        entity("A", "Company", name=["A Ltd"], country=["sg"]),
        entity("B", "Company", name=["B Ltd"], jurisdiction=["sg", "cn"]),
        entity("C", "Company", name=["C Ltd"], jurisdiction=["su"]),
        entity("D", "Person", name=["D"], nationality=["cn"], citizenship=["sg"]),
    )
    statements = read_ftm(path)
    found = {id_: party.incorporation for id_, party in statements.parties.items()}
    assert found == {"A": None, "B": None, "C": None, "D": None}
    assert statements.parties["D"].nationalities == ("CN", "SG")
    assert remarks(statements) == {"country": 1, "jurisdictions": 1}


def test_every_line_that_is_no_entity_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "f.json",
        ownership("1", owner=[]),
        ownership("2", startDate=["2024-06-01"], endDate=["2023-06-01"]),
        ownership("2"),
        ownership("4", endDate=["soon"]),
        {"id": "5", "schema": "Person"},
        {"op": "ADD", "entity": {}},
        {"id": "7", "schema": "Company", "properties": {"name": "A Ltd"}},
    )
    assert refused(read_ftm, path) == [
        "f.json:1:1: /properties/owner: missing: an Ownership names who owns what",
        (
            "f.json:2:1: /properties: it ends on 2023-06-01, before it begins on 2024-06-01 "
            "(are the dates reversed?)"
        ),
        "f.json:3:1: entity 2 twice: first at f.json:2",
        "f.json:4:1: /properties/endDate: a day written as 2024-06-15 is expected, not 'soon'",
        "f.json:5:1: /properties: missing: an object is expected",
        "f.json:6:1: /id: missing: a text that is not empty is expected",
        "f.json:7:1: /properties/name: a list of texts is expected, not 'A Ltd'",
    ]


def test_broken_json_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "f.json", ownership())
    path.write_text(path.read_text(encoding="utf-8") + '\n{"id": "x",\n', encoding="utf-8")
    assert refused(read_ftm, path) == [
        (
            "f.json:3:12: not JSON: expecting property name enclosed in double quotes"
            ": the text ends too early (is the file cut off?)"
        )
    ]


def test_entities_that_hold_others_say_the_same_as_entities_apart(tmp_path: Path) -> None:
    owner = entity("B", "Person", name=["Ilse Brandmoor"])
    owned = entity("A", "Company", name=["Velk Works"], jurisdiction=["sg"])
    edge = ownership(percentage=["60"])
    apart = read_ftm(written(tmp_path / "apart.json", owner, owned, edge))
    held = {**edge, "properties": {**edge["properties"], "asset": [owned]}}
    whole = {**owner, "properties": {**owner["properties"], "ownershipOwner": [held]}}
    nested = read_ftm(written(tmp_path / "nested.json", whole))
    assert rows(nested) == rows(apart) == [("B", "A", "60%", "shareholding", "", "")]
    assert [(p.id, p.name, p.incorporation) for p in nested.parties.values()] == [
        (p.id, p.name, p.incorporation) for p in apart.parties.values()
    ]


def test_an_entity_that_is_held_and_stands_for_itself_is_one(tmp_path: Path) -> None:
    owned = entity("A", "Company", name=["Velk Works"])
    edge = ownership(percentage=["60"])
    whole = {**entity("B", "Person"), "properties": {"name": ["Ilse"], "ownershipOwner": [edge]}}
    found = read_ftm(written(tmp_path / "both.json", whole, owned, edge))
    assert [row[:3] for row in rows(found)] == [("B", "A", "60%")]
    twice = written(tmp_path / "twice.json", owned, owned)
    assert refused(read_ftm, twice) == ["twice.json:2:1: entity A twice: first at twice.json:1"]


def test_a_parent_owns_an_unknown_part(tmp_path: Path) -> None:
    company = entity("A", "Company", name=["Velk Works"], parent=["B"])
    (row,) = rows(read_ftm(written(tmp_path / "parent.json", company)))
    assert (row[0], row[1], row[3]) == ("B", "A", "shareholding")


def test_the_numbers_of_documents_are_their_holders(tmp_path: Path) -> None:
    documents = [
        entity("p", "Passport", holder=["B"], number=["75 1"], country=["ru"]),
        entity("q", "Identification", holder=["B"], number=["88"], country=["cn"]),
        entity("r", "Passport", holder=["B", "nobody"], passportNumber=["99"]),
    ]
    person = entity("B", "Person", name=["Ilse"], passportNumber=["77"])
    found = read_ftm(written(tmp_path / "documents.json", *documents, person)).parties["B"]
    assert found.identifiers == (
        StatedIdentifier("passportNumber", "77"),
        StatedIdentifier("RUS-PASSPORT", "75 1"),
        StatedIdentifier("CHN-IDCARD", "88"),
        StatedIdentifier("passport", "99"),
    )
