"""What the words of a query can gain at best: the bounds that spare an index most comparisons.

A score is a share `base` of agreeing weight, moved towards the share of the shorter name by at most
`containment`; the features behind that only take away. So `base` must reach a figure `needed`,
and with at most `left` gained by the query's words and `right` by their partners, on a name
that weighs at least what it gains, `left + (1 - needed) right >= needed total` must hold.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Form, Word, word
from compliance.names.lexicon import lexicon
from compliance.names.neighbors import Neighbors
from compliance.names.scoring import containment, join, pair
from compliance.names.spelling import BARE, consonants, joined_skeleton, skeleton
from compliance.names.vocabulary import LIGHT, Vocabulary, joinable, signature

Floats = npt.NDArray[np.float64]

SLACK: Final = 1e-9  # sums of floats in another order
_REMEMBERED: Final = 200_000  # words; a full memory is emptied
_BOUNDED: Final = 12  # words of a query that are looked for one by one, the heaviest
_TIERS: Final = 8  # per unit of weight


@dataclass(frozen=True, slots=True)
class Tier:
    """Units from which a word gains about the same: at most `left` and its partner `right`.

    `low` and `high` are the signature bits of the units; `cost` is how many forms have one.
    """

    left: float
    right: float
    units: tuple[int, ...]
    low: int
    high: int
    cost: int


@dataclass(frozen=True, slots=True)
class Column:
    """A gain that a form with one of these signature bits may have; those of a question add up."""

    left: float
    right: float
    low: int
    high: int
    word: int  # 1 in the last column of a word, which any of its units fills


@dataclass(frozen=True, slots=True)
class Known:
    """What one word can gain at best, on its side and on the other, and where: best tiers first.

    Of `columns`, one a tier, any first ones and then the one in `last` add up to the gain of
    the best tier among them that is present, or more.
    """

    left: float
    right: float
    tiers: tuple[Tier, ...]
    columns: tuple[Column, ...] = ()
    last: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A form of query `number` that some name may match.

    `units` are those of which a match has one (`everywhere`: any name may match). `columns` bound
    what its words gain, `left` and `right` what they gain at best from words not looked for;
    `gains` tells word and gains by unit. `several`: a match of one word leaves another over.
    """

    number: int
    form: Form
    units: tuple[int, ...]
    everywhere: bool
    columns: tuple[Column, ...]
    left: float
    right: float
    gains: dict[int, list[tuple[int, float, float]]]
    several: bool


_NOTHING: Final = Known(0.0, 0.0, ())
_NO_COLUMN: Final = Column(0.0, 0.0, 0, 0, 0)


