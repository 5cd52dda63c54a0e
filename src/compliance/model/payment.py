"""How and by whom the contract is paid."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from compliance.model.evidence import CountryText, Day, Frozen, Name, Number, Stated, Text, Yes
from compliance.model.explanation import Explanations
from compliance.model.party import Money, Party

PaymentMethod = Literal[
    "bank_transfer",
    "card",
    "prepaid_card",
    "cash",
    "crypto",
    "token",
    "voucher",
    "grant",
    "equity",
    "other",
]


class Institution(Frozen):
    """A bank or an exchange through which money moves."""

    name: Name | None = None
    bic: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{8}([A-Z0-9]{3})?$")] | None = None
    country: CountryText | None = None
    licensed: Stated[Yes] | None = Field(default=None, description="licensed and supervised")
    in_payers_name: Stated[Yes] | None = Field(
        default=None, description="the account is in the payer's own name"
    )


class SourceOfFunds(Frozen):
    """Where the money comes from; `share` is its part of the whole, 0 to 1."""

    description: Text | None = None
    party: Party | None = None
    documented: Stated[Yes] | None = None


class Payment(Frozen):
    """Terms and means of payment."""

    method: Stated[PaymentMethod] | None = None
    asset: Text | None = Field(default=None, description="token or coin, for example USDT")
    wallets: tuple[Number, ...] = ()
    payer_country: Stated[CountryText] | None = None
    prepaid_months: int | None = Field(default=None, ge=0, le=600, strict=True)
    amount: Money | None = None
    bank: Institution | None = None
    exchange: Institution | None = None
    source_of_funds: tuple[SourceOfFunds, ...] | None = None
    wallet_screened: Stated[Yes] | None = Field(
        default=None, description="the paying wallets were traced and screened"
    )
    payer_relation: (
        Stated[Literal["same", "group", "treasury_agreement", "financier", "unrelated"]] | None
    ) = None
    changed_on: Day | None = Field(default=None, description="payer or account last changed")
    explained_by: Explanations = ()
