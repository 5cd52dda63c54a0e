"""Conditions closed over one day: a truth for a binding and, only when asked, the trace.

Both read the same memoized facts, so the trace always agrees with the truth. Strong Kleene logic:
`all` is false as soon as one child is, `any` is true as soon as one child is. A leaf that says
`on_unknown: not_met` is false where its fact is not known, one that says `not_met_if_absent` where
nobody said anything about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from compliance.model.decision import Trace
from compliance.model.truth import Truth
from compliance.policies.conditions import IF_ABSENT, Branch, Condition, Leaf, Use, substitute
from compliance.policies.fact import Fact, spell
from compliance.policies.operators import REGISTRY, Setting, Test

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_NOT: Final = {truth: truth.negated() for truth in Truth}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition ready to be judged on one day.

    `truth` decides, `trace` proves, `because` names the leaf that made it false ("" if it is not).
    The three are closures and no methods by design: each is spelled out once for its condition, so
    that judging, the innermost loop of screening, looks nothing up that does not change.
    """

    truth: Callable[[Any], Truth]
    trace: Callable[[Any], Trace]
    because: Callable[[Any], str]
    label: str


def compile_condition(
    condition: Condition, setting: Setting, parameters: Mapping[str, Any]
) -> Compiled:
    """Resolve parameters and groups on the setting's day and close over the result."""
    if isinstance(condition, Leaf):
        return _compile_leaf(condition, setting, parameters)
    if isinstance(condition, Use):
        return _named(condition, compile_condition(condition.body, setting, parameters))
    children = tuple(compile_condition(c, setting, parameters) for c in condition.children)
    if condition.kind == "not":
        return _negation(children[0], condition.where)
    decisive = FALSE if condition.kind == "all" else TRUE
    return _branching(condition, children, decisive)


def _judge(field: str, test: Test) -> Callable[[Any], Truth]:
    """The test of a field; spelled out for each scope, since this is the innermost loop."""
    scope, _, rest = field.partition(".")
    if scope == "party":
        return lambda binding: test(binding.party[rest])
    if scope == "item":
        return lambda binding: test(binding.item[rest])
    if scope == "contract":
        return lambda binding: test(binding.contract[rest])
    if scope == "lessee":
        return lambda binding: test(binding.lessee[rest])
    return lambda binding: test(binding.provider[rest])


def _compile_leaf(leaf: Leaf, setting: Setting, parameters: Mapping[str, Any]) -> Compiled:
    expected = substitute(leaf.value, parameters)
    test: Test = REGISTRY[leaf.op].prepare(expected, setting)
    if leaf.on_unknown:
        test = _settled(test, leaf.on_unknown)
    truth = _judge(leaf.field, test)
    scope, _, rest = leaf.field.partition(".")
    subject_of = attrgetter(scope)
    field, op, where, asks = leaf.field, leaf.op, leaf.where, leaf.op == "known"
    shown = _spell_expected(leaf.value, expected)

    def trace(binding: Any) -> Trace:
        subject = subject_of(binding)
        fact: Fact = subject[rest]
        answer = test(fact)
        missing = fact.missing if answer is UNKNOWN or (asks and not fact.known) else ()
        seen = subject.shown(rest)
        return Trace("leaf", answer, field, op, shown, seen, fact.source, where, (), missing)

    label = f"{field} {op} {shown}".rstrip()

    def because(binding: Any) -> str:
        return label if truth(binding) is FALSE else ""

    return Compiled(truth, trace, because, label)


def _settled(test: Test, on_unknown: str) -> Test:
    """The test, not met of a fact that is not known, or of one about which nobody said anything.

    A fact that is known may leave a test unknown all the same: a share between 40 and 60 percent, a
    country that may have left a group. That stays unknown.
    """
    if on_unknown == IF_ABSENT:
        return lambda fact: FALSE if fact.status == "absent" else test(fact)

    def settled(fact: Fact) -> Truth:
        answer = test(fact)
        return FALSE if answer is UNKNOWN and not fact.known else answer

    return settled


def _named(use: Use, body: Compiled) -> Compiled:
    """A definition's condition under its name."""
    label = body.label if isinstance(use.body, Leaf) else f"by definition {use.definition}"

    def trace(binding: Any) -> Trace:
        inside = body.trace(binding)
        name, cite, where = use.definition, use.cite, use.where
        return Trace("is", inside.truth, name, source=cite, where=where, children=(inside,))

    return Compiled(body.truth, trace, body.because, label)


def _spell_expected(written: Any, value: Any) -> str:
    if isinstance(written, str) and written.startswith("$"):
        return f"{spell(value)} ({written})"
    return "" if value is None else spell(value)


def _negation(child: Compiled, where: str) -> Compiled:
    inner, proof = child.truth, child.trace

    def truth(binding: Any) -> Truth:
        return _NOT[inner(binding)]

    def trace(binding: Any) -> Trace:
        inside = proof(binding)
        return Trace("not", inside.truth.negated(), where=where, children=(inside,))

    def because(binding: Any) -> str:
        return f"not ({child.label})" if inner(binding) is TRUE else ""

    return Compiled(truth, trace, because, f"not ({child.label})")


def _branching(  # noqa: C901 - three small closures over the same children
    branch: Branch, children: tuple[Compiled, ...], decisive: Truth
) -> Compiled:
    truths = tuple(child.truth for child in children)
    traces = tuple(child.trace for child in children)
    otherwise = decisive.negated()

    def truth(binding: Any) -> Truth:
        answer = otherwise
        for child in truths:
            found = child(binding)
            if found is decisive:
                return decisive
            if found is UNKNOWN:
                answer = UNKNOWN
        return answer

    def trace(binding: Any) -> Trace:
        answer = otherwise
        shown: list[Trace] = []
        for child in traces:
            part = child(binding)
            if part.truth is decisive:
                # The proof of a decided branch: this child, after those already judged.
                return Trace(branch.kind, decisive, where=branch.where, children=(*shown, part))
            shown.append(part)
            if part.truth is UNKNOWN:
                answer = UNKNOWN
        return Trace(branch.kind, answer, where=branch.where, children=tuple(shown))

    def because(binding: Any) -> str:
        if truth(binding) is not FALSE:
            return ""
        return next(child.because(binding) for child in children if child.truth(binding) is FALSE)

    label = f" {'and' if branch.kind == 'all' else 'or'} ".join(child.label for child in children)
    return Compiled(truth, trace, because, label)


def missing(trace: Trace) -> tuple[str, ...]:
    """The paths that would make the unknown facts of a trace known, in the order met.

    Also those of a trace that holds because a fact is not known (the `known` operator).
    """
    if trace.truth is FALSE:
        return ()
    if trace.kind == "leaf":
        return trace.missing
    return tuple(dict.fromkeys(path for child in trace.children for path in missing(child)))
