"""Ownership arithmetic against plain oracles: a floating iteration and a naive fixpoint."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph
from sampling import examples

Edges = dict[tuple[str, str], Fraction]
Bands = dict[tuple[str, str], Share]

HALF = Fraction(1, 2)
PARTIES = "ABCDEF"
ORDER = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}


@st.composite
def edges(draw: st.DrawFn, *, most: int = 100) -> Edges:
    """A graph whose columns add up to at most `most` percent, cycles and self-holdings included."""
    found: Edges = {}
    for owned in PARTIES:
        left = most
        for owner in draw(st.lists(st.sampled_from(PARTIES), unique=True, max_size=4)):
            part = draw(st.sampled_from([5, 10, 20, 25, 30, 40, 50, 60, 90]))
            if part <= left:
                found[owner, owned] = Fraction(part, 100)
                left -= part
    return found


@st.composite
def bands(draw: st.DrawFn) -> tuple[Bands, Edges]:
    """A graph of intervals, and one exact graph that lies within them."""
    inside = draw(edges())
    found: Bands = {}
    for edge, value in inside.items():
        low = value - min(value, Fraction(draw(st.sampled_from([0, 0, 5, 20])), 100))
        high = min(Fraction(1), value + Fraction(draw(st.sampled_from([0, 0, 5, 20, 50])), 100))
        found[edge] = Share(
            low,
            high,
            low < value and draw(st.booleans()),
            high > value and draw(st.booleans()),
        )
    return found, inside


def graph(stated: Edges | Bands) -> OwnershipGraph:
    return OwnershipGraph.from_interests(
        (
            {
                "owner": owner,
                "owned": owned,
                "share": value if isinstance(value, Share) else Share.exact(value),
            }
            for (owner, owned), value in stated.items()
        ),
        [*PARTIES],
    )


def contains(band: Share, value: Fraction) -> bool:
    above = band.minimum < value or (band.minimum == value and not band.exclusive_minimum)
    below = value < band.maximum or (band.maximum == value and not band.exclusive_maximum)
    return above and below


def iterated(stated: Edges, owner: str) -> dict[str, float]:
    """x = d(owner, .) + D x by iteration, the owner's own owners cut away."""
    x = dict.fromkeys(PARTIES, 0.0)
    x[owner] = 1.0
    for _ in range(4000):
        after = dict.fromkeys(PARTIES, 0.0)
        after[owner] = 1.0
        for (source, owned), part in stated.items():
            if owned != owner:
                after[owned] += float(part) * x[source]
        if max(abs(after[p] - x[p]) for p in PARTIES) < 1e-13:
            return after
        x = after
    return x


def cascaded(
    stated: Edges,
    listed: Iterable[str],
    threshold: Fraction,
    *,
    inclusive: bool,
    aggregate: bool,
    disregarding: bool = False,
) -> set[str]:
    """The cascade, written as the rule reads; of all, or also without a party's own shares.

    Without aggregation it is that of each listed party alone.
    """
    rule = {"inclusive": inclusive, "disregarding": disregarding}
    if not aggregate:
        each = [cascaded(stated, [x], threshold, aggregate=True, **rule) for x in listed]
        return set().union(*each)
    affected = set(listed)
    while True:
        more = set()
        for owned in PARTIES:
            parts = [v for (o, t), v in stated.items() if t == owned and o in affected and o != t]
            held = sum(parts, Fraction(0))
            bars = [threshold]
            if disregarding and held:
                bars.append(threshold * (1 - stated.get((owned, owned), Fraction(0))))
            if any(held > bar or (inclusive and held == bar) for bar in bars):
                more.add(owned)
        if more <= affected:
            return affected
        affected |= more


def both(
    stated: Edges, listed: Iterable[str], threshold: Fraction, *, inclusive: bool, aggregate: bool
) -> tuple[set[str], set[str]]:
    """The cascade as it is, and where a party's own shares are no part of the whole."""
    rule = {"inclusive": inclusive, "aggregate": aggregate}
    without = cascaded(stated, listed, threshold, disregarding=True, **rule)
    return cascaded(stated, listed, threshold, **rule), without


ZERO = Fraction(0)
LISTED = st.lists(st.sampled_from(PARTIES), unique=True, min_size=1, max_size=3)
THRESHOLD = st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)])


