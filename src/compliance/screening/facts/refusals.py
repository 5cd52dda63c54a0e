"""What the customer refused to say, wherever the contract has a place for evidence.

Steps: the fields that the contract states, each once.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from compliance.model.evidence import Stated
from compliance.policies.fact import Fact
from compliance.screening.facts.subjects import ContractFacts, contract_field


@contract_field(
    "refused", "texts", asks="the answers that were refused, or why they cannot be given"
)
def _refused(c: ContractFacts) -> Fact:
    """The places of the contract about which the customer refused to say anything."""
    found = tuple(_refusals(c.contract, ""))
    return Fact.some(frozenset(found), "the contract", missing=found)


def _refusals(value: object, path: str) -> Iterator[str]:
    """The paths of the facts whose status is `refused`."""
    if isinstance(value, Stated):
        if value.status == "refused":
            yield path
        else:
            yield from _refusals(value.value, path)
    elif isinstance(value, BaseModel):
        for name in sorted(value.model_fields_set):
            yield from _refusals(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _refusals(each, f"{path}.{index}")
