"""How a party of a contract ended, as stated of it.

A stated day says so, and so does a stated successor: then it was merged. What a register annulled,
or has twice, was never a party of its own, whatever day is stated.
"""

from __future__ import annotations

from collections.abc import Callable

from compliance.model.party import Party
from compliance.ownership import Cessation

Resolve = Callable[[Party, str], str]
"""The id of a party that is mentioned at a path of the contract."""


def cessation_of(party: Party, path: str, party_id: str, resolve: Resolve) -> Cessation | None:
    """How a party ended, on whatever day; None where nothing says so."""
    standing = party.standing.value if party.standing is not None else None
    since = party.dissolved_on.value if party.dissolved_on is not None else None
    successor = party.successor.value if party.successor is not None else None
    if standing in (None, "active"):
        if since is None and successor is None:
            return None
        standing = "dissolved" if successor is None else "merged"
    heir = None if successor is None else resolve(successor, f"{path}.successor")
    return Cessation(standing, since, () if heir in (None, party_id) else (heir,), path)
