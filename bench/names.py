"""`python -m bench.names [DATA] [--cases FILE]`: name search against other ways, in one run.

Every method answers the same queries on one thread, turn by turn in chunks; ratios are those of a
chunk, and the median of them is told. As in a service, what was prepared is taken out of garbage
collection (`gc.freeze`) before the first query, for all methods. What cannot be measured says so.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bench import name_cases, name_sizes
from bench.name_lossless import checks
from bench.name_peers import LogicV2, Method, Ours, Rapidfuzz, TfIdf
from bench.name_queries import Best, Counts, Query, Sets, counts, threshold_for
from bench.name_scores import LEAST
from bench.name_sets import CHANGES
from compliance.distribution import NAME
from compliance.names import REVIEW_THRESHOLD
from compliance.names.lexicon import lexicon

CHUNKS: Final = 4
SAMPLE: Final = 300  # queries of a method too slow for all, half of them changed names
CASES: Final = "NAME_CASES"
_ROOM: Final = "compliance.names"
_PACKAGES: Final = (
    NAME, "rapidfuzz", "numpy", "scikit-learn", "scipy", "sparse_dot_topn", "nomenklatura",
)  # fmt: skip


@dataclass
class Run:
    """One method: the time to prepare, then the queries answered, their time and answers."""

    method: Method
    prepared: float
    queries: list[Query] = field(default_factory=list)
    bests: list[Best] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The time of a query."""
        return sum(self.times) / len(self.queries)


def say(text: str = "") -> None:
    print(text, flush=True)


def progress(text: str) -> None:
    """What is done, on standard error."""
    sys.stderr.write(f"{time.perf_counter() - _STARTED:5.0f} s  {text}\n")


_STARTED: Final = time.perf_counter()


def machine() -> None:
    """The machine, what else runs on it, and versions."""
    model = platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    load = os.getloadavg()[0]
    say(
        f"{os.cpu_count()} cores, {model}; Python {platform.python_version()}; one thread each; "
        f"load before the run {load:.2f}"
    )
    say(", ".join(f"{package} {_version(package)}" for package in _PACKAGES))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def prepared(method: Method, names: Sequence[str]) -> Run:
    """The method with the listed names, and how long that took."""
    started = time.perf_counter()
    method.prepare(names)
    return Run(method, time.perf_counter() - started)


def answer(run: Run, queries: Sequence[Query]) -> None:
    """Let the method answer queries."""
    started = time.perf_counter()
    bests = run.method.search(queries)
    run.times.append(time.perf_counter() - started)
    run.queries += queries
    run.bests += bests


def full_methods() -> list[Method]:
    """The methods that answer every query."""
    methods: list[Method] = [
        Rapidfuzz("token_sort_ratio", 85),
        Rapidfuzz("token_sort_ratio", 90),
        Rapidfuzz("token_sort_ratio", 85, presorted=True),
    ]
    if find_spec("sklearn") and find_spec("sparse_dot_topn"):
        methods += [TfIdf(0.7), TfIdf(0.8)]
    else:
        say("tf-idf: not measured: scikit-learn or sparse_dot_topn not installed")
    return methods


def sampled_methods() -> list[Method]:
    """The methods that are too slow for all queries."""
    methods: list[Method] = [Rapidfuzz("WRatio", 85)]
    missing = LogicV2.missing()
    if missing:
        say(f"logic-v2: not measured: {missing} not installed")
    elif find_spec("sklearn") and find_spec("sparse_dot_topn"):
        methods.append(LogicV2(0.7))
    return methods


def forget() -> None:
    """Empty what this library remembers of words and names: making the sets has taught it."""
    for kept in gc.get_objects():
        ours = isinstance(kept, _lru_cache_wrapper) and str(kept.__module__).startswith(_ROOM)
        if ours and kept.cache_parameters()["maxsize"] is not None:  # not the tables
            kept.cache_clear()


