"""Conditions: parsing with positions, Kleene logic, traces that prove the truth."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.errors import Problem
from compliance.model.truth import Truth, all_of, any_of
from compliance.places import Gazetteer
from compliance.policies.conditions import Branch, Condition, Leaf, Reader, scopes
from compliance.policies.evaluation import Compiled, compile_condition, missing
from compliance.policies.fact import Fact
from compliance.policies.operators import Setting
from compliance.screening.field_schema import FIELDS
from compliance.tables.yaml import read

SETTING = Setting(date(2024, 6, 15), Gazetteer.load(), "us.test.policy")
T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def parsed(text: str) -> tuple[Condition | None, list[str]]:
    problems: list[Problem] = []
    document = read(text, source="rule.yaml")
    reader = Reader(document, "rule.yaml", problems, FIELDS, {})
    return reader.read((), document.value), [str(p) for p in problems]


class Known(dict[str, Fact]):
    """Facts that are known beforehand."""

    def shown(self, name: str) -> str:
        fact = self[name]
        return f"{fact.text} ({fact.note})" if fact.note else fact.text


def binding(**party: Fact) -> Any:
    facts = Known({name.replace("__", "."): fact for name, fact in party.items()})
    return SimpleNamespace(party=facts, item={}, contract={}, lessee=facts, provider={})


def compiled(text: str, **parameters: Any) -> Compiled:
    condition, problems = parsed(text)
    assert problems == []
    assert condition is not None
    return compile_condition(condition, SETTING, parameters)


def test_a_tree_is_read_with_the_line_of_each_leaf() -> None:
    condition, problems = parsed(
        "all:\n"
        "  - {field: party.name, op: known}\n"
        "  - not: {field: party.headquarters, op: in_group, value: ['D:5']}\n"
    )
    assert problems == []
    assert condition == Branch(
        "all",
        (
            Leaf("party.name", "known", None, "rule.yaml:2"),
            Branch(
                "not",
                (Leaf("party.headquarters", "in_group", ["D:5"], "rule.yaml:3"),),
                "rule.yaml:3",
            ),
        ),
        "rule.yaml:1",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "{field: party.headquaters, op: known}",
            (
                "rule.yaml:1:9: field: no field 'party.headquaters' "
                "(did you mean 'party.headquarters'?)"
            ),
        ),
        (
            "{field: party.headquarters, op: in_grp, value: [CN]}",
            "rule.yaml:1:33: op: no operator 'in_grp' (did you mean 'in_group'?)",
        ),
        (
            "{field: party.headquarters, op: gte, value: 5}",
            (
                "rule.yaml:1:33: op: operator 'gte' does not fit party.headquarters, a country "
                "(one of eq, in, in_group, known, refused, stated)"
            ),
        ),
        (
            "{field: party.headquarters, op: eq}",
            "rule.yaml:1:1: operator 'eq' needs a value",
        ),
        ("{field: party.name}", "rule.yaml:1:1: a leaf needs op"),
        (
            "{feild: party.name, op: known, field: party.name}",
            "rule.yaml:1:2: feild: unknown key 'feild' (did you mean 'field'?)",
        ),
        ("{all: [], any: []}", "rule.yaml:1:1: all, any and not stand alone; nest them"),
        ("all: []", "rule.yaml:1:6: all: all is a list of conditions"),
        ("any: {field: party.name, op: known}", "rule.yaml:1:6: any: any is a list of conditions"),
        ("[]", "rule.yaml:1:1: a condition is a mapping: all, any, not, is, or a leaf"),
        (
            "not: 5",
            "rule.yaml:1:6: not: a condition is a mapping: all, any, not, is, or a leaf",
        ),
    ],
)
def test_a_defect_is_named_with_its_place(text: str, problem: str) -> None:
    assert parsed(text)[1] == [problem]


def test_every_defect_of_a_tree_is_found() -> None:
    _, problems = parsed("all:\n  - {field: x, op: y}\n  - {field: party.name, op: z}\n")
    assert len(problems) == 3


def test_scopes_say_what_a_condition_reads() -> None:
    condition, _ = parsed(
        "any:\n"
        "  - {field: party.name, op: known}\n"
        "  - {field: lessee.name, op: known}\n"
        "  - {field: item.chip, op: known}\n"
    )
    assert condition is not None
    assert scopes(condition) == {"party", "contract", "item"}


LEAVES = {
    T: "{field: party.kind, op: eq, value: person}",
    F: "{field: party.kind, op: eq, value: wallet}",
    U: "{field: party.name, op: eq, value: x}",
}
FACTS = {
    "kind": Fact.of("person", "test"),
    "name": Fact.unknown("lessee.name", note="not given"),
}


def test_all_any_and_not_are_strong_kleene() -> None:
    b = binding(**FACTS)
    for first, a in LEAVES.items():
        for second, c in LEAVES.items():
            both = compiled(f"all: [{a}, {c}]")
            either = compiled(f"any: [{a}, {c}]")
            assert both.truth(b) is all_of([first, second])
            assert either.truth(b) is any_of([first, second])
        assert compiled(f"not: {a}").truth(b) is first.negated()


def test_all_goes_on_past_an_unknown_to_find_a_false() -> None:
    test = compiled(f"all: [{LEAVES[U]}, {LEAVES[F]}]")
    b = binding(**FACTS)
    assert test.truth(b) is F
    assert test.because(b) == "party.kind eq wallet"


trees = st.recursive(
    st.sampled_from(sorted(LEAVES)).map(lambda truth: LEAVES[truth]),
    lambda children: st.one_of(
        children.map(lambda child: f"{{not: {child}}}"),
        st.tuples(st.sampled_from(["all", "any"]), st.lists(children, min_size=1, max_size=4)).map(
            lambda pair: f"{{{pair[0]}: [{', '.join(pair[1])}]}}"
        ),
    ),
    max_leaves=12,
)


@given(trees)
def test_trace_and_truth_always_agree(text: str) -> None:
    test, b = compiled(text), binding(**FACTS)
    assert test.trace(b).truth is test.truth(b)
    assert bool(test.because(b)) is (test.truth(b) is F)


def _naive(value: Any) -> Truth:
    """A second reading of the tree, with no short cut."""
    if "not" in value:
        return _naive(value["not"]).negated()
    if "all" in value:
        return all_of([_naive(part) for part in value["all"]])
    if "any" in value:
        return any_of([_naive(part) for part in value["any"]])
    return {"person": T, "wallet": F, "x": U}[value["value"]]


@given(trees)
def test_short_cuts_change_no_truth(text: str) -> None:
    assert compiled(text).truth(binding(**FACTS)) is _naive(read(text).value)


def test_a_trace_shows_value_source_line_and_what_is_missing() -> None:
    trace = compiled(f"any:\n  - {LEAVES[F]}\n  - {LEAVES[U]}\n").trace(binding(**FACTS))
    first, second = trace.children
    assert (first.truth, first.seen, first.source, first.where) == (
        F,
        "person",
        "test",
        "rule.yaml:2",
    )
    assert (second.truth, second.seen, second.missing) == (
        U,
        "unknown (not given)",
        ("lessee.name",),
    )
    assert missing(trace) == ("lessee.name",)


def test_a_rule_that_fires_because_a_fact_is_not_known_names_the_fact() -> None:
    trace = compiled("{field: party.name, op: known, value: false}").trace(binding(**FACTS))
    assert (trace.truth, missing(trace)) == (T, ("lessee.name",))


def test_nothing_is_missing_from_a_false_condition() -> None:
    trace = compiled(f"all: [{LEAVES[U]}, {LEAVES[F]}]").trace(binding(**FACTS))
    assert (trace.truth, missing(trace)) == (F, ())


def test_a_parameter_is_substituted_and_shown_with_its_name() -> None:
    test = compiled("{field: party.kind, op: in, value: $kinds}", kinds=["person", "wallet"])
    trace = test.trace(binding(**FACTS))
    assert (trace.truth, trace.expected) == (T, "person, wallet ($kinds)")
    nested = compiled(
        "{field: party.ownership.direct, op: held_gte, value: {in_group: $places, share: '50%'}}",
        places=["D:5"],
    )
    assert nested.truth(binding(ownership__direct=Fact.of((), "test"))) is F
