"""The "bis-dpl-tsv" format, on the real file and on small defective ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.model.truth import Truth
from compliance.watchlists import Listing, Watchlist, read
from compliance.watchlists.listing import Dated

HEADER = (
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
)
ROW = dict(zip(HEADER, ("QORVEX", "1 ROAD", "HANOI", "", "VN", "", "02/10/2022"), strict=False))


def row(**changes: str) -> tuple[str, ...]:
    return tuple({**dict.fromkeys(HEADER, ""), **ROW, **changes}.values())


def written(tmp_path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    path = tmp_path / "dpl.txt"
    lines = ["\t".join(f'"{cell}"' for cell in cells) + "\n" for cells in (header, *rows)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def messages(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("bis-dpl-tsv", path)
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


@pytest.fixture(scope="module")
def denied(shared: Path) -> Watchlist:
    return read("bis-dpl-tsv", shared / "bis" / "dpl_2022.txt")


@pytest.mark.shared
def test_the_real_list_is_read_with_the_measured_counts(denied: Watchlist) -> None:
    listings = denied.listings
    assert (denied.id, denied.publisher, denied.published) == ("bis-dpl", "BIS", None)
    assert denied.entries_total == len(listings) == len({listing.id for listing in listings}) == 581
    assert sum(listing.delisted_on is None for listing in listings) == 53
    assert sum(bool(listing.countries) for listing in listings) == 378
    assert sum(len(listing.aliases) for listing in listings) == 2
    assert all(listing.listed_on and listing.addresses for listing in listings)
    assert sum(listing.citation is None for listing in listings) == 1
    assert sum(listing.active(date(2022, 9, 1)) is Truth.TRUE for listing in listings) == 580


@pytest.mark.shared
def test_a_denied_person_is_read_whole(denied: Watchlist) -> None:
    assert replace(denied.listings[0], source="") == Listing(
        id="d2379f3adda9cafa",
        list_id="bis-dpl",
        measures=("us.denied-person",),
        name="I. ASH",
        countries=("US",),
        addresses=(
            (
                "UPON THE DATE OF THE ORDER INCARCERATED AT USM NO: 26265-177, FCI SEAGOVILLE, "
                "2113 NORTH HIGHWAY 175, SEAGOVILLE, TX, US, 75159"
            ),
        ),
        listed_on=date(2003, 6, 19),
        delisted_on=date(2056, 6, 29),
        citation="68 F.R. 38290 6/27/03 71 F.R. 38843 7/10/06 72 F.R. 4236 1/30/07",
        remarks="Standard order: Y; Action: FEDERAL REGISTER NOTICE UPDATED",
        dates=(Dated("updated", date(2007, 1, 31)),),
    )
    assert denied.listings[0].source.endswith("dpl_2022.txt:2")


@pytest.mark.shared
def test_names_that_the_file_joins_are_a_name_and_an_alias(denied: Watchlist) -> None:
    joined = [(entry.name, entry.aliases) for entry in denied.listings if entry.aliases]
    assert joined == [
        ("FUYI SUN", ("FRANK SUN",)),
        ("SIBERIAN AIRLINES", ("S7 AIRLINES",)),
    ]


@pytest.mark.shared
def test_the_two_rows_that_the_file_repeats_have_ids_of_their_own(denied: Watchlist) -> None:
    for name in ("DAQING ZHOU", "NEI-CHIEN CHU"):
        entries = [entry for entry in denied.listings if entry.name == name]
        same = {replace(entry, id="", source="") for entry in entries}
        assert len(same) < len(entries) == len({entry.id for entry in entries})


def test_a_denial_runs_from_its_effective_day_to_the_day_it_ends(tmp_path: Path) -> None:
    path = written(tmp_path, row(Expiration_Date="01/14/2026"))
    (entry,) = read("bis-dpl-tsv", path, id="mine").listings
    assert entry.list_id == "mine"
    days = (date(2022, 2, 9), date(2022, 2, 10), date(2026, 1, 13), date(2026, 1, 14))
    assert [entry.active(day) for day in days] == [
        Truth.FALSE,
        Truth.TRUE,
        Truth.TRUE,
        Truth.FALSE,
    ]


def test_a_denial_without_end_and_a_country_that_is_none_are_not_guessed(tmp_path: Path) -> None:
    (entry,) = read("bis-dpl-tsv", written(tmp_path, row(Country="NM"))).listings
    assert (entry.delisted_on, entry.countries, entry.remarks) == (None, (), None)
    assert entry.active(date(2099, 1, 1)) is Truth.TRUE


def test_ids_do_not_change_with_an_update(tmp_path: Path) -> None:
    (before,) = read("bis-dpl-tsv", written(tmp_path, row())).listings
    updated = row(Action="RENEWED", Last_Update="2024-01-02", Expiration_Date="01/14/2026")
    other, after = read("bis-dpl-tsv", written(tmp_path, row(City="HUE"), updated)).listings
    assert before.id == after.id != other.id


def test_a_missing_column_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, row()[:-1], header=HEADER[:-1])
    assert messages(path) == ["1: missing columns: FR_Citation"]


def test_an_unknown_column_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, (*row(), "x"), header=(*HEADER, "Motto"))
    assert messages(path) == ["1: unknown columns: Motto"]


def test_a_row_of_another_length_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, row(), row()[:-1])
    assert messages(path) == ["3: 11 cells where the header has 12"]


def test_every_bad_day_and_missing_name_is_reported_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        row(Effective_Date="", Last_Update="soon"),
        row(),
        row(Name="", Expiration_Date="13/13/2020"),
    )
    assert messages(path) == [
        "2: Effective_Date is not a day: ''",
        "2: Last_Update is not a day: 'soon'",
        "4: Expiration_Date is not a day: '13/13/2020'",
        "4: no Name",
    ]


def test_a_header_alone_is_no_list(tmp_path: Path) -> None:
    assert messages(written(tmp_path)) == ["0: no rows"]
