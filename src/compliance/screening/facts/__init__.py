"""Facts: everything about a contract that can be looked up or computed, each typed and sourced.

Importing this package registers the functions that compute them.
"""

from compliance.screening.facts import (
    amounts,
    conduct,
    contract,
    control,
    explanations,
    item,
    listed_owners,
    listings,
    ownership,
    ownership_changes,
    parents,
    party,
    payment,
    received,
    rights,
    sessions,
    single_signs,
    us_owners,
)
from compliance.screening.facts.subjects import Subjects

__all__ = [
    "Subjects",
    "amounts",
    "conduct",
    "contract",
    "control",
    "explanations",
    "item",
    "listed_owners",
    "listings",
    "ownership",
    "ownership_changes",
    "parents",
    "party",
    "payment",
    "received",
    "rights",
    "sessions",
    "single_signs",
    "us_owners",
]
