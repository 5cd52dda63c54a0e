"""The format "gleif-csv": the real extract, and small ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, Watchlist, read

FILE = "gleif/lei_companies_2025-10.csv.gz"
HEADER = (
    "name,name_norm,country,lei,wikidata_qid,alias1,alias2,alias3,alias4,alias5,"
    "address,city,postal_code,source\n"
)
ROW = "AS Capital inc,as capital,CA,984500ADFQ04101A3853,,,,,,,4010 RUE,Jonquière,G7X,GLEIF\n"


@pytest.fixture(scope="module")
def gleif(shared: Path) -> Watchlist:
    return read("gleif-csv", shared / FILE)


def written(folder: Path, rows: str, header: str = HEADER) -> Path:
    path = folder / "lei.csv"
    path.write_text(header + rows, "utf-8")
    return path


def refusal(path: Path) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        read("gleif-csv", path)
    return str(caught.value).replace(f"{path.parent}/", "").splitlines()


@pytest.mark.shared
def test_the_extract_is_read_whole(gleif: Watchlist) -> None:
    assert (gleif.id, gleif.complete, gleif.published) == ("gleif", False, None)
    assert gleif.note == (
        "an extract of a register; 45 rows without a name left out; 1 LEI with wrong check digits"
    )
    assert len(gleif.listings) == len({x.id for x in gleif.listings}) == 4955
    schemes = Counter(number.scheme for x in gleif.listings for number in x.identifiers)
    assert schemes == {"lei": 4950, "wikidata": 1}
    assert Counter(x.kind for x in gleif.listings) == {"unknown": 4955}
    assert sum(len(x.addresses) for x in gleif.listings) == 4950
    assert len({code for x in gleif.listings for code in x.countries}) == 77


@pytest.mark.shared
def test_an_entity_is_read_with_everything_it_has(gleif: Watchlist, shared: Path) -> None:
    assert gleif.listings[2] == Listing(
        id="984500ADFQ04101A3853",
        list_id="gleif",
        name="AS Capital inc",
        countries=("CA",),
        addresses=("4010 RUE des Mouettes, Jonquière, G7X 0M5",),
        identifiers=(Identifier("lei", "984500ADFQ04101A3853"),),
        remarks="Source: GLEIF",
        source=f"{shared / FILE}:4",
    )


@pytest.mark.shared
def test_a_broken_lei_identifies_nobody(gleif: Watchlist) -> None:
    (microsoft,) = (x for x in gleif.listings if x.name == "Microsoft Corporation")
    assert microsoft.identifiers == (Identifier("wikidata", "Q2283"),)
    assert microsoft.aliases == ("Microsoft Corp", "MSFT", "Microsoft")
    assert microsoft.remarks == "Source: Wikidata; not a valid LEI: 549300FX7K9QRXDE7E94"


def test_rows_without_lei_have_ids_of_their_own(tmp_path: Path) -> None:
    row = ROW.replace("984500ADFQ04101A3853", "").replace("GLEIF", "ASX")
    ids = [x.id for x in read("gleif-csv", written(tmp_path, row * 2)).listings]
    assert len(set(ids)) == 2
    assert all(each.startswith("ASX:") for each in ids)


def test_rows_without_a_name_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = ROW + "-,-,DE,529900T8BM49AURSDO55,,,,,,,,,,GLEIF\n"
    found = read("gleif-csv", written(tmp_path, rows))
    assert len(found.listings) == 1
    assert "1 rows without a name" in found.note


def test_every_defect_is_told(tmp_path: Path) -> None:
    rows = ROW + ROW + ROW.replace("CA,984500ADFQ04101A3853", "Atlantis,")
    assert refusal(written(tmp_path, rows)) == [
        "lei.csv:3:1: LEI 984500ADFQ04101A3853 twice: first on line 2",
        "lei.csv:4:1: 'Atlantis' is not a country",
    ]


def test_another_header_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    (message,) = refusal(written(tmp_path, ROW, HEADER.replace("lei,", "LEI,")))
    assert message.startswith("lei.csv:1:1: missing columns: lei (found: ")
    assert refusal(written(tmp_path, "")) == ["lei.csv: no rows"]
    assert refusal(written(tmp_path, "A,B\n")) == ["lei.csv:2:1: 2 cells where the header has 14"]