class Partners:
    """For each word of a query, the units of a vocabulary that it may agree with."""

    def __init__(self, vocabulary: Vocabulary, neighbors: Neighbors) -> None:
        self._vocabulary = vocabulary
        self._neighbors = neighbors
        self._sizes: list[int] = np.diff(vocabulary.starts).tolist()
        self._words = {text: number for number, text in enumerate(vocabulary.words)}
        self._sounds: dict[str, list[int]] = {}
        for number, sound in enumerate(vocabulary.sounds):
            self._sounds.setdefault(sound, []).append(number)
        base = len(vocabulary.words)
        self._joins = {sound: base + number for number, sound in enumerate(vocabulary.joins)}
        self._known: dict[Word, Known] = {}

    def learn(self, asked: Iterable[Form]) -> dict[Word, Known]:
        """What every word of the forms can gain; words that are not yet known, all at once."""
        known = self._known
        if len(known) > _REMEMBERED:
            known = self._known = {}
        new = list({word: None for form in asked for word in form.words if word not in known})
        if new:
            spelled = ["" if word.number or word.weight < LIGHT else word.text for word in new]
            near = self._neighbors.find(spelled)
            for place, word_ in enumerate(new):
                known[word_] = self._partners(word_, near.get(place, ()))
        return known

    def _partners(self, asked: Word, near: Sequence[int]) -> Known:
        if asked.weight < LIGHT:
            return Known(asked.weight, asked.weight, ())
        gains: dict[int, tuple[float, float]] = {}
        for number in sorted({*near, *self._by_name(asked)}):
            other = word(self._vocabulary.words[number])
            same = other.text == asked.text
            found = (asked.weight, other.weight) if same else pair(asked, other)[1]
            if found[0] or found[1]:
                gains[number] = found
        for number, found in self._split(asked):
            old = gains.get(number, found)
            gains[number] = (max(old[0], found[0]), max(old[1], found[1]))
        return self.known(gains)

    def known(self, gains: dict[int, tuple[float, float]]) -> Known:
        """The gains by unit, in tiers of about the same gain."""
        if not gains:
            return _NOTHING
        rows: dict[int, list[int]] = {}
        for unit, (left, right) in gains.items():
            rows.setdefault(int((left + right) * _TIERS), []).append(unit)
        tiers = []
        for _, units in sorted(rows.items(), reverse=True):
            left = max([gains[unit][0] for unit in units])
            right = max([gains[unit][1] for unit in units])
            cost = sum([self._sizes[unit] for unit in units])
            tiers.append(Tier(left, right, tuple(units), *_bits(units), cost))
        return _in_tiers(tiers)

    def initial(self, form: Form) -> Column:
        """What one initial can gain at best: a letter in full, the other word in part.

        Without signature bits where the query has a letter, for it may begin any word.
        """
        part = lexicon().closeness["initial"]
        letters = [w for w in form.words if len(w.text) == 1 and w.text.isalpha()]
        left = max(
            [w.weight * part for w in form.words if w.text[:1].isalpha()]
            + [w.weight for w in letters],
            default=0.0,
        )
        right = max(part, lexicon().weights["letter"]) if left else 0.0
        if letters:
            return Column(left, right, 0, 0, 0)
        firsts = {w.text[0] for w in form.words if w.text[:1].isalpha()}
        units = [self._words[letter] for letter in sorted(firsts) if letter in self._words]
        if not units:
            return _NO_COLUMN
        return Column(left, right, *_bits(units), 0)

    def _by_name(self, asked: Word) -> Iterator[int]:
        """Words that agree otherwise than by spelling: equal, nicknames, numerals, consonants."""
        text = asked.text
        table = lexicon()
        texts = {text, table.numerals.get(text, text)}
        texts.update(numbered().get(table.numerals.get(text, text), ()))
        for row in table.nicknames.get(text, ()):
            texts.update(nicknamed()[row])
        yield from (self._words[other] for other in texts if other in self._words)
        if not asked.number:
            side = self._full if text.startswith(BARE) else self._bare
            yield from side.get(consonants(text), ())

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=True)

    @cached_property
    def _full(self) -> dict[str, list[int]]:
        return self._by_consonants(bare=False)

    def _by_consonants(self, *, bare: bool) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for text, number in self._words.items():
            if text.startswith(BARE) == bare:
                found.setdefault(consonants(text), []).append(number)
        return found

    def _split(self, asked: Word) -> Iterator[tuple[int, tuple[float, float]]]:
        """Joins of two listed neighbors that this word stands for."""
        for sound in _sounds(asked):
            number = self._joins.get(sound)
            if number is None:
                continue
            for both in self._vocabulary.pairs[number - len(self._words)].split("|"):
                first, second = map(word, both.split(" "))
                close, gains = join(first, second, asked)
                if close:
                    yield number, gains

    def joined(self, first: Word, second: Word) -> Iterator[tuple[int, float, float]]:
        """Listed words that two neighbors of a query stand for, and what both and it gain."""
        text = first.text + second.text
        numbers = self._sounds.get(joined_skeleton(first.text, second.text), ())
        digits = lexicon().numerals.get(text)
        if digits in self._words:
            numbers = [*numbers, self._words[digits]]
        for number in numbers:
            close, gains = join(first, second, word(self._vocabulary.words[number]))
            if close:
                yield number, gains[1], gains[0]


def _sounds(asked: Word) -> Iterator[str]:
    if not asked.number:
        yield skeleton(asked.text)
        return
    for text in numbered().get(asked.text, ()):
        for cut in range(1, len(text)):
            if text[:cut] in lexicon().numerals and text[cut:] in lexicon().numerals:
                yield joined_skeleton(text[:cut], text[cut:])


@cache
def numbered() -> dict[str, frozenset[str]]:
    """The words that call each number."""
    found: dict[str, set[str]] = {}
    for text, digits in lexicon().numerals.items():
        found.setdefault(digits, set()).add(text)
    return {digits: frozenset(texts) for digits, texts in found.items()}


