"""`make bench`: contracts that differ, one contract again and again, start-up times, memory.

`--before WORKTREE` compares with another build in the same run. Ends with status 1 where memory
grows with the rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.before_and_after import compared
from bench.contracts import AS_OF, ORDINARY, OWNED
from bench.memory import grown
from bench.shares import cold_and_warm
from bench.zen_peer import context, decision, key_of_policy
from compliance import Contract, Screener
from compliance.distribution import ENGINE
from compliance.model.truth import Truth
from compliance.screening.compiled_policies import Standings
from compliance.screening.engine import judge
from compliance.screening.facts import Subjects

ROUNDS = 25
Call = Callable[[], object]


def seconds(call: Call, times: int) -> float:
    """The time of one call, over `times` calls."""
    started = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - started) / times


def spread(values: list[float]) -> str:
    """Least and median microseconds."""
    return f"{min(values) * 1e6:,.0f} us at best, median {statistics.median(values) * 1e6:,.0f}"


def paired(ours: Call, theirs: Call, times: int) -> tuple[list[float], list[float], float]:
    """The times of both, measured turn by turn, and the median of their ratio."""
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(ROUNDS)]
    ratio = statistics.median(a / b for a, b in pairs)
    return [a for a, _ in pairs], [b for _, b in pairs], ratio


def startup(code: str) -> float:
    """Median seconds of a statement in a fresh interpreter, less that of an empty one.

    With bytecode on disk, as an installed package has it.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run(text: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", text], check=True, env=environment)
        return time.perf_counter() - started

    run(code)
    return statistics.median(run(code) - run("pass") for _ in range(7))


def measure(screener: Screener, data: dict[str, Any]) -> None:
    """One contract: whole decisions, and its policies against the peer."""
    contract = Contract.read(data)
    subjects = Subjects(contract, screener.knowledge, AS_OF)
    selectors = Standings(screener.policies, screener.knowledge).selectors(AS_OF)
    policies = [s.policy for s in selectors.standings if s.compiled is not None]
    flags, lines = judge(subjects, selectors, party_only=False)
    print(
        f"\none contract again and again, {data['id']}: {len(subjects.parties)} parties, "
        f"{len(subjects.items)} items, {len(policies)} policies in force, {len(flags)} flags"
    )

    whole = [seconds(lambda: screener.screen(contract, AS_OF), 60) for _ in range(ROUNDS)]
    rate, typical = 1 / min(whole), 1 / statistics.median(whole)
    print(f"  decision with full traces: {spread(whole)}: {rate:,.0f}/s, median {typical:,.0f}/s")
    read = [seconds(lambda: Contract.read(data), 60) for _ in range(ROUNDS)]
    print(f"  reading it from a mapping: {spread(read)}")

    facts = context(subjects, policies)
    peer = decision(policies, AS_OF, screener.knowledge.gazetteer)
    fired = {line.id for line in lines if line.truth is Truth.TRUE}
    answers = peer.evaluate(facts)["result"]
    theirs = {policy.id for policy in policies if answers[key_of_policy(policy)] is True}
    print(
        f"  policies that fire: {len(fired)} here, {len(theirs)} in zen-engine "
        f"{version('zen-engine')}; they differ on {sorted(fired ^ theirs) or 'none'}"
    )
    for name, options in (("", {}), (" with its trace", {"trace": True})):
        ours, zens, ratio = paired(
            lambda: judge(subjects, selectors, party_only=False),
            lambda options=options: peer.evaluate(facts, options),  # type: ignore[misc]
            30,
        )
        print(f"  policies alone, facts known, flags and traces built: {spread(ours)}")
        print(f"    zen-engine{name}: {spread(zens)}; ratio {ratio:.2f}")


def startups() -> None:
    alone = startup("import pydantic; pydantic.BaseModel")
    print(f"\nimport pydantic alone: {alone:.3f} s")
    print(f"import compliance: {startup('import compliance'):.3f} s (limit 0.3)")
    load = [seconds(Screener.load, 1) for _ in range(9)]
    print(f"Screener.load(): {min(load):.3f} s at best, median {statistics.median(load):.3f}")
    both = startup("import compliance; compliance.Screener.load()")
    print(f"import and load in a fresh interpreter: {both:.3f} s (limit of loading 0.5)")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--before", type=Path, help="the worktree of a build to compare with")
    parser.add_argument("--contracts", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3, help="of the comparison")
    options = parser.parse_args()
    print(f"{ENGINE}, Python {platform.python_version()}, {platform.machine()}; {ROUNDS} rounds")
    for line in cold_and_warm(options.contracts):
        print(line, flush=True)
    if options.before is not None:
        print(f"\nCPU time of {options.before} and of this build, by turns")
        for line in compared(options.before, rows=options.contracts, rounds=options.rounds):
            print(line, flush=True)
    screener = Screener.load()
    for data in (ORDINARY, OWNED):
        measure(screener, data)
    startups()
    return 1 if grown() else 0


if __name__ == "__main__":
    sys.exit(main())
