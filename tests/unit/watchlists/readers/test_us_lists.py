"""The formats "us-list-json" and "bis-entity-list-json": the real files and small ones."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.model.truth import Truth
from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists.listing import Dated
from unit.watchlists.readers.third_parties import US_LISTS, us_list

EXTRACTED = date(2026, 7, 9)


def real(shared: Path, name: str) -> Watchlist:
    return us_list(shared / US_LISTS / name)


def named(watchlist: Watchlist, name: str) -> Listing:
    """The one entry of that name, without its path."""
    (listing,) = (listing for listing in watchlist.listings if listing.name == name)
    return replace(listing, source="")


def entity(**changes: Any) -> dict[str, Any]:
    keys = ("country", "address", "status", "effective_date", "federal_register", "notes")
    return {"name": "Qorvex", "aliases": [], **dict.fromkeys(keys), **changes}


def written(tmp_path: Path, *entities: object, **changes: Any) -> Path:
    path = tmp_path / "list.json"
    value = {
        "list_id": "state-debarred-admin",
        "source_file": "own.pdf",
        "extracted": "2026-07-09",
        "count": len(entities),
        "entities": list(entities),
        **changes,
    }
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def messages(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("us-list-json", path)
    assert {problem.source for problem in caught.value.problems} == {str(path)}
    return [f"{problem.path}: {problem.message}" for problem in caught.value.problems]


# Columns: entries, aliases, entries with a country, addresses, entries with listed_on, with a
# citation, identifiers, programmes, dates.
@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "list_id", "counts"),
    [
        ("bis_dpl.json", "bis-dpl", (564, 2, 564, 564, 564, 564, 0, 0, 511)),
        (
            "bis_entity_list.json.gz",
            "bis-entity-list",
            (3409, 5168, 3409, 5908, 3404, 3409, 0, 0, 0),
        ),
        ("bis_meu.json", "bis-meu", (70, 3, 70, 70, 0, 70, 0, 0, 0)),
        ("cbp_wro.json", "cbp-wro", (67, 35, 61, 0, 67, 0, 0, 67, 0)),
        ("dhs_uflpa.json", "dhs-uflpa", (148, 94, 148, 0, 148, 0, 0, 160, 0)),
        ("dow_1260h.json", "dow-1260h", (80, 78, 80, 0, 80, 80, 0, 0, 0)),
        ("dow_1286.json", "dow-1286", (134, 143, 0, 0, 0, 0, 0, 0, 0)),
        ("fcc_covered.json", "fcc-covered", (15, 0, 12, 0, 15, 0, 0, 0, 0)),
        ("ofac_eo14032_annex.json", "ofac-eo14032", (59, 0, 59, 0, 59, 59, 0, 0, 0)),
        ("ofac_nscmic.json", "ofac-nscmic", (68, 149, 68, 68, 68, 0, 58, 68, 68)),
        ("state_debarred_admin.json", "state-debarred-admin", (8, 0, 0, 0, 8, 8, 0, 0, 0)),
        (
            "state_debarred_statutory.json",
            "state-debarred-statutory",
            (779, 156, 0, 0, 779, 779, 0, 0, 0),
        ),
        (
            "state_nonproliferation.json",
            "state-nonproliferation",
            (528, 166, 516, 0, 511, 528, 0, 620, 1198),
        ),
    ],
)
def test_every_real_list_is_read_with_the_measured_counts(
    shared: Path, name: str, list_id: str, counts: tuple[int, ...]
) -> None:
    watchlist = real(shared, name)
    listings = watchlist.listings
    assert (watchlist.id, watchlist.published, watchlist.complete) == (list_id, EXTRACTED, True)
    assert watchlist.publisher
    assert watchlist.entries_total == len(listings) == len({listing.id for listing in listings})
    assert {listing.list_id for listing in listings} == {list_id}
    ended = sum(listing.delisted_on is not None for listing in listings)
    assert ended == (511 if list_id == "bis-dpl" else 0)
    assert {listing.license_policy for listing in listings} == {None}
    assert counts == (
        len(listings),
        sum(len(listing.aliases) for listing in listings),
        sum(bool(listing.countries) for listing in listings),
        sum(len(listing.addresses) for listing in listings),
        sum(listing.listed_on is not None for listing in listings),
        sum(listing.citation is not None for listing in listings),
        sum(len(listing.identifiers) for listing in listings),
        sum(len(listing.programmes) for listing in listings),
        sum(len(listing.dates) for listing in listings),
    )


@pytest.mark.shared
def test_the_entity_list_has_its_footnotes_and_a_requirement_for_every_entry(shared: Path) -> None:
    listings = real(shared, "bis_entity_list.json.gz").listings
    assert Counter(listing.footnotes for listing in listings) == {
        (): 2394,
        ("3",): 773,
        ("1", "2"): 130,
        ("4",): 96,
        ("5",): 16,
    }
    assert all(listing.license_requirement for listing in listings)
    assert sum((listing.remarks or "").endswith("...") for listing in listings) == 6


@pytest.mark.shared
def test_huawei_stands_in_the_entity_list_with_citation_and_footnotes(shared: Path) -> None:
    huawei = named(real(shared, "bis_entity_list.json.gz"), "Huawei Technologies Co., Ltd.")
    assert len(huawei.addresses) == 10
    assert huawei.addresses[1] == (
        "No. 1899 Xi Yuan Road, High-Tech West District, Chengdu, 611731"
    )
    assert replace(huawei, addresses=()) == Listing(
        id="3da50681e54cb467",
        list_id="bis-entity-list",
        measures=("us.entity-list",),
        name="Huawei Technologies Co., Ltd.",
        aliases=(
            "Shenzhen Huawei Technologies",
            "Huawei Technology",
            "Beijing Huawei Longshine",
            "Huawei Marine",
            "Shenzhen Huawei Agisson Electric Co., Ltd.",
        ),
        countries=("CN",),
        listed_on=date(2019, 5, 21),
        possibly_from=date(2019, 5, 7),
        citation="84 FR 22963, 5/21/19",
        license_requirement=(
            "For all items subject to the EAR, see §§ 734.9(e) and 744.11 of the EAR"
        ),
        footnotes=("1", "2"),
        remarks="For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2",
        published=EXTRACTED,
    )


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "listed_on"),
    [
        ("Chinese Academy of Engineering Physics", date(1997, 6, 30)),
        ("New H3C Semiconductor Technologies Co., Ltd.", None),
    ],
)
def test_the_entity_list_counts_from_the_earliest_cited_day_or_from_none(
    shared: Path, name: str, listed_on: date | None
) -> None:
    assert named(real(shared, "bis_entity_list.json.gz"), name).listed_on == listed_on


@pytest.mark.shared
def test_an_entry_without_any_day_is_unknown_before_its_list(shared: Path) -> None:
    entry = real(shared, "bis_meu.json").listings[0]
    assert entry.active(date(2026, 7, 8)) is Truth.UNKNOWN
    assert entry.active(EXTRACTED) is Truth.TRUE


@pytest.mark.shared
def test_a_chinese_military_industrial_company_has_its_credit_code(shared: Path) -> None:
    name = "China Aviation Engine Group Co., Ltd"
    assert named(real(shared, "ofac_nscmic.json"), name) == Listing(
        id="ce0754d2fc0d5fd9",
        list_id="ofac-nscmic",
        measures=("us.ns-cmic",),
        name=name,
        aliases=("AERO ENGINE CORP OF CHINA", "AERO ENGINE CORPORATION OF CHINA", "AECC"),
        kind="organization",
        countries=("CN",),
        addresses=("5 Landianchang South Road Haidian District, Beijing 100097, China",),
        programmes=("CMIC-EO13959",),
        identifiers=(Identifier("uscc", "91110000MA005UCQ5P"),),
        listed_on=date(2021, 8, 2),
        remarks=(
            "Target Type: State-Owned Enterprise; Listing Date (CMIC): 03 Jun 2021; "
            "USCC: 91110000MA005UCQ5P (China); Program: CMIC-EO13959"
        ),
        published=EXTRACTED,
        dates=(Dated("listing date (cmic)", date(2021, 6, 3)),),
    )


@pytest.mark.shared
def test_a_denial_ends_on_the_day_that_its_notes_call_expires(shared: Path) -> None:
    entry = real(shared, "bis_dpl.json").listings[-1]
    assert (entry.name, entry.listed_on) == ("MARCO SANTILLAN, JR", date(2025, 12, 15))
    assert entry.dates == (Dated("expires", date(2032, 8, 1)),)
    assert entry.delisted_on == date(2032, 8, 1)
    assert entry.active(date(2032, 7, 31)) is Truth.TRUE
    assert entry.active(date(2032, 8, 1)) is Truth.FALSE


@pytest.mark.shared
def test_each_authority_of_a_nonproliferation_sanction_is_a_programme(shared: Path) -> None:
    entry = named(real(shared, "state_nonproliferation.json"), "Mohammed al-Khatib")
    assert entry.countries == ("JO",)
    assert entry.programmes == (
        "Chemical and Biological Weapons Control and Warfare Elimination Act (CBW Act)",
        "Iran-Iraq Arms Nonpro Act of 1992",
    )
    assert entry.dates == (
        Dated("imposed", date(2003, 8, 7)),
        Dated("imposed", date(2003, 2, 13)),
        Dated("expired", date(2005, 2, 13)),
    )


@pytest.mark.shared
def test_a_debarred_person_has_a_month_of_birth(shared: Path) -> None:
    watchlist = real(shared, "state_debarred_statutory.json")
    entry = named(watchlist, "Acety, Edwin")
    assert (entry.kind, entry.birth_dates) == ("person", ("1975-11",))
    assert Counter(listing.kind for listing in watchlist.listings) == {
        "person": 479,
        "unknown": 300,
    }
    assert sum(bool(listing.birth_dates) for listing in watchlist.listings) == 479


@pytest.mark.shared
def test_a_country_that_is_none_stays_in_the_remarks_with_the_status(shared: Path) -> None:
    entry = named(real(shared, "cbp_wro.json"), "Fishing Vessel: Lien Yi Hsing No. 12")
    assert (entry.kind, entry.countries, entry.programmes) == ("vessel", (), ("WRO",))
    assert entry.remarks == (
        "Status: Active; WRO; Industry: Agriculture and Prepared Products; "
        "Merchandise: Seafood; Country: Fishing Vessels"
    )


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Turkey (Turkiye)", ("TR",)),
        ("North Korea (DPRK)", ("KP",)),
        ("China (Russia)", ()),
        ("Middle East Region", ()),
        (None, ()),
    ],
)
def test_a_country_written_twice_is_one_and_two_countries_are_none(
    tmp_path: Path, text: str | None, countries: tuple[str, ...]
) -> None:
    (entry,) = read("us-list-json", written(tmp_path, entity(country=text))).listings
    assert entry.countries == countries


def test_only_the_entity_list_takes_its_day_and_requirement_from_the_words(tmp_path: Path) -> None:
    words = entity(federal_register="85 FR 83799, 12/23/2020", notes="All items subject to the EAR")
    (other,) = read("us-list-json", written(tmp_path, words)).listings
    assert (other.listed_on, other.license_requirement) == (None, None)
    path = written(tmp_path, words, list_id="bis-entity-list")
    (entry,) = read("bis-entity-list-json", path).listings
    assert entry.listed_on == date(2020, 12, 23)
    assert entry.license_requirement == "All items subject to the EAR"


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("76 FR 71869, 11/21/11", date(2011, 11, 21)),
        ("84 FR 22963, 5/21/2019; 62 FR 35334, 6/30/97", date(1997, 6, 30)),
        ("46 F.R. 46154 9/17/81", date(1981, 9, 17)),
        ("76 FR 71869, 4-2-11", date(2011, 4, 2)),
        ("76 FR 71869", None),
        ("76 FR 71869, 13/41/11", None),
        (None, None),
    ],
)
def test_an_entry_counts_from_the_first_day_behind_its_citations(
    tmp_path: Path, cited: str | None, expected: date | None
) -> None:
    path = written(tmp_path, entity(federal_register=cited), list_id="bis-entity-list")
    (entry,) = read("bis-entity-list-json", path).listings
    assert entry.listed_on == expected
    assert entry.possibly_from == (expected and expected - timedelta(days=14))


@pytest.mark.parametrize(
    ("notes", "requirement", "footnotes"),
    [
        (
            "For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b))",
            "For all items subject to the EAR. (See §§ 734.9(g), 746.8(a)(3), and 744.21(b))",
            ("3",),
        ),
        (
            "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)4",
            "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)",
            ("4",),
        ),
        ("For all items subject to the EAR (See § 744.11 of the EAR)",) * 2 + ((),),
        ("Subordinate institution of a footnote 4 party", None, ()),
    ],
)
def test_a_superscript_mark_is_a_footnote_and_a_paragraph_number_is_not(
    tmp_path: Path, notes: str, requirement: str | None, footnotes: tuple[str, ...]
) -> None:
    path = written(tmp_path, entity(notes=notes), list_id="bis-entity-list")
    (entry,) = read("bis-entity-list-json", path).listings
    assert (entry.license_requirement, entry.footnotes) == (requirement, footnotes)
    assert entry.remarks == notes


def test_ids_depend_on_name_country_and_repetition_only(tmp_path: Path) -> None:
    first = read("us-list-json", written(tmp_path, entity(), entity(), entity(country="China")))
    again = read(
        "us-list-json",
        written(tmp_path, entity(name="Zentrum"), entity(notes="new"), entity(), entity()),
    )
    ids = [listing.id for listing in first.listings]
    assert len(set(ids)) == 3
    assert [listing.id for listing in again.listings][1:3] == ids[:2]


def test_the_id_of_the_list_may_be_given(tmp_path: Path) -> None:
    watchlist = read("us-list-json", written(tmp_path, entity()), id="mine")
    assert (watchlist.id, watchlist.listings[0].list_id) == ("mine", "mine")
    assert watchlist.title == "AECA administrative debarments"


def test_a_list_that_the_mapping_does_not_know_is_refused(tmp_path: Path) -> None:
    (publisher, title) = messages(written(tmp_path, entity(), list_id="own"))
    assert title == "list_id: 'own' does not say title of the list"
    assert publisher == "list_id: 'own' does not say publisher of the list"
    with pytest.raises(WatchlistError, match="'own' does not say id of the list"):
        read("bis-entity-list-json", written(tmp_path, entity(), list_id="own"))


def test_a_count_that_differs_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, entity(), count=2)
    assert messages(path) == [": 2 entries told where there are 1"]


def test_unknown_and_missing_keys_are_errors_that_name_them(tmp_path: Path) -> None:
    assert messages(written(tmp_path, entity(), licence="none")) == [": unknown key 'licence'"]
    short = entity(nickname="Q", motto="")
    del short["status"]
    assert messages(written(tmp_path, entity(), short)) == [
        "1: no key 'status'",
        "1: unknown key 'motto'",
        "1: unknown key 'nickname'",
    ]


def test_every_value_that_does_not_fit_is_reported(tmp_path: Path) -> None:
    bad = entity(name=" ", effective_date="soon")
    assert messages(written(tmp_path, bad)) == [
        "0.listed_on: 'soon' is not a date",
        "0.name: missing",
    ]
    assert messages(written(tmp_path, entity(), "Qorvex")) == ["1: not an object"]
    assert messages(written(tmp_path, entity(), extracted="July", count="1")) == [
        "count: '1' does not say entries_total of the list",
        "extracted: 'July' does not say published of the list",
    ]


def test_json_that_is_no_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text("[]", encoding="utf-8")
    (message,) = messages(path)
    assert message.startswith(": not an object with list_id, ")


def test_half_a_surrogate_pair_in_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="half a surrogate pair"):
        read("us-list-json", written(tmp_path, entity(name="Qor\ud800vex")))
