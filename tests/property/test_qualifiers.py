"""Properties of qualifiers: they never make a hit, never hide one, and never depend on order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import names
from compliance.watchlists import Identifier, Listing
from compliance.watchlists.matching.identifiers import canonical
from compliance.watchlists.matching.qualifiers import Qualities, qualify
from sampling import examples

FLOOR = names.REVIEW_THRESHOLD
KINDS = st.sampled_from(
    ("organization", "person", "public_body", "wallet", "vessel", "aircraft", "unknown")
)
BIRTHS = st.sampled_from(("1960", "1960-05", "1960-05-17", "1958/1961", "1990", "1964-01-01", "?"))
COUNTRIES = st.sampled_from(("CN", "HK", "RU", "UA", "US"))
GENDERS = st.sampled_from((None, "female", "male"))
ADDRESSES = st.sampled_from(
    (
        "No. 220, Handan Rd., Shanghai, China",
        "Room 801, 220 Handan Road, Shanghai",
        "Room 5, 220 Handan Road, Shanghai",
        "Shanghai, China",
    )
)
NUMBERS = st.sampled_from(
    (
        ("lei", "213800KUD8LAJWSQ9D15"),
        ("lei", "7ZW8QJWVPR4P1J1KQY45"),
        ("inn", "7707083893"),
        ("inn", "780201346432"),
        ("tax", "7707083893"),
        ("passport", "711002398"),
    )
)
PLACES = st.sampled_from(("incorporation", "headquarters", "residence", "address"))
SCORES = st.floats(0, 1)
HITS = st.floats(FLOOR, 1)


def tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


LISTINGS = st.builds(
    Listing,
    id=st.just("1"),
    list_id=st.just("own"),
    name=st.just("x"),
    kind=KINDS,
    countries=tuples(COUNTRIES),
    nationalities=tuples(COUNTRIES),
    addresses=tuples(ADDRESSES),
    birth_dates=tuples(BIRTHS),
    gender=GENDERS,
    identifiers=tuples(NUMBERS.map(lambda number: Identifier(*number))),
)
PARTIES = st.builds(
    Qualities,
    kind=KINDS,
    birth_dates=tuples(BIRTHS),
    countries=tuples(st.tuples(PLACES, COUNTRIES)),
    nationalities=tuples(COUNTRIES),
    addresses=tuples(ADDRESSES),
    gender=GENDERS,
    identifiers=tuples(NUMBERS.map(lambda number: canonical(*number))),
)


@settings(max_examples=examples(300))
@given(SCORES, LISTINGS, PARTIES)
def test_a_score_stays_within_bounds_and_on_its_side_of_the_threshold(
    score: float, listing: Listing, party: Qualities
) -> None:
    found = qualify(score, listing, party)
    assert 0.0 <= found.score <= 1.0
    assert (found.score >= FLOOR) == (score >= FLOOR)
    if score < FLOOR:
        assert (found.score, found.strength) == (score, "discounted")


@settings(max_examples=examples(300))
@given(HITS, LISTINGS, PARTIES, PARTIES)
def test_more_data_about_a_customer_never_hides_a_hit(
    score: float, listing: Listing, party: Qualities, more: Qualities
) -> None:
    both = replace(
        party,
        birth_dates=party.birth_dates + more.birth_dates,
        countries=party.countries + more.countries,
        nationalities=party.nationalities + more.nationalities,
        addresses=party.addresses + more.addresses,
        identifiers=party.identifiers + more.identifiers,
        gender=party.gender or more.gender,
    )
    for known in (party, both):
        found = qualify(score, listing, known)
        assert found.score >= FLOOR
        assert len(found.reasons) == 7


@given(SCORES, LISTINGS)
def test_nothing_known_moves_nothing(score: float, listing: Listing) -> None:
    found = qualify(score, listing, Qualities())
    assert abs(found.score - score) <= 1e-6
    assert all((each.verdict, each.amount) == ("unknown", 0.0) for each in found.reasons)


@settings(max_examples=examples(300))
@given(HITS, LISTINGS, PARTIES)
def test_the_score_is_the_sum_of_its_reasons(
    score: float, listing: Listing, party: Qualities
) -> None:
    found = qualify(score, listing, party)
    total = score + sum(each.amount for each in found.reasons)
    assert found.score <= max(FLOOR, min(1.0, total)) + 1e-6
    for each in found.reasons:
        signs = {"agrees": each.amount >= 0, "conflicts": each.amount < 0}
        assert signs.get(each.verdict, each.amount == 0)


@settings(max_examples=examples(300))
@given(HITS, LISTINGS, PARTIES, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    score: float, listing: Listing, party: Qualities, chance: Any
) -> None:
    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(values, len(values)))

    other = replace(
        party,
        birth_dates=mixed(party.birth_dates),
        countries=mixed(party.countries),
        nationalities=mixed(party.nationalities),
        addresses=mixed(party.addresses),
        identifiers=mixed(party.identifiers),
    )
    listed = replace(
        listing,
        birth_dates=mixed(listing.birth_dates),
        addresses=mixed(listing.addresses),
        identifiers=mixed(listing.identifiers),
        countries=mixed(listing.countries),
    )
    assert qualify(score, listed, other) == qualify(score, listing, party)


@settings(max_examples=examples(300))
@given(HITS, LISTINGS, PARTIES)
def test_a_conflict_that_tells_two_parties_apart_is_never_certain(
    score: float, listing: Listing, party: Qualities
) -> None:
    found = qualify(score, listing, party)
    apart = {("birth_date", "apart"), ("gender", "different"), ("kind", "different")}
    if apart & {(each.quality, each.finding) for each in found.reasons}:
        assert found.strength in ("review", "discounted")
    if found.strength == "certain":
        assert any(each.verdict == "agrees" and each.amount > 0 for each in found.reasons)
