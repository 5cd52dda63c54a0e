"""EU listings per act, by the example: the real files and small ones."""

from __future__ import annotations

import csv
import gzip
import hashlib
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from compliance.watchlists import Identifier, Listing, Watchlist, read
from compliance.watchlists.readers.mapped import named_columns
from compliance.watchlists.readers.mapping import load
from readers import by_id, refused
from unit.watchlists.readers.third_parties import EXAMPLES, mapped

MAPPING = EXAMPLES / "eu_journal.yaml"
KINDS = frozenset(("celex", "amendedCelex", "amendmentCelex"))
COLUMNS = {column for _, column in named_columns(load(MAPPING, "csv"))} - KINDS
ROW = {
    "celex": "32014R0269",
    "recordId": "1",
    "programKey": "EU-UKR",
    "annex": "I.PERSONS",
    "measure": "Asset freeze",
    "schema": "Person",
    "name": "A",
}


@pytest.fixture(scope="module")
def whole(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Watchlist:
    return mapped("eu-journal", shared, tmp_path_factory.mktemp("eu"))


def read_journal(folder: Path) -> Watchlist:
    shutil.copy(MAPPING, folder)
    return read("mapped-csv", folder / MAPPING.name)


def write(folder: Path, *rows: dict[str, str], name: str = "32014R0269.csv") -> Path:
    """A file of the folder "consolidated", or "amendments" where its rows are; the whole folder."""
    kinds = {key for row in rows for key in row} or {"celex"}
    path = folder / ("amendments" if "amendedCelex" in kinds else "consolidated") / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, sorted(COLUMNS | kinds), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def amendment(**row: str) -> dict[str, str]:
    plain = {key: value for key, value in ROW.items() if key != "celex"}
    return {**plain, "amendedCelex": "32014R0269", "amendmentCelex": "32026R1843", **row}


def only(folder: Path, **row: str) -> Listing:
    (found,) = read_journal(write(folder, {**ROW, **row})).listings
    return found


def refusal(path: Path) -> str:
    return refused(read_journal, path, "PATH")


@pytest.mark.shared
def test_every_row_of_the_real_folder_is_a_listing(whole: Watchlist) -> None:
    assert (whole.id, whole.published, whole.complete) == ("eu-journal", None, True)
    assert len(whole.listings) == len({found.id for found in whole.listings}) == 8434
    amended = [found for found in whole.listings if "amended by" in (found.citation or "")]
    assert len(amended) == 417
    assert Counter(found.kind for found in whole.listings) == {
        "person": 4576,
        "organization": 3070,
        "vessel": 752,
        "unknown": 36,
    }
    assert Counter(found.programmes[1] for found in whole.listings) == {
        "Asset freeze": 6453,
        "Export control": 1003,
        "Transportation restrictions": 733,
        "Financial restrictions": 202,
        "Services ban": 32,
        "Investment ban": 11,
    }


@pytest.mark.shared
def test_the_real_folder_is_read_in_every_field(whole: Watchlist) -> None:
    listings = whole.listings
    assert sum(len(found.aliases) for found in listings) == 13301
    assert sum(len(found.weak_aliases) for found in listings) == 211
    assert sum(found.listed_on is not None for found in listings) == 8128
    assert sum(found.delisted_on is not None for found in listings) == 0
    assert sum(len(found.birth_dates) for found in listings) == 4143
    assert sum("Born: " in (found.remarks or "") for found in listings) == 22
    assert Counter(found.gender for found in listings) == {None: 4663, "male": 3257, "female": 514}
    assert sum(len(found.addresses) for found in listings) == 4933
    assert sum(len(found.countries) for found in listings) == 2883
    schemes = Counter(number.scheme for found in listings for number in found.identifiers)
    assert schemes == {
        "tax": 1722,
        "registration": 1093,
        "imo": 815,
        "passport": 633,
        "national_id": 512,
        "kpp": 242,
        "uscc": 27,
        "okpo": 18,
        "swift": 5,
        "mmsi": 4,
        "lei": 2,
        "ticker": 1,
    }


@pytest.mark.shared
def test_an_amendment_and_the_row_it_changes_are_both_listings(whole: Watchlist) -> None:
    earlier = by_id(whole, "32014R0833:XLII:629")
    later = by_id(whole, "32014R0833:XLII:629#2")
    assert (earlier.name, later.name) == ("KRITI VIGOR", "STORMBRINGER (ex KRITI VIGOR)")
    assert earlier.identifiers == later.identifiers
    assert earlier.citation == "32014R0833, Annex XLII"
    assert later.citation == "32014R0833, Annex XLII, as amended by 32026R1848"
    assert len([found for found in whole.listings if "#" in found.id]) == 13


@pytest.mark.shared
def test_a_row_is_read_with_everything_it_has(whole: Watchlist) -> None:
    found = by_id(whole, "32006R0765:I.A:55")
    assert found == Listing(
        id="32006R0765:I.A:55",
        list_id="eu-journal",
        measures=("eu.asset-freeze",),
        name="Ihar Ivanavich BUZOUSKI",
        aliases=(
            "Igor Ivanovich BUZOVSKI",
            "Ігар Іванавіч БУЗОЎСКІ",
            "Игорь Иванович БУЗОВСКИЙ",
        ),
        kind="person",
        programmes=("EU-BLR", "Asset freeze"),
        listed_on=date(2020, 11, 6),
        citation="32006R0765, Annex I.A",
        remarks=found.remarks,
        source=found.source,
        birth_dates=("1972-07-10",),
        gender="male",
    )
    assert found.source.endswith("consolidated/32006R0765.csv.gz:55")
    start, *kept = (found.remarks or "").split("; ")
    assert start.startswith("In his leadership position as Deputy Minister of Information, he is")
    born = "village of Koshelevo, Grodno/Hrodna Region/Oblast, former USSR (now Belarus)"
    assert kept == ["Position: Deputy Minister of Information", f"Place of birth: {born}"]


def test_everything_of_a_row_has_its_field(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        schema="Company",
        startDate="23.7.2026",
        reason="It makes chips.",
        alias='B; "C; D"',
        previousName="E",
        weakAlias="F",
        jurisdiction="Hong Kong",
        nationality="Russian; Iran",
        address="1 Road, Kursk, Russian Federation; Paris",
        registrationNumber="7725842590 (INN), 5087746394269 (OGRN); 91210283MAC567EQ70 (USCC)",
        innCode="123",
        swiftBic="JSNMRUMM",
        phone="+7 1",
    )
    assert found == Listing(
        id="32014R0269:I.PERSONS:1",
        list_id="eu-journal",
        measures=("eu.asset-freeze",),
        name="A",
        aliases=("B", "C; D", "E"),
        weak_aliases=("F",),
        kind="organization",
        countries=("HK", "RU"),
        nationalities=("IR",),
        addresses=("1 Road, Kursk, Russian Federation", "Paris"),
        programmes=("EU-UKR", "Asset freeze"),
        identifiers=(
            Identifier("tax", "7725842590"),
            Identifier("registration", "5087746394269"),
            Identifier("uscc", "91210283MAC567EQ70"),
            Identifier("tax", "123"),
            Identifier("swift", "JSNMRUMM"),
        ),
        listed_on=date(2026, 7, 23),
        citation="32014R0269, Annex I.PERSONS",
        remarks="It makes chips.; Phone: +7 1; Nationality: Russian",
        source=f"{tmp_path / 'consolidated' / '32014R0269.csv'}:2",
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("23.12.1989", ("1989-12-23",)),
        ("24 December 1965; 1966", ("1965-12-24", "1966")),
        ("Approximately 1963", ("1962/1964",)),
        ("around 1970", ("1969/1971",)),
        ("between 1968 and 1973", ("1968/1973",)),
        ('"(a) 11.4.1963; (b) 1960"', ("1963-04-11", "1960")),
        ("a) 1 Jun. 1976, b) 1976", ("1976-06-01", "1976")),
        ("24.6.1964 or 25.6.1964", ("1964-06-24", "1964-06-25")),
        ("1979, 1980 or 1981", ("1979", "1980", "1981")),
        ("9.11.1952, 25.7.1962", ("1952-11-09", "1962-07-25")),
        ("8 Oct.1970", ("1970-10-08",)),
        ("7.8. 1978", ("1978-08-07",)),
        ("(Aug. 1961)", ("1961-08",)),
        ("10.2.1983 (or 10.3.1983)", ("1983-02-10", "1983-03-10")),
        ("7.10.1952 POB: Leningrad (now Saint-Petersburg)", ("1952-10-07",)),
        ("", ()),
    ],
)
def test_a_birth_is_as_exact_as_printed(
    tmp_path: Path, cell: str, expected: tuple[str, ...]
) -> None:
    found = only(tmp_path, birthDate=cell)
    assert (found.birth_dates, found.remarks) == (expected, None)


