"""Who owns and controls whom: exact arithmetic on party ids, with intervals, dates and cycles.

This room knows no law, list or country: thresholds and the ids of listed parties come as arguments.
"""

from compliance.ownership.cascade import Affected, AffectedParties
from compliance.ownership.cessation import Cessation
from compliance.ownership.control import Control, ControlProof
from compliance.ownership.data_quality import Diagnosis
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import Interest
from compliance.ownership.lookthrough import Breakdown
from compliance.ownership.nationality import NationalityShares
from compliance.ownership.parents import UltimateParent, UltimateParents
from compliance.ownership.paths import Path

__all__ = [
    "Affected",
    "AffectedParties",
    "Breakdown",
    "Cessation",
    "Control",
    "ControlProof",
    "Diagnosis",
    "Interest",
    "NationalityShares",
    "OwnershipGraph",
    "Path",
    "UltimateParent",
    "UltimateParents",
]
