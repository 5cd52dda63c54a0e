"""The "ofac-sdn-advanced-xml" and "ofac-consolidated-advanced-xml" formats of OFAC.

SDN_ADVANCED.XML and CONS_ADVANCED.XML are in the sanctions data model of the United Nations; the
publisher's notes: https://ofac.treasury.gov/sdn-list-data-formats-data-schemas One root Sanctions
with DateOfIssue, ReferenceValueSets, Locations, IDRegDocuments, DistinctParties,
ProfileRelationships and SanctionsEntries, which refer to each other by numbers. Read as a stream:
each record is checked against the schema, then forgotten but for what it says. Invariants:

- each DistinctParty is one listing, in file order; its id is FixedRef, which is the uid of SDN.XML
  and the number of the CSV set; a name is "LAST, First", as there; names in other scripts are
  aliases, those of LowQuality are weak;
- a party without an entry on a list, an entry of no party, a number that nothing explains: refused;
- programmes are the measures of type Program; entries of the non-SDN list are refused in the SDN
  format, and the other way round, for the same programme means another thing in each;
- listed_on is the first day on which an entry was created, as the file tells it;
- numbers, births, gender, nationalities, countries and addresses are those of SDN.XML; every other
  feature stays in `remarks` behind its name, with the parties that this one is related to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.files import Placed
from compliance.places import country
from compliance.watchlists.list_file import child_text, defect, once, placed, problem
from compliance.watchlists.listing import Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import measured
from compliance.watchlists.readers import us_identifiers
from compliance.watchlists.readers.ofac_advanced_parts import (
    Location,
    Name,
    References,
    day,
    location,
    names,
    period,
)
from compliance.watchlists.readers.ofac_advanced_shape import SHAPE
from compliance.watchlists.readers.ofac_xml import ABOUT, CONSOLIDATED_ID, LIST_ID

_RECORDS: Final = (
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty",
    "ProfileRelationship", "SanctionsEntry",
)  # fmt: skip
_KINDS: Final[dict[str, ListingKind]] = {
    "Entity": "organization",
    "Individual": "person",
    "Vessel": "vessel",
    "Aircraft": "aircraft",
}
_SDN: Final = "SDN List"
_PROGRAMME: Final = "Program"
_CREATED: Final = "Created"
_BIRTH: Final = "Birthdate"
_PLACES: Final = "Location"
_FLAG: Final = "Vessel Flag"
_CALL_SIGN: Final = "VESSEL CALL SIGN"
_NATIONS: Final = frozenset({"Nationality Country", "Citizenship Country"})


@dataclass(slots=True)
class _Party:
    """A party as its record says it; places are numbers still."""

    at: Placed
    kind: str
    identities: tuple[str, ...]
    names: tuple[Name, ...]
    comment: str
    features: list[tuple[str, str]] = field(default_factory=list)  # name, text
    places: list[tuple[str, str]] = field(default_factory=list)  # name of the feature, location
    births: list[str | None] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """What the entries of a party on one list say: programmes, and the days of their creation."""

    programmes: dict[str, None] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)


@dataclass(slots=True)
class _File:
    """What the records of a file have said so far."""

    path: Path
    published: date | None = None
    references: References | None = None
    locations: dict[str, Location] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parties: dict[str, _Party] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    entries: dict[str, dict[str, _Entry]] = field(default_factory=dict)  # party, list
    problems: list[Problem] = field(default_factory=list)

    def fault(self, at: Placed, message: str) -> None:
        """Note what is wrong with a record."""
        self.problems.append(problem(self.path, message, line=at.line, column=at.column))

    def known(self) -> References:
        """The reference sets, which stand before whatever needs them."""
        if self.references is None:
            raise defect(self.path, "no ReferenceValueSets before the records")
        return self.references

    def take(self, found: Placed) -> None:
        """Take up one record."""
        element = found.element
        if element.tag == "DateOfIssue":
            self.published = day(element)
        elif element.tag == "ReferenceValueSets":
            self.references = References.of(self.path, found)
        elif element.tag == "Location":
            self.locations[element.get("ID")] = location(self.known(), found)
        elif element.tag == "IDRegDocument":
            label = self.known().word("IDRegDocType", element.get("IDRegDocTypeID"), found)
            number = label, child_text(element, "IDRegistrationNo")
            self.documents.setdefault(element.get("IdentityID"), []).append(number)
        elif element.tag == "DistinctParty":
            self._party(found)
        elif element.tag == "ProfileRelationship":
            type_ = self.known().word("RelationType", element.get("RelationTypeID"), found)
            related = f"{type_} (former)" if element.get("Former") == "true" else type_
            link = related, element.get("To-ProfileID")
            self.relations.setdefault(element.get("From-ProfileID"), []).append(link)
        else:
            self._entry(found)

    def _party(self, found: Placed) -> None:
        references, profile = self.known(), found.element.find("Profile")
        identities = profile.findall("Identity")
        number = found.element.get("FixedRef")
        if profile.get("ID") != number:
            self.fault(found, f"the profile {profile.get('ID')} of the party {number}")
        if number in self.parties:
            self.fault(found, f"the party {number} a second time")
        party = _Party(
            at=Placed(found.line, found.column, None),
            kind=references.party_type(profile.get("PartySubTypeID"), found),
            identities=tuple(identity.get("ID") for identity in identities),
            names=tuple(n for identity in identities for n in names(references, identity, found)),
            comment=child_text(found.element, "Comment"),
        )
        for feature in profile.findall("Feature"):
            type_ = references.word("FeatureType", feature.get("FeatureTypeID"), found)
            for version in feature.findall("FeatureVersion"):
                self._feature(party, type_, version, found)
        if party.kind not in _KINDS:
            self.fault(found, f"unknown type of party {party.kind!r}")
        if not any(name.primary for name in party.names):
            self.fault(found, f"the party {number} has no primary name")
        self.parties[number] = party

    def _feature(self, party: _Party, type_: str, version: Any, found: Placed) -> None:
        party.places += [
            (type_, place.get("LocationID")) for place in version.findall("VersionLocation")
        ]
        for span in version.findall("DatePeriod"):
            written = period(span)
            if type_ == _BIRTH:
                party.births.append(written)
            elif written:
                party.features.append((type_, written))
        for detail in version.findall("VersionDetail"):
            number = detail.get("DetailReferenceID")
            word = self.known().word("DetailReference", number, found) if number else ""
            if text := word or (detail.text or "").strip():
                party.features.append((type_, text))
        if text := child_text(version, "Comment"):
            party.features.append((type_, text))

    def _entry(self, found: Placed) -> None:
        references, element = self.known(), found.element
        name = references.word("List", element.get("ListID"), found)
        lists = self.entries.setdefault(element.get("ProfileID"), {})
        entry = lists.setdefault(name, _Entry())
        for event in element.findall("EntryEvent"):
            type_ = references.word("EntryEventType", event.get("EntryEventTypeID"), found)
            created = day(event.find("Date"))
            if created is None:
                self.fault(found, f"an event ({type_}) without a day")
            elif type_ == _CREATED:
                entry.days.add(created)
        for measure in element.findall("SanctionsMeasure"):
            type_ = references.word("SanctionsType", measure.get("SanctionsTypeID"), found)
            if type_ == _PROGRAMME and (text := child_text(measure, "Comment")):
                entry.programmes[text] = None


def _read(kind: str, path: Path, id: str | None = None) -> Watchlist:
    """The list of one file; its id is `id`, or else its `kind`.

    Raises:
        WatchlistError: with line and column, what is not of the format, or a number that nothing
            explains; a party on no list or on another; a party without a name or twice; a
            programme that is not known.
        InputError: the extra that reads XML safely is not installed.
    """
    read = _File(path)
    for found in placed(path, SHAPE, *_RECORDS):
        read.take(found)
    if read.published is None:
        raise defect(path, "DateOfIssue is not a day")
    _check_entries(kind, read)
    list_id = id or kind
    listings = tuple(_listings(read, kind, list_id)) if not read.problems else ()
    if read.problems:
        raise WatchlistError(read.problems)
    if not listings:
        raise defect(path, "no party")
    title, url = ABOUT[kind]
    whole = Watchlist(
        id=list_id,
        title=title,
        listings=listings,
        publisher="OFAC",
        published=read.published,
        url=url,
        entries_total=len(listings),
    )
    return measured(whole, kind, path)


read_sdn: Final = partial(_read, LIST_ID)
"""The SDN List; its id is "ofac-sdn" unless given."""
read_consolidated: Final = partial(_read, CONSOLIDATED_ID)
"""OFAC's list of parties that are not SDNs; its id is "ofac-consolidated" unless given."""


