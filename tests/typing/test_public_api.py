"""The public names type-check as callers use them, and the package says that it is typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import compliance

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--no-error-summary", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.fixture(autouse=True)
def _mypy_is_here() -> None:
    pytest.importorskip("mypy", reason="mypy is a tool of development")


def test_the_public_names_check_as_callers_use_them_and_a_wrong_use_does_not(
    tmp_path: Path,
) -> None:
    """One run, with what `make check` has kept: the same file without its ignores is wrong."""
    text = (HERE / "public_api.py").read_text("utf-8")
    wrong = tmp_path / "wrong_use.py"
    wrong.write_text(text.replace("# type: ignore", "# wrong:"), encoding="utf-8")
    found = mypy(str(HERE / "public_api.py"), str(wrong))
    errors = [line for line in found.stdout.splitlines() if ": error:" in line]
    assert found.returncode == 1
    assert [line for line in errors if not line.startswith(str(wrong))] == []
    assert len(errors) == text.count("# type: ignore")


def test_the_package_is_marked_as_typed() -> None:
    assert compliance.__file__ is not None
    assert (Path(compliance.__file__).parent / "py.typed").is_file()


def test_every_public_name_exists_and_is_used_here() -> None:
    text = (HERE / "public_api.py").read_text("utf-8")
    for name in compliance.__all__:
        assert hasattr(compliance, name)
        assert f"    {name},\n" in text
