"""Whoever takes part is screened: a listed name, number or wallet in any role is never clear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compliance import Decision, Outcome, Screener
from compliance.model.parties import ROLES
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import consulting_only, screener
from unit.screening.contracts import watchlist
from unit.watchlists.readers.third_parties import mapped

DAY = date(2026, 11, 24)
REMOTE = bases(rules_path())["remote"]
LISTED, WALLET = (
    "Nettrix Information Industry Co., Ltd.",
    "0x2f389ce8bd8ff92de3402ffce4691d17fc4f6535",
)
LEI = "529900T8BM49AURSDO55"
Change = Callable[[dict[str, Any]], dict[str, Any]]

IN_ROLE: dict[str, Change] = {
    "provider": lambda p: {"provider": {"headquarters": "AU", **p}},
    "lessee": lambda p: {"lessee": {"id": "lessee", "headquarters": "SG", **p}},
    "end_user": lambda p: {"end_users": ["lessee", p]},
    "intermediary": lambda p: {"intermediaries": [{"role": "broker", "party": p}]},
    "reseller": lambda p: {"intermediaries": [{"role": "reseller", "party": p}]},
    "tenant": lambda p: {"sublease": {"allowed": True, "flow_down_kyc": True, "tenants": [p]}},
    "payer": lambda p: {"payers": [p]},
    "consignee": lambda p: {"consignees": [p]},
    "supplier": lambda p: {"items.0.supplier": p},
    "operator": lambda p: {"items.0.site.operator": p},
    "landlord": lambda p: {"items.0.site.landlord": p},
    "financier": lambda p: {"payment.source_of_funds": [{"party": p}]},
    "parent": lambda p: {"lessee.exchange_listing": None, "lessee.ultimate_parent": p},
    "owner": lambda p: {"ownership": [{"owner": p, "owned": "lessee", "share": "1%"}]},
    "officer": lambda p: {"lessee.officers": [{"person": p, "role": "director"}]},
    "signatory": lambda p: {"lessee.officers": [{"person": p, "role": "director", "signs": True}]},
}  # fmt: skip
HOLDER = {"linked": [{"id": "A-2", "holder": LISTED, "by": ["keys"]}]}
OF_THE_PAYMENT: dict[str, dict[str, Any]] = {
    "bank": {"payment.bank": {"name": LISTED}},
    "exchange": {"payment.exchange": {"name": LISTED}},
    "wallet": {"payment.wallets": [WALLET]},
}


def told(decision: Decision, role: str) -> list[str]:
    """The listed names that open flags about a party in a role rest on."""
    return [
        match.name
        for flag in decision.flags
        if flag.decides and role in flag.subject.roles
        for match in flag.matches
    ]


def test_every_role_is_tested() -> None:
    assert {*IN_ROLE, *OF_THE_PAYMENT, "account_holder"} == set(ROLES)


def test_whoever_holds_a_linked_account_is_looked_at() -> None:
    decision = screener().screen(changed(REMOTE, HOLDER), DAY)
    assert decision.outcome >= Outcome.REVIEW
    assert LISTED in told(decision, "account_holder")


@pytest.mark.parametrize("holder", ["lessee", "Fjordlys Biologi ApS", "Havblik Drift ApS"])
def test_an_ordinary_holder_of_a_linked_account_leaves_no_flag_about_lists(holder: str) -> None:
    linked = [{"id": "A-2", "holder": holder, "by": ["keys"]}]
    decision = screener().screen(changed(REMOTE, {"linked": linked}), DAY)
    assert [flag.policy_id for flag in decision.flags if flag.matches] == []


@pytest.mark.parametrize("role", IN_ROLE)
def test_a_listed_name_in_any_role_is_looked_at(role: str) -> None:
    decision = screener().screen(changed(REMOTE, IN_ROLE[role]({"name": LISTED})), DAY)
    assert decision.outcome >= Outcome.REVIEW
    assert LISTED in told(decision, role)


@pytest.mark.parametrize("role", OF_THE_PAYMENT)
def test_whoever_moves_the_money_is_looked_at(role: str) -> None:
    decision = screener().screen(changed(REMOTE, OF_THE_PAYMENT[role]), DAY)
    assert decision.outcome >= Outcome.REVIEW
    assert told(decision, role)


@cache
def blocked() -> Screener:
    row = {
        "name": "Zorblatt Quantum Foundry",
        "identifiers": [{"scheme": "lei", "value": LEI}, {"scheme": "bic", "value": "ZRBLDEFF"}],
    }
    return consulting_only([watchlist("ofac-sdn", row)])


@pytest.mark.parametrize("role", IN_ROLE)
def test_a_listed_number_under_another_name_in_any_role_is_looked_at(role: str) -> None:
    party = {"name": "Fjordlys Drift ApS", "identifiers": [{"scheme": "lei", "value": LEI}]}
    decision = blocked().screen(changed(REMOTE, IN_ROLE[role](party)), DAY)
    assert decision.outcome >= Outcome.REVIEW
    assert "Zorblatt Quantum Foundry" in told(decision, role)


def test_a_bank_is_found_by_its_code_alone() -> None:
    contract = changed(REMOTE, {"payment.bank": {"bic": "ZRBLDEFFXXX"}})
    assert told(blocked().screen(contract, DAY), "bank") == ["Zorblatt Quantum Foundry"]


@pytest.mark.parametrize("role", IN_ROLE)
def test_an_ordinary_name_in_any_role_leaves_no_flag_about_lists(role: str) -> None:
    decision = screener().screen(changed(REMOTE, IN_ROLE[role]({"name": "Havblik Drift ApS"})), DAY)
    assert [flag.policy_id for flag in decision.flags if flag.matches] == []


@pytest.mark.shared
def test_every_wallet_that_is_published_is_found_in_a_payment(shared: Path, tmp_path: Path) -> None:
    """EVM addresses in capitals and on another chain, the others as they are."""
    listed = mapped("ofac-sdn-wallets", shared, tmp_path)
    screening = consulting_only([listed])
    wallets = [listing.name for listing in listed.listings]
    paid = [f"eip155:137:0x{w[2:].upper()}" if w.startswith("0x") else w for w in wallets]
    decision = screening.screen(changed(REMOTE, {"payment.wallets": paid}), DAY)
    flags = [f for f in decision.flags if f.policy_id == "us.ofac.sdn-outside-us-jurisdiction"]
    assert {f.subject.name for f in flags} == set(paid)
    assert {f.outcome for f in flags} == {Outcome.REVIEW}
    assert len(wallets) == 654
