"""The words of the Beneficial Ownership Data Standard 0.4, and what they are here.

Codelists: https://standard.openownership.org/en/0.4.0/standard/codelists.html Invariants:

- only what is control by its definition is an agreement; a contract, a legal framework, a role in a
  trust and a right to money are `other`: they may be control;
- an interest of an unknown or unpublished nature may be a shareholding and is read as one, of which
  the part is not known unless it is stated;
- members and chairs of a board and senior managers are officers: no interest.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from compliance.model.party import PartyKind
from compliance.ownership.interests import Kind

VERSION: Final = "0.4"
# Codes of org-id.guide, which the standard prescribes, and our names of the same numbers; as in
# rules/data/identifiers.yaml. A code that also names the country stays as it is ("SG-ACRA").
SCHEMES: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        "CN-SAIC": "uscc",
        "RU-INN": "inn",
        "RU-OGRN": "ogrn",
        "US-EIN": "ein",
        "XI-LEI": "lei",
    }
)
CODE: Final = re.compile(r"[A-Z]{2,3}-[A-Z0-9_]+")
"""A code of a register or of a document, which is written as `scheme`; other names are not."""

KINDS: Final[MappingProxyType[str, Kind | None]] = MappingProxyType(
    {
        "shareholding": "shareholding",
        "votingRights": "voting_rights",
        "appointmentOfBoard": "board_appointment",
        "controlViaCompanyRulesOrArticles": "agreement",
        "otherInfluenceOrControl": "other",
        "controlByLegalFramework": "other",
        "rightsGrantedByContract": "other",
        "conditionalRightsGrantedByContract": "other",
        "settlor": "other",
        "trustee": "other",
        "protector": "other",
        "beneficiaryOfLegalArrangement": "other",
        "rightsToSurplusAssetsOnDissolution": "other",
        "rightsToProfitOrIncome": "other",
        "enjoymentAndUseOfAssets": "other",
        "rightToProfitOrIncomeFromAssets": "other",
        "nominee": "other",
        "nominator": "other",
        "unknownInterest": "shareholding",
        "unpublishedInterest": "shareholding",
        "seniorManagingOfficial": None,
        "boardMember": None,
        "boardChair": None,
    }
)
UNKNOWN_NATURES: Final = frozenset({"unknownInterest", "unpublishedInterest"})

TYPES: Final[MappingProxyType[Kind, str]] = MappingProxyType(
    {
        "shareholding": "shareholding",
        "voting_rights": "votingRights",
        "board_appointment": "appointmentOfBoard",
        "agreement": "controlViaCompanyRulesOrArticles",
        "consolidation": "otherInfluenceOrControl",
        "other": "otherInfluenceOrControl",
    }
)
"""The type under which an interest of each kind is written."""

ENTITY_KINDS: Final[MappingProxyType[str, PartyKind]] = MappingProxyType(
    {
        "registeredEntity": "organization",
        "legalEntity": "organization",
        "arrangement": "organization",
        "state": "public_body",
        "stateBody": "public_body",
        "anonymousEntity": "unknown",
        "unknownEntity": "unknown",
    }
)
PERSON_TYPES: Final = frozenset({"knownPerson", "anonymousPerson", "unknownPerson"})
REASONS: Final = frozenset(
    {
        "noBeneficialOwners",
        "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "interestedPartyHasNotProvidedInformation",
        "subjectExemptFromDisclosure",
        "interestedPartyExemptFromDisclosure",
        "unknown",
        "informationUnknownToPublisher",
    }
)
STATUSES: Final = frozenset({"new", "updated", "closed"})
RELATIONS: Final = frozenset({"direct", "indirect", "unknown"})

ENTITY_TYPES: Final[MappingProxyType[PartyKind, tuple[str, str]]] = MappingProxyType(
    {
        "organization": ("legalEntity", ""),
        "public_body": ("stateBody", ""),
        "wallet": ("unknownEntity", "wallet"),
        "vessel": ("unknownEntity", "vessel"),
        "aircraft": ("unknownEntity", "aircraft"),
        "unknown": ("unknownEntity", "kind not stated"),
    }
)
"""The type, and its details, under which a party that is no person is written."""

REASON_OF: Final = MappingProxyType(
    {
        "NO_KNOWN_PERSON": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "no-individual-or-entity-with-signficant-control": "noBeneficialOwners",
        "psc-contacted-but-no-response": "interestedPartyHasNotProvidedInformation",
        "psc-details-not-confirmed": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "psc-exists-but-not-identified": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "steps-to-find-psc-not-yet-completed": "subjectUnableToConfirmOrIdentifyBeneficialOwner",
        "super-secure-person-with-significant-control": "interestedPartyExemptFromDisclosure",
    }
)
"""The reason under which a reporting exception of another publisher is written; else "unknown"."""
