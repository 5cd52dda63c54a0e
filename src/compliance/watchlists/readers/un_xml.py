"""The "un-xml" format: the Consolidated List of the United Nations Security Council.

Publisher's page: https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list ("XML").

One root CONSOLIDATED_LIST, whose dateGenerated is the day of the list, with INDIVIDUALS and then
ENTITIES; each INDIVIDUAL and ENTITY is one listing, in file order. Invariants:

- the id is REFERENCE_NUMBER ("QDi.430"), without which, or twice, the file is refused; so is a file
  without one of its two parts, or an entry without its UN_LIST_TYPE, which says the measures;
- the name is FIRST_NAME to FOURTH_NAME, joined; NAME_ORIGINAL_SCRIPT is an alias;
- an alias of QUALITY "Low" is weak, every other (Good, a.k.a., f.k.a.) is an alias;
- a nationality or country whose text names no one country ("Congo") gives no code; its address
  line still has the words;
- a year of birth that is approximate is a range of a year before and after; what is only said in
  words ("30-35 years old", a Hijri date) is left out;
- a document is named by TYPE_OF_DOCUMENT alone: what the publisher files under "National
  Identification Number" (a ration card among them) is a national_id. One without number is left
  out; a number is as published, words in it included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from compliance.files import Placed, outline
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import (
    check_entries,
    check_words,
    child_text,
    defect,
    gathered,
    once,
    placed,
    root_attributes,
    words,
)
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured

LIST_ID: Final = "un-sc"
URL: Final = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
_ROOT: Final = "CONSOLIDATED_LIST"
_KINDS: Final[dict[str, ListingKind]] = {"INDIVIDUAL": "person", "ENTITY": "organization"}
_NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS: Final = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_GENDERS: Final[dict[str, Literal["female", "male"]]] = {"female": "female", "male": "male"}
_DOCUMENTS: Final = (
    (re.compile(r"passport|passeport|pasaporte", re.IGNORECASE), "passport"),
    (re.compile(r"national identification", re.IGNORECASE), "national_id"),
)
_EVERY_ENTRY: Final = """\
      DATAID?
      VERSIONNUM?
      FIRST_NAME?
      UN_LIST_TYPE
      REFERENCE_NUMBER?
      LISTED_ON?
      COMMENTS1?
      NAME_ORIGINAL_SCRIPT?
      SORT_KEY?
      SORT_KEY_LAST_MOD?
      SUBMITTED_BY?
      SUBMITTED_ON?
      DELISTED_ON?
      LIST_TYPE*
        VALUE*
      LAST_DAY_UPDATED*
        VALUE*
"""
_ADDRESS_PARTS: Final = """\
        STREET?
        CITY?
        STATE_PROVINCE?
        ZIP_CODE?
        COUNTRY?
        NOTE?
"""
_SHAPE: Final = outline(f"""
CONSOLIDATED_LIST @dateGenerated
  INDIVIDUALS
    INDIVIDUAL*
{_EVERY_ENTRY}
      SECOND_NAME?
      THIRD_NAME?
      FOURTH_NAME?
      GENDER?
      NATIONALITY2?
      TITLE*
        VALUE*
      DESIGNATION*
        VALUE*
      NATIONALITY*
        VALUE*
      INDIVIDUAL_ALIAS*
        QUALITY
        ALIAS_NAME
        NOTE?
        DATE_OF_BIRTH?
        CITY_OF_BIRTH?
        COUNTRY_OF_BIRTH?
      INDIVIDUAL_ADDRESS*
{_ADDRESS_PARTS}
      INDIVIDUAL_DATE_OF_BIRTH*
        TYPE_OF_DATE?
        DATE?
        YEAR?
        FROM_YEAR?
        TO_YEAR?
        NOTE?
      INDIVIDUAL_PLACE_OF_BIRTH*
        STREET?
        CITY?
        STATE_PROVINCE?
        COUNTRY?
        NOTE?
      INDIVIDUAL_DOCUMENT*
        TYPE_OF_DOCUMENT?
        TYPE_OF_DOCUMENT2?
        NUMBER?
        ISSUING_COUNTRY?
        DATE_OF_ISSUE?
        CITY_OF_ISSUE?
        COUNTRY_OF_ISSUE?
        NOTE?
  ENTITIES
    ENTITY*
{_EVERY_ENTRY}
      ENTITY_ALIAS*
        QUALITY
        ALIAS_NAME
        NOTE?
      ENTITY_ADDRESS*
{_ADDRESS_PARTS}""")
_QUALITIES: Final = frozenset(("", "good", "low", "a.k.a.", "f.k.a."))
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "INDIVIDUAL_ALIAS/QUALITY": _QUALITIES,
    "ENTITY_ALIAS/QUALITY": _QUALITIES,
    "GENDER": frozenset(("", "male", "female", "unknown")),
    "INDIVIDUAL_DATE_OF_BIRTH/TYPE_OF_DATE": frozenset(("", "exact", "approximately", "between")),
}


def read_un(path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else "un-sc".

    Raises:
        WatchlistError: not this list or without an entry; broken XML, with its line; an element or
            a coded word that the format does not have, or one missing that it always has; an entry
            without its number or name, or with a number that another has.
        InputError: the extra that reads XML safely is not installed.
    """
    root, attributes = root_attributes(path)
    if root != _ROOT:
        raise defect(path, f"the root is {root}, not {_ROOT}", line=1)
    published = dates.day(attributes.get("dateGenerated", "")[:10])
    if published is None:
        raise defect(path, f"{_ROOT} has no dateGenerated that is a day", line=1)
    list_id = id or LIST_ID
    listings, problems = gathered(
        path,
        (
            (at, _listing(found, _KINDS[found.tag], list_id, published, f"{path}#{at}"))
            for at, found in _numbered(path, placed(path, _SHAPE, *_KINDS))
        ),
        _refusal,
    )
    check_entries(path, listings, problems, "no INDIVIDUAL and no ENTITY")
    found = Watchlist(
        id=list_id,
        title="United Nations Security Council Consolidated List",
        listings=tuple(listings.values()),
        publisher="United Nations Security Council",
        published=published,
        url=URL,
    )
    return measured(found, LIST_ID, path)


