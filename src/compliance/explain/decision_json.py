"""A Decision as JSON: canonical, byte-stable, and described by a JSON Schema.

The same decision gives the same bytes on every machine and in every run; the pretty form differs
in white space only. The schema is derived from the dataclasses themselves, so that it cannot lag
behind them; `decision_of` reads back what `json_of` wrote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import SchemaSerializer

from compliance.errors import InputError, Problem
from compliance.explain.field_descriptions import FIELDS, TITLES
from compliance.memo import Memo
from compliance.model.canonical import written
from compliance.model.decision import Coverage, Decision, PolicyCoverage, RiskFlag

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_LEAST_PLAIN_FLOAT: Final = 1e-4


def plain(decision: Decision) -> dict[str, Any]:
    """The decision as dict, list, str, int, float, bool and None only; keys are its fields."""
    # Equal to model.canonical.plain, by the serializer that pydantic compiles: three times as fast.
    content: dict[str, Any] = _adapter().dump_python(decision, mode="json")
    return content


def json_of(decision: Decision, *, pretty: bool = False) -> bytes:
    """The decision as UTF-8 JSON with sorted keys, without a newline at its end.

    One line, byte for byte that of `model.canonical`; or, `pretty`, the same indented by two.
    """
    if pretty or not all(map(_is_spelled_alike, decision.flags)):
        return written(plain(decision), pretty=pretty)
    coverage = decision.coverage
    shared = _members(coverage, {"policies": _lines(coverage)}, kept=True)
    factors = dict(sorted(decision.factors.items()))
    known = {"coverage": shared, "factors": _by_field()[Decision]["factors"].to_json(factors)}
    return _members(decision, known)


def _members(
    value: Coverage | Decision, known: Mapping[str, bytes], *, kept: bool = False
) -> bytes:
    """A dataclass as a JSON object; the JSON of some fields is known, that of others kept."""
    parts = []
    for name, serializer in _by_field()[type(value)].items():
        content = known.get(name)
        if content is None:
            field = getattr(value, name)
            content = _once(field, serializer) if kept else serializer.to_json(field)
        parts.append(b'"%b":%b' % (name.encode(), content))
    return b"{%b}" % b",".join(parts)


def _lines(coverage: Coverage) -> bytes:
    serializer = _line_serializer()
    return b"[%b]" % b",".join([_once(line, serializer) for line in coverage.policies])


_WRITTEN: Final[Memo[int, tuple[object, bytes]]] = Memo(4096)


def _once(part: object, serializer: SchemaSerializer) -> bytes:
    """The JSON of a part that many decisions share: the same object is written once.

    Kept by identity, which is sound because the part is kept too; at most 4,096 of them.
    """
    found = _WRITTEN.get(id(part))
    if found is not None and found[0] is part:
        return found[1]
    return _WRITTEN.keep(id(part), (part, serializer.to_json(part)))[1]


def _is_spelled_alike(flag: RiskFlag) -> bool:
    """Whether pydantic and `json` spell its numbers (0 to 1) alike; 0.00001 they do not."""
    numbers = [flag.weight]
    for match in flag.matches:
        numbers += [match.score, *(pair.similarity for pair in match.aligned)]
    return all(number == 0 or number >= _LEAST_PLAIN_FLOAT for number in numbers)


@cache
def _by_field() -> dict[type, dict[str, SchemaSerializer]]:
    """For each dataclass that is written in parts: the serializers of its fields, in order."""
    return {
        kind: {
            name: _sorted_serializer(hint) for name, hint in sorted(get_type_hints(kind).items())
        }
        for kind in (Coverage, Decision)
    }


@cache
def _line_serializer() -> SchemaSerializer:
    return _sorted_serializer(PolicyCoverage)


def _sorted_serializer(kind: Any) -> SchemaSerializer:
    """Pydantic's compiled serializer of a type, with the fields of dataclasses in sorted order."""
    return SchemaSerializer(_in_order(TypeAdapter(kind).core_schema))


def _in_order(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_in_order(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _in_order(part) for key, part in schema.items()}
    if found.get("type") == "dataclass":
        found["fields"] = sorted(found["fields"])
    if found.get("type") == "dataclass-args":
        found["fields"] = sorted(found["fields"], key=lambda field: field["name"])
    return found


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
