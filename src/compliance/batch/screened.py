"""Files in, decisions out: the one path from a row to its decision.

    for screened in screen_rows("contracts.jsonl", screener, as_of=day): ...

The command line, and whoever feeds files to a Screener, go this way: order is that of the file, a
row without an id has the name of its place, and a row that cannot be read or does not validate is
an incomplete decision whose problems say file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from compliance.batch.contract_files import read_contracts, read_parties
from compliance.batch.row import Row
from compliance.errors import ContractError
from compliance.files import Readable
from compliance.model.contract import Contract
from compliance.model.decision import Decision
from compliance.model.party import Party
from compliance.screening import Screener
from compliance.screening.screener import day_of_law, decided, refused


@dataclass(frozen=True, slots=True)
class ScreenedRow:
    """A row with its decision, and the contract as it was understood.

    `contract` is None exactly where the row could not be read or did not validate; a party alone
    is the lessee of a contract without anything else. `contract.normalized()` is what the
    fingerprint of the decision covers.
    """

    row: Row
    decision: Decision
    contract: Contract | None


def screen_rows(
    where: Path | str | Readable,
    screener: Screener,
    *,
    format: str | None = None,
    as_of: date | None = None,
    parties: bool = False,
    allow_any_day: bool = False,
) -> Iterator[ScreenedRow]:
    """Decide every contract (or, with `parties`, every party) of a file, in its order.

    Args:
        where: a path, or a binary stream.
        screener: what decides.
        format: one of FORMATS; by default the extension of the path says it.
        as_of: the day of law; today (UTC) by default, read once.
        parties: the file is a customer list.
        allow_any_day: also a day before the rules begin, or long after they were checked.

    Raises:
        ContractError: a day that the rules cannot answer for, at once; or, at its turn, the file is
            one contract (a YAML mapping, a JSON object) and that does not validate.
        InputError: at its turn, the file cannot be opened or is not what its format says.
    """
    day = day_of_law(screener, as_of, allow_any_day=allow_any_day)
    rows = (read_parties if parties else read_contracts)(where, format)
    return _screened(rows, screener, day, parties=parties)


def _screened(
    rows: Iterator[Row], screener: Screener, day: date, *, parties: bool
) -> Iterator[ScreenedRow]:
    read = partial(_contract, parties=parties)
    for row, found in decided(screener, rows, read, day, party_only=parties):
        if isinstance(found, ContractError):
            if row.alone and row.data is not None:
                raise found
            answer = refused(screener, row.name, found, day, given=row.data)
            yield ScreenedRow(row, answer, None)
        else:
            contract, decision = found
            yield ScreenedRow(row, decision, contract)


def _contract(row: Row, *, parties: bool) -> Contract | ContractError:
    """What a row says, or its problems at their places in the file."""
    if row.data is None:
        return row.refusal()
    try:
        if not parties:
            return Contract.read(row.data)
        named = row.alone or row.data.get("id")
        return Contract.of_party(row.data if named else {**row.data, "id": row.name})
    except ContractError as error:
        return row.located(of_party(error), Party) if parties else row.located(error, Contract)


def of_party(error: ContractError) -> ContractError:
    """The problems with paths that start at the party, not at the contract around it."""
    kept = [problem for problem in error.problems if problem.path != "id"] or error.problems
    return ContractError(
        replace(problem, path=problem.path.removeprefix("lessee").removeprefix("."))
        for problem in kept
    )
