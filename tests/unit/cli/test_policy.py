"""`policy`: list, show, lint and test over a rule folder of one's own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from unit.cli.conftest import Command


@pytest.fixture
def own(rules: Path, tmp_path: Path) -> Path:
    """A copy of the small rules that a test may break."""
    return Path(shutil.copytree(rules, tmp_path / "own"))


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_list_shows_status_and_state_of_the_day(command: Command, rules: Path) -> None:
    def listed(day: str) -> list[str]:
        return command("policy", "list", "--rules", rules, "--as-of", day).out.splitlines()

    lines = listed("2024-06-15")
    assert [line.split() for line in (lines[0], *lines[2:])] == [
        ["id", "status", "on", "2024-06-15", "title"],
        ["house.crypto", "test", "in_force", "Paid", "in", "tokens"],
        ["house.headquarters", "stable", "in_force", "Led", "from", "Ruritania's", "neighbor"],
        ["2", "policies"],
    ]
    assert [line.split()[2] for line in listed("2025-06-15")[2:4]] == ["in_force", "stayed"]
    assert [line.split()[2:4] for line in listed("2023-06-15")[2:4]] == [["not", "yet"]] * 2


def test_a_policy_is_shown_as_a_lawyer_reads_it(command: Command, rules: Path) -> None:
    result = command(
        "policy", "show", "house.headquarters", "--rules", rules, "--as-of", "2024-06-15"
    )
    assert result.status == 0
    assert result.out.splitlines()[:-1] == [
        "house.headquarters: Led from Ruritania's neighbor",
        "  house, house; house; status stable",
        "  on 2024-06-15: in_force; text verified on 2026-06-01",
        "Timeline",
        "  2024-01-01 in_force (rule)",
        "  2025-01-01 stayed (rule)",
        "Citations",
        "  rule: house rule 1",
        "Parameters on 2024-06-15",
        "  $places: KP",
        "For lessee",
        "  all",
        "    party.headquarters in $places",
        "Effect",
        "  license_required, severity high, factor nationality",
        "  where a fact is unknown: incomplete",
        "  message: {party.name} is led from {party.headquarters}.",
        "  customer message: contact_us",
        "Asks",
        "  - where it is led from",
        "False positives",
        "  - a tourist",
    ]


def test_an_exception_is_shown_with_its_note(command: Command, rules: Path) -> None:
    lines = command("policy", "show", "house.crypto", "--rules", rules).out.splitlines()
    assert "Not where: excused (on paper)" in lines
    assert "  contract.form eq paper" in lines


def test_a_policy_that_does_not_exist_is_status_2(command: Command, rules: Path) -> None:
    result = command("policy", "show", "house.cripto", "--rules", rules)
    assert (result.status, result.out) == (2, "")
    assert result.err == "compliance: no policy 'house.cripto' (did you mean 'house.crypto'?)\n"


def test_lint_warns_and_passes(command: Command, rules: Path) -> None:
    result = command("policy", "lint", "--rules", rules)
    crypto, headquarters = (rules / "house" / f"{name}.yaml" for name in ("crypto", "headquarters"))
    assert result.status == 0
    assert result.out.splitlines() == [
        (
            f"{crypto}:7:9: status: facts not yet checked at the source: capped at review "
            "[warning status-test]"
        ),
        (
            f"{headquarters}:10:5: timeline.1: no test on the day before 2025-01-01 "
            "[warning untested-eve]"
        ),
        "0 errors, 2 warnings",
    ]


def test_lint_fails_on_what_does_not_load(command: Command, own: Path) -> None:
    path = own / "house" / "crypto.yaml"
    replaced(path, "contract.payment.method,", "contract.payment.metod,")
    result = command("policy", "lint", "--rules", own)
    assert result.status == 2
    assert result.out.splitlines() == [
        (
            f"{path}:11:15: when.field: no field 'contract.payment.metod' "
            "(did you mean 'contract.payment.method'?) [error does-not-load]"
        ),
        "1 error, 0 warnings",
    ]


def test_policy_tests_pass_and_are_counted(command: Command, rules: Path) -> None:
    result = command("policy", "test", "--rules", rules)
    assert (result.status, result.out) == (0, "7 cases of 2 policies: none failed\n")
    one = command("policy", "test", "house.crypto", "--rules", rules)
    assert (one.status, one.out) == (0, "3 cases of 1 policy: none failed\n")


def test_a_failing_policy_test_is_status_1_and_named(command: Command, own: Path) -> None:
    path = own / "house" / "headquarters.tests.yaml"
    replaced(path, "2025-01-01: note", "2025-01-01: license_required")
    result = command("policy", "test", "--rules", own)
    assert result.status == 1
    assert result.out.splitlines() == [
        (
            f"{path}:5: house.headquarters on 2025-01-01: expected license_required, got note: "
            "led from there"
        ),
        "7 cases of 2 policies: 1 failed",
    ]


def test_tests_of_a_policy_that_does_not_exist_are_an_error(command: Command, own: Path) -> None:
    path = own / "house" / "crypto.tests.yaml"
    replaced(path, "policy: house.crypto", "policy: house.cripto")
    result = command("policy", "test", "--rules", own)
    assert (result.status, result.out) == (2, "")
    message = "policy: these tests stand beside house.crypto, not 'house.cripto'"
    assert result.err == f"compliance: {path}:2:9: {message}\n"


def test_no_tests_at_all_are_an_error_not_a_pass(command: Command, own: Path) -> None:
    for path in own.rglob("house/*.tests.yaml"):
        path.unlink()
    result = command("policy", "test", "--rules", own)
    assert (result.status, result.err) == (2, f"compliance: {own}: no policy tests\n")


def test_fmt_writes_the_one_form_and_names_what_it_changed(command: Command, own: Path) -> None:
    before = command("policy", "fmt", "--check", own)
    changed = [str(own / "house" / "crypto.yaml"), str(own / "house" / "headquarters.yaml")]
    assert (before.status, before.out.splitlines()[:-1]) == (1, changed)
    written = command("policy", "fmt", own)
    assert (written.status, written.out) == (0, "\n".join([*changed, "4 files: 2 changed\n"]))
    again = command("policy", "fmt", "--check", "--rules", own)
    assert (again.status, again.out) == (0, "4 files: none would change\n")
    assert command("policy", "lint", "--rules", own).status == 0


def test_fmt_leaves_what_does_not_read_and_tells_all_of_it(command: Command, own: Path) -> None:
    broken = own / "house" / "crypto.yaml"
    broken.write_text("id: a\nid: b\n", "utf-8")
    latin = own / "house" / "latin.yaml"
    latin.write_bytes(b"title: \xe9\n")
    result = command("policy", "fmt", own, own / "nowhere.yaml")
    assert result.status == 2
    assert [line.partition(".yaml:")[0] for line in result.err.splitlines()] == [
        f"compliance: {path.with_suffix('')}" for path in (broken, latin, own / "nowhere.yaml")
    ]
    assert broken.read_text("utf-8") == "id: a\nid: b\n"


def test_fmt_formats_a_file_of_another_kind_only_when_it_is_named(
    command: Command, own: Path
) -> None:
    path = own / "scoring.yaml"
    replaced(path, "schema: 1", "schema:   1")
    assert command("policy", "fmt", "--check", own).out.count("scoring") == 0
    assert command("policy", "fmt", path, path).out.splitlines() == [str(path), "1 file: 1 changed"]
    assert "schema: 1\n" in path.read_text("utf-8")


def test_the_index_is_printed_written_and_held_against_a_page(
    command: Command, rules: Path, tmp_path: Path
) -> None:
    page = tmp_path / "docs" / "rules.md"
    assert command("policy", "index", "--rules", rules, "--check", page).status == 2
    page.parent.mkdir()
    assert command("policy", "index", "--rules", rules, "--write", page).out == ""
    assert command("policy", "index", "--rules", rules, "--check", page).status == 0
    printed = command("policy", "index", "--rules", rules).out
    assert "| [house.crypto](" in printed
    subjects = page.read_text("utf-8").partition("## By citation")[0]
    (link,) = re.findall(r"\[house\.crypto\]\(([^)]+)\)", subjects)
    assert (page.parent / link).resolve() == (rules / "house" / "crypto.yaml").resolve()
    replaced(page, "Paid in tokens", "Paid in coins")
    stale = command("policy", "index", "--rules", rules, "--check", page)
    assert (stale.status, stale.out) == (
        1,
        f"{page} is not current: compliance policy index --write {page}\n",
    )
    both = command("policy", "index", "--write", page, "--check", page)
    assert both.status == 2