@settings(max_examples=examples(30))
@given(edges(most=80), st.sampled_from(PARTIES))
def test_look_through_is_what_iteration_converges_to(stated: Edges, owner: str) -> None:
    built = graph(stated)
    expected = iterated(stated, owner)
    for owned in sorted(built.parties - {owner}):
        if owner in built.parties:
            answer = built.share(owner, owned, as_of=None)
            assert answer.is_exact
            assert abs(float(answer.minimum) - expected[owned]) < 1e-9


@settings(max_examples=examples(30))
@given(edges(most=80), st.sampled_from(PARTIES))
def test_the_final_holders_and_the_unknown_rest_share_out_the_whole(
    stated: Edges, owned: str
) -> None:
    built = graph(stated)
    held = built.look_through(owned, as_of=None)
    total = sum((share.minimum for share in held.values()), Fraction(0))
    assert all(share.is_exact for share in held.values())
    countries = dict.fromkeys(held, "SG")
    found = built.nationality_shares(owned, by="nationality", countries=countries, as_of=None)
    unnamed = sum((share.minimum for _, named, share in found.holders if not named), Fraction(0))
    assert found.unknown == Share.exact(1 - total + unnamed)
    if not any(o == owned for o, _ in stated):
        assert 1 - total == built.unstated(owned, as_of=None).minimum
    for holder, share in held.items():
        if not built.owners(holder, as_of=None):
            assert share == built.share(holder, owned, as_of=None)


@settings(max_examples=examples(60))
@given(edges(), LISTED, THRESHOLD, st.booleans(), st.booleans())
def test_the_cascade_is_the_plain_fixpoint(
    stated: Edges, listed: list[str], threshold: Fraction, inclusive: bool, aggregate: bool
) -> None:
    answer = graph(stated).affected(
        listed, threshold, inclusive=inclusive, aggregate=aggregate, as_of=None
    )
    rule = {"inclusive": inclusive, "aggregate": aggregate}
    expected, possible = both(stated, listed, threshold, **rule)
    assert {p for p, found in answer.items() if found.truth is Truth.TRUE} == expected
    assert {p for p, found in answer.items() if found.truth is not Truth.FALSE} == possible


@settings(max_examples=examples(40))
@given(edges(), st.sampled_from(PARTIES))
def test_control_is_the_plain_fixpoint(stated: Edges, party: str) -> None:
    built = graph(stated)
    answer = built.controlled_by(party, as_of=None)
    rule = {"inclusive": False, "aggregate": True}
    found_by = both(stated, [party], Fraction(1, 2), **rule)
    expected, possible = (members - {party} for members in found_by)
    assert {p for p, found in answer.items() if found.truth is Truth.TRUE} == expected
    assert set(answer) == possible
    for owned, found in answer.items():
        proof = built.control_proof(party, owned)
        assert {path.parties[-2] for path in proof.paths} == set(found.via)
        assert sum(path.share.minimum for path in proof.paths) == found.votes.maximum
        for chain in (proof.chain, *(path.parties for path in proof.paths)):
            assert (chain[0], chain[-1]) == (party, owned)
            assert all(step in stated for step in pairwise(chain))
        assert len(set(proof.chain)) == len(proof.chain)


@settings(max_examples=examples(40))
@given(edges(), LISTED)
def test_paths_start_at_a_listed_party_and_follow_stated_interests(
    stated: Edges, listed: list[str]
) -> None:
    answer = graph(stated).affected(listed, as_of=None)
    for party, found in answer.items():
        if party in listed:
            continue
        for path in found.paths:
            assert path.parties[0] in listed
            assert path.parties[-1] == party
            assert all(step in stated for step in zip(path.parties, path.parties[1:], strict=False))
            assert len(set(path.parties[:-1])) == len(path.parties) - 1
        total = sum((path.share.minimum for path in found.paths), Fraction(0))
        assert found.share is not None
        assert found.share.maximum == total
        assert found.share.is_exact or set(answer.possible) & {o for o, _ in answer.holders(party)}


@settings(max_examples=examples(60))
@given(bands(), LISTED, THRESHOLD, st.booleans(), st.booleans())
def test_an_exact_graph_within_the_intervals_has_its_cascade_within_the_answer(
    stated: tuple[Bands, Edges],
    listed: list[str],
    threshold: Fraction,
    inclusive: bool,
    aggregate: bool,
) -> None:
    wide, inside = stated
    answer = graph(wide).affected(
        listed, threshold, inclusive=inclusive, aggregate=aggregate, as_of=None
    )
    rule = {"inclusive": inclusive, "aggregate": aggregate}
    real, either = both(inside, listed, threshold, **rule)
    certain = {p for p, found in answer.items() if found.truth is Truth.TRUE}
    possible = {p for p, found in answer.items() if found.truth is not Truth.FALSE}
    assert certain <= real <= either <= possible
    starts = [listed] if aggregate else [[one] for one in listed]
    groups = [cascaded(inside, s, threshold, inclusive=inclusive, aggregate=True) for s in starts]
    for party, found in answer.items():
        held = max(
            sum((v for (o, t), v in inside.items() if t == party and o in among and o != t), ZERO)
            for among in groups
        )
        assert found.share is None or contains(found.share, held)


