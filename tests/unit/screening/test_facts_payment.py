"""What is known of how a contract is paid, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from unit.screening.contracts import of_contract, told

LESSEE = {"id": "lessee", "name": "Fjord ApS", "incorporation": "DK", "headquarters": "DK"}


def paid(field: str, *, contract: dict[str, Any] | None = None, **payment: Any) -> Any:
    return of_contract(f"payment.{field}", payment=payment, **(contract or {}))


def absent(*paths: str) -> tuple[Any, ...]:
    return (None, False, "absent", paths)


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("method", "payment.method"),
        ("payer_country", "payment.payer_country"),
        ("payer_relation", "payment.payer_relation"),
        ("prepaid_months", "payment.prepaid_months"),
        ("amount_in_words", "payment.amount"),
        ("exchange_licensed", "payment.exchange"),
        ("wallet_screened", "payment.wallet_screened"),
        ("funds_documented", "payment.source_of_funds"),
        ("third_country", "payment.payer_country"),
        ("payer_differs", "payers"),
        ("changed_days_before_start", "payment.changed_on"),
    ],
)
def test_what_nobody_said_is_absent_with_its_path(field: str, path: str) -> None:
    assert told(of_contract(f"payment.{field}")) == absent(path)
    assert told(paid(field)) == absent(path)


def test_terms_are_as_stated() -> None:
    assert paid("method", method="crypto").value == "crypto"
    assert paid("payer_country", payer_country="Hong Kong").value == "HK"
    assert paid("payer_relation", payer_relation="group").value == "group"
    assert paid("prepaid_months", prepaid_months=0).value == 0
    assert paid("wallet_screened", wallet_screened=False).value is False
    amount = paid("amount_in_words", amount={"value": "1200000.50", "currency": "USD"})
    assert amount.value == "1,200,000.50 USD"


@pytest.mark.parametrize("status", ["unknown", "refused"])
def test_a_refused_method_is_not_an_absent_one(status: str) -> None:
    assert told(paid("method", method={"status": status})) == (
        None, False, status, ("payment.method",),
    )  # fmt: skip


# --- who pays -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("payers", "differs"),
    [(["lessee"], False), ([{"name": "Other"}], True), (["lessee", {"name": "Other"}], True)],
)
def test_a_payer_differs_unless_it_is_the_lessee(payers: list[Any], differs: bool) -> None:
    fact = of_contract("payment.payer_differs", lessee=LESSEE, payers=payers)
    assert fact.value is differs
    assert fact.note == ("Other" if differs else "")


def third(payer_country: Any, **contract: Any) -> Any:
    given = {"lessee": LESSEE, **contract}
    return of_contract("payment.third_country", payment={"payer_country": payer_country}, **given)


@pytest.mark.parametrize(
    ("country", "lessee", "is_third"),
    [
        ("DK", {}, False),
        ("AE", {}, True),
        ("SG", {"headquarters": "SG"}, False),
        ("HK", {"addresses": [{"country": "HK"}]}, False),
        ("US", {"ultimate_parent": {"name": "Top", "headquarters": "US"}}, False),
        ("CN", {"nationalities": ["CN"]}, True),
    ],
)
def test_a_third_country_is_none_of_the_lessees_places(
    country: str, lessee: dict[str, Any], is_third: bool
) -> None:
    stated = {**LESSEE, "exchange_listing": "XCSE", **lessee}
    assert third(country, lessee=stated).value is is_third


def test_a_payer_from_somewhere_unreadable_is_unknown() -> None:
    assert told(third("Atlantis")) == (None, False, "unknown", ("payment.payer_country",))


def test_a_lessee_of_unknown_place_cannot_be_compared() -> None:
    fact = third("AE", lessee={"id": "lessee", "name": "Fjord ApS"})
    assert (fact.value, fact.known) == (None, False)
    assert "lessee.headquarters" in fact.missing


def test_a_group_of_unknown_top_may_be_where_payment_comes_from() -> None:
    fact = third("AE", lessee=LESSEE)
    assert (fact.value, fact.known) == (None, False)
    assert "lessee.ultimate_parent" in fact.missing


def test_a_payer_that_pays_from_where_it_is_is_no_third_country() -> None:
    listed = {**LESSEE, "exchange_listing": "XCSE"}
    payer = {"name": "P", "incorporation": "AE"}
    assert third("AE", lessee=listed, payers=[payer]).value is False
    assert third("HK", lessee=listed, payers=[payer]).value is True


# --- means --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exchange", "value", "missing"),
    [
        ({"licensed": True, "in_payers_name": True}, True, ()),
        ({"licensed": False, "in_payers_name": True}, False, ()),
        ({"licensed": True, "in_payers_name": False}, False, ()),
        ({"licensed": True}, None, ("payment.exchange.in_payers_name",)),
        ({"name": "X"}, None, ("payment.exchange.licensed",)),
    ],
)
def test_an_exchange_is_licensed_and_in_the_payers_own_name(
    exchange: dict[str, Any], value: Any, missing: tuple[str, ...]
) -> None:
    fact = paid("exchange_licensed", exchange=exchange)
    assert (fact.value, fact.missing) == (value, missing)


@pytest.mark.parametrize(
    ("sources", "value", "missing"),
    [
        ([{"documented": True}], True, ()),
        ([{"documented": True}, {"documented": False}], False, ()),
        ([{"documented": True}, {}], None, ("payment.source_of_funds.1.documented",)),
        ([], None, ("payment.source_of_funds",)),
    ],
)
def test_funds_are_documented_when_every_source_is(
    sources: list[dict[str, Any]], value: Any, missing: tuple[str, ...]
) -> None:
    fact = paid("funds_documented", source_of_funds=sources)
    assert (fact.value, fact.missing) == (value, missing)


@pytest.mark.parametrize(
    ("changed", "days"), [("2024-06-10", 10), ("2024-06-20", 0), ("2024-06-25", -5)]
)
def test_a_change_of_payer_is_counted_to_the_start(changed: str, days: int) -> None:
    fact = paid(
        "changed_days_before_start", changed_on=changed, contract={"starts_on": "2024-06-20"}
    )
    assert fact.value == days


def test_a_change_before_an_undated_start_asks_for_the_start() -> None:
    assert told(paid("changed_days_before_start", changed_on="2024-06-10")) == absent("starts_on")
