"""docs/lists.md: its blocks are run, and its example of a mapping is the file that it names."""

from __future__ import annotations

import re

from readme import ROOT, executed

TEXT = (ROOT / "docs/lists.md").read_text("utf-8")
EXAMPLE = ROOT / "examples/lists"


def test_every_block_prints_what_it_shows() -> None:
    assert TEXT.count("```python") == 4
    assert executed(TEXT) == TEXT


def test_the_mapping_and_the_csv_shown_are_the_files_of_the_example() -> None:
    assert re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) == [
        (EXAMPLE / "own_list.yaml").read_text("utf-8")
    ]
    assert re.findall(r"```csv\n(.*?)```", TEXT, re.DOTALL) == [
        (EXAMPLE / "own_list.csv").read_text("utf-8")
    ]
