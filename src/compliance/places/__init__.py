"""Places: countries, regions that rules name, and dated country groups.

Texts are read into ISO codes exactly or not at all; membership in a group is true, false or
unknown on a day. The functions here ask the gazetteer of the embedded rules.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from compliance.model.truth import Truth
from compliance.places.country_text import AddressTexts, CountryReading
from compliance.places.gazetteer import Gazetteer
from compliance.places.groups import Membership

__all__ = [
    "AddressTexts",
    "CountryReading",
    "Gazetteer",
    "Membership",
    "country",
    "embedded",
    "in_group",
]


@cache
def embedded() -> Gazetteer:
    """The gazetteer of the embedded rules, read once."""
    return Gazetteer.load()


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code that `text` names, or None: unknown is never a guess."""
    return embedded().country(text)


def in_group(code: str | None, group: str, *, as_of: date) -> Truth:
    """Whether a country is in a group ("D:5", "EU", or a code such as "CN") on a day.

    Raises:
        UnknownNameError: there is no such group.
    """
    return embedded().in_group(code, group, as_of=as_of)
