"""CSV: cells by the kind of their column, records with quotes, and records that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.model.contract import Contract
from unit.batch.rows import refusal, rows


def data(header: str, record: str) -> object:
    ((number, line, found, problems),) = rows(f"{header}\n{record}\n".encode(), "csv")
    assert (number, line, problems) == (1, 2, [])
    return found


@pytest.mark.parametrize(
    ("header", "record", "expected"),
    [
        ("id,lessee.name", "x,Acme", {"id": "x", "lessee": {"name": "Acme"}}),
        ("id,lessee.name", "x,", {"id": "x"}),
        ("id,lessee.name", " x ,  Acme ", {"id": "x", "lessee": {"name": "Acme"}}),
        (
            "id,items.0.chip,items.0.count",
            "x,H100,8",
            {"id": "x", "items": [{"chip": "H100", "count": 8}]},
        ),
        (
            "id,items.1.chip,items.0.chip",
            "x,B,A",
            {"id": "x", "items": [{"chip": "A"}, {"chip": "B"}]},
        ),
        ("id,items.0.chip,items.1.chip", "x,A,", {"id": "x", "items": [{"chip": "A"}]}),
        (
            "id,end_users.0.nationalities",
            "x,CN; SG;",
            {"id": "x", "end_users": [{"nationalities": ["CN", "SG"]}]},
        ),
        ("id,end_users", "x,lessee;other", {"id": "x", "end_users": ["lessee", "other"]}),
        ("id,lessee.public_body", "x,TRUE", {"id": "x", "lessee": {"public_body": True}}),
        (
            "id,lessee.headquarters,lessee.headquarters.status,lessee.headquarters.source",
            "x,SG,verified,register",
            {
                "id": "x",
                "lessee": {
                    "headquarters": {"value": "SG", "status": "verified", "source": "register"}
                },
            },
        ),
        (
            "id,lessee.headquarters,lessee.headquarters.status",
            "x,,refused",
            {"id": "x", "lessee": {"headquarters": {"status": "refused"}}},
        ),
        (
            "id,lessee.ultimate_parent.name",
            "x,Par",
            {"id": "x", "lessee": {"ultimate_parent": {"value": {"name": "Par"}}}},
        ),
        (
            "id,lessee.ultimate_parent.status",
            "x,unknown",
            {"id": "x", "lessee": {"ultimate_parent": {"status": "unknown"}}},
        ),
        (
            "id,lessee.paid_up_capital.value,lessee.paid_up_capital.currency",
            "x,100,USD",
            {
                "id": "x",
                "lessee": {"paid_up_capital": {"value": {"value": "100", "currency": "USD"}}},
            },
        ),
        (
            "id,usage.access_by_country.CN,usage.from",
            "x,0.95,2024-01-02",
            {"id": "x", "usage": {"access_by_country": {"CN": "0.95"}, "from": "2024-01-02"}},
        ),
        (
            "id,ownership.0.owner.name,ownership.0.owned,ownership.0.share",
            "x,Own,lessee,51%",
            {
                "id": "x",
                "ownership": [{"owner": {"name": "Own"}, "owned": "lessee", "share": "51%"}],
            },
        ),
        (
            "id,end_use.activities",
            "x,inference;rendering",
            {"id": "x", "end_use": {"activities": ["inference", "rendering"]}},
        ),
        ("id,lessee.name", 'x,"A, B ""C""\nD"', {"id": "x", "lessee": {"name": 'A, B "C"\nD'}}),
    ],
)
def test_cells_go_where_their_column_says(header: str, record: str, expected: object) -> None:
    assert data(header, record) == expected


def test_a_wide_record_validates_as_the_contract_it_is() -> None:
    header = (
        "id,signed_on,lessee.id,lessee.name,lessee.headquarters,lessee.headquarters.status,"
        "lessee.ultimate_parent.name,lessee.paid_up_capital.value,lessee.paid_up_capital.currency,"
        "end_users,items.0.chip,items.0.count,items.0.site.country,items.0.share_of_site,"
        "usage.access_by_country.SG,ownership.0.owner.name,ownership.0.owned,ownership.0.share"
    )
    found = data(header, "x,2024-06-01,l,Acme,SG,verified,Par,5,SGD,l,H100,8,SG,0.5,1,Own,l,35/47")
    contract = Contract.read(found)  # type: ignore[arg-type]
    assert contract == Contract.read(
        {
            "id": "x",
            "signed_on": "2024-06-01",
            "lessee": {
                "id": "l",
                "name": "Acme",
                "headquarters": {"value": "SG", "status": "verified"},
                "ultimate_parent": {"name": "Par"},
                "paid_up_capital": {"value": "5", "currency": "SGD"},
            },
            "end_users": ["l"],
            "items": [
                {"chip": "H100", "count": 8, "site": {"country": "SG"}, "share_of_site": "0.5"}
            ],
            "usage": {"access_by_country": {"SG": "1"}},
            "ownership": [{"owner": {"name": "Own"}, "owned": "l", "share": "35/47"}],
        }
    )


@pytest.mark.parametrize(
    ("header", "record", "problem"),
    [
        ("id,items.0.count", "x,many", "f:2:2: items.0.count: a whole number, not 'many'"),
        ("id,items.0.count", "x,1.0", "f:2:2: items.0.count: a whole number, not '1.0'"),
        (
            "id,items.0.share_of_site",
            "x,1e9",
            "f:2:2: items.0.share_of_site: a number such as 0.85, not '1e9'",
        ),
        (
            "id,items.0.share_of_site",
            "x,nan",
            "f:2:2: items.0.share_of_site: a number such as 0.85, not 'nan'",
        ),
        ("id,lessee.public_body", "x,yes", "f:2:2: lessee.public_body: true or false, not 'yes'"),
        ("id,items.0.chip,items.1.chip", "x,,B", "f:2:1: items.1: is given, and items.0 is empty"),
        ("id,lessee.name", "x", "f:2:1: 1 cells, the header has 2"),
        ("id,lessee.name", "x,a,b", "f:2:1: 3 cells, the header has 2"),
        ("id,lessee.name", 'x,"a"b', "f:2:1: not CSV: ',' expected after '\"'"),
        ("id,lessee.name", 'x,"a', 'f:2:1: a quote (") that is never closed'),
        ("id,lessee.name", "x,a\0", "f:2:4: a NUL byte (save the file as UTF-8)"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(header: str, record: str, problem: str) -> None:
    found = rows(f"{header}\n{record}\nz{',' * header.count(',')}\n".encode(), "csv")
    assert found == [(1, 2, None, [problem]), (2, 3, {"id": "z"}, [])]


def test_reading_goes_on_at_the_line_after_an_open_quote() -> None:
    content = b'id,lessee.name\na,"open\nb,B\nc,C\n'
    assert rows(content, "csv") == [
        (1, 2, None, ['f:2:1: a quote (") that is never closed']),
        (2, 3, {"id": "b", "lessee": {"name": "B"}}, []),
        (3, 4, {"id": "c", "lessee": {"name": "C"}}, []),
    ]


def test_a_record_above_the_limit_is_one_bad_row() -> None:
    quoted = b'a,"' + (b"x" * 999 + b"\n") * 1200 + b'"\n'
    found = rows(b"id,lessee.name\n" + quoted, "csv")
    assert found[0] == (1, 2, None, ['f:2:1: a quote (") that is never closed'])
    long = rows(b"id,lessee.name\na," + b"x" * 2_000_000 + b"\nb,B\n", "csv")
    assert long == [
        (1, 2, None, ["f:2:1: longer than 1024 KiB"]),
        (2, 3, {"id": "b", "lessee": {"name": "B"}}, []),
    ]


def test_a_byte_order_mark_crlf_and_empty_lines_are_no_content() -> None:
    assert rows(b"\xef\xbb\xbfid\r\n\r\nx\r\n\r\n", "csv") == [(1, 3, {"id": "x"}, [])]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (b"\xffid", "f:1:1: not UTF-8 (save the file as UTF-8)"),
        (b'"id', 'f:1:1: a quote (") that is never closed'),
        (b"i\0d", "f:1:2: a NUL byte (save the file as UTF-8)"),
    ],
)
def test_a_header_that_cannot_be_read_ends_the_file(header: bytes, message: str) -> None:
    assert refusal(header + b"\nx\n", "csv") == message


@pytest.mark.parametrize(
    ("header", "record", "data"),
    [
        (
            "id,observations.many_cards",
            "x,true",
            {"observations": {"many_cards": True}},
        ),
        (
            "id,observations.many_cards,observations.many_cards.explained_by.0.kind",
            "x,true,cardholder_identification",
            {
                "observations": {
                    "many_cards": {
                        "value": True,
                        "explained_by": [{"kind": "cardholder_identification"}],
                    }
                }
            },
        ),
        ("id,usage.declared_travel", "x,CN;SG", {"usage": {"declared_travel": ["CN", "SG"]}}),
        (
            "id,usage.declared_travel.0.country,usage.declared_travel.0.from",
            "x,CN,2024-05-01",
            {"usage": {"declared_travel": [{"country": "CN", "from": "2024-05-01"}]}},
        ),
        ("id,end_use.military", "x,TRUE", {"end_use": {"military": True}}),
        ("id,end_use.military", "x,suspected", {"end_use": {"military": "suspected"}}),
    ],
)
def test_conduct_is_written_in_columns(header: str, record: str, data: dict[str, Any]) -> None:
    ((number, line, found, problems),) = rows(f"{header}\n{record}\n".encode(), "csv")
    assert (number, line, problems) == (1, 2, [])
    assert found == {"id": "x", **data}
    Contract.model_validate(found)
