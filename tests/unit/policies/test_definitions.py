"""Definitions: put in where they are used, refused with the places of both, shown by traces."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from compliance.errors import RuleError
from compliance.explain.trace import text_of_trace
from compliance.places import Gazetteer
from compliance.policies.conditions import Leaf, Use, leaves, uses
from compliance.policies.definitions import Definitions, load_definitions
from compliance.policies.evaluation import compile_condition
from compliance.policies.fact import Fact
from compliance.policies.loading import load_policies
from compliance.policies.operators import Setting
from compliance.policies.policy import Policy
from compliance.screening.field_schema import FIELDS

GAZETTEER = Gazetteer.load()
DEFINITIONS = """\
schema: 1
title: a sample
citations: {law: {cite: "15 CFR 1"}}
sets:
  grey: [{from: 2020-01-01, value: [CN, MO], cite: law}, {from: 2024-01-01, value: [], cite: law}]
conditions:
  led_from:
    party: true
    arguments: [places]
    when: {field: party.headquarters, op: in_group, value: $places}
    cite: law
  organization_led_from:
    party: true
    arguments: [places]
    when:
      all:
        - not: {field: party.is_person, op: eq, value: true}
        - {is: led_from, places: $places}
exceptions:
  license_held:
    id: license-held
    party: true
    arguments: [authority]
    when: {field: party.authorizations, op: covers, value: {kind: license, authority: $authority}}
    note: does the license name this rule?
