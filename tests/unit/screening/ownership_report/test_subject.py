"""A party of ownership files as screening takes it: nothing a file can hold stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.model.truth import Truth
from compliance.ownership.readers import StatedIdentifier, StatedParty, Statements
from compliance.screening.facts.listed_owners import is_under
from compliance.screening.facts.subjects import PartyFacts
from compliance.screening.knowledge import Knowledge
from compliance.screening.ownership_report.subject import subject_of
from unit.screening.ownership_report.reports import DAY, knowledge

TEXT = st.text(st.characters(), max_size=30)
Find = Callable[..., PartyFacts]
SDN = frozenset({"us.sdn"})


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder: Path = tmp_path_factory.mktemp("known")
    return knowledge(folder, "Orchid Vale Microelectronics Ltd")


def subject(
    party: StatedParty, known: Knowledge, listed: frozenset[str] = frozenset()
) -> PartyFacts:
    """A party of which nothing else is stated, not even an owner."""
    stated = Statements({party.id: party}, (), (), (), (), ())
    return subject_of(stated, party.id, know=known, as_of=DAY, listed=listed)


def test_a_listed_name_is_under_the_measures_of_its_list(known: Knowledge) -> None:
    party = subject(StatedParty("a", "Orchid Vale Microelectronics Ltd", "organization"), known)
    assert [(hit.lists, hit.certain) for hit in party.hits] == [(("ofac-sdn",), True)]
    assert is_under(party, SDN) is Truth.TRUE
    assert is_under(party, frozenset({"us.meu"})) is Truth.FALSE
    assert is_under(party, SDN, lambda _: Truth.FALSE) is Truth.FALSE
    assert is_under(party, SDN, lambda _: Truth.UNKNOWN) is Truth.UNKNOWN


def test_another_name_is_under_none(known: Knowledge) -> None:
    party = subject(StatedParty("b", "Fjordlys Biologi ApS", "organization"), known)
    assert (party.hits, is_under(party, SDN)) == ((), Truth.FALSE)


def test_a_party_given_as_listed_is_under_every_measure_and_needs_no_name(known: Knowledge) -> None:
    party = subject(StatedParty("b"), known, frozenset({"b"}))
    assert (party.hits, is_under(party, frozenset({"us.meu"}))) == ((), Truth.TRUE)


def test_a_name_with_controls_within_is_compared_without_them(known: Knowledge) -> None:
    name = "Orchid\x00Vale\x1b Microelectronics\ud800Ltd"
    assert is_under(subject(StatedParty("a", name, "organization"), known), SDN) is Truth.TRUE


@given(name=TEXT, id_=TEXT.filter(bool), scheme=TEXT, value=TEXT)
def test_no_text_of_a_file_stops_the_comparison(
    known: Knowledge, name: str, id_: str, scheme: str, value: str
) -> None:
    party = StatedParty(id_, name, identifiers=(StatedIdentifier(scheme, value),))
    assert subject(party, known).id == id_
    assert subject(party, known).hits is not None
