"""A trace as an indented tree: each condition, what was seen, where from, and the rule's line."""

from __future__ import annotations

from typing import Final

from compliance.explain.escape_control import visible
from compliance.model.decision import Trace

STEP: Final = "  "
_BRANCHES: Final = {"all": "all of these", "any": "any of these", "not": "not"}


def text_of_trace(trace: Trace) -> list[str]:
    """The tree, one condition a line, two spaces a level; the truth of each stands first.

    A leaf reads `[true] item.access in possession, delivery; seen: delivery; source: ...; rule:
    file:line`. Conditions behind the one that decides were not judged and are not shown.
    """
    return list(_lines(trace, ""))


def _lines(trace: Trace, indent: str) -> list[str]:
    lines = [f"{indent}[{trace.truth.value}] {_condition(trace)}"]
    for child in trace.children:
        lines += _lines(child, indent + STEP)
    return lines


def _condition(trace: Trace) -> str:
    rule = f"rule: {trace.where}" if trace.where else ""
    if trace.kind in _BRANCHES:
        return visible("; ".join(part for part in (_BRANCHES[trace.kind], rule) if part))
    if trace.kind == "is":
        cite = f" ({trace.source})" if trace.source else ""
        return visible("; ".join(p for p in (f"by definition {trace.field}{cite}", rule) if p))
    test = " ".join(part for part in (trace.field, trace.op, trace.expected) if part)
    parts = (
        test,
        f"seen: {trace.seen or 'nothing'}",
        f"source: {trace.source}" if trace.source else "",
        f"missing: {', '.join(trace.missing)}" if trace.missing else "",
        rule,
    )
    return visible("; ".join(part for part in parts if part))
