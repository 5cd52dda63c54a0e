"""Whether a rule on owners is in force on the day, in words: its state, since when, until when."""

from __future__ import annotations

from typing import Final

from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.screening.ownership_report import RegimeAnswer
from compliance.screening.regime_status import RegimeStatus

_STATE: Final = {
    State.IN_FORCE: "in force",
    State.UNVERIFIED: "unverified",
    State.NOT_ENFORCED: "not enforced",
    State.STAYED: "stayed",
    State.PROPOSED: "proposed, not law yet,",
    State.REPEALED: "repealed",
}


def standing(rule: RegimeAnswer) -> str:
    """The state of a rule, what it does to the answer, and the policy that says so."""
    found = rule.status
    subject = "this caution of the house, no law," if found.house else "the rule"
    words = f"{_effect(rule)}{subject} is {state_of(found)}"
    if found.in_force:  # its law is cited with the arithmetic
        return f"{words} ({found.policy})"
    sources = "; ".join(filter(None, (found.policy, found.cite)))
    return f"{words} ({sources}){found.note and f': {found.note}'}"


def state_of(found: RegimeStatus) -> str:
    """The state with its first and last day."""
    if found.state is None:
        return f"not in force through {found.until}"
    days = f"since {found.since}" if found.until is None else f"from {found.since} to {found.until}"
    return f"{_STATE[found.state]} {days}"


def _effect(rule: RegimeAnswer) -> str:
    if rule.verdict == "would_be_affected":
        return "would be affected; "
    if rule.truth is Truth.TRUE and rule.status.state is State.UNVERIFIED:
        return "treated as affected; "
    if rule.truth is Truth.UNKNOWN and not rule.status.binds:
        return "unknown whether it would be affected; "
    return ""
