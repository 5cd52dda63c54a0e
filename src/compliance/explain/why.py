"""One line that says why, for tables and logs of the compliance team."""

from __future__ import annotations

from compliance.explain.escape_control import visible
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome
from compliance.model.truth import Truth


def why(decision: Decision) -> str:
    """The title of the first deciding flag, whom it hit, and how many more are open; or why clear.

    A hit and critical law that holds come before what is only missing.

    Not for customers: see `customer_safe`.
    """
    if decision.error is not None:
        first, *rest = decision.error.problems or ("no problem was named",)
        return visible(f"not screened, {decision.error.code}: {first}{_more(len(rest))}")
    open_ = [flag for flag in decision.flags if flag.decides]
    if open_:
        flag = decision.deciding[0]
        doubt = "cannot be decided: " if flag.truth is Truth.UNKNOWN else ""
        return visible(f"{doubt}{flag.title}{hits_of(flag)}{_more(len(open_) - 1)}")
    if decision.outcome is not Outcome.CLEAR and decision.coverage.remarks:
        return visible(decision.coverage.remarks[0])  # a day that the rules do not know
    answered = sum(flag.cleared_by is not None for flag in decision.flags)
    excused = sum(flag.excused_by is not None for flag in decision.flags)
    notes = len(decision.flags) - answered
    counts = [f"{notes} {'note' if notes == 1 else 'notes'}"]
    if excused:
        counts.append(f"{excused} of them by an exception")
    if answered:
        counts.append(f"{answered} answered by evidence")
    listed = "".join(dict.fromkeys(f"; noted{hits_of(f)}" for f in decision.told if f.hit))
    words = f"every policy evaluated, nothing that decides is missing ({', '.join(counts)}){listed}"
    return visible(words)


def hits_of(flag: RiskFlag) -> str:
    """The entries of lists that a flag rests on, the closest first, or nothing."""
    hits = sorted((m for m in flag.matches if m.is_hit), key=lambda m: (not m.is_certain, -m.score))
    if not hits:
        return ""
    first = hits[0]
    doubt = "" if first.is_certain else "perhaps "
    return f": {doubt}{first.name} [{first.list_id} {first.entry}]"


def gaps(decision: Decision) -> list[str]:
    """What is missing: each path, with the text that was given there and what it may have meant."""
    notes: dict[str, list[str]] = {}
    for text in decision.unread:
        notes.setdefault(text.path, []).append(text.note)
    return [
        f"{path} ({'; '.join(notes[path])})" if path in notes else path for path in decision.missing
    ]


def _more(count: int) -> str:
    return f" (+ {count} more)" if count else ""
