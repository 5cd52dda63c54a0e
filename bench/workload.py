"""One build's CPU time for contracts and parties that differ, as JSON; run in a process of its own.

`python -m bench.workload NEW` is run with the `src` of any build on PYTHONPATH, so it asks only for
what every build has had: `Screener.load`, `screen`, `screen_party`, `screen_many` and `json_of`.
The mix is that of `bench.golden_contracts`: one to eight parties, half with owners, up to three
items, a name in forty listed, names mostly never seen before.
"""

from __future__ import annotations

import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from bench.golden_contracts import contract, party
from compliance import Screener
from compliance.explain import json_of

AS_OF = date(2026, 11, 23)
SEED = 2026
WARM_UP = 20


def contracts(number: int, seed: int = SEED) -> list[dict[str, Any]]:
    """Contracts that differ; equal for the same seed."""
    chance = random.Random(seed)
    return [contract(chance, place) for place in range(number)]


def parties(number: int, seed: int = SEED) -> list[dict[str, Any]]:
    """Customers that differ; equal for the same seed."""
    chance = random.Random(seed)
    return [party(chance, f"P-{place}") for place in range(number)]


def each(call: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    """The CPU microseconds of a call for each item."""
    taken = []
    for item in items:
        started = time.process_time_ns()
        call(item)
        taken.append((time.process_time_ns() - started) / 1000)
    return taken


def main() -> None:
    number = int(sys.argv[1])
    screener = Screener.load()
    for data in contracts(WARM_UP, SEED + 1):
        json_of(screener.screen(data, AS_OF))
    for data in parties(WARM_UP, SEED + 1):
        screener.screen_party(data, AS_OF)
    gc.collect()
    new, customers = contracts(number), parties(number)
    cold = each(lambda data: screener.screen(data, AS_OF), new)
    decisions: list[Any] = []
    warm = each(lambda data: decisions.append(screener.screen(data, AS_OF)), new)
    written = each(json_of, decisions)
    alone = each(lambda data: screener.screen_party(data, AS_OF), customers)
    ranked = sorted(cold)
    found = {
        "new contract, screen()": statistics.fmean(cold),
        "the same contracts again, screen()": statistics.fmean(warm),
        "json_of a decision": statistics.fmean(written),
        "new party, screen_party()": statistics.fmean(alone),
    }
    tail = ranked[len(ranked) * 99 // 100] / statistics.median(ranked)
    print(json.dumps({"microseconds": found, "p99 to median": tail}))


if __name__ == "__main__":
    main()
