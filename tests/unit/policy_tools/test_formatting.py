"""The one form of a policy file: order, lines, scalars, comments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel

from compliance.errors import YamlError
from compliance.policies.policy import ExceptionFile, UseFile
from compliance.policy_tools.comments import comments_of
from compliance.policy_tools.file_layout import _ORDERS
from compliance.policy_tools.formatting import emit, formatted
from compliance.screening.definition_tests import DefinitionCaseFile, DefinitionCasesFile
from compliance.screening.policy_tests import CaseFile, CasesFile
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read

PARTS = 8  # so that several processes share them
RULES = sorted(rules_path().rglob("*.yaml"))

WRITTEN = """\
# Of this house.
id: house.example
schema: 1
title: "An example"  # short
timeline:
  - state: in_force
    from: 2024-01-01
citations:
  one: {url: "https://example.org/1", cite: "15 CFR 740.8"}
  two: {cite: 'OFAC FAQ 1'}
parameters: {places: [{value: ["D:5", "NO"], from: 2024-01-01}]}
for_each: {item: any, party:
  [lessee]}
when:
    all:
      - not: {op: in, field: item.access, value: [possession, delivery]}
      # Only from there.
      - any: [{is: hardware_moves}, {of: lessee, places: $places, is: led_from}]
      - {value: "3E001", field: item.eccn, op: eq}   # by classification
      # The last word.
exceptions:
  - {note: why, id: own, when: {is: x}}
  - {cite: one, authority: BIS, use: license_held}
effect: {factor: location, severity: low, outcome: review}
message: >-
  {party.name} is here: once
  upon a time.
asks:
- a
- b, c
# The end.
"""
FORM = """\
# Of this house.
schema: 1
id: house.example
title: An example  # short
timeline: [{from: 2024-01-01, state: in_force}]
citations:
  one: {cite: "15 CFR 740.8", url: "https://example.org/1"}
  two: {cite: OFAC FAQ 1}
parameters: {places: [{from: 2024-01-01, value: ["D:5", NO]}]}
for_each: {party: [lessee], item: any}
when:
  all:
    - not: {field: item.access, op: in, value: [possession, delivery]}
    # Only from there.
    - any:
        - {is: hardware_moves}
        - {is: led_from, places: $places, of: lessee}
    - {field: item.eccn, op: eq, value: "3E001"}  # by classification
    # The last word.
exceptions: [{id: own, when: {is: x}, note: why}, {use: license_held, authority: BIS, cite: one}]
effect: {outcome: review, severity: low, factor: location}
message: "{party.name} is here: once upon a time."
asks: [a, "b, c"]
# The end.
"""


def test_a_policy_has_one_form() -> None:
    assert formatted(WRITTEN, "x") == FORM
    assert formatted(FORM, "x") == FORM


def test_definitions_have_one_form() -> None:
    text = """\
conditions:
  hardware_moves: {when: {value: [possession, delivery], field: item.access, op: in}, item: true}
  led_from:
    when: {any: [{field: party.headquarters, op: in_group, value: $places}]}
    arguments: [places]
    party: true
