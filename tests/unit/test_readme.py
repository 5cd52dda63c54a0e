"""What the README promises is executed."""

from __future__ import annotations

import re

from readme import README, ROOT, executed


def test_every_block_of_the_readme_prints_what_it_shows() -> None:
    text = README.read_text(encoding="utf-8")
    assert executed(text) == text


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE):
        assert f"\n{target}:" in makefile
