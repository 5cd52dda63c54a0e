"""Judging: every policy against the subjects of one contract, with a flag where one fires.

Judging never looks things up; it asks facts, in three-valued logic. Each policy leaves a line of
coverage whether it fires or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any, TypeVar

from compliance.model.decision import ClearedBy, PolicyCoverage, RiskFlag, Subject, Trace
from compliance.model.outcome import Outcome
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, rendered, sentence
from compliance.policies.evaluation import missing
from compliance.policies.policy import Policy
from compliance.policies.vocabulary import VOCABULARY
from compliance.screening.evidence import Narrowed, matches_of
from compliance.screening.facts.subjects import Binding, ItemFacts, PartyFacts, Subjects
from compliance.screening.selection import Open, Selectors, nobody

S = TypeVar("S")
TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def judge(
    subjects: Subjects, selectors: Selectors, *, party_only: bool
) -> tuple[tuple[RiskFlag, ...], tuple[PolicyCoverage, ...]]:
    """The flags, most restrictive first, and one line for every policy."""
    flags: list[RiskFlag] = []
    selection = selectors.select(subjects, party_only=party_only)
    lines = list(selection.lines)
    for policy in selection.open:
        lines[policy.place] = _judge_one(subjects, policy, flags)
    flags.sort(key=_order)
    return tuple(flags), tuple(lines)  # type: ignore[arg-type]  # every None was filled


def _order(flag: RiskFlag) -> tuple[bool, int, bool, int, str, str, str]:
    """Open before answered, the most restrictive first, what holds before what is undecided."""
    return (
        flag.cleared_by is not None,
        -flag.outcome.rank,
        flag.truth is UNKNOWN,
        -flag.severity.rank,
        flag.policy_id,
        flag.subject.party,
        flag.subject.item,
    )


def _judge_one(subjects: Subjects, policy: Open, flags: list[RiskFlag]) -> PolicyCoverage:
    """Judge one policy for each of its bindings; append its flags."""
    compiled = policy.compiled
    strongest, because = FALSE, ""
    for binding, truth in _candidates(subjects, policy):
        excuse = None
        for clause, test in compiled.exceptions:
            if test.truth(binding) is TRUE:
                excuse = clause
                break
        if excuse is not None:
            because = because or f"exception {excuse.id}"
            continue
        if truth is TRUE or strongest is FALSE:
            strongest = truth
        outcome = compiled.fired if truth is TRUE else compiled.undecided
        if outcome is not None:
            flags.append(_flag(compiled, binding, truth, outcome))
    if strongest is not FALSE:
        because = ""
    elif not because:
        because = _because(subjects, policy)
    rule = compiled.policy
    return PolicyCoverage(rule.id, compiled.period.state, strongest, True, because)  # noqa: FBT003 - applies


def _candidates(subjects: Subjects, policy: Open) -> Iterator[tuple[Binding, Truth]]:
    """Each binding whose conditions are true or unknown, parties and items judged once each."""
    rule = policy.compiled.policy
    binding, nobody, nothing = subjects.binding, subjects.anybody, subjects.anything
    base = policy.of_contract(binding(nobody, nothing)) if policy.of_contract else TRUE
    if base is FALSE:
        return
    items: Sequence[ItemFacts] = subjects.items if rule.each_item else (nothing,)
    parties: Sequence[PartyFacts] = subjects.in_roles(rule.roles) if rule.roles else (nobody,)
    of_items = _possible(policy.of_item, [(item, binding(nobody, item)) for item in items])
    if not of_items:
        return
    of_pair = policy.of_pair
    for party, of_party in _possible(policy.of_party, [(p, binding(p, nothing)) for p in parties]):
        for item, of_item in of_items:
            pair = binding(party, item)
            truth = of_pair(pair) if of_pair else TRUE
            if truth is not FALSE:
                certain = base is of_party is of_item is truth is TRUE
                yield pair, TRUE if certain else UNKNOWN


def _possible(
    judge: Callable[[Any], Truth] | None, subjects: Sequence[tuple[S, Binding]]
) -> list[tuple[S, Truth]]:
    """The subjects for which a judge does not say false, with what it says."""
    if judge is None:
        return [(subject, TRUE) for subject, _ in subjects]
    judged = [(subject, judge(binding)) for subject, binding in subjects]
    return [(subject, truth) for subject, truth in judged if truth is not FALSE]


def _because(subjects: Subjects, policy: Open) -> str:
    """The leaf that made a policy false for its first binding, or that nobody is in its roles."""
    rule, when = policy.compiled.policy, policy.compiled.when
    parties = subjects.in_roles(rule.roles) if rule.roles else (subjects.anybody,)
    items = subjects.items if rule.each_item else (subjects.anything,)
    if not parties or not items:
        return nobody(rule.roles if not parties else ())
    return when.because(subjects.binding(parties[0], items[0]))


def _flag(compiled: CompiledPolicy, binding: Binding, truth: Truth, outcome: Outcome) -> RiskFlag:
    policy, period = compiled.policy, compiled.period
    trace = compiled.when.trace(binding)
    # What holds lacks nothing, unless it holds because something is not known.
    lacks = truth is UNKNOWN or compiled.asks_for_facts
    answered = None
    for clause, test in compiled.clears:
        if test.truth(binding) is TRUE:
            answered = ClearedBy(clause.id, test.trace(binding))
            break
    told = _told(compiled, binding)
    message = sentence(rendered(compiled.message, told))
    if truth is UNKNOWN:
        message = f"Cannot be decided: {policy.title}. {message}"
    return RiskFlag(
        policy_id=policy.id,
        title=policy.title,
        outcome=outcome,
        severity=compiled.severity,
        factor=compiled.factor.value,
        weight=compiled.weight,
        subject=_subject(policy, binding),
        message=message,
        customer_message=policy.customer_message,
        truth=truth,
        state=period.state,
        state_since=period.since,
        status=policy.status,
        basis=policy.basis,
        citations=compiled.citations,
        trace=trace,
        missing=missing(trace) if lacks else (),
        asks=_asks(compiled, binding, _questions(trace, binding) if lacks else (), outcome),
        license_policy=rendered(compiled.license_policy, told) or None,
        cleared_by=answered,
        false_positives=policy.false_positives,
        doubt=compiled.doubt,
        matches=matches_of(binding.party, compiled.lists_read) if compiled.lists_read else (),
    )


def _told(compiled: CompiledPolicy, binding: Binding) -> Binding:
    """The binding as a message tells of it: of the party's listings those the policy looks at."""
    read = compiled.lists_read
    if read is None or not binding.party.hits:
        return binding
    found = copy(binding)
    found.party = Narrowed(binding.party, read)  # type: ignore[assignment]  # read, not judged
    return found


