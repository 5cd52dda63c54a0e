"""Your own table of edges: columns, shares, parties, text that is only text, refusals."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from compliance.ownership.readers import ReportingException, StatedParty
from compliance.ownership.readers.edges_csv import COLUMNS, read_edges
from compliance.ownership.readers.statements import StatedIdentifier
from unit.ownership.readers.reading import refused, remarks, rows


def table(path: Path, text: str) -> Path:
    """A file with this text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_an_interest_with_all_that_its_columns_say(tmp_path: Path) -> None:
    path = table(
        tmp_path / "e.csv",
        "owner,owned,share,kind,from,until,seats,of\n"
        "B,A,51%,,2020-01-01,2024-06-15,,\n"
        "C,A,25-50%,voting_rights,,,,\n"
        "D,A,,board_appointment,2021,,4,7\n",
    )
    statements = read_edges(path)
    assert rows(statements) == [
        ("B", "A", "51%", "shareholding", "2020-01-01", "2024-06-15"),
        ("C", "A", "25% to 50%", "voting_rights", "", ""),
        ("D", "A", "about 57.14%", "board_appointment", "2021-01-01", ""),
    ]
    assert [each.source for each in statements.interests] == [f"{path}:{n}" for n in (2, 3, 4)]
    assert (statements.interests[2].seats, statements.interests[2].of) == (4, 7)
    assert remarks(statements) == {"rounded_day": 1}
    assert str(statements.graph().share("B", "A", as_of=date(2024, 1, 1))) == "51%"


def test_shares_of_several_classes_are_told_apart(tmp_path: Path) -> None:
    path = table(tmp_path / "e.csv", "owner,owned,share,share_class\nB,A,51%,A\nB,A,10%,\n")
    assert [each.share_class for each in read_edges(path).interests] == ["A", ""]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.51", "51%"),
        ("35/47", "about 74.47%"),
        ("more than 25%", "more than 25% to 100%"),
        ("more than 50% but less than 75%", "more than 50% to below 75%"),
        ("50 percent or more", "50% to 100%"),
        ("", "0% to 100%"),
    ],
)
def test_a_share_is_read_as_it_is_spelled(tmp_path: Path, text: str, shown: str) -> None:
    path = table(tmp_path / "e.csv", f"owner,owned,share\nB,A,{text}\n")
    assert [found[2] for found in rows(read_edges(path))] == [shown]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("40%,60%,,", "40% to 60%"),
        ("0.4,3/5,false,FALSE", "40% to 60%"),
        ("25%,50%,true,", "more than 25% to 50%"),
        ("50%,75%,TRUE,true", "more than 50% to below 75%"),
        ("25%,,true,", "more than 25% to 100%"),
        (",25%,,", "0% to 25%"),
        ("51%,51%,,", "51%"),
        ('"12,5 %",12.5 percent,,', "12.5%"),
        (",,,", "0% to 100%"),
    ],
)
def test_a_share_may_be_stated_by_its_ends(tmp_path: Path, cells: str, shown: str) -> None:
    header = "owner,owned,minimum,maximum,exclusive_minimum,exclusive_maximum"
    path = table(tmp_path / "e.csv", f"{header}\nB,A,{cells}\n")
    assert [found[2] for found in rows(read_edges(path))] == [shown]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("40-60%,40%,60%,,", "40% to 60%"),
        ("40-60%,,60%,,false", "40% to 60%"),
        ("more than 25%,25%,,true,", "more than 25% to 100%"),
        ("more than 25%,25%,100%,,", "more than 25% to 100%"),
    ],
)
def test_a_share_and_its_ends_may_say_the_same(tmp_path: Path, cells: str, shown: str) -> None:
    header = "owner,owned,share,minimum,maximum,exclusive_minimum,exclusive_maximum"
    path = table(tmp_path / "e.csv", f"{header}\nB,A,{cells}\n")
    assert [found[2] for found in rows(read_edges(path))] == [shown]


