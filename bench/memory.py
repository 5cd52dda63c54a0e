"""Resident memory over a long run: it must not grow with the rows.

Contracts and parties that differ are screened as the command line screens them and written as CSV;
each format is then written from decisions that repeat. Measured are the megabytes after 5,000 and
after 20,000 rows, each path in a process of its own: `python -m bench.memory PATH FEW MANY`.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.golden_contracts import contract, party
from bench.workload import AS_OF, SEED, contracts
from compliance import Screener
from compliance.batch import csv_lines
from compliance.cli.decisions import show
from compliance.cli.options import OutputFormat
from compliance.model.decision import Decision

FEW, MANY = 5_000, 20_000
LIMIT = 1.10
"""How much memory may grow between the two: a tenth, for what the allocator does not return."""
PATHS = ("contracts", "parties", *(form.value for form in OutputFormat))
DIFFERENT = 200


def resident() -> float:
    """Megabytes of this process that are in memory now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def noted(
    decisions: Iterable[Decision], few: int, found: list[float]
) -> Iterator[tuple[Decision, bool]]:
    """The decisions; the resident memory is noted after `few` of them and at their end."""
    for number, decision in enumerate(decisions, start=1):
        yield decision, False
        if number == few:
            found.append(resident())
    found.append(resident())


def measure(path: str, few: int, many: int) -> list[float]:
    """Megabytes after `few` and after `many` rows."""
    screener, chance = Screener.load(), random.Random(SEED)
    found: list[float] = []
    if path in {"contracts", "parties"}:
        alone = path == "parties"
        rows = (party(chance, f"P-{n}") if alone else contract(chance, n) for n in range(many))
        decisions = screener.screen_many(rows, AS_OF, parties=alone)
        for _ in csv_lines(decision for decision, _ in noted(decisions, few, found)):
            pass
        return found
    some = [screener.screen(data, AS_OF) for data in contracts(DIFFERENT)]
    repeated = itertools.islice(itertools.cycle(some), many)
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        show(noted(repeated, few, found), OutputFormat(path), "contracts", ())
    return found


def grown(few: int = FEW, many: int = MANY) -> list[str]:
    """The paths whose memory grows; prints a line for each."""
    print(f"\nresident memory after {few:,} and {many:,} rows")
    found = []
    for path in PATHS:
        command = [sys.executable, "-m", "bench.memory", path, str(few), str(many)]
        ended = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        early, late = json.loads(ended.stdout)
        told = "" if late <= LIMIT * early else ": it grows"
        print(f"  {path:<10} {early:6.0f} MB, {late:6.0f} MB{told}", flush=True)
        if told:
            found.append(path)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
