"""snapshots.store and importing: what is kept, and that nothing breaks it unseen."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import InputError, UnknownNameError, WatchlistError
from compliance.model.canonical import canonical
from compliance.model.truth import Truth
from compliance.watchlists.snapshots import (
    ENGINE,
    Check,
    GuardResult,
    Manifest,
    Store,
    StoredFile,
    import_path,
    publication,
    verify,
)
from compliance.watchlists.snapshots import importing as importing_module
from compliance.watchlists.snapshots.manifest import parsed
from unit.watchlists.snapshots.keeping import (
    EVENING,
    MORNING,
    NAMES,
    dated,
    give,
    own,
    store_in,
    table,
)

MORE = (*NAMES, "Ultima Thule")


def files_of(store: Store) -> dict[str, bytes]:
    return {
        str(path.relative_to(store.path)): path.read_bytes()
        for path in store.path.rglob("*")
        if path.is_file()
    }


def test_a_store_holds_the_file_as_received_its_manifest_a_pointer_and_the_check(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path / "store")
    content = table(*NAMES)
    found = give(store, content)
    sha256 = hashlib.sha256(content).hexdigest()
    manifest = Manifest(
        list_id="own",
        format="csv",
        engine=ENGINE,
        retrieved_at=MORNING,
        files=(StoredFile("own.csv", sha256, len(content), "given"),),
        published=date(2024, 3, 1),
        dated_by="retrieval",
        stale_after_days=10,
        entries=4,
        snapshot=store.current("own").snapshot,
        guards=tuple(
            GuardResult(name)
            for name in (
                "encoding",
                "columns",
                "minimum_entries",
                "maximum_entries",
                "filled",
                "sentinels",
                "published",
            )
        ),
        previous=None,
    )
    assert (found.manifest, found.new, found.previous) == (manifest, True, None)
    assert files_of(store) == {
        "lock": b"",
        f"objects/{sha256}": content,
        f"lists/own/{manifest.id}.json": canonical(manifest),
        "lists/own/current": f"{manifest.id}\n".encode(),
        "lists/own/check.json": canonical(Check(MORNING, "imported", (), MORNING)),
    }
    assert store.ids() == ("own",)


def test_a_list_without_a_date_is_of_the_day_it_was_retrieved_on(tmp_path: Path) -> None:
    found = store_in(tmp_path).current("own")
    assert found.published == date(2024, 3, 1)
    (entry,) = (listing for listing in found.listings if listing.id == "1")
    assert entry.published == date(2024, 3, 1)
    assert entry.active(date(2024, 2, 29)) is Truth.UNKNOWN
    assert entry.active(date(2024, 3, 1)) is Truth.TRUE
    assert found.stale(date(2024, 3, 12)) is Truth.TRUE


def test_a_list_with_a_date_keeps_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    manifest = give(store, dated("2024-02-20", *NAMES), publication=own("yaml")).manifest
    assert (manifest.published, manifest.dated_by) == (date(2024, 2, 20), "publisher")
    found = store.current("own")
    assert found.published == date(2024, 2, 20)
    assert {listing.published for listing in found.listings} == {date(2024, 2, 20)}


def test_an_entry_names_the_file_it_came_from_and_no_folder(tmp_path: Path) -> None:
    assert {listing.source for listing in store_in(tmp_path).current("own").listings} == {"own.csv"}


def test_the_time_of_retrieval_is_kept_in_utc_in_whole_seconds(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    east = timezone(timedelta(hours=5, minutes=30))
    late = datetime(2024, 3, 2, 4, 0, 0, 999, tzinfo=east)
    manifest = give(store, table(*NAMES), late).manifest
    assert manifest.retrieved_at == datetime(2024, 3, 1, 22, 30, tzinfo=UTC)
    assert manifest.published == date(2024, 3, 1)
    with pytest.raises(ValueError, match="has a zone"):
        give(store, table(*NAMES), late.replace(tzinfo=None))


def test_the_same_file_again_is_no_new_snapshot_but_a_check(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    before = store.manifest("own")
    found = give(store, table(*NAMES), EVENING)
    assert (found.manifest, found.new) == (before, False)
    assert store.check("own") == Check(EVENING, "unchanged", (), EVENING)


def test_earlier_snapshots_are_kept_and_found_by_their_first_digits(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    first = store.current("own")
    give(store, table(*MORE), EVENING)
    new, old = store.history("own")
    assert (new.previous, old.previous) == (old.id, None)
    assert store.find("own", first.snapshot[:8]) == old
    assert store.read(old) == first
    assert len(store.current("own").listings) == 5


@pytest.mark.parametrize("digits", ["0" * 64, "", "abc"])
def test_a_snapshot_that_is_not_there_or_too_short_is_refused(tmp_path: Path, digits: str) -> None:
    with pytest.raises(UnknownNameError, match=f"own has no one snapshot '{digits}'"):
        store_in(tmp_path).find("own", digits)


def test_a_list_that_was_never_imported_is_told_with_what_is_there(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert (store.manifest("un-sc"), store.history("un-sc"), store.check("un-sc")) == (
        None,
        (),
        None,
    )
    with pytest.raises(UnknownNameError) as caught:
        store.current("owl")
    expected = f"no snapshot of 'owl' in {store.path} (did you mean 'own'?)"
    assert str(caught.value) == expected


@pytest.mark.parametrize("name", ["../own", "", "Own", "own/../own"])
def test_a_name_that_could_leave_the_store_is_no_list(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        store_in(tmp_path).current(name)
    assert str(caught.value) == f"{name!r} is not the id of a list"


def test_a_store_that_does_not_exist_holds_nothing_and_is_sound(tmp_path: Path) -> None:
    store = Store(tmp_path / "none")
    assert store.ids() == ()
    assert verify(store).problems == ()
    assert not store.path.exists()


def test_a_changed_raw_file_is_never_read(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    (path,) = (store.path / "objects").iterdir()
    path.write_bytes(path.read_bytes().replace(b"Zembla", b"Gondal"))
    with pytest.raises(WatchlistError) as caught:
        store.current("own")
    told = f"own: own.csv: the raw file {path.name} was changed"
    assert str(caught.value) == told
    (manifest,) = (store.path / "lists" / "own").glob("?" * 64 + ".json")
    assert list(map(str, verify(store).problems)) == [
        f"{manifest}: own.csv: the raw file {path.name} was changed",
        f"{path}: was changed: its hash is not its name",
        told,
    ]


def test_a_new_import_mends_a_changed_raw_file(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    before = store.manifest("own")
    (path,) = (store.path / "objects").iterdir()
    path.write_bytes(b"")
    found = give(store, table(*NAMES), EVENING, accepted={"previous": "mending"})
    assert (found.new, found.previous) == (True, before)
    assert found.manifest.published == date(2024, 3, 1)
    assert verify(store).problems == ()


def test_a_changed_manifest_is_never_read(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    (path,) = (store.path / "lists" / "own").glob("?" * 64 + ".json")
    path.write_bytes(path.read_bytes().replace(b'"entries":4', b'"entries":5'))
    told = f"{path}: was changed: its hash is not its name"
    with pytest.raises(WatchlistError) as caught:
        store.current("own")
    assert str(caught.value) == told
    assert list(map(str, verify(store).problems)) == [told]


def test_a_broken_pointer_is_an_error_and_not_an_empty_list(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    pointer = store.path / "lists" / "own" / "current"
    pointer.write_text("abc\n")
    with pytest.raises(WatchlistError) as caught:
        store.current("own")
    assert str(caught.value) == f"{pointer}: is not the id of a manifest"
    pointer.write_text("0" * 64)
    (problem,) = verify(store).problems
    assert str(problem).startswith(f"{pointer.parent / ('0' * 64)}.json: cannot be read")


def test_a_manifest_of_another_list_is_refused(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    (store.path / "lists" / "own").rename(store.path / "lists" / "other")
    with pytest.raises(WatchlistError, match="is of the list own"):
        store.current("other")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((b'"schema":1', b'"schema": 1'), "not the canonical spelling of what it says"),
        ((b'"schema":1', b'"schema":1,"surplus":1'), "not the canonical spelling"),
        ((b'"entries":4,', b""), "entries: Field required"),
        ((b'"entries":4', b'"entries":"four"'), "entries: Input should be a valid integer"),
    ],
)
def test_only_the_canonical_spelling_of_a_manifest_is_read(
    tmp_path: Path, change: tuple[bytes, bytes], message: str
) -> None:
    manifest = store_in(tmp_path).manifest("own")
    assert manifest is not None
    content = canonical(manifest)
    assert parsed(Manifest, content, "m.json") == manifest
    with pytest.raises(WatchlistError, match=f"^m.json: {message}"):
        parsed(Manifest, content.replace(*change), "m.json")


class Killed(BaseException):
    """The process ends here; nothing of ours handles it."""


def killing(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """End at the n-th call that reaches the disk; the names of the calls so far."""
    calls: list[str] = []

    def ended(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            if len(calls) == at:
                raise Killed
            calls.append(name)
            return real(*args)

        return call

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, ended(name, getattr(os, name)))
    return calls


def test_a_crash_at_any_step_leaves_the_old_snapshot_or_the_new_one(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        calls = killing(patch, 10_000)
        store = store_in(tmp_path / "count")
        before = len(calls)
        give(store, table(*MORE), EVENING)
        steps = len(calls) - before
    seen = set()
    for step in range(steps):
        store = store_in(tmp_path / str(step))
        with pytest.MonkeyPatch.context() as patch:
            killing(patch, step)
            with pytest.raises(Killed):
                give(store, table(*MORE), EVENING)
        seen.add(len(store.current("own").listings))
        assert verify(store).problems == ()
        give(store, table(*MORE), EVENING)
        assert len(store.current("own").listings) == 5
        assert not (store.path / "staging").exists()
        assert len(store.history("own")) == 2
    assert (steps, seen) == (13, {4, 5})


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    (store.path / "staging" / "deeper").mkdir(parents=True)
    (store.path / "staging" / "own.csv").write_bytes(b"half")
    give(store, table(*MORE), EVENING)
    assert len(store.current("own").listings) == 5
    assert not (store.path / "staging").exists()


def test_imports_at_the_same_time_come_one_after_the_other(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    contents = [table(*NAMES[:3], f"Number {number}") for number in range(8)]
    known = own(largest_share_vanished=own().guards.largest_share_vanished * 2)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        mine = tmp_path / f"given-{number}"
        mine.write_bytes(contents[number])
        try:
            import_path(Store(store.path), known, mine, retrieved_at=EVENING)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(store.history("own")) == 9
    assert verify(store).problems == ()
    assert len({manifest.snapshot for manifest in store.history("own")}) == 9


def test_what_another_engine_read_otherwise_has_to_be_imported_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    monkeypatch.setattr(importing_module, "ENGINE", "compliance 0.0.1")
    manifest = give(store, table(*NAMES)).manifest
    assert manifest.engine == "compliance 0.0.1"
    monkeypatch.undo()
    assert store.current("own").snapshot == manifest.snapshot
    assert give(store, table(*NAMES), EVENING).new
    other = replace(manifest, snapshot="0" * 64)
    with pytest.raises(WatchlistError) as caught:
        store.read(other)
    assert str(caught.value) == (
        "own reads otherwise than when it was imported "
        f"(it was read by compliance 0.0.1, this is {ENGINE}: import it again)"
    )


def test_a_file_above_its_limit_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(WatchlistError, match="given: larger than 100000 bytes"):
        give(store, b"x" * 100_001)
    assert list((store.path / "objects").iterdir()) == []
    assert store.ids() == ()


def test_a_store_that_cannot_be_written_is_an_error_of_its_place(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(WatchlistError) as caught:
        give(Store(tmp_path / "store"), table(*NAMES))
    assert str(caught.value) == f"{tmp_path / 'store'}: File exists"


def test_a_set_of_files_is_found_in_its_folder_whatever_its_case(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for name in ("cons_prim.csv", "CONS_ADD.CSV", "cons_alt.csv.gz"):
        (folder / name).write_bytes(b"")
    (folder / "cons_add.csv.gz").write_bytes(b"")
    known = publication("ofac-consolidated")
    store = Store(tmp_path / "store")
    with pytest.raises(InputError) as caught:
        import_path(store, known, folder, retrieved_at=MORNING)
    assert str(caught.value) == (
        f"{folder}: CONS_COMMENTS.CSV is missing\n"
        f"{folder}: two files for CONS_ADD.CSV: CONS_ADD.CSV, cons_add.csv.gz"
    )
    with pytest.raises(InputError) as caught:
        import_path(store, known, folder / "cons_prim.csv", retrieved_at=MORNING)
    assert str(caught.value) == (
        f"{folder / 'cons_prim.csv'}: ofac-consolidated is a set of files: "
        "give the folder of CONS_PRIM.CSV, CONS_ADD.CSV, CONS_ALT.CSV, CONS_COMMENTS.CSV"
    )


def test_a_list_without_a_reader_asks_for_a_format(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(InputError) as caught:
        give(store, table(*NAMES), publication=replace(own(), format=None))
    assert str(caught.value) == "no reader is known for own: name its format"
    named = give(store, table(*NAMES), publication=replace(own(), format=None), format="csv")
    assert named.manifest.format == "csv"


def test_another_format_is_not_held_to_the_columns_of_the_first(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    found = give(store, dated("2024-02-20", *NAMES), publication=own(), format="yaml")
    assert found.manifest.format == "yaml"
    assert store.current("own").published == date(2024, 2, 20)


@pytest.mark.shared
def test_the_real_lists_of_the_united_nations_replace_each_other(
    tmp_path: Path, shared: Path
) -> None:
    store, known = Store(tmp_path / "store"), publication("un-sc")
    old, new = "UN_consolidated_2020.xml.gz", "UN_consolidated_2026-02-27.xml.gz"
    import_path(store, known, shared / "un" / old, retrieved_at=MORNING)
    accepted = {"vanished": "more than five years lie between"}
    later = datetime(2026, 3, 1, tzinfo=UTC)
    found = import_path(
        store, known, shared / "un" / new, retrieved_at=later, accepted=accepted
    ).manifest
    assert [result.reasons for result in found.guards if result.reasons] == [
        (
            (
                "106 of 1018 entries are gone, more than 10%: 'ABD AL-MALIK MUHAMMAD YUSUF 'UTHMAN "
                "'ABD AL-SALAM; HUMAM ABD-AL-KHALIQ ABD-AL-GHAFUR; KAMAL MUSTAFA ABDALLAH ..."
            ),
        )
    ]
    assert [m.entries for m in store.history("un-sc")] == [1003, 1018]
    assert [m.published for m in store.history("un-sc")] == [date(2026, 2, 27), date(2020, 11, 30)]
    stored = {path.name for path in (store.path / "objects").iterdir()}
    raw = ((shared / "un" / name).read_bytes() for name in (old, new))
    assert stored == {hashlib.sha256(content).hexdigest() for content in raw}
    assert verify(store).problems == ()
