"""Which part of screening takes which share of the time, by sampling the stack (SIGPROF).

A sample belongs to the innermost part whose code is on the stack, so what C code does belongs to
the part that called it. Every millisecond of CPU time one sample: 2,000 contracts give thousands.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

from bench.workload import AS_OF, contracts
from compliance import Screener
from compliance.explain import json_of

PARTS: Final = (
    ("names", ("/compliance/names/", "/compliance/watchlists/", "/screening/facts/hits.py")),
    ("ownership", ("/compliance/ownership/",)),
    ("facts", ("/compliance/screening/facts/",)),
    ("policies", ("/compliance/policies/", "/screening/prefilter.py", "/screening/engine.py",
                  "/screening/flagging.py")),
    ("decision", ("/compliance/screening/", "/compliance/model/canonical.py")),
    ("reading", ("/compliance/model/",)),
    ("writing", ("/compliance/explain/", "/compliance/batch/writing.py")),
)  # fmt: skip
INTERVAL: Final = 0.001


def part_of(frame: FrameType | None) -> str:
    """The part to which what is running belongs."""
    while frame is not None:
        file = frame.f_code.co_filename
        for part, places in PARTS:
            if any(place in file for place in places):
                return part
        frame = frame.f_back
    return "other"


def shares(call: Callable[[], object]) -> dict[str, float]:
    """The share of each part of the CPU time of a call, in the order of PARTS, then "other"."""
    found: Counter[str] = Counter()

    def note(_: int, frame: FrameType | None) -> None:
        found[part_of(frame)] += 1

    before = signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        call()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return {part: found[part] / found.total() for part in (*(p for p, _ in PARTS), "other")}


def cold_and_warm(number: int) -> Iterator[str]:
    """What contracts that differ cost and where: at first, and when their names are known."""
    screener, given = Screener.load(), contracts(number)

    def whole() -> None:
        for decision in screener.screen_many(given, AS_OF):
            json_of(decision)

    yield f"\n{number:,} contracts that differ, read, screened and written as JSON, at once"
    for name in ("cold", "warm"):
        started = time.process_time()
        found = shares(whole)
        each = (time.process_time() - started) / number
        told = ", ".join(f"{part} {share:.0%}" for part, share in found.items())
        yield f"  {name}: {each * 1e6:,.0f} us of CPU each: {told}"
