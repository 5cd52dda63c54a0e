"""Entries that are addresses: whoever is there is meant, another room of the tower is not."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from compliance.screening.knowledge import Knowledge
from compliance.watchlists import Watchlist
from screeners import consulting_only
from unit.screening.contracts import known, of_lessee, sure_and_possible
from unit.watchlists.readers.third_parties import us_list

DAY = date(2026, 12, 1)
LISTED = {"us.entity-list"}
ROOM = "Room 1003, 10/F, Lippo Centre Tower 1, 89 Queensway, Admiralty, Hong Kong."
HOUSE = "14C, Hung Shui Kiu Main Street, Yuen Long, N.T., Hong Kong."


def entity(name: str, address: str, cited: str) -> dict[str, Any]:
    return {
        "name": name, "aliases": [], "country": "China", "address": address, "status": None,
        "effective_date": None, "federal_register": cited,
        "notes": "For items on the CCL and EAR99 items listed in supplement no. 7 to part 746",
    }  # fmt: skip


@cache
def places() -> Watchlist:
    entities = [
        entity("Address 01", ROOM, "89 FR 68548, 8/27/24"),
        entity("Address 02", HOUSE, "90 FR 48195, 10/9/25"),
        entity("Zorblatt Trading Ltd", "Room 7, 12 Ruritan Street, Hong Kong.", "89 FR 1, 8/27/24"),
    ]
    whole = {"list_id": "bis-entity-list", "source_file": "x", "extracted": "2026-07-09"}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bis_entity_list.json"
        path.write_text(json.dumps({**whole, "count": 3, "entities": entities}), "utf-8")
        return us_list(path)


@cache
def know() -> Knowledge:
    return consulting_only([places()]).knowledge


def at(text: str, day: date = DAY, field: str = "addresses_listed_under") -> Any:
    addresses = [{"text": text, "country": "HK"}]
    return of_lessee(field, day, know(), addresses=addresses)


def test_an_entry_that_is_an_address_has_that_kind_and_its_measure() -> None:
    assert [(x.kind, x.measures) for x in places().listings] == [
        ("address", ("us.entity-list",)),
        ("address", ("us.entity-list",)),
        ("unknown", ("us.entity-list",)),
    ]


@pytest.mark.parametrize(
    ("text", "certain", "possible"),
    [
        (ROOM, LISTED, set()),
        ("Rm 1003, Tower 1, Lippo Centre, 89 Queensway, Hong Kong", LISTED, set()),
        ("89 Queensway, Admiralty, Hong Kong", set(), LISTED),
        ("Room 1003, 89 Queensway, Hong Kong", set(), LISTED),
        ("Room 1004, 10/F, Lippo Centre Tower 1, 89 Queensway, Hong Kong", set(), set()),
        ("Room 1003, 10/F, Lippo Centre Tower 2, 89 Queensway, Hong Kong", set(), set()),
        ("Room 1003, 10/F, 88 Queensway, Hong Kong", set(), set()),
        (HOUSE, LISTED, set()),
        ("Flat 3, 14C Hung Shui Kiu Main Street, Yuen Long, Hong Kong", set(), LISTED),
        ("14D Hung Shui Kiu Main Street, Yuen Long, Hong Kong", set(), set()),
        ("Room 7, 12 Ruritan Street, Hong Kong", set(), set()),
    ],
)
def test_everybody_at_the_address_is_hit_and_nobody_next_door(
    text: str, certain: set[str], possible: set[str]
) -> None:
    assert sure_and_possible(at(text)) == (certain, possible)


def test_an_address_is_listed_from_its_day_and_perhaps_a_little_before() -> None:
    days = [date(2024, 8, 12), date(2024, 8, 13), date(2024, 8, 26), date(2024, 8, 27)]
    assert [sure_and_possible(at(ROOM, day)) for day in days] == [
        (set(), set()),
        (set(), LISTED),
        (set(), LISTED),
        (LISTED, set()),
    ]


def test_it_is_said_which_entry_is_the_address() -> None:
    (said,) = at(ROOM, field="addresses_listed_under.who").value
    assert said.startswith(f"Address 01 (bis-entity-list) at {ROOM}: number 89 of queensway")


def test_a_listed_address_is_nobodys_neighbor_and_nobodys_name() -> None:
    assert at(ROOM, field="addresses_listed").value == frozenset()
    assert at(ROOM, field="addresses_shared").value == frozenset()
    for field in ("listed_under", "possibly_listed_under"):
        assert not of_lessee(field, DAY, know(), name="Address 01").value


def test_an_address_does_not_flow_down_to_what_its_party_owns() -> None:
    owner = {"id": "o", "name": "Quorbix Ltd", "addresses": [{"text": ROOM, "country": "HK"}]}
    edge = {"owner": owner, "owned": "lessee", "share": "100%"}
    for field in ("ownership.affected_under", "ownership.listed_owners"):
        assert not known(field, edge, as_of=DAY, know=know()).value


@pytest.mark.shared
def test_each_real_address_is_itself_and_no_other_of_them(shared: Path) -> None:
    path = shared / "us_lists_2026-07" / "bis_entity_list.json.gz"
    real = consulting_only([us_list(path)]).knowledge
    (whole,) = real.watchlists
    for entry in whole.listings:
        if entry.kind == "address":
            addresses = [{"text": entry.addresses[0]}]
            fact = of_lessee("addresses_listed_under", DAY, real, addresses=addresses)
            assert fact.value == LISTED, entry.addresses
            who = of_lessee("addresses_listed_under.who", DAY, real, addresses=addresses).value
            assert len(who) <= 2, who  # two entries are rooms 1318-19 and 1318-20
