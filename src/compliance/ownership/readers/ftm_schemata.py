"""The schemata of FollowTheMoney 4.11, and what each is here.

The model: https://followthemoney.tech/explorer/ A party may own or be owned; a link joins parties
and is no ownership; the others are papers, events and things that own nothing. Ownership, Control,
Succession and documents are read for themselves. What stands in none of these is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.model.party import PartyKind
from compliance.ownership.interests import Kind

PARTIES: Final[Mapping[str, PartyKind]] = MappingProxyType(
    {
        "Airplane": "aircraft",
        "Asset": "unknown",
        "BankAccount": "unknown",
        "Company": "organization",
        "Contract": "unknown",
        "CryptoWallet": "wallet",
        "LegalEntity": "unknown",
        "License": "unknown",
        "Organization": "organization",
        "Person": "person",
        "PublicBody": "public_body",
        "RealEstate": "unknown",
        "Security": "unknown",
        "Vehicle": "unknown",
        "Vessel": "vessel",
    }
)
LINKS: Final = frozenset(
    {
        "Associate",
        "Directorship",
        "Employment",
        "Family",
        "Membership",
        "Representation",
        "UnknownLink",
    }
)
OTHERS: Final = frozenset(
    {
        "Address", "Article", "Audio", "Call", "CallForTenders", "ContractAward", "CourtCase",
        "CourtCaseParty", "Debt", "Document", "Documentation", "EconomicActivity", "Email", "Event",
        "Folder", "HyperText", "Image", "Mention", "Message", "Note", "Occupancy",
        "Package", "Page", "Pages", "Payment", "PlainText", "Position", "Project",
        "ProjectParticipant", "Risk", "Sanction", "Similar", "Table", "TaxRoll", "Territory",
        "Trip", "UserAccount", "Video", "Workbook",
    }
)  # fmt: skip
DOCUMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {"Passport": "PASSPORT", "Identification": "IDCARD"}
)
"""Documents of a holder, each with the kind that BODS 0.4 writes behind the country in its code."""
CONTROL: Final[Mapping[str, Kind]] = MappingProxyType(
    {"contractual": "agreement", "appointment": "board_appointment"}
)
"""The ways of control (`controlType`) that say more than influence, the strongest first."""
