"""BODS 0.4 as written: valid by the published schema, the same twice, read back as it was."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import UnknownNameError
from compliance.model.share import Share
from compliance.ownership import Interest, OwnershipGraph
from compliance.ownership.bods_writer import bods_statements, write_bods
from compliance.ownership.readers import StatedIdentifier, StatedParty, Statements, read
from compliance.ownership.readers.bods import read_bods
from unit.ownership.bods_schema import defects, graph_of, validator

DAY = date(2024, 6, 15)


def told(
    graph: OwnershipGraph, parties: Mapping[str, StatedParty] | None = None
) -> list[dict[str, Any]]:
    """The statements of a graph as JSON has them."""
    found = bods_statements(graph, parties or {}, published=DAY, publisher="Us")
    file = io.StringIO()
    write_bods(found, file)
    statements: list[dict[str, Any]] = json.loads(file.getvalue())
    return statements


def again(
    tmp_path: Path, graph: OwnershipGraph, parties: Mapping[str, StatedParty] | None = None
) -> Statements:
    """What is read of a graph that is written."""
    path = tmp_path / "written.json"
    path.write_text(json.dumps(told(graph, parties)), encoding="utf-8")
    return read_bods(path)


def bare(interests: tuple[Interest, ...]) -> set[Interest]:
    """Interests without the place where they were stated."""
    return {replace(each, source="") for each in interests}


def test_an_interest_is_written_as_the_standard_has_it() -> None:
    graph = graph_of((Interest("B", "A", Share.exact(Fraction(1, 2)), since=date(2020, 1, 1)),))
    parties = {
        "A": StatedParty("A", "A Pte", "organization", incorporation="SG", headquarters="CN"),
        "B": StatedParty("B", "Bo", "person", residence="SG", nationalities=("CN",)),
    }
    found = told(graph, parties)
    publication = {
        "publicationDate": "2024-06-15",
        "bodsVersion": "0.4",
        "publisher": {"name": "Us"},
    }
    common = {
        "statementDate": "2024-06-15",
        "publicationDetails": publication,
        "recordStatus": "new",
    }
    singapore, china = {"name": "Singapore", "code": "SG"}, {"name": "China", "code": "CN"}
    assert [{k: v for k, v in each.items() if k != "statementId"} for each in found] == [
        {
            **common,
            "declarationSubject": "A",
            "recordId": "A",
            "recordType": "entity",
            "recordDetails": {
                "isComponent": False,
                "entityType": {"type": "legalEntity"},
                "name": "A Pte",
                "jurisdiction": singapore,
                "addresses": [{"type": "business", "country": china}],
            },
        },
        {
            **common,
            "declarationSubject": "B",
            "recordId": "B",
            "recordType": "person",
            "recordDetails": {
                "isComponent": False,
                "personType": "knownPerson",
                "names": [{"fullName": "Bo"}],
                "nationalities": [china],
                "addresses": [{"type": "residence", "country": singapore}],
            },
        },
        {
            **common,
            "declarationSubject": "A",
            "recordId": found[2]["recordId"],
            "recordType": "relationship",
            "recordDetails": {
                "isComponent": False,
                "subject": "A",
                "interestedParty": "B",
                "interests": [
                    {
                        "type": "shareholding",
                        "directOrIndirect": "unknown",
                        "share": {"exact": 50},
                        "startDate": "2020-01-01",
                    }
                ],
            },
        },
    ]


def test_ids_are_hashes_of_what_is_said_and_the_order_of_interests_does_not_matter() -> None:
    one, other = Interest("B", "A", Share.exact(0)), Interest("C", "A", kind="agreement")
    votes = Interest("B", "A", Share.exact(0), kind="voting_rights")
    forth = told(
        graph_of(
            (
                one,
                other,
                votes,
            )
        )
    )
    assert forth == told(
        graph_of(
            (
                votes,
                replace(other, source="x"),
                one,
                votes,
            )
        )
    )
    assert len({each["statementId"] for each in forth}) == 5
    changed = told(
        graph_of(
            (
                one,
                votes,
            )
        )
    )
    same = {each["statementId"] for each in forth} & {each["statementId"] for each in changed}
    assert len(same) == 3


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Share.unknown(), None),
        (Share.exact(Fraction(765, 1000)), {"exact": 76.5}),
        (
            Share(Fraction(1, 4), Fraction(1, 2), exclusive_minimum=True),
            {"exclusiveMinimum": 25, "maximum": 50},
        ),
        (
            Share(Fraction(1, 2), Fraction(3, 4), exclusive_maximum=True),
            {"minimum": 50, "exclusiveMaximum": 75},
        ),
        (
            Share.exact(Fraction(35, 47)),
            {"minimum": 74.468085106382, "maximum": 74.468085106383},
        ),
    ],
)
def test_a_share_is_written_in_percent_and_read_back_exactly(
    tmp_path: Path, share: Share, written: dict[str, float] | None
) -> None:
    graph = graph_of((Interest("B", "A", share),))
    (interest,) = told(graph)[2]["recordDetails"]["interests"]
    assert interest.get("share") == written
    assert bare(again(tmp_path, graph).interests) == set(graph.interests)


@pytest.mark.parametrize(
    "interest",
    [
        Interest("B", "A", kind="consolidation", until=DAY),
        Interest("B", "A", kind="agreement"),
        Interest("B", "A", kind="other"),
        Interest("B", "A", kind="board_appointment", seats=4, of=7),
        Interest("B", "A", kind="board_appointment", seats=4),
        Interest("B", "A", kind="board_appointment", of=7),
        Interest("B", "A", Share.exact(1), kind="voting_rights"),
        Interest("A", "A", Share.exact(Fraction(1, 10))),
        Interest("B", "A", Share.exact(Fraction(1, 3)), share_class="Ordinary A; GBP"),
    ],
)
def test_every_kind_of_interest_is_read_back_as_it_was(tmp_path: Path, interest: Interest) -> None:
    graph = graph_of((interest,))
    assert bare(again(tmp_path, graph).interests) == {interest}


def test_every_kind_of_party_is_read_back_as_it_was(tmp_path: Path) -> None:
    parties = {
        each.id: each
        for each in (
            StatedParty("o", "O", "organization", "SG", "CN"),
            StatedParty("p", "P", "person", residence="SG", nationalities=("CN", "SG")),
            StatedParty("q", None, "person"),
            StatedParty("b", "B", "public_body", "CN"),
            StatedParty("w", None, "wallet"),
            StatedParty("v", "V", "vessel"),
            StatedParty("a", "A", "aircraft"),
            StatedParty("u", "U", identifiers=(StatedIdentifier("lei", "1"),)),
        )
    }
    found = again(tmp_path, graph_of(()), parties)
    assert {id_: replace(each, source="") for id_, each in found.parties.items()} == parties


def test_numbers_are_written_under_the_codes_that_the_standard_prescribes() -> None:
    numbers = [
        ("lei", {"scheme": "XI-LEI"}),
        ("uscc", {"scheme": "CN-SAIC"}),
        ("inn", {"scheme": "RU-INN"}),
        ("ogrn", {"scheme": "RU-OGRN"}),
        ("ein", {"scheme": "US-EIN"}),
        ("SG-ACRA", {"scheme": "SG-ACRA"}),
        ("RUS-PASSPORT", {"scheme": "RUS-PASSPORT"}),
        ("house number", {"schemeName": "house number"}),
    ]
    party = StatedParty(
        "u", "U", identifiers=tuple(StatedIdentifier(name, "1") for name, _ in numbers)
    )
    (entity,) = told(graph_of(()), {"u": party})
    written = entity["recordDetails"]["identifiers"]
    assert written == [{"id": "1", **said} for _, said in numbers]


def test_reporting_exceptions_are_read_back_under_their_own_names(tmp_path: Path) -> None:
    names = ("NON_PUBLIC", "NO_KNOWN_PERSON", "subjectExemptFromDisclosure")
    graph = graph_of((), {"A": names})
    found = again(tmp_path, graph)
    assert [(each.owned, each.exception) for each in found.exceptions] == [
        ("A", name) for name in names
    ]
    reasons = [each["recordDetails"]["interestedParty"]["reason"] for each in told(graph)[1:]]
    assert reasons == [
        "unknown",
        "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "subjectExemptFromDisclosure",
    ]


def test_a_country_that_is_none_is_an_error() -> None:
    with pytest.raises(UnknownNameError):
        told(graph_of(()), {"A": StatedParty("A", incorporation="ZZ")})


def test_nothing_is_an_empty_array() -> None:
    file = io.StringIO()
    write_bods((), file)
    assert file.getvalue() == "[]\n"


@pytest.mark.shared
def test_what_is_read_of_every_sample_is_written_as_the_schema_wants(
    shared: Path, tmp_path: Path
) -> None:
    checked = validator(shared / "bods/schema")
    assert defects(checked, [{"statementId": "short"}]) != []
    samples = [
        *shared.glob("bods/*.json"),
        *(path for path in shared.glob("gleif/bodspipelines/*.xml")),
        *shared.glob("gleif/network_sample/*.csv"),
        *shared.glob("opensanctions/*.ftm.json"),
        *shared.glob("psc/*"),
    ]
    assert len(samples) > 30
    for path in samples:
        statements = read(path)
        graph = statements.graph()
        assert defects(checked, told(graph, statements.parties)) == []
        found = again(tmp_path, graph, statements.parties)
        assert bare(found.interests) == bare(statements.interests)
        assert {(each.owned, each.exception) for each in found.exceptions} == {
            (each.owned, each.exception) for each in statements.exceptions
        }


@pytest.mark.shared
def test_the_examples_of_the_standard_are_valid_by_the_same_schema(shared: Path) -> None:
    checked = validator(shared / "bods/schema")
    for path in sorted(shared.glob("bods/*.json")):
        found = defects(checked, json.loads(path.read_text(encoding="utf-8")))
        assert (path.name, found) == (path.name, [])
