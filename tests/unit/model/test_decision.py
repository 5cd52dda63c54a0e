"""Decisions: which flags count, and where a policy's line is found."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

import decisions
from compliance.model import Outcome, Truth
from compliance.model.decision import DecisionError


def test_a_flag_decides_unless_it_is_a_note_or_answered() -> None:
    assert decisions.flag().decides
    assert decisions.undecided().decides
    assert not decisions.note().decides
    assert not decisions.cleared().decides
    assert not replace(decisions.flag(), cleared_by=decisions.cleared().cleared_by).decides


def test_the_deciding_flags_are_those_that_ask_for_the_outcome() -> None:
    severe, lesser = decisions.flag(), decisions.undecided(policy_id="us.other")
    decision = decisions.decision(lesser, decisions.note(), severe, decisions.cleared())
    assert decision.outcome is Outcome.LICENSE_REQUIRED
    assert decision.deciding == (severe,)


def test_nothing_decides_a_clear_decision() -> None:
    decision = decisions.decision(decisions.note(), decisions.cleared())
    assert (decision.outcome, decision.deciding) == (Outcome.CLEAR, ())


def test_a_policy_is_found_by_its_id_or_asked_for_in_vain() -> None:
    coverage = decisions.decision().coverage
    assert coverage.policy("house.quiet").truth is Truth.UNKNOWN
    with pytest.raises(KeyError, match=r"house\.none"):
        coverage.policy("house.none")


def test_a_decision_cannot_be_changed() -> None:
    decision = decisions.decision(decisions.flag())
    with pytest.raises(FrozenInstanceError):
        decision.outcome = Outcome.CLEAR  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        decision.flags[0].weight = 0.0  # type: ignore[misc]


def test_a_decision_survives_a_pickle_whole() -> None:
    decision = decisions.decision(
        decisions.flag(), decisions.cleared(), error=DecisionError("contract", ("lessee: odd",))
    )
    assert pickle.loads(pickle.dumps(decision)) == decision  # noqa: S301 - ours
