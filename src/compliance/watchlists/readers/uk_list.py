"""The UK Sanctions List: what its designations say, whichever of its files they were read from.

Publisher: the Foreign, Commonwealth and Development Office; since 2026-01-28 the only list of the
United Kingdom. https://www.gov.uk/government/publications/the-uk-sanctions-list Its XML states each
designation once (uk_list_xml); its CSV and ODS write a row for each combination of the values that
a designation has several of (uk_list_rows). Invariants:

- the id is the Unique ID ("RUS0123"), and one Unique ID is one entry;
- the name is the first primary name, given names before Name 6; other primary names, variations,
  aliases and names in another script are aliases; "Low quality a.k.a" is a weak alias;
- programmes are the regulations and the sanctions imposed, which tell the measures;
- listed_on is Date Designated; `dates` are the days of updates;
- a day whose parts are written "dd", "mm", "yy", "00" or "--" is as exact as it is written; where
  one of several births cannot be read, none is given, for a wrong one would speak against a hit;
- a label before a registration number ("OGRN: ...") that we know is its scheme, else the number is
  as published; what has no field of its own is in `remarks`, behind its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal, NamedTuple

from compliance.errors import Problem
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import check_entries, once, problem, words
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.measures import measured, spelled

LIST_ID: Final = "uk-sanctions-list"
URL: Final = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
_KINDS: Final[dict[str, ListingKind]] = {
    "individual": "person",
    "entity": "organization",
    "ship": "vessel",
}
_GENDERS: Final[dict[str, Literal["female", "male"]]] = {"female": "female", "male": "male"}
_PRIMARY: Final = "primary name"
_NAMES: Final = frozenset({_PRIMARY, "primary name variation", "alias"})
_LOW: Final = "low quality a.k.a"
_STRENGTHS: Final = frozenset({"", "good quality a.k.a", _LOW})
_DAY: Final = "%d/%m/%Y"
_IMO = re.compile(r"(?i:IMO)?\s*(\d{7})")
_LABELLED = re.compile(r"([^\W\d][^\W\d.]*)\s*:\s*([\w-]*\d[\w-]*)")


class Group(NamedTuple):
    """Values that a designation may have several of: the columns of one, and its XML.

    `path` leads from the designation to an element for each; `parts` are the children that hold
    the columns, none where the element itself holds the one.
    """

    columns: tuple[str, ...]
    path: str
    parts: tuple[str, ...] = ()


# A value that a designation has once: its column, its element.
ONCE: Final[Mapping[str, str]] = {
    "Last Updated": "LastUpdated",
    "Unique ID": "UniqueID",
    "OFSI Group ID": "OFSIGroupID",
    "UN Reference Number": "UNReferenceNumber",
    "Regime Name": "RegimeName",
    "Designation Type": "IndividualEntityShip",
    "Designation source": "DesignationSource",
    "Sanctions Imposed": "SanctionsImposed",
    "Other Information": "OtherInformation",
    "UK Statement of Reasons": "UKStatementofReasons",
    "Date Designated": "DateDesignated",
}
_PARTS: Final = tuple(f"Name {number}" for number in range(1, 7))
_LINES: Final = tuple(f"Address Line {number}" for number in range(1, 7))
_PERSON: Final = "IndividualDetails/Individual/"
_ENTITY: Final = "EntityDetails/Entity/"
_SHIP: Final = "ShipDetails/Ship/"
SEVERAL: Final[Mapping[str, Group]] = {
    "names": Group(
        (*_PARTS, "Name type", "Alias strength"),
        "Names/Name",
        (*(part.replace(" ", "") for part in _PARTS), "NameType", "AliasStrength"),
    ),
    "scripts": Group(
        ("Name non-latin script", "Non-latin script type", "Non-latin script language"),
        "NonLatinNames/NonLatinName",
        ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage"),
    ),
    "titles": Group(("Title",), "Titles/Title"),
    "addresses": Group(
        (*_LINES, "Address Postal Code", "Address Country"),
        "Addresses/Address",
        (*(line.replace(" ", "") for line in _LINES), "AddressPostalCode", "AddressCountry"),
    ),
    "phones": Group(("Phone number",), "PhoneNumbers/PhoneNumber"),
    "websites": Group(("Website",), "Websites/Website"),
    "emails": Group(("Email address",), "EmailAddresses/EmailAddress"),
    "births": Group(("D.O.B",), _PERSON + "DOBs/DOB"),
    "nationalities": Group(("Nationality(/ies)",), _PERSON + "Nationalities/Nationality"),
    "national_ids": Group(
        ("National Identifier number", "National Identifier additional information"),
        _PERSON + "NationalIdentifierDetails/NationalIdentifier",
        ("NationalIdentifierNumber", "NationalIdentifierAdditionalInformation"),
    ),
    "passports": Group(
        ("Passport number", "Passport additional information"),
        _PERSON + "PassportDetails/Passport",
        ("PassportNumber", "PassportAdditionalInformation"),
    ),
    "positions": Group(("Position",), _PERSON + "Positions/Position"),
    "genders": Group(("Gender",), _PERSON + "Genders/Gender"),
    "birthplaces": Group(
        ("Town of birth", "Country of birth"),
        _PERSON + "BirthDetails/Location",
        ("TownOfBirth", "CountryOfBirth"),
    ),
    "types": Group(("Type of entity",), _ENTITY + "TypeOfEntities/TypeOfEntity"),
    "subsidiaries": Group(("Subsidiaries",), _ENTITY + "Subsidiaries/Subsidiary"),
    "parents": Group(("Parent company",), _ENTITY + "ParentCompanies/ParentCompany"),
    "numbers": Group(
        ("Business registration number (s)",),
        _ENTITY + "BusinessRegistrationNumbers/BusinessRegistrationNumber",
    ),
    "imos": Group(("IMO number",), _SHIP + "IMONumbers/IMONumber"),
    "owners": Group(
        ("Current owner/operator (s)",), _SHIP + "CurrentOwnerOperators/CurrentOwnerOperator"
    ),
    "former_owners": Group(
        ("Previous owner/operator (s)",), _SHIP + "PreviousOwnerOperators/PreviousOwnerOperator"
    ),
    "flags": Group(
        ("Current believed flag of ship",),
        _SHIP + "CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip",
    ),
    "former_flags": Group(("Previous flags",), _SHIP + "PreviousFlags/PreviousFlag"),
    "ship_types": Group(("Type of ship",), _SHIP + "TypeOfShipDetails/TypeOfShip"),
    "tonnages": Group(("Tonnage of ship",), _SHIP + "TonnageOfShipDetails/TonnageOfShip"),
    "lengths": Group(("Length of ship",), _SHIP + "LengthOfShipDetails/LengthOfShip"),
    "years": Group(("Year Built",), _SHIP + "YearsBuilt/YearBuilt"),
    "hulls": Group(
        ("Hull identification number (HIN)",),
        _SHIP + "HullIdentificationNumbers/HullIdentificationNumber",
    ),
    "wallets": Group((), "CryptoWalletAddresses/CryptoWalletAddress"),  # in the XML alone
}
_SAID: Final = {
    "titles": "Title",
    "positions": "Position",
    "birthplaces": "Place of birth",
    "types": "Type of entity",
    "parents": "Parent company",
    "subsidiaries": "Subsidiary",
    "owners": "Owner or operator",
    "former_owners": "Former owner or operator",
    "former_flags": "Former flag",
    "ship_types": "Type of ship",
    "tonnages": "Tonnage",
    "lengths": "Length",
    "years": "Built",
    "hulls": "Hull identification number",
    "passports": "Passport",
    "national_ids": "National identifier",
    "websites": "Website",
    "emails": "Email",
    "phones": "Phone",
}
_SAID_ONCE: Final = {
    "UN Reference Number": "UN: ",
    "OFSI Group ID": "OFSI Group ID: ",
    "Designation source": "Source: ",
    "Other Information": "",
    "UK Statement of Reasons": "",
}


@dataclass(slots=True)
class Designation:
    """What one designation says: by column what it says once, by group what it says repeatedly.

    `line` and `column` are where it begins in its file (in a spreadsheet, the row).
    """

    source: str
    line: int
    column: int = 1
    once: dict[str, str] = field(default_factory=dict)
    several: dict[str, dict[tuple[str, ...], None]] = field(default_factory=dict)

    def add(self, group: str, cells: Iterable[str]) -> None:
        """Take up one value of a group, if it says something that was not said before."""
        value = tuple(map(words, cells))
        if any(value):
            self.several.setdefault(group, {})[value] = None

    def of(self, group: str) -> list[tuple[str, ...]]:
        """The values of a group, in the order of the file."""
        return list(self.several.get(group, ()))

    def texts(self, group: str) -> list[str]:
        """The first part of each value of a group that has one."""
        return [value[0] for value in self.of(group) if value[0]]


def watchlist(
    path: Path, list_id: str, published: date, designations: Iterable[Designation]
) -> Watchlist:
    """The list that designations make.

    Raises:
        WatchlistError: with its place, each designation that lacks what it must have or holds a
            word that is not known; no designation; a sanction or a regime that is not known.
    """
    problems: list[Problem] = []
    listings: dict[str, Listing] = {}
    for found in designations:
        faults = list(_faults(found))
        if not faults and found.once["Unique ID"] in listings:
            faults = [f"Unique ID {found.once['Unique ID']} a second time"]
        problems += [problem(path, text, line=found.line, column=found.column) for text in faults]
        if not faults:
            listing = _listing(found, list_id, published)
            listings[listing.id] = listing
    check_entries(path, listings, problems, "no designation")
    whole = Watchlist(
        id=list_id,
        title="UK Sanctions List",
        listings=tuple(listings.values()),
        publisher="FCDO",
        published=published,
        url=URL,
    )
    return measured(whole, LIST_ID, path)


def _faults(found: Designation) -> Iterator[str]:
    for column in ("Unique ID", "Regime Name", "Sanctions Imposed"):
        if not found.once.get(column):
            yield f"no {column}"
    for column in ("Date Designated", "Last Updated"):
        text = found.once.get(column, "")
        if dates.day(text, _DAY) is None:
            yield f"{column} is not a day: {text!r}"
    type_ = found.once.get("Designation Type", "")
    if type_.lower() not in _KINDS:
        yield f"unknown type {type_!r}: Individual, Entity or Ship"
    for *parts, name_type, strength in found.of("names"):
        if name_type.lower() not in _NAMES and any(parts):
            yield f"unknown type of name {name_type!r}"
        if strength.lower().rstrip(".") not in _STRENGTHS:
            yield f"unknown strength of an alias {strength!r}"
    if not any(type_ == _PRIMARY for _, type_, _ in _names(found)):
        yield "no primary name"


def _names(found: Designation) -> list[tuple[str, str, bool]]:
    """Each name as it is said, its type in small letters, and whether it is weak."""
    return [
        (name, name_type.lower(), strength.lower().rstrip(".") == _LOW)
        for *parts, name_type, strength in found.of("names")
        if (name := " ".join(filter(None, parts)))
    ]


def _listing(found: Designation, list_id: str, published: date) -> Listing:
    given = _names(found)
    name = next(text for text, type_, _ in given if type_ == _PRIMARY)
    strong = [text for text, type_, weak in given if not weak or type_ == _PRIMARY]
    aliases = once(text for text in (*strong, *found.texts("scripts")) if text != name)
    weak = once(text for text, _, low in given if low and text not in (name, *aliases))
    births, unread = _births(found.texts("births"))
    genders = {_GENDERS.get(text.lower()) for text in found.texts("genders")}
    updated = dates.day(found.once["Last Updated"], _DAY)
    remarks = [*_remarks(found), *(f"Date of birth: {text}" for text in unread)]
    return Listing(
        id=found.once["Unique ID"],
        list_id=list_id,
        name=name,
        aliases=aliases,
        weak_aliases=weak,
        kind=_KINDS[found.once["Designation Type"].lower()],
        countries=once(
            country(text)
            for text in (*(value[-1] for value in found.of("addresses")), *found.texts("flags"))
            if text
        ),
        nationalities=once(map(country, found.texts("nationalities"))),
        addresses=once(", ".join(filter(None, value)) for value in found.of("addresses")),
        programmes=_programmes(found),
        identifiers=tuple(dict.fromkeys(_numbers(found))),
        listed_on=dates.day(found.once["Date Designated"], _DAY),
        citation=found.once["Regime Name"],
        remarks="; ".join(remarks) or None,
        source=found.source,
        published=published,
        birth_dates=births,
        gender=genders.pop() if len(genders) == 1 else None,
        dates=(Dated("updated", updated),) if updated else (),
    )


def _programmes(found: Designation) -> tuple[str, ...]:
    """The regulations, then the sanctions imposed, each once however it is spelled."""
    said = {spelled(found.once["Regime Name"]): found.once["Regime Name"]}
    for text in (*found.once["Sanctions Imposed"].split("|"), *found.texts("imposed")):
        if words(text):
            said.setdefault(spelled(words(text)), words(text))
    return tuple(said.values())


def _births(texts: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Births as exact as written, and the texts of which one could not be read."""
    found = [dates.partial_day(text) for text in texts]
    return (once(found), []) if all(found) else ((), texts)


