"""Keccak-256, the hash of EIP-55 and of Monero's addresses.

It is the function as submitted to the SHA-3 competition (padding byte 0x01), which is not
`hashlib.sha3_256` (padding byte 0x06). For short inputs: one permutation takes a fraction of a
millisecond. Reference: https://keccak.team/keccak_specs_summary.html
"""

from __future__ import annotations

from typing import Final

_RATE: Final = 136  # bytes taken in at a time: 1600 bits of state less twice the 256 of the digest
_MASK: Final = (1 << 64) - 1
_ROUNDS: Final = 24


def keccak_256(message: bytes) -> bytes:
    """The 32 bytes of the digest."""
    return _digest(message, padding=0x01)


def _digest(message: bytes, *, padding: int) -> bytes:
    padded = bytearray(message)
    padded.append(padding)
    padded.extend(bytes(-len(padded) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * 25  # the lane of column x and row y is at x + 5 * y
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(a: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ _turned(c[(x + 1) % 5], 1) for x in range(5)]
        b = [0] * 25
        for at in range(25):
            b[_PLACES[at]] = _turned(a[at] ^ d[at % 5], _OFFSETS[at])
        a = [
            b[at] ^ (~b[at - at % 5 + (at + 1) % 5] & b[at - at % 5 + (at + 2) % 5])
            for at in range(25)
        ]
        a[0] ^= constant
    return a


def _turned(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK


def _round_constants() -> tuple[int, ...]:
    """The bits of an eight-bit shift register at the positions 2^j - 1 of each round's lane."""
    constants, register = [], 1
    for _ in range(_ROUNDS):
        constant = 0
        for j in range(7):
            constant |= (register & 1) << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


def _rotations() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """By how much each lane turns (rho), and where it goes (pi)."""
    offsets, places = [0] * 25, [0] * 25
    x, y = 1, 0
    for step in range(24):
        offsets[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    for x in range(5):
        for y in range(5):
            places[x + 5 * y] = y + 5 * ((2 * x + 3 * y) % 5)
    return tuple(offsets), tuple(places)


_CONSTANTS: Final = _round_constants()
_OFFSETS, _PLACES = _rotations()
