"""The "mapped-json" format: a JSON file of one's own, or of anyone, by a mapping.

`path` is the mapping, which names the JSON beside it or below its folder. An entry is an object in
the list at `records`; its keys are the columns, one inside another with dots: "address.country". A
list is several values, null is none; a number and a truth are their text. Entries that are bare
texts have the one column "$text". What becomes of them is `watchlists.readers.mapped`. The lists of
United States agencies that a third party converts have shipped mappings.
Invariants:

- where the mapping takes what the list is from the file (`list: {id: {key: ...}}`), each key at the
  top of the file is named, and a number of entries that it tells is the number of entries;
- each key is mapped or lies in one that `ignored` names; a key of null lies in none;
- each entry has every key that is mapped, unless `optional` names it or one around it, or its
  object is null; a key that no entry has is refused at the mapping.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import Path_
from compliance.watchlists import dates
from compliance.watchlists import list_file as source
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.readers.mapped import (
    Row,
    Taking,
    files_of,
    missing_column,
    named_columns,
    parts_of,
    problem_of_optional,
)
from compliance.watchlists.readers.mapping import FOLDER, TEXT, ColumnMapping, Told, load


def read_mapped_json(path: Path, id: str | None = None) -> Watchlist:
    """The list of the JSON that a mapping names; its id is `id`, or else the mapping's.

    Raises:
        WatchlistError: every defect of the mapping, else every key that does not fit it, else
            every defect of the entries, each with the number of its record.
        YamlError, InputError: the mapping is not strict YAML, or cannot be opened.
    """
    mapping = load(path, "json")
    return _read(mapping, files_of(path, mapping, "json"), id)


def _curated(name: str, path: Path, id: str | None = None) -> Watchlist:
    """The list of one JSON by the shipped mapping of that name.

    Raises:
        WatchlistError: as `read_mapped_json`.
    """
    return _read(load(rules_path() / FOLDER / f"{name}.yaml", "json", shipped=True), [path], id)


Curated = Callable[[Path, str | None], Watchlist]
read_bis_entity_list: Final[Curated] = partial(_curated, "bis_entity_list")
read_us_list: Final[Curated] = partial(_curated, "us_list")


def _read(mapping: ColumnMapping, files: Sequence[Path], list_id: str | None) -> Watchlist:
    wanted = named_columns(mapping)
    columns = {column for _, column in wanted}
    bare = any(TEXT in part.columns for part in parts_of(mapping))
    values = {file: source.json_value(file) for file in files}
    metadata = _metadata(mapping, files[0], values[files[0]])
    taking = Taking(mapping, metadata, list_id or metadata["id"], files[0])
    for file, value in values.items():
        if _metadata(mapping, file, value) != metadata:
            raise source.defect(file, f"says another list than {files[0]}")
        found = _records(file, value, mapping.records, str if bare else dict)
        told = metadata.get("entries_total", len(found))
        if metadata.get("complete", True) and told != len(found):
            raise source.defect(file, f"{told} entries told where there are {len(found)}")
        records = [{TEXT: [x.strip()]} if bare else _columns(x) for x in found]
        if found and not bare:
            _check_keys(mapping, wanted, file, records)
        for number, record in enumerate(records):
            cells = {column: tuple(record.get(column, ())) for column in (TEXT, *columns)}
            taking.take(Row(file, cells, record=str(number)))
    return taking.watchlist()


def _metadata(mapping: ColumnMapping, file: Path, value: Any) -> dict[str, Any]:
    """What the list is: as the mapping says, or as the file tells at its top.

    Raises:
        WatchlistError: every key that is missing, not named, or tells what does not fit.
    """
    told = {name: x for name, x in mapping.metadata.items() if isinstance(x, Told)}
    if not told:
        return dict(mapping.metadata)
    if not isinstance(value, dict):
        keys = ", ".join(dict.fromkeys(x.key for x in told.values()))
        raise source.defect(file, f"not an object with {keys}")
    known = {*(x.key for x in told.values()), *mapping.ignored, mapping.records.partition(".")[0]}
    problems = [
        source.problem(file, f"unknown key {key!r}", hint="name it in ignored")
        for key in sorted(value.keys() - known)
    ]
    found = dict(mapping.metadata)
    for name, what in told.items():
        found[name] = _told(name, what, value.get(what.key))
        if found[name] is None:
            hint = f"known: {', '.join(what.words)}" if what.words else ""
            message = f"{value.get(what.key)!r} does not say {name} of the list"
            problems.append(source.problem(file, message, where=what.key, hint=hint))
    if problems:
        raise WatchlistError(problems)
    return found


def _told(name: str, what: Told, value: Any) -> str | int | date | None:
    """What a value at the top of the file says of the list; None where it does not fit."""
    if name == "entries_total":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if not isinstance(value, str) or not value.strip():
        return None
    if name == "published":
        return dates.day(value)
    said = what.words.get(value.strip()) if what.words else (value.strip(),)
    return what.prefix + said[0] if said else None


def _records(file: Path, value: Any, where: str, kind: type) -> list[Any]:
    for key in filter(None, where.split(".")):
        if not isinstance(value, dict) or key not in value:
            raise source.defect(file, f"no {where!r} in it")
        value = value[key]
    if not isinstance(value, list):
        raise source.defect(file, f"{where or 'it'} is not a list of entries")
    wrong = [number for number, entry in enumerate(value) if not isinstance(entry, kind)]
    if wrong:
        message = "not an object" if kind is dict else "not a text"
        raise WatchlistError(source.problem(file, message, where=str(x)) for x in wrong)
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


def _check_keys(
    mapping: ColumnMapping,
    wanted: Sequence[tuple[Path_, str]],
    file: Path,
    records: list[dict[str, list[str]]],
) -> None:
    if problems := list(_key_problems(mapping, wanted, file, records)):
        raise WatchlistError(problems)


def _key_problems(
    mapping: ColumnMapping,
    wanted: Sequence[tuple[Path_, str]],
    file: Path,
    records: list[dict[str, list[str]]],
) -> Iterator[Problem]:
    present = {key for record in records for key in record}
    for place, column in wanted:
        if not any(_within(key, column) for key in present):
            yield missing_column(mapping, place, column, file, present, "key")
    mapped = {column for place, column in wanted if place[0] != "ignored"} & present
    for index, outer in enumerate(mapping.optional):
        if not any(_within(column, outer) for _, column in wanted):
            yield problem_of_optional(mapping, index)
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
