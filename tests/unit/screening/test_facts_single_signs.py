"""Signs that are strong alone; several of the hardware; who receives and who only computes."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from screeners import screener
from unit.screening.contracts import edge, known, of_contract, subjects

LESSEE = {"id": "lessee", "name": "Fjord ApS"}


def ordered(capital: Any, amount: Any) -> bool | None:
    lessee = {**LESSEE, "paid_up_capital": capital}
    value: bool | None = of_contract(
        "order_exceeds_capital", lessee=lessee, payment={"amount": amount}
    ).value
    return value


@pytest.mark.parametrize(
    ("capital", "amount", "exceeds"),
    [
        (("10", "DKK"), ("500", "DKK"), False),
        (("10", "DKK"), ("500.01", "DKK"), True),
        (("0", "DKK"), ("1", "DKK"), True),
        (("0", "DKK"), ("0", "DKK"), False),
        (("100000", "SGD"), ("50000000", "USD"), True),
        (("10000000", "JPY"), ("200000", "USD"), False),
        (("100000", "EUR"), ("5500000", "USD"), None),
        (("100000", "XDR"), ("1", "USD"), None),
        (("10", "XDR"), ("501", "XDR"), True),
    ],
)
def test_a_price_is_held_against_the_capital(
    capital: tuple[str, str], amount: tuple[str, str], exceeds: bool | None
) -> None:
    def money(of: tuple[str, str]) -> dict[str, str]:
        return dict(zip(("value", "currency"), of, strict=True))

    assert ordered(money(capital), money(amount)) is exceeds


def test_a_capital_that_is_not_told_is_compared_with_nothing() -> None:
    price = {"value": 1, "currency": "USD"}
    assert ordered({"status": "refused"}, price) is None
    assert of_contract(
        "order_exceeds_capital", lessee=LESSEE, payment={"amount": price}
    ).status == ("absent")


@pytest.mark.parametrize(
    ("contract", "value"),
    [
        ({"lessee": {**LESSEE, "group_documented": True}}, True),
        ({"payment": {"source_of_funds": [{"documented": True}]}}, True),
        ({"payment": {"source_of_funds": [{"documented": False}]}}, None),
        ({"intermediaries": [{"role": "financier", "party": {"name": "Bank"}}]}, True),
        ({"intermediaries": [{"role": "financier", "party": {"kind": "organization"}}]}, None),
        ({"intermediaries": [{"role": "broker", "party": {"name": "B"}}]}, None),
        ({}, None),
    ],
)
def test_a_lender_is_named_or_the_money_documented(contract: dict[str, Any], value: Any) -> None:
    assert of_contract("financed", **{"lessee": LESSEE, **contract}).value is value


def officer(**fields: Any) -> dict[str, Any]:
    return {"officers": [{"person": {"id": "d", "name": "Ada", "kind": "person"}, **fields}]}


@pytest.mark.parametrize(
    ("lessee", "observations", "value"),
    [
        (officer(nominee=True), {}, True),
        (officer(nominee=True, until="2024-06-15"), {}, None),
        (officer(nominee=True, until="2024-06-16"), {}, True),
        (officer(nominee=False), {}, None),
        ({}, {"nominee_directors": True}, True),
        ({}, {"nominee_directors": False}, False),
        ({}, {}, None),
    ],
)
def test_directors_act_for_others_as_stated_or_as_observed(
    lessee: dict[str, Any], observations: dict[str, Any], value: bool | None
) -> None:
    fact = of_contract("nominee_directors", lessee={**LESSEE, **lessee}, observations=observations)
    assert fact.value is value


def test_those_above_a_party_are_where_they_are_formed_and_led_from() -> None:
    top = {"id": "top", "name": "Top", "kind": "organization", "headquarters": "DK"}
    shell = {"id": "shell", "name": "S", "kind": "organization", "incorporation": "KY"}
    small = {"id": "small", "name": "F", "kind": "organization", "incorporation": "VG"}
    chain = (edge(shell, "60%"), edge(small, "40%"), edge(top, "100%", owned="shell"))
    fact = known("parents_incorporated", *chain)
    assert (fact.value, fact.partial) == ({"KY", "DK"}, False)
    person = {"id": "p", "name": "P", "kind": "person", "residence": "KY"}
    assert known("parents_incorporated", edge(person, "100%")).value == frozenset()
    assert known("parents_incorporated").partial is True


H100 = {"chip": "H100 SXM5", "count": 8}


@pytest.mark.parametrize(
    ("contract", "kinds", "possible"),
    [
        ({}, set(), set()),
        ({"observations": {"serial_anomalies": True}}, {"serials"}, set()),
        ({"observations": {"unlocated_hardware": True}}, {"location"}, set()),
        ({"observations": {"attestation_refused": True}}, {"location"}, set()),
        ({"observations": {"unexpected_site_visits": True}}, {"visits"}, set()),
        ({"observations": {"serial_anomalies": {"status": "unknown"}}}, set(), {"serials"}),
        ({"observations": {"serial_anomalies": False}}, set(), set()),
        ({"items": [{**H100, "installed": 7}]}, {"counts"}, set()),
        ({"items": [{**H100, "count": 2000, "installed": 1930}]}, {"counts"}, set()),
        ({"items": [{**H100, "count": 1000, "installed": 960}]}, set(), set()),
        ({"items": [{**H100, "site": {"power_mw": "0.005"}}]}, {"power"}, set()),
        ({"items": [{**H100, "site": {"power_mw": "0.05"}}]}, set(), set()),
    ],
)
def test_signs_about_hardware_are_counted_by_kind(
    contract: dict[str, Any], kinds: set[str], possible: set[str]
) -> None:
    for field in ("hardware_anomalies", "hardware_anomalies.open"):
        fact = of_contract(field, **contract)
        assert fact.value == kinds
        assert fact.possible == possible


def test_the_limits_of_counts_and_power_are_those_of_their_policies() -> None:
    def values(name: str) -> set[Any]:
        (file,) = rules_path().rglob(f"{name}.yaml")
        parameters = read_file(file).value.get("parameters", {})
        found = [entry["value"] for dated in parameters.values() for entry in dated]
        return {value for value in found if not isinstance(value, list)}

    settings = screener().knowledge.settings
    assert {settings.count_gap, settings.count_gap_chips} <= values("counts_do_not_reconcile")
    assert {settings.power_ratio} <= values("power_too_small")


def receives(role: str, stated: Any, access: str = "delivery") -> bool | None:
    party = {"id": "p", "name": "P", "receives_hardware": stated}
    contract: dict[str, Any] = {"lessee": LESSEE, "items": [{**H100, "access": access}]}
    if role == "lessee":
        contract["lessee"] = party
    elif role == "reseller":
        contract["intermediaries"] = [{"role": "reseller", "party": party}]
    elif role == "tenant":
        contract["sublease"] = {"tenants": [party]}
    else:
        contract[f"{role}s"] = [party]
    value: bool | None = subjects(**contract).parties["p"]["receives_hardware"].value
    return value


@pytest.mark.parametrize(
    ("role", "stated", "access", "value"),
    [
        ("tenant", None, "delivery", None),
        ("tenant", False, "delivery", False),
        ("tenant", True, "delivery", True),
        ("end_user", False, "delivery", False),
        ("end_user", {"status": "unknown"}, "delivery", None),
        ("consignee", None, "delivery", True),
        ("consignee", False, "delivery", None),
        ("lessee", None, "delivery", True),
        ("lessee", False, "delivery", None),
        ("lessee", False, "possession", None),
        ("reseller", False, "delivery", None),
        ("reseller", False, "remote", False),
        ("lessee", False, "remote", False),
        ("lessee", None, "remote", None),
    ],
)
def test_a_tenant_may_only_compute_and_a_consignee_receives(
    role: str, stated: Any, access: str, value: bool | None
) -> None:
    assert receives(role, stated, access) is value
