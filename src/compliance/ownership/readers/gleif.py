"""The "gleif" format: who consolidates whom, by GLEIF's level 2 data, with names of its level 1.

Relationship records (RR-CDF), reporting exceptions and LEI records, one or several files of each;
the publisher: https://www.gleif.org/en/lei-data/gleif-golden-copy Invariants:

- a party is its LEI. Consolidation in accounts, a branch in its head office, and a sub-fund in its
  umbrella, of which it is a part, is an interest of kind consolidation, without a percentage (a
  quantifier is of the accounts, not of shares);
- who manages a fund has influence of another kind over it, which may be control; a feeder fund
  holds shares of its master, of which nobody says how many;
- an ultimate parent that the chain of direct parents reaches is not stated a second time. Where
  that chain ends below it, the interest is stated of the top of the chain: who ultimately
  consolidates a party consolidates all between. So the top of what is stated is the ultimate
  parent, once, whether or not the links between are published;
- a reporting exception is of the party that reports it. One of the ultimate parent is also of the
  top of the reporter's chain, of which it says that what stands above is not reported;
- an interest holds for the period of the relationship; accounting periods are not read. Records
  that are deleted, annulled, not yet active, or inactive without an end are left out;
- of two records of one relationship the one that was updated last counts;
- an entity whose record is retired, merged, annulled or a duplicate, or that is inactive, has ended
  (gleif_endings.py); a lapsed record was only not renewed, and a remark counts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.model.party import PartyKind
from compliance.ownership.cessation import Cessation
from compliance.ownership.interests import Edge, Kind
from compliance.ownership.readers.gleif_chains import Chains
from compliance.ownership.readers.gleif_endings import ending
from compliance.ownership.readers.gleif_records import records
from compliance.ownership.readers.json_members import Fields, country_code
from compliance.ownership.readers.statements import (
    Gathering,
    Place,
    ReportingException,
    StatedIdentifier,
    StatedParty,
    Statements,
    completed,
    refusal,
)

FORMAT: Final = "gleif"
# Who is above whom, and in what way: the end of the relationship owns its start, but for a feeder.
_KIND_OF: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "IS_DIRECTLY_CONSOLIDATED_BY": "consolidation",
        "IS_ULTIMATELY_CONSOLIDATED_BY": "consolidation",
        "IS_INTERNATIONAL_BRANCH_OF": "consolidation",
        "IS_SUBFUND_OF": "consolidation",
        "IS_FUND-MANAGED_BY": "other",
        "IS_FEEDER_TO": "shareholding",
    }
)
_FEEDER: Final = "IS_FEEDER_TO"
_ULTIMATE: Final = frozenset({"IS_ULTIMATELY_CONSOLIDATED_BY"})
_CATEGORIES: Final = (
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
)
_STATUSES: Final = ("ACTIVE", "INACTIVE", "NULL")
_VOID: Final = frozenset({"ANNULLED", "DUPLICATE", "CANCELLED"})
_KINDS: Final[Mapping[str, PartyKind]] = MappingProxyType(
    {
        "GENERAL": "organization",
        "FUND": "organization",
        "BRANCH": "organization",
        "SOLE_PROPRIETOR": "person",
        "RESIDENT_GOVERNMENT_ENTITY": "public_body",
        "INTERNATIONAL_ORGANIZATION": "organization",
    }
)


def read_gleif(*paths: Path) -> Statements:
    """What one or several files state, taken together.

    Raises:
        OwnershipError: a broken file, with its line; every record that lacks what it must have,
            with its place; a file without a record.
        InputError: a file is XML and the extra that reads it safely is not installed.
    """
    reading = _Reading(Gathering(FORMAT))
    for path in paths:
        count = 0
        for kind, record in records(path, reading.gathering):
            count += 1
            if kind == "relationship":
                reading.relationship(record)
            elif kind == "exception":
                reading.exception(record)
            else:
                reading.entity(record)
        if not count:
            raise refusal(path, "no record", hint="a relationship, an exception or an LEI record")
    return reading.statements(*paths)


@dataclass(frozen=True, slots=True)
class _Relation:
    """A relationship record: its edges, one for each period, and when it was updated."""

    ultimate: bool
    edges: tuple[Edge, ...]
    updated: datetime
    place: Place


@dataclass(slots=True)
class _Reading:
    gathering: Gathering
    relations: dict[tuple[str, str, str], _Relation] = field(default_factory=dict)
    exceptions: dict[tuple[str, str], tuple[ReportingException, ...]] = field(default_factory=dict)
    updated: dict[str, datetime] = field(default_factory=dict)
    above: set[tuple[str, str, date | None, date | None]] = field(default_factory=set)

    def relationship(self, record: Fields) -> None:
        """One record of level 2."""
        stated = record.inside("Relationship", required=True)
        if stated is None:
            return
        owned, owner = (_node(stated, key) for key in ("StartNode", "EndNode"))
        type_ = stated.text("RelationshipType", required=True)
        if type_ is None or owned is None or owner is None:
            return
        if type_ not in _KIND_OF:
            message = f"{type_}: a relationship that is not known: left out"
            self.gathering.remark("relationship_type", message, record.place)
            return
        updated = _updated(record)
        earlier = self.relations.get((owned, owner, type_))
        if earlier is not None and earlier.updated > updated:
            return
        ends = (owned, owner) if type_ == _FEEDER else (owner, owned)
        edges = tuple(self._edges(record, stated, ends, _KIND_OF[type_]))
        found = _Relation(type_ in _ULTIMATE, edges, updated, record.place)
        self.relations[owned, owner, type_] = found

    def exception(self, record: Fields) -> None:
        """One reporting exception."""
        lei = record.text("LEI", required=True)
        category = record.one_of("ExceptionCategory", _CATEGORIES, required=True)
        if isinstance(record.values.get("ExceptionReason"), list):
            reasons = record.texts("ExceptionReason")
        else:
            reasons = (record.text("ExceptionReason", required=True) or "",)
        if lei is None or category is None:
            return
        if _deleted(record):
            self.gathering.remark("deleted", "a deleted record: left out", record.place)
            reasons = ()
        self.exceptions[lei, category] = tuple(
            ReportingException(lei, reason, source=str(record.place)) for reason in reasons
        )

    def entity(self, record: Fields) -> None:
        """One record of level 1."""
        lei = record.text("LEI", required=True)
        entity = record.inside("Entity", required=True)
        if lei is None or entity is None:
            return
        updated = _updated(record)
        registration = record.inside("Registration")
        party = _party(lei, entity, str(record.place), ending(entity, registration, lei))
        if registration is not None and registration.text("RegistrationStatus") == "LAPSED":
            message = "an entity whose record has lapsed: nobody has confirmed it since"
            self.gathering.remark("lapsed_entity", message, record.place)
        parties = self.gathering.parties
        before = self.updated.setdefault(lei, updated)
        if before < updated or lei not in parties:
            parties[lei], self.updated[lei] = party, updated
        elif before == updated:
            parties[lei] = completed(parties[lei], party)

    def statements(self, *paths: Path) -> Statements:
        """Everything, once all records are taken."""
        gathering = self.gathering
        chains = Chains()
        for relation in self.relations.values():
            if not relation.ultimate:
                for edge in relation.edges:
                    interest = gathering.interest(relation.place, edge)
                    if interest is not None:
                        gathering.interests.append(interest)
                        if interest.kind == "consolidation":
                            chains.add(interest)
        for relation in self.relations.values():
            if relation.ultimate:
                for edge in relation.edges:
                    self._ultimate(chains, edge, relation.place)
        gathering.exceptions.extend(self._exceptions(chains))
        return gathering.statements(*paths)

    def _exceptions(self, chains: Chains) -> Iterator[ReportingException]:
        of_tops: dict[tuple[str, str], ReportingException] = {}
        for (lei, category), stated in self.exceptions.items():
            yield from stated
            for top in chains.tops(lei) if category == _CATEGORIES[1] else ():
                for found in stated:
                    above = ReportingException(top, found.exception, source=found.source)
                    of_tops.setdefault((top, found.exception), above)
        yield from of_tops.values()

    def _ultimate(self, chains: Chains, edge: Edge, place: Place) -> None:
        found = self.gathering.interest(place, edge)
        if found is None:
            return
        needed = chains.needed(found)
        if not needed:
            message = "an ultimate parent whom the direct parents lead to: not stated again"
            self.gathering.remark("ultimate_reached", message, place)
        elif needed[0].owned != found.owned:
            message = "an ultimate parent stated of the top of the chain of direct parents"
            self.gathering.remark("ultimate_of_top", message, place)
        for interest in needed:
            key = interest.owner, interest.owned, interest.since, interest.until
            if key not in self.above:
                self.above.add(key)
                self.gathering.interests.append(interest)

    def _edges(
        self, record: Fields, stated: Fields, ends: tuple[str, str], kind: Kind
    ) -> Iterator[Edge]:
        """The edges of a record from owner to owned, one for each period; why there are none."""
        status = stated.one_of("RelationshipStatus", _STATUSES)
        registration = record.inside("Registration")
        registered = registration.text("RegistrationStatus") if registration else None
        place = record.place
        if _deleted(record):
            self.gathering.remark("deleted", "a deleted record: left out", place)
            return
        if status == "NULL" or registered in _VOID:
            message = f"a record that is {registered or status}: left out"
            self.gathering.remark("void", message, place)
            return
        if registered == "LAPSED":
            message = "a registration that has lapsed: nobody has confirmed it since"
            self.gathering.remark("lapsed", message, place)
        periods = [
            period
            for period in _periods(stated)
            if period.text("PeriodType") == "RELATIONSHIP_PERIOD"
        ]
        dates = [(p.since("StartDate"), p.until("EndDate")) for p in periods] or [(None, None)]
        for since, until in dates:
            if until is None and (status == "INACTIVE" or registered == "RETIRED"):
                message = "an inactive relationship without an end: left out"
                self.gathering.remark("inactive", message, place)
            else:
                yield Edge(*ends, kind=kind, since=since, until=until)


def _updated(record: Fields) -> datetime:
    registration = record.inside("Registration") or Fields({}, record.place, record.gathering)
    return registration.moment("LastUpdateDate")


def _node(stated: Fields, key: str) -> str | None:
    node = stated.inside(key, required=True)
    return node.text("NodeID", required=True) if node else None


def _periods(stated: Fields) -> Iterator[Fields]:
    """The periods, which are a list, or one or several elements of a name."""
    value = stated.values.get("RelationshipPeriods")
    if isinstance(value, Mapping):
        value = value.get("RelationshipPeriod", [])
        value = value if isinstance(value, list) else [value]
    yield from Fields({"RelationshipPeriods": value or None}, stated.place, stated.gathering).each(
        "RelationshipPeriods"
    )


def _deleted(record: Fields) -> bool:
    extension: Any = record.values.get("Extension")
    return isinstance(extension, Mapping) and "Deletion" in extension


def _party(lei: str, entity: Fields, source: str, ended: Cessation | None) -> StatedParty:
    category = entity.text("EntityCategory")
    offices = entity.inside("HeadquartersAddress")
    jurisdiction = entity.text("LegalJurisdiction")
    authority = entity.inside("RegistrationAuthority")
    numbers = [StatedIdentifier("lei", lei)]
    if authority is not None:
        scheme = authority.text("RegistrationAuthorityID")
        number = authority.text("RegistrationAuthorityEntityID")
        if scheme and number:
            numbers.append(StatedIdentifier(scheme, number))
    return StatedParty(
        id=lei,
        name=entity.text("LegalName"),
        kind=_KINDS.get(category or "", "unknown"),
        incorporation=(
            country_code(jurisdiction, entity.place, entity.gathering) if jurisdiction else None
        ),
        headquarters=offices.country("Country") if offices else None,
        identifiers=tuple(numbers),
        source=source,
        cessation=ended,
    )
