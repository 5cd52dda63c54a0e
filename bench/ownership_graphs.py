"""Ownership made up for measuring, from a fixed seed: a customer's neighbourhood, a register."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

SEED: Final = 20260924
Edge = tuple[str, str, int]  # owner, owned, percent


def neighbourhood(parties: int = 50) -> list[dict[str, Any]]:
    """The owners above a customer N0, layer by layer: a fifth as bands, two circles."""
    chance = random.Random(SEED)
    left = dict.fromkeys(range(parties), 90.0)
    rows: list[dict[str, Any]] = []
    for owner in range(1, parties):
        below = range(max(0, owner // 3 - 2), owner // 3 + 1)
        for owned in chance.sample(below, min(len(below), chance.choice((1, 1, 2)))):
            part = min(left[owned] / 2, chance.choice((10, 20, 25, 40, 51)))
            left[owned] -= part
            share: object = f"{part}%"
            if chance.random() < 0.2:
                share = {"minimum": f"{part * 3 / 4}%", "maximum": f"{part * 5 / 4}%"}
            rows.append({"owner": f"N{owner}", "owned": f"N{owned}", "share": share})
    rows.append({"owner": "N1", "owned": "N8", "share": "5%"})
    rows.append({"owner": "N2", "owned": f"N{parties - 3}", "share": "5%"})
    return rows


def register(interests: int) -> Iterator[Edge]:
    """Groups of companies, mostly trees: about one interest in a hundred closes a circle."""
    chance = random.Random(SEED)
    made = first = 0
    while True:
        size = chance.choice((3, 5, 8, 20, 60, 200))
        for member in range(first + 1, first + size):
            left = 100
            owners = chance.sample(range(max(first, member - 6), member), min(member - first, 2))
            for owner in owners[: chance.choice((1, 1, 1, 2))]:
                part = chance.choice((10, 25, 30, 50, 51, 60, 75, 100))
                if part <= left:
                    left -= part
                    yield f"P{owner}", f"P{member}", part
                    made += 1
                    if made == interests:
                        return
        if size >= 5 and chance.random() < 0.7:
            yield f"P{first + size - 1}", f"P{first + chance.randrange(1, size - 1)}", 5
            made += 1
            if made == interests:
                return
        first += size
