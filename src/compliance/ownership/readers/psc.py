"""The "psc" format: lines of the UK snapshot of people with significant control.

Companies House: https://download.companieshouse.gov.uk/en_pscdata.html Invariants:

- a company is "GB-COH-" and its number; so is a corporate owner registered in the United Kingdom
  under such a number, wherever it stands, so that chains join. Any other person is the address of
  its entry: two entries are never taken for one person;
- natures of control are intervals (psc_natures.py). An interest begins on the day of notification
  (the holding may be older; the register began on 2016-04-06) and ends on the day it ceased;
- a statement that nobody is known or named, an exemption, and a person whose particulars are
  protected are reporting exceptions of the company, by the register's own word: not "no owner". A
  statement on who came or went in the update or "relevant" period names no missing owner;
- the snapshot does not say whether a company was dissolved.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance import files
from compliance.model.party import PartyKind
from compliance.ownership.interests import UNSTATED, Edge
from compliance.ownership.readers.json_members import Fields, nationality_code
from compliance.ownership.readers.psc_natures import Nature, combined, is_interest, nature
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Gathering,
    Place,
    ReportingException,
    StatedIdentifier,
    StatedParty,
    Statements,
    completed,
    refusal,
)
from compliance.places import country

FORMAT: Final = "psc"
REGISTER: Final = "GB-COH"
_PERSONS: Final[MappingProxyType[str, PartyKind]] = MappingProxyType(
    {
        "individual-person-with-significant-control": "person",
        "corporate-entity-person-with-significant-control": "organization",
        "legal-person-person-with-significant-control": "organization",
        "individual-beneficial-owner": "person",
        "corporate-entity-beneficial-owner": "organization",
        "legal-person-beneficial-owner": "organization",
    }
)
_PROTECTED: Final = frozenset(
    {"super-secure-person-with-significant-control", "super-secure-beneficial-owner"}
)
_STATEMENT: Final = "persons-with-significant-control-statement"
_EXEMPTIONS: Final = "exemptions"
_TOTALS: Final = "totals#persons-of-significant-control-snapshot"
_KNOWN: Final = frozenset({*_PERSONS, *_PROTECTED, _STATEMENT, _EXEMPTIONS, _TOTALS})
_NO_EXCEPTIONS: Final = (
    "all-beneficial-owners-identified",
    "nobody-has-become",
    "somebody-has-become",
)
_OF_A_PERIOD: Final = "-relevant-period"  # what changed in a period says nothing of who is missing
_NUMBER: Final = re.compile(r"[A-Z]{2}\d{6}|[A-Z]\d{7}|\d{6,8}", re.ASCII)
_ABROAD: Final = frozenset({"BR", "FC", "NF", "OE", "SF"})  # registered here, formed elsewhere


def read_psc(*paths: Path) -> Statements:
    """What the lines of one or several files state, taken together.

    Raises:
        OwnershipError: broken JSON, an object that is no line of the snapshot, dates reversed; each
            with its line. A file without a line.
    """
    gathering = Gathering(FORMAT)
    for path in paths:
        count = 0
        for line, pointer, value in files.json_records(
            path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD
        ):
            count += 1
            _take(Fields(value, Place(path, line, pointer), gathering))
        if not count:
            raise refusal(path, "no line of a snapshot")
    return gathering.statements(*paths)


def _take(line: Fields) -> None:
    data = line.inside("data", required=True)
    kind = data.one_of("kind", _KNOWN, required=True) if data else None
    if data is None or kind is None or kind == _TOTALS:
        return
    number = line.text("company_number", required=True)
    if number is None:
        return
    company = f"{REGISTER}-{number}"
    _add(data.gathering, _company(number, str(line.place)))
    if kind in _PERSONS:
        _person(data, company, _PERSONS[kind])
    elif kind == _EXEMPTIONS:
        data.gathering.exceptions.extend(_exemptions(data, company))
    else:
        _exception(data, company, kind)


def _add(gathering: Gathering, party: StatedParty) -> None:
    earlier = gathering.parties.get(party.id)
    gathering.parties[party.id] = party if earlier is None else completed(earlier, party)


def _company(number: str, source: str) -> StatedParty:
    return StatedParty(
        id=f"{REGISTER}-{number}",
        kind="organization",
        incorporation=None if number[:2] in _ABROAD else "GB",
        identifiers=(StatedIdentifier(REGISTER, number),),
        source=source,
    )


def _person(data: Fields, company: str, kind: PartyKind) -> None:
    gathering, place = data.gathering, data.place
    identification = data.inside("identification")
    party = _corporate(data, identification, kind) or StatedParty(
        id=_entry(data, company),
        name=data.text("name"),
        kind=kind,
        incorporation=identification.country("country_registered") if identification else None,
        residence=data.country("country_of_residence") if kind == "person" else None,
        nationalities=tuple(_nationalities(data)),
        identifiers=tuple(_numbers(identification)),
        source=str(place),
    )
    _add(gathering, party)
    since, until = data.since("notified_on"), data.until("ceased_on")
    if data.flag("ceased") and until is None:
        message = "a person who has ceased, without the day: left out"
        gathering.remark("ceased", message, place)
        return
    for right, share in combined(_natures(data)):
        edge = Edge(party.id, company, share, right, since, until)
        interest = gathering.interest(place, edge)
        if interest is not None:
            gathering.interests.append(interest)


def _natures(data: Fields) -> Iterator[Nature]:
    words = data.texts("natures_of_control")
    if not words:
        message = "no nature of control is stated: it may be a shareholding"
        data.gathering.remark("unknown_nature", message, data.place)
        yield Nature("shareholding", UNSTATED, jointly=False)
    for word in words:
        found = nature(word)
        if found is not None:
            if found.jointly:
                message = "held as trust or as firm: how much is this person's own is not stated"
                data.gathering.remark("jointly", message, data.place)
            yield found
        elif is_interest(word):
            message = f"nature of control {word!r} is not known: it may be a shareholding"
            data.gathering.remark("unknown_nature", message, data.place)
            yield Nature("shareholding", UNSTATED, jointly=False)
        else:
            message = f"{word}: no interest in the company: left out"
            data.gathering.remark("no_interest", message, data.place)


def _corporate(data: Fields, identification: Fields | None, kind: PartyKind) -> StatedParty | None:
    """The party of a corporate owner that the same register has, by its number there."""
    if identification is None or kind != "organization":
        return None
    number = (identification.text("registration_number") or "").upper().replace(" ", "")
    if not _NUMBER.fullmatch(number) or not _here(identification):
        return None
    if number.isdigit():
        number = number.zfill(8)
    company = _company(number, str(data.place))
    return completed(company, StatedParty(company.id, data.text("name")))


def _here(identification: Fields) -> bool:
    """Whether the register that is named is that of the United Kingdom."""
    places = [identification.text(key) for key in ("country_registered", "place_registered")]
    named = [place for place in places if place is not None]
    codes = {country(place) for place in named} - {None}
    house = any("companies house" in place.lower() for place in named)
    return codes == {"GB"} or (house and not codes)


def _entry(data: Fields, company: str) -> str:
    """The address of the entry in the register, or a name made of what it says."""
    links = data.inside("links")
    address = links.text("self") if links else None
    if address is not None:
        return address
    said = "\x1f".join(f"{key}={data.values[key]!r}" for key in sorted(data.values))
    return f"{company}#{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _nationalities(data: Fields) -> Iterator[str]:
    """Several are separated by commas, as in "British,Irish"."""
    for text in (data.text("nationality") or "").split(","):
        code = nationality_code(text.strip(), data.place, data.gathering) if text.strip() else None
        if code is not None:
            yield code


def _numbers(identification: Fields | None) -> Iterator[StatedIdentifier]:
    if identification is not None:
        number = identification.text("registration_number")
        if number is not None:
            register = identification.text("place_registered") or "registration"
            yield StatedIdentifier(register, number)


def _exception(data: Fields, company: str, kind: str) -> None:
    word: str | None = kind
    if kind == _STATEMENT:
        word = data.text("statement", required=True)
    if word is None:
        return
    if word.startswith(_NO_EXCEPTIONS) or word.endswith(_OF_A_PERIOD):
        message = f"{word}: names no missing owner: left out"
        data.gathering.remark("statement", message, data.place)
        return
    since, until = data.since("notified_on"), data.until("ceased_on")
    found = ReportingException(company, word, since, until, str(data.place))
    data.gathering.exceptions.append(found)


def _exemptions(data: Fields, company: str) -> Iterator[ReportingException]:
    stated = data.inside("exemptions")
    for key in sorted(stated.values) if stated else ():
        each = stated.inside(key) if stated else None
        if each is None:
            continue
        word = each.text("exemption_type") or key.replace("_", "-")
        periods = [
            (item.since("exempt_from"), item.until("exempt_to")) for item in each.each("items")
        ]
        for since, until in periods or [(None, None)]:
            yield ReportingException(company, word, since, until, str(data.place))
