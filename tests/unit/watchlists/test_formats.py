"""watchlists.read and formats: readers by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ComplianceError, UnknownNameError, WatchlistError
from compliance.watchlists import formats, read

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_formats_are_listed_in_order_and_each_once() -> None:
    assert list(formats()) == sorted(set(formats()))
    assert {"csv", "eu-fsf-xml", "ofac-sdn-xml", "un-xml", "yaml"} <= set(formats())


@pytest.mark.parametrize("name", formats())
def test_each_format_names_the_file_that_is_missing(name: str, tmp_path: Path) -> None:
    with pytest.raises(ComplianceError) as caught:
        read(name, tmp_path / "absent.file")
    assert str(caught.value).startswith(f"{tmp_path / 'absent.file'}: ")


@pytest.mark.parametrize("name", formats())
def test_each_format_has_its_reader(name: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.file"
    path.write_bytes(b"")
    with pytest.raises(WatchlistError):
        read(name, path, accept_license="CC-BY-NC-4.0")


@pytest.mark.parametrize("name", formats())
def test_each_format_is_described(name: str) -> None:
    assert f"| `{name}` |" in (REPOSITORY / "docs/lists.md").read_text("utf-8")


def test_an_unknown_format_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        read("yml", tmp_path / "own.yml")
    assert str(caught.value) == "unknown watchlist format 'yml' (did you mean 'yaml'?)"


def test_a_path_may_be_text(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name\n1,Qorvex\n")
    assert read("csv", str(path)) == read("csv", path)
