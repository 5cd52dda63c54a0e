"""How alike two names are.

A score lies in [0, 1]; 1.0 means the same words after normalization. It is the weight of the words
that agree over the weight of all words of both names, moved by named features (`FEATURES`). Words
agree when equal, when spelled or sounding alike (`spelling.closeness`), when two of one name
are one of the other, or when one is the initial of the other. Symmetric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import fsum
from typing import Final, NamedTuple, get_args

from compliance.names.additions import Addition
from compliance.names.initials import by_initials
from compliance.names.lexicon import lexicon
from compliance.names.patronymics import swapped
from compliance.names.scripts import UNSPACED
from compliance.names.short_words import short_form
from compliance.names.variants import Form, Kind, forms
from compliance.names.word_distance import skeleton
from compliance.names.word_pairs import join, pair

MOST_LOOSE_WORDS: Final = 32  # of a name with more unmatched words, the first are compared loosely
FEATURES: Final = {
    "contained": "the shorter name is all or nearly all in the longer",
    "unsupported": "a word is misspelled and little else agrees exactly",
    "short": "a common word is written short",
    "one_word": "all that agrees is one word, and a name says more",
    "conflict": "each name has words that the other lacks",
    "initials": "a name is given by its initial, and no more than by that",
    "given_name": "a given name is spelled by another custom, or is a short form",
    "alike": "a word is spelled or sounds alike, and is not equal",
    "longer": "only one name has a word that says something",
    "unequal": "a word differs, so the names are not quite the same",
    "reordered": "the same words in another order",
    "patronymic": "the same names in another order: son and father may be swapped",
    "joined": "the same letters, divided differently",
    "numbers_differ": "both carry numbers, and not the same",
    "acronym": "what agrees is a short acronym",
    "variant": "a part of a name was compared",
    "branch": "a branch or office of the other name",
    "department": "a department, school or institute of the other name",
    "addressee": "the other name is that of an addressee, or of who passes mail on",
    "group": "the other name leads the group",
    "transliterated": "a name was read from another script",
}
_ADDED: Final = frozenset(get_args(Addition))  # parts of names that have features of their own
_FEW_SIGNS: Final = 2  # of a script without spaces: many names have the same two
_SAME_BESIDE: Final = 0.5  # what stands beside is about the same from here on
_UNEQUAL: Final = 0.9999  # the most that names which are not the same words score


class Link(NamedTuple):
    """Words `start` to `end` of each side that agree, and the weight they bring to each side.

    Where one is `short` for the other, `less_left` and `less_right` are what it weighs less, now
    that its word is known.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    closeness: float
    gain_left: float
    gain_right: float
    less_left: float = 0.0
    less_right: float = 0.0
    short: bool = False


def similarity(a: str, b: str, kind: Kind = "unknown") -> float:
    """How alike two names are by spelling alone: 0.0 nothing shared, 1.0 the same words.

    For an organization or an unknown kind the order of words matters a little, for a person not at
    all, but son and father do. The best pair among the forms of both names counts.
    """
    person = kind == "person"
    return max(
        (score(left, right, person=person) for left in forms(a) for right in forms(b)),
        default=0.0,
    )


def comparable(left: Form, right: Form, *, person: bool) -> bool:
    """Whether two forms are compared at all.

    The Latin readings of one script are not: their own spellings say more. Letters that may be
    initials are so for a person only. Two legal forms word by word say that the words of both names
    are the same, and nothing else.
    """
    if not person and "person" in (left.reading, right.reading):
        return False
    if left.reading == right.reading == "literal":
        return left.joined == right.joined or sorted(left.canonical) == sorted(right.canonical)
    if left.beside and right.beside and _apart(left, right):
        return False
    return left.spelled or right.spelled or left.script != right.script


