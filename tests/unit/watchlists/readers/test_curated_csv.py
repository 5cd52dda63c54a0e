"""The curated CSV files that the shipped mappings read: the real ones, whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.tables.embedded import rules_path
from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists.readers.mapping import load

FILES = {
    "cn-sanctions-csv": "cn_sanctions.csv",
    "us-1260h-csv": "us_dod_chinese_milcorps.csv",
    "us-1286-csv": "us_section_1286.csv",
    "us-353-csv": "us_section_353.csv",
    "us-cuba-csv": "us_cuba_restricted_entities.csv",
    "us-fincen-csv": "us_fincen_special_measures.csv",
}
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def lists(shared: Path) -> dict[str, Watchlist]:
    return {name: read(name, shared / "other_lists" / file) for name, file in FILES.items()}


def entry(watchlist: Watchlist, name: str) -> Listing:
    """The one entry, or the newest, of a name."""
    return [listing for listing in watchlist.listings if listing.name == name][-1]


def totals(watchlist: Watchlist) -> dict[str, int]:
    several = ("aliases", "countries", "addresses", "identifiers")
    found = {name: sum(len(getattr(x, name)) for x in watchlist.listings) for name in several}
    for name in ("listed_on", "delisted_on"):
        found[name] = sum(getattr(x, name) is not None for x in watchlist.listings)
    return found | {"ids": len({x.id for x in watchlist.listings})}


def standing(watchlist: Watchlist, *days: str) -> list[int]:
    """How many entries are in force on each day."""
    return [
        sum(str(x.active(date.fromisoformat(day))) == "true" for x in watchlist.listings)
        for day in days
    ]


def test_every_shipped_mapping_has_its_format(lists: dict[str, Watchlist]) -> None:
    files = sorted((rules_path() / "data/lists/mappings").glob("*.yaml"))
    of_json = {"bis_entity_list.yaml", "us_list.yaml"}
    ids = [
        load(file, "csv", shipped=True).metadata["id"] for file in files if file.name not in of_json
    ]
    assert sorted(watchlist.id for watchlist in lists.values()) == sorted(ids)


def test_the_kinds_are_counted(lists: dict[str, Watchlist]) -> None:
    assert {name: Counter(x.kind for x in found.listings) for name, found in lists.items()} == {
        "cn-sanctions-csv": {"organization": 415, "person": 195},
        "us-1260h-csv": {"organization": 397},
        "us-1286-csv": {"organization": 443},
        "us-353-csv": {"person": 167},
        "us-cuba-csv": {"organization": 239},
        "us-fincen-csv": {"organization": 356, "unknown": 74, "person": 48, "public_body": 12},
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cn-sanctions-csv", (557, 532, 78, 91, 609, 3, 610)),
        ("us-1260h-csv", (239, 0, 0, 0, 397, 21, 397)),
        ("us-1286-csv", (526, 150, 0, 0, 0, 7, 443)),
        ("us-353-csv", (0, 167, 0, 0, 0, 167, 167)),
        ("us-cuba-csv", (57, 0, 0, 0, 239, 0, 239)),
        ("us-fincen-csv", (175, 404, 51, 3, 0, 0, 490)),
    ],
)
def test_everything_is_counted(
    lists: dict[str, Watchlist], name: str, expected: tuple[int, ...]
) -> None:
    assert tuple(totals(lists[name]).values()) == expected


def test_1260h_has_each_company_of_each_list_with_its_end(lists: dict[str, Watchlist]) -> None:
    found = lists["us-1260h-csv"]
    assert Counter(x.listed_on for x in found.listings) == {
        date(2021, 6, 3): 47,
        date(2022, 10, 5): 13,
        date(2024, 1, 31): 16,
        date(2025, 1, 7): 133,
        date(2026, 6, 8): 188,
    }
    days = ("2021-06-02", "2021-06-03", "2024-01-30", "2024-01-31", "2026-02-16", "2026-02-17")
    assert standing(found, *days) == [0, 47, 60, 73, 200, 188]
    assert standing(found, "2026-06-07", "2026-06-08") == [188, 376]
    assert entry(found, "Beijing Zhidao Chuangyu Information Technology Co., Ltd.").aliases == (
        "Knownsec",
    )
    assert found.listings[12].aliases == ("Knownsec", "Beijing Kownsec")


def test_a_company_of_1260h_has_its_parent_and_its_name_as_published(
    lists: dict[str, Watchlist], shared: Path
) -> None:
    assert lists["us-1260h-csv"].listings[4] == Listing(
        id="efe5782e1881e222",
        list_id="dow-1260h",
        measures=("us.1260h",),
        name="AVIC Aviation High-Technology Company Limited",
        aliases=("AVIC Aviation Hi-Tech",),
        kind="organization",
        programmes=("1260H",),
        listed_on=date(2021, 6, 3),
        remarks=(
            "Parent: Aviation Industry Corporation of China Ltd.; As published: "
            "AVIC Aviation High-Technology Company Limited (AVIC Aviation Hi-Tech)*"
        ),
        source=f"{shared / 'other_lists/us_dod_chinese_milcorps.csv'}:6",
    )


def test_1286_ends_on_a_day_or_with_its_year(lists: dict[str, Watchlist]) -> None:
    found = lists["us-1286-csv"]
    assert {x.name: x.delisted_on for x in found.listings if x.delisted_on} == {
        "Institute of High Energy Physics": date(2026, 7, 23),
        "Lomonosov Moscow State University": date(2026, 7, 23),
        "Mabna Institute": date(2026, 7, 23),
        "Moscow Order of the Red Banner of Labor Research Radio Engineering Institute JSC": date(
            2026, 7, 23
        ),
        "Naval Service Academy": date(2027, 1, 1),
    }
    assert standing(found, "2026-07-22", "2026-07-23", "2026-12-31", "2027-01-01") == [
        443, 437, 437, 436,
    ]  # fmt: skip
    assert Counter(c for x in found.listings for c in x.countries) == {"CN": 108, "RU": 33, "IR": 9}


def test_all_of_section_353_ended_with_december_2023(lists: dict[str, Watchlist]) -> None:
    found = lists["us-353-csv"]
    assert standing(found, "2023-12-31", "2024-01-01") == [167, 0]
    countries = Counter(code for x in found.listings for code in x.countries)
    assert countries == {"GT": 50, "HN": 48, "NI": 40, "SV": 29}


def test_fincen_tells_what_a_party_is_in_its_measure(
    lists: dict[str, Watchlist], shared: Path
) -> None:
    found = lists["us-fincen-csv"]
    said = Counter(text for x in found.listings for text in x.programmes if ": " in text)
    assert said == {
        "relationship: target": 181,
        "relationship: related": 153,
        "relationship: self": 64,
        "relationship: subsidiary": 46,
        "relationship: owner": 46,
        "topic: reg.warn": 205,
        "topic: sanction.linked": 129,
        "topic: sanction": 13,
    }
    (huione,) = (x for x in found.listings if x.id == "0b6f5c13ddcbd680")
    assert huione == Listing(
        id="0b6f5c13ddcbd680",
        list_id="us-fincen",
        measures=("us.fincen-311",),
        name="Huione Crypto",
        aliases=("Huione Crypto Spółka Z Ograniczoną Odpowiedzialnością", "Huione Exchange"),
        kind="organization",
        countries=("PL",),
        programmes=("Huione Group", "relationship: subsidiary", "topic: sanction"),
        identifiers=(Identifier("registration", "KRS 0001043802"),),
        citation=(
            "https://www.federalregister.gov/public-inspection/2025-07837/special-measure-"
            "regarding-huione-group-as-a-foreign-financial-institution-of-primary-money"
        ),
        remarks=(
            "registered in Poland; FinCEN assesses that Huione Crypto operates in and from Cambodia"
        ),
        source=f"{shared / 'other_lists/us_fincen_special_measures.csv'}:150",
    )


def test_a_place_that_is_no_country_stays_in_the_remarks(lists: dict[str, Watchlist]) -> None:
    unplaced = [x.remarks for x in lists["us-fincen-csv"].listings if "Country: " in str(x.remarks)]
    assert unplaced == [
        f"licensed in the “{place}” in 1993 as an offshore bank; "
        f"Country: Turkish Republic of Northern Cyprus"
        for place in ("Turkish Republic of Northern Cyprus", "TRNC")
    ]


def test_the_cuba_list_is_in_force_from_its_dates(lists: dict[str, Watchlist]) -> None:
    found = lists["us-cuba-csv"]
    days = ("2025-02-05", "2025-02-06", "2025-03-10", "2025-07-13", "2025-07-14")
    assert standing(found, *days) == [0, 230, 231, 231, 239]
    assert entry(found, "Blau Marina Varadero Resort").aliases == (
        "Fiesta Americana Punta Varadero",
        "Fiesta Club Adults Only",
    )


def test_chinese_countermeasures_have_chinese_names_and_ends(
    lists: dict[str, Watchlist], shared: Path
) -> None:
    found = lists["cn-sanctions-csv"]
    assert entry(found, "Skyla") == Listing(
        id="17888c27dac106fa",
        list_id="cn-sanctions",
        name="Skyla",
        aliases=("天亮医疗",),
        kind="organization",
        countries=("TW",),
        programmes=("topic: sanction",),
        listed_on=date(2022, 8, 3),
        delisted_on=date(2023, 7, 13),
        citation="http://www.gwytb.gov.cn/xwdt/xwfb/wyly/202208/t20220803_12457720.htm",
        remarks="Body: Taiwan Affairs Office of the State Council",
        source=f"{shared / 'other_lists/cn_sanctions.csv'}:83",
    )
    assert [x.name for x in found.listings if x.listed_on is None] == [
        "Alliance of Democracies Foundation"
    ]
    assert Counter(c for x in found.listings for c in x.countries)["JP"] == 83


@pytest.mark.parametrize(("name", "file"), FILES.items())
def test_another_file_is_refused_by_the_mapping_and_the_header(
    shared: Path, tmp_path: Path, name: str, file: str
) -> None:
    text = (shared / "other_lists" / file).read_text("utf-8-sig")
    header, _, rows = text.partition("\n")
    column = header.strip().rsplit(",", 1)[1]
    path = tmp_path / file
    path.write_text(f"{header.strip()}x\n{rows}", "utf-8")
    with pytest.raises(WatchlistError) as caught:
        read(name, path)
    lines = str(caught.value).splitlines()
    unknown = f"{path}:1:1: unknown column '{column}x' (map it, or name it in ignored)"
    missing = f"{file} has no column {column!r} (did you mean '{column}x'?)"
    assert unknown in lines
    assert [line for line in lines if line != unknown and not line.endswith(missing)] == []
    assert len(lines) >= 2
