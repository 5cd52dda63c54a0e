"""snapshots.catalogue: what is published, as reviewed data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from compliance.errors import ReferenceDataError, UnknownNameError
from compliance.policies.loading import hash_of
from compliance.tables.embedded import rules_path
from compliance.watchlists import formats
from compliance.watchlists.snapshots import PublishedFile, Sentinel, catalogue, publication

GOOD = """\
schema: 1
id: own
title: Own list
publisher: the house
page: https://lists.example/
licence: ours
format: csv
files:
  - name: own.csv
    url: null
    content_types: [text/csv]
    maximum_bytes: 1000
guards:
  minimum_entries: 1
  maximum_entries: 9
  largest_share_vanished: 0.10
  smallest_share_filled: {aliases: 0.5}
  sentinels: [{id: "1"}]
stale_after_days: 10
"""


def written(folder: Path, text: str, name: str = "own") -> Path:
    path = folder / "data" / "lists" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def defects(folder: Path, text: str, name: str = "own") -> list[str]:
    path = written(folder, text, name)
    with pytest.raises(ReferenceDataError) as caught:
        catalogue(folder)
    return [str(problem).removeprefix(str(path)) for problem in caught.value.problems]


def test_the_shipped_lists_are_these() -> None:
    assert {id_: known.format for id_, known in catalogue().items()} == {
        "bis-dpl": "bis-dpl-tsv",
        "bis-entity-list": "bis-entity-list-json",
        "bis-meu": "us-list-json",
        "dow-1260h": "us-list-json",
        "dow-1286": "us-list-json",
        "eu-fsf": "eu-fsf-xml",
        "ita-csl": "ita-csl-csv",
        "ofac-consolidated": "ofac-consolidated-csv",
        "ofac-nscmic": "us-list-json",
        "ofac-sdn": "ofac-sdn-csv",
        "uk-sanctions-list": "uk-sanctions-list-xml",
        "un-sc": "un-xml",
    }


def test_every_shipped_list_has_guards_that_can_refuse() -> None:
    for known in catalogue().values():
        guards = known.guards
        assert guards.minimum_entries > 0
        assert guards.largest_share_vanished <= Decimal("0.30")
        assert guards.smallest_share_filled
        assert guards.sentinels or known.id in ("bis-dpl", "eu-fsf")


def test_every_shipped_address_is_marked_as_not_verified() -> None:
    for known in catalogue().values():
        for number, file in enumerate(known.files):
            assert (f"files.{number}.url" in known.unverified) == (file.url is not None)


def test_the_entity_list_is_not_whole_without_huawei() -> None:
    known = publication("bis-entity-list")
    assert known.guards.sentinels == (Sentinel(name="Huawei Technologies Co., Ltd."),)


def test_a_file_without_defects_is_read_as_it_is_written(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    found = catalogue(tmp_path)["own"]
    assert found.files == (PublishedFile("own.csv", None, ("text/csv",), 1000),)
    assert found.guards.smallest_share_filled == {"aliases": Decimal("0.5")}
    assert (found.unverified, found.note) == ((), "")


def test_every_defect_of_a_type_is_told_with_its_place(tmp_path: Path) -> None:
    text = (
        GOOD.replace("stale_after_days: 10", "stale_after_days: soon")
        .replace("title: Own list\n", "")
        .replace("licence: ours", "licence: ours\nlicense: ours")
        .replace("maximum_bytes: 1000", 'maximum_bytes: "1000"')
        .replace("vanished: 0.10", "vanished: 1.5")
        .replace('[{id: "1"}]', "[{number: 1}]")
    )
    assert defects(tmp_path, text) == [
        ":1:1: key 'title' is missing",
        ":6:1: license: unknown key 'license' (did you mean 'licence'?)",
        ":12:20: files.0.maximum_bytes: Input should be a valid integer",
        ":16:27: guards.largest_share_vanished: Input should be less than or equal to 1",
        ":18:16: guards.sentinels.0.number: unknown key 'number' (did you mean 'name'?)",
        ":19:19: stale_after_days: Input should be a valid integer",
    ]


def test_every_defect_of_meaning_is_told_with_its_place(tmp_path: Path) -> None:
    text = (
        GOOD.replace("format: csv", "format: cvs")
        .replace("name: own.csv", "name: ../own.csv")
        .replace("url: null", "url: http://lists.example/own.csv\n    encoding: utf-9")
        .replace("minimum_entries: 1", "minimum_entries: 10")
        .replace("{aliases: 0.5}", "{alias: 0.5}")
        .replace('[{id: "1"}]', "[{}]")
        + "unverified: [files.0.url, files.1.url]\n"
    )
    assert defects(tmp_path, text, "other") == [
        ":2:5: id: 'own' is not the file's name, in small letters",
        ":7:9: format: unknown watchlist format 'cvs' (did you mean 'csv'?)",
        ":9:11: files.0.name: '../own.csv' is not a plain file name",
        ":10:10: files.0.url: 'http://lists.example/own.csv' is not an https address",
        ":11:15: files.0.encoding: unknown encoding 'utf-9'",
        ":15:20: guards.minimum_entries: more than maximum_entries",
        (
            ":18:34: guards.smallest_share_filled.alias: "
            "entries have no field 'alias' (did you mean 'aliases'?)"
        ),
        ":19:15: guards.sentinels.0: neither id nor name",
        ":21:27: unverified.1: the file has no 'files.1.url'",
    ]


def test_a_file_twice_in_a_set_is_a_defect(tmp_path: Path) -> None:
    second = "  - {name: OWN.csv, url: null, content_types: [], maximum_bytes: 1}\n"
    text = GOOD.replace("guards:\n", f"{second}guards:\n")
    assert defects(tmp_path, text) == [":13:12: files.1.name: 'OWN.csv' twice"]


def test_a_list_without_a_file_is_a_defect(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("files:")] + "files: []\n" + GOOD[GOOD.index("guards:") :]
    assert defects(tmp_path, text) == [":8:8: files: a list has a file"]


def test_defects_of_several_files_are_told_at_once(tmp_path: Path) -> None:
    broken = written(tmp_path, "schema: [", "broken")
    path = written(tmp_path, GOOD.replace("schema: 1", "schema: 2"))
    with pytest.raises(ReferenceDataError) as caught:
        catalogue(tmp_path)
    assert [problem.source for problem in caught.value.problems] == [str(broken), str(path)]


def test_an_unknown_list_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError) as caught:
        publication("un-cs")
    assert str(caught.value) == "no list 'un-cs' in the catalogue (did you mean 'un-sc'?)"


def test_where_a_list_is_fetched_from_changes_no_hash_of_the_rules(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thresholds.yaml").write_text("schema: 1\n")
    before = hash_of(tmp_path)
    written(tmp_path, GOOD)
    assert hash_of(tmp_path) == before
    (tmp_path / "data" / "thresholds.yaml").write_text("schema: 2\n")
    assert hash_of(tmp_path) != before


def test_every_shipped_format_has_a_reader() -> None:
    named = {known.format for known in catalogue(rules_path()).values()} - {None}
    assert named <= set(formats())
