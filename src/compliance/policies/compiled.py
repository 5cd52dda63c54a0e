"""A policy on a day: parameters and groups resolved, caps applied, conditions closed over.

The conditions of a top-level `all` are also split by what they read, so that a policy over many
parties and items judges each party and each item once before it looks at any pair. The split
changes no truth: `all` does not depend on order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, product
from math import prod
from string import Formatter
from typing import Any, Final

from compliance.errors import RuleError
from compliance.model.decision import Citation
from compliance.model.outcome import Factor, Outcome, Severity, State
from compliance.places import Gazetteer
from compliance.policies.conditions import (
    NOT_MET,
    Branch,
    Condition,
    Leaf,
    Use,
    conjuncts,
    leaves,
    scopes,
    substitute,
)
from compliance.policies.evaluation import Compiled, compile_condition
from compliance.policies.fields import FieldSchema, Hits
from compliance.policies.operators import Setting
from compliance.policies.policy import Clause, Period, Policy

_ALTERNATIVES: Final = 64
_PARTY: Final = "party."


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message: literal text, then the field that follows it, if any."""

    literal: str
    scope: str
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Conjunct:
    """One part of a policy's top-level `all`: what it reads besides the contract, and its judge.

    A part that reads one subject is a selector: many policies share it, and `key` is equal where
    the same is asked of the same roles. A policy with a selector that is false for the contract,
    for every item or for every party of its roles cannot fire. A part that reads what the engine
    finds after judging is no selector. `is_cheap`: it is read off its subject, without walking a
    graph or adding things up.
    """

    reads: frozenset[str]
    compiled: Compiled
    key: str | None
    is_cheap: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListsRead:
    """Which hits of a party a policy's conditions look at.

    `measures` are those that they name, None for any; `without` those that they leave out;
    `findings`: the fields that leave only what the engine found of them. `listed`, `possible`: hits
    that are taken as listed, and those that are not; `addresses`: the fields of hits by address.
    """

    measures: frozenset[str] | None
    without: frozenset[str]
    findings: frozenset[str]
    listed: bool
    possible: bool
    addresses: frozenset[str]

    def wanted(self, measures: frozenset[str]) -> frozenset[str]:
        """Those of an entry's measures that are looked at."""
        named = measures if self.measures is None else measures & self.measures
        return named - self.without


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """A policy ready to judge bindings on one day.

    `fired` is the outcome of a flag whose conditions hold, `undecided` of one that cannot be
    decided (None: no flag), both after the caps of state and status. `silent_if_unknown`: it
    leaves no flag while it is unknown, and has no exception that could excuse it.
    `asks_for_facts`: it may fire because a fact is not known; `alternatives` are then its
    conditions written as one `any`, so that each missing fact can be proved for itself.
    `reads_findings`: it is judged once all others are, for it asks what they left.
    """

    policy: Policy
    period: Period
    conjuncts: tuple[Conjunct, ...]
    when: Compiled
    exceptions: tuple[tuple[Clause, Compiled], ...]
    clears: tuple[tuple[Clause, Compiled], ...]
    fired: Outcome
    undecided: Outcome | None
    severity: Severity
    factor: Factor
    weight: float
    license_policy: tuple[Part, ...]
    message: tuple[Part, ...]
    needs_contract: bool
    silent_if_unknown: bool
    asks_for_facts: bool
    alternatives: tuple[Compiled, ...]
    lists_read: ListsRead | None
    reads_findings: bool
    citations: tuple[Citation, ...]
    doubt: str


def compile_policy(
    policy: Policy,
    as_of: date,
    gazetteer: Gazetteer,
    weights: Mapping[Severity, float],
    fields: FieldSchema,
) -> CompiledPolicy | None:
    """The policy as it stands on a day; None where it does not exist then.

    Raises:
        RuleError: a parameter of the effect is not of the type the effect needs.
    """
    period = policy.period(as_of)
    if period is None or period.state is State.REPEALED:
        return None
    values = policy.values(as_of)
    setting = Setting(as_of, gazetteer, policy.id)

    def compiled(condition: Condition) -> Compiled:
        return compile_condition(condition, setting, values)

    effect = policy.effect
    try:
        outcome = Outcome(substitute(effect.outcome, values))
        severity = Severity(substitute(effect.severity, values))
        factor = Factor(substitute(effect.factor, values))
        given = substitute(effect.weight, values)
        weight = float(weights[severity] if given is None else given)
    except (ValueError, TypeError, KeyError) as error:
        raise RuleError(f"{policy.source}: effect: {error}") from error
    if not 0 <= weight < 1:
        raise RuleError(f"{policy.source}: effect: weight {weight} is not in [0, 1)")
    if not period.state.binds:
        outcome, severity, weight = Outcome.CLEAR, Severity.INFO, 0.0
    message = _template(policy.message, fields)
    license_policy = _template(substitute(effect.license_policy, values) or "", fields)
    read = {leaf.field for clause in policy.clauses() for leaf in leaves(clause)}
    read |= {f"{part.scope}.{part.field}" for part in (*message, *license_policy) if part.field}
    parts = tuple(
        _conjunct(part, compiled, values, policy.roles, fields) for part in conjuncts(policy.when)
    )
    undecided = _undecided(policy, period.state)
    asks_for_facts = _asks_for_facts(policy.when)
    return CompiledPolicy(
        policy=policy,
        period=period,
        conjuncts=parts,
        when=compiled(policy.when),
        exceptions=tuple((clause, compiled(clause.when)) for clause in policy.exceptions),
        clears=tuple((clause, compiled(clause.when)) for clause in policy.clears),
        fired=_capped(outcome, period.state, policy.status),
        undecided=undecided,
        severity=severity,
        factor=factor,
        weight=weight,
        license_policy=license_policy,
        message=message,
        needs_contract=policy.each_item
        or any(scope != "party" for clause in policy.clauses() for scope in scopes(clause)),
        silent_if_unknown=undecided is None and not policy.exceptions,
        asks_for_facts=asks_for_facts,
        alternatives=tuple(map(compiled, alternatives(policy.when))) if asks_for_facts else (),
        lists_read=_lists_read(policy.when, values, fields),
        reads_findings=any(fields[name].is_finding for name in read),
        # Where the state in force is written stands first: short answers show only that.
        citations=tuple(sorted(policy.citations.values(), key=lambda c: c.id != period.cite)),
        doubt=" ".join(part for part in (policy.doubt, period.note) if part),
    )


