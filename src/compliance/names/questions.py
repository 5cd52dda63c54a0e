"""Which names a batch of queries may match at all, bounded by what their words can gain.

A score is a share `base` of agreeing weight, moved towards the share of the shorter name by at most
`containment`; the features behind that only take away. So `base` must reach `needed`, and with at
most `left` gained by the query's words and `right` by their partners, on a name that weighs at
least what it gains, `left + (1 - needed) right >= needed total` must hold. A name that does not
have one of certain words cannot do that; of the names that have one, the units tell what is gained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.lexicon import lexicon
from compliance.names.neighbors import spread
from compliance.names.partners import COLUMNS, LEGAL, SAYING, SMALL, Partners
from compliance.names.reading import Rows
from compliance.names.vocabulary import LIGHT

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


def numbered(rows: Rows, partners: Partners) -> Batch:
    """What the words of rows may gain."""
    count = len(rows.lengths)
    numbers, owners = rows.numbers, np.repeat(np.arange(count), rows.lengths)
    weights, kinds = partners.weights[numbers], partners.kinds[numbers]
    saying, small = kinds == SAYING, kinds == SMALL
    light = partners.light[numbers]
    firsts = np.zeros(count, dtype=np.uint32)
    np.bitwise_or.at(firsts, owners[small], partners.firsts[numbers[small]])
    looked = saying | ((kinds == LEGAL) & (partners.counts[numbers] > 0))
    words = numbers[looked]
    together = _together(numbers, owners, kinds, partners)
    split = np.flatnonzero(saying & (partners.splits[numbers] >= 0))
    others = partners.splits[numbers[split]]
    gains = [
        np.concatenate(
            (
                gain[words],
                # what is gained together beyond what each gains alone
                np.maximum(gain[others] - gain[numbers[split]], 0.0),
                np.maximum(gain[together[0]] - _alone(together[1], gain, partners), 0.0),
            )
        )
        for gain in (partners.left, partners.right)
    ]
    odd = np.zeros(len(gains[0]), dtype=np.bool_)
    odd[: len(words)] = kinds[looked] == LEGAL
    return Batch(
        np.concatenate((words, others, together[0])),
        np.concatenate((owners[looked], owners[split], together[2])),
        gains[0],
        gains[1],
        odd,
        np.bincount(owners, weights, minlength=count),
        np.bincount(owners, light, minlength=count),
        firsts,
        (np.bincount(owners[saying], minlength=count) > 1)
        & (np.bincount(owners[light * (kinds != LEGAL) > 0], minlength=count) == 0),
    )


def _together(
    numbers: Integers, owners: Integers, kinds: npt.NDArray[np.int8], partners: Partners
) -> tuple[Integers, Integers, Integers]:
    """Numbers of neighbors as one word, those of the two (a row each), and the rows they are in."""
    may = np.flatnonzero((owners[1:] == owners[:-1]) & (kinds[:-1] != LEGAL))
    may = may[partners.joined(numbers[may], numbers[may + 1])]
    pairs = list(zip(numbers[may].tolist(), numbers[may + 1].tolist(), strict=True))
    found = [
        (one, *pair, row)
        for pair, row, ones in zip(
            pairs, owners[may].tolist(), partners.together(pairs), strict=True
        )
        for one in ones
    ]
    table = np.array(found, dtype=np.int64).reshape(len(found), 4)
    return table[:, 0], table[:, 1:3], table[:, 3]


def _alone(pairs: Integers, gain: Floats, partners: Partners) -> Floats:
    """What two words gain at best, each alone."""
    looked = partners.kinds[pairs] == SAYING
    found: Floats = np.where(looked, gain[pairs], partners.weights[pairs]).sum(axis=1)
    return found


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

    `letters`: those that are words themselves, and may begin a word of another name.
    """

    left: Floats
    right: Floats
    firsts: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words with the rows they are in, and their gains that matter: gain k is of `behind[k]`."""

    words: Integers
    rows: Integers
    gains: Integers
    behind: Integers


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows with forms that a gain was found in; `chosen` words were looked up."""

    rows: Integers
    forms: Integers
    gains: Integers
    chosen: Truths


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Rows with forms: what is gained at most, that part of it which is firm, from how many words.

    `words` is 0 or 1 only where it is no more.
    """

    rows: Integers
    forms: Integers
    left: Floats
    right: Floats
    firm_left: Floats
    firm_right: Floats
    words: Floats

    @classmethod
    def of(
        cls, found: list[_Found], partners: Partners, more: Floats, bounds: _Bounds, batch: Batch
    ) -> _Pairs:
        """Each pair once that may gain enough, with what it gains beside `more`, by row."""
        keys = np.concatenate([one.rows << 32 | one.forms for one in found])
        gains = np.concatenate([one.gains for one in found])
        order = np.argsort(keys)
        keys, gains = keys[order], gains[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        if not len(first):
            nothing = np.zeros(0)
            return cls(keys, keys, *[nothing] * COLUMNS)
        pairs = keys[first]
        rows, forms = pairs >> 32, pairs & 0xFFFFFFFF
        most = np.add.reduceat(partners.both[gains], first) + more[rows]
        wanted = bounds.least[rows] * (batch.totals[rows] + partners.vocabulary.totals[forms])
        kept = most >= wanted - SLACK
        sizes = np.diff(first, append=len(keys))
        gains, sizes = gains[np.repeat(kept, sizes)], sizes[kept]
        rows, forms = rows[kept], forms[kept]
        return cls(rows, forms, *_summed(gains, sizes, forms, partners))

    def only(self, kept: Truths) -> _Pairs:
        """Those pairs."""
        return _Pairs(*(getattr(self, name)[kept] for name in self.__slots__))

    def more(
        self, left: Floats, right: Floats, firm_left: Floats, firm_right: Floats, words: Floats
    ) -> _Pairs:
        """The same pairs with more gains."""
        return _Pairs(
            self.rows,
            self.forms,
            self.left + left,
            self.right + right,
            self.firm_left + firm_left,
            self.firm_right + firm_right,
            self.words + words,
        )


def _summed(
    gains: Integers, sizes: Integers, forms: Integers, partners: Partners
) -> list[Floats]:
    """What runs of gains, one for each form, bring together: a unit that stands once brings once."""
    first = np.cumsum(sizes) - sizes
    found = partners.columns(gains[first])
    several = np.flatnonzero(sizes > 1)
    if len(several):
        sizes = sizes[several]
        gains = gains[spread(first[several], sizes)]
        pairs = np.repeat(np.arange(len(several)), sizes)
        units = partners.units[gains]
        again = partners.vocabulary.repeats[forms[several]][pairs]
        units[again] = -1 - np.flatnonzero(again)
        order = np.lexsort((units, pairs))
        pairs, units, gains = pairs[order], units[order], gains[order]
        once = np.flatnonzero(np.append(True, (np.diff(pairs) != 0) | (np.diff(units) != 0)))
        owners = pairs[once]
        for total, column in zip(found, partners.columns(gains), strict=True):
            total[several] = np.bincount(owners, np.maximum.reduceat(column, once))
    return found


def possible(
    batch: Batch, partners: Partners, threshold: float, *, person: bool
) -> tuple[Integers, Integers]:
    """Rows and forms of the vocabulary that may score the threshold, each once, in order."""
    initials = _initials(batch, partners)
    bounds = _bounds(batch, initials.left, initials.right, threshold, special=True)
    without = initials.letters != 0
    plain = _bounds(
        batch,
        np.where(without, initials.left, 0.0),
        np.where(without, initials.right, 0.0),
        threshold,
        special=False,
    )
    alive = bounds.spare[batch.rows] >= 0
    words, rows = batch.words[alive], batch.rows[alive]
    counts = partners.counts[words]
    gains = spread(partners.starts[words], counts)
    behind = np.repeat(np.arange(len(words)), counts)
    rest = 1 - bounds.least[rows]
    best = partners.left[words] + rest * partners.right[words]
    worth = partners.lefts[gains] + rest[behind] * partners.rights[gains]
    enough = best[behind] - worth <= bounds.spare[rows[behind]]
    asked = _Asked(words, rows, gains[enough], behind[enough])
    return _bounded(
        [
            _listed(partners, asked, plain, special=False),
            _listed(partners, asked, bounds, special=True),
        ],
        asked,
        batch,
        partners,
        (bounds, initials),
        (threshold, person),
    )


def _initials(batch: Batch, partners: Partners) -> _Initials:
    words, rows, count = batch.words, batch.rows, len(batch.totals)
    figures = lexicon()
    part, letter = figures.closeness["initial"], figures.weights["letter"]
    letters = np.zeros(count, dtype=np.uint32)
    single = partners.letters[words]
    np.bitwise_or.at(letters, rows[single], partners.firsts[words[single]])
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


def _listed(partners: Partners, asked: _Asked, bounds: _Bounds, *, special: bool) -> _Found:
    """The forms (`special`: only such, else only others) with one of the words a match needs.

    Cheap words first: those that a match may lack together are left out. Where it may lack all, all
    forms.
    """
    words, rows = asked.words, asked.rows
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
    wanted = chosen[asked.behind]
    gains = asked.gains[wanted]
    postings = partners.special if special else partners.plain
    units = partners.units[gains]
    first = postings.starts[units]
    counts = postings.starts[units + 1] - first
    forms = postings.forms[spread(first, counts)].astype(np.int64)
    owners = np.repeat(rows[asked.behind[wanted]], counts)
    gains = np.repeat(gains, counts)
    everywhere = np.flatnonzero((gained >= bounds.lacking) & (bounds.spare >= 0))
    if len(everywhere):
        every = partners.all_special if special else partners.all_plain
        forms = np.concatenate((forms, np.tile(every, len(everywhere))))
        owners = np.concatenate((owners, np.repeat(everywhere, len(every))))
        gains = np.concatenate((gains, np.zeros(len(everywhere) * len(every), dtype=np.int64)))
    return _Found(owners, forms, gains, chosen)


def _bounded(
    found: list[_Found],
    asked: _Asked,
    batch: Batch,
    partners: Partners,
    limits: tuple[_Bounds, _Initials],
    wanted: tuple[float, bool],
) -> tuple[Integers, Integers]:
    """The pairs whose units may gain enough: as far as listed, then with the words left out."""
    unlisted = ~(found[0].chosen & found[1].chosen)
    rows, words = asked.rows[unlisted], asked.words[unlisted]
    count = len(batch.totals)
    left = np.bincount(rows, partners.left[words], minlength=count)
    right = np.bincount(rows, partners.right[words], minlength=count)
    bounds = limits[0]
    more = left + right + bounds.left + bounds.right
    pairs = _Pairs.of(found, partners, more, bounds, batch)
    left, right = left[pairs.rows], right[pairs.rows]
    spans = 2 * np.bincount(rows, minlength=count)[pairs.rows]
    most = pairs.more(left, right, left, right, spans)
    kept = _may_reach(most, batch, partners, limits, wanted)
    pairs = pairs.only(kept)
    if spans[kept].any():
        behind = unlisted[asked.behind]
        table = _Gained(asked.rows[asked.behind[behind]], partners, asked.gains[behind])
        pairs = pairs.more(*table.of(pairs.rows, pairs.forms))
        pairs = pairs.only(_may_reach(pairs, batch, partners, limits, wanted))
    return pairs.rows, pairs.forms


def _may_reach(
    pairs: _Pairs,
    batch: Batch,
    partners: Partners,
    limits: tuple[_Bounds, _Initials],
    wanted: tuple[float, bool],
) -> Truths:
    """Whether what pairs gain is enough: with all of it and the doubt, or with the firm part."""
    initials, (threshold, person) = limits[1], wanted
    factors = lexicon().factors
    rows, forms = pairs.rows, pairs.forms
    ours, theirs = batch.totals[rows], partners.vocabulary.totals[forms]
    light = batch.light[rows]
    vocabulary = partners.vocabulary
    initial = (
        (vocabulary.begins[forms] & initials.letters[rows])
        | (vocabulary.letters[forms] & initials.firsts[rows])
    ) != 0
    left = pairs.left + light + np.where(initial, initials.left[rows], 0.0)
    right = pairs.right + light + np.where(initial, initials.right[rows], 0.0)
    firm_left, firm_right = pairs.firm_left + light, pairs.firm_right + light
    support = np.minimum(firm_left, firm_right) / factors["supported_from"]
    doubt = factors["unsupported_person" if person else "unsupported"] * (
        1 - np.minimum(support, 1.0)
    )
    loose = _share(left, right, ours, theirs) - doubt
    firm = _share(firm_left, firm_right, ours, theirs)
    fewer = batch.several[rows] & (pairs.words + initial <= 1)
    least = np.where(fewer, threshold / factors["one_word"], threshold)
    found: Truths = np.maximum(loose, firm) >= least - SLACK
    return found


def _share(left: Floats, right: Floats, ours: Floats, theirs: Floats) -> Floats:
    """The share of both names that is gained, as far as containment moves it at most."""
    left, right = np.minimum(left, ours), np.minimum(right, theirs)
    base = (left + right) / (ours + theirs)
    covered = np.maximum(left / ours, right / theirs)
    found: Floats = base + _containment((left + right) / 2) * (covered - base)
    return found


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
        self._vocabulary = vocabulary
        self._units = len(vocabulary.words) + len(vocabulary.joins)
        keys = (rows * self._units + partners.units[gains]).astype(np.uint64) + np.uint64(1)
        columns = partners.columns(gains)
        self._levels: list[tuple[np.uint64, npt.NDArray[np.uint64], list[Floats]]] = []
        while len(keys):
            bits = max(8, len(keys).bit_length() + 3)
            shift = np.uint64(64 - bits)
            slots = (keys * _salt(len(self._levels))) >> shift
            tags = np.zeros(1 << bits, dtype=np.uint64)
            tags[slots] = keys
            here = tags[slots] == keys
            sums = []
            for column in columns:
                held = np.zeros(1 << bits)
                np.add.at(held, slots[here], column[here])
                sums.append(held)
            self._levels.append((shift, tags, sums))
            keys, columns = keys[~here], [column[~here] for column in columns]

    def of(self, rows: Integers, forms: Integers) -> list[Floats]:
        """What each pair of a row and a form gains at most, in the columns of the partners."""
        vocabulary = self._vocabulary
        first = vocabulary.form_starts[forms]
        counts = vocabulary.form_starts[forms + 1] - first
        units = vocabulary.units[spread(first, counts)]
        pairs = np.repeat(np.arange(len(rows)), counts)
        keys = (np.repeat(rows * self._units + 1, counts) + units).astype(np.uint64)
        found = [np.zeros(len(rows)) for _ in range(COLUMNS)]
        for level, (shift, tags, sums) in enumerate(self._levels):
            slots = (keys * _salt(level)) >> shift
            there = tags[slots]
            taken = there.nonzero()[0]  # of an empty slot no later level has the key
            keys, pairs, slots, there = keys[taken], pairs[taken], slots[taken], there[taken]
            same = there == keys
            here, owners = slots[same], pairs[same]
            for total, held in zip(found, sums, strict=True):
                total += np.bincount(owners, held[here], minlength=len(rows))
            keys, pairs = keys[~same], pairs[~same]
        return found
