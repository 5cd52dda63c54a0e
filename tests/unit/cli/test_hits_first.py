"""A hit is never hidden: it stands first in every format, whatever else is missing."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from unit.cli.conftest import Command, Result

DAY = ("--as-of", "2026-07-10")
HUAWEI = "Huawei Technologies Co., Ltd."
LISTED = "us.ear.entity-list-party"
ASKED = "house.facts-lessee"
ENTRY = f"{HUAWEI} [bis-entity-list huawei-technologies-co-ltd]"
EXCERPTS = "Only excerpts of lists were consulted: bis-744-22, bis-entity-list"


def party(command: Command, *arguments: str) -> Result:
    return command("party", "--name", HUAWEI, *DAY, *arguments)


def contract(**changes: Any) -> bytes:
    given: dict[str, Any] = {
        "id": "C",
        "provider": {"name": "Bluewattle Cloud", "incorporation": "AU", "headquarters": "AU"},
        "lessee": {"name": HUAWEI, "kind": "organization"},
        "end_users": ["lessee"],
        "items": [{"chip": "H1000", "count": 16, "access": "remote", "site": {"country": "Japn"}}],
        "payment": {"method": "bank_transfer"},
    }
    return json.dumps(given | changes).encode()


def screen(command: Command, *arguments: str, **changes: Any) -> Result:
    given = ("screen", "-", "--format-in", "json", *DAY, *arguments)
    return command(*given, stdin=contract(**changes))


@pytest.mark.parametrize("country", [(), ("--country", "Germoney")])
def test_in_text_the_hit_stands_before_what_is_missing(
    command: Command, country: tuple[str, ...]
) -> None:
    result = party(command, *country)
    assert (result.status, result.err) == (1, "")
    assert result.out.startswith("party: INCOMPLETE on 2026-07-10\n")
    assert result.out.splitlines()[2] == f"  {LISTED}: A party is on the Entity List"
    assert result.out.index(LISTED) < result.out.index(ASKED) < result.out.index("  missing:")
    assert "matches Huawei Technologies Co., Ltd." in " ".join(result.out.split())


def test_what_was_given_is_told_with_near_spellings(command: Command) -> None:
    result = party(command, "--country", "Germoney")
    words = " ".join(result.out.split())
    near = "(not a country: 'Germoney'; near: Germany, Guernsey)"
    assert f"missing: lessee.headquarters {near}, lessee.incorporation {near}" in words
    assert f"incorporation: unknown {near}" in words


def test_of_a_contract_chip_and_site_are_told_so_too(command: Command) -> None:
    result = screen(command)
    words = " ".join(result.out.split())
    assert result.status == 1
    assert result.out.index(LISTED) < result.out.index("house.facts-item")
    assert "items.0.chip (no chip is called 'H1000' (did you mean H100" in words
    assert "items.0.site.country (not a country: 'Japn'; near: Japan)" in words


def test_in_csv_the_hit_has_a_column_and_says_why(command: Command) -> None:
    result = party(command, "--country", "Germoney", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.out))
    assert result.status == 1
    assert row["hits"].split("; ")[0] == ENTRY
    assert row["deciding"].split("; ")[0] == LISTED
    assert row["why"].startswith(f"A party is on the Entity List: {ENTRY} (+ ")
    assert "lessee.headquarters (not a country: 'Germoney'" in row["missing"]
    assert row["lists"].startswith(EXCERPTS)


def test_in_a_table_the_hit_says_why_and_the_lists_are_told_once(command: Command) -> None:
    rows = f'{{"name": {json.dumps(HUAWEI)}}}\n{{"name": "Fjordlys ApS"}}\n'
    given = ("party", "-", "--format-in", "jsonl", *DAY)
    result = command(*given, stdin=rows.encode())
    assert result.status == 1
    assert "A party is on the Entity List" in result.out
    assert result.out.count("Only excerpts of lists were consulted") == 1


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_in_json_the_hit_is_the_first_flag(command: Command, form: str) -> None:
    result = party(command, "--country", "Germoney", "--format", form)
    decision = json.loads(result.out)
    assert result.status == 1
    assert decision["flags"][0]["policy_id"] == LISTED
    assert decision["flags"][0]["matches"][0]["name"] == HUAWEI
    (asked,) = [flag for flag in decision["flags"] if flag["policy_id"] == ASKED]
    assert {text["path"] for text in asked["unread"]} == set(decision["missing"])
    assert decision["coverage"]["remarks"][0].startswith(EXCERPTS)


def test_in_sarif_the_hit_is_the_first_result(command: Command) -> None:
    result = party(command, "--format", "sarif")
    (run,) = json.loads(result.out)["runs"]
    assert result.status == 1
    assert run["results"][0]["ruleId"] == LISTED
    assert run["properties"]["decisions"][0]["deciding"][0] == LISTED
    assert run["properties"]["lists"][0].startswith(EXCERPTS)


def test_explain_begins_with_the_hit(command: Command) -> None:
    given = ("explain", "-", "--format-in", "json", *DAY)
    result = command(*given, stdin=contract())
    assert result.status == 1
    first = result.out.split("Deciding flags")[1].split("Policy: ")[1]
    assert first.startswith(LISTED)
    assert "Lists: Only excerpts of lists" in result.out


def test_a_possible_hit_of_an_incomplete_party_is_told_and_has_status_1(command: Command) -> None:
    result = command("party", "--name", "Nettrix Information Co., Ltd.", *DAY)
    assert result.status == 1
    assert result.out.index("house.possible-listed-name") < result.out.index(ASKED)


def test_without_a_hit_what_is_missing_has_status_3(command: Command) -> None:
    result = command("party", "--name", "Fjordlys ApS", *DAY)
    assert result.status == 3
    assert "us." not in result.out.replace("us.ear", "us.")


def test_a_hit_on_a_list_that_bars_nothing_is_a_note_in_text_and_csv(command: Command) -> None:
    given = ("party", "--name", "Baicells Technologies Co., Ltd.", "--set", "lists", *DAY)
    result = command(*given)
    assert "CLEAR" in result.out
    assert "note: us.dod.section-1260h" in result.out
    (row,) = csv.DictReader(io.StringIO(command(*given, "--format", "csv").out))
    assert row["hits"] == "Baicells Technologies Co., Ltd. [dow-1260h baicells-technologies-co-ltd]"


def test_a_note_about_a_certain_hit_is_not_hidden_behind_what_is_missing(command: Command) -> None:
    result = command("party", "--name", "Baicells Technologies Co., Ltd.", *DAY)
    assert result.status == 1
    assert result.out.index("us.dod.section-1260h") < result.out.index(ASKED)


def test_a_critical_law_that_holds_is_told_beside_a_worse_outcome(command: Command) -> None:
    """A listed payer that no US law forbids to serve, and hardware that needs a license."""
    result = screen(
        command,
        lessee={"name": "Orchid Vale", "incorporation": "SG", "headquarters": "CN"},
        items=[{"chip": "H100 SXM5", "count": 8, "access": "delivery", "site": {"country": "SG"}}],
        payers=[{"name": "SUEX OTC, S.R.O.", "kind": "organization"}],
    )
    assert result.out.startswith("C: LICENSE REQUIRED")
    assert result.out.index("us.ear.headquarters-a") < result.out.index("us.ofac.sdn-outside")


def test_a_day_that_the_rules_cannot_answer_for_is_an_error_of_usage(command: Command) -> None:
    for day in ("1999-12-31", "2031-01-01"):
        for given in (("party", "--name", "Fjordlys ApS"), ("screen", "-"), ("explain", "-")):
            result = command(*given, "--as-of", day)
            assert (result.status, result.out) == (2, "")
            assert f"as_of: {day} is" in result.err
            assert "--allow-any-day" in result.err
    allowed = command("party", "--name", "Fjordlys ApS", "--as-of", "1999-12-31", "--allow-any-day")
    assert "1999-12-31 is before 2000-01-01" in allowed.out


def test_a_required_list_that_is_not_there_is_named(command: Command) -> None:
    given = ("party", "--name", "Fjordlys ApS", "--country", "DK", "--require", "bis-entty-list")
    for form in ("text", "csv", "json", "sarif"):
        result = command(*given, *DAY, "--format", form)
        words = " ".join(result.out.split())
        assert result.status == 3
        assert "NOT CONSULTED though asked for: bis-entty-list" in words
        assert "did you mean 'bis-entity-list'?" in words


def test_the_sets_are_shown_with_what_they_do_not_see(command: Command) -> None:
    result = command("policy", "sets")
    assert result.status == 0
    for name in ("default", "lists", "self-serve", "strict"):
        assert f"\n{name}: " in f"\n{result.out}"
    assert result.out.count("  does not see:\n") == 4
    assert "embargoes on its country" in result.out


def test_what_a_clear_decision_rests_on_is_told_with_its_last_day(command: Command) -> None:
    license_ = {
        "kind": "license", "authority": "OFAC", "number": "L-1", "valid_until": "2026-12-31",
        "covers": {"policies": ["us.ofac.blocked-property", "us.ofac.sdn-outside-us-jurisdiction"]},
    }  # fmt: skip
    changes: dict[str, Any] = {
        "lessee": {
            "name": "Fjordlys ApS", "incorporation": "DK", "headquarters": "DK",
            "exchange_listing": "XCSE",
        },
        "items": [{"chip": "H100 SXM5", "count": 8, "access": "remote", "site": {"country": "AU"}}],
        "payers": [{"id": "p", "name": "SUEX OTC, S.R.O.", "kind": "organization"}],
        "authorizations": [license_],
    }  # fmt: skip
    text = screen(command, **changes)
    words = " ".join(text.out.split())
    assert "note: us.ofac.blocked-property" in words
    assert "excused by license-held (31 CFR 501.603" in words
    assert "last day 2026-12-31; given: party.authorizations OFAC license L-1" in words
    (row,) = csv.DictReader(io.StringIO(screen(command, "--format", "csv", **changes).out))
    assert "us.ofac.blocked-property excused by license-held" in row["rests_on"]
    assert "last day 2026-12-31" in row["rests_on"]
