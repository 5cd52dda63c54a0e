"""How much is tried: `make test` a stable sample, `pytest --exhaustive` (make check) everything.

Which items are in the sample depends on their text alone, so a failure is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar
from zlib import crc32

T = TypeVar("T")
_LEAST: Final = 10


class Effort:
    """Whether everything is tried; set once, by the option, before tests are collected."""

    exhaustive = False


def some(items: Iterable[T], one_in: int = 10, key: Callable[[T], str] = str) -> Sequence[T]:
    """One item in so many, chosen by its text, and the first; all where everything is tried."""
    every = list(items)
    if Effort.exhaustive:
        return every
    return every[:1] + [each for each in every[1:] if crc32(key(each).encode()) % one_in == 0]


def examples(number: int) -> int:
    """How many examples of a property: a third, at least ten, unless everything is tried."""
    return number if Effort.exhaustive else max(_LEAST, number // 3)


def size(exhaustive: int, sampled: int) -> int:
    """A size of something that is tried whole or sampled."""
    return exhaustive if Effort.exhaustive else sampled
