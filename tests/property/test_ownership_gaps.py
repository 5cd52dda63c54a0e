"""A rule on listed owners is denied only where no completion of the statements meets it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.share import Share
from compliance.ownership import Cessation, OwnershipGraph
from compliance.ownership.gaps import completed
from property.test_ownership import HALF, PARTIES, Edges, cascaded, edges, graph

ASKED = "A"
SOMEBODY = "*"
Question = tuple[Edges, frozenset[str], frozenset[str], bool, bool]


@st.composite
def completions(draw: st.DrawFn, stated: Edges, unnamed: frozenset[str]) -> tuple[Edges, set[str]]:
    """One way in which the statements may be completed: somebody takes some of each rest."""
    taken = dict(stated)
    for owned in above(stated):
        owners = [owner for owner, held in stated if held == owned]
        rest = 1 - sum((stated[owner, owned] for owner in owners), Fraction(0))
        if owners or owned == ASKED:
            part = draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))
            taken[SOMEBODY, owned] = rest * part
    behind = draw(st.sets(st.sampled_from(sorted(unnamed)))) if unnamed else set[str]()
    return taken, behind | {SOMEBODY}


def above(stated: Edges) -> set[str]:
    found, todo = {ASKED}, [ASKED]
    while todo:
        owned = todo.pop()
        fresh = {owner for owner, held in stated if held == owned} - found
        found |= fresh
        todo += fresh
    return found


@st.composite
def questions(draw: st.DrawFn) -> Question:
    stated = draw(edges(most=95))
    unnamed = draw(st.frozensets(st.sampled_from(PARTIES[1:]), max_size=2))
    listed = draw(st.frozensets(st.sampled_from(PARTIES[1:]), max_size=2)) - unnamed
    return stated, unnamed, listed, draw(st.booleans()), draw(st.booleans())


def met(
    taken: Edges, seeds: set[str], listed: frozenset[str], *, aggregate: bool, **rule: bool
) -> bool:
    """Whether the party asked about is affected, by the cascade as it reads.

    Where listed parties are not added together, all who are not stated are one of them.
    """
    each = [seeds | listed] if aggregate or not listed else [seeds | {one} for one in listed]
    return any(ASKED in cascaded(taken, some, HALF, aggregate=True, **rule) for some in each)


def fullest(stated: Edges, unnamed: frozenset[str]) -> tuple[Edges, set[str]]:
    """The completion that gives somebody the most."""
    taken = dict(stated)
    for owned in above(stated):
        held = [part for (_, of), part in stated.items() if of == owned]
        if held or owned == ASKED:
            taken[SOMEBODY, owned] = 1 - sum(held, Fraction(0))
    return taken, {SOMEBODY, *unnamed}


@settings(deadline=None)
@given(questions(), st.data())
def test_what_some_completion_meets_is_never_denied_and_the_rest_is(
    question: Question, data: st.DataObject
) -> None:
    stated, unnamed, listed, inclusive, aggregate = question
    named = set(PARTIES) - unnamed
    found = completed(graph(stated), ASKED, as_of=None, without_owners=(), named=named)
    gaps = found.reaching(listed, HALF, inclusive=inclusive, aggregate=aggregate, control=False)
    taken, seeds = data.draw(completions(stated, unnamed))
    most, everybody = fullest(stated, unnamed)
    by_some = met(taken, seeds, listed, aggregate=aggregate, inclusive=inclusive)
    by_most = met(
        most, everybody, listed, aggregate=aggregate, inclusive=inclusive, disregarding=True
    )
    assert by_some <= by_most
    if ASKED not in cascaded(stated, listed, HALF, inclusive=inclusive, aggregate=aggregate):
        assert by_some <= bool(gaps) <= by_most


@given(edges(most=95), st.sampled_from(PARTIES[1:]))
def test_whoever_owns_half_and_is_not_named_or_has_ended_is_a_gap(
    stated: Edges, owner: str
) -> None:
    kept = {edge: part for edge, part in stated.items() if edge[1] != ASKED}
    whole = OwnershipGraph.from_interests(
        [
            {"owner": o, "owned": t, "share": Share.exact(part)}
            for (o, t), part in (kept | {(owner, ASKED): Fraction(1)}).items()
        ],
        [*PARTIES],
        {owner: Cessation("dissolved")},
    )
    for named, kind in ((set(PARTIES), "ended"), (set(PARTIES) - {owner}, "not_named")):
        found = completed(whole, ASKED, as_of=None, without_owners=PARTIES, named=named)
        for aggregate in (True, False):
            gaps = found.reaching((), HALF, inclusive=True, aggregate=aggregate, control=False)
            assert (owner, kind) in {(gap.party, gap.kind) for gap in gaps}
