"""Judging: every policy against the subjects of one contract, with a flag where one fires.

Judging never looks things up; it asks facts, in three-valued logic. Each policy leaves a line of
coverage whether it fires or not. Policies about what the others leave open (a listing of which none
speaks) are judged last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from compliance.model.decision import PolicyCoverage, RiskFlag, prominence
from compliance.model.outcome import Outcome
from compliance.model.truth import Truth
from compliance.screening.facts.subjects import Binding, ItemFacts, PartyFacts, Subjects
from compliance.screening.flagging import excused, flagged
from compliance.screening.list_coverage import tell_unspoken
from compliance.screening.prefilter import Open, Selectors, false_everywhere, nobody

S = TypeVar("S")
TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def judge(
    subjects: Subjects, selectors: Selectors, *, party_only: bool
) -> tuple[tuple[RiskFlag, ...], tuple[PolicyCoverage, ...]]:
    """The flags, most restrictive first, and one line for every policy."""
    flags: list[RiskFlag] = []
    selection = selectors.select(subjects, party_only=party_only)
    lines = list(selection.lines)
    asking = [policy for policy in selection.open if policy.compiled.reads_findings]
    for policy in selection.open:
        if not policy.compiled.reads_findings:
            lines[policy.place] = _judge_one(subjects, policy, flags)
    if asking:
        tell_unspoken(subjects, selectors.spoken.pairs(party_only=party_only))
    for policy in asking:
        lines[policy.place] = _judge_one(subjects, policy, flags)
    outcome = max((flag.outcome for flag in flags if flag.decides), default=Outcome.CLEAR)
    flags.sort(key=lambda flag: (prominence(flag, outcome), _place(flag)))
    return tuple(flags), tuple(lines)  # type: ignore[arg-type]  # every None was filled


def _place(flag: RiskFlag) -> tuple[str, str, str]:
    return flag.policy_id, flag.subject.party, flag.subject.item


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
            flags.append(excused(compiled, binding, truth, excuse))
            continue
        if truth is TRUE or strongest is FALSE:
            strongest = truth
        outcome = compiled.fired if truth is TRUE else compiled.undecided
        if outcome is not None:
            flags.append(flagged(compiled, binding, truth, outcome))
    if strongest is not FALSE:
        because = ""
    elif not because:
        because = _because(subjects, policy)
    rule = compiled.policy
    return PolicyCoverage(rule.id, compiled.period.state, strongest, applies=True, because=because)


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
    """Why a policy is false: the same words whether a selector showed it or every pair was judged.

    The first selector that is false for all it is asked of, in the order in which selectors are
    judged; where none is, the leaf that makes it false for the first party and the first item.
    """
    found = false_everywhere(policy, subjects)
    if found is not None:
        return found
    rule, when = policy.compiled.policy, policy.compiled.when
    parties = subjects.in_roles(rule.roles) if rule.roles else (subjects.anybody,)
    items = subjects.items if rule.each_item else (subjects.anything,)
    if not parties or not items:
        return nobody(rule.roles if not parties else ())
    return when.because(subjects.binding(parties[0], items[0]))
