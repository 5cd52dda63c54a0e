"""The "ftm" format: FollowTheMoney entities as JSON lines (or an array), as OpenSanctions has them.

The model: https://followthemoney.tech/explorer/ Invariants:

- an Ownership joins each of its owners to each of its assets; a percentage is free text: what it
  does not say for certain is an unknown share, remarked on; several percentages are several
  statements of one edge;
- a Control joins each controller to each that it controls: what is contractual is an agreement,
  the right to appoint is one over the board, any other is influence that may be control;
- a `parent` owns an unknown part; an entity may hold others whole, in place of their ids ("nested"
  files), and one that is met again there is the same;
- a Passport or an Identification is a number of its holder, of the country that it names;
- a Directorship is no ownership: counted in the remarks, as are all other links between parties,
  and every schema that the model did not have when this was written (ftm_schemata.py);
- a party has ended by its date of dissolution or death, or by a status that says so
  (rules/data/standings.yaml); its successors are those of a Succession, which ends it too;
- an Ownership or Control whose status says that it is over, without a day, is left out;
- of countries only `jurisdiction` (incorporation), `nationality` and `citizenship` say in which
  sense; `country` does not, and stays out;
- of several start dates the earliest holds, of several end dates the latest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from compliance import files
from compliance.files.ftm import taken_apart
from compliance.model.party import PartyKind
from compliance.model.share import Share
from compliance.ownership.cessation import Cessation
from compliance.ownership.interests import UNSTATED, Edge, Kind
from compliance.ownership.readers.ftm_schemata import CONTROL, DOCUMENTS, LINKS, OTHERS, PARTIES
from compliance.ownership.readers.json_members import (
    ROUNDED,
    Fields,
    country_code,
    nationality_code,
)
from compliance.ownership.readers.register_status import standings
from compliance.ownership.readers.spelled_values import StatedDay, beginning, end, percentage
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Gathering,
    Place,
    StatedIdentifier,
    StatedParty,
    Statements,
    refusal,
)
from compliance.places.countries import alpha_3

FORMAT: Final = "ftm"
_Read = Callable[[str, Place, Gathering], str | None]
_UNCODED: Final = {"PASSPORT": "passport", "IDCARD": "national_id"}  # of no one country
_NUMBERS: Final = (
    "passportNumber",
    "idNumber",
    "registrationNumber",
    "taxNumber",
    "leiCode",
    "innCode",
    "ogrnCode",
    "uscCode",
    "imoNumber",
    "wikidataId",
)


def read_ftm(*paths: Path) -> Statements:
    """What the entities of one or several files state, taken together.

    Raises:
        OwnershipError: broken JSON, an object that is no entity, an Ownership without owner or
            asset, dates reversed, an id twice; each with its line. A file without an entity.
    """
    reading = _Reading(Gathering(FORMAT))
    for path in paths:
        before = len(reading.places)
        for line, pointer, value in files.json_records(
            path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD
        ):
            place = Place(path, line, pointer)
            whole, *held = (Fields(each, place, reading.gathering) for each in taken_apart(value))
            reading.take(whole)
            for entity in held:
                reading.take_held(entity)
        if len(reading.places) == before:
            raise refusal(path, "no entity")
    return reading.statements(*paths)


@dataclass(slots=True)
class _Reading:
    """Entities one by one; what says something of parties waits until every party is known.

    `held` are the ids that only other entities have held so far.
    """

    gathering: Gathering
    places: dict[str, Place] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    successions: list[Fields] = field(default_factory=list)
    documents: list[Fields] = field(default_factory=list)

    def take(self, entity: Fields) -> None:
        """One entity that stands for itself; what was held of it before is the same entity."""
        id_ = entity.text("id", required=True)
        if id_ is None:
            return
        if id_ in self.places and id_ not in self.held:
            message = f"entity {id_} twice: first at {self.places[id_]}"
            self.gathering.fault(entity.place, message)
        elif id_ not in self.held or entity.values.get("schema") in PARTIES:
            self._read(entity, id_)
        self.held.discard(id_)

    def take_held(self, entity: Fields) -> None:
        """One entity inside another, where it is met for the first time."""
        id_ = entity.text("id", required=True)
        if id_ is not None and id_ not in self.places:
            self.held.add(id_)
            self._read(entity, id_)

    def statements(self, *paths: Path) -> Statements:
        """Everything, once all entities are taken."""
        for document in self.documents:
            _document(document)
        for succession in self.successions:
            _succession(succession)
        return self.gathering.statements(*paths)

    def _read(self, entity: Fields, id_: str) -> None:
        self.places[id_] = entity.place
        schema = entity.text("schema", required=True)
        properties = entity.inside("properties", required=True)
        if schema is None or properties is None:
            return
        if schema in PARTIES:
            self.gathering.parties[id_] = _party(id_, PARTIES[schema], entity, properties)
            _parents(id_, properties)
        elif schema == "Succession":
            self.successions.append(properties)
        elif schema in DOCUMENTS:
            self.documents.append(entity)
        else:
            _relation(schema, entity, properties)


def _relation(schema: str, entity: Fields, properties: Fields) -> None:
    """An entity that joins parties, or one that says nothing of who owns whom."""
    gathering = entity.gathering
    if schema == "Ownership":
        _edges(properties, ("owner", "asset"), "an Ownership names who owns what", "shareholding")
    elif schema == "Control":
        kind = _kind_of_control(properties)
        _edges(properties, ("controller", "controlled"), "a Control names who controls whom", kind)
    elif schema in LINKS:
        gathering.remark("link", f"{schema}: a link that is no ownership: left out", entity.place)
    elif schema not in OTHERS:
        message = f"{schema}: a schema that is not known: left out, whatever it says of owners"
        gathering.remark("unknown_schema", message, entity.place)


def _parents(id_: str, properties: Fields) -> None:
    """The edges from each `parent`, whose part is not stated."""
    for parent in properties.texts("parent"):
        edge = Edge(parent, id_, UNSTATED, "shareholding", since=None, until=None)
        interest = properties.gathering.interest(properties.place, edge)
        if interest is not None:
            properties.gathering.interests.append(interest)


def _edges(properties: Fields, sides: tuple[str, str], names: str, kind: Kind) -> None:
    """The edges from each of one side to each of the other."""
    gathering, place = properties.gathering, properties.place
    owners, owned = (properties.texts(side) for side in sides)
    for key, parties in zip(sides, (owners, owned), strict=True):
        if not parties:
            properties.fault(key, f"missing: {names}")
    since = _day(properties, "startDate", beginning, min)
    until = _day(properties, "endDate", end, max)
    if until is None and any(standings().of("words", s) for s in properties.texts("status")):
        message = "an interest that is over, without the day: left out"
        gathering.remark("ended_interest", message, place)
        return
    shares = list(_shares(properties)) if kind == "shareholding" else [UNSTATED]
    for owner in owners:
        for asset in owned:
            for share in shares:
                edge = Edge(owner, asset, share, kind, since=since, until=until)
                interest = gathering.interest(place, edge)
                if interest is not None:
                    gathering.interests.append(interest)


def _kind_of_control(properties: Fields) -> Kind:
    """The kind of interest: an agreement where some way of control says so, else what it may be."""
    ways = {CONTROL.get(text.lower(), "other") for text in properties.texts("controlType")}
    return next((kind for kind in CONTROL.values() if kind in ways), "other")


def _succession(properties: Fields) -> None:
    """The predecessors have ended, and each successor may have what they had."""
    gathering, place = properties.gathering, properties.place
    before, after = (properties.texts(key) for key in ("predecessor", "successor"))
    for key, parties in (("predecessor", before), ("successor", after)):
        if not parties:
            properties.fault(key, "missing: a Succession names who succeeds whom")
    days = [_day(properties, key, beginning, min) for key in ("date", "startDate", "endDate")]
    since = next(filter(None, days), None)
    for party in before:
        stated = gathering.parties.get(party) or StatedParty(party, source=str(place))
        ended = stated.cessation or Cessation("merged", since, (), str(place))
        heirs = [heir for heir in (*ended.successors, *after) if heir != party]
        ended = replace(ended, successors=tuple(dict.fromkeys(heirs)))
        gathering.parties[party] = replace(stated, cessation=ended)


def _document(entity: Fields) -> None:
    """The number of a Passport or an Identification is one of its holder's."""
    properties = entity.inside("properties")
    if properties is None:
        return
    scheme = DOCUMENTS[str(entity.values["schema"])]
    codes = [alpha_3(code) for code in _countries(properties, "country")]
    issuer = codes[0] if len(codes) == 1 else None
    label = f"{issuer}-{scheme}" if issuer else _UNCODED[scheme]
    values = (*properties.texts("number"), *properties.texts("passportNumber"))
    numbers = tuple(StatedIdentifier(label, value) for value in values)
    for holder in properties.texts("holder"):
        party = entity.gathering.parties.get(holder)
        if party is not None:
            merged = tuple(dict.fromkeys(party.identifiers + numbers))
            entity.gathering.parties[holder] = replace(party, identifiers=merged)


