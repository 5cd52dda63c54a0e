"""Which names a batch of queries may match at all, bounded by what their words can gain.

A score is a share `base` of agreeing weight, moved towards the share of the shorter name by at most
`containment`; the features behind that only take away. So `base` must reach `needed`, and with at
most `left` gained by the query's words and `right` by their partners, on a name that weighs at
least what it gains, `left + (1 - needed) right >= needed total` must hold. A name that does not
have one of certain words cannot do that; of the names that have one, the units tell what is gained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.forms import Form
from compliance.names.lexicon import lexicon
from compliance.names.neighbors import spread
from compliance.names.partners import Partners
from compliance.names.vocabulary import LIGHT, letter_bit
from compliance.names.words import Word, legal_texts

SLACK: Final = 1e-9  # sums of floats in another order
_SCATTER: Final = 0x9E3779B97F4A7C15

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """Forms of queries as numbers: row r is a form, its words are those with `rows` r.

    `left` and `right` is what each word adds to the gains of the others at best: two words taken
    as one add only what they gain more than each alone. `totals` and `light` are the weights of all
    words of a row and of those that are not looked up; `odd` are legal forms taken for words;
    `firsts` the first letters of the latter; `several`: a match of one word leaves another over.
    """

    words: Integers
    rows: Integers
    left: Floats
    right: Floats
    odd: Truths
    totals: Floats
    light: Floats
    firsts: npt.NDArray[np.uint32]
    several: Truths


def learn(asked: Sequence[Form], partners: Partners) -> None:
    """Number the words that are met for the first time, all at once."""
    numbers = partners.numbers
    new: dict[str, Word] = {}
    for form in asked:
        for word in form.words:
            if word.text not in numbers and word.weight >= LIGHT:
                new[word.text] = word
    if new:
        partners.learn(new)


def numbered(asked: Sequence[Form], partners: Partners) -> Batch:
    """The forms as numbers; their words are learned."""
    found = _Rows(partners)
    for form in asked:
        found.add(form)
    return found.batch(asked)


class _Rows:
    """The words of forms as numbers, form after form."""

    def __init__(self, partners: Partners) -> None:
        self._partners = partners
        self._forms = legal_texts()
        self._words: list[int] = []
        self._rows: list[int] = []
        self._more: list[tuple[int, float, float]] = []  # place of a word, and what it adds
        self._odd: list[int] = []  # places of legal forms
        self._light: list[float] = []
        self._firsts: list[int] = []
        self._several: list[bool] = []

    def add(self, form: Form) -> None:
        row = len(self._light)
        numbers, split = self._partners.numbers, self._partners.split
        light, firsts, legal, heavy = 0.0, 0, True, 0
        before: Word | None = None
        for word in form.words:
            text = word.text
            if word.legal:
                light += word.weight
                self._as_a_word(text, row)
            elif word.weight < LIGHT or text in self._forms:
                # there in every name, perhaps as its legal form
                light += word.weight
                legal = False
                firsts |= letter_bit(text[0]) if text[:1].isalpha() else 0
            else:
                heavy += 1
                number = numbers[text]
                self._words.append(number)
                self._rows.append(row)
                if split[number] >= 0:
                    self._add(split[number], row, (word,))
            if before is not None and not before.legal:
                self._together(before, word, row)
            before = word
        self._light.append(light)
        self._firsts.append(firsts)
        self._several.append(legal and heavy > 1)

    def _as_a_word(self, text: str, row: int) -> None:
        """A legal form may be a word of its own in a listed name, and weigh more there."""
        number = self._partners.legal.get(text)
        if number is not None:
            self._odd.append(len(self._words))
            self._words.append(number)
            self._rows.append(row)

    def _together(self, first: Word, second: Word, row: int) -> None:
        if self._partners.may_join(first.text, second.text):
            for number in self._partners.together(first, second):
                self._add(number, row, (first, second))

    def _add(self, number: int, row: int, words: tuple[Word, ...]) -> None:
        """Words as one, which add what they gain beyond what they gain without it."""
        partners = self._partners
        left, right = float(partners.left[number]), float(partners.right[number])
        for word in words:
            known = partners.numbers.get(word.text) if word.weight >= LIGHT else None
            left -= word.weight if known is None else float(partners.left[known])
            right -= word.weight if known is None else float(partners.right[known])
        self._more.append((len(self._words), max(left, 0.0), max(right, 0.0)))
        self._words.append(number)
        self._rows.append(row)

    def batch(self, asked: Sequence[Form]) -> Batch:
        words = np.array(self._words, dtype=np.int64)
        left, right = self._partners.left[words], self._partners.right[words]
        for place, ours, theirs in self._more:
            left[place], right[place] = ours, theirs
        odd = np.zeros(len(words), dtype=np.bool_)
        odd[self._odd] = True
        return Batch(
            words,
            np.array(self._rows, dtype=np.int64),
            left,
            right,
            odd,
            np.array([form.total for form in asked]),
            np.array(self._light),
            np.array(self._firsts, dtype=np.uint32),
            np.array(self._several, dtype=np.bool_),
        )


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Of each row: the gains of light words (and of an initial) and of all, and what is needed.

    `spare` is by how much all that may be gained exceeds what is needed; below 0 nothing matches.
    """

    left: Floats
    right: Floats
    most_left: Floats
    most_right: Floats
    least: Floats
    lacking: Floats
    spare: Floats


