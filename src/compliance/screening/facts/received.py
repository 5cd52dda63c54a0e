"""Facts about where the service is received: the countries and regions that its logs show.

A place in a log is read by the tables that read addresses, and keeps its region. What cannot be
read is told as given; it is nowhere, and so no rule about a country sees it: `received_in.unread`
does. Use from a place is *sustained* where its part of the sessions, or the days or the number that
this part makes, exceed a traveler's short stay (rules/data/thresholds.yaml), short journeys that
were declared taken off; where only an address in a log shows it, how much is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from compliance.model.conduct import Travel
from compliance.model.truth import Truth
from compliance.places import AddressTexts, CountryReading
from compliance.policies.fact import Fact
from compliance.screening.facts.base import once
from compliance.screening.facts.conduct import listed
from compliance.screening.facts.explanations import observed
from compliance.screening.facts.sessions import covered
from compliance.screening.facts.subjects import ContractFacts, contract_field

_FROM = "usage, observations"
_NONE = Fraction(0)


_ASKS: Final = "how many sessions came from there, on how many days, and whose"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A place where the service was received; `part` of the sessions, None where not counted."""

    text: str
    path: str
    reading: CountryReading
    part: Fraction | None


@once
def _seen(c: ContractFacts) -> tuple[_Seen, ...]:
    """Every place in the logs, in order; a country without a session was not seen."""
    usage, logs = c.contract.usage, observed(c).ip_countries
    read = c.know.gazetteer.logged
    found = [
        _Seen(text, "usage.access_by_country", read(text), Fraction(part))
        for text, part in sorted((usage.access_by_country if usage else {}).items())
        if part > 0
    ]
    texts = dict.fromkeys(listed(logs))
    found += [_Seen(text, "observations.ip_countries", read(text), None) for text in texts]
    return tuple(found)


@contract_field("received_in", "countries", cost="computed")
def _received_in(c: ContractFacts) -> Fact:
    """Countries that sessions and addresses in logs show."""
    codes = (seen.reading.code for seen in _seen(c))
    return Fact.of(frozenset(code for code in codes if code), _FROM)


@contract_field("received_in.regions", "texts", cost="computed")
def _regions(c: ContractFacts) -> Fact:
    """ISO 3166-2 regions among the places that sessions and addresses in logs show."""
    regions = (seen.reading.region for seen in _seen(c))
    return Fact.of(frozenset(region for region in regions if region), _FROM)


@contract_field(
    "received_in.unread",
    "texts",
    asks="the country of each place in the logs, by ISO code",
    cost="computed",
)
def _unread(c: ContractFacts) -> Fact:
    """Places in logs that name no one country, as given, with near spellings."""
    unread = [seen for seen in _seen(c) if seen.reading.code is None]
    logs = observed(c).ip_countries
    texts = {_as_given(seen) for seen in unread}
    paths = dict.fromkeys(seen.path for seen in unread)
    if logs is not None and logs.value is None:
        texts.add("addresses in logs, places not told")
        paths["observations.ip_countries"] = None
    counted = sum((seen.part for seen in _seen(c) if seen.part is not None), _NONE)
    if _NONE < counted < c.know.settings.own_place_share:
        texts.add(f"{float(1 - counted):.0%} of sessions, places not told")
        paths["usage.access_by_country"] = None
    return Fact.some(frozenset(texts), _FROM, missing=tuple(paths))


def _as_given(seen: _Seen) -> str:
    near = f" (near: {', '.join(seen.reading.near)})" if seen.reading.near else ""
    return f"{seen.text!r}{near}"


@contract_field("received_in.sustained", "countries", asks=_ASKS, cost="computed")
def _sustained(c: ContractFacts) -> Fact:
    """Countries with more sessions than a traveler's short stay has."""
    by_country: dict[str, list[_Seen]] = {}
    for seen in _seen(c):
        if seen.reading.code is not None:
            by_country.setdefault(seen.reading.code, []).append(seen)
    return _by_truth({code: _lasts(c, several) for code, several in by_country.items()})


