"""What is written as BODS is read back as the same interests, parties and exceptions."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.model.party import PartyKind
from compliance.model.share import Share
from compliance.ownership import Interest
from compliance.ownership.bods_writer import bods_statements
from compliance.ownership.interests import KINDS, Kind
from compliance.ownership.readers import StatedIdentifier, StatedParty
from compliance.ownership.readers.bods import read_bods
from sampling import examples
from unit.ownership.bods_schema import defects, graph_of, validator

PARTIES = ("A", "B", "C", "\u516c\u53f8", "=1+1")
DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
COUNTRIES = st.sampled_from(["CN", "SG", "US", "XK"])
TEXTS = st.text(min_size=1, max_size=12).filter(lambda text: text == text.strip() != "")


@st.composite
def shares(draw: st.DrawFn) -> Share:
    """Any interval, of decimals or of other fractions."""
    ends = st.fractions(0, 1, max_denominator=10**6) | st.decimals(0, 1, places=14).map(Fraction)
    low, high = sorted((draw(ends), draw(ends)))
    if low == high:
        return Share.exact(low)
    return Share(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def interests(draw: st.DrawFn) -> Interest:
    """Any interest, with or without share, days and seats."""
    kind: Kind = draw(st.sampled_from(sorted(KINDS)))
    since = draw(st.none() | DAYS)
    length = draw(st.none() | st.integers(1, 4000))
    until = None if length is None else (since or date(2010, 1, 1)) + timedelta(days=length)
    seats, of = None, None
    if kind == "board_appointment":
        of = draw(st.none() | st.integers(1, 20))
        seats = draw(st.none() | st.integers(0, of or 20))
    share = draw(st.just(Share.unknown()) | shares())
    owner, owned = draw(st.sampled_from(PARTIES)), draw(st.sampled_from(PARTIES))
    share_class = draw(st.just("") | TEXTS) if kind == "shareholding" else ""
    return Interest(owner, owned, share, kind, since, until, seats, of, share_class=share_class)


@st.composite
def parties(draw: st.DrawFn, id_: str) -> StatedParty:
    """Any party that the standard has words for."""
    kind: PartyKind = draw(st.sampled_from(get_args(PartyKind)))
    numbers = st.builds(StatedIdentifier, TEXTS, TEXTS)
    party = StatedParty(
        id_,
        draw(st.none() | TEXTS),
        kind,
        identifiers=tuple(draw(st.lists(numbers, max_size=2, unique=True))),
    )
    if kind == "person":
        nations = tuple(draw(st.lists(COUNTRIES, max_size=2, unique=True)))
        return replace(party, residence=draw(st.none() | COUNTRIES), nationalities=nations)
    return replace(
        party,
        incorporation=draw(st.none() | COUNTRIES),
        headquarters=draw(st.none() | COUNTRIES),
    )


STATED = st.fixed_dictionaries({id_: parties(id_) for id_ in PARTIES})
EXCEPTIONS = st.dictionaries(
    st.sampled_from(PARTIES), st.sets(TEXTS, min_size=1, max_size=2).map(sorted), max_size=2
)


@given(st.lists(interests(), max_size=8), STATED, EXCEPTIONS, DAYS)
def test_what_is_written_is_read_back(
    found: list[Interest],
    stated: dict[str, StatedParty],
    exceptions: dict[str, list[str]],
    day: date,
) -> None:
    graph = graph_of(found, exceptions)
    written = list(bods_statements(graph, stated, published=day, publisher="Us"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "written.json"
        path.write_text(json.dumps(written), encoding="utf-8")
        read = read_bods(path)
    assert {replace(each, source="") for each in read.interests} == set(found)
    assert {id_: replace(each, source="") for id_, each in read.parties.items()} == stated
    assert {(each.owned, each.exception) for each in read.exceptions} == {
        (owned, name) for owned, names in exceptions.items() for name in names
    }


@pytest.mark.shared
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(st.lists(interests(), max_size=4), STATED, EXCEPTIONS, DAYS)
def test_what_is_written_is_valid_by_the_published_schema(
    shared: Path,
    found: list[Interest],
    stated: dict[str, StatedParty],
    exceptions: dict[str, list[str]],
    day: date,
) -> None:
    graph = graph_of(found, exceptions)
    written = list(bods_statements(graph, stated, published=day, publisher="Us"))
    assert defects(validator(shared / "bods/schema"), written) == []