def _apart(left: Form, right: Form) -> bool:
    """Whether parts of two names are few signs that many share, beside words of two parties.

    "東方 Orchid" and "東方 Vale" have the "East" in common.
    """
    words = [*left.words, *right.words]
    own = [word.text for word in words if word.text >= UNSPACED and not word.known]
    few = max(map(len, own), default=0) <= _FEW_SIGNS
    return few and similarity(left.beside, right.beside) < _SAME_BESIDE


def score(left: Form, right: Form, *, person: bool, least: float = 0.0) -> float:
    """The similarity of two forms; 0.0 may stand for any below `least`."""
    if not comparable(left, right, person=person):
        return 0.0
    if left.words == right.words and left.written and right.written:
        return 1.0  # as the comparison finds, at more cost
    return Comparison(left, right, person=person).score(least)


def _heaviest(form: Form, used: set[int]) -> float:
    """The weight of the heaviest word left over, legal forms aside; 0.0 for none."""
    rest = [w.weight for i, w in enumerate(form.words) if i not in used and not w.legal]
    return max(rest, default=0.0)


def _joined(
    form: Form, free: list[int], other: Form, others: list[int]
) -> Iterator[tuple[int, int]]:
    """Places of two free neighbors of a form, and of a free word of the other that may be both."""
    if len(free) < 2:
        return
    if not form.joins.keys().isdisjoint(other.sounds):  # mostly they are
        for j in others:
            for i in form.joins.get(skeleton(other.words[j].text), ()):
                if i in free and i + 1 in free:
                    yield i, j
    if other.numbers:
        for j in others:
            if other.words[j].number:
                yield from ((i, j) for i in free if i + 1 in free)


