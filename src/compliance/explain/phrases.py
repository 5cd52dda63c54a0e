"""The words in which prose speaks of outcomes, legal states, bases and statuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.model.decision import RiskFlag, Subject, Trace
from compliance.model.outcome import Outcome, State
from compliance.model.truth import Truth

MEANING: Final = {
    Outcome.CLEAR: "provision; nothing that decides is missing",
    Outcome.REVIEW: "a person looks before anything is provisioned",
    Outcome.INCOMPLETE: "hold, and ask for the missing facts",
    Outcome.LICENSE_REQUIRED: "stop until a license is on file",
    Outcome.PROHIBITED: "stop",
}
_STATE: Final = {
    State.IN_FORCE: "in force since {day}",
    State.UNVERIFIED: "unverified since {day}: the law may have changed on this day; verify. "
    "Until then it asks for incomplete at most",
    State.NOT_ENFORCED: "not enforced since {day}, leaves outcome and score unchanged",
    State.STAYED: "stayed since {day}, leaves outcome and score unchanged",
    State.PROPOSED: "proposed since {day}, not law yet, leaves outcome and score unchanged",
    State.REPEALED: "repealed since {day}, leaves outcome and score unchanged",
}
_BASIS: Final = {
    "law": "law",
    "guidance": "guidance of an authority",
    "proposed": "proposed, not law",
    "house": "house rule, not law",
}
_STATUS: Final = {
    "draft": "draft: not yet reviewed; capped at review",
    "test": "test: facts not yet checked at the source; capped at review",
    "stable": "stable: facts checked at the source",
    "deprecated": "deprecated: about to be replaced",
}


def title_of(outcome: Outcome) -> str:
    """An outcome as a heading."""
    return outcome.value.replace("_", " ").upper()


def state_of(flag: RiskFlag) -> str:
    """The legal state of a flag's policy, since when, and what it does to the outcome."""
    return _STATE[flag.state].format(day=flag.state_since.isoformat())


def reliance_of(flag: RiskFlag) -> str:
    """On what a flag's policy rests, and how well it was checked."""
    return f"{_BASIS.get(flag.basis, flag.basis)}; status {_STATUS.get(flag.status, flag.status)}"


def subject_of(subject: Subject) -> str:
    """The party with its roles and id, and the item, or the whole contract."""
    parts = []
    if subject.party or subject.name:
        roles = ", ".join(role.replace("_", " ") for role in subject.roles)
        name = subject.name or subject.party
        known_as = f"id {subject.party}" if subject.party not in ("", name) else ""
        inside = "; ".join(part for part in (roles, known_as) if part)
        parts.append(f"{name} ({inside})" if inside else name)
    if subject.item:
        parts.append(f"item {subject.item}")
    return ", ".join(parts) or "the whole contract"


def rests_on(flag: RiskFlag) -> str:
    """What answers or excuses a flag: which clause, its citation, its last day, what was given."""
    clause = flag.rests_on
    if clause is None:
        return ""
    word = "answered" if flag.cleared_by is not None else "excused"
    cite = f" ({clause.cite})" if clause.cite else ""
    until = f"last day {clause.until.isoformat()}" if clause.until else "no last day is stated"
    given = "; ".join(dict.fromkeys(_given(clause.trace)))
    return f"{word} by {clause.id}{cite}; {until}{f'; given: {given}' if given else ''}"


def _given(trace: Trace) -> Iterator[str]:
    """What was given and makes a clause hold, with where it comes from."""
    if trace.truth is not Truth.TRUE:
        return
    if trace.kind == "leaf":
        source = f" ({trace.source})" if trace.source else ""
        yield f"{trace.field} {trace.seen or 'nothing'}{source}"
    for child in trace.children if trace.kind != "not" else ():
        yield from _given(child)


def effect_of(flag: RiskFlag) -> str:
    """What a flag asks for, whether it fires or cannot be decided, and its part in the score."""
    asks = "note, asks for nothing" if flag.outcome is Outcome.CLEAR else flag.outcome.value
    truth = "cannot be decided" if flag.truth is Truth.UNKNOWN else "the conditions hold"
    if flag.cleared_by is not None:
        asks = f"would ask for {flag.outcome.value}; answered by evidence, counts no more"
    return (
        f"{asks.replace('_', ' ')}; {truth}; severity {flag.severity.value}, "
        f"weight {flag.weight:g} in {flag.factor.replace('_', ' ')}"
    )
