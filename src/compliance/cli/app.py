"""The commands of `compliance`: a table of what is loaded when it is asked for.

Each command is a function of its own module, which parses, calls and renders. A lazy group keeps
`compliance --version` and each single command from importing what only others need.
"""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from compliance.cli.terminal import write
from compliance.distribution import ENGINE

COMMANDS: Final = {
    "policy": "compliance.cli.policy:policy",
    "lists": "compliance.cli.lists:lists",
    "demo": "compliance.cli.demo:demo",
    "screen": "compliance.cli.screen:screen",
    "party": "compliance.cli.party:party",
    "explain": "compliance.cli.explain:explain",
    "chip": "compliance.cli.chip:chip",
    "names": "compliance.cli.names:names",
    "owner": "compliance.cli.owner:owner",
    "schema": "compliance.cli.schema:schema",
}
"""Each command or group of commands, in the order of the help, and the module and name of it."""
_SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class LazyGroup(TyperGroup):
    """The commands of the table; one is imported when it is run, all of them for the help.

    Context and command are `Any`: newer versions of typer bring a copy of click with types of
    its own.
    """

    def list_commands(self, _: Any) -> list[str]:
        """The names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _: Any, cmd_name: str) -> Any:
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, typer.Typer):
            function, found = (
                found,
                typer.Typer(
                    add_completion=False,
                    pretty_exceptions_enable=False,
                    rich_markup_mode=None,
                    context_settings=_SETTINGS,
                ),
            )
            found.command(cmd_name)(function)
        command = get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=LazyGroup,
    help="Screen contracts for rented GPU compute against export controls and sanctions.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_SETTINGS,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        write(f"{ENGINE}\n")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass
