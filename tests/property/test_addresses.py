"""Properties of addresses and of the index over them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.watchlists import from_rows
from compliance.watchlists.matching.address_index import AddressIndex, compare
from compliance.watchlists.matching.addresses import parse
from sampling import examples

WORDS = (
    "handan yun jin yunjin nathan west main road rd street lu calle carrera ul no room floor "
    "prospekt building unit po box 220 222 12 12-14 5 78 53-70 801 200433 7th juin shanghai "
    "beijing kowloon hong kong moscow springfield china cn russia district , , , , # - 路 号"
)
ADDRESSES = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join)
TEXTS = st.one_of(ADDRESSES, st.text(max_size=60))


@given(TEXTS)
def test_any_text_reads_as_an_address(text: str) -> None:
    found = parse(text)
    assert found.text == text
    assert all(number for number, _ in found.streets)


@settings(max_examples=examples(300))
@given(TEXTS, TEXTS)
def test_comparing_is_symmetric_and_within_bounds(one: str, other: str) -> None:
    found = compare(parse(one), parse(other))
    assert found == compare(parse(other), parse(one))
    assert found is None or 0.0 < found.score <= 1.0


@settings(max_examples=examples(300))
@given(st.lists(TEXTS, max_size=8), TEXTS)
def test_an_indexed_search_equals_the_exhaustive_one(listed: list[str], asked: str) -> None:
    rows = [
        {"id": str(n), "name": "x", "address": text.replace("\0", "")}
        for n, text in enumerate(listed)
    ]
    watchlist = from_rows(rows, id="own")
    exhaustive = {
        listing.id
        for listing in watchlist.listings
        for text in listing.addresses
        if compare(parse(asked), parse(text))
    }
    hits = AddressIndex.build([watchlist]).search(asked)
    assert {hit.listing.id for hit in hits} == exhaustive
    assert [hit.agreement for hit in hits] == sorted((h.agreement for h in hits), reverse=True)


@given(
    st.sampled_from(("Shanghai", "Moscow", "Hong Kong", "Springfield")),
    st.sampled_from(("", ", China", ", Russia")),
)
def test_a_town_never_matches(town: str, country: str) -> None:
    watchlist = from_rows([{"id": "1", "name": "x", "address": town + country}], id="own")
    assert AddressIndex.build([watchlist]).search(town + country) == ()