def _numbers(found: Designation) -> Iterator[Identifier]:
    for group, scheme in (("passports", "passport"), ("national_ids", "national_id")):
        yield from (Identifier(scheme, text) for text in found.texts(group))
    for text in found.texts("numbers"):
        yield from registrations(text)
    for text in found.texts("imos"):
        number = _IMO.fullmatch(text)
        yield Identifier("imo", number[1] if number else text)
    yield from (Identifier("wallet", text) for text in found.texts("wallets"))


def registrations(text: str) -> tuple[Identifier, ...]:
    """The numbers of a cell: by their labels where all of them are known, else as published."""
    labelled = [
        (schemes().named(label), value) for label, value in _LABELLED.findall(text) if value
    ]
    rest = _LABELLED.sub("", text).strip(" ,;/")
    if not labelled or rest or None in (scheme for scheme, _ in labelled):
        return (Identifier("registration", text),)
    return tuple(Identifier(scheme, value) for scheme, value in labelled if scheme)


def _remarks(found: Designation) -> Iterator[str]:
    for column, label in _SAID_ONCE.items():
        if text := words(found.once.get(column)):
            yield label + text
    for group, label in _SAID.items():
        for value in found.of(group):
            number, *more = value
            if group in ("passports", "national_ids"):  # the number is an identifier
                text = ", ".join(filter(None, more))
            else:
                text = ", ".join(filter(None, (number, *more)))
            if text:
                yield f"{label}: {text}"
    unknown = [text for text in found.texts("nationalities") if country(text) is None]
    yield from (f"Nationality: {text}" for text in unknown)
