"""The "eu-fsf-csv" format: the EU's consolidated list of financial sanctions, CSV 1.1.

The same list as the XML, with a semicolon between 118 columns: what an entity says once in each
row, and beside it one name, address, birth, document or citizenship. Rows of one Entity_LogicalId
are one entity; their values become the elements of the XML, which eu_fsf reads. Invariants:

- every column is known and there; the day of the list is the same in each row;
- the file does not say which names are weak: only a remark ("low quality") makes a name weak here;
- an entity has the regulations of all of its rows, each once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, SubElement  # elements are built here, not parsed

from compliance.errors import Problem, WatchlistError
from compliance.watchlists import dates
from compliance.watchlists.list_file import defect, problem, rows
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.own_list import suggestion
from compliance.watchlists.readers import eu_fsf

_DAY: Final = "fileGenerationDate"
_NUMBER: Final = "Entity_LogicalId"
_REMARK: Final = "Remark"
_ENTITY: Final = MappingProxyType(
    {
        "LogicalId": "logicalId",
        "EU_ReferenceNumber": "euReferenceNumber",
        "UnitedNationId": "unitedNationId",
        "DesignationDate": "designationDate",
        "DesignationDetails": "designationDetails",
    }
)
_SUBJECT: Final = MappingProxyType(
    {"SubjectType": "classificationCode", "SubjectType_ClassificationCode": "code"}
)
_REGULATION: Final = MappingProxyType(
    {
        "Type": "regulationType",
        "OrganisationType": "organisationType",
        "PublicationDate": "publicationDate",
        "EntryIntoForceDate": "entryIntoForceDate",
        "NumberTitle": "numberTitle",
        "Programme": "programme",
    }
)
_URL: Final = "PublicationUrl"
_PLACE: Final = ("Region", "CountryIso2Code", "CountryDescription")
_OWN: Final = ("LogicalId", "RegulationLanguage")
# The prefix of a group of columns, its element, and the columns behind the prefix. A column is the
# attribute of its name, with a small letter first, but for those below.
_GROUPS: Final = (
    ("NameAlias", "nameAlias",
     ("LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender", "Title",
      "Function", *_OWN)),
    ("Address", "address",
     ("City", "Street", "PoBox", "ZipCode", "Place", "AsAtListingTime", *_PLACE, *_OWN)),
    ("BirthDate", "birthdate",
     ("BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa",
      "CalendarType", "ZipCode", "Place", "City", *_PLACE, *_OWN)),
    ("Identification", "identification",
     ("Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost", "RevokedByIssuer",
      "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument",
      "TypeCode", "TypeDescription", *_PLACE, *_OWN)),
    ("Citizenship", "citizenship", (*_PLACE, *_OWN)),
)  # fmt: skip
_OTHERWISE: Final = MappingProxyType(
    {
        "BirthDate_BirthDate": "birthdate",
        "BirthDate_Day": "dayOfMonth",
        "BirthDate_Month": "monthOfYear",
        "Identification_IssuedDate": "issueDate",
        "Identification_TypeCode": "identificationTypeCode",
        "Identification_TypeDescription": "identificationTypeDescription",
    }
)
_CONTACT: Final = "Address_ContactInfo"
_OF_A_VALUE: Final = tuple(f"Regulation_{name}" for name in (*_REGULATION, _URL))
_COLUMNS: Final = frozenset(
    (
        _DAY,
        *(f"Entity_{name}" for name in (*_ENTITY, *_SUBJECT, _REMARK, *_OF_A_VALUE)),
        *(f"{prefix}_{name}" for prefix, _, names in _GROUPS
          for name in (*names, _REMARK, *_OF_A_VALUE)),
        _CONTACT,
    )
)  # fmt: skip


def read_csv(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "eu-fsf".

    Raises:
        WatchlistError: with its line, a row of another length, a column that is not known or is
            missing, another day of the list, rows of one entity that contradict each other; as
            `eu_fsf.watchlist`.
    """
    found = rows(path, delimiter=";")
    line, header = next(found, (1, []))
    header = [column.strip() for column in header]
    _check(path, line, header)
    reading = _Reading(path)
    for line, cells in found:
        if len(cells) != len(header):
            message = f"{len(cells)} cells where the header has {len(header)}"
            reading.fault(line, message)
        elif any(cell.strip() for cell in cells):
            reading.take(line, dict(zip(header, map(str.strip, cells), strict=True)))
    if reading.problems:
        raise WatchlistError(reading.problems)
    if reading.published is None:
        raise defect(path, "no rows")
    entities = reading.entities()
    return eu_fsf.watchlist(path, id or eu_fsf.LIST_ID, reading.published, entities)


