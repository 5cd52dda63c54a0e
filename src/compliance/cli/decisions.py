"""From files to decisions to output: the one path of `screen`, `party` and `explain`.

A row that cannot be read or does not validate is an incomplete decision and the others are done. A
file that fails as a whole, or that is one contract which does not validate, is reported on standard
error; the other files are done and the status is 2.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from compliance.batch import Readable, ScreenedRow, csv_lines, screen_rows
from compliance.batch.screened import of_party
from compliance.cli.name_given import checked
from compliance.cli.options import InputFormat, OutputFormat, Tally
from compliance.cli.terminal import complain, counted, heading, table, width, write, write_bytes
from compliance.errors import ComplianceError, ContractError, InputError, Problem
from compliance.explain import gaps, hits_of, json_of, sarif_lines, why
from compliance.explain.escape_control import wrapped
from compliance.explain.phrases import MEANING, rests_on, subject_of, title_of
from compliance.model.canonical import written
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome
from compliance.screening import Screener
from compliance.screening.screener import day_of_law

_TABLE_ROWS: Final = 200
"""So many decisions are a table of their own: more would have to be kept to find its columns."""


@dataclass(frozen=True, slots=True)
class Run:
    """The files of one command, what decides their rows, and on which day; it was checked."""

    screener: Screener
    files: Sequence[str]
    chosen: InputFormat | None
    as_of: date
    tally: Tally
    parties: bool = False

    @classmethod
    def on(
        cls,
        screener: Screener,
        as_of: date | None,
        files: Sequence[str],
        chosen: InputFormat | None,
        *,
        any_day: bool,
        parties: bool = False,
    ) -> Run:
        """A run on a day, by default today.

        Raises:
            ContractError: a day that the rules cannot answer for, unless `any_day`.
        """
        day = day_of_law(screener, as_of, allow_any_day=any_day)
        return cls(screener, files, chosen, day, Tally(), parties)

    def decisions(self) -> Iterator[tuple[Decision, bool]]:
        """Each decision, and whether it is all that the input holds."""
        for file in self.files:
            try:
                for screened in self._screened(file):
                    self.tally.add(screened.decision)
                    yield screened.decision, screened.row.alone and len(self.files) == 1
            except ComplianceError as error:
                complain(error)
                self.tally.failed = True

    def _screened(self, file: str) -> Iterator[ScreenedRow]:
        if file == "-" and self.chosen is None:
            raise InputError(Problem.at("name its format with --format-in", source="-"))
        where: str | Readable = _Named(sys.stdin.buffer) if file == "-" else file
        return screen_rows(
            where,
            self.screener,
            format=self.chosen.value if self.chosen else None,
            as_of=self.as_of,
            parties=self.parties,
            allow_any_day=True,
        )


class _Named:
    """Standard input under the name that people give it."""

    name = "-"

    def __init__(self, stream: BinaryIO) -> None:
        self.read, self.readline = stream.read, stream.readline


def show(
    found: Iterable[tuple[Decision, bool]], form: OutputFormat, noun: str, files: Sequence[str]
) -> None:
    """Write decisions in a format as they come; `noun` is what there are many of."""
    source = files[0] if len(files) == 1 and files[0] != "-" else ""
    gc.freeze()  # what was loaded is not searched for garbage again and again
    try:
        WRITERS[form](counted(found, f"{noun} screened"), noun, source)
    finally:
        gc.unfreeze()


def pretty(value: Any) -> bytes:
    """A plain value as indented JSON with sorted keys; half a surrogate is a JSON escape."""
    return written(value, pretty=True) + b"\n"


def _show_json(found: Iterator[tuple[Decision, bool]], _noun: str, _source: str) -> None:
    first = next(found, None)
    if first is not None and first[1]:
        write_bytes(json_of(first[0], pretty=True) + b"\n")
        return
    before = b"[\n"
    for decision, _ in chain([first] if first else [], found):
        write_bytes(before + json_of(decision))
        before = b",\n"
    write_bytes(b"\n]\n" if first else b"[]\n")


def _show_lines(found: Iterator[tuple[Decision, bool]], _noun: str, _source: str) -> None:
    for decision, _ in found:
        write_bytes(json_of(decision) + b"\n")


def _show_csv(found: Iterator[tuple[Decision, bool]], _noun: str, _source: str) -> None:
    for line in csv_lines(decision for decision, _ in found):
        write_bytes(line.encode())


def _show_sarif(found: Iterator[tuple[Decision, bool]], _noun: str, source: str) -> None:
    for part in sarif_lines((decision for decision, _ in found), source):
        write_bytes(part)
    write_bytes(b"\n")


def _show_text(found: Iterator[tuple[Decision, bool]], noun: str, _source: str) -> None:
    first, second = next(found, None), next(found, None)
    if first is None:
        return
    if second is None:
        write(block(first[0]))
        return
    outcomes: Counter[Outcome] = Counter()
    remarks: dict[str, None] = {}
    left = chain([first, second], found)
    while chunk := list(islice(left, 1)):
        rows: list[tuple[str | Outcome, ...]] = []
        if outcomes:
            write("\n")
        for decision, _ in chain(chunk, islice(left, _TABLE_ROWS - 1)):
            outcomes[decision.outcome] += 1
            remarks.update(dict.fromkeys((*decision.coverage.remarks, *_unseen(decision))))
            rows.append(line_of(decision))
        write(table(("id", "outcome", "score", "deciding", "why"), rows))
    parts = ", ".join(f"{outcomes[o]} {o.value}" for o in Outcome if outcomes[o])
    write(f"{outcomes.total()} {noun} on {first[0].as_of}: {parts}\n")
    for remark in remarks:
        write("".join(f"{line}\n" for line in wrapped(remark, width(), "", "  ")))


_Writer = Callable[[Iterator[tuple[Decision, bool]], str, str], None]
# A format enters through this table: its writer takes decisions, what there are many of, and the
# file they come from where it is one.
WRITERS: Final[Mapping[OutputFormat, _Writer]] = MappingProxyType(
    {
        OutputFormat.TEXT: _show_text,
        OutputFormat.JSON: _show_json,
        OutputFormat.JSONL: _show_lines,
        OutputFormat.CSV: _show_csv,
        OutputFormat.SARIF: _show_sarif,
    }
)


def _unseen(decision: Decision) -> Iterator[str]:
    """What the rule set does not see, where another than the default one found nothing."""
    coverage = decision.coverage
    if decision.outcome is Outcome.CLEAR and coverage.rule_set not in {"", "default"}:
        yield f"Rule set {coverage.rule_set} does not see: {'; '.join(coverage.does_not_see)}."


def line_of(decision: Decision) -> tuple[str | Outcome, ...]:
    """A decision as a row of the table."""
    deciding = dict.fromkeys(flag.policy_id for flag in decision.deciding)
    score = "" if decision.error else str(decision.score)
    return (
        decision.contract_id, decision.outcome, score, ", ".join(deciding), why(decision),
    )  # fmt: skip


def block(decision: Decision) -> str:
    """One decision as a block: what, why, what would settle it; `explain` shows the proofs."""
    title = f"{decision.contract_id}: {title_of(decision.outcome)} on {decision.as_of}"
    lines: list[str] = []

    def say(text: str, indent: str = "  ", hanging: str = "  ") -> None:
        lines.extend(wrapped(text, width(), indent, hanging))

    say(f"{MEANING[decision.outcome]}; score {decision.score} of 100")
    for problem in decision.error.problems if decision.error else ():
        say(problem, hanging="    ")
    for flag in decision.told:
        for indent, hanging, text in _told(flag):
            say(text, indent, hanging)
    others = sum(flag.decides for flag in decision.flags) - len(decision.deciding)
    if others > 0:
        say(f"and {others} more open {'flag' if others == 1 else 'flags'} that ask for less")
    if not decision.flags or decision.outcome is Outcome.CLEAR:
        say(why(decision))
    if decision.missing:
        say(f"missing: {', '.join(gaps(decision))}", hanging="    ")
    for remark in (*decision.coverage.remarks, *_unseen(decision)):
        say(remark, hanging="    ")
    return heading(decision.outcome, title) + "".join(f"{line}\n" for line in lines)


def _told(flag: RiskFlag) -> Iterator[tuple[str, str, str]]:
    """What the block says of a flag: indent, hanging indent, text."""
    about = subject_of(flag.subject)
    yield "  ", "    ", f"{'' if flag.decides else 'note: '}{flag.policy_id}: {flag.title}"
    if flag.rests_on is not None:
        hit = f"; listed{hits_of(flag)}" if flag.hit else ""
        yield "    ", "", f"{about}: {rests_on(flag)}{hit}"
        return
    yield "    ", "", f"{about}: {flag.message}"
    for citation in flag.citations[:1] if flag.basis == "law" else ():
        yield "    ", "", citation.cite


def named(run: Run, name: str, kind: str, country: str | None) -> Iterator[tuple[Decision, bool]]:
    """The decision on one party that is given by name on the command line.

    Raises:
        InputError: a name that says nothing.
        ContractError: no such kind.
    """
    party: dict[str, Any] = {"name": checked(name), "kind": kind}
    if country is not None:
        places = ("residence",) if kind == "person" else ("incorporation", "headquarters")
        party |= dict.fromkeys(places, country)
    try:
        decision = run.screener.screen_party(party, run.as_of, allow_any_day=True)
    except ContractError as error:
        raise of_party(error) from None
    run.tally.add(decision)
    yield decision, True