def _check_entries(kind: str, read: _File) -> None:
    """Note each party that is on no list or on the other one, and each entry of nobody."""
    for number, party in read.parties.items():
        lists = read.entries.get(number)
        if lists is None:
            read.fault(party.at, f"the party {number} is on no list: is the file whole?")
        elif not _of(kind, lists):
            named = ", ".join(sorted(lists))
            other = "ofac-consolidated-advanced-xml" if kind == LIST_ID else "ofac-sdn-advanced-xml"
            read.fault(party.at, f"the party {number} is on {named}: read it as {other}")
        unknown = sorted({p for _, p in party.places if p not in read.locations})
        for place in unknown:
            read.fault(party.at, f"the party {number} is at the location {place}: there is none")
    for number in sorted(read.entries.keys() - read.parties.keys()):
        read.problems.append(problem(read.path, f"an entry of the profile {number}: no such party"))


def _of(kind: str, lists: Mapping[str, _Entry]) -> list[_Entry]:
    """The entries that are of the list that is read; a party may be on the other one too."""
    return [entry for name, entry in lists.items() if (name == _SDN) == (kind == LIST_ID)]


def _listings(read: _File, kind: str, list_id: str) -> Iterator[Listing]:
    for number, party in read.parties.items():
        entries = _of(kind, read.entries[number])
        name = _primary(party)
        weak = [n.text for n in party.names if n.weak and not n.primary]
        strong = [n.text for n in party.names if not n.weak or n.primary]
        numbers = _numbers(read, party)
        genders = [text for label, text in party.features if label == us_identifiers.GENDER]
        yield Listing(
            id=number,
            list_id=list_id,
            name=name.text,
            aliases=once(text for text in strong if text != name.text),
            weak_aliases=once(text for text in weak if text not in strong),
            kind=_KINDS[party.kind],
            countries=once(map(country, _countries(read, party, _PLACES, _FLAG))),
            nationalities=once(map(country, _countries(read, party, *_NATIONS))),
            addresses=once(
                read.locations[place].address for label, place in party.places if label == _PLACES
            ),
            programmes=once(text for entry in entries for text in entry.programmes),
            identifiers=tuple(dict.fromkeys(item for _, item in numbers if item)),
            listed_on=min((when for entry in entries for when in entry.days), default=None),
            remarks="; ".join(_remarks(read, number, party, numbers)) or None,
            source=f"{read.path}:{party.at.line}",
            published=read.published,
            birth_dates=once(party.births) if all(party.births) else (),
            gender=us_identifiers.gender(genders[0]) if genders else None,
        )


