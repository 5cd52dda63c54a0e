"""The demonstration: example contracts, each on the days of law that it illustrates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from compliance.batch import read_contracts
from compliance.cli.decisions import line_of
from compliance.cli.terminal import guarded, table, width, write
from compliance.errors import ContractError, InputError, Problem
from compliance.explain.escape_control import wrapped
from compliance.explain.phrases import MEANING
from compliance.model.contract import Contract
from compliance.model.outcome import Outcome
from compliance.screening import Screener
from compliance.tables import Strict, read_table


class Example(Strict):
    """One line of `examples/demo.yaml`."""

    file: str
    as_of: list[date] = Field(min_length=1)
    story: str


def examples_path() -> Path:
    """The folder of the examples: inside a wheel's package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "examples"
    return shipped if shipped.is_dir() else package.parents[1] / "examples"


def examples(folder: Path) -> list[Example]:
    """What `demo.yaml` lists.

    Raises:
        InputError: it cannot be read or does not validate.
    """
    return read_table(folder / "demo.yaml", list[Example], InputError)


def show_demo(folder: Path | None = None) -> int:
    """Screen every example on each of its days; always 0 when it ran.

    Raises:
        InputError: an example that cannot be read.
        ContractError: an example that does not validate.
    """
    folder = folder or examples_path()
    screener = Screener.load()
    remarks: dict[str, None] = {}
    for example in examples(folder):
        source = folder / example.file
        rows = []
        for row in read_contracts(source):
            if row.data is None:
                raise row.refusal()
            for day in example.as_of:
                try:
                    # The days were chosen by whoever wrote the example: also the eve of a rule.
                    decision = screener.screen(row.data, day, allow_any_day=True)
                    remarks.update(dict.fromkeys(decision.coverage.remarks))
                except ContractError as error:
                    raise row.located(error, Contract) from None
                rows.append((day.isoformat(), *line_of(decision)[1:]))
        if not rows:
            raise InputError(Problem.at("no contract", source=str(source)))
        lines = wrapped(f"{example.file}: {example.story}", width())
        write("".join(f"{line}\n" for line in lines))
        write(table(("day of law", "outcome", "score", "deciding", "why"), rows))
        write("\n")
    for remark in remarks:
        write("".join(f"{line}\n" for line in wrapped(remark, width(), "", "  ")))
    for outcome in Outcome:
        write(f"{outcome.value}: {MEANING[outcome]}\n")
    write("The proof of each: compliance explain FILE --as-of DATE. This is not legal advice.\n")
    return 0


@guarded
def demo() -> int:
    """Screen the example contracts on the days of law that they illustrate."""
    return show_demo()
