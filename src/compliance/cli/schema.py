"""The JSON Schemas (2020-12) that the package publishes, derived from what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from compliance.cli.decisions import pretty
from compliance.cli.terminal import guarded, write_bytes
from compliance.explain import decision_schema
from compliance.explain.decision_json import DIALECT
from compliance.model.contract import Contract
from compliance.policies.arguments import ARGUMENTS
from compliance.policies.conditions import IF_ABSENT, NOT_MET
from compliance.policies.definitions import DefinitionsFile
from compliance.policies.operators import EVERY_KIND, REGISTRY
from compliance.policies.policy import PolicyFile
from compliance.screening.field_schema import FIELDS

_CONDITION: Final = {"$ref": "#/$defs/Condition"}
_USE: Final = {
    "description": "a condition of rules/definitions by its name, with its arguments",
    "type": "object",
    "properties": {
        "is": {"type": "string"},
        "of": {
            "enum": ["lessee", "provider"],
            "description": "whose; the bound party's if left out",
        },
        **{name: {"description": meaning} for name, (_, meaning) in ARGUMENTS.items()},
    },
    "required": ["is"],
    "additionalProperties": False,
}


def contract_schema() -> dict[str, Any]:
    """Of a contract as read from JSON or YAML."""
    return {"$schema": DIALECT, **Contract.model_json_schema()}


def policy_schema() -> dict[str, Any]:
    """Of a policy file; conditions name every field and the operators that fit its kind."""
    schema = {"$schema": DIALECT, **PolicyFile.model_json_schema()}
    definitions = schema["$defs"]
    schema["properties"]["when"] = _CONDITION
    definitions["ExceptionFile"]["properties"]["when"] = _CONDITION
    return _with_conditions(schema)


def definitions_schema() -> dict[str, Any]:
    """Of a file of `rules/definitions`."""
    schema = {"$schema": DIALECT, **DefinitionsFile.model_json_schema()}
    for name in ("ConditionFile", "ExceptionDefinitionFile"):
        schema["$defs"][name]["properties"]["when"] = _CONDITION
    return _with_conditions(schema)


def _with_conditions(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what a condition is: every field, and the operators that fit its kind."""
    definitions = schema["$defs"]
    leaves = {f"Leaf_{kind}": _leaf(kind) for kind in sorted(EVERY_KIND)}
    definitions.update(leaves)
    branches = [
        _object({kind: {"type": "array", "items": _CONDITION, "minItems": 1}}, kind)
        for kind in ("all", "any")
    ]
    definitions["Condition"] = {
        "title": "Condition",
        "description": "all, any, not, a definition by its name, or a leaf: one test of one field",
        "anyOf": [
            *branches,
            _object({"not": _CONDITION}, "not"),
            _USE,
            *({"$ref": f"#/$defs/{name}"} for name in leaves),
        ],
    }
    return schema


def _leaf(kind: str) -> dict[str, Any]:
    fields = [
        {"const": name, "description": field.meaning}
        for name, field in sorted(FIELDS.items())
        if field.kind == kind
    ]
    operators = sorted(name for name, found in REGISTRY.items() if kind in found.kinds)
    cite = {"type": "string", "description": "id of a citation of this file"}
    value = {"description": 'the operator\'s value, or a parameter or set as "$name"'}
    on_unknown = {
        "enum": [NOT_MET, IF_ABSENT],
        "description": "not met where the fact is not known, or where nobody said anything of it",
    }
    parts = {
        "field": {"anyOf": fields},
        "op": {"enum": operators},
        "value": value,
        "cite": cite,
        "on_unknown": on_unknown,
    }
    return {"description": f"a test of a {kind}", **_object(parts, "field", "op")}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


SCHEMAS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "contract": contract_schema,
    "decision": decision_schema,
    "definitions": definitions_schema,
    "policy": policy_schema,
}


@guarded
def schema(
    what: Annotated[str, typer.Argument(metavar="contract|decision|policy")],
) -> int:
    """Print a JSON Schema: of a contract, a decision or a policy file."""
    if what not in SCHEMAS:
        raise typer.BadParameter(f"no schema {what!r}; known: {', '.join(SCHEMAS)}")
    write_bytes(pretty(SCHEMAS[what]()))
    return 0
