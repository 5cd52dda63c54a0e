"""How alike two names are, and why.

A score is the weight of the aligned words over the weight of all words of both names, in [0, 1]:
1.0 means the same words after normalization. Words align when equal, or when at least one of them
is no known word and they are within one edit (five letters up) or two (eight up). A word aligned
with a heavier one counts as the lighter, so that no pair adds more than either name owns.
Symmetric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.names.forms import Form, Kind, Word, forms
from compliance.names.lexicon import lexicon
from compliance.names.spelling import alike

MOST_LOOSE_WORDS: Final = (
    64  # of a name with more unmatched words, the first ones are compared loosely
)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Two aligned words: spelling similarity in (0, 1] and the weight they bring to each side."""

    left: str
    right: str
    similarity: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two names score what they score.

    `left` and `right` are the parts of the names that were aligned; `notes` are the features that
    moved the plain alignment: joined, reordered, numbers_differ, variant.
    """

    left: str
    right: str
    kind: Kind
    pairs: tuple[TokenPair, ...]
    unmatched_left: tuple[tuple[str, float], ...]
    unmatched_right: tuple[tuple[str, float], ...]
    notes: tuple[str, ...]
    score: float


def similarity(a: str, b: str, kind: Kind = "unknown") -> float:
    """How alike two names are by spelling alone: 0.0 nothing shared, 1.0 the same words.

    For an organization or an unknown kind the order of words matters a little, for a person not at
    all. The best pair among the parts of both names counts (see `forms.variants`).
    """
    person = kind == "person"
    return max(
        (
            score(left, right, person=person)
            for left in forms(a, person=person)
            for right in forms(b, person=person)
        ),
        default=0.0,
    )


def explain(a: str, b: str, kind: Kind = "unknown") -> Explanation:
    """The alignment behind `similarity(a, b, kind)`; empty when either name has no words."""
    person = kind == "person"
    best: Explanation | None = None
    for left in forms(a, person=person):
        for right in forms(b, person=person):
            found = explain_forms(left, right, kind)
            if best is None or found.score > best.score:
                best = found
    return best or Explanation(a, b, kind, (), (), (), (), 0.0)


def score(left: Form, right: Form, *, person: bool) -> float:
    """The similarity of two forms."""
    return _judge(left, right, _align(left, right), person=person)[0]


def explain_forms(left: Form, right: Form, kind: Kind) -> Explanation:
    """The alignment of two forms."""
    links = _align(left, right)
    value, notes = _judge(left, right, links, person=kind == "person")
    used_left, used_right = {link[0] for link in links}, {link[1] for link in links}
    return Explanation(
        left=left.text,
        right=right.text,
        kind=kind,
        pairs=tuple(
            TokenPair(
                left.words[i].text,
                right.words[j].text,
                alike,
                min(left.words[i].weight, right.words[j].weight),
            )
            for i, j, alike in links
        ),
        unmatched_left=_rest(left, used_left),
        unmatched_right=_rest(right, used_right),
        notes=notes,
        score=value,
    )


def _rest(form: Form, used: set[int]) -> tuple[tuple[str, float], ...]:
    words = enumerate(form.words)
    return tuple((word.text, word.weight) for index, word in words if index not in used)


_Link = tuple[int, int, float]


def _align(left: Form, right: Form) -> tuple[_Link, ...]:
    """Equal words first, the n-th occurrence with the n-th; then the closest loose pairs."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(right.words):
        places.setdefault(word.text, []).append(j)
    taken: dict[str, int] = {}
    links: list[_Link] = []
    loose: list[int] = []
    for i, word in enumerate(left.words):
        rank = taken.get(word.text, 0)
        found = places.get(word.text, ())
        if rank < len(found):
            taken[word.text] = rank + 1
            links.append((i, found[rank], 1.0))
        else:
            loose.append(i)
    if loose and len(links) < len(right.words):
        used = {link[1] for link in links}
        rest = [j for j in range(len(right.words)) if j not in used]
        links += _loose_links(left.words, right.words, loose, rest)
        links.sort()
    return tuple(links)


def _loose_links(
    left: tuple[Word, ...], right: tuple[Word, ...], loose: list[int], rest: list[int]
) -> list[_Link]:
    candidates = []
    for i in loose[:MOST_LOOSE_WORDS]:
        for j in rest[:MOST_LOOSE_WORDS]:
            a, b = left[i], right[j]
            if (a.known and b.known) or a.number or b.number or a.legal or b.legal:
                continue
            closeness = alike(*sorted((a.text, b.text)))
            if closeness:
                gain = closeness * min(a.weight, b.weight)
                candidates.append((-gain, sorted((a.text, b.text)), i + j, abs(i - j), i, j))
    candidates.sort()
    links: list[_Link] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for *_, i, j in candidates:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            links.append((i, j, alike(*sorted((left[i].text, right[j].text)))))
    return links


def _judge(
    left: Form, right: Form, links: tuple[_Link, ...], *, person: bool
) -> tuple[float, tuple[str, ...]]:
    factors = lexicon().factors
    gains = sorted(a * min(left.words[i].weight, right.words[j].weight) for i, j, a in links)
    value = 2 * sum(gains) / (left.total + right.total)
    complete = len(links) == len(left.words) == len(right.words)
    value = 1.0 if complete and all(link[2] == 1.0 for link in links) else min(value, 0.9999)
    notes = []
    core = [j for i, j, _ in links if not left.words[i].legal]
    if not person and core != sorted(core):
        value *= factors["reordered"]
        notes.append("reordered")
    if value < factors["joined"] and left.joined == right.joined and len(left.joined) > 2:
        value = factors["joined"]
        notes = ["joined"]
    if left.numbers and right.numbers and left.numbers != right.numbers:
        value *= factors["numbers_differ"]
        notes.append("numbers_differ")
    if not (left.whole and right.whole) and value > factors["variant"]:
        value = factors["variant"]
        notes.append("variant")
    return value, tuple(notes)
