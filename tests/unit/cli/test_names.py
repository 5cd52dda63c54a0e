"""`names`: who on the lists a name may mean, and how two names align."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from compliance.names import REVIEW_THRESHOLD, explain
from unit.cli.conftest import Command, Result
from unit.cli.test_main import PYTHON, on_a_terminal

LISTED = """\
id,name,kind,weak_aliases,citation
1,Orchid Vale Microelectronics Ltd,organization,,1 FR 1
2,Ivanov Pyotr,person,Petya Grom,
"""


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPLIANCE_STORE", raising=False)


@pytest.fixture
def names(command: Command, rules: Path, tmp_path: Path) -> Command:
    """Run `names` with the small rules and a list of two entries."""
    (tmp_path / "own.csv").write_text(LISTED, "utf-8")

    def run(*arguments: str) -> Result:
        return command("names", "--rules", rules, "--list", "csv:own.csv", *arguments)

    return run


def test_a_hit_shows_its_words_aligned_and_what_made_the_score(names: Command) -> None:
    result = names("Orchid Vale Micro-Electronics Trading Limited")
    assert (result.status, result.err) == (1, "")
    found = explain(
        "Orchid Vale Micro-Electronics Trading Limited", "Orchid Vale Microelectronics Ltd"
    )
    assert [name for name, _ in found.contributions] == ["contained", "longer"]
    contained, longer = (value for _, value in found.contributions)
    assert result.out == (
        "Orchid Vale Micro-Electronics Trading Limited (unknown): 1 hit at 0.78 or more among 2 "
        "entries of 1\n"
        "    list\n"
        "\n"
        f"{found.score:.3f}  own 1: Orchid Vale Microelectronics Ltd\n"
        "    organization; 1 FR 1\n"
        "    name    orchid  vale  micro electronic  ltd  trading\n"
        "            =       =     ~ 0.99            =    -\n"
        "    listed  orchid  vale  microelectronic   ltd\n"
        f"    agreement   {found.agreement:.3f}  share of the weight of both names\n"
        f"    contained  {contained:+.3f}  the shorter name is all or nearly all in the longer\n"
        f"    longer     {longer:+.3f}  only one name has a word that says something\n"
        "\n"
        "= equal, ~ alike and how much, - in one name only\n"
    )


def test_nobody_is_status_0_and_says_what_was_searched(names: Command) -> None:
    result = names("Fjordlys Biologi ApS", "--kind", "organization")
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "Fjordlys Biologi ApS (organization): no hit at 0.78 or more among 2 entries of 1 list\n"
    )


def test_excerpts_are_named(command: Command) -> None:
    result = command("names", "Fjordlys Biologi ApS")
    assert result.status == 0
    assert "only excerpts of bis-744-22, bis-entity-list" in " ".join(result.out.split())


def test_a_weak_alias_is_named_and_what_it_took_off(names: Command) -> None:
    result = names("Petya Grom", "--kind", "person")
    assert result.status == 1
    assert result.out.splitlines()[2:-2] == [
        "0.900  own 2: Petya Grom (an alias that the publisher calls weak)",
        "    an alias of Ivanov Pyotr; person",
        "    name    petya  grom",
        "            =      =",
        "    listed  petya  grom",
        "    agreement    1.000  share of the weight of both names",
        "    weak alias  -0.100  a weak alias is never certain",
    ]


def test_a_threshold_and_a_limit_choose_the_hits(names: Command) -> None:
    name = "Pyotr Orchid Vale"
    assert names(name).status == 0
    result = names(name, "--threshold", "0.2", "--limit", "1")
    assert result.status == 1
    assert "own 1" in result.out
    assert "own 2" not in result.out
    assert "\n1 hit more: --limit\n" in result.out


def test_json_holds_the_hits_and_what_was_searched(names: Command) -> None:
    result = names("Ivanov Petr", "--kind", "person", "--format", "json")
    told = json.loads(result.out)
    (hit,) = told.pop("hits")
    assert result.status == 1
    assert told == {
        "name": "Ivanov Petr",
        "kind": "person",
        "threshold": REVIEW_THRESHOLD,
        "lists": [{"id": "own", "entries": 2, "complete": True, "published": None}],
        "hits_total": 1,
    }
    assert hit["listing"]["id"] == "2"
    assert hit["matched_name"] == "Ivanov Pyotr"
    assert hit["weak"] is False
    assert hit["score"] == explain("Ivanov Petr", "Ivanov Pyotr", "person").score
    assert [pair["left"] for pair in hit["explanation"]["pairs"]] == ["ivanov", "petr"]


def test_two_names_are_explained_whatever_they_score(command: Command) -> None:
    result = command("names", "--explain", "Ivan bin Pyotr", "Pyotr bin Ivan", "--kind", "person")
    found = explain("Ivan bin Pyotr", "Pyotr bin Ivan", "person")
    assert (result.status, result.err) == (0, "")
    at = f"at or above the review threshold {REVIEW_THRESHOLD}"
    assert result.out.splitlines() == [
        f"Ivan bin Pyotr | Pyotr bin Ivan (person): {found.score:.3f}, {at}",
        "    A  ivan  bin  pyotr",
        "       =     =    =",
        "    B  ivan  bin  pyotr",
        "    agreement    1.000  share of the weight of both names",
        ("    patronymic  -0.200  the same names in another order: son and father may be swapped"),
        "= equal, ~ alike and how much, - in one name only",
    ]


def test_an_explanation_as_json_says_whether_a_person_looks(command: Command) -> None:
    result = command("names", "--explain", "Acme Ltd", "Acme Limited", "--format", "json")
    told = json.loads(result.out)
    assert result.status == 0
    assert (told["score"], told["review"], told["a"], told["b"]) == (
        1.0, True, "Acme Ltd", "Acme Limited",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["", " ", "(((", "...", "\u202e\u200b", "\x1b\x07"])
def test_a_name_without_a_letter_or_a_digit_is_an_error(names: Command, name: str) -> None:
    for arguments in ((name,), ("--explain", name, "Acme"), ("--explain", "Acme", name)):
        result = names(*arguments)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith("compliance: a name needs a letter or a digit, not ")
        assert "\x1b" not in result.err
        assert "\u202e" not in result.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("Acme", "--threshold", "0"), "a threshold is above 0 and at most 1, not 0.0"),
        (("Acme", "--threshold", "1.01"), "a threshold is above 0 and at most 1, not 1.01"),
        (("Acme", "--threshold", "nan"), "a threshold is above 0 and at most 1, not nan"),
        (("Acme", "--threshold", "much"), "--threshold"),
        (("Acme", "--limit", "0"), "--limit"),
        (("Acme", "--kind", "vessel"), "--kind"),
        (("Acme", "--explain", "A", "B"), "give NAME or --explain A B, one of them"),
        ((), "give NAME or --explain A B, one of them"),
        (("Acme", "--list", "csv:none.csv"), "none.csv"),
    ],
)
def test_wrong_usage_is_status_2(
    names: Command, arguments: tuple[str, ...], complaint: str
) -> None:
    result = names(*arguments)
    assert (result.status, result.out) == (2, "")
    assert complaint in result.err


def test_nothing_in_a_name_steers_the_terminal(names: Command) -> None:
    name = "Orchid\u202e Vale\x1b[31m Micro\u200belectronics\udcff Ltd\x07"
    for arguments in ((name,), ("--explain", name, "Orchid Vale Microelectronics Ltd")):
        out = names(*arguments).out
        assert "Orchid<U+202E> Vale<U+001B>[31m Micro<U+200B>electronics<U+DCFF>" in out
        assert all(c == "\n" or c.isprintable() for c in out)


def test_lone_surrogates_are_escapes_in_json(names: Command) -> None:
    for arguments in (("Orchid \udcff Vale",), ("--explain", "Orchid \udcff Vale", "Orchid")):
        result = names(*arguments, "--format", "json")
        assert "Orchid \\udcff Vale" in result.out
        told = json.loads(result.out)
        assert (told.get("name") or told["a"]) == "Orchid \udcff Vale"


@pytest.mark.parametrize("name", ["x" * 100_000, "Orchid Vale " * 8_333 + "Ltd."])
def test_a_name_of_100_000_characters_is_answered_on_a_few_lines(names: Command, name: str) -> None:
    result = names(name, "--threshold", "0.05")
    assert result.status in {0, 1}
    assert f"{name[:60].strip()}... ({len(name):,} characters)" in " ".join(result.out.split())
    result = names("--explain", name, "Orchid Vale")
    assert result.status == 0
    assert len(result.out) < 4_000


def test_wide_letters_keep_the_columns(command: Command) -> None:
    result = command("names", "--explain", "東方科技", "東方机械")
    assert result.out.splitlines()[1:4] == [
        "    A  东方  科技",
        "       =     -     -",
        "    B  东方        机械",
    ]


def test_colors_are_for_terminals_without_no_color(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "own.csv").write_text(LISTED, "utf-8")
    arguments = ("names", "Orchid Vale Microelektronics", "--rules", rules)
    lists = ("--list", f"csv:{tmp_path / 'own.csv'}")
    colored = on_a_terminal(*arguments, *lists)
    assert b"\x1b[32m" in colored
    assert b"\x1b[33m" in colored
    assert b"\x1b" not in on_a_terminal(*arguments, *lists, NO_COLOR="1")


def test_bytes_that_are_no_text_are_shown_as_escapes(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PYTHON, "names", "--explain", b"Orchid \xff", "Orchid"],
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Orchid <U+DCFF> | Orchid (unknown): 1.000")


@pytest.mark.parametrize("name", ["N/A", "unknown", "not provided", "未知"])
def test_a_name_that_stands_for_none_is_refused(names: Command, name: str) -> None:
    result = names("--", name)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"compliance: {name!r} stands for no name")
