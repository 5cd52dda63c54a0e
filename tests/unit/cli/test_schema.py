"""`schema`: JSON Schemas that accept what the package accepts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from compliance.policies.loading import policy_files
from compliance.policies.operators import REGISTRY
from compliance.screening.field_schema import FIELDS
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from unit.cli.conftest import Command


def schema(command: Command, what: str) -> Any:
    result = command("schema", what)
    assert (result.status, result.err) == (0, "")
    found = json.loads(result.out)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.mark.parametrize("what", ["contract", "decision", "policy"])
def test_each_is_a_schema_of_2020_12(command: Command, what: str) -> None:
    found = schema(command, what)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_contract_validates_and_an_unknown_key_does_not(command: Command) -> None:
    validator = jsonschema.Draft202012Validator(schema(command, "contract"))
    good = {"id": "x", "lessee": {"name": "A", "headquarters": {"value": "SG"}}}
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors({"id": "x", "lesee": {}}))


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def test_every_shipped_policy_is_one(command: Command) -> None:
    validator = jsonschema.Draft202012Validator(schema(command, "policy"))
    files = policy_files(rules_path())
    wrong = {
        path.name: [error.message for error in validator.iter_errors(plain(read_file(path).value))]
        for path in files
    }
    assert files
    assert {name: errors for name, errors in wrong.items() if errors} == {}


@pytest.mark.parametrize(
    "leaf",
    [
        {"field": "party.hedquarters", "op": "eq"},
        {"field": "party.headquarters", "op": "equals"},
        {"field": "party.headquarters", "op": "covers"},
        {"field": "party.headquarters", "op": "eq", "valeu": 1},
        {"all": []},
        {"not": [{"field": "party.headquarters", "op": "known"}]},
        {"all": [{"field": "party.headquarters", "op": "known"}], "any": []},
    ],
)
def test_a_condition_that_does_not_load_is_no_condition(command: Command, leaf: Any) -> None:
    found = schema(command, "policy")
    condition = {"$defs": found["$defs"], "$ref": "#/$defs/Condition"}
    assert list(jsonschema.Draft202012Validator(condition).iter_errors(leaf))


def test_every_field_and_operator_is_enumerated(command: Command) -> None:
    definitions = schema(command, "policy")["$defs"]
    leaves = [part for name, part in definitions.items() if name.startswith("Leaf_")]
    fields = [field["const"] for leaf in leaves for field in leaf["properties"]["field"]["anyOf"]]
    operators = {op for leaf in leaves for op in leaf["properties"]["op"]["enum"]}
    assert sorted(fields) == sorted(FIELDS)
    assert operators == set(REGISTRY)


def test_an_unknown_schema_is_status_2(command: Command) -> None:
    result = command("schema", "contracts")
    assert result.status == 2
    assert "no schema 'contracts'; known: contract, decision, definitions, policy" in result.err
