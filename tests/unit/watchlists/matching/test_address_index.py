"""Who is listed at an address, on small lists and on the real ones."""

from __future__ import annotations

import csv
import gzip
import pickle
from collections import Counter
from pathlib import Path

import pytest

from compliance.model.party import Address
from compliance.watchlists import Watchlist, embedded, from_rows, read
from compliance.watchlists.matching.address_index import (
    AddressIndex,
    Agreement,
    compare,
    known_place,
)
from compliance.watchlists.matching.address_table import words
from compliance.watchlists.matching.addresses import parse
from sampling import size

CAMPUS = "No. 220, Handan Rd., Shanghai, China"


def agreed(one: str, other: str) -> Agreement | None:
    found = compare(parse(one), parse(other))
    assert found == compare(parse(other), parse(one))
    return found


def own(*addresses: str, id: str = "own") -> Watchlist:
    return from_rows(
        [{"id": str(n), "name": f"party {n}", "address": text} for n, text in enumerate(addresses)],
        id=id,
    )


def test_a_room_at_a_listed_house_is_the_house_and_perhaps_not_the_door() -> None:
    assert agreed("Room 801, 220 Handan Road, Shanghai", CAMPUS) == Agreement(
        score=0.8,
        level="building",
        reasons=("number 220 of handan", "the same town", "only one of the two names room 801"),
        same_house=True,
    )


@pytest.mark.parametrize(
    ("one", "other", "level", "score"),
    [
        (CAMPUS, "220 Handan Lu, Shanghai", "building", 0.8),
        (CAMPUS, "上海市邯郸路220号", "building", 0.8),
        ("Room 801, 220 Handan Road, Shanghai", "220 Handan Rd., Rm 801, Shanghai", "unit", 1.0),
        (
            "Room 801, 220 Handan Road, Shanghai",
            "Room 802, 220 Handan Road, Shanghai",
            "other_unit",
            0.6,
        ),
        ("Rm 1, 5/F, 49 Bonham Strand, Hong Kong", "5/F, 49 Bonham Strand, Hong Kong", "unit", 1.0),
        ("No. 5 Yun Jin Road, Shanghai", "5 Yunjin Rd., Shanghai, China", "building", 0.8),
        (
            "162-164 Prince Edward Road, Kowloon",
            "164 Prince Edward Road, Hong Kong",
            "building",
            0.8,
        ),
        ("220 Handan Road", CAMPUS, "building", 0.64),
        ("12 Main Street, Springfield", "12 Main St., Springfield", "building", 0.8),
        ("No. 13, Second Floor, Rahmat Centre", "No.13 Second Floor Rahmat Centre", "unit", 1.0),
        ("P.O. Box 52404, AE", "PO BOX 52404 AE", "box", 0.6),
        ("P.O. Box 1318, Amman, Jordan", "PO Box 1318, Amman", "box", 0.6),
        (
            "1 Suvorova St., Sevastopol, RU",
            "1 Suvorova Street, Sevastopol, Ukraine",
            "building",
            0.8,
        ),
    ],
)
def test_how_far_two_spellings_agree(one: str, other: str, level: str, score: float) -> None:
    found = agreed(one, other)
    assert found is not None
    assert found.level == level
    assert found.score == pytest.approx(score)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CAMPUS, "222 Handan Road, Shanghai"),
        (CAMPUS, "220 Handan Road, Beijing"),
        (CAMPUS, "220 Handan Road, Singapore"),
        (CAMPUS, "220 Handan Road, Shanghai, France"),
        (CAMPUS, "220 Zhengli Road, Shanghai"),
        ("5 Alpha Beta Gamma Street, Shanghai", "5 Gamma Delta Epsilon Street, Shanghai"),
        (CAMPUS, "Shanghai, China"),
        ("Shanghai, China", "Shanghai, China"),
        ("China", "China"),
        ("12 Main Street", "12 Main St."),
        ("12 Main Street, Springfield", "12 Main Street, Georgetown"),
        ("34 Ulitsa Mira, Russia", "Mira 34, Russia"),
        ("P.O. Box 1318, Amman", "P.O. Box 1318, Damascus"),
        ("P.O. Box 1318, Amman", "1318 Amman Street"),
        ("4 Zeelaan, 8300 Knokke, Belgium", "5 Zeelaan, 8300 Knokke, Belgium"),
        ("Room 801, Shanghai", "Room 801, Shanghai"),
    ],
)
def test_what_is_not_known_to_be_one_place(one: str, other: str) -> None:
    assert agreed(one, other) is None


