"""How alike two names are.

A score lies in [0, 1]; 1.0 means the same words after normalization. It is the weight of the words
that agree over the weight of all words of both names, moved by named features (`FEATURES`). Words
agree when equal, when spelled or sounding alike (`spelling.closeness`), when two of one name
are one of the other, or when one is the initial of the other. Symmetric.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import fsum
from typing import Final, NamedTuple, get_args

from compliance.names.additions import Addition
from compliance.names.forms import Form, Kind, forms
from compliance.names.lexicon import lexicon
from compliance.names.scripts import UNSPACED
from compliance.names.short_words import short_form
from compliance.names.spelling import BARE, closeness, closeness_of_known, joined_skeleton, skeleton
from compliance.names.words import Word

MOST_LOOSE_WORDS: Final = 32  # of a name with more unmatched words, the first are compared loosely
FEATURES: Final = {
    "contained": "the shorter name is all or nearly all in the longer",
    "unsupported": "a word is misspelled and little else agrees exactly",
    "short": "a common word is written short",
    "one_word": "all that agrees is one word, and a name says more",
    "conflict": "each name has words that the other lacks",
    "alike": "a word is spelled or sounds alike, and is not equal",
    "longer": "only one name has a word that says something",
    "unequal": "a word differs, so the names are not quite the same",
    "reordered": "the same words in another order",
    "patronymic": "son and father are swapped",
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


def comparable(left: Form, right: Form) -> bool:
    """Whether two forms are compared at all.

    The Latin readings of one script are not: their own spellings say more.
    """
    return left.spelled or right.spelled or left.script != right.script


def score(left: Form, right: Form, *, person: bool, least: float = 0.0) -> float:
    """The similarity of two forms; 0.0 may stand for any below `least`."""
    if not comparable(left, right):
        return 0.0
    if left.words == right.words and all(f.whole and f.spelled for f in (left, right)):
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
        if len(found) > 1:
            found.sort(key=_priority)
        initial = False
        for link in found:
            if link.closeness == lexicon().closeness["initial"]:
                if initial:
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
            if value < least and self.left.joined != self.right.joined:
                return 0.0  # all that follows takes away, but for the same letters
            value = self._partial(value, factors)
        return self._of_the_whole(value, factors, same=same)

    def _step(self, name: str, before: float, after: float) -> float:
        if after != before:
            self.steps.append((name, after - before))
        return after

    def _partial(self, value: float, factors: Mapping[str, float]) -> float:
        """The features of names that are not the same words."""
        enough, says_more = factors["exact"], factors["says_more"]
        core = [link for link in self.links if not self._legal(link)]
        firm = [link for link in core if link.closeness >= enough and not link.short]
        exact = fsum([min(link.gain_left, link.gain_right) for link in firm])
        if any(link.short for link in core):
            doubt = factors["unsupported_short"] * (1 - min(1.0, exact / factors["supported_from"]))
            value = self._step("short", value, max(0.0, min(value - doubt, factors["alike"])))
        if any(link.closeness < enough and not link.short for link in core):
            most = factors["unsupported_person" if self.person else "unsupported"]
            doubt = most * (1 - min(1.0, exact / factors["supported_from"]))
            value = self._step("unsupported", value, max(0.0, value - doubt))
        rest = _heaviest(self.left, self.used_left), _heaviest(self.right, self.used_right)
        if len(core) <= 1 and max(rest) > says_more:
            value = self._step("one_word", value, value * factors["one_word"])
        if min(rest) > says_more:
            value = self._step("conflict", value, max(0.0, value - factors["conflict"] * min(rest)))
        if any(link.closeness < lexicon().closeness["join"] and not link.short for link in core):
            value = self._step("alike", value, min(value, factors["alike"]))
        if max(rest) > says_more:
            value = self._step("longer", value, min(value, factors["longer"]))
        return self._step("unequal", value, min(value, _UNEQUAL))

    def _of_the_whole(self, value: float, factors: Mapping[str, float], *, same: bool) -> float:
        """The features of the names as a whole."""
        left, right = self.left, self.right
        if not self.person and self._out_of_order():
            value = self._step("reordered", value, value * factors["reordered"])
        if self.person and self._swapped_patronymic():
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
            for part in sorted({left.part, right.part} & _ADDED):
                value = self._step(part, value, value * factors[part])
        if not (left.spelled and right.spelled):
            value = self._step("transliterated", value, min(value, factors["transliterated"]))
        return value

    def _legal(self, link: Link) -> bool:
        """Whether a link is of a legal form; on either side, so that both sides say the same."""
        return self.left.words[link.left[0]].legal or self.right.words[link.right[0]].legal

    def _out_of_order(self) -> bool:
        if len(self.links) < 2:
            return False
        core = sorted([link.left + link.right for link in self.links if not self._legal(link)])
        return any(after[2] < before[2] for before, after in pairwise(core))

    def _swapped_patronymic(self) -> bool:
        known = lexicon().patronymics
        if not all(known & set(form.canonical) for form in (self.left, self.right)):
            return False
        return self._out_of_order()


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


def pair(a: Word, b: Word) -> tuple[float, tuple[float, float]]:
    """Closeness of two different words and the weight each side gains; 0.0 and nothing for none.

    Legal forms and particles agree with what is equal only; a particle of one letter may be an
    initial ("A", "O").
    """
    if (len(a.text) == 1 or len(b.text) == 1) and not (a.number or b.number):
        mute = a.legal or b.legal or _particle(a) or _particle(b)
        return _NO_PAIR if mute else _initial(a, b)
    known = a.known and b.known
    close = (closeness_of_known if known else closeness)(a.text, b.text)
    if not close or a.legal or b.legal or _particle(a) or _particle(b):
        return _NO_PAIR
    if known and a.text in lexicon().places and b.text in lexicon().places:
        return _NO_PAIR
    if close == 1.0:
        return close, (a.weight, b.weight)
    if BARE in (a.text[0], b.text[0]):  # how rare a word is that has no vowels is unknown
        return close, (close * a.weight, close * b.weight)
    gain = close * min(a.weight, b.weight)
    return close, (gain, gain)


_NO_PAIR: Final = (0.0, (0.0, 0.0))
_SHORTEST_JOIN: Final = 4  # letters of a word that may be two


def _particle(word: Word) -> bool:
    return word.weight <= _particle_weight() and len(word.text) > 1


@cache
def _particle_weight() -> float:
    return lexicon().weights["particle"]


def _initial(a: Word, b: Word) -> tuple[float, tuple[float, float]]:
    """A letter that begins the other word counts in full, the other word in part.

    Scripts without spaces have no initials: one of their characters is a word.
    """
    if a.text[0] != b.text[0] or not (a.text.isalpha() and b.text.isalpha()):
        return _NO_PAIR
    if a.text >= UNSPACED:
        return _NO_PAIR
    part = lexicon().closeness["initial"]
    gains = [word.weight * (1.0 if len(word.text) == 1 else part) for word in (a, b)]
    return part, (gains[0], gains[1])


def join(first: Word, second: Word, other: Word) -> tuple[float, tuple[float, float]]:
    """Closeness of two neighbors, written as one, to a word, and the gains: its, and theirs.

    They must sound the same; a number may be called by two numerals ("forty four").
    """
    text = first.text + second.text
    if first.legal or other.legal or _particle(other) or len(text) < _SHORTEST_JOIN:
        return _NO_PAIR
    if other.number:
        called = lexicon().numerals
        same = called.get(text) == other.text and first.text in called and second.text in called
        return (1.0, (other.weight, first.weight + second.weight)) if same else _NO_PAIR
    if len(other.text) < _SHORTEST_JOIN or joined_skeleton(first.text, second.text) != skeleton(
        other.text
    ):
        return _NO_PAIR
    figures = lexicon().closeness
    close = figures["join"] if text == other.text else figures["join"] * figures["sound"]
    return close, (close * other.weight, close * (first.weight + second.weight))
