"""What the screener knows besides the contract: places, chips, lists, regimes, jurisdictions.

All of it is loaded once from the rule folder and never changes while screening.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from compliance.chips import Catalogue
from compliance.model.explanation import ExplanationKind
from compliance.model.outcome import Factor, Severity
from compliance.model.truth import Truth, any_of
from compliance.ownership import AffectedParties, OwnershipGraph
from compliance.places import Gazetteer
from compliance.policies.fact import Fact
from compliance.policies.policy import Policy
from compliance.screening.contact_data import ContactData
from compliance.screening.lookups import Lookups
from compliance.screening.spoken_for import Spoken, spoken_for
from compliance.screening.tables import read_as
from compliance.watchlists import Listing, NameIndex, Watchlist

Groups = Annotated[tuple[str, ...], Field(strict=False)]
Places = tuple[str | None, ...]
_CACHED: Final = 8192
REGIMES: Final = Path("data") / "ownership_regimes.yaml"
"""Where the ownership rules stand in a rule folder."""


class _Strict(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", strict=True)


class Arithmetic(_Strict):
    """How holdings of listed parties count."""

    threshold: str
    inclusive: bool
    aggregate: bool
    control: bool = False

    def affected(
        self, graph: OwnershipGraph, listed: Iterable[str], as_of: date
    ) -> AffectedParties:
        """Whom listed parties affect on a day, counted so."""
        return graph.affected(
            listed,
            threshold_of(self),
            inclusive=self.inclusive,
            aggregate=self.aggregate,
            control=self.control,
            as_of=as_of,
        )


class Jurisdiction(_Strict):
    """Who is bound: by where the provider is, where the site is, who acts, who owns it.

    `us_parent` is how much somebody of `provider_in` must hold for the provider to be its own.
    """

    id: str
    title: str
    provider_in: Groups
    site_in: Groups = ()
    us_persons: bool = False
    us_parent: Arithmetic | None = None


class RegimeFile(Arithmetic):
    """How ownership by listed parties counts from a day on."""

    since: date = Field(alias="from")
    cite: str


class LicensePolicy(_Strict):
    """A license review policy, and how publishers write it; the more restrictive come first."""

    id: str
    words: list[str]

    def is_in(self, text: str) -> bool:
        """Whether a publisher's words name this policy."""
        return any(word in text.lower() for word in self.words)


class Regime(_Strict):
    """An ownership rule: which listings count, its dated arithmetic, how licenses are reviewed.

    `policy` is the one that applies it, whose timeline says since when it is in force or stayed.
    `programmes`: of these lists only entries of a programme count. `license_policies`: how a list's
    entries are reviewed that say nothing of it themselves.
    """

    id: str
    title: str
    policy: str
    lists: list[str]
    programmes: dict[str, list[str]] = Field(default_factory=dict)
    license_policies: dict[str, str] = Field(default_factory=dict)
    timeline: list[RegimeFile]

    def counts(self, listing: Listing) -> Truth:
        """Whether a listing is one of those that the rule names; unknown without a programme."""
        if listing.list_id not in self.lists:
            return Truth.FALSE
        wanted = self.programmes.get(listing.list_id)
        if wanted is None:
            return Truth.TRUE
        if not listing.programmes:
            return Truth.UNKNOWN
        named = {_tag(programme) for programme in listing.programmes}
        return Truth.of(not named.isdisjoint(map(_tag, wanted)))

    def on(self, as_of: date) -> RegimeFile | None:
        """The arithmetic of a day; None before the rule began."""
        index = bisect_right(self.timeline, as_of, key=lambda entry: entry.since)
        return self.timeline[index - 1] if index else None


class Settings(_Strict):
    """Numbers that facts, not policies, rest on; each is explained in rules/data/facts.yaml."""

    contested_headquarters_kinds: int
    name_certainty: Decimal
    latin_letters: int
    utilization: Decimal
    operations_days: int
    power_kw_per_chip: Decimal
    recently_formed_days: int
    capital_multiple: int
    own_place_share: Decimal
    parent_share: Decimal
    new_owner_share: Decimal
    former_owners_since: date
    sessions_per_day: int
    short_stay_days: int
    sustained_share: Decimal
    undated_journey_days: int
    undated_journey_share: Decimal
    linked_within_days: int
    count_gap: Decimal
    count_gap_chips: int
    power_ratio: Decimal


class ExplanationRule(_Strict):
    """A kind of evidence: what it is, and what it must name to count as given."""

    title: str
    needs: list[Literal["reference", "source", "as_of"]]


