"""Contracts and parties of every format, good and bad, from files and streams."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.batch import read_contracts, read_parties
from compliance.errors import ComplianceError, ContractError, InputError
from compliance.model.contract import Contract
from compliance.model.party import Party
from unit.batch.rows import refusal, rows, stream

SHARE = '{"id":"x","ownership":[{"owner":"a","owned":"b","share":51}]}'


def problems(content: bytes, form: str) -> str:
    """What validation finds in the first row, located."""
    row = next(iter(read_contracts(stream(content), form)))
    assert row.data is not None
    with pytest.raises(ContractError) as caught:
        Contract.read(row.data)
    return str(row.located(caught.value, Contract))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.json", b'{"id": "x", "signed_on": "2024-06-01"}'),
        ("c.yaml", b"id: x\nsigned_on: 2024-06-01\n"),
        ("c.yml", b"id: x\nsigned_on: 2024-06-01\n"),
        ("c.jsonl", b'{"id": "x", "signed_on": "2024-06-01"}\n'),
        ("c.ndjson", b'{"id": "x", "signed_on": "2024-06-01"}'),
        ("c.csv", b"id,signed_on\nx,2024-06-01\n"),
        ("C.CSV", b"id,signed_on\r\nx,2024-06-01\r\n"),
    ],
)
def test_the_extension_tells_the_format(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (row,) = read_contracts(tmp_path / name)
    assert row.data is not None
    assert Contract.read(row.data) == Contract(id="x", signed_on=date(2024, 6, 1))
    assert (row.number, row.name, row.source) == (1, "x", str(tmp_path / name))


@pytest.mark.parametrize(("form", "alone"), [("json", True), ("yaml", True), ("jsonl", False)])
def test_only_a_document_that_is_one_contract_stands_alone(form: str, alone: bool) -> None:
    (row,) = read_contracts(stream(b'{"id": "x"}'), form)
    assert row.alone is alone
    if form != "jsonl":
        (row,) = read_contracts(stream(b'[{"id": "x"}]'), form)
        assert row.alone is False


def test_lists_are_many_contracts_each_at_its_line() -> None:
    content = b'[{"id": "a"},\n 5,\n {"id": "b"}]'
    expected = [
        (1, 1, {"id": "a"}, []),
        (2, 2, None, ["f:2:2: a mapping is expected here, not a number"]),
        (3, 3, {"id": "b"}, []),
    ]
    assert rows(content, "json") == expected
    assert rows(content, "yaml") == expected


def test_json_lines_go_on_after_a_bad_line() -> None:
    content = (
        b'\xef\xbb\xbf{"id":"a"}\r\n\r\n{"id":\n{"id":"\xff"}\n{"id":"\x00"}\n'
        + b"x" * 2_000_000
        + b'\n"text"\n{"id":"z"}'
    )
    assert rows(content, "jsonl") == [
        (1, 1, {"id": "a"}, []),
        (
            2,
            3,
            None,
            [("f:3:7: not JSON: expecting value: the text ends too early (is the file cut off?)")],
        ),
        (3, 4, None, ["f:4:8: not UTF-8 (save the file as UTF-8)"]),
        (4, 5, None, ["f:5:8: a NUL byte (save the file as UTF-8)"]),
        (5, 6, None, ["f:6:1: longer than 1024 KiB"]),
        (6, 7, None, ["f:7:1: a mapping is expected here, not a text"]),
        (7, 8, {"id": "z"}, []),
    ]


def test_decimals_stay_exact() -> None:
    (row,) = rows(b'{"id":"x","items":[{"share_of_site":0.85}]}', "json")
    assert row[2] == {"id": "x", "items": [{"share_of_site": Decimal("0.85")}]}


@pytest.mark.parametrize(
    ("content", "form", "message"),
    [
        (b"", "json", "f: empty"),
        (b" \n", "yaml", "f: empty"),
        (b"\n\n", "jsonl", "f: empty"),
        (b"", "csv", "f: empty: no header"),
        (b"id\n", "csv", "f:1:1: a header and no rows"),
        (b"[]", "json", "f:1:1: an empty list"),
        (b"[]", "yaml", "f:1:1: an empty list"),
        (b"3", "json", "f:1:1: a mapping is expected here, not a number"),
        (b"null", "json", "f:1:1: a mapping is expected here, not null"),
        (b"true", "json", "f:1:1: a mapping is expected here, not true or false"),
        (b"2024-01-02", "yaml", "f:1:1: a mapping is expected here, not a date"),
        (
            b'{"id": "x"',
            "json",
            (
                "f:1:11: not JSON: expecting ',' delimiter: the text ends too early "
                "(is the file cut off?)"
            ),
        ),
        (b'{"id":\n "\xff"}', "json", "f:2:3: not UTF-8 (save the file as UTF-8)"),
        ('{"id": "é\0"}'.encode(), "json", "f:1:10: a NUL byte (save the file as UTF-8)"),
        ('{"id": "x"}'.encode("utf-16"), "json", "f:1:4: a NUL byte (save the file as UTF-8)"),
        (
            b"id: x\nsigned_on: 2024-02-30\n",
            "yaml",
            "f:2:12: 2024-02-30 is not a day of the calendar",
        ),
        (b"id: x\nid: y\n", "yaml", "f:2:1: key 'id' twice (first on line 1)"),
        (
            b"id: &a x\nform: *a\n",
            "yaml",
            (
                "f:1:5: anchor &a (write the value out where it is used)\n"
                "f:2:7: alias *a (write the value out)"
            ),
        ),
        (b"[" * 100_000, "json", "f:1:65: nested deeper than 64"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_one_clear_error(
    content: bytes, form: str, message: str
) -> None:
    assert refusal(content, form) == message


@pytest.mark.parametrize(
    ("content", "form", "message"),
    [
        (
            SHARE.encode(),
            "json",
            ('f:1:57: ownership.0.share: 51 of what? write "51%" or a fraction such as 0.51'),
        ),
        (
            b"id: x\nownership:\n  - {owner: a, owned: b, share: 51}\n",
            "yaml",
            'f:3:33: ownership.0.share: 51 of what? write "51%" or a fraction such as 0.51',
        ),
        (
            b'{"id":"x","signed_on":"2024-02-30"}',
            "json",
            (
                "f:1:23: signed_on: Input should be a valid "
                "date or datetime, day value is outside expected range"
            ),
        ),
        (
            b"id: x\nlesee: {}\n",
            "yaml",
            "f:2:1: lesee: unknown key 'lesee' (did you mean 'lessee'?)",
        ),
        (
            b'{"id":"x","lessee":{"ultimate_parent":{"naem":1}}}',
            "json",
            "f:1:40: lessee.ultimate_parent.naem: unknown key 'naem' (did you mean 'name'?)",
        ),
        (b'{"id":"x","qqq":1}', "jsonl", "f:1:11: qqq: unknown key 'qqq'"),
        (b'{"lessee":{}}', "json", "f:1:1: id: Field required"),
        (
            b"id,lessee.name,signed_on\n\nx,A,2024-02-30\n",
            "csv",
            (
                "f:3:3: signed_on: Input should be a "
                "valid date or datetime, day value is outside expected range"
            ),
        ),
        (
            b"id,lessee.headquarters,lessee.headquarters.status\nx,SG,sure\n",
            "csv",
            (
                "f:2:3: lessee.headquarters.status: Input should be 'asserted', 'verified', "
                "'refused' or 'unknown'"
            ),
        ),
        (
            b"id,starts_on,ends_on\nx,2024-02-02,2024-01-01\n",
            "csv",
            ("f:2:1: ends_on is before starts_on"),
        ),
    ],
)
def test_what_validation_finds_stands_at_its_place(content: bytes, form: str, message: str) -> None:
    assert problems(content, form) == message


@pytest.mark.parametrize(
    ("where", "form", "message"),
    [
        ("no.json", None, "no.json: No such file or directory"),
        ("x\0.json", None, "x\0.json: embedded null byte"),
        (".", "json", ".: Is a directory"),
        (
            "c.txt",
            None,
            (
                "c.txt: the name does not tell the format: .csv, .json, .jsonl, .ndjson, "
                ".yaml, .yml (name the format: one of csv, json, jsonl, yaml)"
            ),
        ),
        (
            "c.json",
            "jason",
            ("no format 'jason'; known: csv, json, jsonl, yaml (did you mean 'json'?)"),
        ),
    ],
)
def test_what_cannot_be_opened_says_why(where: str, form: str | None, message: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_contracts(where, form))
    assert str(caught.value) == message


class _Endless(io.RawIOBase):
    """One line of 200 MB, made as it is read, then a good one."""

    def __init__(self) -> None:
        self.left = 200_000_000
        self.after = b'\n{"id":"z"}\n'

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self.left:
            count = min(len(view), self.left)
            view[:count] = b"x" * count
            self.left -= count
            return count
        count = min(len(view), len(self.after))
        view[:count] = self.after[:count]
        self.after = self.after[count:]
        return count


@pytest.mark.parametrize(("form", "expected"), [("jsonl", 2), ("csv", 0)])
def test_a_line_of_200_megabytes_is_never_held(form: str, expected: int) -> None:
    tracemalloc.start()
    found, refused = [], ""
    try:
        found = list(read_contracts(io.BufferedReader(_Endless()), form))
    except InputError as error:
        refused = str(error)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == expected
    assert refused == ("" if expected else "<stream>:1:1: longer than 1024 KiB")
    assert peak < 8 * 1024 * 1024


def test_a_document_above_its_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.batch.contract_files.MAXIMUM_JSON", 1024 * 1024)
    hint = "give many contracts as JSON Lines or CSV, which are read line by line"
    assert refusal(b" " * (1024 * 1024 + 1), "json") == f"f: larger than 1 MiB ({hint})"
    assert rows(b'{"id":"x"}' + b" " * (1024 * 1024 - 10), "json") == [(1, 1, {"id": "x"}, [])]


def test_parties_are_read_by_the_same_rules() -> None:
    content = b"name,headquarters,nationalities\nAcme,SG,\n,DE,FR;IT\n"
    assert rows(content, "csv", parties=True) == [
        (1, 2, {"name": "Acme", "headquarters": "SG"}, []),
        (2, 3, {"headquarters": "DE", "nationalities": ["FR", "IT"]}, []),
    ]
    assert refusal(b"id\nx\n", "csv", parties=True) == "f:1:1: no column 'name'"
    (row,) = read_parties(stream(b'{"nmae": "x"}'), "json")
    with pytest.raises(ContractError) as caught:
        Contract.read({"id": "p", "lessee": row.data})
    located = row.located(ContractError("nothing"), Party)
    assert str(located) == "f:1:1: nothing"
    assert "lessee.nmae" in str(caught.value)


def test_reading_ends_only_in_the_package_s_own_errors() -> None:
    for content in (b"\xff\xfe\x00", b"{", b'"', b"- - -", b",,,\n", b'"\n', b"\r\r", b"id\n\x00"):
        for form in ("csv", "json", "jsonl", "yaml"):
            with suppress(ComplianceError):
                assert all((row[2] is None) == bool(row[3]) for row in rows(content, form))


def test_a_packed_file_is_read_where_its_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "contracts.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "x"}\n{"id": "y"}\n'))
    assert [row.name for row in read_contracts(path, "jsonl")] == ["x", "y"]
