"""Which parties of a graph are listed: nothing that a file can hold stops the comparison."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.explain.ownership.listed import ListedParty, listed_among
from compliance.model.truth import Truth
from compliance.ownership.readers import StatedIdentifier, StatedParty
from compliance.screening.knowledge import Knowledge
from unit.explain.ownership.asking import DAY, knowledge

TEXT = st.text(st.characters(), max_size=30)
Find = Callable[..., list[ListedParty]]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder: Path = tmp_path_factory.mktemp("known")
    return knowledge(folder, "Orchid Vale Microelectronics Ltd")


@pytest.fixture
def find(known: Knowledge) -> Find:
    """The listed ones among some parties."""

    def among(*parties: StatedParty, given: frozenset[str] = frozenset()) -> list[ListedParty]:
        stated = {party.id: party for party in parties}
        return [*listed_among(stated, stated, given, known, DAY)]

    return among


def test_a_listed_name_is_certain_and_names_its_list(find: Find) -> None:
    party = StatedParty("a", "Orchid Vale Microelectronics Ltd", "organization")
    (found,) = find(party, StatedParty("b", "Fjordlys Biologi ApS", "organization"))
    assert (found.party, found.certain, found.given) == ("a", True, False)
    assert found.lists == ("ofac-sdn",)
    sdn = frozenset({"us.sdn"})
    assert found.under(sdn) == (True, True)
    assert found.under(frozenset({"us.meu"})) == (False, False)
    assert found.under(sdn, lambda _: Truth.FALSE) == (False, False)
    assert found.under(sdn, lambda _: Truth.UNKNOWN) == (False, True)


def test_a_party_given_as_listed_needs_no_name(find: Find) -> None:
    (found,) = find(StatedParty("a"), StatedParty("b"), given=frozenset({"b"}))
    assert (found.party, found.certain, found.lists) == ("b", True, ())
    assert found.under(frozenset({"us.meu"})) == (True, True)


def test_a_name_with_controls_within_is_compared_without_them(find: Find) -> None:
    name = "Orchid\x00Vale\x1b Microelectronics\ud800Ltd"
    (found,) = find(StatedParty("a", name, "organization"))
    assert found.certain


@given(name=TEXT, id_=TEXT.filter(bool), scheme=TEXT, value=TEXT)
def test_no_text_of_a_file_stops_the_comparison(
    known: Knowledge, name: str, id_: str, scheme: str, value: str
) -> None:
    party = StatedParty(id_, name, identifiers=(StatedIdentifier(scheme, value),))
    found = [*listed_among([id_], {id_: party}, frozenset({id_}), known, DAY)]
    assert [one.party for one in found] == [id_]
