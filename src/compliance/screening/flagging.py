"""The flag that a policy leaves for a party and an item: words, proof, gaps, what would settle it.

What is told of watchlists is of the flag's own lists: those that its policy asks for. An exception
that excuses leaves a flag too, a note: a clear decision rests on it, so it says where it is written
and until when it is known to hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import date
from itertools import chain

from compliance.model.decision import ClearedBy, ListMatch, RiskFlag, Subject, Trace, Unread
from compliance.model.outcome import Outcome, Severity
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, rendered, sentence
from compliance.policies.evaluation import missing
from compliance.policies.fact import Fact
from compliance.policies.policy import Clause, Policy
from compliance.screening.clearance_expiry import last_day
from compliance.screening.facts.subjects import Binding
from compliance.screening.field_schema import FIELDS
from compliance.screening.list_evidence import Narrowed, matches_of

FALSE, UNKNOWN = Truth.FALSE, Truth.UNKNOWN


def flagged(compiled: CompiledPolicy, binding: Binding, truth: Truth, outcome: Outcome) -> RiskFlag:
    """The flag of a policy that fires, or cannot be decided, marked where evidence answers it."""
    policy, trace = compiled.policy, compiled.when.trace(binding)
    # What holds lacks nothing, unless it holds because something is not known.
    lacks = truth is UNKNOWN or compiled.asks_for_facts
    proofs = _gaps(compiled, binding, trace) if lacks else ()
    answered = None
    for clause, test in compiled.clears:
        if test.truth(binding) is Truth.TRUE:
            answered = _resting(compiled, binding, clause, test.trace(binding))
            break
    told = _told(compiled, binding)
    message = sentence(rendered(compiled.message, told))
    if truth is UNKNOWN:
        message = f"Cannot be decided: {policy.title}. {message}"
    paths = dict.fromkeys(path for proof in proofs for path in missing(proof))
    return replace(
        _noted(compiled, binding, truth, message, trace),
        outcome=outcome,
        severity=compiled.severity,
        weight=compiled.weight,
        customer_message=policy.customer_message,
        missing=tuple(paths),
        asks=_asks(compiled, binding, proofs, outcome),
        license_policy=rendered(compiled.license_policy, told) or None,
        cleared_by=answered,
        unread=tuple(dict.fromkeys(chain.from_iterable(_unread(p, binding) for p in proofs))),
    )


def excused(compiled: CompiledPolicy, binding: Binding, truth: Truth, clause: Clause) -> RiskFlag:
    """The note of an exception: it asks for nothing, and says what the decision rests on."""
    policy = compiled.policy
    test = next(test for each, test in compiled.exceptions if each is clause)
    rests = _resting(compiled, binding, clause, test.trace(binding))
    told = _told(compiled, binding)
    asked = compiled.fired if truth is Truth.TRUE else compiled.undecided or Outcome.CLEAR
    until = f", known to hold until {rests.until}" if rests.until else ", no last day is stated"
    message = (
        f"{policy.title}: would ask for {asked.value.replace('_', ' ')}, and does not because of "
        f"the exception {clause.id} ({rests.cite}{until}). "
        f"{sentence(rendered(compiled.message, told))}"
    )
    noted = _noted(compiled, binding, truth, message, compiled.when.trace(binding))
    return replace(noted, excused_by=rests)


def _noted(
    compiled: CompiledPolicy, binding: Binding, truth: Truth, message: str, trace: Trace
) -> RiskFlag:
    """A policy's flag as a note, which asks for nothing."""
    policy, period = compiled.policy, compiled.period
    return RiskFlag(
        policy_id=policy.id,
        title=policy.title,
        outcome=Outcome.CLEAR,
        severity=Severity.INFO,
        factor=compiled.factor.value,
        weight=0.0,
        subject=_subject(policy, binding),
        message=message,
        customer_message="none",
        truth=truth,
        state=period.state,
        state_since=period.since,
        status=policy.status,
        basis=policy.basis,
        citations=compiled.citations,
        trace=trace,
        false_positives=policy.false_positives,
        doubt=compiled.doubt,
        matches=_matches(compiled, binding),
    )


