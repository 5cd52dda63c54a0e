"""Loading rule sets: strict, all findings at once, never part of a rule set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import RuleError
from compliance.model.outcome import State
from compliance.places import Gazetteer
from compliance.policies.loading import hash_of, load_policies, policy_files
from compliance.policies.policy import Policy
from compliance.policies.policy_reader import message_fields
from compliance.policies.ruleset import select
from compliance.screening.field_schema import FIELDS
from compliance.tables.embedded import rules_path

GAZETTEER = Gazetteer.load()
BOUNDED = FIELDS.with_domains({"paragraphs": ["none", "3A090.a"]})
GOOD = """\
schema: 1
id: us.test.sample
title: A sample
jurisdiction: US
authority: BIS
basis: law
status: stable
timeline:
  - {from: 2024-01-01, state: in_force, cite: law}
  - {from: 2025-01-01, state: stayed}
verified_on: 2026-09-24
citations: {law: {cite: "15 CFR 1", url: "https://example.org"}}
parameters:
  places:
    - {from: 2024-01-01, value: ["D:5"]}
    - {from: 2024-07-01, value: ["D:5", "MO"]}
for_each: {party: [lessee], item: any}
when:
  all:
    - {field: item.paragraph, op: in, value: ["3A090.a"]}
    - {field: party.headquarters, op: in_group, value: $places}
exceptions:
  - id: license-held
    when: {field: party.authorizations, op: covers, value: {kind: license}}
    cite: law
