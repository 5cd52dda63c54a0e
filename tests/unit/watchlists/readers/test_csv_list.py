"""The "csv" format: your own list as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, read
from compliance.watchlists.readers import csv_list


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "own.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_becomes_a_list_named_after_it(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,name,aliases,kind,country,programme,listed_on,identifiers\r\n"
        '1,"Qorvex, Ltd",Qorvex; Zentrum ;,organization,CN,OWN,2024-01-02,lei:5493;uscc:91\r\n'
        "\r\n"
        "2,科大讯飞,,,,,,\r\n",
    )
    watchlist = read("csv", path)
    assert (watchlist.id, watchlist.title, watchlist.published) == ("own", "own", None)
    assert watchlist.listings == (
        Listing(
            id="1",
            list_id="own",
            name="Qorvex, Ltd",
            aliases=("Qorvex", "Zentrum"),
            kind="organization",
            countries=("CN",),
            programmes=("OWN",),
            identifiers=(Identifier("lei", "5493"), Identifier("uscc", "91")),
            listed_on=date(2024, 1, 2),
            source=str(path),
        ),
        Listing(id="2", list_id="own", name="科大讯飞", source=str(path)),
    )


def test_the_id_of_the_list_may_be_given(tmp_path: Path) -> None:
    assert read("csv", written(tmp_path, "id,name\n1,Qorvex\n"), id="mine").id == "mine"


def test_a_byte_order_mark_and_spaces_in_the_header_are_harmless(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfid, name\n1,Qorvex\n")
    assert [listing.name for listing in read("csv", path).listings] == ["Qorvex"]


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    path = written(tmp_path, 'id,name,remarks\n1,Qorvex,"a\nb"\n2,Zentrum,c\n')
    assert [listing.remarks for listing in read("csv", path).listings] == ["a\nb", "c"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "{0}:1:1: missing column 'id' (found: )\n{0}:1:1: missing column 'name' (found: )"),
        ("id\n1\n", "{0}:1:1: missing column 'name' (found: id)"),
        ("id,name,nam\n", "{0}:1:1: unknown column 'nam' (did you mean 'name'?)"),
        ("id,name,name\n", "{0}:1:1: column 'name' twice"),
        ("id,name\n1,a\x00b\n", "{0}:2:4: a NUL byte"),
        (b"id,name\n1,\xff\n", "{0}:2:3: not UTF-8"),
        ('id,name\n1,"Qorvex\n', "{0}:2:1: unexpected end of data"),
        ("id,name\n1,Qorvex,x\n", "{0}:2:1: 3 cells where the header has 2"),
        (
            "id,name\n1,Qorvex\n2\n3\n",
            "{0}:3:1: 1 cells where the header has 2\n{0}:4:1: 1 cells where the header has 2",
        ),
        ("id,name\n1,Qorvex\n1,Zentrum\n", "{0}:3:1: row 2.id: '1' twice (first in row 1)"),
        ("id,name\n1,\n", "{0}:2:1: row 1.name: missing (each entry has an id and a name)"),
        (
            "id,name,listed_on\n1,Qorvex,1/2/24\n",
            "{0}:2:1: row 1.listed_on: '1/2/24' is not a date (write YYYY-MM-DD)",
        ),
        (
            "id,name,country\n1,Qorvex,CN;China\n",
            "{0}:2:1: row 1.countries: 'China' is not a country code (ISO 3166 alpha-2, as CN)",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(WatchlistError) as caught:
        read("csv", path)
    assert str(caught.value) == message.format(path)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        read("csv", tmp_path / "none.csv")
    assert str(caught.value) == f"{tmp_path / 'none.csv'}: No such file or directory"


def test_a_file_or_row_count_beyond_the_bounds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "id,name\n1,Qorvex\n2,Zentrum\n")
    monkeypatch.setattr(csv_list, "MAXIMUM_ROWS", 1)
    with pytest.raises(WatchlistError, match="more than 1 rows"):
        read("csv", path)
    monkeypatch.setattr(csv_list, "MAXIMUM_BYTES", 10)
    with pytest.raises(WatchlistError, match="larger than 10 bytes"):
        read("csv", path)