@dataclass(frozen=True, slots=True)
class _Initials:
    """Of each row: what an initial gains at best on each side, and which letters begin its words.

    `anywhere`: the row has a letter itself, which may begin a word of any name.
    """

    left: Floats
    right: Floats
    firsts: npt.NDArray[np.uint32]
    anywhere: Truths


def possible(batch: Batch, partners: Partners, threshold: float) -> tuple[Integers, Integers]:
    """Rows and forms of the vocabulary that may score the threshold, each once, in order."""
    initials = _initials(batch, partners)
    bounds = _bounds(batch, initials.left, initials.right, threshold, special=True)
    alive = bounds.spare[batch.rows] >= 0
    words, rows = batch.words[alive], batch.rows[alive]
    counts = partners.counts[words]
    gains = spread(partners.starts[words], counts)
    behind = np.repeat(np.arange(len(words)), counts)
    rest = 1 - bounds.least[rows]
    best = partners.left[words] + rest * partners.right[words]
    worth = partners.lefts[gains] + rest[behind] * partners.rights[gains]
    enough = best[behind] - worth <= bounds.spare[rows[behind]]
    gains, behind = gains[enough], behind[enough]

    without = initials.anywhere
    plain = _bounds(
        batch,
        np.where(without, initials.left, 0.0),
        np.where(without, initials.right, 0.0),
        threshold,
        special=False,
    )
    found = [
        _listed(partners, words, rows, behind, gains, plain, special=False),
        _listed(partners, words, rows, behind, gains, bounds, special=True),
    ]
    pairs = (
        np.concatenate([rows_ for rows_, _ in found]),
        np.concatenate([forms for _, forms in found]),
    )
    return _bounded(pairs, rows[behind], gains, batch, partners, (bounds, initials), threshold)


def _initials(batch: Batch, partners: Partners) -> _Initials:
    words, rows, count = batch.words, batch.rows, len(batch.totals)
    figures = lexicon()
    part, letter = figures.closeness["initial"], figures.weights["letter"]
    letters = np.bincount(rows, partners.letters[words], minlength=count) > 0
    left = np.where(batch.firsts != 0, LIGHT * part, 0.0)
    np.maximum.at(left, rows, partners.initials[words])
    firsts = batch.firsts.copy()
    np.bitwise_or.at(firsts, rows, partners.firsts[words])
    return _Initials(left, np.where(left > 0, max(part, letter), 0.0), firsts, letters)


def _bounds(
    batch: Batch, left: Floats, right: Floats, threshold: float, *, special: bool
) -> _Bounds:
    """The bounds where an initial gains this much; `special`: in forms of the special ones."""
    count = len(batch.totals)
    left, right = left + batch.light, right + batch.light
    most_left = np.bincount(batch.rows, batch.left, minlength=count) + left
    gains = batch.right if special else np.where(batch.odd, 0.0, batch.right)
    most_right = np.bincount(batch.rows, gains, minlength=count) + right
    share = _containment((most_left + most_right) / 2)
    least = (threshold - share) / (1 - share)
    lacking = least * batch.totals - SLACK
    spare = most_left + (1 - least) * most_right - lacking
    np.minimum(most_left, batch.totals, out=most_left)
    return _Bounds(left, right, most_left, most_right, least, lacking, spare)


def _listed(
    partners: Partners,
    words: Integers,
    rows: Integers,
    behind: Integers,
    gains: Integers,
    bounds: _Bounds,
    *,
    special: bool,
) -> tuple[Integers, Integers]:
    """Rows and the forms (`special`: only such) that have one of the words a match needs.

    Cheap words first: those that a match may lack together are left out. Where it may lack all, all
    forms.
    """
    rest = 1 - bounds.least
    gained = bounds.left + rest * bounds.right
    best = partners.left[words] + rest[rows] * partners.right[words]
    order = np.lexsort((-partners.costs[words], rows))
    sums = np.cumsum(best[order])
    ends = rows[order]
    starts = np.searchsorted(ends, ends)
    before = np.where(starts > 0, sums[starts - 1], 0.0)
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[order] = gained[ends] + (sums - before) >= bounds.lacking[ends]
    chosen &= bounds.spare[rows] >= 0
    wanted = chosen[behind]
    postings = partners.special if special else partners.postings
    units, owners = partners.units[gains[wanted]], rows[behind[wanted]]
    first = postings.starts[units]
    counts = postings.starts[units + 1] - first
    found = postings.forms[spread(first, counts)].astype(np.int64)
    owners = np.repeat(owners, counts)
    everywhere = np.flatnonzero((gained >= bounds.lacking) & (bounds.spare >= 0))
    if len(everywhere):
        every = partners.all_special if special else partners.all_forms
        found = np.concatenate((found, np.tile(every, len(everywhere))))
        owners = np.concatenate((owners, np.repeat(everywhere, len(every))))
    return owners, found


