"""The ownership report: who owns, controls and stands above one party, and what follows on a day.

It answers with the functions by which policies know it, so that the two cannot differ; whoever
tells of a report only draws it.
"""

from compliance.screening.ownership_report.regime_answers import RegimeAnswer, Verdict
from compliance.screening.ownership_report.report import (
    Controller,
    DirectOwners,
    ListedParty,
    Owner,
    OwnershipReport,
    Parent,
    Parents,
    ownership_report,
)

__all__ = [
    "Controller",
    "DirectOwners",
    "ListedParty",
    "Owner",
    "OwnershipReport",
    "Parent",
    "Parents",
    "RegimeAnswer",
    "Verdict",
    "ownership_report",
]
