"""Party names: one spelling for each, weighted words, similarity and its explanation.

`REVIEW_THRESHOLD` is the shipped score at which a person should look, of
`rules/data/thresholds.yaml`.
"""

from __future__ import annotations

from typing import Final

from compliance.names.alignment import Explanation, TokenPair, explain
from compliance.names.normalization import normalize
from compliance.names.scoring import similarity
from compliance.names.variants import Kind
from compliance.tables.thresholds import thresholds

__all__ = [
    "REVIEW_THRESHOLD",
    "Explanation",
    "Kind",
    "TokenPair",
    "explain",
    "normalize",
    "similarity",
]

REVIEW_THRESHOLD: Final = float(thresholds().names.review)
