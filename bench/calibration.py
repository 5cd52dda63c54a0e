"""`make calibration`: what scores are worth, measured on the real lists; writes docs/names.md.

Same data, same bytes.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Final

from bench.calibration_figures import figures
from bench.calibration_measures import Calibration, measure
from bench.calibration_page import page

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"


def write(calibration: Calibration, docs: Path) -> None:
    """The page and its figures."""
    folder = docs / "names"
    folder.mkdir(exist_ok=True)
    for name, chart in figures(calibration).items():
        (folder / f"{name}.svg").write_text(chart.svg(), encoding="utf-8")
    (docs / "names.md").write_text(page(calibration), encoding="utf-8")


def main() -> int:
    """Measure and write; without the data say so and leave the page as it is."""
    parser = argparse.ArgumentParser(prog="python -m bench.calibration")
    parser.add_argument("data", type=Path, help="folder of the real lists")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"calibration: no folder of the real lists at {options.data}: nothing was measured")
        return 2
    started = time.monotonic()
    calibration = measure(
        options.data, lambda text: print(f"{time.monotonic() - started:6.0f} s  {text}")
    )
    write(calibration, DOCS)
    print(f"written: {DOCS / 'names.md'} and its figures")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
