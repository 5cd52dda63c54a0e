"""The options that several commands share, and what they load."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from compliance.errors import InputError, Problem
from compliance.model.decision import Decision
from compliance.model.outcome import Outcome
from compliance.policies.loading import load_policies
from compliance.policies.policy import Policy
from compliance.screening import Screener
from compliance.screening.field_schema import fields_of
from compliance.screening.knowledge import Knowledge
from compliance.screening.screener import consulting, today
from compliance.tables.embedded import rules_path
from compliance.watchlists import Watchlist, embedded, formats, read
from compliance.watchlists.snapshots import Store

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class InputFormat(StrEnum):
    """Formats that contracts are read from."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    YAML = "yaml"


class OutputFormat(StrEnum):
    """Formats that decisions are written in."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    SARIF = "sarif"


class PageFormat(StrEnum):
    """Text for people, JSON for machines."""

    TEXT = "text"
    JSON = "json"


class OwnerFormat(StrEnum):
    """Formats that the ownership of a party is told in."""

    TEXT = "text"
    JSON = "json"
    DOT = "dot"
    SVG = "svg"


class NameKind(StrEnum):
    """What a name names: it decides how its words are compared."""

    ORGANIZATION = "organization"
    PERSON = "person"
    UNKNOWN = "unknown"


def day(text: str | date) -> date:
    """A day of the calendar, written YYYY-MM-DD."""
    if isinstance(text, date):
        return text
    if not _ISO.fullmatch(text):
        raise typer.BadParameter(f"a date is written YYYY-MM-DD, not {text[:40]!r}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is not a day of the calendar") from None


AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="DATE", help="Day of law; today (UTC) by default."),
]
Rules = Annotated[
    Path | None,
    typer.Option("--rules", metavar="PATH", help="Rule folder; the shipped one by default."),
]
RuleSetName = Annotated[
    str, typer.Option("--set", metavar="NAME", help="Which policies: a file of the folder's sets/.")
]


def repeated(flag: str, metavar: str, meaning: str) -> Any:
    """An option that may be given several times; none of it is the empty list."""
    return typer.Option(
        flag, default_factory=list, show_default=False, metavar=metavar, help=meaning
    )


Lists = Annotated[
    list[str],
    repeated(
        "--list",
        "FORMAT:PATH",
        "A watchlist to consult; it replaces the shipped list of the same id.",
    ),
]
Accepted = Annotated[
    list[str],
    repeated(
        "--accept-license",
        "NAME",
        "Accept the license of the data of a --list, which its error names.",
    ),
]
Required = Annotated[
    list[str],
    repeated(
        "--require",
        "LIST-ID",
        "A list that must be consulted; without it a decision is at best incomplete.",
    ),
]
StoreFolder = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="PATH",
        envvar="COMPLIANCE_STORE",
        help="Folder of list snapshots.",
    ),
]
AnyDay = Annotated[
    bool,
    typer.Option(
        "--allow-any-day",
        help="Also a day before the rules begin, or long after they were checked.",
    ),
]
FormatIn = Annotated[
    InputFormat | None,
    typer.Option("--format-in", help="Format of the files; by default their names tell it."),
]
Format = Annotated[OutputFormat, typer.Option("--format", help="Output format.")]
Page = Annotated[PageFormat, typer.Option("--format", help="Output format.")]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", metavar="PATH", help="Write here; standard output by default."),
]
Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files; - is standard input.")]


def folder_of(rules: Path | None) -> Path:
    """The rule folder.

    Raises:
        InputError: it is not a folder.
    """
    folder = rules or rules_path()
    if not folder.is_dir():
        raise InputError(Problem.at("not a folder of rules", source=str(folder), code="input"))
    return folder


def screener_of(
    rules: Path | None,
    rule_set: str,
    lists: Sequence[str] = (),
    required: Sequence[str] = (),
    accepted: Sequence[str] = (),
    store: Path | None = None,
) -> Screener:
    """The screener that the options describe; a list of `lists` goes before one of the store.

    Raises:
        ComplianceError: rules or lists that do not load.
    """
    given = _given(lists, accepted, store)
    return Screener.load(folder_of(rules), given, rule_set=rule_set, required_lists=required)


def watchlists_of(
    folder: Path,
    lists: Sequence[str] = (),
    accepted: Sequence[str] = (),
    store: Path | None = None,
) -> tuple[Watchlist, ...]:
    """The shipped lists, those of a store and those of `lists`: the later of one id replaces.

    Raises:
        ComplianceError: a list that does not load, or two of `lists` with one id.
    """
    return consulting(embedded(folder), _given(lists, accepted, store))


def _given(
    lists: Sequence[str], accepted: Sequence[str], store: Path | None
) -> tuple[Watchlist, ...]:
    """The lists of a store and those of `lists`, of which the latter replace."""
    given = {watchlist.id: watchlist for watchlist in (_list(x, accepted) for x in lists)}
    if len(given) < len(lists):
        raise InputError(Problem.at("two --list have the same id", code="input"))
    kept = {} if store is None else _kept(store, given)
    return tuple((kept | given).values())


def _kept(folder: Path, given: Container[str]) -> dict[str, Watchlist]:
    """The current lists of a store, but those that are given otherwise."""
    if not folder.is_dir():
        raise InputError(Problem.at("no such folder of snapshots", source=str(folder)))
    store = Store(folder)
    return {list_id: store.current(list_id) for list_id in store.ids() if list_id not in given}


def _list(spelled: str, accepted: Sequence[str]) -> Watchlist:
    name, colon, path = spelled.partition(":")
    if not colon or not path:
        known = ", ".join(formats())
        raise InputError(Problem.at(f"--list is FORMAT:PATH, not {spelled!r}; formats: {known}"))
    return read(name, path, accept_license=accepted)


def knowledge_of(folder: Path, watchlists: Sequence[Watchlist] | None = None) -> Knowledge:
    """Everything known besides the policies, with some lists, or with the shipped ones."""
    return Knowledge.load(folder, embedded(folder) if watchlists is None else watchlists)


def policies_of(folder: Path, know: Knowledge) -> tuple[Policy, ...]:
    """Every policy of a rule folder, drafts too, sorted by id."""
    return load_policies(folder, know.gazetteer, fields_of(know))


def today_or(as_of: date | None) -> date:
    """The day given, or today in UTC."""
    return as_of or today()


class Tally:
    """What a run met, for its exit status."""

    def __init__(self) -> None:
        self.failed = self.stopped = self.held = False

    def add(self, decision: Decision) -> None:
        """Take a decision into account."""
        self.stopped = self.stopped or decision.needs_a_person
        self.held = self.held or decision.outcome is Outcome.INCOMPLETE
        self.held = self.held or any(line.stale for line in decision.coverage.watchlists)

    @property
    def status(self) -> int:
        """2: a file failed; 1: review or worse, or a hit; 3: incomplete, a stale list; 0: clear."""
        if self.failed:
            return 2
        if self.stopped:
            return 1
        return 3 if self.held else 0
