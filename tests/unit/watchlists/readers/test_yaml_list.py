"""The "yaml" format and the lists that ship with the rules."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.model.truth import Truth
from compliance.watchlists import Listing, NameIndex, Watchlist, embedded, read

CONTENT = """\
schema: 1
id: own
title: Own list
publisher: Qorvex
published: 2024-06-01
url: https://example.com/list
note: "excerpt: 1 of 9 entries"
complete: false
entries_total: 9
stale_after_days: 30
entries:
  - id: zentrum
    name: Zentrum Ltd
    aliases: [Zentrum]
    kind: organization
    countries: [CN]
    listed_on: 2024-01-02
"""


def written(tmp_path: Path, old: str = "", new: str = "") -> Path:
    assert old in CONTENT
    path = tmp_path / "own.yaml"
    path.write_text(CONTENT.replace(old, new, 1) if old else CONTENT, encoding="utf-8")
    return path


def test_a_file_becomes_a_list(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert read("yaml", path) == Watchlist(
        id="own",
        title="Own list",
        publisher="Qorvex",
        published=date(2024, 6, 1),
        url="https://example.com/list",
        note="excerpt: 1 of 9 entries",
        complete=False,
        entries_total=9,
        stale_after_days=30,
        listings=(
            Listing(
                id="zentrum",
                list_id="own",
                name="Zentrum Ltd",
                aliases=("Zentrum",),
                kind="organization",
                countries=("CN",),
                listed_on=date(2024, 1, 2),
                source=str(path),
                published=date(2024, 6, 1),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema: 1", "schema: 2", "{}:1:9: schema: Input should be 1"),
        (
            "title:",
            "titel:",
            (
                "{0}:1:1: key 'title' is missing\n"
                "{0}:3:1: titel: unknown key 'titel' (did you mean 'title'?)"
            ),
        ),
        ("complete: false", "complete: 1", "{}:8:11: complete: Input should be a valid boolean"),
        (
            "entries_total: 9",
            "entries_total: true",
            "{}:9:16: entries_total: Input should be a valid integer",
        ),
        (
            "published: 2024-06-01",
            "published: June 2024",
            (
                "{}:5:12: published: Input should be a valid date"
                " (write the date as YYYY-MM-DD without quotes)"
            ),
        ),
        (
            "name: Zentrum Ltd",
            "nam: Zentrum Ltd",
            (
                "{0}:12:5: entries.0.name: missing (each entry has an id and a name)\n{0}:13:10: "
                "entries.0.nam: unknown field (did you mean 'name'?)"
            ),
        ),
        (
            "countries: [CN]",
            "country: CN",
            "{}:16:14: entries.0.country: unknown field (did you mean 'countries'?)",
        ),
        (
            "countries: [CN]",
            "countries: [China]",
            (
                "{}:16:16: entries.0.countries: 'China' is not a country code (ISO 3166 alpha-2, "
                "as CN)"
            ),
        ),
        (
            "kind: organization",
            "kind: company",
            (
                "{}:15:11: entries.0.kind: unknown kind 'company' (known: address, "
                "aircraft, organization, person, public_body, unknown, vessel, wallet)"
            ),
        ),
        (
            "aliases: [Zentrum]",
            'aliases: ["-"]',
            "{}:14:14: entries.0.aliases: an alias without a letter or digit",
        ),
        (
            "listed_on: 2024-01-02",
            "listed_on: 2024",
            "{}:17:16: entries.0.listed_on: 2024 is not a date (write YYYY-MM-DD)",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_column(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = written(tmp_path, old, new)
    with pytest.raises(WatchlistError) as caught:
        read("yaml", path)
    assert str(caught.value) == message.format(path)


def test_an_id_used_twice_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CONTENT + "  - {id: zentrum, name: Other}\n", encoding="utf-8")
    with pytest.raises(WatchlistError) as caught:
        read("yaml", path)
    assert str(caught.value) == (f"{path}:18:1: entries.1.id: 'zentrum' twice (first in entries.0)")


def test_yaml_outside_the_strict_subset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="is not a day of the calendar"):
        read("yaml", written(tmp_path, "2024-01-02", "2024-02-30"))


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- 1\n")
    with pytest.raises(WatchlistError, match="a mapping is expected"):
        read("yaml", path)


def test_two_embedded_files_of_one_list_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data/watchlist"
    folder.mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(CONTENT, encoding="utf-8")
    with pytest.raises(WatchlistError, match="list 'own' twice"):
        embedded(tmp_path)


def test_a_rules_folder_without_lists_has_none(tmp_path: Path) -> None:
    assert embedded(tmp_path) == ()


# What ships --------------------------------------------------------------------------------------


def test_the_shipped_lists_are_marked_as_excerpts_with_their_size() -> None:
    counts = {watchlist.id: len(watchlist.listings) for watchlist in embedded()}
    assert counts == {
        "bis-744-22": 9,
        "bis-entity-list": 151,
        "bis-meu": 10,
        "dow-1260h": 29,
        "dow-1286": 12,
        "ofac-consolidated": 3,
        "ofac-nscmic": 18,
        "ofac-sdn": 6,
    }
    assert not any(watchlist.complete for watchlist in embedded())
    assert all(watchlist.note and watchlist.title and watchlist.url for watchlist in embedded())


def test_every_shipped_entry_has_a_kind_a_country_and_a_ground() -> None:
    for watchlist in embedded():
        for listing in watchlist.listings:
            assert listing.kind != "unknown", listing
            assert listing.countries, listing
            assert listing.citation or listing.programmes, listing


@cache
def shipped() -> NameIndex:
    return NameIndex.build(embedded())


def hits(name: str) -> list[tuple[str, str]]:
    return [(hit.listing.list_id, hit.listing.id) for hit in shipped().search(name)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("科大讯飞股份有限公司 / iFLYTEK Co., Ltd.", ("bis-entity-list", "iflytek")),
        (
            "NETTRIX INFORMATION INDUSTRY CO LTD",
            ("bis-entity-list", "nettrix-information-industry-co-ltd"),
        ),
        ("Inspur Group Co., Ltd.", ("bis-entity-list", "inspur-group-co-ltd")),
        ("IEIT Systems", ("bis-entity-list", "inspur-electronic-information-industry-co-ltd")),
        ("CSCC", ("bis-entity-list", "national-university-of-defense-technology")),
        ("Central South CAD Center", ("dow-1286", "national-university-of-defense-technology")),
        (
            "National Supercomputer Centre in Guangzhou",
            ("bis-entity-list", "national-supercomputing-center-guangzhou"),
        ),
        ("Sichuan University", ("bis-entity-list", "sichuan-university")),
        (
            "Beihang University",
            ("bis-entity-list", "beijing-university-of-aeronautics-and-astronautics"),
        ),
        ("Huawei Cloud (Singapore)", ("bis-entity-list", "huawei-cloud-singapore-sg")),
        ("SenseTime Group Inc", ("dow-1260h", "sensetime-group-inc")),
        ("商湯集團有限公司", ("ofac-nscmic", "sensetime-group-limited")),
        ("Tencent Holdings", ("dow-1260h", "tencent-holdings-limited")),
        ("Fudan Microelectronics", ("bis-entity-list", "shanghai-fudan-microelectronics-co-ltd")),
        (
            "Joint Staff Department Intelligence Bureau",
            ("bis-744-22", "cn-joint-staff-department-intelligence-bureau"),
        ),
        ("Positive Technologies JSC", ("ofac-sdn", "31455")),
        ("LETRI", ("bis-meu", "avic-leihua-electronic-technology-research-institute")),
    ],
)
def test_a_listed_party_is_found(name: str, expected: tuple[str, str]) -> None:
    assert expected in hits(name)


@pytest.mark.parametrize(
    "name",
    [
        "Jinhe Recommendation Technology (Beijing) Co., Ltd.",
        "Cendana Retail (Shanghai) Ltd",
        "Meridian Lattice Technology (Shanghai)",
        "Nordhavn Compute DAC",
        "Rimba Data Sdn. Bhd.",
        "Volzhskaya Analitika OOO",
        "Spreewald Rechenzentrum GmbH",
        "Lumbung Telekom Tbk",
        "Bluewattle Cloud Pty Ltd",
        "Harbour Fjord Systems Inc.",
        "Galaxy",
        "Galaxy Electronics",
        "Tianjin Normal University",
        "Shenzhen University",
        "Beijing University",
        "Ltd",
        "China",
    ],
)
def test_an_ordinary_party_is_left_in_peace(name: str) -> None:
    assert hits(name) == []


def test_fudan_university_is_only_on_the_research_list() -> None:
    assert hits("Fudan University") == [("dow-1286", "fudan-university")]


def test_footnote_four_and_the_listing_day_come_from_the_file() -> None:
    lists = {watchlist.id: watchlist for watchlist in embedded()}
    entry = {listing.id: listing for listing in lists["bis-entity-list"].listings}
    assert entry["iflytek"].footnotes == ("4",)
    assert entry["iflytek"].listed_on == date(2019, 10, 9)
    assert (
        entry["iflytek"].citation
        == "84 FR 54004, 10/9/19; 85 FR 44159, 7/22/20; 87 FR 62202, 10/13/22"
    )
    assert entry["sichuan-university"].listed_on == date(2012, 9, 19)
    assert entry["huawei-technologies-co-ltd"].footnotes == ("1", "2")
    # Printed on 2025-03-28, in force from 2025-03-25: that day is known of this rule.
    assert entry["nettrix-information-industry-co-ltd"].active(date(2025, 3, 24)) is Truth.FALSE
    assert entry["nettrix-information-industry-co-ltd"].active(date(2025, 3, 25)) is Truth.TRUE
    assert entry["inspur-taiwan-tw"].active(date(2025, 3, 25)) is Truth.TRUE
    # Of another the day of printing alone is known: the days before it are not "not listed".
    huawei = entry["huawei-technologies-co-ltd"]
    days = [date(2019, 5, 6), date(2019, 5, 7), date(2019, 5, 20), date(2019, 5, 21)]
    assert [str(huawei.active(day)) for day in days] == ["false", "unknown", "unknown", "true"]
    fudan = entry["shanghai-fudan-microelectronics-co-ltd"]
    assert fudan.addresses[0] == "No. 220, Handan Rd., Shanghai, China"
    units = [listing for listing in entry.values() if listing.id.startswith("inspur")]
    assert [unit.listed_on for unit in units].count(date(2025, 3, 25)) == 6
