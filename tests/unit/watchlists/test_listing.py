"""watchlists.Listing and Watchlist: dates, names, snapshot and age."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from compliance.model.truth import Truth
from compliance.watchlists import Identifier, Listing, Watchlist

LISTING = Listing(id="1", list_id="own", name="Qorvex Ltd", aliases=("Qorvex", "Zentrum"))
WATCHLIST = Watchlist(id="own", title="Own", listings=(LISTING,), published=date(2024, 6, 1))


@pytest.mark.parametrize(
    ("listed", "delisted", "published", "as_of", "expected"),
    [
        (date(2024, 1, 2), None, None, date(2024, 1, 1), Truth.FALSE),
        (date(2024, 1, 2), None, None, date(2024, 1, 2), Truth.TRUE),
        (date(2024, 1, 2), None, date(2024, 6, 1), date(2024, 3, 1), Truth.TRUE),
        (date(2024, 1, 2), None, date(2024, 6, 1), date(2025, 1, 1), Truth.TRUE),
        (date(2024, 1, 2), date(2024, 3, 4), None, date(2024, 3, 3), Truth.TRUE),
        (date(2024, 1, 2), date(2024, 3, 4), None, date(2024, 3, 4), Truth.FALSE),
        (None, date(2024, 3, 4), date(2024, 6, 1), date(2024, 3, 3), Truth.UNKNOWN),
        (None, date(2024, 3, 4), date(2024, 6, 1), date(2024, 3, 4), Truth.FALSE),
        (None, date(2024, 3, 4), date(2024, 1, 1), date(2024, 3, 3), Truth.TRUE),
        (None, None, date(2024, 6, 1), date(2024, 5, 31), Truth.UNKNOWN),
        (None, None, date(2024, 6, 1), date(2024, 6, 1), Truth.TRUE),
        (None, None, date(2024, 6, 1), date(2030, 1, 1), Truth.TRUE),
        (None, None, None, date(1990, 1, 1), Truth.TRUE),
    ],
)
def test_an_entry_is_active_between_its_dates_and_unknown_before_a_list_that_shows_it(
    listed: date | None, delisted: date | None, published: date | None, as_of: date, expected: Truth
) -> None:
    listing = replace(LISTING, listed_on=listed, delisted_on=delisted, published=published)
    assert listing.active(as_of) is expected


def test_the_names_of_an_entry_are_its_name_and_aliases_each_once() -> None:
    listing = replace(LISTING, aliases=("Zentrum", "Qorvex Ltd", "Zentrum"))
    assert listing.names == ("Qorvex Ltd", "Zentrum")


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        LISTING.name = "other"  # type: ignore[misc]


def test_a_snapshot_is_the_hash_of_the_content() -> None:
    assert WATCHLIST.snapshot == (
        "08cbbc85d7538e4c8d9659df51f3f7ddb957f93387c197e50d9e807a6f82a52c"
    )


def test_the_place_a_list_was_read_from_is_not_its_content() -> None:
    moved = replace(WATCHLIST, listings=(replace(LISTING, source="elsewhere.csv"),))
    assert moved.snapshot == WATCHLIST.snapshot


@pytest.mark.parametrize(
    "changed",
    [
        replace(WATCHLIST, id="other"),
        replace(WATCHLIST, title="Other"),
        replace(WATCHLIST, published=date(2024, 6, 2)),
        replace(WATCHLIST, complete=False),
        replace(WATCHLIST, stale_after_days=3),
        replace(WATCHLIST, listings=()),
        replace(WATCHLIST, listings=(LISTING, LISTING)),
        replace(WATCHLIST, listings=(replace(LISTING, name="Qorvex Limited"),)),
        replace(WATCHLIST, listings=(replace(LISTING, aliases=("Zentrum", "Qorvex")),)),
        replace(WATCHLIST, listings=(replace(LISTING, identifiers=(Identifier("lei", "1"),)),)),
        replace(WATCHLIST, listings=(replace(LISTING, listed_on=date(2024, 1, 1)),)),
        replace(WATCHLIST, listings=(replace(LISTING, license_policy="Presumption of denial"),)),
        replace(WATCHLIST, listings=(replace(LISTING, measures=("us.sdn",)),)),
        replace(WATCHLIST, listings=(replace(LISTING, possibly_from=date(2023, 1, 1)),)),
    ],
)
def test_any_change_of_content_changes_the_snapshot(changed: Watchlist) -> None:
    assert changed.snapshot != WATCHLIST.snapshot


@pytest.mark.parametrize(
    ("published", "limit", "as_of", "age", "stale"),
    [
        (date(2024, 6, 1), 30, date(2024, 7, 1), 30, Truth.FALSE),
        (date(2024, 6, 1), 30, date(2024, 7, 2), 31, Truth.TRUE),
        (date(2024, 6, 1), 30, date(2024, 5, 31), -1, Truth.FALSE),
        (date(2024, 6, 1), None, date(2030, 1, 1), 2040, Truth.FALSE),
        (None, 30, date(2024, 7, 1), None, Truth.UNKNOWN),
        (None, None, date(2024, 7, 1), None, Truth.FALSE),
    ],
)
def test_a_list_is_stale_after_its_limit(
    published: date | None, limit: int | None, as_of: date, age: int | None, stale: Truth
) -> None:
    watchlist = replace(WATCHLIST, published=published, stale_after_days=limit)
    assert (watchlist.age(as_of), watchlist.stale(as_of)) == (age, stale)