@settings(max_examples=examples(40))
@given(bands(), st.sampled_from(PARTIES))
def test_an_exact_graph_within_the_intervals_has_its_shares_within_the_answer(
    stated: tuple[Bands, Edges], owner: str
) -> None:
    wide, inside = graph(stated[0]), graph(stated[1])
    for owned in sorted(wide.parties - {owner}):
        real = inside.look_through(owned, as_of=None)
        answer = wide.look_through(owned, as_of=None)
        for holder, share in real.items():
            if share.is_exact:
                assert contains(answer.get(holder, Share.exact(0)), share.minimum)
        if owner in wide.parties:
            exact = inside.share(owner, owned, as_of=None)
            assert exact.is_exact or not exact.maximum < 1
            if exact.is_exact:
                assert contains(wide.share(owner, owned, as_of=None), exact.minimum)


@settings(max_examples=examples(40))
@given(bands(), st.sampled_from(PARTIES))
def test_control_within_the_intervals_lies_within_the_answer(
    stated: tuple[Bands, Edges], party: str
) -> None:
    answer = graph(stated[0]).controlled_by(party, as_of=None)
    inside = graph(stated[1]).controlled_by(party, as_of=None)
    certain, real = (
        {p for p, found in one.items() if found.truth is Truth.TRUE} for one in (answer, inside)
    )
    assert certain <= real <= set(inside) <= set(answer)


@settings(max_examples=examples(40))
@given(bands(), st.sampled_from(PARTIES))
def test_parents_that_are_certain_stay_parents_in_every_exact_graph(
    stated: tuple[Bands, Edges], party: str
) -> None:
    wide = graph(stated[0]).ultimate_parents(party, as_of=None)
    inside = graph(stated[1]).ultimate_parents(party, as_of=None)
    if wide.truth is Truth.FALSE:
        assert inside.truth is Truth.FALSE
    if wide.truth is Truth.TRUE:
        assert {p.party for p in inside.parents} >= {p.party for p in wide.parents}


@settings(max_examples=examples(40))
@given(bands(), LISTED, st.sampled_from(PARTIES), st.booleans())
def test_one_more_listed_party_never_lowers_a_truth(
    stated: tuple[Bands, Edges], listed: list[str], another: str, control: bool
) -> None:
    built = graph(stated[0])
    before = built.affected(listed, control=control, as_of=None)
    after = built.affected([*listed, another], control=control, as_of=None)
    for party, found in before.items():
        assert ORDER[after[party].truth] >= ORDER[found.truth]


@settings(max_examples=examples(40))
@given(edges(), LISTED, st.data())
def test_a_larger_share_never_lowers_a_truth(
    stated: Edges, listed: list[str], data: st.DataObject
) -> None:
    if not stated:
        return
    edge = data.draw(st.sampled_from(sorted(stated)))
    before = graph(stated).affected(listed, as_of=None)
    raised = {**stated, edge: min(Fraction(1), stated[edge] + Fraction(1, 10))}
    after = graph(raised).affected(listed, as_of=None)
    for party, found in before.items():
        assert ORDER[after[party].truth] >= ORDER[found.truth]


@settings(max_examples=examples(20))
@given(bands(), LISTED, st.randoms(use_true_random=False))
def test_the_order_of_statements_never_matters(
    stated: tuple[Bands, Edges], listed: list[str], random: object
) -> None:
    shuffled = list(stated[0].items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = graph(stated[0]), graph(dict(shuffled))
    assert one.diagnoses(as_of=None) == other.diagnoses(as_of=None)
    assert one.affected(listed, as_of=None) == other.affected(listed, as_of=None)
    for party in sorted(one.parties):
        assert one.ultimate_parents(party, as_of=None) == other.ultimate_parents(party, as_of=None)
        assert one.look_through(party, as_of=None) == other.look_through(party, as_of=None)
        assert one.controlled_by(party, as_of=None) == other.controlled_by(party, as_of=None)
