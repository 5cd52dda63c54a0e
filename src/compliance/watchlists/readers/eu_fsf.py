"""The EU's consolidated list of financial sanctions: "eu-fsf-xml", and what its entities mean.

Publisher: the European Commission (Financial Sanctions Files); the Official Journal alone is
authentic. https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities

XML 1.1 (schema_1_1.xsd): one root export, whose generationDate is the day of the list, with one
sanctionEntity for each listing, in file order; all values are attributes. The CSV 1.1 of the same
list is read by eu_fsf_csv into the same elements. Invariants:

- the id is euReferenceNumber ("EU.27.28"), else logicalId, which a new entry has alone; without
  both, or one of two entries, the file is refused;
- the publisher marks no first name: the name is the first strong one in English or without a
  language, else the first strong one, else the first. A nameAlias with strong="false", or which its
  remark calls of low quality, is weak, every other is an alias; a name of weak ones only is weak;
- a regulation here is the last act that touched the entry, seldom the one that listed it: its
  number is the citation, its days are "published" and "in force" of `dates`. listed_on is
  designationDate alone (where the UN designated a party, it may be the UN's day);
- a country's code counts, else its name; "00" and "UNKNOWN" are none;
- circa is a range of a year before and after; births of another calendar are left out;
- numbers are of the type that their code says ("id" is a national_id), of any other code a
  document; "-" is none. Function, title, place of birth, contacts and UN number stay in `remarks`;
- delisted_on is delistingDate, where an entity has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from compliance.errors import Problem
from compliance.files import outline
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import (
    check_entries,
    check_words,
    child_text,
    defect,
    once,
    placed,
    problem,
    root_attributes,
    words,
)
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured

LIST_ID: Final = "eu-fsf"
URL: Final = (
    "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities"
    "-subject-to-eu-financial-sanctions"
)
_SHAPE: Final = outline("""
export @generationDate @globalFileId?
  sanctionEntity* @logicalId? @euReferenceNumber? @unitedNationId? @designationDate? \
      @designationDetails? @delistingDate?
    remark*
    additionalInformation* @* ...
    regulation* @logicalId? @regulationType? @organisationType? @publicationDate? \
        @entryIntoForceDate? @numberTitle? @programme?
      remark*
      additionalInformation* @* ...
      publicationUrl?
      corrigendum* @* ...
    subjectType? @code @classificationCode?
    nameAlias* @logicalId? @regulationLanguage? @firstName? @middleName? @lastName? @wholeName? \
        @function? @gender? @title? @nameLanguage? @strong?
      remark*
      additionalInformation* @* ...
      regulationSummary* @* ...
    citizenship* @logicalId? @regulationLanguage? @acquisitionDate? @disenfranchisementDate? \
        @region? @countryIso2Code? @countryDescription?
      remark*
      additionalInformation* @* ...
      regulationSummary* @* ...
    birthdate* @logicalId? @regulationLanguage? @circa? @calendarType? @city? @zipCode? \
        @birthdate? @dayOfMonth? @monthOfYear? @year? @yearRangeFrom? @yearRangeTo? @region? \
        @place? @countryIso2Code? @countryDescription?
      remark*
      additionalInformation* @* ...
      regulationSummary* @* ...
    address* @logicalId? @regulationLanguage? @city? @street? @poBox? @zipCode? @region? \
        @place? @asAtListingTime? @countryIso2Code? @countryDescription?
      remark*
      additionalInformation* @* ...
      regulationSummary* @* ...
      contactInfo* @key? @value?
    identification* @logicalId? @regulationLanguage? @diplomatic? @knownExpired? @knownFalse? \
        @reportedLost? @revokedByIssuer? @issueDate? @issuedBy? @latinNumber? @nameOnDocument? \
        @number? @validFrom? @validTo? @region? @identificationTypeCode? \
        @identificationTypeDescription? @countryIso2Code? @countryDescription?
      remark*
      additionalInformation* @* ...
      regulationSummary* @* ...