def _lists_read(
    when: Condition, values: Mapping[str, Any], fields: FieldSchema
) -> ListsRead | None:
    """What a policy looks at; None where no condition reads a party's listings."""
    told = [
        (leaf, fields[leaf.field].hits)
        for leaf in leaves(when)
        if leaf.field.startswith(_PARTY) and fields[leaf.field].hits
    ]
    asked = [leaf for leaf, _ in told if leaf.op != "known"]
    kinds: frozenset[Hits] = frozenset(
        h for leaf, h in told if leaf.op != "known" or h == "address"
    )
    if not kinds:
        return None

    def named(op: str) -> frozenset[str] | None:
        """The values of all leaves, where each of them has this operator."""
        if any(leaf.op != op for leaf in asked):
            return None
        return frozenset(part for leaf in asked for part in substitute(leaf.value, values))

    def names(found: Iterable[Leaf]) -> frozenset[str]:
        return frozenset(leaf.field.removeprefix(_PARTY) for leaf in found)

    return ListsRead(
        measures=named("any_in"),
        without=named("any_not_in") or frozenset(),
        findings=names(leaf for leaf in asked if fields[leaf.field].is_finding),
        listed="listed" in kinds,
        possible="possible" in kinds,
        addresses=names(leaf for leaf, hits in told if hits == "address"),
    )


def alternatives(condition: Condition) -> tuple[Condition, ...]:
    """The conditions of which one must hold: `any` inside `all` taken outward.

    `all: [a, any: [b, c]]` is `any: [all: [a, b], all: [a, c]]`. Above 64 of them, the whole one.
    """
    if isinstance(condition, Use):
        return tuple(replace(condition, body=body) for body in alternatives(condition.body))
    if not isinstance(condition, Branch) or condition.kind == "not":
        return (condition,)
    parts = [alternatives(child) for child in condition.children]
    if condition.kind == "any":
        found = tuple(chain.from_iterable(parts))
    elif prod(map(len, parts)) > _ALTERNATIVES:
        return (condition,)
    else:
        found = tuple(Branch("all", chosen, condition.where) for chosen in product(*parts))
    return found if len(found) <= _ALTERNATIVES else (condition,)


def _capped(outcome: Outcome, state: State, status: str) -> Outcome:
    if state is State.UNVERIFIED:
        outcome = min(outcome, Outcome.INCOMPLETE)
    if status in {"test", "draft"}:
        outcome = min(outcome, Outcome.REVIEW)
    return outcome


def _undecided(policy: Policy, state: State) -> Outcome | None:
    if policy.on_unknown == "ignore" or not state.binds:
        return None
    return _capped(Outcome(policy.on_unknown), state, policy.status)


def _asks_for_facts(when: Condition) -> bool:
    """Whether it looks at what is known, and not only at what is so."""
    return any(leaf.op == "known" or leaf.on_unknown == NOT_MET for leaf in leaves(when))


def _conjunct(
    part: Condition,
    compiled: Callable[[Condition], Compiled],
    values: Mapping[str, Any],
    roles: tuple[str, ...],
    fields: FieldSchema,
) -> Conjunct:
    reads = scopes(part) - {"contract"}
    asked_of = roles if "party" in reads else ()
    found = [fields[leaf.field] for leaf in leaves(part)]
    selects = len(reads) < 2 and not any(field.is_finding for field in found)
    return Conjunct(
        reads,
        compiled(part),
        f"{asked_of} {spelling(part, values)}" if selects else None,
        all(field.cost == "read" for field in found),
        asked_of,
    )


def spelling(condition: Condition, values: Mapping[str, Any]) -> str:
    """What a condition asks on this day; equal for conditions that ask the same."""
    if isinstance(condition, Leaf):
        asked = (condition.field, condition.op, substitute(condition.value, values))
        return repr((*asked, condition.on_unknown) if condition.on_unknown else asked)
    if isinstance(condition, Use):
        return spelling(condition.body, values)
    parts = ", ".join(spelling(child, values) for child in condition.children)
    return f"{condition.kind}({parts})"


def _template(text: str, fields: FieldSchema) -> tuple[Part, ...]:
    parts = []
    for literal, name, _, _ in Formatter().parse(text):
        scope, _, field = (name or "").partition(".")
        parts.append(Part(literal, scope, field, fields[name].kind if name else ""))
    return tuple(parts)


def rendered(parts: tuple[Part, ...], binding: Any) -> str:
    """A message with the facts of a binding filled in, countries by name.

    An unknown fact reads "unknown (not given)", or stands with the text that was given and why it
    says nothing, once; a party without a name "an unnamed lessee".
    """
    words: list[str] = []
    explained: set[str] = set()
    for part in parts:
        words.append(part.literal)
        if not part.field:
            continue
        subject = getattr(binding, part.scope)
        if part.field == "name" and not subject["name"].known:
            words.append(subject.unnamed)
        else:
            said = subject.said(part.field, part.kind)
            note = subject.unread(part.field)
            words.append(f"{said} ({note})" if note and note not in explained else said)
            explained.add(note)
    return "".join(words)


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]
