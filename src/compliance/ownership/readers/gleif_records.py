"""Records of GLEIF files in one shape, whether the file is XML, JSON or CSV.

Common data file formats: https://www.gleif.org/en/about-lei/common-data-file-format (LEI-CDF 3.1,
RR-CDF 2.1, reporting exceptions 2.1). JSON is an array of records, or an object with the array
under records, relations or exceptions; a value may stand under "$", as in the golden copy. CSV is
the golden copy's (gleif_golden), or an extract of the network: edges and nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance import files
from compliance.errors import OwnershipError
from compliance.ownership.readers import gleif_golden
from compliance.ownership.readers.csv_table import header
from compliance.ownership.readers.csv_table import records as csv_records
from compliance.ownership.readers.gleif_golden import Kind
from compliance.ownership.readers.json_members import Fields
from compliance.ownership.readers.sniffing import content
from compliance.ownership.readers.statements import (
    LONGEST_RECORD,
    MAXIMUM_BYTES,
    Gathering,
    Place,
    refusal,
)

_ELEMENTS: Final[dict[str, Kind]] = {
    "RelationshipRecord": "relationship",
    "Exception": "exception",
    "LEIRecord": "entity",
}
_MARKS: Final[dict[str, Kind]] = {
    "Relationship": "relationship",
    "ExceptionReason": "exception",
    "Entity": "entity",
}
_WRAPPERS: Final = ("records", "relations", "exceptions")
_EDGES: Final = frozenset({"firm_i", "firm_j", "relation_type", "relation_direction", "year"})
_NODES: Final = frozenset({"lei", "legal_name"})
_EVENT_STATUS: Final = "event_status"
_SHOWN: Final = 5
_YEAR: Final = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)


def records(path: Path, gathering: Gathering) -> Iterator[tuple[Kind, Fields]]:
    """Each record of a file with its kind.

    Raises:
        OwnershipError: the file is broken, with its line; a record is none of GLEIF's.
        InputError: the file is XML and the extra that reads it safely is not installed.
    """
    shape = content(path)
    if shape == "xml":
        return _xml(path, gathering)
    if shape == "json":
        return _json(path, gathering)
    kind = gleif_golden.kind_of(header(path))
    return _csv(path, gathering) if kind is None else _golden(path, kind, gathering)


def _xml(path: Path, gathering: Gathering) -> Iterator[tuple[Kind, Fields]]:
    counts = dict.fromkeys(_ELEMENTS, 0)
    for element in files.elements(
        path, refusal, *_ELEMENTS, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD
    ):
        counts[element.tag] += 1
        place = Place(path, 0, f"/{element.tag}[{counts[element.tag]}]")
        yield _ELEMENTS[element.tag], Fields(_mapping(element), place, gathering)


def _mapping(element: Any) -> dict[str, Any]:
    """The children of an element by local name; children of one name are a list.

    Of attributes only the status of an event is kept.
    """
    found: dict[str, Any] = {}
    if _EVENT_STATUS in element.attrib:
        found[_EVENT_STATUS] = element.attrib[_EVENT_STATUS]
    for child in element:
        value = _mapping(child) if len(child) else (child.text or "").strip()
        if child.tag in found:
            earlier = found[child.tag]
            found[child.tag] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        else:
            found[child.tag] = value
    return found


def _json(path: Path, gathering: Gathering) -> Iterator[tuple[Kind, Fields]]:
    for line, pointer, value in files.json_records(
        path, refusal, maximum=MAXIMUM_BYTES, longest=LONGEST_RECORD, wrappers=_WRAPPERS
    ):
        place = Place(path, line, pointer)
        plain = _plain(value)
        kind = next((kind for mark, kind in _MARKS.items() if mark in plain), None)
        if kind is None:
            gathering.fault(place, f"a record with one of {', '.join(_MARKS)} is expected")
            continue
        yield kind, Fields(plain, place, gathering)


def _plain(value: Any) -> Any:
    """The value without the wrapping of text as {"$": text, "@lang": ...}."""
    if isinstance(value, Mapping):
        if "$" in value:
            return value["$"]
        return {key.rpartition(":")[2]: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _golden(path: Path, kind: Kind, gathering: Gathering) -> Iterator[tuple[Kind, Fields]]:
    columns = header(path)
    if strange := gleif_golden.unknown(kind, columns):
        named = ", ".join(map(repr, strange[:_SHOWN]))
        more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
        raise OwnershipError(Place(path, 1).problem(f"unknown columns: {named}{more}"))
    for place, row in csv_records(path, (gleif_golden.NEEDED[kind],)):
        yield kind, Fields(gleif_golden.record(kind, row), place, gathering)


def _csv(path: Path, gathering: Gathering) -> Iterator[tuple[Kind, Fields]]:
    for place, row in csv_records(path, (_EDGES, _NODES)):
        if "firm_i" not in row:
            yield "entity", Fields(_entity(row), place, gathering)
            continue
        fields = Fields(row, place, gathering)
        fields.one_of("relation_direction", ("child_to_parent",), required=True)
        year = _YEAR.fullmatch(row["year"])
        if row["year"] and year is None:
            fields.fault("year", f"a year is expected, not {row['year']!r}")
        yield "relationship", Fields(_relationship(row, year[1] if year else ""), place, gathering)


def _entity(row: Mapping[str, str]) -> dict[str, Any]:
    """A node of the extract; its one country is of an unsaid sense, and stays out."""
    return {"LEI": row["lei"], "Entity": {"LegalName": row["legal_name"]}}


def _relationship(row: Mapping[str, str], year: str) -> dict[str, Any]:
    period = {"PeriodType": "RELATIONSHIP_PERIOD", "StartDate": year}
    relationship = {
        "StartNode": {"NodeID": row["firm_i"]},
        "EndNode": {"NodeID": row["firm_j"]},
        "RelationshipType": row["relation_type"],
        "RelationshipStatus": "ACTIVE",
        "RelationshipPeriods": [period] if year else [],
    }
    return {"Relationship": relationship}
