"""`compliance lists`: import, fetch, status, diff, verify; and screening with a store."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from compliance.cli.lists import data_folder
from compliance.tables.embedded import rules_path
from compliance.watchlists.snapshots import Delta, Store, apply
from unit.cli.conftest import Command, Result
from unit.watchlists.snapshots.keeping import NAMES, table
from unit.watchlists.snapshots.serving import CSV, Answer, serving

PUBLICATION = """\
schema: 1
id: own
title: Own list
publisher: the house
page: https://lists.example/
licence: ours
format: csv
files: [{name: own.csv, url: null, content_types: [text/csv], maximum_bytes: 100000}]
guards:
  minimum_entries: 2
  maximum_entries: 9
  largest_share_vanished: 0.50
  smallest_share_filled: {}
  sentinels: [{name: Qorvex Trading}]
stale_after_days: 10
"""
DAY = ("--retrieved-on", "2024-03-01")
LATER = ("--retrieved-on", "2024-03-05")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COMPLIANCE_STORE", "XDG_DATA_HOME", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A rule folder that has nothing but one list in its catalogue."""
    folder = tmp_path / "rules"
    (folder / "data" / "lists").mkdir(parents=True)
    (folder / "data" / "lists" / "own.yaml").write_text(PUBLICATION)
    return folder


@pytest.fixture
def lists(command: Command, known: Path) -> Command:
    """Run a command of `lists` with a store in the empty folder, and its catalogue."""

    def run(name: str, *arguments: str | Path) -> Result:
        takes_rules = name in ("import", "fetch", "status")
        options = ("--store", "store", *(("--rules", known) if takes_rules else ()))
        return command("lists", name, *arguments, *options)

    return run


def given(*names: str, to: str = "own.csv") -> Path:
    path = Path(to)
    path.write_bytes(table(*names))
    return path


def test_an_import_tells_what_is_current_and_what_changed(lists: Command) -> None:
    first = lists("import", "own", given(*NAMES), *DAY)
    snapshot = Store("store").current("own").snapshot[:12]
    told = f"own {snapshot}: new, 4 entries, undated, taken as of 2024-03-01\n"
    assert (first.status, first.out, first.err) == (0, told, "")
    again = lists("import", "own", given(*NAMES), *LATER)
    assert (again.status, again.out) == (0, told.replace("new", "unchanged"))
    second = lists("import", "own", given(NAMES[0], "", *NAMES[2:], "Ultima"), *LATER)
    snapshot = Store("store").current("own").snapshot[:12]
    assert (second.status, second.out) == (
        0,
        (
            f"own {snapshot}: new, 4 entries, undated, taken as of 2024-03-05\n"
            "  since 2024-03-01: 1 added, 1 removed, 0 changed\n"
        ),
    )


def test_a_refused_import_ends_with_status_2_and_every_reason(lists: Command) -> None:
    refused = lists("import", "own", given("", "Fjordlys ApS"), *DAY)
    assert (refused.status, refused.out, refused.err) == (
        2,
        "",
        (
            "compliance: own: minimum_entries: 1 entries, fewer than 2\n"
            "compliance: own: sentinels: Qorvex Trading is not listed\n"
        ),
    )


def test_a_guard_is_accepted_with_a_reason_that_is_shown_and_kept(lists: Command) -> None:
    options = ("--accept-guard", "sentinels", "--reason", "Qorvex was dissolved")
    found = lists("import", "own", given("", *NAMES[1:]), *DAY, *options)
    assert (found.status, found.out.splitlines()[1:]) == (
        0,
        ["  accepted, sentinels: Qorvex Trading is not listed (Qorvex was dissolved)"],
    )
    manifest = Store("store").manifest("own")
    assert manifest is not None
    assert "Qorvex was dissolved" in [result.accepted for result in manifest.guards]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--accept-guard", "sentinels"), "--accept-guard needs --reason"),
        (("--accept-guard", "sentinels", "--reason", " "), "--accept-guard needs --reason"),
        (("--reason", "why"), "--reason needs --accept-guard"),
        (("--retrieved-on", "9999-01-01"), "--retrieved-on 9999-01-01 is yet to come"),
    ],
)
def test_options_that_say_nothing_together_are_refused(
    lists: Command, options: tuple[str, ...], message: str
) -> None:
    refused = lists("import", "own", given(*NAMES), *options)
    assert refused.status == 2
    assert message in refused.err
    assert not Path("store").exists()


def test_the_status_of_a_fresh_store_names_what_could_be_held(lists: Command) -> None:
    found = lists("status")
    assert (found.status, found.out) == (0, "no snapshots in store\nnot held: own\n")


def test_the_status_shows_each_list_and_ends_with_3_when_one_is_stale(lists: Command) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    snapshot = Store("store").current("own").snapshot[:12]
    fresh, stale = (lists("status", "--as-of", day) for day in ("2024-03-11", "2024-03-12"))
    assert (fresh.status, stale.status) == (0, 3)
    rows = [result.out.splitlines()[2].split("  ") for result in (fresh, stale)]
    cells = [[cell.strip() for cell in row if cell] for row in rows]
    begin = ["own", snapshot, "not dated", "2024-03-01", "4"]
    assert cells == [
        [*begin, "10 days", "2024-03-01 imported"],
        [*begin, "11 days, stale", "2024-03-01 imported"],
    ]