def _bounded(
    found: tuple[Integers, Integers],
    gain_rows: Integers,
    gains: Integers,
    batch: Batch,
    partners: Partners,
    limits: tuple[_Bounds, _Initials],
    threshold: float,
) -> tuple[Integers, Integers]:
    """The pairs whose units may gain enough."""
    rows, forms = found
    bounds, initials = limits
    vocabulary = partners.vocabulary
    theirs, ours = vocabulary.totals[forms], batch.totals[rows]
    least = bounds.least[rows]
    most = bounds.most_left[rows] + np.minimum(bounds.most_right[rows], theirs)
    kept = most + SLACK >= least * (ours + theirs)
    rows, forms, ours, theirs = rows[kept], forms[kept], ours[kept], theirs[kept]
    table = _Gained(gain_rows, partners, gains)
    left, right, words = table.of(rows, forms)
    initial = initials.anywhere[rows] | ((vocabulary.letters[forms] & initials.firsts[rows]) != 0)
    light = batch.light[rows]
    left += light + np.where(initial, initials.left[rows], 0.0)
    right += light + np.where(initial, initials.right[rows], 0.0)
    fewer = batch.several[rows] & (words + initial <= 1)
    wanted = np.where(fewer, threshold / lexicon().factors["one_word"], threshold)
    np.minimum(left, ours, out=left)
    np.minimum(right, theirs, out=right)
    base = (left + right) / (ours + theirs)
    covered = np.maximum(left / ours, right / theirs)
    share = _containment((left + right) / 2)
    kept = base + share * (covered - base) >= wanted - SLACK
    keys = np.unique(rows[kept] << 32 | forms[kept])
    return keys >> 32, keys & 0xFFFFFFFF


def _containment(weight: Floats) -> Floats:
    factors = lexicon().factors
    start, full = factors["contained_from"], factors["contained_full"]
    found: Floats = factors["contained"] * np.clip((weight - start) / (full - start), 0.0, 1.0)
    return found


def _salt(level: int) -> np.uint64:
    return np.uint64(_SCATTER * (2 * level + 1) % (1 << 64))


class _Gained:
    """What each row gains from each unit: a hash table, as often halved as two keys meet."""

    def __init__(self, rows: Integers, partners: Partners, gains: Integers) -> None:
        vocabulary = partners.vocabulary
        units = len(vocabulary.words) + len(vocabulary.joins)
        self._partners = partners
        self._units = units
        keys = (rows * units + partners.units[gains]).astype(np.uint64) + np.uint64(1)
        lefts, rights = partners.lefts[gains], partners.rights[gains]
        spans = partners.spans[gains]
        self._levels: list[tuple[np.uint64, npt.NDArray[np.uint64], Floats, Floats, Integers]] = []
        while len(keys):
            bits = max(8, len(keys).bit_length() + 3)
            shift = np.uint64(64 - bits)
            salt = _salt(len(self._levels))
            slots = (keys * salt) >> shift
            tags = np.zeros(1 << bits, dtype=np.uint64)
            tags[slots] = keys
            here = tags[slots] == keys
            left, right = np.zeros(1 << bits), np.zeros(1 << bits)
            words = np.zeros(1 << bits, dtype=np.int64)
            np.add.at(left, slots[here], lefts[here])
            np.add.at(right, slots[here], rights[here])
            np.add.at(words, slots[here], spans[here])
            self._levels.append((shift, tags, left, right, words))
            keys, lefts, rights = keys[~here], lefts[~here], rights[~here]
            spans = spans[~here]

    def of(self, rows: Integers, forms: Integers) -> tuple[Floats, Floats, Integers]:
        """What each pair of a row and a form gains at most, and from how many words."""
        vocabulary = self._partners.vocabulary
        first = vocabulary.form_starts[forms]
        counts = vocabulary.form_starts[forms + 1] - first
        units = vocabulary.units[spread(first, counts)]
        pairs = np.repeat(np.arange(len(rows)), counts)
        keys = (np.repeat(rows * self._units + 1, counts) + units).astype(np.uint64)
        left, right = np.zeros(len(rows)), np.zeros(len(rows))
        words = np.zeros(len(rows), dtype=np.int64)
        for level, (shift, tags, lefts, rights, many) in enumerate(self._levels):
            slots = (keys * _salt(level)) >> shift
            there = tags[slots]
            taken = there.nonzero()[0]  # of an empty slot no later level has the key
            keys, pairs, slots, there = keys[taken], pairs[taken], slots[taken], there[taken]
            same = there == keys
            here, owners = slots[same], pairs[same]
            left += np.bincount(owners, lefts[here], minlength=len(rows))
            right += np.bincount(owners, rights[here], minlength=len(rows))
            words += np.bincount(owners, many[here], minlength=len(rows)).astype(np.int64)
            keys, pairs = keys[~same], pairs[~same]
        return left, right, words
