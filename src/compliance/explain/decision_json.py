"""A Decision as JSON: canonical, byte-stable, and described by a JSON Schema.

The same decision gives the same bytes on every machine and in every run; the pretty form differs
in white space only. The schema is derived from the dataclasses themselves, so that it cannot lag
behind them; `decision_of` reads back what `json_of` wrote.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from compliance.errors import InputError, Problem
from compliance.explain.field_descriptions import FIELDS, TITLES
from compliance.model.canonical import written
from compliance.model.decision import Decision

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def plain(decision: Decision) -> dict[str, Any]:
    """The decision as dict, list, str, int, float, bool and None only; keys are its fields."""
    # Equal to model.canonical.plain, by the serializer that pydantic compiles: three times as fast.
    content: dict[str, Any] = _adapter().dump_python(decision, mode="json")
    return content


def json_of(decision: Decision, *, pretty: bool = False) -> bytes:
    """The decision as UTF-8 JSON with sorted keys, without a newline at its end.

    One line, byte for byte that of `model.canonical`; or, `pretty`, the same indented by two.
    """
    return written(plain(decision), pretty=pretty)


def decision_of(content: bytes | str) -> Decision:
    """Read back what `json_of` wrote, in either form.

    Raises:
        InputError: it is not the JSON of a decision, with one problem for each field and its path;
            or it says more or less than a decision does.
    """
    try:
        decision = _adapter().validate_json(content, strict=True)
    except ValidationError as error:
        raise InputError(
            Problem.at(
                detail["msg"], path=".".join(str(step) for step in detail["loc"]), code="input"
            )
            for detail in error.errors(include_url=False, include_context=False)
        ) from None
    if plain(decision) != json.loads(content):
        raise InputError("the JSON has other keys than a decision; see decision_schema()")
    return decision


def decision_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `json_of`: closed, every field required and described."""
    schema = _adapter().json_schema(mode="serialization")
    definitions = schema.pop("$defs")
    for name, definition in {"Decision": schema, **definitions}.items():
        definition["title"] = TITLES[name]
        if "properties" not in definition:
            continue
        definition["additionalProperties"] = False
        definition["required"] = sorted(definition["properties"])
        for field, part in definition["properties"].items():
            part.pop("default", None)
            part.pop("title", None)
            part["description"] = FIELDS[name][field]
    return {"$schema": DIALECT, **schema, "$defs": dict(sorted(definitions.items()))}


@cache
def _adapter() -> TypeAdapter[Decision]:
    return TypeAdapter(Decision)