def _cessation(properties: Fields, place: Place) -> Cessation | None:
    """That a party ended, by a day or a status; a status that is not known is remarked on."""
    table = standings()
    statuses = properties.texts("status")
    for text in statuses:
        if not table.knows(text):
            message = f"status {text!r} is not known: it is taken as active"
            properties.gathering.remark("status", message, place)
    standing = table.first(table.of("words", text) for text in statuses)
    dissolved = _day(properties, "dissolutionDate", beginning, min)
    died = _day(properties, "deathDate", beginning, min)
    if standing is None and dissolved is None and died is None:
        return None
    standing = standing or ("dissolved" if dissolved is not None else "deceased")
    return Cessation(standing, dissolved or died, (), str(place))


def _shares(properties: Fields) -> Iterator[Share]:
    texts = properties.texts("percentage")
    if not texts:
        yield UNSTATED
    for text in texts:
        share = percentage(text)
        if share is None:
            message = f"percentage {text!r} says no share for certain: unknown"
            properties.gathering.remark("percentage", message, properties.place)
        yield share or UNSTATED


def _day(
    properties: Fields,
    key: str,
    read: Callable[[str], StatedDay | None],
    choose: Callable[[list[date]], date],
) -> date | None:
    days = []
    for text in properties.texts(key):
        found = read(text)
        if found is None:
            properties.fault(key, f"a day written as 2024-06-15 is expected, not {text!r}")
            continue
        if found.rounded:
            properties.gathering.remark("rounded_day", ROUNDED, properties.place)
        days.append(found.day)
    return choose(days) if days else None


def _party(id_: str, kind: PartyKind, entity: Fields, properties: Fields) -> StatedParty:
    names = properties.texts("name")
    caption = entity.text("caption")
    seats = _countries(properties, "jurisdiction")
    if len(seats) > 1:
        message = "several jurisdictions are stated: where it is incorporated is left open"
        properties.gathering.remark("jurisdictions", message, properties.place)
    return StatedParty(
        id=id_,
        name=caption if caption in names else next(iter(names), None),
        kind=kind,
        incorporation=seats[0] if len(seats) == 1 else None,
        nationalities=_countries(properties, "nationality", "citizenship", read=nationality_code),
        identifiers=tuple(
            StatedIdentifier(scheme, value)
            for scheme in _NUMBERS
            for value in properties.texts(scheme)
        ),
        source=str(entity.place),
        cessation=_cessation(properties, entity.place),
    )


def _countries(properties: Fields, *keys: str, read: _Read = country_code) -> tuple[str, ...]:
    codes = (
        read(text.upper(), properties.place, properties.gathering)
        for key in keys
        for text in properties.texts(key)
    )
    return tuple(dict.fromkeys(filter(None, codes)))
