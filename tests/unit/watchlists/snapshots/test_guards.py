"""snapshots.guards: what refuses a copy of a list, and that all reasons are told."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from compliance.errors import UnknownNameError, WatchlistError
from compliance.watchlists import from_rows
from compliance.watchlists.snapshots import (
    GUARDS,
    GuardResult,
    PublishedFile,
    Sentinel,
    Store,
    catalogue,
    import_path,
    publication,
)
from compliance.watchlists.snapshots.guards import content_reasons, file_reasons
from sampling import size
from unit.watchlists.snapshots.keeping import EVENING, MORNING, NAMES, dated, give, own, table

DAY = date(2024, 3, 1)
FILE = PublishedFile("own.csv", None, ("text/csv",), 1000, columns=("id", "name"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def refusal(store: Store, content: bytes, **options: Any) -> list[str]:
    with pytest.raises(WatchlistError) as caught:
        give(store, content, EVENING, **options)
    return [str(problem) for problem in caught.value.problems]


def test_a_whole_copy_passes_every_guard(store: Store) -> None:
    manifest = give(store, table(*NAMES)).manifest
    of_two = ("previous", "vanished", "changed", "names", "fields")
    looked = [name for name in GUARDS if name not in ("content_type", "constituents", *of_two)]
    assert manifest.guards == tuple(GuardResult(name) for name in looked)


def test_the_second_copy_is_compared_with_the_first(store: Store) -> None:
    give(store, table(*NAMES))
    manifest = give(store, table(*NAMES, "Ultima Thule"), EVENING).manifest
    compared = ("previous", "vanished", "changed", "names", "fields")
    assert manifest.guards[-5:] == tuple(map(GuardResult, compared))


def test_every_reason_is_told_and_the_old_snapshot_stays(store: Store) -> None:
    give(store, table(*NAMES))
    before = store.current("own")
    assert refusal(store, b"id,name\n3,Ruritania Minerals\n") == [
        "own: filled: 0 of 1 entries have countries, fewer than 50%",
        "own: minimum_entries: 1 entries, fewer than 2",
        "own: sentinels: 1 QORVEX trading is not listed",
        (
            "own: vanished: 3 of 4 entries are gone, more than 25%: "
            "Qorvex Trading; Fjordlys ApS; Zembla Optics"
        ),
    ]
    assert store.current("own") == before
    check = store.check("own")
    assert check is not None
    assert (check.at, check.result, len(check.reasons)) == (EVENING, "refused", 4)
    assert check.confirmed_at == MORNING


def test_the_largest_share_may_vanish_and_one_entry_more_may_not(store: Store) -> None:
    give(store, table(*NAMES))
    give(store, table(*NAMES[:3]), EVENING)
    assert refusal(store, table(*NAMES[:2])) == [
        "own: vanished: 1 of 3 entries are gone, more than 25%: Ruritania Minerals"
    ]


def test_too_many_entries_are_refused(store: Store) -> None:
    names = (*NAMES, "A Co", "B Co", "C Co")
    assert refusal(store, table(*names)) == ["own: maximum_entries: 7 entries, more than 6"]


def test_a_sentinel_is_one_entry_with_both_its_id_and_its_name(store: Store) -> None:
    swapped = table(NAMES[1], NAMES[0], *NAMES[2:])
    assert refusal(store, swapped) == ["own: sentinels: 1 QORVEX trading is not listed"]
    either = own(sentinels=(Sentinel(name="Qorvex Trading"), Sentinel(id="4")))
    assert give(store, swapped, publication=either).new


def test_a_lost_column_is_told_before_what_the_reader_says_of_it(store: Store) -> None:
    assert refusal(store, b"id,aliases\n1,Qorvex\n") == [
        "own: columns: own.csv lost name",
        "own.csv:1:1: missing column 'name' (found: id, aliases)",
    ]


def test_a_file_of_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("id,name\n1,Fjordlys\n2,Ærø\n".encode("latin-1"))
    assert file_reasons(FILE, path, None) == {
        "encoding": ["own.csv:3 is not utf-8"],
        "columns": [],
    }


def test_a_packed_file_is_looked_at_unpacked_and_only_so_far(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbfid;name\n"))
    semicolons = replace(FILE, delimiter=";")
    assert file_reasons(semicolons, path, None) == {"encoding": [], "columns": []}
    path.write_bytes(gzip.compress(bytes(1001)))
    with pytest.raises(WatchlistError) as caught:
        file_reasons(FILE, path, None)
    assert str(caught.value) == f"{path}: larger than 1000 bytes"


def test_what_a_server_calls_a_file_is_compared_with_what_it_may_be_called(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"id,name\n")
    assert file_reasons(FILE, path, "text/csv")["content_type"] == []
    told = ["own.csv is text/html, not text/csv"]
    assert file_reasons(FILE, path, "text/html")["content_type"] == told


def test_an_older_list_does_not_replace_a_newer_one(store: Store) -> None:
    known = own("yaml")
    give(store, dated("2024-02-20", *NAMES), publication=known)
    told = ["own: published: of 2024-02-19, older than the current snapshot of 2024-02-20"]
    assert refusal(store, dated("2024-02-19", *NAMES), publication=known) == told


def test_a_list_may_be_dated_one_day_ahead_of_utc_and_no_more() -> None:
    def reasons(day: date) -> list[str]:
        made = from_rows([{"id": "1", "name": "Qorvex"}], id="own", published=day)
        return content_reasons(own().guards, made, None, DAY)["published"]

    assert reasons(date(2024, 3, 2)) == []
    assert reasons(date(2024, 3, 3)) == ["of 2024-03-03, after its retrieval on 2024-03-01"]


def test_a_person_may_accept_what_a_guard_finds_and_the_reason_is_kept(store: Store) -> None:
    give(store, table(*NAMES))
    reason = {"vanished": "lists were split", "sentinels": "Qorvex was dissolved"}
    manifest = give(store, table("", "", *NAMES[2:]), EVENING, accepted=reason).manifest
    kept = {result.name: result for result in manifest.guards if result.reasons}
    assert kept == {
        "sentinels": GuardResult(
            "sentinels", ("1 QORVEX trading is not listed",), "Qorvex was dissolved"
        ),
        "vanished": GuardResult(
            "vanished",
            ("2 of 4 entries are gone, more than 25%: Qorvex Trading; Fjordlys ApS",),
            "lists were split",
        ),
    }
    assert store.manifest("own") == manifest


def test_an_accepted_guard_excuses_no_other(store: Store) -> None:
    told = refusal(store, table("", *NAMES[1:2]), accepted={"minimum_entries": "short"})
    assert told == ["own: sentinels: 1 QORVEX trading is not listed"]


def test_a_guard_that_found_nothing_keeps_no_excuse(store: Store) -> None:
    manifest = give(store, table(*NAMES), accepted={"sentinels": "just in case"}).manifest
    assert [result.accepted for result in manifest.guards if result.accepted] == []


def test_a_guard_that_does_not_exist_cannot_be_accepted(store: Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        give(store, table(*NAMES), accepted={"vanish": "x"})
    assert str(caught.value) == "no guard 'vanish' (did you mean 'vanished'?)"


def test_a_current_snapshot_that_cannot_be_read_is_a_reason_of_its_own(store: Store) -> None:
    old = give(store, table(*NAMES)).manifest
    store.object(old.files[0].sha256).unlink()
    (told,) = refusal(store, table(*NAMES, "Ultima Thule"))
    assert told.startswith(f"own: previous: own: own.csv: the raw file {old.files[0].sha256} is")
    accepted = {"previous": "restored from a damaged disk"}
    assert give(store, table(*NAMES, "Ultima Thule"), accepted=accepted).new


REAL = {
    "bis-dpl": ("bis/dpl_2022.txt", 581),
    "bis-entity-list": ("us_lists_2026-07/bis_entity_list.json.gz", 3409),
    "bis-meu": ("us_lists_2026-07/bis_meu.json", 70),
    "dow-1260h": ("us_lists_2026-07/dow_1260h.json", 80),
    "dow-1286": ("us_lists_2026-07/dow_1286.json", 134),
    "ita-csl": ("csl/consolidated_2022-05.csv.gz", 14160),
    "ofac-consolidated": ("ofac/cons_2025-12", 442),
    "ofac-nscmic": ("us_lists_2026-07/ofac_nscmic.json", 68),
    "ofac-sdn": ("ofac/sdn_2021-07", 8976),
    "un-sc": ("un/UN_consolidated_2026-02-27.xml.gz", 1003),
}


@pytest.mark.shared
@pytest.mark.parametrize(
    "list_id", [id_ for id_, (_, n) in REAL.items() if n < size(100_000, 3_000)]
)
def test_the_real_lists_pass_their_guards(list_id: str, shared: Path, store: Store) -> None:
    place, entries = REAL[list_id]
    found = import_path(store, publication(list_id), shared / place, retrieved_at=EVENING_2026)
    assert (found.new, found.manifest.entries) == (True, entries)
    assert store.current(list_id).snapshot == found.manifest.snapshot


def test_every_list_with_a_reader_is_tried_with_a_real_copy_where_there_is_one() -> None:
    without_a_copy = {"eu-fsf", "uk-sanctions-list"}
    known = {id_ for id_, known in catalogue().items() if known.format}
    assert known - without_a_copy == set(REAL)


EVENING_2026 = EVENING.replace(year=2026, month=11)


@pytest.fixture
def entity_list(shared: Path) -> dict[str, Any]:
    path = shared / "us_lists_2026-07" / "bis_entity_list.json.gz"
    found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def entity_refusal(
    store: Store, shared: Path, tmp_path: Path, changed: dict[str, Any]
) -> list[str]:
    whole = shared / "us_lists_2026-07" / "bis_entity_list.json.gz"
    known = publication("bis-entity-list")
    import_path(store, known, whole, retrieved_at=EVENING_2026)
    before = store.manifest("bis-entity-list")
    changed["count"] = len(changed["entities"])
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(changed), "utf-8")
    with pytest.raises(WatchlistError) as caught:
        import_path(store, known, path, retrieved_at=EVENING_2026)
    assert store.manifest("bis-entity-list") == before
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.shared
def test_an_entity_list_without_huawei_is_refused(
    store: Store, shared: Path, tmp_path: Path, entity_list: dict[str, Any]
) -> None:
    kept = [e for e in entity_list["entities"] if e["name"] != "Huawei Technologies Co., Ltd."]
    assert len(kept) == 3408
    told = entity_refusal(store, shared, tmp_path, {**entity_list, "entities": kept})
    assert told == [
        "bis-entity-list: sentinels: Huawei Technologies Co., Ltd. is not listed",
    ]


@pytest.mark.shared
def test_half_an_entity_list_is_refused_for_each_reason(
    store: Store, shared: Path, tmp_path: Path, entity_list: dict[str, Any]
) -> None:
    half = entity_list["entities"][1704:]
    told = entity_refusal(store, shared, tmp_path, {**entity_list, "entities": half})
    assert [text.partition(": ")[2].partition(": ")[0] for text in told] == [
        "minimum_entries",
        "sentinels",
        "vanished",
    ]
    assert told[0] == "bis-entity-list: minimum_entries: 1705 entries, fewer than 2500"


@pytest.mark.shared
def test_an_entity_list_whose_requirements_are_empty_is_refused(
    store: Store, shared: Path, tmp_path: Path, entity_list: dict[str, Any]
) -> None:
    emptied = [{**entity, "notes": None} for entity in entity_list["entities"]]
    told = entity_refusal(store, shared, tmp_path, {**entity_list, "entities": emptied})
    assert told == [
        (
            "bis-entity-list: fields: 3409 of 3409 entries have fewer license_requirement, more "
            "than 15%"
        ),
        "bis-entity-list: filled: 0 of 3409 entries have license_requirement, fewer than 90%",
    ]


def test_no_reasons_leave_shares_exact() -> None:
    made = from_rows(
        [
            {"id": str(n), "name": f"Qorvex {n}", "country": "DK" if n < 3 else None}
            for n in range(10)
        ],
        id="own",
    )
    exact = replace(own().guards, smallest_share_filled={"countries": Decimal("0.3")})
    assert content_reasons(exact, made, None, DAY)["filled"] == []
