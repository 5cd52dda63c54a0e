"""Facts: everything about a contract that can be looked up or computed, each typed and sourced.

Each module declares the fields that it knows, beside the functions that know them.
"""

from compliance.screening.facts import (  # noqa: F401 - each declares its fields
    addresses,
    aggregated_holders,
    amounts,
    chip,
    conduct,
    contact,
    contract,
    control,
    control_rights,
    explanations,
    item,
    listed_owners,
    listings,
    occupied,
    ownership,
    ownership_changes,
    parents,
    party,
    payment,
    received,
    refusals,
    sellers,
    sessions,
    signals,
    single_signs,
    state_owners,
    us_ownership,
)
from compliance.screening.facts.subjects import Subjects

__all__ = ["Subjects"]
