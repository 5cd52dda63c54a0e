"""The UK register: bands as intervals, chains by company number, statements as exceptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compliance.model.truth import Truth
from compliance.ownership.readers import ReportingException, StatedIdentifier, StatedParty
from compliance.ownership.readers.psc import read_psc
from unit.ownership.readers.reading import (
    counts,
    exceptions,
    refused,
    remarks,
    rows,
    written,
)

PERSON = "individual-person-with-significant-control"
CORPORATE = "corporate-entity-person-with-significant-control"
STATEMENT = "persons-with-significant-control-statement"


def line(kind: str, company: str = "01234567", **data: Any) -> dict[str, Any]:
    """One line of the snapshot."""
    return {"company_number": company, "data": {"kind": kind, **data}}


def person(*natures: str, **data: Any) -> dict[str, Any]:
    """A person with these natures of control, in an entry of its own."""
    links = {"self": "/company/01234567/persons-with-significant-control/individual/x"}
    return line(PERSON, **{"natures_of_control": list(natures), "links": links, **data})


@pytest.mark.shared
def test_the_lines_of_the_register_are_read_and_make_a_graph(shared: Path) -> None:
    path = shared / "psc/psc_snapshot_shape.jsonl"
    statements = read_psc(path)
    alphabet = (
        "/company/03977902/persons-with-significant-control/corporate-entity/"
        "cdqMtbUIfvMc4RgPpHEhBM8trCs"
    )
    somebody = "/company/00000000/persons-with-significant-control/individual/xxxxxxxx"
    assert counts(statements) == (4, 4, 0)
    assert rows(statements) == [
        (alphabet, "GB-COH-03977902", "75% to 100%", "shareholding", "2016-04-06", ""),
        (alphabet, "GB-COH-03977902", "75% to 100%", "voting_rights", "2016-04-06", ""),
        (alphabet, "GB-COH-03977902", "0% to 100%", "board_appointment", "2016-04-06", ""),
        (
            somebody,
            "GB-COH-00000000",
            "more than 50% to below 75%",
            "shareholding",
            "2016-04-06",
            "2018-05-14",
        ),
    ]
    assert statements.parties[alphabet] == StatedParty(
        id=alphabet,
        name="Alphabet, Inc.",
        kind="organization",
        identifiers=(StatedIdentifier("Delaware", "5786925"),),
        source=f"{path}:1",
    )
    assert statements.parties[somebody].residence == "GB"
    graph = statements.graph()
    found = graph.ultimate_parents("GB-COH-03977902", as_of=date(2024, 6, 15))
    assert (found.truth, [each.party for each in found.parents]) == (Truth.TRUE, [alphabet])


@pytest.mark.parametrize(
    ("natures", "expected"),
    [
        (
            ["ownership-of-shares-25-to-50-percent"],
            [("more than 25% to 50%", "shareholding")],
        ),
        (
            ["voting-rights-75-to-100-percent-limited-liability-partnership"],
            [("75% to 100%", "voting_rights")],
        ),
        (
            ["ownership-of-shares-more-than-25-percent-registered-overseas-entity"],
            [("more than 25% to 100%", "shareholding")],
        ),
        (
            ["right-to-share-surplus-assets-50-to-75-percent-limited-liability-partnership"],
            [("more than 50% to below 75%", "shareholding")],
        ),
        (["right-to-appoint-and-remove-directors"], [("0% to 100%", "board_appointment")]),
        (["significant-influence-or-control-as-firm"], [("0% to 100%", "other")]),
    ],
)
def test_a_nature_of_control_is_an_interval_of_its_class(
    tmp_path: Path, natures: list[str], expected: list[tuple[str, str]]
) -> None:
    statements = read_psc(written(tmp_path / "p.json", person(*natures)))
    assert [found[2:4] for found in rows(statements)] == expected


@pytest.mark.parametrize(
    ("natures", "expected"),
    [
        (["ownership-of-shares-75-to-100-percent-as-trust"], ["0% to 100%"]),
        (["ownership-of-shares-50-to-75-percent-as-firm"], ["0% to below 75%"]),
        (
            [
                "ownership-of-shares-25-to-50-percent",
                "ownership-of-shares-25-to-50-percent-as-trust",
            ],
            ["more than 25% to 100%"],
        ),
        (
            ["ownership-of-shares-25-to-50-percent", "ownership-of-shares-50-to-75-percent"],
            ["more than 25% to 50%", "more than 50% to below 75%"],
        ),
    ],
)
def test_what_is_held_as_trust_or_firm_is_nobodys_for_certain(
    tmp_path: Path, natures: list[str], expected: list[str]
) -> None:
    statements = read_psc(written(tmp_path / "p.json", person(*natures)))
    assert [found[2] for found in rows(statements)] == expected


def test_three_trustees_of_one_holding_do_not_hold_it_three_times(tmp_path: Path) -> None:
    lines = [person("ownership-of-shares-75-to-100-percent-as-trust") for _ in range(3)]
    for index, each in enumerate(lines):
        each["data"]["links"] = {"self": f"/x/{index}"}
    assert read_psc(written(tmp_path / "p.json", *lines)).graph().diagnoses(as_of=None) == ()


def test_an_unknown_nature_may_be_a_shareholding_and_that_of_land_is_none(tmp_path: Path) -> None:
    land = "registered-owner-as-nominee-person-england-wales-registered-overseas-entity"
    path = written(tmp_path / "p.json", person("love-of-the-company", land))
    statements = read_psc(path)
    assert [found[2:4] for found in rows(statements)] == [("0% to 100%", "shareholding")]
    assert remarks(statements) == {"no_interest": 1, "unknown_nature": 1}


@pytest.mark.parametrize(
    ("identification", "id_"),
    [
        ({"registration_number": "7654321", "country_registered": "England"}, "GB-COH-07654321"),
        (
            {"registration_number": "sc 123456", "place_registered": "Companies House"},
            "GB-COH-SC123456",
        ),
        ({"registration_number": "7654321", "country_registered": "Ireland"}, "/x"),
        ({"registration_number": "7654321"}, "/x"),
        (
            {
                "registration_number": "7654321",
                "country_registered": "England",
                "place_registered": "Ireland",
            },
            "/x",
        ),
        (
            {
                "registration_number": "7654321",
                "country_registered": "Ireland",
                "place_registered": "Companies House",
            },
            "/x",
        ),
    ],
)
def test_a_corporate_owner_of_the_same_register_is_that_company(
    tmp_path: Path, identification: dict[str, str], id_: str
) -> None:
    corporate = line(
        CORPORATE,
        name="Middle Ltd",
        identification=identification,
        natures_of_control=["ownership-of-shares-75-to-100-percent"],
        links={"self": "/x"},
    )
    statements = read_psc(written(tmp_path / "p.json", corporate))
    assert [found[:2] for found in rows(statements)] == [(id_, "GB-COH-01234567")]
    assert statements.parties[id_].name == "Middle Ltd"


def test_chains_join_by_company_number(tmp_path: Path) -> None:
    middle = line(
        CORPORATE,
        name="Middle Ltd",
        identification={"registration_number": "7654321", "country_registered": "England"},
        natures_of_control=["ownership-of-shares-75-to-100-percent"],
        links={"self": "/m"},
    )
    top = line(
        CORPORATE,
        "07654321",
        name="Top Inc.",
        natures_of_control=["ownership-of-shares-75-to-100-percent"],
        links={"self": "/t"},
    )
    graph = read_psc(written(tmp_path / "p.json", middle, top)).graph()
    found = graph.ultimate_parents("GB-COH-01234567", as_of=None)
    assert [each.path for each in found.parents] == [("/t", "GB-COH-07654321", "GB-COH-01234567")]


def test_a_person_who_holds_all_is_no_parent_company(tmp_path: Path) -> None:
    statements = read_psc(
        written(tmp_path / "p.json", person("ownership-of-shares-75-to-100-percent"))
    )
    id_ = "/company/01234567/persons-with-significant-control/individual/x"
    assert statements.natural_persons == {id_}
    found = statements.graph().ultimate_parents(
        "GB-COH-01234567", as_of=None, natural_persons=statements.natural_persons
    )
    assert (found.truth, found.parents) == (Truth.FALSE, ())


def test_what_is_said_instead_of_a_person_is_an_exception(tmp_path: Path) -> None:
    nobody = "no-individual-or-entity-with-signficant-control"
    path = written(
        tmp_path / "p.json",
        line(STATEMENT, "1", statement=nobody, notified_on="2017-01-01"),
        line(STATEMENT, "2", statement="psc-exists-but-not-identified", ceased_on="2018-01-01"),
        line("super-secure-person-with-significant-control", "3", ceased=False),
        line(
            "exemptions",
            "4",
            exemptions={
                "psc_exempt_as_trading_on_uk_regulated_market": {
                    "exemption_type": "psc-exempt-as-trading-on-uk-regulated-market",
                    "items": [{"exempt_from": "2021-01-01", "exempt_to": "2022-01-01"}],
                }
            },
        ),
        line(STATEMENT, "5", statement="all-beneficial-owners-identified"),
        {"data": {"kind": "totals#persons-of-significant-control-snapshot"}},
    )
    statements = read_psc(path)
    assert statements.exceptions == (
        ReportingException("GB-COH-1", nobody, date(2017, 1, 1), source=f"{path}:1"),
        ReportingException(
            "GB-COH-2", "psc-exists-but-not-identified", None, date(2018, 1, 1), f"{path}:2"
        ),
        ReportingException(
            "GB-COH-3", "super-secure-person-with-significant-control", source=f"{path}:3"
        ),
        ReportingException(
            "GB-COH-4",
            "psc-exempt-as-trading-on-uk-regulated-market",
            date(2021, 1, 1),
            date(2022, 1, 1),
            f"{path}:4",
        ),
    )
    assert remarks(statements) == {"statement": 1}
    graph = statements.graph(date(2024, 6, 15))
    assert [graph.exceptions(f"GB-COH-{number}") != () for number in (1, 2, 3, 4)] == [
        True,
        False,
        True,
        False,
    ]
    assert graph.ultimate_parents("GB-COH-1", as_of=None).truth is Truth.UNKNOWN


def test_an_overseas_entity_of_the_register_is_not_formed_in_the_uk(tmp_path: Path) -> None:
    statement = line(STATEMENT, "OE000001", statement="no-beneficial-owner-identified")
    statements = read_psc(written(tmp_path / "p.json", statement))
    assert statements.parties["GB-COH-OE000001"].incorporation is None
    assert exceptions(statements) == [("GB-COH-OE000001", "no-beneficial-owner-identified")]


def test_a_person_who_has_ceased_without_a_day_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "p.json", person("voting-rights-25-to-50-percent", ceased=True))
    statements = read_psc(path)
    assert (rows(statements), remarks(statements)) == ([], {"ceased": 1})


def test_two_entries_without_an_address_are_two_persons(tmp_path: Path) -> None:
    one = line(PERSON, name="A", natures_of_control=["voting-rights-25-to-50-percent"])
    other = line(PERSON, name="B", natures_of_control=["voting-rights-25-to-50-percent"])
    found = rows(read_psc(written(tmp_path / "p.json", one, other)))
    assert len({owner for owner, *_ in found}) == 2


def test_every_line_that_is_none_of_the_snapshot_is_refused(tmp_path: Path) -> None:
    path = written(
        tmp_path / "p.json",
        {"company_number": "1"},
        line("ghost"),
        {"data": {"kind": PERSON}},
        person(notified_on="2020-01-01", ceased_on="2019-01-01"),
        line(STATEMENT),
        person(natures_of_control="all"),
    )
    found = refused(read_psc, path)
    assert [each.partition(": ")[2] for each in found] == [
        "/data: missing: an object is expected",
        (
            "/data/kind: 'ghost' is none of corporate-entity-beneficial-owner, "
            "corporate-entity-person-with-significant-control, exemptions, "
            "individual-beneficial-owner, individual-person-with-significant-control, "
            "legal-person-beneficial-owner, legal-person-person-with-significant-control, "
            "persons-with-significant-control-statement, super-secure-beneficial-owner, "
            "super-secure-person-with-significant-control, "
            "totals#persons-of-significant-control-snapshot"
        ),
        "/company_number: missing: a text that is not empty is expected",
        "/data: it ends on 2019-01-01, before it begins on 2020-01-01 (are the dates reversed?)",
        "/data/statement: missing: a text that is not empty is expected",
        "/data/natures_of_control: a list of texts is expected, not 'all'",
    ]


def test_a_line_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "p.json", person(name="x" * 8 * 1024**2))
    assert refused(read_psc, path) == ["p.json:1:1: a line longer than 8388608 bytes"]