def _numbered(path: Path, found: Iterator[Placed]) -> Iterator[tuple[str, Any]]:
    """Each element with its tag and its number among those of the tag."""
    numbers: Counter[str] = Counter()
    for line, _, element in found:
        check_words(path, line, element, _WORDS)
        numbers[element.tag] += 1
        yield f"{element.tag}[{numbers[element.tag]}]", element


def _refusal(found: Listing, earlier: Mapping[str, Listing]) -> str:
    if not found.id:
        return "no REFERENCE_NUMBER"
    if found.id in earlier:
        return f"REFERENCE_NUMBER {found.id} a second time"
    return "" if found.name else f"{found.id} has no name"


def _listing(
    element: Any, kind: ListingKind, list_id: str, published: date, source: str
) -> Listing:
    prefix = str(element.tag)
    places = element.findall(f"{prefix}_ADDRESS")
    strong, weak = _aliases(element, prefix)
    updated = (dates.day(text[:10]) for text in _values(element, "LAST_DAY_UPDATED"))
    programme = child_text(element, "UN_LIST_TYPE")
    return Listing(
        id=child_text(element, "REFERENCE_NUMBER"),
        list_id=list_id,
        name=" ".join(filter(None, (child_text(element, tag) for tag in _NAMES))),
        aliases=strong,
        weak_aliases=weak,
        kind=kind,
        countries=_codes(child_text(place, "COUNTRY") for place in places),
        nationalities=_codes(_values(element, "NATIONALITY")),
        addresses=once(_address(place) for place in places),
        programmes=(programme,) if programme else (),
        identifiers=_documents(element),
        listed_on=dates.day(child_text(element, "LISTED_ON")[:10]),
        remarks=child_text(element, "COMMENTS1") or None,
        source=source,
        published=published,
        birth_dates=once(map(_birth, element.findall("INDIVIDUAL_DATE_OF_BIRTH"))),
        gender=_GENDERS.get(child_text(element, "GENDER").lower()),
        dates=tuple(dict.fromkeys(Dated("updated", day) for day in updated if day)),
    )


def _aliases(element: Any, prefix: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    strong = [child_text(element, "NAME_ORIGINAL_SCRIPT")]
    weak: list[str] = []
    for alias in element.findall(f"{prefix}_ALIAS"):
        kept = weak if child_text(alias, "QUALITY").lower() == "low" else strong
        kept.append(child_text(alias, "ALIAS_NAME"))
    return once(strong), once(weak)


def _address(place: Any) -> str:
    parts = [text for tag in _ADDRESS if (text := child_text(place, tag).strip(" ,"))]
    note = child_text(place, "NOTE")
    line = ", ".join(parts)
    return f"{line} ({note})" if line and note else line or note


def _birth(found: Any) -> str | None:
    """One INDIVIDUAL_DATE_OF_BIRTH: its DATE, its YEAR, its two years, or else its NOTE."""
    first, last = child_text(found, "FROM_YEAR"), child_text(found, "TO_YEAR")
    if first or last:
        return dates.birth(f"{first} to {last}" if first and last else first or last)
    about = "circa " if child_text(found, "TYPE_OF_DATE").upper() == "APPROXIMATELY" else ""
    for tag in ("DATE", "YEAR"):
        if text := child_text(found, tag):
            return dates.birth(about + text)
    note = child_text(found, "NOTE").replace(".", "")
    return dates.birth(about + note) if note else None


def _documents(element: Any) -> tuple[Identifier, ...]:
    found = []
    for document in element.findall("INDIVIDUAL_DOCUMENT"):
        type_, number = child_text(document, "TYPE_OF_DOCUMENT"), child_text(document, "NUMBER")
        scheme = next((name for pattern, name in _DOCUMENTS if pattern.search(type_)), "document")
        if number:
            found.append(Identifier(scheme, number))
    return tuple(dict.fromkeys(found))


def _values(element: Any, tag: str) -> Iterator[str]:
    for value in element.findall(f"{tag}/VALUE"):
        yield words(value.text)


def _codes(texts: Iterator[str]) -> tuple[str, ...]:
    return once(country(text) if text else None for text in texts)
