"""One line that says why, for tables and logs of the compliance team."""

from __future__ import annotations

from compliance.explain.visible import visible
from compliance.model.decision import Decision, RiskFlag
from compliance.model.truth import Truth


def why(decision: Decision) -> str:
    """The title of the most restrictive open flag and how many more decide, or why it is clear.

    Not for customers: see `customer_safe`.
    """
    if decision.error is not None:
        first, *rest = decision.error.problems or ("no problem was named",)
        return visible(f"not screened, {decision.error.code}: {first}{_more(len(rest))}")
    open_ = [flag for flag in decision.flags if flag.decides]
    if open_:
        flag = min(open_, key=_weight)
        doubt = "cannot be decided: " if flag.truth is Truth.UNKNOWN else ""
        return visible(f"{doubt}{flag.title}{_more(len(open_) - 1)}")
    answered = sum(flag.cleared_by is not None for flag in decision.flags)
    notes = len(decision.flags) - answered
    counts = [f"{notes} {'note' if notes == 1 else 'notes'}"]
    if answered:
        counts.append(f"{answered} answered by evidence")
    return f"every policy evaluated, nothing that decides is missing ({', '.join(counts)})"


def _weight(flag: RiskFlag) -> tuple[int, int]:
    """The most restrictive first, then the most severe; the first of equals stays first."""
    return -flag.outcome.rank, -flag.severity.rank


def _more(count: int) -> str:
    return f" (+ {count} more)" if count else ""