""")
_ROOT: Final = "export"
_ENTITY: Final = "sanctionEntity"
_KINDS: Final[dict[str, ListingKind]] = {"person": "person", "enterprise": "organization"}
_GENDERS: Final[dict[str, Literal["female", "male"]]] = {"F": "female", "M": "male"}
_ENGLISH: Final = frozenset(("", "EN"))
_LOW = re.compile(r"\blow?\s+quality", re.IGNORECASE)
_ADDRESS: Final = ("street", "poBox", "place", "city", "zipCode", "region")
_NUMBERS: Final = {
    "fiscalcode": "tax",
    "id": "national_id",
    "imo": "imo",
    "passport": "passport",
    "regnumber": "registration",
    "swiftbic": "swift",
}
_FLAG: Final = frozenset(("", "true", "false"))
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "nameAlias@strong": _FLAG,
    "nameAlias@gender": frozenset(("", "f", "m")),
    "birthdate@circa": _FLAG,
}
_NO_NUMBER: Final = frozenset(("", "-"))
_UNKNOWN: Final = "UNKNOWN"


def read_fsf(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "eu-fsf".

    Raises:
        WatchlistError: not this list, without its day or without an entry; broken XML, with its
            line; an entry without number or name, or with another's number.
        InputError: the extra that reads XML safely is not installed.
    """
    root, attributes = root_attributes(path)
    if root != _ROOT:
        raise defect(path, f"the root is {root}, not {_ROOT}", line=1)
    published = dates.day(attributes.get("generationDate", "")[:10])
    if published is None:
        raise defect(path, f"{_ROOT} has no generationDate that is a day", line=1)
    found = (
        (line, f"{_ENTITY}[{number}]", element)
        for number, (line, _, element) in enumerate(placed(path, _SHAPE, _ENTITY), start=1)
    )
    return watchlist(path, id or LIST_ID, published, found)


def watchlist(
    path: Path, list_id: str, published: date, entities: Iterable[tuple[int, str, Any]]
) -> Watchlist:
    """The list that entities make, each with its line and with what it is in the file.

    Raises:
        WatchlistError: with its place, an entity without number or name, or with another's number,
            or of an unknown type or coded word; no entity.
    """
    listings: dict[str, Listing] = {}
    problems: list[Problem] = []
    for line, at, element in entities:
        check_words(path, line, element, _WORDS)
        found = _listing(element, list_id, published, f"{path}#{at}")
        if message := _refusal(found, element, listings):
            problems.append(problem(path, message, line=line, where=at))
        listings.setdefault(found.id, found)
    check_entries(path, listings, problems, f"no {_ENTITY}")
    whole = Watchlist(
        id=list_id,
        title="Consolidated list of persons, groups and entities subject to EU financial sanctions",
        listings=tuple(listings.values()),
        publisher="European Commission",
        published=published,
        url=URL,
    )
    return measured(whole, LIST_ID, path)


def _refusal(found: Listing, element: Any, earlier: Mapping[str, Listing]) -> str:
    if not found.id:
        return "no euReferenceNumber and no logicalId"
    if found.id in earlier:
        return f"{found.id} a second time"
    code = _code(element)
    if code and code not in _KINDS:
        return f"{found.id} is of an unknown type, {code!r}"
    return "" if found.name else f"{found.id} has no name"


def _code(element: Any) -> str:
    """The code of the type of an entity; "" where it gives none."""
    subject = element.find("subjectType")
    return "" if subject is None else _text(subject, "code").lower()


def _listing(element: Any, list_id: str, published: date, source: str) -> Listing:
    names = element.findall("nameAlias")
    name, strong, weak = _names(names)
    places = element.findall("address")
    acts = element.findall("regulation")
    return Listing(
        id=_text(element, "euReferenceNumber") or _text(element, "logicalId"),
        list_id=list_id,
        name=name,
        aliases=strong,
        weak_aliases=weak,
        kind=_KINDS.get(_code(element), "unknown"),
        countries=once(map(_country, places)),
        nationalities=once(map(_country, element.findall("citizenship"))),
        addresses=once(map(_address, places)),
        programmes=once(_text(act, "programme") for act in acts),
        identifiers=tuple(dict.fromkeys(_numbers(element))),
        listed_on=dates.day(_text(element, "designationDate")),
        delisted_on=dates.day(_text(element, "delistingDate")),
        citation="; ".join(once(_text(act, "numberTitle") for act in acts)) or None,
        remarks="; ".join(_remarks(element, names)) or None,
        source=source,
        published=published,
        birth_dates=once(map(_birth, element.findall("birthdate"))),
        gender=_gender(names),
        dates=tuple(dict.fromkeys(_days(acts))),
    )


