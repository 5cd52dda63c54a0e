"""The "ofac-sdn-xml" and "ofac-consolidated-xml" formats: SDN.XML and CONSOLIDATED.XML of OFAC.

Publisher's page: https://sanctionslist.ofac.treas.gov/Home/SdnList ("SDN.XML"). Elements lose their
namespace, so that files of the old one (tempuri.org/sdnList.xsd) and of the new are read alike.

One root sdnList with publshInformation (the publisher's spelling) and then sdnEntry, each of them
one listing, in file order. Invariants:

- Record_Count must be the number of entries: a file that was cut is refused; so is an entry without
  uid or lastName, and a uid of two entries;
- the id is uid, the entity number of the CSV set; a name is "lastName, firstName", as there;
- an aka of category "weak" is a weak alias, every other is an alias;
- numbers have the labels and schemes of `us_identifiers`, a call sign is one more; the sex is
  `gender`. The country and days of a number are not carried;
- countries are those of addresses and a vessel's flag; nationalities those of nationalityList and
  citizenshipList;
- title, places of birth, vessel type, tonnage and owner have no place in a `Listing`;
- the file does not say when an entry was listed. Both lists have one root: entries of the non-SDN
  list are refused in the SDN format, for the same programme means another thing in each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.errors import WatchlistError
from compliance.files import outline
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists.list_file import (
    check_words,
    child_text,
    defect,
    gathered,
    once,
    placed,
    problem,
    root_attributes,
    words,
)
from compliance.watchlists.listing import Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.readers import us_identifiers

LIST_ID: Final = "ofac-sdn"
CONSOLIDATED_ID: Final = "ofac-consolidated"
ABOUT: Final = {
    LIST_ID: (
        "Specially Designated Nationals and Blocked Persons List",
        "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    ),
    CONSOLIDATED_ID: (
        "Consolidated (non-SDN) Sanctions List",
        "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
    ),
}
_ROOT: Final = "sdnList"
_HEADER: Final = "publshInformation"
_ENTRY: Final = "sdnEntry"
KINDS: Final[dict[str, ListingKind]] = {
    "entity": "organization",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_ADDRESS: Final = (
    "address1",
    "address2",
    "address3",
    "city",
    "stateOrProvince",
    "postalCode",
    "country",
    "region",
)
_SHAPE: Final = outline("""
sdnList
  publshInformation?
    Publish_Date?
    Record_Count?
  sdnEntry*
    uid?
    firstName?
    lastName?
    title?
    sdnType
    remarks?
    programList?
      program*
    idList?
      id*
        uid?
        idType
        idNumber?
        idCountry?
        issueDate?
        expirationDate?
    akaList?
      aka*
        uid?
        type
        category
        lastName
        firstName?
    addressList?
      address*
        uid?
        address1?
        address2?
        address3?
        city?
        stateOrProvince?
        postalCode?
        country?
        region?
    nationalityList?
      nationality*
        uid?
        country
        mainEntry?
    citizenshipList?
      citizenship*
        uid?
        country
        mainEntry?
    dateOfBirthList?
      dateOfBirthItem*
        uid?
        dateOfBirth
        mainEntry?
    placeOfBirthList?
      placeOfBirthItem*
        uid?
        placeOfBirth
        mainEntry?
    vesselInfo?
      callSign?
      vesselType?
      vesselFlag?
      vesselOwner?
      tonnage?
      grossRegisteredTonnage?
""")
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "sdnType": frozenset(KINDS),
    "akaList/aka/category": frozenset(("strong", "weak")),
    "akaList/aka/type": frozenset(("a.k.a.", "f.k.a.", "n.k.a.")),
}


def _read(kind: str, path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else its `kind`.

    Raises:
        WatchlistError: not this list; broken XML, with its line; an element or a coded word that
            the format does not have, or one missing; no Publish_Date or Record_Count,
            or another number of entries; an entry without uid or name, or with another's uid; a
            programme that is not known, or an entry that no programme blocks.
        InputError: the extra that reads XML safely is not installed.
    """
    root, _ = root_attributes(path)
    if root != _ROOT:
        raise defect(path, f"the root is {root}, not {_ROOT}", line=1)
    list_id = id or kind
    found = placed(path, _SHAPE, _HEADER, _ENTRY)
    first = next(found, None)
    published, count = _header(first.element if first else None, path)
    entries: list[tuple[str, Listing]] = []
    said: dict[str, str] = {}
    for number, (line, _, element) in enumerate(found, start=1):
        check_words(path, line, element, _WORDS)
        at = f"{_ENTRY}[{number}]"
        entries.append((at, _listing(element, list_id, published, f"{path}#{at}")))
        said[entries[-1][1].id] = "; ".join(map(" ".join, _numbers(element)))
    listings, problems = gathered(path, entries, _refusal)
    if len(entries) != count:
        hint = "a file that was cut is not the list"
        message = f"Record_Count is {count} where there are {len(entries)} entries"
        problems.append(problem(path, message, hint=hint))
    if problems:
        raise WatchlistError(problems)
    title, url = ABOUT[kind]
    whole = Watchlist(
        id=list_id,
        title=title,
        listings=tuple(listings.values()),
        publisher="OFAC",
        published=published,
        url=url,
        entries_total=count,
    )
    return measured(whole, kind, path, said)


