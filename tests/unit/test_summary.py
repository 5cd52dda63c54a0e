"""A run that could not see the real lists says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from summary import without_real_lists

REAL = SimpleNamespace(keywords={"shared": 1, "test_a": 1}, when="call")
SET_UP = SimpleNamespace(keywords={"shared": 1, "test_a": 1}, when="setup")
OTHER = SimpleNamespace(keywords={"test_shared": 1}, when="call")


def test_all_skipped_is_said_with_their_number() -> None:
    said = without_real_lists({"": [SET_UP], "passed": [OTHER], "skipped": [REAL, OTHER, REAL]})
    assert said.endswith("all 2 tests marked `shared` were skipped")


@pytest.mark.parametrize(
    "reports",
    [
        {},
        {"passed": [OTHER]},
        {"skipped": [OTHER]},
        {"passed": [REAL]},
        {"passed": [REAL], "skipped": [REAL]},
        {"failed": [REAL], "skipped": [REAL]},
    ],
)
def test_a_run_that_saw_one_of_them_or_was_asked_for_none_says_nothing(
    reports: dict[str, list[SimpleNamespace]],
) -> None:
    assert without_real_lists(reports) == ""
