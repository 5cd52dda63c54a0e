"""What the last line of a run says when nothing was held against the real lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def without_real_lists(reports: Mapping[str, Iterable[Any]]) -> str:
    """A warning where every test marked `shared` was skipped; "" where one ran, or none was there.

    `reports` are those of a run by outcome, as the terminal reporter of pytest keeps them.
    """
    ran = skipped = 0
    for outcome, found in reports.items():
        for report in found:
            if "shared" in getattr(report, "keywords", ()):
                skipped += outcome == "skipped"
                ran += outcome != "skipped" and report.when == "call"
    if ran or not skipped:
        return ""
    return f"NOT CHECKED against the real lists: all {skipped} tests marked `shared` were skipped"
