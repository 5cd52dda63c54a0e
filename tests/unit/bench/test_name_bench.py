"""The bench of name search: what it counts, and that its checks can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import name_lossless, names
from bench.name_cases import Case, Figures, figures, read
from bench.name_lossless import checks
from bench.name_peers import Ours, Rapidfuzz
from bench.name_queries import Best, Counts, Query, Sets, counts, threshold_for
from bench.name_scores import Searched
from bench.name_sets import Listed
from bench.name_sizes import grown
from compliance.names import REVIEW_THRESHOLD, similarity
from compliance.names.index.name_table import NameTable

LISTED = (
    "Orchid Vale Microelectronics Ltd",
    "Jinhe Weidianzi Group",
    "Ivanov Pyotr",
    "Verwunschene Handelskammer Nord",
)
QUERIES = (
    Query("Orchid Vale Mikroelectronics", "organization", "typo", (0,)),
    Query("JINHE WEIDIANZI GROUP", "organization", "case", (1,)),
    Query("Fjordlys Biologi", "organization", "company", ()),
    Query("Pyotr Ivanov", "person", "person", ()),
)


def sets() -> Sets:
    rows = [Listed("own", f"own:{n}", name, "unknown") for n, name in enumerate(LISTED)]
    return Sets(Searched.of(rows), QUERIES, ("Ivanov Pyotr", "Other One", "Other Two"))


def test_shares_are_counted_at_a_threshold() -> None:
    bests = [Best(0.9, 0.9), Best(1.0, 0.7), Best(0.2, 0.0), Best(0.8, 0.0)]
    assert counts(QUERIES, bests, 0.8) == Counts(0.5, 0.0, 0.5, 0.0, 1.0)
    assert counts(QUERIES, bests, 0.7) == Counts(1.0, 1.0, 0.5, 0.0, 1.0)


@pytest.mark.parametrize("stopped", [0.0, 0.25, 0.5, 0.75])
def test_a_threshold_stops_no_more_than_allowed_and_no_less_than_it_can(stopped: float) -> None:
    scores = [0.9, 0.8, 0.8, 0.7]
    queries = [Query(f"{n}", "person", "person", ()) for n in range(4)]
    bests = [Best(score, 0.0) for score in scores]
    least = threshold_for(queries, bests, stopped)
    assert counts(queries, bests, least).stopped == {0.75: 0.75}.get(stopped, min(stopped, 0.25))


def test_everybody_may_be_stopped_at_any_threshold() -> None:
    assert threshold_for(QUERIES[2:], [Best(0.4, 0.0), Best(0.3, 0.0)], 1.0) == 0.0


def test_every_method_answers_the_queries_in_their_order() -> None:
    ours = Ours(REVIEW_THRESHOLD)
    ours.prepare(LISTED)
    scores = [
        (similarity(query.text, name, query.kind), place in query.meant)
        for query in QUERIES
        for place, name in enumerate(LISTED)
    ]
    expected = []
    for number in range(len(QUERIES)):
        row = [(s, m) for s, m in scores[4 * number : 4 * number + 4] if s >= REVIEW_THRESHOLD]
        expected.append(
            Best(max((s for s, _ in row), default=0.0), max((s for s, m in row if m), default=0.0))
        )
    assert ours.search(QUERIES) == expected
    for presorted in (False, True):
        other = Rapidfuzz("token_sort_ratio", 85, presorted=presorted)
        other.prepare(LISTED)
        found = other.search(QUERIES)
        assert found[1] == Best(100.0, 100.0)
        assert found[2] == Best(0.0, 0.0)
        assert found[3] == Best(100.0, 0.0)


def test_small_tables_are_searched_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_lossless, "find_spec", dict[str, None]().get)
    found = list(checks(LISTED, NameTable(LISTED), QUERIES))
    assert [check.differences for check in found] == [(), (), ()]
    assert [check.pairs for check in found[:2]] == [16, 16]
    assert all(check.hits >= 3 for check in found)


def test_a_table_that_loses_a_name_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_lossless, "find_spec", dict[str, None]().get)

    class Lossy(NameTable):
        __slots__ = ()

        def matches_many(self, queries, kind, threshold):  # type: ignore[no-untyped-def]
            for matches in super().matches_many(queries, kind, threshold):
                yield {place: score for place, score in matches.items() if place != 1}

    monkeypatch.setattr(name_lossless, "NameTable", Lossy)
    for check in checks(LISTED, Lossy(LISTED), QUERIES):
        (difference,) = check.differences
        assert difference == (
            "'JINHE WEIDIANZI GROUP' (organization) | 'Jinhe Weidianzi Group': index None, "
            "compared 1.0"
        ), check.what


def test_a_table_grows_by_names_that_are_not_listed() -> None:
    assert grown(sets(), 2) == [LISTED[0], LISTED[2]]
    assert grown(sets(), 6) == [*LISTED, "Other One", "Other Two"]


def test_f1_counts_every_pair_once(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(
        "case_group,schema,name1,name2,is_match,quality\n"
        "x,Person,A,B,true,STRONG\nx,Company,C,D,false,\nx,Person,E,F,true,WEAK\n",
        encoding="utf-8",
    )
    cases = read(file)
    assert cases[0] == Case("A", "B", "Person", match=True)
    assert figures(cases, [0.9, 0.8, 0.3], 0.7) == Figures(0.7, 0.5, 0.5, 0.5, 0.8, 0.3)


def test_what_is_not_there_is_not_measured_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv(names.CASES, raising=False)
    monkeypatch.setattr(sys, "argv", ["names", str(tmp_path / "none")])
    assert names.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"search: not measured: no folder of the real lists at {tmp_path / 'none'}" in lines
    assert lines[-1] == "not measured: no file (give --cases FILE or NAME_CASES=FILE)"