"""
POLICY = """\
schema: 1
id: us.test.sample
title: A sample
jurisdiction: US
authority: BIS
basis: law
timeline: [{from: 2022-01-01, state: in_force, cite: law}]
verified_on: 2026-09-24
citations: {law: {cite: "15 CFR 2"}}
for_each: {party: [lessee]}
when: {is: organization_led_from, places: $grey}
exceptions: [{use: license_held, authority: BIS}]
effect: {outcome: review, severity: high, factor: nationality}
message: "{party.name}"
"""


def load(
    tmp_path: Path, definitions: str = DEFINITIONS, policy: str = POLICY
) -> tuple[Policy, ...]:
    for name, text in (("definitions/sample.yaml", definitions), ("us/test/sample.yaml", policy)):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return load_policies(tmp_path, GAZETTEER, FIELDS)


def refused(tmp_path: Path, **texts: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load(tmp_path, **texts)
    return [str(p).removeprefix(f"{tmp_path}/") for p in caught.value.problems]


def test_a_definition_is_put_in_with_its_arguments_and_both_places(tmp_path: Path) -> None:
    (policy,) = load(tmp_path)
    assert [(u.definition, u.where) for u in uses(policy.when)] == [
        ("organization_led_from", "us/test/sample.yaml:11"),
        ("led_from", "definitions/sample.yaml:18"),
    ]
    assert leaves(policy.when)[1] == Leaf(
        "party.headquarters", "in_group", "$grey", "definitions/sample.yaml:10"
    )
    (clause,) = policy.exceptions
    assert (clause.id, clause.definition, clause.note) == (
        "license-held", "license_held", "does the license name this rule?",
    )  # fmt: skip
    assert leaves(clause.when)[0].value == {"kind": "license", "authority": "BIS"}
    assert policy.definitions() == {"organization_led_from", "led_from", "grey", "license_held"}


def test_a_set_is_dated_and_may_be_empty_from_a_day_on(tmp_path: Path) -> None:
    (policy,) = load(tmp_path)
    assert policy.values(date(2023, 12, 31)) == {"grey": ["CN", "MO"]}
    assert policy.values(date(2024, 1, 1)) == {"grey": []}
    assert date(2024, 1, 1) in policy.change_dates()


def test_a_definition_reads_another_party_where_asked(tmp_path: Path) -> None:
    policy = POLICY.replace("places: $grey}", "places: $grey, of: lessee}")
    (read,) = load(tmp_path, policy=policy)
    assert [leaf.field for leaf in leaves(read.when)] == ["lessee.is_person", "lessee.headquarters"]


def test_the_trace_names_the_definition_and_its_citation(tmp_path: Path) -> None:
    (policy,) = load(tmp_path)
    day = date(2023, 1, 1)
    setting = Setting(day, GAZETTEER, policy.id)
    compiled = compile_condition(policy.when, setting, policy.values(day))
    facts: Any = Facts(is_person=Fact.of(False, "kind"), headquarters=Fact.of("CN", "given"))
    lines = text_of_trace(compiled.trace(SimpleNamespace(party=facts)))
    assert [line.strip() for line in lines] == [
        "[true] by definition organization_led_from; rule: us/test/sample.yaml:11",
        "[true] all of these; rule: definitions/sample.yaml:16",
        "[true] not; rule: definitions/sample.yaml:17",
        "[false] party.is_person eq yes; seen: no; source: kind; rule: definitions/sample.yaml:17",
        "[true] by definition led_from (15 CFR 1); rule: definitions/sample.yaml:18",
        (
            "[true] party.headquarters in_group CN, MO ($grey); seen: CN; source: given;"
            " rule: definitions/sample.yaml:10"
        ),
    ]


class Facts(dict[str, Fact]):
    """Facts that are known beforehand."""

    def shown(self, name: str) -> str:
        return self[name].text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "{is: organization_led_from,",
            "{is: organisation_led_from,",
            (
                "us/test/sample.yaml:11:12: when.is: no definition 'organisation_led_from'"
                " (did you mean 'organization_led_from'?)"
            ),
        ),
        (
            "places: $grey}",
            "paces: $grey}",
            (
                "us/test/sample.yaml:11:35: when.paces: organization_led_from takes no argument"
                " 'paces' (definitions/sample.yaml:12) (did you mean 'places'?)"
            ),
        ),
        (
            ", places: $grey}",
            "}",
            (
                "us/test/sample.yaml:11:7: when: organization_led_from needs places"
                " (definitions/sample.yaml:12)"
            ),
        ),
        (
            "places: $grey}",
            "places: CN}",
            (
                "us/test/sample.yaml:11:43: when.places: places: a list of country groups or"
                " codes, not 'CN' (definitions/sample.yaml:12)"
            ),
        ),
        (
            "places: $grey}",
            "places: [Atlantis]}",
            (
                "us/test/sample.yaml:11:1: party.headquarters: no country group is called"
                " 'Atlantis' (in a definition, definitions/sample.yaml:10)"
            ),
        ),
        (
            "places: $grey}",
            "places: $gray}",
            (
                "us/test/sample.yaml:11:1: party.headquarters: no parameter or set $gray"
                " (did you mean 'grey'?) (in a definition, definitions/sample.yaml:10)"
            ),
        ),
        (
            "places: $grey}",
            "places: $grey, of: payer}",
            "us/test/sample.yaml:11:54: when.of: of is lessee or provider, not 'payer'",
        ),
        (
            "timeline: [{from: 2022-01-01",
            "timeline: [{from: 2019-01-01",
            (
                "us/test/sample.yaml:11:1: party.headquarters: $grey has no value on 2019-01-01,"
                " when the policy begins (definitions/sample.yaml:5) (in a definition,"
                " definitions/sample.yaml:10)"
            ),
        ),
        (
            "when: {is",
            "parameters: {grey: [{from: 2022-01-01, value: [CN]}]}\nwhen: {is",
            (
                "us/test/sample.yaml:11:14: parameters.grey: parameter 'grey' is the name of a set"
                " (definitions/sample.yaml:5)"
            ),
        ),
        (
            "use: license_held, authority: BIS",
            "use: license_held",
            (
                "us/test/sample.yaml:12:14: exceptions.0: license_held needs authority"
                " (definitions/sample.yaml:20)"
            ),
        ),
        (
            "use: license_held",
            "use: led_from",
            "us/test/sample.yaml:12:20: exceptions.0.use: no definition 'led_from'",
        ),
    ],
)
def test_a_wrong_use_stands_where_it_is_written(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in POLICY
    problems = refused(tmp_path, policy=POLICY.replace(old, new))
    assert any(p.startswith(told) for p in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "{is: led_from, places",
            "{is: organization_led_from, places",
            "a definition that uses itself",
        ),
        (
            "arguments: [authority]",
            "arguments: [authorities]",
            "no argument 'authorities'; one of places",
        ),
        (
            "value: $places}\n    cite",
            "value: $place}\n    cite",
            "$place is neither an argument nor a set",
        ),
        (
            "led_from:\n    party: true",
            "led_from:\n    item: true",
            "it reads party, and says item",
        ),
        ("  led_from:\n", "  led_from:\n    item: true\n", "it reads party, and says item, party"),
        ("value: []", "valeu: []", "unknown key 'valeu'"),
        ("from: 2024-01-01", "from: 2019-01-01", "2019-01-01 is not after 2020-01-01"),
        ("cite: law}, {from", "cite: lwa}, {from", "no citation 'lwa'"),
        (
            "\n    cite: law\n",
            "\n    note: x\n    cite: law\n    on_unknown: review\n",
            "unknown key 'on_unknown'",
        ),
    ],
)
def test_a_wrong_definition_is_refused_in_its_own_file(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in DEFINITIONS
    problems = refused(tmp_path, definitions=DEFINITIONS.replace(old, new))
    assert any(p.startswith("definitions/sample.yaml:") and told in p for p in problems), problems


def test_a_name_stands_once_among_all_files(tmp_path: Path) -> None:
    other = tmp_path / "definitions" / "twice.yaml"
    other.parent.mkdir(parents=True)
    other.write_text(
        "schema: 1\ntitle: again\nsets:\n  grey: [{from: 2020-01-01, value: [CN]}]\n", "utf-8"
    )
    assert (
        "definitions/twice.yaml:4:3: sets.grey: 'grey' is already defined in"
        " definitions/sample.yaml:5" in refused(tmp_path)
    )


def test_without_a_folder_there_are_no_definitions(tmp_path: Path) -> None:
    problems: list[Any] = []
    assert load_definitions(tmp_path, FIELDS, problems) == Definitions()
    assert problems == []


def compiled_leaf(on_unknown: str, fact: Fact) -> str:
    leaf = Leaf("party.headquarters", "in_group", ["CN", "KH"], "rule.yaml:1", "", on_unknown)
    use = Use("led_from", leaf, "rule.yaml:1")
    compiled = compile_condition(use, Setting(date(2025, 12, 1), GAZETTEER, "house.x"), {})
    facts: Any = Facts(headquarters=fact)
    return compiled.truth(SimpleNamespace(party=facts)).value


@pytest.mark.parametrize(
    ("fact", "plain", "not_met", "if_absent"),
    [
        (Fact.of("CN", ""), "true", "true", "true"),
        (Fact.of("DK", ""), "false", "false", "false"),
        (Fact.unknown("headquarters"), "unknown", "false", "false"),
        (Fact.unknown("headquarters", status="refused"), "unknown", "false", "unknown"),
        (Fact.unknown(status="unknown", possible=frozenset({"CN"})), "true", "true", "true"),
        (
            Fact.unknown(status="unknown", possible=frozenset({"CN", "DK"})),
            "unknown",
            "false",
            "unknown",
        ),
    ],
)
def test_what_is_not_known_counts_as_not_met_only_where_it_says_so(
    fact: Fact, plain: str, not_met: str, if_absent: str
) -> None:
    assert compiled_leaf("", fact) == plain
    assert compiled_leaf("not_met", fact) == not_met
    assert compiled_leaf("not_met_if_absent", fact) == if_absent
