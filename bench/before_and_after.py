"""CPU time of this build beside that of another worktree: child processes that take turns.

A ratio is the median over rounds of before / after, each from two processes run one after the
other. Rows end to end are `compliance screen` and `party` on a file, less the same command on its
first row: reading, looking up, judging and writing, without start-up.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.workload import AS_OF, contracts, parties

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = ("id", "name", "kind", "incorporation", "headquarters")
Figures = dict[str, float]


def compared(before: Path, *, rows: int, rounds: int) -> Iterator[str]:
    """A line for each measure: microseconds of both builds and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        files = _Files(Path(folder), rows)
        figures = [(measured(before, files), measured(ROOT, files)) for _ in range(rounds)]
    for name in figures[0][0]:
        old = statistics.median(a[name] for a, _ in figures)
        new = statistics.median(b[name] for _, b in figures)
        ratio = statistics.median(a[name] / b[name] for a, b in figures)
        yield f"  {name:<38} {old:>8,.0f} us before, {new:>8,.0f} us now: {ratio:.2f} x"


class _Files:
    """Files of rows, and of the first of them alone."""

    def __init__(self, folder: Path, rows: int) -> None:
        self.rows = rows
        self.contracts = tuple(folder / f"contracts-{n}.jsonl" for n in (1, rows))
        self.parties = tuple(folder / f"parties-{n}.csv" for n in (1, rows))
        for path, number in zip(self.contracts, (1, rows), strict=True):
            text = "".join(f"{json.dumps(each)}\n" for each in contracts(number))
            path.write_text(text, encoding="utf-8")
        for path, number in zip(self.parties, (1, rows), strict=True):
            with path.open("w", encoding="utf-8", newline="") as file:
                sheet = csv.DictWriter(file, COLUMNS, extrasaction="ignore", restval="")
                sheet.writeheader()
                sheet.writerows(parties(number))


def measured(tree: Path, files: _Files) -> Figures:
    """CPU microseconds of one build."""
    output, _ = _run(tree, "-m", "bench.workload", str(files.rows))
    found: dict[str, Any] = json.loads(output)
    figures: Figures = found["microseconds"]
    for name, command, paths, form in (
        ("contract row, JSON Lines to JSON Lines", "screen", files.contracts, "jsonl"),
        ("contract row, JSON Lines to CSV", "screen", files.contracts, "csv"),
        ("party row, CSV to CSV", "party", files.parties, "csv"),
    ):
        options = ("-m", "compliance", command, "--as-of", str(AS_OF), "--format", form)
        one, many = (_run(tree, *options, str(path))[1] for path in paths)
        figures[name] = 1e6 * (many - one) / (files.rows - 1)
    return figures


def _run(tree: Path, *arguments: str) -> tuple[bytes, float]:
    """What a Python with the build of a tree writes, and the CPU seconds that it takes."""
    environment = os.environ | {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{ROOT}"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False
    )
    if ended.returncode not in {0, 1, 3}:
        raise SystemExit(f"{tree}: {' '.join(arguments)} ends with {ended.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended.stdout, used
