"""Compliance screening for rented GPU compute: contracts in, dated and explained decisions out.

screener = Screener.load()
decision = screener.screen(contract, as_of=date(2024, 6, 15))
"""

from compliance import chips, names, ownership, places, watchlists
from compliance.errors import ComplianceError, ContractError, RuleError
from compliance.model import Contract, Decision, Outcome, Party, RiskFlag, Severity, Share, Truth
from compliance.screening import Screener

__all__ = [
    "ComplianceError",
    "Contract",
    "ContractError",
    "Decision",
    "Outcome",
    "Party",
    "RiskFlag",
    "RuleError",
    "Screener",
    "Severity",
    "Share",
    "Truth",
    "chips",
    "names",
    "ownership",
    "places",
    "watchlists",
]
