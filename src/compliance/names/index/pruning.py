"""Which names a batch of queries may match at all: pruning by upper bounds, as in WAND retrieval.

A score is a share `base` of agreeing weight, moved towards the share of the shorter name by at most
`containment`; the features behind that only take away. So `base` must reach `needed`, and with at
most `left` gained by the query's words and `right` by their partners, on a name that weighs at
least what it gains, `left + (1 - needed) right >= needed total` must hold. A name that does not
have one of certain words cannot do that; of the names that have one, the units tell what is gained.

At 0.76, "Orchid Trading" (1.0 and 0.5) needs "orchid": "trading" alone gains a third. Only names in
the postings of "orchid", and of words like it, are looked at; of them, those light enough. The cost
is that of the postings of the rarest words, not of the names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from compliance.names.index.candidate_pairs import SLACK, Found, Gained, Pairs
from compliance.names.index.fuzzy_postings import Partners, Postings
from compliance.names.index.hashing import Floats, Places, Truths, spread
from compliance.names.index.initial_pairs import may_be_initials
from compliance.names.index.inverted_index import LIGHT
from compliance.names.index.query_batch import Batch
from compliance.names.index.symmetric_deletes import sums
from compliance.names.lexicon import lexicon

_NONE: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Of each row: the gains of light words (and of an initial) and of all, and what is needed.

    `spare` is by how much all that may be gained exceeds what is needed; below 0 nothing matches.
    `most_left` may be more than the row weighs.
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
    """Of each row: what initials gain at best on each side, and which letters begin its words.

    `plain` is that in forms without letters, where only those of the row are initials. `letters`:
    those that are words themselves, and may begin a word of another name; `several`: as many as
    there are may be initials, of a person; else one.
    """

    left: Floats
    right: Floats
    plain: tuple[Floats, Floats]
    several: bool
    firsts: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words with the rows they are in, and their gains that matter: gain k is of `behind[k]`."""

    words: Places
    rows: Places
    gains: Places
    behind: Places


def possible(
    batch: Batch, partners: Partners, threshold: float, *, person: bool
) -> tuple[Places, Places]:
    """Rows and forms of the vocabulary that may score the threshold, each once.

    Forms that have a letter, or a word written like a legal form, are bounded apart: what these may
    gain is not asked of the others.
    """
    initials = _initials(batch, partners, person=person)
    room = 2.0 * partners.longest, partners.heaviest  # a word of theirs is two of ours at most
    bounds = _bounds(batch, initials.left, initials.right, room, threshold, special=True)
    if bounds.spare.max(initial=-1.0) < 0:  # so nothing reaches it with less either
        return _NONE, _NONE
    plain = _bounds(batch, *initials.plain, room, threshold, special=False)
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
    limits = (threshold, person)
    found = [
        _bounded(asked, bounds_, among, batch, partners, (initials, limits))
        for bounds_, among in (
            (plain, (partners.plain, partners.all_plain)),
            (bounds, partners.special(person=person)),
        )
    ]
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])


def _initials(batch: Batch, partners: Partners, *, person: bool) -> _Initials:
    words, rows, count = batch.words, batch.rows, len(batch.totals)
    figures = lexicon()
    part, letter = figures.closeness["initial"], figures.weights["letter"]
    letters = np.zeros(count, dtype=np.uint32)
    single = partners.letters[words]
    np.bitwise_or.at(letters, rows[single], partners.firsts[words[single]])
    firsts = batch.firsts.copy()
    np.bitwise_or.at(firsts, rows, partners.firsts[words])
    light = np.where(batch.firsts != 0, LIGHT * part, 0.0)
    if person:  # each letter of the row, and each word of it by a letter of the other name
        left = light + sums(rows, partners.initials[words], count)
        right = part * batch.letters + letter * batch.names
        count_of = batch.letters.astype(np.float64)
        plain = letter * count_of, part * count_of
    else:
        left = light
        np.maximum.at(left, rows, partners.initials[words])
        right = np.where(left > 0, max(part, letter), 0.0)
        plain = np.where(letters != 0, left, 0.0), np.where(letters != 0, right, 0.0)
    return _Initials(left, right, plain, person, firsts, letters)


