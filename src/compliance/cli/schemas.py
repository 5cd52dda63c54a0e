"""The JSON Schemas (2020-12) that the package publishes, derived from what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from compliance.explain import decision_schema
from compliance.explain.structured import DIALECT
from compliance.model.contract import Contract
from compliance.policies.operators import EVERY_KIND, REGISTRY
from compliance.policies.policy import PolicyFile
from compliance.policies.vocabulary import VOCABULARY

_CONDITION: Final = {"$ref": "#/$defs/Condition"}


def contract_schema() -> dict[str, Any]:
    """Of a contract as read from JSON or YAML."""
    return {"$schema": DIALECT, **Contract.model_json_schema()}


def policy_schema() -> dict[str, Any]:
    """Of a policy file; conditions name every field and the operators that fit its kind."""
    schema = {"$schema": DIALECT, **PolicyFile.model_json_schema()}
    definitions = schema["$defs"]
    schema["properties"]["when"] = _CONDITION
    definitions["ExceptionFile"]["properties"]["when"] = _CONDITION
    leaves = {f"Leaf_{kind}": _leaf(kind) for kind in sorted(EVERY_KIND)}
    definitions.update(leaves)
    branches = [
        _object({kind: {"type": "array", "items": _CONDITION, "minItems": 1}}, kind)
        for kind in ("all", "any")
    ]
    definitions["Condition"] = {
        "title": "Condition",
        "description": "all, any, not, or a leaf: one test of one field",
        "anyOf": [
            *branches,
            _object({"not": _CONDITION}, "not"),
            *({"$ref": f"#/$defs/{name}"} for name in leaves),
        ],
    }
    return schema


def _leaf(kind: str) -> dict[str, Any]:
    fields = sorted(name for name, word in VOCABULARY.items() if word.kind == kind)
    operators = sorted(name for name, found in REGISTRY.items() if kind in found.kinds)
    cite = {"type": "string", "description": "id of a citation of this file"}
    value = {"description": 'the operator\'s value, or a parameter as "$name"'}
    parts = {"field": {"enum": fields}, "op": {"enum": operators}, "value": value, "cite": cite}
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
    "policy": policy_schema,
}
