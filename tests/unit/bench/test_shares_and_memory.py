"""The bench of time and memory: what a sample belongs to, and that growth is told."""

import subprocess
import sys
from collections.abc import Callable
from types import FrameType, SimpleNamespace

import pytest

from bench import memory
from bench.shares import PARTS, part_of, shares
from bench.workload import contracts
from compliance.explain import visible


def _frame_in(file: str) -> FrameType:
    """The frame of a function whose code stands in a file."""
    space: dict[str, Callable[[], FrameType]] = {"sys": sys}  # type: ignore[dict-item]
    exec(compile("def here():\n    return sys._getframe()", file, "exec"), space)  # noqa: S102
    return space["here"]()


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("/x/compliance/names/index/search.py", "names"),
        ("/x/compliance/screening/facts/hits.py", "names"),
        ("/x/compliance/screening/facts/party.py", "facts"),
        ("/x/compliance/screening/prefilter.py", "policies"),
        ("/x/compliance/screening/screener.py", "decision"),
        ("/x/compliance/model/contract.py", "reading"),
        ("/x/compliance/explain/decision_json.py", "writing"),
    ],
)
def test_a_sample_belongs_to_the_innermost_part(file: str, part: str) -> None:
    assert part_of(_frame_in(file)) == part
    assert part_of(None) == "other"


def test_the_shares_of_all_parts_are_the_whole() -> None:
    found = shares(lambda: [visible("Fjordlys ApS \u202e") for _ in range(60_000)])
    assert list(found) == [*(part for part, _ in PARTS), "other"]
    assert sum(found.values()) == pytest.approx(1)
    assert max(found, key=lambda part: found[part]) == "writing"


def test_the_contracts_of_a_seed_are_the_same_and_differ_from_each_other() -> None:
    assert contracts(20) == contracts(20)
    assert len({str(each) for each in contracts(20)}) == 20


def test_memory_is_noted_after_some_rows_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = iter([100.0, 200.0])
    monkeypatch.setattr(memory, "resident", lambda: next(sizes))
    found: list[float] = []
    assert len(list(memory.noted([None] * 5, 2, found))) == 5  # type: ignore[list-item]
    assert found == [100.0, 200.0]


def test_the_paths_whose_memory_grows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(command: list[str], **_: object) -> SimpleNamespace:
        return SimpleNamespace(stdout=b"[100, 150]" if "sarif" in command else b"[100, 101]")

    monkeypatch.setattr(subprocess, "run", measured)
    assert memory.grown() == ["sarif"]
