"""The schema of all fields: those that facts know, and what the engine finds after judging.

FIELDS["party.headquarters"].meaning
'Where it is headquartered; unknown while signs point to different countries.'
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from compliance.policies.fields import FieldSchema
from compliance.screening import facts, list_coverage  # noqa: F401 - each declares its fields
from compliance.screening.facts.subjects import contract_field, item_field, party_field
from compliance.screening.knowledge import Knowledge

FIELDS: Final = FieldSchema.declared(
    chain.from_iterable(
        registry.fields.values() for registry in (party_field, item_field, contract_field)
    )
)
"""Every field as declared; what the data of a rule folder close is open here."""


def fields_of(know: Knowledge) -> FieldSchema:
    """Every field, bounded by what the data of a rule folder say it can be."""
    return FIELDS.with_domains(know.domains())
