"""Facts about what explains sessions: whose travel and how long, offices, a corporate network.

Evidence explains as much as it covers. A journey covers what its traveler can open while it lasts;
a corporate network, the places of its egress addresses; an office, the place where it is. A place
that cannot be read is never explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from compliance.model.conduct import Travel, Usage
from compliance.model.share import Share
from compliance.policies.fact import Fact
from compliance.policies.operators import Holdings
from compliance.screening.facts.base import once, sourced
from compliance.screening.facts.conduct import home
from compliance.screening.facts.subjects import ContractFacts, contract_field

_NO_USAGE = Usage.model_construct()
_NONE, _WHOLE = Fraction(0), Fraction(1)


def _usage(c: ContractFacts) -> Usage:
    return c.contract.usage or _NO_USAGE


@once
def _travelers(c: ContractFacts) -> frozenset[str]:
    """The ids and names of those whose travel explains sessions: customer, users, officers."""
    found = [c.subjects.lessee]
    for role in ("end_user", "tenant", "officer", "signatory"):
        found += c.subjects.having(role)
    return frozenset(name for p in found for name in (p.id, p.display))


def covered(c: ContractFacts, journey: Travel) -> Fraction:
    """The largest part of all sessions that a journey can explain."""
    usage, settings = _usage(c), c.know.settings
    if journey.status not in {"asserted", "verified"}:
        return _NONE
    if journey.who is not None and journey.who not in _travelers(c):
        return _NONE
    first, last = journey.since, journey.until
    if first is not None and (first > c.as_of or (usage.until and first > usage.until)):
        return _NONE
    if last is not None and usage.since and last < usage.since:
        return _NONE
    days = settings.undated_journey_days
    share = Fraction(settings.undated_journey_share)
    if first is not None and last is not None:
        start = max(first, usage.since) if usage.since else first
        end = min(last, usage.until or c.as_of)
        days = (end - start).days + 1
        if usage.since is not None:
            log = ((usage.until or c.as_of) - usage.since).days + 1
            share = min(_WHOLE, Fraction(days, max(log, 1)))
    if usage.sessions:
        share = min(share, Fraction(days * settings.sessions_per_day, usage.sessions))
    return share


@once
def _by_travel(c: ContractFacts) -> dict[str, Fraction]:
    """By country, the largest part of sessions that declared travel explains.

    Journeys without days add nothing to each other: they may be one.
    """
    dated: dict[str, Fraction] = {}
    undated: dict[str, Fraction] = {}
    for journey in dict.fromkeys(_usage(c).declared_travel):
        code = c.know.gazetteer.read(journey.country).code
        if code is None:
            continue
        part = covered(c, journey)
        if journey.since is None or journey.until is None:
            undated[code] = max(undated.get(code, _NONE), part)
        else:
            dated[code] = dated.get(code, _NONE) + part
    return {
        code: min(_WHOLE, dated.get(code, _NONE) + undated.get(code, _NONE))
        for code in dated.keys() | undated.keys()
    }


@once
def _egress(c: ContractFacts) -> frozenset[str]:
    """Where a corporate network that is on file comes out."""
    usage = _usage(c)
    if usage.corporate_vpn is None or usage.corporate_vpn.value is not True:
        return frozenset()
    codes = (c.know.gazetteer.read(text).code for text in usage.vpn_egress)
    return frozenset(code for code in codes if code)


@contract_field(
    "access_unexplained",
    "holdings",
    asks="travel notices with who and when, the list of corporate egress addresses",
    cost="computed",
)
def _access_unexplained(c: ContractFacts) -> Fact:
    """Part of control-plane sessions by country that no stated place, journey or network covers."""
    shares = c["access_shares"]
    if not shares.known:
        return shares
    here, journeys, network = home(c), _by_travel(c), _egress(c)
    left = []
    for holding in shares.value:
        (code,) = holding.countries or (None,)
        if code is not None and (code in here or code in network):
            continue
        rest = holding.share.minimum - journeys.get(code or "", _NONE)
        if rest > 0:
            left.append(replace(holding, share=Share.exact(rest)))
    return Fact.of(Holdings(left), "usage", note=c["access_evidence"].value)


@contract_field(
    "access_explained",
    "flag",
    asks="travel notices, the list of corporate egress addresses",
    cost="computed",
)
def _access_explained(c: ContractFacts) -> Fact:
    """Declared travel and the corporate network cover every foreign session."""
    left, seen = c["access_unexplained"], c["access_countries"]
    logged: frozenset[str] = seen.value or frozenset()
    in_shares = {code for h in c["access_shares"].value or () for code in h.countries}
    # How many sessions an address in a log stands for is not known: a journey may not cover them.
    only_in_logs = logged - in_shares - home(c) - _egress(c)
    settled = seen.known and logged and not only_in_logs
    if settled and (not in_shares or (left.known and not left.value)):
        return Fact.of(True, "usage", note=c["access_evidence"].value)
    return Fact.unknown("usage.declared_travel", "usage.corporate_vpn", note="not explained")


@contract_field("access_from_offices", "countries")
def _access_from_offices(c: ContractFacts) -> Fact:
    """Of the countries where the customer has offices, those that sessions come from.

    What cannot be read may be one of them.
    """
    seen, offices = c["access_countries"], c["offices"]
    logged: frozenset[str] = seen.value or frozenset()
    unread = (seen.partial and bool(offices.value)) or (offices.partial and bool(logged))
    return Fact.some(
        logged & offices.value,
        "usage, observations",
        partial=unread,
        missing=(*offices.missing, *seen.missing) if unread else (),
    )


@contract_field("access_from_office_regions", "texts")
def _access_from_office_regions(c: ContractFacts) -> Fact:
    """Of the regions where the customer has offices, those that sessions come from."""
    both = c["received_in.regions"].value & c["office_regions"].value
    return Fact.of(both, "usage, observations")


contract_field.stated(
    "corporate_network",
    "flag",
    "A corporate network is on file.",
    path="usage.corporate_vpn",
    asks="the name of the corporate network",
)


@contract_field("access_evidence", "text", cost="computed")
def _access_evidence(c: ContractFacts) -> Fact:
    """What was given to explain sessions, in words, whether it covers them or not."""
    told = "; ".join(_told(c)) or "none"
    return Fact.of(told, "usage, observations")


def _told(c: ContractFacts) -> Iterator[str]:
    usage, name = _usage(c), c.know.gazetteer.name
    for journey in usage.declared_travel:
        code = c.know.gazetteer.read(journey.country).code
        where = name(code) if code else journey.country
        who = f" of {journey.who}" if journey.who else ""
        days = f", {journey.since or '?'} to {journey.until or '?'}" if journey.since else ""
        on_file = f", {journey.reference}" if journey.reference else ""
        yield f"travel to {where}{who}{days}{on_file} ({journey.status})"
    offices = sorted(c["offices"].value)
    if offices:
        yield f"offices in {', '.join(name(code) for code in offices)}"
    network = usage.corporate_vpn
    if network is not None and network.value is True:
        out = ", ".join(sorted(name(code) for code in _egress(c))) or "places not given"
        yield f"corporate network ({sourced(network, 'usage.corporate_vpn')}), egress: {out}"
