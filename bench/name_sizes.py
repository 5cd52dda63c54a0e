"""Build time, memory, speed and latency of a table of names, each in a process of its own.

`python -m bench.name_sizes STEP FILE FOLDER` does one step and prints figures as JSON: `table` for
the names of a file, `index` to build an index of its listings and save it, `load` to load that.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from bench.name_queries import Sets
from compliance.names import REVIEW_THRESHOLD, Kind
from compliance.names.index.name_table import NameTable
from compliance.watchlists import Listing, NameIndex, Watchlist

SIZES: Final = (10_000, 30_000, 60_000, 150_000)
ASKED: Final = 5_000
_SINGLE: Final = 1_000
_SAVED: Final = "index"


def can_save() -> bool:
    """Whether an index can be saved at all."""
    return hasattr(NameIndex, "save") and hasattr(NameIndex, "load")


def measured(step: str, sets: Sets, size: int, folder: Path) -> dict[str, float]:
    """The figures of one step in a new process."""
    file = folder / f"{size}.json"
    if not file.exists():
        file.write_text(json.dumps(_content(sets, size)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bench.name_sizes", step, str(file), str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return cast("dict[str, float]", json.loads(done.stdout))


def grown(sets: Sets, size: int) -> list[str]:
    """The first `size` names: listed ones, every k-th where fewer are wanted, then others."""
    names = sets.names
    if size < len(names):
        return [names[place * len(names) // size] for place in range(size)]
    known = set(names)
    others = [name for name in dict.fromkeys(sets.others) if name not in known]
    return [*names, *others[: size - len(names)]]


def _content(sets: Sets, size: int) -> dict[str, Any]:
    asked = sets.queries[:ASKED]
    return {"names": grown(sets, size), "queries": [(query.text, query.kind) for query in asked]}


def _resident() -> float:
    """Megabytes of memory in use (Linux); 0.0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0.0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _table(content: dict[str, Any]) -> dict[str, float]:
    names: list[str] = content["names"]
    queries: list[tuple[str, Kind]] = [tuple(pair) for pair in content["queries"]]
    NameTable(["warm up"]).matches("warm up", "unknown", REVIEW_THRESHOLD)
    gc.collect()
    before = _resident()
    started = time.perf_counter()
    table = NameTable(names)
    built = time.perf_counter() - started
    gc.collect()
    added = _resident() - before
    started = time.perf_counter()
    for kind in ("organization", "person", "unknown"):
        texts = [text for text, known in queries if known == kind]
        for _ in table.matches_many(texts, kind, REVIEW_THRESHOLD):
            pass
    many = time.perf_counter() - started
    times = []
    for text, kind in queries[:_SINGLE]:
        started = time.perf_counter()
        table.matches(text, kind, REVIEW_THRESHOLD)
        times.append(time.perf_counter() - started)
    gc.collect()
    return {
        "names": len(names),
        "build_s": built,
        "added_mb": added,
        "added_after_mb": _resident() - before,
        "per_s": len(queries) / many,
        "median_ms": 1000 * statistics.median(times),
        "p99_ms": 1000 * statistics.quantiles(times, n=100)[-1],
        "most_ms": 1000 * max(times),
    }


def _index(content: dict[str, Any], folder: Path) -> dict[str, float]:
    listings = tuple(
        Listing(id=str(number), list_id="all", name=name)
        for number, name in enumerate(content["names"])
    )
    watchlist = Watchlist(id="all", title="All", listings=listings)
    started = time.perf_counter()
    index: Any = NameIndex.build([watchlist])
    built = time.perf_counter() - started
    started = time.perf_counter()
    index.save(folder / _SAVED)
    saved = time.perf_counter() - started
    files = [folder / _SAVED] if (folder / _SAVED).is_file() else (folder / _SAVED).rglob("*")
    size = sum(path.stat().st_size for path in files if path.is_file())
    return {"build_s": built, "save_s": saved, "mb": size / 1e6}


def _load(content: dict[str, Any], folder: Path) -> dict[str, float]:
    text, kind = content["queries"][0]
    gc.collect()
    before = _resident()
    started = time.perf_counter()
    loader: Any = NameIndex
    index = loader.load(folder / _SAVED)
    loaded = time.perf_counter() - started
    started = time.perf_counter()
    index.search(text, kind)
    first = time.perf_counter() - started
    return {"load_s": loaded, "first_ms": 1000 * first, "added_mb": _resident() - before}


def main(arguments: Sequence[str]) -> None:
    """One step."""
    step, file, folder = arguments
    content = json.loads(Path(file).read_text(encoding="utf-8"))
    if step == "table":
        figures = _table(content)
    elif step == "index":
        figures = _index(content, Path(folder))
    else:
        figures = _load(content, Path(folder))
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
