"""Every field of the model is read by a fact that a policy asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from compliance.model.evidence import Frozen
from compliance.model.specification import ChipSpecification, Die
from compliance.policies.conditions import leaves
from compliance.policies.policy import Policy
from compliance.screening.facts import Subjects
from unit.screening.knowing import screener
from unit.screening.whole_contracts import given, name_of, whole_contracts

VARIANTS = 6
DAY = date(2026, 9, 1)
LABELS = {
    # The contract's name for whoever reads the decision.
    ("Contract", "id"),
    # Where a sign of management was found, for whoever checks it.
    ("HeadquartersEvidence", "as_of"),
    ("HeadquartersEvidence", "source"),
    # A title; who signs, and who stands in for another, is said by fields of their own.
    ("Officer", "role"),
    # Figures by which the catalogue tells chips apart; no paragraph of the law turns on them.
    ("ChipSpecification", "memory_gb"),
    ("ChipSpecification", "memory_type"),
    ("ChipSpecification", "process_nm"),
}
"""Fields that name something for a reader; nothing turns on them."""


def _asked(policy: Policy) -> Iterator[str]:
    """The fields that a policy reads in its conditions and tells in its messages."""
    for clause in policy.clauses():
        yield from (leaf.field for leaf in leaves(clause))
    yield from re.findall(
        r"\{((?:party|item|contract|lessee|provider)\.[a-z0-9_.]+)\}", policy.message
    )


@cache
def _reads() -> frozenset[tuple[str, str]]:
    """Model and field of everything that the facts read which policies ask for."""
    asked = sorted({field for policy in screener().policies for field in _asked(policy)})
    seen: set[tuple[str, str]] = set()

    def record(self: BaseModel, name: str) -> Any:
        if name in type(self).model_fields:
            seen.add((name_of(type(self)), name))
        return object.__getattribute__(self, name)

    contracts = list(whole_contracts(VARIANTS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Frozen, "__getattribute__", record)
        for model in (ChipSpecification, Die):
            patch.setattr(model, "__getattribute__", record)
        for contract in contracts:
            subjects = Subjects(contract, screener().knowledge, DAY)
            for field in asked:
                scope, _, name = field.partition(".")
                for subject in _of(subjects, scope):
                    subject[name]
    return frozenset(seen)


def _of(subjects: Subjects, scope: str) -> tuple[Any, ...]:
    if scope == "party":
        return tuple(subjects.parties.values())
    if scope == "item":
        return subjects.items
    return (
        {"contract": subjects.facts, "lessee": subjects.lessee, "provider": subjects.provider}[
            scope
        ],
    )


def test_the_contracts_of_this_test_give_every_field_of_the_model() -> None:
    found = {pair for contract in whole_contracts(VARIANTS) for pair in given(contract)}
    models = {name_of(model): model for model in _models(Frozen)}
    fields = {(name, field) for name, model in models.items() for field in model.model_fields}
    assert sorted(fields - found - {("Frozen", "")}) == []


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        if model.__module__.startswith("compliance.model"):
            yield model
        yield from _models(model)


def test_every_field_of_the_model_is_read_by_a_fact_that_a_policy_asks_for() -> None:
    found = {pair for contract in whole_contracts(VARIANTS) for pair in given(contract)}
    assert sorted(found - _reads() - LABELS) == []
    assert sorted(LABELS & _reads()) == []
