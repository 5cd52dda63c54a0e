"""The fields about contact data and industry of a party."""

from __future__ import annotations

from typing import Final

from compliance.policies.word import Word

CONTACT: Final = (
    Word(
        "party.contact_countries",
        "countries",
        "countries of its telephone numbers, mail addresses and website, where a rule names them",
    ),
    Word("party.contact_regions", "texts", "ISO 3166-2 regions of the same"),
    Word(
        "party.contact_elsewhere",
        "countries",
        "the country to which all its contact data point, where neither it nor a parent is",
    ),
    Word(
        "party.sensitive_industries",
        "choices",
        "sensitive industries that its description of its business names",
        "what it makes, and for whom",
        ("weapons", "military", "nuclear", "surveillance"),
    ),
    Word(
        "party.ownership.summed",
        "texts",
        "lines of owners that sum up several holders: how many, with how much together",
        "the names of the holders",
    ),
    Word(
        "party.ownership.summed_at_least",
        "share",
        "the largest part that one holder of such a line has for certain",
        "the names of the holders",
    ),
    Word(
        "party.website_age_days", "number", "days from the first day of its website to the signing"
    ),
)
