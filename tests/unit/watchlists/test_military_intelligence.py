"""The bodies of 15 CFR 744.22(f)(2): regulation text, shipped with its doubt."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.model.truth import Truth
from compliance.watchlists import Listing, NameIndex, embedded

BODIES = next(watchlist for watchlist in embedded() if watchlist.id == "bis-744-22")


def test_the_list_says_that_the_text_was_not_seen() -> None:
    assert "not seen verbatim" in BODIES.note
    assert (BODIES.complete, BODIES.entries_total) == (False, None)


@pytest.mark.parametrize("listing", BODIES.listings, ids=lambda listing: listing.id)
def test_each_body_is_public_cited_and_marked_for_verification(listing: Listing) -> None:
    assert listing.kind == "public_body"
    assert listing.citation == "15 CFR 744.22(f)(2)"
    assert listing.remarks == "To be verified at the source."
    assert listing.listed_on is None


def test_the_bodies_are_unknown_before_the_rule_and_named_from_its_day() -> None:
    body = BODIES.listings[0]
    assert body.active(date(2021, 3, 15)) is Truth.UNKNOWN
    assert body.active(date(2021, 3, 16)) is Truth.TRUE


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Joint Staff Intelligence Bureau", "CN"),
        ("Intelligence Bureau, Joint Staff Department", "CN"),
        ("联合参谋部情报局", "CN"),
        ("Reconnaissance General Bureau", "KP"),
        ("Главное разведывательное управление", "RU"),
        ("IRGC-IO", "IR"),
        ("Directorate of Military Intelligence", "CU"),
    ],
)
def test_a_body_is_found_by_its_names(name: str, country: str) -> None:
    hits = NameIndex.build([BODIES]).search(name)
    assert country in [hit.listing.countries[0] for hit in hits]


@pytest.mark.parametrize(
    "name",
    [
        "Business Intelligence Bureau",
        "Joint Staff Services Ltd",
        "General Intelligence Ltd",
        "Department of Energy",
        "Market Intelligence Directorate",
    ],
)
def test_ordinary_intelligence_is_not_military(name: str) -> None:
    assert NameIndex.build([BODIES]).search(name) == ()
