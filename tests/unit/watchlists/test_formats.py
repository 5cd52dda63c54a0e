"""watchlists.read and formats: readers by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import ComplianceError, UnknownNameError
from compliance.watchlists import formats, read

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_formats_are_listed_in_order() -> None:
    assert formats() == (
        "bis-dpl-tsv",
        "bis-entity-list-json",
        "cn-sanctions-csv",
        "csv",
        "eu-fsf-csv",
        "eu-fsf-xml",
        "ftm-json",
        "gleif-lei-csv",
        "ita-csl-csv",
        "ita-csl-json",
        "mapped-csv",
        "mapped-json",
        "ofac-consolidated-advanced-xml",
        "ofac-consolidated-csv",
        "ofac-consolidated-deltas",
        "ofac-consolidated-xml",
        "ofac-sdn-advanced-xml",
        "ofac-sdn-csv",
        "ofac-sdn-deltas",
        "ofac-sdn-resaved-csv",
        "ofac-sdn-xml",
        "uk-sanctions-list-csv",
        "uk-sanctions-list-ods",
        "uk-sanctions-list-xml",
        "un-xml",
        "us-1260h-csv",
        "us-1286-csv",
        "us-353-csv",
        "us-cuba-csv",
        "us-fincen-csv",
        "us-list-json",
        "yaml",
    )


@pytest.mark.parametrize("name", formats())
def test_each_format_names_the_file_that_is_missing(name: str, tmp_path: Path) -> None:
    with pytest.raises(ComplianceError) as caught:
        read(name, tmp_path / "absent.file")
    assert str(caught.value).startswith(f"{tmp_path / 'absent.file'}: ")


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
