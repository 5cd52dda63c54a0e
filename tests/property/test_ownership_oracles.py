"""Ownership against others: networkx with numpy, and the rules as plainly as they read.

The graphs are larger than those of `test_ownership`, with cycles, votes and declared control.
"""

# ruff: noqa: S311 - cases to test, no secretsfrom __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.ownership import OwnershipGraph
from ownership_plainly import (
    ORDER,
    SEEDS,
    affected_plainly,
    agreements,
    banded,
    controlled_plainly,
    declarations,
    integrated,
    kept,
    random_edges,
    rows,
    voted,
    votes_of,
)
from sampling import examples


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 40))
def test_look_through_is_the_solution_of_networkx_and_numpy(seed: int, size: int) -> None:
    chance = Random(seed)
    edges = random_edges(chance, size, degree=chance.choice([2, 4, 10]))
    built = OwnershipGraph.from_interests(rows(edges))
    for owner in chance.sample(sorted(built.parties), min(4, len(built.parties))):
        expected = integrated(edges, owner)
        for owned in sorted(built.parties - {owner}):
            held = built.share(owner, owned, as_of=None)
            assert held.is_exact
            assert abs(float(held.minimum) - expected.get(owned, 0.0)) < 1e-9


@settings(max_examples=examples(6), deadline=None)
@given(SEEDS, st.integers(30, 70))
def test_look_through_of_dense_circles_is_the_solution_of_numpy(seed: int, size: int) -> None:
    chance = Random(seed)
    weights = {
        (f"P{o}", f"P{t}"): chance.randrange(1, 1000)
        for o in range(size)
        for t in range(size)
        if o != t
    }
    edges = {edge: Fraction(weight, 1100 * size) for edge, weight in weights.items()}
    built = OwnershipGraph.from_interests(rows(edges))
    expected = integrated(edges, "P0")
    for owned in chance.sample(range(1, size), 3):
        held = built.share("P0", f"P{owned}", as_of=None)
        assert abs(float(held.minimum) - expected[f"P{owned}"]) < 1e-9


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 25))
def test_chains_are_stated_and_with_the_rest_they_are_the_share(seed: int, size: int) -> None:
    chance = Random(seed)
    edges = random_edges(chance, size)
    built = OwnershipGraph.from_interests(rows(edges))
    owner, owned = f"P{chance.randrange(size)}", f"P{chance.randrange(size)}"
    if not {owner, owned} <= built.parties or owner == owned:
        return
    shown = built.breakdown(owner, owned, limit=chance.choice([1, 3, 1000]))
    total = shown.rest.minimum
    for path in shown.paths:
        product = Fraction(1)
        for step in pairwise(path.parties):
            product *= edges[step]
        assert path.share == Share.exact(product)
        total += product
    assert total == shown.share.minimum
    values = [path.share.minimum for path in shown.paths]
    assert values == sorted(values, reverse=True)
    simple = nx.all_simple_paths(nx.DiGraph(list(edges)), owner, owned) if size <= 8 else []
    carried = sorted(
        (np.prod([float(edges[step]) for step in pairwise(path)]) for path in simple), reverse=True
    )
    if size <= 8:
        assert [float(v) for v in values] == pytest.approx(carried[: len(values)], abs=1e-12)


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 20))
def test_control_is_the_plain_fixpoint_with_votes_and_agreements(seed: int, size: int) -> None:
    chance = Random(seed)
    capital, stated = random_edges(chance, size), voted(chance, size)
    declared = declarations(chance, size)
    built = OwnershipGraph.from_interests(
        [*rows(capital), *rows(stated, "voting_rights"), *agreements(declared)]
    )
    for party in sorted(built.parties):
        found = built.controlled_by(party, as_of=None)
        votes = votes_of(capital, stated)
        expected = controlled_plainly(votes, declared, [party])
        possible = controlled_plainly(votes, declared, [party], disregarding=True)
        assert {p for p, one in found.items() if one.truth is Truth.TRUE} == expected - {party}
        assert set(found) == possible - {party}


@settings(max_examples=examples(60))
@given(SEEDS, st.integers(2, 16), st.booleans(), st.booleans())
def test_the_cascade_with_control_is_the_plain_fixpoint(
    seed: int, size: int, inclusive: bool, aggregate: bool
) -> None:
    chance = Random(seed)
    capital, stated = random_edges(chance, size), voted(chance, size)
    declared = declarations(chance, size)
    built = OwnershipGraph.from_interests(
        [*rows(capital), *rows(stated, "voting_rights"), *agreements(declared)]
    )
    listed = [f"P{n}" for n in chance.sample(range(size), chance.randrange(1, 3))]
    rule = {"inclusive": inclusive, "aggregate": aggregate}
    found = built.affected(listed, control=True, as_of=None, **rule)  # type: ignore[arg-type]
    votes = votes_of(capital, stated)
    expected = affected_plainly(capital, votes, declared, listed, rule)
    possible = affected_plainly(capital, votes, declared, listed, rule, disregarding=True)
    assert found.certain == expected
    assert found.possible == possible - expected
    for party in expected.difference(listed):
        assert set(found.origins(party)) <= set(listed)
        for path in found[party].paths:
            assert path.parties[0] in listed


