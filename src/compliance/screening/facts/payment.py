"""Facts about payment: the means, who pays, from where, with whose money."""

from __future__ import annotations

from typing import get_args

from compliance.model.payment import Payment, PaymentMethod
from compliance.policies.fact import Fact, spell
from compliance.screening.facts.subjects import ContractFacts, contract_field

_NO_PAYMENT = Payment.model_construct()


def _payment(c: ContractFacts) -> Payment:
    return c.contract.payment or _NO_PAYMENT


contract_field.stated(
    "payment.method",
    "choice",
    "How it is paid.",
    asks="how the contract is paid",
    choices=get_args(PaymentMethod),
)


@contract_field("payment.asset", "text", asks="in which coin or token it is paid")
def _asset(c: ContractFacts) -> Fact:
    """The coin or token that is paid, in capital letters."""
    asset = _payment(c).asset
    return c.given(asset if asset is None else " ".join(asset.upper().split()), "payment.asset")


contract_field.stated("payment.payer_country", "country", "Where payment comes from.")


contract_field.stated(
    "payment.payer_relation",
    "choice",
    "How the payer relates to the lessee.",
    asks="an agreement that explains why the payer pays",
    choices=("same", "group", "treasury_agreement", "financier", "unrelated"),
)


@contract_field("payment.payer_differs", "flag")
def _payer_differs(c: ContractFacts) -> Fact:
    """Somebody other than the lessee pays."""
    payers = c.subjects.having("payer")
    if not payers:
        return Fact.unknown("payers", note="not given")
    others = [p for p in payers if "lessee" not in p.roles]
    return Fact.of(bool(others), "payers", note=", ".join(p.display for p in others))


@contract_field("payment.third_country", "flag")
def _third_country(c: ContractFacts) -> Fact:
    """Payment comes from a country where neither lessee, parents nor payer are."""
    payer = c["payment.payer_country"]
    if not payer.known:
        return payer
    lessee = c.subjects.lessee
    parents = lessee["ultimate_parents.headquarters"]
    known = lessee["places"].value | parents.value
    known = known.union(*(p["places"].value for p in c.subjects.having("payer")))
    if payer.value in known:
        return Fact.of(False, payer.source)
    for places in (lessee["places"], parents):
        if places.partial or payer.value in places.possible:
            return Fact.unknown(*places.missing, note="where the lessee's group is is not known")
    return Fact.of(True, payer.source, note=f"{payer.value}; the lessee is in {spell(known)}")


contract_field.stated("payment.prepaid_months", "number", "Months paid in advance.")


@contract_field("payment.amount_in_words", "text")
def _amount(c: ContractFacts) -> Fact:
    """The amount."""
    money = _payment(c).amount
    if money is None:
        return Fact.unknown("payment.amount", note="not given")
    return Fact.of(f"{money.value:,} {money.currency}", "payment.amount", status="stated")


@contract_field(
    "payment.exchange_licensed", "flag", asks="the exchange's license and the account holder's name"
)
def _exchange_licensed(c: ContractFacts) -> Fact:
    """Through a licensed exchange in the payer's own name."""
    exchange = _payment(c).exchange
    if exchange is None:
        return Fact.unknown("payment.exchange", note="not given")
    for name in ("licensed", "in_payers_name"):
        found = c.value(getattr(exchange, name), f"payment.exchange.{name}")
        if found.value is not True:
            return found
    return Fact.of(True, "payment.exchange", status="stated", note=exchange.name or "")


contract_field.stated(
    "payment.bank_licensed",
    "flag",
    "The bank is licensed and supervised.",
    path="payment.bank.licensed",
    asks="the license of the bank",
)
contract_field.stated(
    "payment.bank_in_payers_name",
    "flag",
    "The bank account is in the payer's own name.",
    path="payment.bank.in_payers_name",
    asks="the name of the account holder",
)


contract_field.stated(
    "payment.wallet_screened",
    "flag",
    "The paying wallets were traced and screened.",
    asks="a tracing report for the paying wallets",
)


@contract_field("payment.changed_days_before_start", "number")
def _changed_days(c: ContractFacts) -> Fact:
    """Days from the last change of payer or account to the start."""
    changed, start = _payment(c).changed_on, c.contract.starts_on
    if changed is None or start is None:
        return Fact.unknown("starts_on" if changed else "payment.changed_on", note="not given")
    return Fact.of((start - changed).days, "payment.changed_on, starts_on")


@contract_field("payment.funds_documented", "flag", asks="documents on the source of funds")
def _funds_documented(c: ContractFacts) -> Fact:
    """Every source of funds is documented."""
    sources = _payment(c).source_of_funds
    if not sources:
        return Fact.unknown("payment.source_of_funds", note="not given")
    for index, source in enumerate(sources):
        found = c.value(source.documented, f"payment.source_of_funds.{index}.documented")
        if found.status == "absent":
            return Fact.unknown(*found.missing, status="unknown", note="stated, not documented")
        if found.value is not True:
            return found
    told = "; ".join(source.description for source in sources if source.description)
    return Fact.of(True, "payment.source_of_funds", status="stated", note=told)
