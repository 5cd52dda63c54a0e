"""Shapes are read from the models: every field of every model has one."""

from __future__ import annotations

import pytest

from compliance.batch.model_shape import (
    Evidence,
    Keyed,
    Leaf,
    Many,
    Record,
    Shape,
    below,
    near,
    shape_of,
    suggestion,
)
from compliance.model.conduct import Travel, Usage
from compliance.model.contract import Contract, Interest
from compliance.model.explanation import Explanation, Observed
from compliance.model.party import Money, Party
from compliance.model.specification import ChipSpecification, Die


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("id", Leaf("text")),
        ("signed_on", Leaf("date")),
        ("form", Leaf("text")),
        ("lessee", Record(Party)),
        ("lessee.headquarters", Evidence(Leaf("text"))),
        ("lessee.group_documented", Evidence(Leaf("yes"))),
        ("lessee.military", Evidence(Leaf("knowledge"))),
        ("observations.serial_anomalies", Evidence(Leaf("yes"), Observed)),
        ("observations.serial_anomalies.source", Leaf("text")),
        ("observations.serial_anomalies.explained_by", Many(Record(Explanation))),
        ("observations.linked_accounts.explained_by.0.reference", Leaf("text")),
        ("usage.declared_travel", Many(Record(Travel))),
        ("linked.0.items.0.chip", Leaf("text")),
        ("lessee.ultimate_parent", Evidence(Record(Party))),
        ("lessee.ultimate_parent.status", Leaf("text")),
        ("lessee.paid_up_capital.value", Leaf("decimal")),
        ("lessee.paid_up_capital", Evidence(Record(Money))),
        ("end_use.activities", Evidence(Many(Leaf("text")))),
        ("items.0.specification", Record(ChipSpecification)),
        ("items.0.specification.dies", Many(Record(Die))),
        ("items.0.count", Leaf("whole")),
        ("ownership", Many(Record(Interest))),
        ("ownership.0.share", Leaf("share")),
        ("ownership.0.from", Leaf("date")),
        ("usage", Record(Usage)),
        ("usage.access_by_country", Keyed(Leaf("decimal"))),
        ("usage.access_by_country.CN", Leaf("decimal")),
    ],
)
def test_a_path_has_the_shape_of_its_field(path: str, shape: Shape) -> None:
    found: Shape | None = Record(Contract)
    for step in path.split("."):
        assert found is not None
        found = below(found, step)
    assert found == shape


@pytest.mark.parametrize("path", ["lesee", "since", "signed_on.year", "items.chip", "items.x"])
def test_a_path_that_leads_nowhere_has_none(path: str) -> None:
    found: Shape | None = Record(Contract)
    for step in path.split("."):
        found = below(found, step) if found is not None else None
    assert found is None


def test_every_field_of_every_model_has_a_shape() -> None:
    seen: set[type] = set()
    waiting: list[Shape] = [Record(Contract)]
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, Record) and shape.model not in seen:
            seen.add(shape.model)
            waiting.extend(shape.fields.values())
        elif isinstance(shape, (Many, Keyed, Evidence)):
            waiting.append(shape.of)
    assert {Contract, Party, Interest, ChipSpecification, Die, Usage, Money} <= seen


def test_an_annotation_without_a_shape_is_an_error_not_a_guess() -> None:
    with pytest.raises(TypeError, match="has no shape"):
        shape_of(bytes)


@pytest.mark.parametrize(
    ("key", "parent", "hint"),
    [
        ("lesee", "", "did you mean 'lessee'?"),
        ("naem", "lessee.ultimate_parent", "did you mean 'name'?"),
        ("chp", "items.0", "did you mean 'chip'?"),
        ("zzzz", "", ""),
        ("x", "lessee.nothing", ""),
    ],
)
def test_a_near_spelling_is_suggested_from_the_same_place(key: str, parent: str, hint: str) -> None:
    assert suggestion(key, parent, Contract) == hint


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert near("q", ["lessee", "items"]) == ""
