"""A license counts only from the authority that can give it: how the text of one is read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import ReferenceDataError
from compliance.places import embedded
from compliance.screening.authorities import FILE, Authorities, AuthoritiesFile, Authority
from compliance.tables import read_table
from compliance.tables.embedded import rules_path

TABLE = Authorities.of(
    read_table(rules_path() / FILE, AuthoritiesFile).authorities, embedded(), "authorities.yaml"
)
DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("BIS", {"BIS"}),
        ("bis", {"BIS"}),
        ("Bureau of Industry and Security", {"BIS"}),
        ("The Bureau of Industry & Security (BIS)", {"BIS"}),
        ("BIS, US Department of Commerce", {"BIS"}),
        ("U.S. Department of the Treasury, Office of Foreign Assets Control (OFAC)", {"OFAC"}),
        ("OFSI (HM Treasury)", {"OFSI"}),
        ("OTSI", {"OTSI", "UK-trade"}),
        ("Office of Trade Sanctions Implementation, DBT", {"OTSI", "UK-trade"}),
        ("Department for Business and Trade", {"UK-trade"}),
        ("BAFA", {"de.bafa", "EU"}),
        ("BAFA (Germany)", {"de.bafa", "EU"}),
        ("Bundesamt fuer Wirtschaft und Ausfuhrkontrolle", None),
        ("Bundesamt f\u00fcr Wirtschaft und Ausfuhrkontrolle (BAFA)", {"de.bafa", "EU"}),
        ("competent authority of Portugal", {"EU"}),
        ("National competent authority of the Netherlands", {"EU"}),
        ("competent authority of the United Kingdom", None),
        ("competent authority of Norway", None),
        ("competent authority of a Member State", {"EU"}),
        ("competent authority", None),
        ("European Commission", {"eu.commission"}),
        ("MITI", {"MITI"}),
        ("Strategic Trade Secretariat (MITI)", {"MITI"}),
        ("METI", {"METI"}),
        ("MITI, Ministry of Investment, Trade and Industry, Malaysia", {"MITI"}),
        ("BIS and OFAC", None),
        ("BIS / OFAC", None),
        ("BIS (application rejected)", None),
        ("Office of Permits", None),
        ("B I S", None),
    ],
)
def test_an_authority_is_read_exactly_or_not_at_all(text: str, ids: set[str] | None) -> None:
    assert TABLE.read(text, DAY) == (None if ids is None else frozenset(ids))


def test_a_country_counts_while_it_is_a_member() -> None:
    text = "competent authority of the United Kingdom"
    assert TABLE.read(text, date(2019, 6, 1)) == frozenset({"EU"})
    assert TABLE.read(text, DAY) is None


@pytest.mark.parametrize(
    "row", list(TABLE.by_id.values()), ids=lambda row: getattr(row, "id", None)
)
def test_every_spelling_leads_to_its_authority_beside_what_may_stand_there(row: Authority) -> None:
    own = frozenset({row.id, *row.within})
    for spelling in row.spellings:
        assert TABLE.read(spelling.upper(), DAY) == own
        for word in row.beside:
            assert TABLE.read(f"{spelling} ({word})", DAY) == own


@given(
    st.sampled_from(sorted(TABLE.spelled)),
    st.sampled_from(sorted(TABLE.spelled)),
)
def test_two_authorities_in_one_text_are_never_one_of_another_law(one: str, other: str) -> None:
    found = TABLE.read(f"{one}, {other}", DAY)
    laws = {TABLE.by_id[TABLE.spelled[each]].jurisdiction for each in (one, other)}
    if found is not None:
        assert laws == {TABLE.by_id[each].jurisdiction for each in found}


@given(st.text(max_size=40))
def test_whatever_is_written_gives_an_authority_of_the_table_or_none(text: str) -> None:
    found = TABLE.read(text, DAY)
    assert found is None or found <= TABLE.by_id.keys()


def test_a_table_with_a_spelling_of_two_does_not_load() -> None:
    rows = [
        Authority(id="a", jurisdiction="x", spellings=["Office"], within=["c"]),
        Authority(id="b", jurisdiction="x", spellings=["office"]),
        Authority(id="b", jurisdiction="x", spellings=["b"]),
    ]
    with pytest.raises(ReferenceDataError) as error:
        Authorities.of(rows, embedded())
    assert [problem.message for problem in error.value.problems] == [
        "'b' stands twice",
        "'office' is a spelling of a and of b",
        "a: no authority 'c'",
    ]