def _primary(party: _Party) -> Name:
    """The first primary name in Latin, else the first primary name."""
    found = [name for name in party.names if name.primary]
    return next((name for name in found if name.latin), found[0])


def _countries(read: _File, party: _Party, *labels: str) -> Iterator[str]:
    """The places under features of some names, and what these say in words."""
    for label, place in party.places:
        if label in labels:
            yield read.locations[place].country
    yield from (text for label, text in party.features if label in labels)


def _numbers(read: _File, party: _Party) -> list[tuple[tuple[str, str], Identifier | None]]:
    """Each document and feature of a party, and the identifier that it is, if it is one."""
    said = [item for identity in party.identities for item in read.documents.get(identity, ())]
    return [((label, text), _number(label, text)) for label, text in (*said, *party.features)]


def _number(label: str, text: str) -> Identifier | None:
    if label.upper() == _CALL_SIGN:
        return Identifier("call_sign", text)
    return us_identifiers.number(label, text)


def _remarks(
    read: _File,
    number: str,
    party: _Party,
    numbers: list[tuple[tuple[str, str], Identifier | None]],
) -> Iterator[str]:
    """The comment, and what has no field of its own."""
    if party.comment:
        yield party.comment
    for (label, text), identifier in numbers:
        if identifier is None and text and label not in (us_identifiers.GENDER, _FLAG, *_NATIONS):
            yield f"{label} {text}"
    for label, place in party.places:
        if label not in (_PLACES, _FLAG, *_NATIONS):
            yield f"{label} {read.locations[place].address}"
    for related, other in read.relations.get(number, ()):
        known = read.parties.get(other)
        yield f"{related}: {_primary(known).text if known else other}"
