"""`compliance screen`: contracts of files, decided."""

from __future__ import annotations

from compliance.cli.decisions import Run, show
from compliance.cli.options import (
    Accepted,
    AnyDay,
    AsOf,
    Files,
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
def screen(
    files: Files,
    *,
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
    """Screen contracts. Status: 0 clear, 1 review, worse or a hit, 2 error, 3 incomplete, stale."""
    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    run = Run.on(screener, as_of, files, format_in, any_day=any_day)
    show(run.decisions(), form, "contracts", files)
    return run.tally.status
