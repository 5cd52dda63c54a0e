"""Wallet addresses: one spelling for each, and whether its checksum holds, by the address's form.

The form decides, never the label of an asset: an EVM address is one address on every EVM chain
(compared without case, EIP-55 verified where it is of two cases), base58check, XRP and Monero
compare exactly, bech32 and bech32m in lower case (BIP 173, BIP 350), Bitcoin Cash with and without
its prefix. Blanks and invisible characters are dropped; CAIP-10 and payment URIs are read. Any text
is read, of bounded length, without an exception: what is of no known form is itself, "unchecked".
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from compliance.watchlists.matching.keccak import keccak_256

Check = Literal["valid", "invalid", "unchecked"]

LONGEST: Final = 256
"""Characters beyond which no form is looked for."""

_BITCOIN: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE: Final = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_SUMS: Final = {1: "bech32", 0x2BC830A3: "bech32m"}
_POLYMOD: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CASH_POLYMOD: Final = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)
_CASH_LENGTH: Final = 42
_MONERO_BLOCKS: Final = {2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}  # letters -> bytes
_MONERO_LENGTHS: Final = (95, 106)

_EVM = re.compile(r"(?:0x|xdc)?([0-9a-f]{40})", re.IGNORECASE)
_TRON_HEX = re.compile(r"(?:0x)?(41[0-9a-f]{40})", re.IGNORECASE)
_LONG_HEX = re.compile(r"(?:0x)?[0-9a-f]{64}", re.IGNORECASE)
_BASE58 = re.compile(f"[{_BITCOIN}]{{25,50}}")
_SEGWIT = re.compile(rf"([a-z]{{1,20}})1([{_BECH32}]{{6,}})")
_CASH = re.compile(rf"[qp][{_BECH32}]{{{_CASH_LENGTH - 1}}}")


@dataclass(frozen=True, slots=True)
class Wallet:
    """An address in its one spelling; `also` are other spellings of the very same address."""

    value: str
    form: str
    check: Check
    reason: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """What the data says of forms: version bytes (hex) of base58check, and known prefixes."""

    versions: Mapping[str, str]
    segwit_prefixes: frozenset[str]
    bech32_prefixes: frozenset[str]
    cash_prefixes: tuple[str, ...]


def read(text: str, forms: Forms) -> Wallet:
    """The address that a text holds, perhaps behind a chain or a URI's scheme and before a tag."""
    plain = "".join(
        c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc", "Cs")
    )
    if len(plain) > LONGEST:
        digest = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
        reason = f"longer than {LONGEST} characters: compared by its SHA-256"
        return Wallet(f"sha256:{digest}", "unknown", "unchecked", reason)
    whole = plain.removeprefix("//")
    cut = re.split(r"[?@]", whole, maxsplit=1)[0]
    parts = [part.removeprefix("//") for part in cut.split(":")]
    first: Wallet | None = None
    for part in dict.fromkeys((cut, *parts)):
        for wallet in _readings(part, forms):
            if wallet.check == "valid":
                return wallet
            first = first or wallet
    return first or Wallet(whole, "unknown", "unchecked", "of no known form: compared as written")


def _readings(text: str, forms: Forms) -> Iterator[Wallet]:
    """The text as an address of each form that it can be, the surest first."""
    for reading in (_evm, _xrp, _base58check, _monero, _bech32, _cash, _long_hex, _base58):
        if found := reading(text, forms):
            yield found


def _evm(text: str, _: Forms) -> Wallet | None:
    if not (match := _EVM.fullmatch(text)):
        return None
    digits = match[1]
    value = f"0x{digits.lower()}"
    if digits in (digits.lower(), digits.upper()):
        return Wallet(value, "evm", "unchecked", "EVM address in one case, which has no checksum")
    if digits == _eip55(digits):
        return Wallet(value, "evm", "valid", "EVM address, EIP-55 checksum verified")
    return Wallet(value, "evm", "invalid", "EVM address whose EIP-55 checksum does not hold")


def _eip55(digits: str) -> str:
    digest = keccak_256(digits.lower().encode()).hex()
    return "".join(
        c.upper() if int(nibble, 16) >= 8 else c
        for c, nibble in zip(digits.lower(), digest, strict=False)
    )


def _decoded(text: str, alphabet: str) -> bytes:
    """Base58 of any length; the first letter of the alphabet is a zero byte at the front."""
    number = 0
    for letter in text:
        number = number * 58 + alphabet.index(letter)
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def _encoded(content: bytes) -> str:
    content += _sha256d(content)[:4]
    number, letters = int.from_bytes(content), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _BITCOIN[rest] + letters
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + letters


def _sha256d(content: bytes) -> bytes:
    return hashlib.sha256(hashlib.sha256(content).digest()).digest()


def _sealed(content: bytes) -> bool:
    """Whether the last four bytes are the checksum of the rest, as base58check has it."""
    return len(content) > 4 and _sha256d(content[:-4])[:4] == content[-4:]


