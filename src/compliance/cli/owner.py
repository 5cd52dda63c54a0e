"""What `owner` shows: who owns and controls one party of ownership files, on a day."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import typer

from compliance.cli.decisions import pretty
from compliance.cli.options import (
    Accepted,
    AsOf,
    Files,
    Lists,
    OutputFile,
    OwnerFormat,
    Rules,
    StoreFolder,
    folder_of,
    knowledge_of,
    policies_of,
    repeated,
    today_or,
    watchlists_of,
)
from compliance.cli.terminal import guarded, width, write, write_bytes
from compliance.errors import ComplianceError, InputError, Problem, UnknownNameError, did_you_mean
from compliance.explain.ownership import dot, plain_report, svg, text
from compliance.model.truth import Truth
from compliance.ownership.readers import Statements, read
from compliance.policies.policy import Policy
from compliance.screening.knowledge import Knowledge
from compliance.screening.ownership_report import OwnershipReport, ownership_report
from compliance.screening.regime_status import check_regimes

_STDIN: Final = "-"
_MOST_IDS: Final = 20


@dataclass(frozen=True, slots=True)
class Question:
    """One party of some files, by id or name, and who counts as listed, on a day."""

    files: Sequence[str]
    format_in: str | None
    party: str
    listed: Sequence[str]
    as_of: date

    def report(self, know: Knowledge, policies: Sequence[Policy]) -> OwnershipReport:
        """Every answer.

        Raises:
            OwnershipError: a file that is refused; statements that are no graph.
            UnknownNameError: no such party, several of one name, or no such format.
        """
        statements = _read(self.files, self.format_in)
        party = _party(statements, self.party, "--party")
        listed = [_party(statements, one, "--listed") for one in self.listed]
        return ownership_report(
            statements,
            party,
            as_of=self.as_of,
            know=know,
            policies=policies,
            listed=listed,
        )


def show_owner(report: OwnershipReport, form: OwnerFormat, limit: int, output: Path | None) -> int:
    """The report, in a format, on standard output or in a file.

    1 where the party is listed itself, or affected under a rule of law that is in force or
    unverified; 3 where that is unknown, or only the house or a rule that is not in force says so,
    and where a list that was consulted is stale on the day.

    Raises:
        InputError: the file cannot be written.
    """
    if form is OwnerFormat.JSON:
        content = pretty(plain_report(report, limit))
    elif form is OwnerFormat.TEXT:
        content = text(report, limit, width()).encode("utf-8", "backslashreplace")
    else:
        content = (dot if form is OwnerFormat.DOT else svg)(report, limit).encode()
    if output is not None:
        try:
            output.write_bytes(content)
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            raise InputError(Problem.at(message, source=str(output), code="input")) from None
    elif form is OwnerFormat.TEXT:
        write(content.decode())
    else:
        write_bytes(content)
    told = {rule.verdict for rule in report.regimes}
    if "affected" in told:
        return 1
    stale = any(one.stale(report.as_of) is Truth.TRUE for one in report.watchlists)
    return 3 if stale or told - {"not_affected"} else 0


def _read(files: Sequence[str], format_in: str | None) -> Statements:
    """What the files state; standard input is kept while it is read, and told as "-"."""
    if _STDIN not in files:
        return read(*files, format=format_in)
    with TemporaryDirectory() as folder:
        kept = Path(folder) / _STDIN
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            found = read(*(kept if file == _STDIN else file for file in files), format=format_in)
        except ComplianceError as error:
            raise type(error)(
                replace(problem, source=_named(problem.source, kept)) for problem in error.problems
            ) from None
        return _told_as_given(found, kept)


def _named(source: str, kept: Path) -> str:
    return source.replace(str(kept), _STDIN, 1) if source.startswith(str(kept)) else source


def _told_as_given(found: Statements, kept: Path) -> Statements:
    return replace(
        found,
        parties={
            key: replace(party, source=_named(party.source, kept))
            for key, party in found.parties.items()
        },
        interests=tuple(replace(i, source=_named(i.source, kept)) for i in found.interests),
        exceptions=tuple(replace(e, source=_named(e.source, kept)) for e in found.exceptions),
        remarks=tuple(replace(r, first=_named(r.first, kept)) for r in found.remarks),
        sources=tuple(_named(source, kept) for source in found.sources),
    )


def _party(statements: Statements, asked: str, option: str) -> str:
    """The id of the party that is asked for by id or, where only one has it, by name."""
    ids = {*statements.parties, *(i.owner for i in statements.interests)}
    ids |= {i.owned for i in statements.interests} | {e.owned for e in statements.exceptions}
    ids |= {
        heir for p in statements.parties.values() if p.cessation for heir in p.cessation.successors
    }
    if asked in ids:
        return asked
    names = {key: party.name for key, party in statements.parties.items() if party.name}
    same = sorted(key for key, name in names.items() if _plainly(name) == _plainly(asked))
    if len(same) == 1:
        return same[0]
    if same:
        shown = ", ".join(same[:_MOST_IDS])
        more = f" and {len(same) - _MOST_IDS:,} more" if len(same) > _MOST_IDS else ""
        message = f"{len(same)} parties are named {asked!r}; give an id: {shown}{more}"
        raise UnknownNameError(Problem.at(message, path=option, code="unknown_name"))
    hint = did_you_mean(asked, sorted({*ids, *names.values()}))
    message = f"no party {asked!r} in {', '.join(statements.sources)}"
    raise UnknownNameError(Problem.at(message, path=option, hint=hint, code="unknown_name"))


def _plainly(name: str) -> str:
    return " ".join(name.split()).casefold()


@guarded
def owner(
    files: Files,
    *,
    party: Annotated[
        str, typer.Option("--party", metavar="ID|NAME", help="The party asked about.")
    ],
    listed: Annotated[
        list[str],
        repeated("--listed", "ID|NAME", "A party that counts as listed."),
    ],
    as_of: AsOf = None,
    form: Annotated[
        OwnerFormat, typer.Option("--format", help="Output format.")
    ] = OwnerFormat.TEXT,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many owners.")] = 30,
    output: OutputFile = None,
    rules: Rules = None,
    lists: Lists,
    accepted: Accepted,
    store: StoreFolder = None,
    format_in: Annotated[
        str | None,
        typer.Option(
            "--format-in", metavar="FORMAT", help="Of all files; else each shows its own."
        ),
    ] = None,
) -> int:
    """Who owns and controls a party. Status: 0 not affected, 1 affected, 2 error, 3 in doubt."""
    folder = folder_of(rules)
    know = knowledge_of(folder, watchlists_of(folder, lists, accepted, store))
    question = Question(files, format_in, party, listed, today_or(as_of))
    policies = policies_of(folder, know)
    check_regimes(folder, policies)
    return show_owner(question.report(know, policies), form, limit, output)
