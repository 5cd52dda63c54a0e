"""BODS 0.4: the examples that the standard publishes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

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
)

DAY = date(2026, 12, 1)
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
    assert str(graph.share(ministry, grid, as_of=DAY)) == "100%"
    assert str(graph.share(network, grid, as_of=DAY)) == "76.5%"
    assert str(graph.share("05ce06ec97b1", grid, as_of=DAY)) == "0% to 100%"
    assert graph.diagnoses(as_of=DAY) == ()


@pytest.mark.shared
def test_an_indirect_share_lies_within_what_its_chain_allows(shared: Path) -> None:
    graph = read_bods(shared / "bods/indirect-ownership.json").graph()
    assert str(graph.share("c25d4d612c2c", "ad3f6c2fcc9e", as_of=DAY)) == "0% to 60%"


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
                StatedIdentifier("lei", "PY6ZZQWO2IZFZC3IOL08"),
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
    found = statements.graph().ultimate_parents("4c7ea3bfbe6c", as_of=DAY)
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
