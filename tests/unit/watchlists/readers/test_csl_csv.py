"""watchlists.csl_csv: the Consolidated Screening List, from the real files and from small ones."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Dated, Identifier, Listing, Watchlist, read
from compliance.watchlists.readers.csl_csv import COLUMNS, read_csv
from readers import by_id, refused

WHOLE = "consolidated_2022-05.csv.gz"
CURRENT = "consolidated_sample_current_header.csv"
OLD = "csl_sample_2019_old_header.csv"


@pytest.fixture(scope="module")
def whole(shared: Path) -> Watchlist:
    return read_csv(shared / "csl" / WHOLE)


@pytest.fixture(scope="module")
def current(shared: Path) -> Watchlist:
    return read_csv(shared / "csl" / CURRENT)


@pytest.fixture(scope="module")
def old(shared: Path) -> Watchlist:
    return read_csv(shared / "csl" / OLD)


def write(folder: Path, *rows: dict[str, str], without: str = "") -> Path:
    path = folder / "csl.csv"
    header = sorted(COLUMNS - {without} | {column for row in rows for column in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows({"source": "Entity List (EL) - BIS", "name": "A", **row} for row in rows)
    return path


def only(folder: Path, **row: str) -> Listing:
    (found,) = read_csv(write(folder, row)).listings
    return found


def refusal(path: Path) -> str:
    return refused(read_csv, path, "csl.csv")


@pytest.mark.shared
def test_the_whole_list_of_2022_is_counted_by_source(whole: Watchlist) -> None:
    assert (whole.id, whole.published, whole.complete) == ("ita-csl", None, True)
    assert Counter(found.programmes[0] for found in whole.listings) == {
        "SDN": 10026,
        "EL": 2001,
        "DTC": 727,
        "DPL": 462,
        "SSI": 290,
        "UVL": 201,
        "ISN": 163,
        "PLC": 78,
        "MEU": 71,
        "CMIC": 68,
        "CAP": 53,
        "NS-MBS": 17,
        "FSE": 3,
    }


@pytest.mark.shared
def test_the_whole_list_of_2022_is_read_in_every_field(whole: Watchlist) -> None:
    listings = whole.listings
    assert Counter(found.kind for found in listings) == {
        "person": 5286,
        "organization": 4533,
        "unknown": 3625,
        "vessel": 433,
        "aircraft": 283,
    }
    schemes = Counter(number.scheme for found in listings for number in found.identifiers)
    assert schemes == {
        "passport": 1657,
        "tax": 817,
        "national_id": 711,
        "registration": 1071,
        "imo": 439,
        "wallet": 337,
        "swift": 177,
        "isin": 163,
        "uscc": 68,
        "tail_number": 60,
        "mmsi": 57,
        "lei": 19,
    }
    assert Counter(found.gender for found in listings) == {None: 11756, "male": 2143, "female": 261}
    assert sum(found.listed_on is not None for found in listings) == 2523
    assert sum(len(found.birth_dates) for found in listings) == 5858


@pytest.mark.shared
def test_only_a_denial_ends(whole: Watchlist) -> None:
    ended = Counter(found.programmes[0] for found in whole.listings if found.delisted_on)
    assert ended == {"DPL": 417}


@pytest.mark.shared
def test_every_id_is_unique_and_only_one_is_numbered(whole: Watchlist) -> None:
    ids = [found.id for found in whole.listings]
    assert len(set(ids)) == len(ids) == 14160
    assert [id_ for id_ in ids if "#" in id_] == ["CAP:15268#2"]


@pytest.mark.shared
def test_a_party_on_two_lists_of_ofac_is_two_listings(whole: Watchlist) -> None:
    names = {by_id(whole, f"{source}:34616").name for source in ("CAP", "SDN")}
    assert names == {"ARIMERO HOLDING LIMITED"}


@pytest.mark.shared
def test_a_row_of_the_entity_list_is_read_with_everything_it_has(
    whole: Watchlist, shared: Path
) -> None:
    id_ = "EL:4398d33e9e93c7477af39f1e0bfffc13ddd47bcc"
    assert by_id(whole, id_) == Listing(
        id=id_,
        list_id="ita-csl",
        measures=("us.entity-list",),
        name="140 Repair Plant JSC",
        aliases=("Open Joint Stock Company 140 Repair Plant", "JSC 140 Repair Plant"),
        countries=("BY",),
        addresses=("19 Luysi Chalovskoy St., Borisov, 222512, BY",),
        programmes=("EL",),
        listed_on=date(2022, 4, 7),
        citation="87 FR 20299",
        license_requirement=(
            "For all items subject to the EAR. "
            "(See §§734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR.)"
        ),
        license_policy="Policy of denial.",
        source=f"{shared / 'csl' / WHOLE}:39",
    )


@pytest.mark.shared
def test_a_vessel_is_read_with_its_number_and_flag(whole: Watchlist, shared: Path) -> None:
    assert by_id(whole, "SDN:23156") == Listing(
        id="SDN:23156",
        list_id="ita-csl",
        measures=("us.sdn",),
        name="7-28",
        kind="vessel",
        countries=("KP",),
        programmes=("SDN", "DPRK4"),
        identifiers=(Identifier("imo", "8898831"),),
        remarks="(Linked To: YUSONG SHIPPING CO)",
        source=f"{shared / 'csl' / WHOLE}:66",
    )


@pytest.mark.shared
def test_a_row_of_the_current_header_is_read_with_everything_it_has(
    current: Watchlist, shared: Path
) -> None:
    assert len(current.listings) == 13
    assert by_id(current, "SDN:52291") == Listing(
        id="SDN:52291",
        list_id="ita-csl",
        measures=("us.sdn",),
        name="RIM, Ryong Nam",
        kind="person",
        countries=("CN", "KP"),
        addresses=("Shenyang, CN", "Pyongyang, KP"),
        programmes=("SDN", "NPWMD"),
        identifiers=(Identifier("passport", "836238033"),),
        source=f"{shared / 'csl' / CURRENT}:6",
        nationalities=("KP",),
        birth_dates=("1978-12-05",),
        gender="male",
    )


@pytest.mark.shared
def test_the_old_header_names_rows_without_number_by_source_and_name(old: Watchlist) -> None:
    ids = [found.id for found in old.listings]
    assert len(set(ids)) == len(ids) == 115
    assert {"SDN:20264", "EL:32 Group China Ltd.", "EL:Gunther Migeotte#5"} <= set(ids)
    assert sorted(id_ for id_ in ids if "#" in id_) == [
        "DPL:AL NASER WINGS AIRLINES#2",
        *(f"EL:Gunther Migeotte#{number}" for number in range(2, 6)),
    ]


@pytest.mark.shared
def test_a_denial_of_the_old_header_has_its_two_days(old: Watchlist) -> None:
    found = by_id(old, "DPL:ADRIAN MANUEL HERNANDEZ")
    assert (found.listed_on, found.delisted_on) == (date(2017, 10, 16), date(2020, 10, 13))
    assert found.addresses == ("3037 S. 69TH DRIVE, PHONEIX, AZ, 85043",)
    assert found.countries == ()


def test_the_reader_is_found_by_its_format_and_takes_another_id(tmp_path: Path) -> None:
    path = write(tmp_path, {"_id": "1"})
    assert read("ita-csl-csv", path) == read_csv(path)
    assert read_csv(path, "mine").id == read_csv(path, "mine").listings[0].list_id == "mine"


def test_an_end_outside_the_denied_persons_list_is_no_delisting(tmp_path: Path) -> None:
    found = only(tmp_path, end_date="2025-01-01")
    assert found.delisted_on is None
    assert found.dates == (Dated("ends", date(2025, 1, 1)),)


def test_the_numbers_are_read_in_both_orders(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        ids="PK, 2013-09-09, 4117921, Passport; Passport, U00242309, TR; Female, Gender; "
        "1Fz29, Digital Currency Address - XBT; Website, mspbank.ru; Passport",
    )
    assert found.identifiers == (
        Identifier("passport", "4117921"),
        Identifier("passport", "U00242309"),
        Identifier("wallet", "1Fz29"),
    )
    assert found.gender == "female"


def test_a_number_that_is_not_of_its_form_is_left_out(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        ids="852496527, Legal Entity Number; 25340038P8SYW80B9W34, Legal Entity Number; "
        "IMO 15411, Vessel Registration Identification; Diplomatic, Passport",
    )
    assert found.identifiers == (Identifier("lei", "25340038P8SYW80B9W34"),)


def test_several_values_lose_the_and_between_them(tmp_path: Path) -> None:
    found = only(tmp_path, alt_names="and One; HSRI; and Research 13; HSRI; Andes", programs="X; Y")
    assert found.aliases == ("and One", "HSRI", "Research 13", "Andes")
    assert found.programmes == ("EL", "X", "Y")


def test_a_source_that_the_table_of_measures_does_not_know_refuses_the_file(
    tmp_path: Path,
) -> None:
    told = refusal(write(tmp_path, {"source": "New List - State Department", "_id": "7"}))
    assert told == (
        "csl.csv: words of which the table of measures does not know what they mean: 'New List' "
        "(rules/data/measures.yaml says what each means)"
    )


def test_a_birth_is_as_exact_as_published(tmp_path: Path) -> None:
    found = only(tmp_path, dates_of_birth="1961-04-01; 1953; circa 1954; 1951 to 1953")
    assert found.birth_dates == ("1961-04-01", "1953", "1953/1955", "1951/1953")


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_each_missing_column_is_refused_with_its_line(tmp_path: Path, column: str) -> None:
    path = write(tmp_path, without=column)
    assert f"csl.csv:1:1: missing columns: {column} " in refusal(path)


def test_a_broken_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, {})
    path.write_text(path.read_text() + '"A" B,\n')
    assert "csl.csv:3:1: ',' expected after '\"'" in refusal(path)


def test_a_row_of_another_length_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, {})
    path.write_text(path.read_text() + "A,B\n")
    assert "csl.csv:3:1: 2 cells where the header has 28" in refusal(path)


def test_every_row_without_source_or_name_or_with_no_day_is_told(tmp_path: Path) -> None:
    path = write(
        tmp_path, {"name": ""}, {"source": ""}, {"start_date": "soon", "end_date": "later"}
    )
    message = refusal(path)
    assert "csl.csv:2:1: no name" in message
    assert "csl.csv:3:1: no source" in message
    assert "csl.csv:4:1: start_date 'soon' is not a day" in message
    assert "csl.csv:4:1: end_date 'later' is not a day" in message


def test_a_list_without_rows_is_refused(tmp_path: Path) -> None:
    assert "no rows" in refusal(write(tmp_path))
