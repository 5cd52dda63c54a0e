"""Ownership as statements of the Beneficial Ownership Data Standard 0.4.

The standard: https://standard.openownership.org/en/0.4.0/ Promises: the same graph, parties and day
give the same bytes; every statement is valid by the published schema; what is written is read back
(readers/bods.py) as the same interests, parties and reporting exceptions. Ids are hashes of what a
statement says. A party's record has the party's id; all interests of one owner in one party are
one record. What the standard has no field for is told in words (readers/bods_details.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final, TextIO
from uuid import UUID

from compliance.model.share import Share
from compliance.ownership.graph import OwnershipGraph
from compliance.ownership.interests import UNSTATED, Interest
from compliance.ownership.readers import bods_terms as terms
from compliance.ownership.readers.bods_details import Details
from compliance.ownership.readers.bods_relations import EXCEPTION_WORDS
from compliance.ownership.readers.statements import StatedParty
from compliance.places import embedded

_DECIMALS: Final = 12
_CODES: Final = {name: code for code, name in terms.SCHEMES.items()}
"""Of a percentage: three digits before the point and these are what a JSON number keeps exactly."""


def bods_statements(
    graph: OwnershipGraph,
    parties: Mapping[str, StatedParty],
    *,
    published: date,
    publisher: str,
) -> Iterator[dict[str, Any]]:
    """The statements of a graph, parties first, then relationships, each in order of ids.

    `parties` tells what is known of them by id; `published` is the day of all statements, and
    `publisher` the name of who makes them.
    """
    dated = _Dated(published, publisher)
    for party in sorted(graph.parties | parties.keys()):
        stated = parties.get(party) or StatedParty(party)
        type_ = "person" if stated.kind == "person" else "entity"
        details = _person(stated) if type_ == "person" else _entity(stated)
        yield dated.statement(party, party, type_, details)
    for (owned, owner), interests in sorted(_by_pair(graph.interests).items()):
        details = {
            "isComponent": False,
            "subject": owned,
            "interestedParty": owner,
            "interests": [_interest(each) for each in interests],
        }
        yield dated.relationship(owned, details)
    for owned in sorted(graph.parties):
        for name in graph.exceptions(owned):
            unnamed = _unspecified(name)
            details = {"isComponent": False, "subject": owned, "interestedParty": unnamed}
            yield dated.relationship(owned, details)


def write_bods(statements: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    """Write statements as one JSON array, a statement a line."""
    before = "[\n"
    for statement in statements:
        file.write(before + json.dumps(statement, ensure_ascii=False))
        before = ",\n"
    file.write("[]\n" if before == "[\n" else "\n]\n")


class _Dated:
    """Makes statements of one day and publisher."""

    def __init__(self, published: date, publisher: str) -> None:
        self._day = published.isoformat()
        self._publication = {
            "publicationDate": self._day,
            "bodsVersion": terms.VERSION,
            "publisher": {"name": publisher},
        }

    def relationship(self, owned: str, details: Mapping[str, Any]) -> dict[str, Any]:
        sides = [details["subject"], details["interestedParty"]]
        record = f"relationship-{_hash(sides).hex()[:32]}"
        return self.statement(record, owned, "relationship", details)

    def statement(
        self, record: str, subject: str, type_: str, details: Mapping[str, Any]
    ) -> dict[str, Any]:
        said = {
            "declarationSubject": subject,
            "statementDate": self._day,
            "publicationDetails": self._publication,
            "recordId": record,
            "recordType": type_,
            "recordStatus": "new",
            "recordDetails": details,
        }
        return {"statementId": str(UUID(bytes=_hash(said)[:16], version=5)), **said}


def _hash(said: Any) -> bytes:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def _by_pair(interests: Iterable[Interest]) -> dict[tuple[str, str], list[Interest]]:
    """Interests by owned and owner, each once, in an order that their statements do not decide."""
    pairs: dict[tuple[str, str], dict[str, Interest]] = {}
    for interest in interests:
        key = json.dumps(_interest(interest), sort_keys=True)
        pairs.setdefault((interest.owned, interest.owner), {})[key] = interest
    return {
        pair: [statements[key] for key in sorted(statements)] for pair, statements in pairs.items()
    }


def _interest(interest: Interest) -> dict[str, Any]:
    share, exact_ends = _share(interest.share)
    details = str(Details.of_interest(interest, exact_ends=exact_ends))
    details_of_interest: dict[str, Any] = {
        "type": terms.TYPES[interest.kind],
        "directOrIndirect": "unknown",
    }
    if details:
        details_of_interest["details"] = details
    if share:
        details_of_interest["share"] = share
    if interest.since is not None:
        details_of_interest["startDate"] = interest.since.isoformat()
    if interest.until is not None:
        details_of_interest["endDate"] = interest.until.isoformat()
    return details_of_interest


def _share(share: Share) -> tuple[dict[str, float], bool]:
    """The share in percent, and whether its exact ends must be told in words.

    An end that no number of percent is equal to is written as the nearest number outside.
    """
    if share == UNSTATED:
        return {}, False
    low, high = share.minimum * 100 * 10**_DECIMALS, share.maximum * 100 * 10**_DECIMALS
    inexact = low.denominator != 1 or high.denominator != 1
    if share.is_exact and not inexact:
        return {"exact": _number(int(low))}, False
    return {
        "exclusiveMinimum" if share.exclusive_minimum else "minimum": _number(floor(low)),
        "exclusiveMaximum" if share.exclusive_maximum else "maximum": _number(ceil(high)),
    }, inexact


def _number(scaled: int) -> float:
    """A number of percent; as a float it is written with the very digits it has here."""
    value = Fraction(scaled, 10**_DECIMALS)
    return int(value) if value.denominator == 1 else float(value)


def _unspecified(name: str) -> dict[str, str]:
    if name in terms.REASONS:
        return {"reason": name}
    return {
        "reason": terms.REASON_OF.get(name, "unknown"),
        "description": f"{EXCEPTION_WORDS}{name}",
    }


def _entity(party: StatedParty) -> dict[str, Any]:
    type_, words = terms.ENTITY_TYPES[party.kind]
    entity: dict[str, Any] = {"isComponent": False, "entityType": {"type": type_}}
    if words:
        entity["entityType"]["details"] = words
    if party.name is not None:
        entity["name"] = party.name
    if party.incorporation is not None:
        entity["jurisdiction"] = _country(party.incorporation)
    if party.cessation is not None and party.cessation.since is not None:
        entity["dissolutionDate"] = party.cessation.since.isoformat()
    if party.headquarters is not None:
        entity["addresses"] = [{"type": "business", "country": _country(party.headquarters)}]
    return {**entity, **_identifiers(party)}


def _person(party: StatedParty) -> dict[str, Any]:
    known = "knownPerson" if party.name is not None else "unknownPerson"
    person: dict[str, Any] = {"isComponent": False, "personType": known}
    if party.name is not None:
        person["names"] = [{"fullName": party.name}]
    if party.nationalities:
        person["nationalities"] = [_country(code) for code in party.nationalities]
    if party.residence is not None:
        person["addresses"] = [{"type": "residence", "country": _country(party.residence)}]
    return {**person, **_identifiers(party)}


def _country(code: str) -> dict[str, str]:
    return {"name": embedded().name(code), "code": code}


def _identifiers(party: StatedParty) -> dict[str, Any]:
    stated = [{"id": each.value, **_scheme(each.scheme)} for each in party.identifiers]
    return {"identifiers": stated} if stated else {}


def _scheme(name: str) -> dict[str, str]:
    """The code that the standard prescribes, where there is one, else the name as it is."""
    code = _CODES.get(name, name)
    return {"scheme" if terms.CODE.fullmatch(code) else "schemeName": code}