class Scoring(_Strict):
    """The factors of the score and the weight of a flag that names none."""

    factors: list[Annotated[Factor, Field(strict=False)]]
    weights: dict[Annotated[Severity, Field(strict=False)], Decimal]


class JurisdictionFile(_Strict):
    """rules/data/jurisdictions.yaml."""

    version: int = Field(alias="schema")
    jurisdictions: list[Jurisdiction]
    not_covered: list[str]


class RegimesFile(_Strict):
    """rules/data/ownership_regimes.yaml."""

    version: int = Field(alias="schema")
    license_policies: list[LicensePolicy]
    in_sum: Arithmetic
    regimes: list[Regime]


class SettingsFile(_Strict):
    """rules/data/facts.yaml."""

    version: int = Field(alias="schema")
    settings: Settings


class ExplanationsFile(_Strict):
    """rules/data/explanations.yaml."""

    version: int = Field(alias="schema")
    kinds: dict[ExplanationKind, ExplanationRule]
    answers: dict[str, list[ExplanationKind]]


class CurrenciesFile(_Strict):
    """rules/data/currencies.yaml."""

    version: int = Field(alias="schema")
    in_dollars: dict[str, Annotated[list[Decimal], Field(min_length=2, max_length=2)]]


class ScoringFile(_Strict):
    """rules/scoring.yaml."""

    version: int = Field(alias="schema")
    scoring: Scoring


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the facts may consult."""

    gazetteer: Gazetteer
    contact_data: ContactData = field(repr=False)
    catalogue: Catalogue
    index: NameIndex
    lookups: Lookups = field(repr=False)
    watchlists: tuple[Watchlist, ...]
    snapshots: Mapping[str, str]
    asked: tuple[str, ...]
    regimes: tuple[Regime, ...]
    license_policies: tuple[LicensePolicy, ...]
    in_sum: Arithmetic
    jurisdictions: tuple[Jurisdiction, ...]
    not_covered: tuple[str, ...]
    settings: Settings
    scoring: Scoring
    explanations: Mapping[ExplanationKind, ExplanationRule]
    answers: Mapping[str, frozenset[str]]
    in_dollars: Mapping[str, list[Decimal]]
    missing_lists: tuple[str, ...]
    stale_lists: Callable[[date], tuple[str, ...]] = field(repr=False)
    weighty_lists: frozenset[str]
    lists_in_words: str
    bound_by: Callable[[Places, Places, Truth, Truth, date], dict[str, Truth]] = field(repr=False)
    place: Callable[[str, str, str], Fact] = field(repr=False)
    region: Callable[[str | None, str | None, str | None, str | None], str | None] = field(
        repr=False
    )
    spoken_for: Callable[[date, bool], Spoken] = field(repr=False)

    @classmethod
    def load(
        cls,
        rules: Path,
        watchlists: Sequence[Watchlist],
        asked: Sequence[str] | None = None,
    ) -> Knowledge:
        """Read everything under a rule folder; `asked` names the lists that must be consulted."""
        gazetteer = Gazetteer.load(rules)
        ownership = read_as(rules / REGIMES, RegimesFile)
        regimes = ownership.regimes
        places = read_as(rules / "data" / "jurisdictions.yaml", JurisdictionFile)
        money = read_as(rules / "data" / "currencies.yaml", CurrenciesFile)
        evidence = read_as(rules / "data" / "explanations.yaml", ExplanationsFile)
        return cls(
            gazetteer=gazetteer,
            contact_data=ContactData.load(rules),
            catalogue=Catalogue.load(rules),
            regimes=tuple(sorted(regimes, key=lambda regime: regime.id)),
            license_policies=tuple(ownership.license_policies),
            in_sum=ownership.in_sum,
            jurisdictions=tuple(sorted(places.jurisdictions, key=lambda place: place.id)),
            not_covered=tuple(places.not_covered),
            settings=read_as(rules / "data" / "facts.yaml", SettingsFile).settings,
            scoring=read_as(rules / "scoring.yaml", ScoringFile).scoring,
            in_dollars=MappingProxyType(money.in_dollars),
            explanations=MappingProxyType(evidence.kinds),
            answers=MappingProxyType({k: frozenset(v) for k, v in evidence.answers.items()}),
            weighty_lists=frozenset(name for regime in regimes for name in regime.lists),
            bound_by=lru_cache(_CACHED)(partial(_bound_by, gazetteer, places.jurisdictions)),
            place=lru_cache(_CACHED)(partial(_place, gazetteer)),
            region=lru_cache(_CACHED)(gazetteer.region),
            spoken_for=lambda _day, _party_only: frozenset(),
            **_of_lists(watchlists, asked or ()),
        )

    def speaking(self, policies: Sequence[Policy]) -> Knowledge:
        """The same, and for which lists these policies speak."""

        def spoken(as_of: date, party_only: bool) -> Spoken:  # noqa: FBT001 - the key of a cache
            return spoken_for(policies, as_of, party_only=party_only)

        return replace(self, spoken_for=lru_cache(_CACHED)(spoken))

    def consulting(self, watchlists: Sequence[Watchlist]) -> Knowledge:
        """The same, and what is on these lists."""
        by_id = {w.id: w for w in (*self.watchlists, *watchlists)}
        return replace(self, **_of_lists(tuple(by_id.values()), self.asked))

    def domains(self) -> dict[str, frozenset[str]]:
        """The closed sets of values that live in data, by field."""
        return {
            "contract.bound_by": frozenset(place.id for place in self.jurisdictions),
            "party.ownership.affected_under": frozenset(regime.id for regime in self.regimes),
            "party.ownership.license_policy": frozenset(p.id for p in self.license_policies),
            "item.paragraph": frozenset(
                {"none"}.union(
                    tier.paragraph for law in self.catalogue.law.regimes for tier in law.tiers
                )
            ),
        }

    def change_dates(self) -> frozenset[date]:
        """Every day on which places, chips or regimes change."""
        days = set(self.gazetteer.change_dates()) | set(self.catalogue.change_dates())
        days.update(entry.since for regime in self.regimes for entry in regime.timeline)
        return frozenset(days)


def _of_lists(watchlists: Sequence[Watchlist], asked: Sequence[str]) -> dict[str, Any]:
    """What is known of watchlists, by field of Knowledge; each of them has been asked for."""
    listed = tuple(sorted(watchlists, key=lambda watchlist: watchlist.id))
    ids = {watchlist.id for watchlist in listed}
    required = tuple(sorted(ids.union(asked)))
    return {
        "index": NameIndex.build(listed),
        "lookups": Lookups(listed),
        "watchlists": listed,
        "snapshots": MappingProxyType({watchlist.id: watchlist.snapshot for watchlist in listed}),
        "asked": required,
        "missing_lists": tuple(name for name in required if name not in ids),
        "stale_lists": lru_cache(_CACHED)(partial(_stale, listed)),
        "lists_in_words": ", ".join(watchlist.id for watchlist in listed) or "no list",
    }


def _bound_by(
    gazetteer: Gazetteer,
    laws: list[Jurisdiction],
    provider: Places,
    sites: Places,
    us_persons: Truth,
    us_parent: Truth,
    as_of: date,
) -> dict[str, Truth]:
    """For each jurisdiction whether it binds a provider in these places; None: place not known."""

    def within(places: Places, groups: Groups) -> list[Truth]:
        return [
            gazetteer.in_group(place, group, as_of=as_of) for place in places for group in groups
        ]

    found = {}
    for law in laws:
        truths = within(provider, law.provider_in) + within(sites, law.site_in)
        truths += [us_persons] * law.us_persons + [us_parent] * (law.us_parent is not None)
        found[law.id] = any_of(truths)
    return dict(sorted(found.items()))


def _place(gazetteer: Gazetteer, text: str, path: str, source: str) -> Fact:
    """A country text as given at a path: its code, or unknown with near spellings."""
    reading = gazetteer.read(text)
    if reading.code is not None:
        return Fact.of(reading.code, source, status="stated", note=reading.note)
    near = f"; near: {', '.join(reading.near)}" if reading.near else ""
    note = f"not a country: {text!r}{near}"
    return Fact.unknown(path, status="unknown", note=note, source=path)


def _tag(programme: str) -> str:
    """A sanctions programme as its tag, however a publisher spaces it: "CAATSA - RUSSIA"."""
    return re.sub(r"[\s_-]+", "-", programme.strip("[] ").upper())


def _stale(watchlists: tuple[Watchlist, ...], as_of: date) -> tuple[str, ...]:
    """The lists that are, or may be, older on a day than their limit."""
    return tuple(w.id for w in watchlists if w.stale(as_of) is not Truth.FALSE)


def threshold_of(entry: Arithmetic) -> Fraction:
    """The regime's threshold as a fraction."""
    return Fraction(entry.threshold)