def _bounds(
    batch: Batch,
    left: Floats,
    right: Floats,
    room: tuple[float, float],
    threshold: float,
    *,
    special: bool,
) -> _Bounds:
    """The bounds where an initial gains this much; `special`: in forms of the special ones.

    `room` is what any form lets the query and itself gain at most: names of very many words that
    gain more than that from all forms together are dropped before these are listed.
    """
    count = len(batch.totals)
    left, right = left + batch.light, right + batch.light
    most_left = sums(batch.rows, batch.left, count) + left
    gains = batch.right if special else np.where(batch.odd, 0.0, batch.right)
    most_right = sums(batch.rows, gains, count) + right
    share = _containment((most_left + most_right) / 2)
    least = (threshold - share) / (1 - share)
    lacking = least * batch.totals - SLACK
    spare = most_left + (1 - least) * most_right - lacking
    fits = np.minimum(most_left, room[0]) + (1 - least) * np.minimum(most_right, room[1])
    spare[fits < lacking] = -1.0
    return _Bounds(left, right, most_left, most_right, least, lacking, spare)


def _listed(
    partners: Partners,
    asked: _Asked,
    bounds: _Bounds,
    totals: Floats,
    among: tuple[Postings, Places],
) -> Found:
    """The forms among some (by unit, and all) with one of the words a match needs.

    Cheap words first: those that a match may lack together are left out. Where it may lack all, all
    forms. A form that weighs too much for all that the row may gain beside this word is left out.
    """
    words, rows = asked.words, asked.rows
    rest = 1 - bounds.least
    gained = bounds.left + rest * bounds.right
    best = partners.left[words] + rest[rows] * partners.right[words]
    order = np.lexsort((-partners.costs[words], rows))
    reached = np.cumsum(best[order])
    ends = rows[order]
    starts = np.searchsorted(ends, ends)
    before = np.where(starts > 0, reached[starts - 1], 0.0)
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[order] = gained[ends] + (reached - before) >= bounds.lacking[ends]
    chosen &= bounds.spare[rows] >= 0
    wanted = chosen[asked.behind]
    gains = asked.gains[wanted]
    behind = asked.behind[wanted]
    found, owners = words[behind], rows[behind]
    left = bounds.most_left[owners] - partners.left[found] + partners.lefts[gains]
    right = bounds.most_right[owners] - partners.right[found] + partners.rights[gains]
    ours, least = totals[owners], np.maximum(bounds.least[owners], SLACK)
    heaviest = (np.minimum(left, ours) + right + SLACK) / least - ours
    postings, every = among
    units = partners.units[gains]
    first = postings.starts[units]
    counts = postings.starts[units + 1] - first
    forms = postings.forms[spread(first, counts)].astype(np.int64)
    light = partners.vocabulary.totals[forms] <= np.repeat(heaviest, counts)
    forms = forms[light]
    owners = np.repeat(owners, counts)[light]
    gains = np.repeat(gains, counts)[light]
    everywhere = np.flatnonzero((gained >= bounds.lacking) & (bounds.spare >= 0))
    if len(everywhere):
        forms = np.concatenate((forms, np.tile(every, len(everywhere))))
        owners = np.concatenate((owners, np.repeat(everywhere, len(every))))
        gains = np.concatenate((gains, np.zeros(len(everywhere) * len(every), dtype=np.int64)))
    return Found(owners, forms, gains, chosen)


