"""The score: 100 x (1 - product of (1 - w)), by the largest weight of each factor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import decisions
from compliance import Screener
from compliance.model import Factor
from compliance.model.decision import RiskFlag
from compliance.screening.score import factors_of, score_of
from compliance.tables.yaml import read_file
from unit.screening.contracts import DAY
from unit.screening.policies import folder, policy

FACTORS = tuple(Factor)
CHINESE = {"id": "lessee", "name": "Huaxin Ltd", "headquarters": "CN"}


def weighing(factor: str, weight: float) -> RiskFlag:
    return decisions.flag(factor=factor, weight=weight)


def score(*flags: RiskFlag) -> int:
    return score_of(factors_of(flags, FACTORS).values())


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([], 0),
        ([("payment", 0.2)], 20),
        ([("payment", 0.2), ("conduct", 0.2)], 36),
        ([("payment", 0.2), ("payment", 0.45)], 45),
        ([("payment", 0.45), ("payment", 0.2)], 45),
        ([(factor.value, 0.7) for factor in Factor], 100),
        ([("payment", 0.7), ("conduct", 0.7), ("ownership", 0.05)], 91),
    ],
)
def test_worked_scores(weights: list[tuple[str, float]], expected: int) -> None:
    assert score(*(weighing(factor, weight) for factor, weight in weights)) == expected


def test_every_factor_is_told_even_where_nothing_weighs() -> None:
    weights = factors_of([weighing("payment", 0.2)], FACTORS)
    assert list(weights) == [factor.value for factor in Factor]
    assert {name for name, weight in weights.items() if weight} == {"payment"}


def test_answered_flags_and_notes_do_not_weigh() -> None:
    heavy = weighing("payment", 0.7)
    assert score(replace(heavy, cleared_by=decisions.cleared().cleared_by)) == 0
    assert score(decisions.note(weight=0.7)) == 0
    assert score(decisions.undecided(factor="payment", weight=0.7)) == 70


def scoring(tmp_path: Path, old: str, new: str) -> Screener:
    rules = folder(tmp_path, policy("house.sample"))
    text = (rules / "scoring.yaml").read_text("utf-8")
    assert old in text
    (rules / "scoring.yaml").write_text(text.replace(old, new), "utf-8")
    return Screener.load(rules, embedded=False)


def test_weights_are_read_from_the_rules(tmp_path: Path) -> None:
    weights = read_file(folder(tmp_path) / "scoring.yaml").value["scoring"]["weights"]
    assert weights["medium"] == 0.2 or str(weights["medium"]) == "0.2"
    screening = scoring(tmp_path, "medium: 0.2", "medium: 0.33")
    assert screening.screen({"id": "C", "lessee": CHINESE}, as_of=DAY).score == 33


def test_a_policy_may_give_its_own_weight(tmp_path: Path) -> None:
    effect = "{outcome: review, severity: medium, factor: payment, weight: 0.61}"
    rules = folder(tmp_path, policy("house.sample", effect=effect))
    decision = Screener.load(rules, embedded=False).screen({"id": "C", "lessee": CHINESE}, DAY)
    assert (decision.score, decision.factors["payment"], decision.factors["conduct"]) == (61, 61, 0)
