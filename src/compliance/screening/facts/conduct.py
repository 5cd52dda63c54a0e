"""Facts about conduct: where sessions come from, what was observed, signs of a shell."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from compliance.model.conduct import Usage
from compliance.model.explanation import Observed
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.policies.operators import Holding, Holdings
from compliance.screening.facts.base import once
from compliance.screening.facts.explanations import observed
from compliance.screening.facts.subjects import ContractFacts, contract_field

_NO_USAGE = Usage.model_construct()


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
        _Session(c.know.gazetteer.logged(text).code, text, Share.exact(Fraction(part)))
        for text, part in sorted(_usage(c).access_by_country.items())
    ]


@contract_field("access_shares", "holdings", cost="computed")
def _access_shares(c: ContractFacts) -> Fact:
    """Part of control-plane sessions by country."""
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


@contract_field("access_countries", "countries")
def _access_countries(c: ContractFacts) -> Fact:
    """Countries seen in sessions and logs."""
    logs = observed(c).ip_countries
    seen = [text for text, part in _usage(c).access_by_country.items() if part > 0]
    texts = [*seen, *listed(logs)]
    if not texts and logs is None:
        return Fact.unknown("usage.access_by_country", note="not given")
    codes = [c.know.gazetteer.logged(text).code for text in texts]
    if logs is not None and logs.value is None:
        codes.append(None)  # what the logs say is not known
    return Fact.some(
        frozenset(code for code in codes if code),
        "usage, observations",
        partial=None in codes,
        missing=("usage.access_by_country",) if None in codes else (),
    )


def listed(seen: Observed[tuple[str, ...]] | None) -> tuple[str, ...]:
    """The places of an observation, none where nobody looked or nobody knows."""
    return seen.value or () if seen is not None else ()


@once
def home(c: ContractFacts) -> frozenset[str]:
    """Where the lessee, its offices and the named end users are stated to be."""
    codes: frozenset[str] = c.subjects.lessee["places"].value
    for user in c.subjects.having("end_user"):
        codes |= user["places"].value
    offices: frozenset[str] = c["offices"].value
    return codes | offices


@contract_field("offices", "countries")
def _offices(c: ContractFacts) -> Fact:
    """Where the customer has offices, as staff found; not the places that it states itself."""
    seen, path = observed(c).offices, "observations.offices"
    codes = [c.know.gazetteer.logged(text).code for text in listed(seen)]
    unread = None in codes or (seen is not None and seen.value is None)
    stated = c.value(seen, path).status
    return Fact.some(
        frozenset(code for code in codes if code),
        path,
        partial=unread,
        missing=(path,) if unread else (),
        status=stated,
    )


@contract_field("office_regions", "texts")
def _office_regions(c: ContractFacts) -> Fact:
    """ISO 3166-2 regions of the same, where it names them."""
    found = (c.know.gazetteer.logged(text).region for text in listed(observed(c).offices))
    return Fact.of(frozenset(region for region in found if region), "observations.offices")


@contract_field("access_from_users_places", "flag")
def _access_from_users_places(c: ContractFacts) -> Fact:
    """Sessions come only from countries where lessee and end users are stated to be."""
    sessions = _sessions(c)
    if not sessions:
        return Fact.unknown("usage.access_by_country", note="not given")
    places = home(c)
    part = sum((s.part.minimum for s in sessions if s.code in places), start=0)
    note = f"{Share.exact(part)} of sessions from {Fact.of(places, '').text}"
    return Fact.of(part >= c.know.settings.own_place_share, "usage.access_by_country", note=note)


_SINGLE_SIGNALS = ("phone_country", "card_country", "billing_country", "working_hours_country")


@contract_field("mismatched_signals", "number", cost="computed")
def _mismatched(c: ContractFacts) -> Fact:
    """How many kinds of signal point away from the lessee's places.

    Phone, card, billing, network and working hours; none that evidence answers.
    """
    seen, read = observed(c), c.know.gazetteer.read
    places = home(c) | c.subjects.lessee["ultimate_parents.headquarters"].value
    travel = frozenset(read(journey.country).code for journey in _usage(c).declared_travel)
    away = []
    for name in _SINGLE_SIGNALS:
        signal: Observed[str] | None = getattr(seen, name)
        code = read(signal.value).code if signal is not None and signal.value else None
        if code is not None and code not in places:
            away.append(name)
    networks = {read(text).code for text in listed(seen.ip_countries)} - {None}
    if networks and networks.isdisjoint(places | travel):
        away.append("ip_countries")
    away = [name for name in away if c[f"observations.{name}.open"].value is not False]
    return Fact.of(len(away), "observations", note=", ".join(away))


@contract_field(
    "shell_indicators",
    "choices",
    choices=(
        "formed_recently",
        "residential_address",
        "low_web_footprint",
        "free_or_disposable_email",
        "nominee_directors",
        "sector_mismatch",
        "mail_drop",
        "capital_too_small",
        "website_new",
    ),
    cost="computed",
)
def _shell_indicators(c: ContractFacts) -> Fact:
    """Signs of a shell company about the lessee."""
    lessee, settings, mail = c.subjects.lessee, c.know.settings, observed(c).email_domain
    age, website = lessee["age_days"], lessee["website_age_days"]
    signs = {
        "formed_recently": age.known and age.value < settings.recently_formed_days,
        "residential_address": lessee["residential_address"].value is True,
        "low_web_footprint": _is_sign(c, "low_web_footprint"),
        "free_or_disposable_email": mail is not None
        and mail.value in {"free", "disposable"}
        and c["observations.email_domain.open"].value is not False,
        "nominee_directors": c["nominee_directors"].value is True
        and c["nominee_directors.open"].value is not False,
        "sector_mismatch": _is_sign(c, "sector_mismatch"),
        "mail_drop": _is_sign(c, "mail_drop_address"),
        "capital_too_small": c["order_exceeds_capital"].value is True,
        "website_new": website.known and website.value < settings.recently_formed_days,
    }
    return Fact.of(
        frozenset(name for name, found in signs.items() if found), "lessee, observations"
    )


def _is_sign(c: ContractFacts, key: str) -> bool:
    """Whether it was seen, and no evidence answers it."""
    name = f"observations.{key}"
    return c[name].value is True and c[f"{name}.open"].value is not False
