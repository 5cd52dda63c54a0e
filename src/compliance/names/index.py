"""Exhaustive for now."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.names.scoring import similarity


class NameTable:
    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)

    def matches(self, query: str, kind: str, threshold: float) -> dict[int, float]:
        found = {i: similarity(query, n, kind) for i, n in enumerate(self.names)}
        return {i: v for i, v in found.items() if v >= threshold}
