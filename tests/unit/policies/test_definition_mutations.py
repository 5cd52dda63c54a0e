"""A definition that is changed fails one of its own cases: no part of it is there untested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Any

import pytest

from compliance.policies.conditions import Branch, Condition, Defined, Leaf, Use
from compliance.policies.definitions import DefinedSet, Definitions, load_definitions
from compliance.policies.policy import DatedValue
from compliance.screening.definition_tests import (
    DefinitionCase,
    definition_cases_in,
    run_definition,
)
from compliance.screening.field_schema import FIELDS
from compliance.screening.knowledge import Knowledge
from compliance.tables.embedded import rules_path
from screeners import screener

PARTS = 8  # so that several processes share them


@dataclass(frozen=True)
class Mutation:
    name: str
    what: str
    definitions: Definitions

    def __str__(self) -> str:
        return f"{self.name}: {self.what}"


@cache
def sound() -> Definitions:
    problems: list[Any] = []
    found = load_definitions(rules_path(), FIELDS, problems)
    assert problems == []
    return found


def knowledge() -> Knowledge:
    return screener().knowledge


@cache
def cases() -> Mapping[str, tuple[DefinitionCase, ...]]:
    found: dict[str, list[DefinitionCase]] = {}
    for case in definition_cases_in(rules_path()):
        found.setdefault(case.name, []).append(case)
    return {name: tuple(of_one) for name, of_one in found.items()}


def other_values(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        for member in value:
            yield f"without {member}", [other for other in value if other != member]
        yield "with one more", [*value, "ZZ"]
    elif isinstance(value, date):
        yield "a day later", value + timedelta(days=1)
    elif isinstance(value, int):
        yield "one more", value + 1
        yield "one less", value - 1


def other_histories(found: DefinedSet) -> Iterator[tuple[str, tuple[DatedValue, ...]]]:
    for index, entry in enumerate(found.values):
        before, after = found.values[:index], found.values[index + 1 :]
        later = replace(entry, since=entry.since + timedelta(days=1))
        yield f"{entry.since} a day later", (*before, later, *after)
        for what, value in other_values(entry.value):
            yield f"{entry.since} {what}", (*before, replace(entry, value=value), *after)


def other_conditions(condition: Condition) -> Iterator[tuple[str, Condition]]:
    """The condition with one part of it left out, or turned around."""
    if isinstance(condition, Branch):
        if condition.kind == "not":
            yield "without its not", condition.children[0]
        else:
            other = "any" if condition.kind == "all" else "all"
            yield f"{other} for {condition.kind}", replace(condition, kind=other)
        for index, child in enumerate(condition.children):
            before, after = condition.children[:index], condition.children[index + 1 :]
            if condition.kind != "not" and (before or after):
                left_out = replace(condition, children=(*before, *after))
                yield f"without {said(child)}", left_out
            for what, changed in other_conditions(child):
                yield what, replace(condition, children=(*before, changed, *after))
    else:  # a definition inside of another has cases of its own
        yield f"not {said(condition)}", Branch("not", (condition,), condition.where)


def said(condition: Condition) -> str:
    if isinstance(condition, Use):
        return condition.definition
    return condition.field if isinstance(condition, Leaf) else condition.kind


def mutations() -> Iterator[Mutation]:
    definitions = sound()
    for name, found in definitions.sets.items():
        for what, values in other_histories(found):
            changed = {**definitions.sets, name: replace(found, values=values)}
            yield Mutation(name, what, replace(definitions, sets=changed))
    for name, what, defined in other_defined(definitions.conditions):
        conditions = {**definitions.conditions, name: defined}
        yield Mutation(name, what, replace(definitions, conditions=conditions))
    for name, what, defined in other_defined(definitions.exceptions):
        exceptions = {**definitions.exceptions, name: defined}
        yield Mutation(name, what, replace(definitions, exceptions=exceptions))


def other_defined(table: Mapping[str, Defined]) -> Iterator[tuple[str, str, Defined]]:
    for name, defined in table.items():
        for what, body in other_conditions(defined.body):
            yield name, what, replace(defined, body=body)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_changed_definition_fails_one_of_its_cases(part: int) -> None:
    for mutation in islice(mutations(), part, None, PARTS):
        assert any(
            not run_definition(case, mutation.definitions, knowledge()).passed
            for case in cases()[mutation.name]
        ), mutation


def test_every_case_passes() -> None:
    failed = [
        str(result)
        for of_one in cases().values()
        for case in of_one
        if not (result := run_definition(case, sound(), knowledge())).passed
    ]
    assert failed == []