read_sdn: Final = partial(_read, LIST_ID)
"""The SDN List; its id is "ofac-sdn" unless given."""
read_consolidated: Final = partial(_read, CONSOLIDATED_ID)
"""OFAC's list of parties that are not SDNs; its id is "ofac-consolidated" unless given."""


def _header(element: Any, path: Path) -> tuple[date, int]:
    """The day of the list and how many entries it has."""
    if element is None or element.tag != _HEADER:
        raise defect(path, f"no {_HEADER} before the entries")
    text, count = child_text(element, "Publish_Date"), child_text(element, "Record_Count")
    published = dates.day(text, "%m/%d/%Y")
    if published is None or not count.isdecimal():
        message = f"{_HEADER} has no Publish_Date that is a day and Record_Count that is a number"
        raise defect(path, message, hint=f"found: {text!r}, {count!r}")
    return published, int(count)


def _refusal(found: Listing, earlier: Mapping[str, Listing]) -> str:
    if not found.id:
        return "no uid"
    if found.id in earlier:
        return f"uid {found.id} a second time"
    return "" if found.name else f"{found.id} has no lastName"


def _listing(element: Any, list_id: str, published: date, source: str) -> Listing:
    places = element.findall("addressList/address")
    akas = element.findall("akaList/aka")
    weak = [child_text(aka, "category").lower() == "weak" for aka in akas]
    numbers = _numbers(element)
    genders = [value for label, value in numbers if label == us_identifiers.GENDER]
    flag = child_text(element, "vesselInfo/vesselFlag")
    return Listing(
        id=child_text(element, "uid"),
        list_id=list_id,
        name=_name(element),
        aliases=once(_name(aka) for aka, low in zip(akas, weak, strict=True) if not low),
        weak_aliases=once(_name(aka) for aka, low in zip(akas, weak, strict=True) if low),
        kind=KINDS.get(child_text(element, "sdnType").lower(), "unknown"),
        countries=once(map(country, (*(child_text(place, "country") for place in places), flag))),
        addresses=once(
            ", ".join(filter(None, (child_text(place, tag) for tag in _ADDRESS)))
            for place in places
        ),
        programmes=once(_texts(element, "programList/program")),
        identifiers=_identifiers(numbers, child_text(element, "vesselInfo/callSign")),
        remarks=child_text(element, "remarks") or None,
        source=source,
        published=published,
        nationalities=once(
            country(text)
            for tag in ("nationalityList/nationality", "citizenshipList/citizenship")
            for text in _texts(element, f"{tag}/country")
        ),
        birth_dates=once(
            map(dates.birth, _texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"))
        ),
        gender=us_identifiers.gender(genders[0]) if genders else None,
    )


def _numbers(element: Any) -> list[tuple[str, str]]:
    """Label and value of each of an entry's numbers; directives stand among them."""
    return [
        (child_text(item, "idType"), child_text(item, "idNumber"))
        for item in element.findall("idList/id")
    ]


def _name(element: Any) -> str:
    parts = (child_text(element, "lastName"), child_text(element, "firstName"))
    return ", ".join(filter(None, parts))


def _identifiers(numbers: list[tuple[str, str]], call_sign: str) -> tuple[Identifier, ...]:
    found = [us_identifiers.number(label, value) for label, value in numbers]
    if call_sign:
        found.append(Identifier("call_sign", call_sign))
    return tuple(dict.fromkeys(item for item in found if item))


def _texts(element: Any, tag: str) -> Iterator[str]:
    for found in element.findall(tag):
        yield words(found.text)