def _check(path: Path, line: int, header: list[str]) -> None:
    found = [
        problem(path, f"unknown column {name!r}", line=line, hint=suggestion(name, _COLUMNS))
        for name in header
        if name not in _COLUMNS
    ]
    found += [
        problem(path, f"column {name!r} twice", line=line)
        for name in sorted({name for name in header if header.count(name) > 1})
    ]
    if missing := sorted(_COLUMNS - set(header)):
        found.append(problem(path, f"missing columns: {', '.join(missing)}", line=line))
    if found:
        raise WatchlistError(found)


@dataclass(slots=True)
class _Entity:
    """An entity, the line on which it began, and what is in it already."""

    line: int
    element: Element
    once: dict[str, str]
    inside: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(slots=True)
class _Reading:
    """The rows of one file, taken one by one."""

    path: Path
    published: date | None = None
    found: dict[str, _Entity] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, message: str) -> None:
        """Note what is wrong with a row."""
        self.problems.append(problem(self.path, message, line=line))

    def entities(self) -> Iterator[tuple[int, str, Element]]:
        """Each entity with its line and its number, in the order of the file."""
        for number, entity in self.found.items():
            yield entity.line, number, entity.element

    def take(self, line: int, row: Mapping[str, str]) -> None:
        """Take up what a row says of its entity."""
        day = dates.day(row[_DAY], "%d/%m/%Y")
        if day is None or self.published not in (None, day):
            self.fault(line, f"{_DAY} is {row[_DAY]!r}, not the day of the list")
            return
        self.published = day
        number = row[_NUMBER]
        if not number:
            self.fault(line, f"no {_NUMBER}")
            return
        once = {name: row[f"Entity_{name}"] for name in (*_ENTITY, *_SUBJECT)}
        entity = self.found.get(number)
        if entity is None:
            entity = self.found[number] = _Entity(line, _element(once), once)
        for name in (name for name in once if once[name] != entity.once[name]):
            message = f"Entity_{name} of {number} is {once[name]!r}, and {entity.once[name]!r}"
            self.fault(line, f"{message} on line {entity.line}")
        _add(entity, row)


def _element(once: Mapping[str, str]) -> Element:
    given = {key: once[name] for name, key in _ENTITY.items() if once[name]}
    element = Element("sanctionEntity", given)
    SubElement(element, "subjectType", {key: once[name] for name, key in _SUBJECT.items()})
    return element


def _add(entity: _Entity, row: Mapping[str, str]) -> None:
    """Put each value of a row into its entity that is not there yet."""
    if text := row["Entity_Remark"]:
        _put(entity, "remark", {}, text)
    acts = {key: row[f"Entity_Regulation_{name}"] for name, key in _REGULATION.items()}
    _put(entity, "regulation", acts)
    for prefix, tag, names in _GROUPS:
        given = {_attribute(prefix, name): row[f"{prefix}_{name}"] for name in names}
        contact = row[_CONTACT] if tag == "address" else ""
        _put(entity, tag, given, remark=row[f"{prefix}_{_REMARK}"], contact=contact)


def _attribute(prefix: str, name: str) -> str:
    return _OTHERWISE.get(f"{prefix}_{name}", name[0].lower() + name[1:])


def _put(
    entity: _Entity,
    tag: str,
    given: Mapping[str, str],
    text: str = "",
    *,
    remark: str = "",
    contact: str = "",
) -> None:
    key = (tag, *given.values(), text, remark, contact)
    if key in entity.inside or not any(key[1:]):
        return
    entity.inside.add(key)
    element = SubElement(
        entity.element, tag, {name: value for name, value in given.items() if value}
    )
    element.text = text
    if remark:
        SubElement(element, "remark").text = remark
    if contact:
        SubElement(element, "contactInfo", {"key": "Contact", "value": contact})
