"""Facts about signs that are strong alone, and about several of the hardware together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from compliance.policies.fact import Fact
from compliance.screening.facts.base import Facts, without_value
from compliance.screening.facts.explanations import is_open, observed
from compliance.screening.facts.subjects import ContractFacts, ItemFacts, contract_field

_ANOMALIES: Final = ("serials", "power", "counts", "location", "visits")


@contract_field("order_exceeds_capital", "flag", asks="paid-up capital and price in one currency")
def _order_exceeds_capital(c: ContractFacts) -> Fact:
    """The contract is worth many times the customer's paid-up capital.

    Between two currencies their orders of magnitude decide, where they can.
    """
    capital, payment = c.subjects.lessee.party.paid_up_capital, c.contract.payment
    amount = payment.amount if payment is not None else None
    if capital is None or capital.value is None:
        return without_value(capital, c.subjects.lessee.at("paid_up_capital"))
    if amount is None:
        return Fact.unknown("payment.amount", note="not given")
    path, limit = "payment.amount, lessee.paid_up_capital", c.know.settings.capital_multiple
    paid = capital.value
    note = f"{amount.value:,} {amount.currency} to {paid.value:,} {paid.currency}"
    bounds = _relative(amount.currency, paid.currency, c.know.in_dollars)
    if bounds is not None:
        exceeds = {amount.value * bound > paid.value * limit for bound in bounds}
        if len(exceeds) == 1:
            return Fact.of(exceeds.pop(), path, note=note)
    note = f"{note}: two currencies"
    return Fact.unknown("payment.amount", status="unknown", note=note, source=path)


def _relative(
    one: str, other: str, in_dollars: Mapping[str, list[Decimal]]
) -> tuple[Decimal, Decimal] | None:
    """What one unit of a currency is worth in another, at least and at most."""
    if one == other:
        return Decimal(1), Decimal(1)
    worth, base = in_dollars.get(one), in_dollars.get(other)
    return (worth[0] / base[1], worth[1] / base[0]) if worth and base else None


@contract_field("financed", "flag", asks="the lender or guarantor, with the agreement")
def _financed(c: ContractFacts) -> Fact:
    """A lender, a documented group or documented funds stand behind the payment."""
    lessee = c.subjects.lessee
    if lessee["group_documented"].value is True:
        return Fact.of(True, lessee.at("group_documented"), note="a documented group")
    if c["payment.funds_documented"].value is True:
        return Fact.of(True, "payment.source_of_funds", note="documented funds")
    lenders = [i.party for i in c.contract.intermediaries if i.role == "financier"]
    named = [p.name.value for p in lenders if p.name is not None and p.name.value is not None]
    if named:
        return Fact.of(True, "intermediaries", note=", ".join(named))
    return Fact.unknown("payment.source_of_funds", "intermediaries", note="no lender is named")


@contract_field("nominee_directors", "flag")
def _nominee_directors(c: ContractFacts) -> Fact:
    """Directors of the customer act for somebody else, as observed or as stated."""
    lessee = c.subjects.lessee
    for index, officer in enumerate(lessee.party.officers):
        if officer.nominee and (officer.until is None or officer.until > c.as_of):
            return Fact.of(True, lessee.at(f"officers.{index}.nominee"), status="stated")
    return c["observations.nominee_directors"]


@contract_field(
    "nominee_directors.open", "flag", asks="the service agreement of the directors, by its number"
)
def _nominee_directors_open(c: ContractFacts) -> Fact:
    """No agreement on file names whom the directors act for."""
    seen, party = observed(c).nominee_directors, c.subjects.lessee.party
    given = (*(seen.explained_by if seen else ()), *party.explained_by)
    path = c.subjects.lessee.at("explained_by")
    return is_open(c, "observations.nominee_directors", path, given)


_SIGNS_OF_HARDWARE = {
    "serials": ("serial_anomalies",),
    "location": ("unlocated_hardware", "attestation_refused"),
    "visits": ("unexpected_site_visits",),
}


@contract_field("hardware_anomalies", "choices", choices=_ANOMALIES, cost="computed")
def _hardware_anomalies(c: ContractFacts) -> Fact:
    """Kinds of sign that hardware is not what, where or how many it should be."""
    return _anomalies(c, answered=False)


@contract_field(
    "hardware_anomalies.open",
    "choices",
    asks="evidence that answers each of them",
    choices=_ANOMALIES,
    cost="computed",
)
def _hardware_anomalies_open(c: ContractFacts) -> Fact:
    """Kinds of sign of the hardware that no evidence answers."""
    return _anomalies(c, answered=True)


def _anomalies(c: ContractFacts, *, answered: bool) -> Fact:
    """The kinds of sign; `answered` leaves out those that evidence answers."""
    certain: set[str] = set()
    possible: set[str] = set()
    for kind, keys in _SIGNS_OF_HARDWARE.items():
        for key in keys:
            seen: Fact = c[f"observations.{key}"]
            if seen.status == "absent" or (answered and _is_answered(c, f"observations.{key}")):
                continue
            if seen.value is True:
                certain.add(kind)
            elif not seen.known:
                possible.add(kind)
    for item in c.subjects.items:
        certain.update(_of_item(item, answered=answered))
    return Fact.some(
        frozenset(certain),
        "observations, items",
        possible=frozenset(possible - certain),
        missing=("observations",) if possible - certain else (),
    )


def _is_answered(subject: Facts, sign: str) -> bool:
    return subject[f"{sign}.open"].value is False


def _of_item(item: ItemFacts, *, answered: bool) -> Iterator[str]:
    settings = item.know.settings
    gap, chips, power = item["count_gap"], item["count_gap_chips"], item["site.power_ratio"]
    differ = gap.known and gap.value > settings.count_gap
    many = chips.known and chips.value > settings.count_gap_chips
    if (differ or many) and not (answered and _is_answered(item, "count_gap")):
        yield "counts"
    short = power.known and power.value < settings.power_ratio
    if short and not (answered and _is_answered(item, "site.power_ratio")):
        yield "power"
