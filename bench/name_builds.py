"""`python -m bench.name_builds PEER [DATA] [--rounds N]`: name search of two builds, in one run.

PEER is the checkout of another commit (`git worktree add ../peer COMMIT`). Each round starts a new
process of ours and one of the peer, in turn; processor seconds are compared round by round and the
median of the ratios is told (below 1 means that ours is faster). Answers of both are compared too:
their number, and the single best of each query.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from compliance.names import Kind

LISTS: Final = (
    ("ofac-sdn-csv", "ofac/sdn_2021-07"),
    ("un-xml", "un/UN_consolidated_2026-02-27.xml.gz"),
    ("us-list-json", "us_lists_2026-07/bis_entity_list.json.gz"),
)
COMPANIES: Final = 1_450
PERSONS: Final = 400
SINGLE: Final = 100  # calls of each kind, with names that nothing before had
ROUNDS: Final = 5
_MANY: Final[tuple[tuple[str, Kind], ...]] = (("companies", "organization"), ("persons", "person"))
_ONE: Final[tuple[tuple[str, Kind], ...]] = (
    ("one company", "organization"),
    ("one person", "person"),
)
OURS: Final = Path(__file__).resolve().parent.parent
_STEPS: Final = (
    "build", "companies", "companies again", "persons", "persons again", "one company",
    "one person", "save", "load",
)  # fmt: skip


def content(data: Path) -> dict[str, Any]:
    """The listed names, and names of ordinary companies and of nobody listed."""
    from bench import name_sets  # noqa: PLC0415 - not in the processes that are measured
    from compliance.watchlists import read  # noqa: PLC0415 - as above

    rows = [
        name_sets.Listed(place, f"{place}:{listing.id}", name, listing.kind)
        for form, place in LISTS
        for listing in read(form, data / place).listings
        for name in listing.names
    ]
    names = list(dict.fromkeys(row.name for row in rows))
    companies = name_sets.unseen(name_sets.ordinary(data, names))
    persons = name_sets.recombined_persons(rows, PERSONS + SINGLE)
    return {
        "names": names,
        "companies": companies[:COMPANIES],
        "persons": persons[:PERSONS],
        "one company": companies[COMPANIES : COMPANIES + SINGLE],
        "one person": persons[PERSONS:],
    }


def measured(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The processor seconds of each step in this process, megabytes, and a digest of answers."""
    import numpy as np  # noqa: PLC0415 - of the build that is measured

    from compliance.names import REVIEW_THRESHOLD  # noqa: PLC0415 - as above
    from compliance.names.index.name_table import NameTable  # noqa: PLC0415 - as above

    warm = NameTable(["warm up one", "Smith, John"])
    for _, kind in _MANY:
        warm.matches("warm up ltd", kind, REVIEW_THRESHOLD)
    gc.collect()
    before = _resident()
    found: dict[str, Any] = {}

    def timed(step: str, started: float) -> None:
        found[step] = time.process_time() - started

    started = time.process_time()
    table = NameTable(asked["names"])
    timed("build", started)
    gc.collect()
    found["megabytes"] = _resident() - before
    gc.freeze()
    answers: dict[str, list[dict[int, float]]] = {}
    for step, kind in _MANY:
        for name in (step, f"{step} again"):
            started = time.process_time()
            answers[step] = list(table.matches_many(asked[step], kind, REVIEW_THRESHOLD))
            timed(name, started)
    for step, kind in _ONE:
        times = []
        for query in asked[step]:
            started = time.process_time()
            answers.setdefault(step, []).append(table.matches(query, kind, REVIEW_THRESHOLD))
            times.append(time.process_time() - started)
        found[step] = statistics.median(times)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.npz"
        started = time.process_time()
        stored: dict[str, Any] = table.arrays()
        np.savez(path, **stored)
        timed("save", started)
        found["file megabytes"] = path.stat().st_size / 1e6
        started = time.process_time()
        with np.load(path) as arrays:
            NameTable.of({name: arrays[name] for name in arrays.files})
        timed("load", started)
    found["answers"] = {
        step: [[len(one), max(one.values(), default=0.0)] for one in own]
        for step, own in answers.items()
    }
    return found


def _resident() -> float:
    """Megabytes of memory in use (Linux); 0.0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0.0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _child(tree: Path, asked: Path) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONHASHSEED": "0"}
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", str(asked)]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=tree
    )
    return cast("dict[str, Any]", json.loads(done.stdout))


def table(ours: list[dict[str, Any]], peer: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of a table: milliseconds of both, and the ratio."""
    yield "| step | ours ms | peer ms | ours / peer | range |"
    yield "|---|---:|---:|---:|---:|"
    for step in _STEPS:
        ratios = [one[step] / other[step] for one, other in zip(ours, peer, strict=True)]
        least = [min(one[step] for one in run) * 1e3 for run in (ours, peer)]
        yield (
            f"| {step} | {least[0]:,.2f} | {least[1]:,.2f} | {statistics.median(ratios):.2f} | "
            f"{min(ratios):.2f}-{max(ratios):.2f} |"
        )
    for size in ("megabytes", "file megabytes"):
        middle = [statistics.median(one[size] for one in run) for run in (ours, peer)]
        yield f"| {size} | {middle[0]:,.1f} | {middle[1]:,.1f} | {middle[0] / middle[1]:.2f} | |"


def main() -> int:
    """Print the ratios; status 1 when an own run differs from another in its answers."""
    parser = argparse.ArgumentParser(prog="python -m bench.name_builds")
    parser.add_argument("peer", type=Path, nargs="?")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measured(json.loads(options.measure.read_text(encoding="utf-8")))))
        return 0
    if not options.peer:
        parser.error("name the checkout to compare with")
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "names.json"
        asked.write_text(json.dumps(content(options.data)), encoding="utf-8")
        runs = [
            (_child(OURS, asked), _child(options.peer.resolve(), asked))
            for _ in range(options.rounds)
        ]
    ours, peer = [run[0] for run in runs], [run[1] for run in runs]
    print(*table(ours, peer), sep="\n")
    for step, own in ours[0]["answers"].items():
        differ = sum(a != b for a, b in zip(own, peer[0]["answers"][step], strict=True))
        print(f"{step}: {len(own):,} queries, answers differ in {differ:,}")
    return 0 if all(run["answers"] == ours[0]["answers"] for run in ours) else 1


if __name__ == "__main__":
    raise SystemExit(main())
