"""The command line: parse, call, render, exit status. Needs the extra `cli`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec

from compliance.distribution import installation


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command (of `sys.argv` by default) and exit with its status.

    Raises:
        SystemExit: always; the statuses are those of docs/cli.md.
    """
    if any(find_spec(name) is None for name in ("typer", "rich")):
        sys.stderr.write(
            f"compliance: the command line needs typer and rich: {installation('cli')}\n"
        )
        raise SystemExit(2)
    from compliance.cli.app import app  # noqa: PLC0415 - typer is an extra

    app(args=None if arguments is None else list(arguments), prog_name="compliance")