sets: {controlled: [{value: [3A090], cite: a, from: 2022-10-07}]}
schema: 1
"""
    assert formatted(text, "x") == (
        "schema: 1\n"
        'sets: {controlled: [{from: 2022-10-07, value: ["3A090"], cite: a}]}\n'
        "conditions:\n"
        "  hardware_moves: {item: true, when: {field: item.access, op: in, "
        "value: [possession, delivery]}}\n"
        "  led_from:\n"
        "    party: true\n"
        "    arguments: [places]\n"
        "    when:\n"
        "      any: [{field: party.headquarters, op: in_group, value: $places}]\n"
    )


def test_each_case_has_a_line_for_its_name_its_change_and_its_answers() -> None:
    text = 'cases: [{expect: {2024-01-01: note}, name: a, change: {"lessee.name": -}}]\nschema: 1\n'
    text = text.replace("-}", "x}")
    assert formatted(text, "x") == (
        "schema: 1\ncases:\n  - name: a\n    change: {lessee.name: x}\n"
        "    expect: {2024-01-01: note}\n"
    )


def test_a_case_without_a_name_stands_on_one_line_where_it_fits() -> None:
    text = "cases: [{expect: {2024-01-01: true}, with: {places: [RU]}, condition: led_from}]\n"
    assert formatted(text, "x") == (
        "cases: [{condition: led_from, with: {places: [RU]}, expect: {2024-01-01: true}}]\n"
    )
    text = f"cases: [{{value: {'x' * 50}, set: a}}, {{value: {'x' * 50}, set: b}}]\n"
    assert formatted(text, "x") == (
        f"cases:\n  - {{set: a, value: {'x' * 50}}}\n  - {{set: b, value: {'x' * 50}}}\n"
    )


def test_what_does_not_fit_is_opened_filled_or_folded() -> None:
    words = "it is a long text " * 9
    tree = {
        "names": [f"Example Company {number}" for number in range(9)],
        "text": words.strip(),
        "kept": words,
        "word": "https://example.org/" + "x" * 130,
        "rows": [{"first": "a" * 60, "second": "b" * 60}],
        "texts": [words.strip(), "short"],
    }
    assert emit(tree) == (
        "names: [Example Company 0, Example Company 1, Example Company 2, Example Company 3, "
        "Example Company 4,\n  Example Company 5, Example Company 6, Example Company 7, "
        "Example Company 8]\n"
        "text: >-\n"
        "  it is a long text it is a long text it is a long text it is a long text it is a long "
        "text it is a long text it is a\n"
        "  long text it is a long text it is a long text\n"
        'kept: "it is a long text it is a long text it is a long text it is a long text it is a '
        "long text it is a long text it is\n"
        '  a long text it is a long text it is a long text "\n'
        f'word: "https://example.org/{"x" * 130}"\n'
        "rows:\n"
        f"  - first: {'a' * 60}\n"
        f"    second: {'b' * 60}\n"
        "texts:\n"
        "  - >-\n"
        "    it is a long text it is a long text it is a long text it is a long text it is a long "
        "text it is a long text it is a\n"
        "    long text it is a long text it is a long text\n"
        "  - short\n"
    )


@pytest.mark.parametrize(
    ("value", "alone", "in_flow"),
    [
        (None, "null", "null"),
        (True, "true", "true"),
        (-3, "-3", "-3"),
        (Decimal("0.10"), "0.10", "0.10"),
        (Decimal("1E-7"), "0.0000001", "0.0000001"),
        (date(2024, 1, 2), "2024-01-02", "2024-01-02"),
        ("NO", "NO", "NO"),
        ("D:5", '"D:5"', '"D:5"'),
        ("3E001", '"3E001"', '"3E001"'),
        ("2024-01-02", '"2024-01-02"', '"2024-01-02"'),
        ("100%", '"100%"', '"100%"'),
        ("Null", '"Null"', '"Null"'),
        ("", '""', '""'),
        ("-", '"-"', '"-"'),
        ("$places", "$places", "$places"),
        ("a, b", "a, b", '"a, b"'),
        ("is it?", "is it?", '"is it?"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("a #1", '"a #1"', '"a #1"'),
        ('{a} is "b"', "'{a} is \"b\"'", "'{a} is \"b\"'"),
        ('it\'s "b"', 'it\'s "b"', 'it\'s "b"'),
        ('"it\'s"', '"\\"it\'s\\""', '"\\"it\'s\\""'),
        ("a\nb\u2028", '"a\\nb\\u2028"', '"a\\nb\\u2028"'),
        ("中国", "中国", "中国"),
    ],
)
def test_a_scalar_is_quoted_where_it_could_be_taken_for_something_else(
    value: Any, alone: str, in_flow: str
) -> None:
    text = emit({"a": value, "b": [value]})
    assert text == f"a: {alone}\nb: [{in_flow}]\n"
    again = read(text).value
    assert (again["a"], type(again["a"])) == (value, type(value))


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("# top\n\n# second\na: 1\n", "# top\n# second\na: 1\n"),
        ("a: [1, # one\n  2] # two\n", "a:  # two\n  - 1  # one\n  - 2\n"),
        ("a: # opens\n  - {b: 1} # item\n", "a:  # opens\n  - {b: 1}  # item\n"),
        ("a: {b: 1} # whole\n", "a: {b: 1}  # whole\n"),
        ("a:\n  # first\n  b: 1\nc: 2\n", "a:\n  # first\n  b: 1\nc: 2\n"),
        ("a:\n  b: 1\n  # last\nc: 2\n", "a:\n  b: 1\n  # last\nc: 2\n"),
        ("a:\n  b: 1\n# next\nc: 2\n", "a: {b: 1}\n# next\nc: 2\n"),
        ("a:\n  - b: 1\n    # in b\n  # in a\n", "a:\n  - b: 1\n    # in b\n  # in a\n"),
        ("a:\n  # of a\n  text\n", "# of a\na: text\n"),
        ("a: [\n  # nobody\n]\n", "# nobody\na: []\n"),
        ("a: >- # header\n  text # text\n", 'a: "text # text"  # header\n'),
        ("a: |\n  # text\n# comment\nb: 1\n", 'a: "# text\\n"\n# comment\nb: 1\n'),
        ('a: "#no" # yes\n', 'a: "#no"  # yes\n'),
        ("- # item\n  a: 1\n- - # inner\n    2\n", "# item\n- {a: 1}\n# inner\n- [2]\n"),
        ("--- # start\na: 1\n", "# start\na: 1\n"),
        ("# alone\n1\n# after\n", "# alone\n# after\n1\n"),
        ("a: 1 #\n", "a: 1  #\n"),
        ("a:\n- b\n# of all\n", "a: [b]\n# of all\n"),
        ("a:\n- b\n  # of a\n", "a:\n  - b\n  # of a\n"),
        ("\ufeff# b\r\na: 1\r\n", "# b\na: 1\n"),
    ],
)
def test_comments_stay_with_what_they_speak_of(written: str, form: str) -> None:
    assert formatted(written, "x") == form
    assert formatted(form, "x") == form


def test_a_comment_that_does_not_fit_stands_above_and_is_wrapped() -> None:
    text = f"a: {'x' * 60}  # {'why ' * 30}\n"
    lines = formatted(text, "x").splitlines()
    assert [line[:6] for line in lines] == ["# why ", "# why", "a: xxx"]
    assert max(map(len, lines)) <= 120
    assert " ".join(line[2:] for line in lines[:2]) == ("why " * 30).strip()


def test_comments_are_given_by_path() -> None:
    value = {"when": {"all": [{"field": "a", "op": "known"}, {"is": "b"}]}}
    text = emit(
        value, {("when", "all", 1): ["# above"]}, {("when",): ["# beside"]}, {(): ["# below"]}
    )
    assert text == (
        "when:  # beside\n  all:\n    - {field: a, op: known}\n    # above\n    - {is: b}\n"
        "# below\n"
    )
    comments = comments_of(text)
    assert comments.above == {("when", "all", 1): ["# above"]}
    assert comments.beside == {("when",): ["# beside"]}
    assert comments.below == {(): ["# below"]}


def test_a_comment_of_a_path_that_is_not_there_is_not_lost_in_silence() -> None:
    with pytest.raises(KeyError, match="which the tree does not have"):
        emit({"a": 1}, {("b",): ["# lost"]})


def test_a_value_that_strict_yaml_has_not_is_refused() -> None:
    for value in (0.5, object(), Decimal("NaN")):
        with pytest.raises(TypeError, match="no value of strict YAML"):
            emit({"a": value})


def test_a_text_that_is_no_strict_yaml_is_refused_with_its_place() -> None:
    with pytest.raises(YamlError, match=r"^own\.yaml:2:1: a: key 'a' twice|^own\.yaml:2:1: "):
        formatted("a: 1\na: 2\n", "own.yaml")


def test_the_order_of_clauses_is_the_one_that_their_models_declare() -> None:
    for name in ("exceptions", "clears"):
        order = _ORDERS["policy"][name, "*"]
        for model in (ExceptionFile, UseFile):
            declared = [*model.model_fields]
            assert [key for key in order if key in declared] == declared


@pytest.mark.parametrize("model", [CasesFile, DefinitionCasesFile, CaseFile, DefinitionCaseFile])
def test_the_order_of_cases_is_the_one_that_their_models_declare(model: type[BaseModel]) -> None:
    is_file = model in {CasesFile, DefinitionCasesFile}
    order = _ORDERS["cases"][() if is_file else ("cases", "*")]
    declared = [field.alias or name for name, field in model.model_fields.items()]
    assert [key for key in order if key in declared] == declared


@pytest.mark.parametrize("part", range(PARTS))
def test_every_file_of_the_rules_reads_the_same_when_formatted(part: int) -> None:
    for path in RULES[part::PARTS]:
        text = path.read_text("utf-8")
        form = formatted(text, str(path))
        if form != text:  # values equal, of equal types, in the same order where order tells
            assert read(form).value == read(text).value, path
            assert formatted(form, str(path)) == form, path
            assert _words(form) == _words(text), path
        for line in form.splitlines():
            value = line.strip().partition(": ")[2].strip("- ")
            assert len(line) <= 120 or " " not in value, path


def _words(text: str) -> list[str]:
    """The words of every comment, which wrapping leaves as they are."""
    comments = comments_of(text)
    lines = [
        line
        for part in (comments.above, comments.beside, comments.below)
        for found in part.values()
        for line in found
    ]
    return sorted(word for line in lines for word in line.lstrip("#").split())