@pytest.mark.parametrize(
    "cell",
    ["(a) 19.4.1982, (b) 24.6.1402 (Hijri Calendar)", "1967; Qom, Iran", "Probably 1973", "N/D"],
)
def test_births_that_are_not_all_dates_are_kept_as_words(tmp_path: Path, cell: str) -> None:
    found = only(tmp_path, birthDate=cell)
    assert (found.birth_dates, found.remarks) == ((), f"Born: {cell}")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("C2002515 (Iran)", ["C2002515"]),
        ("(a) 1084010, (b) 19820215", ["1084010", "19820215"]),
        ("series МН No 553834; ВК No 262981", ["series МН No 553834", "ВК No 262981"]),
        ("Afghan passport number R512768", ["R512768"]),
        ("(a) 27082171 (USA (Issued on 21 June 1992 in Amman, Jordan)) (b) M7", ["27082171", "M7"]),
        ("Indian passport issued on 26.7.1985", []),
    ],
)
def test_a_number_loses_what_stands_around_it(
    tmp_path: Path, cell: str, expected: list[str]
) -> None:
    found = only(tmp_path, passportNumber=cell)
    assert found.identifiers == tuple(Identifier("passport", number) for number in expected)


@pytest.mark.parametrize("address", ["Los Angeles, CA", "Tehran", "Kursk, 305000", "street, 9"])
def test_an_address_that_ends_with_no_country_gives_none(tmp_path: Path, address: str) -> None:
    assert only(tmp_path, address=address).countries == ()


