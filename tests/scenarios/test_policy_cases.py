"""The cases beside the shipped policies, as `compliance policy test` runs them."""

from __future__ import annotations

import pytest

from compliance.cli.options import knowledge_of, policies_of
from compliance.cli.policies import show_tests
from compliance.embedded import rules_path


def test_every_case_beside_a_policy_passes(capsys: pytest.CaptureFixture[str]) -> None:
    know = knowledge_of(rules_path())
    status = show_tests(rules_path(), know, policies_of(rules_path(), know), [])
    told = capsys.readouterr().out.splitlines()
    assert (status, told[:-1]) == (0, [])
    assert told[-1].endswith(": none failed")
