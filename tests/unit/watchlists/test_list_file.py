"""A publisher's file, opened in one bounded way."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import list_file as source


def written(tmp_path: Path, content: bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refusal(caught: pytest.ExceptionInfo[WatchlistError], path: Path) -> str:
    return str(caught.value).replace(str(path), path.name)


def test_gzip_is_read_like_the_plain_file(tmp_path: Path) -> None:
    plain = written(tmp_path, b"a,b\r\n1,2\r\n")
    packed = written(tmp_path, gzip.compress(b"a,b\r\n1,2\r\n"), "list.csv.gz")
    assert (
        list(source.rows(plain)) == list(source.rows(packed)) == [(1, ["a", "b"]), (2, list("12"))]
    )


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"0" * 10_000_000))
    with pytest.raises(WatchlistError) as caught:
        source.read_bytes(path, maximum=1_000_000)
    assert refusal(caught, path) == "list.csv: larger than 1000000 bytes"


def test_a_truncated_gzip_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"a,b\n" * 1000)[:-12])
    with pytest.raises(WatchlistError, match="broken gzip"):
        source.read_bytes(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError) as caught:
        source.read_bytes(tmp_path / "none.csv")
    assert refusal(caught, tmp_path / "none.csv") == "none.csv: No such file or directory"


def test_byte_order_mark_and_end_mark_are_dropped(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbfa,b\r\n1,2\r\n\x1a\r\n")
    assert source.read_text(path) == "a,b\r\n1,2\r\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\nb\0c\n", "list.csv:2:2: a NUL byte"),
        (b"a\nb\n\xff\n", "list.csv:3:1: not UTF-8"),
    ],
)
def test_what_is_not_text_is_refused_with_its_line(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(WatchlistError) as caught:
        source.read_text(path)
    assert refusal(caught, path) == expected


def test_a_broken_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\n1,"2\n')
    with pytest.raises(WatchlistError, match=r"list\.csv:2:1: unexpected end of data"):
        list(source.rows(path))


def test_more_rows_than_allowed_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MAXIMUM_ROWS", 3)
    path = written(tmp_path, b"x\n" * 4)
    with pytest.raises(WatchlistError) as caught:
        list(source.rows(path))
    assert refusal(caught, path) == "list.csv:4:1: more than 3 rows"


def test_records_follow_the_files_own_header(tmp_path: Path) -> None:
    path = written(tmp_path, b"name , id\nAcme, 1 \n\n")
    wanted = frozenset({"id", "name"})
    assert list(source.records(path, wanted)) == [(2, {"name": "Acme", "id": "1"})]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "list.csv:1:1: missing columns: id, name (found: nothing)"),
        (b"id,nom\n", "list.csv:1:1: missing columns: name (found: id, nom)"),
        (b"id,name\n1\n", "list.csv:2:1: 1 cells where the header has 2"),
    ],
)
def test_rows_that_do_not_fit_the_header_are_refused(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(WatchlistError) as caught:
        list(source.records(path, frozenset({"id", "name"})))
    assert refusal(caught, path) == expected


def test_what_is_not_json_is_refused_with_its_line(tmp_path: Path) -> None:
    assert source.json_value(written(tmp_path, b'{"a": [1]}', "list.json")) == {"a": [1]}
    path = written(tmp_path, b'{"a":\n[1,}', "list.json")
    with pytest.raises(WatchlistError, match=r"list\.json:2:4: not JSON: "):
        source.json_value(path)
    deep = written(tmp_path, b"[" * 100_000, "list.json")
    with pytest.raises(WatchlistError, match="nested deeper than 64"):
        source.json_value(deep)


def test_xml_elements_come_one_by_one_without_their_namespace(tmp_path: Path) -> None:
    text = b'<r xmlns="urn:x"><e n="1"><f>a</f></e><g/><e n="2"/></r>'
    path = written(tmp_path, text, "list.xml")
    seen = [(e.get("n"), e.findtext("f")) for e in source.elements(path, "e")]
    assert seen == [("1", "a"), ("2", None)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<r>\n<e></r>", r"list\.xml:2:1: not XML: mismatched tag"),
        (b"<r>\n<e>", r"list\.xml:2:1: not XML: no element found"),
        (
            b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r><e>&b;</e></r>',
            r"list\.xml: a document type or an entity; these are refused",
        ),
        (
            b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r><e>&f;</e></r>',
            r"list\.xml: a document type or an entity; these are refused",
        ),
    ],
)
def test_broken_xml_and_entities_are_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = written(tmp_path, content, "list.xml")
    with pytest.raises(WatchlistError, match=expected):
        list(source.elements(path, "e"))


def test_the_root_is_known_without_reading_what_stands_behind_it(tmp_path: Path) -> None:
    path = written(tmp_path, b'<x:r xmlns:x="urn:x" day="1"><e></broken>', "list.xml")
    assert source.root_attributes(path) == ("r", {"day": "1"})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", r"list\.xml:1:1: not XML: no element found"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><r/>", "a document type or an entity"),
    ],
)
def test_a_root_that_is_none_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    path = written(tmp_path, content, "list.xml")
    with pytest.raises(WatchlistError, match=expected):
        source.root_attributes(path)
