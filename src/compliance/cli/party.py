"""`compliance party`: a customer list, or one name, decided without a contract."""

from __future__ import annotations

from typing import Annotated

import typer

from compliance.cli.decisions import Run, named, show
from compliance.cli.options import (
    Accepted,
    AnyDay,
    AsOf,
    Format,
    FormatIn,
    Lists,
    OutputFormat,
    Required,
    Rules,
    RuleSetName,
    StoreFolder,
    screener_of,
)
from compliance.cli.terminal import guarded


@guarded
def party(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Parties; - is standard input."),
    ] = None,
    *,
    name: Annotated[
        str | None,
        typer.Option("--name", help="One party by name, instead of files."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="organization, person, ...")] = "organization",
    country: Annotated[
        str | None,
        typer.Option("--country", help="Incorporation and headquarters, or a person's residence."),
    ] = None,
    as_of: AsOf = None,
    form: Format = OutputFormat.TEXT,
    rules: Rules = None,
    rule_set: RuleSetName = "default",
    lists: Lists,
    accepted: Accepted,
    required: Required,
    store: StoreFolder = None,
    format_in: FormatIn = None,
    any_day: AnyDay = False,
) -> int:
    """Screen parties without a contract: a customer list, or one name."""
    if bool(files) == (name is not None):
        raise typer.BadParameter("give FILE or --name, one of them")
    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    run = Run.on(screener, as_of, files or (), format_in, any_day=any_day, parties=True)
    found = run.decisions() if name is None else named(run, name, kind, country)
    show(found, form, "parties", files or ())
    return run.tally.status
