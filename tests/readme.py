"""The README as a program: its blocks are run, and what they print stands in it.

Python blocks share one namespace and run from the root of the repository; what they print is the
`text` block that follows. A `console` block is commands after "$ " with their output below.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(python|text|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def executed(text: str) -> str:
    """The text with the output of every block as it comes out now."""
    namespace: dict[str, Any] = {}
    printed = ""

    def replacement(match: re.Match[str]) -> str:
        nonlocal printed
        language, body = match.groups()
        if language == "python":
            printed = _run_python(body, namespace)
        elif language == "text":
            body = printed
        else:
            body = _run_console(body)
        return f"```{language}\n{body}```"

    return _BLOCK.sub(replacement, text)


def _run_python(code: str, namespace: dict[str, Any]) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.chdir(ROOT):
        exec(compile(code, str(README), "exec"), namespace)  # noqa: S102 - our own README
    return output.getvalue()


def _run_console(body: str) -> str:
    shown = []
    for line in body.splitlines():
        if line.startswith("$ "):
            shown += [line, _run_command(line.removeprefix("$ ").split())]
    return "\n".join(shown)


def _run_command(words: list[str]) -> str:
    program, *arguments = words
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100"}
    finished = subprocess.run(
        [Path(sys.executable).parent / program, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.stdout + finished.stderr


if __name__ == "__main__":
    README.write_text(executed(README.read_text(encoding="utf-8")), encoding="utf-8")
