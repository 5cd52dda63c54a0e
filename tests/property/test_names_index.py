"""The index answers what the exhaustive loop answers: any threshold, kind, batch or thread."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance.names import Kind, similarity
from compliance.names.index.name_table import NameTable
from sampling import examples
from strange_names import ANY_NAMES, KINDS, NAMES

THRESHOLDS = st.one_of(
    st.sampled_from((0.01, 0.3, 0.5, 0.7, 0.76, 0.9, 0.94, 0.99, 1.0)),
    st.floats(min_value=0.01, max_value=1.0),
)


def exhaustive(listed: list[str], query: str, kind: Kind, threshold: float) -> dict[int, float]:
    """What comparing with every name finds."""
    everything = {i: similarity(query, name, kind) for i, name in enumerate(listed)}
    return {i: score for i, score in everything.items() if score >= threshold}


@settings(max_examples=examples(400))
@given(st.lists(ANY_NAMES, max_size=8), st.lists(ANY_NAMES, max_size=5), KINDS, THRESHOLDS)
# Each of these was lost once: a letter that is also a particle, as an initial and as a number ...
@example(["a", "o"], ["abdulrahman", "o'brien"], "person", 0.01)
@example(["i", "technology i robert"], ["1st", "aa forty / 1st 12"], "organization", 0.05)
# ... one Han character, a number of two words that are none, a particle that sounds alike ...
@example(["华 "], ["华为 волна j"], "person", 0.2)
@example(["fou r", "for ty four"], ["iv", "44"], "organization", 0.2)
@example(["the", "de la x", "della x"], ["tte", "del la x"], "organization", 0.01)
# ... a light word that may be joined, an initial beside one word, a legal form that leads one name.
@example(["the galaxy ooo obrien", "thegalaxy"], ["the galaxy ooo orien"], "unknown", 0.9)
@example(["s mohd 12 中芯国际 cambicon", "schan"], ["tech schan cambicon"], "unknown", 0.44)
@example(["gmbh", "abd gmbh"], ["gmbh abd", "gmbh"], "organization", 0.01)
@example(["Sens eti me", "ltd ltd"], ["sensetime", "limited ltd"], "organization", 0.94)
# ... two neighbors that sound as two others do, a legal form joined to a word, a digit as a sound.
@example(["sun rise xylo sunr ise"], ["sunrise sunrise"], "unknown", 0.85)
@example(["gold as"], ["goldas"], "organization", 0.9899999999999999)
@example(["\u0633"], ["5"], "unknown", 0.01)
def test_a_search_finds_what_the_exhaustive_loop_finds(
    listed: list[str], queries: list[str], kind: Kind, threshold: float
) -> None:
    found = list(NameTable(listed).matches_many(queries, kind, threshold))
    assert found == [exhaustive(listed, query, kind, threshold) for query in queries]


@given(st.lists(NAMES, min_size=1, max_size=8), NAMES, KINDS)
def test_a_threshold_that_a_name_scores_exactly_finds_it(
    listed: list[str], query: str, kind: Kind
) -> None:
    table = NameTable(listed)
    for position, name in enumerate(listed):
        score = similarity(query, name, kind)
        if score:
            assert table.matches(query, kind, score)[position] == score


@given(st.lists(ANY_NAMES, max_size=8), st.lists(ANY_NAMES, max_size=8), KINDS, THRESHOLDS)
def test_a_batch_answers_what_its_queries_answer_one_by_one(
    listed: list[str], queries: list[str], kind: Kind, threshold: float
) -> None:
    table = NameTable(listed)
    single = [table.matches(query, kind, threshold) for query in queries]
    assert list(table.matches_many(queries, kind, threshold)) == single
    assert list(table.matches_many(reversed(queries), kind, threshold)) == single[::-1]


@given(st.lists(ANY_NAMES, max_size=8), st.lists(ANY_NAMES, max_size=4), KINDS, THRESHOLDS)
def test_a_pickled_table_answers_the_same(
    listed: list[str], queries: list[str], kind: Kind, threshold: float
) -> None:
    table = NameTable(listed)
    copy = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own bytes
    assert copy.names == table.names
    answers = [list(t.matches_many(queries, kind, threshold)) for t in (copy, table, copy)]
    assert answers[0] == answers[1] == answers[2]


@settings(max_examples=examples(60))
@given(st.lists(NAMES, min_size=1, max_size=6), NAMES, KINDS)
def test_another_listed_name_never_changes_a_score(
    listed: list[str], query: str, kind: Kind
) -> None:
    fewer = NameTable(listed[:-1]).matches(query, kind, 0.5)
    more = NameTable(listed).matches(query, kind, 0.5)
    assert {position: more[position] for position in fewer} == fewer
    assert more.keys() - fewer.keys() <= {len(listed) - 1}


@settings(max_examples=examples(10))
@given(st.lists(NAMES, min_size=5, max_size=30), st.lists(NAMES, min_size=8, max_size=40), KINDS)
def test_threads_answer_what_one_thread_answers(
    listed: list[str], queries: list[str], kind: Kind
) -> None:
    alone = NameTable(listed)
    expected = [alone.matches(query, kind, 0.3) for query in queries]
    together = NameTable(listed)  # fresh: nothing is remembered yet
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(list, together.matches_many(queries, kind, 0.3)) for _ in range(4)]
        single = pool.map(lambda query: together.matches(query, kind, 0.3), queries)
        assert list(single) == expected
        assert [answer.result() for answer in asked] == [expected] * 4


@pytest.mark.parametrize("listed", [[], [""], ["..."], ["", "\u200f"]])
def test_a_table_without_words_finds_nothing(listed: list[str]) -> None:
    table = pickle.loads(pickle.dumps(NameTable(listed)))  # noqa: S301 - our own bytes
    assert table.matches("Huawei", "unknown", 0.01) == {}
    assert table.matches("", "unknown", 0.01) == {}