def test_ends_that_contradict_the_share_or_each_other_are_told(tmp_path: Path) -> None:
    path = table(
        tmp_path / "e.csv",
        "owner,owned,share,minimum,maximum,exclusive_minimum,exclusive_maximum\n"
        "B,A,51%,40%,60%,,\n"
        "B,A,25-50%,25%,50%,true,\n"
        "B,A,more than 25%,25%,,false,\n"
        "B,A,,60%,40%,,\n"
        "B,A,,50%,50%,true,\n"
        "B,A,,40,60%,,\n"
        "B,A,,more than 25%,,,\n"
        "B,A,,,60%,true,\n"
        "B,A,,40%,60%,,perhaps\n"
        "B,A,,40%,110%,,\n",
    )
    one_way = " (give the share, or its ends)"
    assert sorted(refused(read_edges, path), key=lambda text: int(text.split(":")[1])) == [
        f"e.csv:2:1: /maximum: 60% here, and the share says 51%{one_way}",
        f"e.csv:2:1: /minimum: 40% here, and the share says 51%{one_way}",
        (
            "e.csv:3:1: /exclusive_minimum: 25% is excluded here, and the share says "
            f"25% to 50%{one_way}"
        ),
        (
            "e.csv:4:1: /exclusive_minimum: 25% is included here, and the share says "
            f"more than 25% to 100%{one_way}"
        ),
        "e.csv:5:1: /minimum: 60% is above the maximum, 40%",
        "e.csv:6:1: /minimum: the interval is empty: its only point is excluded",
        'e.csv:7:1: /minimum: a share is "51%", 0.51, "35/47" or an interval, not \'40\'',
        (
            "e.csv:8:1: /minimum: one number is expected, not 'more than 25%' "
            "(true in exclusive_minimum excludes the number itself)"
        ),
        "e.csv:9:1: /exclusive_minimum: of which end? minimum is empty",
        "e.csv:10:1: /exclusive_maximum: true or false is expected, not 'perhaps'",
        "e.csv:11:1: /maximum: a share lies between 0 and 100%",
    ]


def test_parties_are_told_beside_their_interests(tmp_path: Path) -> None:
    path = table(
        tmp_path / "e.csv",
        "owner;owner_name;owner_kind;owner_country;owner_nationalities;owned;owned_name;owned_kind;"
        "owned_country;owned_headquarters\n"
        "B;Bo;person;China;Chinese;A;A Pte;organization;SG;HK\n"
        "B;Bo;;;;C;;;;\n",
    )
    assert dict(read_edges(path).parties) == {
        "A": StatedParty(
            "A", "A Pte", "organization", incorporation="SG", headquarters="HK", source=f"{path}:2"
        ),
        "B": StatedParty(
            "B", "Bo", "person", residence="CN", nationalities=("CN",), source=f"{path}:2"
        ),
        "C": StatedParty("C", source=f"{path}:3"),
    }


def test_a_row_may_be_an_exception_instead(tmp_path: Path) -> None:
    path = table(tmp_path / "e.csv", "owned,exception\nA,NO_KNOWN_PERSON\n")
    statements = read_edges(path)
    assert statements.exceptions == (
        ReportingException("A", "NO_KNOWN_PERSON", source=f"{path}:2"),
    )


def test_tabs_a_byte_order_mark_and_gzip_are_read(tmp_path: Path) -> None:
    path = tmp_path / "e.tsv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbfowner\towned\tshare\r\nB\tA\t51%\r\n"))
    assert rows(read_edges(path)) == [("B", "A", "51%", "shareholding", "", "")]


