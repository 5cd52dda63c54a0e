"""What answers a sign: evidence of a kind, on file under a name; and signs that carry it.

    serial_anomalies:
      value: true
      explained_by: {kind: makers_return, reference: RMA-4711, as_of: 2024-05-02}

Which kinds answer which flag is said by the policies (`clears`); what a kind must name stands in
`rules/data/explanations.yaml`. Knowledge of a use is known, suspected or denied: a suspicion is
no yes and no no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field

from compliance.model.evidence import Day, Frozen, PositiveCount, Stated, Status, Text, Yes

T = TypeVar("T")

ExplanationKind = Literal[
    "business_reason",
    "cardholder_identification",
    "change_document",
    "corporate_identification",
    "corporate_network",
    "counsel_opinion",
    "delivery_proof",
    "financing_agreement",
    "identity_document",
    "makers_return",
    "nominee_agreement",
    "novation_agreement",
    "office_list",
    "organizer_list",
    "proof_of_place",
    "purchase_record",
    "refund_reason",
    "services_agreement",
    "site_visit",
    "staged_powering",
    "stock_certificate",
    "technical_interview",
    "traceable_payment",
    "tracing_report",
    "use_case",
    "use_disclosed",
    "user_disclosed",
    "utility_letter",
    "weights_record",
    "workload_record",
]


class Explanation(Frozen):
    """A document or record that answers what was seen, and how much of it.

    One that was refused or is only promised (`status` refused, unknown) was not given. `count`: to
    how many of the machines, boards or accounts it belongs; absent: to all of them.
    """

    kind: ExplanationKind
    reference: Text | None = Field(
        default=None, description="the number or title under which it is on file"
    )
    status: Status = "asserted"
    source: Text | None = Field(default=None, description="who issued it")
    as_of: Day | None = Field(default=None, description="the day of the document")
    count: PositiveCount | None = None


def _several(data: Any) -> Any:
    """One explanation may be written without a list."""
    return [data] if isinstance(data, Mapping) else data


Explanations = Annotated[
    tuple[Explanation, ...],
    BeforeValidator(_several, json_schema_input_type=Explanation | tuple[Explanation, ...]),
]


class Observed(Stated[T], Generic[T]):
    """What staff, agents or logs saw: bare, or with evidence and what explains it."""

    count: PositiveCount | None = Field(
        default=None, description="on how many machines, boards or accounts it was seen"
    )
    explained_by: Explanations = ()


Sign = Observed[Yes]

_KNOWN = {"known": True, "denied": False}


def _knowledge(value: Any) -> Any:
    """`known` is yes and `denied` is no; a suspicion stays one."""
    told = _KNOWN.get(value, value) if isinstance(value, str) else value
    if told is True or told is False or told == "suspected":
        return told
    raise ValueError("true (known), false (denied) or suspected")


Knowledge = Annotated[
    Yes | Literal["suspected"],
    BeforeValidator(
        _knowledge, json_schema_input_type=bool | Literal["known", "suspected", "denied"]
    ),
]
