"""The Beneficial Ownership Data Standard as we read and write it, against what others made for it.

`bods-v04-fixtures` are bundles of statements with what a reader must make of each. libcovebods is
the review that publishers of the standard run; `make peers` installs it apart.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bods_fixtures import list_cases, load

from compliance.ownership import Interest, OwnershipGraph
from compliance.ownership.bods_writer import bods_statements, write_bods
from compliance.ownership.cessation import Cessation
from compliance.ownership.readers import StatedIdentifier, StatedParty, Statements
from compliance.ownership.readers.bods import read_bods
from compliance.ownership.readers.bods_terms import KINDS

REGISTERS = ("XI-LEI", "CN-SAIC", "RU-INN", "RU-OGRN", "US-EIN", "GB-COH", "SG-ACRA")
CASES = {
    "core/01-direct-ownership": {"rec-jane-smith-1975": ("75%", "75%")},
    "edge-cases/10-circular-ownership": {
        "rec-alpha-corp": ("100%",),
        "rec-beta-corp": ("100%",),
    },
    "edge-cases/11-anonymous-person": {},
}


def read_case(name: str, folder: Path) -> Statements:
    path = folder / "case.json"
    path.write_text(json.dumps(load(name).statements), encoding="utf-8")
    return read_bods(path)


def written(folder: Path, graph: OwnershipGraph, parties: Mapping[str, StatedParty]) -> Path:
    path = folder / "written.json"
    with path.open("w", encoding="utf-8") as file:
        statements = bods_statements(graph, parties, published=date(2026, 1, 1), publisher="Us")
        write_bods(statements, file)
    return path


def edge(interest: Interest) -> tuple[str, ...]:
    return (interest.owner, interest.owned, interest.kind, str(interest.share))


def test_the_whole_suite_is_known_here() -> None:
    assert list_cases() == sorted(CASES)


@pytest.mark.parametrize("name", list_cases())
def test_a_bundle_is_read_with_every_interest_and_written_back(name: str, tmp_path: Path) -> None:
    found = read_case(name, tmp_path)
    held: dict[str, tuple[str, ...]] = {}
    for interest in found.interests:
        held[interest.owner] = (*held.get(interest.owner, ()), str(interest.share))
    assert held == CASES[name]
    again = read_bods(written(tmp_path, found.graph(), found.parties))
    assert sorted(map(edge, again.interests)) == sorted(map(edge, found.interests))
    assert again.parties.keys() == found.parties.keys()


def test_a_declared_unknown_owner_is_an_exception_under_its_reason(tmp_path: Path) -> None:
    found = read_case("edge-cases/11-anonymous-person", tmp_path)
    assert [(x.owned, x.exception) for x in found.exceptions] == [
        ("rec-opaque-holdings-sa", "subjectUnableToConfirmOrIdentifyBeneficialOwner")
    ]
    assert not any(party.kind == "person" for party in found.parties.values())


def test_a_circle_of_whole_companies_ends_and_adds_nothing(tmp_path: Path) -> None:
    graph = read_case("edge-cases/10-circular-ownership", tmp_path).graph()
    share = graph.share("rec-alpha-corp", "rec-beta-corp", as_of=date(2026, 1, 1))
    assert share.maximum <= Decimal(1)


_HELD = ("shareholding", "voting_rights")


def everything() -> tuple[OwnershipGraph, dict[str, StatedParty]]:
    """A graph with every kind of party, interest, share, date, number and exception we write."""
    numbers = [
        *(StatedIdentifier(name, "1") for name in ("lei", "uscc", "inn", "ogrn", "ein")),
        StatedIdentifier("GB-COH", "02723534"),
        StatedIdentifier("house number", "7"),
    ]
    passport = (StatedIdentifier("RUS-PASSPORT", "751234567"),)
    parties = [
        StatedParty("o", "Owned", "organization", "SG", "CN", identifiers=tuple(numbers)),
        StatedParty(
            "p", "P", "person", residence="SG", nationalities=("CN",), identifiers=passport
        ),
        StatedParty("q", None, "person"),
        StatedParty("b", "B", "public_body", "CN"),
        StatedParty("w", None, "wallet"),
        StatedParty(
            "e", "Ended", "organization", cessation=Cessation("dissolved", date(2020, 1, 1), ())
        ),
    ]
    shares: list[dict[str, Any]] = [
        {"share": "51%"},
        {"share": {"minimum": "25%", "maximum": "50%", "exclusive_minimum": True}},
        {"from": "2020-01-01", "until": "2021-01-01", "share": "1/3"},
    ]
    kinds = sorted({kind for kind in KINDS.values() if kind is not None})
    interests = [
        {"owner": owner, "owned": "o", "kind": kind, **(more if kind in _HELD else {})}
        for owner, more in zip(("p", "b", "w"), shares, strict=True)
        for kind in kinds
    ]
    return OwnershipGraph.from_interests(interests), {party.id: party for party in parties}


@pytest.fixture
def interpreter(pytestconfig: pytest.Config) -> Path:
    """The interpreter that has libcovebods."""
    path = pytestconfig.rootpath / ".venv-peers" / "bin" / "python"
    if not path.exists():
        pytest.skip("libcovebods is not installed: make peers")
    return path


def test_the_review_of_publishers_finds_nothing_in_what_we_write(
    interpreter: Path, tmp_path: Path
) -> None:
    path = written(tmp_path, *everything())
    command = [str(interpreter), str(Path(__file__).with_name("review_bods.py")), str(path)]
    told = subprocess.run([*command, *REGISTERS], capture_output=True, text=True, check=True)
    review = json.loads(told.stdout)
    assert review["schema"] == []
    assert review["additional"] == {}
    assert review["checks"]["additional_checks"] == []
    assert review["checks"]["statistics"]["count_records_current"] == 9
