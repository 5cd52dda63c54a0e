"""Payment: closed methods, institutions that are checked, sources of funds."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from compliance.model import Payment, Stated
from compliance.model.payment import Institution, PaymentMethod, SourceOfFunds


def refused(model: Any, data: dict[str, Any]) -> list[tuple[Any, ...]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [detail["loc"] for detail in caught.value.errors()]


@pytest.mark.parametrize("method", get_args(PaymentMethod))
def test_a_method_may_be_bare_or_with_evidence(method: PaymentMethod) -> None:
    bare = Payment.model_validate({"method": method}).method
    full = Payment.model_validate({"method": {"value": method, "status": "verified"}}).method
    assert bare == Stated(value=method)
    assert full == Stated(value=method, status="verified")


def test_the_methods_are_those_of_the_design() -> None:
    assert set(get_args(PaymentMethod)) == {
        "bank_transfer", "card", "prepaid_card", "cash", "crypto", "token", "voucher", "grant",
        "equity", "other",
    }  # fmt: skip
    assert refused(Payment, {"method": "barter"}) == [("method", "value")]


@pytest.mark.parametrize("months", [0, 3, 600])
def test_months_paid_in_advance_are_whole(months: int) -> None:
    assert Payment(prepaid_months=months).prepaid_months == months


@pytest.mark.parametrize("months", [-1, 601, 1.5, "3", True])
def test_months_that_are_none_are_refused(months: Any) -> None:
    assert refused(Payment, {"prepaid_months": months}) == [("prepaid_months",)]


@pytest.mark.parametrize("bic", ["DABADKKK", "DABADKKKXXX"])
def test_a_bic_has_eight_or_eleven_characters(bic: str) -> None:
    assert Institution(bic=bic).bic == bic


@pytest.mark.parametrize("bic", ["dabadkkk", "DABADKK", "DABADKKKXX", "DABADKKKXXXX", ""])
def test_another_bic_is_refused(bic: str) -> None:
    assert refused(Institution, {"bic": bic}) == [("bic",)]


def test_sources_of_funds_that_nobody_asked_for_differ_from_none_found() -> None:
    assert Payment().source_of_funds is None
    assert Payment.model_validate({"source_of_funds": []}).source_of_funds == ()


def test_a_source_of_funds_may_be_a_party_or_words() -> None:
    source = SourceOfFunds.model_validate({"party": "fund", "documented": True})
    assert source.party is not None
    assert source.party.is_reference
    assert SourceOfFunds(description="savings").party is None
    assert refused(SourceOfFunds, {"share": "50%"}) == [("share",)]


def test_the_relation_of_the_payer_is_of_a_closed_list() -> None:
    assert Payment.model_validate({"payer_relation": "group"}).payer_relation == Stated(
        value="group"
    )
    assert refused(Payment, {"payer_relation": "friend"}) == [("payer_relation", "value")]
