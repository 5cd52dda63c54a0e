"""A word of the vocabulary: one field that conditions may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "country",
    "countries",
    "flag",
    "choice",
    "choices",
    "text",
    "texts",
    "number",
    "share",
    "date",
    "holdings",
    "authorizations",
]
ROLES: Final = (
    "provider",
    "lessee",
    "end_user",
    "intermediary",
    "reseller",
    "tenant",
    "account_holder",
    "payer",
    "consignee",
    "supplier",
    "operator",
    "landlord",
    "bank",
    "exchange",
    "wallet",
    "financier",
    "parent",
    "owner",
    "officer",
    "signatory",
)

HOW: Final = ("known", "suspected", "denied")
"""How knowledge of a use is told."""

# Fields that walk the ownership graph or add things up; the rest is read off its subject.
_COSTLY: Final = (
    "ownership.", "ultimate_parents.", "owned_by_", "controlled_by_", "part_owned_by_",
    "governments_above", "nationals_above", "addresses_", "site.address_",
    "site.fp", "site.power_ratio",
    "count_gap", "operations", "access_shares", "access_explained", "mismatched_signals",
    "shell_indicators", "access_unexplained", "access_evidence", "hardware_anomalies",
    "job_exceeds", "linked_accounts.told", "received_in",
    "contact_",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One field: its kind, what it means, the closed set of its values, what would settle it."""

    name: str
    kind: Kind
    meaning: str
    asks: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_cheap(self) -> bool:
        """Whether it is read off its subject, without walking a graph or adding things up."""
        return not self.name.partition(".")[2].startswith(_COSTLY)

    @property
    def scope(self) -> str:
        """The first part of the name: party, item, contract, lessee or provider."""
        return self.name.partition(".")[0]