def test_the_status_as_json_is_whole(lists: Command) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    lists("import", "own", given(*NAMES, "Ultima"), *LATER)
    result = lists("status", "--as-of", "2024-03-12", "--format", "json", "--history")
    found = json.loads(result.out)
    store = Store("store")
    new, old = store.history("own")
    (line,) = found.pop("lists")
    assert found == {"as_of": "2024-03-12", "store": "store", "not_held": []}
    assert line["manifest"]["id"] == new.id
    assert line["manifest"]["snapshot"] == new.snapshot
    assert [earlier["id"] for earlier in line["earlier"]] == [old.id]
    assert (line["age_days"], line["stale"]) == (7, False)
    assert line["check"] == {
        "at": "2024-03-05T00:00:00+00:00",
        "confirmed_at": "2024-03-05T00:00:00+00:00",
        "reasons": [],
        "result": "imported",
    }


def test_a_list_that_is_asked_for_and_not_held_is_an_error(lists: Command) -> None:
    found = lists("status", "own")
    assert (found.status, found.err) == (2, "compliance: no snapshot of 'own'\n")


def test_a_diff_shows_entries_and_fields_as_they_were_and_are(lists: Command) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    changed = table(NAMES[0], "", "Ruritania Mining", NAMES[3], "Ultima")
    Path("own.csv").write_bytes(changed)
    lists("import", "own", Path("own.csv"), *LATER)
    new, old = (manifest.snapshot[:12] for manifest in Store("store").history("own"))
    found = lists("diff", "own")
    assert (found.status, found.out) == (
        0,
        (
            f"own: {old} to {new}: 1 added, 1 removed, 1 changed\n"
            "  list published: 2024-03-01 -> 2024-03-05\n"
            "  + 5 Ultima (unknown)\n"
            "  - 2 Fjordlys ApS (unknown)\n"
            "  ~ 3 Ruritania Mining\n"
            "      name: Ruritania Minerals -> Ruritania Mining\n"
        ),
    )
    back = lists("diff", "own", new, old)
    assert back.out.startswith(f"own: {new} to {old}: 1 added, 1 removed, 1 changed\n")


def test_a_diff_as_json_is_the_delta_that_makes_one_of_the_other(lists: Command) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    lists("import", "own", given(*NAMES, "Ultima"), *LATER)
    found = lists("diff", "own", "--format", "json")
    store = Store("store")
    new, old = (store.read(manifest) for manifest in store.history("own"))
    assert apply(old, Delta.from_json(found.out.encode())).snapshot == new.snapshot


def test_a_diff_needs_two_snapshots(lists: Command) -> None:
    none = lists("diff", "own")
    assert (none.status, none.err) == (2, "compliance: no snapshot of 'own' in store\n")
    lists("import", "own", given(*NAMES), *DAY)
    one = lists("diff", "own")
    assert (one.status, one.err) == (2, "compliance: one snapshot only of 'own' in store\n")
    wrong = lists("diff", "own", "00000000")
    assert (wrong.status, "own has no one snapshot '00000000'" in wrong.err) == (2, True)


def test_a_verification_ends_with_2_when_something_was_changed(lists: Command) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    whole = lists("verify")
    assert (whole.status, whole.out) == (0, "1 list, 1 snapshot, 1 raw file: no defects\n")
    (path,) = Path("store/objects").iterdir()
    path.write_bytes(b"")
    broken = lists("verify")
    assert (broken.status, broken.out) == (2, "1 list, 1 snapshot, 1 raw file: 3 defects\n")
    assert len(broken.err.splitlines()) == 3


def test_a_fetch_tells_of_each_list_and_notes_what_has_not_changed(lists: Command) -> None:
    with serving() as site:
        headers = {**CSV, "ETag": '"one"'}
        url = site.say("/own.csv", Answer(200, table(*NAMES), headers), Answer(304))
        first, second = (lists("fetch", "own", "--url", url) for _ in range(2))
        assert site.asked[0][1]["user-agent"].startswith("compliance/")
    assert (first.status, first.err) == (0, "")
    assert ": new, 4 entries, undated, taken as of " in first.out
    assert second.out == first.out.replace("new", "unchanged")
    manifest = Store("store").manifest("own")
    assert manifest is not None
    assert abs((datetime.now(UTC) - manifest.retrieved_at).total_seconds()) < 600


def test_a_fetch_that_fails_ends_with_2_and_still_fetches_the_others(
    lists: Command, known: Path
) -> None:
    with serving() as site:
        url = site.say("/b.csv", Answer(200, table(*NAMES), CSV))
        folder = known / "data" / "lists"
        (folder / "b.yaml").write_text(
            PUBLICATION.replace("id: own", "id: b").replace("url: null", f"url: {url}")
        )
        refused = lists("fetch", "b")
        assert refused.status == 2
        assert f"files.0.url: '{url}' is not an https address" in refused.err
        (folder / "b.yaml").unlink()
        with_url = lists("fetch", "own", "--url", f"own.csv={url}")
    assert with_url.status == 0
    both = lists("fetch", "own", "own")
    assert (both.status, both.err) == (
        2,
        (
            "compliance: no address is known for own.csv of own "
            "(give one, or import the file; https://lists.example/)\n"
        ),
    )


