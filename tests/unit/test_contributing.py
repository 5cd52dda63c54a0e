"""CONTRIBUTING, the architecture page, decisions and fragments say what stands in the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.architecture import PAGE, arrows, reduced, rooms, with_drawing

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("CONTRIBUTING.md", "docs/architecture.md", "docs/glossary.md")
KINDS = {"law", "data", "api", "fix"}


def test_the_drawing_of_the_rooms_is_current() -> None:
    page = PAGE.read_text("utf-8")
    assert page == with_drawing(page), "python -m bench.architecture --write"


def test_the_drawing_has_every_room_and_no_circle() -> None:
    order = {room: place for place, room in enumerate(rooms())}
    graph = arrows()
    assert set(graph) == set(order)
    assert all(order[target] < order[room] for room in graph for target in graph[room])


def test_an_arrow_that_a_longer_way_implies_is_not_drawn() -> None:
    graph = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset[str]()}
    assert reduced(graph) == {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_names_is_there(name: str) -> None:
    page = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"`((?:src|rules|tests|docs|bench|examples)/[\w./-]+)`", page))
    links = set(re.findall(r"\]\(([^)#:]+)\)", page))
    missing = [path for path in named if not (ROOT / path).exists()]
    missing += [path for path in links if not ((ROOT / name).parent / path).exists()]
    assert missing == []


def test_every_decision_has_its_number_a_status_and_a_day() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    for number, page in enumerate(pages, start=1):
        first, _, status = page.read_text("utf-8").split("\n")[:3]
        assert page.name.startswith(f"{number:04d}-"), page.name
        assert first.startswith(f"# {number:04d} "), page.name
        assert re.fullmatch(
            r"Status: (accepted|superseded by \d{4}), \d{4}-\d{2}-\d{2}(; .+)?", status
        ), page.name


def test_every_fragment_of_the_changelog_is_named_by_its_kind() -> None:
    folder = ROOT / "changelog.d"
    names = [file.name for file in folder.iterdir() if file.name != "README.md"]
    assert [n for n in names if n.split(".")[-2:] not in [[kind, "md"] for kind in KINDS]] == []
