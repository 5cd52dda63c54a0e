"""Properties of identifiers and of the index over them."""

from __future__ import annotations

import pickle
from datetime import date
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compliance import Screener
from compliance.model import Party
from compliance.screening.facts.hits import hits_of
from compliance.screening.knowledge import Knowledge
from compliance.watchlists import Identifier, Listing, Watchlist, from_rows
from compliance.watchlists.matching.identifier_index import IdentifierIndex, agreement
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.matching.identifiers import canonical, wallet_of

SCHEMES = st.sampled_from([*sorted(schemes().schemes), "Tax ID No.", "own", "", "wallet:ETH"])
VALUES = st.one_of(
    st.text(max_size=50),
    st.text("0123456789ABCXx -./()", max_size=24),
    st.sampled_from(
        (
            "0x01e2919679362dFBC9ee1644Ba9C6da6D6245BB1",
            "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
            "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            "213800KUD8LAJWSQ9D15",
            "British number 094629366",
        )
    ),
)
COUNTRIES = st.sampled_from((None, "RU", "CN", "UA", "IR", "US", "nowhere"))
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@given(SCHEMES, VALUES, COUNTRIES)
def test_any_text_has_a_canonical_form_with_a_check_and_a_reason(
    scheme: str, value: str, country: str | None
) -> None:
    found = canonical(scheme, value, country)
    assert found.check in ("valid", "invalid", "unchecked")
    assert found.reason
    assert all(key.partition(":")[2] for key in found.keys)


@given(SCHEMES, VALUES)
def test_a_canonical_form_is_its_own_and_keeps_its_check(scheme: str, value: str) -> None:
    found = canonical(scheme, value)
    again = canonical(found.scheme, found.value)
    assert again.value == found.value
    # Case is what the checksum of an EVM address is written in; the canonical form has none left.
    assert again.check == found.check or wallet_of(value).form == "evm"


@given(SCHEMES, VALUES, COUNTRIES)
def test_what_is_listed_is_found_as_written(scheme: str, value: str, country: str | None) -> None:
    listing = Listing(id="1", list_id="own", name="x", identifiers=(Identifier(scheme, value),))
    built = IdentifierIndex.build([Watchlist(id="own", title="", listings=(listing,))])
    found = canonical(scheme, value, country)
    long_enough = any(len(key.partition(":")[2]) >= schemes().limits.short for key in found.keys)
    if found.keys and (long_enough or schemes().scheme(scheme).world):
        (hit,) = built.search(scheme, value, country)
        assert (hit.listing, hit.value) == (listing, value)


@given(
    st.lists(st.tuples(SCHEMES, VALUES, COUNTRIES), max_size=6),
    SCHEMES,
    VALUES,
    COUNTRIES,
)
def test_an_indexed_search_equals_the_exhaustive_one(
    listed: list[tuple[str, str, str | None]], scheme: str, value: str, country: str | None
) -> None:
    listings = tuple(
        Listing(
            id=str(number),
            list_id="own",
            name="x",
            identifiers=(Identifier(label, text),),
            countries=(where,) if where else (),
        )
        for number, (label, text, where) in enumerate(listed)
    )
    built = IdentifierIndex.build([Watchlist(id="own", title="", listings=listings)])
    asked = canonical(scheme, value, country)
    exhaustive = [
        hit
        for listing in listings
        if (hit := agreement(asked, listing, listing.identifiers[0])) is not None
    ]
    assert list(built.search(scheme, value, country)) == exhaustive
    assert pickle.loads(pickle.dumps(built)) == built  # noqa: S301 - our own bytes


@given(st.text(max_size=300))
def test_any_text_reads_as_a_wallet(text: str) -> None:
    assert len(wallet_of(text).value) <= 300


@given(st.integers(0, 33), st.sampled_from(BASE58))
def test_one_changed_letter_breaks_a_base58_address(place: int, letter: str) -> None:
    address = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"
    changed = address[:place] + letter + address[place + 1 :]
    assert (wallet_of(changed).check == "valid") == (changed == address)


@given(st.integers(4, 41), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_one_changed_letter_breaks_a_bech32_address(place: int, letter: str) -> None:
    address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    changed = address[:place] + letter + address[place + 1 :]
    assert (wallet_of(changed).check == "valid") == (changed == address)


_LISTED_WALLETS = (
    "123WBUDmSJv4GctdVEz6Qq6z8nXSKrJ4KX", "12HQDsicffSBaYdJ6BhnE22sfjTESmmzKx",
    "1L4ncif9hh9TnUveqWq77HfWWt6CJWtrnb", "13LQJQ1oJ9K7PsqsGfjNhoVv6UeU6hgzQz",
    "GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS", "TBHTJqAy4DhHhmT3dNceJYNRz4SdLofLre",
    "LNf2JDiuunBz7GMDKFYHN4rq5meXWxiwfb", "XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2",
    "DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z", "rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66",
)  # fmt: skip


@cache
def _wallets() -> Knowledge:
    """What is known when those are listed: by the address alone, and by the name of a holder."""
    alone: list[dict[str, Any]] = [
        {
            "id": text,
            "name": text,
            "kind": "wallet",
            "identifiers": [{"scheme": "wallet", "value": text}],
        }
        for text in _LISTED_WALLETS
    ]
    holder = {"id": "h", "name": "Zorblatt Foundry", "identifiers": [alone[0]["identifiers"][0]]}
    return Screener.load(watchlists=[from_rows([*alone, holder], id="own")]).knowledge


@given(st.sampled_from(_LISTED_WALLETS), st.data())
def test_a_base58_address_with_one_letter_in_the_other_case_is_nobody_s(
    address: str, data: st.DataObject
) -> None:
    assert wallet_of(address).check == "valid"
    places = [place for place, letter in enumerate(address) if letter.isalpha()]
    place = data.draw(st.sampled_from(places))
    other = address[:place] + address[place].swapcase() + address[place + 1 :]
    for asked, hit in ((address, True), (other, False)):
        number = {"scheme": "wallet", "value": asked}
        parties: tuple[dict[str, Any], ...] = (
            {"kind": "wallet", "name": asked, "identifiers": [number]},
            {"name": asked},
            {"name": "Orchid Vale", "identifiers": [number]},
        )
        for given_ in parties:
            party = Party.model_validate(given_)
            assert bool(hits_of(party, party.kind, _wallets(), date(2026, 1, 1))) is hit, given_
