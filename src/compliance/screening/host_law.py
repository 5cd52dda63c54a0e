"""Law that no rule speaks for: that of the sites, of the provider, and of where goods leave.

A policy names its jurisdiction; `rules/data/jurisdictions.yaml` says for which countries those of a
jurisdiction speak (`law_of`). Every other country is named in the coverage of the decision, and so
is a place that is not known: nobody may take silence about Singapore for the law of Singapore.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from compliance.memo import Memo
from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.places import Gazetteer
from compliance.policies.policy import Policy

Countries = frozenset[str | None]
"""Codes of countries; None where one is not known."""

_SPEAK_NOT: Final = frozenset({State.PROPOSED, State.REPEALED})
_SITE: Final = "host-country law of the site"
_UNKNOWN_SITE: Final = "a site whose country is not known"
_PROVIDER: Final = "law that binds the provider"
_SHIPMENT: Final = "export law of the place from which hardware is shipped"
_USUAL: Final = "export control, sanctions"


class UncoveredLaw:
    """Says for which countries no rule speaks; its answers are kept."""

    def __init__(
        self,
        policies: Sequence[Policy],
        law_of: Mapping[str, Sequence[str]],
        not_modeled: Mapping[str, str],
        gazetteer: Gazetteer,
    ) -> None:
        self._policies, self._law_of = policies, law_of
        self._not_modeled, self._gazetteer = not_modeled, gazetteer
        self._speaking: Memo[date, tuple[str, ...]] = Memo()
        self._told: Memo[tuple[Countries, Countries, Countries, date], tuple[str, ...]] = Memo()

    def told(
        self, sites: Countries, provider: Countries, shipment: Countries, as_of: date
    ) -> tuple[str, ...]:
        """What no rule speaks for of the countries of sites, provider and shipment.

        Sorted by country, the unknown ones last.
        """
        asked = sites, provider, shipment, as_of
        try:
            return self._told[asked]
        except KeyError:
            return self._told.keep(asked, tuple(self._lines(*asked)))

    def _lines(
        self, sites: Countries, provider: Countries, shipment: Countries, as_of: date
    ) -> Iterator[str]:
        groups, gazetteer = self._groups(as_of), self._gazetteer
        asked = ((_SITE, sites), (_PROVIDER, provider), (_SHIPMENT, shipment))
        for code in sorted((sites | provider | shipment) - {None}, key=str):
            truths = (gazetteer.in_group(code, group, as_of=as_of) for group in groups)
            if Truth.TRUE in truths:
                continue
            which = [law for law, countries in asked if code in countries]
            what = self._not_modeled.get(str(code), _USUAL)
            name = gazetteer.name(str(code))
            yield f"{name}: {' and '.join(which)} ({what}): no rule covers it"
        if None in sites:
            yield f"{_UNKNOWN_SITE}: {_SITE}: no rule can be said to cover it"

    def _groups(self, as_of: date) -> tuple[str, ...]:
        """The countries and groups for whose law some policy of the day speaks."""
        try:
            return self._speaking[as_of]
        except KeyError:
            standing = {
                policy.jurisdiction
                for policy in self._policies
                if (period := policy.period(as_of)) is not None and period.state not in _SPEAK_NOT
            }
            groups = (self._law_of[each] for each in sorted(self._law_of) if each in standing)
            return self._speaking.keep(as_of, tuple(chain.from_iterable(groups)))
