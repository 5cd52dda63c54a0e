"""Every shipped entry against the publisher's file it was taken from."""

from __future__ import annotations

import csv
import gzip
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compliance.watchlists import Listing, embedded

DATA = Path(__file__).resolve().parents[4] / ".." / "shared" / "data"
SOURCES = {
    "bis-entity-list": "bis_entity_list.json.gz",
    "bis-meu": "bis_meu.json",
    "dow-1260h": "dow_1260h.json",
    "dow-1286": "dow_1286.json",
    "ofac-nscmic": "ofac_nscmic.json",
}
# Printed on the first day, in force since the second: 90 FR 14046.
EFFECTIVE = {date(2025, 3, 28): date(2025, 3, 25)}
NAMED_ELSEWHERE = {("dow-1286", "fudan-university")}  # in the FY2025 list, tested below
LISTS = {watchlist.id: watchlist for watchlist in embedded()}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the publishers' files are not beside the project"
    ),
]


@cache
def source(name: str) -> list[dict[str, Any]]:
    path = DATA / "us_lists_2026-07" / SOURCES[name]
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    entities: list[dict[str, Any]] = json.loads(content)["entities"]
    return entities


def squeezed(text: str | None) -> str:
    """Letters and digits only: line breaks and punctuation of the conversion do not count."""
    return re.sub(r"[^0-9A-Za-z\u0080-\uffff]", "", text or "").replace("…", "")


def first_cited(text: str) -> date | None:
    days = []
    for month, day, year in re.findall(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text):
        full = int(year) if len(year) == 4 else 2000 + int(year)
        days.append(date(full, int(month), int(day)))
    return min(days, default=None)


def matching(listing: Listing) -> list[dict[str, Any]]:
    """The source rows with the listing's name and aliases (one name may stand in two countries)."""
    wanted = sorted(map(squeezed, listing.aliases))
    return [
        row
        for row in source(listing.list_id)
        if row["name"] == listing.name and sorted(map(squeezed, row["aliases"])) == wanted
    ]


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_each_entry_stands_in_the_source_with_all_its_aliases(name: str) -> None:
    entries = [e for e in LISTS[name].listings if (name, e.id) not in NAMED_ELSEWHERE]
    assert [entry.id for entry in entries if not matching(entry)] == []


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_the_size_of_the_whole_list_is_the_sources(name: str) -> None:
    assert LISTS[name].entries_total == len(source(name))


@pytest.mark.parametrize("name", ["bis-entity-list", "bis-meu", "dow-1260h"])
def test_each_citation_is_the_sources(name: str) -> None:
    for listing in LISTS[name].listings:
        cited = {squeezed(row["federal_register"]) for row in matching(listing)}
        assert squeezed(listing.citation) in cited, listing.id


@pytest.mark.parametrize("name", ["bis-entity-list", "bis-meu"])
def test_each_listing_day_is_that_of_the_earliest_cite_or_its_effective_day(name: str) -> None:
    undated = []
    for listing in LISTS[name].listings:
        days = {first_cited(row["federal_register"]) for row in matching(listing)}
        if days == {None}:
            undated.append(listing.id)
        else:
            known = {EFFECTIVE.get(day, day) for day in days if day is not None}
            assert listing.listed_on in known, listing.id
    assert undated == (["new-h3c-semiconductor-technologies-co-ltd"] if "entity" in name else [])


@pytest.mark.parametrize("name", ["bis-entity-list", "bis-meu", "ofac-nscmic"])
def test_each_address_is_part_of_the_sources(name: str) -> None:
    for listing in LISTS[name].listings:
        texts = [squeezed(row["address"]) for row in matching(listing)]
        for address in listing.addresses:
            assert any(squeezed(address) in text for text in texts), (listing.id, address)


def test_each_footnote_ends_the_sources_license_requirement() -> None:
    for listing in LISTS["bis-entity-list"].listings:
        notes = [row["notes"].rstrip(". ") for row in matching(listing)]
        last = listing.footnotes[-1] if listing.footnotes else ")R"
        assert any(note[-1] in last for note in notes), (listing.id, notes)


def test_each_securities_listing_has_the_publishers_day_and_number() -> None:
    for listing in LISTS["ofac-nscmic"].listings:
        notes = " ".join(row["notes"] for row in matching(listing))
        assert listing.listed_on is not None
        assert listing.listed_on.strftime("%d %b %Y") in notes, listing.id
        assert all(identifier.value in notes for identifier in listing.identifiers), listing.id


def test_fudan_university_is_in_the_later_research_list() -> None:
    path = DATA / "other_lists" / "us_section_1286.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["name"] == "Fudan University"]
    assert [row["report-date"] for row in rows] == ["2025"]


def test_each_blocked_party_stands_in_the_publishers_files_with_its_aliases() -> None:
    with gzip.open(DATA / "csl/consolidated_2022-05.csv.gz", "rt", encoding="utf-8") as file:
        rows = {
            row["entity_number"]: row for row in csv.DictReader(file) if "(SDN)" in row["source"]
        }
    for listing in LISTS["ofac-sdn"].listings:
        row = rows[listing.id]
        aliases = {alias.strip() for alias in row["alt_names"].split(";")}
        programmes = {programme.strip() for programme in row["programs"].split(";")}
        assert (row["name"], aliases) == (listing.name, set(listing.aliases))
        assert programmes == set(listing.programmes)
        assert all(identifier.value in row["ids"] for identifier in listing.identifiers)


def test_each_dated_military_company_stands_in_an_earlier_list_of_that_day() -> None:
    path = DATA / "other_lists" / "us_dod_chinese_milcorps.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dated = [listing for listing in LISTS["dow-1260h"].listings if listing.listed_on]
    assert dated
    for listing in dated:
        named = [row for row in rows if row["Clean Name"].strip() == listing.name]
        assert listing.listed_on == min(date.fromisoformat(r["Start date"]) for r in named)
        assert [row["End date"] for row in named] == [""] * len(named)
