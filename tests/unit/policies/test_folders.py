"""What a policy leaves out: its folder says whose law it is, its outcome what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import RuleError
from compliance.model.outcome import Outcome
from compliance.places import Gazetteer
from compliance.policies.loading import load_policies
from compliance.policies.policy import TOLD_BY_OUTCOME, Policy
from compliance.screening.field_schema import FIELDS

GAZETTEER = Gazetteer.load()
POLICY = """\
schema: 1
id: us.test.sample
title: A sample
timeline: [{from: 2024-01-01, state: in_force, cite: law}]
verified_on: 2026-09-24
citations: {law: {cite: "15 CFR 1"}}
for_each: {party: [lessee]}
when: {field: party.headquarters, op: in_group, value: [CN]}
effect: {outcome: prohibited, severity: high, factor: nationality}
message: "{party.name}"
"""
FOLDERS = """\
schema: 1
folders:
  us: {jurisdiction: US, authority: Congress, basis: proposed}
  us/test: {jurisdiction: US, authority: BIS, basis: law}
  house: {jurisdiction: house, authority: house, basis: house}
"""
NO_BASIS = "key 'basis' is missing, and rules/data/folders.yaml has none for its folder"
NO_AUTHORITY = "a policy of basis law names its jurisdiction and its authority"
MISSPELT = "folders.us.autority: unknown key 'autority' (did you mean 'authority'?)"


def load(tmp_path: Path, policy: str = POLICY, folders: str = FOLDERS) -> Policy:
    for place, text in (("us/test/sample.yaml", policy), ("data/folders.yaml", folders)):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (found,) = load_policies(tmp_path, GAZETTEER, FIELDS)
    return found


def problems(tmp_path: Path, policy: str = POLICY, folders: str = FOLDERS) -> list[str]:
    with pytest.raises(RuleError) as caught:
        load(tmp_path, policy, folders)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]


def standing(policy: Policy) -> tuple[str, str, str]:
    return policy.jurisdiction, policy.authority, policy.basis


def test_the_nearest_folder_says_what_a_policy_leaves_out(tmp_path: Path) -> None:
    assert standing(load(tmp_path)) == ("US", "BIS", "law")
    wider = FOLDERS.replace("  us/test:", "  us/other:")
    assert standing(load(tmp_path, folders=wider)) == ("US", "Congress", "proposed")


def test_what_a_policy_says_itself_is_heard_first(tmp_path: Path) -> None:
    said = POLICY.replace("timeline:", "authority: OTSI\nbasis: guidance\ntimeline:")
    assert standing(load(tmp_path, said)) == ("US", "OTSI", "guidance")


@pytest.mark.parametrize(
    ("folders", "found"),
    [
        ("{}", f"us/test/sample.yaml:1:1: {NO_BASIS}"),
        ("{us: {basis: law, authority: BIS}}", f"us/test/sample.yaml:1:1: {NO_AUTHORITY}"),
        (
            "{us: {basis: law, authority: house, jurisdiction: house}}",
            f"us/test/sample.yaml:1:1: {NO_AUTHORITY}",
        ),
        ("{us: {basis: law, autority: BIS}}", f"data/folders.yaml:2:28: {MISSPELT}"),
    ],
)
def test_what_neither_says_is_an_error(tmp_path: Path, folders: str, found: str) -> None:
    assert found in problems(tmp_path, folders=f"schema: 1\nfolders: {folders}\n")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_customer_is_told_by_the_outcome(tmp_path: Path, outcome: Outcome) -> None:
    policy = load(tmp_path, POLICY.replace("outcome: prohibited", f"outcome: {outcome.value}"))
    assert policy.customer_message == TOLD_BY_OUTCOME[outcome]
    said = POLICY + "customer_message: contact_us\n"
    assert load(tmp_path, said).customer_message == "contact_us"


def test_a_policy_whose_outcome_changes_says_what_the_customer_is_told(tmp_path: Path) -> None:
    dated = POLICY.replace("outcome: prohibited", "outcome: $o").replace(
        "for_each:", "parameters: {o: [{from: 2024-01-01, value: review}]}\nfor_each:"
    )
    missing = "key 'customer_message' is missing, and the outcome is a parameter"
    assert problems(tmp_path, dated) == [f"us/test/sample.yaml:1:1: {missing}"]
    assert load(tmp_path, dated + "customer_message: none\n").customer_message == "none"


SETS = """\
schema: 1
title: roles
sets:
  buyers: [{from: 2024-01-01, value: [lessee, payer]}]
  changing: [{from: 2024-01-01, value: [lessee]}, {from: 2025-01-01, value: [lessee, payer]}]
  countries: [{from: 2024-01-01, value: [CN]}]
  number: [{from: 2024-01-01, value: 8}]
"""


@pytest.mark.parametrize(
    ("party", "found"),
    [
        ("$changing", "$changing is no set of roles that is the same on every day"),
        ("$countries", "$countries is no set of roles that is the same on every day"),
        ("$number", "$number is no set of roles that is the same on every day"),
        ("$buyer", "no set $buyer (did you mean 'buyers'?)"),
    ],
)
def test_roles_are_those_of_a_set_that_never_changes(
    tmp_path: Path, party: str, found: str
) -> None:
    sets = tmp_path / "definitions" / "roles.yaml"
    sets.parent.mkdir()
    sets.write_text(SETS, encoding="utf-8")
    policy = load(tmp_path, POLICY.replace("[lessee]", "$buyers"))
    assert policy.roles == ("lessee", "payer")
    assert policy.definitions() == {"buyers"}
    (problem,) = problems(tmp_path, POLICY.replace("[lessee]", party))
    assert problem.startswith(f"us/test/sample.yaml:7:19: for_each.party: {found}")
