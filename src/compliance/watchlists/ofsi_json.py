"""The "uk-ofsi-json" format: a third party's extraction of the UK's consolidated list to JSON.

A language model of the project uk-sanctions-list-unstructured-to-neo4j read the text of OFSI's PDF
and wrote two files, entities_extracted.json and individuals_extracted.json: a folder with both, or
one of them. It is not the publisher's form; where the text is at hand, "uk-ofsi-text" is the better
one. Invariants:

- an entry has every key of its file, no other, and is refused otherwise;
- the model wrote one person six times, with other debris each time in otherInformation: an entry
  that says the same as an earlier one, that key apart, is that entry; a groupId of two entries that
  differ is refused. otherInformation is not read;
- id, name, citation, births, places and dates are as in "uk-ofsi-text". The regime and the day of
  the list are not in the files, nor that they are all: no programme, `published` is None, the list
  is not complete;
- the kinds of organisation that the model gives (entityType) are its own words and are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.places import country
from compliance.watchlists import ofsi
from compliance.watchlists.listing import Dated, Listing, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.source import defect, json_value, once, problem

_FILES: Final = ("individuals_extracted.json", "entities_extracted.json")
_LISTS: Final = frozenset(("aliases", "subsidiaries", "relatedEntities"))
_DAYS: Final = {
    "listedOn": "listed",
    "dateDesignated": "designated",
    "lastUpdated": "updated",
    "dateTrustServicesSanctionsImposed": "trust services sanctions",
}
_BOTH: Final = frozenset(
    (
        "sanctionId",
        "ukSanctionsRef",
        "nameNonLatinScript",
        "aliases",
        "address",
        "groupId",
        "listedOn",
        "dateDesignated",
        "lastUpdated",
        "statementOfReasons",
        "otherInformation",
    )
)
_PARTS: Final = tuple(f"name{number}" for number in range(1, 7))
_PERSON: Final = _BOTH | {
    *_PARTS,
    "firstName",
    "middleName",
    "lastName",
    "fullName",
    "dateOfBirth",
    "placeOfBirth",
    "nationality",
    "passportNumber",
    "nationalIdentificationNumber",
    "gender",
    "position",
    "dateTrustServicesSanctionsImposed",
}
_ORGANISATION: Final = _BOTH | {
    "organizationName",
    "entityType",
    "typeOfEntity",
    "registrationNumber",
    "parentCompany",
    "subsidiaries",
    "relatedEntities",
}
_KEPT: Final = {
    "position": "Position: ",
    "placeOfBirth": "Place of birth: ",
    "typeOfEntity": "Type of entity: ",
    "parentCompany": "Parent company: ",
    "statementOfReasons": "",
}


def read_ofsi_json(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of a folder with both files, or of one file; its id is `id`, or else "uk-ofsi".

    Raises:
        WatchlistError: a file is missing or not JSON, with its line; and every entry that does not
            have the layout, or a groupId of another entry that differs, with its place.
    """
    list_id = id or ofsi.LIST_ID
    listings: dict[str, Listing] = {}
    problems: list[Problem] = []
    for file in [path / name for name in _FILES] if path.is_dir() else [path]:
        for number, entry in enumerate(_entries(file)):
            where = str(number)
            if found := list(_defects(entry)):
                problems += [problem(file, message, where=where) for message in found]
                continue
            listing = _listing(entry, list_id, f"{file}: {where}")
            same = listings.setdefault(listing.id, listing)
            if replace(listing, source=same.source) != same:
                message = f"groupId {listing.id} of another entry that differs"
                problems.append(problem(file, message, where=where))
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise defect(path, "no entries")
    whole = Watchlist(
        id=list_id,
        title=ofsi.TITLE,
        listings=tuple(listings.values()),
        publisher=ofsi.PUBLISHER,
        url=ofsi.URL,
        note="extracted by a language model from the text of the publisher's PDF",
        complete=False,
    )
    return measured(whole, ofsi.LIST_ID, path)


def _entries(file: Path) -> list[Any]:
    value = json_value(file)
    if not isinstance(value, list):
        raise defect(file, "not a list of entries")
    return value


def _listing(entry: Mapping[str, Any], list_id: str, source: str) -> Listing:
    person = "name6" in entry
    births = _births(entry.get("dateOfBirth"))
    place = entry["address"]
    dated = {what: ofsi.day(entry[key]) for key, what in _DAYS.items() if entry.get(key)}
    listed_on = dated.pop("listed")
    nationality = entry.get("nationality")
    return Listing(
        id=entry["groupId"],
        list_id=list_id,
        name=_name(entry),
        aliases=ofsi.aliases(filter(None, (entry["nameNonLatinScript"], *entry["aliases"]))),
        kind="person" if person else "organization",
        countries=once([country(place["country"])] if place and place["country"] else []),
        addresses=once([place["rawAddress"].strip(" .")] if place else []),
        identifiers=ofsi.documents(
            filter(None, (entry.get("passportNumber"),)),
            filter(None, (entry.get("nationalIdentificationNumber"),)),
        ),
        listed_on=listed_on,
        citation=entry["ukSanctionsRef"],
        remarks="; ".join(f"{said}{entry[key]}" for key, said in _KEPT.items() if entry.get(key))
        or None,
        source=source,
        nationalities=once([country(nationality)] if nationality else []),
        birth_dates=births,
        gender=ofsi.GENDERS.get(entry.get("gender") or ""),
        dates=tuple(Dated(what, day) for what, day in dated.items() if day),
    )


def _name(entry: Mapping[str, Any]) -> str:
    if "name6" in entry:
        return ofsi.name(entry[part] for part in _PARTS)
    return str(entry["organizationName"] or "").strip()


def _births(text: str | None) -> tuple[str, ...]:
    return ofsi.births(ofsi.items(text)) if text else ()


def _defects(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "not an object"
        return
    known = _PERSON if "name6" in entry else _ORGANISATION
    for kind, keys in (("unknown", entry.keys() - known), ("missing", known - entry.keys())):
        if keys:
            yield f"{kind} key{'s' * (len(keys) > 1)}: {', '.join(sorted(keys))}"
    wrong = [key for key in sorted(entry.keys() & known) if not _right(key, entry[key])]
    if wrong:
        yield f"of another type: {', '.join(wrong)}"
    if wrong or entry.keys() != known:
        return
    if not entry["groupId"] or not _name(entry):
        yield "no groupId and name"
    for key in _DAYS:
        text = entry.get(key)
        if (text or key == "listedOn") and ofsi.day(text or "") is None:
            yield f"{key} is not a day: {text!r}"


def _right(key: str, value: Any) -> bool:
    if key in _LISTS:
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    if key == "address" and value is not None:
        return (
            isinstance(value, dict)
            and isinstance(value.get("rawAddress"), str)
            and isinstance(value.get("country", 0), str | None)
        )
    return isinstance(value, str | None)