def compare(sets: Sets) -> tuple[Run, list[Run]]:
    """Ours and the others, turn by turn."""
    size = -(-len(sets.queries) // CHUNKS)
    chunks = [sets.queries[start : start + size] for start in range(0, len(sets.queries), size)]
    forget()
    ours = prepared(Ours(REVIEW_THRESHOLD), sets.names)
    others = [prepared(method, sets.names) for method in full_methods()]
    gc.collect()
    gc.freeze()  # what is there now is not looked through again while queries are answered
    for number, chunk in enumerate(chunks, 1):
        for run in (ours, *others):
            answer(run, chunk)
        progress(f"chunk {number} of {len(chunks)} answered by {len(others) + 1} methods")
    listed = [query for query in sets.queries if query.listed][: SAMPLE // 2]
    rest = [query for query in sets.queries if not query.listed][: SAMPLE // 2]
    for method in sampled_methods():
        run = prepared(method, sets.names)
        answer(run, [*listed, *rest])
        others.append(run)
        progress(f"{method.name}, {SAMPLE} queries")
    return ours, others


def report(sets: Sets, ours: Run, others: Iterable[Run]) -> None:
    """The table of methods."""
    kinds = {kind: sum(q.change == kind for q in sets.queries) for kind in ("company", "person")}
    changed = sum(query.listed for query in sets.queries)
    say(
        f"\n{len(sets.queries):,} queries ({changed:,} listed ones changed in {len(CHANGES)} ways, "
        f"{kinds['company']:,} ordinary companies, {kinds['person']:,} recombined persons) against "
        f"{len(sets.names):,} listed names, in {CHUNKS} chunks"
    )
    wide = [
        best
        for start in range(0, len(sets.queries), 5_000)
        for best in Ours.search(_at(ours, LEAST), sets.queries[start : start + 5_000])
    ]
    everything = dict(zip(sets.queries, wide, strict=True))
    progress(f"ours again from {LEAST}, for recall at the false hits of others")
    heads = (
        "method", "from", "queries/s", "times our time", "found", "of surface changes",
        "others stopped per 1,000", "companies", "persons", "ours at as many: found", "never below",
    )  # fmt: skip
    say("\n| " + " | ".join(heads) + " |")
    say("|---|" + "---:|" * (len(heads) - 1))
    for run in (ours, *others):
        say(_row(run, ours, everything))
    again = time.perf_counter()
    ours.method.search(sets.queries)
    again = time.perf_counter() - again
    say(
        f"\nours, the same queries once more (their words are known): "
        f"{len(sets.queries) / again:,.0f}/s"
    )
    for run in (ours, *others):
        say(f"prepared in {run.prepared:.2f} s: {run.method.name} from {run.method.threshold:g}")


def _at(ours: Run, threshold: float) -> Ours:
    method = Ours(threshold)
    assert isinstance(ours.method, Ours)  # noqa: S101 - how it was built above
    method.table = ours.method.table
    return method


def _row(run: Run, ours: Run, everything: dict[Query, Best]) -> str:
    counted = counts(run.queries, run.bests, run.method.threshold)
    if len(run.times) == len(ours.times):
        pairs = zip(run.times, ours.times, strict=True)
        ratio = f"{statistics.median(a / b for a, b in pairs):.2f}"
    else:
        ratio = f"{run.seconds / ours.seconds:.1f} (sample of {len(run.queries)})"
    equal = [everything[query] for query in run.queries]
    least = max(LEAST, threshold_for(run.queries, equal, counted.stopped))
    level = counts(run.queries, equal, least)
    told = [f"{level.found:.1%} (from {least:.3f})", _verdict(level, counted)]
    cells = [
        run.method.name,
        f"{run.method.threshold:g}",
        f"{1 / run.seconds:,.0f}",
        ratio,
        f"{counted.found:.1%}",
        f"{counted.surface:.1%}",
        f"{1000 * counted.stopped:.1f}",
        f"{1000 * counted.companies:.1f}",
        f"{1000 * counted.persons:.1f}",
        *(told if run is not ours else ["", ""]),
    ]
    return "| " + " | ".join(cells) + " |"


def _verdict(ours: Counts, theirs: Counts) -> str:
    return "yes" if ours.found >= theirs.found else f"NO, {theirs.found - ours.found:.1%} below"


def sizes(sets: Sets) -> None:
    """Tables of several sizes, and an index saved and loaded."""
    say(
        f"\ntables of names, each in a process of its own; {name_sizes.ASKED:,} queries at "
        f"{REVIEW_THRESHOLD} (a tenth changed names), then single calls whose words are known; "
        f"beyond {len(sets.names):,} listed names, ordinary companies and persons are added"
    )
    columns = {
        "names": ",.0f", "build_s": ".2f", "added_mb": ".0f", "added_after_mb": ".0f",
        "per_s": ",.0f", "median_ms": ".3f", "p99_ms": ".2f", "most_ms": ".1f",
    }  # fmt: skip
    heads = (
        "names", "build s", "memory MB", "after queries", "queries/s", "one call: median ms", "p99",
        "most",
    )  # fmt: skip
    say(f"| {' | '.join(heads)} |")
    say("|" + "---:|" * len(heads))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in name_sizes.SIZES:
            found = name_sizes.measured("table", sets, size, folder)
            say(f"| {' | '.join(format(found[key], form) for key, form in columns.items())} |")
            progress(f"table of {size:,} names")
        if not name_sizes.can_save():
            say("index saved and loaded: not measured: NameIndex has no save")
            return
        for step in ("index", "load"):
            found = name_sizes.measured(step, sets, len(sets.names), folder)
            told = ", ".join(f"{name} {value:.2f}" for name, value in found.items())
            say(f"{step} of {len(sets.names):,} listings: {told}")


def lossless(sets: Sets) -> int:
    """The checks; the number of differences."""
    say("\nlossless: the index against comparing one by one (compliance.names.similarity)")
    wrong = 0
    for check in checks(sets.names, sets.searched.table, sets.queries):
        say(
            f"- {check.what}: {check.pairs:,} pairs, {check.hits:,} hits, "
            f"{len(check.differences)} differences"
        )
        for difference in check.differences[:5]:
            say(f"    {difference}")
        wrong += len(check.differences)
        progress("lossless check")
    return wrong


def cases(path: str | None) -> None:
    """F1 on labelled pairs."""
    say("\nF1 on labelled pairs of names")
    if not path or not Path(path).is_file():
        say(f"not measured: no file ({path or f'give --cases FILE or {CASES}=FILE'})")
        return
    rows = name_cases.read(Path(path))
    matches = sum(row.match for row in rows)
    say(
        f"{len(rows)} pairs, {matches} of them matches; the best threshold is picked on these pairs"
    )
    say("| method | threshold | precision | recall | F1 | best F1 | at |")
    say("|---|---:|---:|---:|---:|---:|---:|")
    for name, found in name_cases.measured(rows).items():
        if isinstance(found, str):
            say(f"| {name} | {found} | | | | | |")
            continue
        say(
            f"| {name} | {found.threshold:g} | {found.precision:.3f} | {found.recall:.3f} | "
            f"{found.f1:.3f} | {found.best_f1:.3f} | {found.best_threshold:.3f} |"
        )


def main() -> int:
    """Everything; status 1 when the index differs from comparing one by one."""
    parser = argparse.ArgumentParser(prog="python -m bench.names")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--cases", default=os.environ.get(CASES), help="labelled pairs, CSV")
    options = parser.parse_args()
    say("names: search, score and index")
    machine()
    say(f"word tables of version {lexicon().version}, threshold {REVIEW_THRESHOLD}")
    if not options.data.is_dir():
        say(f"search: not measured: no folder of the real lists at {options.data}")
        cases(options.cases)
        return 0
    sets = Sets.of(options.data)
    progress("sets read")
    ours, others = compare(sets)
    report(sets, ours, others)
    wrong = lossless(sets)
    cases(options.cases)
    sizes(sets)
    say(f"\n{time.perf_counter() - _STARTED:.0f} s in all; load after it {os.getloadavg()[0]:.2f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