def _resting(compiled: CompiledPolicy, binding: Binding, clause: Clause, proof: Trace) -> ClearedBy:
    """An exception or an answer with its citation and its last day."""
    policy = compiled.policy
    written = policy.citations.get(clause.cite)
    of_the_rule = compiled.citations[0].cite if compiled.citations else ""
    cite = written.cite if written else clause.cite or of_the_rule
    return ClearedBy(clause.id, proof, cite, last_day(policy, clause, binding, _day(binding)))


def _day(binding: Binding) -> date:
    return binding.contract.as_of


def _told(compiled: CompiledPolicy, binding: Binding) -> Binding:
    """The binding as a message tells of it: of the party's listings those the policy looks at."""
    read = compiled.lists_read
    if read is None or not binding.party.hits:
        return binding
    found = copy(binding)
    found.party = Narrowed(binding.party, read)  # type: ignore[assignment]  # read, not judged
    return found


def _matches(compiled: CompiledPolicy, binding: Binding) -> tuple[ListMatch, ...]:
    return matches_of(binding.party, compiled.lists_read) if compiled.lists_read else ()


def _subject(policy: Policy, binding: Binding) -> Subject:
    item = binding.item.path if policy.each_item else ""
    if not policy.roles:
        return Subject(item=item)
    party = binding.party
    return Subject(party.id, party.display, party.roles, item)


def _gaps(compiled: CompiledPolicy, binding: Binding, trace: Trace) -> tuple[Trace, ...]:
    """The proofs of all that is missing: a policy that asks for facts names every one, at once.

    The trace of `any` ends at the first that is missing, so each alternative is proved for itself.
    """
    if not compiled.asks_for_facts or trace.truth is not Truth.TRUE:
        return (trace,)
    proofs = (each.trace(binding) for each in compiled.alternatives)
    return tuple(proof for proof in proofs if proof.truth is Truth.TRUE) or (trace,)


def _asks(
    compiled: CompiledPolicy, binding: Binding, proofs: tuple[Trace, ...], outcome: Outcome
) -> tuple[str, ...]:
    """What would settle the flag: the policy's own questions, then those of each unknown fact."""
    asked = [*compiled.policy.asks, *(q for proof in proofs for q in _questions(proof, binding))]
    if not asked and outcome is Outcome.CLEAR:
        return ()
    if outcome is not Outcome.CLEAR:
        for clause, test in (*compiled.exceptions, *compiled.clears):
            if test.truth(binding) is UNKNOWN:
                asked.extend(_questions(test.trace(binding), binding) or (clause.note,))
    return tuple(dict.fromkeys(question for question in asked if question))


def _open_leaves(trace: Trace) -> Iterator[Trace]:
    """The leaves of a trace that are unknown, or hold because something is."""
    if trace.truth is FALSE:
        return
    if trace.kind == "leaf":
        if trace.truth is UNKNOWN or trace.missing:
            yield trace
        return
    for child in trace.children:
        yield from _open_leaves(child)


def _questions(trace: Trace, binding: Binding) -> tuple[str, ...]:
    """What the open facts of a trace ask for: their own documents, or else the field's question."""
    asked: list[str] = []
    for leaf in _open_leaves(trace):
        own = _fact(leaf, binding).asks
        asked.extend(own or ((FIELDS[leaf.field].asks,) if leaf.missing else ()))
    return tuple(asked)


def _unread(trace: Trace, binding: Binding) -> Iterator[Unread]:
    """What was given of the open facts of a trace, and why it says nothing."""
    for leaf in _open_leaves(trace):
        known = _fact(leaf, binding)
        if known.status in ("unknown", "refused") and known.note:
            yield from (Unread(path, known.note) for path in known.missing)


def _fact(leaf: Trace, binding: Binding) -> Fact:
    scope, _, name = leaf.field.partition(".")
    found: Fact = getattr(binding, scope)[name]
    return found
