"""Facts: everything about a contract that can be looked up or computed, each typed and sourced.

Importing this package registers the functions that compute them.
"""

from compliance.screening.facts import (
    addresses,
    amounts,
    chip,
    conduct,
    contract,
    control,
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
    rights,
    sellers,
    sessions,
    single_signs,
    state_owners,
    us_owners,
)
from compliance.screening.facts.subjects import Subjects

__all__ = [
    "Subjects",
    "addresses",
    "amounts",
    "chip",
    "conduct",
    "contract",
    "control",
    "explanations",
    "item",
    "listed_owners",
    "listings",
    "occupied",
    "ownership",
    "ownership_changes",
    "parents",
    "party",
    "payment",
    "rights",
    "sellers",
    "sessions",
    "single_signs",
    "state_owners",
    "us_owners",
]
