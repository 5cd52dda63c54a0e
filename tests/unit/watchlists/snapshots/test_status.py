"""snapshots.status and verification: how lists stand on a day, and whether a store is whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.errors import Problem, UnknownNameError
from compliance.model.truth import Truth
from compliance.watchlists.snapshots import ListStatus, Store, Verified, status, verify
from unit.watchlists.snapshots.keeping import EVENING, NAMES, give, store_in, table


def test_a_list_is_stale_the_day_after_its_limit(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    manifest, check = store.manifest("own"), store.check("own")
    assert manifest is not None
    stood = {
        day: status(store, date(2024, 3, day)) == (ListStatus(manifest, day - 1, stale, check),)
        for day, stale in ((1, False), (11, False), (12, True))
    }
    assert stood == {1: True, 11: True, 12: True}


def test_a_day_before_the_list_has_a_negative_age(tmp_path: Path) -> None:
    (line,) = status(store_in(tmp_path), date(2024, 2, 20))
    assert (line.age_days, line.stale) == (-10, False)


def test_the_status_of_a_list_is_what_screening_says_of_it(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    found = store.current("own")
    for day in (date(2024, 3, 11), date(2024, 3, 12), date(2025, 1, 1)):
        (line,) = status(store, day)
        assert (line.age_days, Truth.of(line.stale)) == (found.age(day), found.stale(day))


def test_only_the_lists_asked_for_are_told_and_a_missing_one_is_refused(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert len(status(store, date(2024, 3, 1), ["own", "own"])) == 1
    with pytest.raises(UnknownNameError) as caught:
        status(store, date(2024, 3, 1), ["un-sc", "own", "bis-dpl"])
    assert str(caught.value) == "no snapshot of 'bis-dpl'\nno snapshot of 'un-sc'"


def test_a_whole_store_has_no_defects(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    give(store, table(*NAMES, "Ultima Thule"), EVENING)
    assert verify(store) == Verified(lists=1, manifests=2, objects=2, problems=())


def test_a_lost_file_of_an_earlier_snapshot_is_found(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.manifest("own")
    assert first is not None
    give(store, table(*NAMES, "Ultima Thule"), EVENING)
    sha256 = first.files[0].sha256
    store.object(sha256).unlink()
    place = str(store.path / "lists" / "own" / f"{first.id}.json")
    message = f"own.csv: the raw file {sha256} is gone: No such file or directory"
    assert verify(store).problems == (Problem.at(message, source=place, code="watchlist"),)


def test_a_lost_manifest_breaks_the_history(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.manifest("own")
    assert first is not None
    give(store, table(*NAMES, "Ultima Thule"), EVENING)
    path = store.path / "lists" / "own" / f"{first.id}.json"
    path.unlink()
    message = "cannot be read: No such file or directory"
    assert verify(store).problems == (Problem.at(message, source=str(path), code="watchlist"),)


def test_a_file_that_no_hash_names_is_found(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    stray = store.path / "objects" / "list.csv"
    stray.write_bytes(b"")
    (problem,) = verify(store).problems
    assert str(problem) == f"{stray}: was changed: its hash is not its name"


def test_a_broken_check_is_found(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    path = store.path / "lists" / "own" / "check.json"
    path.write_bytes(b"{}")
    assert [str(problem) for problem in verify(store).problems] == [
        f"{path}: at: Field required",
        f"{path}: result: Field required",
    ]


def test_a_store_is_found_by_its_place_as_text_too(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert Store(str(store.path)).current("own") == store.current("own")
