"""Keccak-256, against published digests and against SHA3-256, which differs in its padding only."""

from __future__ import annotations

import hashlib

import pytest

from compliance.watchlists.matching import keccak
from compliance.watchlists.matching.keccak import keccak_256

PUBLISHED = {
    b"": "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    b"abc": "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    b"testing": "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02",
}


@pytest.mark.parametrize("message", PUBLISHED, ids=repr)
def test_the_digest_is_the_published_one(message: bytes) -> None:
    assert keccak_256(message).hex() == PUBLISHED[message]


def test_it_is_not_the_standard_that_came_of_it() -> None:
    assert keccak_256(b"abc") != hashlib.sha3_256(b"abc").digest()


@pytest.mark.parametrize("length", [0, 1, 134, 135, 136, 137, 271, 272, 273, 1000])
def test_with_the_padding_of_the_standard_it_is_the_standard(length: int) -> None:
    message = bytes(i * 7 % 256 for i in range(length))
    assert keccak._digest(message, padding=0x06) == hashlib.sha3_256(message).digest()
