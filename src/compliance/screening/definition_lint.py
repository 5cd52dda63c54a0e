"""Lint of definitions: one meaning, one place, and a case for every day on which it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from compliance.errors import ComplianceError, Problem, RuleError
from compliance.policies.conditions import Branch, Condition, Defined, Leaf, Use
from compliance.policies.definitions import (
    DefinedSet,
    Definitions,
    definition_files,
)
from compliance.policies.policy import DatedValue, Policy
from compliance.screening.definition_tests import (
    DefinitionCaseFile,
    DefinitionCasesFile,
)
from compliance.screening.findings import (
    Finding,
    LiteralEqualsDefinition,
    NoTests,
    SameValueTwice,
    TestsDoNotRead,
    UntestedDefinition,
    UntestedParameterDay,
    UnusedDefinition,
)
from compliance.screening.policy_tests import tests_of
from compliance.tables import table_of
from compliance.tables.yaml import Document, read_file


def lint_definitions(
    rules: Path, definitions: Definitions, policies: Sequence[Policy]
) -> Iterator[Finding]:
    """The findings about the definitions of a rule folder and about policies that repeat them.

    `definitions` and `policies` are those of the folder; both empty where it does not load.
    """
    places = _places(rules)
    used = {name for policy in policies for name in policy.definitions()}
    reached = used.union(*(definitions.used_by(name) for name in definitions.names()))
    for name in sorted(definitions.names() - reached):
        yield UnusedDefinition(_at(places[name], f"no policy uses {name!r}"))
    yield from _same_twice(definitions, places)
    for policy in policies:
        yield from _repeated(policy, definitions)
    for path in definition_files(rules):
        yield from _untested(path, definitions)


Place = tuple[Document, tuple[str, str]]


def _places(rules: Path) -> dict[str, Place]:
    """Where each definition stands."""
    found: dict[str, Place] = {}
    for path in definition_files(rules):
        document = read_file(path)
        for kind in ("sets", "conditions", "exceptions"):
            for name in document.value.get(kind, {}):
                found[name] = (document, (kind, name))
    return found


def _at(place: Place, message: str) -> Problem:
    document, path = place
    return document.problem(path, message, key=True)


def _same_twice(definitions: Definitions, places: dict[str, Place]) -> Iterator[Finding]:
    """Two sets with one history, two conditions or exceptions that ask the same."""
    seen: dict[str, str] = {}
    said: list[tuple[str, str]] = [
        (name, repr(_history(found.values)))
        for name, found in sorted(definitions.sets.items())
        if isinstance(found.values[-1].value, list)
    ]
    defined = (*definitions.conditions.items(), *definitions.exceptions.items())
    said += [(name, repr(_asked(found.body))) for name, found in sorted(defined)]
    for name, value in said:
        other = seen.setdefault(value, name)
        if other != name:
            yield SameValueTwice(_at(places[name], f"{name!r} says the same as {other!r}"))


def _history(values: Sequence[DatedValue]) -> tuple[tuple[date, Any], ...]:
    return tuple((entry.since, entry.value) for entry in values)


def _asked(condition: Condition) -> Any:
    """What a condition asks, whatever names and places it has."""
    if isinstance(condition, Leaf):
        return (condition.field, condition.op, condition.value, condition.on_unknown)
    if isinstance(condition, Use):
        return _asked(condition.body)
    return (condition.kind, tuple(_asked(child) for child in condition.children))


def _repeated(policy: Policy, definitions: Definitions) -> Iterator[Finding]:
    """What a policy writes out although a definition says it."""
    begins = policy.timeline[0].since
    for name, values in policy.parameters.items():
        for set_name, found in definitions.sets.items():
            if isinstance(values[-1].value, list) and _from(values, begins) == _from(
                found.values, begins
            ):
                message = f"parameter {name!r} says what the set {set_name!r} does ({found.where})"
                yield LiteralEqualsDefinition(Problem.at(message, source=policy.source))
    for set_name, found in definitions.sets.items():
        value = found.values[-1].value
        if not policy.roles_set and len(policy.roles) > 1 and [*policy.roles] == value:
            message = f"these roles are the set {set_name!r} ({found.where})"
            yield LiteralEqualsDefinition(Problem.at(message, source=policy.source))
    for condition in policy.clauses():
        yield from _literals(policy, condition, definitions)
    clauses = (*policy.exceptions, *policy.clears)
    for clause in clauses:
        for defined in definitions.exceptions.values():
            if not clause.definition and matches(defined, clause.when):
                yield LiteralEqualsDefinition(
                    _of_policy(policy, clause.when, f"{clause.id} is {defined.name!r}")
                )


def _from(values: Sequence[DatedValue], day: date) -> tuple[tuple[date, Any], ...]:
    """A history as it is seen from a day on."""
    later = [(max(entry.since, day), entry.value) for entry in values]
    return tuple(
        entry
        for entry, after in zip(later, [*later[1:], None], strict=True)
        if after is None or after[0] > day
    )


def _of_policy(policy: Policy, condition: Condition, message: str) -> Problem:
    line = int(condition.where.rpartition(":")[2])
    return Problem.at(message, source=policy.source, line=line, column=1, code="rule")


def _literals(policy: Policy, condition: Condition, definitions: Definitions) -> Iterator[Finding]:
    """Lists and conditions of a policy's own that a set or a condition has a name for."""
    if isinstance(condition, Use):
        return
    for defined in definitions.conditions.values():
        if matches(defined, condition):
            message = f"this is {defined.name!r} ({defined.where})"
            yield LiteralEqualsDefinition(_of_policy(policy, condition, message))
            return
    if isinstance(condition, Leaf):
        for found in definitions.sets.values():
            value = condition.value
            if isinstance(value, list) and len(value) > 1 and value == found.values[-1].value:
                message = f"this list is the set {found.name!r} ({found.where})"
                yield LiteralEqualsDefinition(_of_policy(policy, condition, message))
        return
    for child in condition.children:
        yield from _literals(policy, child, definitions)