def test_a_search_tells_who_is_there_and_how_many() -> None:
    built = AddressIndex.build(
        [own(CAMPUS, "Room 5, 220 Handan Road, Shanghai", "1 Handan Road, Shanghai")]
    )
    hits = built.search(Address(text="Rm 5, 220 Handan Rd", city="Shanghai", country="CN"))
    assert [(hit.listing.id, hit.level, hit.agreement, hit.shared) for hit in hits] == [
        ("1", "unit", 1.0, 2),
        ("0", "building", 0.8, 2),
    ]
    assert hits[1].address == CAMPUS


def test_a_house_that_many_share_says_so() -> None:
    built = AddressIndex.build([own(*[f"Room {n}, 220 Handan Road, Shanghai" for n in range(6)])])
    hits = built.search("Room 3, 220 Handan Road, Shanghai")
    assert {hit.shared for hit in hits} == {6}
    assert (
        hits[0].reasons[-2] == "6 listed parties share it, as they do a campus, an agent or a tower"
    )


def test_one_party_on_two_lists_is_one_party() -> None:
    built = AddressIndex.build([own(CAMPUS, id="b"), own(CAMPUS, id="a")])
    assert [(hit.listing.list_id, hit.shared) for hit in built.search(CAMPUS)] == [
        ("a", 1),
        ("b", 1),
    ]


def test_each_listing_is_shown_once_with_its_best_address() -> None:
    row = {"id": "1", "name": "x", "addresses": ["Room 9, 220 Handan Road, Shanghai", CAMPUS]}
    (hit,) = AddressIndex.build([from_rows([row], id="own")]).search("220 Handan Road, Shanghai")
    assert (hit.agreement, hit.address) == (0.8, CAMPUS)


def test_an_address_without_a_country_is_in_the_only_country_of_its_listing() -> None:
    row = {"id": "1", "name": "x", "address": "220 Handan Road, Pudong", "country": "CN"}
    built = AddressIndex.build([from_rows([row], id="own")])
    assert built.search("220 Handan Road, Pudong, France") == ()
    assert len(built.search("220 Handan Road, Pudong, China")) == 1


def test_towns_and_countries_are_not_in_the_index() -> None:
    assert len(AddressIndex.build([own("Shanghai, China", "China", CAMPUS, CAMPUS)])) == 1


def test_an_index_survives_pickling() -> None:
    built = AddressIndex.build([own(CAMPUS, "1 Garden Road, Hong Kong")])
    copied = pickle.loads(pickle.dumps(built))  # noqa: S301 - our own bytes
    assert copied == built
    assert copied.search(CAMPUS) == built.search(CAMPUS) != ()


def test_the_tenant_of_the_campus_is_a_weak_match_of_the_listed_company() -> None:
    (hit,) = AddressIndex.build(embedded()).search(
        Address(text="Room 801, 220 Handan Road, Shanghai", city="Shanghai", country="CN")
    )
    assert hit.listing.name == "Shanghai Fudan Microelectronics Co., Ltd."
    assert (hit.level, hit.agreement, hit.shared) == ("building", 0.8, 1)
    assert hit.known == "campus of Fudan University"
    assert hit.reasons == (
        "number 220 of handan",
        "the same town",
        "only one of the two names room 801",
        "known to be shared: campus of Fudan University",
    )


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (
            "c/o Maples, P. O. Box 309, Ugland House, Grand Cayman",
            "registered agent (Ugland House)",
        ),
        ("121 South Church Street, George Town, Grand Cayman", "registered agent (Ugland House)"),
        ("71-75 Shelton Street, London", "virtual office"),
        ("Room 2, 220 Handan Lu, Shanghai", "campus of Fudan University"),
        ("222 Handan Lu, Shanghai", ""),
        ("London", ""),
    ],
)
def test_a_place_known_to_be_shared_is_named(address: str, known: str) -> None:
    assert known_place(parse(address)) == known


def test_every_place_known_to_be_shared_is_an_address() -> None:
    texts = [row.address for row in words().known_shared]
    assert texts
    assert all(known_place(parse(text)) for text in texts)


