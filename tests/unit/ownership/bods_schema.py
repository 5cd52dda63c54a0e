"""The published schema of BODS 0.4 as a validator, and graphs to hold against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from compliance.ownership import Interest, OwnershipGraph


def validator(folder: Path) -> Draft202012Validator:
    """The validator of the schema in a folder, with formats of days checked."""
    schemas: list[dict[str, Any]] = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))
    ]
    found = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    (statement,) = (schema for schema in schemas if schema["$id"] == "urn:statement")
    registry: Registry[Any] = Registry().with_resources(found)
    return Draft202012Validator(statement, registry=registry, format_checker=FormatChecker())


def defects(checked: Draft202012Validator, statements: Any) -> list[str]:
    """What is wrong with statements by the schema, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in checked.iter_errors(statements)]


def graph_of(
    interests: Iterable[Interest], exceptions: Mapping[str, Iterable[str]] | None = None
) -> OwnershipGraph:
    """The graph of interests and of reporting exceptions by party."""
    stated: list[Interest | Mapping[str, str]] = list(interests)
    for owned, names in (exceptions or {}).items():
        stated += [{"owned": owned, "exception": name} for name in names]
    return OwnershipGraph.from_interests(stated)
