"""Parts of OFAC's advanced XML: its words behind numbers, places, days and names.

Every value is told by a number that a reference set at the head of the file explains.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from compliance.files import Placed
from compliance.watchlists.list_file import child_text, defect, words

_SETS: Final = (
    "AliasType", "AreaCode", "Country", "DetailReference", "EntryEventType", "FeatureType",
    "IDRegDocType", "List", "LocPartType", "NamePartType", "PartySubType", "PartyType",
    "RelationType", "SanctionsType", "Script",
)  # fmt: skip
# The order of the publisher's other files; the country follows.
_ADDRESS: Final = (
    "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION",
    "Unknown",
)  # fmt: skip
_SURNAMES: Final = frozenset({"Last Name", "Maiden Name", "Matronymic"})
_LATIN: Final = "Latin"


@dataclass(frozen=True, slots=True)
class References:
    """The words of each reference set by number."""

    path: Path
    sets: Mapping[str, Mapping[str, str]]
    party_types: Mapping[str, str]

    @classmethod
    def of(cls, path: Path, found: Placed) -> References:
        """From the element ReferenceValueSets.

        Raises:
            WatchlistError: a set that is needed is missing, or a value without its number.
        """
        sets: dict[str, dict[str, str]] = {}
        party_types: dict[str, str] = {}
        for values in found.element:
            name = values.tag.removesuffix("Values")
            for value in values:
                number = value.get("ID")
                if number is None:
                    message = f"a {value.tag} of {values.tag} without its ID"
                    raise defect(path, message, line=found.line, column=found.column)
                text = words(value.text) or words(value.get("Description"))
                sets.setdefault(name, {})[number] = text
                if name == "PartySubType":
                    party_types[number] = value.get("PartyTypeID", "")
        missing = [f"{name}Values" for name in _SETS if name not in sets]
        if missing:
            message = f"no {', '.join(missing)}"
            raise defect(path, message, line=found.line, column=found.column)
        return cls(path, sets, party_types)

    def word(self, name: str, number: str, at: Placed) -> str:
        """The word of a set behind a number.

        Raises:
            WatchlistError: the set has no such number, with the place of the record.
        """
        word = self.sets[name].get(number)
        if word is None:
            message = f"{name}Values has no {number!r}, which a {at.element.tag} names"
            raise defect(self.path, message, line=at.line, column=at.column)
        return word

    def party_type(self, number: str, at: Placed) -> str:
        """Individual, Entity, Vessel or Aircraft: the kind of a party by its sub-type.

        Raises:
            WatchlistError: as `word`.
        """
        word = self.word("PartySubType", number, at)
        if word not in ("", "Unknown"):
            return word
        return self.word("PartyType", self.party_types[number], at)


@dataclass(frozen=True, slots=True)
class Location:
    """A place: its address in one line, and the name of its country."""

    address: str
    country: str


def location(references: References, found: Placed) -> Location:
    """The place of an element Location."""
    parts: dict[str, list[str]] = {}
    for part in found.element.findall("LocationPart"):
        type_ = references.word("LocPartType", part.get("LocPartTypeID"), found)
        texts = [child_text(value, "Value") for value in part.findall("LocationPartValue")]
        parts.setdefault(type_, []).extend(texts)
    names = [
        references.word("Country", item.get("CountryID"), found)
        for item in found.element.findall("LocationCountry")
    ]
    names += [
        references.word("AreaCode", item.get("AreaCodeID"), found)
        for item in found.element.findall("LocationAreaCode")
    ]
    country = next((name for name in names if name and name != "undetermined"), "")
    others = sorted(parts.keys() - set(_ADDRESS))
    ordered = [text for name in (*_ADDRESS, *others) for text in parts.get(name, ()) if text]
    line = ", ".join([*ordered, *filter(None, [country])])
    return Location(line, country or next(iter(ordered), ""))


def day(element: Any) -> date | None:
    """The day that Year, Month and Day of an element are; None where they are none."""
    if element is None:
        return None
    texts = [child_text(element, tag) for tag in ("Year", "Month", "Day")]
    try:
        year, month, number = map(int, texts)
        return date(year, month, number)
    except ValueError:
        return None


def period(element: Any) -> str | None:
    """A DatePeriod as `Listing.birth_dates` has it: as exact as it is written.

    The whole of a month is that month, of a year that year; what is approximate is a year before
    and after; any other span is its years.
    """
    first, last = day(element.find("Start/From")), day(element.find("End/To"))
    first = first or day(element.find("Start/To"))
    last = last or day(element.find("End/From")) or day(element.find("Start/To")) or first
    if first is None or last is None:
        return None
    around = [part.get("Approximate", "false") for part in element if part.tag in ("Start", "End")]
    if "true" in around:
        wider = 1 if first.year == last.year else 0
        return f"{first.year - wider}/{last.year + wider}"
    if first == last:
        return first.isoformat()
    if first.year != last.year:
        return f"{first.year}/{last.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}"
    end = calendar.monthrange(last.year, last.month)[1]
    if first.month == last.month and (first.day, last.day) == (1, end):
        return first.isoformat()[:7]
    return f"{first.year}/{last.year}"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a party, "LAST, First" in Latin; a name in another script is not."""

    text: str
    primary: bool
    weak: bool
    latin: bool


def names(references: References, identity: Any, at: Placed) -> Iterator[Name]:
    """The names of an element Identity, in the order of the file."""
    groups = {
        group.get("ID"): references.word("NamePartType", group.get("NamePartTypeID"), at)
        for group in identity.findall("NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    for alias in identity.findall("Alias"):
        references.word("AliasType", alias.get("AliasTypeID"), at)  # known, whatever it is
        for documented in alias.findall("DocumentedName"):
            values = documented.findall("DocumentedNamePart/NamePartValue")
            scripts = {
                references.word("Script", value.get("ScriptID"), at)
                for value in values
                if value.get("ScriptID")
            }
            text = _written(values, groups)
            if text:
                yield Name(
                    text,
                    primary=alias.get("Primary") == "true",
                    weak=alias.get("LowQuality") == "true",
                    latin=scripts <= {_LATIN},
                )


def _written(values: list[Any], groups: Mapping[str, str]) -> str:
    """The parts of a name with the surnames first, as OFAC's other files write it."""
    surnames: list[str] = []
    others: list[str] = []
    for value in values:
        surname = groups.get(value.get("NamePartGroupID")) in _SURNAMES
        (surnames if surname else others).append(words(value.text))
    return ", ".join(filter(None, (" ".join(surnames), " ".join(others))))