def _subject(policy: Policy, binding: Binding) -> Subject:
    item = binding.item.path if policy.each_item else ""
    if not policy.roles:
        return Subject(item=item)
    party = binding.party
    return Subject(party.id, party.display, party.roles, item)


def _asks(
    compiled: CompiledPolicy, binding: Binding, questions: tuple[str, ...], outcome: Outcome
) -> tuple[str, ...]:
    """What would settle the flag: the policy's own questions, then those of each unknown fact."""
    asked = [*compiled.policy.asks, *questions]
    if not asked and outcome is Outcome.CLEAR:
        return ()
    if outcome is not Outcome.CLEAR:
        for clause, test in (*compiled.exceptions, *compiled.clears):
            if test.truth(binding) is UNKNOWN:
                asked.extend(_questions(test.trace(binding), binding) or (clause.note,))
    return tuple(dict.fromkeys(question for question in asked if question))


def _questions(trace: Trace, binding: Binding) -> tuple[str, ...]:
    """What the open facts of a trace ask for: their own documents, or else the field's word."""
    if trace.truth is FALSE:
        return ()
    if trace.kind != "leaf":
        return tuple(q for child in trace.children for q in _questions(child, binding))
    if trace.truth is not UNKNOWN and not trace.missing:
        return ()
    scope, _, name = trace.field.partition(".")
    own: tuple[str, ...] = getattr(binding, scope)[name].asks
    return own or ((VOCABULARY[trace.field].asks,) if trace.missing else ())
