"""Facts: everything about a contract that can be looked up or computed, each typed and sourced.

Importing this package registers the functions that compute them.
"""

from compliance.screening.facts import (
    amounts,
    conduct,
    contact,
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
    summed,
    us_owners,
)
from compliance.screening.facts.subjects import Subjects

__all__ = [
    "Subjects",
    "amounts",
    "conduct",
    "contact",
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
    "summed",
    "us_owners",
]
