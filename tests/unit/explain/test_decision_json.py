"""A decision as JSON and back, and its schema."""

import dataclasses
import json
from typing import Any

import jsonschema
import pytest

from compliance.errors import InputError
from compliance.explain import decision_of, decision_schema, json_of, plain
from compliance.explain.field_descriptions import FIELDS, TITLES
from compliance.model import decision as model
from compliance.model.canonical import canonical
from compliance.model.decision import Decision, DecisionError
from decisions import cleared, decision, flag, note, undecided

EVERYTHING = decision(flag(), undecided(policy_id="us.b"), cleared(), note())
REFUSED = decision(error=DecisionError("contract", ("lessee.name: empty",)))
EVERY_KIND = pytest.mark.parametrize(
    "told", [EVERYTHING, REFUSED, decision()], ids=["flags", "error", "clear"]
)


def _valid(content: Any) -> bool:
    schema = decision_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return bool(jsonschema.Draft202012Validator(schema).is_valid(content))


@EVERY_KIND
def test_json_is_one_canonical_line(told: Decision) -> None:
    content = json_of(told)
    assert content == canonical(told)
    assert content.count(b"\n") == 0


@EVERY_KIND
def test_the_pretty_form_says_the_same_in_sorted_keys(told: Decision) -> None:
    pretty = json_of(told, pretty=True)
    assert json.loads(pretty) == json.loads(json_of(told)) == plain(told)
    assert pretty == json.dumps(plain(told), indent=2, sort_keys=True, ensure_ascii=False).encode()
    assert pretty.startswith(b'{\n  "as_of": "2024-06-15",\n  "contract_id": "C-2024-117",\n')


def test_the_order_of_factors_does_not_change_a_byte() -> None:
    turned = dict(reversed(list(EVERYTHING.factors.items())))
    assert json_of(dataclasses.replace(EVERYTHING, factors=turned)) == json_of(EVERYTHING)


@pytest.mark.parametrize("weight", [0.0, 1e-07, 0.00005, 0.0001, 0.1, 1 / 3])
def test_a_number_of_any_size_is_spelled_as_in_canonical_json(weight: float) -> None:
    told = decision(flag(weight=weight))
    assert json_of(told) == canonical(told)


def test_control_characters_are_escaped_as_in_canonical_json() -> None:
    told = decision(flag(message="".join(map(chr, range(0x21))) + '\x7f\x80\u2028"\\/'))
    assert json_of(told) == canonical(told)


def test_parts_that_are_shared_are_written_for_each_decision() -> None:
    told = decision(flag())
    changed = dataclasses.replace(told.coverage, remarks=("EU list: 40 days old",))
    for coverage in (told.coverage, changed, told.coverage):
        again = dataclasses.replace(told, coverage=coverage)
        assert json_of(again) == canonical(again)


def test_names_in_every_script_stand_as_they_are() -> None:
    told = decision(flag(message="华为 Ромашка \u202e"))
    assert "华为 Ромашка \u202e".encode() in json_of(told)


@EVERY_KIND
@pytest.mark.parametrize("pretty", [True, False])
def test_what_was_written_reads_back_as_the_same_decision(told: Decision, *, pretty: bool) -> None:
    assert decision_of(json_of(told, pretty=pretty)) == told


def test_a_value_of_the_wrong_type_is_refused_with_its_path() -> None:
    content = plain(EVERYTHING)
    content["score"] = "84"
    content["flags"][0]["state_since"] = "yesterday"
    with pytest.raises(InputError) as caught:
        decision_of(json.dumps(content))
    assert [problem.path for problem in caught.value.problems] == [
        "flags.0.state_since",
        "score",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"contract_id": "C"}'])
def test_what_is_no_decision_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        decision_of(text)


def test_a_key_that_a_decision_does_not_have_is_refused() -> None:
    content = plain(EVERYTHING)
    content["flags"][0]["approved"] = True
    with pytest.raises(InputError, match="other keys than a decision"):
        decision_of(json.dumps(content))


def test_a_key_left_out_is_refused_even_where_it_has_a_default() -> None:
    content = plain(decision())
    del content["error"]
    with pytest.raises(InputError, match="other keys than a decision"):
        decision_of(json.dumps(content))


@EVERY_KIND
def test_json_is_valid_under_the_schema(told: Decision) -> None:
    assert _valid(json.loads(json_of(told)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("outcome",), "fine"),
        (("score",), "84"),
        (("flags", 0, "severity"), "dire"),
        (("flags", 0, "trace", "children", 0, "truth"), "maybe"),
        (("flags", 0, "extra"), 1),
        (("coverage", "watchlists", 0, "entries"), None),
        (("error",), "contract"),
    ],
)
def test_the_schema_refuses_what_a_decision_never_says(path: tuple[Any, ...], value: Any) -> None:
    content = plain(EVERYTHING)
    target: Any = content
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert not _valid(content)


@pytest.mark.parametrize("key", [field.name for field in dataclasses.fields(Decision)])
def test_the_schema_requires_every_field(key: str) -> None:
    content = plain(EVERYTHING)
    del content[key]
    assert not _valid(content)


def test_every_field_of_every_part_is_described_and_nothing_else() -> None:
    parts = {
        name: {field.name for field in dataclasses.fields(part)}
        for name, part in vars(model).items()
        if dataclasses.is_dataclass(part) and part.__module__ == model.__name__
    }
    assert {name: set(fields) for name, fields in FIELDS.items()} == parts


def test_the_schema_is_titled_described_and_names_its_dialect() -> None:
    schema = decision_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    titles = {name: part["title"] for name, part in schema["$defs"].items()}
    assert {"Decision": schema["title"], **titles} == TITLES
    assert all(part["description"] for part in (schema, *schema["$defs"].values()))
    assert schema["properties"]["score"]["description"] == FIELDS["Decision"]["score"]


def test_the_schema_is_the_same_each_time_and_its_reader_may_change_it() -> None:
    first = decision_schema()
    before = json.dumps(first)
    first["properties"].clear()
    assert json.dumps(decision_schema()) == before