def _names(aliases: Iterable[Any]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name, the aliases and the weak aliases."""
    found = [(_whole_name(alias), _weak(alias), _text(alias, "nameLanguage")) for alias in aliases]
    found = [item for item in found if item[0]]
    strong = [text for text, weak, _ in found if not weak]
    english = [text for text, weak, language in found if not weak and language in _ENGLISH]
    name = next(iter([*english, *strong, *(text for text, _, _ in found)]), "")
    others = once(text for text in strong if text != name)
    return name, others, once(text for text, weak, _ in found if weak and text not in strong)


def _whole_name(alias: Any) -> str:
    parts = (_text(alias, key) for key in ("firstName", "middleName", "lastName"))
    return _text(alias, "wholeName") or " ".join(filter(None, parts))


def _weak(alias: Any) -> bool:
    return _text(alias, "strong").lower() == "false" or bool(
        _LOW.search(child_text(alias, "remark"))
    )


def _gender(names: Iterable[Any]) -> Literal["female", "male"] | None:
    """The one gender that the names give; None where they give none or two."""
    found = {gender for alias in names if (gender := _GENDERS.get(_text(alias, "gender")))}
    return found.pop() if len(found) == 1 else None


def _country(place: Any) -> str | None:
    texts = (_text(place, "countryIso2Code"), _text(place, "countryDescription"))
    return next((code for text in texts if text and (code := country(text))), None)


def _address(place: Any) -> str:
    described = _text(place, "countryDescription")
    parts = [_text(place, key) for key in _ADDRESS]
    line = ", ".join(filter(None, [*parts, described if described != _UNKNOWN else ""]))
    note = child_text(place, "remark")
    return f"{line} ({note})" if line and note else line or note


def _birth(found: Any) -> str | None:
    if _text(found, "calendarType").upper() not in ("", "GREGORIAN"):
        return None
    first, last = _text(found, "yearRangeFrom"), _text(found, "yearRangeTo")
    if first and last:
        return dates.birth(f"{first} to {last}")
    year, month = _text(found, "year"), _text(found, "monthOfYear")
    partial = f"{year}-{month}" if year and month else year
    text = _text(found, "birthdate") or partial or first or last
    return dates.birth(f"circa {text}" if _text(found, "circa").lower() == "true" else text)


def _numbers(element: Any) -> Iterator[Identifier]:
    for item in element.findall("identification"):
        scheme = _NUMBERS.get(_text(item, "identificationTypeCode").lower(), "document")
        for value in once((_text(item, "number"), _text(item, "latinNumber"))):
            if value not in _NO_NUMBER:
                yield Identifier(scheme, value)


def _days(acts: Iterable[Any]) -> Iterator[Dated]:
    for act in acts:
        for what, key in (("published", "publicationDate"), ("in force", "entryIntoForceDate")):
            if day := dates.day(_text(act, key)):
                yield Dated(what, day)


def _remarks(element: Any, names: Iterable[Any]) -> Iterator[str]:
    yield from once(words(remark.text) for remark in element.findall("remark"))
    yield from once([_text(element, "designationDetails")])
    for label, key in (("Function", "function"), ("Title", "title")):
        yield from (f"{label}: {text}" for text in once(_text(alias, key) for alias in names))
    for text in once(map(_birthplace, element.findall("birthdate"))):
        yield f"Place of birth: {text}"
    for contact in element.findall("address/contactInfo"):
        yield f"{_text(contact, 'key')}: {_text(contact, 'value')}"
    yield from (f"UN: {text}" for text in once([_text(element, "unitedNationId")]))


def _birthplace(found: Any) -> str:
    described = _text(found, "countryDescription")
    parts = [_text(found, key) for key in ("place", "city", "region")]
    return ", ".join(once([*parts, described if described != _UNKNOWN else ""]))


def _text(element: Any, key: str) -> str:
    return words(element.get(key))
