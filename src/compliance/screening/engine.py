"""Judging: every policy against the subjects of one contract, with a flag where one fires.

Judging never looks things up; it asks facts, in three-valued logic. Each policy leaves a line of
coverage whether it fires or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.model.decision import ClearedBy, PolicyCoverage, RiskFlag, Subject, Trace
from compliance.model.outcome import Outcome
from compliance.model.truth import Truth
from compliance.policies.compiled import CompiledPolicy, rendered
from compliance.policies.conditions import Compiled, missing
from compliance.policies.policy import Policy
from compliance.policies.vocabulary import VOCABULARY
from compliance.screening.facts.subjects import Binding, ItemFacts, PartyFacts, Subjects
from compliance.screening.selection import Selectors

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def judge(
    subjects: Subjects, selectors: Selectors, *, party_only: bool
) -> tuple[tuple[RiskFlag, ...], tuple[PolicyCoverage, ...]]:
    """The flags, most restrictive first, and one line for every policy."""
    flags: list[RiskFlag] = []
    selection = selectors.select(subjects, party_only=party_only)
    lines = list(selection.lines)
    for place, compiled in selection.open:
        lines[place] = _judge_one(subjects, compiled, flags)
    flags.sort(key=_order)
    return tuple(flags), tuple(lines)  # type: ignore[arg-type]  # every None was filled


def _order(flag: RiskFlag) -> tuple[bool, int, int, str, str, str]:
    return (
        flag.cleared_by is not None, -flag.outcome.rank, -flag.severity.rank, flag.policy_id,
        flag.subject.party, flag.subject.item,
    )


def _judge_one(
    subjects: Subjects, compiled: CompiledPolicy, flags: list[RiskFlag]
) -> PolicyCoverage:
    """Judge one policy for each of its bindings; append its flags."""
    strongest, because = FALSE, ""
    search = _Search(subjects, compiled)
    for binding, truth in search.candidates():
        excuse = next((c for c, test in compiled.exceptions if test.truth(binding) is TRUE), None)
        if excuse is not None:
            because = because or f"exception {excuse.id}"
            continue
        if truth is TRUE or strongest is FALSE:
            strongest = truth
        outcome = compiled.fired if truth is TRUE else compiled.undecided
        if outcome is not None:
            flags.append(_flag(compiled, binding, truth, outcome))
    if strongest is FALSE:
        because = because or search.because()
    else:
        because = ""
    return PolicyCoverage(
        compiled.policy.id, compiled.period.state, strongest, applies=True, because=because
    )


class _Search:
    """The bindings of a policy that are not false, parties and items judged once each."""

    __slots__ = ("compiled", "false", "subjects")

    def __init__(self, subjects: Subjects, compiled: CompiledPolicy) -> None:
        self.subjects, self.compiled = subjects, compiled
        self.false: tuple[Compiled, Binding] | None = None

    def because(self) -> str:
        """The first leaf that was false, or that nobody is in the roles."""
        if self.false is None:
            return f"nobody in the roles {', '.join(self.compiled.policy.roles)}"
        guard, binding = self.false
        return guard.because(binding)

    def candidates(self) -> Iterator[tuple[Binding, Truth]]:
        """Each binding whose conditions are true or unknown, with that truth."""
        subjects, policy, guards = self.subjects, self.compiled.policy, self.compiled.guards
        nobody, nothing = subjects.anybody, subjects.anything
        base = self._judge(guards.base, subjects, nobody, nothing)
        if base is FALSE:
            return
        items: Sequence[tuple[ItemFacts, Truth]] = ((nothing, base),)
        if policy.each_item:
            items = [
                (item, truth) for item in subjects.items
                if (truth := self._judge(guards.item, subjects, nobody, item)) is not FALSE
            ]
            if not items:
                return
        parties: Sequence[tuple[PartyFacts, Truth]] = ((nobody, base),)
        if policy.roles:
            parties = [
                (party, truth) for party in subjects.in_roles(policy.roles)
                if (truth := self._judge(guards.party, subjects, party, nothing)) is not FALSE
            ]
        for party, of_party in parties:
            for item, of_item in items:
                truth = self._judge(guards.pair, subjects, party, item)
                if truth is not FALSE:
                    certain = base is of_party is of_item is truth is TRUE
                    yield subjects.binding(party, item), TRUE if certain else UNKNOWN

    def _judge(
        self, guard: Compiled | None, subjects: Subjects, party: PartyFacts, item: ItemFacts
    ) -> Truth:
        if guard is None:
            return TRUE
        binding = subjects.binding(party, item)
        truth = guard.truth(binding)
        if truth is FALSE and self.false is None:
            self.false = (guard, binding)
        return truth


def _flag(
    compiled: CompiledPolicy, binding: Binding, truth: Truth, outcome: Outcome
) -> RiskFlag:
    policy, period = compiled.policy, compiled.period
    trace = compiled.when.trace(binding)
    answered = next(
        (
            ClearedBy(clause.id, test.trace(binding))
            for clause, test in compiled.clears
            if test.truth(binding) is TRUE
        ),
        None,
    )
    country_name = binding.contract.know.gazetteer.name
    message = rendered(compiled.message, binding, country_name)
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
        citations=tuple(policy.citations.values()),
        trace=trace,
        missing=missing(trace),
        asks=_asks(compiled, binding, trace, outcome),
        license_policy=rendered(compiled.license_policy, binding, country_name) or None,
        cleared_by=answered,
        false_positives=policy.false_positives,
        doubt=" ".join(part for part in (policy.doubt, period.note) if part),
    )


def _subject(policy: Policy, binding: Binding) -> Subject:
    item = binding.item.path if policy.each_item else ""
    if not policy.roles:
        return Subject(item=item)
    party = binding.party
    return Subject(party.id, party.display, party.roles, item)


def _asks(
    compiled: CompiledPolicy, binding: Binding, trace: Trace, outcome: Outcome
) -> tuple[str, ...]:
    """What would settle the flag: the policy's own questions, then those of each unknown fact."""
    asked = list(compiled.policy.asks)
    asked.extend(_questions(trace))
    if outcome > Outcome.CLEAR:
        for clause, test in (*compiled.exceptions, *compiled.clears):
            if test.truth(binding) is UNKNOWN:
                asked.extend(_questions(test.trace(binding)) or (clause.note,))
    return tuple(dict.fromkeys(question for question in asked if question))


def _questions(trace: Trace) -> tuple[str, ...]:
    if trace.kind == "leaf":
        return (VOCABULARY[trace.field].asks,) if trace.missing else ()
    if trace.truth is FALSE:
        return ()
    return tuple(question for child in trace.children for question in _questions(child))
