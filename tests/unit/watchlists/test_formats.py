"""watchlists.read and formats: readers by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import UnknownNameError
from compliance.watchlists import formats, read


def test_the_formats_are_listed_in_order() -> None:
    assert formats() == ("csv", "yaml")


def test_an_unknown_format_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        read("yml", tmp_path / "own.yml")
    assert str(caught.value) == "unknown watchlist format 'yml' (did you mean 'yaml'?)"


def test_a_path_may_be_text(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name\n1,Qorvex\n")
    assert read("csv", str(path)) == read("csv", path)
