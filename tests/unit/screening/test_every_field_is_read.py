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
from compliance.screening.field_schema import FIELDS
from screeners import screener
from unit.screening.whole_contracts import EVIDENCE, given, name_of, whole_contracts

VARIANTS = 12
DAY = date(2026, 9, 1)
LABELS = {
    # The contract's name for whoever reads the decision.
    "Contract.id",
    # Where a sign of management was found, for whoever checks it.
    "Party.headquarters_evidence.as_of",
    "Party.headquarters_evidence.source",
    # A title; who signs, and who stands in for another, is said by fields of their own.
    "Party.officers.role",
    # Figures by which the catalogue tells chips apart; no paragraph of the law turns on them.
    "ChipSpecification.memory_gb",
    "ChipSpecification.memory_type",
    "ChipSpecification.process_nm",
}
"""Fields that name something for a reader; nothing turns on them."""


# Walks through all that is stated, for refused answers, and would hide what nothing else reads.
WALKS = frozenset({"contract.refused"})


def _asked(policy: Policy) -> Iterator[str]:
    """The fields that a policy reads in its conditions and tells in its messages."""
    for clause in policy.clauses():
        yield from (leaf.field for leaf in leaves(clause))
    yield from re.findall(
        r"\{((?:party|item|contract|lessee|provider)\.[a-z0-9_.]+)\}", policy.message
    )


@cache
def _given_and_read() -> tuple[frozenset[str], frozenset[str]]:
    """The fields of the contracts, and those that the facts read which policies ask for."""
    told = {name for name, field in FIELDS.items() if field.is_finding}  # no facts
    asked = sorted(
        {field for policy in screener().policies for field in _asked(policy)} - WALKS - told
    )
    contracts = list(whole_contracts(VARIANTS))
    places: dict[int, str] = {}
    fields = {field for contract in contracts for field in given(contract, "Contract", places)}
    read: set[str] = set()

    def record(self: BaseModel, name: str) -> Any:
        if name in type(self).model_fields:
            model = name_of(type(self))
            place = model if model in EVIDENCE else places.get(id(self), model)
            read.add(f"{place}.{name}")
        return object.__getattribute__(self, name)

    with pytest.MonkeyPatch.context() as patch:
        for model in (Frozen, ChipSpecification, Die):
            patch.setattr(model, "__getattribute__", record)
        for contract in contracts:
            subjects = Subjects(contract, screener().knowledge, DAY)
            for field in asked:
                scope, _, name = field.partition(".")
                for subject in _of(subjects, scope):
                    subject[name]
    return frozenset(fields), frozenset(read)


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
    found = {field.rpartition(".")[2] for field in _given_and_read()[0]}
    models: list[type[BaseModel]] = [*_models(Frozen), ChipSpecification, Die]
    assert {field for model in models for field in model.model_fields} - found == set()


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        if model.__module__.startswith("compliance.model"):
            yield model
        yield from _models(model)


def test_every_field_of_the_model_is_read_by_a_fact_that_a_policy_asks_for() -> None:
    fields, read = _given_and_read()
    assert sorted(fields - read - LABELS) == []
    assert sorted(LABELS & read) == []
