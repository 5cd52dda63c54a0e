"""`make bench`: decisions per second, policies against zen-engine, start-up times."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version

from bench.contracts import AS_OF, CONTRACT
from bench.zen_peer import context, decision
from compliance import Contract, Screener
from compliance.model.truth import Truth
from compliance.screening.engine import judge
from compliance.screening.facts.subjects import Subjects

ROUNDS = 15


def seconds(call: Callable[[], object], times: int) -> float:
    """The time of one call, over `times` calls."""
    started = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - started) / times


def paired(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float, float]:
    """Medians of both and of their ratio, measured turn by turn."""
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(ROUNDS)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def startup(code: str) -> float:
    """Median seconds of a statement in a fresh interpreter, less that of an empty one."""

    def run(text: str) -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", text], check=True)
        return time.perf_counter() - started

    return statistics.median(run(code) - run("pass") for _ in range(7))


def main() -> None:
    screener = Screener.load()
    contract = Contract.read(CONTRACT)
    subjects = Subjects(contract, screener.knowledge, AS_OF)
    standings = screener.selectors(AS_OF).standings
    policies = [s.policy for s in standings if s.compiled is not None]
    print(
        f"compliance {version('compliance')}, Python {platform.python_version()}, "
        f"{platform.machine()}; {ROUNDS} rounds, medians"
    )
    print(
        f"contract: {len(subjects.parties)} parties, {len(subjects.items)} items; "
        f"{len(policies)} policies in force on {AS_OF}"
    )

    whole = statistics.median(
        seconds(lambda: screener.screen(contract, AS_OF), 100) for _ in range(ROUNDS)
    )
    print(f"decisions with full traces: {1 / whole:,.0f}/s ({whole * 1e6:,.0f} us each)")
    read = statistics.median(seconds(lambda: Contract.read(CONTRACT), 100) for _ in range(ROUNDS))
    print(
        f"reading the contract from a mapping: {read * 1e6:,.0f} us, {read / whole:.2f} of a decision"
    )

    facts = context(subjects, policies)
    peer = decision(policies, AS_OF, screener.knowledge.gazetteer)
    selectors = screener.selectors(AS_OF)
    flags, lines = judge(subjects, selectors, party_only=False)
    fired = {line.id for line in lines if line.truth is Truth.TRUE}
    result = peer.evaluate(facts)["result"]
    theirs = {p.id for p in policies if result[p.id.replace(".", "_").replace("-", "_")] is True}
    print(
        f"policies that fire: {len(fired)} here, {len(theirs)} in zen-engine {version('zen-engine')}, "
        f"{len(fired ^ theirs)} differ {sorted(fired ^ theirs)}; {len(flags)} flags"
    )
    ours, zens, ratio = paired(
        lambda: judge(subjects, selectors, party_only=False), lambda: peer.evaluate(facts), 30
    )
    print(
        f"policies alone, facts known: {ours * 1e6:,.0f} us with traces and flags; "
        f"zen-engine {zens * 1e6:,.0f} us without; ratio {ratio:.2f}"
    )
    ours, zens, ratio = paired(
        lambda: judge(subjects, selectors, party_only=False),
        lambda: peer.evaluate(facts, {"trace": True}),
        30,
    )
    print(f"the same, zen-engine with its trace: {zens * 1e6:,.0f} us; ratio {ratio:.2f}")

    print(f"import compliance: {startup('import compliance'):.3f} s (limit 0.3)")
    load = statistics.median(seconds(Screener.load, 1) for _ in range(7))
    print(f"Screener.load(): {load:.3f} s warm (limit 0.5)")
    both = startup("import compliance; compliance.Screener.load()")
    print(f"import and load in a fresh interpreter: {both:.3f} s")


if __name__ == "__main__":
    main()