class Comparison:
    """One pair of forms: the links between their words, and the score made of them."""

    __slots__ = (
        *("left", "right", "person"),
        *("links", "used_left", "used_right"),
        *("agreement", "steps"),
    )

    def __init__(self, left: Form, right: Form, *, person: bool) -> None:
        self.left, self.right, self.person = left, right, person
        self.links: list[Link] = []
        self.used_left: set[int] = set()
        self.used_right: set[int] = set()
        self.steps: list[tuple[str, float]] = []
        self.agreement = 0.0
        self._equal_words()
        if len(self.used_left) < len(left.words) and len(self.used_right) < len(right.words):
            self._loose_words()

    def _equal_words(self) -> None:
        """Equal words: the n-th occurrence with the n-th."""
        places, words = self.right.places, self.right.words
        taken: dict[str, int] = {}
        for i, word in enumerate(self.left.words):
            found = places.get(word.text)
            if found is None:
                continue
            rank = taken.get(word.text, 0)
            if rank < len(found):
                taken[word.text] = rank + 1
                j = found[rank]
                weight = min(word.weight, words[j].weight)
                self.links.append(Link((i, i + 1), (j, j + 1), 1.0, weight, weight))
                self.used_left.add(i)
                self.used_right.add(j)

    def _loose_words(self) -> None:
        """The pairs that bring most first; ties by place, the same from either side."""
        left = [i for i in range(len(self.left.words)) if i not in self.used_left]
        right = [j for j in range(len(self.right.words)) if j not in self.used_right]
        left, right = left[:MOST_LOOSE_WORDS], right[:MOST_LOOSE_WORDS]
        found = self._pairs(left, right)
        if len(left) > 1 or len(right) > 1:
            found += self._joins(left, right)
        part = lexicon().closeness["initial"]
        if len(found) > 1:
            found.sort(key=_priority)
        if self.person:  # an initial never takes a word from what agrees better
            found.sort(key=lambda link: link.closeness == part)
        initial = False
        for link in found:
            if link.closeness == part:
                if initial and not self.person:
                    continue
                initial = True
            if self.used_left.isdisjoint(range(*link.left)) and self.used_right.isdisjoint(
                range(*link.right)
            ):
                self.links.append(link)
                self.used_left.update(range(*link.left))
                self.used_right.update(range(*link.right))

    def _pairs(self, left: list[int], right: list[int]) -> list[Link]:
        others = [(j, self.right.words[j]) for j in right if not self.right.words[j].legal]
        found: list[Link] = []
        for i in left:
            word = self.left.words[i]
            if word.legal:
                continue
            for j, other in others:
                short = short_form(word, other)
                if short:
                    gain = short.closeness * short.weight
                    less = word.weight - short.weight, other.weight - short.weight
                    found.append(
                        Link((i, i + 1), (j, j + 1), short.closeness, gain, gain, *less, short=True)
                    )
                    continue
                close, gains = pair(word, other)
                if close:
                    found.append(Link((i, i + 1), (j, j + 1), close, *gains))
        return found

    def _joins(self, left: list[int], right: list[int]) -> Iterator[Link]:
        for i, j in _joined(self.left, left, self.right, right):
            first, second = self.left.words[i : i + 2]
            close, (one, two) = join(first, second, self.right.words[j])
            if close:
                yield Link((i, i + 2), (j, j + 1), close, two, one)
        for j, i in _joined(self.right, right, self.left, left):
            first, second = self.right.words[j : j + 2]
            close, (one, two) = join(first, second, self.left.words[i])
            if close:
                yield Link((i, i + 1), (j, j + 2), close, one, two)

    def score(self, least: float = 0.0) -> float:
        """The score, with `agreement` and `steps` set on the way; 0.0 may stand for any below."""
        factors = lexicon().factors
        if not self.links:
            return self._of_the_whole(0.0, factors, same=False)
        gain_left = fsum([link.gain_left for link in self.links])
        gain_right = fsum([link.gain_right for link in self.links])
        total_left = self.left.total - fsum([link.less_left for link in self.links])
        total_right = self.right.total - fsum([link.less_right for link in self.links])
        value = (gain_left + gain_right) / (total_left + total_right)
        self.agreement = value
        complete = len(self.used_left) == len(self.left.words) and len(self.used_right) == len(
            self.right.words
        )
        same = complete and all(link.closeness == 1.0 for link in self.links)
        if same:
            value = self.agreement = 1.0
        else:
            covered = max(gain_left / total_left, gain_right / total_right)
            share = containment((gain_left + gain_right) / 2, factors)
            value = self._step("contained", value, value + share * (covered - value))
            if self._given_by_initials():
                value = self._step("initials", value, max(value, factors["initials"]))
            if value < least and self.left.joined != self.right.joined:
                return 0.0  # all that follows takes away, but for the same letters
            value = self._partial(value, factors)
        return self._of_the_whole(value, factors, same=same)

    def _step(self, name: str, before: float, after: float) -> float:
        if after != before:
            self.steps.append((name, after - before))
        return after

    def _note(self, name: str) -> None:
        """Name how a name is written differently, though it moved nothing."""
        if name != "alike" and name not in dict(self.steps):
            self.steps.append((name, 0.0))

    def _partial(self, value: float, factors: Mapping[str, float]) -> float:
        """The features of names that are not the same words."""
        enough, says_more = factors["exact"], factors["says_more"]
        core = [link for link in self.links if not self._legal(link)]
        part, nickname = (lexicon().closeness[name] for name in ("initial", "nickname"))
        firm = [link for link in core if link.closeness >= enough and not link.short]
        exact = fsum([min(link.gain_left, link.gain_right) for link in firm])
        if any(link.short for link in core):
            doubt = factors["unsupported_short"] * (1 - min(1.0, exact / factors["supported_from"]))
            value = self._step("short", value, max(0.0, min(value - doubt, factors["alike"])))
        if any(link.closeness < enough and not self._no_slip(link) for link in core):
            most = factors["unsupported_person" if self.person else "unsupported"]
            doubt = most * (1 - min(1.0, exact / factors["supported_from"]))
            value = self._step("unsupported", value, max(0.0, value - doubt))
        rest = _heaviest(self.left, self.used_left), _heaviest(self.right, self.used_right)
        if len(core) <= 1 and max(rest) > says_more:
            value = self._step("one_word", value, value * factors["one_word"])
        if min(rest) > says_more:
            value = self._step("conflict", value, max(0.0, value - factors["conflict"] * min(rest)))
        loose = [c for c in core if c.closeness < lexicon().closeness["join"] and not c.short]
        kinds = {link.closeness for link in loose}
        if loose:
            feature = "initials" if kinds == {part} else "given_name"
            feature = feature if kinds <= {part, nickname} else "alike"
            value = self._step(feature, value, min(value, factors["alike"]))
            self._note(feature)
        if max(rest) > says_more:
            value = self._step("longer", value, min(value, factors["longer"]))
        return self._step("unequal", value, min(value, _UNEQUAL))

    def _of_the_whole(self, value: float, factors: Mapping[str, float], *, same: bool) -> float:
        """The features of the names as a whole."""
        left, right = self.left, self.right
        if not self.person and self._out_of_order():
            value = self._step("reordered", value, value * factors["reordered"])
        if self.person and swapped(left, right, self._exact_places()):
            value = self._step("patronymic", value, value * factors["patronymic"])
        if value < factors["joined"] and left.joined == right.joined and len(left.joined) > 2:
            value = self._step("joined", value, factors["joined"])
        if left.numbers and right.numbers and left.numbers != right.numbers:
            value = self._step("numbers_differ", value, value * factors["numbers_differ"])
        if not (left.whole and right.whole):
            short = any(
                not form.whole and len(form.words) == 1 and len(form.words[0].text) <= 5
                for form in (left, right)
            )
            if short and not same:
                value = self._step("acronym", value, value * factors["acronym"])
            value = self._step("variant", value, min(value, factors["variant"]))
            for added in sorted({left.part, right.part} & _ADDED):
                value = self._step(added, value, value * factors[added])
        if "respelled" in (left.reading, right.reading):
            value = self._step("given_name", value, min(value, factors["alike"]))
            self._note("given_name")
        if not (left.spelled and right.spelled):
            value = self._step("transliterated", value, min(value, factors["transliterated"]))
            self._note("transliterated")
        return value

    def _legal(self, link: Link) -> bool:
        """Whether a link is of a legal form; on either side, so that both sides say the same."""
        return self.left.words[link.left[0]].legal or self.right.words[link.right[0]].legal

    def _out_of_order(self) -> bool:
        if len(self.links) < 2:
            return False
        core = sorted([link.left + link.right for link in self.links if not self._legal(link)])
        return any(after[2] < before[2] for before, after in pairwise(core))

    def _no_slip(self, link: Link) -> bool:
        """Whether words that are not equal are no misspelling: short forms, initials of persons."""
        initial = link.closeness == lexicon().closeness["initial"]
        return link.short or (self.person and initial)

    def _given_by_initials(self) -> bool:
        part = lexicon().closeness["initial"]
        told = self.person and any(link.closeness == part for link in self.links)
        return told and by_initials(self.left, self.right)

    def _exact_places(self) -> Iterator[tuple[int, int]]:
        """The places of single words that agree in more than an initial."""
        part = lexicon().closeness["initial"]
        yield from ((c.left[0], c.right[0]) for c in self.links if c.closeness > part)


def _priority(link: Link) -> tuple[float, int, int, int, tuple[tuple[int, int], ...]]:
    """Most weight first, then words at like places; symmetric in the two sides."""
    (i, i_end), (j, j_end) = link.left, link.right
    gain = link.gain_left + link.gain_right
    ends = tuple(sorted((link.left, link.right)))
    return -gain, abs(i - j), i + j, (i_end - i) + (j_end - j), ends


def containment(weight: float, factors: Mapping[str, float]) -> float:
    """How far containment counts when this much weight agrees, in [0, `contained`]."""
    start, full = factors["contained_from"], factors["contained_full"]
    return factors["contained"] * min(1.0, max(0.0, (weight - start) / (full - start)))