def test_text_that_looks_like_a_formula_is_a_name_like_any_other(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x";"y")'
    quoted = formula.replace('"', '""')
    path = table(tmp_path / "e.csv", f'owner,owned,owner_name\n=1+1,A,"{quoted}"\n')
    statements = read_edges(path)
    assert [found[0] for found in rows(statements)] == ["=1+1"]
    assert statements.parties["=1+1"].name == formula


def test_every_defect_of_the_header_is_told(tmp_path: Path) -> None:
    path = table(tmp_path / "e.csv", "owner,owner,shares\nB,A,1\n")
    known = ", ".join(sorted(COLUMNS))
    assert refused(read_edges, path) == [
        "e.csv:1:1: column 'owner' twice",
        (
            "e.csv:1:1: columns owned, owner or exception, owned are expected "
            "(found: owner, owner, shares)"
        ),
        f"e.csv:1:1: unknown column 'shares' (known: {known})",
    ]


def test_every_row_that_says_something_else_than_it_may_is_told(tmp_path: Path) -> None:
    path = table(
        tmp_path / "e.csv",
        "owner,owned,share,kind,from,until,seats,exception,owner_kind,owner_country\n"
        "B,A,51,,,,,,,\n"
        "B,A,-1%,,,,,,,\n"
        "B,A,60-40%,,,,,,,\n"
        "B,A,,love,,,,,,\n"
        "B,A,,,2024-06-15,2023-06-15,,,,\n"
        "B,A,,,15.06.2024,,,,,\n"
        "B,A,,,,,many,,,\n"
        "B,A,,,,,4,,,\n"
        ",A,,,,,,,,\n"
        "B,A,,,,,,NO_LEI,,\n"
        "B,,,,,,,,,\n"
        "B,A,,,,,,,,CN\n"
        "B,A,,,,,,,god,\n",
    )
    hint = ' (or "25-50%", "more than 25%", "50% or more")'
    spelled = '/share: a share is "51%", 0.51, "35/47" or an interval, not'
    assert sorted(refused(read_edges, path), key=lambda text: int(text.split(":")[1])) == [
        f"e.csv:2:1: {spelled} '51'{hint}",
        f"e.csv:3:1: {spelled} '-1%'{hint}",
        f"e.csv:4:1: {spelled} '60-40%'{hint}",
        (
            "e.csv:5:1: kind: unknown kind 'love'; known: agreement, board_appointment, "
            "consolidation, other, shareholding, voting_rights"
        ),
        (
            "e.csv:6:1: it ends on 2023-06-15, before it begins on 2024-06-15 "
            "(are the dates reversed?)"
        ),
        "e.csv:7:1: /from: a day written as 2024-06-15 is expected, not '15.06.2024'",
        "e.csv:8:1: /seats: a whole number is expected, not 'many'",
        "e.csv:9:1: seats: seats belong to a board_appointment, not to shareholding",
        "e.csv:10:1: /owner: a row has an owner, or an exception instead of one",
        "e.csv:11:1: /owner: a row has an owner, or an exception instead of one",
        "e.csv:12:1: /owned: missing: a text that is not empty is expected",
        (
            "e.csv:13:1: /owner_country: in which sense? that is told by a kind, organization or "
            "person (give owner_kind, or owner_incorporation, owner_headquarters, ...)"
        ),
        (
            "e.csv:14:1: /owner_kind: 'god' is none of aircraft, organization, person, "
            "public_body, unknown, vessel, wallet"
        ),
    ]


def test_two_rows_never_say_different_things_of_one_party(tmp_path: Path) -> None:
    path = table(tmp_path / "e.csv", "owner,owned,owner_name\nB,A,Bo\nB,C,Bob\n")
    assert refused(read_edges, path) == [
        "e.csv:3:1: /owner_name: B is 'Bob' here and 'Bo' at e.csv:2"
    ]


def test_an_interest_of_no_day_is_left_out_and_remarked_on(tmp_path: Path) -> None:
    path = table(tmp_path / "e.csv", "owner,owned,from,until\nB,A,2024-06-15,2024-06-15\n")
    statements = read_edges(path)
    assert (rows(statements), remarks(statements)) == ([], {"no_day": 1})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("owner,owned\nB\n", "e.csv:2:1: 1 cells where the header has 2"),
        ('owner,owned\n"B,A\n', "e.csv:2:1: unexpected end of data"),
        ("owner,owned\n", "e.csv: no row behind the header"),
        ("owner,owned\nB,\0\n", "e.csv:2:3: a NUL byte"),
        (
            f"owner,owned\nB,{'x' * 140_000}\n",
            (
                "e.csv:2:1: field larger than field limit (131072) "
                "(the longest cell is 131072 characters)"
            ),
        ),
    ],
)
def test_a_broken_table_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert refused(read_edges, table(tmp_path / "e.csv", text)) == [message]


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes(b"owner,owned\nB,\xff\n")
    assert refused(read_edges, path) == ["e.csv:2:3: not UTF-8"]


def test_owners_that_say_nothing_are_unnamed_and_not_one_party(tmp_path: Path) -> None:
    path = table(
        tmp_path / "e.csv",
        "owner,owned,share,owner_name\nunknown,A,60%,Unknown\nunknown,B,70%,N/A\nC,A,40%,n.a.\n",
    )
    found = read_edges(path)
    assert [each.owner for each in found.interests] == [
        "unnamed owner of A (e.csv:2)", "unnamed owner of B (e.csv:3)", "C",
    ]  # fmt: skip
    assert {party.name for party in found.parties.values()} == {None}


def test_a_party_that_says_nothing_owns_no_part_of_nobody(tmp_path: Path) -> None:
    message, *_ = refused(read_edges, table(tmp_path / "e.csv", "owner,owned\nA,N/A\n"))
    assert "'N/A' stands for no party" in message


def test_a_number_that_says_nothing_is_no_number() -> None:
    numbers = tuple(StatedIdentifier("lei", text) for text in ("N/A", "0000", "7712345"))
    party = StatedParty("A", "unknown", identifiers=numbers)
    assert (party.name, party.identifiers) == (None, numbers[2:])
