"""The calibration page: scored as it says, and in step with the shipped figures."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from bench import calibration, calibration_measures
from bench.calibration_figures import false_hits, figures, precision, recall
from bench.calibration_page import page
from bench.name_scores import LEAST, Found, Searched, found, not_the_alias_itself, share, stopped
from bench.name_sets import CHANGES, Changed, Listed, aliases, originals
from compliance.names import REVIEW_THRESHOLD, similarity
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "names.md").read_text("utf-8")
FIGURES = sorted((DOCS / "names").glob("*.svg"))

ROWS = (
    Listed("own", "own:1", "Orchid Vale Microelectronics Ltd", "organization"),
    Listed("own", "own:1", "Jinhe Weidianzi", "organization"),
    Listed("own", "own:2", "Ivanov Pyotr", "person"),
    Listed("own", "own:2", "Иванов Петр", "person"),
    Listed("other", "other:9", "Orchid Vale Microelectronics Ltd", "organization"),
)


def case(query: str, row: Listed, change: str = "typo") -> Changed:
    return Changed(change, query, row)


def test_a_changed_name_is_found_by_any_name_of_its_entry() -> None:
    searched = Searched.of(ROWS)
    hit, other, miss = found(
        searched,
        [
            case("Orchid Vale Mikroelectronics", ROWS[0]),
            case("Orchid Vale Microelectronics", ROWS[1]),
            case("Quite Another", ROWS[2]),
        ],
    )
    assert hit.closest == other.closest == ROWS[0].name
    assert hit.score == similarity("Orchid Vale Mikroelectronics", ROWS[0].name, "organization")
    assert other.score >= REVIEW_THRESHOLD  # asked for the other name of the entry
    assert miss.score == max(
        similarity("Quite Another", name, "person") for name in ("Ivanov Pyotr", "Иванов Петр")
    )


def test_an_alias_is_searched_with_itself_left_out() -> None:
    searched = Searched.of(ROWS)
    (alone,) = found(searched, [case("JINHE weidianzi", ROWS[1])], not_the_alias_itself)
    assert alone.closest == ROWS[0].name
    assert alone.score < LEAST


def test_names_of_nobody_tell_whom_they_hit_and_on_which_lists() -> None:
    hit, miss = stopped(
        Searched.of(ROWS), ["Orchid Vale Microelectronics", "Fjordlys ApS"], "organization"
    )
    assert hit.listed == ROWS[0]
    assert hit.by_list == {"own": hit.score, "other": hit.score}
    assert (miss.score, miss.listed, miss.by_list) == (0.0, None, {})
    assert false_hits([hit, miss], REVIEW_THRESHOLD) == 0.5
    assert false_hits([hit, miss], REVIEW_THRESHOLD, "eu") == 0.0


def test_shares_count_scores_from_the_threshold_up() -> None:
    assert share([0.76, 0.75, 1.0, 0.0], 0.76) == 0.5


def test_precision_is_that_of_one_listed_name_in_a_hundred() -> None:
    assert precision(1.0, 0.0) == 1.0
    assert precision(0.99, 0.01) == pytest.approx(0.5)
    assert precision(0.0, 0.0) == 1.0


def test_names_in_another_script_come_from_entries_with_a_latin_name() -> None:
    alone = Listed("own", "own:3", "Сидоров", "person")
    assert originals([*ROWS, alone], 5) == [Changed("Cyrillic script", "Иванов Петр", ROWS[3])]


def test_an_alias_is_another_name_of_its_entry_in_latin_letters() -> None:
    assert aliases(ROWS, 5) == [Changed("alias", "Jinhe Weidianzi", ROWS[1])]


def small() -> calibration_measures.Calibration:
    searched = Searched.of(ROWS)
    written = {change: [Found(case("x", ROWS[0], change), "a|b", 0.5)] for change in CHANGES}
    nobody = stopped(searched, ["Orchid Vale Microelectronics", "Fjordlys"], "organization")
    return calibration_measures.Calibration(
        names=4,
        entries=3,
        ordinary=9,
        by_change=written,
        by_list={"own": found(searched, [case("Ivanov Petr", ROWS[2])])},
        sizes={"own": 4},
        companies=nobody,
        persons=nobody,
    )


def test_the_page_is_a_function_of_what_was_measured() -> None:
    text = page(small())
    assert text == page(small())
    assert "| typo | 1 | 0.0% |" in text
    assert "| typo | x | a\\|b | 0.50 |" in text
    assert "| Orchid Vale Microelectronics | Orchid Vale Microelectronics Ltd |" in text
    assert recall(small().by_list["own"], REVIEW_THRESHOLD) == 1.0
    for chart in figures(small()).values():
        fromstring(chart.svg())


def test_without_the_lists_it_says_so_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["calibration", str(tmp_path / "none")])
    monkeypatch.setattr(calibration, "DOCS", tmp_path)
    assert calibration.main() == 2
    assert capsys.readouterr().out == (
        f"calibration: no folder of the real lists at {tmp_path / 'none'}: nothing was measured\n"
    )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.shared
def test_the_page_names_the_shipped_threshold_and_the_versions_of_the_tables(shared: Path) -> None:
    """Only whoever has the real lists can write the page anew (`make calibration`)."""
    assert shared.is_dir()
    assert f"`REVIEW_THRESHOLD`, **{REVIEW_THRESHOLD}**" in PAGE
    assert f"## Why {REVIEW_THRESHOLD}\n" in PAGE
    told = re.search(r"\(versions: ([^)]*)\)", " ".join(PAGE.split()))
    assert told is not None
    folder = rules_path() / "data"
    shipped = {name: read_file(folder / f"{name}.yaml").value["version"] for name in (
        "legal_forms", "word_rarity", "elf_forms", "given_names", "scripts", "han_readings",
        "organization_words", "translations", "thresholds",
    )}  # fmt: skip
    assert told[1] == ", ".join(f"{name} {version}" for name, version in shipped.items())


def test_the_page_shows_every_figure_and_no_other() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(names/([^)]+)\)", PAGE)
    assert sorted(shown) == [path.name for path in FIGURES]


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.name)
def test_a_figure_is_well_formed_and_told_in_words(path: Path) -> None:
    root = fromstring(path.read_text("utf-8"))
    told = [part.text for part in root if part.get("id") in {"title", "desc"}]
    assert len(told) == 2
    assert all(told)
    assert f"{REVIEW_THRESHOLD}" in str(told[1])
