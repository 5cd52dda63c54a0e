"""Law that no rule speaks for: that of the sites, of the provider, and of where goods leave.

A policy names its jurisdiction; `rules/data/jurisdictions.yaml` says for which countries those of a
jurisdiction speak (`law_of`). Every other country is named in the coverage of the decision, and so
is a place that is not known: nobody may take silence about Singapore for the law of Singapore.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from compliance.model.outcome import State
from compliance.model.truth import Truth
from compliance.places import Gazetteer
from compliance.policies.policy import Policy

Countries = frozenset[str | None]
"""Codes of countries; None where one is not known."""

_CACHED: Final = 4096
_SPEAK_NOT: Final = frozenset({State.PROPOSED, State.REPEALED})
_SITE: Final = "host-country law of the site"
_UNKNOWN_SITE: Final = "a site whose country is not known"
_PROVIDER: Final = "law that binds the provider"
_SHIPMENT: Final = "export law of the place from which hardware is shipped"
_USUAL: Final = "export control, sanctions"


def not_covered(
    policies: Sequence[Policy],
    law_of: Mapping[str, Sequence[str]],
    not_modeled: Mapping[str, str],
    gazetteer: Gazetteer,
) -> Callable[[Countries, Countries, Countries, date], tuple[str, ...]]:
    """For the countries of the sites, of the provider and of shipment: what no rule speaks for.

    Sorted by country, the unknown ones last; the answers are kept, so that a contract costs one
    look-up.
    """

    @lru_cache(_CACHED)
    def speaking(as_of: date) -> tuple[str, ...]:
        """The countries and groups for whose law some policy of the day speaks."""
        standing = {
            policy.jurisdiction
            for policy in policies
            if (period := policy.period(as_of)) is not None and period.state not in _SPEAK_NOT
        }
        return tuple(
            group
            for jurisdiction, groups in sorted(law_of.items())
            if jurisdiction in standing
            for group in groups
        )

    @lru_cache(_CACHED)
    def told(
        sites: Countries, provider: Countries, shipment: Countries, as_of: date
    ) -> tuple[str, ...]:
        groups = speaking(as_of)
        asked = ((_SITE, sites), (_PROVIDER, provider), (_SHIPMENT, shipment))
        lines = []
        for code in sorted((sites | provider | shipment) - {None}, key=str):
            truths = (gazetteer.in_group(code, group, as_of=as_of) for group in groups)
            if Truth.TRUE in truths:
                continue
            which = [law for law, countries in asked if code in countries]
            what = not_modeled.get(str(code), _USUAL)
            name = gazetteer.name(str(code))
            lines.append(f"{name}: {' and '.join(which)} ({what}): no rule covers it")
        if None in sites:
            lines.append(f"{_UNKNOWN_SITE}: {_SITE}: no rule can be said to cover it")
        return tuple(lines)

    return told
