"""Whoever the customer lets in is judged as whoever it names as a user: calling a user a tenant
escapes nothing, and an innocent tenant adds nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from compliance import Decision, Outcome
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import screener

DAY, AFTER = date(2026, 3, 1), date(2026, 11, 24)
MALAYSIAN: dict[str, Any] = {
    "lessee": {
        "id": "lessee",
        "name": "Pelangi Compute Berhad",
        "kind": "organization",
        "incorporation": "MY",
        "headquarters": "MY",
        "incorporated_on": "2015-03-01",
        "exchange_listing": "XKLS",
    },
    "payment.payer_country": "MY",
    "items.0.site": {"country": "MY", "kind": "datacenter"},
}
LEASED = changed(
    changed(bases(rules_path())["hardware"], MALAYSIAN),
    {"items.0.access": "possession", "items.0.service": "bare_metal", "items.0.title": "provider"},
)
RENTED = changed(bases(rules_path())["remote"], MALAYSIAN)
LEGS = {"leased": LEASED, "rented": RENTED}

CHINESE = {
    "name": "Jinhe Recommendation Technology",
    "kind": "organization",
    "incorporation": "CN",
    "headquarters": "CN",
    "exchange_listing": "XSHG",
}
SINGAPOREAN = {
    "name": "Kelp Compute Ltd",
    "kind": "organization",
    "incorporation": "SG",
    "headquarters": "SG",
}
GERMAN = {
    "name": "Havblik Laboratorium",
    "kind": "organization",
    "incorporation": "DE",
    "headquarters": "DE",
}
PARENT = {"name": "Orchid Vale Holdings", "headquarters": "CN"}
SIGNS = [{"kind": "board", "country": "CN"}, {"kind": "management_residence", "country": "CN"}]
PARTIES: dict[str, dict[str, Any]] = {
    "led from China": CHINESE,
    "parented in China": {**SINGAPOREAN, "ultimate_parent": PARENT},
    "an arm of a Chinese cloud": {
        **SINGAPOREAN,
        "cloud_provider": True,
        "ultimate_parent": {**PARENT, "cloud_provider": True},
    },
    "armed forces": {**CHINESE, "military": True},
    "military intelligence": {**CHINESE, "military_intelligence": True},
    "on the Entity List": {**CHINESE, "name": "IFLYTEK"},
    "contested": {
        **SINGAPOREAN,
        "exchange_listing": "XSES",
        "headquarters_evidence": SIGNS,
    },
    "parent unknown": {**GERMAN, "ultimate_parent": {"status": "unknown"}},
    "seat unknown": {"name": "Havblik Laboratorium", "kind": "organization"},
    "nameless": {"kind": "organization"},
    "name refused": {"kind": "organization", "name": {"status": "refused"}},
    "nameless, led from China": {"kind": "organization", "headquarters": "CN"},
    "a wallet": {"kind": "wallet", "name": "eip155:1:0x00000000000000000000000000000000000000b1"},
    "German": GERMAN,
    "a person who lives in China": {"name": "A Reader", "kind": "person", "residence": "CN"},
}
NAMELESS = ("nameless", "name refused", "nameless, led from China")
INNOCENT = ("German", "a person who lives in China")
ITEMS: dict[str, dict[str, Any]] = {
    "H100": {},
    "many H100": {"items.0.count": 64},
    "H100 to train": {"end_use": {"activities": ["model_training"], "military": False}},
    "A30": {"items.0.chip": "NVIDIA A30"},
    "H20": {"items.0.chip": "NVIDIA H20"},
    "a cluster of H20": {"items.0.chip": "NVIDIA H20", "items.0.count": 5000},
}


def _open(decision: Decision) -> set[tuple[str, str, str]]:
    """What decides: policy, outcome and truth, whoever it is told of."""
    return {
        (flag.policy_id, flag.outcome.value, flag.truth.value)
        for flag in decision.flags
        if flag.decides
    }


def _as_user(leg: str, item: str, party: dict[str, Any], day: date) -> Decision:
    change = {**ITEMS[item], "end_users": ["lessee", {"id": "other", **party}]}
    return screener().screen(changed(LEGS[leg], change), day)


def _as_tenant(leg: str, item: str, party: dict[str, Any], day: date) -> Decision:
    sublease = {"allowed": True, "flow_down_kyc": True, "tenants": [{"id": "other", **party}]}
    return screener().screen(changed(LEGS[leg], {**ITEMS[item], "sublease": sublease}), day)


def _screened_alike(leg: str, item: str, party: dict[str, Any], day: date) -> bool:
    return _open(_as_tenant(leg, item, party, day)) == _open(_as_user(leg, item, party, day))


@pytest.mark.parametrize("item", [name for name in ITEMS if "H20" not in name])
@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("who", PARTIES)
def test_a_tenant_of_controlled_chips_is_judged_as_a_user_is(who: str, leg: str, item: str) -> None:
    assert _screened_alike(leg, item, PARTIES[who], DAY)
    assert _screened_alike(leg, item, PARTIES[who], AFTER)


@pytest.mark.parametrize("item", [name for name in ITEMS if "H20" in name])
@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("who", [who for who in PARTIES if who not in NAMELESS])
def test_a_tenant_of_chips_outside_the_controls_is_judged_as_a_user_is(
    who: str, leg: str, item: str
) -> None:
    assert _screened_alike(leg, item, PARTIES[who], DAY)


@pytest.mark.parametrize("item", [name for name in ITEMS if "H20" in name])
@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("who", NAMELESS)
def test_a_nameless_tenant_of_chips_outside_the_controls_is_looked_at_where_a_user_is_not(
    who: str, leg: str, item: str
) -> None:
    flag = ("house.unnamed-party", "review", "true")
    as_user = _open(_as_user(leg, item, PARTIES[who], DAY))
    assert _open(_as_tenant(leg, item, PARTIES[who], DAY)) == as_user | {flag}


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("who", INNOCENT)
def test_an_innocent_tenant_stays_clear(who: str, leg: str, item: str) -> None:
    assert _as_tenant(leg, item, PARTIES[who], DAY).outcome is Outcome.CLEAR
    assert _open(_as_tenant(leg, item, PARTIES[who], AFTER)) == set()


@pytest.mark.parametrize(
    ("leg", "item", "expected"),
    [
        ("leased", "H100", {("us.ear.headquarters-a", "license_required", "true")}),
        ("leased", "A30", {("us.ear.headquarters-b", "license_required", "true")}),
        ("leased", "H20", {("us.ear.individual-notice-h20", "review", "true")}),
        ("rented", "H100", set()),
        ("rented", "many H100", {("house.grey-zone-rental", "review", "true")}),
        (
            "rented",
            "H100 to train",
            {
                ("house.grey-zone-rental", "review", "true"),
                ("us.ear.training-for-d5", "review", "true"),
            },
        ),
        ("rented", "a cluster of H20", {("house.hidden-cluster", "review", "true")}),
    ],
)
def test_a_tenant_led_from_china_is_answered_by_the_leg(
    leg: str, item: str, expected: set[tuple[str, str, str]]
) -> None:
    assert _open(_as_tenant(leg, item, CHINESE, DAY)) == expected


@pytest.mark.parametrize("leg", LEGS)
@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("who", [*NAMELESS, "a wallet"])
def test_nobody_unknown_is_let_in_silently(who: str, item: str, leg: str) -> None:
    assert _as_tenant(leg, item, PARTIES[who], DAY).outcome >= Outcome.REVIEW


@pytest.mark.parametrize("leg", LEGS)
def test_leave_to_sublet_to_nobody_named_adds_nothing(leg: str) -> None:
    sublease = {"allowed": True, "flow_down_kyc": True}
    decision = screener().screen(changed(LEGS[leg], {"sublease": sublease}), DAY)
    assert (decision.outcome, _open(decision)) == (Outcome.CLEAR, set())


def test_every_policy_for_users_is_one_for_tenants() -> None:
    policies = [policy for policy in screener().policies if "end_user" in policy.roles]
    assert len(policies) > 1
    assert [policy.id for policy in policies if "tenant" not in policy.roles] == []
