"""Facts about where payment and contact point to, each place with the region that it names.

A signal that was observed, and that evidence of its kind answers, points nowhere. One that cannot
be read, or that was refused, may point anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compliance.places import CountryReading
from compliance.policies.fact import Fact
from compliance.screening.facts.explanations import observed
from compliance.screening.facts.subjects import ContractFacts, contract_field

_OF_PAYMENT: Final = ("card_country", "billing_country")
_OF_CONTACT: Final = ("phone_country", "working_hours_country")
_ANSWERED: Final = frozenset({False})


_Found = dict[str, CountryReading | None]
"""What each signal reads as, by its path; None where it was refused."""


def _observed(c: ContractFacts, names: Iterable[str]) -> _Found:
    found: _Found = {}
    for name in names:
        signal = getattr(observed(c), name)
        if signal is None or c[f"observations.{name}.open"].value in _ANSWERED:
            continue
        if signal.value:
            found[f"observations.{name}"] = c.know.gazetteer.logged(signal.value)
        elif signal.status == "refused":
            found[f"observations.{name}"] = None
    return found


def _of_payment(c: ContractFacts) -> _Found:
    found = _observed(c, _OF_PAYMENT)
    payment = c.contract.payment
    payer = payment.payer_country if payment is not None else None
    if payer is not None and payer.value:
        found["payment.payer_country"] = c.know.gazetteer.logged(payer.value)
    elif payer is not None and payer.status == "refused":
        found["payment.payer_country"] = None
    return found


def _countries(found: _Found, source: str, banks: frozenset[str] = frozenset()) -> Fact:
    codes = {path: reading.code if reading else None for path, reading in found.items()}
    unread = tuple(path for path, code in codes.items() if code is None)
    told = "; ".join(f"{path}: {each.text if each else 'refused'}" for path, each in found.items())
    return Fact.some(
        banks.union(code for code in codes.values() if code),
        source,
        partial=bool(unread),
        missing=unread,
        note=told,
    )


def _regions(found: _Found, source: str) -> Fact:
    regions = (reading.region for reading in found.values() if reading is not None)
    return Fact.of(frozenset(region for region in regions if region), source)


@contract_field(
    "payment.points_to", "countries", asks="from which account, card and address it is paid"
)
def _payment_points_to(c: ContractFacts) -> Fact:
    """Countries of payer, bank, exchange, card and billing address, as far as not answered.

    Card and billing address as observed, where no evidence answers them.
    """
    banks = (p["places"].value for role in ("bank", "exchange") for p in c.subjects.having(role))
    return _countries(_of_payment(c), "payment, observations", frozenset().union(*banks))


@contract_field("payment.points_to_regions", "texts")
def _payment_points_to_regions(c: ContractFacts) -> Fact:
    """ISO 3166-2 regions of the same."""
    return _regions(_of_payment(c), "payment, observations")


@contract_field(
    "contact_points_to", "countries", asks="a list of offices and staff by country", cost="computed"
)
def _contact_points_to(c: ContractFacts) -> Fact:
    """Countries of phone and working hours as observed, where no evidence answers them."""
    return _countries(_observed(c, _OF_CONTACT), "observations")


@contract_field("contact_points_to_regions", "texts", cost="computed")
def _contact_points_to_regions(c: ContractFacts) -> Fact:
    """ISO 3166-2 regions of the same."""
    return _regions(_observed(c, _OF_CONTACT), "observations")