def matches(defined: Defined, condition: Condition) -> bool:
    """Whether a condition is a definition's, for some values of its arguments.

    A single leaf of which only the field and the operator are given is no definition's.
    """
    bound: dict[str, Any] = {}
    if not _aligned(defined.body, condition, set(defined.arguments), bound):
        return False
    value = defined.body.value if isinstance(defined.body, Leaf) else None
    return not (isinstance(value, str) and value.startswith("$"))


def _aligned(
    pattern: Condition, condition: Condition, arguments: set[str], bound: dict[str, Any]
) -> bool:
    if isinstance(pattern, Use):
        written = condition.body if isinstance(condition, Use) else condition
        return _aligned(pattern.body, written, arguments, bound)
    if isinstance(pattern, Leaf) and isinstance(condition, Leaf):
        same = (pattern.field, pattern.op, pattern.on_unknown) == (
            condition.field,
            condition.op,
            condition.on_unknown,
        )
        return same and _fits(pattern.value, condition.value, arguments, bound)
    if isinstance(pattern, Branch) and isinstance(condition, Branch):
        return (
            pattern.kind == condition.kind
            and len(pattern.children) == len(condition.children)
            and all(
                _aligned(p, c, arguments, bound)
                for p, c in zip(pattern.children, condition.children, strict=True)
            )
        )
    return False


def _fits(pattern: Any, value: Any, arguments: set[str], bound: dict[str, Any]) -> bool:
    if isinstance(pattern, str) and pattern[1:] in arguments and pattern.startswith("$"):
        return bool(bound.setdefault(pattern, value) == value)
    if isinstance(pattern, dict) and isinstance(value, dict):
        return pattern.keys() == value.keys() and all(
            _fits(pattern[key], value[key], arguments, bound) for key in pattern
        )
    return bool(pattern == value)


def _untested(path: Path, definitions: Definitions) -> Iterator[Finding]:
    """Definitions without a case, and days of sets without one."""
    document = read_file(path)
    tests = tests_of(path)
    if not tests.exists():
        yield NoTests(document.problem((), f"no tests beside it: {tests.name}"))
        return
    try:
        file = table_of(read_file(tests), DefinitionCasesFile, RuleError)
    except ComplianceError as error:
        yield from (TestsDoNotRead(problem) for problem in error.problems)
        return
    for kind in ("sets", "conditions", "exceptions"):
        for name in document.value.get(kind, {}):
            cases = [case for case in file.cases if case.named[1] == name]
            place = (document, (kind, name))
            if not cases:
                yield UntestedDefinition(_at(place, f"no case of {name!r}"))
            elif kind == "sets":
                yield from _untested_days(definitions.sets.get(name), cases, place)
            elif not {True, False} <= {answer for c in cases for answer in c.expect.values()}:
                message = f"no case in which {name!r} holds, or none in which it does not"
                yield UntestedDefinition(_at(place, message))


def _untested_days(
    found: DefinedSet | None, cases: Sequence[DefinitionCaseFile], place: Place
) -> Iterator[Finding]:
    days = {day for case in cases for day in case.expect}
    for entry in found.values if found else ():
        if entry.since not in days:
            message = f"no case of {place[1][1]!r} on {entry.since}, when its value begins"
            yield UntestedParameterDay(_at(place, message))