def _xrp(text: str, _: Forms) -> Wallet | None:
    if not (text.startswith("r") and _BASE58.fullmatch(text)):
        return None
    content = _decoded(text, _RIPPLE)
    if len(content) == 25 and content[0] == 0 and _sealed(content):
        return Wallet(text, "xrp", "valid", "XRP address, checksum verified")
    return Wallet(text, "xrp", "invalid", "like an XRP address, whose checksum does not hold")


def _base58check(text: str, forms: Forms) -> Wallet | None:
    if tron := _TRON_HEX.fullmatch(text):
        value = _encoded(bytes.fromhex(tron[1]))
        return Wallet(value, "base58check", "unchecked", "TRX address in hex, without a checksum")
    if not _BASE58.fullmatch(text):
        return None
    content = _decoded(text, _BITCOIN)
    if len(content) not in (25, 26):
        return None
    version, key = content[:-24].hex(), content[-24:-4].hex()
    if not _sealed(content):
        return Wallet(text, "base58check", "invalid", "base58check whose checksum does not hold")
    kind = forms.versions.get(version, f"version {version}")
    reason = f"base58check ({kind}), checksum verified"
    return Wallet(text, "base58check", "valid", reason, _hashes(version, key))


def _base58(text: str, _: Forms) -> Wallet | None:
    if not _BASE58.fullmatch(text):
        return None
    size = len(_decoded(text, _BITCOIN))
    reason = f"base58 of {size} bytes, of a form without a known checksum"
    return Wallet(text, "base58", "unchecked", reason)


def _hashes(version: str, key: str) -> tuple[str, ...]:
    """Chains that spell one address in two ways: BCH (1.. is q..), LTC (3.. is M..)."""
    kind = {"00": "p2pkh", "05": "p2sh", "32": "p2sh"}.get(version)
    return (f"{kind}:{key}",) if kind else ()


def _monero(text: str, _: Forms) -> Wallet | None:
    if len(text) not in _MONERO_LENGTHS or text[0] not in "48" or set(text) - set(_BITCOIN):
        return None
    content, whole = b"", True
    for start in range(0, len(text), 11):
        block = text[start : start + 11]
        size = _MONERO_BLOCKS[len(block)]
        number = int.from_bytes(_decoded(block, _BITCOIN))
        whole = whole and number < 1 << (8 * size)
        content += (number % (1 << (8 * size))).to_bytes(size)
    if whole and keccak_256(content[:-4])[:4] == content[-4:]:
        return Wallet(text, "monero", "valid", "Monero address, Keccak checksum verified")
    return Wallet(text, "monero", "invalid", "like a Monero address, whose checksum does not hold")


def _bech32(text: str, forms: Forms) -> Wallet | None:
    value = text.lower()
    if not (match := _SEGWIT.fullmatch(value)):
        return None
    prefix, letters = match[1], match[2]
    mixed = text not in (value, text.upper())
    data = [_BECH32.index(letter) for letter in letters]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    kind = _BECH32_SUMS.get(_remainder([*expanded, *data], _POLYMOD, 25))
    if kind and prefix in forms.segwit_prefixes and (kind == "bech32") != (data[0] == 0):
        kind = None
    if kind and not mixed:
        return Wallet(value, "bech32", "valid", f"{kind} ({prefix}), checksum verified")
    if prefix not in forms.bech32_prefixes:
        return None
    reason = f"bech32 ({prefix}) of mixed case, which BIP 173 forbids"
    if not kind:
        reason = f"bech32 ({prefix}) whose checksum does not hold"
    return Wallet(value, "bech32", "invalid", reason)


def _cash(text: str, forms: Forms) -> Wallet | None:
    prefix, _, letters = text.lower().rpartition(":")
    if not _CASH.fullmatch(letters) or text not in (text.lower(), text.upper()):
        return None
    data = [_BECH32.index(letter) for letter in letters]
    for name in (prefix,) if prefix in forms.cash_prefixes else forms.cash_prefixes:
        if _remainder([*(ord(c) & 31 for c in name), 0, *data], _CASH_POLYMOD, 35) == 1:
            number = 0
            for five in data[:-8]:
                number = number << 5 | five
            content = (number >> 2).to_bytes(21)
            kind = {0: "p2pkh", 8: "p2sh"}.get(content[0])
            also = (f"{kind}:{content[1:].hex()}",) if kind else ()
            return Wallet(
                letters, "cashaddr", "valid", f"cashaddr ({name}), checksum verified", also
            )
    reason = "like a Bitcoin Cash address, whose checksum does not hold"
    return Wallet(letters, "cashaddr", "invalid", reason)


def _remainder(values: list[int], generators: tuple[int, ...], shift: int) -> int:
    """The checksum polynomial of bech32 (30 bits) and of cashaddr (40 bits)."""
    state = 1
    for value in values:
        top = state >> shift
        state = (state & ((1 << shift) - 1)) << 5 ^ value
        for bit, generator in enumerate(generators):
            if top >> bit & 1:
                state ^= generator
    return state


def _long_hex(text: str, _: Forms) -> Wallet | None:
    if not _LONG_HEX.fullmatch(text):
        return None
    value = text.lower().removeprefix("0x")
    reason = "64 hex digits: a key or the number of a payment or transaction, without a checksum"
    return Wallet(value, "hex", "unchecked", reason)
