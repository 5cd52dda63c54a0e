"""The "us-list-json" format: lists of United States agencies, converted to JSON.

Thirteen lists (Entity List, MEU, Denied Persons, NS-CMIC, EO 14032, nonproliferation, two AECA
debarment lists, 1260H, 1286, UFLPA, WRO, FCC) as the project nsfreg converts them from the
publishers' files: {list_id, source_file, extracted, count, entities}, each entity with name,
aliases, country, address, status, effective_date, federal_register, notes. Every key is there, no
other is; `count` is the number of entities.

- id: entries have none; the first 16 hex digits of the SHA-256 of name, country and the ordinal of
  that pair in the file (0, then 1 for its first repeat), separated by U+001F.
- listed_on: effective_date; where that is absent, for the Entity List only, the earliest day
  printed behind a Federal Register citation, and `possibly_from` then the days before it on which
  its rule may have been in force; else None. delisted_on: the one day that the notes
  call "Expires" (a denial order's end); else not known: days that they call imposed, expired,
  lifted ... may be those of one of several sanctions, stay in `dates` and end nothing.
- license_requirement: notes of the Entity List without their footnote marks; longer notes were cut
  by the converter and end in "...". It left out the license review policy: license_policy is None.
- An entry of the Entity List named "Address 01" is a place: its kind is "address".
- A country that is no country ("Middle East Region") stays in remarks. Notes stay whole in remarks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import dates, source
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured, possibly_before, table

_FILE: Final = frozenset(("list_id", "source_file", "extracted", "count", "entities"))
_TEXTS: Final = ("country", "address", "status", "effective_date", "federal_register", "notes")
_ENTITY: Final = frozenset(("name", "aliases", *_TEXTS))
# list_id -> title, publisher.
_KNOWN: Final[Mapping[str, tuple[str, str]]] = {
    "bis-entity-list": ("Entity List", "BIS"),
    "bis-meu": ("Military End-User List", "BIS"),
    "bis-dpl": ("Denied Persons List", "BIS"),
    "ofac-eo14032": ("Annex to Executive Order 14032", "OFAC"),
    "ofac-nscmic": ("Non-SDN Chinese Military-Industrial Complex Companies List", "OFAC"),
    "state-debarred-statutory": ("AECA statutory debarments", "State DDTC"),
    "state-debarred-admin": ("AECA administrative debarments", "State DDTC"),
    "state-nonproliferation": ("Nonproliferation sanctions", "State ISN"),
    "dow-1260h": ("Section 1260H Chinese military companies", "DoW"),
    "dow-1286": ("Section 1286 institutions", "DoW"),
    "fcc-covered": ("Covered List", "FCC"),
    "dhs-uflpa": ("UFLPA Entity List", "DHS"),
    "cbp-wro": ("Withhold release orders and findings", "CBP"),
}
_PLACE = re.compile(r"\s*Address \d+\s*")  # a place, and whoever is there
_REQUIREMENT = re.compile(r"(?i)(?:For )?(?:all )?items (?:subject to the EAR|on the CCL)")
# The converter wrote superscript marks as digits: "734.9(g),3 746.8", "734.9(e) 1 and", "EAR) 4".
_MARK = re.compile(r"(?<=734\.9\([a-z]\))(,?)\s?([1-9])(?![\d.])|(?<=EAR)([.)]*)\s?([1-9])$")
_EVENT = re.compile(
    r"(?i)\b(imposed|expired|lifted|terminated|waived|expires|listing date \(CMIC\)):?"
    r"(?: on| as of)? (\d+/\d+/\d+|\d{4}-\d\d-\d\d|\d\d [a-z]{3} \d{4})\b"
)
_USCC = re.compile(r"\bUSCC: ([0-9A-Z]{18})\b")
_BORN = re.compile(r"Date of birth: (\w+),? (\d{4})")
_PROGRAMME = re.compile(r"\b(?:Program|Authority): ([^;|]+)|^(WRO|Finding);|(UFLPA Sec\. [^:]+):")


def read_us_json(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """One list from one file; its id is `id`, or else the file's list_id.

    Raises:
        WatchlistError: not JSON, with its line; not this layout, with every defect.
    """
    value = source.json_value(path)
    if not isinstance(value, dict):
        raise source.defect(path, "not an object with list_id, count, entities")
    if defects := list(_file_defects(value, path)):
        raise WatchlistError(defects)
    published = dates.day(value["extracted"])
    title, publisher = _KNOWN.get(value["list_id"], (value["list_id"], ""))
    seen: Counter[tuple[str, ...]] = Counter()
    listings = []
    for number, entity in enumerate(value["entities"]):
        pair = (entity["name"], entity["country"] or "")
        listings.append(
            Listing(
                id=source.content_id(pair, seen),
                list_id=id or value["list_id"],
                source=f"{path}: entities[{number}]",
                published=published,
                **_fields(entity, entity_list=value["list_id"] == "bis-entity-list"),
            )
        )
    found = Watchlist(
        id=id or value["list_id"],
        title=title,
        publisher=publisher,
        listings=tuple(listings),
        published=published,
        note=f"extracted from {value['source_file']}",
        entries_total=len(listings),
    )
    known = value["list_id"] in table().sources
    return measured(found, value["list_id"], path) if known else found


def _fields(entity: Mapping[str, Any], *, entity_list: bool) -> dict[str, Any]:
    notes: str = entity["notes"] or ""
    cited: str = entity["federal_register"] or ""
    code = _country(entity["country"])
    unplaced = entity["country"] if code is None else None
    said = (("Status: ", entity["status"]), ("Country: ", unplaced), ("", notes))
    remarks = [label + text for label, text in said if text]
    days = dates.cited_days(cited) if entity_list else ()
    effective = dates.day(entity["effective_date"] or "")
    printed = min(days, default=None)
    clear = entity_list and _REQUIREMENT.match(notes)
    dated = tuple(_dated(notes))
    ends = [event.day for event in dated if event.what == "expires"]
    marks = sorted({a or b for _, a, _, b in _MARK.findall(notes)}) if clear else []
    return {
        "name": entity["name"].strip(),
        "aliases": tuple(dict.fromkeys(alias.strip() for alias in entity["aliases"])),
        "kind": "address"
        if entity_list and _PLACE.fullmatch(entity["name"])
        else _kind(entity["name"], notes),
        "countries": (code,) if code else (),
        "addresses": tuple(filter(None, re.split(r";\s+and\s+", entity["address"] or ""))),
        "programmes": tuple(
            dict.fromkeys("".join(hit).strip() for hit in _PROGRAMME.findall(notes))
        ),
        "identifiers": tuple(Identifier("uscc", number) for number in _USCC.findall(notes)),
        "listed_on": effective or printed,
        "possibly_from": None if effective else possibly_before(printed),
        "delisted_on": ends[0] if len(ends) == 1 else None,
        "citation": cited or None,
        "license_requirement": _MARK.sub(r"\1\3", notes) if clear else None,
        "footnotes": tuple(marks),
        "remarks": "; ".join(remarks) or None,
        "birth_dates": tuple(
            filter(None, (dates.birth(" ".join(b)) for b in _BORN.findall(notes)))
        ),
        "dates": dated,
    }


def _country(text: str | None) -> str | None:
    text = text or ""
    if code := country(text):
        return code
    first, _, second = text.removesuffix(")").partition(" (")  # "Turkey (Turkiye)"
    return code if (code := country(first)) == country(second) else None


def _kind(name: str, notes: str) -> ListingKind:
    if _BORN.match(notes):
        return "person"
    if name.startswith("Fishing Vessel: "):
        return "vessel"
    return "organization" if notes.startswith("Target Type: ") else "unknown"


def _dated(notes: str) -> Iterator[Dated]:
    for what, text in dict.fromkeys(_EVENT.findall(notes)):
        if day := dates.day(text, "%m/%d/%Y", "%m/%d/%y"):
            yield Dated(what.lower(), day)


def _file_defects(value: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    def problem(message: str, where: str = "") -> Problem:
        return source.problem(path, message, where=where)

    yield from map(problem, _keys(value, _FILE))
    for key in ("list_id", "source_file", "extracted"):
        if key in value and not (isinstance(value[key], str) and value[key].strip()):
            yield problem("not a text", key)
    if isinstance(value.get("extracted"), str) and dates.day(value["extracted"]) is None:
        yield problem(f"not a day: {value['extracted']!r}", "extracted")
    entities = value.get("entities", [])
    if not isinstance(entities, list):
        yield problem("not a list", "entities")
        return
    if "count" in value and value["count"] != len(entities):
        yield problem(f"{value['count']!r} where there are {len(entities)} entities", "count")
    for number, entity in enumerate(entities):
        for message in _entity_defects(entity):
            yield problem(message, f"entities.{number}")


def _entity_defects(entity: Any) -> Iterator[str]:
    if not isinstance(entity, dict):
        yield "not an object"
        return
    yield from _keys(entity, _ENTITY)
    if "name" in entity and not (isinstance(entity["name"], str) and entity["name"].strip()):
        yield "name is not a text"
    aliases = entity.get("aliases", [])
    if not (isinstance(aliases, list) and all(isinstance(a, str) and a.strip() for a in aliases)):
        yield "aliases is not a list of texts"
    for key in _TEXTS:
        if not isinstance(entity.get(key), str | None):
            yield f"{key} is neither a text nor null"
    effective = entity.get("effective_date")
    if isinstance(effective, str) and dates.day(effective) is None:
        yield f"effective_date is not a day: {effective!r}"


def _keys(value: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    for kind, keys in (("unknown", value.keys() - known), ("missing", known - value.keys())):
        if keys:
            yield f"{kind} key{'s' * (len(keys) > 1)}: {', '.join(sorted(keys))}"