@settings(max_examples=examples(60))
@given(SEEDS, st.integers(2, 16), st.booleans(), st.booleans())
def test_every_exact_graph_within_intervals_has_its_cascade_with_control_within_the_answer(
    seed: int, size: int, inclusive: bool, aggregate: bool
) -> None:
    chance = Random(seed)
    capital, stated = random_edges(chance, size), voted(chance, size)
    declared = declarations(chance, size)
    built = OwnershipGraph.from_interests(
        [
            *banded(chance, capital),
            *banded(chance, stated, "voting_rights"),
            *agreements(declared),
        ]
    )
    listed = [f"P{n}" for n in chance.sample(range(size), chance.randrange(1, 3))]
    rule = {"inclusive": inclusive, "aggregate": aggregate}
    found = built.affected(listed, control=True, as_of=None, **rule)  # type: ignore[arg-type]
    votes = votes_of(capital, stated)
    real = affected_plainly(capital, votes, declared, listed, rule)
    either = affected_plainly(capital, votes, declared, listed, rule, disregarding=True)
    assert found.certain <= real <= either <= found.certain | found.possible


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 14))
def test_every_exact_graph_within_intervals_has_its_nationality_shares_within_the_answer(
    seed: int, size: int
) -> None:
    chance = Random(seed)
    edges = random_edges(chance, size, most=100)
    parties = [f"P{n}" for n in range(size)]
    inside = OwnershipGraph.from_interests(rows(edges), parties)
    wide = OwnershipGraph.from_interests(banded(chance, edges), parties)
    real = {f"P{n}": chance.choice(["CN", "SG", "FR"]) for n in range(size)}
    told = {
        party: chance.choice([country, country, None, ["CN", "SG", "FR"]])
        for party, country in real.items()
    }
    party = f"P{chance.randrange(size)}"
    exact = inside.nationality_shares(party, by="nationality", countries=real, as_of=None)
    answer = wide.nationality_shares(party, by="nationality", countries=told, as_of=None)
    for country in ("CN", "SG", "FR", "DE"):
        one, other = exact.of(country), answer.of(country)
        assert other.minimum <= one.minimum
        assert one.maximum <= other.maximum


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 14), st.booleans())
def test_named_and_unknown_holders_share_out_the_whole_as_numpy_has_it(
    seed: int, size: int, wide: bool
) -> None:
    chance = Random(seed)
    edges = random_edges(chance, size)
    owned = f"P{chance.randrange(size)}"
    stated = banded(chance, edges) if wide else rows(edges)
    countries = {f"P{n}": chance.choice(["CN", "SG", None]) for n in range(size)}
    built = OwnershipGraph.from_interests(stated, countries)
    found = built.nationality_shares(owned, by="incorporation", countries=countries, as_of=None)
    real = kept(edges, owned)
    with_owners = {of for _, of in edges} | {owned}
    named = {p: countries[p] for p in real if p not in with_owners and countries[p] is not None}
    unknown = 1 - sum(real[party] for party in named)
    assert float(found.unknown.minimum) - 1e-9 <= unknown <= float(found.unknown.maximum) + 1e-9
    for country in ("CN", "SG"):
        least = sum(real[party] for party in named if named[party] == country)
        assert float(found.of(country).minimum) - 1e-9 <= least
        assert least + unknown <= float(found.of(country).maximum) + 1e-9
        if not wide:
            assert found.unknown.is_exact
            assert abs(float(found.of(country).minimum) - least) < 1e-9


@settings(max_examples=examples(40))
@given(SEEDS, st.integers(2, 14), st.booleans(), st.booleans())
def test_raising_a_share_never_lowers_a_truth_in_any_regime(
    seed: int, size: int, aggregate: bool, control: bool
) -> None:
    chance = Random(seed)
    edges = random_edges(chance, size, most=100)
    if not edges:
        return
    edge = chance.choice(sorted(edges))
    raised = {**edges, edge: min(Fraction(1), edges[edge] + Fraction(chance.randrange(500), 1000))}
    listed = [f"P{n}" for n in chance.sample(range(size), 1)]
    before, after = (
        OwnershipGraph.from_interests(rows(stated)).affected(
            listed, aggregate=aggregate, control=control, as_of=None
        )
        for stated in (edges, raised)
    )
    for party, found in before.items():
        assert ORDER[after[party].truth] >= ORDER[found.truth]


@settings(max_examples=examples(30))
@given(SEEDS, st.integers(2, 14), st.booleans(), st.booleans())
def test_the_order_of_statements_changes_no_answer_and_no_path(
    seed: int, size: int, aggregate: bool, control: bool
) -> None:
    chance = Random(seed)
    stated = [
        *banded(chance, random_edges(chance, size)),
        *banded(chance, random_edges(chance, size, most=30)),
        *rows(voted(chance, size), "voting_rights"),
        *agreements(declarations(chance, size)),
    ]
    shuffled = list(stated)
    chance.shuffle(shuffled)
    one, other = OwnershipGraph.from_interests(stated), OwnershipGraph.from_interests(shuffled)
    assert one.diagnoses(as_of=None) == other.diagnoses(as_of=None)
    rule = {"aggregate": aggregate, "control": control}
    listed = [f"P{n}" for n in chance.sample(range(size), 1)]
    ours = one.affected(listed, as_of=None, **rule)  # type: ignore[arg-type]
    theirs = other.affected(listed, as_of=None, **rule)  # type: ignore[arg-type]
    assert ours == theirs
    assert [ours.paths(p) for p in ours] == [theirs.paths(p) for p in theirs]
    assert [ours.origins(p) for p in ours] == [theirs.origins(p) for p in theirs]
    for party in sorted(one.parties)[:4]:
        assert one.ultimate_parents(party, as_of=None) == other.ultimate_parents(party, as_of=None)
        assert one.controlled_by(party, as_of=None) == other.controlled_by(party, as_of=None)
        for owner in sorted(one.parties)[:4]:
            assert one.breakdown(owner, party) == other.breakdown(owner, party)
