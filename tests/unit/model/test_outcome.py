"""Outcomes and severities are ordered as DESIGN lists them; states say whether they bind."""

from __future__ import annotations

import pickle
from itertools import pairwise, product
from typing import Any

import pytest

from compliance.model import Factor, Outcome, Severity, State

OUTCOMES = ["clear", "review", "incomplete", "license_required", "prohibited"]
SEVERITIES = ["info", "low", "medium", "high", "critical"]


@pytest.mark.parametrize(("kind", "words"), [(Outcome, OUTCOMES), (Severity, SEVERITIES)])
def test_members_are_the_words_in_their_order(kind: Any, words: list[str]) -> None:
    assert [member.value for member in kind] == words
    assert [member.rank for member in kind] == list(range(5))
    assert sorted(kind, key=str) != sorted(kind) == list(kind)


@pytest.mark.parametrize("kind", [Outcome, Severity])
def test_comparison_is_by_rank_never_by_alphabet(kind: Any) -> None:
    for a, b in product(kind, repeat=2):
        assert (a < b, a <= b, a > b, a >= b) == (
            a.rank < b.rank, a.rank <= b.rank, a.rank > b.rank, a.rank >= b.rank,
        )  # fmt: skip
    for less, more in pairwise(kind):
        assert max(less, more) is more
        assert min(less, more) is less


def test_an_outcome_compares_with_its_word() -> None:
    assert Outcome.REVIEW < "prohibited"
    assert str(Outcome.PROHIBITED) == "prohibited"
    with pytest.raises(ValueError, match="'forbidden' is not a valid Outcome"):
        _ = Outcome.REVIEW < "forbidden"


def test_an_outcome_survives_a_pickle_as_itself() -> None:
    assert pickle.loads(pickle.dumps(Outcome.INCOMPLETE)) is Outcome.INCOMPLETE  # noqa: S301 - ours


def test_only_what_is_in_force_or_unverified_binds() -> None:
    assert {state.value for state in State if state.binds} == {"in_force", "unverified"}


def test_the_factors_are_those_of_the_score() -> None:
    assert [factor.value for factor in Factor] == [
        "nationality", "ownership", "chip_class", "watchlist", "payment", "location", "end_use",
        "conduct",
    ]  # fmt: skip
