"""The "mapped-json" format: a JSON file of one's own, or of anyone, by a mapping.

`path` is the mapping, which names the JSON beside it or below its folder. An entry is an object in
the list at `records`; its keys are the columns, one inside another with dots: "address.country". A
list is several values, null is none; a number and a truth are their text. What becomes of them is
`compliance.watchlists.mapped`. Invariants:

- each key is mapped or lies in one that `ignored` names; a key of null lies in none;
- each entry has every key that is mapped, unless `optional` names it or one around it, or its
  object is null; a key that no entry has is refused at the mapping.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from compliance.errors import Problem, WatchlistError
from compliance.watchlists import source
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.mapped import Row, Taking, file_of, missing_column, named_columns
from compliance.watchlists.mapping import ColumnMapping, load


def read_mapped_json(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of the JSON that a mapping names; its id is `id`, or else the mapping's.

    Raises:
        WatchlistError: every defect of the mapping, else every key that does not fit it, else
            every defect of the entries, each with the number of its record.
        YamlError, InputError: the mapping is not strict YAML, or cannot be opened.
    """
    mapping = load(path, "json")
    file = file_of(path, mapping, "json")
    records = [_columns(record) for record in _records(file, mapping.records)]
    if records and (found := list(_key_problems(mapping, file, records))):
        raise WatchlistError(found)
    wanted = {column for _, column in named_columns(mapping)}
    taking = Taking(mapping, file, id or mapping.list_id)
    for number, record in enumerate(records):
        cells = {column: tuple(record.get(column, ())) for column in wanted}
        taking.take(Row(cells, record=str(number)))
    return taking.watchlist()


def _records(file: Path, where: str) -> list[dict[str, Any]]:
    value = source.json_value(file)
    for key in filter(None, where.split(".")):
        if not isinstance(value, dict) or key not in value:
            raise source.defect(file, f"no {where!r} in it")
        value = value[key]
    if not isinstance(value, list):
        raise source.defect(file, f"{where or 'it'} is not a list of entries")
    wrong = [number for number, entry in enumerate(value) if not isinstance(entry, dict)]
    if wrong:
        raise WatchlistError(source.problem(file, "not an object", where=str(x)) for x in wrong)
    return value


def _columns(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """The texts of each key, by its path; an empty object, a null and an empty list have none."""
    found: dict[str, list[str]] = {}
    waiting: list[tuple[str, Any]] = [("", record)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict) and value:
            inner = [(f"{path}.{key}" if path else key, x) for key, x in value.items()]
            waiting += reversed(inner)
        elif isinstance(value, list) and value:
            waiting += [(path, item) for item in reversed(value)]
        else:
            texts = found.setdefault(path, [])
            texts += filter(None, (_text(value),))
    return found


def _text(value: Any) -> str:
    if value is None or value in ({}, []):
        return ""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def _key_problems(
    mapping: ColumnMapping, file: Path, records: list[dict[str, list[str]]]
) -> Iterator[Problem]:
    wanted = named_columns(mapping)
    present = {key for record in records for key in record}
    for place, column in wanted:
        if not any(_within(key, column) for key in present):
            yield missing_column(mapping, place, column, file, present, "key")
    mapped = {column for place, column in wanted if place[0] != "ignored"} & present
    for index, outer in enumerate(mapping.optional):
        if not any(_within(column, outer) for _, column in wanted):
            message = f"{outer!r} is mapped by no field"
            yield mapping.document.problem(("optional", index), message, code="watchlist")
    needed = {x for x in mapped if not any(_within(x, outer) for outer in mapping.optional)}
    told: set[str] = set()
    for number, record in enumerate(records):
        for key in sorted(record.keys() - mapped - told):
            if not _known(key, record[key], mapping.ignored, mapped):
                told.add(key)
                hint = "map it, or name it in ignored"
                message = f"unknown key {key!r}"
                yield source.problem(file, message, where=str(number), hint=hint)
        for key in sorted(needed - record.keys()):
            if not any(_within(key, x) and not said for x, said in record.items()):
                yield source.problem(file, f"no key {key!r}", where=str(number))


def _within(key: str, outer: str) -> bool:
    """Whether a key is the other one or lies inside it."""
    return key == outer or key.startswith(f"{outer}.")


def _known(key: str, texts: list[str], ignored: tuple[str, ...], mapped: set[str]) -> bool:
    """Whether a key that is not mapped is ignored, or an object that is null here."""
    if any(_within(key, outer) for outer in ignored):
        return True
    return not texts and any(_within(inner, key) for inner in mapped)
