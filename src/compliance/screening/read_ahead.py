"""Reading ahead: what is asked of many contracts is known together, before any is judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")
AHEAD: Final = 256


def read_ahead(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in order, in lists of up to 256; an iterator's lists begin with one and double.

    So the first items of a stream are answered at once. An error of the iterator is raised after
    the items that came before it.
    """
    size = AHEAD if isinstance(items, Sequence) else 1
    left = iter(items)
    while True:
        chunk: list[T] = []
        failure: Exception | None = None
        try:
            for item in islice(left, size):
                chunk.append(item)  # noqa: PERF402 - what came before an error is kept
        except Exception as error:  # noqa: BLE001 - raised below, in its turn
            failure = error
        if chunk:
            yield chunk
        if failure is not None:
            raise failure
        if len(chunk) < size:
            return
        size = min(2 * size, AHEAD)
