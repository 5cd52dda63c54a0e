"""Every error this package raises, in one tree, each with a stable code.

    ComplianceError            anything this package raises on purpose
    ├── InputError             a file or stream that cannot be read as what it claims to be
    │   └── YamlError          YAML outside the strict subset (compliance.tables.yaml)
    ├── ContractError          a contract that does not validate
    ├── RuleError              a rule set that does not load
    ├── ReferenceDataError     a table under rules/data that does not load
    ├── OwnershipError         interests that cannot form a graph
    ├── WatchlistError         a list that cannot be read or fails its guards
    └── UnknownNameError       a chip, instance type, policy or party asked for by name, not known

An error carries `problems`: one per defect found, all of them, each with file, line, column or
dotted path where there is one. `str(error)` is the problems, one a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, Self

_NEAR: Final = 60  # percent of letters in place


def nearest(word: str, known: Iterable[str], most: int = 1) -> tuple[str, ...]:
    """The known words spelled most like a word, best first, then by name; () where none is near."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a slow import, only for suggestions

    found = process.extract(word, sorted(known), scorer=fuzz.ratio, limit=None, score_cutoff=_NEAR)
    best = sorted(found, key=lambda each: (-each[1], each[0]))
    return tuple(choice for choice, *_ in best[:most])


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """A hint that offers the known words nearest to a word; "" where none is near."""
    found = " or ".join(map(repr, nearest(word, known, most)))
    return f"did you mean {found}?" if found else ""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One defect: what was found, where, what was expected.

    `source` is a file name or "" ; `line` and `column` count from 1, 0 where unknown; `path` is a
    dotted path into the document ("lessee.incorporated_on"); `hint` is a suggestion or "".
    """

    source: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""
    code: str = "invalid"

    @classmethod
    def at(
        cls,
        message: str,
        *,
        source: str = "",
        line: int = 0,
        column: int = 0,
        path: str = "",
        hint: str = "",
        code: str = "invalid",
    ) -> Self:
        """Build a problem, naming only the coordinates that are known."""
        return cls(source, line, column, path, message, hint, code)

    def __str__(self) -> str:
        place = self.source
        if self.line:
            place += f":{self.line}:{self.column}"
        where = ": ".join(part for part in (place, self.path) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} ({self.hint})" if self.hint else text


class ComplianceError(Exception):
    """Base of the tree. `problems` is sorted and never empty."""

    code: ClassVar[str] = "compliance"

    def __init__(self, problems: Problem | str | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem.at(problems, code=self.code)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        if not self.problems:
            raise ValueError("an error has at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class InputError(ComplianceError):
    """A file or stream that cannot be read as what it claims to be."""

    code = "input"


class YamlError(InputError):
    """YAML that is malformed or outside the strict subset."""

    code = "yaml"


class ContractError(ComplianceError):
    """A contract that does not validate; each problem names its dotted path."""

    code = "contract"


class RuleError(ComplianceError):
    """A rule set that does not load; every problem of every file is reported at once."""

    code = "rule"


class ReferenceDataError(ComplianceError):
    """A table under rules/data that does not load."""

    code = "reference_data"


class OwnershipError(ComplianceError):
    """Interests that cannot form an ownership graph."""

    code = "ownership"


class WatchlistError(ComplianceError):
    """A watchlist that cannot be read or fails its guards."""

    code = "watchlist"


class UnknownNameError(ComplianceError, LookupError):
    """A chip, instance type, policy or party that was asked for by name and is not known."""

    code = "unknown_name"
