"""The index of the rules: current, complete, in one order; law and house rules apart."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from compliance.policies.loading import load_policies
from compliance.policies.policy import Policy
from compliance.policy_tools.rules_index import Index, _natural, index_of
from compliance.screening.field_schema import FIELDS, fields_of
from compliance.screening.knowledge import Knowledge
from compliance.screening.policy_tests import cases_in
from compliance.tables.embedded import rules_path

DOCS = Path(__file__).resolve().parents[3] / "docs"
RULES = rules_path()
DEFINITIONS = """\
schema: 1
title: places
citations: {rule: {cite: "15 CFR 740.8; 15 CFR 740.10"}, other: {cite: a|b}}
sets: {places: [{from: 2024-01-01, value: [KP], cite: rule}]}
conditions:
  led_from: {party: true, when: {field: party.headquarters, op: in, value: $places}, cite: other}
  idle: {party: true, when: {field: party.name, op: known}}
"""
POLICY = """\
schema: 1
id: {id}
title: "A title with *stars* | and a bar"
jurisdiction: US
authority: BIS
basis: {basis}
status: stable
timeline: [{{from: 2024-01-01, state: in_force}}, {{from: 2025-01-01, state: stayed}}]
verified_on: 2025-06-01
citations: {{one: {{cite: "15 CFR 740.8; 12 CFR 1"}}}}
for_each: {{party: [lessee]}}
when: {{is: led_from}}
effect: {{outcome: review, severity: low, factor: nationality, weight: 0.5}}
message: x
customer_message: none
"""


def loaded(rules: Path, know: Knowledge) -> tuple[Policy, ...]:
    return load_policies(rules, know.gazetteer, fields_of(know))


@pytest.fixture(scope="module")
def know() -> Knowledge:
    return Knowledge.load(RULES, ())


@pytest.fixture(scope="module")
def shipped(know: Knowledge) -> Index:
    cases = Counter(case.policy for case in cases_in(RULES))
    return index_of(RULES, loaded(RULES, know), cases, FIELDS)


@pytest.fixture
def own(tmp_path: Path, know: Knowledge) -> Index:
    """Two policies, one of law and one of the house on a shelf, that share a definition."""
    rules = tmp_path / "rules"
    for place, policy_id, basis in (
        ("us/ear/a_b.yaml", "us.ear.a-b", "law"),
        ("house/payment/card.yaml", "house.card", "house"),
    ):
        (rules / place).parent.mkdir(parents=True)
        (rules / place).write_text(POLICY.format(id=policy_id, basis=basis), "utf-8")
    (rules / "definitions").mkdir()
    (rules / "definitions" / "places.yaml").write_text(DEFINITIONS, "utf-8")
    return index_of(rules, loaded(rules, know), {"us.ear.a-b": 3}, FIELDS)


def test_the_page_of_the_shipped_rules_is_current(shipped: Index) -> None:
    page = (DOCS / "rules.md").read_text("utf-8")
    assert page == shipped.page("../rules"), "compliance policy index --write docs/rules.md"


def test_a_page_tells_law_and_house_rules_apart(own: Index) -> None:
    assert own.page("../rules") == (
        "# The rules\n\n"
        "Written by `compliance policy index --write docs/rules.md`, not by hand.\n"
        "1 policies of law, guidance and proposed law, 1 house rules; 3 cases of theirs.\n\n"
        "[Law by subject](#law-by-subject) · [House rules by subject](#house-rules-by-subject) · "
        "[By citation](#by-citation) · [By definition](#by-definition)\n\n"
        "## Law by subject\n\n### us/ear\n\n"
        "| policy | title | basis | status | since | last state | cases |\n"
        "|---|---|---|---|---|---|---|\n"
        "| [us.ear.a-b](../rules/us/ear/a_b.yaml) | A title with \\*stars\\* \\| and a bar | law | "
        "stable | 2024-01-01 | stayed (2025-01-01) | 3 |\n\n"
        "## House rules by subject\n\n### house/payment\n\n"
        "| policy | title | basis | status | since | last state | cases |\n"
        "|---|---|---|---|---|---|---|\n"
        "| [house.card](../rules/house/payment/card.yaml) | A title with \\*stars\\* \\| and a bar "
        "| house | stable | 2024-01-01 | stayed (2025-01-01) | 0 |\n\n"
        "## By citation\n\n"
        "| citation | law | house rules |\n"
        "|---|---|---|\n"
        + "".join(
            f"| {cite} | [us.ear.a-b](../rules/us/ear/a_b.yaml) | "
            "[house.card](../rules/house/payment/card.yaml) |\n"
            for cite in ("12 CFR 1", "15 CFR 740.8", "15 CFR 740.10", "a\\|b")
        )
        + "\n## By definition\n\n"
        "| definition | kind | citations | law | house rules |\n"
        "|---|---|---|---|---|\n"
        "| [idle](../rules/definitions/places.yaml) | condition |  |  |  |\n"
        + "".join(
            f"| [{name}](../rules/definitions/places.yaml) | {kind} | {cites} | "
            "[us.ear.a-b](../rules/us/ear/a_b.yaml) | "
            "[house.card](../rules/house/payment/card.yaml) |\n"
            for name, kind, cites in (
                ("led_from", "condition", "a\\|b"),
                ("places", "set", "15 CFR 740.8; 15 CFR 740.10"),
            )
        )
    )


def test_every_policy_stands_once_by_subject_and_under_each_of_its_citations(
    shipped: Index,
) -> None:
    page = shipped.page("../rules")
    subjects, _, citations = page.partition("## By citation")
    listed = re.findall(r"^\| \[([a-z0-9.-]+)\]", subjects, re.MULTILINE)
    assert sorted(listed) == [policy.id for policy in shipped.policies]
    rows = [line for line in citations.splitlines() if line.startswith("| ")]
    for policy in shipped.policies:
        for citation in policy.citations.values():
            for part in citation.cite.split("; "):
                row = next(r for r in rows if r.replace("\\", "").startswith(f"| {part.strip()} |"))
                assert f"[{policy.id}](" in row


def test_every_link_of_the_page_leads_to_a_file(shipped: Index) -> None:
    targets = set(re.findall(r"\]\((\.\./[^)]+)\)", shipped.page("../rules")))
    assert len(targets) >= len(shipped.policies)
    assert [target for target in targets if not (DOCS / target).is_file()] == []


def test_the_order_does_not_depend_on_the_order_of_loading(
    shipped: Index, know: Knowledge, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(RULES, tmp_path / "rules"))
    backwards = index_of(copy, reversed(loaded(copy, know)), shipped.cases, FIELDS)
    assert backwards.page("../rules") == shipped.page("../rules")


def test_numbers_are_sorted_by_their_size() -> None:
    cites = ["15 CFR 740.10", "15 CFR 740.8", "15 cfr 9", "FAQ 2", "2 CFR 1", ""]
    assert sorted(cites, key=_natural) == [
        "", "2 CFR 1", "15 cfr 9", "15 CFR 740.8", "15 CFR 740.10", "FAQ 2",
    ]  # fmt: skip
