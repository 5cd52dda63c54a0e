"""watchlists.from_rows: your own list, strict, every defect at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from compliance.errors import WatchlistError
from compliance.watchlists import Identifier, Listing, from_rows

FULL: dict[str, Any] = {
    "id": "q-1",
    "name": "Qorvex Ltd",
    "aliases": ["Qorvex", " Zentrum "],
    "kind": "organization",
    "country": "CN",
    "addresses": ["1 Long Road, Beijing"],
    "programme": "OWN",
    "identifiers": [{"scheme": "lei", "value": "5493001KJTIIGC8Y1R12"}, "uscc:91110000"],
    "listed_on": "2024-01-02",
    "delisted_on": date(2024, 5, 6),
    "citation": "board minute 7",
    "license_requirement": "all items",
    "license_policy": "Presumption of denial",
    "footnotes": ("4",),
    "remarks": "none",
}


def test_a_full_row_becomes_a_listing() -> None:
    watchlist = from_rows([FULL], id="own", title="Own list", published=date(2024, 6, 1))
    assert watchlist.listings == (
        Listing(
            id="q-1",
            list_id="own",
            name="Qorvex Ltd",
            aliases=("Qorvex", "Zentrum"),
            kind="organization",
            countries=("CN",),
            addresses=("1 Long Road, Beijing",),
            programmes=("OWN",),
            identifiers=(Identifier("lei", "5493001KJTIIGC8Y1R12"), Identifier("uscc", "91110000")),
            listed_on=date(2024, 1, 2),
            delisted_on=date(2024, 5, 6),
            citation="board minute 7",
            license_requirement="all items",
            license_policy="Presumption of denial",
            footnotes=("4",),
            remarks="none",
            source="row 1",
            published=date(2024, 6, 1),
        ),
    )
    assert (watchlist.id, watchlist.title, watchlist.complete) == ("own", "Own list", True)


def test_id_and_name_are_enough_and_the_title_is_the_id() -> None:
    watchlist = from_rows([{"id": 7, "name": "Qorvex"}], id="own")
    assert watchlist.listings == (Listing(id="7", list_id="own", name="Qorvex", source="row 1"),)
    assert watchlist.title == "own"


def test_no_rows_are_an_empty_list() -> None:
    assert from_rows([], id="own").listings == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "row 1.id: missing (each entry has an id and a name)"),
        ({"id": "  "}, "row 1.id: missing (each entry has an id and a name)"),
        ({"name": None}, "row 1.name: missing (each entry has an id and a name)"),
        ({"name": "..."}, "row 1.name: '...' has no letter and no digit"),
        (
            {"name": 5},
            (
                "row 1.name: expected text, found 5\nrow 1.name: missing (each entry has an id "
                "and a name)"
            ),
        ),
        (
            {"name": "a\0b"},
            (
                "row 1.name: a NUL byte, or longer than 100000 characters\nrow 1.name: missing "
                "(each entry has an id and a name)"
            ),
        ),
        ({"nmae": "x"}, "row 1.nmae: unknown field (did you mean 'name'?)"),
        (
            {"kind": "organisation"},
            "row 1.kind: unknown kind 'organisation' (did you mean 'organization'?)",
        ),
        (
            {"country": "China"},
            "row 1.countries: 'China' is not a country code (ISO 3166 alpha-2, as CN)",
        ),
        (
            {"country": "cn"},
            "row 1.countries: 'cn' is not a country code (ISO 3166 alpha-2, as CN)",
        ),
        (
            {"countries": ["CN"]},
            "row 1.countries: both countries and its other number are given (keep one)",
        ),
        ({"aliases": {"a": 1}}, "row 1.aliases: expected text or a list of texts, found {'a': 1}"),
        ({"aliases": [3]}, "row 1.aliases: expected text, found 3"),
        (
            {"listed_on": "2024-02-30"},
            "row 1.listed_on: '2024-02-30' is not a date (write YYYY-MM-DD)",
        ),
        (
            {"listed_on": "02/03/2024"},
            "row 1.listed_on: '02/03/2024' is not a date (write YYYY-MM-DD)",
        ),
        (
            {"listed_on": datetime(2024, 1, 1, tzinfo=UTC)},
            (
                "row 1.listed_on: datetime.datetime(2024, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)"
                " is not a date (write YYYY-MM-DD)"
            ),
        ),
        (
            {"delisted_on": "2023-01-01"},
            "row 1.delisted_on: 2023-01-01 is before listed_on 2024-01-02",
        ),
        (
            {"identifiers": ["5493"]},
            "row 1.identifiers: '5493' is not an identifier ({scheme, value}, as text)",
        ),
        (
            {"identifiers": [{"scheme": "lei", "value": 5}]},
            (
                "row 1.identifiers: {'scheme': 'lei', 'value': 5} is not an identifier ({scheme, "
                "value}, as text)"
            ),
        ),
        (
            {"identifiers": [{"scheme": "lei"}]},
            "row 1.identifiers: {'scheme': 'lei'} is not an identifier ({scheme, value}, as text)",
        ),
    ],
)
def test_a_wrong_row_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(WatchlistError) as caught:
        from_rows([{**FULL, **change}], id="own")
    assert str(caught.value) == message


def test_every_defect_of_every_row_is_reported_at_once() -> None:
    rows: list[Any] = [
        {"id": "1", "name": "Qorvex"},
        {"id": "1", "name": "Zentrum"},
        "Zentrum",
        {"id": "4", "name": "Zentrum", "country": "XYZ", "since": 1},
        {},
    ]
    with pytest.raises(WatchlistError) as caught:
        from_rows(rows, id="own")
    assert [problem.path for problem in caught.value.problems] == [
        "row 2.id",
        "row 3",
        "row 4.countries",
        "row 4.since",
        "row 5.id",
        "row 5.name",
    ]
    assert str(caught.value.problems[0]) == "row 2.id: '1' twice (first in row 1)"
    assert str(caught.value.problems[1]) == "row 3: expected a mapping, found str"


@pytest.mark.parametrize("identity", ["", "  ", "--"])
def test_a_list_needs_an_id(identity: str) -> None:
    with pytest.raises(WatchlistError, match=r"^a list needs an id$"):
        from_rows([], id=identity)


def test_unknown_metadata_is_refused() -> None:
    with pytest.raises(WatchlistError) as caught:
        from_rows([], id="own", titel="Own")
    assert str(caught.value) == "unknown metadata 'titel' (did you mean 'title'?)"
