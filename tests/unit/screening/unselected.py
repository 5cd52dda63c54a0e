"""The engine without its prefilter: every policy is judged over every party and item."""

from __future__ import annotations

from datetime import date

from compliance import Contract, Screener
from compliance.model.decision import PolicyCoverage, RiskFlag
from compliance.screening.engine import judge
from compliance.screening.facts import Subjects
from compliance.screening.prefilter import Open, Selection, Selectors, selectors_of


class Unselected(Selectors):
    """Decides only that a policy does not exist, or reads what a party alone has not."""

    def select(self, subjects: Subjects, *, party_only: bool) -> Selection:
        """Everything is left to judge, with all of its conditions."""
        lines: list[PolicyCoverage | None] = []
        found: list[Open] = []
        for place, standing in enumerate(self.standings):
            compiled = standing.compiled
            line = None
            if compiled is None or (party_only and compiled.needs_contract):
                because = "needs a contract or an item" if compiled is not None else ""
                line = PolicyCoverage(
                    standing.policy.id, standing.state, None, applies=False, because=because
                )
            else:
                whole, selectors = compiled.when.truth, selectors_of(compiled)
                found.append(Open(place, compiled, None, None, None, whole, selectors))
            lines.append(line)
        return Selection(tuple(lines), tuple(found))


def judged_without_selectors(
    screener: Screener, contract: Contract, as_of: date, *, party_only: bool = False
) -> tuple[tuple[RiskFlag, ...], tuple[PolicyCoverage, ...]]:
    """The flags and the lines of coverage."""
    subjects = Subjects(contract, screener.knowledge, as_of, party_only=party_only)
    whole = screener._standings.selectors(as_of)
    selectors = Unselected(whole.standings, whole.spoken)
    return judge(subjects, selectors, party_only=party_only)
