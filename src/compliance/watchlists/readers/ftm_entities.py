"""FollowTheMoney entities from JSON lines: one object a line, and what belongs to a party.

Knows the shape of a line (id, schema, properties as lists of texts; caption, target and the days
where the publisher gives them) and which property joins an entity to its party. Judges nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance import files
from compliance.errors import Problem, WatchlistError
from compliance.files.ftm import taken_apart
from compliance.watchlists import dates
from compliance.watchlists import list_file as source

# Schema of a joined entity -> the property that names its party; parties name their addresses.
JOINED: Final = MappingProxyType(
    {
        "Sanction": "entity",
        "Passport": "holder",
        "Identification": "holder",
        "CryptoWallet": "holder",
    }
)
_DAYS: Final = ("first_seen", "last_seen", "last_change")


@dataclass(frozen=True, slots=True)
class Entity:
    """One line of the file; `target` is true where the publisher does not say.

    `datasets` are the publisher's names of the lists that the entity comes from.
    """

    line: int
    id: str
    schema: str
    caption: str
    target: bool
    properties: Mapping[str, tuple[str, ...]]
    days: Mapping[str, date]
    datasets: tuple[str, ...] = ()

    def texts(self, *names: str) -> list[str]:
        """The values of these properties, in order."""
        return [text for name in names for text in self.properties.get(name, ())]


def read_entities(path: Path) -> dict[str, Entity]:
    """Every entity of a file by id, in the file's order; one may hold others ("nested" files).

    Raises:
        WatchlistError: every line that is no entity, every second line of one id.
    """
    problems: list[Problem] = []
    entities: dict[str, Entity] = {}
    within: set[str] = set()  # entities that only others have held so far
    for line, text in enumerate(source.read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        for number, value in enumerate(taken_apart(_json(text))):
            message = value if isinstance(value, str) else _defect(value)
            met = None if message else entities.get(value["id"])
            if met is not None and number:
                continue  # the same entity inside another one
            if met is not None and value["id"] not in within:
                message = f"entity {value['id']} twice: first on line {met.line}"
            if message:
                problems.append(source.problem(path, message, line=line))
                continue
            (within.add if number else within.discard)(value["id"])
            entities[value["id"]] = _entity(value, line, target=not number)
    if problems:
        raise WatchlistError(problems)
    return entities


def _entity(value: Mapping[str, Any], line: int, *, target: bool) -> Entity:
    """The entity of a checked object; one inside another is a target only where it says so."""
    return Entity(
        line=line,
        id=value["id"],
        schema=value["schema"],
        caption=value.get("caption") or "",
        target=value.get("target", target),
        properties={
            name: source.once(each.strip() for each in texts)
            for name, texts in value["properties"].items()
        },
        days={key: day for key in _DAYS if (day := dates.day((value.get(key) or "")[:10]))},
        datasets=tuple(value.get("datasets") or ()),
    )


def _json(text: str) -> Any:
    """The object of one line; a text where it is none."""
    try:
        value = files.decoded(text)
    except files.NotJsonError as error:
        return error.message
    return value if isinstance(value, dict) else "not an object with id, schema, properties"


def _defect(value: Mapping[str, Any]) -> str:
    """What is wrong with the object of a line; "" where nothing is."""
    for key in ("id", "schema"):
        if not (isinstance(value.get(key), str) and value[key].strip()):
            return f"{key} is not a text"
    if not isinstance(value.get("target", True), bool):
        return f"target is {value['target']!r}, not true or false"
    if not isinstance(value.get("caption"), str | None):
        return "caption is not a text"
    datasets = value.get("datasets") or []
    if not (isinstance(datasets, list) and all(isinstance(each, str) for each in datasets)):
        return "datasets is not a list of texts"
    return _property_defect(value.get("properties")) or _day_defect(value)


def _property_defect(properties: Any) -> str:
    if not isinstance(properties, dict):
        return "properties is not an object"
    for name, texts in properties.items():
        if not (isinstance(texts, list) and all(isinstance(each, str) for each in texts)):
            return f"property {name} is not a list of texts"
    return ""


def _day_defect(value: Mapping[str, Any]) -> str:
    for key in _DAYS:
        text = value.get(key)
        if text is not None and not (isinstance(text, str) and dates.day(text[:10])):
            return f"{key} is not a day: {text!r}"
    return ""


@dataclass(frozen=True, slots=True)
class Joins:
    """The entities that belong to each party, and how many of a schema found one or none."""

    entities: Mapping[str, Entity]
    of_party: Mapping[str, list[Entity]]
    joined: Counter[str] = field(default_factory=Counter)
    loose: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, entities: Mapping[str, Entity], parties: Collection[str]) -> Joins:
        """Join what names one of `parties` (ids) to it, and the addresses that they name."""
        found = cls(entities, {key: [] for key in parties})
        for entity in entities.values():
            if entity.schema not in JOINED:
                continue
            owners = [key for key in entity.texts(JOINED[entity.schema]) if key in found.of_party]
            for key in owners:
                found.of_party[key].append(entity)
            if owners:
                found.joined[entity.schema] += 1
            elif entity.id not in found.of_party:
                found.loose[entity.schema] += 1
        homes = {key for party in parties for key in entities[party].texts("addressEntity")}
        for entity in entities.values():
            if entity.schema == "Address":
                (found.joined if entity.id in homes else found.loose)["Address"] += 1
        return found

    def addresses(self, party: Entity) -> Iterator[Entity]:
        """The address entities that a party names and the file holds."""
        for key in party.texts("addressEntity"):
            if key in self.entities and self.entities[key].schema == "Address":
                yield self.entities[key]
