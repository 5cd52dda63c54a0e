"""docs/cli.md, docs/input.md and docs/lists.md say what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from compliance.batch import FORMATS
from compliance.batch.writing import COLUMNS
from compliance.cli.app import COMMANDS, app
from compliance.cli.decisions import WRITERS
from compliance.cli.lists import lists
from compliance.cli.options import OutputFormat
from compliance.cli.policy import policy
from compliance.screening.findings import Finding
from compliance.screening.lint import LONGEST_MESSAGE
from compliance.watchlists.snapshots import GUARDS, catalogue
from unit.batch.rows import rows

DOCS = Path(__file__).resolve().parents[3] / "docs"
CLI = (DOCS / "cli.md").read_text("utf-8")
LISTS = (DOCS / "lists.md").read_text("utf-8")
INPUT = (DOCS / "input.md").read_text("utf-8")


def test_every_command_is_described() -> None:
    names = [name for name in COMMANDS if name not in {"policy", "lists"}]
    names += [f"policy {command.name}" for command in policy.registered_commands]
    names += [f"lists {command.name}" for command in lists.registered_commands]
    assert [name for name in names if f"`{name}" not in CLI] == []


def test_every_option_is_described() -> None:
    told = set(re.findall(r"--[a-z][a-z-]*", CLI + LISTS))
    assert sorted(_options(get_command(app)) - told) == []


def _options(command: Any) -> set[str]:
    """The long options of a command and of those below it, but for those of typer itself."""
    own = {o for p in command.params for o in p.opts if o.startswith("--")}
    if hasattr(command, "list_commands"):
        for name in command.list_commands(None):
            own |= _options(command.get_command(None, name))
    return own - {"--help", "--install-completion", "--show-completion"}


def test_every_list_of_the_catalogue_is_described_with_its_format() -> None:
    table = re.findall(
        r"^\| `([a-z0-9-]+)` \| (?:`([a-z-]+)`|none yet) \| (yes|no)", LISTS, re.MULTILINE
    )
    assert table == [
        (known.id, known.format or "", "yes" if known.files[0].url else "no")
        for known in catalogue().values()
    ]


def test_every_guard_is_described() -> None:
    assert re.findall(
        r"^\| `([a-z_]+)` \| (?!`)", LISTS.partition("**Guards.**")[2], re.MULTILINE
    ) == [*GUARDS]


def test_every_lint_finding_is_described_with_its_severity() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \| (error|warning) \|", CLI, re.MULTILINE)
    assert sorted(table) == sorted((f.code, f.severity) for f in Finding.__subclasses__())
    assert f"more than {LONGEST_MESSAGE} characters" in CLI


def test_every_format_is_described() -> None:
    assert sorted(re.findall(r"^\| `([a-z]+)` \| `\.", INPUT, re.MULTILINE)) == sorted(FORMATS)
    assert all(f"`{form.value}`" in CLI for form in OutputFormat)
    assert set(WRITERS) == set(OutputFormat)
    assert all(f"`{column}`" in INPUT for column in COLUMNS)


def test_the_example_of_a_csv_file_is_read() -> None:
    ((text,),) = (re.findall(r"```csv\n(.*?)```", INPUT, re.DOTALL),)
    ((_, _, data, problems),) = rows(text.encode(), "csv")
    assert problems == []
    assert data == {
        "id": "C-1",
        "lessee": {
            "name": "Fjordlys Biologi ApS",
            "headquarters": {"value": "DK", "status": "verified"},
        },
        "items": [{"chip": "H100 SXM5", "count": 8, "access": "remote", "site": {"country": "DK"}}],
    }
