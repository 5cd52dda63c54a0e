"""The process: quiet when interrupted or unread, plain without a terminal, clear without typer."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import compliance.cli
from compliance.cli import main
from compliance.cli.terminal import counted, guarded, table, width
from compliance.model.outcome import Outcome
from unit.cli.conftest import Command

PYTHON = [sys.executable, "-m", "compliance"]


def on_a_terminal(*arguments: str | Path, **environment: str) -> bytes:
    """Standard output of a command that runs on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    settings |= {"TERM": "xterm", "COLUMNS": "80", **environment}
    with subprocess.Popen(
        [*PYTHON, *map(str, arguments)], stdout=theirs, stderr=subprocess.PIPE, env=settings
    ) as process:
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # a terminal reports its end as an error
                break
            if not piece:
                break
            pieces.append(piece)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    os.close(ours)
    return b"".join(pieces)


def test_colors_are_for_terminals_and_for_those_who_want_them(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(
        '{"id":"a","lessee":{"name":"Fjordlys ApS","headquarters":"DK"}}\n'
        '{"id":"b","lessee":{"name":"Orchid Vale","headquarters":"KP"}}\n'
    )
    arguments = ("screen", tmp_path / "c.jsonl", "--rules", rules, "--as-of", "2024-06-15")
    colored = on_a_terminal(*arguments)
    assert b"\x1b[32mclear" in colored
    plain = on_a_terminal(*arguments, NO_COLOR="1")
    assert b"\x1b" not in plain
    assert max(len(line.decode().rstrip()) for line in plain.splitlines()) <= 80
    assert b"\x1b" not in on_a_terminal(*arguments, TERM="dumb")


def test_a_closed_pipe_is_quiet(rules: Path, tmp_path: Path) -> None:
    line = '{"id":"a","lessee":{"name":"Fjordlys ApS","headquarters":"DK"}}\n'
    (tmp_path / "c.jsonl").write_text(line * 500)
    arguments = [tmp_path / "c.jsonl", "--rules", rules, "--as-of", "2024-06-15"]
    command = [*PYTHON, "screen", *map(str, arguments), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_an_interrupt_is_quiet(rules: Path) -> None:
    arguments = ["screen", "-", "--format-in", "jsonl", "--format", "jsonl", "--rules", str(rules)]
    with subprocess.Popen(
        [*PYTHON, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id":"a"}\n' * 4000)  # more than fits, so that an answer comes
        process.stdout.read(1)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in {130, 141}


def test_an_interrupted_command_has_status_130() -> None:
    @guarded
    def interrupted() -> int:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as caught:
        interrupted()
    assert caught.value.code == 130


def test_a_bug_is_a_bug() -> None:
    @guarded
    def wrong() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        wrong()


def test_without_typer_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compliance.cli, "find_spec", lambda name: None if name == "typer" else 1)
    with pytest.raises(SystemExit) as caught:
        main(["demo"])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert err == (
        "compliance: the command line needs typer and rich: pip install 'compute-compliance[cli]'\n"
    )


def test_the_command_line_is_imported_only_when_it_runs() -> None:
    code = "import sys, compliance.cli; print([m for m in ('typer', 'rich') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_version_is_printed(command: Command) -> None:
    result = command("--version")
    assert (result.status, result.out) == (0, "compliance 0.1.0\n")


@pytest.mark.parametrize("arguments", [(), ("policy",), ("scren",), ("screen",), ("chip",)])
def test_usage_errors_are_status_2(command: Command, arguments: tuple[str, ...]) -> None:
    result = command(*arguments)
    assert result.status == 2
    assert "Traceback" not in result.err + result.out


@pytest.mark.parametrize(
    "arguments", [("screen",), ("party",), ("explain",), ("chip",), ("policy", "lint"), ("schema",)]
)
def test_every_command_explains_itself(command: Command, arguments: tuple[str, ...]) -> None:
    result = command(*arguments, "--help")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Usage: compliance {' '.join(arguments)} ")


def test_a_narrow_terminal_gets_lines_instead_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.cli.terminal.width", lambda: 40)
    shown = table(("id", "outcome", "score", "why"), [("C-1", Outcome.REVIEW, "", "a " * 30)])
    assert shown.splitlines() == [
        "C-1",
        "  outcome: review",
        "  why: a a a a a a a a a a a a a a a a a",
        "    a a a a a a a a a a a a a",
    ]


def test_long_ids_leave_room_for_the_rest() -> None:
    shown = table(("id", "title"), [("x" * 90, "what it is")])
    assert shown.count("x") == 90
    assert "what it is" in shown


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, shown in ((io.StringIO(), ""), (_Terminal(), "\r100 rows\r200 rows\r\x1b[K")):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(counted(range(250), "rows")) == list(range(250))
        assert stream.getvalue() == shown


def test_a_table_shows_hidden_characters_and_loses_nothing() -> None:
    assert width() == 100
    shown = table(("id", "outcome"), [("a\x1b[31m", Outcome.CLEAR), ("x" * 150, Outcome.REVIEW)])
    assert "\x1b" not in shown
    assert "a<U+001B>[31m" in shown
    assert shown.count("x") == 150
    assert max(map(len, shown.splitlines())) <= 100
