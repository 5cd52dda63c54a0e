"""What the screener knows besides the contract: places, chips, lists, regimes, jurisdictions.

All of it is loaded once from the rule folder and never changes while screening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from compliance.chips import Catalogue
from compliance.memo import Memo
from compliance.model.explanation import ExplanationKind
from compliance.model.truth import Truth
from compliance.places import AddressTexts, Gazetteer
from compliance.policies.fact import Fact
from compliance.screening.authorities import FILE as AUTHORITIES
from compliance.screening.authorities import Authorities, AuthoritiesFile
from compliance.screening.closed_lists import FILE as CLOSED_LISTS
from compliance.screening.closed_lists import ClosedList, ClosedListsFile, closed_on
from compliance.screening.contact_data import ContactData
from compliance.screening.holding_arithmetic import Arithmetic, StateOwnership
from compliance.screening.identifier_lookups import Lookups
from compliance.screening.jurisdictions import (
    Groups,
    Jurisdiction,
    JurisdictionFile,
    Places,
    bound_by,
)
from compliance.screening.regimes import REGIMES, LicensePolicy, Regime, RegimesFile, check_measures
from compliance.screening.settings import (
    Addressees,
    CurrenciesFile,
    ExplanationRule,
    ExplanationsFile,
    Scoring,
    ScoringFile,
    Settings,
    SettingsFile,
)
from compliance.tables import read_table
from compliance.tables.thresholds import FILE as THRESHOLDS
from compliance.tables.thresholds import checked
from compliance.watchlists import NameIndex, Watchlist
from compliance.watchlists.measures import known as known_measures

_Bound = tuple[Places, Places, Truth, Truth, date]


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
    state_ownership: StateOwnership
    addressees: Addressees
    jurisdictions: tuple[Jurisdiction, ...]
    authorities: Authorities = field(repr=False)
    law_of: Mapping[str, Groups] = field(repr=False)
    not_modeled: Mapping[str, str] = field(repr=False)
    not_covered: tuple[str, ...]
    closed_lists: Mapping[str, ClosedList] = field(repr=False)
    settings: Settings
    scoring: Scoring
    explanations: Mapping[ExplanationKind, ExplanationRule]
    answers: Mapping[str, frozenset[str]]
    in_dollars: Mapping[str, list[Decimal]]
    missing_lists: tuple[str, ...]
    weighty_measures: frozenset[str]
    measures_listed: frozenset[str]
    lists_in_words: str
    _places: Memo[tuple[str, str, str], Fact] = field(default_factory=Memo, init=False, repr=False)
    _regions: Memo[AddressTexts, str | None] = field(default_factory=Memo, init=False, repr=False)
    _bound: Memo[_Bound, dict[str, Truth]] = field(default_factory=Memo, init=False, repr=False)
    _stale: Memo[date, tuple[str, ...]] = field(default_factory=Memo, init=False, repr=False)

    @classmethod
    def load(
        cls,
        rules: Path,
        watchlists: Sequence[Watchlist],
        asked: Sequence[str] | None = None,
    ) -> Knowledge:
        """Read everything under a rule folder; `asked` names the lists that must be consulted."""
        gazetteer = Gazetteer.load(rules)
        ownership = read_table(rules / REGIMES, RegimesFile)
        regimes = ownership.regimes
        check_measures(rules, regimes)
        places = read_table(rules / "data" / "jurisdictions.yaml", JurisdictionFile)
        closed = MappingProxyType(read_table(rules / CLOSED_LISTS, ClosedListsFile).closed)
        money = read_table(rules / "data" / "currencies.yaml", CurrenciesFile)
        evidence = read_table(rules / "data" / "explanations.yaml", ExplanationsFile)
        return cls(
            gazetteer=gazetteer,
            contact_data=ContactData.load(rules),
            catalogue=Catalogue.load(rules),
            regimes=tuple(sorted(regimes, key=lambda regime: regime.id)),
            license_policies=tuple(ownership.license_policies),
            in_sum=ownership.in_sum,
            state_ownership=read_table(rules / "data" / "state_ownership.yaml", StateOwnership),
            addressees=read_table(rules / "data" / "addressees.yaml", Addressees),
            jurisdictions=tuple(sorted(places.jurisdictions, key=lambda place: place.id)),
            authorities=Authorities.of(
                read_table(rules / AUTHORITIES, AuthoritiesFile).authorities,
                gazetteer,
                str(rules / AUTHORITIES),
            ),
            law_of=MappingProxyType(places.law_of),
            not_modeled=MappingProxyType(places.not_modeled),
            not_covered=tuple(places.not_covered),
            closed_lists=closed,
            settings=read_table(checked(rules / THRESHOLDS), SettingsFile).settings,
            scoring=read_table(rules / "scoring.yaml", ScoringFile).scoring,
            in_dollars=MappingProxyType(money.in_dollars),
            explanations=MappingProxyType(evidence.kinds),
            answers=MappingProxyType({k: frozenset(v) for k, v in evidence.answers.items()}),
            weighty_measures=frozenset[str]().union(*(regime.measures for regime in regimes)),
            **_of_lists(watchlists, asked or ()),
        )

    def consulting(self, watchlists: Sequence[Watchlist]) -> Knowledge:
        """The same, and what is on these lists."""
        by_id = {w.id: w for w in (*self.watchlists, *watchlists)}
        found = _of_lists(tuple(by_id.values()), self.asked, self.index)
        return replace(self, **found)

    def place(self, text: str, path: str, source: str) -> Fact:
        """A country text as given at a path: its code, or unknown with near spellings."""
        asked = text, path, source
        try:
            return self._places[asked]
        except KeyError:
            return self._places.keep(asked, self._place(*asked))

    def _place(self, text: str, path: str, source: str) -> Fact:
        reading = self.gazetteer.read(text)
        if reading.code is not None:
            return Fact.of(reading.code, source, status="stated", note=reading.note)
        near = f"; near: {', '.join(reading.near)}" if reading.near else ""
        note = f"not a country: {text!r}{near}"
        return Fact.unknown(path, status="unknown", note=note, source=path)

    def region(self, address: AddressTexts) -> str | None:
        """The ISO 3166-2 region of an address, or None where nothing in it shows one."""
        try:
            return self._regions[address]
        except KeyError:
            return self._regions.keep(address, self.gazetteer.region(address))

    def bound_by(
        self, provider: Places, sites: Places, us_persons: Truth, us_parent: Truth, as_of: date
    ) -> dict[str, Truth]:
        """For each jurisdiction whether it binds a provider in these places on a day."""
        asked = provider, sites, us_persons, us_parent, as_of
        try:
            return self._bound[asked]
        except KeyError:
            return self._bound.keep(asked, bound_by(self.gazetteer, self.jurisdictions, *asked))

    def stale_lists(self, as_of: date) -> tuple[str, ...]:
        """The lists that are, or may be, older on a day than their limit, or that are closed."""
        try:
            return self._stale[as_of]
        except KeyError:
            stale = (
                watchlist.id
                for watchlist in self.watchlists
                if watchlist.stale(as_of) is not Truth.FALSE
                or closed_on(self.closed_lists, watchlist.id, as_of)
            )
            return self._stale.keep(as_of, tuple(stale))

    def domains(self) -> dict[str, frozenset[str]]:
        """The closed sets of values that live in data, as fields name them."""
        return {
            "measures": known_measures(),
            "jurisdictions": frozenset(place.id for place in self.jurisdictions),
            "authorities": frozenset(self.authorities.by_id),
            "ownership_rules": frozenset(regime.id for regime in self.regimes),
            "license_policies": frozenset(policy.id for policy in self.license_policies),
            "paragraphs": frozenset(
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


def _of_lists(
    watchlists: Sequence[Watchlist],
    asked: Sequence[str],
    index: NameIndex | None = None,
) -> dict[str, Any]:
    """What is known of watchlists, by field of Knowledge; each of them has been asked for.

    `index`: of other lists, from which theirs is made at the cost of the names it does not know.
    """
    listed = tuple(sorted(watchlists, key=lambda watchlist: watchlist.id))
    ids = {watchlist.id for watchlist in listed}
    required = tuple(sorted(ids.union(asked)))
    return {
        "index": NameIndex.build(listed) if index is None else index.rebuilt(listed),
        "lookups": Lookups(listed),
        "watchlists": listed,
        "measures_listed": frozenset(
            measure
            for watchlist in listed
            for listing in watchlist.listings
            for measure in listing.measures
        ),
        "snapshots": MappingProxyType({watchlist.id: watchlist.snapshot for watchlist in listed}),
        "asked": required,
        "missing_lists": tuple(name for name in required if name not in ids),
        "lists_in_words": ", ".join(watchlist.id for watchlist in listed) or "no list",
    }
