"""Facts about payment: the means, who pays, from where, with whose money."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from compliance.model.payment import Payment
from compliance.policies.fact import Fact, spell
from compliance.screening.facts.base import fact
from compliance.screening.facts.subjects import ContractFacts

field: Callable[
    [str], Callable[[Callable[[ContractFacts], Fact]], Callable[[ContractFacts], Fact]]
] = partial(fact, ContractFacts.registry)

_YES, _NO = True, False
_NO_PAYMENT = Payment.model_construct()


def _payment(c: ContractFacts) -> Payment:
    return c.contract.payment or _NO_PAYMENT


@field("payment.method")
def _method(c: ContractFacts) -> Fact:
    return c.value(_payment(c).method, "payment.method")


@field("payment.asset")
def _asset(c: ContractFacts) -> Fact:
    asset = _payment(c).asset
    return c.given(asset if asset is None else " ".join(asset.upper().split()), "payment.asset")


@field("payment.payer_country")
def _payer_country(c: ContractFacts) -> Fact:
    return c.country(_payment(c).payer_country, "payment.payer_country")


@field("payment.payer_relation")
def _payer_relation(c: ContractFacts) -> Fact:
    return c.value(_payment(c).payer_relation, "payment.payer_relation")


@field("payment.payer_differs")
def _payer_differs(c: ContractFacts) -> Fact:
    payers = c.subjects.having("payer")
    if not payers:
        return Fact.unknown("payers", note="not given")
    others = [p for p in payers if "lessee" not in p.roles]
    return Fact.of(bool(others), "payers", note=", ".join(p.display for p in others))


@field("payment.third_country")
def _third_country(c: ContractFacts) -> Fact:
    payer = c["payment.payer_country"]
    if not payer.known:
        return payer
    lessee = c.subjects.lessee
    parents = lessee["ultimate_parents.headquarters"]
    known = lessee["places"].value | parents.value
    known = known.union(*(p["places"].value for p in c.subjects.having("payer")))
    if payer.value in known:
        return Fact.of(_NO, payer.source)
    for places in (lessee["places"], parents):
        if places.partial or payer.value in places.possible:
            return Fact.unknown(*places.missing, note="where the lessee's group is is not known")
    return Fact.of(_YES, payer.source, note=f"{payer.value}; the lessee is in {spell(known)}")


@field("payment.prepaid_months")
def _prepaid_months(c: ContractFacts) -> Fact:
    return c.given(_payment(c).prepaid_months, "payment.prepaid_months")


@field("payment.amount_in_words")
def _amount(c: ContractFacts) -> Fact:
    money = _payment(c).amount
    if money is None:
        return Fact.unknown("payment.amount", note="not given")
    return Fact.of(f"{money.value:,} {money.currency}", "payment.amount", status="stated")


@field("payment.exchange_licensed")
def _exchange_licensed(c: ContractFacts) -> Fact:
    exchange = _payment(c).exchange
    if exchange is None:
        return Fact.unknown("payment.exchange", note="not given")
    for name in ("licensed", "in_payers_name"):
        found = c.value(getattr(exchange, name), f"payment.exchange.{name}")
        if found.value is not True:
            return found
    return Fact.of(_YES, "payment.exchange", status="stated", note=exchange.name or "")


def _of_bank(name: str) -> None:
    @field(f"payment.bank_{name}")
    def _stated(c: ContractFacts) -> Fact:
        bank = _payment(c).bank
        return c.value(getattr(bank, name) if bank else None, f"payment.bank.{name}")


for _name_of_flag in ("licensed", "in_payers_name"):
    _of_bank(_name_of_flag)


@field("payment.wallet_screened")
def _wallet_screened(c: ContractFacts) -> Fact:
    return c.value(_payment(c).wallet_screened, "payment.wallet_screened")


@field("payment.changed_days_before_start")
def _changed_days(c: ContractFacts) -> Fact:
    changed, start = _payment(c).changed_on, c.contract.starts_on
    if changed is None or start is None:
        return Fact.unknown("starts_on" if changed else "payment.changed_on", note="not given")
    return Fact.of((start - changed).days, "payment.changed_on, starts_on")


@field("payment.funds_documented")
def _funds_documented(c: ContractFacts) -> Fact:
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
    return Fact.of(_YES, "payment.source_of_funds", status="stated", note=told)
