"""Answers kept by question (memoization), at most so many: cheap to ask again, never another one.

    def read(self, text: str) -> CountryReading:
        try:
            return self._readings[text]
        except KeyError:
            return self._readings.keep(text, read_country(text, self._countries, self._regions))

A method keeps its answers in the object that it belongs to, and they go when it goes. A full memo
is emptied: O(1) a question, and no order to maintain.
"""

from __future__ import annotations

from typing import Final, TypeVar

K = TypeVar("K")
V = TypeVar("V")
MOST: Final = 8192


class Memo(dict[K, V]):
    """A dictionary of at most `most` answers; safe to share by threads."""

    __slots__ = ("most",)

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self.most = most

    def keep(self, question: K, answer: V) -> V:
        """The answer, kept from now on."""
        if len(self) >= self.most:
            self.clear()
        self[question] = answer
        return answer
