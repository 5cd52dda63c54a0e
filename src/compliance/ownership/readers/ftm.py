"""The "ftm" format: FollowTheMoney entities as JSON lines (or an array), as OpenSanctions has them.

The model: https://followthemoney.tech/explorer/ Invariants:

- an Ownership joins each of its owners to each of its assets; a percentage is free text: what it
  does not say for certain is an unknown share, remarked on; several percentages are several
  statements of one edge;
- a Directorship is no ownership: counted in the remarks, as are all other links;
- of countries only `jurisdiction` (incorporation), `nationality` and `citizenship` say in which
  sense; `country` does not, and stays out;
- of several start dates the earliest holds, of several end dates the latest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance import files
from compliance.model.party import PartyKind
from compliance.model.share import Share
from compliance.ownership.interests import UNSTATED
from compliance.ownership.readers.fields import ROUNDED, Fields, country_code, nationality_code
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Edge,
    Gathering,
    Place,
    StatedIdentifier,
    StatedParty,
    Statements,
    refusal,
)
from compliance.ownership.readers.values import StatedDay, beginning, end, percentage

FORMAT: Final = "ftm"
_Read = Callable[[str, Place, Gathering], str | None]
_KINDS: Final[Mapping[str, PartyKind]] = MappingProxyType(
    {
        "Airplane": "aircraft",
        "Asset": "unknown",
        "Company": "organization",
        "CryptoWallet": "wallet",
        "LegalEntity": "unknown",
        "Organization": "organization",
        "Person": "person",
        "PublicBody": "public_body",
        "Vehicle": "unknown",
        "Vessel": "vessel",
    }
)
_LINKS: Final = frozenset(
    {
        "Associate",
        "Directorship",
        "Employment",
        "Family",
        "Membership",
        "Representation",
        "Succession",
        "UnknownLink",
    }
)
_NUMBERS: Final = (
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
    gathering = Gathering(FORMAT)
    lines: dict[str, Place] = {}
    for path in paths:
        before = len(lines)
        for line, pointer, value in files.json_records(
            path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD
        ):
            entity = Fields(value, Place(path, line, pointer), gathering)
            id_ = entity.text("id", required=True)
            if id_ is None:
                continue
            if id_ in lines:
                gathering.fault(entity.place, f"entity {id_} twice: first at {lines[id_]}")
                continue
            lines[id_] = entity.place
            _take(entity, id_)
        if len(lines) == before:
            raise refusal(path, "no entity")
    return gathering.statements(*paths)


def _take(entity: Fields, id_: str) -> None:
    schema = entity.text("schema", required=True)
    properties = entity.inside("properties", required=True)
    if schema is None or properties is None:
        return
    if schema == "Ownership":
        _ownership(properties)
    elif schema in _KINDS:
        party = _party(id_, _KINDS[schema], entity, properties)
        entity.gathering.parties[id_] = party
    elif schema in _LINKS:
        message = f"{schema}: a link that is no ownership: left out"
        entity.gathering.remark("link", message, entity.place)


def _ownership(properties: Fields) -> None:
    gathering, place = properties.gathering, properties.place
    owners, assets = properties.texts("owner"), properties.texts("asset")
    for key, parties in (("owner", owners), ("asset", assets)):
        if not parties:
            properties.fault(key, "missing: an Ownership names who owns what")
    since = _day(properties, "startDate", beginning, min)
    until = _day(properties, "endDate", end, max)
    for owner in owners:
        for asset in assets:
            for share in _shares(properties):
                edge = Edge(owner, asset, share, since=since, until=until)
                interest = gathering.interest(place, edge)
                if interest is not None:
                    gathering.interests.append(interest)


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
    )


def _countries(properties: Fields, *keys: str, read: _Read = country_code) -> tuple[str, ...]:
    codes = (
        read(text.upper(), properties.place, properties.gathering)
        for key in keys
        for text in properties.texts(key)
    )
    return tuple(dict.fromkeys(filter(None, codes)))