on_unknown: incomplete
effect: {outcome: license_required, severity: high, factor: nationality}
message: "{party.name} with {item.chip}"
customer_message: contact_us
"""


def load(tmp_path: Path, text: str = GOOD, name: str = "us/test/sample.yaml") -> tuple[Policy, ...]:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load_policies(tmp_path, GAZETTEER, BOUNDED)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load(tmp_path, text)
    prefix = str(tmp_path / "us/test/sample.yaml")
    return [str(p).removeprefix(prefix) for p in caught.value.problems]


def test_a_policy_is_read_whole(tmp_path: Path) -> None:
    (policy,) = load(tmp_path)
    assert (policy.id, policy.roles, policy.each_item) == ("us.test.sample", ("lessee",), True)
    assert policy.citations["law"].url == "https://example.org"
    assert policy.change_dates() == {date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), State.IN_FORCE),
        (date(2024, 12, 31), State.IN_FORCE),
        (date(2025, 1, 1), State.STAYED),
        (date(2030, 1, 1), State.STAYED),
    ],
)
def test_a_state_lasts_until_the_next(tmp_path: Path, day: date, state: State | None) -> None:
    (policy,) = load(tmp_path)
    period = policy.period(day)
    assert (period.state if period else None) is state


def test_a_parameter_lasts_until_the_next(tmp_path: Path) -> None:
    (policy,) = load(tmp_path)
    assert policy.values(date(2023, 12, 31)) == {}
    assert policy.values(date(2024, 6, 30)) == {"places": ["D:5"]}
    assert policy.values(date(2024, 7, 1)) == {"places": ["D:5", "MO"]}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "title: A sample",
            "titel: A sample",
            ":3:1: titel: unknown key 'titel' (did you mean 'title'?)",
        ),
        (
            "basis: law",
            "basis: lore",
            ":6:8: basis: Input should be 'law', 'guidance', 'proposed' or 'house'",
        ),
        (
            "from: 2025-01-01",
            'from: "2025-01-01"',
            (
                ":10:12: timeline.1.from: Input should be a valid date "
                "(write the date as YYYY-MM-DD without quotes)"
            ),
        ),
        (
            "from: 2025-01-01",
            "from: 2023-01-01",
            ":10:12: timeline.1.from: 2023-01-01 is not after 2024-01-01",
        ),
        ("state: stayed", "state: stayd", ":10:31: timeline.1.state: "),
        (
            "state: in_force, cite: law",
            "state: in_force, cite: lwa",
            ":9:47: timeline.0.cite: no citation 'lwa'",
        ),
        (
            "id: us.test.sample",
            "id: us.test.other",
            ":2:5: id: id 'us.test.other' belongs in us/test/other.yaml",
        ),
        (
            "item.paragraph, op",
            "item.paragrph, op",
            ":20:15: when.all.0.field: no field 'item.paragrph' (did you mean 'item.paragraph'?)",
        ),
        (
            'value: ["3A090.a"]',
            'value: ["3A090.x"]',
            ":20:1: item.paragraph: item.paragraph is never '3A090.x' (did you mean '3A090.a'?)",
        ),
        ('value: ["D:5"]}', 'value: ["D:9"]}', ":21:1: party.headquarters: "),
        (
            "value: $places",
            "value: $place",
            ":21:1: party.headquarters: no parameter or set $place",
        ),
        (
            "{from: 2024-01-01, value: [",
            "{from: 2024-02-01, value: [",
            (
                ":15:5: parameters.places: parameter 'places' has no value on 2024-01-01, "
                "when the policy begins"
            ),
        ),
        (
            "for_each: {party: [lessee], item: any}",
            "for_each: {party: [lessee]}",
            ":17:11: for_each: the conditions read item.*, but for_each binds no item",
        ),
        (
            "{party.name} with",
            "{party.nam} with",
            ":28:10: message: no field 'party.nam' (did you mean 'party.name'?)",
        ),
        ("{party.name} with", "{party.name!r} with", ":28:10: message: {party.name} takes no "),
        ("{party.name} with", "{party.name with", ":28:10: message: "),
        ("party: [lessee]", "party: [leesee]", ":17:"),
        ("customer_message: contact_us", "customer_message: we_suspect_you", ":29:19: "),
        ("outcome: license_required", "outcome: forbidden", ":27:"),
        (
            "outcome: license_required",
            "outcome: $outcome",
            ":27:9: effect: no parameter or set $outcome",
        ),
        ("basis: law\n", "", ":1:1: key 'basis' is missing"),
        (
            "authority: BIS\n",
            "",
            ":5:8: basis: a policy of basis law names its jurisdiction and its authority",
        ),
    ],
)
def test_a_defect_is_reported_where_it_stands(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(text.startswith(problem) for text in found), found


def test_all_errors_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("titl", "tilt")
    other = tmp_path / "us/test/other.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("a: 1\na: 2\n", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load(tmp_path, broken.replace("op: in_group", "op: in_grop"))
    places = {(Path(p.source).name, p.line) for p in caught.value.problems}
    assert places == {
        ("other.yaml", 2),
        ("sample.yaml", 1),
        ("sample.yaml", 3),
        ("sample.yaml", 21),
    }


def test_an_unused_parameter_is_an_error(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD.replace("value: $places", "value: [CN]"))
    assert found == [":14:3: parameters.places: parameter 'places' is never used"]


def test_two_files_cannot_share_an_id(tmp_path: Path) -> None:
    load(tmp_path)
    with pytest.raises(RuleError, match=r"belongs in us/test/sample\.yaml"):
        load(tmp_path, name="us/test/again.yaml")


def test_a_folder_without_policies_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no policy files"):
        load_policies(tmp_path, GAZETTEER, BOUNDED)


def test_data_sets_and_tests_are_not_policies(tmp_path: Path) -> None:
    load(tmp_path)
    for name in ("data/x.yaml", "sets/x.yaml", "us/test/sample.tests.yaml", "top.yaml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("nonsense", encoding="utf-8")
    assert [f.name for f in policy_files(tmp_path)] == ["sample.yaml"]


def test_the_hash_follows_content_not_place(tmp_path: Path) -> None:
    load(tmp_path / "a")
    load(tmp_path / "b")
    assert hash_of(tmp_path / "a") == hash_of(tmp_path / "b")
    (tmp_path / "b/us/test/sample.tests.yaml").write_text("x", encoding="utf-8")
    assert hash_of(tmp_path / "a") == hash_of(tmp_path / "b")
    load(tmp_path / "b", GOOD.replace("A sample", "Another sample"))
    assert hash_of(tmp_path / "a") != hash_of(tmp_path / "b")


def test_norway_and_eccn_are_text(tmp_path: Path) -> None:
    text = GOOD.replace('value: ["D:5"]}', "value: [NO]}").replace(
        'value: ["3A090.a"]', "value: [3A090.a]"
    )
    (policy,) = load(tmp_path, text)
    assert policy.values(date(2024, 1, 1)) == {"places": ["NO"]}


def test_message_fields_refuse_what_could_run() -> None:
    assert message_fields("{party.name} and {item.chip}") == ("party.name", "item.chip")
    with pytest.raises(ValueError, match="no format or conversion"):
        message_fields("{party.name:>10}")


SET = 'schema: 1\nid: default\ntitle: x\nstatuses: [stable]\ninclude: ["us.*"]\n'


def test_a_set_admits_by_status_and_pattern(tmp_path: Path) -> None:
    policies = load(tmp_path)
    sets = tmp_path / "sets"
    sets.mkdir()
    (sets / "default.yaml").write_text(SET, encoding="utf-8")
    assert select(tmp_path, "default", policies) == (policies, ())
    (sets / "none.yaml").write_text(SET.replace("us.*", "eu.*"), encoding="utf-8")
    with pytest.raises(RuleError, match="admits no policy"):
        select(tmp_path, "none", policies)
    (sets / "tests.yaml").write_text(SET.replace("[stable]", "[test]"), encoding="utf-8")
    with pytest.raises(RuleError, match="admits no policy"):
        select(tmp_path, "tests", policies)
    (sets / "bad.yaml").write_text(SET + "extra: 1\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"bad\.yaml:6"):
        select(tmp_path, "bad", policies)
    with pytest.raises(RuleError, match="no rule set 'nix'; known: bad, default, none, tests"):
        select(tmp_path, "nix", policies)


def test_the_embedded_rules_load() -> None:
    assert len(policy_files(rules_path())) >= 35