@pytest.fixture(scope="module")
def lists(shared: Path) -> tuple[Watchlist, ...]:
    return (
        read("ofac-sdn-csv", shared / "ofac" / "sdn_2021-07"),
        read("ita-csl-csv", shared / "csl" / "consolidated_2022-05.csv.gz"),
    )


@pytest.mark.shared
def test_the_index_of_the_real_lists_finds_what_comparing_with_each_would(
    lists: tuple[Watchlist, ...],
) -> None:
    built = AddressIndex.build(lists)
    assert len(built) == 12_890
    asked = [
        text for listing in lists[1].listings[:: size(400, 4_000)] for text in listing.addresses
    ]
    found = 0
    for text in asked:
        address = parse(text)
        exhaustive = {
            (listing.list_id, listing.id)
            for number, listed in enumerate(built._addresses)
            if compare(address, listed)
            for listing in built._listings[number]
        }
        assert {(hit.listing.list_id, hit.listing.id) for hit in built.search(text)} == exhaustive
        found += len(exhaustive)
    assert found > size(100, 5)


@pytest.mark.exhaustive
@pytest.mark.shared
def test_every_address_with_a_number_finds_its_own_listing(
    lists: tuple[Watchlist, ...],
) -> None:
    built = AddressIndex.build(lists)
    with_number, lost = 0, []
    for listing in lists[1].listings:
        for text in listing.addresses:
            address = parse(text)
            if address.streets or address.boxes:
                with_number += 1
                if all(hit.listing is not listing for hit in built.search(text)):
                    lost.append(text)
    assert (with_number, lost) == (9926, ["No. 1, IR"])


@pytest.mark.shared
def test_few_companies_stand_at_a_listed_house_and_most_of_those_at_an_agents(
    lists: tuple[Watchlist, ...], shared: Path
) -> None:
    built = AddressIndex.build(lists)
    found: Counter[str] = Counter()
    with gzip.open(
        shared / "gleif" / "lei_companies_2025-10.csv.gz", "rt", encoding="utf-8"
    ) as file:
        for row in csv.DictReader(file):
            if not row["address"]:
                continue
            found["companies"] += 1
            address = Address(
                text=row["address"], city=row["city"] or None, country=row["country"] or None
            )
            if hits := built.search(address):
                found["at a listed house"] += 1
                found["known to be shared"] += bool(hits[0].known)
    assert found == {"companies": 4995, "at a listed house": 32, "known to be shared": 25}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orchideenstrasse 4, Berlin", "Orchideenstr. 4, Berlin"),
        ("Orchideenstrasse 4, Berlin", "Orchideen Straße 4, Berlin"),
        ("Orchideenstraat 4, Antwerpen", "Orchideenstr. 4, Antwerp"),
        ("Orchideenplatz 4, Wien", "Orchideenpl. 4, Vienna"),
        ("Carrera 50 No. 39-71, Medellin", "Cra. 50 # 39-71, Medellin"),
        ("Carrera 50 No. 39-71, Medellin", "KR 50 No 39-71, Medellin"),
        ("Calle 6 No. 1-02, Cali", "C/ 6 No. 1-02, Cali"),
        ("Calle 6 No. 1-02, Cali", "Cl. 6 # 1-02, Cali"),
        ("Calle Orquidea 14, Madrid", "C/Orquidea 14, Madrid"),
        ("Diagonal 23 # 11-07, Cali", "Dg. 23 # 11-07, Cali"),
        ("5599 NW 23rd Ave, Miami", "5599 Northwest 23rd Avenue, Miami"),
        ("37 N. 45th Avenue, Dallas", "37 North 45th Ave., Dallas"),
        ("675 Third Avenue, New York", "675 3rd Ave, New York"),
        ("No. 13, Second Floor, Vale Street, Dubai", "13 Vale St, 2nd Fl., Dubai"),
        ("10 Lane 280, Orchid Road, Taipei", "10 Ln. 280, Orchid Rd., Taipei"),
    ],
)
def test_a_street_written_in_another_usual_way_is_the_same(one: str, other: str) -> None:
    assert agreed(one, other) is not None


def test_calle_and_carrera_are_two_roads() -> None:
    assert agreed("Calle 6 No. 1-02, Cali", "Carrera 6 No. 1-02, Cali") is None
