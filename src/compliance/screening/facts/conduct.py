"""Facts about conduct: where sessions come from, what was observed, signs of a shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from compliance.model.conduct import Observations, Usage
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.policies.operators import Holding, Holdings
from compliance.policies.vocabulary import VOCABULARY
from compliance.screening.facts.base import fact, once
from compliance.screening.facts.subjects import NOT_ASKED, ContractFacts

field: Callable[
    [str], Callable[[Callable[[ContractFacts], Fact]], Callable[[ContractFacts], Fact]]
] = partial(fact, ContractFacts.registry)

_YES = True
_NO_USAGE, _NO_OBSERVATIONS = Usage.model_construct(), Observations.model_construct()


def _usage(c: ContractFacts) -> Usage:
    return c.contract.usage or _NO_USAGE


@dataclass(frozen=True, slots=True)
class _Session:
    """Part of the sessions by country, readable or not."""

    code: str | None
    text: str
    part: Share


@once
def _sessions(c: ContractFacts) -> list[_Session]:
    return [
        _Session(c.know.gazetteer.read(text).code, text, Share.exact(Fraction(part)))
        for text, part in sorted(_usage(c).access_by_country.items())
    ]


@field("access_shares")
def _access_shares(c: ContractFacts) -> Fact:
    sessions = _sessions(c)
    if not sessions:
        return Fact.unknown("usage.access_by_country", note="not given")
    held = Holdings(
        Holding(
            session.text,
            frozenset({session.code} if session.code else ()),
            frozenset() if session.code else None,
            session.part,
        )
        for session in sessions
    )
    return Fact.of(held, "usage.access_by_country")


def _observed(c: ContractFacts) -> Observations:
    return c.contract.observations or _NO_OBSERVATIONS


@field("access_countries")
def _access_countries(c: ContractFacts) -> Fact:
    texts = [*_usage(c).access_by_country, *_observed(c).ip_countries]
    if not texts:
        return Fact.unknown("usage.access_by_country", note="not given")
    codes = [c.know.gazetteer.read(text).code for text in texts]
    return Fact.some(
        frozenset(code for code in codes if code),
        "usage, observations",
        partial=None in codes,
        missing=("usage.access_by_country",) if None in codes else (),
    )


@field("access_by_travel")
def _access_by_travel(c: ContractFacts) -> Fact:
    travel = {c.know.gazetteer.read(text).code for text in _usage(c).declared_travel}
    seen = c["access_countries"].value or frozenset()
    if seen and seen <= _home(c) | travel:
        return Fact.of(_YES, "usage.declared_travel")
    return Fact.unknown("usage.declared_travel", note="not explained")


@field("access_explained")
def _access_explained(c: ContractFacts) -> Fact:
    travel, network = c["access_by_travel"], _usage(c).corporate_vpn
    if travel.known:
        return travel
    if network is not None and network.value is True:
        return Fact.of(_YES, "usage.corporate_vpn", status="stated")
    return Fact.unknown("usage.declared_travel", "usage.corporate_vpn", note="not explained")


@once
def _home(c: ContractFacts) -> frozenset[str]:
    """Where the lessee, its offices and the named end users are stated to be."""
    codes: frozenset[str] = c.subjects.lessee["places"].value
    for user in c.subjects.having("end_user"):
        codes |= user["places"].value
    offices = (c.know.gazetteer.read(text).code for text in _observed(c).offices)
    return codes | {code for code in offices if code}


@field("access_from_users_places")
def _access_from_users_places(c: ContractFacts) -> Fact:
    sessions = _sessions(c)
    if not sessions:
        return Fact.unknown("usage.access_by_country", note="not given")
    home = _home(c)
    part = sum((s.part.minimum for s in sessions if s.code in home), start=0)
    note = f"{Share.exact(part)} of sessions from {Fact.of(home, '').text}"
    return Fact.of(part >= c.know.settings.own_place_share, "usage.access_by_country", note=note)


@field("mismatched_signals")
def _mismatched(c: ContractFacts) -> Fact:
    seen = _observed(c)
    home = _home(c) | c.subjects.lessee["ultimate_parents.headquarters"].value
    travel = frozenset(c.know.gazetteer.read(text).code for text in _usage(c).declared_travel)
    away = []
    singles = ("phone_country", "card_country", "billing_country", "working_hours_country")
    for name in singles:
        text = getattr(seen, name)
        code = c.know.gazetteer.read(text).code if text else None
        if code is not None and code not in home:
            away.append(name)
    networks = {c.know.gazetteer.read(text).code for text in seen.ip_countries} - {None}
    if networks and networks.isdisjoint(home | travel):
        away.append("ip_countries")
    return Fact.of(len(away), "observations", note=", ".join(away))


@field("shell_indicators")
def _shell_indicators(c: ContractFacts) -> Fact:
    seen, lessee, settings = _observed(c), c.subjects.lessee, c.know.settings
    age = lessee["age_days"]
    signs = {
        "formed_recently": age.known and age.value < settings.recently_formed_days,
        "residential_address": lessee["residential_address"].value is True,
        "low_web_footprint": seen.low_web_footprint is True,
        "free_or_disposable_email": seen.email_domain in {"free", "disposable"},
        "nominee_directors": seen.nominee_directors is True
        or any(o.nominee for o in lessee.party.officers if o.in_office(c.as_of)),
        "sector_mismatch": seen.sector_mismatch is True,
        "mail_drop": seen.mail_drop_address is True,
        "capital_too_small": _capital_too_small(c),
    }
    return Fact.of(
        frozenset(name for name, found in signs.items() if found), "lessee, observations"
    )


def _capital_too_small(c: ContractFacts) -> bool:
    capital, payment = c.subjects.lessee.party.paid_up_capital, c.contract.payment
    amount = payment.amount if payment is not None else None
    if capital is None or capital.value is None or amount is None:
        return False
    if capital.value.currency != amount.currency:
        return False
    return amount.value > capital.value.value * c.know.settings.capital_multiple


@field("linked_accounts")
def _linked_accounts(c: ContractFacts) -> Fact:
    return c.given(_observed(c).linked_accounts, "observations.linked_accounts")


def _observation(name: str) -> None:
    key = name.removeprefix("observations.")
    unobserved = NOT_ASKED[name] = Fact.unknown(name, note="not given")

    @field(name)
    def _seen(c: ContractFacts) -> Fact:
        seen = getattr(_observed(c), key)
        return unobserved if seen is None else Fact.of(seen, name, status="stated")


for _word in VOCABULARY:
    if _word.startswith("contract.observations."):
        _observation(_word.removeprefix("contract."))