@pytest.mark.parametrize(
    ("urls", "message"),
    [
        (("own.csv=",), "--url is [FILE=]URL, each file once, not 'own.csv='"),
        (("https://a.example/", "own.csv=https://b.example/"), "each file once"),
    ],
)
def test_an_address_is_for_one_file(lists: Command, urls: tuple[str, ...], message: str) -> None:
    refused = lists("fetch", "own", *(part for url in urls for part in ("--url", url)))
    assert refused.status == 2
    assert message in " ".join(refused.err.split())


def test_plain_http_beyond_this_machine_needs_an_option(lists: Command) -> None:
    refused = lists("fetch", "own", "--url", "http://lists.example/own.csv")
    assert (refused.status, refused.err) == (
        2,
        "compliance: http://lists.example/own.csv: plain http can be changed on its way\n",
    )


def test_a_file_that_is_not_there_is_named(lists: Command) -> None:
    missing = lists("import", "own", "absent.csv")
    assert (missing.status, missing.err) == (
        2,
        "compliance: absent.csv: No such file or directory\n",
    )


def test_an_unknown_list_is_refused(lists: Command) -> None:
    refused = lists("import", "owl", given(*NAMES))
    assert (refused.status, refused.err) == (
        2,
        "compliance: no list 'owl' in the catalogue (did you mean 'own'?)\n",
    )


def test_the_environment_names_a_store_and_the_option_another(
    command: Command, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLIANCE_STORE", "from-environment")
    command("lists", "import", "own", given(*NAMES), *DAY, "--rules", known)
    assert Store("from-environment").ids() == ("own",)
    options = ("--store", "from-option", "--rules", known)
    command("lists", "import", "own", given(*NAMES), *DAY, *options)
    assert Store("from-option").ids() == ("own",)


def test_without_a_store_the_data_folder_of_the_user_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    assert data_folder() == tmp_path / ".local" / "share" / "compliance"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert data_folder() == tmp_path / ".local" / "share" / "compliance"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert data_folder() == tmp_path / "data" / "compliance"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setattr("sys.platform", "darwin")
    assert data_folder() == tmp_path / "Library" / "Application Support" / "compliance"


def party(command: Command, rules: Path, *options: str | Path) -> tuple[int, dict[str, str | None]]:
    """Status, and snapshot by list of what was consulted, for a name that no shipped list has."""
    found = command(
        "party", "--name", "Ruritania Minerals", "--country", "DK", "--as-of", "2024-03-02",
        "--rules", rules, "--format", "json", *options,
    )  # fmt: skip
    coverage = json.loads(found.out)["coverage"]["watchlists"]
    return found.status, {line["id"]: line["snapshot"] for line in coverage}


def test_a_screening_takes_a_list_of_the_store_in_place_of_the_shipped_one(
    command: Command, lists: Command, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    snapshot = Store("store").current("own").snapshot
    _, shipped = party(command, rules)
    assert shipped.keys() == {"own"}
    assert shipped["own"] != snapshot
    assert party(command, rules, "--store", "store")[1] == {"own": snapshot}
    monkeypatch.setenv("COMPLIANCE_STORE", "store")
    assert party(command, rules)[1] == {"own": snapshot}
    other = given("Gondal Oil", to="own.csv")
    _, listed = party(command, rules, "--store", "store", "--list", f"csv:{other}")
    assert listed["own"] not in (snapshot, shipped["own"])


def test_a_screening_with_a_store_that_is_not_there_is_an_error(
    command: Command, rules: Path
) -> None:
    found = command("party", "--name", "X", "--rules", rules, "--store", "nowhere")
    assert (found.status, found.err) == (
        2,
        "compliance: nowhere: no such folder of snapshots\n",
    )


def test_a_screening_with_a_broken_store_is_an_error(
    command: Command, lists: Command, rules: Path
) -> None:
    lists("import", "own", given(*NAMES), *DAY)
    (path,) = Path("store/objects").iterdir()
    path.write_bytes(b"")
    found = command("party", "--name", "X", "--rules", rules, "--store", "store")
    told = f"compliance: own: own.csv: the raw file {path.name} was changed\n"
    assert (found.status, found.out, found.err) == (2, "", told)


def test_a_broken_catalogue_is_a_finding_of_policy_lint(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "whole"
    shutil.copytree(rules_path(), folder)
    path = folder / "data" / "lists" / "un-sc.yaml"
    path.write_text(path.read_text().replace("un-xml", "un-xmi"))
    found = command("policy", "lint", "--rules", folder)
    assert found.status == 2
    assert "un-sc.yaml:8:9: format: unknown watchlist format 'un-xmi'" in found.out
