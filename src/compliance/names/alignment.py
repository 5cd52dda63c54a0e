"""Why two names score what they score: which words agree, the rest, and what each feature did."""

from __future__ import annotations

from dataclasses import dataclass

from compliance.names.scoring import Comparison, comparable
from compliance.names.variants import Form, Kind, forms


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Aligned words: their closeness in (0, 1] and the weight they bring to each side, averaged.

    Words written as two on one side are shown with a space.
    """

    left: str
    right: str
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two names score what they score.

    `left` and `right` are the parts of the names that were aligned; `agreement` is the share of
    their weight that agrees; `notes` are the features that moved it and `contributions` by how
    much, in order: `agreement` plus the sum of the contributions is `score`.
    """

    left: str
    right: str
    kind: Kind
    pairs: tuple[TokenPair, ...]
    unmatched_left: tuple[tuple[str, float], ...]
    unmatched_right: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]
    score: float
    agreement: float = 0.0
    contributions: tuple[tuple[str, float], ...] = ()


def explain(a: str, b: str, kind: Kind = "unknown") -> Explanation:
    """The alignment behind `similarity(a, b, kind)`; empty when either name has no words."""
    best: Explanation | None = None
    for left in forms(a):
        for right in forms(b):
            found = explain_forms(left, right, kind)
            if best is None or found.score > best.score:
                best = found
    return best or Explanation(a, b, kind, (), (), (), (), 0.0)


def explain_forms(left: Form, right: Form, kind: Kind) -> Explanation:
    """The alignment of two forms."""
    if not comparable(left, right, person=kind == "person"):
        return Explanation(left.text, right.text, kind, (), (), (), (), 0.0)
    found = Comparison(left, right, person=kind == "person")
    value = found.score()
    return Explanation(
        left=left.text,
        right=right.text,
        kind=kind,
        pairs=tuple(
            TokenPair(
                _texts(left, link.left),
                _texts(right, link.right),
                link.closeness,
                (link.gain_left + link.gain_right) / 2,
            )
            for link in sorted(found.links, key=lambda link: link.left)
        ),
        unmatched_left=_rest(left, found.used_left),
        unmatched_right=_rest(right, found.used_right),
        notes=tuple(name for name, _ in found.steps),
        score=value,
        agreement=found.agreement,
        contributions=tuple(found.steps),
    )


def _texts(form: Form, span: tuple[int, int]) -> str:
    return " ".join(word.text for word in form.words[span[0] : span[1]])


def _rest(form: Form, used: set[int]) -> tuple[tuple[str, float], ...]:
    words = enumerate(form.words)
    return tuple((word.text, word.weight) for index, word in words if index not in used)
