"""The rule sets that ship: what each asks, what it lets be, what it says that it does not see."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from compliance import Screener
from compliance.model import Outcome
from compliance.policies.ruleset import read_set, set_names
from compliance.tables.embedded import rules_path

DAY = date(2026, 7, 10)
SETS = ("default", "lists", "self-serve", "strict")
PERSON = {"id": "lessee", "name": "Ada Fjord", "kind": "person", "residence": "DK"}
COMPANY = {
    "id": "lessee", "name": "Fjordlys ApS", "kind": "organization", "incorporation": "DK",
    "headquarters": "DK",
}  # fmt: skip


@cache
def screener(name: str) -> Screener:
    return Screener.load(rule_set=name)


def rental(lessee: dict[str, Any] = COMPANY, count: int = 8, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": "C",
        "provider": {"name": "Bluewattle Cloud", "incorporation": "AU", "headquarters": "AU"},
        "lessee": lessee,
        "end_users": ["lessee"],
        "items": [
            {"chip": "H100 SXM5", "count": count, "access": "remote", "site": {"country": "AU"}}
        ],
        "payment": {"method": "card"},
    }
    return given | changes


def test_these_sets_ship_each_under_its_id_and_with_what_it_does_not_see() -> None:
    assert set_names(rules_path()) == SETS
    for name in SETS:
        chosen = read_set(rules_path(), name)
        assert chosen.id == name
        assert chosen.does_not_see


def test_every_pattern_of_a_set_names_a_policy() -> None:
    ids = {policy.id for name in SETS for policy in screener(name).policies}
    for name in SETS:
        chosen = read_set(rules_path(), name)
        for pattern in (*chosen.include, *chosen.exclude):
            assert any(fnmatchcase(policy_id, pattern) for policy_id in ids), (name, pattern)


@pytest.mark.parametrize("name", SETS)
def test_a_decision_names_its_set_and_what_that_does_not_see(name: str) -> None:
    coverage = screener(name).screen_party({"name": "Fjordlys ApS"}, DAY).coverage
    assert coverage.rule_set == name
    assert coverage.does_not_see == tuple(read_set(rules_path(), name).does_not_see)


# --- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("party", "outcome"),
    [
        ({"name": "Fjordlys ApS"}, "clear"),
        ({"name": "Ada Fjord", "kind": "person"}, "clear"),
        ({"name": "Fjordlys ApS", "headquarters": "KP"}, "clear"),
        ({"name": "Fjordlys ApS", "headquarters": "Germoney"}, "clear"),
        ({"name": "Huawei Technologies Co., Ltd."}, "review"),
        ({"name": "Nettrix Information Co., Ltd."}, "review"),
        ({"name": "SUEX OTC, S.R.O."}, "review"),
        ({"name": "Baicells Technologies Co., Ltd."}, "clear"),
        ({"kind": "organization"}, "incomplete"),
        ({"name": {"status": "refused"}}, "incomplete"),
    ],
)
def test_a_customer_list_asks_for_names_alone(party: dict[str, Any], outcome: str) -> None:
    decision = screener("lists").screen_party(party, DAY)
    assert decision.outcome == outcome
    assert set(decision.missing) <= {"lessee.name"}


def test_a_contract_is_asked_for_nothing_but_names_either() -> None:
    assert screener("lists").screen({"id": "C", "lessee": {"name": "Fjordlys"}}, DAY).missing == ()


def test_a_listed_party_in_any_role_is_never_clear_by_the_lists() -> None:
    for place in (
        {"payers": [{"name": "SUEX OTC, S.R.O."}]},
        {"end_users": [{"name": "SUEX OTC, S.R.O."}]},
        {"consignees": [{"name": "SUEX OTC, S.R.O."}]},
        {"lessee": COMPANY | {"ultimate_parent": {"name": "SUEX OTC, S.R.O."}}},
    ):
        assert screener("lists").screen(rental() | place, DAY).outcome == "review", place


# --- self-serve ---------------------------------------------------------------------------------


def test_a_small_rental_by_card_is_clear_and_says_what_it_rests_on() -> None:
    decision = screener("self-serve").screen(rental(), DAY)
    assert decision.outcome is Outcome.CLEAR
    (note,) = [flag for flag in decision.flags if flag.excused_by is not None]
    assert note.policy_id == "house.facts-owners-self-serve"
    assert note.excused_by is not None
    assert note.excused_by.cite == "house rule: what must be known for clear, self-serve"
    assert screener("default").screen(rental(), DAY).outcome is Outcome.INCOMPLETE


@pytest.mark.parametrize(
    "changes",
    [
        {"count": 9},
        {"payment": {"method": "bank_transfer"}},
        {"payment": {"method": "prepaid_card"}},
        {"payment": None},
        {"end_use": {"activities": ["model_training"]}},
        {"observations": {"linked_accounts": 5}},
        {"lessee": COMPANY | {"headquarters": "CN"}},
    ],
)
def test_above_the_numbers_the_requirements_are_those_of_the_default(
    changes: dict[str, Any],
) -> None:
    given = {key: value for key, value in rental(**changes).items() if value is not None}
    decision, whole = (screener(name).screen(given, DAY) for name in ("self-serve", "default"))
    assert decision.outcome is whole.outcome
    assert decision.outcome is not Outcome.CLEAR
    assert set(decision.missing) >= set(whole.missing)


@pytest.mark.parametrize("gap", ["end_users", "items", "payment"])
def test_what_must_be_known_of_a_small_rental_is_asked(gap: str) -> None:
    given = {key: value for key, value in rental().items() if key != gap}
    assert screener("self-serve").screen(given, DAY).outcome is Outcome.INCOMPLETE


# --- natural persons ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["default", "self-serve", "strict"])
@pytest.mark.parametrize("count", [64, 100, 256, 800, 10_000])
def test_a_person_who_rents_hundreds_of_chips_is_never_clear(name: str, count: int) -> None:
    for method in ("card", "bank_transfer"):
        given = rental(PERSON, count, payment={"method": method})
        assert screener(name).screen(given, DAY).outcome is not Outcome.CLEAR


@pytest.mark.parametrize("name", ["default", "self-serve", "strict"])
def test_a_person_with_a_node_is_clear(name: str) -> None:
    assert screener(name).screen(rental(PERSON, 8), DAY).outcome is Outcome.CLEAR


# --- what is paid from a blocked person ---------------------------------------------------------


@pytest.mark.parametrize(
    "payment",
    [
        {"payers": [{"name": "SUEX OTC, S.R.O.", "kind": "organization"}]},
        {"payment": {"method": "crypto", "wallets": ["12HQDsicffSBaYdJ6BhnE22sfjTESmmzKx"]}},
        {"payers": [{"kind": "wallet", "name": "12HQDsicffSBaYdJ6BhnE22sfjTESmmzKx"}]},
    ],
)
@pytest.mark.parametrize("provider", ["AU", "US", None])
def test_a_hit_on_a_wallet_or_payer_asks_what_blocked_property_asks(
    payment: dict[str, Any], provider: str | None
) -> None:
    given = rental() | payment
    if provider is None:
        del given["provider"]
    else:
        given["provider"] = {"name": "P", "incorporation": provider, "headquarters": provider}
    decision = screener("default").screen(given, DAY)
    asks = " ".join(ask for flag in decision.deciding for ask in flag.asks)
    assert "do not refund" in asks
    assert "counsel" in asks
    assert "within 10 business days (31 CFR 501.603)" in asks
    assert decision.needs_a_person
