"""Party names: one spelling for each, weighted words, similarity and its explanation.

`REVIEW_THRESHOLD` is the shipped score at which a person should look; it is read from
`rules/data/legal_forms.yaml` when first asked for.
"""

from __future__ import annotations

from compliance.names.explanation import Explanation, TokenPair, explain
from compliance.names.forms import Kind, variants
from compliance.names.lexicon import lexicon
from compliance.names.normalization import normalize
from compliance.names.scoring import similarity

__all__ = [
    "REVIEW_THRESHOLD",
    "Explanation",
    "Kind",
    "TokenPair",
    "explain",
    "normalize",
    "similarity",
    "variants",
]

REVIEW_THRESHOLD: float


def __getattr__(name: str) -> float:
    if name == "REVIEW_THRESHOLD":
        return lexicon().review_threshold
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
