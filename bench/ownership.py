"""`python -m bench.ownership`: ownership answers, and the cascade against networkx, in one run.

Each size of register is measured in a process of its own. The peer is the same fixpoint, written
plainly over a networkx graph with whole percents for shares; and once more as a worklist.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from importlib.metadata import version
from typing import Any, Final

import networkx as nx

from bench.ownership_graphs import SEED, Edge, neighbourhood, register
from compliance.distribution import ENGINE
from compliance.ownership import OwnershipGraph

SIZES: Final = (10_000, 100_000, 1_000_000)
LISTED: Final = 5_000
ROUNDS: Final = 200
RULES: Final[tuple[dict[str, bool], ...]] = (
    {"inclusive": True, "aggregate": True, "control": False},
    {"inclusive": True, "aggregate": True, "control": True},
    {"inclusive": False, "aggregate": False, "control": True},
)
Call = Callable[[], object]


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one call, and what it gave."""
    started = time.perf_counter()
    found = call()
    return time.perf_counter() - started, found


def affected_answers(graph: OwnershipGraph, listed: list[str]) -> list[object]:
    """The customer under three regimes: truth, share, paths, listed parties behind it."""
    answers: list[object] = []
    for rule in RULES:
        affected = graph.affected(listed, as_of=None, **rule)  # type: ignore[arg-type]
        if (answer := affected.get("N0")) is not None:
            answers.append((answer.truth, answer.share, answer.paths, affected.origins("N0")))
    return answers


def customer() -> None:
    """Every answer on a customer with 50 parties around it, each alone and all together."""
    rows = neighbourhood()
    parties = sorted({row[key] for row in rows for key in ("owner", "owned")})
    chance = random.Random(SEED)
    countries = {party: chance.choice(["CN", "SG", "US", None]) for party in parties}
    listed = ["N49", "N30", "N20"]

    def built() -> OwnershipGraph:
        graph = OwnershipGraph.from_interests(rows)
        graph.unstated("N0", as_of=None)
        return graph

    questions: dict[str, Callable[[OwnershipGraph], object]] = {
        "affected, three regimes": lambda g: affected_answers(g, listed),
        "shares of three owners": lambda g: [g.share(o, "N0", as_of=None) for o in listed],
        "their largest paths": lambda g: [g.breakdown(o, "N0") for o in listed],
        "controlled by the largest owner": lambda g: g.controlled_by("N1", as_of=None),
        "ultimate parents": lambda g: g.ultimate_parents("N0", as_of=None),
        "final holders": lambda g: g.look_through("N0", as_of=None),
        "shares by country": lambda g: g.nationality_shares(
            "N0", by="headquarters", countries=countries, as_of=None
        ),
        "diagnoses": lambda g: g.diagnoses(as_of=None),
    }

    def everything() -> list[object]:
        graph = built()
        return [ask(graph) for name, ask in questions.items() if "three owners" not in name]

    print(f"a customer: {len(parties)} parties, {len(rows)} interests, circles among them")
    report("read and built", lambda _: built())
    for name, ask in questions.items():
        report(name, ask, built)
    report("everything, built anew", lambda _: everything())


def report(
    name: str, call: Callable[[Any], object], given: Callable[[], Any] = lambda: None
) -> None:
    """Milliseconds of a call, each time on what is made afresh for it."""
    times = []
    for _ in range(ROUNDS):
        made = given()
        started = time.perf_counter()
        call(made)
        times.append(time.perf_counter() - started)
    print(
        f"  {name}: {min(times) * 1e3:.2f} ms at best, median {statistics.median(times) * 1e3:.2f}"
    )


