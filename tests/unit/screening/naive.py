"""The plainest judge there can be: every policy over every binding, nothing shared or skipped.

The engine is held against it; it knows no selectors, no split conditions, no kept answers.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from compliance import Contract, Screener
from compliance.model import Outcome, State, Truth
from compliance.policies.compiled import CompiledPolicy, compile_policy
from compliance.policies.policy import Policy
from compliance.screening.facts import Subjects
from compliance.screening.facts.subjects import Binding, ItemFacts, PartyFacts
from compliance.screening.field_schema import FIELDS
from compliance.screening.list_coverage import spoken_for, tell_unspoken

Verdict = tuple[str, str, str, str, str, str]
Line = tuple[str, str | None, bool]


@lru_cache(32)
def _standing(screener: Screener, as_of: date) -> list[tuple[Policy, CompiledPolicy | None]]:
    know = screener.knowledge
    weights = {severity: float(weight) for severity, weight in know.scoring.weights.items()}
    found: list[tuple[Policy, CompiledPolicy | None]] = []
    for policy in screener.policies:
        period = policy.period(as_of)
        exists = period is not None and period.state is not State.REPEALED
        found.append(
            (
                policy,
                compile_policy(policy, as_of, know.gazetteer, weights, FIELDS) if exists else None,
            )
        )
    return found


def _verdict(
    policy: Policy, party: PartyFacts, item: ItemFacts, truth: Truth, outcome: Outcome, clause: str
) -> Verdict:
    return (
        policy.id,
        party.id if policy.roles else "",
        item.path if policy.each_item else "",
        truth.value,
        outcome.value,
        clause,
    )


def judged(
    screener: Screener, contract: dict[str, Any], as_of: date
) -> tuple[list[Verdict], list[Line]]:
    """Flags as (policy, party, item, truth, outcome, clause), sorted; lines in order."""
    subjects = Subjects(Contract.read(contract), screener.knowledge, as_of)
    tell_unspoken(subjects, spoken_for(screener.policies, as_of, party_only=False))
    flags: list[Verdict] = []
    lines: list[Line] = []
    for policy, compiled in _standing(screener, as_of):
        if compiled is None:
            lines.append((policy.id, None, False))
            continue
        parties = {p.id: p for role in policy.roles for p in subjects.in_roles((role,))}
        items = subjects.items if policy.each_item else (subjects.anything,)
        strongest = Truth.FALSE
        for party, item in product(parties.values() if policy.roles else [subjects.anybody], items):
            binding = Binding(subjects, party, item)
            truth = compiled.when.truth(binding)
            if truth is Truth.FALSE:
                continue
            excuses = [c.id for c, test in compiled.exceptions if test.truth(binding) is Truth.TRUE]
            if excuses:
                flags.append(_verdict(policy, party, item, truth, Outcome.CLEAR, excuses[0]))
                continue
            if strongest is not Truth.TRUE:
                strongest = truth
            outcome: Outcome | None = compiled.fired
            if truth is Truth.UNKNOWN:
                outcome = compiled.undecided
            if outcome is None:
                continue
            answers = [c.id for c, test in compiled.clears if test.truth(binding) is Truth.TRUE]
            flags.append(_verdict(policy, party, item, truth, outcome, (answers or [""])[0]))
        lines.append((policy.id, strongest.value, True))
    return sorted(flags), lines


def decided(
    screener: Screener, contract: dict[str, Any], as_of: date
) -> tuple[list[Verdict], list[Line]]:
    """The same of the engine's own decision."""
    decision = screener.screen(contract, as_of=as_of)
    flags = [
        (
            f.policy_id,
            f.subject.party,
            f.subject.item,
            f.truth.value,
            f.outcome.value,
            clause.id if (clause := f.cleared_by or f.excused_by) else "",
        )
        for f in decision.flags
    ]
    lines = [
        (line.id, line.truth.value if line.truth is not None else None, line.applies)
        for line in decision.coverage.policies
    ]
    return sorted(flags), lines
