"""Wallet addresses: the examples of the standards that define them, and every one OFAC lists."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from compliance.watchlists.matching.identifiers import canonical, wallet_of
from compliance.watchlists.matching.wallets import Wallet

EIP_55 = (
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)
LISTED_EVM = "0x01e2919679362dFBC9ee1644Ba9C6da6D6245BB1"
SEGWIT = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
TAPROOT = "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y"
TAPROOT_OLD_SUM = "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx"
CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
LEGACY = "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"
CASH_SCRIPT = "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"
LEGACY_SCRIPT = "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC"
XRP = "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"
TRON = "TBHTJqAy4DhHhmT3dNceJYNRz4SdLofLre"
MONERO = (
    "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9r"
    "GT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL"
)


def verdict(text: str) -> tuple[str, str, str]:
    wallet = wallet_of(text)
    return wallet.value, wallet.form, wallet.check


@pytest.mark.parametrize("address", EIP_55)
def test_an_evm_address_of_two_cases_has_its_checksum_verified(address: str) -> None:
    assert wallet_of(address) == Wallet(
        address.lower(), "evm", "valid", "EVM address, EIP-55 checksum verified"
    )


def test_an_evm_address_with_a_wrong_case_is_the_same_address_and_invalid() -> None:
    wrong = EIP_55[0][:-1] + "D"
    assert wallet_of(wrong) == Wallet(
        EIP_55[0].lower(), "evm", "invalid", "EVM address whose EIP-55 checksum does not hold"
    )


@pytest.mark.parametrize(
    "address",
    [EIP_55[0].lower(), "0x" + EIP_55[0][2:].upper(), EIP_55[0][2:].lower(), "xdc" + "a" * 40],
)
def test_an_evm_address_of_one_case_has_nothing_to_verify(address: str) -> None:
    assert wallet_of(address).check == "unchecked"
    assert wallet_of(address).form == "evm"


@pytest.mark.parametrize(
    "text",
    [
        f"eip155:1:{LISTED_EVM}",
        f"ethereum:{LISTED_EVM}@1?value=1",
        f" {LISTED_EVM[:10]} {LISTED_EVM[10:]}\n",
        f"\u200b{LISTED_EVM}\ufeff",
        f"USDT:{LISTED_EVM}",
        f"ethereum://{LISTED_EVM}",
    ],
    ids=["CAIP-10", "EIP-681", "blanks", "invisible", "label", "slashes"],
)
def test_an_address_is_found_in_what_is_written_around_it(text: str) -> None:
    assert verdict(text) == (LISTED_EVM.lower(), "evm", "valid")


def test_a_payment_uri_and_a_chain_lead_to_one_bitcoin_address() -> None:
    chain = "bip122:000000000019d6689c085ae165831e93"
    texts = (LEGACY, f"bitcoin:{LEGACY}?amount=0.1&label=x", f"{chain}:{LEGACY}")
    assert {wallet_of(text) for text in texts} == {wallet_of(LEGACY)}


@pytest.mark.parametrize(
    ("address", "kind"), [(SEGWIT, "bech32"), (SEGWIT.upper(), "bech32"), (TAPROOT, "bech32m")]
)
def test_a_segwit_address_is_lower_case_with_its_checksum_verified(address: str, kind: str) -> None:
    reason = f"{kind} (bc), checksum verified"
    assert wallet_of(address) == Wallet(address.lower(), "bech32", "valid", reason)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (SEGWIT[:-1] + "5", "bech32 (bc) whose checksum does not hold"),
        (SEGWIT[:3] + "Q" + SEGWIT[4:], "bech32 (bc) of mixed case, which BIP 173 forbids"),
        (TAPROOT_OLD_SUM, "bech32 (bc) whose checksum does not hold"),
    ],
    ids=["changed", "mixed case", "version 1 with the checksum of version 0"],
)
def test_a_segwit_address_that_breaks_its_standard_is_invalid(address: str, reason: str) -> None:
    assert wallet_of(address) == Wallet(address.lower(), "bech32", "invalid", reason)


def test_a_bech32_address_of_a_chain_nobody_named_counts_by_its_checksum_alone() -> None:
    assert verdict("A12UEL5L") == ("a12uel5l", "bech32", "valid")
    assert verdict("a12uel5m") == ("a12uel5m", "unknown", "unchecked")


@pytest.mark.parametrize(
    "address", [CASH, f"bitcoincash:{CASH}", CASH.upper(), f"BITCOINCASH:{CASH.upper()}"]
)
def test_a_bitcoin_cash_address_is_one_with_and_without_its_prefix(address: str) -> None:
    assert verdict(address) == (CASH, "cashaddr", "valid")


@pytest.mark.parametrize(("cash", "legacy"), [(CASH, LEGACY), (CASH_SCRIPT, LEGACY_SCRIPT)])
def test_the_old_spelling_of_a_bitcoin_cash_address_is_the_same_address(
    cash: str, legacy: str
) -> None:
    assert wallet_of(cash).also == wallet_of(legacy).also != ()


def test_the_two_spellings_of_a_litecoin_script_are_one_address() -> None:
    old, new = "3MSvaVbVFFLML86rt5eqgA9SvW23upaXdY", "MTf4tP1TCNBn8dNkyxeBVoPrFCcVzxJvvh"
    assert (wallet_of(old).check, wallet_of(new).check) == ("valid", "valid")
    assert wallet_of(old).also == wallet_of(new).also != ()


def test_a_bitcoin_cash_address_with_a_changed_letter_or_another_prefix_is_invalid() -> None:
    assert verdict(CASH[:-1] + "q") == (CASH[:-1] + "q", "cashaddr", "invalid")
    assert verdict(f"bchtest:{CASH}")[2] == "valid"  # the address itself is of the main network
    assert canonical("wallet", f"bchtest:{CASH}").value == CASH


@pytest.mark.parametrize(
    ("address", "form", "reason"),
    [
        (LEGACY, "base58check", "base58check (BTC, BCH or BSV), checksum verified"),
        (TRON, "base58check", "base58check (TRX), checksum verified"),
        (
            "t1MMXtBrSp1XG38Lx9cePcNUCJj5vdWfUWL",
            "base58check",
            "base58check (ZEC), checksum verified",
        ),
        (
            "XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2",
            "base58check",
            "base58check (DASH), checksum verified",
        ),
        (XRP, "xrp", "XRP address, checksum verified"),
        (MONERO, "monero", "Monero address, Keccak checksum verified"),
    ],
)
def test_an_exact_form_has_its_checksum_verified(address: str, form: str, reason: str) -> None:
    wallet = wallet_of(address)
    assert (wallet.value, wallet.form, wallet.check, wallet.reason) == (
        address,
        form,
        "valid",
        reason,
    )


@pytest.mark.parametrize("address", [LEGACY, TRON, XRP, MONERO])
def test_an_exact_form_with_a_changed_letter_is_itself_and_invalid(address: str) -> None:
    changed = address[:9] + ("b" if address[9] != "b" else "c") + address[10:]
    wallet = wallet_of(changed)
    assert (wallet.value, wallet.check) == (changed, "invalid")


def test_the_tag_of_an_xrp_address_stands_apart() -> None:
    assert {verdict(text) for text in (XRP, f"{XRP}:12345", f"{XRP}?dt=12345")} == {
        (XRP, "xrp", "valid")
    }


def test_a_tron_address_in_hex_is_its_base58_spelling() -> None:
    content = "41" + "ab" * 20
    wallet = wallet_of(content)
    assert (wallet.form, wallet.check) == ("base58check", "unchecked")
    assert verdict(wallet.value) == (wallet.value, "base58check", "valid")


@pytest.mark.parametrize(
    "text", ["", " ", "::::", "?", "@", "r", "0x", "1" * 30, "z" * 40, "💰", "\ud800"]
)
def test_any_other_text_is_itself_and_unchecked_or_invalid(text: str) -> None:
    assert wallet_of(text).check in ("unchecked", "invalid")


def test_a_text_without_end_is_compared_by_its_hash() -> None:
    one, other = wallet_of("x" * 100_000), wallet_of("x" * 100_001)
    assert one.value.startswith("sha256:")
    assert len(one.value) == len("sha256:") + 64
    assert one.value != other.value


@pytest.mark.shared
def test_every_wallet_that_ofac_lists_checks_valid_but_for_those_without_a_checksum(
    shared: Path,
) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted((shared / "crypto").glob("sanctioned_addresses_*.json")):
        for address in json.loads(path.read_text("utf-8")):
            wallet = wallet_of(address)
            found[wallet.form, wallet.check] += 1
    assert found == {
        ("base58check", "valid"): 399,
        ("evm", "valid"): 119,
        ("bech32", "valid"): 80,
        ("cashaddr", "valid"): 6,
        ("monero", "valid"): 2,
        ("xrp", "valid"): 1,
        # Written in one case, EVM addresses carry no checksum.
        ("evm", "unchecked"): 46,
        # 5be5543f... is published under XMR, but is no address: a key or the number of a payment.
        ("hex", "unchecked"): 1,
    }
    assert found.total() == 654
