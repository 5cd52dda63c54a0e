"""Where the rules that ship with the package are."""

import re
from pathlib import Path

import pytest

from compliance.tables import embedded

REPOSITORY = Path(__file__).resolve().parents[3]


def test_a_checkout_reads_the_rules_at_its_top() -> None:
    assert embedded.rules_path() == REPOSITORY / "rules"
    assert (embedded.rules_path() / "sets" / "default.yaml").is_file()


def test_an_installed_package_reads_the_rules_inside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "compliance"
    (package / "rules").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(embedded, "__file__", str(package / "tables" / "embedded.py"))
    assert embedded.rules_path() == package / "rules"


def test_the_working_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.chdir(tmp_path)
    assert embedded.rules_path() == REPOSITORY / "rules"


def test_every_folder_the_docstring_names_is_there() -> None:
    named = set(re.findall(r"`(\w+)/`", embedded.rules_path.__doc__ or ""))
    assert named == {"us", "eu", "house", "data", "sets"}
    assert {name for name in named if (embedded.rules_path() / name).is_dir()} == named
