"""`owner`: who owns and controls a party of ownership files, on a day."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from unit.cli.conftest import Command, Result
from unit.explain.ownership.test_text import PAGE
from unit.screening.ownership_report.reports import HARBOUR, REGIMES, written

EXACT = {"exclusive_maximum": False, "exclusive_minimum": False}
NOBODY = "Beta Holdings,x,60%\n"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPLIANCE_STORE", raising=False)


@pytest.fixture
def owner(command: Command, rules: Path, tmp_path: Path) -> Command:
    """Run `owner` with rules and a list of its own, on a day, beside a table of owners."""
    folder = tmp_path / "rules"
    shutil.copytree(rules, folder)
    (folder / "data" / "ownership_regimes.yaml").write_text(REGIMES, "utf-8")
    (folder / "data" / "watchlist" / "own.yaml").unlink()
    written(folder)
    (tmp_path / "ofac-sdn.csv").write_text(
        "id,name,measures\n1,Verwunschene Handelskammer Nord,us.sdn\n", "utf-8"
    )
    (tmp_path / "owners.csv").write_text(HARBOUR, "utf-8")

    def run(*arguments: str | Path, day: str = "2024-06-15", stdin: bytes = b"") -> Result:
        fixed = ("--rules", folder, "--list", "csv:ofac-sdn.csv", "--as-of", day)
        return command("owner", *fixed, *arguments, stdin=stdin)

    return run


def test_the_page_is_that_of_the_answers_and_status_3_where_unknown(owner: Command) -> None:
    result = owner("owners.csv", "--party", "harbour")
    assert (result.status, result.out, result.err) == (3, PAGE, "")


def test_a_party_is_found_by_its_name_whatever_its_case(owner: Command) -> None:
    assert owner("owners.csv", "--party", "harbour  COMPUTE Pte Ltd").out == PAGE


def test_status_1_where_affected_and_0_where_not(owner: Command, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"owner,owned,share\n{NOBODY}", "utf-8")
    assert owner("x.csv", "--party", "x").status == 0
    result = owner("x.csv", "--party", "x", "--listed", "Beta Holdings")
    assert result.status == 1
    assert "  certain  Beta Holdings, as given\n" in result.out
    assert "  yes  half: Half in sum\n" in result.out
    assert owner("x.csv", "--party", "x", "--listed", "x").status == 1
    assert owner("x.csv", "--party", "Beta Holdings", "--listed", "x").status == 3


def test_status_3_where_a_list_is_stale_though_nobody_is_listed(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text(f"owner,owned,share\n{NOBODY}", "utf-8")
    asked = ("owner", "x.csv", "--party", "x")
    assert command(*asked, "--as-of", "2024-06-15").status == 0
    stale = command(*asked, "--as-of", "2026-11-24")
    assert (stale.status, "  stale on this day: ofac-consolidated, ofac-sdn\n" in stale.out) == (
        3,
        True,
    )


@pytest.mark.parametrize(
    ("day", "status", "state", "answer"),
    [
        ("2025-09-28", 3, None, None),
        ("2025-09-29", 1, "in_force", "affected"),
        ("2025-11-09", 1, "in_force", "affected"),
        ("2025-11-10", 3, "stayed", "would_be_affected"),
        ("2026-11-09", 3, "stayed", "would_be_affected"),
        ("2026-11-10", 1, "unverified", "affected"),
    ],
)
def test_status_1_only_where_a_rule_of_law_is_in_force_or_unverified(
    command: Command, tmp_path: Path, day: str, status: int, state: str | None, answer: str | None
) -> None:
    name = '"Nettrix Information Industry Co., Ltd."'
    (tmp_path / "x.csv").write_text(f"owner,owned,share,owner_name\na,x,60%,{name}\n", "utf-8")
    asked = ("owner", "x.csv", "--party", "x", "--as-of", day)
    result = command(*asked, "--format", "json")
    rules = {rule["id"]: rule for rule in json.loads(result.out)["rules"]}
    told = rules.get("bis-affiliates", {})
    assert (result.status, told.get("state"), told.get("answer")) == (status, state, answer)
    assert rules["listed-majority"]["answer"] == "caution"
    assert command(*asked).status == status
    assert command(*asked, "--listed", "x").status == 1


def test_a_rule_that_names_no_policy_of_the_folder_is_status_2(
    owner: Command, tmp_path: Path
) -> None:
    (tmp_path / "rules" / "law" / "half.yaml").unlink()
    result = owner("owners.csv", "--party", "harbour")
    assert (result.status, result.out) == (2, "")
    assert result.err.endswith("regimes.0.policy: no policy 'law.half'\n")


def test_json_tells_the_answers_in_ids_and_exact_fractions(owner: Command) -> None:
    result = owner("owners.csv", "--party", "harbour", "--format", "json")
    told = json.loads(result.out)
    assert (result.status, result.err) == (3, "")
    half = {**EXACT, "minimum": "2/5", "maximum": "3/5"}
    assert {key: type(value).__name__ for key, value in told.items()} == {
        "as_of": "str",
        "controllers": "list",
        "controllers_total": "int",
        "diagnoses": "list",
        "ended": "list",
        "exceptions": "list",
        "formats": "list",
        "listed": "list",
        "listed_elsewhere": "list",
        "lists": "list",
        "owners": "list",
        "owners_asked": "int",
        "owners_total": "int",
        "party": "dict",
        "remarks": "list",
        "rules": "list",
        "sources": "list",
        "ultimate_parents": "dict",
        "unnamed": "list",
        "unstated": "dict",
    }
    assert told["party"] == {
        "id": "harbour", "name": "Harbour Compute Pte Ltd", "kind": "unknown", "identifiers": [],
        "incorporation": None, "headquarters": None, "residence": None, "nationalities": [],
        "cessation": None,
    }  # fmt: skip
    assert told["owners"][0] == {
        "id": "meridian",
        "name": "Meridian Holdings Ltd",
        "direct": True,
        "share": half,
        "paths": [{"parties": ["meridian", "harbour"], "share": half}],
        "rest": {**EXACT, "minimum": "0/1", "maximum": "0/1"},
        "circles": [],
    }
    assert [one["id"] for one in told["owners"]] == ["meridian", "nord", "wang"]
    assert told["controllers"][2] == {
        "id": "nord", "name": "Verwunschene Handelskammer Nord", "truth": "unknown",
        "votes": half, "basis": ["votes"], "via": ["meridian"],
        "path": ["nord", "meridian", "harbour"],
        "paths": [{"parties": ["nord", "meridian", "harbour"], "share": half}],
    }  # fmt: skip
    assert told["rules"][0] == {
        "id": "half",
        "title": "Half in sum",
        "measures": ["us.sdn"],
        "measures_missing": [],
        "threshold": "1/2",
        "inclusive": True,
        "aggregate": True,
        "control": False,
        "cite": "second",
        "policy": "law.half",
        "house": False,
        "state": "in_force",
        "state_since": "2010-01-01",
        "state_until": "2025-11-09",
        "state_cite": "the act",
        "state_note": "",
        "answer": "unknown",
        "truth": "unknown",
        "itself": False,
        "itself_certain": False,
        "by_control": False,
        "doubtful": [],
        "open_shares": True,
        "asks": [
            (
                "a dated register of members of Harbour Compute Pte Ltd with the exact holding of "
                "Meridian Holdings Ltd (stated: 40% to 60%)"
            )
        ],
        "gaps": [],
        "share": half,
        "origins": ["nord"],
        "paths": [{"parties": ["nord", "meridian", "harbour"], "share": half}],
    }
    assert told["lists"] == [
        {"id": "ofac-sdn", "complete": True, "published": None, "stale": "false"}
    ]
    assert (told["sources"], told["formats"]) == (["owners.csv"], ["edges-csv"])
    assert (told["exceptions"], told["owners_total"]) == (["NO_KNOWN_PERSON"], 3)


def test_a_limit_bounds_the_owners_and_the_drawing(owner: Command) -> None:
    result = owner("owners.csv", "--party", "harbour", "--limit", "1", "--format", "json")
    told = json.loads(result.out)
    assert ([one["id"] for one in told["owners"]], told["owners_total"]) == (["meridian"], 3)
    drawing = owner("owners.csv", "--party", "harbour", "--limit", "1", "--format", "svg").out
    assert "\u2026 and 2 more parties above, not drawn" in drawing


def test_pictures_are_written_to_a_file_or_to_standard_output(
    owner: Command, tmp_path: Path
) -> None:
    for form, start in (("svg", "<svg "), ("dot", "digraph "), ("json", "{\n"), ("text", "Harb")):
        shown = owner("owners.csv", "--party", "harbour", "--format", form)
        kept = owner("owners.csv", "--party", "harbour", "--format", form, "--output", "kept")
        assert shown.out.startswith(start)
        assert (kept.status, kept.out, kept.err) == (3, "", "")
        assert (tmp_path / "kept").read_text("utf-8") == shown.out
    assert fromstring(owner("owners.csv", "--party", "wang", "--format", "svg").out) is not None


def test_standard_input_is_read_and_told_as_such(owner: Command) -> None:
    result = owner("-", "--party", "harbour", stdin=HARBOUR.encode())
    assert result.out == PAGE.replace("owners.csv", "-")
    broken = owner("-", "--party", "harbour", stdin=b"owner,owned,share\na,x,51\n")
    assert (broken.status, broken.out) == (2, "")
    assert broken.err.startswith("compliance: -:2:1: /share: a share is ")


def test_files_of_several_formats_are_read_together(owner: Command, tmp_path: Path) -> None:
    entity = '{"id": "meridian", "schema": "Company", "properties": {"jurisdiction": ["my"]}}\n'
    (tmp_path / "more.json").write_text(
        entity + '{"id": "o", "schema": "Ownership", "properties": {"owner": ["zed"], '
        '"asset": ["meridian"], "percentage": ["1"]}}\n',
        "utf-8",
    )
    told = owner("owners.csv", "more.json", "--party", "harbour", "--format", "json")
    content = json.loads(told.out)
    assert content["formats"] == ["edges-csv", "ftm"]
    assert [one["id"] for one in content["owners"]] == ["meridian", "nord", "wang", "zed"]


def test_a_number_finds_a_listed_party_of_another_name(owner: Command, tmp_path: Path) -> None:
    (tmp_path / "ofac-sdn.csv").write_text(
        "id,name,identifiers,measures\n1,Somebody Else Entirely,lei:5493001KJTIIGC8Y1R12,us.sdn\n",
        "utf-8",
    )
    (tmp_path / "x.csv").write_text(
        "owner,owned,share,owner_name\n5493001KJTIIGC8Y1R12,x,60%,Orchid Vale\n", "utf-8"
    )
    result = owner("x.csv", "--party", "x")
    assert "  yes  half: Half in sum\n" in result.out
    assert result.status == 1


def test_remarks_of_the_files_are_told_with_their_place(owner: Command, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(
        '{"id": "a", "schema": "Company", "properties": {"name": ["A"]}}\n'
        '{"id": "o", "schema": "Ownership", "properties": {"owner": ["b"], "asset": ["a"], '
        '"percentage": ["plenty"]}}\n',
        "utf-8",
    )
    told = json.loads(owner("x.json", "--party", "a", "--format", "json").out)["remarks"]
    assert [(remark["count"], remark["first"]) for remark in told] == [(1, "x.json:2")]
    page = " ".join(owner("x.json", "--party", "a").out.split())
    words = f"{told[0]['code']}: {told[0]['message']} (once, first at x.json:2)"
    assert page.endswith(f"Remarks on the files - {words}")


def test_an_unknown_party_is_status_2_with_a_near_spelling(owner: Command) -> None:
    for option in ("--party", "--listed"):
        result = owner("owners.csv", "--party", "harbour", option, "meridien")
        assert (result.status, result.out) == (2, "")
        assert result.err == (
            f"compliance: {option}: no party 'meridien' in owners.csv (did you mean 'meridian'?)\n"
        )


def test_a_name_that_several_parties_have_is_status_2_with_their_ids(
    owner: Command, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_text(
        "owner,owned,share,owner_name\na,x,30%,Twin Ltd\nb,x,30%,twin ltd\n", "utf-8"
    )
    result = owner("x.csv", "--party", "Twin Ltd")
    assert (result.status, result.out) == (2, "")
    assert result.err == ("compliance: --party: 2 parties are named 'Twin Ltd'; give an id: a, b\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("none.csv", "--party", "x"), "none.csv: No such file or directory"),
        (("broken.csv", "--party", "x"), "broken.csv:2:1: /share: a share is "),
        (("shape.csv", "--party", "x"), "shape.csv: no known format of ownership"),
        (("owners.csv",), "--party"),
        (("--party", "x"), "FILE"),
        (
            ("owners.csv", "--party", "harbour", "--as-of", "2024-13-01"),
            "not a day of the calendar",
        ),
        (("owners.csv", "--party", "harbour", "--as-of", "june"), "YYYY-MM-DD"),
        (("owners.csv", "--party", "harbour", "--format", "png"), "--format"),
        (("owners.csv", "--party", "harbour", "--limit", "0"), "--limit"),
        (("owners.csv", "--party", "harbour", "--format-in", "xls"), "unknown ownership format"),
        (("owners.csv", "--party", "harbour", "--list", "csv:none.csv"), "none.csv"),
        (
            ("owners.csv", "--party", "harbour", "--output", "no/where"),
            "no/where: cannot be written",
        ),
    ],
)
def test_wrong_usage_is_status_2(
    owner: Command, tmp_path: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    (tmp_path / "broken.csv").write_text("owner,owned,share\na,x,51\n", "utf-8")
    (tmp_path / "shape.csv").write_text("a,b\n1,2\n", "utf-8")
    result = owner(*arguments)
    assert (result.status, result.out) == (2, "")
    assert complaint in result.err


def test_nothing_in_a_name_or_a_question_steers_the_terminal(
    owner: Command, tmp_path: Path
) -> None:
    name = "Acme\u202e\x1b[31m<b>&\u200b Ltd\x07"
    (tmp_path / "x.csv").write_text(f'owner,owned,share,owner_name\na,x,30%,"{name}"\n', "utf-8")
    for form in ("text", "dot", "svg"):
        out = owner("x.csv", "--party", "x", "--format", form).out
        assert "<U+202E>" in out or "&lt;U+202E&gt;" in out
        assert all(character == "\n" or character.isprintable() for character in out)
    err = owner("x.csv", "--party", name + "?").err
    assert all(character == "\n" or character.isprintable() for character in err)


def test_the_example_of_the_documentation_tells_what_stands_there(
    command: Command, tmp_path: Path
) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/ownership-files.md").read_text("utf-8")
    part = page.partition("## One party\n")[2]
    ((table, told),) = re.findall(r"```csv\n(.*?)```.*?```text\n(.*?)```", part, re.DOTALL)
    (tmp_path / "owners.csv").write_text(table, "utf-8")
    result = command("owner", "owners.csv", "--party", "harbour", "--as-of", "2024-06-15")
    assert result.out.startswith(f"{told}\nListed, it or above it\n")


def test_the_stayed_rule_of_the_documentation_is_told_as_there(
    command: Command, tmp_path: Path
) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs/ownership-files.md").read_text("utf-8")
    (told,) = re.findall(r"on 2026-03-01:\n\n```text\n(.*?)```", page, re.DOTALL)
    name = '"Nettrix Information Industry Co., Ltd."'
    (tmp_path / "x.csv").write_text(f"owner,owned,share,owner_name\na,x,60%,{name}\n", "utf-8")
    assert told in command("owner", "x.csv", "--party", "x", "--as-of", "2026-03-01").out


def test_an_owner_that_ended_is_told_wherever_it_is_named(owner: Command, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "owner,owned,share,owner_standing,owner_dissolved_on,owner_successor\n"
        "a,x,60%,merged,2024-03-01,s\nx,y,100%,,,\n",
        "utf-8",
    )
    page = owner("x.csv", "--party", "x").out
    assert "  60%  a; merged since 2024-03-01\n" in page
    assert "  certain  a, by votes; 60% of the votes; merged since 2024-03-01\n" in page
    assert "Ultimate parents: not known\n" in page
    assert "  possible  a; 60% looked through; merged since 2024-03-01\n" in page
    assert "  possible  s; no share of it is stated\n" in page
    assert "s > (succession) > a > (votes) > x" in page
    told = "ended_owner: a is merged since 2024-03-01, and still stated as owner of x; its"
    assert told in page
    assert owner("x.csv", "--party", "x", day="2024-02-29").out.count("merged") == 0
    assert "; merged since 2024-03-01\n" in owner("x.csv", "--party", "a").out
    found = json.loads(owner("x.csv", "--party", "x", "--format", "json").out)
    assert found["ended"] == [
        {
            "id": "a",
            "name": None,
            "standing": "merged",
            "since": "2024-03-01",
            "successors": ["s"],
            "source": "x.csv:2",
        }
    ]
    result = owner("x.csv", "--party", "x", "--listed", "s")
    assert result.status == 3
    assert "  unknown  half: Half in sum\n" in result.out
