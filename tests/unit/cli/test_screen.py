"""`screen`: outcomes, formats, exit status, and every bad input as one clear message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.explain import decision_of, json_of
from compliance.watchlists import formats
from unit.cli.conftest import Command

CLEAR = '{"id":"a","lessee":{"name":"Fjordlys ApS","headquarters":"DK"}}'
STOPPED = '{"id":"b","lessee":{"name":"Orchid Vale","headquarters":"KP"}}'
REVIEW = (
    '{"id":"c","lessee":{"name":"Fjordlys ApS","headquarters":"DK"},"payment":{"method":"crypto"}}'
)
HELD = '{"id":"d","lessee":{"name":"Fjordlys ApS"}}'


def test_a_clear_contract_is_a_block_and_status_0(screen: Command) -> None:
    result = screen("-", "--format-in", "json", stdin=CLEAR.encode())
    assert (result.status, result.err) == (0, "")
    assert result.out == (
        "a: CLEAR on 2024-06-15\n"
        "  provision; nothing that decides is missing; score 0 of 100\n"
        "  every policy evaluated, nothing that decides is missing (0 notes)\n"
    )


def test_a_stopped_contract_says_why_and_what_to_do(screen: Command) -> None:
    result = screen("-", "--format-in", "json", stdin=STOPPED.encode())
    assert (result.status, result.err) == (1, "")
    assert result.out == (
        "b: LICENSE REQUIRED on 2024-06-15\n"
        "  stop until a license is on file; score 50 of 100\n"
        "  house.headquarters: Led from Ruritania's neighbor\n"
        "    Orchid Vale (lessee; id lessee): Orchid Vale is led from North Korea.\n"
    )


def test_an_incomplete_contract_names_what_is_missing(screen: Command) -> None:
    result = screen("-", "--format-in", "json", stdin=HELD.encode())
    assert result.status == 3
    assert result.out.splitlines()[0] == "d: INCOMPLETE on 2024-06-15"
    assert result.out.splitlines()[-1] == "  missing: lessee.headquarters"


def test_many_contracts_are_a_table(screen: Command) -> None:
    lines = f'{CLEAR}\n{STOPPED}\n{REVIEW}\n{HELD}\n{{"id":'
    result = screen("-", "--format-in", "jsonl", stdin=lines.encode())
    assert (result.status, result.err) == (1, "")
    rows = result.out.splitlines()
    named = [row.split()[:2] for row in rows[2:-1] if not row.startswith(" ")]
    assert rows[0].split() == ["id", "outcome", "score", "deciding", "why"]
    assert named == [
        ["a", "clear"],
        ["b", "license_required"],
        ["c", "review"],
        ["d", "incomplete"],
        ["row", "5"],
    ]
    assert "-:5:7: not JSON" in " ".join(result.out.split())
    assert rows[-1] == (
        "5 contracts on 2024-06-15: 1 clear, 1 review, 2 incomplete, 1 license_required"
    )
    assert max(map(len, rows)) <= 100


def test_very_many_contracts_are_tables_of_200_and_one_sum(screen: Command) -> None:
    stdin = "\n".join([CLEAR] * 401).encode()
    rows = screen("-", "--format-in", "jsonl", stdin=stdin).out.splitlines()
    tables = "\n".join(rows[:-1]).split("\n\n")
    told = [len([row for row in table.splitlines() if row.startswith("a ")]) for table in tables]
    assert told == [200, 200, 1]
    assert {table.splitlines()[0].split()[0] for table in tables} == {"id"}
    assert rows[-1] == "401 contracts on 2024-06-15: 401 clear"


@pytest.mark.parametrize(
    ("lines", "status"),
    [((CLEAR,), 0), ((CLEAR, REVIEW), 1), ((STOPPED,), 1), ((HELD, CLEAR), 3), ((HELD, REVIEW), 1),
     ((CLEAR, "{"), 3)],
)  # fmt: skip
def test_the_status_is_that_of_the_worst(
    screen: Command, lines: tuple[str, ...], status: int
) -> None:
    stdin = "\n".join(lines).encode()
    assert screen("-", "--format-in", "jsonl", "--format", "jsonl", stdin=stdin).status == status


def test_a_stale_list_is_status_3_and_is_named(screen: Command) -> None:
    result = screen("-", "--format-in", "json", day="2026-06-15", stdin=CLEAR.encode())
    assert result.status == 3
    assert (
        result.out.splitlines()[-1]
        == "  Stale on 2026-06-15: own. What was listed since is not known."
    )


def test_json_mirrors_the_input_and_is_the_library_s_own(screen: Command) -> None:
    one = screen("-", "--format-in", "json", "--format", "json", stdin=STOPPED.encode())
    decision = decision_of(one.out)
    assert one.out.encode() == json_of(decision, pretty=True) + b"\n"
    assert decision.contract_id == "b"
    listed = screen("-", "--format-in", "json", "--format", "json", stdin=f"[{STOPPED}]".encode())
    assert listed.out.encode() == b"[\n" + json_of(decision) + b"\n]\n"
    assert json.loads(listed.out) == [json.loads(one.out)]


def test_json_lines_are_one_decision_each(screen: Command) -> None:
    stdin = f"{CLEAR}\n{STOPPED}\n".encode()
    result = screen("-", "--format-in", "jsonl", "--format", "jsonl", stdin=stdin)
    lines = result.out.splitlines()
    assert [json_of(decision_of(line)).decode() for line in lines] == lines
    assert [json.loads(line)["outcome"] for line in lines] == ["clear", "license_required"]


def test_the_same_input_gives_the_same_bytes(screen: Command) -> None:
    stdin = f"{CLEAR}\n{STOPPED}\n{{\n".encode()
    for form in ("json", "jsonl", "csv", "sarif", "text"):
        runs = {
            screen("-", "--format-in", "jsonl", "--format", form, stdin=stdin).out for _ in range(2)
        }
        assert len(runs) == 1


def test_csv_is_neutralized(screen: Command) -> None:
    stdin = b'{"id":"=1+1","lessee":{"name":"@x","headquarters":"KP"}}\n'
    result = screen("-", "--format-in", "jsonl", "--format", "csv", stdin=stdin)
    header, record = result.out.splitlines()
    assert header.split(",")[0] == "contract_id"
    assert record.startswith("'=1+1,2024-06-15,license_required,50,,house.headquarters,")


def test_sarif_names_the_file(screen: Command, tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(STOPPED)
    log = json.loads(screen("c.json", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["house.headquarters"]
    assert "c.json" in json.dumps(log)
    (tmp_path / "d.json").write_text(CLEAR)
    both = json.loads(screen("c.json", "d.json", "--format", "sarif").out)
    assert "c.json" not in json.dumps(both)


def test_a_set_chooses_the_policies(screen: Command) -> None:
    stdin = REVIEW.encode()
    assert screen("-", "--format-in", "json", stdin=stdin).status == 1
    assert screen("-", "--format-in", "json", "--set", "strict", stdin=stdin).status == 0


def test_lists_are_added_and_required(screen: Command, tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("id,name\n1,Somebody Else\n")
    arguments = ("-", "--format-in", "json", "--format", "json", "--list", "csv:l.csv")
    result = screen(*arguments, "--require", "un", stdin=CLEAR.encode())
    lines = json.loads(result.out)["coverage"]["watchlists"]
    assert [(line["id"], line["consulted"]) for line in lines] == [
        ("l", True), ("own", True), ("un", False),
    ]  # fmt: skip
    assert result.status == 3


def test_a_given_list_replaces_the_shipped_one_of_its_id(screen: Command, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,name\n1,Somebody Else\n2,A Third\n")
    arguments = ("-", "--format-in", "json", "--format", "json", "--list", "csv:own.csv")
    lines = json.loads(screen(*arguments, stdin=CLEAR.encode()).out)["coverage"]["watchlists"]
    assert [(line["id"], line["entries"]) for line in lines] == [("own", 2)]


def test_a_licensed_list_is_read_only_when_its_license_is_accepted(
    screen: Command, tmp_path: Path
) -> None:
    (tmp_path / "l.json").write_text(
        '{"id": "1", "schema": "Company", "properties": {"name": ["Somebody Else"]}}'
    )
    arguments = ("-", "--format-in", "json", "--format", "json", "--list", "ftm-json:l.json")
    refused = screen(*arguments, stdin=CLEAR.encode())
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("compliance: l.json: ftm-json: OpenSanctions data is free for")
    assert refused.err.endswith("on the command line --accept-license CC-BY-NC-4.0)\n")
    accepted = screen(*arguments, "--accept-license", "CC-BY-NC-4.0", stdin=CLEAR.encode())
    lines = json.loads(accepted.out)["coverage"]["watchlists"]
    assert [(line["id"], line["entries"]) for line in lines] == [("l", 1), ("own", 1)]


BAD: list[tuple[str, bytes, str]] = [
    ("c.json", b"", "c.json: empty"),
    ("c.json", b'{"id": "x"', ("c.json:1:11: not JSON: expecting ',' delimiter: the text ends too "
     "early (is the file cut off?)")),
    ("c.json", b"[" * 100_000, "c.json:1:65: nested deeper than 64"),
    ("c.json", b'{"id":"x","n":' + b"9" * 10_000 + b"}",
     "c.json:1:15: a number of more than 30 digits"),
    ("c.json", b'{"id":"x","id":"y"}', "c.json:1:11: key 'id' twice"),
    ("c.json", b'{"id":"x","n":NaN}', ("c.json:1:15: NaN is not a number of JSON (a number is "
     "finite)")),
    ("c.json", b'{"id":"\0"}', "c.json:1:8: a NUL byte (save the file as UTF-8)"),
    ("c.json", b'{"id":"\xff"}', "c.json:1:8: not UTF-8 (save the file as UTF-8)"),
    ("c.json", b'{"id":"x","lesee":{}}', ("c.json:1:11: lesee: unknown key 'lesee' (did you mean "
     "'lessee'?)")),
    ("c.json", b'{"id":"x","ownership":[{"owner":"a","owned":"b","share":51}]}',
     'c.json:1:57: ownership.0.share: 51 of what? write "51%" or a fraction such as 0.51'),
    ("c.yaml", b"id: x\nsigned_on: 2024-02-30\n",
     "c.yaml:2:12: 2024-02-30 is not a day of the calendar"),
    ("c.yaml", b"id: x\r\nlesee: {}\r\n",
     "c.yaml:2:1: lesee: unknown key 'lesee' (did you mean 'lessee'?)"),
    ("c.csv", b"lessee.name\nAcme\n", "c.csv:1:1: no column 'id'"),
    ("c.csv", b"id,lessee.nam\nx,Acme\n",
     "c.csv:1:2: lessee.nam: no field 'nam' in lessee (did you mean 'name'?)"),
    ("c.txt", b"{}", ("c.txt: the name does not tell the format: .csv, .json, .jsonl, .ndjson, "
     ".yaml, .yml (name the format: one of csv, json, jsonl, yaml)")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_a_bad_file_is_one_message_and_status_2(
    screen: Command, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = screen(name)
    assert (result.status, result.out, result.err) == (2, "", f"compliance: {message}\n")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id":', ("c.jsonl:1:7: not JSON: expecting value: the text ends too early "
         "(is the file cut off?)")),
        (b'{"id":"\xff"}', "c.jsonl:1:8: not UTF-8 (save the file as UTF-8)"),
        (b'{"id":"\0"}', "c.jsonl:1:8: a NUL byte (save the file as UTF-8)"),
        (b"[" * 100_000, "c.jsonl:1:65: nested deeper than 64"),
        (b'{"id":"x","signed_on":"2024-02-30"}', ("c.jsonl:1:23: signed_on: Input should be "
         "a valid date or datetime, day value is outside expected range")),
        (b'{"id":"x","lesee":1}',
         "c.jsonl:1:11: lesee: unknown key 'lesee' (did you mean 'lessee'?)"),
        (b"x" * 2_000_000, "c.jsonl:1:1: longer than 1024 KiB"),
    ],
)  # fmt: skip
def test_a_bad_row_is_incomplete_and_the_others_are_done(
    screen: Command, tmp_path: Path, line: bytes, problem: str
) -> None:
    (tmp_path / "c.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n" + CLEAR.encode() + b"\r\n")
    result = screen("c.jsonl", "--format", "jsonl")
    first, second = map(json.loads, result.out.splitlines())
    assert (first["outcome"], first["error"]["problems"]) == ("incomplete", [problem])
    assert (second["contract_id"], second["outcome"]) == ("a", "clear")
    assert (result.status, result.err) == (3, "")


def test_a_line_of_200_megabytes_is_one_bad_row(screen: Command, tmp_path: Path) -> None:
    with (tmp_path / "c.jsonl").open("wb") as file:
        file.seek(200_000_000)
        file.write(b"\n" + CLEAR.encode())
    result = screen("c.jsonl", "--format", "jsonl")
    first, second = map(json.loads, result.out.splitlines())
    assert first["error"]["problems"] == ["c.jsonl:1:1: longer than 1024 KiB"]
    assert (second["outcome"], result.status) == ("clear", 3)


def test_a_csv_row_is_located_by_line_and_cell(screen: Command, tmp_path: Path) -> None:
    rows = "id,lessee.headquarters,signed_on\r\nx,DK,2024-02-30\r\ny,DK,2024-02-29\r\n"
    (tmp_path / "c.csv").write_text(rows, newline="")
    first, second = map(json.loads, screen("c.csv", "--format", "jsonl").out.splitlines())
    assert first["error"]["problems"] == [
        (
            "c.csv:2:3: signed_on: Input should be a valid date or datetime, day value is outside "
            "expected range"
        )
    ]
    assert (second["contract_id"], second["outcome"]) == ("y", "clear")


def test_a_file_that_fails_does_not_stop_the_others(screen: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "good.json").write_text(STOPPED)
    result = screen("bad.json", "gone.json", "good.json", "--format", "jsonl")
    assert json.loads(result.out)["contract_id"] == "b"
    assert result.err.splitlines() == [
        (
            "compliance: bad.json:1:2: not JSON: expecting property name enclosed in double quotes"
            ": the text ends too early (is the file cut off?)"
        ),
        "compliance: gone.json: No such file or directory",
    ]
    assert result.status == 2


def test_standard_input_needs_a_format(screen: Command) -> None:
    result = screen("-", stdin=CLEAR.encode())
    assert (result.status, result.out) == (2, "")
    assert result.err == "compliance: -: name its format with --format-in\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--list", "l.csv"),
            f"--list is FORMAT:PATH, not 'l.csv'; formats: {', '.join(formats())}",
        ),
        (("--list", "cvs:l.csv"), "unknown watchlist format 'cvs' (did you mean 'csv'?)"),
        (("--set", "lax"), "no rule set 'lax'; known: default, strict"),
        (("--rules", "nowhere"), "nowhere: not a folder of rules"),
    ],
)
def test_options_that_lead_nowhere_say_so(
    command: Command, rules: Path, arguments: tuple[str, ...], message: str
) -> None:
    given = () if "--rules" in arguments else ("--rules", str(rules))
    result = command("screen", "-", "--format-in", "json", *given, *arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("compliance: ")
    assert result.err.endswith(f"{message}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", "2024-02-30 is not a day of the calendar"),
        ("20240230", "a date is written YYYY-MM-DD, not '20240230'"),
        ("2024-W01-1", "a date is written YYYY-MM-DD, not '2024-W01-1'"),
        ("today", "a date is written YYYY-MM-DD, not 'today'"),
    ],
)
def test_the_day_of_law_is_a_day(command: Command, text: str, message: str) -> None:
    result = command("screen", "c.json", "--as-of", text)
    assert result.status == 2
    assert message in result.err
    assert "Traceback" not in result.err


def test_names_cannot_steer_the_terminal(screen: Command) -> None:
    stdin = '{"id":"x","lessee":{"name":"A\u202eB[bold]","headquarters":"KP"}}'
    result = screen("-", "--format-in", "json", stdin=stdin.encode())
    assert "A<U+202E>B[bold] (lessee; id lessee)" in result.out