@contract_field(
    "received_in.sustained_regions",
    "texts",
    asks=f"{_ASKS}; who controls the place",
    cost="computed",
)
def _sustained_regions(c: ContractFacts) -> Fact:
    """Regions with more sessions than a traveler's short stay has.

    One that is partly held by its government only where the text names the other part.
    """
    by_region: dict[str, list[_Seen]] = {}
    for seen in _seen(c):
        if seen.reading.region is not None:
            by_region.setdefault(seen.reading.region, []).append(seen)
    truths = {}
    for region, several in by_region.items():
        lasts = _lasts(c, several)
        outside = any(_occupied(c, region, seen.text) is Truth.TRUE for seen in several)
        truths[region] = Truth.UNKNOWN if lasts is Truth.TRUE and not outside else lasts
    return _by_truth(truths)


def _occupied(c: ContractFacts, region: str, text: str) -> Truth:
    """Whether a place in a log lies where the government of the region has no control."""
    said = AddressTexts(region=text, city=text, text=text)
    return c.know.gazetteer.occupied(region, said, as_of=c.as_of)


def _by_truth(truths: dict[str, Truth]) -> Fact:
    possible = frozenset(code for code, truth in truths.items() if truth is Truth.UNKNOWN)
    return Fact.some(
        frozenset(code for code, truth in truths.items() if truth is Truth.TRUE),
        _FROM,
        possible=possible,
        missing=("usage.access_by_country", "usage.sessions") if possible else (),
    )


def _lasts(c: ContractFacts, several: list[_Seen]) -> Truth:
    """Whether sessions from one place are more than a short stay; unknown where not counted."""
    parts = [seen.part for seen in several if seen.part is not None]
    journeys = [journey for seen in several for journey in _journeys(c, seen)]
    if not parts:
        return Truth.FALSE if any(_dated(journey) for journey in journeys) else Truth.UNKNOWN
    whole = sum(parts, _NONE)
    explained = {journey: covered(c, journey) for journey in journeys}
    if not _exceeds(c, whole - sum(explained.values(), _NONE)):
        return Truth.FALSE
    open_ended = any(part and not _dated(journey) for journey, part in explained.items())
    return Truth.UNKNOWN if open_ended else Truth.TRUE


def _exceeds(c: ContractFacts, part: Fraction) -> bool:
    """Whether a part of the sessions is more than that of a traveler's short stay."""
    settings, usage = c.know.settings, c.contract.usage
    days = settings.short_stay_days
    if part >= Fraction(settings.sustained_share):
        return True
    if usage is None or part <= 0:
        return False
    if usage.sessions and part * usage.sessions > days * settings.sessions_per_day:
        return True
    logged = (usage.until - usage.since).days + 1 if usage.since and usage.until else 0
    return part * logged > days


def _journeys(c: ContractFacts, seen: _Seen) -> Iterator[Travel]:
    """The declared journeys to a place that may have been short stays."""
    usage = c.contract.usage
    for journey in usage.declared_travel if usage is not None else ():
        there = c.know.gazetteer.logged(journey.country)
        same = there.code == seen.reading.code and there.region in (None, seen.reading.region)
        if there.code is not None and same and not _long(c, journey):
            yield journey


def _dated(journey: Travel) -> bool:
    return journey.since is not None and journey.until is not None


def _long(c: ContractFacts, journey: Travel) -> bool:
    if journey.since is None or journey.until is None:
        return False
    return (journey.until - journey.since).days + 1 > c.know.settings.short_stay_days


@contract_field("received_in.told", "text", cost="computed")
def _told(c: ContractFacts) -> Fact:
    """The places in words, with the part of each."""
    told = []
    for seen in _seen(c):
        code = seen.reading.region or seen.reading.code
        where = c.know.gazetteer.name(code) if code else f"{seen.text!r}, which names no place"
        how = (
            f"{float(seen.part):.1%} of sessions" if seen.part is not None else "addresses in logs"
        )
        told.append(f"{where}: {how}")
    return Fact.of("; ".join(told) or "nowhere", _FROM)