def test_a_start_of_a_year_alone_is_kept_as_words(tmp_path: Path) -> None:
    found = only(tmp_path, startDate="2011-02")
    assert (found.listed_on, found.remarks) == (None, "Start: 2011-02")


@pytest.mark.parametrize("start", ["26 Feb. 2011", "26.2.2011", "2011-02-26", "26 February 2011"])
def test_a_start_is_read_in_each_spelling(tmp_path: Path, start: str) -> None:
    assert only(tmp_path, startDate=start).listed_on == date(2011, 2, 26)


def test_the_ids_of_both_kinds_of_file_name_the_same_entry(tmp_path: Path) -> None:
    write(tmp_path, amendment(), name="32026R1843.csv")
    unnumbered = {**ROW, "recordId": ""}
    write(tmp_path, ROW, unnumbered, unnumbered)
    digest = hashlib.sha256(b"32014R0269\x1fI.PERSONS\x1fA\x1f0").hexdigest()[:16]
    found = [listing.id for listing in read_journal(tmp_path).listings]
    assert found == [
        "32014R0269:I.PERSONS:1",
        f"32014R0269:I.PERSONS:{digest}",
        f"32014R0269:I.PERSONS:{digest}#2",
        "32014R0269:I.PERSONS:1#2",
    ]


def test_consolidated_files_come_first_and_may_be_gzip_and_empty(tmp_path: Path) -> None:
    write(tmp_path, amendment(name="B"), name="32026R1843.csv")
    plain = write(tmp_path, ROW) / "consolidated" / "32014R0269.csv"
    plain.with_name("32014R0269.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    write(tmp_path, name="32006R0305.csv")
    found = read_journal(tmp_path)
    assert [(listing.id, listing.name, listing.citation) for listing in found.listings] == [
        ("32014R0269:I.PERSONS:1", "A", "32014R0269, Annex I.PERSONS"),
        (
            "32014R0269:I.PERSONS:1#2",
            "B",
            "32014R0269, Annex I.PERSONS, as amended by 32026R1843",
        ),
    ]


def test_every_defect_of_the_rows_is_told_with_its_line(tmp_path: Path) -> None:
    message = refusal(
        write(
            tmp_path,
            {**ROW, "name": "", "programKey": ""},
            {**ROW, "schema": "Ship"},
            {**ROW, "startDate": "soon"},
        )
    )
    file = "PATH/consolidated/32014R0269.csv"
    assert f"{file}:2:1: programKey: empty" in message
    assert f"{file}:2:1: name: missing" in message
    assert f"{file}:3:1: kind: no word for 'Ship'" in message
    assert f"{file}:4:1: listed_on: 'soon' is not a date" in message


def test_a_missing_and_an_unknown_column_are_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, {**ROW, "colour": "x"}))
    assert "PATH/consolidated/32014R0269.csv:1:1: unknown column 'colour'" in message
    path = tmp_path / "consolidated" / "32014R0269.csv"
    path.write_text("celex,name\n32014R0269,A\n")
    assert "32014R0269.csv has no column 'address'" in refusal(tmp_path)


def test_a_row_of_another_length_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, ROW) / "consolidated" / "32014R0269.csv"
    path.write_text(path.read_text() + "a,b\n")
    assert "32014R0269.csv:3:1: 2 cells where the header has" in refusal(tmp_path)


def test_a_folder_without_files_and_files_without_rows_are_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path)
    assert "no file 'consolidated/*.csv*' and no file 'amendments/*.csv*'" in message
    write(tmp_path)
    assert "no rows" in refusal(tmp_path)
