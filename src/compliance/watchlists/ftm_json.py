"""The "ftm-json" format: FollowTheMoney entities as JSON lines, as OpenSanctions publishes them.

One object a line: id, schema, properties (lists of texts), and caption, target, first_seen,
last_seen, last_change where the publisher gives them. The model: https://followthemoney.tech/explorer/
The data is licensed (rules/data/lists/licenses.yaml); `watchlists.read` asks for acceptance, and the
list's `note` names the license. Invariants:

- a party is an entity of a schema in the table below. One whose `target` is false is context (an
  owner, a subsidiary), not listed: it is left out, counted in the note. So are all other schemata;
- Sanction, Address, Passport, Identification and CryptoWallet entities are joined to the party they
  name; each is counted as joined, or as naming no party of the file;
- `name` is the caption where that is one of the names, else the first; the other names, aliases,
  abbreviations and former names are aliases; weak aliases are the publisher's own;
- `listed_on` is the first day of the party's sanctions, where each has one; `delisted_on` the last
  end, where each has ended. Otherwise neither is known, and it is None;
- `published` is the newest `last_seen`: the day the publisher last met an entity at its source.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from compliance.errors import Problem, WatchlistError
from compliance.names import normalize
from compliance.places import country
from compliance.watchlists import dates, source
from compliance.watchlists.licenses import licenses
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist

FORMAT: Final = "ftm-json"
KINDS: Final[Mapping[str, ListingKind]] = MappingProxyType(
    {
        "Airplane": "aircraft",
        "Company": "organization",
        "CryptoWallet": "wallet",
        "LegalEntity": "unknown",
        "Organization": "organization",
        "Person": "person",
        "PublicBody": "public_body",
        "Vessel": "vessel",
    }
)
_SCHEMES: Final = MappingProxyType(
    {
        "callSign": "call_sign",
        "dunsCode": "duns",
        "idNumber": "national_id",
        "imoNumber": "imo",
        "innCode": "inn",
        "leiCode": "lei",
        "mmsi": "mmsi",
        "ogrnCode": "ogrn",
        "okpoCode": "okpo",
        "passportNumber": "passport",
        "publicKey": "wallet",
        "registrationNumber": "registration",
        "swiftBic": "swift",
        "taxNumber": "tax",
        "uniqueEntityId": "uei",
        "uscCode": "uscc",
        "vatCode": "vat",
        "wikidataId": "wikidata",
    }
)
# Schema of a joined entity -> the property that names its party; parties name their addresses.
_JOINED: Final = MappingProxyType(
    {
        "Sanction": "entity",
        "Passport": "holder",
        "Identification": "holder",
        "CryptoWallet": "holder",
    }
)
_DOCUMENTS: Final = MappingProxyType({"Passport": "passport", "Identification": "national_id"})
_ADDRESS: Final = ("remarks", "postOfficeBox", "street", "street2", "city", "postalCode", "region")
_GENDERS: Final[Mapping[str, Literal["female", "male"]]] = MappingProxyType(
    {"female": "female", "male": "male"}
)


@dataclass(frozen=True, slots=True)
class _Entity:
    """One line of the file."""

    line: int
    id: str
    schema: str
    caption: str
    target: bool
    properties: Mapping[str, tuple[str, ...]]
    days: Mapping[str, date | None]

    def texts(self, *names: str) -> list[str]:
        return [text for name in names for text in self.properties.get(name, ())]


def read_ftm(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The listed parties of one file; the list's id is `id`, or else the file's name to its dot.

    Raises:
        WatchlistError: a line that is no entity, an id twice, a party without a name, a file
            without a listed party; each with its line.
    """
    list_id = id or path.name.partition(".")[0]
    problems: list[Problem] = []
    entities: dict[str, _Entity] = {}
    for line, text in enumerate(source.read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        found = _entity(line, text)
        message = found if isinstance(found, str) else ""
        if not isinstance(found, str):
            if found.id in entities:
                message = f"entity {found.id} twice: first on line {entities[found.id].line}"
            entities.setdefault(found.id, found)
            if _listed(found) and not any(map(normalize, _names(found))):
                message = message or f"entity {found.id} has no name"
        if message:
            problems.append(source.problem(path, message, line=line))
    if problems:
        raise WatchlistError(problems)
    parties = [entity for entity in entities.values() if _listed(entity)]
    if not parties:
        raise source.defect(path, "no listed party")
    seen = [day for entity in entities.values() if (day := entity.days["last_seen"])]
    published = max(seen, default=None)
    joins = _Joins.of(entities)
    return Watchlist(
        id=list_id,
        title=list_id,
        publisher=licenses()[FORMAT].licensor,
        published=published,
        listings=tuple(
            _listing(entity, joins, list_id=list_id, source=f"{path}:{entity.line}", day=published)
            for entity in parties
        ),
        note=f"{licenses()[FORMAT].statement}; {_account(entities, joins)}",
    )


def _entity(line: int, text: str) -> _Entity | str:
    """The entity of one line, or what is wrong with it."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        return f"not JSON: {getattr(error, 'msg', 'nested too deeply')}"
    if not isinstance(value, dict):
        return "not an object with id, schema, properties"
    for key in ("id", "schema"):
        if not (isinstance(value.get(key), str) and value[key].strip()):
            return f"{key} is not a text"
    properties = value.get("properties")
    if not isinstance(properties, dict):
        return "properties is not an object"
    for name, texts in properties.items():
        if not (isinstance(texts, list) and all(isinstance(each, str) for each in texts)):
            return f"property {name} is not a list of texts"
    target = value.get("target", True)
    if not isinstance(target, bool):
        return f"target is {target!r}, not true or false"
    days: dict[str, date | None] = {}
    for key in ("first_seen", "last_seen", "last_change"):
        spelled = value.get(key)
        days[key] = dates.day(spelled[:10]) if isinstance(spelled, str) else None
        if spelled is not None and days[key] is None:
            return f"{key} is not a day: {spelled!r}"
    return _Entity(
        line=line,
        id=value["id"],
        schema=value["schema"],
        caption=str(value.get("caption", "")),
        target=target,
        properties={
            name: source.once(each.strip() for each in texts) for name, texts in properties.items()
        },
        days=days,
    )


def _listed(entity: _Entity) -> bool:
    return entity.schema in KINDS and entity.target


def _names(entity: _Entity) -> list[str]:
    names = entity.texts("name", "alias", "abbreviation", "previousName", "publicKey")
    return [entity.caption, *names] if entity.caption in names else names


@dataclass(frozen=True, slots=True)
class _Joins:
    """The entities that belong to a party, by its id, and how many found one."""

    entities: Mapping[str, _Entity]
    of_party: Mapping[str, list[_Entity]]
    joined: Counter[str] = field(default_factory=Counter)
    loose: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, entities: Mapping[str, _Entity]) -> _Joins:
        found = cls(entities, {key: [] for key, each in entities.items() if _listed(each)})
        for entity in entities.values():
            if entity.schema not in _JOINED:
                continue
            parties = [key for key in entity.texts(_JOINED[entity.schema]) if key in found.of_party]
            for key in parties:
                found.of_party[key].append(entity)
            if parties:
                found.joined[entity.schema] += 1
            elif not _listed(entity):
                found.loose[entity.schema] += 1
        homes = {key for party in found.of_party for key in entities[party].texts("addressEntity")}
        for entity in entities.values():
            if entity.schema == "Address":
                (found.joined if entity.id in homes else found.loose)["Address"] += 1
        return found

    def addresses(self, party: _Entity) -> Iterator[_Entity]:
        """The address entities that a party names and the file holds."""
        for key in party.texts("addressEntity"):
            if key in self.entities and self.entities[key].schema == "Address":
                yield self.entities[key]


def _listing(
    entity: _Entity, joins: _Joins, *, list_id: str, source: str, day: date | None
) -> Listing:
    belonging = joins.of_party[entity.id]
    sanctions = [each for each in belonging if each.schema == "Sanction"]
    homes = list(joins.addresses(entity))
    names = [name for name in _names(entity) if normalize(name)]
    seats = entity.texts("jurisdiction", "country", "mainCountry", "flag")
    seats += [text for home in homes for text in home.texts("country")]
    people = entity.texts("nationality", "citizenship")
    genders = [text for text in entity.texts("gender") if text in _GENDERS]
    return Listing(
        id=entity.id,
        list_id=list_id,
        name=names[0],
        aliases=tuple(name for name in dict.fromkeys(names[1:]) if name != names[0]),
        weak_aliases=tuple(dict.fromkeys(filter(normalize, entity.texts("weakAlias")))),
        kind=KINDS[entity.schema],
        countries=_codes(seats),
        nationalities=_codes(people),
        addresses=tuple(dict.fromkeys([*entity.texts("address"), *map(_address, homes)])),
        programmes=_programmes(entity, sanctions),
        identifiers=tuple(dict.fromkeys(_identifiers(entity, belonging))),
        listed_on=_first(sanctions),
        delisted_on=_last(sanctions),
        remarks=_remarks(entity, sanctions, [*seats, *people]),
        source=source,
        published=day,
        birth_dates=tuple(
            dict.fromkeys(filter(None, map(dates.birth, entity.texts("birthDate"))))
        ),
        gender=_GENDERS[genders[0]] if len(genders) == 1 else None,
        dates=tuple(
            Dated(what, known)
            for what in ("first_seen", "last_change")
            if (known := entity.days[what])
        ),
    )


def _codes(texts: Iterable[str]) -> tuple[str, ...]:
    return source.once(country(text.upper()) for text in texts)


def _address(entity: _Entity) -> str:
    return next(iter(entity.texts("full")), "") or ", ".join(entity.texts(*_ADDRESS))


def _programmes(entity: _Entity, sanctions: list[_Entity]) -> tuple[str, ...]:
    given = [text for each in (entity, *sanctions) for text in each.texts("programId", "program")]
    return source.once([*given, *(f"topic: {topic}" for topic in entity.texts("topics"))])


def _identifiers(entity: _Entity, belonging: list[_Entity]) -> Iterator[Identifier]:
    for each in (entity, *(each for each in belonging if each.schema == "CryptoWallet")):
        for name, scheme in _SCHEMES.items():
            for text in each.texts(name):
                yield Identifier(scheme, text)
    for each in belonging:
        if each.schema in _DOCUMENTS:
            for text in each.texts("number", "passportNumber"):
                yield Identifier(_DOCUMENTS[each.schema], text)


def _first(sanctions: list[_Entity]) -> date | None:
    """The first day of sanctions; None where there are none or one does not tell its day."""
    found = [_days(each, "startDate", "listingDate") for each in sanctions]
    return min(map(min, found)) if found and all(found) else None


def _last(sanctions: list[_Entity]) -> date | None:
    """The day the last of the sanctions ended; None where there are none or one has no end."""
    found = [_days(each, "endDate") for each in sanctions]
    return max(map(max, found)) if found and all(found) else None


def _days(sanction: _Entity, *names: str) -> list[date]:
    return [found for text in sanction.texts(*names) if (found := dates.day(text[:10]))]


def _remarks(entity: _Entity, sanctions: list[_Entity], places: list[str]) -> str | None:
    said = [*entity.texts("notes", "position")]
    said += [f"Country: {text}" for text in places if country(text.upper()) is None]
    for label, name in (("Authority: ", "authority"), ("Reason: ", "reason")):
        said += [label + text for each in sanctions for text in each.texts(name)]
    return "; ".join(dict.fromkeys(said)) or None


def _account(entities: Mapping[str, _Entity], joins: _Joins) -> str:
    """What became of every entity that is no listing, counted by schema."""
    context: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for entity in entities.values():
        if _listed(entity) or (entity.schema in _JOINED and entity.schema not in KINDS):
            continue
        if entity.schema in KINDS:
            context[entity.schema] += entity.id not in joins.of_party
        elif entity.schema != "Address":
            other[entity.schema] += 1
    told = (
        ("joined to a party", joins.joined),
        ("naming no listed party", joins.loose),
        ("parties that are no targets, left out", context),
        ("other entities, left out", other),
    )
    return "; ".join(f"{label}: {_counted(counts)}" for label, counts in told if counts)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
