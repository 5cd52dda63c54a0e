"""`party`: one name, or a customer list, without a contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.conftest import Command, Result


@pytest.fixture
def party(command: Command, rules: Path) -> Command:
    def run(*arguments: str, stdin: bytes = b"") -> Result:
        day = ("--as-of", "2024-06-15")
        return command("party", *arguments, "--rules", rules, *day, stdin=stdin)

    return run


def test_one_name_is_screened_with_its_country(party: Command) -> None:
    result = party("--name", "Orchid Vale", "--country", "KP")
    assert (result.status, result.err) == (1, "")
    assert result.out == (
        "party: LICENSE REQUIRED on 2024-06-15\n"
        "  stop until a license is on file; score 50 of 100\n"
        "  house.headquarters: Led from Ruritania's neighbor\n"
        "    Orchid Vale (lessee; id lessee): Orchid Vale is led from North Korea.\n"
    )


def test_a_person_s_country_is_the_residence(party: Command) -> None:
    result = party("--name", "A. Person", "--kind", "person", "--country", "KP", "--format", "json")
    decision = json.loads(result.out)
    assert (decision["outcome"], decision["missing"]) == ("incomplete", ["lessee.headquarters"])


def test_a_customer_list_is_screened_row_by_row(party: Command, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "id,name,headquarters,incorporated_on\n"
        "p1,Fjordlys ApS,DK,\n,Orchid Vale,KP,\np3,Fjordlys ApS,DK,2024-02-30\n"
    )
    result = party("list.csv", "--format", "jsonl")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [(one["contract_id"], one["outcome"]) for one in found] == [
        ("p1", "clear"), ("row 2", "license_required"), ("p3", "incomplete"),
    ]  # fmt: skip
    assert found[2]["error"]["problems"] == [
        (
            "list.csv:4:4: incorporated_on: Input should be a valid date or datetime, day value is "
            "outside expected range"
        )
    ]
    assert result.status == 1


def test_one_party_that_does_not_validate_is_status_2(party: Command) -> None:
    result = party("-", "--format-in", "yaml", stdin=b"name: x\nhedquarters: DK\n")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "compliance: -:2:1: hedquarters: unknown key 'hedquarters' (did you mean 'headquarters'?)\n"
    )


def test_an_unknown_kind_is_named(party: Command) -> None:
    result = party("--name", "x", "--kind", "company")
    assert result.status == 2
    assert result.err.startswith("compliance: kind: Input should be 'organization', 'person'")


@pytest.mark.parametrize("arguments", [(), ("f.json", "--name", "x")])
def test_files_or_a_name_not_both_nor_neither(party: Command, arguments: tuple[str, ...]) -> None:
    result = party(*arguments)
    assert result.status == 2
    assert "give FILE or --name, one of them" in result.err


@pytest.mark.parametrize("name", ["-", "?", "N/A", "unknown", "\u200b", "not provided"])
def test_a_name_that_says_nothing_is_refused(party: Command, name: str) -> None:
    result = party("--name", name)
    assert (result.status, result.out) == (2, "")
    assert "name" in result.err


def test_in_a_list_a_row_without_a_name_asks_for_it(party: Command, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("id,name,headquarters\np1,N/A,DK\np2,Orchid Vale,KP\n")
    result = party("list.csv", "--format", "jsonl")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert found[0]["outcome"] != "license_required"
    assert found[1]["outcome"] == "license_required"


def test_a_clear_of_another_rule_set_says_what_that_set_does_not_see(command: Command) -> None:
    asked = ("party", "--name", "Orchid Vale Digital", "--country", "SG", "--as-of", "2024-06-15")
    told = command(*asked, "--set", "lists").out
    assert ": CLEAR on 2024-06-15\n" in told
    assert "  Rule set lists does not see: owners, parents and officers who are not given" in told
    assert "Rule set" not in command(*asked).out
