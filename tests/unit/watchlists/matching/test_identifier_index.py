"""Who carries an identifier, on small lists and on the real ones."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from compliance.watchlists import Listing, Watchlist, from_rows, read
from compliance.watchlists.matching.identifier_index import IdentifierHit, IdentifierIndex

EVM = "0x01e2919679362dFBC9ee1644Ba9C6da6D6245BB1"


def index(**numbers: str | tuple[str, ...]) -> IdentifierIndex:
    """One list; each listing is named by its id and carries "scheme:value" texts."""
    rows = [
        {
            "id": name,
            "name": f"party {name}",
            "identifiers": [given] if isinstance(given, str) else list(given),
        }
        for name, given in numbers.items()
    ]
    return IdentifierIndex.build([from_rows(rows, id="own")])


def of(country: str | None, identifier: str, remarks: str | None = None) -> IdentifierIndex:
    row: dict[str, Any] = {
        "id": "1",
        "name": "party",
        "identifiers": [identifier],
        "remarks": remarks,
    }
    return IdentifierIndex.build(
        [from_rows([row | ({"country": country} if country else {})], id="own")]
    )


def ids(hits: tuple[IdentifierHit, ...]) -> list[str]:
    return [hit.listing.id for hit in hits]


@pytest.mark.parametrize("asset", ["ETH", "USDT", "USDC", "BSC", "ARB", "ETC"])
def test_a_wallet_is_found_whatever_its_label(asset: str) -> None:
    built = index(a=f"wallet:{EVM}", b="wallet:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")
    for text in (EVM, EVM.lower(), EVM.upper().replace("X", "x", 1), f"{asset}:{EVM}"):
        assert ids(built.search(f"Digital Currency Address - {asset}", text)) == ["a"]


def test_a_hit_tells_what_the_list_says_and_how_the_numbers_agree() -> None:
    (hit,) = index(a=f"wallet:{EVM}").search("wallet", EVM.lower())
    assert (hit.scheme, hit.value, hit.check, hit.issuer) == ("wallet", EVM, "valid", "irrelevant")
    assert hit.reason == (
        "listed: EVM address, EIP-55 checksum verified; "
        "given: EVM address in one case, which has no checksum"
    )


def test_the_old_spelling_of_a_bitcoin_cash_address_finds_the_new_one() -> None:
    built = index(a="wallet:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a")
    (hit,) = built.search("wallet", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")
    assert "are one address" in hit.reason


def test_a_base58_address_of_another_case_is_another_address() -> None:
    built = index(a="wallet:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")
    assert built.search("wallet", "1bpei6dfdaufd7gtittlsdbeyjvcoavggu") == ()


def test_a_number_whose_check_fails_still_matches_as_written() -> None:
    (hit,) = index(a="lei:213800KUD8LAJWSQ9D16").search("LEI", "213800KUD8LAJWSQ9D16")
    assert (hit.check, hit.reason) == ("invalid", "lei: its check digit does not hold")


def test_a_branch_leads_to_its_bank() -> None:
    built = index(a="swift:VTBRRUMM")
    assert [hit.reason for hit in built.search("bic", "VTBRRUMMXXX")] == [
        "bic: its form is right; such a number has no check digit"
    ]
    (hit,) = built.search("bic", "VTBRRUMMMS2")
    assert hit.reason.startswith("VTBRRUMMMS2 and VTBRRUMM are branches of one bank")
    assert built.search("bic", "VTBRAZ22") == ()


def test_numbers_of_one_family_meet_whatever_their_label() -> None:
    (hit,) = of("RU", "tax:7707083893").search("INN", "7707083893")
    assert hit.issuer == "listing"
    assert hit.reason.startswith("given as inn, listed as tax; ")
    assert index(a="registration:91110000600037341L").search("uscc", "91110000600037341L")
    assert index(a="passport:123456").search("national_id", "123456") == ()
    assert index(a="document:123456").search("national_id", "123456")


@pytest.mark.parametrize(
    ("listed_in", "remarks", "asked", "issuer"),
    [
        ("IR", "Registration Number 218006 (Iran)", "IR", "same"),
        ("AE", "Registration Number 218006 (Iran)", "IR", "same"),
        ("IR", None, "IR", "listing"),
        ("IR", None, "SG", "elsewhere"),
        ("IR", None, None, "unknown"),
        (None, None, "SG", "unknown"),
        ("UA", "Registration Number 218006 (Ukraine)", "RU", "related"),
        ("IR", "Registration Number 1218006 (China)", "IR", "listing"),
    ],
)
def test_a_hit_says_how_far_the_issuing_countries_agree(
    listed_in: str | None, remarks: str | None, asked: str | None, issuer: str
) -> None:
    (hit,) = of(listed_in, "registration:218006", remarks).search("registration", "218006", asked)
    assert hit.issuer == issuer


def test_a_number_of_another_country_is_another_number() -> None:
    built = of("AE", "registration:218006", "Registration Number 218006 (Iran); x")
    assert built.search("registration", "218006", "SG") == ()
    assert built.search("registration", "218006", "Singapore") == ()
    assert built.search("inn", "218006") == ()


def test_a_short_number_needs_the_same_country() -> None:
    built = of("IR", "registration:1924")
    assert ids(built.search("registration", "1924", "IR")) == ["1"]
    assert built.search("registration", "1924", "SG") == ()
    assert built.search("registration", "1924") == ()
    assert of(None, "registration:1924").search("registration", "1924", "IR") == ()
    assert ids(of(None, "call_sign:EQOD").search("call sign", "EQOD")) == ["1"]


def test_a_number_among_words_is_found() -> None:
    (hit,) = index(a="passport:British number 094629366").search("passport", "094629366")
    assert hit.reason.startswith("the list's text holds 094629366")
    (hit,) = index(a="passport:094629366").search("passport", "British passport 094629366")
    assert hit.reason.startswith("the text given holds 094629366")


def test_hits_stand_in_order_of_list_entry_and_value() -> None:
    first = from_rows(
        [
            {"id": "2", "name": "x", "identifiers": ["lei:A1"]},
            {"id": "1", "name": "y", "identifiers": ["lei:A1"]},
        ],
        id="b",
    )
    second = from_rows([{"id": "9", "name": "z", "identifiers": ["lei:A 1", "lei:A1"]}], id="a")
    for lists in ([first, second], [second, first]):
        hits = IdentifierIndex.build(lists).search("lei", "a1")
        assert [(hit.listing.list_id, hit.listing.id, hit.value) for hit in hits] == [
            ("a", "9", "A 1"),
            ("a", "9", "A1"),
            ("b", "1", "A1"),
            ("b", "2", "A1"),
        ]


def test_an_index_survives_pickling() -> None:
    built = index(a=f"wallet:{EVM}", b=("lei:213800KUD8LAJWSQ9D15", "imo:9074729"))
    copied = pickle.loads(pickle.dumps(built))  # noqa: S301 - our own bytes
    assert copied == built
    assert copied.search("imo", "IMO9074729") == built.search("imo", "IMO9074729") != ()
    assert len(built) == 3


def test_nothing_is_found_by_nothing() -> None:
    built = index(a="tax:---", b="wallet:?")
    assert built.search("tax", "") == built.search("tax", "---") == built.search("wallet", "") == ()


@pytest.fixture(scope="module")
def sdn(shared: Path) -> Watchlist:
    return read("ofac-sdn-csv", shared / "ofac" / "sdn_2021-07")


@pytest.fixture(scope="module")
def csl(shared: Path) -> Watchlist:
    return read("ita-csl-csv", shared / "csl" / "consolidated_2022-05.csv.gz")


@pytest.mark.shared
def test_every_listed_number_finds_its_listing(sdn: Watchlist, csl: Watchlist) -> None:
    built = IdentifierIndex.build([sdn, csl])
    assert len(built) == 9068
    missing: list[tuple[Listing, str]] = []
    short = 0
    for listing in (*sdn.listings, *csl.listings):
        for number in listing.identifiers:
            hits = built.search(number.scheme, number.value)
            if all(hit.listing is not listing for hit in hits):
                compact = "".join(filter(str.isalnum, number.value))
                short += len(compact) < 5
                if len(compact) >= 5:
                    missing.append((listing, number.value))
    assert missing == []
    assert short == 103


@pytest.mark.shared
def test_checks_of_the_real_lists(sdn: Watchlist, csl: Watchlist) -> None:
    built = IdentifierIndex.build([sdn, csl])
    wanted = ("lei", "uscc", "imo", "isin", "wallet", "passport")
    found: Counter[tuple[str, str]] = Counter()
    for listing in (*sdn.listings, *csl.listings):
        for number in listing.identifiers:
            if number.scheme in wanted:
                hits = built.search(number.scheme, number.value, (listing.countries or (None,))[0])
                found.update(
                    (hit.scheme, hit.check)
                    for hit in hits
                    if hit.listing is listing and hit.value == number.value
                )
    assert {key: n for key, n in found.items() if key[0] != "passport"} == {
        ("lei", "valid"): 20,
        ("uscc", "valid"): 72,
        ("imo", "valid"): 915,
        ("imo", "invalid"): 6,
        ("isin", "valid"): 160,
        ("isin", "invalid"): 3,
        ("wallet", "valid"): 408,
        ("wallet", "unchecked"): 25,
    }


@pytest.mark.shared
def test_wallets_of_2024_lead_to_the_listings_of_2022(csl: Watchlist, shared: Path) -> None:
    built = IdentifierIndex.build([csl])
    listed = {n.value for x in csl.listings for n in x.identifiers if n.scheme == "wallet"}
    listed |= {value.lower() for value in listed if value.startswith("0x")}
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for path in sorted((shared / "crypto").glob("sanctioned_addresses_*.json")):
        asset = path.stem.rpartition("_")[2]
        for address in json.loads(path.read_text("utf-8")):
            wanted[asset] += address in listed or address.lower() in listed
            found[asset] += bool(built.search(f"Digital Currency Address - {asset}", address))
    assert found == wanted
    assert (found["XBT"], found["ETH"], found.total()) == (277, 29, 342)