def memory() -> float:
    """The most memory the process has had, its input with it, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plainly(graph: nx.DiGraph, listed: Iterable[str]) -> set[str]:
    """The cascade at half and above, as it reads."""
    affected = set(listed)
    while True:
        more = {
            party
            for party in graph
            if party not in affected
            and sum(s for o, _, s in graph.in_edges(party, data="share") if o in affected) >= 50
        }
        if not more:
            return affected
        affected |= more


def by_worklist(graph: nx.DiGraph, listed: Iterable[str]) -> set[str]:
    """The same, looking again only at what a new member owns."""
    affected = set(listed)
    todo = list(affected)
    while todo:
        for party in graph.successors(todo.pop()):
            if party not in affected:
                owners = graph.in_edges(party, data="share")
                if sum(s for o, _, s in owners if o in affected) >= 50:
                    affected.add(party)
                    todo.append(party)
    return affected


def listed_of(edges: list[Edge]) -> list[str]:
    """Listed parties, anywhere in the register."""
    parties = sorted({party for owner, owned, _ in edges for party in (owner, owned)})
    return random.Random(SEED).sample(parties, min(LISTED, len(parties) // 20))


def measured(size: int) -> dict[str, float]:
    """A register of one size: ours, then networkx; the answers must be equal."""
    edges = list(register(size))
    listed = listed_of(edges)
    build, graph = timed(
        lambda: OwnershipGraph.from_interests(
            {"owner": owner, "owned": owned, "share": f"{part}%"} for owner, owned, part in edges
        )
    )
    first, found = timed(lambda: graph.affected(listed, as_of=None).certain)
    peak = memory()
    again = min(timed(lambda: graph.affected(listed, as_of=None).certain)[0] for _ in range(5))
    answers, every = timed(lambda: dict(graph.affected(listed, as_of=None)))
    diagnoses, told = timed(lambda: graph.diagnoses(as_of=None))
    peer = nx.DiGraph()
    peer_build, _ = timed(lambda: peer.add_weighted_edges_from(edges, weight="share"))
    worklist, same = timed(lambda: by_worklist(peer, listed))
    plain, theirs = timed(lambda: plainly(peer, listed))
    if not found == theirs == same:
        raise SystemExit("the cascade differs from networkx")
    return {
        "parties": len(graph.parties), "listed": len(listed), "affected": len(found),
        "build": build, "first": first, "again": again, "memory": peak, "answers": answers,
        "reached": len(every), "diagnoses": diagnoses, "told": len(told),
        "peer_build": peer_build, "plain": plain, "worklist": worklist,
    }  # fmt: skip


def registers(sizes: Iterable[int]) -> None:
    """Every size in a fresh process, and the cost of ten times as many interests."""
    heads = (
        "interests", "parties", "listed", "affected", "build s", "first cascade s", "again s",
        "all answers s", "diagnoses s", "peak MB", "networkx: build s", "plain s",
        "times ours, first and again", "worklist s", "times ours again",
    )  # fmt: skip
    print(f"\n| {' | '.join(heads)} |")
    print("|" + "---:|" * len(heads))
    previous: tuple[int, dict[str, float]] | None = None
    ratios = []
    for size in sizes:
        command = [sys.executable, "-m", "bench.ownership", "--one", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout)
        print(
            f"| {size:,} | {found['parties']:,} | {found['listed']:,} | {found['affected']:,} "
            f"| {found['build']:.2f} | {found['first']:.2f} | {found['again']:.3f} "
            f"| {found['answers']:.2f} | {found['diagnoses']:.2f} | {found['memory']:.0f} "
            f"| {found['peer_build']:.2f} | {found['plain']:.2f} "
            f"| {found['plain'] / found['first']:.0f} and {found['plain'] / found['again']:.0f} "
            f"| {found['worklist']:.3f} | {found['worklist'] / found['again']:.1f} |",
            flush=True,
        )
        if previous is not None:
            ratio = (found["build"] + found["first"]) / (
                previous[1]["build"] + previous[1]["first"]
            )
            ratios.append(f"{ratio:.1f} times for {size / previous[0]:.0f} times the interests")
        previous = (size, found)
    print(f"build and first cascade: {'; '.join(ratios)}")


def clique(size: int = 300) -> None:
    """Everybody holds something of everybody else: one exact share."""
    names = [f"P{number}" for number in range(size)]
    chance = random.Random(SEED)
    graph = OwnershipGraph.from_interests(
        {"owner": o, "owned": t, "share": f"0.{chance.randrange(1, 30):04}"}
        for o in names
        for t in names
        if o != t
    )
    seconds, share = timed(lambda: graph.share("P0", "P7", as_of=None))
    paths, _ = timed(lambda: graph.breakdown("P0", "P7"))
    bits = Fraction(share.minimum).denominator.bit_length()
    print(
        f"\na clique of {size}: one exact share (a denominator of {bits:,} bits) in "
        f"{seconds:.2f} s, with its ten largest paths in {paths:.2f} s"
    )


def main() -> None:
    """Everything, or (`--one`) one register as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.ownership")
    parser.add_argument("--one", type=int, help="one register of so many interests, as JSON")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    print(
        f"ownership: {ENGINE}, networkx {version('networkx')}, Python "
        f"{platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, load "
        f"{os.getloadavg()[0]:.2f}; {ROUNDS} rounds"
    )
    customer()
    clique()
    registers(options.sizes)


if __name__ == "__main__":
    main()