@cache
def nicknamed() -> dict[int, frozenset[str]]:
    """The spellings of each row of nicknames."""
    found: dict[int, set[str]] = {}
    for text, rows in lexicon().nicknames.items():
        for row in rows:
            found.setdefault(row, set()).add(text)
    return {row: frozenset(texts) for row, texts in found.items()}


def needed(left: float, right: float, threshold: float) -> float:
    """The least share of agreeing weight from which a score can reach the threshold."""
    share = containment((left + right) / 2, lexicon().factors)
    return (threshold - share) / (1 - share)


class Questions:
    """The forms of queries that may match anything at all."""

    def __init__(self, partners: Partners) -> None:
        self._partners = partners

    def of(
        self, asked: Sequence[tuple[int, Form]], threshold: float, joined: Container[str]
    ) -> list[Question]:
        """A question for each form that some name may match; `joined` are the names as one word."""
        known = self._partners.learn([form for _, form in asked])
        found: list[Question] = []
        for number, form in asked:
            question = self._question(number, form, known, threshold)
            if question is not None:
                found.append(question)
            elif len(form.joined) > 2 and form.joined in joined:
                found.append(Question(number, form, (), False, (), 0.0, 0.0, {}, several=False))
        return found

    def _question(
        self, number: int, form: Form, known: dict[Word, Known], threshold: float
    ) -> Question | None:
        bounds = [known[word_] for word_ in form.words]
        self._join(form, bounds)
        initial = self._partners.initial(form)
        left = initial.left + sum([bound.left for bound in bounds])
        right = initial.right + sum([bound.right for bound in bounds])
        least = needed(left, right, threshold)
        rest = 1 - least
        lacking = least * form.total - SLACK
        spare = left + rest * right - lacking
        if spare < 0:
            return None
        heavy = [bound for bound in bounds if bound.tiers]
        several = len(heavy) > 1 and all(w.legal for w in form.words if w.weight < LIGHT)
        if len(heavy) > _BOUNDED:
            heavy = sorted(heavy, key=lambda b: -b.left)[:_BOUNDED]
        columns: list[Column] = []
        choices: list[tuple[int, float, list[int]]] = []
        gains: dict[int, list[tuple[int, float, float]]] = {}
        for place, bound in enumerate(heavy):
            left -= bound.left
            right -= bound.right
            best = bound.left + rest * bound.right
            count = cost = 0
            units: list[int] = []
            for number_, tier in enumerate(bound.tiers, 1):
                if best - (tier.left + rest * tier.right) > spare:
                    continue
                count = number_
                cost += tier.cost
                units += tier.units
                for unit in tier.units:
                    gains.setdefault(unit, []).append((place, tier.left, tier.right))
            if count:
                columns += bound.columns[: count - 1]
                columns.append(bound.last[count - 1])
            choices.append((cost, best, units))
        gained = left + rest * right
        everywhere = gained >= lacking
        chosen: dict[int, None] = {}
        choices.sort(key=lambda choice: -choice[0])
        for _, best, own in choices:
            gained += best
            if gained >= lacking:
                chosen.update(dict.fromkeys(own))
        if initial.low or initial.high:
            columns.append(initial)
            left -= initial.left
            right -= initial.right
        return Question(
            number, form, tuple(chosen), everywhere, tuple(columns), left, right, gains,
            several=several,
        )

    def _join(self, form: Form, bounds: list[Known]) -> None:
        """Add to the bounds of neighbors what they gain together."""
        words = form.words
        for i in range(len(words) - 1):
            first, second = words[i], words[i + 1]
            if not joinable(first, second):
                continue
            for number, ours, theirs in self._partners.joined(first, second):
                both = first.weight + second.weight
                for place, part in ((i, first.weight / both), (i + 1, second.weight / both)):
                    new = self._partners.known({number: (ours * part, theirs * part)})
                    old = bounds[place]
                    bounds[place] = _in_tiers(
                        sorted((*old.tiers, *new.tiers), key=lambda t: -t.left - t.right)
                    )

    def possible(
        self,
        questions: Sequence[Question],
        rows: npt.NDArray[np.int64],
        vocabulary: Vocabulary,
        listed: npt.NDArray[np.int32],
        threshold: float,
    ) -> npt.NDArray[np.int64]:
        """The k for which form `listed[k]` may match question `rows[k]`, by its signature."""
        factors = lexicon().factors
        total = np.array([question.form.total for question in questions])
        several = np.array([question.several for question in questions])
        const = np.array([(question.left, question.right) for question in questions])
        most = const + np.array(
            [
                (
                    sum([column.left for column in question.columns]),
                    sum([column.right for column in question.columns]),
                )
                for question in questions
            ]
        )
        theirs = vocabulary.totals[listed]
        kept = _reached(
            most[rows, 0], most[rows, 1], total[rows], theirs, threshold, factors
        ).nonzero()[0]
        rows, listed, theirs = rows[kept], listed[kept], theirs[kept]
        low, high = vocabulary.low[listed], vocabulary.high[listed]
        left, right = const[rows, 0], const[rows, 1]
        words = np.zeros(len(rows), dtype=np.int64)
        width = max((len(question.columns) for question in questions), default=0)
        for place in range(width):
            found = [
                question.columns[place] if place < len(question.columns) else _NO_COLUMN
                for question in questions
            ]
            lows = np.array([column.low for column in found], dtype=np.uint64)
            highs = np.array([column.high for column in found], dtype=np.uint64)
            there = ((low & lows[rows]) | (high & highs[rows])) != 0
            left += there * np.array([column.left for column in found])[rows]
            right += there * np.array([column.right for column in found])[rows]
            words += there * np.array([column.word for column in found])[rows]
        fewer = several[rows] & (words <= 1)
        least = np.where(fewer, threshold / factors["one_word"], threshold)
        return kept[_reached(left, right, total[rows], theirs, least, factors)]