def _bounded(
    asked: _Asked,
    bounds: _Bounds,
    among: tuple[Postings, Places],
    batch: Batch,
    partners: Partners,
    limits: tuple[_Initials, tuple[float, bool]],
) -> tuple[Places, Places]:
    """The pairs whose units may gain enough: as far as listed, then with the words left out."""
    found = _listed(partners, asked, bounds, batch.totals, among)
    if not len(found.rows):
        return found.rows, found.forms
    unlisted = ~found.chosen
    rows, words = asked.rows[unlisted], asked.words[unlisted]
    count = len(batch.totals)
    left = sums(rows, partners.left[words], count)
    right = sums(rows, partners.right[words], count)
    more = left + right + bounds.left + bounds.right
    pairs = Pairs.of(found, partners, more, bounds.least, batch.totals)
    left, right = left[pairs.rows], right[pairs.rows]
    spans = sums(rows, np.full(len(rows), 2.0), count)[pairs.rows]
    most = pairs.more(left, right, left, right, spans)
    kept = _may_reach(most, batch, partners, limits)
    pairs = pairs.only(kept)
    if spans[kept].any():
        behind = unlisted[asked.behind]
        table = Gained(asked.rows[asked.behind[behind]], partners, asked.gains[behind])
        pairs = pairs.more(*table.of(pairs.rows, pairs.forms))
        pairs = pairs.only(_may_reach(pairs, batch, partners, limits))
    if len(pairs.rows):
        initial = may_be_initials(pairs.rows, pairs.forms, batch, partners)
        pairs = pairs.only(_may_reach(pairs, batch, partners, limits, initial))
    return pairs.rows, pairs.forms


def _may_reach(
    pairs: Pairs,
    batch: Batch,
    partners: Partners,
    limits: tuple[_Initials, tuple[float, bool]],
    able: Truths | None = None,
) -> Truths:
    """Whether what pairs gain is enough: with all of it and the doubt, or with the firm part.

    `able`: in which of them there may be an initial at all.
    """
    initials, (threshold, person) = limits
    factors = lexicon().factors
    rows, forms = pairs.rows, pairs.forms
    ours, theirs = batch.totals[rows], partners.vocabulary.totals[forms]
    light = np.minimum(batch.lighter[rows], partners.light_in[forms])
    more_left, more_right, initial = _by_initials(rows, forms, initials, partners)
    if able is not None:
        more_left, more_right, initial = more_left * able, more_right * able, initial * able
    left = pairs.left + light + more_left
    right = pairs.right + light + more_right
    firm_left, firm_right = pairs.firm_left + light, pairs.firm_right + light
    support = np.minimum(firm_left, firm_right) / factors["supported_from"]
    if initials.several:  # no doubt is cast by an initial
        firm_left, firm_right = firm_left + more_left, firm_right + more_right
    doubt = factors["unsupported_person" if person else "unsupported"] * (
        1 - np.minimum(support, 1.0)
    )
    loose = _share(left, right, ours, theirs) - doubt
    firm = _share(firm_left, firm_right, ours, theirs)
    fewer = batch.several[rows] & (pairs.words + initial <= 1)
    least = np.where(fewer, threshold / factors["one_word"], threshold)
    same = pairs.firm_left + batch.light[rows] >= ours - SLACK
    same &= pairs.firm_right + partners.light_in[forms] >= theirs - SLACK
    found: Truths = same | (np.maximum(loose, firm) >= least - SLACK)
    return found


def _by_initials(
    rows: Places, forms: Places, initials: _Initials, partners: Partners
) -> tuple[Floats, Floats, Places]:
    """What pairs gain by initials at most on each side, and by how many of them."""
    vocabulary = partners.vocabulary
    ours = (vocabulary.begins[forms] & initials.letters[rows]) != 0
    theirs = (vocabulary.letters[forms] & initials.firsts[rows]) != 0
    if not initials.several:
        either = ours | theirs
        return (
            np.where(either, initials.left[rows], 0.0),
            np.where(either, initials.right[rows], 0.0),
            either.astype(np.int64),
        )
    figures = lexicon()
    part, letter = figures.closeness["initial"], figures.weights["letter"]
    shared = np.bitwise_count(vocabulary.letters[forms] & initials.firsts[rows])
    there = np.where(partners.letters_twice[forms] & theirs, partners.letters_in[forms], shared)
    plain = initials.plain
    return (
        np.where(ours, plain[0][rows], 0.0) + np.minimum(part * there, initials.left[rows]),
        np.where(ours, plain[1][rows], 0.0) + letter * there,
        np.where(ours, 2, 0) + there,  # more than one, if there is one of the row
    )


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
