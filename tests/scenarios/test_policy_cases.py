"""The cases beside the shipped policies, as `compliance policy test` runs them."""

from __future__ import annotations

from functools import cache

import pytest

from compliance.cli.options import knowledge_of, policies_of
from compliance.cli.policy import show_tests
from compliance.policies.policy import Policy
from compliance.screening.knowledge import Knowledge
from compliance.tables.embedded import rules_path

PARTS = 8  # so that several processes share them


@cache
def _known() -> tuple[Knowledge, tuple[Policy, ...]]:
    know = knowledge_of(rules_path())
    return know, tuple(policies_of(rules_path(), know))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_case_beside_a_policy_passes(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    know, policies = _known()
    tested = [policy.id for policy in policies][part::PARTS]
    status = show_tests(rules_path(), know, policies, tested)
    told = capsys.readouterr().out.splitlines()
    assert (status, told[:-1]) == (0, [])
    assert told[-1].endswith(": none failed")
