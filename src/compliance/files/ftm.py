"""FollowTheMoney entities that hold other entities in place of their ids, taken apart.

The form of OpenSanctions' "nested" exports: a property of the type entity holds whole entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def taken_apart(entity: Any) -> Iterator[Any]:
    """The entity with ids where it held entities, then each of those in the same way, in order.

    What is no entity (a mapping with id, schema and properties) stays where it is, for whoever
    reads it to refuse.

        {"id": "a", ..., {"owner": [{"id": "b", ...}]}} -> {"id": "a", ..., {"owner": ["b"]}}, b
    """
    waiting = [entity]
    while waiting:
        current = waiting.pop(0)
        if not _is_entity(current):
            yield current
            continue
        inside: list[Any] = []
        properties = {
            name: _with_ids(values, inside) for name, values in current["properties"].items()
        }
        yield {**current, "properties": properties} if inside else current
        waiting = inside + waiting


def _with_ids(values: Any, inside: list[Any]) -> Any:
    if not isinstance(values, list):
        return values
    inside += [value for value in values if _is_entity(value)]
    return [value["id"] if _is_entity(value) else value for value in values]


def _is_entity(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("id"), str)
        and isinstance(value.get("schema"), str)
        and isinstance(value.get("properties"), Mapping)
    )
