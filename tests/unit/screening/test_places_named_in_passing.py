"""An embargoed place is never clear, in whichever field of a contract it is written.

The innocent neighbour of each place is the same field with a place that no embargo names.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from compliance import ContractError, Outcome
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import screener

DAY = date(2026, 11, 24)
REMOTE = bases(rules_path())["remote"]
US = {"provider.incorporation": "US", "provider.headquarters": "US"}
Change = Callable[[str], dict[str, Any]]
_BANK = {"name": "Nordlys Kredit"}

# A text of a place: a country, or a region by name.
FIELDS: dict[str, Change] = {
    "payment.payer_country": lambda p: {
        "payment.payer_country": p,
        "payment.payer_relation": "same",
    },
    "payment.bank": lambda p: {"payment.bank": {**_BANK, "country": p}},
    "payment.bank, no name": lambda p: {"payment.bank": {"country": p}},
    "payment.exchange": lambda p: {"payment.exchange": {"country": p, "licensed": True}},
    "card": lambda p: {"observations.card_country": p},
    "billing": lambda p: {"observations.billing_country": p},
    "phone": lambda p: {"observations.phone_country": p},
    "working hours": lambda p: {"observations.working_hours_country": p},
    "offices": lambda p: {"observations.offices": [p]},
    "addresses in logs": lambda p: {"observations.ip_countries": [p]},
    "sessions": lambda p: {"usage.access_by_country": {"DK": "0.99", p: "0.01"}},
    "address, country": lambda p: {"lessee.addresses": [{"kind": "billing", "country": p}]},
    "address, text": lambda p: {"lessee.addresses": [{"text": f"First Street 1, {p}"}]},
    "address, text beside a country": lambda p: {
        "lessee.addresses": [{"country": "DK", "text": f"First Street 1, {p}"}]
    },
    "address, city": lambda p: {"lessee.addresses": [{"city": f"Some Town, {p}"}]},
    "user's address": lambda p: {
        "end_users": [
            "lessee",
            {
                "id": "u",
                "name": "Kornmark Labs ApS",
                "kind": "organization",
                "incorporation": "DK",
                "headquarters": "DK",
                "addresses": [{"text": f"First Street 1, {p}"}],
            },
        ]
    },
    "site": lambda p: {"items.0.site": {"country": p}},
    "site's address": lambda p: {
        "items.0.site": {"country": "DK", "address": {"text": f"Hall 3, {p}"}}
    },
}


@pytest.mark.parametrize("law", [US, {}], ids=["US provider", "Danish provider"])
@pytest.mark.parametrize("place", ["Iran", "Cuba", "North Korea"])
@pytest.mark.parametrize("field", FIELDS)
def test_an_embargoed_country_is_never_clear(field: str, place: str, law: dict[str, Any]) -> None:
    decision = screener().screen(changed(REMOTE, {**law, **FIELDS[field](place)}), DAY)
    assert decision.outcome >= Outcome.REVIEW


@pytest.mark.parametrize(
    "field",
    sorted(FIELDS.keys() - {"payment.bank", "payment.bank, no name", "payment.exchange"}),
)
def test_nor_is_crimea(field: str) -> None:
    decision = screener().screen(changed(REMOTE, {**US, **FIELDS[field]("Crimea")}), DAY)
    assert decision.outcome >= Outcome.REVIEW


@pytest.mark.parametrize("field", FIELDS)
def test_sweden_in_the_same_field_leaves_no_flag_about_embargoes(field: str) -> None:
    decision = screener().screen(changed(REMOTE, {**US, **FIELDS[field]("Sweden")}), DAY)
    about = [f.policy_id for f in decision.flags if f.decides and "embargoed" in f.policy_id]
    assert about == []


@pytest.mark.parametrize("part", ["0", "0.0"])
def test_a_part_of_zero_is_no_session(part: str) -> None:
    decision = screener().screen(
        changed(REMOTE, {"usage.access_by_country": {"DK": 1, "IR": part}}), DAY
    )
    assert decision.outcome is Outcome.CLEAR


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [({"DK": "0.2"}, Outcome.INCOMPLETE), ({"DK": "0.79"}, Outcome.INCOMPLETE),
     ({"DK": "0.8"}, Outcome.CLEAR), ({"DK": "0.6", "SE": "0.4"}, Outcome.CLEAR)],
)  # fmt: skip
def test_sessions_of_which_nobody_told_the_place_are_asked_for(
    parts: dict[str, str], outcome: Outcome
) -> None:
    decision = screener().screen(changed(REMOTE, {"usage.access_by_country": parts}), DAY)
    assert decision.outcome is outcome


@pytest.mark.parametrize(
    "usage",
    [{"access_by_country": {"DK": "0.9", "CN": "0.9"}},
     {"from": "2026-10-01", "until": "2026-09-30", "access_by_country": {"DK": 1}}],
    ids=["parts of more than the whole", "until before from"],
)  # fmt: skip
def test_usage_that_contradicts_itself_is_refused(usage: dict[str, Any]) -> None:
    with pytest.raises(ContractError):
        screener().screen(changed(REMOTE, {"usage": usage}), DAY)


def test_parts_that_were_rounded_to_a_percent_are_read() -> None:
    parts = {"DK": "0.34", "SE": "0.34", "NO": "0.33"}
    assert screener().screen(changed(REMOTE, {"usage.access_by_country": parts}), DAY).missing == ()
