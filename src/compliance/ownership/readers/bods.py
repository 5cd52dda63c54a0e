"""The "bods" format: statements of the Beneficial Ownership Data Standard 0.4, array or JSON lines.

The standard: https://standard.openownership.org/en/0.4.0/ Invariants:

- a party's id is its record's id; its latest statement tells what it is (bods_records.py tells how
  relationships go through their versions);
- an indirect interest that direct ones spell out is not added to them (bods_indirect.py);
- a holder or subject that is not specified, and a party that is anonymous or unknown, is a
  reporting exception under the reason that is given: not "no owner";
- an entity with a date of dissolution, a person with one of death, and a party whose record is
  closed have ended, the last on the day of the statement that closes it;
- an end date is the first day on which an interest no longer holds, as the standard has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from compliance import files
from compliance.model.party import PartyKind, Standing
from compliance.ownership.cessation import Cessation
from compliance.ownership.readers import bods_terms as terms
from compliance.ownership.readers.bods_indirect import merged
from compliance.ownership.readers.bods_records import Record
from compliance.ownership.readers.bods_relations import relationship
from compliance.ownership.readers.json_members import Fields, country_code, nationality_code
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Gathering,
    Place,
    ReportingException,
    StatedIdentifier,
    StatedParty,
    Statements,
    refusal,
)

FORMAT: Final = "bods"
_TYPES: Final = ("entity", "person", "relationship")
_Read = Callable[[str, Place, Gathering], str | None]
_OURS: Final[dict[str, PartyKind]] = {
    "wallet": "wallet",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def read_bods(*paths: Path) -> Statements:
    """What the statements of one or several files state, taken together.

    Raises:
        OwnershipError: broken JSON, with its line; every statement that is not of the standard,
            with its line and JSON pointer; a file without a statement.
    """
    reading = _Reading(Gathering(FORMAT))
    for path in paths:
        before = reading.count
        for line, pointer, value in files.json_records(
            path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD
        ):
            reading.take(Fields(value, Place(path, line, pointer), reading.gathering))
        if reading.count == before:
            raise refusal(path, "no statement")
    return reading.statements(*paths)


@dataclass(slots=True)
class _Told:
    """The latest statement of a party, and why it is not named."""

    at: datetime
    party: StatedParty
    person: bool
    reason: str | None


@dataclass(slots=True)
class _Reading:
    gathering: Gathering
    told: dict[str, _Told] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    count: int = 0

    def take(self, statement: Fields) -> None:
        """One statement."""
        self.count += 1
        if not _is_of_this_version(statement):
            return
        statement.text("statementId", required=True)
        record = statement.text("recordId", required=True)
        statement.text("statementDate", required=True)
        on = statement.since("statementDate")
        status = statement.one_of("recordStatus", terms.STATUSES)
        kind = statement.one_of("recordType", _TYPES, required=True)
        details = statement.inside("recordDetails", required=True)
        if record is None or on is None or kind is None or details is None:
            return
        at = statement.moment("statementDate")
        if kind == "relationship":
            version = relationship(statement, details, at=at, on=on, closed=status == "closed")
            self.records.setdefault(record, Record()).versions.append(version)
        else:
            told = _entity(record, details) if kind == "entity" else _person(record, details)
            party = told[0]
            if status == "closed" and party.cessation is None:
                party = replace(party, cessation=Cessation("closed", on, (), party.source))
            found = _Told(at, party, kind == "person", told[1])
            if record not in self.told or self.told[record].at <= at:
                self.told[record] = found

    def statements(self, *paths: Path) -> Statements:
        """Everything, once all statements are taken."""
        gathering = self.gathering
        gathering.parties.update((key, told.party) for key, told in self.told.items())
        pieces = [piece for record in self.records.values() for piece in record.history()]
        persons = {key for key, told in self.told.items() if told.person}
        for piece in merged(pieces, persons, gathering):
            interest = gathering.interest(piece.place, piece.edge)
            if interest is None:
                continue
            gathering.interests.append(interest)
            for party in (interest.owner, interest.owned):
                if party not in self.told:
                    message = "a record names a party that no statement describes"
                    gathering.remark("undescribed_party", message, piece.place)
            holder = self.told.get(interest.owner)
            if holder is not None and holder.reason and holder.person:
                gathering.exceptions.append(
                    ReportingException(
                        interest.owned,
                        holder.reason,
                        interest.since,
                        interest.until,
                        holder.party.source,
                    )
                )
        for record in self.records.values():
            gathering.exceptions.extend(record.exceptions())
        for key, told in self.told.items():
            if told.reason and not told.person:
                found = ReportingException(key, told.reason, source=told.party.source)
                gathering.exceptions.append(found)
        return gathering.statements(*paths)


def _is_of_this_version(statement: Fields) -> bool:
    if "recordType" not in statement.values and "statementType" in statement.values:
        message = f"a statement of an earlier version of the standard; {terms.VERSION} is read"
        statement.gathering.fault(statement.place, message, hint="convert it to BODS 0.4")
        return False
    publication = statement.inside("publicationDetails")
    version = publication.text("bodsVersion") if publication else None
    if version is not None and version != terms.VERSION and publication:
        publication.fault("bodsVersion", f"version {terms.VERSION} is read, not {version}")
        return False
    return True


def _entity(record: str, details: Fields) -> tuple[StatedParty, str | None]:
    stated = details.inside("entityType", required=True)
    word = stated.one_of("type", terms.ENTITY_KINDS, required=True) if stated else None
    kind = terms.ENTITY_KINDS[word] if word else "unknown"
    if stated is not None and word == "unknownEntity":
        kind = _OURS.get(stated.text("details") or "", kind)
    jurisdiction = details.inside("jurisdiction")
    offices = {
        address.text("type"): _country(address.inside("country"))
        for address in details.each("addresses")
        if address.values.get("type") == "business"
    }
    party = StatedParty(
        id=record,
        name=details.text("name"),
        kind=kind,
        incorporation=_country(jurisdiction),
        headquarters=offices.get("business"),
        identifiers=_identifiers(details),
        source=str(details.place),
        cessation=_ended(details, "dissolutionDate", "dissolved"),
    )
    return party, _reason(details.inside("unspecifiedEntityDetails"))


def _person(record: str, details: Fields) -> tuple[StatedParty, str | None]:
    details.one_of("personType", terms.PERSON_TYPES, required=True)
    names = {name.text("type"): name.text("fullName") for name in details.each("names")}
    homes = [
        _country(address.inside("country"))
        for address in details.each("addresses")
        if address.values.get("type") == "residence"
    ]
    nationalities = (_country(each, nationality_code) for each in details.each("nationalities"))
    party = StatedParty(
        id=record,
        name=names.get("legal") or next(filter(None, names.values()), None),
        kind="person",
        residence=next(filter(None, homes), None),
        nationalities=tuple(dict.fromkeys(filter(None, nationalities))),
        identifiers=_identifiers(details),
        source=str(details.place),
        cessation=_ended(details, "deathDate", "deceased"),
    )
    return party, _reason(details.inside("unspecifiedPersonDetails"))


def _ended(details: Fields, key: str, standing: Standing) -> Cessation | None:
    """That a party ended on the day under a key, if any is stated."""
    day = details.since(key)
    return None if day is None else Cessation(standing, day, (), str(details.place))


def _reason(unspecified: Fields | None) -> str | None:
    return (
        None if unspecified is None else unspecified.one_of("reason", terms.REASONS, required=True)
    )


def _country(stated: Fields | None, read: _Read = country_code) -> str | None:
    """The country of {name, code}; of a subdivision, the country it is in."""
    if stated is None:
        return None
    text = stated.text("code") or stated.text("name")
    return None if text is None else read(text, stated.place, stated.gathering)


def _identifiers(details: Fields) -> tuple[StatedIdentifier, ...]:
    found = []
    for each in details.each("identifiers"):
        value = each.text("id")
        scheme = each.text("scheme") or each.text("schemeName")
        if scheme is None:
            each.fault("scheme", "missing: scheme or schemeName is expected")
        elif value is not None:
            found.append(StatedIdentifier(terms.SCHEMES.get(scheme, scheme), value))
    return tuple(dict.fromkeys(found))
