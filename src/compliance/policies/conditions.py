"""Conditions: the tree `all`, `any`, `not`, leaves; parsed with positions, compiled to closures.

A compiled condition answers a truth for a binding and, only when asked, the trace that proves it.
Both read the same memoized facts, so the trace always agrees with the truth. Strong Kleene logic:
`all` is false as soon as one child is, `any` is true as soon as one child is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from compliance.errors import ComplianceError, Problem
from compliance.model.decision import Trace
from compliance.model.truth import Truth
from compliance.policies.fact import Fact, spell
from compliance.policies.operators import REGISTRY, Setting, Test
from compliance.policies.vocabulary import VOCABULARY
from compliance.yaml import Document, Path_

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
_NOT: Final = {truth: truth.negated() for truth in Truth}
_LEAF_KEYS: Final = frozenset({"field", "op", "value", "cite"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One test of one field; `value` may name a dated parameter as "$name"."""

    field: str
    op: str
    value: Any
    where: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """`all` or `any` of several conditions, or `not` of one."""

    kind: str
    children: tuple[Condition, ...]
    where: str


Condition = Leaf | Branch


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition ready to be judged on one day.

    `truth` decides, `trace` proves, `because` names the leaf that made it false ("" if it is not).
    """

    truth: Callable[[Any], Truth]
    trace: Callable[[Any], Trace]
    because: Callable[[Any], str]
    label: str


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """Every leaf, in the order written."""
    if isinstance(condition, Leaf):
        return (condition,)
    return tuple(leaf for child in condition.children for leaf in leaves(child))


def scopes(condition: Condition) -> frozenset[str]:
    """Which of party, item and contract a condition reads."""
    found = {leaf.field.partition(".")[0] for leaf in leaves(condition)}
    return frozenset("contract" if scope in {"lessee", "provider"} else scope for scope in found)


def near(word: str, known: list[str]) -> str:
    """A "did you mean" for a word, or nothing."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a slow import, only for suggestions

    match = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=70)
    return f"did you mean {match[0]!r}?" if match else ""


def parse(
    document: Document, path: Path_, raw: Any, problems: list[Problem], name: str = ""
) -> Condition | None:
    """Read a condition; every defect is appended to `problems` with its position.

    `name` is how traces call the file: the same on every machine.
    """
    if not isinstance(raw, dict) or not raw:
        problems.append(
            document.problem(path, "a condition is a mapping: all, any, not, or a leaf")
        )
        return None
    name = name or document.source
    where = f"{name}:{document.locate(path)[0]}"
    keys = set(raw)
    if keys & {"all", "any", "not"}:
        return _branch(document, path, raw, where, problems)
    for key in sorted(keys - _LEAF_KEYS):
        hint = near(key, [*_LEAF_KEYS, "all", "any", "not"])
        problems.append(document.problem((*path, key), f"unknown key {key!r}", hint=hint, key=True))
    missing = sorted({"field", "op"} - keys)
    if missing:
        problems.append(document.problem(path, f"a leaf needs {' and '.join(missing)}"))
        return None
    return _leaf(document, path, raw, where, problems)


def _branch(
    document: Document, path: Path_, raw: dict[str, Any], where: str, problems: list[Problem]
) -> Condition | None:
    if len(raw) > 1:
        message = "all, any and not stand alone; nest them"
        problems.append(document.problem(path, message))
        return None
    ((kind, body),) = raw.items()
    name = where.rpartition(":")[0]
    if kind == "not":
        child = parse(document, (*path, "not"), body, problems, name)
        return Branch("not", (child,), where) if child else None
    if not isinstance(body, list) or not body:
        problems.append(document.problem((*path, kind), f"{kind} is a list of conditions"))
        return None
    children = [
        parse(document, (*path, kind, i), part, problems, name) for i, part in enumerate(body)
    ]
    return Branch(kind, tuple(child for child in children if child is not None), where)


def _leaf(
    document: Document, path: Path_, raw: dict[str, Any], where: str, problems: list[Problem]
) -> Leaf | None:
    field, op, value = raw["field"], raw["op"], raw.get("value")
    word = VOCABULARY.get(field) if isinstance(field, str) else None
    if word is None:
        hint = near(str(field), sorted(VOCABULARY))
        problems.append(document.problem((*path, "field"), f"no field {field!r}", hint=hint))
    found = REGISTRY.get(op) if isinstance(op, str) else None
    if found is None:
        hint = near(str(op), sorted(REGISTRY))
        problems.append(document.problem((*path, "op"), f"no operator {op!r}", hint=hint))
    if word is None or found is None:
        return None
    if word.kind not in found.kinds:
        fitting = ", ".join(sorted(name for name, o in REGISTRY.items() if word.kind in o.kinds))
        message = f"operator {op!r} does not fit {field}, a {word.kind}"
        problems.append(document.problem((*path, "op"), message, hint=f"one of {fitting}"))
        return None
    if found.expects_value and "value" not in raw:
        problems.append(document.problem(path, f"operator {op!r} needs a value"))
        return None
    return Leaf(field, op, value, where, raw.get("cite") or "")


def check_value(leaf: Leaf, value: Any, setting: Setting) -> str:
    """What is wrong with a leaf's value on a day, or "" if nothing is."""
    word = VOCABULARY[leaf.field]
    if word.choices and leaf.op in {"eq", "in", "any_in"}:
        for part in value if isinstance(value, list) else [value]:
            if part not in word.choices:
                hint = near(str(part), list(word.choices))
                return f"{leaf.field} is never {part!r}" + (f" ({hint})" if hint else "")
    if word.kind == "flag" and leaf.op == "eq" and not isinstance(value, bool):
        return f"{leaf.field} is true or false, not {value!r}"
    if word.kind in {"country", "countries"} and leaf.op in {"eq", "in", "any_in"}:
        for part in value if isinstance(value, list) else [value]:
            if setting.gazetteer.read(str(part)).code != part:
                return f"{part!r} is not an ISO 3166-1 alpha-2 code"
    try:
        REGISTRY[leaf.op].prepare(value, setting)
    except ComplianceError as error:
        return str(error)
    except ValueError as error:
        return f"operator {leaf.op!r} expects {error}"
    return ""


def substitute(value: Any, parameters: Mapping[str, Any]) -> Any:
    """The value with every "$name" replaced by that parameter's value on the day."""
    if isinstance(value, str) and value.startswith("$"):
        return parameters[value[1:]]
    if isinstance(value, dict):
        return {key: substitute(part, parameters) for key, part in value.items()}
    return value


def references(value: Any) -> tuple[str, ...]:
    """The names of the parameters that a value uses."""
    if isinstance(value, str) and value.startswith("$"):
        return (value[1:],)
    if isinstance(value, dict):
        return tuple(name for part in value.values() for name in references(part))
    return ()


def compile_condition(
    condition: Condition, setting: Setting, parameters: Mapping[str, Any]
) -> Compiled:
    """Resolve parameters and groups on the setting's day and close over the result."""
    if isinstance(condition, Leaf):
        return _compile_leaf(condition, setting, parameters)
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