def possible_exactly(
    question: Question, units: Iterable[int], theirs: float, threshold: float
) -> bool:
    """Whether a form with these units and this weight may match: as `possible`, unit by unit."""
    best: dict[int, tuple[float, float]] = {}
    for unit in units:
        for place, left, right in question.gains.get(unit, ()):
            old = best.get(place)
            best[place] = (
                (left, right) if old is None else (max(left, old[0]), max(right, old[1]))
            )
    initial = question.columns[-1] if question.columns and not question.columns[-1].word else None
    left, right = question.left, question.right
    if initial is not None and initial is not _NO_COLUMN:
        left, right = left + initial.left, right + initial.right
    for gain in best.values():
        left, right = left + gain[0], right + gain[1]
    ours = question.form.total
    left, right = min(left, ours), min(right, theirs)
    base = (left + right) / (ours + theirs)
    factors = lexicon().factors
    share = containment((left + right) / 2, factors)
    value = base + share * (max(left / ours, right / theirs) - base)
    if question.several and len(best) <= 1:
        value *= factors["one_word"]
    return value >= threshold - SLACK


def _reached(
    left: Floats,
    right: Floats,
    ours: Floats,
    theirs: Floats,
    threshold: float | Floats,
    factors: Mapping[str, float],
) -> npt.NDArray[np.bool_]:
    """Whether names that gain at most this much on both sides may score the threshold."""
    left, right = np.minimum(left, ours), np.minimum(right, theirs)
    base = (left + right) / (ours + theirs)
    covered = np.maximum(left / ours, right / theirs)
    start, full = factors["contained_from"], factors["contained_full"]
    share = factors["contained"] * np.clip(((left + right) / 2 - start) / (full - start), 0, 1)
    reached: npt.NDArray[np.bool_] = base + share * (covered - base) >= threshold - SLACK
    return reached


def _bits(units: Iterable[int]) -> tuple[int, int]:
    low = high = 0
    for unit in units:
        bit = signature(unit)
        if bit < 64:
            low |= 1 << bit
        else:
            high |= 1 << (bit - 64)
    return low, high


def _in_tiers(tiers: Sequence[Tier]) -> Known:
    """Tiers with the columns that bound them."""
    left = right = 0.0
    rows: list[tuple[float, float]] = []
    for tier in reversed(tiers):
        left, right = max(left, tier.left), max(right, tier.right)
        rows.append((left, right))
    rows.reverse()
    columns: list[Column] = []
    last: list[Column] = []
    low = high = 0
    for tier, here, later in zip(tiers, rows, [*rows[1:], (0.0, 0.0)], strict=True):
        low, high = low | tier.low, high | tier.high
        columns.append(Column(here[0] - later[0], here[1] - later[1], low, high, 0))
        last.append(Column(*here, low, high, 1))
    return Known(left, right, tuple(tiers), tuple(columns), tuple(last))
