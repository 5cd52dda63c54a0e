"""The "ftm-json" format: FollowTheMoney entities as JSON lines, as OpenSanctions publishes them.

One object a line: id, schema, properties (lists of texts), and caption, target, first_seen,
last_seen, last_change where the publisher gives them. The model: https://followthemoney.tech/
The data is licensed (rules/data/list_licenses.yaml): `watchlists.read` asks for acceptance, and
the list's `note` names the license. Invariants:

- a party is an entity of a schema in the table below. One whose `target` is false is context (an
  owner, a subsidiary), not listed: it is left out, counted in the note. So are all other schemata;
- Sanction, Address, Passport, Identification and CryptoWallet entities are joined to the party they
  name; each is counted as joined, or as naming no party of the file;
- `name` is the caption where that is one of the names, else the first; the other names, aliases,
  abbreviations and former names are aliases; weak aliases are the publisher's own;
- `listed_on` is the first day of the party's sanctions, where each has one; `delisted_on` the last
  end, where each has ended. Otherwise the day is not known and None; the first day that is known is
  then among `dates`, as "first known sanction";
- measures are those of the entity's datasets, and of the programmes that say one by themselves; of
  the programmes alone where the file names no dataset. What is not known asks for a review;
- `published` is the newest `last_seen`: the day the publisher last met an entity at its source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from compliance.names import normalize
from compliance.places import country
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.licenses import licenses
from compliance.watchlists.listing import Dated, Identifier, Listing, ListingKind, Watchlist
from compliance.watchlists.measures import Deriving
from compliance.watchlists.readers.ftm_entities import JOINED, Entity, Joins, read_entities

FORMAT: Final = "ftm-json"
SOURCE: Final = "ftm"
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
_DOCUMENTS: Final = MappingProxyType({"Passport": "passport", "Identification": "national_id"})
_ADDRESS: Final = ("remarks", "postOfficeBox", "street", "street2", "city", "postalCode", "region")
_GENDERS: Final[Mapping[str, Literal["female", "male"]]] = MappingProxyType(
    {"female": "female", "male": "male"}
)


def read_ftm(path: Path, id: str | None = None) -> Watchlist:
    """The listed parties of one file; the list's id is `id`, or else the file's name to its dot.

    Raises:
        WatchlistError: a line that is no entity, an id twice, a party without a name, a file
            without a listed party; each with its line.
    """
    list_id = id or path.name.partition(".")[0]
    entities = read_entities(path)
    parties = [entity for entity in entities.values() if _listed(entity)]
    problems = [
        source.problem(path, f"entity {entity.id} has no name", line=entity.line)
        for entity in parties
        if not any(map(normalize, _names(entity)))
    ]
    source.check_entries(path, parties, problems, "no listed party")
    seen = (entity.days.get("last_seen") for entity in entities.values())
    published = max(filter(None, seen), default=None)
    deriving = Deriving.by(SOURCE)
    joins = Joins.of(entities, [entity.id for entity in parties])
    return Watchlist(
        id=list_id,
        title=list_id,
        publisher=licenses()[FORMAT].licensor,
        published=published,
        listings=tuple(
            _listing(
                entity,
                joins,
                deriving,
                list_id=list_id,
                source=f"{path}:{entity.line}",
                day=published,
            )
            for entity in parties
        ),
        note="; ".join((licenses()[FORMAT].statement, *_account(entities, joins))),
    )


def _listed(entity: Entity) -> bool:
    return entity.schema in KINDS and entity.target


def _names(entity: Entity) -> list[str]:
    names = entity.texts("name", "alias", "abbreviation", "previousName", "publicKey")
    return [entity.caption, *names] if entity.caption in names else names


def _listing(
    entity: Entity,
    joins: Joins,
    deriving: Deriving,
    *,
    list_id: str,
    source: str,
    day: date | None,
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
        birth_dates=tuple(dict.fromkeys(filter(None, map(dates.birth, entity.texts("birthDate"))))),
        gender=_GENDERS[genders[0]] if len(genders) == 1 else None,
        dates=tuple(_dates(entity, sanctions)),
        measures=_measures(entity, _programmes(entity, sanctions), deriving),
    )


def _measures(entity: Entity, programmes: tuple[str, ...], deriving: Deriving) -> tuple[str, ...]:
    datasets = [f"dataset: {name}" for name in entity.datasets]
    return deriving.of(datasets or programmes, hints=programmes)


def _codes(texts: Iterable[str]) -> tuple[str, ...]:
    return source.once(country(text.upper()) for text in texts)


def _address(entity: Entity) -> str:
    return next(iter(entity.texts("full")), "") or ", ".join(entity.texts(*_ADDRESS))


def _programmes(entity: Entity, sanctions: list[Entity]) -> tuple[str, ...]:
    given = [text for each in (entity, *sanctions) for text in each.texts("programId", "program")]
    return source.once([*given, *(f"topic: {topic}" for topic in entity.texts("topics"))])


def _identifiers(entity: Entity, belonging: list[Entity]) -> Iterator[Identifier]:
    for each in (entity, *(each for each in belonging if each.schema == "CryptoWallet")):
        for name, scheme in _SCHEMES.items():
            for text in each.texts(name):
                yield Identifier(scheme, text)
    for each in belonging:
        if each.schema in _DOCUMENTS:
            for text in each.texts("number", "passportNumber"):
                yield Identifier(_DOCUMENTS[each.schema], text)


def _dates(entity: Entity, sanctions: list[Entity]) -> Iterator[Dated]:
    for what in ("first_seen", "last_change"):
        if known := entity.days.get(what):
            yield Dated(what, known)
    starts = [day for each in sanctions for day in _days(each, "startDate", "listingDate")]
    if starts and _first(sanctions) is None:
        yield Dated("first known sanction", min(starts))


def _first(sanctions: list[Entity]) -> date | None:
    """The first day of sanctions; None where there are none or one does not tell its day."""
    found = [_days(each, "startDate", "listingDate") for each in sanctions]
    return min(map(min, found)) if found and all(found) else None


def _last(sanctions: list[Entity]) -> date | None:
    """The day the last of the sanctions ended; None where there are none or one has no end."""
    found = [_days(each, "endDate") for each in sanctions]
    return max(map(max, found)) if found and all(found) else None


def _days(sanction: Entity, *names: str) -> list[date]:
    return [found for text in sanction.texts(*names) if (found := dates.day(text[:10]))]


def _remarks(entity: Entity, sanctions: list[Entity], places: list[str]) -> str | None:
    said = [*entity.texts("notes", "position")]
    said += [f"Country: {text}" for text in places if country(text.upper()) is None]
    for label, name in (("Authority: ", "authority"), ("Reason: ", "reason")):
        said += [label + text for each in sanctions for text in each.texts(name)]
    return "; ".join(dict.fromkeys(said)) or None


def _account(entities: Mapping[str, Entity], joins: Joins) -> Iterator[str]:
    """What became of every entity that is no listing, counted by schema."""
    context: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for entity in entities.values():
        if _listed(entity) or entity.schema in (*JOINED, "Address"):
            continue
        (context if entity.schema in KINDS else other)[entity.schema] += 1
    told = (
        ("joined to a party", joins.joined),
        ("naming no listed party", joins.loose),
        ("parties that are no targets, left out", context),
        ("other entities, left out", other),
    )
    for label, counts in told:
        if counts:
            each = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
            yield f"{label}: {each}"
