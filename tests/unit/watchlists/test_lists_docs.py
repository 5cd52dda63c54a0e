"""docs/lists.md: its blocks are run, and its examples of mappings are the files that it names."""

from __future__ import annotations

import re

import pytest

from readme import ROOT, executed

TEXT = (ROOT / "docs/lists.md").read_text("utf-8")
EXAMPLE = ROOT / "examples/lists"


def test_every_block_prints_what_it_shows() -> None:
    assert TEXT.count("```python") == 5
    assert executed(TEXT) == TEXT


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("yaml", ["own_list.yaml", "own_entries.yaml"]),
        ("csv", ["own_list.csv"]),
        ("json", ["own_entries.json"]),
    ],
)
def test_the_mappings_and_what_they_map_are_the_files_of_the_examples(
    kind: str, files: list[str]
) -> None:
    shown = re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)
    assert shown == [(EXAMPLE / name).read_text("utf-8") for name in files]
