"""The score: 100 x (1 - product over factors of (1 - w)), w the largest weight of that factor.

Bounded, free of order, never lowered by another flag; it never decides the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.model.decision import RiskFlag
from compliance.model.outcome import Factor


def factors_of(flags: Iterable[RiskFlag], factors: Sequence[Factor]) -> dict[str, float]:
    """The largest weight of each factor among the flags that decide: no notes, none answered."""
    weights = {factor.value: 0.0 for factor in factors}
    for flag in flags:
        if flag.decides and flag.weight > weights.get(flag.factor, 1.0):
            weights[flag.factor] = flag.weight
    return weights


def score_of(weights: Iterable[float]) -> int:
    """The score from 0 to 100."""
    left = 1.0
    for weight in weights:
        left *= 1.0 - weight
    return round(100 * (1.0 - left))
