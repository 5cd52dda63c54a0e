"""What a rental is made of and what is said of it: the values every other room speaks in."""

from compliance.model.conduct import Authorization, EndUse, Observations, Usage
from compliance.model.contract import Contract, Interest
from compliance.model.decision import Coverage, Decision, RiskFlag, Trace
from compliance.model.evidence import Stated
from compliance.model.item import Item, Site
from compliance.model.outcome import Factor, Outcome, Severity, State
from compliance.model.party import Address, Intermediary, Money, Party
from compliance.model.payment import Payment
from compliance.model.share import Share
from compliance.model.specification import ChipSpecification
from compliance.model.truth import Truth

__all__ = [
    "Address",
    "Authorization",
    "ChipSpecification",
    "Contract",
    "Coverage",
    "Decision",
    "EndUse",
    "Factor",
    "Interest",
    "Intermediary",
    "Item",
    "Money",
    "Observations",
    "Outcome",
    "Party",
    "Payment",
    "RiskFlag",
    "Severity",
    "Share",
    "Site",
    "State",
    "Stated",
    "Trace",
    "Truth",
    "Usage",
]
