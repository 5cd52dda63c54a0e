"""Who is bound by whose law, and for the law of which countries rules speak.

`rules/data/jurisdictions.yaml`: a provider is bound by where it is, where the site is, who acts and
who owns it; each law binds on its own, whatever another says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from compliance.model.truth import Truth, any_of
from compliance.places import Gazetteer
from compliance.screening.holding_arithmetic import Arithmetic
from compliance.tables import Strict

Groups = Annotated[tuple[str, ...], Field(strict=False)]
Places = tuple[str | None, ...]


class Jurisdiction(Strict):
    """Who is bound: by where the provider is, where the site is, who acts, who owns it.

    `us_parent` is how much somebody of `provider_in` must hold for the provider to be its own.
    """

    id: str
    title: str
    provider_in: Groups
    site_in: Groups = ()
    us_persons: bool = False
    us_parent: Arithmetic | None = None


class JurisdictionFile(Strict):
    """rules/data/jurisdictions.yaml."""

    version: int = Field(alias="schema")
    jurisdictions: list[Jurisdiction]
    law_of: dict[str, Groups]
    not_modeled: dict[str, str]
    not_covered: list[str]


def bound_by(
    gazetteer: Gazetteer,
    laws: Iterable[Jurisdiction],
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
