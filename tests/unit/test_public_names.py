"""The public names as one list: what callers may use, and nothing beside it."""

from __future__ import annotations

from importlib import import_module

import pytest

from compliance import Screener

PUBLIC = {
    "compliance": """
        ComplianceError Contract ContractError Decision Outcome Party RiskFlag RuleError Screener
        Severity Share Truth chips names ownership places watchlists""",
    "compliance.batch": """
        FORMATS Readable Row ScreenedRow csv_lines read_contracts read_parties screen_rows""",
    "compliance.chips": """
        Catalogue Chip ChipSpecification Classification Instance Reading catalogue classify find
        instance read""",
    "compliance.names": """
        Explanation Kind REVIEW_THRESHOLD TokenPair explain normalize similarity""",
    "compliance.ownership": """
        Affected AffectedParties Breakdown Cessation Control ControlProof Diagnosis Interest
        NationalityShares OwnershipGraph Path UltimateParent UltimateParents""",
    "compliance.places": """
        AddressTexts CountryReading Gazetteer Membership country embedded in_group""",
    "compliance.watchlists": """
        Dated Hit Identifier Listing ListingKind NameIndex Watchlist embedded formats from_rows
        read""",
}
"""What a module offers: functions, the types of what they take and answer, and what they ask."""

SCREENER = "days knowledge load policies rules screen screen_many screen_party"


@pytest.mark.parametrize("module", sorted(PUBLIC))
def test_a_module_offers_these_names_and_no_other(module: str) -> None:
    found = import_module(module)
    assert sorted(found.__all__) == sorted(PUBLIC[module].split())
    assert all(hasattr(found, name) for name in found.__all__)


def test_a_screener_shows_these_members_and_no_other() -> None:
    loaded = Screener.load(embedded=False)
    shown = {name for name in (*vars(Screener), *vars(loaded)) if not name.startswith("_")}
    assert sorted(shown) == SCREENER.split()
