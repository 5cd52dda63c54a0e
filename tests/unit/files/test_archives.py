"""files.opening and files.spreadsheet: ZIP archives and the sheets in them, within bounds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.files import opened, read_bytes, sheet_rows
from compliance.watchlists.list_file import defect
from spreadsheets import cell, row, sheet, write_ods


def archive(folder: Path, **members: bytes) -> Path:
    path = folder / "f.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return path


def refusal(path: Path, maximum: int = 1000, member: str = "") -> str:
    with (
        pytest.raises(WatchlistError) as caught,
        opened(path, defect, maximum=maximum, member=member) as stream,
    ):
        stream.read()
    return str(caught.value).removeprefix(f"{path}: ")


def test_the_one_file_in_a_zip_is_the_content(tmp_path: Path) -> None:
    path = archive(tmp_path, deep__inside=b"text")
    assert read_bytes(path, defect, maximum=4) == b"text"


def test_a_name_that_leads_out_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    path = archive(tmp_path, **{"..__out.txt": b"text"})
    assert read_bytes(path, defect, maximum=4) == b"text"
    assert sorted(tmp_path.parent.glob("out.txt")) == []
    assert [file.name for file in tmp_path.iterdir()] == ["f.zip"]


def test_a_zip_of_several_files_or_of_none_is_refused(tmp_path: Path) -> None:
    told = "a ZIP with 2 files where one is expected"
    assert refusal(archive(tmp_path, a=b"1", b=b"2")) == told
    path = archive(tmp_path, folder__=b"")
    assert refusal(path) == "a ZIP with 0 files where one is expected"


def test_a_bomb_is_read_to_its_bound(tmp_path: Path) -> None:
    assert refusal(archive(tmp_path, a=b"0" * 1_000_000)) == "larger than 1000 bytes"


def test_a_broken_zip_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, a=b"some text that is long enough to be cut")
    whole = path.read_bytes()
    path.write_bytes(whole[:30])
    assert refusal(path).startswith("broken ZIP: ")
    path.write_bytes(whole.replace(whole[32:40], b"\0" * 8))
    assert refusal(path).startswith(("broken ZIP: ", "broken gzip: "))


def test_a_member_is_asked_for_by_its_name(tmp_path: Path) -> None:
    path = archive(tmp_path, a=b"1", b=b"2")
    with opened(path, defect, maximum=10, member="b") as stream:
        assert stream.read() == b"2"
    assert refusal(path, member="c") == "a ZIP with c 0 times, not once"
    path.write_text("text")
    assert refusal(path, member="c") == "not a ZIP archive"


MANY = cell("a", " table:number-columns-repeated='1025'")
WIDE = sheet([f"<table:table-row>{MANY}</table:table-row>"])


def rows(path: Path, most: int = 10, longest: int = 10_000) -> list[tuple[int, list[str]]]:
    found = sheet_rows(path, defect, maximum=100_000, most_rows=most, longest=longest)
    return [(number, list(cells)) for number, cells in found]


def test_the_rows_of_a_sheet_are_its_texts(tmp_path: Path) -> None:
    twice = cell("x", " table:number-columns-repeated='2'")
    spaced = (
        "<table:table-cell><text:p>a<text:s text:c='2'/>b<text:tab/><text:span>c</text:span> d"
        "<text:line-break/>e</text:p><text:p>f</text:p></table:table-cell>"
    )
    blank = "<table:table-cell table:number-columns-repeated='16000'/>"
    given = [
        row(["one", "", "three", ""]),
        row([""], " table:number-rows-repeated='1000000'"),
        f"<table:table-row>{twice}{blank}</table:table-row>",
        f"<table:table-row>{spaced}</table:table-row>",
    ]
    path = write_ods(tmp_path / "f.ods", sheet(given))
    assert rows(path, most=1_000_010) == [
        (1, ["one", "", "three"]),
        (1_000_002, ["x", "x"]),
        (1_000_003, ["a  b\tc d\ne\nf"]),
    ]


def test_rows_that_repeat_are_each_a_row(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "f.ods", sheet([row(["a"], " table:number-rows-repeated='2'")]))
    assert rows(path) == [(1, ["a"]), (2, ["a"])]


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ([sheet([row(["a"], " table:number-rows-repeated='11'")])], "more than 10 rows"),
        ([sheet([row(["a"])]), sheet([row(["b"])], "Two")], "more than one sheet"),
        ([], "no sheet"),
        ([sheet([row(["a"], " table:number-rows-repeated='x'")])], "is not a number: 'x'"),
        ([WIDE], "more than 1024 columns"),
        ([sheet([row(["a" * 20_000])])], "a record longer than 10000 bytes"),
    ],
)
def test_a_sheet_beyond_its_bounds_is_refused(tmp_path: Path, sheets: list[str], told: str) -> None:
    with pytest.raises(WatchlistError, match=told):
        rows(write_ods(tmp_path / "f.ods", *sheets))
