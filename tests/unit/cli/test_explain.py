"""`explain`: the whole proof, one policy's part, or only what the customer may be told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.conftest import Command, Result

STOPPED = b'{"id":"b","lessee":{"name":"Orchid Vale","headquarters":"KP"}}'
CLEAR = b'{"id":"a","lessee":{"name":"Fjordlys ApS","headquarters":"DK"}}'


@pytest.fixture
def explain(command: Command, rules: Path) -> Command:
    def run(*arguments: str, stdin: bytes, day: str = "2024-06-15", form: str = "json") -> Result:
        given = ("-", "--format-in", form, "--rules", rules, "--as-of", day)
        return command("explain", *given, *arguments, stdin=stdin)

    return run


def test_the_whole_proof_is_told(explain: Command) -> None:
    result = explain(stdin=STOPPED)
    lines = result.out.splitlines()
    assert (result.status, result.err) == (1, "")
    assert lines[0] == "b: LICENSE REQUIRED"
    assert "Deciding flags (1)" in lines
    assert lines[-1] == "This is not legal advice."


def test_one_policy_s_part_has_its_proof(explain: Command) -> None:
    result = explain("--policy", "house.headquarters", stdin=STOPPED)
    lines = result.out.splitlines()
    assert lines[:6] == [
        "b on 2024-06-15, policy house.headquarters",
        "  Orchid Vale (lessee; id lessee): Orchid Vale is led from North Korea.",
        "    license required; the conditions hold; severity high, weight 0.5 in nationality",
        "    in force since 2024-01-01",
        "    house rule 1",
        lines[5],
    ]
    assert lines[5].startswith("    [true] ")
    assert lines[-1] == "    would settle it: where it is led from"


@pytest.mark.parametrize(
    ("policy", "day", "told"),
    [
        ("house.crypto", "2024-06-15", "  evaluated, no flag: unknown"),
        ("house.headquarters", "2023-06-15", "  does not apply: before its first day"),
    ],
)
def test_a_policy_without_a_flag_says_why(
    explain: Command, policy: str, day: str, told: str
) -> None:
    result = explain("--policy", policy, "--allow-any-day", stdin=CLEAR, day=day)
    assert result.out.splitlines() == [f"a on {day}, policy {policy}", told]


def test_one_policy_s_part_as_json(explain: Command) -> None:
    stdin = b"[" + STOPPED + b"," + CLEAR + b"]"
    result = explain("--policy", "house.headquarters", "--format", "json", stdin=stdin)
    first, second = json.loads(result.out)
    assert (first["contract_id"], first["coverage"]["truth"], len(first["flags"])) == (
        "b",
        "true",
        1,
    )
    assert (second["contract_id"], second["coverage"]["truth"]) == ("a", "false")
    assert second["flags"] == []


def test_a_row_that_could_not_be_read_is_told_too(explain: Command) -> None:
    result = explain("--policy", "house.crypto", stdin=b"{\n" + CLEAR, form="jsonl")
    assert result.out.splitlines()[:2] == [
        "row 1 on 2024-06-15, policy house.crypto",
        (
            "  not screened: -:1:2: not JSON: expecting property name enclosed in double quotes: "
            "the text ends too early (is the file cut off?)"
        ),
    ]


def test_a_policy_that_does_not_exist_is_named_with_a_near_one(explain: Command) -> None:
    result = explain("--policy", "house.headquarter", stdin=STOPPED)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "compliance: no policy 'house.headquarter' (did you mean 'house.headquarters'?)\n"
    )


def test_the_customer_is_told_nothing_that_gives_a_reason(explain: Command) -> None:
    stopped = explain("--customer-safe", stdin=STOPPED)
    assert stopped.status == 1
    for word in ("Korea", "headquarters", "license", "list", "KP"):
        assert word not in stopped.out
    told = json.loads(explain("--customer-safe", "--format", "json", stdin=STOPPED).out)
    assert (told["contract_id"], told["standing"]) == ("b", "pending")
    assert stopped.out == told["text"] + "\n"


def test_customer_safe_never_tells_of_a_policy(explain: Command) -> None:
    result = explain("--customer-safe", "--policy", "house.crypto", stdin=STOPPED)
    assert (result.status, result.out) == (2, "")
    assert "--customer-safe never tells of a policy" in result.err
