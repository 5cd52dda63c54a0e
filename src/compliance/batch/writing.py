"""Decisions as CSV, safe to open in a spreadsheet.

A cell that a spreadsheet would take for a formula is prefixed with an apostrophe (OWASP, CSV
Injection): names come from customers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from compliance.explain import gaps, visible, why
from compliance.explain.phrases import rests_on
from compliance.model.decision import Decision

COLUMNS: Final = (
    "contract_id", "as_of", "outcome", "score", "hits", "deciding", "why", "rests_on", "missing",
    "asks", "lists", "error", "fingerprint",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the full-width forms of the first four."""


def csv_lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """The header, then one record for each decision, each ended by CR LF (RFC 4180)."""
    yield _record(COLUMNS)
    for decision in decisions:
        yield _record(_cells(decision))


def neutral(cell: str) -> str:
    """The cell, with an apostrophe before it where it would begin a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(decision: Decision) -> tuple[str, ...]:
    deciding = dict.fromkeys(flag.policy_id for flag in decision.deciding)
    hits = dict.fromkeys(
        f"{'' if match.is_certain else 'perhaps '}{match.name} [{match.list_id} {match.entry}]"
        for flag in decision.told
        for match in flag.matches
        if match.is_hit
    )
    rests = dict.fromkeys(f"{f.policy_id} {rests_on(f)}" for f in decision.told if f.rests_on)
    asks = dict.fromkeys(ask for flag in decision.flags if flag.decides for ask in flag.asks)
    return (
        decision.contract_id,
        decision.as_of.isoformat(),
        decision.outcome.value,
        str(decision.score),
        "; ".join(hits),
        "; ".join(deciding),
        why(decision),
        "; ".join(rests),
        "; ".join(gaps(decision)),
        "; ".join(asks),
        "; ".join(decision.coverage.remarks),
        "; ".join(decision.error.problems) if decision.error else "",
        decision.fingerprint,
    )


def _record(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([neutral(visible(cell)) for cell in cells])
    return line.getvalue()
