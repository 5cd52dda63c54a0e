"""Evidence answers a sign: given, of the right kind, named, and covering what was seen."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from compliance.model import Observations
from compliance.model.explanation import ExplanationKind
from compliance.policies.fact import Fact
from screeners import screener
from unit.screening.contracts import of_contract, of_item

RETURN = {"kind": "makers_return", "reference": "RMA-4711", "as_of": "2024-05-02"}


def open_sign(*explained_by: Any, **seen: Any) -> Fact:
    stated = {"value": True, "explained_by": list(explained_by), **seen}
    return of_contract(
        "observations.serial_anomalies.open", observations={"serial_anomalies": stated}
    )


def test_a_sign_is_open_until_evidence_answers_it() -> None:
    assert open_sign().value is True
    answered = open_sign(RETURN)
    assert (answered.value, answered.note) == (False, "makers return, RMA-4711, 2024-05-02")
    field = "observations.serial_anomalies.open"
    assert of_contract(field).value is False
    assert of_contract(field, observations={"serial_anomalies": False}).value is False


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reference": None}, "names no reference"),
        ({"status": "unknown"}, "not given"),
        ({"status": "refused"}, "refused"),
        ({"as_of": "2024-06-16"}, "of a later day"),
        ({"kind": "business_reason"}, "answers something else"),
    ],
)
def test_evidence_that_falls_short_leaves_the_sign_undecided(
    change: dict[str, Any], why: str
) -> None:
    fact = open_sign({**RETURN, **change})
    assert (fact.value, fact.known, fact.missing) == (
        None, False, ("observations.serial_anomalies.explained_by",),
    )  # fmt: skip
    assert why in fact.note


def test_evidence_of_the_day_of_law_counts() -> None:
    assert open_sign({**RETURN, "as_of": "2024-06-15"}).value is False


@pytest.mark.parametrize(
    ("seen", "counts", "value"),
    [
        (3, [3], False),
        (3, [1, 2], False),
        (3, [2], None),
        (3, [None], False),
        (None, [1], False),
    ],
)
def test_evidence_clears_as_much_as_it_covers(
    seen: int | None, counts: list[int | None], value: bool | None
) -> None:
    given = [{**RETURN, "reference": f"R{n}", "count": count} for n, count in enumerate(counts)]
    assert open_sign(*given, count=seen).value is value


@pytest.mark.parametrize(
    ("seen_on", "visited_on", "value"),
    [
        ("2024-06-01", "2024-05-31", None),
        ("2024-06-01", "2024-06-01", False),
        ("2024-06-01", "2024-06-02", False),
        ("2024-06-01", None, None),  # a visit names its day
        (None, "2019-01-01", False),
    ],
)
def test_a_visit_answers_what_was_seen_before_it(
    seen_on: str | None, visited_on: str | None, value: bool | None
) -> None:
    visit = {"kind": "site_visit", "reference": "V-1", "as_of": visited_on}
    seen = {"value": True, "as_of": seen_on, "explained_by": visit}
    field = "observations.unlocated_hardware.open"
    assert of_contract(field, observations={"unlocated_hardware": seen}).value is value


def test_a_return_number_may_be_older_than_the_audit_that_asked() -> None:
    assert open_sign({**RETURN, "as_of": "2024-01-02"}, as_of="2024-06-01").value is False


@pytest.mark.parametrize(
    ("unit", "count", "value"),
    [
        ({"unit": "chip"}, None, False),
        ({"unit": "chip"}, 32, False),
        ({"unit": "chip"}, 31, None),
        ({"unit": "server", "chips_per_unit": 8}, 32, False),
        ({"unit": "server", "chips_per_unit": 8}, 4, None),
    ],
)
def test_a_certificate_of_stock_covers_as_many_units_as_it_names(
    unit: dict[str, Any], count: int | None, value: bool | None
) -> None:
    given = {"kind": "stock_certificate", "reference": "S-1", "count": count}
    item = {"chip": "H100 SXM5", "ordered": 64, "installed": 32, "explained_by": given, **unit}
    assert of_item("count_gap.open", **item).value is value


@pytest.mark.parametrize("doubt", [{"status": "unknown"}, {"status": "refused"}])
def test_a_sign_that_may_have_been_seen_is_open_or_not(doubt: dict[str, Any]) -> None:
    field = "observations.serial_anomalies.open"
    assert of_contract(field, observations={"serial_anomalies": doubt}).known is False
    answered = {**doubt, "explained_by": RETURN}
    assert of_contract(field, observations={"serial_anomalies": answered}).value is False


def test_a_suspicion_is_open_or_not() -> None:
    seen = {"knowledge_of_violation": "suspected"}
    fact = of_contract("observations.knowledge_of_violation", observations=seen)
    assert (fact.known, fact.status, fact.note) == (False, "unknown", "suspected")
    assert of_contract("observations.knowledge_of_violation.open", observations=seen).known is False


RULES = screener().knowledge


def test_every_kind_of_evidence_is_described_and_answers_something() -> None:
    kinds = set(get_args(ExplanationKind))
    assert set(RULES.explanations) == kinds
    assert set().union(*RULES.answers.values()) == kinds
    assert all(rule.title and "reference" in rule.needs for rule in RULES.explanations.values())


def test_every_observation_has_evidence_that_answers_it() -> None:
    keys = {f"observations.{key}" for key in Observations.model_fields}
    assert keys <= set(RULES.answers)
    assert all(RULES.answers.values())


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("count_gap.open", "stock_certificate"),
        ("count_gap.open", "staged_powering"),
        ("site.power_ratio.open", "utility_letter"),
        ("site.kind.open", "proof_of_place"),
        ("ordered_after_signing.open", "purchase_record"),
    ],
)
def test_what_an_item_shows_is_answered_at_the_item(field: str, kind: str) -> None:
    given = {"kind": kind, "reference": "X 1", "source": "S", "as_of": "2024-01-01"}
    assert of_item(field, explained_by=given).value is False
    assert of_item(field, explained_by={**given, "kind": "makers_return"}).value in (None, False)
    assert of_item(field).value is True


def test_change_of_payment_signals_and_capital_are_answered_where_they_are_stated() -> None:
    paper = {"reference": "X 1", "source": "S", "as_of": date(2024, 1, 1)}
    payment = {"explained_by": {"kind": "change_document", **paper}}
    assert of_contract("payment.changed_days_before_start.open", payment=payment).value is False
    assert of_contract("payment.changed_days_before_start.open").value is True
    for field, kind in (
        ("order_exceeds_capital.open", "financing_agreement"),
        ("mismatched_signals.open", "office_list"),
    ):
        lessee = {"id": "lessee", "explained_by": {"kind": kind, **paper}}
        assert of_contract(field, lessee=lessee).value is False
        assert of_contract(field).value is True
